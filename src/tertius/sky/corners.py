# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Corners around which a shortest path can bend: outward corners of closed regions, a little outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.sky.regions import Index, Regions
from tertius.sky.sphere import EARTH_KM, Array

__all__ = ["Corners", "corners"]

LONGEST_MITRE = 3.0  # a corner is never moved out further than this many tolerances


@dataclass(frozen=True, slots=True)
class Corners:
    """Outward corners.

    Attributes
    ----------
    points
        ``[k, 3]``: the corners, moved out of the region.
    before, after
        ``[k, 3]``: their neighbours on the simplified ring; a path can bend at a corner only if both lie on
        the same side of it.
    """

    points: Array
    before: Array
    after: Array


def corners(regions: Regions, tolerance_km: float) -> Corners:
    """Find the corners of closed regions.

    Each ring is simplified (Douglas & Peucker 1973) within the tolerance and moved out by it, so that the way
    from corner to corner stays outside the region itself. Corners inside another region go.

    Parameters
    ----------
    regions
        What is closed.
    tolerance_km
        How far lines may be moved, km.
    """
    size = tolerance_km / EARTH_KM
    found = [_outward(points[_kept(points, size)], size) for _, points in regions.rings()]
    parts = [np.concatenate([f[k] for f in found] or [np.zeros((0, 3))]) for k in range(3)]
    free = ~regions.inside(parts[0]).any(axis=1)
    return Corners(*(p[free] for p in parts))


def _kept(points: Array, tolerance: float) -> Index:
    """Places of the vertices that remain when a closed ring is simplified."""
    n = len(points)
    if n <= 4:
        return np.arange(n)
    far = int(np.argmin(points @ points[0]))
    ring = np.concatenate([points, points[:1]])
    keep = {0, far}
    open_parts = [(0, far), (far, n)]
    while open_parts:
        lo, hi = open_parts.pop()
        if hi - lo < 2:
            continue
        gap = _gap(ring[lo + 1 : hi], ring[lo], ring[hi])
        worst = int(np.argmax(gap))
        if gap[worst] > tolerance:
            middle = lo + 1 + worst
            keep.add(middle)
            open_parts += [(lo, middle), (middle, hi)]
    return np.array(sorted(keep))


def _gap(points: Array, a: Array, b: Array) -> Array:
    """Distance of points to the straight line from a to b, as chords."""
    line = b - a
    share = np.clip((points - a) @ line / max(float(line @ line), 1e-300), 0.0, 1.0)
    return np.linalg.norm(points - a - share[:, None] * line, axis=1)


def _outward(ring: Array, size: float) -> tuple[Array, Array, Array]:
    """Move the corners that point outwards along the line that halves them."""
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    turns = np.sum(np.cross(before, ring) * after, axis=1) > 0.0  # to the left: the inside is convex
    if len(ring) < 3:
        turns = np.ones(len(ring), dtype=bool)
    v, p, q = ring[turns], before[turns], after[turns]
    right = _unit(np.cross(_unit(v - p), v)) + _unit(np.cross(_unit(q - v), v))
    half = np.linalg.norm(right, axis=1, keepdims=True) / 2.0  # sine of half the inner angle
    step = size / np.maximum(half, 1.0 / LONGEST_MITRE)
    outward = np.where(half > 1e-6, right, _unit(v - p))
    return _unit(v + step * _unit(outward)), p, q


def _unit(v: Array) -> Array:
    return v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-300)
