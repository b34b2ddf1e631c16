# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Trade and transit: differences of equilibria, over elasticity sets and levels of the routes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.gain.energy import overlap
from tertius.outcomes import Equilibrium, solve
from tertius.policy import Scenario, Wedges
from tertius.routes import Routes
from tertius.world import World

__all__ = ["LEVELS", "Draws", "draws"]

Array = NDArray[np.float64]
Told = Callable[[int, int, str], None]
LEVELS: tuple[dict[str, str | float], ...] = (
    {},
    {"q": "low"},
    {"q": "high"},
    {"shares": "low"},
    {"shares": "high"},
    {"rent": 0.0},
    {"rent": 0.5},
    {"rent": 1.0},
)


@dataclass(frozen=True, eq=False, slots=True)
class Draws:
    """Equivalent variations over assumptions, USD million; the first draw is central.

    Attributes
    ----------
    names
        Elasticity set and level of the routes, by draw.
    trade
        Without routes ``[draw, n]``.
    transit
        With routes less without ``[draw, n]``.
    overlap
        Change of energy prices within the central equilibrium, first order ``[n]``.
    """

    names: tuple[str, ...]
    trade: Array
    transit: Array
    overlap: Array


def draws(
    world: World, scenario: Scenario | Wedges, routes: Routes | None, told: Told | None = None
) -> Draws:
    """Solve a scenario with and without routes under every elasticity set and level of the routes.

    Parameters
    ----------
    world
        The base year; its own elasticities are central.
    scenario
        A scenario; wedges are solved with the world's own elasticities only.
    routes
        Routes through third territory; None: no transit.
    told
        Called with (done, all, words).

    Raises
    ------
    NotSolved
        If an equilibrium is not found.
    """
    own = world.elasticity_name
    more = [k for k in world.elasticity_sets if k != own] if isinstance(scenario, Scenario) else []
    levels = LEVELS if routes is not None else ({},)
    names, trade, transit, central = [], [], [], None
    for done, name in enumerate([own, *more]):
        if told:
            told(done, 1 + len(more), f"elasticities {name}")
        used = world if name == own else world.with_elasticity(name)
        plain = _solved(used, scenario, None)
        for level in levels:
            eq = plain if routes is None else _solved(used, scenario, routes.at(**level))  # type: ignore[arg-type]
            central = central or eq
            names.append(" ".join([name, *(f"{k} {v}" for k, v in level.items())]))
            trade.append(_dollars(plain))
            transit.append(_dollars(eq) - _dollars(plain))
    assert central is not None
    return Draws(tuple(names), np.array(trade), np.array(transit), overlap(central))


def _solved(world: World, scenario: Scenario | Wedges, routes: Routes | None) -> Equilibrium:
    eq = solve(world, scenario, routes=routes)
    eq.report.require()
    return eq


def _dollars(eq: Equilibrium) -> Array:
    out: Array = eq.welfare("equivalent_variation").values
    return out
