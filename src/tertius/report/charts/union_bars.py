# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Value of a union: parts stacked to the total, each with its range, under each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tertius.report.charts.axis import Axis
from tertius.report.charts.svg import chart, element, shorten, text, titled
from tertius.report.numbers import between, decimals, number
from tertius.text import Text, joined, say

__all__ = ["UnionBar", "union_bars"]

HEAD, ROW = 26.0, 26.0
LEFT, RIGHT = 142.0, 312.0
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class UnionBar:
    """A part or a total under a scenario: percent of real income at the central assumptions, with its range.

    Parts whose names begin with "total" stand on the zero line, others on the part before.
    """

    scenario: str
    part: str
    central: float
    low: float
    high: float


def union_bars(bars: Sequence[UnionBar], title: str, uid: str = "union-bars") -> str:
    """Draw the parts as steps from zero to the total; lines show the range of each, from where it begins.

    Parameters
    ----------
    bars
        In the order wanted, parts of a scenario together and before its totals.
    title
        What the chart shows.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>`` 400 units wide, or an empty string without bars.

    Examples
    --------
    >>> bars = [UnionBar("2021", "tariff", 0.1, 0.0, 0.2), UnionBar("2021", "total", 0.1, 0.0, 0.2)]
    >>> union_bars(bars, "Union").count("<rect")
    4
    """
    if not bars:
        return ""
    places = [start for _, own in groupby(bars, key=lambda b: b.scenario) for start in _starts(list(own))]
    ends = [s + v for b, s in zip(bars, places, strict=True) for v in (0.0, b.low, b.central, b.high)]
    axis, digits = Axis.around(ends, LEFT, RIGHT), max(2, min(3, decimals([b.central for b in bars])))
    body, y, scenario = [], 0.0, ""
    for bar, start in zip(bars, places, strict=True):
        if bar.scenario != scenario:
            scenario = bar.scenario
            body.append(text(shorten(scenario, 52), 0, y + 19, "block"))
            y += HEAD
        body.append(_row(bar, start, y, axis, digits))
        y += ROW
    words = joined(". ", [_said(b, digits) for b in bars])
    return chart(uid, title, words, (0, 0, 400, y + 24), axis.grid(4.0, y, "%"), *body, class_="panel")


def _starts(bars: Sequence[UnionBar]) -> list[float]:
    """Where each bar begins: parts on the sum of those before, totals at zero."""
    out, reached = [], 0.0
    for b in bars:
        whole = b.part.startswith(TOTAL)
        out.append(0.0 if whole else reached)
        reached += 0.0 if whole else b.central
    return out


def _said(bar: UnionBar, digits: int) -> Text:
    return say(
        "{scenario}, {part}: {central} %, {spread} %",
        scenario=bar.scenario,
        part=bar.part,
        central=number(bar.central, digits),
        spread=between(bar.low, bar.high, digits),
    )


def _row(bar: UnionBar, start: float, y: float, axis: Axis, digits: int) -> str:
    tone = "gain" if bar.central >= 0 else "loss"
    mid, ends = y + ROW / 2, sorted((axis.x(start), axis.x(start + bar.central)))
    low, high = axis.x(start + bar.low), axis.x(start + bar.high)
    return element(
        "g",
        titled(_said(bar, digits)),
        element("rect", x=0, y=y, width=400, height=ROW, class_="hit"),
        text(shorten(bar.part, 23), 0, mid + 4, "variant"),
        element("rect", x=ends[0], y=y + 6, width=ends[1] - ends[0], height=ROW - 12, class_=f"bar {tone}"),
        element("line", x1=low, x2=high, y1=mid, y2=mid, class_="whisker"),
        *(element("line", x1=x, x2=x, y1=mid - 3.5, y2=mid + 3.5, class_="whisker") for x in (low, high)),
        text(number(bar.central, digits), 400, mid, "value end"),
        text(f"{number(bar.low, digits)}…{number(bar.high, digits)}", 400, mid + 11, "spread end"),
        class_="row",
    )
