# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Instruments that move money between governments: transfers and coalitions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tertius.errors import BadInput
from tertius.labels import resolve
from tertius.policy.effects import Effects
from tertius.policy.place import Given, Place

__all__ = ["coalition", "members_of", "transfer"]


def transfer(effects: Effects, m: Any, place: Place) -> Effects:
    """Move money from payers to receivers, each in proportion to value added; sums to zero."""
    payers, receivers = place.countries(m.payers, "payers"), place.countries(m.receivers, "receivers")
    codes, value_added = place.world.countries, place.world.accounts.value_added
    both = sorted(set(payers) & set(receivers))
    if both:
        raise BadInput(
            f"{place.where}.receivers",
            f"{codes[both[0]]} would both pay and receive",
            "name it once; a group may hold it",
        )
    if m.amount >= value_added[payers].sum():
        raise BadInput(
            f"{place.where}.amount",
            f"{m.amount:g} USD million is more than the payers' whole value added"
            f" ({value_added[payers].sum():,.0f})",
            "amounts are in USD million a year",
        )
    gift = np.zeros(len(codes))
    gift[receivers] = m.amount * value_added[receivers] / value_added[receivers].sum()
    gift[payers] = -m.amount * value_added[payers] / value_added[payers].sum()
    return replace(effects, transfer=gift if effects.transfer is None else effects.transfer + gift)


def members_of(one: Given, place: Place) -> tuple[str, ...]:
    """Codes of a coalition's members, in the order of the world."""
    m: Any = one.measure
    return resolve(m.members, place.world.countries, one.on, f"{one.where}.members")


def coalition(effects: Effects, m: Any, place: Place) -> Effects:
    """Let the members share income; nobody is in two coalitions, or in one against himself."""
    members = members_of(place.given, place)
    if len(members) < 2:
        raise BadInput(f"{place.where}.members", f"{members[0]} alone is no coalition", "name another member")
    targets = {place.world.countries[k] for k in place.countries(m.against, "against")}
    inside = [c for c in members if c in targets]
    if inside:
        raise BadInput(
            f"{place.where}.against",
            f"{inside[0]} is a member of the coalition that is directed at it",
            "take it out of members or of against",
        )
    shared = [c for c in members if any(c in other for other in effects.coalitions)]
    if shared:
        others = [g for g in place.earlier if g.measure.kind == "coalition"]
        where = next(g.where for g in others if shared[0] in members_of(g, place))
        raise BadInput(
            f"{place.where}.members",
            f"{shared[0]} is in the coalition of {where} too",
            "merge the two, or leave it out of one",
        )
    return replace(effects, coalitions=(*effects.coalitions, members))
