# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Regions on the sphere: polygons by name, and how far an arc runs inside each of them.

A ring is a closed line of vertices with the inside on its left; its edges are great circles. An arc enters a
region where a ring crosses the arc's great circle from left to right, and leaves it where one crosses from
right to left. So only directions of crossings are needed: a pole inside, a ring over the 180th meridian and a
country cut in two along it are nothing special.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.sky.sphere import EARTH_KM, Array, angle, from_unit, to_unit

__all__ = ["Regions", "Ring"]

Ring = Sequence[tuple[float, float]]  # (longitude, latitude) in degrees, inside on the left
Index = NDArray[np.intp]
BLOCK = 400_000  # products of an arc and a vertex that are held at once: more would not fit the cache
BUCKET = 10.0  # degrees: arcs whose middles share a box of this size are measured together
STEP = 0.5  # degrees: longer edges are cut, so that a border along a parallel stays on it


@dataclass(frozen=True, eq=False)
class Regions:
    """Named regions, as rings one after the other.

    Attributes
    ----------
    names
        Names of the regions, such as ISO3 codes.
    points
        ``[v, 3]``: vertices.
    following
        ``[v]``: the next vertex of the same ring.
    owner
        ``[v]``: which region the vertex belongs to.
    """

    names: tuple[str, ...]
    points: Array
    following: Index
    owner: Index

    @classmethod
    def from_rings(cls, rings: Mapping[str, Iterable[Ring]]) -> Regions:
        """Make regions from rings in degrees; what is on the left of a ring's way is inside.

        Parameters
        ----------
        rings
            Name -> rings of (longitude, latitude); the last point may repeat the first.

        Examples
        --------
        >>> box = Regions.from_rings({"A": [[(0, 0), (10, 0), (10, 10), (0, 10)]]})
        >>> box.inside(to_unit([5, 5], [5, 15])).ravel().tolist()
        [True, False]
        """
        points, following, owner = [], [], []
        start = 0
        for k, parts in enumerate(rings.values()):
            for ring in parts:
                fine = _dense(ring)
                n = len(fine)
                points.append(fine)
                following.append(start + np.roll(np.arange(n), -1))
                owner.append(np.full(n, k))
                start += n
        if not points:
            return cls(tuple(rings), np.zeros((0, 3)), np.zeros(0, np.intp), np.zeros(0, np.intp))
        return cls(tuple(rings), np.concatenate(points), np.concatenate(following), np.concatenate(owner))

    def only(self, names: Iterable[str]) -> Regions:
        """Give some of the regions, in the order of the names; unknown ones are left out."""
        wanted = [n for n in dict.fromkeys(names) if n in self.names]
        place = np.full(len(self.names), -1, dtype=np.intp)
        place[[self.names.index(n) for n in wanted]] = np.arange(len(wanted))
        kept = np.flatnonzero(place[self.owner] >= 0)
        new = np.full(len(self.points), -1, dtype=np.intp)
        new[kept] = np.arange(len(kept))
        return Regions(tuple(wanted), self.points[kept], new[self.following[kept]], place[self.owner[kept]])

    def larger(self, km: float) -> Regions:
        """Leave out rings that fit into a circle of this diameter around their middle, such as islets."""
        kept = np.zeros(len(self.points), dtype=bool)
        place = 0
        for _, ring in self.rings():
            middle = ring.mean(axis=0)
            reach = 2.0 * EARTH_KM * np.linalg.norm(ring - middle, axis=1).max()
            kept[place : place + len(ring)] = reach > km
            place += len(ring)
        new = np.cumsum(kept) - 1
        return Regions(self.names, self.points[kept], new[self.following[kept]], self.owner[kept])

    def joined(self, other: Regions) -> Regions:
        """Put the regions of two sets side by side."""
        n, v = len(self.names), len(self.points)
        return Regions(
            (*self.names, *other.names),
            np.concatenate([self.points, other.points]),
            np.concatenate([self.following, other.following + v]),
            np.concatenate([self.owner, other.owner + n]),
        )

    def rings(self) -> Iterator[tuple[int, Array]]:
        """Go through the rings: owner and vertices ``[k, 3]``."""
        ends = np.flatnonzero(self.following <= np.arange(len(self.following)))
        for first, last in zip(np.r_[0, ends + 1][:-1], ends, strict=True):
            yield int(self.owner[first]), self.points[first : last + 1]

    def inside_km(self, a: Array, b: Array) -> Array:
        """Measure how far each arc runs inside each region.

        Parameters
        ----------
        a, b
            ``[m, 3]``: ends of the arcs, less than half a circle apart.

        Returns
        -------
        numpy.ndarray
            ``[m, region]``, km.
        """
        out = np.zeros((len(a), len(self.names)))
        if not len(self.points):
            return out
        step = max(1, BLOCK // len(self.points))
        for lo in range(0, len(a), step):
            out[lo : lo + step] = self._measure(a[lo : lo + step], b[lo : lo + step])
        return EARTH_KM * out

    def entered_km(self, a: Array, b: Array) -> Array:
        """Measure how far arcs that start outside run inside any region, looking at nearby edges only.

        Parameters
        ----------
        a, b
            ``[m, 3]``: ends; no start may lie inside a region.

        Returns
        -------
        numpy.ndarray
            ``[m]``, km.
        """
        out = np.zeros(len(a))
        middle = a + b
        middle /= np.linalg.norm(middle, axis=1, keepdims=True)
        length = angle(a, b)
        lat, lon = from_unit(middle)
        size = np.ceil(np.log2(np.maximum(np.degrees(length), 1.0)))
        order = np.lexsort((lon // BUCKET, lat // BUCKET, size))
        key = np.stack([size, lat // BUCKET, lon // BUCKET])[:, order]
        starts = np.flatnonzero(np.r_[True, np.any(np.diff(key, axis=1) != 0, axis=0)])
        for group in np.split(order, starts[1:]):
            centre = middle[group].sum(axis=0)
            centre /= np.linalg.norm(centre)
            reach = (
                angle(middle[group], centre[None]).max() + length[group].max() / 2.0 + np.radians(2 * STEP)
            )
            near = np.flatnonzero(self.points @ centre > np.cos(min(float(reach), np.pi)))
            step = max(1, BLOCK // max(1, len(near)))
            for k in range(0, len(group), step):
                part = group[k : k + step]
                out[part] = self._entered(a[part], b[part], near)
        return EARTH_KM * out

    def _entered(self, a: Array, b: Array, near: Index) -> Array:
        arc, _, t, change, length = self._crossings(a, b, near)
        rest = np.where(t < length[arc], length[arc] - t, 0.0) * change
        total: Array = np.zeros(len(a))
        np.add.at(total, arc, rest)
        return total

    def inside(self, points: Array) -> NDArray[np.bool_]:
        """Tell which points lie in which region: ``[point, region]``."""
        pole = np.where(np.abs(points[:, 2:]) < 0.9, [[0.0, 0.0, 1.0]], [[1.0, 0.0, 0.0]])
        aside = points + 1e-7 * np.cross(points, pole)
        return self.inside_km(points, aside / np.linalg.norm(aside, axis=1, keepdims=True)) > 0.0

    def _measure(self, a: Array, b: Array) -> Array:
        """Length inside in radians ``[m, region]``: the depth at the start, and every change of it."""
        arc, edge, t, change, length = self._crossings(a, b, np.arange(len(self.points)))
        return _depth_integral(arc, self.owner[edge], t, change, length, len(self.names))

    def _crossings(
        self, a: Array, b: Array, edges: Index
    ) -> tuple[Index, Index, Array, NDArray[np.int64], Array]:
        """Find where edges cross the great circles of arcs.

        Returns
        -------
        tuple
            Arc, edge, angle from the start (0 to 2 pi), change of depth; and the length of each arc.
        """
        normal = np.cross(a, b)
        size = np.linalg.norm(normal, axis=1, keepdims=True)
        normal = normal / np.where(size > 0, size, 1.0)
        used = np.zeros(len(self.points), dtype=bool)
        used[edges] = used[self.following[edges]] = True
        place = np.cumsum(used) - 1
        first, second = place[edges], place[self.following[edges]]
        height = normal @ self.points[used].T  # of each vertex once: it ends one edge and begins another
        left = height >= 0.0
        arc, k = np.divmod(np.flatnonzero(left[:, first] != left[:, second]), len(edges))
        ha, hb = np.abs(height[arc, first[k]])[:, None], np.abs(height[arc, second[k]])[:, None]
        v = edges[k]
        at = self.points[v] * hb + self.points[self.following[v]] * ha
        ahead = np.cross(normal, a)
        t = np.arctan2(np.sum(at * ahead[arc], axis=1), np.sum(at * a[arc], axis=1)) % (2.0 * np.pi)
        change = np.where(left[arc, first[k]], 1, -1)  # from left to right: the arc enters
        return arc, v, t, change, angle(a, b)


def _depth_integral(
    arc: Index, owner: Index, t: Array, change: NDArray[np.int64], length: Array, n: int
) -> Array:
    """Integrate the depth over each arc, crossings given on the whole circle in any order.

    Going once round, the depth is nowhere negative and somewhere zero; so the depth at the start is minus
    the lowest of the sums of changes.
    """
    out = np.zeros((len(length), n))
    if not len(arc):
        return out
    order = np.lexsort((t, owner, arc))
    arc, owner, t, change = arc[order], owner[order], t[order], change[order]
    first = np.flatnonzero(np.r_[True, (np.diff(arc) != 0) | (np.diff(owner) != 0)])
    total = np.cumsum(change)
    before = np.repeat(total[first] - change[first], np.diff(np.r_[first, len(arc)]))
    start = -np.minimum(np.minimum.reduceat(total - before, first), 0)
    rest = np.where(t < length[arc], length[arc] - t, 0.0) * change
    out[arc[first], owner[first]] = start * length[arc[first]] + np.add.reduceat(rest, first)
    return np.where(out > 1e-12, out, 0.0)


def _dense(ring: Ring) -> Array:
    """Cut long edges evenly in longitude and latitude; repeated points go."""
    corners = np.asarray(ring, dtype=np.float64)
    if len(corners) > 1 and np.array_equal(corners[0], corners[-1]):
        corners = corners[:-1]
    step = np.roll(corners, -1, axis=0) - corners
    step[:, 0] = (step[:, 0] + 180.0) % 360.0 - 180.0
    pieces = np.maximum(1, np.ceil(np.abs(step).max(axis=1) / STEP).astype(int))
    share = np.concatenate([np.arange(k) / k for k in pieces])
    at = np.repeat(corners, pieces, axis=0) + share[:, None] * np.repeat(step, pieces, axis=0)
    points = to_unit(at[:, 1], at[:, 0])
    moved = angle(points, np.roll(points, 1, axis=0)) > 1e-9
    return points[moved] if moved.any() else points[:1]
