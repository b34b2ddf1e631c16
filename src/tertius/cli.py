# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The command line: arguments, progress, exit codes; the work is done in the rooms."""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.errors import BadInput, NotSolved, unknown

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tertius.world import World
    from tertius.world.split import Split

__all__ = ["app", "main"]

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

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
WorldName = Annotated[
    str, typer.Argument(metavar="WORLD", help="A shipped world, or the path of a .npz file.")
]
ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="NAME[@VERSION][:BLOCK] of a shipped scenario, or a YAML file; join with +."
    ),
]


INTERRUPTED = 130  # what typer returns after Ctrl-C
UsageError: Any = typer.BadParameter.__mro__[1]  # typer exports its children only


def main() -> None:
    """Run the command line; bad input ends with code 2, a failed run with 1."""
    _speak_any_encoding()
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


@app.command(epilog="Example: tertius run kazakhstan-2022 --out my-run")
def run(
    study: Annotated[
        str, typer.Argument(metavar="STUDY", help="A shipped study (see `tertius studies`) or a YAML file.")
    ],
    out: Annotated[Path | None, typer.Option(help="Folder to write; default tertius-runs/NAME.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compute a study and write its report, results and manifest into a folder."""
    from tertius.report import run_study
    from tertius.terminal import print_json, progress, show_table

    with progress("solving") as tell:
        done = run_study(study, out, tell)
    if as_json:
        ledger = {e.claim.id: {"verdict": e.verdict.value, "reading": e.reading} for e in done.ledger}
        print_json({"path": str(done.path), "ledger": ledger})
        return
    rows = [[e.claim.id, e.verdict.value, e.reading or f"waits for {e.claim.waits_for}"] for e in done.ledger]
    show_table(done.grid.study.title, ["claim", "verdict", "reading"], rows)
    print(f"\nReport: {(done.path or Path()) / 'report.html'}")


@app.command(epilog="Example: tertius solve decoupling-x2 --elasticity CP --top 5")
def solve(
    scenario: ScenarioName,
    world: Annotated[str, typer.Option(help="A shipped world, or the path of a .npz file.")] = "icio-2021",
    elasticity: Annotated[str, typer.Option(help="Set of trade elasticities; default the world's.")] = "",
    closure: Annotated[str, typer.Option(help="fixed_deficit, balanced or own_share.")] = "fixed_deficit",
    top: Annotated[int, typer.Option(min=1, help="Countries to print from each end.")] = 8,
    out: Annotated[Path | None, typer.Option(help="Write the long table here, .csv or .parquet.")] = None,
    as_json: AsJson = False,
) -> None:
    """Solve one scenario on one world and print who gains and who loses."""
    from tertius.outcomes import solve as find
    from tertius.policy import Scenario
    from tertius.terminal import equilibrium_dict, print_json, show_equilibrium

    if out:
        _check_table(out)
    base = _world(world)
    base = base.with_elasticity(elasticity) if elasticity else base
    eq = find(base, Scenario.load(scenario), closure=closure)
    if eq.report.outcome.asked_for:
        raise BadInput(scenario, str(eq.report))
    eq.report.require()
    if out:
        _write_table(eq.to_table(), out)
    if as_json:
        print_json(equilibrium_dict(eq))
    else:
        show_equilibrium(eq, top)


@app.command(epilog="Example: tertius scenarios sanctions-2022@december")
def scenarios(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Show this one with its measures and acts.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List the shipped scenarios, or show one with its measures and their acts."""
    from tertius.policy import Scenario, list_scenarios
    from tertius.terminal import print_json, show_scenario, show_table

    found = [Scenario.load(n) for n in ([name] if name else list_scenarios())]
    if as_json:
        print_json([s.file.model_dump(mode="json") | {"blocks": s.blocks} for s in found])
    elif name:
        show_scenario(found[0])
    else:
        rows = [[s.file.name, s.title, ", ".join(s.file.versions), ", ".join(s.blocks)] for s in found]
        show_table("", ["scenario", "title", "versions", "blocks"], rows)


@app.command(epilog="Example: tertius studies")
def studies(as_json: AsJson = False) -> None:
    """List the shipped studies."""
    from tertius.study import list_studies, load_study
    from tertius.terminal import print_json, show_table

    found = [load_study(name)[0] for name in list_studies()]
    if as_json:
        print_json([{"name": s.name, "title": s.title, "question": s.question} for s in found])
    else:
        show_table("", ["study", "title", "question"], [[s.name, s.title, s.question] for s in found])


@app.command(epilog="Example: tertius schema scenario > scenario.schema.json")
def schema(kind: Annotated[str, typer.Argument(metavar="KIND", help="scenario or study")]) -> None:
    """Print the JSON Schema of a scenario or study file, for editors."""
    from tertius.policy import ScenarioFile
    from tertius.study import StudyFile
    from tertius.terminal import print_json

    models: dict[str, type[BaseModel]] = {"scenario": ScenarioFile, "study": StudyFile}
    if kind not in models:
        raise unknown("schema", "kind of file", kind, models)
    print_json(models[kind].model_json_schema())


@world_app.command("list", epilog="Example: tertius world list")
def world_list(as_json: AsJson = False) -> None:
    """List the shipped worlds."""
    from tertius.terminal import print_json
    from tertius.world import list_worlds

    if as_json:
        print_json(list_worlds())
    else:
        print("\n".join(list_worlds()))


@world_app.command(
    "show", epilog="Example: tertius world show icio-2021 --country KAZ, or tertius world show KGZ"
)
def world_show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="WORLD", help="A shipped world, the path of a .npz file, or a country of eurasia-2021."
        ),
    ] = "icio-2021",
    country: Annotated[str, typer.Option(help="ISO3 code; without it, the whole world.")] = "",
    as_json: AsJson = False,
) -> None:
    """Print a world's size and record, or one country's accounts and partners.

    A country that was split out of a region also shows how its numbers are known and how they compare with
    each published total.
    """
    from tertius.terminal import country_facts, print_json, show_margins, show_table, world_facts

    if not country and len(name) == 3 and name.isupper():
        name, country = EURASIA, name
    world = _world(name)
    if country and country not in world.countries:
        raise unknown("--country", "country of this world", country, world.countries)
    facts: dict[str, Any] = country_facts(world, country) if country else world_facts(world)
    if country in world.record.get("pieces", ()):
        from tertius.world.split.show import piece_facts

        facts |= piece_facts(_split(name), country)
    margins = facts.get("margins", ())
    if as_json:
        print_json(facts)
        return
    rows = [[k, _words(v)] for k, v in facts.items() if not (margins and k == "margins")]
    show_table(f"{world.name}", ["", ""], rows)
    if isinstance(margins, list):
        show_margins(margins)


@world_app.command("check", epilog="Example: tertius world check icio-2021")
def world_check(name: WorldName = "icio-2021", as_json: AsJson = False) -> None:
    """Test a world's accounts and set its totals beside published ones."""
    from tertius.terminal import check_dict, print_json, show_check

    report = _world(name).check()
    if as_json:
        print_json(check_dict(report))
    else:
        show_check(report)
    report.require()


@world_app.command("build", epilog="Example: tertius world build raw/ --out worlds/ --year 2021")
def world_build(
    raw: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of raw inputs, with icio/.")],
    out: Annotated[Path, typer.Option(help="Folder to write.")] = Path("worlds"),
    year: Annotated[list[int] | None, typer.Option(help="Base year; repeat for several.")] = None,
) -> None:
    """Build worlds from the raw tables (needs `pip install tertius[build]`)."""
    from tertius.world.build import YEARS, build_worlds

    for path in build_worlds(raw, out, year or YEARS, tell=lambda line: print(line, file=sys.stderr)):
        print(path)


@world_app.command("split", epilog="Example: tertius world split ROW --margins mine.yaml --out mine.npz")
def world_split(
    region: Annotated[str, typer.Argument(metavar="REGION", help="The region to cut, such as ROW.")],
    margins: Annotated[
        Path, typer.Option(help="YAML file of pieces and margins, see docs/eurasia-world.md.")
    ],
    out: Annotated[Path | None, typer.Option(help="File to write; default NAME.npz here.")] = None,
    world: Annotated[str, typer.Option(help="World to split; default the parent that the file names.")] = "",
    as_json: AsJson = False,
) -> None:
    """Split a region of a world into economies from your own margins."""
    from tertius.terminal import print_json, show_margins
    from tertius.world.split import margin_lines, read_margins, split_world, write_split
    from tertius.world.split.show import margin_dict

    file = read_margins(margins)
    if region != file.region:
        raise BadInput(f"{margins}: region", f"is {file.region!r}, not {region!r}", "name the same region")
    split = split_world(_world(world or file.parent), file)
    split.world()
    path = write_split(split, out or Path(f"{file.name}.npz"))
    lines = [margin_dict(line) for line in margin_lines(split)]
    if as_json:
        print_json({"path": str(path), "countries": split.countries, "margins": lines})
        return
    show_margins(lines)
    print(path)


@world_app.command("margins", epilog="Example: tertius world margins eurasia-2021 --out mine.yaml")
def world_margins(
    name: Annotated[
        str, typer.Argument(metavar="WORLD", help="A split world, or the path of its .npz file.")
    ],
    out: Annotated[Path, typer.Option(help="YAML file to write; a .csv table goes beside it.")],
    as_json: AsJson = False,
) -> None:
    """Write the margins that a world was split with, to edit and split again."""
    from tertius.terminal import print_json
    from tertius.world.split import write_margins

    file = _split(name).file()
    path = write_margins(file, out)
    if as_json:
        print_json({"path": str(path), "pieces": list(file.pieces), "margins": len(file.margins)})
    else:
        print(path)


EURASIA = "eurasia-2021"


def _split(name: str) -> Split:
    from tertius.world.split import load_split, read_split

    return read_split(Path(name)) if name.endswith(".npz") else load_split(name)


def _world(name: str) -> World:
    from tertius.world import World, load_world

    return World.load(name) if name.endswith(".npz") else load_world(name)


def _words(value: object) -> str:
    """Nested facts in lines that people read."""
    if isinstance(value, dict):
        lines = ((k.replace("_", " "), _words(v).replace("\n", "\n  ")) for k, v in value.items())
        return "\n".join(f"{k}:\n  {v}" if "\n" in v else f"{k}: {v}" for k, v in lines)
    if isinstance(value, list | tuple):
        words = [str(v) for v in value]
        return ("\n" if any(len(w) > 20 for w in words) else ", ").join(words)
    return f"{value:,}" if isinstance(value, float) else str(value)


def _check_table(out: Path) -> None:
    if out.suffix not in (".csv", ".parquet"):
        raise BadInput(f"--out {out}", "is not a .csv or .parquet file", "give a name that ends so")
    if not out.parent.is_dir():
        raise BadInput(f"--out {out}", "its folder does not exist", "make the folder first")
    if out.is_dir():
        raise BadInput(f"--out {out}", "is a folder", "give the name of a file")


def _write_table(table: Any, out: Path) -> None:
    """Write a table in one step, so that no half-written file is ever seen."""
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        if out.suffix == ".csv":
            table.to_csv(part, index=False, lineterminator="\n")
        else:
            table.to_parquet(part, index=False)
        part.replace(out)
    except OSError as error:
        why = f"cannot be written ({error.strerror})"
        raise BadInput(f"--out {out}", why, "choose another place") from error
    finally:
        part.unlink(missing_ok=True)
