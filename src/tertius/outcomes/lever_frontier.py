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

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput
from tertius.labels import resolve, resolve_sectors
from tertius.outcomes.frontier_game import CoercionGame, FrontierPoint, Mask
from tertius.outcomes.lever_cells import world_in_run
from tertius.outcomes.lever_ledger import levers as pull
from tertius.outcomes.lever_result import LeverResult
from tertius.policy.lever import catalogue
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Frontier", "coercion_frontier", "levers_in_space"]

MEMBERSHIP = date(2021, 12, 31)
PRICES = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
NOTHING = "nothing"
SAME = ("embargo", "export_ban", "import_ban", "tariff")  # instruments that live in this space


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

    def curve(self, count: int = 9) -> pd.DataFrame:
        """The envelope from the least own loss at which harm was sought to the largest found.

        Returns
        -------
        pandas.DataFrame
            Columns user_usd, target_usd, user_percent, target_percent.
        """
        import pandas as pd

        best = [max(self.points, key=lambda p, k=k: p.inflicted - k * p.own) for k in self.prices]  # type: ignore[misc]
        ends = min(p.own for p in best), max(p.own for p in self.points)
        own = sorted({*np.linspace(*ends, count).tolist(), *(p.own for p in best)})
        rows = [
            (x, y, 100 * x / self.income[0], 100 * y / self.income[1]) for x in own for y in [self.bound(x)]
        ]
        return pd.DataFrame(rows, columns=["user_usd", "target_usd", "user_percent", "target_percent"])

    def today(self) -> pd.DataFrame:
        """Levers among the points, the closest to the envelope first: lever, user_usd, target_usd, reach."""
        import pandas as pd

        held = [p for p in self.points if p.rates is None and p.origin != NOTHING]
        rows = [(p.origin, p.own, p.inflicted, self.reach(p.own, p.inflicted)) for p in held]
        frame = pd.DataFrame(rows, columns=["lever", "user_usd", "target_usd", "reach"])
        return frame.sort_values("reach", ascending=False, ignore_index=True)

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
    used = world_in_run(world, run)
    index = world.countries.index
    game = CoercionGame(used, [index(c) for c in users], [index(c) for c in targets],
                 [world.sectors.index(s) for s in kept], run, closure, tol)  # fmt: skip
    points = [FrontierPoint(0.0, 0.0, NOTHING), *_levers(levers, users, targets, run)]
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


def levers_in_space(
    world: World, user: str, target: str, run: str = "long", elasticity: str = ""
) -> tuple[LeverResult, ...]:
    """Today's levers that use the instruments of the frontier, at the central assumptions.

    Parameters
    ----------
    world
        The base year.
    user, target
        Codes or groups; at least one is a country, for which there are catalogues.
    run
        "long" or "short".
    elasticity
        Set of elasticities; empty is the world's own.

    Returns
    -------
    tuple of LeverResult
        Each once; none if neither side is a country.
    """
    users, targets = (set(resolve((c,), world.countries, MEMBERSHIP, "frontier")) for c in (user, target))
    found: dict[str, LeverResult] = {}
    for focal, power in ((target, user), (user, target)):
        if focal not in world.countries:
            continue
        names = [
            x.id
            for x in catalogue(world.countries, focal, (power,))
            if x.computed and x.spec.instrument in SAME and x.id not in found
            if set(x.user) <= users and set(x.target) <= targets
        ]
        if names:
            sets = (elasticity or world.elasticity_name,)
            own = pull(world, focal, (power,), runs=(run,), elasticities=sets, only=names).results
            found |= {r.lever.id: r for r in own if not _known(r, found.values())}
    return tuple(found.values())


def _known(result: LeverResult, others: Iterable[LeverResult]) -> bool:
    """Whether another lever does the very same: a measure may have a name on either side."""
    return any(np.array_equal(result.cells[0].variation, x.cells[0].variation) for x in others)


def _point(game: CoercionGame, y: Array, shut: Mask, origin: str, price: float) -> FrontierPoint:
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
