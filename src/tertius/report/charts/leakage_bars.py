# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Leakage by hub: bars at the central value, whiskers over the ranges of the routes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tertius.report.charts.axis import Axis
from tertius.report.charts.svg import chart, element, label, text, titled
from tertius.report.numbers import between, number
from tertius.text import say

__all__ = ["HubBar", "leakage_bars"]

ROW, LEFT, RIGHT = 26.0, 150.0, 380.0


@dataclass(frozen=True, slots=True)
class HubBar:
    """One hub: name, transit in USD million, leakage in percent with its range."""

    name: str
    transit: float
    leakage: float
    low: float
    high: float


def leakage_bars(bars: Sequence[HubBar], uid: str = "leakage") -> str:
    """Draw leakage by hub.

    Parameters
    ----------
    bars
        Hubs in the order to draw.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>`` 560 units wide.
    """
    axis = Axis.around([0.0, *(v for b in bars for v in (b.low, b.high))], LEFT, RIGHT)
    body = []
    for k, bar in enumerate(bars):
        y = 6.0 + k * ROW
        mid = y + ROW / 2
        words = say(
            "{name}: {leakage} %, {range} %",
            name=bar.name,
            leakage=number(bar.leakage, 1, signed=False),
            range=between(bar.low, bar.high, 1, signed=False),
        )
        ends = [number(v, 1, signed=False) for v in (bar.low, bar.high)]
        body.append(
            element(
                "g",
                titled(words),
                label(bar.name, 18, LEFT - 8, mid + 4.5, "name end", lines=2),
                element(
                    "rect", x=axis.x(0.0), y=y + 6, width=axis.x(bar.leakage) - axis.x(0.0), height=ROW - 12,
                    class_="bar gain",
                ),
                element("line", x1=axis.x(bar.low), x2=axis.x(bar.high), y1=mid, y2=mid, class_="whisker"),
                *(
                    element("line", x1=axis.x(v), x2=axis.x(v), y1=mid - 4, y2=mid + 4, class_="whisker")
                    for v in (bar.low, bar.high)
                ),
                text(number(bar.transit, 0, signed=False), 470, mid + 4.5, "value end"),
                text("…".join(ends), 552, mid + 4, "spread end"),
                class_="row",
            )
        )  # fmt: skip
    height = 6.0 + ROW * len(bars)
    return chart(
        uid,
        say("Leakage by hub"),
        say(
            "Percent of what bans take from direct routes; whiskers over the ranges of the routes; transit in"
            " USD million to the right."
        ),
        (0, 0, 560, height + 24),
        axis.grid(4.0, height, "%", signed=False),
        *body,
        class_="panel",
    )
