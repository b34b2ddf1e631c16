# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Where a measure stands: its world, its day, its place in the file, and what it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tertius.errors import BadInput
from tertius.labels import resolve, resolve_sectors
from tertius.policy.schema import Measure
from tertius.world import World

__all__ = ["Given", "Place", "first", "touching"]

Cell = tuple[int, int, int]  # exporter, importer, sector
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Given:
    """One measure with its place in a file, such as ``my.yaml: measures[3]``, and the day that counts."""

    where: str
    on: date
    measure: Measure


@dataclass(frozen=True, slots=True)
class Place:
    """A measure on a world, with those given before it."""

    world: World
    given: Given
    earlier: tuple[Given, ...] = ()

    @property
    def where(self) -> str:
        """File and place, for errors."""
        return self.given.where

    def countries(self, names: tuple[str, ...], field: str) -> list[int]:
        """Indices of the countries that a field names."""
        found = resolve(names, self.world.countries, self.given.on, f"{self.where}.{field}")
        return [self.world.countries.index(c) for c in found]

    def by_sector(
        self, value: float | dict[str, float], names: tuple[str, ...], field: str
    ) -> dict[int, float]:
        """Sector index -> number, from one number for the sectors named or from a mapping."""
        index = self.world.sectors.index
        if not isinstance(value, dict):
            found = resolve_sectors(names, self.world.sectors, f"{self.where}.sectors")
            return {index(s): value for s in found}
        out: dict[int, float] = {}
        for name, number in value.items():
            for s in resolve_sectors([name], self.world.sectors, f"{self.where}.{field}"):
                if index(s) in out:
                    raise BadInput(f"{self.where}.{field}", f"names sector {s} twice")
                out[index(s)] = number
        return out

    def pairs(self) -> Mask:
        """``[exporter, importer]``: the pairs named, never a country with itself."""
        m: Any = self.given.measure
        n = len(self.world.countries)
        sellers, buyers = self.countries(m.exporters, "exporters"), self.countries(m.importers, "importers")
        pairs = np.zeros((n, n), dtype=bool)
        pairs[np.ix_(sellers, buyers)] = True
        if m.both_ways:
            pairs |= pairs.T
        np.fill_diagonal(pairs, False)
        if not pairs.any():
            raise BadInput(self.where, "names no two different countries", "own sales are never touched")
        return pairs

    def name(self, cell: Cell) -> str:
        """Words for a flow."""
        i, n, s = cell
        return f"{self.world.countries[i]} to {self.world.countries[n]} {self.world.sectors[s]}"

    def clash(self, cell: Cell, kinds: Collection[str], what: str, remedy: str) -> BadInput:
        """Build the error for a cell on which earlier measures of some kinds say something else.

        Parameters
        ----------
        cell
            The flow.
        kinds
            Kinds of measures that can be the other side.
        what, remedy
            Words; ``{flow}`` and ``{others}`` are filled in.
        """
        others = " and ".join(g.where for g in touching(self.world, self.earlier, kinds, cell))
        words = what.format(flow=self.name(cell), others=others)
        return BadInput(self.where, words, remedy)


def touching(world: World, given: Iterable[Given], kinds: Collection[str], cell: Cell) -> list[Given]:
    """Find the measures of some kinds that speak of one flow; slow, so only for errors."""
    i, n, s = cell
    found = []
    for one in given:
        m: Any = one.measure
        if m.kind not in kinds:
            continue
        place = Place(world, one)
        fields = ("rate", "add", "factor", "coverage", "limit")
        mapped = [f for f in fields if isinstance(getattr(m, f, None), dict)]
        value, field = (getattr(m, mapped[0]), mapped[0]) if mapped else (1.0, "")
        if place.pairs()[i, n] and s in place.by_sector(value, m.sectors, field):
            found.append(one)
    return found


def first(cells: Mask) -> Cell | None:
    """Give the first flow that is marked, in the order of the labels.

    Examples
    --------
    >>> first(np.array([[[False, False]], [[False, True]]]))
    (1, 0, 1)
    """
    if not cells.any():
        return None
    i, n, s = np.unravel_index(int(np.argmax(cells)), cells.shape)
    return int(i), int(n), int(s)
