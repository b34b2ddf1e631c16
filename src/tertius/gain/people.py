# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Relocation as a part of the gain: natives or residents, three cases; and how it interacts with trade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.data.workers import Wave, wave
from tertius.errors import unknown
from tertius.outcomes import solve
from tertius.outcomes.relocation import Relocation, relocate
from tertius.policy import Scenario, Wedges
from tertius.world import World

__all__ = ["PEOPLE", "Moved", "interaction", "moved"]

Array = NDArray[np.float64]
PEOPLE = ("natives", "residents")
ORIGIN, DESTINATION = "RUS", "KAZ"  # of the shipped waves


@dataclass(frozen=True, eq=False, slots=True)
class Moved:
    """What a wave brings, USD million.

    Attributes
    ----------
    relocation
        ``[low, central, high; n]``: of natives and stayers, or of all residents without transfers.
    transfers
        ``[low, central, high; n]``: pay from abroad less what is sent home; zero for natives.
    cases
        The three solved cases.
    """

    relocation: Array
    transfers: Array
    cases: tuple[Relocation, ...]


def cases(
    world: World, known: Wave, beside: Scenario | Wedges | None = None, levels: tuple[int, ...] = (0, 1, 2)
) -> tuple[Relocation, ...]:
    """Solve a wave at its low, central and high numbers, alone or beside another shock."""
    return tuple(
        relocate(
            world, ORIGIN, DESTINATION, known.workers[k], known.skilled[k], known.remote[k], known.sent[k],
            beside=beside,
        )
        for k in levels
    )  # fmt: skip


def moved(world: World, name: str, people: str = "natives") -> Moved:
    """Give the relocation part of every economy; zero for those that nobody leaves or reaches.

    Parameters
    ----------
    world
        The base year.
    name
        A shipped wave.
    people
        "natives" (those who lived there before) or "residents" (with movers).

    Raises
    ------
    BadInput
        If the wave or the people are unknown, or the world lacks origin or destination.
    """
    if people not in PEOPLE:
        raise unknown("gain: people", "group", people, PEOPLE)
    found = cases(world, wave(name))
    relocation, transfers = np.zeros((2, len(found), len(world.countries)))
    for country, sign in ((ORIGIN, -1.0), (DESTINATION, 1.0)):
        k = world.countries.index(country)
        for row, case in enumerate(found):
            money = sign * (case.remote_pay - case.sent) if people == "residents" else 0.0
            whole = case.native_usd if people == "natives" else case.total_usd
            transfers[row, k], relocation[row, k] = money, whole[country] - money
    return Moved(_ordered(relocation), _ordered(transfers), found)


def _ordered(values: Array) -> Array:
    """Keep the central case; ends are the least and the largest of the three."""
    return np.stack([values.min(axis=0), values[1], values.max(axis=0)])


def interaction(world: World, scenario: Scenario | Wedges, name: str) -> dict[str, float]:
    """Solve trade and relocation together, and apart, with the same two kinds of labour.

    Parameters
    ----------
    world, scenario
        As in :func:`tertius.solve`; without routes.
    name
        A shipped wave; its central case.

    Returns
    -------
    dict
        USD million for the destination's residents: ``trade``, ``relocation``, ``together``, and what the
        sum of the first two misses, ``interaction``.
    """
    trade = solve(world, scenario, factors="skills")
    trade.report.require()
    alone = cases(world, wave(name), levels=(1,))[0].total_usd[DESTINATION]
    both = cases(world, wave(name), scenario, levels=(1,))[0].total_usd[DESTINATION]
    dollars = float(trade.welfare("equivalent_variation").sel(country=DESTINATION))
    return {
        "trade": dollars, "relocation": alone, "together": both, "interaction": both - dollars - alone,
    }  # fmt: skip
