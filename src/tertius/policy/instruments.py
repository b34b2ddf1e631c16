# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Instruments: one pure function each, from a measure and the effects so far to new effects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tertius.errors import BadInput
from tertius.labels import resolve, resolve_sectors
from tertius.policy.schema import Measure
from tertius.world import World

__all__ = ["Effects", "apply"]

Array = NDArray[np.float64]
ROUNDING = 1e-6  # shares are written with few digits: their sum may miss 1 by this much


@dataclass(frozen=True, slots=True)
class Effects:
    """What measures have changed so far.

    Attributes
    ----------
    cost, banned, embargoed, tariff
        ``[exporter, importer, sector]``: iceberg factor; share of the base flow under bans (they speak
        of disjoint goods and add up); largest share under one embargo (it wins over smaller ones and
        over bans); tariff level.
    productivity, labour
        ``[country, sector]``, ``[country]``: factors.
    """

    cost: Array
    banned: Array
    embargoed: Array
    tariff: Array
    productivity: Array
    labour: Array

    @classmethod
    def none(cls, world: World) -> Effects:
        """Start: nothing has changed."""
        n, s = len(world.countries), len(world.sectors)
        flows = (n, n, s)
        return cls(
            cost=np.ones(flows),
            banned=np.zeros(flows),
            embargoed=np.zeros(flows),
            tariff=world.tariff_values,
            productivity=np.ones((n, s)),
            labour=np.ones(n),
        )

    @property
    def closed(self) -> Array:
        """Share of each base flow that is closed: 1 where nothing is left but rounding."""
        share = np.maximum(self.banned, self.embargoed)
        return np.where(share > 1.0 - ROUNDING, 1.0, share)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a measure stands: the world, the day, and the words for an error."""

    world: World
    on: date
    where: str

    def countries(self, names: tuple[str, ...], field: str) -> list[int]:
        found = resolve(names, self.world.countries, self.on, f"{self.where}.{field}")
        return [self.world.countries.index(c) for c in found]

    def by_sector(
        self, value: float | dict[str, float], names: tuple[str, ...], field: str
    ) -> dict[int, float]:
        """Sector index -> number, from one number for the sectors named or from a mapping."""
        index = self.world.sectors.index
        if not isinstance(value, dict):
            found = resolve_sectors(names, self.world.sectors, f"{self.where}.sectors")
            return {index(s): value for s in found}
        out: dict[int, float] = {}
        for name, number in value.items():
            for s in resolve_sectors([name], self.world.sectors, f"{self.where}.{field}"):
                if index(s) in out:
                    raise BadInput(f"{self.where}.{field}", f"names sector {s} twice")
                out[index(s)] = number
        return out

    def cells(self, m: Any) -> NDArray[np.bool_]:
        """``[exporter, importer]``: the pairs named, never a country with itself."""
        n = len(self.world.countries)
        sellers, buyers = self.countries(m.exporters, "exporters"), self.countries(m.importers, "importers")
        pairs = np.zeros((n, n), dtype=bool)
        pairs[np.ix_(sellers, buyers)] = True
        if m.both_ways:
            pairs |= pairs.T
        np.fill_diagonal(pairs, False)
        if not pairs.any():
            raise BadInput(self.where, "names no two different countries", "own sales are never touched")
        return pairs


def apply(effects: Effects, measure: Measure, world: World, on: date, where: str) -> Effects:
    """Add one measure to the effects so far.

    Parameters
    ----------
    effects
        What earlier measures changed; not modified.
    measure
        One measure of a scenario file.
    world
        Whose labels the measure speaks of.
    on
        The day on which membership in groups counts.
    where
        File and place, for errors.

    Returns
    -------
    Effects
    """
    return INSTRUMENTS[measure.kind](effects, measure, _Place(world, on, where))


def _tariff(effects: Effects, m: Any, place: _Place) -> Effects:
    pairs, tariff = place.cells(m), effects.tariff.copy()
    field = next(f for f in ("rate", "add", "factor") if getattr(m, f) is not None)
    for s, number in place.by_sector(getattr(m, field), m.sectors, field).items():
        old = tariff[:, :, s][pairs]
        new = {"rate": np.full_like(old, number), "add": old + number, "factor": old * number}[field]
        if np.any(new <= -1.0):
            raise BadInput(f"{place.where}.{field}", "brings a tariff to -100 % or less")
        tariff[:, :, s][pairs] = new
    return replace(effects, tariff=tariff)


def _cost(effects: Effects, m: Any, place: _Place) -> Effects:
    pairs, cost = place.cells(m), effects.cost.copy()
    for s, factor in place.by_sector(m.factor, m.sectors, "factor").items():
        cost[:, :, s][pairs] *= factor
    return replace(effects, cost=cost)


def _ban(effects: Effects, m: Any, place: _Place) -> Effects:
    pairs, banned = place.cells(m), effects.banned.copy()
    for s, share in place.by_sector(m.coverage, m.sectors, "coverage").items():
        banned[:, :, s][pairs] += share
    over = np.argwhere(banned > 1.0 + ROUNDING)
    if len(over):
        i, n, s = over[0]
        w = place.world
        raise BadInput(
            f"{place.where}.coverage",
            f"brings the bans on {w.countries[i]} to {w.countries[n]} {w.sectors[s]} to"
            f" {banned[i, n, s]:.3f} of the flow",
            "bans on one flow add up, so their sum must not exceed 1",
        )
    return replace(effects, banned=banned)


def _embargo(effects: Effects, m: Any, place: _Place) -> Effects:
    pairs, embargoed = place.cells(m), effects.embargoed.copy()
    for s, share in place.by_sector(m.coverage, m.sectors, "coverage").items():
        embargoed[:, :, s][pairs] = np.maximum(embargoed[:, :, s][pairs], share)
    return replace(effects, embargoed=embargoed)


def _productivity(effects: Effects, m: Any, place: _Place) -> Effects:
    productivity = effects.productivity.copy()
    rows = place.countries(m.countries, "countries")
    columns = list(place.by_sector(m.factor, m.sectors, "factor"))
    productivity[np.ix_(rows, columns)] *= m.factor
    return replace(effects, productivity=productivity)


def _labour(effects: Effects, m: Any, place: _Place) -> Effects:
    labour = effects.labour.copy()
    labour[place.countries(m.countries, "countries")] *= m.factor
    return replace(effects, labour=labour)


INSTRUMENTS: dict[str, Callable[[Effects, Any, _Place], Effects]] = {
    "tariff": _tariff,
    "nontariff_cost": _cost,
    "export_ban": _ban,
    "import_ban": _ban,
    "embargo": _embargo,
    "productivity": _productivity,
    "labour": _labour,
}
