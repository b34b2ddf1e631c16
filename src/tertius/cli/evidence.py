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

    from tertius.evidence import Activity, Alignment, Detection, Influence, ProductGaps

Folder = Annotated[Path | None, typer.Option(help="Folder for the tables (.csv) and charts (.svg).")]


@app.command(epilog="Example: tertius evidence KAZ --out kaz-evidence")
def evidence(
    focal: Annotated[str, typer.Argument(metavar="STATE", help="ISO3 code of the state.")] = "KAZ",
    claims: Annotated[bool, typer.Option("--claims", help="Also judge the article's claims.")] = False,
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Print what the data say about a state: votes, influence, activity against substance, January 2022."""
    from tertius.evidence import activity, alignment, event_gap, influence, mirror_gaps
    from tertius.evidence.influence import POWERS as PATRONS
    from tertius.evidence.mirror import mirror_line
    from tertius.report.charts import evidence as charts
    from tertius.terminal import print_json, show_table

    focal = focal.upper()
    powers = [p for p in ("RUS", "CHN", "USA") if p != focal]
    votes, ties = alignment(focal, powers), influence(focal, [p for p in PATRONS if p != focal])
    acts = activity(focal, powers)
    event = event_gap(focal) if focal != "RUS" else None
    mirror = mirror_gaps(focal)
    tables = _chapter(votes, ties, acts) | {"mirror": mirror}
    drawn = {
        "alignment": charts.alignment_chart(votes),
        "influence": charts.influence_chart(ties),
        "activity": charts.activity_chart(acts),
    }
    if event is not None:
        tables |= {"event_path": event.path, "event_placebo": event.placebo}
        drawn["event"] = charts.event_chart(event)
    if claims:
        tables["claims"] = _claim_table(focal)
    missing = sorted({*ties.missing, *acts.missing})
    if out:
        write_folder(out, tables, drawn)
    if as_json:
        found = {k: _records(tables[k]) for k in (*IN_JSON, *(("claims",) if claims else ()))}
        grade = {"grade": event.grade, "reason": event.reason} if event else None
        print_json({"state": focal, "rules": votes.rules, **found, "event": grade, "missing": missing})
        return
    for name, title in TITLES.items():
        if name not in tables or tables[name].empty:
            continue
        columns = [c for c in SHOWN[name] if c in tables[name]]
        rows = [[_cell(v) for v in row] for row in tables[name][columns].to_numpy().tolist()]
        show_table(title, columns, rows)
    if event is not None:
        print(f"\n{event.event}: {event.grade} ({event.reason})")
    print(f"\n{mirror_line(mirror, focal)}")
    print("\nNo series: " + "; ".join(missing))


def _chapter(votes: Alignment, ties: Influence, acts: Activity) -> dict[str, pd.DataFrame]:
    """Tables of the chapter by name."""
    return {
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


def _claim_table(focal: str) -> pd.DataFrame:
    """One row a claim: verdict, grade, reason, rule."""
    import pandas as pd

    from tertius.evidence import evidence_claims

    rows = [(c.claim, c.verdict, c.grade, c.reason, c.rule) for c in evidence_claims(focal).values()]
    return pd.DataFrame(rows, columns=["claim", "verdict", "grade", "reason", "rule"])


IN_JSON = ("alignment", "influence", "hedging_persistence", "activity", "mirror", "facts")
TITLES = {
    "alignment": "Votes, change against the world",
    "alignment_changes": "\nby series",
    "influence": "\nInfluence",
    "influence_trends": "\nby channel",
    "hedging_persistence": "\nEvenness over patrons",
    "activity": "\nActivity against substance",
    "facts": "\nPublished facts, as cited; nothing is computed from them",
    "claims": "\nClaims",
}
SHOWN = {
    "alignment": ("power", "verdict", "raw_verdict", "series", "closer", "farther", "clear"),
    "alignment_changes": ("power", "series", "before", "after", "change", "world", "relative", "lo", "hi"),
    "influence": ("power", "verdict", "lately", "channels", "rising", "falling", "steady"),
    "influence_trends": ("channel", "power", "first", "last", "start", "end", "slope", "slope_se", "word"),
    "hedging_persistence": ("channel", "years", "slope", "slope_se", "lowest_late", "verdict"),
    "activity": ("power", "year", "activity", "substance", "wedge", "lo", "hi", "p_larger", "verdict"),
    "facts": ("indicator", "period", "value", "unit"),
    "claims": ("claim", "verdict", "grade", "reason"),
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
    mirror: Annotated[
        Path | None,
        typer.Option(help="The hubs' own imports: product, reporter (the hub), partner, month, value."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="Lines of the watch list to print.")] = 15,
    out: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Find goods under a ban that turn up in third countries instead: a watch list with error control."""
    from tertius.evidence import detect as find
    from tertius.evidence import product_gaps
    from tertius.evidence.detect import panel_of
    from tertius.terminal import print_json

    names = [h.strip().upper() for h in hubs.split(",") if h.strip()] or None
    held = panel_of(panel, digits) if mirror and panel else panel  # read once
    options: dict[str, Any] = {"target": target.upper(), "hubs": names, "bans": bans or None}
    options |= {"after": _window(after), "alpha": alpha, "digits": digits}
    found = find(held, **options)
    gaps = product_gaps(mirror, held, **options) if mirror else None
    if out:
        write_folder(out, *_written(found, gaps))
    if as_json:
        head = {"target": found.target, "unit": found.unit, "alpha": found.alpha, "rules": found.rules}
        parts = {"hubs": _records(found.hubs), "watch": _records(found.watch)}
        both = {"hubs": _records(gaps.hubs), "cells": _records(gaps.cells)} if gaps else None
        notes = [*found.notes, *(gaps.notes if gaps else ())]
        print_json({**head, **parts, "mirror": both, "notes": list(dict.fromkeys(notes))})
    else:
        _show(found, top)
        if gaps:
            _show_gaps(gaps, top)


def _written(found: Detection, gaps: ProductGaps | None) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Tables and charts of a detection, with the mirror where there is one."""
    from tertius.report.charts.evidence import detection_chart, mirror_chart, watch_chart

    names = ("watch", "hubs", "chapters", "months", "cells", "origins")
    tables = {name: getattr(found, name) for name in names}
    charts = {"detection": detection_chart(found), "watch": watch_chart(found)}
    if gaps:
        tables |= {f"mirror_{name}": getattr(gaps, name) for name in ("cells", "hubs", "months")}
        charts["mirror"] = mirror_chart(gaps)
    return tables, {name: drawing for name, drawing in charts.items() if drawing}


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
    columns = ["finding", "product", "text", "hub", "excess", "excess_usd", "share_of_loss", "first_month"]
    rows = [[_cell(v) for v in row] for row in found.watch[columns].head(top).to_numpy().tolist()]
    show_table("\nWatch list", columns, rows)
    for note in found.notes:
        print(f"- {note}")


def _show_gaps(gaps: ProductGaps, top: int) -> None:
    from tertius.terminal import show_table

    columns = ["hub", "tested", "controls", "phantom", "others", "effect", "effect_p", "gaps"]
    rows = [[_cell(v) for v in row] for row in gaps.hubs[columns].to_numpy().tolist()]
    show_table("\nMirror: share of exports missing from the hubs' own books, against before", columns, rows)
    columns = [
        "finding",
        "product",
        "text",
        "hub",
        "exports_after",
        "imports_after",
        "phantom",
        "missing",
        "q",
    ]
    rows = [[_cell(v) for v in row] for row in gaps.cells[columns].head(top).to_numpy().tolist()]
    show_table("\nLargest mirror gaps", columns, rows)
    for note in gaps.notes:
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
