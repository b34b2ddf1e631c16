# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Where the estimate starts: structures of donors, sizes of the pieces, the region's own trade."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertius.world.accounts import Array, ratio
from tertius.world.split.layout import RegionCells
from tertius.world.split.margins import MarginsFile
from tertius.world.world import World

__all__ = ["seed_blocks"]

MOST = 0.9  # of any cell of the region that the pieces together may start with
HOME = 0.05  # least own sales at the start, share of output


def seed_blocks(
    parent: World, region: str, cells: RegionCells, file: MarginsFile, gdp: Sequence[float]
) -> dict[str, Array]:
    """Give the prior of every block.

    Parameters
    ----------
    parent, region, cells
        The world, the region to split and its cells.
    file
        Donors and nearness of each piece.
    gdp
        Value added of each piece, USD million, in the file's order.

    Returns
    -------
    dict
        Blocks as :class:`Layout` has them, USD million; they add up to the region's cells.
    """
    value_added, use, final = _structures(parent, cells, file, gdp)
    output = use.sum(axis=1) + value_added
    bought = use.sum(axis=2) + final
    near_out, near_in = _nearness(parent, region, file)
    exports = _shared(cells.exports, output[:, None, :] * near_out[:, :, None])
    imports = _shared(cells.imports, bought[:, None, :] * near_out[:, :, None])
    inner = _inner(parent, region, cells, output, bought, exports, imports, near_in)
    duty = _shared(cells.duty, bought)
    return {
        "exports": exports, "imports": imports, "inner": inner, "use": use,
        "value_added": value_added, "final": final, "duty": duty,
    }  # fmt: skip


def _structures(
    parent: World, cells: RegionCells, file: MarginsFile, gdp: Sequence[float]
) -> tuple[Array, Array, Array]:
    """Value added, use and final demand by member, from the donors' structures at the pieces' sizes."""
    a = parent.accounts
    value = a.value_added_share * a.output
    pieces_v, pieces_u, pieces_f = [], [], []
    for piece, size in zip(file.pieces.values(), gdp, strict=True):
        weights = np.array(list(piece.donors.values()))
        where = [parent.countries.index(c) for c in piece.donors]
        mix = (weights / weights.sum())[:, None]
        v = (mix * value[where] / value[where].sum(axis=1, keepdims=True)).sum(axis=0) * size
        v = np.where(cells.value_added > 0, v, 0.0)
        made = mix * a.output[where] / a.output[where].sum(axis=1, keepdims=True)
        cost = (parent.input_share_values[where] * made[:, None, :]).sum(axis=0)
        added = (a.value_added_share[where] * made).sum(axis=0)
        pieces_u.append(ratio(cost, np.broadcast_to(added, cost.shape)) * v)
        pieces_f.append((mix * a.final_share[where]).sum(axis=0) * size)
        pieces_v.append(v)
    return (
        _with_rest(np.array(pieces_v), cells.value_added),
        _with_rest(np.array(pieces_u), cells.use),
        _with_rest(np.array(pieces_f), cells.final),
    )


def _with_rest(pieces: Array, total: Array) -> Array:
    """Add what is left; where the pieces want nearly all of a cell, they are scaled down to ``MOST``."""
    pieces = np.where(total > 0, pieces, 0.0)
    together = pieces.sum(axis=0)
    scale = np.minimum(1.0, ratio(MOST * total, together, 1.0))
    pieces = pieces * scale
    return np.concatenate([pieces, (total - pieces.sum(axis=0))[None]])


def _shared(total: Array, claim: Array) -> Array:
    """Share each cell out in proportion to the claims on it."""
    everybody = claim.sum(axis=0)
    even = np.full_like(claim, 1.0 / len(claim))
    return total * np.where(everybody > 0, ratio(claim, np.broadcast_to(everybody, claim.shape)), even)


def _nearness(parent: World, region: str, file: MarginsFile) -> tuple[Array, Array]:
    """Nearness to outside countries ``[member, a]`` and among members ``[member, member]``."""
    outside = [c for c in parent.countries if c != region]
    names = [*file.pieces, region]
    out, inside = np.ones((len(names), len(outside))), np.ones((len(names), len(names)))
    for m, piece in enumerate(file.pieces.values()):
        for partner, times in piece.near.items():
            if partner in outside:
                out[m, outside.index(partner)] = times
            elif partner in names:
                inside[m, names.index(partner)] = inside[names.index(partner), m] = times
    return out, inside


def _inner(
    parent: World,
    region: str,
    cells: RegionCells,
    output: Array,
    bought: Array,
    exports: Array,
    imports: Array,
    near: Array,
) -> Array:
    """Trade among members as intense as the region's trade with the outside; own sales take the rest."""
    k = len(output)
    r = parent.countries.index(region)
    abroad = np.delete(parent.accounts.expenditure, r, axis=0).sum(axis=0)
    intensity = ratio(cells.exports.sum(axis=0), output.sum(axis=0) * abroad)
    inner = intensity * output[:, None, :] * bought[None, :, :] * near[:, :, None]
    me = np.arange(k)
    inner[me, me] = 0.0
    room = np.minimum(0.5, ratio(0.5 * cells.inner, inner.sum(axis=(0, 1)), 0.5))
    inner *= np.minimum(1.0, room * 2.0)
    left = (output - exports.sum(axis=1) - inner.sum(axis=1) + bought - imports.sum(axis=1)) / 2
    left -= inner.sum(axis=0) / 2
    own = np.maximum(left, HOME * output)
    inner[me, me] = _with_rest(own[:-1], cells.inner - inner.sum(axis=(0, 1)))
    return inner
