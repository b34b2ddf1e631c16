# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Two markets for each good: inputs and final use that buy from different origins.

A good that sells in two markets is two goods made alike: the same inputs, the same factors, so the same
cost, each with its own shares of origins. A base year with separate shares is therefore a base year with
twice the sectors, first for inputs, then for final use, and needs no equations of its own.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tertius.equilibrium import Baseline
from tertius.equilibrium.arrays import Array

__all__ = ["apart", "joined", "twice"]


def apart(base: Baseline, final_trade: Array) -> Baseline:
    """Give each use its own shares of origins.

    Parameters
    ----------
    base
        A base year with one market a good, one mobile factor, Cobb-Douglas.
    final_trade
        ``[s, n, i]``: the part of trade for final use, before tariff.

    Returns
    -------
    Baseline
        With sectors for inputs first, then those for final use.
    """
    (n, s), tax = base.shape, 1.0 + base.tariff
    paid = np.concatenate([np.maximum(base.trade - final_trade, 0.0) * tax, final_trade * tax])
    X = paid.sum(axis=2)
    home = np.broadcast_to(np.eye(n), paid.shape)
    pi = np.where(X[:, :, None] > 0, paid / np.where(X > 0, X, 1.0)[:, :, None], home)
    gamma = np.zeros((n, 2 * s, 2 * s))
    gamma[:, :s] = np.tile(base.gamma, 2)
    return replace(
        base,
        pi=pi,
        tariff=twice(base.tariff),
        gamma=gamma,
        beta=np.tile(base.beta, 2),
        alpha=np.concatenate([np.zeros((n, s)), base.alpha], axis=1),
        X=np.ascontiguousarray(X.T),
        theta=np.tile(base.theta, 2),
        phi=np.ones((n, 1, 2 * s)),
        uses=2,
    )


def twice(values: Array, axis: int = 0) -> Array:
    """The same numbers for both markets, along the axis of sectors."""
    return np.concatenate([values, values], axis=axis)


def joined(values: Array, uses: int, axis: int = 0) -> Array:
    """Add both markets up, along the axis of sectors."""
    return values if uses == 1 else sum(np.split(values, uses, axis=axis), np.zeros(()))
