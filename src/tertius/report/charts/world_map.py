# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""World map of one quantity, and the enlarged part around the focal country."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from tertius.labels import known_countries, region_name
from tertius.report.charts.colours import Diverging
from tertius.report.charts.svg import chart, element, text, titled
from tertius.report.language import tell
from tertius.report.numbers import decimals, number, plain
from tertius.report.page import MapData, MapValue
from tertius.text import Text, count, joined, say

__all__ = ["Geometry", "Shape", "geometry", "near_map", "shape_name", "world_map"]

SMALL = 60  # square map units: smaller countries get a dot
MARGIN = 60.0  # map units of open ocean cut off at either side
NEAR = (1480.0, 760.0)  # width and height of the enlarged part, map units
ROOM = 300  # square map units a country needs to carry its code in the enlarged part


@dataclass(frozen=True, slots=True)
class Shape:
    """One country on the map: SVG path, label point and area of its largest part, in map units."""

    name: str
    d: str
    x: float
    y: float
    area: float


@dataclass(frozen=True, slots=True)
class Geometry:
    """The shipped map: size in map units, shapes by ISO3 code, and the note it must carry."""

    width: float
    height: float
    note: str
    shapes: Mapping[str, Shape]


@cache
def geometry() -> Geometry:
    """Read the shipped world map (Equal Earth projection, Natural Earth boundaries)."""
    raw = json.loads(files("tertius.data").joinpath("tables/world_map.json").read_text(encoding="utf-8"))
    shapes = {
        code: Shape(c["name"], c["d"], float(c["x"]), float(c["y"]), float(c["area"]))
        for code, c in raw["countries"].items()
    }
    return Geometry(float(raw["width"]), float(raw["height"]), raw["note"], MappingProxyType(shapes))


def shape_name(code: str) -> str:
    """Name a shape of the map: the country, or what the map calls a shape that is none."""
    return region_name(code) if code in known_countries() else geometry().shapes[code].name


def _spoken(value: MapValue, unit: str) -> Text:
    digits = max(2, decimals([value.value]))
    return say("{name}: {value} {unit}", name=value.name, value=number(value.value, digits), unit=unit)


def _country(shape: Shape, value: MapValue, scale: Diverging, unit: str, focal: bool) -> str:
    marks = {
        "data_iso3": value.iso3,
        "data_id": value.id or None,
        "data_value": plain(value.value),
        "class_": f"land {scale.css(value.value)}{' focal' * focal}",
    }
    title = titled(_spoken(value, unit))
    if shape.area < SMALL:
        return element("circle", title, cx=shape.x, cy=shape.y, r=9, **marks)
    return element("path", title, d=shape.d, fill_rule="evenodd", **marks)


def _land(data: MapData, focal: str, scale: Diverging, world: Geometry, uid: str) -> str:
    """Draw all countries: those without a value first, then the rest, small ones and the focal one on top."""
    known = {v.iso3: v for v in data.values if v.iso3 in world.shapes}
    hatched = [
        element(
            "path",
            titled(say("{name}: no value", name=shape_name(code))),
            d=s.d,
            fill_rule="evenodd",
            class_="land none",
        )
        for code, s in world.shapes.items()
        if code not in known and s.d
    ]
    order = sorted(known.values(), key=lambda v: (v.iso3 == focal, world.shapes[v.iso3].area < SMALL, v.iso3))
    drawn = [_country(world.shapes[v.iso3], v, scale, data.unit, v.iso3 == focal) for v in order]
    return element("g", *hatched, *drawn, id=f"{uid}-land")


def _above(name: str, shape: Shape) -> str:
    """Write a name over a shape, whose height is guessed from its area."""
    return text(name, shape.x, shape.y - 0.4 * shape.area**0.5 - 8, "map-label mid")


def _hatch(uid: str) -> str:
    lines = element("path", d="M0 0V18", class_="hatch-line")
    turn = "rotate(45)"
    pattern = element(
        "pattern", element("rect", width=18, height=18, class_="hatch-ground"), lines, id="hatch",
        width=18, height=18, patternUnits="userSpaceOnUse", patternTransform=turn,
    )  # fmt: skip
    return element("defs", pattern, id=f"{uid}-defs")


def _box(label: str, x: float, y: float) -> tuple[float, float, float, float]:
    """Give the space a code takes in the enlarged part: left, top, right, bottom."""
    half = 6.0 * len(label)
    return x - half, y - 9.0, x + half, y + 9.0


def _codes(data: MapData, view: tuple[float, float, float, float], taken: Iterable[MapValue]) -> list[str]:
    """Write country codes where there is room, the largest countries first, none over another."""
    left, top, wide, high = view
    shapes = geometry().shapes
    boxes = [_box(tell(v.name) + "+0.00 %", shapes[v.iso3].x, shapes[v.iso3].y) for v in taken]
    inside = [
        (s, v.iso3)
        for v in data.values
        if (s := shapes.get(v.iso3)) and s.area >= ROOM
        if left + 20 < s.x < left + wide - 20 and top + 20 < s.y < top + high - 20
    ]
    out = []
    for shape, code in sorted(inside, key=lambda pair: (-pair[0].area, pair[1])):
        box = _box(code, shape.x, shape.y)
        if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes):
            boxes.append(box)
            out.append(text(code, shape.x, shape.y + 6, "map-code mid"))
    return out


def world_map(data: MapData, focal: str, scale: Diverging, uid: str = "map") -> str:
    """Draw the world, every country in the colour of its step, the focal one outlined and labelled.

    Parameters
    ----------
    data
        Values with names, in one unit. A value without a shape (``ROW``) is not drawn; a shape without a
        value is hatched.
    focal
        ISO3 code of the focal country.
    scale
        The colour scale, shared with the key.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>`` element with a title for every country.
    """
    world = geometry()
    known = sorted((v for v in data.values if v.iso3 in world.shapes), key=lambda v: v.value)
    label = [_above(v.name, world.shapes[v.iso3]) for v in known if v.iso3 == focal]
    words = count(len(known), "{n} country with a value.", "{n} countries with a value.")
    if known:
        least, most = (_spoken(known[k], data.unit) for k in (0, -1))
        ends = say("Lowest: {least}. Highest: {most}.", least=least, most=most)
        words = joined(" ", (words, ends, world.note))
    view = (MARGIN, 0.0, world.width - 2 * MARGIN, world.height)
    body = (_hatch(uid), _land(data, focal, scale, world, uid), *label)
    return chart(uid, data.title, words, view, *body, class_="map")


def near_map(data: MapData, focal: str, uid: str = "map") -> str:
    """Enlarge the part of the map around the focal country; it re-uses the shapes drawn by `world_map`.

    Parameters
    ----------
    data, focal
        As for `world_map`.
    uid
        Id of the world map in the same page.

    Returns
    -------
    str
        An ``<svg>`` element, or an empty string when the focal country has no shape.
    """
    world = geometry()
    centre = world.shapes.get(focal)
    if centre is None:
        return ""
    wide, high = NEAR
    left = min(max(centre.x - 0.52 * wide, 0.0), world.width - wide)
    top = min(max(centre.y - 0.5 * high, 0.0), world.height - high)
    mine = [v for v in data.values if v.iso3 == focal]
    codes = _codes(data, (left, top, wide, high), mine)
    own = [text(_spoken(v, data.unit), centre.x, centre.y + 4, "map-label mid") for v in mine]
    words = say("The same map, enlarged; values are in the table below.")
    shapes = element("use", href=f"#{uid}-land")
    return chart(
        f"{uid}-near", say("Around the focal country"), words, (left, top, wide, high), shapes, *codes, *own,
        class_="map near",
    )  # fmt: skip
