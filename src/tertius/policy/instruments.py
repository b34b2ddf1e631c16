# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Instruments: one pure function each, from a measure and the effects so far to new effects.

No result depends on the order of measures. Costs, preferences, productivity and labour multiply; bans,
points of tariff and transfers add up; the largest embargo counts; levels, quotas and caps stand alone on
their flows, and two that differ are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from tertius.errors import BadInput
from tertius.policy.effects import ROUNDING, Array, Effects
from tertius.policy.money import coalition, transfer
from tertius.policy.passages import capacity, hub_stance, route_cost
from tertius.policy.place import Place, first
from tertius.policy.volumes import price_cap, quota

__all__ = ["TARIFF_FIELDS", "apply"]

TARIFF_FIELDS = {"rate": 1, "add": 2, "factor": 3}
SAME_WAY = "on one flow use rate alone, or only add, or only factor"
ONE_LEVEL = "give one level, or leave the flow out of one of them"


def apply(effects: Effects, measure: Any, place: Place) -> Effects:
    """Add one measure to the effects so far.

    Parameters
    ----------
    effects
        What earlier measures changed; not modified.
    measure
        One measure of a scenario file.
    place
        The world whose labels it speaks of, the day on which membership in groups counts, file and place
        for errors, and the measures that came before.

    Returns
    -------
    Effects

    Raises
    ------
    BadInput
        If it names something that the world does not have, or contradicts an earlier measure.
    """
    return INSTRUMENTS[measure.kind](effects, measure, place)


def _tariff(effects: Effects, m: Any, place: Place) -> Effects:
    pairs, tariff = place.pairs(), effects.tariff.copy()
    field = next(f for f in TARIFF_FIELDS if getattr(m, f) is not None)
    by = np.zeros(tariff.shape, dtype=np.int8) if effects.tariff_by is None else effects.tariff_by.copy()
    for s, number in place.by_sector(getattr(m, field), m.sectors, field).items():
        old, before = tariff[:, :, s], by[:, :, s]
        mixed = pairs & (before > 0) & (before != TARIFF_FIELDS[field])
        if (cell := first(mixed[:, :, None])) is not None:
            where = (*cell[:2], s)
            what = f"changes the tariff of {{flow}} with {field}, but {{others}} in another way"
            raise place.clash(where, ("tariff",), what, SAME_WAY)
        if field == "rate" and (cell := first((pairs & (before > 0) & (old != number))[:, :, None])):
            what = f"sets the tariff of {{flow}} to {number:g}, but {{others}} to {old[cell[:2]]:g}"
            raise place.clash((*cell[:2], s), ("tariff",), what, ONE_LEVEL)
        level = {"rate": np.full_like(old, number), "add": old + number, "factor": old * number}[field]
        old[pairs], before[pairs] = level[pairs], TARIFF_FIELDS[field]
    return replace(effects, tariff=tariff, tariff_by=by)


def _export_tax(effects: Effects, m: Any, place: Place) -> Effects:
    pairs = place.pairs()
    tax = np.full(effects.cost.shape, np.nan) if effects.export_tax is None else effects.export_tax.copy()
    for s, rate in place.by_sector(m.rate, m.sectors, "rate").items():
        old = tax[:, :, s]
        if (cell := first((pairs & ~np.isnan(old) & (old != rate))[:, :, None])) is not None:
            what = f"sets the export tax on {{flow}} to {rate:g}, but {{others}} to {old[cell[:2]]:g}"
            raise place.clash((*cell[:2], s), ("export_tax",), what, ONE_LEVEL)
        old[pairs] = rate
    return replace(effects, export_tax=tax)


def _multiplied(values: Array | None, m: Any, place: Place) -> Array:
    """Multiply a factor into an array of flows."""
    n, s = len(place.world.countries), len(place.world.sectors)
    pairs, out = place.pairs(), np.ones((n, n, s)) if values is None else values.copy()
    for column, factor in place.by_sector(m.factor, m.sectors, "factor").items():
        out[:, :, column][pairs] *= factor
    return out


def _cost(effects: Effects, m: Any, place: Place) -> Effects:
    return replace(effects, cost=_multiplied(effects.cost, m, place))


def _preference(effects: Effects, m: Any, place: Place) -> Effects:
    return replace(effects, taste=_multiplied(effects.taste, m, place))


def _ban(effects: Effects, m: Any, place: Place) -> Effects:
    pairs, banned = place.pairs(), effects.banned.copy()
    for s, share in place.by_sector(m.coverage, m.sectors, "coverage").items():
        banned[:, :, s][pairs] += share
    if (cell := first(banned > 1.0 + ROUNDING)) is not None:
        raise BadInput(
            f"{place.where}.coverage",
            f"brings the bans on {place.name(cell)} to {banned[cell]:.3f} of the flow",
            "bans on one flow add up, so their sum must not exceed 1",
        )
    return replace(effects, banned=banned)


def _embargo(effects: Effects, m: Any, place: Place) -> Effects:
    pairs, embargoed = place.pairs(), effects.embargoed.copy()
    for s, share in place.by_sector(m.coverage, m.sectors, "coverage").items():
        embargoed[:, :, s][pairs] = np.maximum(embargoed[:, :, s][pairs], share)
    return replace(effects, embargoed=embargoed)


def _productivity(effects: Effects, m: Any, place: Place) -> Effects:
    productivity = effects.productivity.copy()
    rows = place.countries(m.countries, "countries")
    columns = list(place.by_sector(m.factor, m.sectors, "factor"))
    productivity[np.ix_(rows, columns)] *= m.factor
    return replace(effects, productivity=productivity)


def _labour(effects: Effects, m: Any, place: Place) -> Effects:
    rows = place.countries(m.countries, "countries")
    if m.skill != "both":
        skill = np.ones((len(effects.labour), 2)) if effects.skill is None else effects.skill.copy()
        skill[rows, ("skilled", "unskilled").index(m.skill)] *= m.factor
        return replace(effects, skill=skill)
    labour = effects.labour.copy()
    labour[rows] *= m.factor
    return replace(effects, labour=labour)


INSTRUMENTS: dict[str, Callable[[Effects, Any, Place], Effects]] = {
    "tariff": _tariff,
    "export_tax": _export_tax,
    "nontariff_cost": _cost,
    "export_ban": _ban,
    "import_ban": _ban,
    "withdrawal": _ban,
    "embargo": _embargo,
    "quota": quota,
    "price_cap": price_cap,
    "preference": _preference,
    "hub_stance": hub_stance,
    "route_cost": route_cost,
    "capacity": capacity,
    "transfer": transfer,
    "coalition": coalition,
    "productivity": _productivity,
    "labour": _labour,
}
