# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Welfare, always by the name of its measure. Plain arrays in, one number per country out."""

from __future__ import annotations

import numpy as np

from tertius.equilibrium import Solution
from tertius.equilibrium.arrays import Array

__all__ = ["MEASURES", "price_index", "welfare"]


def price_index(solution: Solution) -> Array:
    """Hat of the price index of final demand ``[n]``."""
    return np.exp(solution.sweep.log_pf)


def _real_income(solution: Solution) -> Array:
    """Exact change of real income, percent: I^ / prod P^^alpha - 1."""
    return 100.0 * (solution.sweep.I / solution.base.I / price_index(solution) - 1.0)


def _real_wage(solution: Solution) -> Array:
    """Change of the real wage, percent: w^ / prod P^^alpha - 1."""
    return 100.0 * (solution.w_hat / price_index(solution) - 1.0)


def _equivalent_variation(solution: Solution) -> Array:
    """Equivalent variation at base prices, in the base's money: I (W^ - 1); exact with homothetic demand."""
    return solution.base.I * _real_income(solution) / 100.0


def _first_order(solution: Solution) -> Array:
    """Terms of trade plus volume of trade, percent of income (Caliendo & Parro 2015, eq. 14).

    Base-period weights. It values changes of tariffs only: what icebergs and productivity do to real
    resources is not in it, so beside such shocks it is a number to distrust.
    """
    b = solution.base
    before = b.trade
    dc = (np.exp(solution.sweep.log_c) - 1.0).T  # [s, i]
    sold = np.einsum("sni,si->i", before, dc)
    bought = np.einsum("sni,si->n", before, dc)
    volume = (b.tariff * (solution.trade() - before * (1.0 + dc[:, None, :]))).sum(axis=(0, 2))
    return 100.0 * (sold - bought + volume) / b.I


MEASURES = {
    "real_income": (_real_income, "percent"),
    "real_wage": (_real_wage, "percent"),
    "first_order": (_first_order, "percent"),
    "equivalent_variation": (_equivalent_variation, "USD million"),
}


def welfare(solution: Solution, measure: str) -> Array:
    """Compute one named measure for every country.

    Parameters
    ----------
    solution
        A solved counterfactual.
    measure
        A key of ``MEASURES``.

    Returns
    -------
    numpy.ndarray
        ``[country]``, percent, or USD million for the equivalent variation.
    """
    return MEASURES[measure][0](solution)
