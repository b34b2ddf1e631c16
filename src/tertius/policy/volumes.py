# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Instruments that limit quantities and prices: quotas and price caps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np

from tertius.errors import BadInput
from tertius.policy.effects import Effects, Mask
from tertius.policy.limits import CapWedge, QuotaWedge
from tertius.policy.place import Cell, Place, first

__all__ = ["MOST_QUOTAS", "price_cap", "quota"]

MOST_QUOTAS = 2500  # of one measure: each has a price of its own that must be found
APART = "leave the flow out of one of them"


def quota(effects: Effects, m: Any, place: Place) -> Effects:
    """Limit quantities; flows that share a quota share the price of its licences."""
    marked = np.zeros(effects.cost.shape, dtype=bool) if effects.limited is None else effects.limited.copy()
    limits = place.by_sector(m.limit, m.sectors, "limit")
    flows = _claimed(marked, place.pairs(), list(limits), place, "quota", "limits")
    groups: dict[tuple[int, ...], list[Cell]] = defaultdict(list)
    for i, n, s in flows:
        key = {"flow": (i, n, s), "importer": (n, s), "exporter": (i, s), "measure": ()}[m.per]
        groups[key].append((i, n, s))
    if len(groups) > MOST_QUOTAS:
        raise BadInput(
            f"{place.where}.per",
            f"makes {len(groups)} quotas, each with a price of its own (at most {MOST_QUOTAS})",
            "let flows share them with per: importer, or name fewer sectors",
        )
    w = place.world
    made = tuple(
        QuotaWedge(
            tuple((w.countries[i], w.countries[n], w.sectors[s]) for i, n, s in group),
            limits[group[0][2]],
            m.owner,
        )
        for group in groups.values()
    )
    return replace(effects, limited=marked, quotas=effects.quotas + made)


def price_cap(effects: Effects, m: Any, place: Place) -> Effects:
    """Cap what buyers pay; each good of each exporter is capped for all its buyers together."""
    marked = np.zeros(effects.cost.shape, dtype=bool) if effects.capped is None else effects.capped.copy()
    coverage = place.by_sector(m.coverage, m.sectors, "coverage")
    flows = _claimed(marked, place.pairs(), list(coverage), place, "price_cap", "caps")
    buyers: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, n, s in flows:
        buyers[i, s].append(n)
    w = place.world
    made = tuple(
        CapWedge(
            exporter=w.countries[i],
            importers=tuple(w.countries[n] for n in importers),
            sector=w.sectors[s],
            cap=m.ratio,
            coverage=coverage[s],
        )
        for (i, s), importers in buyers.items()
    )
    return replace(effects, capped=marked, caps=effects.caps + made)


def _claimed(marked: Mask, pairs: Mask, sectors: list[int], place: Place, kind: str, verb: str) -> list[Cell]:
    """Mark the flows of a measure that are traded in the base year, each once, and list them."""
    mine = np.zeros_like(marked)
    mine[:, :, sectors] = pairs[:, :, None]
    mine &= place.world.trade_values > 0
    if not mine.any():
        raise BadInput(place.where, f"{verb} no flow: none of them is traded in the base year")
    if (cell := first(mine & marked)) is not None:
        raise place.clash(cell, (kind,), f"{verb} {{flow}}, but so does {{others}}", APART)
    marked |= mine
    return [(int(i), int(n), int(s)) for i, n, s in np.argwhere(mine)]
