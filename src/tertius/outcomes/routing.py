# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a scenario does to routes: bans close direct ones, bans and costs on the legs hit those of hubs.

A ban on a flow covers a share of it; the goods groups that bans close first take it first, in proportion,
then the rest. Its goods still pass through a hub, unless the hub stops them or the same goods are barred on
a leg too. A cost on a flow is one of its direct route; costs on both legs are one of the hub's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium.arrays import Array
from tertius.errors import unknown
from tertius.policy import PassageWedge
from tertius.policy.measures_routes import DIRECT
from tertius.routes import RouteArrays, RouteChange
from tertius.routes.arrays import ArcLimit
from tertius.routes.build import RoutedFlows
from tertius.world import World

__all__ = ["open_cost", "route_change"]

Index = NDArray[np.intp]


def route_change(
    world: World, flows: RoutedFlows, arrays: Mapping[str, Array], passages: tuple[PassageWedge, ...]
) -> RouteChange | None:
    """Turn wedges into a change of routes.

    Parameters
    ----------
    world
        The base year.
    flows
        Its routes.
    arrays
        Wedges without labels: iceberg, closed ``[exporter, importer, sector]`` are read.
    passages
        What measures do to routes.

    Returns
    -------
    RouteChange or None
        None if nothing changes.

    Raises
    ------
    BadInput
        If a measure names a goods group that the routes do not know.
    """
    r = flows.arrays
    cost = _log(open_cost(arrays, world.elasticity_values))
    shut = arrays.get("closed", np.zeros_like(cost))
    found = RouteChange(
        closed=_covered(flows, shut[r.exporter, r.importer, r.sector]),
        cost=_costs(r, cost, shut),
        passing=_held_up(flows, shut),
    )
    for one in passages:
        _pass(found, one, flows, world)
    limits = tuple(x for one in passages if np.isfinite(one.limit) for x in _limits(one, flows, world))
    found = replace(found, limits=limits)
    assert found.closed is not None
    assert found.cost is not None
    return found if found.closed.any() or found.cost.any() or limits else None


def open_cost(arrays: Mapping[str, Array], theta: Array) -> Array:
    """Iceberg of what bans leave open ``[exporter, importer, sector]``; one where nothing is left."""
    iceberg, shut = arrays["iceberg"], arrays.get("closed")
    if shut is None:
        return iceberg
    cost, some = iceberg.copy(), shut > 0  # powers only of what bans touch
    part, power = shut[some], np.broadcast_to(1.0 / theta, shut.shape)[some]
    whole = part >= 1.0
    left = np.where(whole, 1.0, 1.0 - part) ** power
    cost[some] = np.where(whole, 1.0, cost[some] * left)
    return cost


def _log(cost: Array) -> Array:
    """Logs, taken only of what is not one."""
    out, some = np.zeros_like(cost), cost != 1.0
    out[some] = np.log(cost[some])
    return out


def _covered(flows: RoutedFlows, share: Array) -> Array:
    """Share of each goods group that is barred ``[C, G]``, of flows barred by a share ``[C]``."""
    om = flows.arrays.om
    first = om[:, flows.barred].sum(axis=1)
    early = np.minimum(share, first) / np.where(first > 0, first, 1.0)
    late = np.maximum(share - first, 0.0) / np.where(first < 1, 1.0 - first, 1.0)
    return np.where(flows.barred[None, :], early[:, None], late[:, None])


def _costs(r: RouteArrays, cost: Array, shut: Array) -> Array:
    """Log of the cost of each route ``[C, G, 1 + H]``; a leg that is closed wholly closes it."""
    out = np.zeros(r.phi.shape)
    out[:, :, 0] = cost[r.exporter, r.importer, r.sector][:, None]
    for h, hub in enumerate(r.hub):
        legs = cost[r.exporter, hub, r.sector] + cost[hub, r.importer, r.sector]
        barred = (shut[r.exporter, hub, r.sector] >= 1) | (shut[hub, r.importer, r.sector] >= 1)
        out[:, :, 1 + h] = np.where(barred, np.inf, legs)[:, None]
    return out


def _held_up(flows: RoutedFlows, shut: Array) -> Array:
    """What bans on the legs leave of goods that are barred on the direct route ``[C, G, H]``."""
    r = flows.arrays
    direct = _covered(flows, shut[r.exporter, r.importer, r.sector])
    out = np.ones((*direct.shape, len(r.hub)))
    for h, hub in enumerate(r.hub):
        for leg in (shut[r.exporter, hub, r.sector], shut[hub, r.importer, r.sector]):
            if leg.any():
                too = _covered(flows, leg) / np.where(direct > 0, direct, 1.0)
                out[:, :, h] *= 1.0 - np.minimum(too, 1.0)
    return out


def _pass(change: RouteChange, one: PassageWedge, flows: RoutedFlows, world: World) -> None:
    """Add one measure on routes."""
    r = flows.arrays
    for group in one.groups:
        if group not in flows.groups:
            raise unknown("measure on routes: groups", "goods group", group, flows.groups)
    rows = _rows(r, one, world)
    groups = [g for g, name in enumerate(flows.groups) if not one.groups or name in one.groups]
    through = [DIRECT, *flows.hubs]
    columns = [through.index(name) for name in one.through if name in through]
    at = np.ix_(rows, np.array(groups), np.array(columns, dtype=np.intp))
    assert change.cost is not None
    assert change.passing is not None
    if one.cost != 1.0:
        change.cost[at] += np.log(one.cost)
    if one.passing != 1.0:
        hubs = np.array([c - 1 for c in columns if c > 0], dtype=np.intp)
        change.passing[np.ix_(rows, np.array(groups), hubs)] *= one.passing


def _limits(one: PassageWedge, flows: RoutedFlows, world: World) -> Iterator[ArcLimit]:
    """Capacities of a measure, one for each of its hubs that carries anything."""
    r = flows.arrays
    rows = _rows(r, one, world)
    for h, hub in enumerate(flows.hubs):
        carried = rows[(r.om[rows] * r.phi[rows, :, 1 + h]).sum(axis=1) > 0]
        if hub in one.through and len(carried):
            yield ArcLimit(carried, h, one.limit, one.owner)


def _rows(r: RouteArrays, one: PassageWedge, world: World) -> Index:
    """Positions of the flows that a measure speaks of."""
    found = _among(r.exporter, one.origins, world.countries)
    found &= _among(r.importer, one.destinations, world.countries)
    return np.flatnonzero(found & _among(r.sector, one.sectors, world.sectors))


def _among(index: Index, names: tuple[str, ...], labels: tuple[str, ...]) -> NDArray[np.bool_]:
    wanted = np.isin(np.array(labels), np.array(names))
    return wanted[index]
