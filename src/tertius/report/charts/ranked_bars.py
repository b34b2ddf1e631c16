# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Winners and losers: bars at the median, whiskers over the elasticity sets, the focal country always in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tertius.report.charts.axis import Axis
from tertius.report.charts.svg import chart, element, label, text, titled
from tertius.report.numbers import between, decimals, number
from tertius.report.page import CountryBar
from tertius.text import say

__all__ = ["pick", "ranked_bars"]

ROW = 23.0
LEFT, RIGHT = 140.0, 262.0  # the plot; names to the left, numbers to the right
TITLES = {"gains": say("Largest gains of real income"), "losses": say("Largest losses of real income")}
Ranked = tuple[int, CountryBar]
Side = Literal["gains", "losses"]


def pick(bars: Sequence[CountryBar], focal: str, n: int, side: Side) -> tuple[Ranked, ...]:
    """Choose the first ``n`` countries of one side, with their ranks from the top of the world.

    The focal country is added to the side of its own sign when it is not among them.

    Parameters
    ----------
    bars
        All countries, in any order.
    focal
        ISO3 code that must appear.
    n
        How many from the end.
    side
        Which end.

    Returns
    -------
    tuple of (rank, bar)
        Best first for gains, worst first for losses; only countries of that sign.
    """
    ranked = list(enumerate(sorted(bars, key=lambda b: (-b.median, b.iso3)), start=1))
    if side == "gains":
        own = [r for r in ranked if r[1].median > 0]
    else:
        own = [r for r in reversed(ranked) if r[1].median <= 0]
    return tuple(r for k, r in enumerate(own) if k < n or r[1].iso3 == focal)


def _row(rank: int, bar: CountryBar, y: float, axis: Axis, digits: int, focal: bool) -> str:
    tone = "gain" if bar.median > 0 else "loss"
    mid, ends = y + ROW / 2, sorted((axis.x(0.0), axis.x(bar.median)))
    spread = between(bar.low, bar.high, digits)
    line = say(
        "{name}, rank {rank}: median {median} %, {spread} %",
        name=bar.name,
        rank=rank,
        median=number(bar.median, digits),
        spread=spread,
    )
    numbers = {"data_id": bar.id or None, "data_iso3": bar.iso3}
    return element(
        "g",
        titled(line),
        element("rect", x=0, y=y, width=400, height=ROW, class_="hit focal" if focal else "hit"),
        text(str(rank), 17, mid + 4, "rank end"),
        label(bar.name, 15, 23, mid + 4.5, "name focal" if focal else "name", lines=2),
        element("rect", x=ends[0], y=y + 5, width=ends[1] - ends[0], height=ROW - 10, class_=f"bar {tone}"),
        element("line", x1=axis.x(bar.low), x2=axis.x(bar.high), y1=mid, y2=mid, class_="whisker"),
        *(
            element("line", x1=axis.x(v), x2=axis.x(v), y1=mid - 3.5, y2=mid + 3.5, class_="whisker")
            for v in (bar.low, bar.high)
        ),
        text(number(bar.median, digits), 312, mid + 4.5, "value end", data_stat="median", **numbers),
        text(f"{number(bar.low, digits)}…{number(bar.high, digits)}", 400, mid + 4, "spread end"),
        class_="row",
    )


def ranked_bars(
    bars: Sequence[CountryBar],
    focal: str,
    side: Side,
    n: int = 10,
    uid: str = "",
) -> str:
    """Draw one end of the ranking.

    Parameters
    ----------
    bars
        All countries: median, low and high in percent of real income.
    focal
        ISO3 code of the focal country, drawn and marked on the side of its own sign.
    side
        ``"gains"`` or ``"losses"``.
    n
        Countries from the end.
    uid
        Id, unique in the page; ``side`` when empty.

    Returns
    -------
    str
        An ``<svg>`` 400 units wide, or an empty string when no country is on this side.
    """
    rows = pick(bars, focal, n, side)
    if not rows:
        return ""
    shown = [bar for _, bar in rows]
    axis = Axis.around([v for b in shown for v in (b.low, b.median, b.high)], LEFT, RIGHT)
    digits = max(2, decimals([b.median for b in shown]))
    body, y = [], 4.0
    for k, (rank, bar) in enumerate(rows):
        if k and abs(rank - rows[k - 1][0]) > 1:
            body.append(text("⋯", 10, y + 10, "gap"))
            y += 14.0
        body.append(_row(rank, bar, y, axis, digits, bar.iso3 == focal))
        y += ROW
    first = shown[0]
    words = say(
        "{shown} of {all} countries. First is {name} with a median of {median} %, {spread} % over the sets.",
        shown=len(rows),
        all=len(bars),
        name=first.name,
        median=number(first.median, digits),
        spread=between(first.low, first.high, digits),
    )
    return chart(
        uid or side,
        TITLES[side],
        words,
        (0, 0, 400, y + 24),
        axis.grid(2.0, y + 2, "%"),
        *body,
        class_="panel",
    )
