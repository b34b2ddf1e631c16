# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What is to be solved for a payoff surface: checked once, and the same for solving and for the cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from tertius.choice.levers import MEMBERSHIP, the_lever
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown
from tertius.labels import resolve
from tertius.outcomes.runs import RUNS
from tertius.policy import Scenario
from tertius.policy.lever import Lever
from tertius.routes import Routes, merged
from tertius.world import World

__all__ = ["CHINA", "OPTIONS", "POINTS", "Plan", "plan"]

CHINA = {"china": 0.95, "china-low": 0.98, "china-high": 0.90}
"""Cost of trade in goods between the focal state and China, new over old: an assumption with its range."""
OPTIONS = ("join", *CHINA)
POINTS = 11


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """All that a payoff surface hangs on, besides the world.

    Attributes
    ----------
    players
        Focal state, western power, eastern power, as they were named.
    west, east
        Countries of the powers.
    scenario
        Sanctions that hold in every state.
    routes
        Routes through third territory, those of the levers included, or None.
    hub
        Whether the focal state is one of their hubs: otherwise a stance changes nothing.
    levers
        W's and R's.
    intensity
        Share of each lever that is pulled.
    stance
        ``[n, G]``, as in :class:`Payoffs`.
    groups
        Goods groups of each column of ``stance``; no names are all.
    sets
        Elasticity sets.
    run, closure, tol
        As in :func:`tertius.solve`.
    options
        Names from ``OPTIONS``.
    offer
        China's offer that holds in every state, a key of ``CHINA``, or empty.
    """

    players: tuple[str, str, str]
    west: tuple[str, ...]
    east: tuple[str, ...]
    scenario: Scenario
    routes: Routes | None
    hub: bool
    levers: tuple[Lever, Lever]
    intensity: tuple[float, float]
    stance: Array
    groups: tuple[tuple[str, ...], ...]
    sets: tuple[str, ...]
    run: str
    closure: str
    tol: float
    options: tuple[str, ...]
    offer: str


def plan(
    world: World,
    focal: str,
    powers: Sequence[str],
    scenario: str | Path | Scenario,
    routes: str | Path | Routes | None,
    levers: Sequence[str],
    intensity: Sequence[float],
    stances: int | Sequence[float],
    groups: Iterable[str],
    elasticities: Sequence[str] | None,
    run: str,
    closure: str,
    options: Iterable[str],
    offer: str,
    catalogues: Iterable[str | Path] | None,
    tol: float,
) -> Plan:
    """Check what was asked, and look up what it names; parameters as in :func:`payoff_surface`."""
    if run not in RUNS:
        raise unknown("choice: run", "run", run, RUNS)
    west, east = _powers(world, focal, powers)
    threats = [
        the_lever(world, focal, power, members, side, name, catalogues)
        for side, power, members, name in zip(("west", "east"), powers, (west, east), levers, strict=True)
    ]
    for side, h in zip(("west", "east"), intensity, strict=True):
        if not 0.0 <= h <= 1.0:
            raise BadInput(f"choice: intensity of the {side}ern lever", f"{h!r} is not between 0 and 1")
    chosen = None if routes is None else routes if isinstance(routes, Routes) else Routes.load(routes)
    hub = chosen is not None and focal in chosen.flows(world).hubs
    columns = _columns(chosen, tuple(groups)) if hub else ((),)
    names = tuple(options)
    _check_names(world, focal, names, offer)
    return Plan(
        players=(focal, powers[0], powers[1]),
        west=west,
        east=east,
        scenario=scenario if isinstance(scenario, Scenario) else Scenario.load(scenario),
        routes=_with_levers(chosen, threats, run),
        hub=hub,
        levers=(threats[0], threats[1]),
        intensity=(float(intensity[0]), float(intensity[1])),
        stance=_stance(stances, len(columns)),
        groups=columns,
        sets=_sets(world, elasticities),
        run=run,
        closure=closure,
        tol=tol,
        options=names,
        offer=offer,
    )


def _check_names(world: World, focal: str, options: tuple[str, ...], offer: str) -> None:
    for name in options:
        if name not in OPTIONS:
            raise unknown("choice: options", "option", name, OPTIONS)
    if offer and offer not in CHINA:
        raise unknown("choice: offer", "offer", offer, tuple(CHINA))
    if (offer or set(options) & set(CHINA)) and ("CHN" not in world.countries or focal == "CHN"):
        raise BadInput(
            "choice: China's offer", f"there is no China beside {focal} in this world", "leave it out"
        )


def _powers(world: World, focal: str, powers: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Countries of the two powers: other ones than the focal state, and other ones than each other's."""
    resolve((focal,), world.countries, MEMBERSHIP, "choice: focal")
    if len(powers) != 2:
        raise BadInput("choice: powers", f"{len(powers)} are given", "name a western and an eastern one")
    west, east = (resolve((p,), world.countries, MEMBERSHIP, "choice: powers") for p in powers)
    for power, members in zip(powers, (west, east), strict=True):
        if focal in members:
            what = f"the focal state {focal} is among the powers" + (f" ({power})" if power != focal else "")
            raise BadInput("choice: powers", what, "choose another focal state, or other powers")
    if both := sorted(set(west) & set(east)):
        raise BadInput("choice: powers", f"{both[0]} is in both {powers[0]} and {powers[1]}", "name others")
    return west, east


def _columns(routes: Routes | None, names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Goods groups of each stance: all together, or those named and then the rest."""
    assert routes is not None
    known = [g.name for g in routes.file.groups]
    for name in names:
        if name not in known:
            raise unknown("choice: groups", "goods group", name, known)
    rest = tuple(g for g in known if g not in names)
    if names and not rest:
        raise BadInput("choice: groups", "all goods groups are named", "leave some, or name none")
    return (names, rest) if names else ((),)


def _stance(stances: int | Sequence[float], columns: int) -> Array:
    """Every combination of the points of each column, the last one fastest."""
    where = "choice: stances"
    if isinstance(stances, int):
        if stances < 2:
            raise BadInput(where, f"{stances} is not enough", "full tolerance and strict compliance are two")
        points = [k / (stances - 1) for k in range(stances)]
    else:
        points = [float(x) for x in stances]
    if not points:
        raise BadInput(where, "the stance set is empty", "give 0, 1 and what lies between")
    if any(not 0.0 <= x <= 1.0 for x in points) or points != sorted(set(points)):
        raise BadInput(where, f"{points} do not rise from 0 to 1", "0 is full tolerance, 1 strict compliance")
    if points[0] != 0.0 or points[-1] != 1.0:
        raise BadInput(
            where, "0 or 1 is missing", "full tolerance (0) and strict compliance (1) are compared"
        )
    return np.array(list(product(points, repeat=columns)))


def _sets(world: World, asked: Sequence[str] | None) -> tuple[str, ...]:
    """Sets of elasticities, the central one first."""
    if asked is None:
        return (world.elasticity_name, *(n for n in world.elasticity_sets if n != world.elasticity_name))
    if not asked:
        raise BadInput("choice: elasticities", "names no set", "name one, or None for all")
    known = {world.elasticity_name, *world.elasticity_sets}
    for name in asked:
        if name not in known:
            raise unknown("choice: elasticities", "elasticity set", name, sorted(known))
    return tuple(asked)


def _with_levers(routes: Routes | None, levers: Iterable[Lever], run: str) -> Routes | None:
    """Add the routes that a lever closes, such as a pipeline."""
    for lever in levers:
        if not lever.spec.routes or (run == "short" and lever.spec.short_run):
            continue
        own = Routes.load(lever.spec.routes)
        if routes is None:
            routes = own
        elif lever.spec.routes not in routes.file.name.split("+"):
            routes = merged(routes, own)
    return routes
