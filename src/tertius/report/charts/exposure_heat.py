# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exposure as a heat map: states against sources, states that moved alike next to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tertius.labels import region_name
from tertius.report.charts.colours import Diverging, short
from tertius.report.charts.svg import chart, element, label, text, titled
from tertius.report.language import spoken
from tertius.report.numbers import MINUS
from tertius.text import say

__all__ = ["HeatRow", "exposure_heat"]

LEFT, TOP, CELL, ROW, GAP = 148.0, 26.0, 40.0, 22.0, 9.0
KEY, FIELD = 46.0, 50.0  # room for the legend; width of its fields
STYLE = (
    ".heat .cell{stroke:var(--paper,#fff);stroke-width:1}"
    ".heat .own{fill:none;stroke:var(--line,#dcd7cd)}"
    ".heat .number{font-size:9.5px;text-anchor:middle}"
    ".heat .dark{fill:var(--paper,#fff)}"
    ".heat .name{font-size:12px}.heat .focal{font-weight:700}"
    ".heat .tick{font-size:11px;fill:var(--soft,#66625a)}"
)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A state: code, number of its group, and its values by source (NaN against itself)."""

    code: str
    cluster: int
    values: Sequence[float]


def exposure_heat(
    sources: Sequence[str],
    rows: Sequence[HeatRow],
    uid: str = "heat",
    title: str = say("Exposure"),
    focal: str = "",
) -> str:
    """Draw the matrix with its numbers, in the report's scale from losses to gains.

    Parameters
    ----------
    sources
        Codes of the columns.
    rows
        In order; a gap stands between neighbours of different groups.
    uid
        Id, unique in the page.
    title
        What it shows, with the unit.
    focal
        Code whose name is bold.

    Returns
    -------
    str
        An ``<svg>``, or an empty string without rows. Colours need the report's style sheet.

    Examples
    --------
    >>> exposure_heat(["RUS"], [HeatRow("KAZ", 1, [0.03])]).count('class="number')
    1
    """
    if not rows:
        return ""
    scale = Diverging.fit(v for r in rows for v in r.values if v == v)
    tops = [TOP]
    for a, b in pairwise(rows):
        tops.append(tops[-1] + ROW + (GAP if a.cluster != b.cluster else 0.0))
    body = [element("style", STYLE)]
    body += [text(c, LEFT + (k + 0.5) * CELL, TOP - 8, "tick mid") for k, c in enumerate(sources)]
    for row, top in zip(rows, tops, strict=True):
        name, most = ("name end focal", 16) if row.code == focal else ("name end", 18)
        body.append(label(region_name(row.code), most, LEFT - 8, top + ROW / 2 + 4, name, 12.0, lines=2))
        body += [
            _cell(row.code, source, v, LEFT + k * CELL, top, scale)
            for k, (source, v) in enumerate(zip(sources, row.values, strict=True))
        ]
    for cluster in dict.fromkeys(r.cluster for r in rows):
        own = [t for r, t in zip(rows, tops, strict=True) if r.cluster == cluster]
        body.append(_bracket(cluster, own[0], own[-1] + ROW))
    bottom = tops[-1] + ROW
    body.append(_legend(scale, bottom + 16))
    size = max(LEFT + CELL * len(sources), LEFT + 9 * FIELD) + 12, bottom + KEY
    return chart(uid, title, _words(sources, rows), (0, 0, *size), *body, class_="heat")


def _cell(code: str, source: str, value: float, x: float, y: float, scale: Diverging) -> str:
    if value != value:
        return element("rect", x=x, y=y, width=CELL, height=ROW, class_="own")
    step = scale.step(value)
    dark = " dark" if abs(step) >= 3 else ""
    return element(
        "g",
        titled(
            say(
                "{state} to {source}: {value:+.4f}",
                state=region_name(code),
                source=region_name(source),
                value=value,
            )
        ),
        element("rect", x=x, y=y, width=CELL, height=ROW, class_=f"cell {scale.css_of_step(step)}"),
        text(_brief(value), x + CELL / 2, y + ROW / 2 + 3.5, f"number{dark}"),
    )


def _brief(value: float) -> str:
    """Three decimals; before a decimal point the leading zero can go."""
    written = f"{abs(value):.3f}"
    if written == "0.000":
        return "0"
    short = written.removeprefix("0") if spoken().decimal == "." else spoken().marks(written)
    return (MINUS if value < 0 else "") + short


def _bracket(cluster: int, top: float, bottom: float) -> str:
    """Line and number of a group at the left."""
    return element(
        "g",
        element("line", x1=15, x2=15, y1=top + 2, y2=bottom - 2, class_="zero"),
        text(str(cluster), 9, (top + bottom) / 2 + 4, "tick end"),
    )


def _legend(scale: Diverging, y: float) -> str:
    """Fields from the largest loss to the largest gain, with the bounds between them."""
    steps = range(-len(scale.bounds), len(scale.bounds) + 1)
    cuts = [-b for b in reversed(scale.bounds)] + list(scale.bounds)
    return element(
        "g",
        *(
            element(
                "rect", x=LEFT + k * FIELD, y=y, width=FIELD, height=9, class_=f"cell {scale.css_of_step(s)}"
            )
            for k, s in enumerate(steps)
        ),
        text(say("% per %"), LEFT - 8, y + 9, "tick end"),
        *(text(short(c), LEFT + (k + 1) * FIELD, y + 21, "tick mid") for k, c in enumerate(cuts)),
    )


def _words(sources: Sequence[str], rows: Sequence[HeatRow]) -> str:
    """What the map shows, in a sentence."""
    held = [(abs(v), r.code, s, v) for r in rows for s, v in zip(sources, r.values, strict=True) if v == v]
    _, code, source, value = max(held, default=(0.0, "", "", 0.0))
    return say(
        "States: {states}, sources: {sources}. Largest: {code} to {source}, {value:+.3f}.",
        states=len(rows),
        sources=len(sources),
        code=code,
        source=source,
        value=value,
    )
