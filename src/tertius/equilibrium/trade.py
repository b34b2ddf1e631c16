# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a shock leaves of trade: the three share arrays that every sweep multiplies with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array, Baseline, Shock
from tertius.equilibrium.kernels import trade_cost_factor

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
        B / (1 + e'): of what the seller keeps; the same array as B where nobody taxes exports.
    """

    A: Array
    B: Array
    C: Array


def surviving(base: Baseline, shock: Shock, share: float = 1.0) -> Shares:
    """Apply a shock, or a share of it, to the base shares.

    Parameters
    ----------
    base, shock
        The base year and the counterfactual.
    share
        Part of the shock: costs and tastes geometrically, taxes linearly, embargoes as the surviving
        share of trade.

    Returns
    -------
    Shares
    """
    if all(x is None for x in (shock.iceberg, shock.tariff, shock.export_tax, shock.taste)):
        return Shares(base.pi, base.pi_before_tariff, base.pi_before_tariff)
    factor = _factor(base, shock)
    if share < 1.0:
        factor = np.where(factor > 0, factor**share, 1.0 - share)
    A = base.pi * factor
    if shock.tariff is None:
        B = base.pi_before_tariff * factor
    else:
        B = A / (1.0 + base.tariff + share * (shock.tariff - base.tariff))
    return Shares(A, B, B if shock.export_tax is None else B / (1.0 + share * shock.export_tax))


def _factor(base: Baseline, shock: Shock) -> Array:
    """S (kappa^)^(-theta) with kappa^ = d^ (1 + e') (1 + t') / (1 + t)."""
    kappa = np.ones_like(base.pi) if shock.iceberg is None else shock.iceberg
    if shock.tariff is not None:
        kappa = kappa * ((1.0 + shock.tariff) / (1.0 + base.tariff))
    if shock.export_tax is not None:
        kappa = kappa * (1.0 + shock.export_tax)
    factor = trade_cost_factor(kappa, base.theta)
    return factor if shock.taste is None else factor * shock.taste
