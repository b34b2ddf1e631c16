# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Why a solve failed: the measure that moves the worst market most."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tertius.equilibrium import Solution, SolveReport
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.system import Gap, System
from tertius.outcomes.limit_notes import limit_notes
from tertius.outcomes.plain import as_shock
from tertius.policy import Scenario, Wedges
from tertius.world import World

__all__ = ["culprit", "told"]


def told(
    report: SolveReport, world: World, scenario: Scenario | None, wedges: Wedges, solution: Solution
) -> SolveReport:
    """Add to a report what quotas and caps do, and after a failure the measure that is behind it.

    Parameters
    ----------
    report
        The story of the solve.
    world
        The base year that was solved.
    scenario
        The measures, or None if wedges were made by hand: then no measure can be named.
    wedges, solution
        What was solved, and how it ended.

    Returns
    -------
    SolveReport
    """
    notes = limit_notes(wedges, solution)
    found = replace(report, notes=(*report.notes, *notes)) if notes else report
    if report.converged or scenario is None:
        return found
    return replace(found, culprit=culprit(scenario, world, solution))


def culprit(scenario: Scenario, world: World, solution: Solution) -> str:
    """Name the measure that moves the worst market of a failed solve most.

    Each measure alone is put on the base year, and the gap that it opens there is evaluated, without
    solving for anything: first in the market itself, then, if no measure touches that, in any market
    of the country, then anywhere.

    Parameters
    ----------
    scenario
        The measures.
    world
        The base year that was solved.
    solution
        The solve that failed; its ``gap`` is the market.

    Returns
    -------
    str
        Label or kind, and place in the file; empty if no measure opens a gap.
    """
    names, gaps = [], []
    for place, measure, wedges in scenario.alone(world):
        names.append(f"{measure.label or measure.kind!r} ({place})")
        with np.errstate(all="ignore"):
            system = System(solution.base, as_shock(world, wedges), solution.system.closure)
            gaps.append(_opened(system, solution.gap))
    for level in np.nan_to_num(np.array(gaps), nan=0.0, posinf=1e300).T:
        if level.max() > NOTHING:
            return names[int(np.argmax(level))]
    return ""


NOTHING = 1e-9  # gap at the base year that is rounding


def _opened(system: System, gap: Gap) -> tuple[float, float, float]:
    """Gap that a system opens at the base year: in one market, in its country, anywhere."""
    gaps = _gaps(system, gap.equation)
    own = gaps[gap.country]
    here = own.max() if gap.column < 0 else own[min(gap.column, len(own) - 1)]
    everywhere = [_gaps(system, e) for e in ("price", "goods", "factor")]
    country = max(float(g[gap.country].max()) for g in everywhere)
    return float(here), country, max(float(g.max()) for g in everywhere)


def _gaps(system: System, equation: str) -> Array:
    """Size of the gaps of one equation at the base year ``[n, column]``."""
    b, s = system.base, system.sweep(_state(system))
    if equation == "price":
        return np.where(b.X > 0, np.abs(s.new_log_p - s.log_p), 0.0)
    if equation == "factor":
        paid = np.where(b.V > 0, b.V, 1.0)
        return np.abs(s.factor_demand - s.factor_income) / paid
    if equation == "income":
        return np.abs(s.I / b.I - 1.0)[:, None]
    if equation == "supply":  # what is lost of each market
        return np.abs(b.pi - system.trade.A).sum(axis=2).T * (b.X > 0)
    if equation == "ration":
        return _rationed(system)
    return np.abs(s.new_X - s.X) / b.I[:, None]


def _state(system: System) -> Array:
    """Give the base year, with licences and refusals one step on: at the start they change nothing."""
    z = system.start()
    if system.rations is not None:
        first = system.rations.start()
        settled = system.sweep(z).settled
        assert settled is not None
        z[-len(first) :] += system.rations.step(first, settled)[0]
    return z


def _rationed(system: System) -> Array:
    """By how much quotas and caps are missed at the base year, at the good they are about ``[n, s]``."""
    gaps = np.zeros(system.base.X.shape)
    if system.rations is not None:
        settled = system.sweep(system.start()).settled
        assert settled is not None
        missed = system.rations.step(system.rations.start(), settled)[1]
        missed[len(settled.licence) :] += settled.gap
        for k, size in enumerate(missed):
            place = system.rations.place(k)
            gaps[place] = max(gaps[place], size)
    return gaps
