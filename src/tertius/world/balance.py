# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Balancing cost shares with given flows: no use of a product may exceed its supply.

Criterion. Among all tables of intermediate use ``U[n, input, sector]`` that leave final use at least
``FLOOR`` of every product's use and keep each sector's total cost of inputs (hence its value added),
take the one with the least Kullback-Leibler divergence from the raw table. The solution scales rows
that bind and columns: ``U = r U0 c`` with ``r <= 1``, found by Bregman's alternating projections.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.errors import NotSolved
from tertius.world.accounts import Array, ratio

__all__ = ["FLOOR", "Balanced", "balance"]

FLOOR = 1e-6  # least final use, share of a product's use: above float32 rounding, below any interest
LEAST_VALUE_ADDED = 0.02  # the least value-added share in the published table
SWEEPS, PRECISION = 5000, 1e-13
HOPELESS = 1e12  # a column scaled up by this much has no inputs left


@dataclass(frozen=True, slots=True)
class Balanced:
    """Balanced cost shares and how far they moved.

    Attributes
    ----------
    input_share
        ``[country, input, sector]``.
    negative_cells, negative_share
        Final-demand cells that were negative before; their sum as a share of final demand.
    moved
        Half the sum of absolute changes of intermediate use, as a share of intermediate use.
    columns_capped
        Sectors whose inputs left less than ``LEAST_VALUE_ADDED`` and were scaled down.
    """

    input_share: Array
    negative_cells: int
    negative_share: float
    moved: float
    columns_capped: int


def balance(raw_share: Array, output: Array, use: Array) -> Balanced:
    """Find the nearest cost shares that leave no final use negative.

    Parameters
    ----------
    raw_share
        ``[country, input, sector]``, cost shares before balancing.
    output, use
        ``[country, sector]``, gross output; total use of each product at prices with tariff.

    Returns
    -------
    Balanced

    Raises
    ------
    NotSolved
        If some country's inputs cannot be met from what it uses.

    Notes
    -----
    The alternating scaling is the dual coordinate ascent of Bregman (1967), USSR Comp. Math. 7:200-217.
    """
    spent = raw_share.sum(axis=1)
    kept = np.minimum(spent, 1.0 - LEAST_VALUE_ADDED)
    before = raw_share * output[:, None, :]
    final = use - before.sum(axis=2)
    rows, columns = _scale(before, kept * output, (1.0 - FLOOR) * use)
    after = before * rows[:, :, None] * columns[:, None, :]
    capped = raw_share * ratio(kept, spent)[:, None, :]
    share = np.where(output[:, None, :] > 0, ratio(after, output[:, None, :]), capped)
    return Balanced(
        input_share=share,
        negative_cells=int((final < 0).sum()),
        negative_share=float(-final[final < 0].sum() / final.sum()),
        moved=float(np.abs(after - before).sum() / 2 / before.sum()),
        columns_capped=int(((spent > kept) & (output > 0)).sum()),
    )


def _scale(before: Array, cost: Array, supply: Array) -> tuple[Array, Array]:
    """Row and column factors of the solution; where the inputs cannot be met, columns grow for ever."""
    columns = np.ones_like(cost)
    for _ in range(SWEEPS):
        rows = np.minimum(1.0, ratio(supply, np.einsum("nks,ns->nk", before, columns), 1.0))
        met = np.einsum("nks,nk->ns", before, rows)
        scaled = ratio(cost, met, 1.0)
        change = np.where((cost > 0) & (met <= 0), np.inf, np.abs(scaled / columns - 1.0))
        if change.max() < PRECISION:
            return rows, scaled
        if scaled.max() > HOPELESS:
            break
        columns = scaled
    worst = int(np.argmax(change.max(axis=1)))
    raise NotSolved(f"cost shares cannot be balanced: country number {worst} uses less than its inputs")
