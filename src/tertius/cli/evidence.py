# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands on measured evidence: alignment, influence, activity, circumvention."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.cli.app import AsJson, app, write_folder
from tertius.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

    from tertius.evidence import Detection

Folder = Annotated[Path | None, typer.Option(help="Folder for the tables (.csv) and charts (.svg).")]


@app.command(epilog="Example: tertius evidence KAZ --out kaz-evidence")
def evidence(
    focal: Annotated[str, typer.Argument(metavar="STATE", help="ISO3 code of the state.")] = "KAZ",
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Print what the data say about a state: votes, influence, activity against substance, January 2022."""
    from tertius.evidence import activity, alignment, event_gap, influence
    from tertius.report.charts import evidence as charts
    from tertius.terminal import print_json, show_table

    focal = focal.upper()
    powers = [p for p in ("RUS", "CHN", "USA") if p != focal]
    votes, ties = alignment(focal, powers), influence(focal, [p for p in PATRONS if p != focal])
    acts = activity(focal, powers)
    event = event_gap(focal) if focal != "RUS" else None
    tables: dict[str, Any] = {
        "alignment": votes.verdicts,
        "alignment_changes": votes.changes,
        "alignment_sensitivity": votes.sensitivity,
        "alignment_peers": votes.peers,
        "alignment_levels": votes.levels,
        "ukraine_votes": votes.votes,
        "influence": ties.verdicts,
        "influence_trends": ties.trends,
        "influence_sensitivity": ties.sensitivity,
        "hedging": ties.hedging,
        "hedging_persistence": ties.persistence,
        "activity": acts.wedges,
        "activity_series": acts.series,
        "activity_sensitivity": acts.sensitivity,
        "facts": acts.facts,
    }
    drawn = {
        "alignment": charts.alignment_chart(votes),
        "influence": charts.influence_chart(ties),
        "activity": charts.activity_chart(acts),
    }
    if event is not None:
        tables |= {"event_path": event.path, "event_placebo": event.placebo}
        drawn["event"] = charts.event_chart(event)
    missing = sorted({*ties.missing, *acts.missing})
    if out:
        write_folder(out, tables, drawn)
    if as_json:
        found = {
            k: _records(tables[k]) for k in ("alignment", "influence", "hedging_persistence", "activity")
        }
        grade = {"grade": event.grade, "reason": event.reason} if event else None
        print_json({"state": focal, "rules": votes.rules, **found, "event": grade, "missing": missing})
        return
    for name, title in TITLES.items():
        columns = [c for c in SHOWN[name] if c in tables[name]]
        rows = [[_cell(v) for v in row] for row in tables[name][columns].to_numpy().tolist()]
        show_table(title, columns, rows)
    if event is not None:
        print(f"\n{event.event}: {event.grade} ({event.reason})")
    print("\nNo series: " + "; ".join(missing))


PATRONS = ("CHN", "RUS", "EU27", "USA", "TUR")
TITLES = {
    "alignment": "Votes, change against the world",
    "alignment_changes": "\nby series",
    "influence": "\nInfluence",
    "influence_trends": "\nby channel",
    "hedging_persistence": "\nEvenness over patrons",
    "activity": "\nActivity against substance",
}
SHOWN = {
    "alignment": ("power", "verdict", "raw_verdict", "series", "closer", "farther", "clear"),
    "alignment_changes": ("power", "series", "before", "after", "change", "world", "relative", "lo", "hi"),
    "influence": ("power", "verdict", "lately", "channels", "rising", "falling", "steady"),
    "influence_trends": ("channel", "power", "first", "last", "start", "end", "slope", "slope_se", "word"),
    "hedging_persistence": ("channel", "years", "slope", "slope_se", "lowest_late", "verdict"),
    "activity": ("power", "year", "activity", "substance", "wedge", "lo", "hi", "p_larger", "verdict"),
}


@app.command(epilog="Example: tertius detect my-extract.csv --target RUS --bans bans.csv --out watch")
def detect(
    panel: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=".csv or .parquet; default the shipped EU panel.")
    ] = None,
    target: Annotated[str, typer.Option(help="ISO3 code of the country under the ban.")] = "RUS",
    hubs: Annotated[str, typer.Option(help="Third countries, such as KAZ,KGZ; default all partners.")] = "",
    bans: Annotated[
        str, typer.Option(help="CSV with product and ban (2022-03), or direct: dated by the direct trade.")
    ] = "",
    after: Annotated[str, typer.Option(help="Window, such as 2022-06:2022-11; default the last six.")] = "",
    alpha: Annotated[float, typer.Option(help="Nominal false-discovery rate.")] = 0.1,
    digits: Annotated[int, typer.Option(help="Digits of the product code.")] = 6,
    top: Annotated[int, typer.Option(min=1, help="Lines of the watch list to print.")] = 15,
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Find goods under a ban that turn up in third countries instead: a watch list with error control."""
    from tertius.evidence import detect as find
    from tertius.report.charts.evidence import detection_chart
    from tertius.terminal import print_json

    names = [h.strip().upper() for h in hubs.split(",") if h.strip()] or None
    found = find(
        panel,
        target=target.upper(),
        hubs=names,
        bans=bans or None,
        after=_window(after),
        alpha=alpha,
        digits=digits,
    )
    tables = {"watch": found.watch, "hubs": found.hubs, "chapters": found.chapters, "months": found.months}
    if out:
        every = {**tables, "cells": found.cells, "origins": found.origins}
        write_folder(out, every, {"detection": detection_chart(found)})
    if as_json:
        head = {"target": found.target, "unit": found.unit, "alpha": found.alpha, "rules": found.rules}
        parts = {k: _records(tables[k]) for k in ("hubs", "watch")}
        print_json({**head, **parts, "notes": list(found.notes)})
    else:
        _show(found, top)


def _show(found: Detection, top: int) -> None:
    from tertius.terminal import show_table

    columns = [
        "hub",
        "tested",
        "controls",
        "flagged",
        "leads",
        "listed_excess",
        "effect",
        "effect_q",
        "grade",
    ]
    rows = [[_cell(v) for v in row] for row in found.hubs[columns].to_numpy().tolist()]
    show_table(f"{found!r}; values in {found.unit}", columns, rows)
    columns = ["finding", "product", "text", "hub", "excess", "share_of_loss", "first_month", "level"]
    rows = [[_cell(v) for v in row] for row in found.watch[columns].head(top).to_numpy().tolist()]
    show_table("\nWatch list", columns, rows)
    for note in found.notes:
        print(f"- {note}")


def _window(words: str) -> tuple[str, str] | None:
    if not words:
        return None
    first, _, last = words.partition(":")
    if not last:
        raise BadInput("--after", f"{words!r} is no window", "write it as 2022-06:2022-11")
    return first, last


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return list(json.loads(table.to_json(orient="records", double_precision=6)))


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3f}"
    return str(value)
