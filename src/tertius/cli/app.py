# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The application: exit codes, errors in one line, terminals of every encoding, shared arguments."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.errors import BadInput, NotSolved

if TYPE_CHECKING:
    from tertius.world import World
    from tertius.world.split import Split

__all__ = [
    "REFERENCE",
    "AsJson",
    "ScenarioName",
    "WorldName",
    "app",
    "main",
    "the_split",
    "the_world",
    "world_app",
    "write_folder",
    "write_text",
]

app = typer.Typer(
    name="tertius",
    help="What a third country between quarrelling powers gains and risks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: tertius run kazakhstan-2022",
)
world_app = typer.Typer(no_args_is_help=True, help="Base years: list, show, check, build.")
app.add_typer(world_app, name="world")

REFERENCE = r"NAME\[@VERSION]\[:BLOCK]"  # the backslashes keep rich from reading markup
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
WorldName = Annotated[
    str, typer.Argument(metavar="WORLD", help="A shipped world, or the path of a .npz file.")
]
ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help=f"{REFERENCE} of a shipped scenario, or a YAML file; join with +."
    ),
]


INTERRUPTED = 130  # what typer returns after Ctrl-C
UsageError: Any = typer.BadParameter.__mro__[1]  # typer exports its children only


def main() -> None:
    """Run the command line; bad input ends with code 2, a failed run with 1."""
    _speak_any_encoding()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # rooms run threads of their own; NumPy comes later
    try:
        code = app(prog_name="tertius", standalone_mode=False)
        sys.stdout.flush()
    except BadInput as error:
        _fail(str(error), 2)
    except NotSolved as error:
        _fail(f"not solved: {error}", 1)
    except UsageError as error:
        error.show()
        sys.exit(2)
    except (typer.Abort, KeyboardInterrupt):
        _fail("stopped", 1)
    except BrokenPipeError:  # the reader has gone, as in `tertius scenarios | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _fail(f"{error.filename or 'file'}: {error.strerror or error}", 1)
    if code == INTERRUPTED:
        _fail("stopped", 1)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> None:
    print(f"tertius: {message}", file=sys.stderr)
    sys.exit(code)


SIMPLER = {"\N{MINUS SIGN}": "-", "\N{NARROW NO-BREAK SPACE}": " ", "\N{NO-BREAK SPACE}": " "}


def _speak_any_encoding() -> None:
    """On a terminal that is not UTF-8 write a plain minus and space, and ? for other foreign letters."""

    def simpler(error: UnicodeError) -> tuple[str | bytes, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lost = error.object[error.start : error.end]
        return "".join(SIMPLER.get(letter, "?") for letter in lost), error.end

    codecs.register_error("tertius.simpler", simpler)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="tertius.simpler")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(version("tertius"))
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def the_world(name: str) -> World:
    """Give a shipped world, or the one in a file."""
    from tertius.world import World, load_world

    return World.load(name) if name.endswith(".npz") else load_world(name)


def the_split(name: str) -> Split:
    """Give a shipped split of a world, or the one in a file."""
    from tertius.world.split import load_split, read_split

    return read_split(Path(name)) if name.endswith(".npz") else load_split(name)


def write_text(path: Path, content: str, option: str = "--out") -> None:
    """Write a file that an option names, whole or not at all."""
    from tertius.files import replacing

    with replacing(path, f"{option} {path}") as part:
        part.write_text(content, encoding="utf-8", newline="")


def write_folder(out: Path, tables: Mapping[str, Any], charts: Mapping[str, str]) -> None:
    """Write tables (name -> data frame) as CSV and charts (name -> SVG) into a folder."""
    if out.exists() and not out.is_dir():
        raise BadInput(f"--out {out}", "is a file", "give the name of a folder")
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_text(out / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))
    for name, drawing in charts.items():
        write_text(out / f"{name}.svg", drawing)
