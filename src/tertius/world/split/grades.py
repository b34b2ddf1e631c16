# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How each number of a split is known, and how it compares with what was published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.world.split.checks import words
from tertius.world.split.families import cells_of
from tertius.world.split.margins import GRADES, Margin
from tertius.world.split.split import Split

__all__ = ["MarginLine", "grade_shares", "grades", "margin_lines"]

ESTIMATED, DONOR = GRADES.index("estimated"), GRADES.index("donor")


@dataclass(frozen=True, slots=True)
class MarginLine:
    """A margin beside what the split has, USD million."""

    margin: Margin
    ours: float

    @property
    def name(self) -> str:
        """The margin in words."""
        return words(self.margin)

    @property
    def deviation(self) -> float:
        """Ours over the margin's value, minus one."""
        return self.ours / self.margin.value - 1.0

    @property
    def from_published(self) -> float | None:
        """Ours over the published figure, minus one; None where the value was composed."""
        return None if self.margin.published is None else self.ours / self.margin.published - 1.0

    @property
    def spreads(self) -> float:
        """Deviation of logarithms in units of the stated reliability."""
        return float(np.log(max(self.ours, 1e-12) / self.margin.value)) / self.margin.reliability


def margin_lines(split: Split, piece: str = "") -> list[MarginLine]:
    """Set every margin of a split, or of one piece, beside the result."""
    layout = split.frame.layout
    index, x = layout.index(), layout.join(split.blocks)
    return [
        MarginLine(m, float(x[cells_of(m, split.frame, index, split.name)].sum()))
        for m in split.margins
        if not piece or m.piece == piece
    ]


def grades(split: Split) -> dict[str, NDArray[np.int8]]:
    """Grade every cell: 0 observed, 1 mirrored, 2 estimated, 3 donor (positions in ``GRADES``).

    A cell has the grade of the narrowest margin that covers it where that margin covers it alone (one
    partner, one sector); a cell inside a wider margin is estimated; cost shares and what no margin covers
    come from donors. What is left of the region, own sales and final demand are remainders: estimated.

    Returns
    -------
    dict
        Blocks as :class:`Layout` has them.
    """
    layout, index = split.frame.layout, split.frame.layout.index()
    size = sum(int(i.size) for i in index.values())
    found = np.full(size, DONOR, dtype=np.int8)
    covered = [cells_of(m, split.frame, index, split.name) for m in split.margins]
    for j in sorted(range(len(covered)), key=lambda j: -len(covered[j])):
        alone = len(covered[j]) == 1
        found[covered[j]] = GRADES.index(split.margins[j].grade) if alone else ESTIMATED
    for block in ("final", "duty"):
        found[index[block]] = ESTIMATED
    for block in ("exports", "imports", "use", "value_added"):
        found[index[block][-1]] = ESTIMATED
    me = np.arange(layout.members)
    found[index["inner"][me, me]] = ESTIMATED
    return {name: found[i.ravel()].reshape(i.shape) for name, i in index.items()}


def grade_shares(split: Split, piece: str) -> dict[str, dict[str, float]]:
    """Share of a piece's value in each grade, for exports, imports, inputs and value added."""
    m = split.frame.pieces.index(piece)
    mark, value = grades(split), split.blocks
    others = np.arange(split.frame.layout.members) != m
    parts = {
        "exports": [
            (mark["exports"][m], value["exports"][m]),
            (mark["inner"][m, others], value["inner"][m, others]),
        ],
        "imports": [
            (mark["imports"][m], value["imports"][m]),
            (mark["inner"][others, m], value["inner"][others, m]),
        ],
        "inputs": [(mark["use"][m], value["use"][m])],
        "value added": [(mark["value_added"][m], value["value_added"][m])],
    }
    return {name: _shares(pairs) for name, pairs in parts.items()}


def _shares(pairs: list[tuple[NDArray[np.int8], NDArray[np.float64]]]) -> dict[str, float]:
    total = sum(float(v.sum()) for _, v in pairs)
    by = {g: sum(float(v[k == j].sum()) for k, v in pairs) for j, g in enumerate(GRADES)}
    return {g: v / total for g, v in by.items() if v > 0}
