# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Naive rivals of a model: no change, last growth, and a return to what gravity expects."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["RIVALS", "gravity_fit", "last_growth"]

Array = NDArray[np.float64]

RIVALS = {
    "no change": "every flow stays",
    "last growth": "every flow grows as in the period before",
    "gravity": "every flow returns to the fit of exporter and importer effects in the base year",
}
TOLERANCE, SWEEPS = 1e-10, 2000


def last_growth(before: Array, earlier: Array) -> Array:
    """Log change of the period before, NaN where it is unknown.

    Examples
    --------
    >>> last_growth(np.array([2.0, 3.0]), np.array([1.0, np.nan])).round(4).tolist()
    [0.6931, nan]
    """
    return np.log(before / earlier)


def gravity_fit(trade: Array) -> Array:
    """Fit exporter and importer effects to trade between different countries.

    The Poisson pseudo-maximum-likelihood fit with both sets of effects keeps the margins of the data (Santos
    Silva & Tenreyro 2006, Review of Economics and Statistics 88:641-658; Fally 2015, Journal of International
    Economics 97:76-85), so it is found by bringing rows and columns to their sums in turn.

    Parameters
    ----------
    trade
        ``[exporter, importer]``; the diagonal does not count.

    Returns
    -------
    numpy.ndarray
        Fitted flows ``[exporter, importer]``, zero on the diagonal.

    Examples
    --------
    >>> flows = np.outer([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    >>> bool(np.allclose(gravity_fit(flows), flows * (1 - np.eye(3))))
    True
    """
    data = np.where(np.eye(len(trade), dtype=bool), 0.0, trade)
    rows, columns = data.sum(axis=1), data.sum(axis=0)
    a, b = np.where(rows > 0, 1.0, 0.0), np.where(columns > 0, 1.0, 0.0)
    for _ in range(SWEEPS):
        a = _over(rows, b.sum() - b)
        new = _over(columns, a.sum() - a)
        moved = np.abs(new - b).max()
        b = new
        if moved <= TOLERANCE * max(b.max(), 1.0):
            break
    fitted = np.outer(a, b)
    np.fill_diagonal(fitted, 0.0)
    return fitted


def _over(sums: Array, weights: Array) -> Array:
    return np.divide(sums, weights, out=np.zeros_like(sums), where=(sums > 0) & (weights > 0))
