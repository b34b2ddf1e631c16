# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Coercion frontier: the most a target can be made to lose at each own loss, today's levers as dots below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tertius.report.charts.axis import ticks
from tertius.report.charts.svg import chart, element, shorten, text, titled
from tertius.report.language import spoken
from tertius.report.numbers import MINUS, THIN
from tertius.text import count, say

__all__ = ["FrontierDot", "frontier_curve"]

WIDTH, HEIGHT = 640.0, 396.0
LEFT, RIGHT, TOP, BOTTOM = 92.0, 618.0, 16.0, 338.0
KEY_ROW = 16.0
STYLE = (
    ".drawing>svg.frontier{max-width:44rem}"
    ".frontier .grid{stroke:var(--line,#dcd7cd);stroke-width:1}"
    ".frontier .zero{stroke:var(--strong,#8d877b);stroke-width:1.2}"
    ".frontier .under{fill:var(--card,#f3f1eb)}"
    ".frontier .curve{fill:none;stroke:var(--ink,#1d1c1a);stroke-width:2}"
    ".frontier .equal{stroke:var(--ink,#1d1c1a);stroke-width:1.2;stroke-dasharray:5 4}"
    ".frontier .point{fill:var(--loss,#b1581f);stroke:var(--paper,#fff);stroke-width:1}"
    ".frontier .number{font-size:9px;font-weight:600;fill:var(--paper,#fff);text-anchor:middle}"
    ".frontier text{font-family:var(--sans,system-ui,sans-serif);fill:var(--ink,#1d1c1a)}"
    ".frontier .key{font-size:11.5px}.frontier .axis{font-size:12px}"
    ".frontier .tick{font-size:11px;fill:var(--soft,#66625a)}"
    ".frontier .mid{text-anchor:middle}.frontier .end{text-anchor:end}"
)


@dataclass(frozen=True, slots=True)
class FrontierDot:
    """A lever of today: own loss and loss of the target in USD million, and its share of the frontier.

    ``short`` names it in the key; empty is the name.
    """

    name: str
    own: float
    inflicted: float
    reach: float
    short: str = ""


@dataclass(frozen=True, slots=True)
class _Plane:
    """Linear scales for own loss (across) and loss of the target (up)."""

    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, own: float, inflicted: float) -> tuple[float, float]:
        """Coordinates of a pair of losses."""
        across = (own - self.x[0]) / (self.x[1] - self.x[0])
        up = (inflicted - self.y[0]) / (self.y[1] - self.y[0])
        return LEFT + across * (RIGHT - LEFT), BOTTOM + up * (TOP - BOTTOM)


def frontier_curve(
    curve: Sequence[tuple[float, float]],
    levers: Sequence[FrontierDot] = (),
    uid: str = "frontier",
    title: str = say("Coercion frontier"),
) -> str:
    """Draw the frontier as a line, levers as numbered dots with a key below.

    Parameters
    ----------
    curve
        (own loss, loss of the target) along the frontier, USD million, by own loss.
    levers
        Today's levers of the same instruments.
    uid
        Id, unique in the page.
    title
        Text alternative.

    Returns
    -------
    str
        An ``<svg>`` 640 units wide, or an empty string without a curve. Left of zero the user gains.

    Examples
    --------
    >>> svg = frontier_curve([(-1.0, 5.0), (4.0, 9.0)], [FrontierDot("embargo", 3.0, 6.0, 0.7)])
    >>> svg.count("<circle"), svg.count("<polyline")
    (1, 1)
    """
    if not curve:
        return ""
    pairs = [*curve, *((d.own, d.inflicted) for d in levers)]
    plane = _Plane(_ends([p[0] for p in pairs]), _ends([p[1] for p in pairs]))
    line = [plane.at(*p) for p in curve]
    ground = plane.at(0.0, 0.0)[1]
    area = [(line[0][0], ground), *line, (line[-1][0], ground)]
    rows = math.ceil(len(levers) / 2)
    body = [
        element("style", STYLE),
        element("polygon", points=_points(area), class_="under"),
        *_frame(plane),
        element("polyline", points=_points(line), class_="curve"),
        *(_dot(k, d, plane) for k, d in reversed(list(enumerate(levers, start=1)))),
        *(_key(k, d, rows) for k, d in enumerate(levers)),
    ]
    best = max((d.reach for d in levers), default=0.0)
    words = say(
        "The frontier runs from {least:,.0f} USD million of harm at an own loss of {cheap:,.0f} to"
        " {most:,.0f} at {dear:,.0f}. {levers} below it; the closest reaches {best:.0f} percent of it.",
        least=curve[0][1],
        cheap=curve[0][0],
        most=curve[-1][1],
        dear=curve[-1][0],
        levers=count(len(levers), "{n} lever of today lies", "{n} levers of today lie"),
        best=100 * best,
    )
    return chart(uid, title, words, (0, 0, WIDTH, HEIGHT + rows * KEY_ROW), *body, class_="frontier")


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """Ends of an axis that holds all values and zero, with some room."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.05 * (high - low) or 1.0
    return low - (room if low < 0 else 0.0), high + room


def _points(pairs: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


def _frame(plane: _Plane) -> list[str]:
    """Grid, zero lines, the line of equal dollars, names of the axes."""
    out = []
    for t in ticks(*plane.x, 7):
        x = plane.at(t, 0.0)[0]
        out.append(element("line", x1=x, x2=x, y1=TOP, y2=BOTTOM, class_="grid" if t else "zero"))
        out.append(text(_money(t), x, BOTTOM + 15, "tick mid"))
    for t in ticks(*plane.y, 6):
        y = plane.at(0.0, t)[1]
        out.append(element("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, class_="grid" if t else "zero"))
        out.append(text(_money(t), LEFT - 6, y + 4, "tick end"))
    most = min(plane.x[1], plane.y[1])
    (x1, y1), (x2, y2) = plane.at(0.0, 0.0), plane.at(most, most)
    middle = (TOP + BOTTOM) / 2
    turned = f"rotate(-90 18 {middle:g})"
    return [
        *out,
        element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="equal"),
        text(say("equal dollars"), x1 + 0.72 * (x2 - x1) + 10, y1 + 0.72 * (y2 - y1) + 12, "tick"),
        text(say("own loss of the user, USD million"), (LEFT + RIGHT) / 2, BOTTOM + 34, "axis mid"),
        text(say("loss of the target, USD million"), 18, middle, "axis mid", transform=turned),
    ]


def _money(value: float) -> str:
    body = f"{abs(value):,.6g}".replace(",", THIN).replace(".", spoken().decimal)
    return (MINUS if value < 0 else "") + body


def _dot(number: int, d: FrontierDot, plane: _Plane) -> str:
    x, y = plane.at(d.own, d.inflicted)
    line = say(
        "{name}: target {target:,.0f}, user {user:,.0f} USD million",
        name=d.name,
        target=d.inflicted,
        user=d.own,
    )
    return element(
        "g",
        titled(line),
        element("circle", cx=x, cy=y, r=7.5, class_="point"),
        text(str(number), x, y + 3.2, "number"),
    )


def _key(k: int, d: FrontierDot, rows: int) -> str:
    column, row = divmod(k, rows)
    words = say(
        "{number}  {lever}, {share:.0f} % of the frontier",
        number=k + 1,
        lever=shorten(d.short or d.name, 30),
        share=100 * d.reach,
    )
    return text(words, 14.0 + column * 318.0, HEIGHT + row * KEY_ROW, "key")
