# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a routes file to the arrays of the equations on one world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tertius.errors import BadInput, unknown
from tertius.labels import known_countries, resolve, resolve_sectors
from tertius.routes.arrays import RouteArrays
from tertius.routes.leakage import base_share
from tertius.routes.schema import Path, RoutesFile
from tertius.routes.values import Values, choose
from tertius.world import World

__all__ = ["REST", "RoutedFlows", "build_flows"]

Array = NDArray[np.float64]
REST = "other"  # goods that no group holds
MEMBERSHIP = date(2021, 12, 31)  # groups of countries are read as of the base year


@dataclass(frozen=True, slots=True)
class RoutedFlows:
    """Routes on a world.

    Attributes
    ----------
    arrays
        What the equations read.
    groups, hubs
        Names along the axes G and H; the last group is the rest.
    barred
        ``[G]``: whether bans close a group first.
    phantom
        ``[H]``: share of what passes a hub that its own statistics never see.
    """

    arrays: RouteArrays
    groups: tuple[str, ...]
    hubs: tuple[str, ...]
    barred: NDArray[np.bool_]
    phantom: Array


def build_flows(file: RoutesFile, values: Values, source: str, world: World) -> RoutedFlows:
    """Turn a routes file into arrays; see :meth:`Routes.flows`."""
    hub = np.array([_place(h.hub, source, world) for h in file.hubs], dtype=np.intp)
    flows = [_flows(path, file, f"{source}: paths[{k}]", world) for k, path in enumerate(file.paths)]
    cells = {flow: k for k, flow in enumerate(dict.fromkeys(chain.from_iterable(flows)))}  # each once
    index = np.array(list(cells), dtype=np.intp).reshape(-1, 3)
    om = _groups(file, source, world)[index[:, 0]]
    phi = np.zeros((len(index), om.shape[1], 1 + len(hub)))
    q = np.full(len(index), np.nan)
    for k, path in enumerate(file.paths):
        where = f"{source}: paths[{k}]"
        rows = np.array([cells[c] for c in flows[k]], dtype=np.intp)
        q[rows] = _ratio(file, path, values, q[rows], where)
        _send(phi, rows, index, path, file, values, hub, q, where)
    phi[:, :, 0] = 1.0 - phi[:, :, 1:].sum(axis=2)
    if phi[:, :, 0].min(initial=1.0) < -1e-12:
        s, n, i = index[int(np.argmin(phi[:, :, 0].min(axis=1)))]
        flow = f"{world.countries[i]} to {world.countries[n]} {world.sectors[s]}"
        raise BadInput(source, f"paths send more than all of {flow} through hubs", "lower their shares")
    margin = np.array([choose(h.margin, values.margin) for h in file.hubs])
    arrays = RouteArrays(
        sector=index[:, 0],
        importer=index[:, 1],
        exporter=index[:, 2],
        om=om,
        phi=np.maximum(phi, 0.0),
        q=q,
        nu=np.broadcast_to(margin, (len(index), len(hub))).copy(),
        e=np.array([choose(h.rent, values.rent) for h in file.hubs]),
        hub=hub,
        services=world.sectors.index(
            resolve_sectors([file.services], world.sectors, f"{source}: services")[0]
        ),
    )
    barred = np.array([*(g.barred for g in file.groups), False])
    phantom = np.array([0.0 if h.phantom is None else h.phantom.central for h in file.hubs])
    names = (*(g.name for g in file.groups), REST)
    return RoutedFlows(arrays, names, tuple(h.hub for h in file.hubs), barred, phantom)


def _place(code: str, source: str, world: World) -> int:
    """Index of a hub's region: itself, or the rest of the world where it is not told apart."""
    if code in world.countries:
        return world.countries.index(code)
    if code not in known_countries():
        raise unknown(f"{source}: hubs", "country", code, known_countries())
    if "ROW" not in world.countries:
        raise BadInput(f"{source}: hubs", f"{code} is not in {world.name}, which has no ROW to hold it")
    return world.countries.index("ROW")


def _groups(file: RoutesFile, source: str, world: World) -> Array:
    """Shares of goods groups ``[s, G]``; the last is what is left."""
    om = np.zeros((len(world.sectors), len(file.groups) + 1))
    for g, group in enumerate(file.groups):
        for name, share in group.sectors.items():
            for s in resolve_sectors([name], world.sectors, f"{source}: groups[{g}].sectors"):
                om[world.sectors.index(s), g] += share
    om[:, -1] = 1.0 - om[:, :-1].sum(axis=1)
    if om.min() < -1e-9:
        s = world.sectors[int(np.argmin(om.min(axis=1)))]
        raise BadInput(f"{source}: groups", f"shares in sector {s} exceed one", "lower them")
    return np.maximum(om, 0.0) / np.maximum(om, 0.0).sum(axis=1, keepdims=True)


def _flows(path: Path, file: RoutesFile, where: str, world: World) -> list[tuple[int, int, int]]:
    """Flows (sector, importer, exporter) of a path that exist in the base year."""
    origins = resolve(path.origins, world.countries, MEMBERSHIP, f"{where}.origins")
    buyers = resolve(path.destinations, world.countries, MEMBERSHIP, f"{where}.destinations")
    held = sorted({s for g in file.groups if g.name in path.groups for s in g.sectors})
    sectors = resolve_sectors(path.sectors or held or ["goods"], world.sectors, f"{where}.sectors")
    country, sector = world.countries.index, world.sectors.index
    axes = ([sector(s) for s in sectors], [country(n) for n in buyers], [country(i) for i in origins])
    s, n, i = (grid.ravel() for grid in np.meshgrid(*axes, indexing="ij"))
    there = (i != n) & (world.trade_values[i, n, s] > 0)
    found = list(zip(s[there].tolist(), n[there].tolist(), i[there].tolist(), strict=True))
    if not found:
        raise BadInput(where, "names no flow of the base year", "own sales have no routes")
    return found


def _ratio(file: RoutesFile, path: Path, values: Values, before: Array, where: str) -> float:
    """Elasticity of a path; all paths of a flow have the same."""
    q = (
        choose(path.q, values.q if isinstance(values.q, str) else "central")
        if path.q
        else choose(file.q, values.q)
    )
    if not q >= 1:
        raise BadInput(
            where, f"q = {q:g} is below 1", "routes of one origin are closer substitutes than origins"
        )
    if np.any(~np.isnan(before) & (before != q)):
        raise BadInput(where, "some of its flows have another q on another path", "give both the same")
    return q


def _shares(path: Path, values: Values, q: float, where: str) -> Array:
    """Base shares of a path's hubs ``[h]``; none above what trade before the bans allows."""
    numbers = np.array([r.at(values.shares) for r in path.hubs.values()])
    most = np.array([path.most.get(h, 1.0) for h in path.hubs])
    total = float(numbers.sum())
    if path.measure == "share" or total <= 0:
        return np.minimum(numbers, most)
    if total >= 1.0 - 1.0 / q and len(path.most) == len(path.hubs):
        return np.where(numbers > 0, most, 0.0)  # no base share is enough: all that trade allows
    return np.minimum(numbers * (base_share(total, q, where) / total), most)


def _send(
    phi: Array,
    rows: NDArray[np.intp],
    index: NDArray[np.intp],
    path: Path,
    file: RoutesFile,
    values: Values,
    hub: NDArray[np.intp],
    q: Array,
    where: str,
) -> None:
    """Add a path's base shares; a hub that is origin or destination itself carries nothing."""
    names = [h.hub for h in file.hubs]
    columns = [names.index(h) for h in path.hubs]
    numbers = _shares(path, values, float(q[rows[0]]), where)
    groups = [g for g, group in enumerate(file.groups) if group.name in path.groups]
    groups = groups or list(range(len(file.groups) + 1))
    if np.any(phi[rows][:, groups][:, :, [c + 1 for c in columns]] > 0):
        raise BadInput(where, "another path has sent the same goods through the same hub", "merge them")
    for column, number in zip(columns, numbers, strict=True):
        foreign = (index[rows, 1] != hub[column]) & (index[rows, 2] != hub[column])
        phi[rows[foreign][:, None], groups, column + 1] = number
