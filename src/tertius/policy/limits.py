# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Quotas, price caps and coalitions with labels, and the proof that they fit a world."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from tertius.errors import BadInput, unknown
from tertius.world import World

__all__ = ["CapWedge", "PassageWedge", "QuotaWedge", "check_caps", "check_coalitions", "check_quotas"]

OWNERS = ("importer", "exporter")


@dataclass(frozen=True, slots=True)
class QuotaWedge:
    """One quota: some flows taken together.

    Attributes
    ----------
    flows
        ``(exporter, importer, sector)`` of each.
    limit
        Quantity allowed over the quantity of the base year.
    owner
        Whose country earns the price of the licences: "importer" or "exporter".
    """

    flows: tuple[tuple[str, str, str], ...]
    limit: float
    owner: str


@dataclass(frozen=True, slots=True)
class CapWedge:
    """One price cap: the most that named buyers pay for one exporter's good.

    Attributes
    ----------
    exporter, sector
        The good.
    importers
        The buyers.
    cap
        Highest price over the price of the base year.
    coverage
        Share of the flows that is under the cap.
    """

    exporter: str
    importers: tuple[str, ...]
    sector: str
    cap: float
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class PassageWedge:
    """What a measure does to routes through third territory.

    Attributes
    ----------
    through
        Hubs, or "direct".
    origins, destinations, sectors
        Codes of the flows.
    groups
        Goods groups of the routes file; none means all.
    cost
        Cost of the route, new over old; infinite is closed.
    passing
        Of goods that may not go directly, the share that a hub still lets pass.
    limit, owner
        Quantity that may enter each route over that of the base year, all flows together (infinite is no
        limit); who earns its scarcity price, "hub" or "exporter".
    """

    through: tuple[str, ...]
    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    sectors: tuple[str, ...]
    groups: tuple[str, ...] = ()
    cost: float = 1.0
    passing: float = 1.0
    limit: float = float("inf")
    owner: str = "hub"


def _known(where: str, kind: str, names: Iterable[str], known: tuple[str, ...]) -> None:
    for name in names:
        if name not in known:
            raise unknown(where, kind, name, known)


def _positive(where: str, name: str, value: float, most: float = float("inf")) -> None:
    if not (0 < value <= most and isfinite(value)):
        wanted = "number > 0" if most == float("inf") else f"share above 0 and up to {most:g}"
        raise BadInput(where, f"{name} {value!r} is not a {wanted}")


def _flows_once(where: str, world: World, flows: list[tuple[str, str, str]]) -> None:
    for position, dim in enumerate(("exporter", "importer", "sector")):
        known = world.sectors if dim == "sector" else world.countries
        _known(where, dim, {f[position] for f in flows}, known)
    if len(set(flows)) < len(flows):
        seen: set[tuple[str, str, str]] = set()
        twice = next(f for f in flows if f in seen or seen.add(f))  # type: ignore[func-returns-value]
        raise BadInput(where, f"{twice[0]} to {twice[1]} {twice[2]} is named twice", "one is enough")


def check_quotas(world: World, quotas: tuple[QuotaWedge, ...]) -> None:
    """Refuse quotas that do not fit the world, or share a flow."""
    _flows_once("wedges: quotas", world, [f for q in quotas for f in q.flows])
    for quota in quotas:
        _positive("wedges: quotas", "limit", quota.limit)
        _known("wedges: quotas", "owner", (quota.owner,), OWNERS)
        if not quota.flows:
            raise BadInput("wedges: quotas", "a quota names no flow", "leave it out")


def check_caps(world: World, caps: tuple[CapWedge, ...]) -> None:
    """Refuse price caps that do not fit the world, or cap a flow twice."""
    _flows_once("wedges: caps", world, [(c.exporter, n, c.sector) for c in caps for n in c.importers])
    for cap in caps:
        _positive("wedges: caps", "cap", cap.cap)
        _positive("wedges: caps", "coverage", cap.coverage, 1.0)
        if not cap.importers:
            raise BadInput("wedges: caps", "a price cap names no buyer", "leave it out")


def check_coalitions(world: World, coalitions: tuple[tuple[str, ...], ...]) -> None:
    """Refuse coalitions of strangers, of one, or with a member in common."""
    members = [c for coalition in coalitions for c in coalition]
    _known("wedges: coalitions", "country", members, world.countries)
    if len(set(members)) < len(members):
        twice = next(c for c in members if members.count(c) > 1)
        raise BadInput("wedges: coalitions", f"{twice} is named twice", "merge them, or name it once")
    if any(len(c) < 2 for c in coalitions):
        raise BadInput("wedges: coalitions", "a coalition needs two members", "add another, or leave it out")
