# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The coercion frontier and joint-threat power."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import AsJson, app, the_world
from tertius.cli.options import (
    Chart,
    Out,
    RunName,
    WorldOption,
    check_files,
    records,
    rows_of,
    save,
    save_chart,
)

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.lever_frontier import Frontier


@app.command(epilog="Example: tertius frontier --user RUS --target KAZ --run short --chart frontier.svg")
def frontier(
    user: Annotated[str, typer.Option(help="Country or group that coerces.")] = "RUS",
    target: Annotated[str, typer.Option(help="Country that is coerced.")] = "KAZ",
    world: WorldOption = "eurasia-2021",
    run: RunName = "long",
    sector: Annotated[
        list[str] | None, typer.Option(help="Sector or group whose trade can be taxed; repeat. Default all.")
    ] = None,
    price: Annotated[
        list[float] | None,
        typer.Option(min=0.0, help="Dollars of harm that an own dollar must buy; repeat. Default 0 to 4."),
    ] = None,
    elasticity: Annotated[str, typer.Option(help="Set of elasticities; default the world's own.")] = "",
    out: Out = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Find the most a power can inflict at each own loss, and where today's levers lie below it."""
    from tertius.outcomes.lever_cells import world_in_run
    from tertius.outcomes.lever_frontier import PRICES, coercion_frontier, levers_in_space
    from tertius.outcomes.lever_power import power_table
    from tertius.terminal import progress

    check_files(out, chart)
    base = the_world(world)
    base = base.with_elasticity(elasticity) if elasticity else base
    with progress("searching") as tell:
        found = coercion_frontier(
            base,
            user,
            target,
            sectors=tuple(sector or ("all",)),
            prices=tuple(price or PRICES),
            levers=levers_in_space(base, user, target, run),
            run=run,
            tell=tell,
        )
    power = power_table(world_in_run(base, run), found.target, {user: found.user})
    save({"frontier": found.to_table(), "power": power}, out, f"What {user} can inflict on {target}")
    if chart:
        from tertius.report.chapters.frontier_drawing import frontier_drawing

        save_chart(chart, frontier_drawing(found, user, target))
    if as_json:
        _print_json(found, power, base.name)
    else:
        _show(found, power, f"What {user} can inflict on {target}, {run} run, {base.name}")


def _print_json(found: Frontier, power: pd.DataFrame, world: str) -> None:
    from tertius.terminal import print_json

    print_json(
        {
            "user": found.user,
            "target": found.target,
            "world": world,
            "run": found.run,
            "frontier": records(found.curve()),
            "levers": records(found.today()),
            "points": records(found.to_table()),
            "power": records(power),
            "equilibria": found.evaluations,
        }
    )


def _show(found: Frontier, power: pd.DataFrame, title: str) -> None:
    from tertius.terminal import show_table

    rows = [
        [f"{r.user_usd:,.0f}", f"{r.target_usd:,.0f}", f"{r.user_percent:.3f}", f"{r.target_percent:.2f}"]
        for r in rows_of(found.curve())
    ]
    show_table(title, ["user's loss, $m", "target's loss, $m", "user's, %", "target's, %"], rows, numbers=4)
    rows = [
        [r.lever, f"{r.user_usd:,.0f}", f"{r.target_usd:,.0f}", f"{100 * r.reach:.0f}"]
        for r in rows_of(found.today())
    ]
    if rows:
        columns = ["lever", "user's loss, $m", "target's loss, $m", "of the frontier, %"]
        show_table("\nToday's levers of these instruments", columns, rows, numbers=3)
    for r in rows_of(power):
        print(
            f"joint-threat power of {r.power} over {r.target} by withholding all supplies:"
            f" {r.index:.2f} % of the price of what it uses; most in {r.largest}"
        )
