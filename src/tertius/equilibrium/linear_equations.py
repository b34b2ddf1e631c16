# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The log-linear equations of an equilibrium, and their transpose, for R directions at once.

With dots for changes (of logs; of levels where money is added up) and the shares of `linear_shares`:

    c_i = b_i phi_i' w_i + G_i' p_i - a_i                       unit cost
    p_n = sum_i pi_ni c_i - A_n / th                            A_n = sum_i pi_ni dln A_ni
    dY_i = Y_i q_i + sum_n Z_ni (y_n + dln C_ni)                q = -th c ,  y = x + th p
    dR_n = sum_s X_n x_n - dM_n + dE_n                          imports M, export taxes E
    dI = own (dVA + dD + dR + dT) + price pf                    coalitions share income
    X_n x_n = sum_s dG Y + d(alpha I)
    w_f + l_f = sum_s phi_fs d(b Y)_s / (w L)_f                 and the numeraire

The elasticity moves q, y and p directly. A node is a place where a cause enters: the change of a
sum over cells, not of each cell. Reverse mode is written out by hand, line by line backwards.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear_shares import LinearShares

__all__ = ["Effects", "LinearEquations", "Nodes", "State"]


def total(weight: Array, values: Array) -> Array:
    """Weighted sum over sectors, ``[s, n] x [s, n, R] -> [n, R]``."""
    return np.matmul(weight.T[:, None, :], values.transpose(1, 0, 2))[:, 0, :]


@dataclass(slots=True)
class State:
    """Changes of logs: prices and expenditure ``[s, n, R]``, factor prices ``[n, f, R]``."""

    p: Array
    x: Array
    w: Array

    def flat(self) -> Array:
        """As one array ``[size, R]``."""
        width = self.p.shape[-1]
        return np.concatenate([v.reshape(-1, width) for v in (self.p, self.x, self.w)])


@dataclass(slots=True)
class Nodes:
    """Where causes enter; None is none.

    Attributes
    ----------
    price, sold
        ``[s, n, R]``: sum_i pi dln A; ``[s, i, R]``: sum_n Z dln C.
    imported, taxed
        ``[n, R]``: sum M dln B over sectors and origins; ``[i, R]``: sum of M dln B - Z dln C.
    productivity
        ``[n, s, R]``, log.
    endowment
        ``[n, f, R]``, log.
    theta
        ``[s, 1, R]``, level.
    transfer
        ``[n, R]``, money.
    hubs
        ``[H, R]``, money: sum over cells of what a hub keeps times dln B.
    demand
        ``[s, n, R]``: dln B of all cells of a buyer, prices aside (forwards only).
    """

    price: Array | None = None
    sold: Array | None = None
    imported: Array | None = None
    taxed: Array | None = None
    productivity: Array | None = None
    endowment: Array | None = None
    theta: Array | None = None
    transfer: Array | None = None
    hubs: Array | None = None
    demand: Array | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing enters."""
        return all(getattr(self, f.name) is None for f in fields(self))


@dataclass(slots=True)
class Effects:
    """What follows from a state and its causes: money ``[n, R]``, log price index, output ``[s, i, R]``."""

    revenue: Array
    value_added: Array
    income: Array
    log_pf: Array
    Y: Array
    log_c: Array


class LinearEquations:
    """Equations E(state, nodes), zero at the tangent, and log real income u(state, nodes).

    Parameters
    ----------
    shares
        Coefficients at a solution.
    """

    def __init__(self, shares: LinearShares) -> None:
        self.k = k = shares
        self.sectors, self.n = k.X.shape
        self.f = k.earned.shape[1]
        self.cell = self.n * self.sectors
        self.size = 2 * self.cell + self.n * self.f
        self.phi_T, self.G_T = k.phi.transpose(0, 2, 1), k.G.transpose(0, 2, 1)
        self.Z_T, self.pi_T = k.Z.transpose(0, 2, 1), k.pi.transpose(0, 2, 1)
        self.per_X = k.bought / np.where(k.bought > 0, k.X, 1.0)
        self.per_w = k.owned / np.where(k.owned > 0, k.earned, 1.0)
        self.rest = np.where(k.b < 1.0, 1.0 - k.b, 1.0)
        self.Y_n = np.ascontiguousarray(k.Y.T)  # [n, s]
        self.final = (1.0 - k.e_final) * k.alpha * k.income
        self.pi_cost = np.einsum("sni,si->sn", k.pi, k.log_c)

    def state(self, flat: Array) -> State:
        """Views of ``[size, R]``."""
        width, cell = flat.shape[1], self.cell
        grid = (self.sectors, self.n, width)
        return State(
            flat[:cell].reshape(grid),
            flat[cell : 2 * cell].reshape(grid),
            flat[2 * cell :].reshape(self.n, self.f, width),
        )

    def residual(self, at: State, nodes: Nodes) -> tuple[State, Effects]:
        """E(state, nodes) by rows as a state, and what follows for incomes."""
        k, th = self.k, self.k.theta[:, :, None]
        cv = self.phi_T @ at.w
        gp = self.G_T @ at.p.transpose(1, 0, 2)
        cost = k.b[:, :, None] * cv + gp
        c = cost if nodes.productivity is None else cost - nodes.productivity
        c = np.ascontiguousarray(c.transpose(1, 0, 2))
        E_p = at.p - k.pi @ c
        q, y = -th * c, at.x + th * at.p
        if nodes.price is not None:
            E_p += nodes.price / th
        if nodes.theta is not None:
            E_p -= ((self.pi_cost - k.log_p)[:, :, None] / th) * nodes.theta
            q = q - k.log_c[:, :, None] * nodes.theta
            y = y + k.log_p[:, :, None] * nodes.theta
        if nodes.demand is not None:
            y = y + nodes.demand
        dY = k.sold[:, :, None] * q + self.Z_T @ y
        if nodes.sold is not None:
            dY += nodes.sold
        revenue = self._revenue(at, q, y, nodes)
        rents = self._through_hubs(q, y, nodes, dY)
        earner = at.w if nodes.endowment is None else at.w + nodes.endowment
        earned = k.earned[:, :, None] * earner
        log_pf = total(k.alpha, at.p)
        value_added = earned.sum(axis=1)
        own = value_added + k.deficit @ value_added + revenue + rents
        if nodes.transfer is not None:
            own = own + nodes.transfer
        income = k.pool_own @ own + k.pool_price @ log_pf
        use, paid = self._production(at, dY.transpose(1, 0, 2), cv, gp, cost)
        demand = use + k.alpha[:, :, None] * income
        if k.e_final != 1.0:
            demand += self.final[:, :, None] * (at.p - log_pf)
        E_x = at.x - self.per_X[:, :, None] * demand
        gap = earner - self.per_w[:, :, None] * (k.phi @ paid) + (k.numeraire @ value_added)[:, None, :]
        E_w = np.where(k.owned[:, :, None] > 0, k.wage_step[:, :, None] * gap, at.w)
        return State(E_p, E_x, E_w), Effects(revenue, value_added, income, log_pf, dY, c)

    def _revenue(self, at: State, q: Array, y: Array, nodes: Nodes) -> Array:
        """Change of taxes on trade ``[n, R]``."""
        k, width = self.k, q.shape[-1]
        revenue = total(k.X, at.x) - total(k.M_n, y) - k.M_buyer @ q.reshape(self.cell, width)
        if k.M_seller is not None:
            revenue += k.M_seller @ y.reshape(self.cell, width)
            revenue += total(k.tax_i, q)
        if nodes.imported is not None:
            revenue -= nodes.imported
        if nodes.taxed is not None:
            revenue += nodes.taxed
        return revenue

    def _through_hubs(self, q: Array, y: Array, nodes: Nodes, dY: Array) -> Array | float:
        """Change of rents ``[n, R]``; what hubs are paid for services is added to output ``[s, n, R]``."""
        hubs, width = self.k.hubs, q.shape[-1]
        if hubs is None:
            return 0.0
        change = hubs.by_buyer.T @ y.reshape(self.cell, width) + hubs.by_seller.T @ q.reshape(
            self.cell, width
        )
        if nodes.hubs is not None:
            change += nodes.hubs
        rents = np.zeros((self.n, width))
        e = hubs.routes.e[:, None]
        np.add.at(rents, hubs.routes.hub, e * change)
        np.add.at(dY[hubs.routes.services], hubs.routes.hub, (1.0 - e) * change)
        return rents

    def _hub_income_T(self, sold: Array, g_own: Array) -> Array:
        """Backwards through what hubs earn ``[H, R]``."""
        assert self.k.hubs is not None
        routes = self.k.hubs.routes
        e = routes.e[:, None]
        return e * g_own[routes.hub] + (1.0 - e) * sold[routes.services][routes.hub]

    def _production(self, at: State, dY: Array, cv: Array, gp: Array, cost: Array) -> tuple[Array, Array]:
        """Change of the use of inputs ``[s, n, R]`` and of payments to factors by sector ``[n, s, R]``."""
        k, Y = self.k, self.Y_n[:, :, None]
        if k.h == 1.0 and k.e == 1.0:
            return (k.G @ dY).transpose(1, 0, 2), k.b[:, :, None] * dY
        cm = gp / self.rest[:, :, None]
        paid = k.b[:, :, None] * (dY + (1.0 - k.h) * Y * (cv - cost))
        inner = dY + Y * ((1.0 - k.h) * (cm - cost) - (1.0 - k.e) * cm)
        return (k.G @ inner).transpose(1, 0, 2) + (1.0 - k.e) * k.use[:, :, None] * at.p, paid

    def transposed(self, rows: State | None, weight: Array | None) -> tuple[State, Nodes]:
        """Derivative of rows . E + weight . u with respect to the state and to every node.

        Parameters
        ----------
        rows
            Multipliers of the equations; None is zero.
        weight
            ``[n, R]``: weights of log real incomes; None is zero.
        """
        k, th = self.k, self.k.theta[:, :, None]
        if rows is None:
            assert weight is not None
            rows = self.state(np.zeros((self.size, weight.shape[1])))
        mu = np.zeros((self.n, rows.p.shape[-1])) if weight is None else weight
        g_x, g_w = -self.per_X[:, :, None] * rows.x, (k.owned * k.wage_step)[:, :, None] * rows.w
        in_final = self.final[:, :, None] * g_x
        g_income = total(k.alpha, g_x) + mu / k.income[:, None]
        g_pf = k.pool_price.T @ g_income - in_final.sum(axis=0) - mu
        g_own = k.pool_own.T @ g_income
        p = rows.p + in_final + k.alpha[:, :, None] * g_pf
        g_dY, g_cv, g_cost, g_gp, p_use = self._production_T(g_x, g_w)
        sold = g_dY.transpose(1, 0, 2)
        y, q = self._trade_T(sold, g_own)
        c = -(self.pi_T @ rows.p) - th * q
        g_cost = g_cost + c.transpose(1, 0, 2)
        g_va = g_own + k.deficit.T @ g_own + k.numeraire.T @ g_w.sum(axis=1)
        earner = g_w + k.earned[:, :, None] * g_va[:, None, :]
        idle = np.where(k.owned[:, :, None] > 0, 0.0, rows.w)
        w = earner + idle + k.phi @ (g_cv + k.b[:, :, None] * g_cost)
        p = p + p_use + th * y + (k.G @ (g_cost + g_gp)).transpose(1, 0, 2)
        theta = (k.log_p[:, :, None] * y).sum(axis=1) - (k.log_c[:, :, None] * q).sum(axis=1)
        theta -= ((self.pi_cost - k.log_p)[:, :, None] / th * rows.p).sum(axis=1)
        nodes = Nodes(
            price=rows.p / th,
            sold=sold,
            imported=-g_own,
            taxed=g_own,
            productivity=-c.transpose(1, 0, 2),
            endowment=earner,
            theta=theta[:, None, :],
            transfer=g_own,
            hubs=None if k.hubs is None else self._hub_income_T(sold, g_own),
        )
        return State(p, rows.x + k.X[:, :, None] * g_own + y, w), nodes

    def _trade_T(self, sold: Array, g_own: Array) -> tuple[Array, Array]:
        """Backwards through sales and taxes: to y ``[s, n, R]`` and q ``[s, i, R]``."""
        k, grid = self.k, (self.sectors, self.n, g_own.shape[-1])
        y = k.Z @ sold - k.M_n[:, :, None] * g_own
        q = k.sold[:, :, None] * sold - (k.M_buyer.T @ g_own).reshape(grid)
        if k.M_seller is not None:
            y += (k.M_seller.T @ g_own).reshape(grid)
            q += k.tax_i[:, :, None] * g_own
        if k.hubs is not None:
            g_hubs = self._hub_income_T(sold, g_own)
            y += (k.hubs.by_buyer @ g_hubs).reshape(grid)
            q += (k.hubs.by_seller @ g_hubs).reshape(grid)
        return y, q

    def _production_T(self, g_use: Array, g_w: Array) -> tuple[Array, Array, Array, Array, Array | float]:
        """Backwards through use and payments: to output, cv, cost, G'p and directly to p."""
        k, Y = self.k, self.Y_n[:, :, None]
        inner = self.G_T @ g_use.transpose(1, 0, 2)
        paid = k.b[:, :, None] * (self.phi_T @ (-self.per_w[:, :, None] * g_w))
        if k.h == 1.0 and k.e == 1.0:
            zero = np.zeros_like(inner)
            return inner + paid, zero, zero, zero, 0.0
        g_cv = (1.0 - k.h) * Y * paid
        g_cm = (k.e - k.h) * Y * inner
        g_cost = -g_cv - (1.0 - k.h) * Y * inner
        p_use = (1.0 - k.e) * k.use[:, :, None] * g_use
        return inner + paid, g_cv, g_cost, g_cm / self.rest[:, :, None], p_use
