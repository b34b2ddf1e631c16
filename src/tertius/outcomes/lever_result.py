# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""One lever in one run: losses of target, user and others, ratios, and what they say of the threat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from tertius.data.population import population
from tertius.equilibrium.arrays import Array
from tertius.errors import NotSolved
from tertius.policy.lever import Lever
from tertius.text import Text, say
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Band", "Cell", "LeverResult", "Losses", "Side"]

COMPARABLE = (0.5, 2.0)  # dollar ratios that count as losses of one size


@dataclass(frozen=True, slots=True)
class Cell:
    """One solve.

    Attributes
    ----------
    elasticity, variant, central
        Elasticity set, variant, whether that is the central one.
    variation, income
        ``[country]``: equivalent variation and base income, USD million.
    failed
        What went wrong, or nothing.
    """

    elasticity: str
    variant: str
    central: bool
    variation: Array
    income: Array
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A number at the central assumptions, with the least and the largest over all."""

    central: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Array) -> Band:
        """First is central; cells without an equilibrium are left out of the range."""
        kept = values[~np.isnan(values)]
        if not len(kept):
            return cls(np.nan, np.nan, np.nan)
        return cls(float(values[0]), float(kept.min()), float(kept.max()))


@dataclass(frozen=True, slots=True)
class Side:
    """Loss of one side (positive is a loss): percent of income, USD million, USD per head."""

    percent: Band
    dollars: Band
    per_head: Band


@dataclass(frozen=True, slots=True)
class Losses:
    """Losses ``[cell]`` in percent of income and in USD million, and target over user in dollars."""

    target_percent: Array
    user_percent: Array
    target: Array
    user: Array
    ratio: Array

    @property
    def mutual(self) -> bool:
        """Whether both lose in every cell."""
        return bool(((self.target > 0) & (self.user > 0)).all())

    @property
    def comparable(self) -> bool:
        """Whether the dollar ratio lies between one half and two in every cell."""
        return bool(((self.ratio >= COMPARABLE[0]) & (self.ratio <= COMPARABLE[1])).all())

    @property
    def free(self) -> bool:
        """Whether the user loses nothing in any cell."""
        return bool((self.user <= 0).all())


@dataclass(frozen=True, eq=False)
class LeverResult:
    """One lever in one run.

    Attributes
    ----------
    lever, run
        What was pulled, and how long ago.
    target, user
        Losses.
    ratio_percent, ratio_dollars
        Target over user; infinite where the user does not lose, zero where the target does not.
    mutual
        Whether both lose in every cell.
    comparable
        Whether the dollar ratio lies between one half and two in every cell.
    free
        Whether the user loses nothing in any cell.
    room
        Loss of the target less that of the user, USD million: where it is positive, a demand that only
        moves money
        can be enforced.
    cells
        All solves.
    """

    lever: Lever
    run: str
    target: Side
    user: Side
    ratio_percent: Band
    ratio_dollars: Band
    mutual: bool
    comparable: bool
    free: bool
    room: Band
    cells: tuple[Cell, ...]
    countries: tuple[str, ...]

    @classmethod
    def of(cls, lever: Lever, run: str, world: World, cells: tuple[Cell, ...]) -> LeverResult:
        """Count losses.

        Raises
        ------
        NotSolved
            If the central cell has no equilibrium.
        """
        if cells[0].failed:
            raise NotSolved(f"lever {lever.id}, {run} run: {cells[0].failed}")
        people = population(world.countries)
        sides = []
        for codes in (lever.target, lever.user):
            percent, money = _losses(cells, [world.countries.index(c) for c in codes])
            sides.append((percent, money, 1e6 * money / people[np.isin(world.countries, codes)].sum()))
        target, user = sides
        dollars = _ratio(target[1], user[1])
        solved = ~np.isnan(target[1])
        kept = Losses(*(v[solved] for v in (target[0], user[0], target[1], user[1], dollars)))
        return cls(
            lever=lever,
            run=run,
            target=Side(*map(Band.of, target)),
            user=Side(*map(Band.of, user)),
            ratio_percent=Band.of(_ratio(target[0], user[0])),
            ratio_dollars=Band.of(dollars),
            mutual=kept.mutual,
            comparable=kept.comparable,
            free=kept.free,
            room=Band.of(target[1] - user[1]),
            cells=cells,
            countries=world.countries,
        )

    def losses(self, elasticity: str) -> Losses:
        """Losses of target and user in the cells of one elasticity set that have an equilibrium."""
        cells = tuple(c for c in self.cells if c.elasticity == elasticity and not c.failed)
        sides = [
            _losses(cells, [self.countries.index(c) for c in codes])
            for codes in (self.lever.target, self.lever.user)
        ]
        (target_percent, target), (user_percent, user) = sides
        return Losses(target_percent, user_percent, target, user, _ratio(target, user))

    @property
    def order(self) -> tuple[int, float]:
        """Place in the ranking: free levers by the target's loss, then by the dollar ratio."""
        if self.user.dollars.central <= 0 < self.target.dollars.central:
            return 0, -self.target.dollars.central
        return 1, -self.ratio_dollars.central

    @property
    def words(self) -> Text:
        """What sign and size say, by the rules of the ledger."""
        if self.target.dollars.central <= 0:
            return say("does not hurt the target")
        if self.free:
            return say("free for the user")
        if not self.mutual:
            return say("sign not robust")
        return say("mutual, of one size") if self.comparable else say("mutual in sign, unequal in size")

    def bystanders(self) -> tuple[tuple[str, float], tuple[str, float]]:
        """Who else loses most and gains most at the central assumptions: code and loss in percent."""
        cell = self.cells[0]
        percent = -100.0 * cell.variation / cell.income
        sides = {*self.lever.user, *self.lever.target}
        rest = [k for k, c in enumerate(self.countries) if c not in sides]
        if not rest:
            return ("", np.nan), ("", np.nan)
        worst, best = max(rest, key=lambda k: percent[k]), min(rest, key=lambda k: percent[k])
        return tuple((self.countries[k], float(percent[k])) for k in (worst, best))  # type: ignore[return-value]

    def row(self) -> dict[str, Any]:
        """The result as one row: losses in percent, USD million and USD per head, with their bands."""
        held: dict[str, Any] = {
            "lever": self.lever.id,
            "title": self.lever.spec.title,
            "user": self.lever.user_name,
            "target": self.lever.target_name,
            "instrument": self.lever.spec.instrument,
            "run": self.run,
            "headline": self.run == self.lever.spec.headline,
        }
        bands = {
            "target_percent": self.target.percent,
            "user_percent": self.user.percent,
            "target_usd": self.target.dollars,
            "user_usd": self.user.dollars,
            "target_per_head": self.target.per_head,
            "user_per_head": self.user.per_head,
            "ratio_percent": self.ratio_percent,
            "ratio_dollars": self.ratio_dollars,
            "room_usd": self.room,
        }
        for name, band in bands.items():
            held |= {name: band.central, f"{name}_low": band.low, f"{name}_high": band.high}
        worst, best = self.bystanders()
        held |= {
            "mutual": self.mutual,
            "comparable": self.comparable,
            "free": self.free,
            "verdict": str(self.words),
        }
        held |= {"worst_bystander": worst[0], "worst_bystander_percent": worst[1]}
        held |= {"best_bystander": best[0], "best_bystander_percent": best[1]}
        held["failed_cells"] = sum(bool(c.failed) for c in self.cells)
        return held

    def frames(self, world: World) -> Iterator[pd.DataFrame]:
        """Long table of every cell: real income in percent and equivalent variation in USD million."""
        import pandas as pd

        common = {
            "model": f"tertius {version('tertius')}",
            "scenario": self.lever.id,
            "region": world.countries,
            "year": world.year,
            "run": self.run,
        }
        for c in self.cells:
            values = {
                ("Welfare|real_income", "percent"): 100.0 * c.variation / c.income,
                ("Welfare|equivalent_variation", "USD million"): c.variation,
            }
            for (variable, unit), numbers in values.items():
                own = {"variable": variable, "unit": unit, "value": numbers}
                yield pd.DataFrame(common | own | {"elasticity": c.elasticity, "variant": c.variant})


def _losses(cells: tuple[Cell, ...], at: list[int]) -> tuple[Array, Array]:
    """Loss of some countries together ``[cell]``, in percent of their income and in USD million."""
    money = np.array([-c.variation[at].sum() for c in cells])
    return 100.0 * money / np.array([c.income[at].sum() for c in cells]), money


def _ratio(target: Array, user: Array) -> Array:
    """Loss over loss; infinite where the user does not lose, zero where the target does not."""
    out = np.full_like(target, np.inf)
    with np.errstate(over="ignore"):  # a loss next to nothing divides like none
        np.divide(target, user, out=out, where=user > 0)
    return np.where(np.isnan(target), np.nan, np.where(target <= 0, 0.0, out))
