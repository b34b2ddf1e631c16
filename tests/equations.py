# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""All equations of Caliendo & Parro (2015) recomputed from labelled results, sharing nothing with the engine.

Everything is read by name from a world, wedges and an equilibrium, as a user would, and put back
into the equations as METHODS, section 1, prints them.
"""

from __future__ import annotations

import numpy as np

import tertius as tt


def residuals(world: tt.World, z: tt.Wedges, eq, deficit=None) -> dict[str, float]:
    """Largest violation of each equation; money relative to the country's own new income.

    ``deficit`` is the new deficit that the closure demands (default: the base deficit).
    """
    flows = ("importer", "exporter", "sector")
    pi = world.trade_share.transpose(*flows).values
    t0, t1 = (x.tariff.transpose(*flows).values for x in (world, z))
    iceberg = z.iceberg.transpose(*flows).values
    gamma, theta = world.input_share.values, world.elasticity.values
    beta, alpha = world.value_added_share.values, world.final_share.values
    w, P = eq.wage_hat.values, eq.price_hat.values
    M, X, I = eq.trade.transpose(*flows).values, eq.expenditure.values, eq.income.values  # noqa: E741
    revenue = eq.tariff_revenue.values
    D = world.deficit.values if deficit is None else deficit

    log_c = beta * np.log(w)[:, None] + np.einsum("nks,nk->ns", gamma, np.log(P))
    log_c -= np.log(z.productivity.values)
    with np.errstate(divide="ignore"):
        log_delivered = np.log(iceberg * (1 + t1) / (1 + t0)) + log_c[None]  # [n, i, s]
        log_terms = np.log(pi) - theta * log_delivered
    top = log_terms.max(axis=1, keepdims=True)
    phi = np.exp(log_terms - top)
    log_P = -(top[:, 0] + np.log(phi.sum(axis=1))) / theta
    new_pi = phi / phi.sum(axis=1, keepdims=True)
    Y = M.sum(axis=0)
    own = world.value_added.values * w * z.labour.values
    used = world.expenditure.values > 0
    money = I[:, None]
    return {
        "price": float(np.abs(np.log(P) - log_P)[used].max()),
        "trade": float(np.abs((M - new_pi * X[:, None, :] / (1 + t1)) / I[:, None, None]).max()),
        "spending": float(np.abs((((1 + t1) * M).sum(axis=1) - X) / money).max()),
        "goods": float(np.abs((X - np.einsum("nks,ns->nk", gamma, Y) - alpha * money) / money).max()),
        "labour": float(np.abs(((beta * Y).sum(axis=1) - own) / own).max()),
        "revenue": float(np.abs(((t1 * M).sum(axis=(1, 2)) - revenue) / I).max()),
        "income": float(np.abs((own + revenue + D - I) / I).max()),
        "trade balance": float(np.abs((M.sum(axis=(1, 2)) - M.sum(axis=(0, 2)) - D) / I).max()),
        "numeraire": float(abs(own.sum() / world.value_added.values.sum() - 1)),
    }


def worst(world, z, eq, deficit=None) -> float:
    """The largest of all residuals."""
    return max(residuals(world, z, eq, deficit).values())
