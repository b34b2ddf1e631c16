# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a prior and margins to cells that can be stored: two fits, rounding between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tertius.errors import NotSolved
from tertius.world.accounts import Array, ratio
from tertius.world.split.entropy import HARD, Family, Ints, fit
from tertius.world.split.families import PRIOR_SPREAD, Frame, soft_families
from tertius.world.split.layout import RegionCells, hard_families
from tertius.world.split.margins import Margin

__all__ = ["closed", "rounded_shares", "solve_cells"]

BITS = 12  # of the stored mantissa: an estimate has three significant digits, not seven
ROUGH, FINE = 1e-5, 1e-8  # largest change of a factor at rest: all cells; accounts alone
ROOM = (
    0.8  # most of a cell of final demand that the pieces may take: the rest must stay positive after rounding
)
LEAST = 1e-9  # least final demand, share of use


def solve_cells(
    frame: Frame,
    cells: RegionCells,
    prior: Array,
    margins: Sequence[Margin],
    covered: Sequence[Any],
    precision: float = ROUGH,
    spread: float = PRIOR_SPREAD,
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Find the cells nearest to the prior; give blocks ready to store, and the story of the solve."""
    layout = frame.layout
    families = soft_families(margins, covered, len(prior), spread) + hard_families(layout, cells)
    rough = fit(prior, families, precision)
    if rough.change > 1e2 * precision:
        raise NotSolved(f"the split does not come to rest: factors still move by {rough.change:.1e}")
    blocks = layout.blocks(rough.cells)
    for name in ("exports", "imports", "inner"):
        blocks[name] = _short(blocks[name])
    _account(layout.members, cells, blocks)
    return blocks, {"sweeps": rough.sweeps, "change": rough.change}


def _short(values: Array) -> Array:
    """Round towards zero to few bits, so that pieces never add up to more than the parent."""
    mantissa, exponent = np.frexp(values)
    return np.ldexp(np.floor(np.ldexp(mantissa, BITS)), exponent - BITS)


def _account(members: int, cells: RegionCells, blocks: dict[str, Array]) -> None:
    """Fit use, value added and final demand again to the trade as it will be stored."""
    exports, imports = (
        closed(blocks["exports"][:-1], cells.exports),
        closed(blocks["imports"][:-1], cells.imports),
    )
    inner = blocks["inner"]
    inner[-1, -1] = 0.0
    inner[-1, -1] = cells.inner - inner.sum(axis=(0, 1))
    blocks["exports"], blocks["imports"] = exports, imports
    output = exports.sum(axis=1) + inner.sum(axis=1)
    bought = imports.sum(axis=1) + inner.sum(axis=0) + blocks["duty"]
    k, s = members, output.shape[1]
    use = np.arange(k * s * s).reshape(k, s, s)
    value, final = (
        k * s * s + np.arange(k * s).reshape(k, s),
        k * s * (s + 1) + np.arange(k * s).reshape(k, s),
    )
    cell = np.arange(k * s).reshape(k, s)

    def family(parts: list[tuple[Ints, Ints]], target: Array) -> Family:
        owner = [np.broadcast_to(o, c.shape).ravel() for c, o in parts]
        where = np.concatenate([c.ravel() for c, _ in parts])
        return Family(where, np.concatenate(owner), target.ravel(), np.full(target.size, HARD))

    prior = np.concatenate([blocks[n].ravel() for n in ("use", "value_added", "final")])
    region = family([(use, np.arange(s * s).reshape(1, s, s))], cells.use)
    made = family([(use, cell[:, None, :]), (value, cell)], output)
    used = family([(use, cell[:, :, None]), (final, cell)], bought)
    done = fit(prior, [region, made, used], FINE, 5000)
    blocks["use"] = _covered_use(done.cells[: use.size].reshape(use.shape), bought, cells.final)


def _covered_use(use: Array, bought: Array, final: Array) -> Array:
    """Scale the pieces' rows of use, hardly, so that final demand is positive for them and for the rest."""
    used = use.sum(axis=2)
    left = np.maximum(bought - used, LEAST * bought)[:-1]
    left = left * np.minimum(1.0, ratio(ROOM * final, left.sum(axis=0), 1.0))
    pieces = use[:-1] * ratio(bought[:-1] - left, used[:-1], 1.0)[:, :, None]
    return np.concatenate([pieces, use[-1:]])


def rounded_shares(blocks: dict[str, Array]) -> Array:
    """Cost shares of the pieces in single precision, rounded down so that no final demand turns negative."""
    output = (blocks["exports"].sum(axis=1) + blocks["inner"].sum(axis=1))[:-1, None, :]
    share = ratio(blocks["use"][:-1], np.broadcast_to(output, blocks["use"][:-1].shape))
    return np.nextafter(share.astype(np.float32), np.float32(0.0)).astype(np.float64)


def closed(pieces: Array, total: Array) -> Array:
    """Add what is left of the region as the last member."""
    return np.concatenate([pieces, (total - pieces.sum(axis=0))[None]])
