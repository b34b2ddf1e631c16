# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The shares at a state, best an equilibrium, that its log-linear equations are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.equilibrium.diagnose import Blocs
from tertius.equilibrium.kernels import times
from tertius.equilibrium.production import CES, final_demand
from tertius.equilibrium.system import Closure, Sweep, System
from tertius.routes.arrays import RouteArrays

__all__ = ["Hubs", "LinearShares", "linear_shares"]


@dataclass(frozen=True, slots=True)
class Hubs:
    """What hubs keep of flows.

    Attributes
    ----------
    margins
        ``[C, H]``: what each hub keeps of each routed flow, money.
    paid
        ``[s, n, i]``: what all hubs together keep of each flow.
    by_buyer, by_seller
        ``[s * n, H]``, ``[s * i, H]``: sums over sellers, over buyers.
    routes
        Whose they are.
    """

    margins: Array
    paid: Array
    by_buyer: Array
    by_seller: Array
    routes: RouteArrays


@dataclass(frozen=True, slots=True)
class LinearShares:
    """Coefficients at an equilibrium; money in the base's unit, new levels throughout.

    Attributes
    ----------
    pi, M, Z
        ``[s, n, i]``: expenditure shares; value that crosses the border; value the seller keeps.
    M_buyer, M_seller
        ``[n, s * i]``, ``[i, s * n]``: M for the sums over all other indices; the second only the taxes of
        exporters in it, and None where nobody taxes exports.
    tax
        ``[s, n, i]``: 1 + t'.
    log_kappa
        ``[s, n, i]``: log of the trade cost change, zero where there is no trade; a shift of taste
        counts as the trade cost that does the same.
    log_c, log_p
        ``[s, n]``: logs of unit cost and price.
    theta, X, Y, sold, use, M_n, tax_i
        ``[s, 1]``, else ``[s, n]``: trade elasticity, expenditure, output, sales (output less services of
        hubs), use as input, imports by buyer with own sales, export taxes by seller.
    phi, G
        ``[n, f, s]``, ``[n, k, s]``: factor shares of value added, input shares of cost.
    b
        ``[n, s]``: value added in cost.
    alpha
        ``[s, n]``: shares of final demand.
    income, earned, revenue
        ``[n]``, ``[n, f]``, ``[n]``: income after transfers, factor incomes, taxes on trade.
    deficit
        ``[n, n]``: change of deficits with value added.
    pool_own, pool_price
        ``[n, n]``: change of income with incomes before coalition transfers, and with log price indices.
    numeraire
        ``[n, n]``: row n sums value added over the countries that n's bloc holds, relative to its total.
    wage_step
        ``[n, f]``: scale of the factor-market equations.
    bought, owned
        Markets that exist, ``[s, n]`` and ``[n, f]``.
    h, e, e_final
        Elasticities of substitution: value added against inputs, among inputs, in final demand.
    hubs
        Margins of hubs by buyer and by seller, None if there are no routes.
    """

    pi: Array
    M: Array
    Z: Array
    M_buyer: Array
    M_seller: Array | None
    tax: Array
    log_kappa: Array
    log_c: Array
    log_p: Array
    theta: Array
    X: Array
    Y: Array
    sold: Array
    use: Array
    M_n: Array
    tax_i: Array
    phi: Array
    G: Array
    b: Array
    alpha: Array
    income: Array
    earned: Array
    revenue: Array
    deficit: Array
    pool_own: Array
    pool_price: Array
    numeraire: Array
    wage_step: Array
    bought: Array
    owned: Array
    h: float
    e: float
    e_final: float
    hubs: Hubs | None = None


def linear_shares(system: System, s: Sweep, blocs: Blocs) -> LinearShares:
    """Collect the coefficients of the log-linear equations at a state.

    Parameters
    ----------
    system, s
        The equations, and all variables at the state.
    blocs
        Groups of countries that trade with each other.

    Returns
    -------
    LinearShares
    """
    base = system.base
    A, B, C = s.trade.A, s.trade.B, s.trade.C
    spread = (s.X.T / s.phi)[:, :, None] * s.supply[:, None, :]
    M = B * spread
    Z = M if C is B else C * spread
    alpha = final_demand(base.alpha, s.log_p, base.sigma)[1]
    b, G = _cost_shares(system, s)
    pool_own, pool_price = _coalitions(system, s)
    hubs = _hubs(system, s)
    n, sectors = base.shape
    tax = None
    if system.taxed:
        tax = M - Z if hubs is None else M - Z - hubs.paid
    return LinearShares(
        pi=A / s.phi[:, :, None] * s.supply[:, None, :],
        M=M,
        Z=Z,
        M_buyer=np.ascontiguousarray(M.transpose(1, 0, 2)).reshape(n, sectors * n),
        M_seller=None if tax is None else tax.transpose(2, 0, 1).reshape(n, sectors * n),
        tax=np.divide(A, B, out=np.ones_like(A), where=B > 0),
        log_kappa=_log_kappa(A, base.pi, base.theta),
        log_c=np.ascontiguousarray(s.log_c.T),
        log_p=np.ascontiguousarray(s.log_p.T),
        theta=base.theta[:, None],
        X=np.ascontiguousarray(s.X.T),
        Y=np.ascontiguousarray(s.Y.T),
        sold=Z.sum(axis=1),
        use=times(G, s.Y).T,
        M_n=M.sum(axis=2),
        tax_i=np.zeros_like(s.X.T) if tax is None else tax.sum(axis=1),
        phi=base.phi,
        G=G,
        b=b,
        alpha=np.ascontiguousarray(alpha.T),
        income=s.I,
        earned=s.factor_income,
        revenue=s.revenue,
        deficit=_deficit_slopes(system, s),
        pool_own=pool_own,
        pool_price=pool_price,
        numeraire=_numeraire(s, blocs),
        wage_step=system.wage_step,
        bought=np.where(base.X.T > 0, 1.0, 0.0),
        owned=np.where(base.V > 0, 1.0, 0.0),
        h=base.sigma.value_added,
        e=base.sigma.inputs,
        e_final=base.sigma.final,
        hubs=hubs,
    )


def _hubs(system: System, s: Sweep) -> Hubs | None:
    """Margins of hubs at a state."""
    if system.transit is None:
        return None
    routes = system.transit.routes
    margins = system.transit.margins(s.trade.B, s.supply, s.X.T / s.phi)
    sectors, n, _ = s.trade.B.shape
    paid = np.zeros(s.trade.B.shape)
    paid[routes.cells] = margins.sum(axis=1)
    by_buyer, by_seller = np.zeros((2, sectors * n, margins.shape[1]))
    np.add.at(by_buyer, routes.sector * n + routes.importer, margins)
    np.add.at(by_seller, routes.sector * n + routes.exporter, margins)
    return Hubs(margins, paid, by_buyer, by_seller, routes)


def _log_kappa(A: Array, pi: Array, theta: Array) -> Array:
    """-ln(A / pi) / theta where there is trade."""
    ratio = np.divide(A, pi, out=np.ones_like(A), where=(A > 0) & (pi > 0))
    return -np.log(ratio) / theta[:, None, None]


def _cost_shares(system: System, s: Sweep) -> tuple[Array, Array]:
    """Shares of value added ``[n, s]`` and of each input ``[n, k, s]`` in cost at the solution."""
    base = system.base
    if not isinstance(system.production, CES):
        return base.beta, base.gamma
    h, e = base.sigma.value_added, base.sigma.inputs
    with np.errstate(divide="ignore", invalid="ignore"):
        log_w = np.log(s.factor_income / system.endowment)
    costs = system.production.costs(np.where(system.owned, log_w, 0.0), s.log_p)
    log_cm = costs.log_c if costs.log_cm is None else costs.log_cm
    b = base.beta * np.exp((1.0 - h) * (costs.log_cv - costs.log_c))
    within = np.exp((1.0 - e) * (s.log_p[:, :, None] - log_cm[:, None, :]))
    return b, base.gamma * within * np.exp((1.0 - h) * (log_cm - costs.log_c))[:, None, :]


def _deficit_slopes(system: System, s: Sweep) -> Array:
    """Derivative of deficits with respect to value added ``[n, n]``."""
    base, va = system.base, s.wages
    n = len(va)
    if system.closure == Closure.FIXED:
        return np.zeros((n, n))
    d, total = base.D / base.VA, va.sum()
    rest = (d * va).sum()
    share = va / total
    return np.diag(d - rest / total) - np.outer(share, d - rest / total)


def _coalitions(system: System, s: Sweep) -> tuple[Array, Array]:
    """Slopes of `shared_income`: with incomes of members, and with their log price indices."""
    base_income = system.base.I
    n = len(base_income)
    own, price = np.eye(n), np.zeros((n, n))
    for members in system.coalitions:
        rows = list(members)
        needed = base_income[rows] * np.exp(s.log_pf[rows])
        share = needed / needed.sum()
        own[rows] = np.outer(share, own[rows].sum(axis=0))
        price[rows] = np.outer(share, price[rows].sum(axis=0))
        joint = (share * s.I[rows].sum())[:, None]
        price[np.ix_(rows, rows)] += joint * (np.eye(len(rows)) - share)
    return own, price


def _numeraire(s: Sweep, blocs: Blocs) -> Array:
    """Membership in blocs over their value added ``[n, n]``: one numeraire for each."""
    va = s.wages
    rows = np.zeros((len(va), len(va)))
    for bloc in blocs:
        rows[np.ix_(bloc, bloc)] = 1.0 / va[list(bloc)].sum()
    return rows
