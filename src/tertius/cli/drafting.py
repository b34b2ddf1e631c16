# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands that write a first file for the user to fill."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from tertius.cli.app import AsJson, app, write_text
from tertius.errors import BadInput

new_app = typer.Typer(no_args_is_help=True, help="Write a first file that runs: study.")
app.add_typer(new_app, name="new")

Several = list[str] | None
ROOMS = "levers, union, exposure, transit, evidence, sky, gain, choice"  # in words: their home imports much


@new_app.command(
    "study",
    epilog="Example: tertius new study --focal TUR --power RUS --power USA --scenario sanctions-2022@june"
    " --out my.yaml",
)
def new_study(
    focal: Annotated[str, typer.Option(help="Code of the state in the middle.")] = "",
    power: Annotated[Several, typer.Option(help="Code of a power around it; repeat.")] = None,
    scenario: Annotated[
        Several, typer.Option(help="Scenario, as in `tertius solve`; repeat, the main one first.")
    ] = None,
    world: Annotated[str, typer.Option(help="Base year, see `tertius world list`.")] = "",
    room: Annotated[Several, typer.Option(help=f"Room to ask, of {ROOMS}; repeat.")] = None,
    name: Annotated[str, typer.Option(help="Name; default of focal state and scenario.")] = "",
    out: Annotated[Path | None, typer.Option(help="File to write; default NAME.yaml.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a study file with a comment on every field; on a terminal it asks for what is missing."""
    from tertius.study import draft_study
    from tertius.study.scaffold import WORLD
    from tertius.terminal import print_json

    asking = sys.stdin.isatty() and not as_json and not (focal and power and scenario)
    if asking:
        focal = focal or typer.prompt("Code of the state in the middle, such as TUR")
        power = power or _several("Codes of the powers around it, such as RUS, USA")
        scenario = scenario or _several("Scenarios, such as sanctions-2022@june", "sanctions-2022@june")
        world = world or typer.prompt("Base year", default=WORLD)
        room = room or _several(f"Rooms to ask ({ROOMS})", "")
    if not focal:
        raise BadInput("new study", "no focal state is named", "name one with --focal")
    text = draft_study(focal, power or (), scenario or (), world=world or WORLD, rooms=room or (), name=name)
    found = re.search(r"^name: (\S+)", text, re.MULTILINE)
    target = out or Path(f"{found[1] if found else 'study'}.yaml")
    refuse_earlier(target)
    write_text(target, text)
    if as_json:
        print_json({"path": str(target), "name": target.stem if found is None else found[1]})
    else:
        print(
            f"{target} is written. Edit its claims, then:\n  tertius rules {target}\n  tertius run {target}"
        )


def _several(question: str, default: str | None = None) -> list[str]:
    """Ask for names with commas or spaces between them."""
    given: str = typer.prompt(question, default=default, show_default=bool(default))
    return [word for word in re.split(r"[,\s]+", given) if word]


def refuse_earlier(target: Path) -> None:
    """Refuse to write over anything, and a name that `tertius run` would not take for a file."""
    where = f"--out {target}"
    if target.suffix not in (".yaml", ".yml"):
        raise BadInput(where, "is not a .yaml file", "give a name that ends so")
    if target.exists():
        raise BadInput(where, "exists already", "choose another name, or remove it first")
