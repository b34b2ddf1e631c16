# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands on base years."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from tertius.cli.app import AsJson, WorldName, the_split, the_world, world_app
from tertius.errors import unknown

EURASIA = "eurasia-2021"


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
    world = the_world(name)
    if country and country not in world.countries:
        raise unknown("--country", "country of this world", country, world.countries)
    facts: dict[str, Any] = country_facts(world, country) if country else world_facts(world)
    if country in world.record.get("pieces", ()):
        from tertius.world.split.show import piece_facts

        facts |= piece_facts(the_split(name), country)
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

    report = the_world(name).check()
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


def _words(value: object) -> str:
    """Nested facts in lines that people read."""
    if isinstance(value, dict):
        lines = ((k.replace("_", " "), _words(v).replace("\n", "\n  ")) for k, v in value.items())
        return "\n".join(f"{k}:\n  {v}" if "\n" in v else f"{k}: {v}" for k, v in lines)
    if isinstance(value, list | tuple):
        words = [str(v) for v in value]
        return ("\n" if any(len(w) > 20 for w in words) else ", ").join(words)
    return f"{value:,}" if isinstance(value, float) else str(value)
