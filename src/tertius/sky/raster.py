# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A coarse picture of closed regions, to throw out at once most arcs that run right through them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.sky.regions import Index, Regions
from tertius.sky.sphere import Array, from_unit, to_unit

__all__ = ["Raster", "rastered"]

CELL = 0.25  # degrees
SAMPLES = 48  # points along an arc that are looked up
ARCS = 100_000  # arcs that are sampled at once


@dataclass(frozen=True, eq=False, slots=True)
class Raster:
    """Cells that are closed together with all their neighbours: ``[latitude, longitude]``."""

    deep: NDArray[np.bool_]

    def crossed(self, a: Array, b: Array, i: Index, j: Index) -> NDArray[np.bool_]:
        """Tell which arcs from ``a[i]`` to ``b[j]`` surely run through closed cells."""
        out = np.zeros(len(i), dtype=bool)
        if not self.deep.any():
            return out
        for lo in range(0, len(i), ARCS):
            part = slice(lo, lo + ARCS)
            left = np.arange(len(i))[part]
            for share in _order():
                p = (1.0 - share) * a[i[left]] + share * b[j[left]]
                hit = self._at(p)
                out[left[hit]] = True
                left = left[~hit]
        return out

    def _at(self, p: Array) -> NDArray[np.bool_]:
        lat, lon = from_unit(p)
        rows, columns = self.deep.shape
        row = np.clip(((lat + 90.0) / CELL).astype(int), 0, rows - 1)
        return self.deep[row, ((lon + 180.0) / CELL).astype(int) % columns]


def _order() -> list[float]:
    """Shares of an arc, spread first, so that most arcs are thrown out early."""
    bits = int(np.ceil(np.log2(SAMPLES)))
    turned = [int(f"{k:0{bits}b}"[::-1], 2) / 2**bits for k in range(1, 2**bits)]
    return turned[:SAMPLES]


def rastered(closed: Regions) -> Raster:
    """Paint closed regions row by row; gaps narrower than a cell (28 km) may be lost.

    Examples
    --------
    >>> box = Regions.from_rings({"A": [[(0, 0), (10, 0), (10, 10), (0, 10)]]})
    >>> int(rastered(box).deep.sum()) == 38 * 38
    True
    """
    rows, columns = round(180 / CELL), round(360 / CELL)
    lats = -90.0 + CELL * (np.arange(rows) + 0.5)
    lat, lon = from_unit(closed.points)
    step = (lon[closed.following] - lon + 180.0) % 360.0 - 180.0
    rise = lat[closed.following] - lat
    first = closed.inside(to_unit(lats, np.full(rows, -180.0 + CELL / 2))).sum(axis=1)
    depth = np.zeros((rows, columns), dtype=np.int32)
    for k, level in enumerate(lats):
        up = lat <= level
        e = np.flatnonzero(up != up[closed.following])
        at = lon[e] + step[e] * (level - lat[e]) / rise[e]
        column = np.ceil((at + 180.0) / CELL - 0.5).astype(int)
        change = np.where(up[e], -1, 1)  # eastwards over an edge that goes up, one leaves: inside is left
        row = np.bincount(column % columns, weights=change, minlength=columns).astype(np.int32)
        row[0] = 0
        depth[k] = first[k] + np.cumsum(row)
    return Raster(_eroded(depth > 0))


def _eroded(full: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep cells whose eight neighbours are closed too."""
    wide = full & np.roll(full, 1, axis=1) & np.roll(full, -1, axis=1)
    out = wide.copy()
    out[1:] &= wide[:-1]
    out[:-1] &= wide[1:]
    return out
