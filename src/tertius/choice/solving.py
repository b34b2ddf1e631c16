# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Solves along the stances of one state, each started from where the two before point to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np

from tertius.choice.plan import CHINA, Plan
from tertius.choice.states import combined, joining, with_stance
from tertius.equilibrium.arrays import Array
from tertius.errors import NotSolved
from tertius.labels import resolve_sectors
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.lever_intensity import at_intensity
from tertius.outcomes.plain import base_year
from tertius.outcomes.runs import chosen
from tertius.outcomes.solve import solve
from tertius.outcomes.transit import barred_through
from tertius.outcomes.welfare import welfare
from tertius.policy import Wedges
from tertius.world import World

__all__ = ["STATES", "Chain", "Job", "Line"]

STATES = ((0, 0), (1, 0), (0, 1), (1, 1))


@dataclass(frozen=True, slots=True)
class Chain:
    """Stances of one state with one elasticity set, or one option there.

    Attributes
    ----------
    elasticity
        The set.
    option
        Name of an option, or empty for the line of stances.
    west, east
        1 where that power strikes.
    """

    elasticity: str
    option: str
    west: int
    east: int

    def __str__(self) -> str:
        who = {(0, 0): "nobody strikes", (1, 0): "the West strikes", (0, 1): "the East strikes"}
        words = who.get((self.west, self.east), "both strike")
        return f"{self.option or 'stances'}, {words}, {self.elasticity}"


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """What a chain found.

    Attributes
    ----------
    value
        ``[3, n]`` equivalent variation of K, W, R, USD million.
    traffic
        ``[n]`` barred goods through the focal state to R, USD million.
    """

    value: Array
    traffic: Array


@dataclass(frozen=True, eq=False)
class Job:
    """A plan on its world, with what is made once: wedges of the parts, worlds by elasticity set.

    Attributes
    ----------
    world
        The base year.
    plan
        What is to be solved.
    """

    world: World
    plan: Plan

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lock", Lock())

    @cached_property
    def home(self) -> World:
        """The world with the elasticities that all parts are made for."""
        return self._scaled(self.world)

    @cached_property
    def worlds(self) -> dict[str, World]:
        """Worlds by elasticity set."""
        own = self.world.elasticity_name
        return {
            n: self.home if n == own else self._scaled(self.world.with_elasticity(n)) for n in self.plan.sets
        }

    @cached_property
    def parts(self) -> dict[str, Wedges]:
        """Wedges of sanctions, levers and options, made for ``home``."""
        p, home = self.plan, self.home
        made = {"base": p.scenario.wedges(home)}
        for side, lever, h in zip(("west", "east"), p.levers, p.intensity, strict=True):
            whole = lever.scenarios(p.run)[0].wedges(home)
            made[side] = at_intensity(home, whole, h, p.routes)
        for name in {*p.options, p.offer} - {"", "join"}:
            made[name] = _cheaper(home, p.players[0], "CHN", CHINA[name])
        if "join" in p.options:
            made["join"] = joining(home, made["base"], p.players[0], p.west, p.east)
        return made

    @cached_property
    def income(self) -> Array:
        """Base income of K, W and R ``[3]``, USD million."""
        return self._sums(base_year(self.home, self.plan.closure, self.plan.routes).I)

    def run(self, chain: Chain) -> Line:
        """Solve a chain.

        Raises
        ------
        NotSolved
            With stance, state and set.
        """
        p, world = self.plan, self._of(chain)
        names = ("base", "west" * chain.west, "east" * chain.east, p.offer, chain.option)
        wedges = combined(self.home, [self.parts[n] for n in names if n], world)
        stance = np.full((1, p.stance.shape[1]), float(chain.option == "join")) if chain.option else p.stance
        if not p.hub:
            stance = stance[:1]
        value, traffic = np.empty((3, len(stance))), np.empty(len(stance))
        past: list[tuple[Array, Array]] = []
        for k in _snake(stance):
            eq = self._solve(world, wedges, stance[k], _ahead(past, stance[k]), chain)
            value[:, k] = self._sums(welfare(eq.solution, "equivalent_variation"))
            traffic[k] = barred_through(eq, p.players[0], p.east)
            past.append((stance[k], eq.solution.z))
        n = 1 if chain.option else len(p.stance)
        return Line(value, traffic) if p.hub else Line(np.repeat(value, n, axis=1), np.repeat(traffic, n))

    def _solve(
        self, world: World, wedges: Wedges, stance: Array, start: Array | None, chain: Chain
    ) -> Equilibrium:
        p = self.plan
        levels = zip(stance.tolist(), p.groups, strict=True)
        asked = with_stance(wedges, world, p.players[0], p.east, levels) if p.hub else wedges
        eq = solve(
            world, asked, p.closure, p.routes, p.tol, run=p.run, trade_elasticity_scale=1.0, start=start
        )
        if not eq.report.converged:
            where = " and ".join(f"{x:g}" for x in stance)
            raise NotSolved(f"choice of {p.players[0]}: stance {where}, {chain}: {eq.report}")
        return eq

    def _of(self, chain: Chain) -> World:
        """World of a chain; parts and worlds are made by one thread only."""
        with self._lock:  # type: ignore[attr-defined]
            assert self.parts
            return self.worlds[chain.elasticity]

    def _scaled(self, world: World) -> World:
        scale = chosen(self.plan.run).trade_elasticity_scale
        return world if scale == 1.0 else world.with_elasticity(scale * world.elasticity_values)

    def _sums(self, values: Array) -> Array:
        """Sum over the members of K, W and R ``[3]``."""
        place = self.world.countries.index
        sides = ((self.plan.players[0],), self.plan.west, self.plan.east)
        return np.array([values[[place(c) for c in side]].sum() for side in sides])


def _snake(stance: Array) -> list[int]:
    """Order in which neighbours follow each other: every other row of a grid backwards."""
    rows: dict[float, list[int]] = {}
    for k, first in enumerate(stance[:, 0].tolist()):
        rows.setdefault(first, []).append(k)
    return [k for r, row in enumerate(rows.values()) for k in (row[::-1] if r % 2 else row)]


def _ahead(past: list[tuple[Array, Array]], goal: Array) -> Array | None:
    """Where the line through the last two states leads; the last state where the way has turned."""
    if len(past) < 2:
        return past[-1][1] if past else None
    (x, z), (y, last) = past[-2:]
    ratio = float((goal - y) @ (y - x) / ((y - x) @ (y - x)))
    straight = np.allclose(goal - y, ratio * (y - x))
    return last + ratio * (last - z) if straight else last


def _cheaper(world: World, one: str, other: str, factor: float) -> Wedges:
    """Cost of all trade in goods between two countries, both ways."""
    a, b = world.countries.index(one), world.countries.index(other)
    goods = [world.sectors.index(s) for s in resolve_sectors(["goods"], world.sectors, "choice: options")]
    n, s = len(world.countries), len(world.sectors)
    iceberg = np.ones((n, n, s))
    iceberg[a, b, goods] = iceberg[b, a, goods] = factor
    return Wedges.from_arrays(world, iceberg, world.tariff_values.copy(), np.ones((n, s)), np.ones(n))
