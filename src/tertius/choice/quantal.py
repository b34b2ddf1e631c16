# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Logit quantal response: powers that announce better replies more often, not always."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["Quantal", "quantal_response"]

TOLERANCE = 1e-12
ON_THE_WAY = 1e-6  # enough for a start at the next precision
MOST = 20_000
PATH = 40  # precisions from zero to the one asked for, each started from the last


@dataclass(frozen=True, eq=False, slots=True)
class Quantal:
    """One quantal response equilibrium.

    Attributes
    ----------
    row, column
        ``[A]`` and ``[B]`` probabilities of each announcement.
    precision
        lambda, per spread of a player's payoffs.
    converged
        Whether the last step moved no probability by more than 1e-12.
    gap
        The last step's largest move.
    """

    row: Array
    column: Array
    precision: float
    converged: bool
    gap: float


def quantal_response(row: Array, column: Array, precision: float) -> Quantal:
    """Logit quantal response equilibrium of a bimatrix, on the branch that starts from chance.

    Payoffs are divided by their spread, so ``precision`` has no unit: at 0 all announcements are equal, at 10
    the best is up to 22,000 times as likely as the worst.

    Parameters
    ----------
    row, column
        ``[A, B]`` payoffs.
    precision
        lambda >= 0.

    Returns
    -------
    Quantal
        With ``converged`` false if the damped fixed point did not settle; it is then no equilibrium.

    Raises
    ------
    BadInput
        If ``precision`` is negative or no number.

    Examples
    --------
    >>> game = np.array([[3.0, 0.0], [5.0, 1.0]])
    >>> quantal_response(game, game.T, 0.0).row.tolist()
    [0.5, 0.5]

    Source: McKelvey and Palfrey (1995), Games and Economic Behavior 10(1).
    """
    if not 0 <= precision < np.inf:
        raise BadInput("quantal response: precision", f"{precision:g}", "give lambda of zero or more")
    a, b = (m / (np.ptp(m) or 1.0) for m in (row, column))
    p, q = np.full(row.shape[0], 1.0 / row.shape[0]), np.full(row.shape[1], 1.0 / row.shape[1])
    gap = 0.0
    for level in np.linspace(0.0, precision, PATH + 1)[1:] if precision else ():
        p, q, gap = _settle(a, b, p, q, float(level), TOLERANCE if level == precision else ON_THE_WAY)
    return Quantal(p, q, precision, gap <= TOLERANCE, gap)


def _logit(payoff: Array) -> Array:
    weight = np.exp(payoff - payoff.max())
    return np.asarray(weight / weight.sum())


def _settle(
    a: Array, b: Array, p: Array, q: Array, level: float, tolerance: float
) -> tuple[Array, Array, float]:
    """Damped fixed point; the damping grows when a step does not shrink."""
    weight, last, gap = 1.0, np.inf, np.inf
    for _ in range(MOST):
        to_p, to_q = _logit(level * (a @ q)), _logit(level * (p @ b))
        gap = float(max(np.abs(to_p - p).max(), np.abs(to_q - q).max()))
        if gap <= tolerance:
            return to_p, to_q, gap
        if gap >= last:
            weight = max(0.7 * weight, 0.5 / (1.0 + level))
        last = gap
        p, q = p + weight * (to_p - p), q + weight * (to_q - q)
    return p, q, gap
