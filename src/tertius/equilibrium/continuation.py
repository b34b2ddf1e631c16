# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Following an equilibrium along a growing share of the shock, for shocks too large for one jump."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tertius.equilibrium.anderson import FixedPoint, accelerate
from tertius.equilibrium.arrays import Array, Baseline, Shock
from tertius.equilibrium.newton import newton
from tertius.equilibrium.system import System

__all__ = ["Path", "follow", "near"]

FIRST, WIDEST, LEAST = 0.1, 0.15, 1e-3  # steps in the share of the shock
ON_THE_WAY = 1e-8  # tolerance before the last point
SWEEPS, SHARE = 100, 4  # after so many sweeps Newton's method takes over; it may use more of them


def near(system: System, start: Array, tol: float, max_sweeps: int) -> tuple[FixedPoint, str]:
    """Find an equilibrium from a start that is not too far: accelerated sweeps, then Newton's method.

    Returns
    -------
    tuple
        Where it ended, and what found it: "anderson" or "newton".
    """
    smooth = system.smooth
    point = accelerate(system.step, start, tol, min(max_sweeps, SWEEPS) if smooth else max_sweeps)
    if point.converged or not smooth:
        return point, "anderson"
    last = newton(system, point.z, tol, SHARE * max_sweeps)
    return replace(last, sweeps=point.sweeps + last.sweeps), "newton"


@dataclass(frozen=True, slots=True)
class Path:
    """Where a continuation ended.

    Attributes
    ----------
    point
        The last equilibrium found; it is the answer if ``reached`` is one.
    reached
        Share of the shock up to which an equilibrium was found.
    poorest, income
        Country whose income has fallen most there, and that income over the base year's.
    """

    point: FixedPoint
    reached: float
    poorest: int
    income: float


def follow(base: Baseline, shock: Shock, closure: str, tol: float, max_sweeps: int) -> Path:
    """Solve along the shock with steps that adapt, each started from a secant prediction.

    Parameters
    ----------
    base, shock, closure
        What is solved.
    tol
        Tolerance of the last point.
    max_sweeps
        Sweeps allowed at each point.

    Returns
    -------
    Path
    """
    share, step, sweeps = 0.0, FIRST, 0
    system = System(base, shock, closure, share)
    z = system.start()
    before: tuple[float, Array] | None = None
    residual = np.inf
    while share < 1.0 and step > LEAST:
        goal = min(1.0, share + step)
        system = System(base, shock, closure, goal)
        start = z if before is None else z + (z - before[1]) * (goal - share) / (share - before[0])
        found, _ = near(system, start, tol if goal == 1.0 else ON_THE_WAY, max_sweeps)
        sweeps += found.sweeps
        if found.converged:
            before, share, z, residual = (share, z), goal, found.z, found.residual
            step = min(1.3 * step, WIDEST)
        else:
            step /= 2
    last = System(base, shock, closure, share).sweep(z)
    income = last.I / base.I
    poorest = int(np.argmin(income))
    point = FixedPoint(z, residual, sweeps, 0, share == 1.0)
    return Path(point, share, poorest, float(income[poorest]))
