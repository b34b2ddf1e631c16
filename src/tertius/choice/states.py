# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Wedges of a state of the world: sanctions, a stance, and the levers that are pulled, put together.

Each part is made once, with the world's own elasticities, and put together again for each set: what bans
close is a share of flows and does not hang on elasticities, only the cost that does it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.outcomes.routing import open_cost
from tertius.policy import PassageWedge, Wedges
from tertius.world import World

__all__ = ["combined", "joining", "with_stance"]


def combined(home: World, parts: Sequence[Wedges], world: World) -> Wedges:
    """Put wedges that hold at the same time into one.

    Costs, tastes, productivity and labour multiply, tariffs and taxes add their changes, transfers add; two
    bans on one flow leave open what both leave open, as if their lists were independent.

    Parameters
    ----------
    home
        The world that the parts were made for.
    parts
        At least one.
    world
        The same world, perhaps with other elasticities, that is to be solved.

    Returns
    -------
    Wedges

    Examples
    --------
    >>> from tertius.world import load_world
    >>> w = load_world("icio-2021")
    >>> float(combined(w, [Wedges.neutral(w)] * 2, w).iceberg.max())
    1.0
    """
    arrays = [one.arrays(home) for one in parts]
    cost = np.prod([open_cost(a, home.elasticity_values) for a in arrays], axis=0)
    left = np.prod([1.0 - a["closed"] for a in arrays if "closed" in a] or [np.ones(cost.shape)], axis=0)
    closed, base = 1.0 - left, home.tariff_values
    with np.errstate(divide="ignore"):
        iceberg = cost * left ** (-1.0 / world.elasticity_values)

    def product(name: str) -> Array | None:
        found = [a[name] for a in arrays if name in a]
        return np.prod(found, axis=0) if found else None

    def total(name: str) -> Array | None:
        found = [a[name] for a in arrays if name in a]
        return np.sum(found, axis=0) if found else None

    return Wedges.from_arrays(
        world,
        iceberg,
        base + np.sum([a["tariff"] - base for a in arrays], axis=0),
        np.prod([a["productivity"] for a in arrays], axis=0),
        np.prod([a["labour"] for a in arrays], axis=0),
        tuple(world.elasticity_values) if ((closed > 0) & (closed < 1)).any() else None,
        export_tax=total("export_tax"),
        taste=product("taste"),
        transfer=total("transfer"),
        coalitions=tuple(x for one in parts for x in one.coalitions),
        quotas=tuple(x for one in parts for x in one.quotas),
        caps=tuple(x for one in parts for x in one.caps),
        closed=closed if closed.any() else None,
        passages=tuple(x for one in parts for x in one.passages),
        skill=product("skill"),
    )


def with_stance(
    wedges: Wedges,
    world: World,
    focal: str,
    towards: tuple[str, ...],
    stance: Iterable[tuple[float, tuple[str, ...]]],
) -> Wedges:
    """Let the focal state stop some of what passes it and may not go directly.

    Parameters
    ----------
    wedges
        What holds besides.
    world
        The base year.
    focal
        The hub.
    towards
        Destinations.
    stance
        Compliance between 0 and 1, and the goods groups that it is for; no names are all.

    Returns
    -------
    Wedges
    """
    made = (
        PassageWedge((focal,), world.countries, towards, world.sectors, groups, passing=1.0 - x)
        for x, groups in stance
        if x > 0
    )
    return replace(wedges, passages=(*wedges.passages, *made))


def joining(
    world: World, sanctions: Wedges, focal: str, coalition: Sequence[str], against: Sequence[str]
) -> Wedges:
    """What the focal state would ban if it joined: the coalition's average coverage, sector by sector.

    Coverage of exports to a sanctioned country is what the coalition's bans close of its own exports there,
    weighted by flows of the base year; the same for imports.

    Parameters
    ----------
    world
        The base year, with the elasticities that the sanctions were made for.
    sanctions
        Wedges of the sanctions.
    focal
        Who joins.
    coalition, against
        Codes of those who sanction, and of those who are sanctioned.

    Returns
    -------
    Wedges
    """
    n, s = len(world.countries), len(world.sectors)
    shut = sanctions.arrays(world).get("closed", np.zeros((n, n, s)))
    k, index = world.countries.index(focal), world.countries.index
    members, flows = [index(c) for c in coalition], world.trade_values
    closed = np.zeros((n, n, s))
    for other in map(index, against):
        closed[k, other] = _covered(shut[members, other], flows[members, other])
        closed[other, k] = _covered(shut[other, members], flows[other, members])
    with np.errstate(divide="ignore"):
        iceberg = (1.0 - closed) ** (-1.0 / world.elasticity_values)
    return Wedges.from_arrays(
        world,
        iceberg,
        world.tariff_values.copy(),
        np.ones((n, s)),
        np.ones(n),
        tuple(world.elasticity_values),
        closed=closed if closed.any() else None,
    )


def _covered(shut: Array, flow: Array) -> Array:
    """Share that is closed of flows together ``[s]``; zero where nothing flows."""
    whole = flow.sum(axis=0)
    return np.asarray((shut * flow).sum(axis=0) / np.where(whole > 0, whole, 1.0))
