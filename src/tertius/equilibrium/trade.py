# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a shock leaves of trade: the three share arrays that every sweep multiplies with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array, Baseline, Shock
from tertius.equilibrium.kernels import trade_cost_factor
from tertius.equilibrium.transit import Transit

__all__ = ["Shares", "surviving"]


@dataclass(frozen=True, slots=True)
class Shares:
    """Trade shares before they respond to costs, ``[s, n, i]``.

    Attributes
    ----------
    A
        pi s (kappa^)^(-theta), s the shift of taste: of what the buyer spends.
    B
        A / (1 + t'): of what crosses the border.
    C
        B / (1 + e') less the margins of hubs: of what the seller keeps; the same array as B where nobody
        taxes exports and nothing takes a route through a hub.
    """

    A: Array
    B: Array
    C: Array


def surviving(base: Baseline, shock: Shock, share: float = 1.0, moved: Transit | None = None) -> Shares:
    """Apply a shock, or a share of it, to the base shares.

    Parameters
    ----------
    base, shock
        The base year and the counterfactual.
    moved
        Where routes lead after the same share of it.
    share
        Part of the shock: costs and tastes geometrically, taxes linearly, embargoes as the surviving
        share of trade.

    Returns
    -------
    Shares
    """
    still = all(x is None for x in (shock.iceberg, shock.tariff, shock.export_tax, shock.taste))
    if still and (moved is None or shock.routes is None):
        return Shares(base.pi, base.pi_before_tariff, base.kept)
    factor = _factor(base, shock)
    if share < 1.0:
        factor = np.where(factor > 0, factor**share, 1.0 - share)
    if moved is not None:
        factor[moved.routes.cells] *= moved.K
    A = base.pi * factor
    if shock.tariff is None:
        B = base.pi_before_tariff * factor
    else:
        B = A / (1.0 + base.tariff + share * (shock.tariff - base.tariff))
    C = B if shock.export_tax is None else B / (1.0 + share * shock.export_tax)
    if moved is not None:
        C = C.copy() if C is B else C
        C[moved.routes.cells] *= 1.0 - moved.margin.sum(axis=1)
    return Shares(A, B, C)


def _factor(base: Baseline, shock: Shock) -> Array:
    """S (kappa^)^(-theta) with kappa^ = d^ (1 + e') (1 + t') / (1 + t)."""
    kappa = np.ones_like(base.pi) if shock.iceberg is None else shock.iceberg
    if shock.tariff is not None:
        kappa = kappa * ((1.0 + shock.tariff) / (1.0 + base.tariff))
    if shock.export_tax is not None:
        kappa = kappa * (1.0 + shock.export_tax)
    factor = trade_cost_factor(kappa, base.theta)
    return factor if shock.taste is None else factor * shock.taste
