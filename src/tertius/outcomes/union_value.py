# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Value of a customs union to one member: as it is against as if it had left, and which part comes from what.

Parts: tariff (own schedule instead of the common one, duties between the two, the pool of duties), border
(costs
of a customs border), re-export (goods of others on to the union). Split by Shapley values over the three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from tertius.errors import BadInput
from tertius.outcomes.lever_cells import band_sets
from tertius.outcomes.shapley import shapley, subsets
from tertius.outcomes.union_result import UnionValue
from tertius.outcomes.union_state import Rules, State, rules, state
from tertius.policy import Scenario
from tertius.routes import Routes, list_routes
from tertius.world import World

__all__ = ["BORDER", "PARTS", "union_value"]

PARTS = ("tariff", "border", "re-export")
BORDER = (0.05, 0.02, 0.1)
BASE = "2021"
Team = frozenset[str]


def union_value(
    world: World,
    focal: str = "KAZ",
    union: str = "EAEU",
    scenarios: Sequence[str | Scenario | None] = (None, "sanctions-2022@december"),
    border: Sequence[float] = BORDER,
    routes: Routes | str | None = "",
    common: Mapping[str, float] | None = None,
    national: Mapping[str, float] | None = None,
    key: Mapping[str, float] | None = None,
    free: Iterable[str] | None = None,
    elasticities: Sequence[str] | None = None,
    closure: str = "fixed_deficit",
    workers: int = 2,
    tell: Callable[[int, int, str], None] | None = None,
) -> UnionValue:
    """Value a customs union to one of its members.

    Parameters
    ----------
    world
        The base year.
    focal
        The member.
    union
        A group of countries.
    scenarios
        Policy of others in force: shipped names, scenarios, or None for the base year; "before" comes first.
    border
        Costs of the customs border of a non-member as shares of value, the central one first.
    routes
        Routes through the focal state, on which re-exports go; "" is the shipped file that has it as a hub
        of the union,
        None leaves the part out.
    common, national
        Tariff by sector of the union toward outsiders, and of the focal state alone; None is the shipped
        schedule of the
        Eurasian Economic Union, and that scaled to Kazakhstan's average binding in the WTO.
    key
        Shares in the pool of import duties; empty means no pool, None that of the Eurasian Economic Union.
    free
        Outsiders whose goods pay no duty either way; None is the free-trade area of the CIS.
    elasticities
        Sets, the central one first; None is the world's own and then all others.
    closure
        As in :func:`tertius.solve`.
    workers
        Threads.
    tell
        Called with how many cells are done, how many there are, and which.

    Returns
    -------
    UnionValue

    Raises
    ------
    BadInput
        If the state is no member, or the union is not the Eurasian one and no schedule is given.
    NotSolved
        If some state has no equilibrium.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("icio-2021")
    >>> v = tt.union_value(w, scenarios=(None,), elasticities=("FGO",), border=(0.05,), routes=None)
    >>> bool(abs(sum(p[0, 0] for p in v.parts.values()) - v.total[0, 0]) < 1e-10)
    True
    """
    if not border or min(border) < 0:
        raise BadInput(
            "union value: border", f"{border!r} are no shares of value >= 0", "such as (0.05, 0.02, 0.1)"
        )
    rule = rules(world, focal, union, common, national, key, free)
    found = _routes(routes, focal, rule.members)
    sets = band_sets(world, elasticities)
    named = [_scenario(s) for s in scenarios]
    tasks = [(j, k) for j in range(len(named)) for k in range(len(sets))]

    def work(task: tuple[int, int]) -> tuple[dict[Team, State], list[float]]:
        scenario, name = named[task[0]][1], sets[task[1]]
        used = world if name == world.elasticity_name else world.with_elasticity(name)
        return _states(used, rule, scenario, found, tuple(border), closure)

    shape = (len(named), len(sets))
    total, pool, parts = np.zeros(shape), np.zeros(shape), {p: np.zeros(shape) for p in PARTS}
    by_border = np.zeros((*shape, len(border)))
    with ThreadPoolExecutor(max(1, workers)) as threads:
        for done, ((j, k), (states, left)) in enumerate(zip(tasks, threads.map(work, tasks), strict=True), 1):
            log = {team: 100.0 * s.log_real_income for team, s in states.items()}
            split = shapley(PARTS, lambda team, log=log: log[team])  # type: ignore[misc]
            for part in PARTS:
                parts[part][j, k] = float(split[part])
            whole = frozenset(PARTS)
            total[j, k], pool[j, k] = log[whole] - log[frozenset()], states[whole].pool
            by_border[j, k] = [log[whole] - 100.0 * x for x in left]
            if tell is not None:
                tell(done, len(tasks), f"{named[j][0]}, {sets[k]}")
    return UnionValue(
        focal,
        union,
        world.name,
        total,
        parts,
        by_border,
        pool,
        float(world.accounts.income[rule.focal]),
        tuple(n for n, _ in named),
        sets,
        tuple(border),
        "" if found is None else found.id,
        _notes(found, rule),
    )


def _scenario(given: str | Scenario | None) -> tuple[str, Scenario | None]:
    if given is None:
        return BASE, None
    found = Scenario.load(given) if isinstance(given, str) else given
    return found.id, found


def _routes(given: Routes | str | None, focal: str, members: tuple[str, ...]) -> Routes | None:
    """The routes asked for, or the shipped ones that lead through the focal state to another member."""
    if given is None or isinstance(given, Routes):
        return given
    if given:
        return Routes.load(given)
    for name in list_routes():
        found = Routes.load(name)
        if any(focal in p.hubs and set(p.destinations) & set(members) for p in found.file.paths):
            return found
    return None


def _states(
    world: World,
    rule: Rules,
    scenario: Scenario | None,
    routes: Routes | None,
    border: tuple[float, ...],
    closure: str,
) -> tuple[dict[Team, State], list[float]]:
    """Equilibria of all mixtures of member and non-member; and of the non-member at each border cost."""
    wedges = None if scenario is None else scenario.wedges(world)
    made: dict[Team, State] = {}
    for team in subsets(PARTS):
        same = team | {"re-export"} if routes is None else team
        if same in made:  # without routes there is nothing to re-export
            made[team] = made[same]
            continue
        made[team] = state(world, rule, wedges, routes, same, border[0], closure)
        made[same] = made[team]
    nothing = frozenset({"re-export"}) if routes is None else frozenset[str]()
    left = [made[frozenset()].log_real_income]
    left += [state(world, rule, wedges, routes, nothing, b, closure).log_real_income for b in border[1:]]
    return made, left


def _notes(routes: Routes | None, rule: Rules) -> tuple[str, ...]:
    notes = [rule.note]
    if routes is None:
        notes.append(
            "no routes lead through the focal state: the re-export part is zero because it was not computed"
        )
    return tuple(n for n in notes if n)
