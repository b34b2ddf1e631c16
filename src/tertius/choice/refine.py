# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A finer line of stances between those that were solved.

Payoffs of each state and traffic are linear between neighbouring computed stances (bilinear with two
groups); hazards are exact at the traffic in between. So payoffs alone never make a best stance between
computed ones, only the curvature of hazards does; where true payoffs are concave the best reply is worth
slightly more than stated, by at most an eighth of their second derivative times the spacing squared.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tertius.choice.payoffs import Payoffs
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["refine"]

DIGITS = 12


def refine(payoffs: Payoffs, points: int = 101) -> Payoffs:
    """Add stances by linear interpolation of traffic and of every state's payoffs.

    Parameters
    ----------
    payoffs
        At computed stances; with two groups they must be a full grid.
    points
        Evenly spaced stances per group, computed ones are kept besides.

    Returns
    -------
    Payoffs
        The same, with more stances.

    Raises
    ------
    BadInput
        If stances in two groups are no full grid, or two stances are the same.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> refine(line(2, rent=4.0), 5).value[0, 0, :, 0, 0].tolist()
    [4.0, 3.0, 2.0, 1.0, 0.0]
    """
    if points < 2:
        raise BadInput("refine: points", f"{points} is below two", "give two or more")
    axes = [np.unique(column.round(DIGITS)) for column in payoffs.stance.T]
    n = len(payoffs.stance)
    if int(np.prod([len(a) for a in axes])) != n or len(np.unique(payoffs.stance.round(DIGITS), axis=0)) != n:
        raise BadInput(
            "payoffs: stance", f"{n} stances are no full grid", "solve every combination, each once"
        )
    fine = [np.unique(np.concatenate([a, np.linspace(0.0, 1.0, points)]).round(DIGITS)) for a in axes]
    order = np.lexsort(payoffs.stance.T[::-1])
    weights = np.ones((1, 1))
    for grid, at in zip(axes, fine, strict=True):
        weights = np.kron(weights, np.stack([np.interp(at, grid, row) for row in np.eye(len(grid))], axis=1))
    return replace(
        payoffs,
        stance=np.stack([g.ravel() for g in np.meshgrid(*fine, indexing="ij")], axis=1),
        traffic=payoffs.traffic[:, order] @ weights.T,
        value=_along(weights, payoffs.value[:, :, order]),
    )


def _along(weights: Array, value: Array) -> Array:
    e, p, n = value.shape[:3]
    return (weights @ value.reshape(e, p, n, 4)).reshape(e, p, len(weights), 2, 2)
