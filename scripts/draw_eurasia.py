# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Print the tables of docs/eurasia-world.md and draw its map from the shipped worlds.

Usage: python scripts/draw_eurasia.py OUT.svg
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

import numpy as np

import tertius as tt
from tertius.labels import country_name, group_members
from tertius.report.charts.world_map import geometry
from tertius.world.split import MarginLine, Split, load_split, margin_lines

NAME, SCENARIO = "eurasia-2021", "sanctions-2022@december"
PARTNERS = {
    "RUS": ("RUS",),
    "CHN": ("CHN",),
    "KAZ": ("KAZ",),
    "EU-27": group_members("EU27", date(2021, 12, 31)),
}
WIDE, HIGH = 840.0, 430.0  # of the map's units, around Kazakhstan
NUDGE = {
    "GEO": (-34, -8),
    "ARM": (-36, 8),
    "AZE": (34, 2),
    "KGZ": (26, -2),
    "TJK": (10, 12),
    "UZB": (-22, -6),
}
COLOURS = ("#b2182b", "#ef8a62", "#fddbc7", "#f7f7f7", "#d1e5f0", "#67a9cf", "#2166ac")
STEPS = (-0.2, -0.05, -0.01, 0.01, 0.05, 0.2)  # percent of real income


def tables(split: Split) -> Iterator[str]:
    """GDP, and goods trade with four partners: published, ours and the spread of the margin."""
    world = split.world()
    lines = margin_lines(split)
    yield (
        "| | GDP cited | GDP here | "
        + " | ".join(f"{q} {p}" for p in PARTNERS for q in ("to", "from"))
        + " |"
    )
    yield "|---" * (3 + 2 * len(PARTNERS)) + "|"
    for piece in split.frame.pieces:
        gdp = next(x for x in lines if x.margin.piece == piece and x.margin.quantity == "gdp")
        ours = float(world.value_added.sel(country=piece))
        cells = [f"{gdp.margin.value / 1e3:.1f}", f"{ours / 1e3:.1f}"]
        cells += [_cell(lines, piece, q, p) for p in PARTNERS.values() for q in ("exports", "imports")]
        yield f"| {piece} | " + " | ".join(cells) + " |"


def _cell(lines: list[MarginLine], piece: str, quantity: str, partners: tuple[str, ...]) -> str:
    mine = [
        x for x in lines
        if (x.margin.piece, x.margin.quantity, x.margin.sectors) == (piece, quantity, "goods")
        and x.margin.partner in partners
    ]  # fmt: skip
    published, ours = sum(x.margin.published or 0.0 for x in mine), sum(x.ours for x in mine)
    spread = np.sqrt(sum((x.margin.value * x.margin.reliability) ** 2 for x in mine))
    spread /= sum(x.margin.value for x in mine)
    return f"{published:,.0f} / {ours:,.0f} ({100 * spread:.0f})"


def drawing() -> str:
    """The map: change of real income around Kazakhstan, the nine outlined."""
    world = tt.load_world(NAME)
    change = tt.solve(world, tt.Scenario.load(SCENARIO)).welfare("real_income").to_series()
    shapes, pieces = geometry().shapes, load_split(NAME).frame.pieces
    left, top = shapes["KAZ"].x - 0.5 * WIDE, shapes["KAZ"].y - 0.38 * HIGH
    parts = []
    for code, shape in shapes.items():
        across, along = left - 500 < shape.x < left + WIDE + 700, top - 300 < shape.y < top + HIGH + 200
        if not (across and along):
            continue
        fill = COLOURS[int(np.searchsorted(STEPS, change[code]))] if code in change else "#dddddd"
        edge = ' stroke="#222" stroke-width="1.8"' if code in pieces else ' stroke="#999" stroke-width="0.8"'
        parts.append(f'<path d="{shape.d}" fill="{fill}"{edge}><title>{escape(shape.name)}</title></path>')
    for code in (*pieces, "KAZ", "RUS", "CHN", "TUR"):
        s, value, (right, down) = shapes[code], change[code], NUDGE.get(code, (0, 0))
        x = min(max(s.x + right, left + 45), left + WIDE - 45)
        y = min(max(s.y + down, top + 25), top + HIGH - 15)
        words = f"{code} {value:+.2f}"
        parts.append(f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="12">{words}</text>')
    title = "Real income, percent, under the sanctions of end-2022; the nine that were split out are outlined"
    return (
        "<!--\nSPDX-FileCopyrightText: Made with Natural Earth\nSPDX-License-Identifier: CC0-1.0\n-->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f}'
        f' {WIDE:.0f} {HIGH:.0f}"'
        f' font-family="sans-serif"><title>{title}</title>'
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{WIDE:.0f}"'
        f' height="{HIGH:.0f}" fill="#eef3f7"/>{"".join(parts)}</svg>\n'
    )


if __name__ == "__main__":
    print("\n".join(tables(load_split(NAME))))
    Path(sys.argv[1]).write_text(drawing(), encoding="utf-8")
    print(f"{sys.argv[1]}: {country_name('KAZ')} and its neighbours")
