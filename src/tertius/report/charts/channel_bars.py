# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The focal country by channel: one dot with its range for every block of measures and date."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tertius.report.charts.axis import Axis
from tertius.report.charts.svg import chart, element, label, shorten, text, titled
from tertius.report.numbers import between, decimals, number
from tertius.report.page import ChannelBar
from tertius.text import count, joined, say

__all__ = ["channel_bars"]

HEAD, ROW = 26.0, 34.0
LEFT, RIGHT = 142.0, 312.0


def _row(bar: ChannelBar, y: float, axis: Axis, digits: int, hollow: bool) -> str:
    tone = "gain" if bar.median > 0 else "loss" if bar.median < 0 else "flat"
    mid, spread = y + ROW / 2, between(bar.low, bar.high, digits)
    place = joined(", ", (bar.block, bar.variant, bar.closure))
    median = number(bar.median, digits)
    line = say("{place}: median {median} %, {spread} %", place=place, median=median, spread=spread)
    return element(
        "g",
        titled(line),
        element("rect", x=0, y=y, width=400, height=ROW, class_="hit"),
        text(shorten(bar.variant, 23), 0, mid + 4, "variant"),
        element("line", x1=axis.x(bar.low), x2=axis.x(bar.high), y1=mid, y2=mid, class_=f"span wide {tone}"),
        element("circle", cx=axis.x(bar.median), cy=mid, r=5.5, class_=f"dot {tone}{' hollow' * hollow}"),
        text(number(bar.median, digits), 400, mid - 2, "value end", data_id=bar.id or None),
        text(f"{number(bar.low, digits)}…{number(bar.high, digits)}", 400, mid + 12, "spread end"),
        class_="row",
    )


def channel_bars(bars: Sequence[ChannelBar], title: str, uid: str) -> str:
    """Draw the blocks under each other, a line for every date (or closure), on one axis with a zero line.

    Parameters
    ----------
    bars
        In the order wanted; neighbours with the same ``block`` share a heading. Percent of real income.
    title
        What the chart shows.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>`` 400 units wide, or an empty string without bars. Where two closures appear, the one that
        comes first is drawn full, the other hollow.
    """
    if not bars:
        return ""
    values = [v for b in bars for v in (b.low, b.median, b.high)]
    axis, digits = Axis.around(values, LEFT, RIGHT), max(2, min(3, decimals(values)))
    body, y = [], 0.0
    for block, group in groupby(bars, key=lambda b: b.block):
        body.append(label(block, 52, 0, y + 19, "block", 13.5))
        y += HEAD
        for bar in group:
            body.append(_row(bar, y, axis, digits, bar.closure != bars[0].closure))
            y += ROW
        y += 6.0
    least, most = min(bars, key=lambda b: b.median), max(bars, key=lambda b: b.median)
    words = count(
        len(bars),
        "{n} range. Lowest median: {low} %, {least}. Highest: {high} %, {most}.",
        "{n} ranges. Lowest median: {low} %, {least}. Highest: {high} %, {most}.",
        low=number(least.median, digits),
        least=joined(", ", (least.block, least.variant)),
        high=number(most.median, digits),
        most=joined(", ", (most.block, most.variant)),
    )
    grid = axis.grid(4.0, y, "%")
    return chart(uid, title, words, (0, 0, 400, y + 24), grid, *body, class_="panel")
