# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Airports and the outlines of states."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from tertius.errors import BadInput, unknown
from tertius.labels.countries import country, known_countries
from tertius.sky.regions import Regions, Ring

__all__ = ["Airport", "airport", "outlines", "read_outlines"]


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport: IATA code, city, ISO3 code of the state, degrees."""

    code: str
    city: str
    state: str
    lat: float
    lon: float


@cache
def _airports() -> dict[str, Airport]:
    import airportsdata

    states = {country(c).iso2: c for c in known_countries()}
    return {
        code: Airport(code, a["city"], states.get(a["country"], ""), a["lat"], a["lon"])
        for code, a in airportsdata.load("IATA").items()
    }


def airport(code: str, where: str = "airport") -> Airport:
    """Look an airport up by its IATA code (from the package ``airportsdata``).

    Raises
    ------
    BadInput
        If there is no such airport.

    Examples
    --------
    >>> airport("ALA").state
    'KAZ'
    """
    found = _airports().get(code)
    if found is None:
        raise unknown(where, "airport (IATA code)", code, _airports())
    return found


@cache
def outlines() -> Regions:
    """Give the shipped outlines of states (Natural Earth, simplified): land, not the sea off the coast."""
    raw = json.loads((files("tertius.data") / "tables/sky_airspace.json").read_text(encoding="utf-8"))
    return Regions.from_rings({k: [_ring(r) for r in rings] for k, rings in raw["states"].items()})


def _ring(steps: list[int]) -> Ring:
    x = y = 0
    out = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        out.append((x / 100.0, y / 100.0))
    return out


def read_outlines(path: str | Path, key: str) -> Regions:
    """Read airspace of one's own, such as flight information regions, from a GeoJSON file.

    Parameters
    ----------
    path
        Polygons or multipolygons in degrees.
    key
        The property that holds the ISO3 code of the state; features without it are left out.

    Raises
    ------
    BadInput
        If the file cannot be read so.
    """
    try:
        features = json.loads(Path(path).read_text(encoding="utf-8"))["features"]
        named = [(f["properties"].get(key), f["geometry"]) for f in features]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            str(path), f"is not GeoJSON with features ({error})", "give polygons in degrees"
        ) from error
    rings: dict[str, list[Ring]] = {}
    for name, geometry in named:
        if name:
            rings.setdefault(str(name), []).extend(_rings(geometry))
    if not rings:
        raise BadInput(str(path), f"no feature has the property {key!r}", "name the property of the code")
    return Regions.from_rings(rings)


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """Outer rings anticlockwise, holes clockwise."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for part in parts:
        for k, ring in enumerate(part):
            points = [(float(p[0]), float(p[1])) for p in ring]
            area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))
            yield points if (area > 0) == (k == 0) else points[::-1]
