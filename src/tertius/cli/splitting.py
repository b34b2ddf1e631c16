# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands that cut a region of a world into economies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tertius.cli.app import AsJson, the_split, the_world, world_app
from tertius.errors import BadInput


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
    split = split_world(the_world(world or file.parent), file)
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

    file = the_split(name).file()
    path = write_margins(file, out)
    if as_json:
        print_json({"path": str(path), "pieces": list(file.pieces), "margins": len(file.margins)})
    else:
        print(path)
