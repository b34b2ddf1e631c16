# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Instruments on routes: a measure becomes a labelled record, which the routes of a world answer later."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

from tertius.errors import unknown
from tertius.labels import known_countries, resolve_sectors
from tertius.policy.effects import Effects
from tertius.policy.limits import PassageWedge
from tertius.policy.measures_routes import DIRECT
from tertius.policy.place import Place

__all__ = ["capacity", "hub_stance", "route_cost"]


def hub_stance(effects: Effects, m: Any, place: Place) -> Effects:
    """Hubs stop a share of barred goods."""
    made = PassageWedge(
        through=_hubs(m.hubs, f"{place.where}.hubs", place),
        origins=place.world.countries,
        destinations=_codes(m.destinations, "destinations", place),
        sectors=place.world.sectors,
        groups=m.groups,
        passing=1.0 - m.compliance,
    )
    return replace(effects, passages=(*effects.passages, made))


def route_cost(effects: Effects, m: Any, place: Place) -> Effects:
    """Routes cost more, or close."""
    made = PassageWedge(
        through=_hubs(m.through, f"{place.where}.through", place),
        origins=_codes(m.origins, "origins", place),
        destinations=_codes(m.destinations, "destinations", place),
        sectors=resolve_sectors(m.sectors, place.world.sectors, f"{place.where}.sectors"),
        groups=m.groups,
        cost=inf if m.closed else m.factor,
    )
    return replace(effects, passages=(*effects.passages, made))


def capacity(effects: Effects, m: Any, place: Place) -> Effects:
    """Routes carry no more than so much."""
    made = PassageWedge(
        through=_hubs(m.through, f"{place.where}.through", place),
        origins=_codes(m.origins, "origins", place),
        destinations=_codes(m.destinations, "destinations", place),
        sectors=resolve_sectors(m.sectors, place.world.sectors, f"{place.where}.sectors"),
        limit=m.limit,
        owner=m.owner,
    )
    return replace(effects, passages=(*effects.passages, made))


def _codes(names: tuple[str, ...], field: str, place: Place) -> tuple[str, ...]:
    return tuple(place.world.countries[k] for k in place.countries(names, field))


def _hubs(names: tuple[str, ...], where: str, place: Place) -> tuple[str, ...]:
    """Hubs may lie in the rest of the world: any country will do, if the routes know it."""
    known = (DIRECT, *known_countries(), *place.world.countries)
    for name in names:
        if name not in known:
            raise unknown(where, "country", name, known)
    return names
