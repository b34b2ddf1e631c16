# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Levers as dots: loss of target against loss of user, log scales, with the line of equal dollars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tertius.report.charts.svg import chart, element, label, text, titled
from tertius.report.language import tell
from tertius.report.numbers import number
from tertius.text import count, say

__all__ = ["LeverDot", "lever_scatter"]

WIDTH, HEIGHT = 640.0, 476.0
LEFT, RIGHT, TOP, BOTTOM = 92.0, 600.0, 16.0, 420.0
GUTTER = 34.0  # strip for levers that cost their user nothing
KEY_ROW = 16.0
STYLE = (
    ".levers .cross{stroke:var(--strong,#8d877b);stroke-width:1;opacity:.55}"
    ".levers .equal{stroke:var(--ink,#1d1c1a);stroke-width:1.2;stroke-dasharray:5 4}"
    ".levers .frame{fill:none;stroke:var(--line,#dcd7cd)}"
    ".levers .free{fill:var(--card,#f3f1eb)}"
    ".levers .point{stroke:var(--paper,#fff);stroke-width:1}"
    ".levers .on{fill:var(--loss,#b1581f)}.levers .by{fill:var(--gain,#14746f)}"
    ".levers .number{font-size:9px;font-weight:600;fill:var(--paper,#fff);text-anchor:middle}"
    ".levers .key{font-size:11.5px}.levers .axis{font-size:12px}"
    ".levers .grid{stroke:var(--line,#dcd7cd);stroke-width:1}"
    ".levers text{font-family:var(--sans,system-ui,sans-serif);fill:var(--ink,#1d1c1a)}"
    ".levers .tick{font-size:11px;fill:var(--soft,#66625a)}.levers .mid{text-anchor:middle}"
    ".levers .end{text-anchor:end}"
)


@dataclass(frozen=True, slots=True)
class LeverDot:
    """A lever: losses in USD million as (central, low, high); ``own`` marks the focal state's levers."""

    name: str
    user: tuple[float, float, float]
    target: tuple[float, float, float]
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Log:
    """A log axis between two powers of ten."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        """Coordinate of a value; what lies outside is put at the end."""
        inside = min(max(math.log10(value) if value > 0 else self.low, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def ticks(self) -> range:
        """Exponents of ten."""
        return range(self.low, self.high + 1)


def lever_scatter(dots: Sequence[LeverDot], uid: str = "lever-scatter", title: str = say("Levers")) -> str:
    """Draw levers as numbered dots with a key below.

    Parameters
    ----------
    dots
        In the order of the ranking. Those that do not hurt their target at the central assumptions are only
        in the
        key; those that cost the user nothing stand in the strip on the left.
    uid
        Id, unique in the page.
    title
        Text alternative.

    Returns
    -------
    str
        An ``<svg>`` 640 units wide, or an empty string without dots.

    Examples
    --------
    >>> svg = lever_scatter([LeverDot("embargo", (10.0, 5.0, 20.0), (40.0, 30.0, 60.0))])
    >>> svg.count("<circle"), "equal" in svg
    (1, True)
    """
    if not dots:
        return ""
    low, high = _decades([v for d in dots for v in (d.user[0], d.target[0])])
    x, y = _Log(low, high, LEFT + GUTTER, RIGHT), _Log(low, high, BOTTOM, TOP)
    shown = [(k, d) for k, d in enumerate(dots, start=1) if d.target[0] > 0]
    body = [element("style", STYLE), *_frame(x, y)]
    body += [_cross(d, x, y) for _, d in shown]
    body += [_dot(k, d, x, y) for k, d in reversed(shown)]
    rows = math.ceil(len(dots) / 2)
    body += [_key(k, d, rows) for k, d in enumerate(dots)]
    above = sum(d.target[0] > max(d.user[0], 0.0) for _, d in shown)
    words = say(
        "{shown}; above the line of equal dollars, where the target loses more than the user: {above}."
        " Crosses reach from the least to the largest loss over all assumptions.",
        shown=count(len(shown), "{n} lever", "{n} levers"),
        above=above,
    )
    return chart(uid, title, words, (0, 0, WIDTH, HEIGHT + rows * KEY_ROW), *body, class_="levers")


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Powers of ten around all positive values, at least two apart."""
    logs = [math.log10(v) for v in values if v > 0] or [0.0]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    return low, max(high, low + 2)


def _frame(x: _Log, y: _Log) -> list[str]:
    """Strip, grid, ticks, the line of equal dollars, and the names of the axes."""
    out = [element("rect", x=LEFT, y=TOP, width=GUTTER - 8, height=BOTTOM - TOP, class_="free")]
    for e in x.ticks:
        at = x.at(10.0**e)
        out += [
            element("line", x1=at, x2=at, y1=TOP, y2=BOTTOM, class_="grid"),
            text(_power(e), at, BOTTOM + 15, "tick mid"),
        ]
    for e in y.ticks:
        at = y.at(10.0**e)
        out += [
            element("line", x1=LEFT, x2=RIGHT, y1=at, y2=at, class_="grid"),
            text(_power(e), LEFT - 6, at + 4, "tick end"),
        ]
    ends = 10.0**x.low, 10.0**x.high
    out.append(
        element(
            "line", x1=x.at(ends[0]), x2=x.at(ends[1]), y1=y.at(ends[0]), y2=y.at(ends[1]), class_="equal"
        )
    )
    middle = (TOP + BOTTOM) / 2
    turned = f"rotate(-90 18 {middle:g})"
    return [
        *out,
        text(say("none"), LEFT + (GUTTER - 8) / 2, BOTTOM + 15, "tick mid"),
        text(say("loss of the user, USD million"), (LEFT + RIGHT) / 2, BOTTOM + 34, "axis mid"),
        text(say("loss of the target, USD million"), 18, middle, "axis mid", transform=turned),
        text(say("equal dollars"), x.at(3.0 * ends[0]) + 10, y.at(3.0 * ends[0]) + 12, "tick"),
    ]


def _power(exponent: int) -> str:
    return number(10.0**exponent, max(0, -exponent), signed=False)


def _place(d: LeverDot, x: _Log, y: _Log) -> tuple[float, float]:
    free = LEFT + (GUTTER - 8) / 2
    return (free if d.user[0] <= 0 else x.at(d.user[0])), y.at(d.target[0])


def _cross(d: LeverDot, x: _Log, y: _Log) -> str:
    cx, cy = _place(d, x, y)
    left = cx if d.user[2] <= 0 else LEFT + (GUTTER - 8) / 2 if d.user[1] <= 0 else x.at(d.user[1])
    right = cx if d.user[2] <= 0 else x.at(d.user[2])
    return element(
        "g",
        element("line", x1=left, x2=right, y1=cy, y2=cy, class_="cross"),
        element("line", x1=cx, x2=cx, y1=y.at(d.target[1]), y2=y.at(d.target[2]), class_="cross"),
    )


def _dot(k: int, d: LeverDot, x: _Log, y: _Log) -> str:
    cx, cy = _place(d, x, y)
    line = say(
        "{name}: target {target:,.0f}, user {user:,.0f} USD million",
        name=d.name,
        target=d.target[0],
        user=d.user[0],
    )
    return element(
        "g",
        titled(line),
        element("circle", cx=cx, cy=cy, r=7.5, class_=f"point {'by' if d.own else 'on'}"),
        text(str(k), cx, cy + 3.2, "number"),
    )


def _key(k: int, d: LeverDot, rows: int) -> str:
    column, row = divmod(k, rows)
    name = d.name if d.target[0] > 0 else say("{lever} (not shown: does not hurt)", lever=d.name)
    return label(f"{k + 1}  {tell(name)}", 53, 14.0 + column * 318.0, HEIGHT + row * KEY_ROW, "key", 11.5)
