# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a split decides: seven blocks of cells in one vector, and the sums that must hold.

Members are the pieces and, last, what is left of the region. Everybody else is outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.world.accounts import Array
from tertius.world.split.entropy import HARD, Family, Ints
from tertius.world.world import World

__all__ = ["BLOCKS", "Layout", "RegionCells", "hard_families", "region_cells"]

BLOCKS = ("exports", "imports", "inner", "use", "value_added", "final", "duty")


@dataclass(frozen=True, slots=True)
class RegionCells:
    """The region as the parent has it, USD million; ``a`` is an outside country.

    Attributes
    ----------
    exports, imports
        ``[a, sector]``: sales to and purchases from each outside country.
    inner, value_added, final, duty
        ``[sector]``: sales inside the region; value added; final demand with tariff; tariffs paid.
    use
        ``[input, sector]``.
    """

    exports: Array
    imports: Array
    inner: Array
    use: Array
    value_added: Array
    final: Array
    duty: Array


def region_cells(parent: World, region: str) -> RegionCells:
    """Cut the region's cells out of the parent."""
    r = parent.countries.index(region)
    out = [n for n in range(len(parent.countries)) if n != r]
    a = parent.accounts
    return RegionCells(
        exports=parent.trade_values[r, out],
        imports=parent.trade_values[out, r],
        inner=parent.trade_values[r, r],
        use=parent.input_share_values[r] * a.output[r],
        value_added=a.value_added_share[r] * a.output[r],
        final=a.final_demand[r],
        duty=(parent.tariff_values[:, r] * parent.trade_values[:, r]).sum(axis=0),
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Shapes of the blocks for ``members`` members, ``outside`` countries and ``sectors`` sectors."""

    members: int
    outside: int
    sectors: int

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Shape of each block: member first (inner: seller, buyer)."""
        k, a, s = self.members, self.outside, self.sectors
        return {
            "exports": (k, a, s),
            "imports": (k, a, s),
            "inner": (k, k, s),
            "use": (k, s, s),
            "value_added": (k, s),
            "final": (k, s),
            "duty": (k, s),
        }

    def index(self) -> dict[str, Ints]:
        """Position of every cell in the vector, by block."""
        found, start = {}, 0
        for name, shape in self.shapes.items():
            size = int(np.prod(shape))
            found[name] = np.arange(start, start + size).reshape(shape)
            start += size
        return found

    def join(self, blocks: dict[str, Array]) -> Array:
        """One vector of all blocks."""
        return np.concatenate([blocks[name].ravel() for name in BLOCKS])

    def blocks(self, x: Array) -> dict[str, Array]:
        """The blocks of one vector."""
        return {name: x[i.ravel()].reshape(i.shape) for name, i in self.index().items()}


def hard_families(layout: Layout, region: RegionCells) -> list[Family]:
    """What must hold: output is used up, use is covered, and the members add up to the region.

    Parameters
    ----------
    layout
        Shapes.
    region
        The parent's cells of the region; the members must add up to them.

    Returns
    -------
    list of Family
        Production ``sales = inputs + value added``, use ``purchases + tariffs = inputs + final
        demand``, and the parent's cells last, so that they are met to rounding.
    """
    i = layout.index()
    k, s = layout.members, layout.sectors
    cell = np.arange(k * s).reshape(k, s)

    def balance(plus: list[tuple[Ints, Ints]], minus: list[tuple[Ints, Ints]]) -> Family:
        cells = np.concatenate([c.ravel() for c, _ in plus + minus])
        owner = np.concatenate([np.broadcast_to(o, c.shape).ravel() for c, o in plus + minus])
        sign = np.concatenate([np.full(c.size, 1.0) for c, _ in plus] + [-np.ones(c.size) for c, _ in minus])
        return Family(cells, owner, np.zeros(k * s), np.full(k * s, HARD), sign)

    sales = [(i["exports"], cell[:, None, :]), (i["inner"], cell[:, None, :])]
    cost = [(i["use"], cell[:, None, :]), (i["value_added"], cell)]
    bought = [(i["imports"], cell[:, None, :]), (i["inner"], cell[None, :, :]), (i["duty"], cell)]
    used = [(i["use"], cell[:, :, None]), (i["final"], cell)]
    return [balance(sales, cost), balance(bought, used), _parent(layout, region, i)]


def _parent(layout: Layout, region: RegionCells, i: dict[str, Ints]) -> Family:
    cells, owner, target, start = [], [], [], 0
    for name in BLOCKS:
        total = getattr(region, name)
        number = start + np.arange(total.size).reshape(total.shape)
        cells.append(i[name].ravel())
        owner.append(np.broadcast_to(number, i[name].shape).ravel())
        target.append(total.ravel())
        start += total.size
    goal = np.concatenate(target)
    return Family(np.concatenate(cells), np.concatenate(owner), goal, np.full(goal.size, HARD))
