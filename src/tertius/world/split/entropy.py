# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The nearest positive numbers to a prior that meet hard sums and lean towards soft ones.

Criterion. ``x`` minimises ``KL(x|q) + sum_j w_j KL(A_j x | b_j)`` subject to hard sums, where ``KL(x|q)`` is
``sum x log(x/q) - x + q``. Zeros of the prior stay zero and nothing changes sign. One soft margin alone gives
the weighted geometric mean of what the prior says and what the margin says, with weights ``1`` and ``w``.
Hard margins alone give RAS; hard margins with signs give generalised RAS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.world.accounts import Array

__all__ = ["Family", "Fit", "fit", "sums"]

Ints = NDArray[np.intp]
SWEEPS, PRECISION = 20000, 1e-9
HARD = np.inf


@dataclass(frozen=True, slots=True)
class Family:
    """Margins that share no cell, so that all of them are scaled in one step.

    Attributes
    ----------
    cells, owner
        Shape ``[entry]``: which cell, and the number of the margin it belongs to.
    target
        Shape ``[margin]``: the sum asked for.
    weight
        Shape ``[margin]``: ``inf`` is hard; else the weight of the margin against the prior.
    sign
        Shape ``[entry]``: +1 or -1; None where all are +1. Signed margins are hard.
    """

    cells: Ints
    owner: Ints
    target: Array
    weight: Array
    sign: Array | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """The solution: cells ``[cell]``, sweeps made, and the largest change of any factor in the last one."""

    cells: Array
    sweeps: int
    change: float

    @property
    def converged(self) -> bool:
        """Whether the factors have come to rest."""
        return self.change <= PRECISION


def sums(family: Family, x: Array) -> Array:
    """Sum of each margin of a family, signs counted.

    Examples
    --------
    >>> two = Family(np.array([0, 1, 2]), np.array([0, 0, 1]), np.ones(2), np.ones(2))
    >>> sums(two, np.array([1.0, 2.0, 4.0]))
    array([3., 4.])
    """
    values = x[family.cells] if family.sign is None else x[family.cells] * family.sign
    return _sum(family.owner, values, len(family.target))


def fit(prior: Array, families: Sequence[Family], precision: float = PRECISION, sweeps: int = SWEEPS) -> Fit:
    """Scale margins in turn until the factors rest: block coordinate ascent of the dual.

    Parameters
    ----------
    prior
        ``[cell]``, at least zero.
    families
        Margins; the last family is met exactly if it is hard.
    precision, sweeps
        Largest relative change of a factor at rest; the most sweeps.

    Returns
    -------
    Fit

    Notes
    -----
    Bregman (1967), USSR Comp. Math. 7:200-217; the soft step is that of scaling algorithms for unbalanced
    transport, Chizat, Peyre, Schmitzer & Vialard (2018), Math. Comp. 87:2563-2609; the signed step is
    Junius & Oosterhaven (2003), Econ. Systems Res. 15:87-96.

    Examples
    --------
    >>> rows = Family(np.arange(4), np.array([0, 0, 1, 1]), np.array([3.0, 7.0]), np.full(2, np.inf))
    >>> columns = Family(np.arange(4), np.array([0, 1, 0, 1]), np.array([4.0, 6.0]), np.full(2, np.inf))
    >>> fit(np.ones(4), [rows, columns]).cells.round(6).tolist()
    [1.2, 1.8, 2.8, 4.2]
    """
    x = prior.copy()
    factors = [np.zeros(len(f.target)) for f in families]  # logarithms
    change, made = np.inf, 0
    while change > precision and made < sweeps:
        change, made = 0.0, made + 1
        for family, factor in zip(families, factors, strict=True):
            step = _step(family, x, factor)
            factor += step
            power = np.exp(step)[family.owner]
            if family.sign is not None:
                power = np.where(family.sign > 0, power, 1.0 / power)
            x[family.cells] *= power
            change = max(change, float(np.abs(step).max(initial=0.0)))
    return Fit(x, made, change)


def _sum(owner: Ints, values: Array, size: int) -> Array:
    return np.bincount(owner, values, minlength=size).astype(np.float64, copy=False)


def _step(family: Family, x: Array, factor: Array) -> Array:
    """Logarithm by which each margin's cells are to be scaled now."""
    size, values = len(family.target), x[family.cells]
    if family.sign is not None:
        plus = _sum(family.owner, np.where(family.sign > 0, values, 0.0), size)
        minus = _sum(family.owner, np.where(family.sign < 0, values, 0.0), size)
        return _signed(plus, minus, family.target)
    now = _sum(family.owner, values, size)
    able = (now > 0) & (family.target > 0)
    gap = np.zeros(size)
    np.log(np.divide(family.target, now, out=np.ones(size), where=able), out=gap, where=able)
    hard = np.isinf(family.weight)
    soft = np.where(hard, 0.0, family.weight)
    return np.where(able, np.where(hard, gap, (soft * gap - factor) / (1.0 + soft)), 0.0)


def _signed(plus: Array, minus: Array, target: Array) -> Array:
    """Logarithm of t with ``plus t - minus / t = target``."""
    able = (plus > 0) & (minus > 0)
    root = target + np.sqrt(target**2 + 4.0 * plus * minus)
    out = np.ones_like(plus)
    np.divide(root, 2.0 * plus, out=out, where=able)
    return np.log(out)
