# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Where the middle holds: one map of two threats for each curvature of the hazards, today's box marked.

The drawing stands alone as a file: it carries its own style. Kinds are blue, yellow and vermilion (after
Okabe & Ito 2008) of three lightnesses: readers who see few colours, and paper, keep them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tertius.report.charts.svg import chart, coordinate, element, room, text, wrapped
from tertius.report.language import tell
from tertius.text import joined, say

__all__ = ["KINDS", "MapPanel", "Scale", "neutrality_map"]

KINDS = {
    "tolerate": (say("it lets everything pass"), "#D98A5B"),
    "neutral": (say("it keeps to the middle"), "#F5E663"),
    "comply": (say("it complies fully"), "#2F6F9F"),
    "option": (say("it leaves the line: joins, or another option"), "#B9B4AA"),
}
"""Kind of best reply: what it is called, and its colour."""

SIDE, LEFT, GAP, FOOT, PANEL_HEAD = 214.0, 78.0, 44.0, 74.0, 42.0
TITLE_LINE, NOTE_LINE = 21.0, 16.0
STYLE = (
    '.neutrality text{font:11px system-ui,"Liberation Sans",Arial,sans-serif;fill:#1d1c1a}'
    ".neutrality .t{font-weight:600;font-size:16px}.neutrality .s{fill:#5f5b54}"
    ".neutrality .h{font-weight:600;font-size:12.5px}.neutrality .m{text-anchor:middle}"
    ".neutrality .e{text-anchor:end}.neutrality .f{fill:none;stroke:#1d1c1a;stroke-width:1}"
    ".neutrality .k{stroke:#5f5b54;stroke-width:.6}"
    ".neutrality .b{fill:none;stroke:#1d1c1a;stroke-width:1.8;stroke-linejoin:round}"
    ".neutrality .o{fill:none;stroke:#ffffff;stroke-width:4}"
    ".neutrality .n{fill:none;stroke:#1d1c1a;stroke-width:1.6;stroke-dasharray:5 3}"
)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis in words.

    Attributes
    ----------
    title
        What grows along it.
    ticks
        Place from 0 to 1 and what is written there.
    """

    title: str
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class MapPanel:
    """One map; places run from 0 to 1 along both axes.

    Attributes
    ----------
    title, note
        Above it, the second line smaller.
    kinds
        Keys of ``KINDS``, column by column along the horizontal axis, upwards within a column.
    boundary
        Lines round the middle.
    """

    title: str
    note: str
    kinds: Sequence[Sequence[str]]
    boundary: Sequence[Sequence[Point]] = ()


def neutrality_map(
    uid: str,
    title: str,
    note: str,
    panels: Sequence[MapPanel],
    across: Scale,
    up: Scale,
    today: tuple[float, float, float, float] | None = None,
    columns: int = 3,
) -> str:
    """Draw the maps side by side.

    Parameters
    ----------
    uid
        Id of the drawing.
    title
        The finding, in a sentence.
    note
        What is held fixed, and the source.
    panels
        One for each curvature.
    across, up
        The axes.
    today
        Box where today may be: left, low, right, high as places from 0 to 1.
    columns
        Panels in a row.

    Returns
    -------
    str
        One ``<svg>`` element, white ground, own style.

    Examples
    --------
    >>> panel = MapPanel("k = 2", "", [["tolerate", "neutral"], ["comply", "comply"]])
    >>> svg = neutrality_map("a", "A", "", [panel], Scale("more", []), Scale("more", []))
    >>> svg.count('shape-rendering="crispEdges"')
    3
    """
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    width = max(LEFT + columns * (SIDE + GAP), 760.0)
    lines = _lines(title, note, width)
    head = 46.0 + sum(TITLE_LINE if class_ == "t" else NOTE_LINE for _, class_ in lines)
    height = head + rows * (PANEL_HEAD + SIDE + FOOT)
    body = [element("style", STYLE), element("rect", width=width, height=height, fill="#ffffff")]
    y = 4.0
    for words, class_ in lines:
        y += TITLE_LINE if class_ == "t" else NOTE_LINE
        body.append(text(words, 10, y, class_))
    body += _key(panels, today, y + 14.0)
    for k, panel in enumerate(panels):
        left = LEFT + (k % columns) * (SIDE + GAP)
        top = head + (k // columns) * (PANEL_HEAD + SIDE + FOOT) + PANEL_HEAD
        last = k + columns >= len(panels)
        body.append(_panel(panel, left, top, today))
        body += _axes(
            left, top, across if last else Scale("", across.ticks), up if k % columns == 0 else None
        )
    told = joined(" ", [say("{title}: {note}.", title=p.title, note=p.note) for p in panels])
    words = say("{title}. {note} {panels}", title=title, note=note, panels=told)
    return chart(uid, title, words, (0, 0, width, height), *body, class_="neutrality")


def _lines(title: str, note: str, width: float) -> list[tuple[str, str]]:
    """Title and note, broken where they would leave the drawing, with their classes."""
    space = width - 20.0
    wide = [(line, "t") for line in wrapped(title, int(space / 9.3))]
    return wide + [(line, "s") for line in wrapped(note, int(space / 5.9))]


def _key(panels: Sequence[MapPanel], today: tuple[float, ...] | None, top: float) -> list[str]:
    """Fields of those kinds that occur, the line and the box."""
    seen = {kind for p in panels for column in p.kinds for kind in column}
    out, x = [], 10.0
    for kind, (said, colour) in KINDS.items():
        words = tell(said)
        if kind not in seen and kind != "neutral":
            continue
        out.append(element("rect", x=x, y=top, width=16, height=12, fill=colour, class_="k"))
        out.append(text(words, x + 22, top + 10))
        x += 38 + 5.6 * len(words) * 100 / room(words, 100)
    if today is not None:
        out.append(element("rect", x=x, y=top, width=20, height=12, class_="n"))
        out.append(text(say("where today may be"), x + 26, top + 10))
    return out


def _panel(panel: MapPanel, left: float, top: float, today: tuple[float, ...] | None) -> str:
    def place(p: Point) -> str:
        return f"{coordinate(left + SIDE * p[0])} {coordinate(top + SIDE * (1.0 - p[1]))}"

    out = [text(panel.title, left, top - 22, "h"), text(panel.note, left, top - 8, "s")]
    out += [
        element("path", d=d, fill=KINDS[kind][1], shape_rendering="crispEdges")
        for kind, d in _areas(panel.kinds, left, top).items()
    ]
    out += [
        element("path", d="M" + "L".join(place(p) for p in line), class_="b")
        for line in panel.boundary
        if len(line) > 1
    ]
    if today is not None:
        box = {
            "x": left + SIDE * today[0],
            "y": top + SIDE * (1.0 - today[3]),
            "width": SIDE * (today[2] - today[0]),
            "height": SIDE * (today[3] - today[1]),
        }
        out += [element("rect", class_="o", **box), element("rect", class_="n", **box)]
    return "".join([*out, element("rect", x=left, y=top, width=SIDE, height=SIDE, class_="f")])


def _areas(kinds: Sequence[Sequence[str]], left: float, top: float) -> dict[str, str]:
    """Path of each kind: cells of a column that follow each other are one rectangle."""
    out: dict[str, str] = {}
    wide = SIDE / len(kinds)
    for k, column in enumerate(kinds):
        high, row = SIDE / len(column), 0
        for kind, same in groupby(column):
            n = len(list(same))
            x, y = coordinate(left + k * wide), coordinate(top + SIDE - (row + n) * high)
            run = f"M{x} {y}h{coordinate(wide)}v{coordinate(n * high)}h{coordinate(-wide)}z"
            out[kind] = out.get(kind, "") + run
            row += n
    return out


def _axes(left: float, top: float, across: Scale, up: Scale | None) -> list[str]:
    out = [text(words, left + SIDE * at, top + SIDE + 15, "s m") for at, words in across.ticks]
    out += [
        element(
            "line", x1=left + SIDE * at, x2=left + SIDE * at, y1=top + SIDE, y2=top + SIDE + 4, class_="k"
        )
        for at, _ in across.ticks
    ]
    if across.title:
        words = wrapped(across.title, int(SIDE / 5.6))
        out += [text(w, left + SIDE / 2, top + SIDE + 33 + 14 * k, "m") for k, w in enumerate(words)]
    if up is None:
        return out
    out += [text(words, left - 7, top + SIDE * (1.0 - at) + 4, "s e") for at, words in up.ticks]
    words = wrapped(up.title, int(SIDE / 5.6))
    for k, line in enumerate(words):
        x, y = left - 52 - 14 * (len(words) - 1 - k), top + SIDE / 2
        turned = f"rotate(-90 {coordinate(x)} {coordinate(y)})"
        out.append(text(line, x, y, "m", transform=turned))
    return out
