# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Anderson acceleration with safeguards: a fixed point and the story of how it was reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array

__all__ = ["FixedPoint", "accelerate", "damp"]

Step = Callable[[Array], tuple[Array, float]]
TRUST = 3.0  # largest accelerated step in any variable (logs)
RIDGE = 1e-14  # added to the scaled Gram matrix, whose diagonal is one
LOST, PATIENCE = 1e3, 20  # residual so many times the best one, for so many sweeps: return there, start anew


@dataclass(frozen=True, slots=True)
class FixedPoint:
    """Where an iteration ended.

    Attributes
    ----------
    z
        Best state seen.
    residual
        Largest residual there.
    sweeps, restarts
        Evaluations of the step; how often the history was thrown away.
    converged
        Whether the residual is below the tolerance.
    """

    z: Array
    residual: float
    sweeps: int
    restarts: int
    converged: bool


class _History:
    """Differences of the last steps and residuals, with their Gram matrix kept up to date."""

    def __init__(self, depth: int, size: int) -> None:
        self.depth, self.count = depth, 0
        self.f, self.z = np.zeros((depth, size)), np.zeros((depth, size))
        self.gram = np.zeros((depth, depth))

    def add(self, df: Array, dz: Array) -> None:
        j = self.count % self.depth
        self.f[j], self.z[j] = df, dz
        self.count += 1
        q = min(self.count, self.depth)
        self.gram[j, :q] = self.gram[:q, j] = self.f[:q] @ df

    def extrapolate(self, f: Array) -> Array:
        """Walker & Ni (2011), SIAM J. Numer. Anal. 49:1715-1735, type II, unit mixing."""
        q = min(self.count, self.depth)
        if q == 0:
            return f
        gram = self.gram[:q, :q].copy()
        scale = 1.0 / np.sqrt(np.maximum(gram.diagonal(), 1e-300))
        gram *= scale[:, None] * scale
        gram.flat[:: q + 1] += RIDGE
        weights = scale * np.linalg.lstsq(gram, scale * (self.f[:q] @ f), rcond=1e-13)[0]
        return f - weights @ self.z[:q] - weights @ self.f[:q]


def accelerate(step: Step, start: Array, tol: float, max_sweeps: int, depth: int = 8) -> FixedPoint:
    """Find z with step(z) = 0 by accelerated iteration z + step(z).

    Parameters
    ----------
    step
        Gives the step at a state and the residual that decides.
    start
        First state.
    tol
        Residual at which to stop.
    max_sweeps
        Evaluations allowed.
    depth
        Differences kept.

    Returns
    -------
    FixedPoint
        Never NaN: a state that is not finite, or far worse than the best for several sweeps, sends the
        iteration back to the best one with a shorter step and an empty history. One bad sweep does not:
        where trade is nearly closed, the right jump in wages first disturbs all prices.
    """
    z, best, lowest = start, start, np.inf
    history, restarts, mix, worse = _History(depth, start.size), 0, 1.0, 0
    previous: tuple[Array, Array] | None = None
    for sweeps in range(1, max_sweeps + 1):
        f, residual = step(z)
        finite = bool(np.all(np.isfinite(f)))
        worse = worse + 1 if residual > LOST * max(lowest, tol) else 0
        if not finite or worse > PATIENCE:
            if not np.isfinite(lowest):
                return FixedPoint(best, lowest, sweeps, restarts, False)
            z, mix, worse = best, max(mix / 2, 1 / 16), 0
            history, previous, restarts = _History(depth, start.size), None, restarts + 1
            f, residual = step(z)
        if residual < lowest:
            best, lowest = z, residual
        if residual <= tol:
            return FixedPoint(z, residual, sweeps, restarts, True)
        if previous is not None:
            history.add(f - previous[0], z - previous[1])
        previous = (f, z)
        move = history.extrapolate(f) if history.count else mix * f
        z = z + move * min(1.0, TRUST / max(float(np.abs(move).max()), 1e-300))
    return FixedPoint(best, lowest, max_sweeps, restarts, False)


def damp(step: Step, start: Array, tol: float, max_sweeps: int, mix: float = 0.3) -> FixedPoint:
    """Find z with step(z) = 0 by short plain steps: slow, and safe where acceleration is not.

    Parameters
    ----------
    step, start, tol, max_sweeps
        As in :func:`accelerate`.
    mix
        Share of each step that is taken.

    Returns
    -------
    FixedPoint
    """
    z, best, lowest = start, start, np.inf
    for sweeps in range(1, max_sweeps + 1):
        f, residual = step(z)
        if not np.all(np.isfinite(f)):
            return FixedPoint(best, lowest, sweeps, 0, False)
        if residual < lowest:
            best, lowest = z, residual
        if residual <= tol:
            return FixedPoint(z, residual, sweeps, 0, True)
        z = z + mix * np.clip(f, -1.0, 1.0)
    return FixedPoint(best, lowest, max_sweeps, 0, False)
