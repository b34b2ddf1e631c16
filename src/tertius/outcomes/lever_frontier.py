# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Coercion frontier: the most a user can inflict on a target for each loss of his own.

Over import tariffs and export taxes of the user on the target by sector, from the base year's rates up to
bans. For each price lambda of an own dollar the sum (loss of target - lambda loss of user) is maximised
with the
engine's exact gradients, as in de Souza, Hu, Li & Mei (2024), from several starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium import Shock, Solution, solve_hats
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear import gradient
from tertius.errors import BadInput, NotSolved
from tertius.labels import resolve, resolve_sectors
from tertius.outcomes.lever_result import LeverResult
from tertius.outcomes.runs import chosen
from tertius.outcomes.solve import solve
from tertius.outcomes.welfare import welfare
from tertius.policy import Wedges
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

Mask = NDArray[np.bool_]

__all__ = ["Frontier", "FrontierPoint", "coercion_frontier"]

MEMBERSHIP = date(2021, 12, 31)
PRICES = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
CEILING = 6.0  # of ln(1 + rate): above it a tax is a ban
DEPTH = 9.0  # of elasticity times that: what is left is e^-9
SAME = ("embargo", "export_ban", "import_ban", "tariff")  # instruments that live in this space


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """Losses of user and target in USD million (positive is a loss), and where the point comes from."""

    own: float
    inflicted: float
    origin: str
    price: float = np.nan
    rates: Array | None = None


@dataclass(frozen=True, eq=False)
class Frontier:
    """What a user can inflict on a target.

    Attributes
    ----------
    user, target
        Codes.
    run
        "long" or "short".
    points
        All that was found: optima, bans, levers.
    prices
        Prices of an own dollar.
    sectors
        Of the rates: tariffs first, then export taxes.
    income
        Base incomes of user and target, USD million.
    evaluations
        Equilibria solved.
    """

    user: tuple[str, ...]
    target: tuple[str, ...]
    run: str
    points: tuple[FrontierPoint, ...]
    prices: tuple[float, ...]
    sectors: tuple[str, ...]
    income: tuple[float, float]
    evaluations: int

    def worth(self, price: float) -> float:
        """Largest loss of the target less ``price`` times the user's, over all points."""
        return max(p.inflicted - price * p.own for p in self.points)

    def bound(self, own: float) -> float:
        """Upper envelope at an own loss, USD million: least of worth(price) + price own over the prices."""
        return min(self.worth(k) + k * own for k in self.prices)

    def attained(self, own: float) -> float:
        """Largest loss of the target among points that cost the user no more than this, USD million."""
        return max((p.inflicted for p in self.points if p.own <= own + 1e-9 * self.income[0]), default=0.0)

    def reach(self, own: float, inflicted: float) -> float:
        """Share of the envelope that a lever with these losses reaches."""
        return inflicted / self.bound(own)

    def to_table(self) -> pd.DataFrame:
        """One row per point: user_usd, target_usd, user_percent, target_percent, origin, price."""
        import pandas as pd

        rows = [
            (
                p.own,
                p.inflicted,
                100 * p.own / self.income[0],
                100 * p.inflicted / self.income[1],
                p.origin,
                p.price,
            )
            for p in sorted(self.points, key=lambda p: p.own)
        ]
        names = ["user_usd", "target_usd", "user_percent", "target_percent", "origin", "price"]
        return pd.DataFrame(rows, columns=names)


class _Game:
    """Rates ln(1 + t') - ln(1 + t) of tariffs, ln(1 + x) of export taxes; one for each sector and side."""

    def __init__(self, world: World, user: Sequence[int], target: Sequence[int], sectors: Sequence[int],
                 run: str, closure: str, tol: float) -> None:  # fmt: skip
        start = solve(world, Wedges.neutral(world), closure, tol=tol, run=run, trade_elasticity_scale=1.0)
        start.report.require()
        self.base, self.closure, self.tol = start.solution.base, closure, tol
        self.user, self.target, self.sectors = list(user), list(target), np.array(sectors)
        n = len(world.countries)
        pairs = np.zeros((n, n), dtype=bool)
        pairs[np.ix_(self.user, self.target)] = True
        self.imports, self.exports = pairs, pairs.T  # [importer, exporter]
        theta = world.elasticity_values[self.sectors]
        self.top = np.tile(np.minimum(CEILING, DEPTH / theta), 2)
        self.evaluations = 0
        self.seen: list[FrontierPoint] = []

    def solved(self, y: Array, shut: Mask | None = None) -> Solution:
        """Equilibrium at some rates; sectors in ``shut`` are closed altogether."""
        half, b = len(self.sectors), self.base
        tariff, tax = b.tariff.copy(), np.zeros_like(b.pi)
        iceberg = None if shut is None or not shut.any() else np.ones_like(b.pi)
        for k, s in enumerate(self.sectors):
            tariff[s][self.imports] = (1.0 + b.tariff[s][self.imports]) * np.exp(y[k]) - 1.0
            tax[s][self.exports] = np.expm1(y[half + k])
            if iceberg is not None and shut is not None:
                iceberg[s][self.imports] = np.inf if shut[k] else 1.0
                iceberg[s][self.exports] = np.inf if shut[half + k] else 1.0
        self.evaluations += 1
        found = solve_hats(
            b, Shock(iceberg=iceberg, tariff=tariff, export_tax=tax), self.closure, self.tol, 400
        )
        if found.outcome.value != "converged":
            raise NotSolved(f"coercion frontier: {found.outcome.value}")
        return found

    def losses(self, solution: Solution) -> tuple[float, float]:
        """Losses of user and target, USD million."""
        variation = welfare(solution, "equivalent_variation")
        return -float(variation[self.user].sum()), -float(variation[self.target].sum())

    def slope(self, y: Array, price: float) -> tuple[float, Array]:
        """Minus (loss of target - price loss of user) over the target's income, and its derivative."""
        solution = self.solved(y)
        own, inflicted = self.losses(solution)
        self.seen.append(FrontierPoint(own, inflicted, "on the way", price, y.copy()))
        real = solution.sweep.I / np.exp(solution.sweep.log_pf)
        weight = np.zeros(len(real))
        weight[self.target], weight[self.user] = -real[self.target], price * real[self.user]
        found = gradient(solution, weight)
        new = solution.shock.tariff
        assert new is not None
        d = np.empty_like(y)
        half = len(self.sectors)
        for k, s in enumerate(self.sectors):
            d[k] = (found.tariff[s] * (1.0 + new[s]))[self.imports].sum()
            d[half + k] = found.export_tax[s][self.exports].sum()
        size = float(self.base.I[self.target].sum())
        return -(inflicted - price * own) / size, -d / size


def coercion_frontier(
    world: World,
    user: str | Iterable[str],
    target: str | Iterable[str],
    sectors: str | Iterable[str] = "all",
    prices: Sequence[float] = PRICES,
    levers: Iterable[LeverResult] = (),
    run: str = "long",
    closure: str = "fixed_deficit",
    trials: int = 25,
    tol: float = 1e-9,
    tell: Callable[[int, int, str], None] | None = None,
) -> Frontier:
    """Find the most a user can inflict on a target by taxing trade with it.

    Parameters
    ----------
    world
        The base year.
    user, target
        Codes or groups.
    sectors
        Sectors whose trade can be taxed.
    prices
        Prices of an own dollar, in dollars of the target's loss; zero is harm alone.
    levers
        Results of a ledger on this world: those of the same pair, run and instruments join as starts and
        points.
    run, closure
        As in :func:`tertius.solve`.
    trials
        Iterations of each search.
    tol
        Largest residual of a solve.
    tell
        Called with how many prices are done, how many there are, and where the best point lies.

    Returns
    -------
    Frontier
        Its points are lower bounds: the problem is not concave.

    Raises
    ------
    BadInput
        If a name is unknown or the user is among its targets.
    NotSolved
        If there is no equilibrium on the way.
    """
    from scipy.optimize import minimize

    sides = [
        resolve(
            [c] if isinstance(c, str) else list(c), world.countries, MEMBERSHIP, f"coercion frontier: {name}"
        )
        for name, c in (("user", user), ("target", target))
    ]
    users, targets = tuple(c for c in sides[0] if c not in sides[1]), sides[1]
    if not users:
        raise BadInput("coercion frontier: user", "is the target", "name another power")
    kept = resolve_sectors(
        [sectors] if isinstance(sectors, str) else list(sectors), world.sectors, "frontier"
    )
    scale = chosen(run).trade_elasticity_scale
    used = world if scale == 1.0 else world.with_elasticity(scale * world.elasticity_values)
    index = world.countries.index
    game = _Game(used, [index(c) for c in users], [index(c) for c in targets],
                 [world.sectors.index(s) for s in kept], run, closure, tol)  # fmt: skip
    points = [FrontierPoint(0.0, 0.0, "nothing"), *_levers(levers, users, targets, run)]
    nothing = np.zeros_like(game.top)
    points.append(_point(game, nothing, np.ones(len(nothing), dtype=bool), "all closed", np.nan))
    starts = [nothing, 0.5 * game.top]
    for done, price in enumerate(sorted(prices, reverse=True), start=1):
        for y0 in starts:
            found = minimize(
                game.slope, y0, args=(price,), jac=True, method="L-BFGS-B",
                bounds=[(0.0, t) for t in game.top], options={"maxiter": trials, "maxfun": 2 * trials},
            )  # fmt: skip
            shut = found.x >= game.top - 1e-6
            points.append(_point(game, found.x, np.zeros_like(shut), "optimum", price))
            if shut.any():
                points.append(_point(game, np.where(shut, 0.0, found.x), shut, "optimum with bans", price))
        best = max((p for p in points if p.rates is not None), key=lambda p: p.inflicted - price * p.own)
        assert best.rates is not None
        starts = [np.clip(best.rates, 0.0, game.top), 0.5 * game.top]
        if tell is not None:
            tell(done, len(prices), f"user {best.own:,.0f}, target {best.inflicted:,.0f} USD million")
    income = float(game.base.I[game.user].sum()), float(game.base.I[game.target].sum())
    return Frontier(users, targets, run, tuple(points), tuple(prices), kept, income, game.evaluations)


def _point(game: _Game, y: Array, shut: Mask, origin: str, price: float) -> FrontierPoint:
    own, inflicted = game.losses(game.solved(y, shut))
    return FrontierPoint(own, inflicted, origin, price, np.where(shut, game.top, y))


def _levers(
    results: Iterable[LeverResult], users: tuple[str, ...], targets: tuple[str, ...], run: str
) -> list[FrontierPoint]:
    """Levers of the same pair, run and instruments, at their central cells."""
    return [
        FrontierPoint(r.user.dollars.central, r.target.dollars.central, r.lever.id)
        for r in results
        if r.run == run
        and r.lever.spec.instrument in SAME
        and set(r.lever.user) == set(users)
        and set(r.lever.target) == set(targets)
    ]
