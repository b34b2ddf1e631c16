# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Shortest paths on the sphere around closed regions, by a visibility graph.

A shortest path around polygons is made of great-circle arcs between corners (Lozano-Perez & Wesley 1979,
Communications of the ACM 22:560-570). Arcs that do not touch a corner from one side only cannot be part of
one and are left out; SciPy's Dijkstra does the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from tertius.sky.corners import Corners, corners
from tertius.sky.raster import rastered
from tertius.sky.regions import Index, Regions
from tertius.sky.sphere import EARTH_KM, Array, distance_km

__all__ = ["TOLERANCE_KM", "Path", "shortest_paths"]

TOLERANCE_KM = 10.0
GRAZE_KM = 0.5  # an arc that runs inside a closed region for less than this counts as free


@dataclass(frozen=True, eq=False, slots=True)
class Path:
    """One way through the air.

    Attributes
    ----------
    points
        ``[k, 3]``: from the start over the corners to the end.
    km
        Its length.
    direct_km
        Length of the great circle.
    """

    points: Array
    km: float
    direct_km: float


def shortest_paths(
    a: Array, b: Array, closed: Regions, tolerance_km: float = TOLERANCE_KM
) -> list[Path | None]:
    """Find the shortest path for each pair of points that crosses no closed region.

    Parameters
    ----------
    a, b
        ``[m, 3]``: where the flights start and end.
    closed
        What they may not cross.
    tolerance_km
        Distance that paths keep from corners, km; see `corners`.

    Returns
    -------
    list of Path or None
        The great circle where it is free; None where there is no way, or an end lies inside.

    Raises
    ------
    ValueError
        If a pair of points is opposite on the sphere: any great circle would do.

    Examples
    --------
    >>> from tertius.sky.sphere import to_unit
    >>> wall = Regions.from_rings({"W": [[(10, -30), (12, -30), (12, 30), (10, 30)]]})
    >>> (path,) = shortest_paths(to_unit([0], [0]), to_unit([0], [22]), wall)
    >>> round(path.direct_km), path.km > 6000
    (2446, True)
    """
    direct = distance_km(a, b)
    if np.any(direct > EARTH_KM * (np.pi - 1e-6)):
        raise ValueError("two ends are opposite on the sphere")
    out: list[Path | None] = [
        Path(np.stack([p, q]), float(d), float(d)) for p, q, d in zip(a, b, direct, strict=True)
    ]
    if not len(closed.points) or not len(a):
        return out
    blocked = np.flatnonzero(~_free(a, b, closed))
    if not len(blocked):
        return out
    ends, place = np.unique(np.concatenate([a[blocked], b[blocked]]), axis=0, return_inverse=True)
    place = place.ravel()
    m = len(blocked)
    found = _search(ends, place[:m], place[m:], closed, tolerance_km)
    for k, points in zip(blocked, found, strict=True):
        out[k] = None if points is None else _path(points, float(direct[k]))
    return out


def _path(points: Array, direct: float) -> Path:
    return Path(points, float(distance_km(points[:-1], points[1:]).sum()), direct)


def _free(a: Array, b: Array, closed: Regions) -> NDArray[np.bool_]:
    return closed.inside_km(a, b).sum(axis=1) < GRAZE_KM


def _search(
    ends: Array, start: Index, stop: Index, closed: Regions, tolerance_km: float
) -> Sequence[Array | None]:
    """Find the corners between pairs of ends; None where there is no way."""
    outside = np.logical_not(closed.inside(ends).any(axis=1))
    found = corners(closed, tolerance_km)
    points = np.concatenate([found.points, ends])
    i, j = _candidates(found, ends, outside)
    open_ = ~rastered(closed).crossed(points, points, i, j)
    i, j = i[open_], j[open_]
    free = closed.entered_km(points[i], points[j]) < GRAZE_KM
    i, j = i[free], j[free]
    n = len(points)
    graph = coo_array((distance_km(points[i], points[j]), (i, j)), shape=(n, n)).tocsr()
    sources, row = np.unique(start, return_inverse=True)
    length, before = dijkstra(
        graph, directed=False, indices=len(found.points) + sources, return_predecessors=True
    )
    out: list[Array | None] = []
    for r, target in zip(row, len(found.points) + stop, strict=True):
        out.append(points[_trace(before[r], target)] if np.isfinite(length[r, target]) else None)
    return out


def _trace(before: Index, target: int) -> list[int]:
    way = [int(target)]
    while before[way[-1]] >= 0:
        way.append(int(before[way[-1]]))
    return way[::-1]


def _candidates(found: Corners, ends: Array, outside: NDArray[np.bool_]) -> tuple[Index, Index]:
    """Pairs that touch corners from one side: corner to corner, and end to corner."""
    k = len(found.points)
    touching = _touches(found, found.points)  # [from, at]
    both = touching & touching.T
    i, j = np.nonzero(np.triu(both, 1))
    e, c = np.nonzero(_touches(found, ends) & outside[:, None])
    return np.concatenate([i, c]), np.concatenate([j, k + e])


def _touches(found: Corners, origin: Array) -> NDArray[np.bool_]:
    """Whether the line from each origin leaves both neighbours of each corner on one side: ``[m, k]``."""
    before = _side(origin, found.points, found.before)
    after = _side(origin, found.points, found.after)
    return before * after >= -1e-18


def _side(origin: Array, corner: Array, neighbour: Array) -> Array:
    """Sign of the triple product (origin, corner, neighbour): ``[m, k]``."""
    return origin @ np.cross(corner, neighbour).T
