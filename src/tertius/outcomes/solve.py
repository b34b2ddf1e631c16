# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`solve`: labels are dropped once, the equilibrium is found, labels come back with the story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tertius.equilibrium import Baseline, Closure, Outcome, Solution, SolveReport, Substitution, solve_hats
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.factors import furnish, mobile, skills, specific
from tertius.errors import BadInput, unknown
from tertius.outcomes.culprit import told
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.factors import factor_names, skilled_share
from tertius.outcomes.plain import as_shock, base_year, check_kinds
from tertius.outcomes.runs import Run, chosen
from tertius.outcomes.runs import notes as run_notes
from tertius.policy import Scenario, Wedges
from tertius.routes import Routes
from tertius.world import World

__all__ = ["solve"]

BALANCED_NOTE = "deficits are zero: the base year was solved again without them, and hats are relative to it"


def solve(
    world: World,
    scenario: Scenario | Wedges,
    closure: str = Closure.FIXED,
    routes: Routes | None = None,
    tol: float = 1e-10,
    backend: str = "numpy",
    max_sweeps: int = 400,
    factors: str | float | None = None,
    substitution: Substitution | None = None,
    run: str = "long",
    trade_elasticity_scale: float | None = None,
    skilled: Array | Mapping[str, float] | None = None,
    start: Array | None = None,
) -> Equilibrium:
    """Find the equilibrium of a scenario on a world.

    Parameters
    ----------
    world
        The base year.
    scenario
        A scenario, or wedges made from one or by hand.
    closure
        ``fixed_deficit`` (in units of world value added), ``balanced`` (the base year is solved again
        without deficits first), ``own_share`` (of own value added, re-centred to sum to zero).
    routes
        Routes through third territory (:class:`tertius.Routes`): bans then close the direct route only.
        None sends all goods directly.
    tol
        Largest residual of any equation at which to stop.
    backend
        "numpy"; "jax" is not there yet.
    max_sweeps
        Sweeps allowed before the slower, safer ways are tried.
    factors
        "mobile": one factor that moves between sectors; "specific": none moves; a number: the share of
        value added that is tied to its sector; "skills": two kinds of labour, both mobile. None: the run's.
    substitution
        Elasticities within a country; None: the run's.
    run
        "long": mobile factors, Cobb-Douglas, the world's trade elasticities. "short": specific factors,
        substitution 0.2 in production, trade elasticities times 0.38; ranges and sources of these numbers
        stand in ``tertius.outcomes.runs.RANGES``.
    trade_elasticity_scale
        Factor on all trade elasticities, also those that turn a partial ban into a cost; None: the run's.
    skilled
        With two skills: share of the skilled in value added, ``[sector]``, ``[country, sector]``, or by
        name of sector; None, or a sector not named: the shipped share.
    start
        State of a solve nearby (``eq.solution.z``; same world, closure, routes and run) to begin from,
        which spares sweeps; None is the base year.

    Returns
    -------
    Equilibrium
        Its ``report`` says whether and how an equilibrium was found; its ``world`` has the trade
        elasticities that were used.

    Raises
    ------
    BadInput
        If the wedges do not fit the world or an option is unknown.

    Examples
    --------
    >>> import tertius as tt
    >>> eq = tt.solve(tt.load_world("icio-2021"), tt.Scenario.load("embargo-rus-kaz"))
    >>> eq.report.converged
    True
    """
    _check_options(closure, routes, tol, backend)
    settings = chosen(run, factors, substitution, trade_elasticity_scale, skilled is not None)
    used = _scaled(world, settings.trade_elasticity_scale)
    wedges = (
        scenario.wedges(used) if isinstance(scenario, Scenario) else _for(used, world, scenario, settings)
    )
    check_kinds(wedges, settings.factors)
    base = _furnished(base_year(world, closure, routes), used, settings, skilled)
    rule = Closure.FIXED if closure == Closure.BALANCED else closure
    solution = solve_hats(base, as_shock(used, wedges, routes), rule, tol, max_sweeps, start)
    asked = scenario if isinstance(scenario, Scenario) else None
    report = told(_report(used, solution, closure, tol, settings), used, asked, wedges, solution)
    return Equilibrium(used, asked.id if asked else "wedges", report, solution, settings, asked, routes)


def _scaled(world: World, scale: float) -> World:
    """Give the world with all trade elasticities times a factor; the same world for one."""
    if scale == 1.0:
        return world
    found = world.with_elasticity(scale * world.elasticity_values)
    return replace(found, elasticity_name=f"{world.elasticity_name} x {scale:g}")


def _for(used: World, world: World, wedges: Wedges, settings: Run) -> Wedges:
    """Refuse partial bans that were turned into costs with other elasticities, with a remedy that works."""
    if wedges.theta is None or used is world or np.array_equal(wedges.theta, used.elasticity_values):
        return wedges
    scale = settings.trade_elasticity_scale
    raise BadInput(
        "solve: scenario",
        "these wedges turned partial bans into costs with other trade elasticities than"
        f" {used.elasticity_name}",
        "pass the scenario itself, or make the wedges with"
        f" scenario.wedges(world.with_elasticity({scale!r} * world.elasticity.values))",
    )


def _check_options(closure: str, routes: object | None, tol: float, backend: str) -> None:
    if closure not in Closure.ALL:
        raise unknown("solve: closure", "closure", closure, Closure.ALL)
    if not isinstance(routes, Routes | None):
        raise BadInput("solve: routes", f"{routes!r} are no routes", "use tertius.Routes.load(name)")
    if backend != "numpy":
        known = "is not there yet" if backend == "jax" else "is not a known backend"
        raise BadInput("solve: backend", f"{backend!r} {known}", "use backend='numpy'")
    if not 0 < tol < 1e-2:
        raise BadInput("solve: tol", f"{tol!r} is not between 0 and 0.01", "1e-10 is the default")


def _furnished(
    base: Baseline, world: World, settings: Run, skilled: Array | Mapping[str, float] | None
) -> Baseline:
    """Give the base year its elasticities and factors; the plain one is used as it is.

    A base year without deficits was found in the long run, whatever the run: it is no short-run answer.
    """
    if settings.trade_elasticity_scale != 1.0:
        base = replace(base, theta=np.tile(world.elasticity_values, base.uses))
    if settings.factors == "skills":
        return furnish(
            base, skills(base, np.tile(skilled_share(world, skilled), base.uses)), settings.substitution
        )
    tied = {"mobile": 0.0, "specific": 1.0}.get(str(settings.factors)) or 0.0
    tied = tied if isinstance(settings.factors, str) else float(settings.factors)
    if tied == 0.0 and settings.substitution == Substitution():
        return base
    return furnish(base, specific(base, tied) if tied else mobile(base), settings.substitution)


def _column(world: World, solution: Solution, settings: Run) -> str:
    """Name of the worst market's column: a sector, or a factor."""
    gap = solution.gap
    names = factor_names(world, settings.factors) if gap.equation == "factor" else world.sectors
    return names[gap.column % len(names)].removesuffix(" specific")


def _report(world: World, solution: Solution, closure: str, tol: float, settings: Run) -> SolveReport:
    gap = solution.gap
    sector = f" {_column(world, solution, settings)}" if gap.column >= 0 else ""
    notes = [BALANCED_NOTE] if closure == Closure.BALANCED else []
    notes += run_notes(settings)
    if len(solution.blocs) > 1 and solution.outcome is Outcome.converged:
        cut = ", ".join("+".join(world.countries[n] for n in b) for b in solution.blocs[:-1])
        notes.append(
            f"{cut} trades with nobody else: its nominal wages relative to the rest are arbitrary"
            " (and real incomes inside it, as far as its members have deficits among themselves)"
        )
    return SolveReport(
        outcome=solution.outcome,
        sweeps=solution.sweeps,
        residual=gap.size,
        worst=f"{world.countries[gap.country]}{sector}"
        + ("" if gap.equation == "supply" else f" {gap.equation}"),
        seconds=solution.seconds,
        method=solution.method,
        tol=tol,
        closure=closure,
        reached=solution.reached,
        notes=tuple(notes),
    )
