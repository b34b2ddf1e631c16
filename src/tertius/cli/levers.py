# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands on levers: the ledger, exposure over the years, the value of a customs union."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.cli.app import AsJson, app, the_world, write_text
from tertius.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from tertius.outcomes.lever_ledger import LeverLedger

SHORT = {
    "mutual, of one size": "mutual, one size",
    "mutual in sign, unequal in size": "mutual, unequal",
    "free for the user": "free",
    "does not hurt the target": "no harm",
}
POWERS = ("RUS", "coalition-2022", "CHN")
Focal = Annotated[str, typer.Option(help="Code of the state in the middle.")]
Power = Annotated[
    list[str] | None,
    typer.Option(help="Country or group; repeat for several. Default RUS coalition-2022 CHN."),
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--elasticity", help="Set of the band, the central one first; default all."),
]
Out = Annotated[Path | None, typer.Option(help="Write results: .csv, .parquet, .xlsx or .dta.")]
WorldOption = Annotated[str, typer.Option(help="A shipped world, or the path of a .npz file.")]


@app.command(epilog="Example: tertius levers --focal KAZ --run short --out levers.xlsx --chart levers.svg")
def levers(
    focal: Focal = "KAZ",
    world: WorldOption = "eurasia-2021",
    power: Power = None,
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
    chart: Annotated[Path | None, typer.Option(help="Write the chart of losses: .svg.")] = None,
    as_json: AsJson = False,
) -> None:
    """Count what every lever costs its target, its user and others."""
    from tertius.outcomes import levers as ledger
    from tertius.terminal import print_json, progress

    runs = {"both": ("long", "short")}.get(run, (run,))
    _check(out)
    if chart and (chart.suffix != ".svg" or not chart.parent.is_dir()):
        raise BadInput(
            f"--chart {chart}", "is not an .svg file in a folder that exists", "such as levers.svg"
        )
    with progress("solving") as tell:
        found = ledger(
            the_world(world),
            focal,
            tuple(power or POWERS),
            catalogue or None,
            runs,
            elasticity or None,
            lever or (),
            intensity,
            tell=tell,
        )
    summary = found.summary()
    if out:
        _save({"levers": summary, "states": found.states()}, out, f"Levers of {focal} on {found.world.name}")
    if chart:
        write_text(chart, _chart(found), "--chart")
    if as_json:
        missing = [
            {"lever": x.id, "title": x.spec.title, "reason": x.spec.reason} for x in found.not_identified
        ]
        print_json(
            {
                "focal": focal,
                "world": found.world.name,
                "sets": found.sets,
                "levers": _records(summary),
                "not_identified": missing,
            }
        )
        return
    _show_levers(found)


@app.command(
    epilog="Example: tertius union --focal KAZ --union EAEU --border 0.05 --border 0.02 --border 0.1"
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
    as_json: AsJson = False,
) -> None:
    """Value a customs union to a member: tariff, border cost, re-export option."""
    from tertius.outcomes.union_value import BORDER, union_value
    from tertius.terminal import print_json, progress, show_table

    _check(out)
    named = [None if s == "base" else s for s in scenario or ("base", "sanctions-2022@december")]
    with progress("solving") as tell:
        found = union_value(
            the_world(world),
            focal,
            union,
            named,
            tuple(border or BORDER),
            None if routes == "none" else routes,
            elasticities=elasticity or None,
            tell=tell,
        )
    if out:
        _save(
            {"union": found.to_table(), "summary": found.summary()},
            out,
            f"{union} to {focal} on {found.world}",
        )
    if as_json:
        print_json(
            {
                "focal": focal,
                "union": union,
                "world": found.world,
                "routes": found.routes,
                "notes": found.notes,
                "verdict": found.verdict,
                "cells": _records(found.to_table()),
            }
        )
        return
    rows = [
        [r.scenario, r.part, f"{r.central:+.3f}", f"{r.low:+.3f}", f"{r.high:+.3f}"]
        for r in _rows(found.summary())
    ]
    show_table(
        f"{union} to {focal}: real income of a member over that of a non-member, percent",
        ["scenario", "part", "central", "least", "largest"],
        rows,
        numbers=3,
    )
    for note in found.notes:
        print(f"note: {note}")


@app.command(epilog="Example: tertius exposure --focal KAZ --to trade_cost --out exposure.csv")
def exposure(
    focal: Focal = "KAZ",
    power: Power = None,
    peer: Annotated[
        list[str] | None, typer.Option(help="State to compare with; repeat. Default neighbours.")
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option(help="Year of a shipped world; repeat. Default all.")
    ] = None,
    worlds: Annotated[str, typer.Option(help="Family of worlds: eurasia or icio.")] = "eurasia",
    to: Annotated[str, typer.Option(help="productivity or trade_cost.")] = "productivity",
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Follow how much a state and its peers hang on each power, 2014 to 2021."""
    from tertius.outcomes.exposure_paths import PEERS, exposure_paths
    from tertius.terminal import print_json, progress, show_table

    _check(out)
    years = tuple(year or range(2014, 2022))
    with progress("years") as tell:
        found = exposure_paths(
            focal, tuple(power or POWERS), tuple(peer or PEERS), years, worlds, to, tell=tell
        )
    trends, groups = found.trends(), found.clusters(min(3, len(found.values["affected"])))
    if out:
        _save(
            {"exposure": found.to_table(), "trends": trends, "clusters": groups}, out, f"Exposure of {focal}"
        )
    if as_json:
        print_json(
            {
                "focal": focal,
                "to": to,
                "paths": _records(found.to_table()),
                "trends": _records(trends),
                "clusters": _records(groups),
            }
        )
        return
    cluster = dict(zip(groups["affected"], groups["cluster"], strict=True))
    rows = [
        [r.affected, str(cluster[r.affected]), r.power, *(f"{x:+.5f}" for x in (r.first, r.last, r.slope))]
        for r in _rows(trends)
    ]
    unit = "percent of real income per percent"
    show_table(
        f"Exposure to {to}, {unit}; trend a year",
        ["state", "cluster", "power", str(years[0]), str(years[-1]), "trend"],
        rows,
        numbers=3,
    )


def _show_levers(found: LeverLedger) -> None:
    """Headline runs, ranked; then what could not be computed."""
    from tertius.terminal import show_table

    rows = []
    for k, r in enumerate(found.headline(), start=1):
        t, u, ratio = r.target, r.user, r.ratio_dollars
        own = "none" if ratio.central == float("inf") else f"{ratio.central:.1f}"
        rows.append(
            [
                str(k),
                r.lever.id,
                r.run,
                SHORT.get(r.words, r.words),
                f"{-t.percent.central:+.2f}",
                f"{-u.percent.central:+.3f}",
                f"{-t.dollars.central:+,.0f}",
                f"{-u.dollars.central:+,.0f}",
                own,
            ]
        )
    columns = [
        "",
        "lever",
        "run",
        "by sign and size",
        "target %",
        "user %",
        "target $m",
        "user $m",
        "ratio $",
    ]
    show_table(
        f"Levers of {found.focal} on {found.world.name}, most cost-effective first", columns, rows, numbers=5
    )
    for lever in found.not_identified:
        print(f"not identified: {lever.id}: {lever.spec.reason}")


def _chart(found: LeverLedger) -> str:
    from tertius.report.charts.lever_scatter import LeverDot, lever_scatter

    dots = []
    for r in found.headline():
        user, target = r.user.dollars, r.target.dollars
        name, *sides = r.lever.id.split(":")
        dots.append(
            LeverDot(
                f"{name}: {sides[0]} on {sides[1]}",
                (user.central, user.low, user.high),
                (target.central, target.low, target.high),
                own=found.focal in r.lever.user,
            )
        )
    return lever_scatter(dots, title=f"Levers of {found.focal}: loss of the target against loss of the user")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON, which knows neither infinity nor NaN: both become null."""
    from math import isfinite

    rows: Any = frame.to_dict("records")
    return [{k: None if isinstance(v, float) and not isfinite(v) else v for k, v in r.items()} for r in rows]


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Rows as named tuples, of which the checker of types knows nothing."""
    yield from frame.itertuples()


def _check(out: Path | None) -> None:
    if out:
        from tertius.outcomes.export import check_target

        check_target(out, f"--out {out}")


def _save(tables: Mapping[str, pd.DataFrame], out: Path, title: str) -> None:
    from tertius.outcomes.lever_files import save_tables

    save_tables(tables, out, title, f"--out {out}")
