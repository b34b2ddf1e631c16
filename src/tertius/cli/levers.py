# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The ledger of levers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import AsJson, app, the_world
from tertius.cli.options import (
    Chart,
    Focal,
    Out,
    Powers,
    Sets,
    WorldOption,
    check_files,
    records,
    save,
    save_chart,
)

if TYPE_CHECKING:
    from tertius.outcomes.lever_ledger import LeverLedger

SHORT = {
    "mutual, of one size": "mutual, one size",
    "mutual in sign, unequal in size": "mutual, unequal",
    "free for the user": "free",
    "does not hurt the target": "no harm",
}
COLUMNS = ["", "lever", "run", "by sign and size", "target %", "user %", "target $m", "user $m", "ratio $"]


@app.command(epilog="Example: tertius levers --focal KAZ --run short --out levers.xlsx --chart levers.svg")
def levers(
    focal: Focal = "KAZ",
    world: WorldOption = "eurasia-2021",
    power: Powers = None,
    run: Annotated[str, typer.Option(help="long, short or both.")] = "both",
    elasticity: Sets = None,
    lever: Annotated[list[str] | None, typer.Option(help="Only this one, such as embargo; repeat.")] = None,
    catalogue: Annotated[
        list[Path] | None, typer.Option(help="YAML file of levers; repeat. Default shipped.")
    ] = None,
    intensity: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of each lever that is pulled.")
    ] = 1.0,
    out: Out = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Count what every lever costs its target, its user and others."""
    from tertius.outcomes import levers as ledger
    from tertius.policy.lever import POWERS
    from tertius.report.chapters.levers import drawing
    from tertius.terminal import progress

    check_files(out, chart)
    with progress("solving") as tell:
        found = ledger(
            the_world(world),
            focal,
            tuple(power or POWERS),
            catalogue or None,
            {"both": ("long", "short")}.get(run, (run,)),
            elasticity or None,
            lever or (),
            intensity,
            tell=tell,
        )
    tables = {"levers": found.summary(), "states": found.states()}
    save(tables, out, f"Levers of {focal} on {found.world.name}")
    if chart:
        save_chart(chart, drawing(found))
    (_print_json if as_json else _show)(found)


def _print_json(found: LeverLedger) -> None:
    from tertius.terminal import print_json

    missing = [{"lever": x.id, "title": x.spec.title, "reason": x.spec.reason} for x in found.not_identified]
    print_json(
        {
            "focal": found.focal,
            "world": found.world.name,
            "sets": found.sets,
            "levers": records(found.summary()),
            "not_identified": missing,
        }
    )


def _show(found: LeverLedger) -> None:
    """Headline runs, ranked; then what could not be computed."""
    from tertius.terminal import show_table

    rows = []
    for k, r in enumerate(found.headline(), start=1):
        t, u, ratio = r.target, r.user, r.ratio_dollars.central
        losses = [f"{-t.percent.central:+.2f}", f"{-u.percent.central:+.3f}"]
        losses += [f"{-t.dollars.central:+,.0f}", f"{-u.dollars.central:+,.0f}"]
        own = "none" if ratio == float("inf") else f"{ratio:.1f}"
        rows.append([str(k), r.lever.id, r.run, SHORT.get(r.words, r.words), *losses, own])
    title = f"Levers of {found.focal} on {found.world.name}, most cost-effective first"
    show_table(title, COLUMNS, rows, numbers=5)
    for lever in found.not_identified:
        print(f"not identified: {lever.id}: {lever.spec.reason}")
