# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The joint fixed point in (log P^, log X^, log w^): one sweep through all equations and its residual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium import kernels as eqs
from tertius.equilibrium.arcs import Arcs
from tertius.equilibrium.arrays import Array, Baseline, Shock
from tertius.equilibrium.production import final_demand, production
from tertius.equilibrium.rationing import Rations, Settled
from tertius.equilibrium.trade import Shares, surviving
from tertius.equilibrium.transit import Scarcity, Transit, transit

__all__ = ["Closure", "Gap", "Sweep", "System"]

EQUATIONS = ("price", "goods", "factor")
FLAT = 1e-9  # deficit or transfer relative to income that counts as none
CLIP = 6.0  # largest step in a log, so that a wild trial stays in range


class Closure:
    """Names of the rules for deficits."""

    FIXED = "fixed_deficit"
    OWN_SHARE = "own_share"
    BALANCED = "balanced"
    ALL = (FIXED, BALANCED, OWN_SHARE)


@dataclass(frozen=True, slots=True)
class Gap:
    """The largest residual: which equation, country and column, and its size.

    The column is a sector, or a factor in the equation "factor", or -1 for the whole country. Prices,
    factor prices and quantities under quotas are in logs; goods are relative to the country's own
    income, which is stricter than relative to world income.
    """

    equation: str
    country: int
    column: int
    size: float


@dataclass(frozen=True, slots=True)
class Sweep:
    """All variables of one pass, and both sides of the equations at its argument.

    Attributes
    ----------
    log_c, Y, new_X, new_log_p
        ``[n, s]``: unit cost after productivity, output, and what expenditure and prices should be.
    log_p, X
        ``[n, s]``: prices and expenditure of the state.
    phi, supply
        ``[s, n]``, ``[s, i]``: P^^(-theta), c^^(-theta).
    factor_income, factor_demand
        ``[n, f]``: w L V, and what producers pay.
    revenue, rents, D, I, log_pf
        ``[n]``: tariffs, export taxes and licences; rents of hubs; deficit, income after transfers, price
        index of final demand.
    trade
        Shares after quotas and caps, those of the system if there are none.
    settled
        Where quotas and caps stand, None if there are none.
    transit, scarcity
        Routes, and where capacities of their arcs stand; None if there are none.
    """

    log_c: Array
    Y: Array
    new_X: Array
    new_log_p: Array
    log_p: Array
    X: Array
    phi: Array
    supply: Array
    factor_income: Array
    factor_demand: Array
    revenue: Array
    rents: Array
    D: Array
    I: Array  # noqa: E741
    log_pf: Array
    trade: Shares
    settled: Settled | None
    transit: Transit | None
    scarcity: Scarcity | None

    @property
    def wages(self) -> Array:
        """Value added ``[n]``: the income of all factors."""
        return self.factor_income.sum(axis=1)


class System:
    """The equations of one counterfactual.

    Parameters
    ----------
    base
        The base year.
    shock
        The counterfactual.
    closure
        ``fixed_deficit`` or ``own_share`` (a balanced base is rebuilt before, then fixed at zero).
    share
        Part of the shock that is applied, for continuation.
    """

    def __init__(
        self, base: Baseline, shock: Shock, closure: str = Closure.FIXED, share: float = 1.0
    ) -> None:
        n, s = base.shape
        self.base, self.closure, self.coalitions = base, closure, shock.coalitions
        self.size = n * s
        self.transit = transit(base, shock, share)
        self.trade = surviving(base, shock, share, self.transit)
        self.production = production(base)
        self.log_a = np.zeros((n, s)) if shock.productivity is None else share * np.log(shock.productivity)
        self.bought = base.X > 0
        sold = np.asarray(((self.trade.C > 0) & self.bought.T[:, :, None]).any(axis=1)).T  # [i, s]
        self.owned = (base.V > 0) & (eqs.times(base.phi, sold.astype(np.float64)) > 0)
        factors = base.V if shock.endowment is None else base.V * shock.endowment**share
        self.endowment = np.where(self.owned, factors, 0.0)  # what nobody buys earns nothing
        self.transfer = np.zeros(n) if shock.transfer is None else share * shock.transfer
        self.wage_step = self._wage_step()
        self.rations = Rations(base, shock, share) if shock.quotas or shock.caps else None
        limited = shock.routes is not None and shock.routes.limits
        self.arcs = Arcs(base, shock, share) if limited and self.transit is not None else None
        licensed = any(q.owner == "exporter" for q in shock.quotas)
        self.taxed = shock.export_tax is not None or licensed  # whether exporters have revenue
        money = np.abs(self.transfer) + (0.0 if closure == Closure.OWN_SHARE else np.abs(base.D))
        self.homogeneous = not shock.caps and bool(np.all(money <= FLAT * base.I))

    def _wage_step(self) -> Array:
        """Damping of factor prices ``[n, f]``: the more elastic the demand for a factor, the shorter."""
        b, A = self.base, self.trade.A
        total = A.sum(axis=2)
        home = (np.einsum("snn->sn", A) / np.where(total > 0, total, 1.0)).T
        paid = b.phi * (b.beta * b.X * home)[:, None, :]
        weight = paid / np.maximum(paid.sum(axis=2, keepdims=True), 1e-300)
        elasticity = eqs.times(weight, b.theta * (1.0 - home))
        return 0.7 / (1.0 + 0.5 * elasticity)

    def start(self) -> Array:
        """The base year as a state vector."""
        levels = np.zeros(2 * self.size + self.base.V.size)
        rations = np.zeros(0) if self.rations is None else self.rations.start()
        return np.concatenate([levels, rations, np.zeros(0 if self.arcs is None else self.arcs.size)])

    @property
    def smooth(self) -> bool:
        """Whether no condition has a kink."""
        return self.rations is None and self.arcs is None

    def _kinks(self, z: Array) -> tuple[Array, Array]:
        """Unknowns of quotas and caps, and of capacities of arcs."""
        unknown = z[self._last :]
        q = 0 if self.rations is None else self.rations.size
        return unknown[:q], unknown[q:]

    @property
    def _last(self) -> int:
        """Where the unknowns of quotas, caps and arcs begin in a state."""
        return 2 * self.size + self.base.V.size

    def log_w(self, z: Array) -> Array:
        """Factor prices of a state, log ``[n, f]``, at the numeraire: their level in the state is free."""
        free = z[2 * self.size : self._last].reshape(self.base.V.shape)
        return free - np.log((np.exp(free) * self.endowment).sum() / self.base.VA.sum())

    def sweep(self, z: Array) -> Sweep:
        """Evaluate every equation once at a state."""
        b, size, t, moved = self.base, self.size, self.trade, self.transit
        unknown, prices = self._kinks(z)
        if self.arcs is not None and self.transit is not None:
            moved = self.arcs.moved(prices)
            t = self.arcs.apply(t, self.transit, moved)
        if self.rations is not None:
            t = self.rations.apply(t, unknown)
        log_w = self.log_w(z)
        if self.homogeneous:  # prices and spending move with the level of wages: nothing real does
            z = z + (log_w.flat[0] - z[2 * size])
        log_p = z[:size].reshape(b.X.shape)
        X = np.exp(z[size : 2 * size].reshape(b.X.shape)) * b.X
        costs = self.production.costs(log_w, log_p)
        log_c = costs.log_c - self.log_a
        a = eqs.supply(log_c, b.theta)
        new_log_p, phi = eqs.price(t.A, a, b.theta)
        v = X.T / np.where(phi > 0, phi, 1.0)
        Y = eqs.sales(t.C, a, v)
        factor_income = np.exp(log_w) * self.endowment
        D = self._deficit(factor_income)
        revenue = X.sum(axis=1) - eqs.spending(t.B, a, v)
        if self.taxed:
            revenue = revenue + (eqs.sales(t.B, a, v) - Y).sum(axis=1)
        rents, scarcity = np.zeros_like(revenue), None
        if moved is not None:
            flows = moved.flows(t.B, a, v)
            scarcity = None if self.arcs is None else self.arcs.settle(prices, flows, moved, log_c)
            rents = self._hubs(moved, flows, scarcity, revenue, Y)
        log_pf, alpha = final_demand(b.alpha, log_p, b.sigma)
        own = factor_income.sum(axis=1) + revenue + rents + D + self.transfer
        settled = None
        if self.rations is not None:
            part = self.production.value_added(costs, np.ones_like(Y))
            settled = self.rations.settle(t, unknown, a, v, log_c, part)
            own = own + settled.received
        income = eqs.shared_income(own, log_pf, b.I, self.coalitions)
        paid = self.production.value_added(costs, Y)
        return Sweep(
            log_c=log_c,
            Y=Y,
            new_X=self.production.inputs(costs, log_p, Y) + alpha * income[:, None],
            new_log_p=new_log_p,
            log_p=log_p,
            X=X,
            phi=phi,
            supply=a,
            factor_income=factor_income,
            factor_demand=eqs.times(b.phi, paid),
            revenue=revenue,
            rents=rents,
            D=D,
            I=income,
            log_pf=log_pf,
            trade=t,
            settled=settled,
            transit=moved,
            scarcity=scarcity,
        )

    def _hubs(
        self, moved: Transit, flows: Array, scarcity: Scarcity | None, revenue: Array, Y: Array
    ) -> Array:
        """Rents of hubs ``[n]``; what they are paid for services joins output, what they keep is no tax."""
        if self.taxed:
            revenue -= moved.paid_by_seller(flows, len(revenue))
        rents, services = moved.received(flows, len(revenue), scarcity)
        Y[:, moved.routes.services] += services
        return rents

    def step(self, z: Array) -> tuple[Array, float]:
        """Fixed-point step at a state, and the largest residual of the equations there."""
        s = self.sweep(z)
        log_p = s.new_log_p - s.log_p
        with np.errstate(divide="ignore", invalid="ignore"):
            log_x = np.log(np.where(self.bought, np.maximum(s.new_X / (s.X + ~self.bought), 1e-3), 1.0))
            excess = np.log(np.where(self.owned, s.factor_demand / (s.factor_income + ~self.owned), 1.0))
        log_w = np.clip(self.wage_step * excess, -1.0, 1.0)
        f = np.clip(np.concatenate([log_p.ravel(), log_x.ravel(), log_w.ravel()]), -CLIP, CLIP)
        if self.smooth:
            return f, self._largest(s, np.zeros(1))
        more, missed = self._kinked(z, s)
        return np.concatenate([f, np.clip(more, -CLIP, CLIP)]), self._largest(s, missed)

    def _kinked(self, z: Array, s: Sweep) -> tuple[Array, Array]:
        """Steps of quotas, caps and arcs, and by how much each condition is missed."""
        unknown, prices = self._kinks(z)
        found = []
        if self.rations is not None and s.settled is not None:
            found.append(self.rations.step(unknown, s.settled))
        if self.arcs is not None and s.scarcity is not None:
            found.append(self.arcs.step(prices, s.scarcity))
        return np.concatenate([f for f, _ in found]), np.concatenate([m for _, m in found])

    def _residuals(self, s: Sweep) -> tuple[Array, Array, Array]:
        price = np.where(self.bought, np.abs(s.new_log_p - s.log_p), 0.0)
        goods = np.abs(s.new_X - s.X) / np.abs(s.I)[:, None]
        factor = np.abs(s.factor_demand / (s.factor_income + ~self.owned) - self.owned)
        return price, goods, factor

    def _largest(self, s: Sweep, missed: Array) -> float:
        if not np.all(s.I > 0):
            return np.inf
        return float(max(r.max() for r in (*self._residuals(s), missed)))

    def worst(self, z: Array) -> Gap:
        """Say which market is furthest from equilibrium at a state."""
        s = self.sweep(z)
        if not np.all(s.I > 0):
            return Gap("income", int(np.argmin(s.I / self.base.I)), -1, np.inf)
        gaps = [] if self.smooth else [self._worst_kink(z, s)]
        for name, r in zip(EQUATIONS, self._residuals(s), strict=True):
            row, column = np.unravel_index(int(np.argmax(r)), r.shape)
            gaps.append(Gap(name, int(row), int(column), float(r[row, column])))
        return max(gaps, key=lambda g: np.inf if np.isnan(g.size) else g.size)

    def _worst_kink(self, z: Array, s: Sweep) -> Gap:
        missed = self._kinked(z, s)[1]
        k, quotas = int(np.argmax(missed)), 0 if self.rations is None else self.rations.size
        if self.rations is not None and k < quotas:
            country, sector = self.rations.place(k)
        else:
            assert self.arcs is not None
            country, sector = self.arcs.place(k - quotas)
        return Gap("ration", country, sector, float(missed[k]))

    def _deficit(self, factor_income: Array) -> Array:
        b = self.base
        if self.closure == Closure.FIXED:
            return b.D
        income = factor_income.sum(axis=1)
        own = b.D / b.VA * income
        return own - income / income.sum() * own.sum()
