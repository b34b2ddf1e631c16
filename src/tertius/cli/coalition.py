# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Coalitions behind a lever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import AsJson, app, the_world
from tertius.cli.options import Out, RunName, WorldOption, check_files, records, rows_of, save

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.lever_coalitions import CoalitionValue

WORTH = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0)  # of a dollar of the target's loss to a member


@app.command(
    epilog="Example: tertius coalition --target KAZ --lever purchase-ban --member EU27 --member USA+GBR"
)
def coalition(
    target: Annotated[str, typer.Option(help="Country that the lever hurts.")] = "KAZ",
    lever: Annotated[str, typer.Option(help="Shipped lever that each team pulls.")] = "purchase-ban",
    member: Annotated[
        list[str] | None,
        typer.Option(help="Block of countries or groups joined by +; repeat. Default the West in five."),
    ] = None,
    world: WorldOption = "eurasia-2021",
    run: RunName = "long",
    elasticity: Annotated[str, typer.Option(help="Set of elasticities; default the world's own.")] = "",
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Show what each member of a coalition adds to the loss imposed, at what cost, and who would stay out."""
    from tertius.outcomes.lever_coalitions import coalition_lever, coalition_value
    from tertius.terminal import progress

    check_files(out)
    base = the_world(world)
    base = base.with_elasticity(elasticity) if elasticity else base
    blocks = {m: tuple(m.split("+")) for m in member} if member else None
    with progress("teams") as tell:
        found = coalition_value(base, coalition_lever(base, lever, target), blocks, run, tell=tell)
    members, gaps = found.to_table(), found.gaps(WORTH)
    title = f"{lever} on {target} by a coalition, {run} run, {base.name}"
    save({"members": members, "gaps": gaps}, out, title)
    if as_json:
        _print_json(found, members, gaps, base.name)
    else:
        _show(found, members, gaps, title)


def _print_json(found: CoalitionValue, members: pd.DataFrame, gaps: pd.DataFrame, world: str) -> None:
    from tertius.terminal import print_json

    print_json(
        {
            "lever": found.lever.spec.name,
            "target": found.lever.target,
            "world": world,
            "run": found.run,
            "inflicted_usd": found.inflicted[found.whole],
            "members": records(members),
            "gaps": records(gaps),
        }
    )


def _show(found: CoalitionValue, members: pd.DataFrame, gaps: pd.DataFrame, title: str) -> None:
    from tertius.terminal import show_table

    rows = [
        [r.member, *(f"{v:,.0f}" for v in (r.alone, r.marginal, r.shapley, r.cost, r.saving)),
         f"{r.cost_per_dollar:.2f}"]
        for r in rows_of(members)
    ]  # fmt: skip
    columns = ["member", "alone", "marginal", "Shapley", "own loss", "saved outside", "own per dollar"]
    whole = f"{found.inflicted[found.whole]:,.0f}"
    show_table(f"{title}: {whole} USD million with all; USD million", columns, rows, numbers=6)
    rows = [[f"{r.value:g}", f"{100 * r.gap:.0f}", r.stays_out or "nobody"] for r in rows_of(gaps)]
    columns = ["worth of a dollar of harm", "enforcement gap, %", "stays out"]
    show_table("\nWho would rather stay out, and what is lost with them", columns, rows)
