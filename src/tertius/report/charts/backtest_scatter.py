# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Predicted against observed changes: a dot a flow, the range over elasticity sets, the line of equality."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tertius.report.charts.axis import ticks
from tertius.report.charts.colours import short
from tertius.report.charts.svg import chart, element, text, titled
from tertius.report.language import tell
from tertius.report.numbers import number
from tertius.text import Text, count, joined, say

__all__ = ["BacktestDot", "backtest_scatter"]

WIDTH, HEIGHT = 640.0, 470.0
LEFT, RIGHT, TOP, BOTTOM = 76.0, 616.0, 62.0, 412.0
ROOM = 0.06  # of the span, on each side
NAME_WIDE, NAME_HIGH = 30.0, 11.0
STYLE = (
    ".backtest text{font:11px var(--sans,system-ui,sans-serif);fill:var(--ink,#1d1c1a)}"
    ".backtest .h{font-size:15px;font-weight:600}.backtest .s{fill:var(--soft,#66625a)}"
    ".backtest .m{text-anchor:middle}.backtest .e{text-anchor:end}"
    ".backtest .g{stroke:var(--line,#dcd7cd)}.backtest .z{stroke:var(--strong,#8d877b)}"
    ".backtest .q{stroke:var(--ink,#1d1c1a);stroke-dasharray:5 4}"
    ".backtest .r{stroke:var(--strong,#8d877b);opacity:.7}"
    ".backtest .dot{stroke:var(--paper,#fff)}"
    ".backtest .on{fill:var(--loss,#b1581f)}.backtest .by{fill:var(--gain,#14746f)}"
)


@dataclass(frozen=True, slots=True)
class BacktestDot:
    """A flow: predicted (central, low, high) and observed change, log points x 100; ``touched`` by bans."""

    name: str
    predicted: tuple[float, float, float]
    outcome: float
    touched: bool = False


def backtest_scatter(
    dots: Sequence[BacktestDot], title: str, note: str, named: int = 14, uid: str = "backtest"
) -> str:
    """Draw predictions across and outcomes up, each on its own scale.

    Parameters
    ----------
    dots
        Flows.
    title, note
        Written above.
    named
        How many of the flows farthest from the middle are named.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>`` 640 units wide, or an empty string without dots.

    Examples
    --------
    >>> backtest_scatter([BacktestDot("RUS", (-40.0, -45.0, -30.0), -66.0, True)], "t", "n").count("<circle")
    3
    """
    if not dots:
        return ""
    ends = _ends([v for d in dots for v in d.predicted]), _ends([d.outcome for d in dots])

    def across(v: float) -> float:
        return LEFT + (RIGHT - LEFT) * (v - ends[0][0]) / (ends[0][1] - ends[0][0])

    def up(v: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (v - ends[1][0]) / (ends[1][1] - ends[1][0])

    body = [element("style", STYLE), text(title, 8, 20, "h"), text(note, 8, 38, "s")]
    body += _grid(ends, across, up)
    low, high = max(ends[0][0], ends[1][0]), min(ends[0][1], ends[1][1])
    body.append(element("line", x1=across(low), y1=up(low), x2=across(high), y2=up(high), class_="q"))
    body.append(text(say("equal"), across(low) + 4, up(low) + 15, "s"))
    places = [(across(d.predicted[0]), up(d.outcome)) for d in dots]
    body += [_range(d, across, y) for d, (_, y) in zip(dots, places, strict=True)]
    body += [_dot(d, x, y) for d, (x, y) in zip(dots, places, strict=True)]
    body += _names(dots, places, named)
    body += _key()
    return chart(uid, title, _words(dots, title, note), (0, 0, WIDTH, HEIGHT), *body, class_="backtest")


def _words(dots: Sequence[BacktestDot], title: str, note: str) -> Text:
    """The chart in words for those who cannot see it."""
    flows = count(
        len(dots),
        "{n} flow, {touched} under measures.",
        "{n} flows, {touched} under measures.",
        touched=sum(d.touched for d in dots),
    )
    return joined(" ", (say("{title}.", title=title), note, flows))


def _grid(
    ends: tuple[tuple[float, float], tuple[float, float]],
    across: Callable[[float], float],
    up: Callable[[float], float],
) -> list[str]:
    out = []
    for t in ticks(*ends[0], 6):
        out.append(element("line", x1=across(t), x2=across(t), y1=TOP, y2=BOTTOM, class_="g" if t else "z"))
        out.append(text(short(t, signed=False), across(t), BOTTOM + 15, "s m"))
    for t in ticks(*ends[1], 6):
        out.append(element("line", x1=LEFT, x2=RIGHT, y1=up(t), y2=up(t), class_="g" if t else "z"))
        out.append(text(short(t, signed=False), LEFT - 6, up(t) + 4, "s e"))
    return out


def _key() -> list[str]:
    middle = (TOP + BOTTOM) / 2
    return [
        text(say("predicted, log points x 100; bar: elasticity sets"), (LEFT + RIGHT) / 2, BOTTOM + 34, "m"),
        text(say("observed, log points x 100"), 18, middle, "m", transform=f"rotate(-90 18 {middle:g})"),
        element("circle", cx=LEFT + 6, cy=BOTTOM + 48, r=4.5, class_="dot on"),
        text(say("direct flow under measures"), LEFT + 16, BOTTOM + 52, "s"),
        element("circle", cx=LEFT + 196, cy=BOTTOM + 48, r=4.5, class_="dot by"),
        text(say("third countries"), LEFT + 206, BOTTOM + 52, "s"),
    ]


def _ends(values: Sequence[float]) -> tuple[float, float]:
    low, high = min([*values, 0.0]), max([*values, 0.0])
    room = ROOM * (high - low) or 1.0
    return low - room, high + room


def _range(d: BacktestDot, across: Callable[[float], float], y: float) -> str:
    return element("line", x1=across(d.predicted[1]), x2=across(d.predicted[2]), y1=y, y2=y, class_="r")


def _dot(d: BacktestDot, x: float, y: float) -> str:
    line = say(
        "{flow}: predicted {predicted}, observed {outcome}",
        flow=tell(d.name),
        predicted=number(d.predicted[0], 1),
        outcome=number(d.outcome, 1),
    )
    dot = element("circle", cx=x, cy=y, r=4.5, class_=f"dot {'on' if d.touched else 'by'}")
    return element("g", titled(line), dot)


def _names(dots: Sequence[BacktestDot], places: Sequence[tuple[float, float]], most: int) -> list[str]:
    """Name the flows farthest out, where a name covers no other."""
    middle = sorted(p[1] for p in places)[len(places) // 2], sorted(p[0] for p in places)[len(places) // 2]
    far = [abs(y - middle[0]) + abs(x - middle[1]) for x, y in places]
    taken: list[tuple[float, float]] = []
    out: list[str] = []
    for k in sorted(range(len(dots)), key=lambda k: -far[k]):
        x, y = places[k]
        right = x < RIGHT - 40
        start = x + 7 if right else x - 7 - NAME_WIDE
        if len(out) < most and all(abs(start - a) > NAME_WIDE or abs(y - b) > NAME_HIGH for a, b in taken):
            taken.append((start, y))
            above = 7.0 if dots[k].touched else -4.0  # of their long bars
            out.append(text(dots[k].name, x + (7 if right else -7), y - above, "" if right else "e"))
    return out
