# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The joint fixed point in (log P^, log X^, log w^): one sweep through all equations and its residual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium import kernels as eqs
from tertius.equilibrium.arrays import Array, Baseline, Shock

__all__ = ["Closure", "Gap", "Sweep", "System"]

EQUATIONS = ("price", "goods", "labour")
FLAT = 1e-9  # deficit relative to income that counts as none
CLIP = 6.0  # largest step in a log, so that a wild trial stays in range


class Closure:
    """Names of the rules for deficits."""

    FIXED = "fixed_deficit"
    OWN_SHARE = "own_share"
    BALANCED = "balanced"
    ALL = (FIXED, BALANCED, OWN_SHARE)


@dataclass(frozen=True, slots=True)
class Gap:
    """The largest residual: which equation, country and sector (-1 for labour), and its size.

    Prices and wages are in logs; goods are relative to the country's own income, which is stricter
    than relative to world income.
    """

    equation: str
    country: int
    sector: int
    size: float


@dataclass(frozen=True, slots=True)
class Sweep:
    """All variables of one pass and the residuals of the equations at its argument."""

    log_c: Array
    log_p: Array
    phi: Array
    supply: Array
    Y: Array
    wages: Array
    revenue: Array
    D: Array
    I: Array  # noqa: E741
    X: Array
    new_log_p: Array
    new_X: Array
    labour: Array


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
        Part of the shock that is applied, for continuation: costs, productivity and labour
        geometrically, tariffs linearly, embargoes as the surviving share of trade.
    """

    def __init__(
        self, base: Baseline, shock: Shock, closure: str = Closure.FIXED, share: float = 1.0
    ) -> None:
        n, s = base.shape
        self.base, self.closure = base, closure
        self.size = n * s
        self.A, self.B = _surviving(base, shock, share)
        self.log_a = np.zeros((n, s)) if shock.productivity is None else share * np.log(shock.productivity)
        self.endowment = base.VA if shock.labour is None else base.VA * shock.labour**share
        self.bought = base.X > 0
        self.wage_step = self._wage_step()
        self.homogeneous = closure == Closure.OWN_SHARE or bool(np.all(np.abs(base.D) <= FLAT * base.I))

    def _wage_step(self) -> Array:
        """Damping of wages: the more elastic the demand for a country's labour, the shorter."""
        b = self.base
        total = self.A.sum(axis=2)
        home = np.einsum("snn->sn", self.A) / np.where(total > 0, total, 1.0)
        paid = b.beta * b.X * home.T
        weight = paid / np.maximum(paid.sum(axis=1, keepdims=True), 1e-300)
        elasticity = (weight * b.theta * (1.0 - home.T)).sum(axis=1)
        return 0.7 / (1.0 + 0.5 * elasticity)

    def start(self) -> Array:
        """The base year as a state vector."""
        return np.zeros(2 * self.size + len(self.base.VA))

    def log_w(self, z: Array) -> Array:
        """Wages of a state, log hats ``[n]``, at the numeraire: their level in the state is free."""
        free = z[2 * self.size :]
        return free - np.log((np.exp(free) * self.endowment).sum() / self.base.VA.sum())

    def sweep(self, z: Array) -> Sweep:
        """Evaluate every equation once at a state."""
        b, size = self.base, self.size
        log_w = self.log_w(z)
        if self.homogeneous:  # prices and spending move with the level of wages: nothing real does
            z = z + (log_w[0] - z[2 * size])
        log_p = z[:size].reshape(b.X.shape)
        X = np.exp(z[size : 2 * size].reshape(b.X.shape)) * b.X
        log_c = eqs.unit_cost(log_w, log_p, b.beta, b.gamma, self.log_a)
        a = eqs.supply(log_c, b.theta)
        new_log_p, phi = eqs.price(self.A, a, b.theta)
        v = X.T / phi
        Y = eqs.sales(self.B, a, v)
        wages = np.exp(log_w) * self.endowment
        D = self._deficit(wages)
        before = eqs.spending_before_tariff(self.B, a, v)
        income = eqs.income(wages, X, before, D)
        return Sweep(
            log_c=log_c,
            log_p=log_p,
            phi=phi,
            supply=a,
            Y=Y,
            wages=wages,
            revenue=X.sum(axis=1) - before,
            D=D,
            I=income,
            X=X,
            new_log_p=new_log_p,
            new_X=eqs.expenditure(b.gamma, Y, b.alpha, income),
            labour=eqs.labour_demand(b.beta, Y),
        )

    def step(self, z: Array) -> tuple[Array, float]:
        """Fixed-point step at a state, and the largest residual of the equations there."""
        s = self.sweep(z)
        log_p = s.new_log_p - s.log_p
        with np.errstate(divide="ignore", invalid="ignore"):
            log_x = np.log(np.where(self.bought, np.maximum(s.new_X / (s.X + ~self.bought), 1e-3), 1.0))
            excess = np.log(s.labour / s.wages)
        log_w = np.clip(self.wage_step * excess, -1.0, 1.0)
        f = np.concatenate([log_p.ravel(), log_x.ravel(), log_w])
        return np.clip(f, -CLIP, CLIP), self._largest(s)

    def _residuals(self, s: Sweep) -> tuple[Array, Array, Array]:
        price = np.where(self.bought, np.abs(s.new_log_p - s.log_p), 0.0)
        goods = np.abs(s.new_X - s.X) / np.abs(s.I)[:, None]
        return price, goods, np.abs(s.labour / s.wages - 1.0)

    def _largest(self, s: Sweep) -> float:
        if not np.all(s.I > 0):
            return np.inf
        return float(max(r.max() for r in self._residuals(s)))

    def worst(self, z: Array) -> Gap:
        """Say which market is furthest from equilibrium at a state."""
        s = self.sweep(z)
        if not np.all(s.I > 0):
            return Gap("income", int(np.argmin(s.I / self.base.I)), -1, np.inf)
        gaps = []
        for name, r in zip(EQUATIONS, self._residuals(s), strict=True):
            index = np.unravel_index(int(np.argmax(r)), r.shape)
            gaps.append(Gap(name, int(index[0]), int(index[1]) if r.ndim == 2 else -1, float(r[index])))
        return max(gaps, key=lambda g: np.inf if np.isnan(g.size) else g.size)

    def _deficit(self, wages: Array) -> Array:
        b = self.base
        if self.closure == Closure.FIXED:
            return b.D
        own = b.D / b.VA * wages
        return own - wages / wages.sum() * own.sum()


def _surviving(base: Baseline, shock: Shock, share: float) -> tuple[Array, Array]:
    """A = pi (kappa^)^(-theta) and B = A / (1 + t') ``[s, n, i]``, for a share of the shock."""
    if shock.iceberg is None and shock.tariff is None:
        return base.pi, base.pi_before_tariff
    iceberg = np.ones_like(base.pi) if shock.iceberg is None else shock.iceberg
    target = base.tariff if shock.tariff is None else shock.tariff
    factor = eqs.trade_cost_factor(iceberg, base.tariff, target, base.theta)
    if share < 1.0:
        factor = np.where(factor > 0, factor**share, 1.0 - share)
    A = base.pi * factor
    if shock.tariff is None:
        return A, base.pi_before_tariff * factor
    return A, A / (1.0 + base.tariff + share * (target - base.tariff))
