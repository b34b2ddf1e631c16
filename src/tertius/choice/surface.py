# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The payoff surface: exact real incomes of three players at every stance, in four states.

Either power strikes or not: four equilibria for each stance, no additive penalties (METHODS, section 8).
Traffic is that of the state in which nobody strikes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from tertius.choice.cache import kept
from tertius.choice.payoffs import Payoffs
from tertius.choice.plan import POINTS, plan
from tertius.choice.solving import STATES, Chain, Job
from tertius.equilibrium.arrays import Array
from tertius.policy import Scenario
from tertius.routes import Routes
from tertius.world import World

__all__ = ["payoff_surface"]

POWERS = ("coalition-2022", "RUS")
TOL = 1e-10


def payoff_surface(
    world: World,
    focal: str = "KAZ",
    powers: Sequence[str] = POWERS,
    scenario: str | Path | Scenario = "sanctions-2022@june",
    routes: str | Path | Routes | None = "kazakhstan-2022",
    levers: Sequence[str] = ("", ""),
    intensity: Sequence[float] = (1.0, 1.0),
    stances: int | Sequence[float] = POINTS,
    groups: Iterable[str] = (),
    elasticities: Sequence[str] | None = None,
    run: str = "long",
    closure: str = "fixed_deficit",
    options: Iterable[str] = ("join",),
    offer: str = "",
    catalogues: Iterable[str | Path] | None = None,
    workers: int = 2,
    tol: float = TOL,
    cache: bool = True,
    tell: Callable[[int, int, str], None] | None = None,
) -> Payoffs:
    """Solve what every stance of a state is worth, to it and to two powers, whoever strikes.

    Parameters
    ----------
    world
        The base year.
    focal
        Code of the state that chooses.
    powers
        The western and the eastern power, countries or groups: sensitive goods go to the eastern one.
    scenario
        Sanctions that hold in every state.
    routes
        Routes through third territory; None, or routes of which the focal state is no hub: traffic is zero
        and stances do nothing.
    levers
        W's and R's, names or ids of the catalogue; empty is the default of :mod:`tertius.choice.levers`.
    intensity
        Share of each lever that is pulled, between 0 and 1.
    stances
        How many points between full tolerance (0) and strict compliance (1), or the points.
    groups
        Goods groups of the routes file with a stance of their own, the rest having another one; none is one
        stance for all.
    elasticities
        Sets, the central one first; None is the world's own and then all others it has.
    run, closure, tol
        As in :func:`tertius.solve`.
    options
        What lies off the line: "join" (strict compliance and the coalition's bans as its own), "china" (full
        tolerance and cheaper trade with China, which costs nothing here), "china-low", "china-high" (ends of
        that assumption's range).
    offer
        China's offer in every state, as a scenario: "china", "china-low", "china-high", or none.
    catalogues
        As in :func:`tertius.levers`.
    workers
        Threads.
    cache
        Whether to look into, and leave the result in, the user's cache folder.
    tell
        Called with how many chains of solves are done, how many there are, and which.

    Returns
    -------
    Payoffs
        Equivalent variation against the base year with its routes, USD million.

    Raises
    ------
    BadInput
        If a name is unknown, the focal state is among the powers, a power has no lever, or the stances are
        no grid from 0 to 1.
    NotSolved
        If an equilibrium is not found; the message names stance, state and set.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("eurasia-2021")
    >>> found = payoff_surface(w, stances=2, elasticities=["FGO"], options=(), cache=False)
    >>> found.traffic[0].tolist(), bool(found.value[0, 0, 0, 1, 0] < found.value[0, 0, 0, 0, 0])
    ([1.0, 0.0], True)
    """
    asked = plan(world, focal, powers, scenario, routes, levers, intensity, stances, groups, elasticities,
                 run, closure, options, offer, catalogues, tol)  # fmt: skip
    return kept(world, asked, cache, lambda: _solved(Job(world, asked), workers, tell))


def _solved(job: Job, workers: int, tell: Callable[[int, int, str], None] | None) -> Payoffs:
    """Solve every chain; within one, stances follow each other."""
    p = job.plan
    chains = [
        Chain(name, option, west, east)
        for option in ("", *p.options)
        for name in p.sets
        for west, east in STATES
    ]
    value = np.empty((len(p.sets), 3, len(p.stance), 2, 2))
    traffic = np.zeros((len(p.sets), len(p.stance)))
    options = {name: np.empty((len(p.sets), 3, 2, 2)) for name in p.options}
    flow = {name: np.zeros(len(p.sets)) for name in p.options}
    with ThreadPoolExecutor(max(1, workers)) as pool:
        for k, (chain, found) in enumerate(zip(chains, pool.map(job.run, chains), strict=True), start=1):
            e, at = p.sets.index(chain.elasticity), (chain.west, chain.east)
            quiet = at == (0, 0)
            if chain.option:
                options[chain.option][e][:, *at] = found.value[:, 0]
                flow[chain.option][e] = found.traffic[0] if quiet else flow[chain.option][e]
            else:
                value[e][:, :, *at] = found.value
                traffic[e] = found.traffic if quiet else traffic[e]
            if tell is not None:
                tell(k, len(chains), str(chain))
    whole = traffic[:, 0]  # the first stance is full tolerance
    return Payoffs(
        players=p.players,
        sets=p.sets,
        stance=p.stance,
        traffic=_over(traffic, whole[:, None]),
        value=value,
        income=job.income,
        levers=(p.levers[0].id, p.levers[1].id),
        options=options,
        option_traffic={name: _over(values, whole) for name, values in flow.items()},
    )


def _over(flow: Array, whole: Array) -> Array:
    """Share of the flow at full tolerance; zero where there is none."""
    return np.clip(flow / np.where(whole > 0, whole, 1.0), 0.0, 1.0)
