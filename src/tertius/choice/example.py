# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Payoffs small enough to solve by hand, for examples and theorems."""

from __future__ import annotations

import numpy as np

from tertius.choice.payoffs import Payoffs

__all__ = ["line"]


def line(
    n: int = 11,
    rent: float = 1.0,
    west_loss: float = 10.0,
    east_loss: float = 10.0,
    own_cost: tuple[float, float] = (1.0, 1.0),
) -> Payoffs:
    """Payoffs linear in traffic, with losses that add up.

    Parameters
    ----------
    n
        Number of stances, evenly spaced; traffic is ``1 - x``.
    rent
        What full tolerance brings the focal state over strict compliance, USD million.
    west_loss, east_loss
        What a strike costs it at any stance.
    own_cost
        What striking costs W and R themselves.

    Returns
    -------
    Payoffs
        One elasticity set; every income is 1000.

    Examples
    --------
    >>> line(3).traffic.tolist()
    [[1.0, 0.5, 0.0]]
    """
    x = np.linspace(0.0, 1.0, n)
    west, east = np.array([0.0, 1.0])[:, None], np.array([0.0, 1.0])[None, :]
    value = np.zeros((1, 3, n, 2, 2))
    value[0, 0] = rent * (1.0 - x)[:, None, None] - west_loss * west - east_loss * east
    value[0, 1] = -own_cost[0] * west
    value[0, 2] = -own_cost[1] * east
    return Payoffs(
        players=("KAZ", "coalition-2022", "RUS"),
        sets=("FGO",),
        stance=x[:, None],
        traffic=(1.0 - x)[None, :],
        value=value,
        income=np.full(3, 1000.0),
        levers=("secondary-sanctions", "transit-stop"),
    )
