# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Effects: what measures have changed so far, as plain arrays of one world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.policy.limits import CapWedge, PassageWedge, QuotaWedge
from tertius.world import World

__all__ = ["ROUNDING", "Array", "Effects", "Mask"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
ROUNDING = 1e-6  # shares are written with few digits: their sum may miss 1 by this much


@dataclass(frozen=True, slots=True)
class Effects:
    """What measures have changed so far; None where no measure of that kind has come.

    Attributes
    ----------
    cost, banned, embargoed, tariff
        ``[exporter, importer, sector]``: iceberg factor; share of the base flow under bans (they speak
        of disjoint goods and add up); largest share under one embargo (it wins over smaller ones and
        over bans); tariff level.
    productivity, labour
        ``[country, sector]``, ``[country]``: factors.
    skill
        ``[country, skill]``: factors on one kind of labour, skilled first, besides ``labour``.
    tariff_by
        ``[exporter, importer, sector]``: which field changed the tariff, 0 for none (see instruments).
    export_tax
        ``[exporter, importer, sector]``: new level, NaN where no measure sets one.
    taste
        ``[exporter, importer, sector]``: weight of the origin at given prices.
    transfer
        ``[country]``: USD million received.
    limited, capped
        ``[exporter, importer, sector]``: whether a flow is under a quota, or a price cap.
    quotas, caps, coalitions, passages
        As in the wedges.
    """

    cost: Array
    banned: Array
    embargoed: Array
    tariff: Array
    productivity: Array
    labour: Array
    skill: Array | None = None
    tariff_by: NDArray[np.int8] | None = None
    export_tax: Array | None = None
    taste: Array | None = None
    transfer: Array | None = None
    limited: Mask | None = None
    capped: Mask | None = None
    quotas: tuple[QuotaWedge, ...] = ()
    caps: tuple[CapWedge, ...] = ()
    coalitions: tuple[tuple[str, ...], ...] = ()
    passages: tuple[PassageWedge, ...] = ()

    @classmethod
    def none(cls, world: World) -> Effects:
        """Start: nothing has changed."""
        n, s = len(world.countries), len(world.sectors)
        flows = (n, n, s)
        return cls(
            cost=np.ones(flows),
            banned=np.zeros(flows),
            embargoed=np.zeros(flows),
            tariff=world.tariff_values.copy(),
            productivity=np.ones((n, s)),
            labour=np.ones(n),
        )

    @property
    def closed(self) -> Array:
        """Share of each base flow that is closed: 1 where nothing is left but rounding."""
        share = np.maximum(self.banned, self.embargoed)
        return np.where(share > 1.0 - ROUNDING, 1.0, share)
