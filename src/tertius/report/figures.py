# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The figures of a page: drawn, and with the numbers that they draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from tertius.report import charts
from tertius.report.charts.svg import coordinate
from tertius.report.page import ChannelBar, Page
from tertius.report.sections import ROOT, Data, Drawing
from tertius.text import say

__all__ = ["Again", "charts_of", "figures"]

TITLE = re.compile(r"<title\b[^>]*>([^<]*)</title>")
VIEW = re.compile(r'<svg\b[^>]*?\bviewBox="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Again:
    """How a figure of the page is drawn a second time: by reference to the first.

    Attributes
    ----------
    id, title
        Of the ``<svg>`` referred to.
    view
        Its ``viewBox``.
    width, height
        Of the view, in its own units.
    heading, caption
        Above and below it; empty if the figure carries its own.
    """

    id: str
    title: str
    view: str
    width: float
    height: float
    heading: str = ""
    caption: str = ""

    @classmethod
    def of(cls, svg: str, heading: str = "", caption: str = "") -> Again | None:
        """Read them off a figure; None if it has no id to refer to."""
        root, title = ROOT.search(svg), TITLE.search(svg)
        if not root or not title:
            return None
        _, _, width, height = _view(svg)
        view = f"0 0 {coordinate(width)} {coordinate(height)}"
        return cls(root[1], unescape(title[1]), view, width, height, heading, caption)


def charts_of(page: Page) -> dict[str, str]:
    """Draw the charts of a page that are not of a chapter; empty where there is nothing to draw."""
    scale = charts.Diverging.fit(v.value for v in page.map.values)
    return {
        "world_map": charts.world_map(page.map, page.focal, scale),
        "near_map": charts.near_map(page.map, page.focal) if page.map.near else "",
        "legend": charts.legend(scale, page.map.unit),
        "gains": charts.ranked_bars(page.winners, page.focal, "gains"),
        "losses": charts.ranked_bars(page.winners, page.focal, "losses"),
        "channels": charts.channel_bars(
            page.channels, say("{country} by block of measures", country=page.focal_name), "channels"
        ),
        "closures": charts.channel_bars(
            page.closures, say("{country} under each closure", country=page.focal_name), "closures"
        ),
    }


def figures(page: Page) -> Iterator[Drawing]:
    """Give every figure of a page with an id and the numbers that it draws.

    Parameters
    ----------
    page
        From :func:`tertius.report.compose.compose`.

    Yields
    ------
    Drawing
        In the order of the page; ids are unique.
    """
    drawn = charts_of(page)
    ranked = _ranked(page)
    places = Data(
        ("country", "name", f"median, {page.map.unit}"),
        tuple((v.iso3, v.name, v.value) for v in page.map.values),
    )
    own = {
        "map": (page.map.title, _below(drawn["world_map"], drawn["legend"]), places),
        "map-near": (page.map.title, drawn["near_map"], places),
        "gains": (say("Largest gains"), drawn["gains"], ranked),
        "losses": (say("Largest losses"), drawn["losses"], ranked),
        "channels": (say("By block of measures"), drawn["channels"], _bars(page.channels)),
        "closures": (say("Under each closure"), drawn["closures"], _bars(page.closures)),
    }
    for name, (heading, svg, data) in own.items():
        if svg:
            yield Drawing(heading, svg, id=name, data=data)
    for section in page.sections:
        for k, drawing in enumerate(section.drawings, start=1):
            yield drawing if drawing.id else replace(drawing, id=f"{section.id}-{k}")


def _ranked(page: Page) -> Data:
    columns = ("country", "name", "low, %", "median, %", "high, %")
    rows = sorted(page.winners, key=lambda b: -b.median)
    return Data(columns, tuple((b.iso3, b.name, b.low, b.median, b.high) for b in rows))


def _bars(bars: tuple[ChannelBar, ...]) -> Data:
    columns = ("block", "variant", "closure", "low, %", "median, %", "high, %")
    return Data(columns, tuple((b.block, b.variant, b.closure, b.low, b.median, b.high) for b in bars))


def _below(first: str, second: str) -> str:
    """Put one drawing below another in a drawing of its own."""
    (_, _, wide, high), (_, _, own, more) = (_view(svg) for svg in (first, second))
    scale = wide / 3 / own  # a third of the width: as large beside the map as on the page
    at = f'x="0" y="{coordinate(high)}" width="{coordinate(own * scale)}" height="{coordinate(more * scale)}"'
    above = first.replace("<svg", f'<svg width="{coordinate(wide)}" height="{coordinate(high)}"', 1)
    below = second.replace("<svg", f"<svg {at}", 1)
    size = f"0 0 {coordinate(wide)} {coordinate(high + more * scale)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">{above}{below}</svg>'


def _view(svg: str) -> tuple[float, float, float, float]:
    found = VIEW.search(svg)
    assert found is not None
    left, top, wide, high = map(float, found[1].split())
    return left, top, wide, high
