# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Measures that cannot hold together, found when all have been applied: whole arrays, no loop over flows.

An embargo says that there is no trade, so a rate of tax on it says nothing. Bans close lists of goods, and
acts do set a tariff on all goods beside them: there the ban counts. A quota or price cap on a flow that
nothing is left of has no meaning whatever closed it.
"""

from __future__ import annotations

import numpy as np

from tertius.errors import BadInput
from tertius.policy.effects import ROUNDING, Effects, Mask
from tertius.policy.instruments import TARIFF_FIELDS
from tertius.policy.money import members_of
from tertius.policy.place import Given, Place, first, touching
from tertius.world import World

__all__ = ["refuse_contradictions"]

CLOSING = ("embargo", "export_ban", "import_ban", "withdrawal")
SANCTIONS = (*CLOSING, "tariff", "export_tax", "quota", "price_cap")


def refuse_contradictions(effects: Effects, given: tuple[Given, ...], world: World) -> None:
    """Refuse measures that contradict each other.

    Parameters
    ----------
    effects
        What all measures together changed.
    given
        The measures with their places.
    world
        Whose labels they speak of.

    Raises
    ------
    BadInput
        Naming both places, the flow and what to do.
    """
    if effects.tariff_by is not None:
        _above_minus_one(effects, given, world)
        rates = effects.tariff_by == TARIFF_FIELDS["rate"]
        _on_closed(effects, rates, ("tariff", "sets a tariff rate on"), ("embargo",), given, world)
    if effects.export_tax is not None:
        taxed = ~np.isnan(effects.export_tax)
        _on_closed(effects, taxed, ("export_tax", "sets an export tax on"), ("embargo",), given, world)
    if effects.limited is not None:
        _on_closed(effects, effects.limited, ("quota", "sets a quota on"), CLOSING, given, world)
    if effects.capped is not None:
        _on_closed(effects, effects.capped, ("price_cap", "caps the price of"), CLOSING, given, world)
    for members in effects.coalitions:
        _at_peace(effects, members, given, world)


def _above_minus_one(effects: Effects, given: tuple[Given, ...], world: World) -> None:
    """Refuse points that take a whole tariff and more: only their sum counts, so it is looked at last."""
    cell = first(effects.tariff <= -1.0)
    if cell is None:
        return
    one = touching(world, given, ("tariff",), cell)[-1]
    raise BadInput(
        f"{one.where}.add",
        f"brings a tariff to -100 % or less on {Place(world, one).name(cell)}",
        "0.01 is one point",
    )


def _on_closed(
    effects: Effects,
    marked: Mask,
    says: tuple[str, str],
    closing: tuple[str, ...],
    given: tuple[Given, ...],
    world: World,
) -> None:
    """Refuse a measure of a kind on a flow that others close wholly."""
    kind, words = says
    shut = effects.embargoed > 1.0 - ROUNDING if closing == ("embargo",) else effects.closed == 1.0
    cell = first(marked & shut)
    if cell is None:
        return
    one = touching(world, given, (kind,), cell)[-1]
    others = " and ".join(g.where for g in touching(world, given, closing, cell))
    flow = Place(world, one).name(cell)
    raise BadInput(
        one.where,
        f"{words} {flow}, which {others} closes wholly",
        "leave the flow out of one of them",
    )


def _at_peace(effects: Effects, members: tuple[str, ...], given: tuple[Given, ...], world: World) -> None:
    """Refuse a coalition whose members close or tax trade with each other."""
    index = [world.countries.index(c) for c in members]
    inside = np.ix_(index, index)
    hostile = (effects.closed[inside] > 0) | (effects.tariff[inside] > world.tariff_values[inside])
    if effects.export_tax is not None:
        hostile |= effects.export_tax[inside] > 0
    for mask in (effects.limited, effects.capped):
        if mask is not None:
            hostile |= mask[inside]
    found = first(hostile)
    if found is None:
        return
    cell = (index[found[0]], index[found[1]], found[2])
    against = touching(world, given, SANCTIONS, cell)
    places = [g for g in given if g.measure.kind == "coalition"]
    one = next(g for g in places if members[0] in members_of(g, Place(world, g)))
    raise BadInput(
        f"{one.where}.members",
        f"holds {world.countries[cell[0]]} and {world.countries[cell[1]]}, but"
        f" {' and '.join(g.where for g in against)} is a measure of one against the other",
        "a coalition cannot contain its target: leave one of them out",
    )
