# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`solve`: labels are dropped once, the equilibrium is found, labels come back with the story."""

from __future__ import annotations

from tertius.equilibrium import Baseline, Closure, Outcome, Solution, SolveReport, Substitution, solve_hats
from tertius.equilibrium.factors import furnish, mobile, specific
from tertius.errors import BadInput, unknown
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.plain import as_shock, base_year
from tertius.policy import Scenario, Wedges
from tertius.world import World

__all__ = ["solve"]

FACTORS = {"mobile": 0.0, "specific": 1.0}
BALANCED_NOTE = "deficits are zero: the base year was solved again without them, and hats are relative to it"


def solve(
    world: World,
    scenario: Scenario | Wedges,
    closure: str = Closure.FIXED,
    routes: object | None = None,
    tol: float = 1e-10,
    backend: str = "numpy",
    max_sweeps: int = 400,
    factors: str | float = "mobile",
    substitution: Substitution | None = None,
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
        Not there yet: must be None.
    tol
        Largest residual of any equation at which to stop.
    backend
        "numpy"; "jax" is not there yet.
    max_sweeps
        Sweeps allowed before the slower, safer ways are tried.
    factors
        "mobile": one factor that moves between sectors (the long run); "specific": none moves (the
        short run); a number: the share of value added that is tied to its sector.
    substitution
        Elasticities within a country; None is Cobb-Douglas throughout.

    Returns
    -------
    Equilibrium
        Its ``report`` says whether and how an equilibrium was found.

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
    _check_options(closure, routes, tol, backend, factors)
    wedges = scenario.wedges(world) if isinstance(scenario, Scenario) else scenario
    name = scenario.id if isinstance(scenario, Scenario) else "wedges"
    base = _furnished(base_year(world, closure), factors, substitution)
    rule = Closure.FIXED if closure == Closure.BALANCED else closure
    solution = solve_hats(base, as_shock(world, wedges), rule, tol, max_sweeps)
    return Equilibrium(world, name, _report(world, solution, closure, tol), solution)


def _check_options(
    closure: str, routes: object | None, tol: float, backend: str, factors: str | float
) -> None:
    if closure not in Closure.ALL:
        raise unknown("solve: closure", "closure", closure, Closure.ALL)
    if routes is not None:
        raise BadInput(
            "solve: routes", "routes through third territory are not there yet", "leave routes=None"
        )
    if backend != "numpy":
        known = "is not there yet" if backend == "jax" else "is not a known backend"
        raise BadInput("solve: backend", f"{backend!r} {known}", "use backend='numpy'")
    if isinstance(factors, str) and factors not in FACTORS:
        raise unknown("solve: factors", "arrangement of factors", factors, FACTORS)
    if not isinstance(factors, str) and not 0.0 <= factors <= 1.0:
        raise BadInput("solve: factors", f"{factors!r} is not a share between 0 and 1")
    if not 0 < tol < 1e-2:
        raise BadInput("solve: tol", f"{tol!r} is not between 0 and 0.01", "1e-10 is the default")


def _furnished(base: Baseline, factors: str | float, substitution: Substitution | None) -> Baseline:
    """Give the base year its factors and substitution; the plain one is used as it is."""
    tied = FACTORS[factors] if isinstance(factors, str) else float(factors)
    if tied == 0.0 and substitution in (None, Substitution()):
        return base
    return furnish(base, specific(base, tied) if tied else mobile(base), substitution or Substitution())


def _column(world: World, solution: Solution) -> str:
    """Name of the worst market's column: a sector, or a factor."""
    gap, factors = solution.gap, solution.base.V.shape[1]
    sector = gap.column - (factors - len(world.sectors)) if gap.equation == "factor" else gap.column
    return world.sectors[sector] if sector >= 0 and (gap.equation != "factor" or factors > 1) else "mobile"


def _report(world: World, solution: Solution, closure: str, tol: float) -> SolveReport:
    gap = solution.gap
    sector = f" {_column(world, solution)}" if gap.column >= 0 else ""
    notes = [BALANCED_NOTE] if closure == Closure.BALANCED else []
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
