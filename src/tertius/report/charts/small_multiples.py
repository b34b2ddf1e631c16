# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Small multiples: one panel a group, lines over time with bands, each line named at its end.

The drawing stands alone as a file: it carries its own style. Lines differ in colour and in dash, so that
readers who see few colours, and paper, keep them apart (colours of Okabe & Ito 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tertius.report.charts.axis import ticks
from tertius.report.charts.svg import chart, element, shorten, text
from tertius.report.language import spoken
from tertius.text import joined, say

__all__ = ["Band", "Multiple", "small_multiples"]

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#7A5C00", "#000000")
DASHES = ("none", "6 3", "2 2", "8 3 2 3", "4 4", "1 3")
WIDE, HIGH, LEFT, TOP, RIGHT, BELOW, GAP = 250.0, 150.0, 46.0, 30.0, 66.0, 34.0, 14.0
HEAD = 52.0
STYLE = """.multiples text{font:11px system-ui,"Liberation Sans",Arial,sans-serif;fill:#1d1c1a}
.multiples .h{font-weight:600;font-size:12px}.multiples .t{font-weight:600;font-size:15px}
.multiples .s{fill:#5f5b54}.multiples .e{text-anchor:end}.multiples .m{text-anchor:middle}
.multiples .g{stroke:#e2ded5;stroke-width:1}.multiples .z{stroke:#8d877b;stroke-width:1.2}
.multiples .w{fill:none;stroke:#8d877b;stroke-width:1.2;stroke-dasharray:2 3}"""


@dataclass(frozen=True, slots=True)
class Band:
    """One line of a panel.

    Attributes
    ----------
    name
        Written at its end.
    x, y
        Points in order; a gap is a value that is not a number.
    lo, hi
        Ends of the interval at each point, or empty.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    lo: Sequence[float] = ()
    hi: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Multiple:
    """One panel.

    Attributes
    ----------
    title
        Above it.
    lines
        At most six.
    mark
        Where a vertical line stands, or none.
    """

    title: str
    lines: Sequence[Band]
    mark: float | None = None


def small_multiples(
    uid: str, title: str, note: str, panels: Sequence[Multiple], *, columns: int = 3, shared: bool = True
) -> str:
    """Draw panels side by side.

    Parameters
    ----------
    uid
        Id of the drawing.
    title, note
        Written above: what it is; unit, band and source.
    panels
        What to draw.
    columns
        Panels in a row.
    shared
        Whether all panels have one vertical scale.

    Returns
    -------
    str
        One ``<svg>`` element, white ground, own style.

    Examples
    --------
    >>> small_multiples("a", "A", "", [Multiple("p", [Band("x", [2000, 2001], [0.0, 1.0])])]).count("<path")
    1
    """
    rows = -(-len(panels) // columns)
    width = columns * (LEFT + WIDE + RIGHT + GAP)
    height = HEAD + rows * (TOP + HIGH + BELOW)
    every = [_ends(p.lines) for p in panels]
    common = (min(e[0] for e in every), max(e[1] for e in every))
    body = [element("style", STYLE), element("rect", width=width, height=height, fill="#ffffff")]
    body += [text(title, 8, 20, "t"), text(note, 8, 38, "s")]
    for k, panel in enumerate(panels):
        x = (k % columns) * (LEFT + WIDE + RIGHT + GAP) + LEFT
        y = HEAD + (k // columns) * (TOP + HIGH + BELOW) + TOP
        body.append(_panel(panel, x, y, common if shared else every[k]))
    told = joined(", ", [p.title for p in panels])
    words = say("{title}. {note} Panels: {panels}.", title=title, note=note, panels=told)
    return chart(uid, title, words, (0, 0, width, height), *body, class_="multiples")


def _ends(lines: Sequence[Band]) -> tuple[float, float]:
    held = [v for line in lines for part in (line.y, line.lo, line.hi) for v in part if v == v]
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    room = 0.06 * (high - low) or 0.5
    return low - room, high + room


def _panel(panel: Multiple, left: float, top: float, ends: tuple[float, float]) -> str:
    low, high = ends
    times = [v for line in panel.lines for v in line.x] or [0.0, 1.0]
    first, last = min(times), max(max(times), min(times) + 1e-9)

    def across(v: float) -> float:
        return left + WIDE * (v - first) / (last - first)

    def up(v: float) -> float:
        return top + HIGH * (high - v) / (high - low)

    out = [text(shorten(panel.title, 46), left, top - 10, "h")]
    for t in ticks(low, high, 4):
        out.append(element("line", x1=left, x2=left + WIDE, y1=up(t), y2=up(t), class_="g" if t else "z"))
        out.append(text(spoken().marks(f"{t:g}"), left - 6, up(t) + 4, "s e"))
    out += [text(f"{t:g}", across(t), top + HIGH + 16, "s m") for t in ticks(first, last, 4) if t == int(t)]
    if panel.mark is not None:
        out.append(
            element("line", x1=across(panel.mark), x2=across(panel.mark), y1=top, y2=top + HIGH, class_="w")
        )
    places = _spread([up(_last(line)) for line in panel.lines], 12.0)
    for k, line in enumerate(panel.lines):
        points = [(across(a), up(b)) for a, b in zip(line.x, line.y, strict=True) if b == b]
        if len(line.lo):
            out.append(_area(line, across, up, COLOURS[k % 6]))
        if len(points) == 1:
            out.append(element("circle", cx=points[0][0], cy=points[0][1], r=3, fill=COLOURS[k % 6]))
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points) if points else "M0 0"
        dash = DASHES[k % 6]
        out.append(
            element("path", d=path, fill="none", stroke=COLOURS[k % 6], stroke_width=2, stroke_dasharray=dash)
        )
        label = text(shorten(line.name, 12), left + WIDE + 5, places[k] + 4, fill=COLOURS[k % 6])
        out.append(label.replace(" fill=", " style=").replace('style="#', 'style="fill:#'))
    return "".join(out)


def _area(line: Band, across: object, up: object, colour: str) -> str:
    assert callable(across)
    assert callable(up)
    ends = [(a, lo, hi) for a, lo, hi in zip(line.x, line.lo, line.hi, strict=True) if lo == lo and hi == hi]
    there = [f"{across(a):.1f},{up(hi):.1f}" for a, _, hi in ends]
    back = [f"{across(a):.1f},{up(lo):.1f}" for a, lo, _ in reversed(ends)]
    return element("polygon", points=" ".join([*there, *back]), fill=colour, fill_opacity=0.14)


def _last(line: Band) -> float:
    held = [v for v in line.y if v == v]
    return held[-1] if held else 0.0


def _spread(places: list[float], least: float) -> list[float]:
    """Move labels apart that would cover each other, keeping their order."""
    order = sorted(range(len(places)), key=lambda k: places[k])
    out = list(places)
    for a, b in pairwise(order):
        out[b] = max(out[b], out[a] + least)
    return out
