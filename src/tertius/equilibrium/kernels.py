# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The equations of the equilibrium in exact hats, one function each.

Indices: n importer, i exporter, s and k sectors. Logs of hats throughout, so that elasticities of
60 and cost changes of any size stay in range. Every function is pure and written against an array
namespace; none knows a label. Source: Caliendo & Parro (2015), ReStud 82:1-44; the numbers of the
equations are those of METHODS, section 1, in the order printed there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tertius.equilibrium.arrays import Array

__all__ = [
    "expenditure",
    "income",
    "labour_demand",
    "namespace",
    "price",
    "sales",
    "spending_before_tariff",
    "supply",
    "trade_cost_factor",
    "unit_cost",
]


def namespace(array: Any) -> Any:
    """Give the array library that an array belongs to (NumPy, JAX)."""
    return array.__array_namespace__() if hasattr(array, "__array_namespace__") else np


def _times(matrix: Array, vector: Array) -> Array:
    """Batched matrix-vector product, ``[b, m, k] x [b, k] -> [b, m]``."""
    return namespace(matrix).matmul(matrix, vector[:, :, None])[:, :, 0]


def _transposed_times(matrix: Array, vector: Array) -> Array:
    """Batched product with the transpose, ``[b, m, k] x [b, m] -> [b, k]``, without copying."""
    return namespace(matrix).matmul(vector[:, None, :], matrix)[:, 0, :]


def trade_cost_factor(iceberg: Array, tariff: Array, new_tariff: Array, theta: Array) -> Array:
    """(kappa^)^(-theta) ``[s, n, i]`` with kappa^ = d^ (1 + t') / (1 + t); zero under an embargo.

    Powers are taken only of the cells that change.
    """
    kappa = iceberg if new_tariff is tariff else iceberg * ((1.0 + new_tariff) / (1.0 + tariff))
    changed = kappa != 1.0
    exponent = np.broadcast_to(-theta[:, None, None], kappa.shape)[changed]
    factor = np.ones(kappa.shape)
    factor[changed] = kappa[changed] ** exponent
    return factor


def unit_cost(log_w: Array, log_p: Array, beta: Array, gamma: Array, log_a: Array) -> Array:
    """Log c^ ``[n, s]``: wages to value added, prices to inputs, less productivity."""
    return beta * log_w[:, None] + _transposed_times(gamma, log_p) - log_a


def supply(log_c: Array, theta: Array) -> Array:
    """(c^)^(-theta) ``[s, i]``: the only powers of a sweep."""
    xp = namespace(log_c)
    return xp.exp(-theta * log_c).T


def price(A: Array, a: Array, theta: Array) -> tuple[Array, Array]:
    """Log P^ ``[n, s]`` and Phi = P^^(-theta) = sum_i pi (kappa^)^(-theta) a_i ``[s, n]``."""
    phi = _times(A, a)
    return -namespace(A).log(phi).T / theta, phi


def sales(B: Array, a: Array, v: Array) -> Array:
    """Y' ``[i, s]`` before tariff: a_i sum_n B_ni v_n, v = X'/Phi, B = pi (kappa^)^(-theta) / (1 + t')."""
    return (a * _transposed_times(B, v)).T


def spending_before_tariff(B: Array, a: Array, v: Array) -> Array:
    """sum_i pi' X' / (1 + t') ``[n]``: what importers pay to exporters, all sectors."""
    return (v * _times(B, a)).sum(axis=0)


def income(wages: Array, X: Array, before_tariff: Array, D: Array) -> Array:
    """I' = w L VA + R' + D' ``[n]``; revenue is what buyers pay less what sellers get."""
    return wages + (X.sum(axis=1) - before_tariff) + D


def expenditure(gamma: Array, Y: Array, alpha: Array, I: Array) -> Array:  # noqa: E741
    """X' = gamma Y' + alpha I' ``[n, s]``."""
    return _times(gamma, Y) + alpha * I[:, None]


def labour_demand(beta: Array, Y: Array) -> Array:
    """sum_s beta Y' ``[n]``: what producers pay to the mobile factor."""
    return (beta * Y).sum(axis=1)
