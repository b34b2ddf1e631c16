# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exposure over the years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import AsJson, app
from tertius.cli.options import (
    Focal,
    Out,
    Powers,
    check_files,
    records,
    rows_of,
    save,
    save_chart,
)

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.exposure_paths import ExposurePaths


@app.command(epilog="Example: tertius exposure --focal KAZ --to trade_cost --chart paths.svg --heat heat.svg")
def exposure(
    focal: Focal = "KAZ",
    power: Powers = None,
    peer: Annotated[
        list[str] | None, typer.Option(help="State to compare with; repeat. Default neighbours.")
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option(help="Year of a shipped world; repeat. Default all.")
    ] = None,
    worlds: Annotated[str, typer.Option(help="Family of worlds: eurasia or icio.")] = "eurasia",
    to: Annotated[str, typer.Option(help="productivity or trade_cost.")] = "productivity",
    out: Out = None,
    chart: Annotated[Path | None, typer.Option(help="Write the paths of each power: .svg.")] = None,
    heat: Annotated[
        Path | None, typer.Option(help="Write the heat map of the last year, grouped: .svg.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Follow how much a state and its peers hang on each power, 2014 to 2021."""
    from tertius.outcomes.exposure_paths import PEERS, exposure_paths
    from tertius.policy.lever import POWERS
    from tertius.report.chapters.exposure import clusters, lines
    from tertius.report.chapters.exposure import heat as matrix
    from tertius.terminal import print_json, progress

    check_files(out, chart)
    check_files(None, heat)
    years = tuple(year or range(2014, 2022))
    with progress("years") as tell:
        found = exposure_paths(
            focal, tuple(power or POWERS), tuple(peer or PEERS), years, worlds, to, tell=tell
        )
    paths, trends, groups = found.to_table(), found.trends(), clusters(found)
    save({"exposure": paths, "trends": trends, "clusters": groups}, out, f"Exposure of {focal}")
    if chart:
        save_chart(chart, lines(found))
    if heat:
        save_chart(heat, matrix(found))
    if as_json:
        tables = {"paths": records(paths), "trends": records(trends), "clusters": records(groups)}
        print_json({"focal": focal, "to": to, **tables})
    else:
        _show(found, trends, groups)


def _show(found: ExposurePaths, trends: pd.DataFrame, groups: pd.DataFrame) -> None:
    from tertius.terminal import show_table

    cluster = dict(zip(groups["affected"], groups["cluster"], strict=True))
    rows = [
        [r.affected, str(cluster[r.affected]), r.power, *(f"{x:+.5f}" for x in (r.first, r.last, r.slope))]
        for r in rows_of(trends)
    ]
    first, last = (str(int(found.values["year"].values[k])) for k in (0, -1))
    show_table(
        f"Exposure to {found.to}, percent of real income per percent; trend a year",
        ["state", "cluster", "power", first, last, "trend"],
        rows,
        numbers=3,
    )
