# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Solving every case of a study in every elasticity set and closure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium import SolveReport
from tertius.errors import BadInput, unknown
from tertius.labels import resolve
from tertius.outcomes import MEASURES, Equilibrium, solve
from tertius.outcomes.table import variables
from tertius.policy import Scenario
from tertius.routes import Routes
from tertius.study.claims import RoomQuantity
from tertius.study.facts import facts_beside
from tertius.study.schema import StudyFile
from tertius.world import World, list_worlds, load_world

__all__ = ["VARIABLES", "Draw", "Grid", "set_up", "solve_cases", "unit_of"]

Array = NDArray[np.float64]
Progress = Callable[[int, int, str], None]


VARIABLES = {measure: f"Welfare|{measure}" for measure in MEASURES} | {
    "hub_income": "Hub income",
    "additional_transit": "Transit|Additional",
}


def unit_of(measure: str) -> str:
    """Unit of a measure that a quantity may name.

    Examples
    --------
    >>> unit_of("real_income"), unit_of("hub_income")
    ('percent', 'USD million')
    """
    return "rank" if measure == "rank" else MEASURES[measure][1] if measure in MEASURES else "USD million"


@dataclass(frozen=True, slots=True)
class Draw:
    """One solve: which case, under which elasticities and closure, and what came out.

    Attributes
    ----------
    case, elasticity, closure
        What was solved.
    values
        Variable -> (unit, ``[country]``); empty if no equilibrium was found.
    bilateral
        Variable -> percent change, for the focal country and the powers.
    report
        The story of the solve.
    """

    case: str
    elasticity: str
    closure: str
    values: dict[str, tuple[str, Array]]
    bilateral: dict[str, float]
    report: SolveReport


@dataclass(frozen=True, slots=True)
class Grid:
    """All draws of a study on its world.

    Attributes
    ----------
    study, world
        What was asked, on which base year.
    scenarios, routes
        Case -> scenario, and routes or None.
    draws
        One per case, elasticity set and closure, in that order.
    """

    study: StudyFile
    world: World
    scenarios: dict[str, Scenario]
    routes: dict[str, Routes | None]
    draws: tuple[Draw, ...]

    @property
    def sets(self) -> tuple[str, ...]:
        """Elasticity sets to sweep."""
        return self.study.elasticities or tuple(self.world.elasticity_sets)

    def named(self, case: str) -> str:
        """What a case solves: scenario, and routes with the values chosen."""
        routes = self.routes[case]
        return self.scenarios[case].id + (f" over {routes.id}" if routes else "")

    def value(self, draw: Draw, measure: str, name: str) -> float:
        """A measure for a country or group in one draw; NaN if no equilibrium was found.

        A group's real income is the income-weighted mean of its members'; rank 1 gains most.
        """
        if not draw.values:
            return float("nan")
        if measure == "rank":
            real = draw.values["Welfare|real_income"][1]
            return float((real > real[self.world.countries.index(name)]).sum() + 1)
        members = [self.world.countries.index(c) for c in self._members(name)]
        values = draw.values[VARIABLES[measure]][1][members]
        if len(members) == 1 or unit_of(measure) != "percent":
            return float(values.sum())
        weights = self.world.accounts.income[members]
        return float(values @ weights / weights.sum())

    def _members(self, name: str) -> tuple[str, ...]:
        return resolve([name], self.world.countries, self.study.article.published, "study: country")


def set_up(study: StudyFile, source: str = "") -> Grid:
    """Load all that a study names and try it out; nothing is solved, there are no draws yet.

    Parameters
    ----------
    study
        The study file.
    source
        Name of the file, for errors.

    Returns
    -------
    Grid
        Without draws.

    Raises
    ------
    BadInput
        If the study names a world, country, set or scenario that does not exist.
    """
    source = source or f"{study.name}.yaml"
    if study.world not in list_worlds():
        raise unknown(f"{source}: world", "world", study.world, list_worlds())
    world = load_world(study.world)
    _check_names(study, world, source)
    for claim in study.claims:
        tuple(facts_beside(study, claim))
    scenarios = _scenarios(study, world, source)
    return Grid(study, world, scenarios, _routes(study, world, source), ())


def solve_cases(grid: Grid, tell: Progress = lambda *_: None) -> Grid:
    """Solve all cases of a study.

    Parameters
    ----------
    grid
        From :func:`set_up`.
    tell
        Called with done, total and a few words after each solve.

    Returns
    -------
    Grid
        With one draw for each case, elasticity set and closure.
    """
    total = len(grid.scenarios) * len(grid.sets) * len(grid.study.closures)
    draws: list[Draw] = []
    for draw in _draws(grid):
        draws.append(draw)
        tell(len(draws), total, f"{draw.case}, elasticities {draw.elasticity}, {draw.closure}")
    order = {key: k for k, key in enumerate(grid.scenarios)}
    return replace(grid, draws=tuple(sorted(draws, key=lambda d: order[d.case])))


def _scenarios(study: StudyFile, world: World, source: str) -> dict[str, Scenario]:
    """Load the scenario of every case, and try it on the world before anything is solved."""
    found: dict[str, Scenario] = {}
    texts: dict[str, str] = {}
    for key, case in study.cases.items():
        where = f"{source}: cases.{key}.scenario"
        try:
            found[key] = Scenario.load(case.scenario)
            found[key].wedges(world)
        except BadInput as error:
            raise BadInput(f"{where}: {error.where}", error.what, error.remedy) from error
        for part in (found[key], *found[key].parts):
            if texts.setdefault(part.file.name, part.text) != part.text:
                raise BadInput(where, f"another scenario is called {part.file.name!r} too", "rename one")
    return found


def _routes(study: StudyFile, world: World, source: str) -> dict[str, Routes | None]:
    """Load the routes of every case, each file with the same values once, and try them on the world."""
    found: dict[str, Routes | None] = {}
    loaded: dict[str, Routes] = {}
    for key, case in study.cases.items():
        if not case.routes:
            found[key] = None
            continue
        where = f"{source}: cases.{key}.routes"
        try:
            chosen: dict[str, Any] = {str(name): value for name, value in case.choose.items()}
            one = Routes.load(case.routes).at(**chosen)
            found[key] = loaded.setdefault(one.id, one)
            one.flows(world)
        except BadInput as error:
            raise BadInput(f"{where}: {error.where}", error.what, error.remedy) from error
    return found


def _draws(grid: Grid) -> Iterator[Draw]:
    study = grid.study
    for name in grid.sets:
        variant = grid.world.with_elasticity(name)
        for case, scenario in grid.scenarios.items():
            wedges = scenario.wedges(variant)
            for closure in study.closures:
                eq = solve(variant, wedges, closure=closure, routes=grid.routes[case])
                found = eq.report.converged
                values = {v: (unit, x) for v, unit, x in variables(eq)} if found else {}
                yield Draw(case, name, closure, values, _bilateral(study, eq) if found else {}, eq.report)


def _bilateral(study: StudyFile, eq: Equilibrium) -> dict[str, float]:
    """Percent change of the focal country's goods and services trade with each power."""
    new = eq.solution.trade().sum(axis=0)
    old = eq.solution.base.trade.sum(axis=0)
    f = eq.world.countries.index(study.focal)
    out = {}
    for power in study.powers:
        p = eq.world.countries.index(power)
        for name, cell in ((f"Trade|Exports to {power}", (p, f)), (f"Trade|Imports from {power}", (f, p))):
            if old[cell] > 0:
                out[name] = 100.0 * float(new[cell] / old[cell] - 1.0)
    return out


def _check_names(study: StudyFile, world: World, where: str) -> None:
    for field, names in (("focal", (study.focal,)), ("powers", study.powers)):
        for name in names:
            if name not in world.countries:
                raise unknown(f"{where}: {field}", "country", name, world.countries)
    if study.focal in study.powers:
        raise BadInput(f"{where}: powers", f"{study.focal} is the focal country", "take it out of powers")
    for name in study.elasticities:
        if name not in world.elasticity_sets:
            raise unknown(f"{where}: elasticities", "elasticity set", name, world.elasticity_sets)
    for key, q in study.quantities.items():
        if isinstance(q, RoomQuantity):
            continue
        place = f"{where}: quantities.{key}"
        resolve([q.country], world.countries, study.article.published, f"{place}.country")
        if q.over:
            resolve([q.over], world.countries, study.article.published, f"{place}.over")
        if q.measure == "rank" and q.country not in world.countries:
            raise BadInput(f"{place}.country", "a rank is of one country, not of a group")
