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
from dataclasses import dataclass
from typing import Any

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput
from tertius.outcomes.lever_cells import band_sets
from tertius.outcomes.union_cell import PARTS, UnionCell, union_cell
from tertius.outcomes.union_result import UnionValue
from tertius.outcomes.union_state import Rules, rules
from tertius.policy import Scenario
from tertius.routes import Routes, list_routes
from tertius.text import say
from tertius.world import World

__all__ = ["BORDER", "union_value"]

BORDER = (0.05, 0.02, 0.1)
BASE = "2021"
ROUTE_LEVELS = {name: {"shares": name, "margin": name, "rent": name} for name in ("low", "high")}
"""Ends of the range of re-exports: what goes through hubs, what they keep of it, how much of that is rent."""


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
    through = _routes(routes, focal, rule.members)
    sets = band_sets(world, elasticities)
    named = [_scenario(s) for s in scenarios]
    tasks = _tasks(len(named), sets, through)

    def work(task: _Task) -> UnionCell:
        name = task.elasticity
        used = world if name == world.elasticity_name else world.with_elasticity(name)
        return union_cell(used, rule, named[task.scenario][1], task.routes, tuple(border), closure)

    cells: dict[_Task, UnionCell] = {}
    with ThreadPoolExecutor(max(1, workers)) as threads:
        for done, (task, cell) in enumerate(zip(tasks, threads.map(work, tasks), strict=True), 1):
            cells[task] = cell
            if tell is not None:
                tell(done, len(tasks), f"{named[task.scenario][0]}, {task.elasticity} {task.level}".rstrip())
    return UnionValue(
        focal=focal,
        union=union,
        world=world.name,
        income=float(world.accounts.income[rule.focal]),
        scenarios=tuple(n for n, _ in named),
        sets=sets,
        border=tuple(border),
        routes="" if through is None else through.id,
        notes=_notes(through, rule),
        **_gathered(cells, len(named), len(border)),
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """One cell to solve: number of the scenario, elasticity set, routes, and their level if not central."""

    scenario: int
    elasticity: str
    routes: Routes | None
    level: str = ""


def _tasks(scenarios: int, sets: tuple[str, ...], routes: Routes | None) -> list[_Task]:
    """All sets with the routes as they are; then the ends of the routes' ranges with the first set."""
    numbers = range(scenarios)
    tasks = [_Task(j, name, routes) for j in numbers for name in sets]
    if routes is not None:
        ends = {level: routes.at(**chosen) for level, chosen in ROUTE_LEVELS.items()}
        tasks += [_Task(j, sets[0], end, level) for level, end in ends.items() for j in numbers]
    return tasks


def _gathered(cells: Mapping[_Task, UnionCell], scenarios: int, borders: int) -> dict[str, Any]:
    """Arrays of a :class:`UnionValue` from its cells."""
    main = [c for t, c in cells.items() if not t.level]
    split = [c.parts() for c in main]
    ends = {name: [c for t, c in cells.items() if t.level == name] for name in ROUTE_LEVELS}
    ends = {name: own for name, own in ends.items() if own}

    def table(values: Iterable[float]) -> Array:
        return np.array(list(values)).reshape(scenarios, -1)

    return {
        "total": table(c.total for c in main),
        "parts": {p: table(own[p] for own in split) for p in PARTS},
        "total_by_border": np.array([c.by_border for c in main]).reshape(scenarios, -1, borders),
        "total_open": table(c.total_open for c in main),
        "total_by_routes": {n: np.array([c.total for c in own]) for n, own in ends.items()},
        "re_export_by_routes": {
            n: np.array([c.parts()["re-export"] for c in own]) for n, own in ends.items()
        },
        "pool": table(c.pool for c in main),
    }


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


def _notes(routes: Routes | None, rule: Rules) -> tuple[str, ...]:
    notes = [rule.note]
    if routes is None:
        notes.append(
            say(
                "no routes lead through the focal state: the re-export part is zero because it was not"
                " computed"
            )
        )
    else:
        notes.append(
            say(
                "re-exports go by the routes {routes}, none at all through a non-member; its range is over"
                " shares,"
                " margins and rents of hubs together; who passes the focal state on the way to another hub"
                " is not followed",
                routes=routes.id,
            )
        )
    return tuple(n for n in notes if n)
