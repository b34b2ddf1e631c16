# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Figures of the evidence: alignment, influence, activity, the event, circumvention."""

from __future__ import annotations

from itertools import product

import pandas as pd

from tertius.evidence import Activity, Alignment, Detection, EventGap, Influence, ProductGaps
from tertius.evidence.alignment import NAMED
from tertius.labels import place_name, region_name
from tertius.report.charts.small_multiples import Band, Multiple, small_multiples
from tertius.report.charts.watch_bars import WatchBar, watch_bars
from tertius.text import joined, say

__all__ = [
    "activity_chart",
    "alignment_chart",
    "detection_chart",
    "event_chart",
    "influence_chart",
    "mirror_chart",
    "watch_chart",
]

FROM = 2000


def _when(month: str) -> float:
    return int(month[:4]) + (int(month[5:7]) - 0.5) / 12


def _band(name: str, table: pd.DataFrame, value: str, *ends: str) -> Band:
    """Take a line from columns; months become fractions of a year."""
    times = [_when(m) for m in table["month"]] if "month" in table else [float(y) for y in table["year"]]
    return Band(name, times, *(table[c].astype(float).tolist() for c in (value, *ends)))


def alignment_chart(found: Alignment) -> str:
    """Draw closeness to each power in every series with 90 % bands, beside the median of all states."""
    panels, levels = [], found.levels[found.levels["year"] >= FROM]
    powers = list(levels["power"].unique())
    for series, power in product(levels["series"].unique(), powers):
        part = levels[(levels["power"] == power) & (levels["series"] == series)]
        if part.empty:
            continue
        own = _band(found.focal, part, "value", "lo", "hi")
        title = joined(": ", (region_name(str(power)), NAMED[str(series)]))
        panels.append(Multiple(title, [own, _band(say("world"), part, "world")], 2021.5))
    note = say("Up is closer: share of equal votes, or minus the distance of ideal points. Band: 90 %.")
    title = say("How close {country} votes to each power", country=place_name(found.focal))
    return small_multiples("alignment", title, note, panels, columns=min(3, len(powers)), shared=False)


def influence_chart(found: Influence) -> str:
    """Draw the weight of each power by channel, and the entropy over patrons."""
    panels = [
        Multiple(str(channel), [_band(str(p), g, "value") for p, g in part.groupby("power")])
        for channel, part in found.series.groupby("channel")
    ]
    spread = found.hedging[found.hedging["channel"] != "all"]
    lines = [_band(str(c), g, "entropy") for c, g in spread.groupby("channel")]
    panels.append(Multiple(say("evenness over patrons (entropy)"), lines))
    note = say("Shares; capacity is an index; investment is per thousand of the investor's whole position.")
    title = say("Weight of powers in the ties of {country}", country=place_name(found.focal))
    return small_multiples("influence", title, note, panels, shared=False)


def activity_chart(found: Activity) -> str:
    """Draw the wedge of activity over substance with the band of placebo dyads."""
    panels = []
    for power, part in found.wedges.groupby("power", sort=False):
        part = part.assign(middle=(part["lo"] + part["hi"]) / 2)
        lines = [_band(say("activity"), part, "activity")]
        if part["substance"].notna().any():
            lines.append(_band(say("substance"), part, "substance"))
        if part["wedge"].notna().any():
            lines.append(_band(say("wedge"), part, "wedge"))
        if part["middle"].notna().any():
            lines.append(_band(say("placebos"), part, "middle", "lo", "hi"))
        panels.append(Multiple(say("with {country}", country=place_name(str(power))), lines))
    note = say(
        "Standardised change since {base}. Band: 5 to 95 % of other states' wedges.",
        base=f"{found.base[0]}–{found.base[1]}",
    )
    title = say("Activity and substance, {country}", country=region_name(found.focal))
    return small_multiples("activity", title, note, panels)


def event_chart(found: EventGap) -> str:
    """Draw the path of the state and of its synthetic control, and the gap with placebos."""
    path = found.path
    mark = _when(found.event)
    paths = [_band(say("actual"), path, "actual"), _band(say("synthetic"), path, "synthetic")]
    gap = _band(say("gap"), path, "gap", "lo", "hi")
    panels = [
        Multiple(say("cooperation, mean before = 1"), paths, mark),
        Multiple(say("gap; band: placebos"), [gap], mark),
    ]
    title = say(
        "{country} and {power} around {event}: {grade}",
        country=region_name(found.focal),
        power=region_name(found.power),
        event=found.event,
        grade=found.grade,
    )
    note = say("Net cooperation in events, share of the world's, in units of its own mean before the event.")
    return small_multiples("event", title, note, panels, columns=2)


def detection_chart(found: Detection) -> str:
    """Draw banned against other products by hub and month with the band of reassigned dates."""
    panels = []
    counts = found.hubs.set_index("hub")
    for hub, part in found.months.groupby("hub", sort=False):
        line = _band(str(hub), part, "log_ratio", "lo", "hi")
        row = counts.loc[str(hub)]
        title = say(
            "{hub}: flags {flags}, leads {leads}",
            hub=region_name(str(hub)),
            flags=row["flagged"],
            leads=row["leads"],
        )
        mark = _when(found.windows.after[0])
        panels.append(Multiple(title, [line], mark))
    note = say(
        "Log ratio of banned to other products, base year zero. Band: 90 % of panels with dates at random."
    )
    title = say("Goods under a ban on {country} at third countries", country=region_name(found.target))
    return small_multiples("detection", title, note, panels)


def watch_chart(found: Detection, most: int = 20) -> str:
    """Draw the largest lines of the watch list; empty where nothing is listed or the currency unknown."""
    top = found.watch[found.watch["excess_usd"].notna()].head(most)
    bars = [
        WatchBar(
            str(r["product"]),
            str(r["text"]),
            str(r["hub"]),
            float(r["excess_usd"]),
            float(r["share_of_loss"]),
            str(r["first_month"]),
            r["finding"] == "flag",
        )
        for r in top.to_dict("records")
    ]
    note = say(
        "Exports over what was expected, {first} to {last}; USD at the rate of 2021.",
        first=found.windows.after[0],
        last=found.windows.after[-1],
    )
    title = say("Watch list: goods under a ban on {country}", country=region_name(found.target))
    return watch_bars(bars, title, note)


def mirror_chart(found: ProductGaps) -> str:
    """Draw exports over imports of banned and of other goods by hub and month."""
    panels = []
    for hub, part in found.months.groupby("hub", sort=False):
        sums = part.groupby(["banned", "month"])[["exports", "imports"]].sum()
        lines = []
        for banned, name in ((True, say("banned")), (False, say("others"))):
            own = sums.loc[banned].reset_index() if banned in sums.index else sums.head(0).reset_index()
            own = own[own["imports"] > 0].assign(ratio=lambda t: t["exports"] / t["imports"])
            lines.append(_band(name, own, "ratio"))
        panels.append(Multiple(region_name(str(hub)), lines, _when(found.windows.after[0])))
    note = say(
        "Exporters' figure over the hub's own; above its old level: goods that never reach the hub's books."
    )
    title = say("Mirror gaps by month")
    return small_multiples("mirror", title, note, panels, columns=min(3, len(panels)))
