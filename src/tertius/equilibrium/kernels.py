# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The equations of trade in exact hats, one function each; production has its own file.

Indices: n importer, i exporter, s and k sectors. Logs of hats throughout, so that elasticities of
60 and cost changes of any size stay in range. Every function is pure and written against an array
namespace; none knows a label. Source: Caliendo & Parro (2015), ReStud 82:1-44; the numbers of the
equations are those of METHODS, section 1, in the order printed there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tertius.equilibrium.arrays import Array

Coalitions = tuple[tuple[int, ...], ...]

__all__ = [
    "Coalitions",
    "namespace",
    "price",
    "sales",
    "shared_income",
    "spending",
    "supply",
    "times",
    "trade_cost_factor",
    "transposed_times",
]


def namespace(array: Any) -> Any:
    """Give the array library that an array belongs to (NumPy, JAX)."""
    return array.__array_namespace__() if hasattr(array, "__array_namespace__") else np


def times(matrix: Array, vector: Array) -> Array:
    """Batched matrix-vector product, ``[b, m, k] x [b, k] -> [b, m]``."""
    return namespace(matrix).matmul(matrix, vector[:, :, None])[:, :, 0]


def transposed_times(matrix: Array, vector: Array) -> Array:
    """Batched product with the transpose, ``[b, m, k] x [b, m] -> [b, k]``, without copying."""
    return namespace(matrix).matmul(vector[:, None, :], matrix)[:, 0, :]


def trade_cost_factor(kappa: Array, theta: Array) -> Array:
    """(kappa^)^(-theta) ``[s, n, i]``, zero under an embargo; powers only of the cells that change."""
    changed = kappa != 1.0
    exponent = np.broadcast_to(-theta[:, None, None], kappa.shape)[changed]
    factor = np.ones(kappa.shape)
    factor[changed] = kappa[changed] ** exponent
    return factor


def supply(log_c: Array, theta: Array) -> Array:
    """(c^)^(-theta) ``[s, i]``: the only powers of a sweep."""
    xp = namespace(log_c)
    return xp.exp(-theta * log_c).T


def price(A: Array, a: Array, theta: Array) -> tuple[Array, Array]:
    """Log P^ ``[n, s]`` and Phi = P^^(-theta) = sum_i pi (kappa^)^(-theta) a_i ``[s, n]``.

    Where nothing is for sale (and, as was checked before, nothing bought) the price stays put.
    """
    phi = times(A, a)
    xp = namespace(A)
    return -xp.log(xp.where(phi > 0, phi, 1.0)).T / theta, phi


def sales(B: Array, a: Array, v: Array) -> Array:
    """Y' ``[i, s]`` before tariff: a_i sum_n B_ni v_n, v = X'/Phi, B = pi (kappa^)^(-theta) / (1 + t')."""
    return (a * transposed_times(B, v)).T


def spending(B: Array, a: Array, v: Array) -> Array:
    """sum_i pi' X' / (1 + t') ``[n]``: what importers pay to exporters, all sectors."""
    return (v * times(B, a)).sum(axis=0)


def shared_income(income: Array, log_pf: Array, base_income: Array, coalitions: Coalitions) -> Array:
    """Income ``[n]`` after transfers that let all members of a coalition gain or lose alike.

    Their common hat of real income is what their joint income buys: W^ = sum I' / sum I P^.
    Chowdhry, Hinz, Kamin & Wanner (2024), coalition transfers.
    """
    for members in coalitions:
        rows = list(members)
        needed = base_income[rows] * np.exp(log_pf[rows])
        income = income.copy()
        income[rows] = needed * (income[rows].sum() / needed.sum())
    return income
