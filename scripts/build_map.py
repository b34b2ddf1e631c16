# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build the shipped world map from Natural Earth: ``python scripts/build_map.py RAW_DIR``.

Projection: Equal Earth (Savric, Patterson & Jenny 2019, IJGIS 33:454-465), so that areas can be compared. The
central meridian is 11 degrees east, which puts the cut into the Bering Strait and leaves Russia in one piece.
Coordinates are whole map units, one path per country in relative commands; Antarctica is left out.
"""

from __future__ import annotations

import json
import math
import os
import sys
from itertools import pairwise
from pathlib import Path

Point = tuple[int, int]
Ring = list[tuple[float, float]]

WIDTH = 3600  # map units from edge to edge; about 0.1 degree each at the equator
CENTRE = 11.0  # degrees east
SEAM = 180.0  # degrees: where the source cuts Russia and Fiji in two
LEFT_OUT = {"ATA"}
NORTH, SOUTH = 83.7, -56.5  # degrees of latitude kept
SMALLEST = 3.0  # square map units: smaller islets go, unless they are all a country has
SOURCE = Path("air") / "natural_earth_countries.geojson"
TARGET = Path(__file__).parents[1] / "src" / "tertius" / "data" / "tables" / "world_map.json"
NOTE = "Boundaries are not a statement of position."


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Project degrees to the unit sphere's Equal Earth plane (x to the east, y to the north)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(t) / (3 * slope)
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


EDGE = equal_earth(180.0, 0.0)[0]
SCALE = WIDTH / (2 * EDGE)
TOP = equal_earth(0.0, NORTH)[1]
HEIGHT = round((TOP - equal_earth(0.0, SOUTH)[1]) * SCALE)


def to_map(lon: float, lat: float) -> Point:
    """Project degrees relative to the central meridian to whole map units, y downwards."""
    x, y = equal_earth(lon, lat)
    return round((x + EDGE) * SCALE), round((TOP - y) * SCALE)


def outer_rings(geometry: dict) -> list[Ring]:
    """List the rings of a polygon or multipolygon; holes are rings too (fill rule even-odd)."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(float(x), float(y)) for x, y in ring] for part in parts for ring in part if len(ring) > 3]


def recentre(ring: Ring) -> Ring:
    """Shift a whole ring so that its middle lies within 180 degrees of the central meridian."""
    middle = (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2
    shift = -CENTRE + (360.0 if middle < CENTRE - 180.0 else 0.0)
    return [(x + shift, y) for x, y in ring]


def touches_seam(ring: Ring) -> bool:
    """Whether a recentred ring has points on the 180th meridian."""
    return any(abs(x - (SEAM - CENTRE)) < 1e-9 for x, _ in ring)


def join_at_seam(rings: list[Ring]) -> list[Ring]:
    """Join two rings that meet on the 180th meridian, so that no border is drawn along it."""
    seam, out = SEAM - CENTRE, []
    for ring in rings:
        partner = next((k for k, r in enumerate(out) if touches_seam(r) and _share_seam(r, ring, seam)), None)
        if partner is None or not touches_seam(ring):
            out.append(ring)
        else:
            out[partner] = _splice(out[partner], ring, seam)
    return out


def _seam_span(ring: Ring, seam: float) -> tuple[float, float]:
    ys = [y for x, y in ring if abs(x - seam) < 1e-9]
    return min(ys), max(ys)


def _share_seam(a: Ring, b: Ring, seam: float) -> bool:
    return touches_seam(b) and all(
        abs(p - q) < 0.05 for p, q in zip(_seam_span(a, seam), _seam_span(b, seam), strict=True)
    )


def _open_at_seam(ring: Ring, seam: float) -> Ring:
    """Turn a ring into the path that leaves the seam at one end and returns to it at the other."""
    body = ring[:-1]
    on = [abs(x - seam) < 1e-9 for x, _ in body]
    start = next(k for k in range(len(body)) if on[k] and not on[(k + 1) % len(body)])
    turned = body[start:] + body[:start]
    last = max(k for k, (x, _) in enumerate(turned) if abs(x - seam) < 1e-9)
    return turned[: last + 1] if last else [*turned, turned[0]]


def _splice(a: Ring, b: Ring, seam: float) -> Ring:
    first, second = _open_at_seam(a, seam), _open_at_seam(b, seam)
    if abs(first[-1][1] - second[0][1]) > abs(first[-1][1] - second[-1][1]):
        second = second[::-1]
    return [*first, *second, first[0]]


def quantise(ring: Ring) -> list[Point]:
    """Project to whole units and drop repeated points and points on a straight line."""
    out: list[Point] = []
    for lon, lat in ring:
        p = to_map(lon, max(SOUTH - 5, min(NORTH, lat)))
        if out and p == out[-1]:
            continue
        if len(out) > 1 and _cross(out[-2], out[-1], p) == 0:
            out.pop()
        out.append(p)
    return out[:-1] if len(out) > 1 and out[0] == out[-1] else out


def _cross(a: Point, b: Point, c: Point) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def area(ring: list[Point]) -> float:
    """Give the area in square map units (shoelace formula)."""
    turned = ring[1:] + ring[:1]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, turned, strict=True))) / 2


def centroid(ring: list[Point]) -> Point:
    """Give the centre of gravity, or the mean of the points where the ring has no area."""
    turned = ring[1:] + ring[:1]
    parts = [(a[0] * b[1] - b[0] * a[1], a, b) for a, b in zip(ring, turned, strict=True)]
    total = sum(w for w, _, _ in parts)
    if not total:
        return round(sum(x for x, _ in ring) / len(ring)), round(sum(y for _, y in ring) / len(ring))
    x = sum(w * (a[0] + b[0]) for w, a, b in parts) / (3 * total)
    y = sum(w * (a[1] + b[1]) for w, a, b in parts) / (3 * total)
    return round(x), round(y)


def path(rings: list[list[Point]]) -> str:
    """Write rings as one SVG path, in relative line commands."""
    out = []
    for ring in rings:
        text = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(ring))
        out.append(f"M{ring[0][0]} {ring[0][1]}l{text}z".replace(" -", "-"))
    return "".join(out)


def country(geometry: dict) -> dict[str, object] | None:
    """Describe one country: path, label point, and area of its largest part in square units."""
    rings = [quantise(r) for r in join_at_seam([recentre(r) for r in outer_rings(geometry)])]
    rings = sorted((r for r in rings if r), key=area, reverse=True)
    if not rings:
        return None
    kept = [r for k, r in enumerate(rings) if len(r) > 2 and (k == 0 or area(r) >= SMALLEST)]
    x, y = centroid(rings[0])
    return {"d": path(kept), "x": x, "y": y, "area": round(area(rings[0]))}


def build(raw: Path) -> dict[str, object]:
    """Read the raw folder and return the map as it is shipped."""
    features = json.loads((raw / SOURCE).read_text(encoding="utf-8"))["features"]
    countries = {}
    for feature in features:
        code = feature["properties"]["ADM0_A3"]
        shape = None if code in LEFT_OUT else country(feature["geometry"])
        if shape:
            countries[code] = {"name": feature["properties"]["ADMIN"], **shape}
    head = {"projection": "Equal Earth, central meridian 11 E", "origin": "natural-earth", "note": NOTE}
    return {**head, "width": WIDTH, "height": HEIGHT, "countries": dict(sorted(countries.items()))}


def main(argv: list[str]) -> int:
    """Build the file named by `TARGET` from the raw folder in ``argv``."""
    if len(argv) != 2 or not (Path(argv[1]) / SOURCE).is_file():
        print(f"usage: build_map.py RAW_DIR, where RAW_DIR/{SOURCE} exists", file=sys.stderr)
        return 2
    text = json.dumps(build(Path(argv[1])), ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    temporary = TARGET.with_suffix(".part")
    temporary.write_text(text + "\n", encoding="utf-8")
    os.replace(temporary, TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
