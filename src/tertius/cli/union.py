# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The value of a customs union."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import AsJson, app, the_world
from tertius.cli.options import (
    Chart,
    Focal,
    Out,
    Sets,
    WorldOption,
    check_files,
    records,
    rows_of,
    save,
    save_chart,
)

if TYPE_CHECKING:
    from tertius.outcomes.union_result import UnionValue

LATER = "sanctions-2022@december"


@app.command(
    epilog="Example: tertius union --focal KAZ --border 0.05 --border 0.02 --border 0.1 --chart union.svg"
)
def union(
    focal: Focal = "KAZ",
    union: Annotated[str, typer.Option(help="Group of countries; a schedule is shipped for EAEU.")] = "EAEU",
    world: WorldOption = "eurasia-2021",
    scenario: Annotated[
        list[str] | None, typer.Option(help="Policy in force, or base; repeat, the earlier first.")
    ] = None,
    border: Annotated[
        list[float] | None, typer.Option(help="Cost of a border as a share of value, the central one first.")
    ] = None,
    routes: Annotated[
        str, typer.Option(help="Routes file for re-exports, or none; default what is shipped.")
    ] = "",
    elasticity: Sets = None,
    out: Out = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Value a customs union to a member: tariff, border cost, re-export option."""
    from tertius.outcomes.union_value import BORDER, union_value
    from tertius.report.chapters.union import drawing
    from tertius.terminal import progress

    check_files(out, chart)
    with progress("solving") as tell:
        found = union_value(
            the_world(world),
            focal,
            union,
            [None if s == "base" else s for s in scenario or ("base", LATER)],
            tuple(border or BORDER),
            None if routes == "none" else routes,
            elasticities=elasticity or None,
            tell=tell,
        )
    save({"union": found.to_table(), "summary": found.summary()}, out, f"{union} to {focal} on {found.world}")
    if chart:
        save_chart(chart, drawing(found))
    (_print_json if as_json else _show)(found)


def _print_json(found: UnionValue) -> None:
    from tertius.terminal import print_json

    print_json(
        {
            "focal": found.focal,
            "union": found.union,
            "world": found.world,
            "routes": found.routes,
            "notes": found.notes,
            "verdict": found.verdict,
            "summary": records(found.summary()),
            "cells": records(found.to_table()),
        }
    )


def _show(found: UnionValue) -> None:
    from tertius.terminal import show_table

    title = f"{found.union} to {found.focal}: real income of a member over that of a non-member, percent"
    rows = [
        [r.scenario, r.part, f"{r.central:+.3f}", f"{r.low:+.3f}", f"{r.high:+.3f}"]
        for r in rows_of(found.summary())
    ]
    show_table(title, ["scenario", "part", "central", "least", "largest"], rows, numbers=3)
    for note in found.notes:
        print(f"note: {note}")
