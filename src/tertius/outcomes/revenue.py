# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Public money by kind: tariffs, export taxes, licences of quotas, price caps, transfers.

All in USD million ``[n]``. Tariffs, export taxes and licences add up to the revenue of the equations; with
value added, the deficit, caps and transfers they are income.
"""

from __future__ import annotations

import numpy as np

from tertius.equilibrium import Solution
from tertius.equilibrium.arrays import Array

__all__ = ["cap_transfer", "export_tax_revenue", "quota_rent", "tariff_revenue", "transfer_received"]


def tariff_revenue(solution: Solution) -> Array:
    """What importers' governments take: the tariff on the value at the border."""
    shock, base = solution.shock, solution.base
    if shock.export_tax is None and not shock.quotas:  # nobody else takes anything
        return solution.sweep.revenue
    tariff = base.tariff if shock.tariff is None else shock.tariff
    return (tariff * solution.trade()).sum(axis=(0, 2))


def export_tax_revenue(solution: Solution) -> Array:
    """What exporters' governments take: the tax on the value that leaves the seller."""
    tax, s = solution.shock.export_tax, solution.sweep
    if tax is None:
        return np.zeros_like(s.I)
    sold = s.trade.C * (s.X.T / s.phi)[:, :, None] * s.supply[:, None, :]
    return (tax * sold).sum(axis=(0, 1))


def quota_rent(solution: Solution) -> Array:
    """Price of the licences of quotas, with the country that owns them."""
    if not solution.shock.quotas:
        return np.zeros_like(solution.sweep.I)
    return solution.sweep.revenue - tariff_revenue(solution) - export_tax_revenue(solution)


def cap_transfer(solution: Solution) -> Array:
    """What price caps bring to buyers, and cost exporters (negative); sums to zero."""
    settled = solution.sweep.settled
    return np.zeros_like(solution.sweep.I) if settled is None else settled.received


def transfer_received(solution: Solution) -> Array:
    """Net receipts from other governments, those that a coalition shares out among them; sum to zero."""
    s = solution.sweep
    if solution.shock.transfer is None and not solution.shock.coalitions:
        return np.zeros_like(s.I)
    return s.I - s.wages - s.revenue - s.D - cap_transfer(solution)
