# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The energy price of 2022, first order: who sells and who buys, times what the price did."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tertius.data.energy import MEASURES, energy_exports, energy_prices
from tertius.outcomes import Equilibrium
from tertius.world import World

__all__ = ["CRUDE", "ENERGY", "REFINED", "overlap", "price_changes", "revaluation", "windfall"]

Array = NDArray[np.float64]
ENERGY = ("B05", "B06")  # coal; crude oil and gas
REFINED = "C19"
CRUDE = "crude oil"


def price_changes(world: World, measure: str = "mean", refined: bool = False) -> Array:
    """Relative change of the price of each exporter's energy, 2021 to 2022 ``[exporter, sector]``.

    Parameters
    ----------
    world
        The base year; a country without recorded exports has the mix of all.
    measure
        "mean", "median" or "fisher": how the change of unit values is measured.
    refined
        Give refined products the change of crude oil; otherwise 0.
    """
    out = np.zeros((len(world.countries), len(world.sectors)))
    prices, sold = energy_prices(), energy_exports()
    whole = {p: sum(mix.get(p, 0.0) for mix in sold.values()) for p in prices}
    for k, sector in enumerate(world.sectors):
        change = {p.product: float(getattr(p, measure)) for p in prices.values() if p.sector == sector}
        if sector == REFINED and refined:
            out[:, k] = float(getattr(prices[CRUDE], measure))
        elif change:
            out[:, k] = [_mixed(change, sold.get(c, {}), whole) for c in world.countries]
    return out


def _mixed(change: Mapping[str, float], mix: Mapping[str, float], whole: Mapping[str, float]) -> float:
    own = {p: mix.get(p, 0.0) for p in change}
    weight = own if sum(own.values()) > 0 else {p: whole[p] for p in change}
    return sum(change[p] * w for p, w in weight.items()) / sum(weight.values())


def revaluation(trade: Array, change: Array) -> Array:
    """Exports less imports of the base year, each times the change of the exporter's price ``[n]``.

    Parameters
    ----------
    trade
        ``[exporter, importer, sector]``.
    change
        ``[exporter, sector]``, relative.

    Returns
    -------
    numpy.ndarray
        Sums to zero: what one gains another pays. First-order terms of trade (Dixit & Norman 1980).

    Examples
    --------
    >>> import numpy as np
    >>> revaluation(np.array([[[5.0], [10.0]], [[0.0], [7.0]]]), np.array([[0.4], [0.0]])).tolist()
    [4.0, -4.0]
    """
    worth = trade * change[:, None, :]
    gained: Array = (worth.sum(axis=1) - worth.sum(axis=0)).sum(axis=1)
    return gained


def windfall(world: World) -> Array:
    """What the prices of 2022 are worth at the quantities of 2021 ``[low, central, high; n]``, USD million.

    Central: mean unit values, coal, crude oil and gas. The band: all measures, with and without refined
    products at crude oil's change.
    """
    found = [
        revaluation(world.trade_values, price_changes(world, measure, refined))
        for measure in MEASURES
        for refined in (False, True)
    ]
    return np.stack([np.min(found, axis=0), found[0], np.max(found, axis=0)])


def overlap(eq: Equilibrium) -> Array:
    """What energy prices do within an equilibrium, first order ``[n]``, USD million.

    Costs of exporters relative to world value added, at base flows: the part of a terms-of-trade gain that
    an observed price change holds as well.
    """
    b, s = eq.solution.base, len(eq.world.sectors)
    change = np.exp(eq.solution.sweep.log_c) - 1.0  # [i, s], once for each use
    mine = np.array([k for k in range(change.shape[1]) if eq.world.sectors[k % s] in ENERGY], dtype=int)
    return revaluation(b.trade.transpose(2, 1, 0)[:, :, mine], change[:, mine])
