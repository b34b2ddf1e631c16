# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From margins to cells: which cells a published total covers, and families that share none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tertius.labels import resolve, resolve_sectors
from tertius.world.accounts import Array
from tertius.world.split.entropy import Family, Ints
from tertius.world.split.layout import Layout
from tertius.world.split.margins import Margin

__all__ = ["Frame", "cells_of", "soft_families"]

PRIOR_SPREAD = 2.0  # of logarithms: what a country held out is missed by, see docs/eurasia-world.md


@dataclass(frozen=True, slots=True)
class Frame:
    """The labels of a split.

    Attributes
    ----------
    pieces, region, outside, sectors
        Codes; the members are the pieces and then the region.
    year
        For groups whose membership changes.
    """

    pieces: tuple[str, ...]
    region: str
    outside: tuple[str, ...]
    sectors: tuple[str, ...]
    year: int

    @property
    def members(self) -> tuple[str, ...]:
        """Pieces and what is left of the region."""
        return (*self.pieces, self.region)

    @property
    def layout(self) -> Layout:
        """Shapes of the cells."""
        return Layout(len(self.members), len(self.outside), len(self.sectors))

    @property
    def known(self) -> tuple[str, ...]:
        """Every country that a margin may name."""
        return (*self.outside, *self.members)


def cells_of(margin: Margin, frame: Frame, index: dict[str, Ints], where: str) -> Ints:
    """Positions of the cells that a margin covers.

    Parameters
    ----------
    margin
        One row.
    frame
        Labels.
    index
        From :meth:`Layout.index`.
    where
        Place for errors.

    Raises
    ------
    BadInput
        If a code is unknown, with the nearest that is known.
    """
    m = frame.pieces.index(margin.piece)
    names = frame.sectors if margin.sectors == "all" else tuple(margin.sectors.split("|"))
    sectors = [frame.sectors.index(s) for s in resolve_sectors(names, frame.sectors, f"{where}: sectors")]
    if margin.quantity in ("gdp", "value_added"):
        return index["value_added"][m, sectors]
    partners = resolve(margin.partner.split("|"), frame.known, date(frame.year, 12, 31), f"{where}: partner")
    partners = tuple(p for p in partners if p != margin.piece)
    outside = [frame.outside.index(p) for p in partners if p in frame.outside]
    inside = [frame.members.index(p) for p in partners if p in frame.members]
    out = index[margin.quantity][m][np.ix_(outside, sectors)]
    inner = index["inner"][m] if margin.quantity == "exports" else index["inner"][:, m]
    return np.concatenate([out.ravel(), inner[np.ix_(inside, sectors)].ravel()])


def soft_families(
    margins: Sequence[Margin], cells: Sequence[Ints], size: int, spread: float = PRIOR_SPREAD
) -> list[Family]:
    """Pack margins into few families; the weight of a margin is ``(spread / reliability)^2``.

    Parameters
    ----------
    margins, cells
        Rows and the cells that each covers.
    size
        Number of cells in all.
    spread
        Standard deviation of the prior.

    Returns
    -------
    list of Family
        Widest margins first.
    """
    taken: list[NDArray[np.bool_]] = []
    groups: list[list[int]] = []
    for j in sorted(range(len(margins)), key=lambda j: (-len(cells[j]), j)):
        g = next((g for g, mask in enumerate(taken) if not mask[cells[j]].any()), len(taken))
        if g == len(taken):
            taken.append(np.zeros(size, dtype=bool))
            groups.append([])
        taken[g][cells[j]] = True
        groups[g].append(j)
    return [_family([margins[j] for j in g], [cells[j] for j in g], spread) for g in groups]


def _family(margins: Sequence[Margin], cells: Sequence[Ints], spread: float) -> Family:
    owner = np.repeat(np.arange(len(margins)), [len(c) for c in cells])
    target: Array = np.array([m.value for m in margins])
    weight = np.array([(spread / m.reliability) ** 2 for m in margins])
    return Family(np.concatenate(list(cells)), owner, target, weight)
