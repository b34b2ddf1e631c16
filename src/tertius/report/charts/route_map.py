# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Map of routes before and after skies closed, as one file that stands alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tertius.labels import region_name
from tertius.report.charts.svg import chart, coordinate, element, room, text, titled, wrapped
from tertius.report.charts.world_map import geometry, shape_name
from tertius.report.language import tell
from tertius.sky.sphere import EARTH_KM, Array, from_unit
from tertius.text import Text, dated, say

if TYPE_CHECKING:
    from tertius.sky import Overflights
    from tertius.sky.paths import Path

__all__ = ["route_map", "to_map"]

CENTRE, NORTH, EDGE = 11.0, 83.7, 2.70662998  # degrees; half the width of the Equal Earth plane
PANEL = (1480.0, 10.0, 1740.0, 760.0)  # the part of the world map that is shown: left, top, width, height
GAP = 70.0
STEP_KM = 160.0  # between points of a drawn way
STYLE = (
    ".routes .land{fill:#e6e4de;stroke:#fff;stroke-width:1}.routes .sea{fill:#f5f8fa}"
    ".routes .focal{fill:#cfd8b8}.routes .closed{fill:#e9c9c2}"
    ".routes .way{fill:none;stroke-linecap:round;stroke-linejoin:round;stroke-opacity:.35}"
    ".routes .west{stroke:#2166ac}.routes .russia{stroke:#b2182b}"
    ".routes .others{stroke:#5c5c5c;stroke-opacity:.2}"
    ".routes text{font:26px system-ui,sans-serif;fill:var(--ink,#222)}"
    ".routes .head{font-size:34px;font-weight:600}.routes .small{font-size:22px;fill:var(--soft,#555)}"
)
CLASSES = {"others": "others", "avoiding Russia": "west", "Russia": "russia"}


def to_map(lat: Array, lon: Array) -> tuple[Array, Array]:
    """Project degrees to the units of the shipped world map (Equal Earth, see ``scripts/build_map.py``).

    Examples
    --------
    >>> x, y = to_map(np.array([83.7]), np.array([11.0]))
    >>> round(float(x[0])), round(float(y[0]))
    (1800, 0)
    """
    scale = geometry().width / (2 * EDGE)
    away = (np.asarray(lon) - CENTRE + 180.0) % 360.0 - 180.0
    x, y = _plane(np.radians(np.asarray(lat, dtype=np.float64)), np.radians(away))
    top = _plane(np.array([math.radians(NORTH)]), np.zeros(1))[1][0]
    return (x + EDGE) * scale, (top - y) * scale


def _plane(lat: Array, lon: Array) -> tuple[Array, Array]:
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = np.arcsin(math.sqrt(3) / 2 * np.sin(lat))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    return 2 * math.sqrt(3) * lon * np.cos(t) / (3 * slope), a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def _line(path: Path) -> str:
    """Write a way as an SVG path, cut where it leaves the map at one side and comes back at the other."""
    parts = []
    for p, q in zip(path.points[:-1], path.points[1:], strict=True):
        steps = max(2, round(float(np.linalg.norm(q - p)) * EARTH_KM / STEP_KM))
        t = np.linspace(0.0, 1.0, steps)[:, None]
        chord = (1.0 - t) * p + t * q  # seen from the centre of the sphere it is the arc
        parts.append(chord / np.linalg.norm(chord, axis=1, keepdims=True))
    x, y = to_map(*from_unit(np.concatenate(parts)))
    out: list[str] = []
    last = (0, 0)
    for k, (u, v) in enumerate(zip(np.rint(x).astype(int), np.rint(y).astype(int), strict=True)):
        jump = k == 0 or abs(u - last[0]) > 600
        if jump:
            out.append(f"M{u} {v}")
        elif (u, v) != last:
            out.append(f"l{u - last[0]} {v - last[1]}")
        last = (int(u), int(v))
    return "".join(out)


def _panel(found: Overflights, after: bool, focal: str, title: str, shift: float) -> str:
    left, top, wide, high = PANEL
    shapes = geometry().shapes
    shut = found.flown.closing if after else ()
    land = [
        element(
            "path", titled(shape_name(code)), d=s.d, fill_rule="evenodd",
            class_="land" + (" focal" if code == focal else " closed" * (code in shut)),
        )
        for code, s in shapes.items() if s.d
    ]  # fmt: skip
    ways = found.flown.after if after else found.flown.before
    drawn = []
    for group, class_ in CLASSES.items():
        own = []
        for service, path, flights in zip(found.flown.services, ways, found.flown.yearly, strict=True):
            if path is not None and found.flown.group(service.carrier) == group:
                width = round(min(6.0, 0.8 * math.sqrt(flights / 365.0) + 0.6), 1)
                own.append(element("path", d=_line(path), stroke_width=width))
        drawn.append(element("g", *own, class_=f"way {class_}"))
    clip = f"clip-{int(after)}"
    frame = element("rect", x=left, y=top, width=wide, height=high, class_="sea")
    mask = element("clipPath", element("rect", x=left, y=top, width=wide, height=high), id=clip)
    body = element("g", *land, *drawn, clip_path=f"url(#{clip})")
    head = text(title, left, top - 14, "head")
    return element(
        "g", mask, frame, body, head, transform=f"translate({coordinate(-left)} {coordinate(shift - top)})"
    )


def _keys(**groups: Text) -> list[tuple[str, str, float]]:
    """Class, words and place of each entry of the key, one after the other."""
    out, x = [], 0.0
    for class_, said in groups.items():
        words = tell(said)
        out.append((class_, words, x))
        x += 110.0 + 1400.0 * len(words) / room(words, 100)
    return out


def route_map(found: Overflights, focal: str = "KAZ") -> str:
    """Draw all ways before and after, one panel above the other.

    Parameters
    ----------
    found
        A network re-routed by `tertius.sky.overflights`.
    focal
        ISO3 code of the country to shade.

    Returns
    -------
    str
        An SVG document with its own style.
    """
    _, _, wide, high = PANEL
    before = say("open sky") if found.before is None else dated(found.before)
    first = _panel(found, False, focal, say("Before: {day}", day=before), 60.0)
    second = _panel(found, True, focal, say("After: {day}", day=dated(found.on)), 60.0 + high + GAP)
    low = 60.0 + 2 * high + GAP + 40.0
    keys = _keys(
        west=say("carriers that avoid Russia"),
        russia=say("carriers of Russia"),
        others=say("carriers that still cross Russia"),
    )
    key = [
        element("path", d=f"M{x} {low - 8}h60", class_=f"way {c}", stroke_width=6) + text(words, x + 72, low)
        for c, words, x in keys
    ]
    note = say(
        "Shortest ways, not filed ones; width: flights a year (model). Green: {focal}; red: newly"
        " closed to others than Russia's carriers.",
        focal=region_name(focal),
    )
    notes = (*wrapped(note, 150), geometry().note)
    small = [text(words, 0, low + 42 + 30 * k, "small") for k, words in enumerate(notes)]
    words = say(
        "Services: {all}; longer after: {longer}.",
        all=len(found.services),
        longer=int((found.services["status"] == "detour").sum()),
    )
    title, bottom = say("Routes before and after skies closed"), low + 30.0 + 30 * len(notes)
    return chart(
        "routes", title, words, (0.0, 0.0, wide, bottom),
        element("style", STYLE), first, second, *key, *small, class_="routes",
    )  # fmt: skip
