# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a base year and a shock to an equilibrium, and the story of the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from tertius.equilibrium.anderson import FixedPoint, damp
from tertius.equilibrium.arrays import Array, Baseline, Shock, Substitution
from tertius.equilibrium.continuation import Path, follow, near
from tertius.equilibrium.diagnose import Blocs, blocs, checked, obstacle
from tertius.equilibrium.factors import furnish, mobile
from tertius.equilibrium.report import Outcome
from tertius.equilibrium.system import Closure, Gap, Sweep, System
from tertius.errors import BadInput

__all__ = ["Solution", "balanced_base", "solve_hats"]

POOR = 0.02  # income over the base year's at which a path that ends has run out of income


@dataclass(frozen=True, slots=True)
class Solution:
    """An equilibrium in plain arrays, or the best state of a search that failed.

    Attributes
    ----------
    base, shock, system
        What was solved.
    z, sweep
        The state at the solution (where a solve nearby may start), and all variables there.
    w_hat
        ``[n]``: reward of an average unit of the country's factors; world value added is the numeraire.
    outcome, method, sweeps, gap, seconds
        The story; ``gap`` names the worst market by index.
    blocs
        More than one group if trade falls apart: relative nominal wages between them are arbitrary.
    reached
        Share of the shock up to which an equilibrium was found.
    """

    base: Baseline
    shock: Shock
    system: System
    z: Array
    sweep: Sweep
    w_hat: Array
    outcome: Outcome
    method: str
    sweeps: int
    gap: Gap
    seconds: float
    blocs: Blocs
    reached: float

    def trade(self) -> Array:
        """New flows before tariff ``[s, n, i]``."""
        s = self.sweep
        return s.trade.B * (s.X.T / s.phi)[:, :, None] * s.supply[:, None, :]

    def share(self) -> Array:
        """New expenditure shares ``[s, n, i]``."""
        s = self.sweep
        return s.trade.A / s.phi[:, :, None] * s.supply[:, None, :]


def solve_hats(
    base: Baseline,
    shock: Shock,
    closure: str = Closure.FIXED,
    tol: float = 1e-10,
    max_sweeps: int = 400,
    start: Array | None = None,
) -> Solution:
    """Find the equilibrium after a shock.

    Parameters
    ----------
    base
        The base year.
    shock
        The counterfactual.
    closure
        ``fixed_deficit`` or ``own_share``.
    tol
        Largest residual of any equation at which to stop.
    max_sweeps
        Sweeps of the accelerated iteration, and of each point if the shock has to be followed in
        parts; the damped iteration that comes last gets ten times as many.
    start
        State of a solve nearby (``Solution.z``, same base) to begin from; None is the base year.

    Returns
    -------
    Solution
        Look at ``outcome`` before using the numbers.

    Raises
    ------
    BadInput
        If the start has not the variables of this system.
    """
    began = perf_counter()
    checked(base, shock)
    system = System(base, shock, closure)
    if start is not None and start.shape != system.start().shape:
        what = f"has shape {start.shape}, not {system.start().shape}"
        raise BadInput("solve: start", what, "take it from a solve with the same base year and limits")
    groups = blocs(system.trade.A)
    closed = obstacle(base, shock, system.trade.A, groups)
    if closed is None:
        point, method, path = _search(base, shock, system, tol, max_sweeps, start)
        outcome, gap, reached = _story(system, point, path)
    else:
        point, method, reached = FixedPoint(system.start(), np.inf, 0, 0, False), "none", 0.0
        outcome, gap = closed.outcome, Gap("supply", closed.countries[0], closed.sector, np.inf)
    with np.errstate(all="ignore"):
        sweep = system.sweep(point.z)
    return Solution(
        base=base,
        shock=shock,
        system=system,
        z=point.z,
        sweep=sweep,
        w_hat=sweep.wages / system.endowment.sum(axis=1),
        outcome=outcome,
        method=method,
        sweeps=point.sweeps,
        gap=gap,
        seconds=perf_counter() - began,
        blocs=groups,
        reached=reached,
    )


def _search(
    base: Baseline,
    shock: Shock,
    system: System,
    tol: float,
    max_sweeps: int,
    start: Array | None,
) -> tuple[FixedPoint, str, Path | None]:
    """Try the fast ways, then a path of growing shocks, then short plain steps."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        point, method = near(system, system.start() if start is None else start, tol, max_sweeps)
        if point.converged:
            return point, method, None
        path = follow(base, shock, system.closure, tol, max_sweeps)
        spent = point.sweeps + path.point.sweeps
        if path.reached == 1.0 or path.income < POOR:
            return replace(path.point, sweeps=spent), "continuation", path
        slow = damp(system.step, path.point.z, tol, 10 * max_sweeps)
        best = slow if slow.converged or slow.residual < point.residual else point
        return replace(best, sweeps=spent + slow.sweeps), "damped", path


def _story(system: System, point: FixedPoint, path: Path | None) -> tuple[Outcome, Gap, float]:
    """Outcome, worst market, and the share of the shock that was solved."""
    if point.converged:
        return Outcome.converged, system.worst(point.z), 1.0
    if path is not None and path.income < POOR:
        return Outcome.no_income, Gap("income", path.poorest, -1, path.income), path.reached
    return Outcome.too_many_sweeps, system.worst(point.z), 0.0 if path is None else path.reached


def balanced_base(base: Baseline, tol: float = 1e-12) -> tuple[Baseline, Solution]:
    """Solve the base year again without deficits and give it as a new base.

    It is the long run: one mobile factor and Cobb-Douglas, whatever comes later on top.

    Parameters
    ----------
    base
        The base year with its deficits.
    tol
        Tolerance of that solve.

    Returns
    -------
    tuple
        The balanced base, and the solve that made it. Prices and wages of the new base are its units.
    """
    plain = furnish(base, mobile(base), Substitution())
    found = solve_hats(replace(plain, D=np.zeros_like(base.D)), Shock(), Closure.FIXED, tol)
    s = found.sweep
    flat = replace(found.base, pi=np.ascontiguousarray(found.share()), X=s.X, VA=s.wages, R=s.revenue, I=s.I)
    return furnish(flat, mobile(flat), Substitution()), found
