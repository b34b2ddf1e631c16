# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Tax rates that somebody chooses: which flows they stand on, what they are worth, which way is up.

A player has money weights omega over countries and chooses rates; its objective is the sum of
equivalent variations at base prices, sum_n omega_n I_n (W^_n - W^0_n), W^0 before the choice. With the
adjoint's derivatives at the nodes (`linear_causes`), that to one rate is a sum over the flows it
stands on:

    d ln(1 + t):  -th (pi p_n + b) - b ,   b = Z (z_i - x_i) + M (m_n + x_i)
    d ln(1 + e):  -th (pi p_n + b) - Z (z_i - x_i)

p, z, m, x the derivatives to the nodes price, sold, imported, taxed. One adjoint solve serves all
players. Rates are handled as logs, ln(1 + t): then a step of derivative over sum th M, the elasticity
times the value of the flow, has about the right length everywhere, near an optimum (the deadweight
loss has curvature th M) and far from it (both fall together as trade is choked off).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium import Outcome, Shock, Solution, SolveReport, solve_hats
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear import Linear
from tertius.equilibrium.linear_equations import Nodes
from tertius.equilibrium.linear_shares import LinearShares
from tertius.errors import NotSolved
from tertius.outcomes.equilibrium import Equilibrium

__all__ = ["Flows", "Game", "Player", "Point", "real_income"]

Index = NDArray[np.intp]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Flows:
    """Cells ``[c]`` that carry chosen rates, and which of ``count`` rates each carries."""

    sector: Index
    importer: Index
    exporter: Index
    rate: Index
    count: int

    @property
    def cells(self) -> tuple[Index, Index, Index]:
        """Index into ``[s, n, i]``."""
        return self.sector, self.importer, self.exporter

    def total(self, values: Array) -> Array:
        """Sum ``[c]`` by rate ``[count]``."""
        return np.bincount(self.rate, values, self.count).astype(np.float64)

    @property
    def used(self) -> NDArray[np.bool_]:
        """Which rates stand on any flow: a country's tax on itself is none ``[count]``."""
        return np.bincount(self.rate, minlength=self.count) > 0

    def mean(self, values: Array, weights: Array) -> Array:
        """Mean of ``[s, n, i]`` by rate, weighted; the plain one where there is no weight."""
        value, weight = values[self.cells], weights[self.cells]
        weight = np.where(self.total(weight)[self.rate] > 0, weight, 1.0)
        total = self.total(weight)
        return np.divide(self.total(value * weight), total, out=np.zeros(self.count), where=total > 0)


@dataclass(frozen=True, slots=True)
class Player:
    """Who chooses: a name, members, the money weight ``[n]`` of each country, and the flows taxed."""

    name: str
    members: tuple[str, ...]
    money: Array
    flows: Flows


@dataclass(frozen=True, slots=True)
class Point:
    """An equilibrium at chosen rates.

    Attributes
    ----------
    y
        ``[K]``: ln(1 + rate), of all players one after the other.
    solution
        The equilibrium.
    worth
        ``[P]``: objective of each player, in the base's money.
    slope
        ``[K]``: derivative of its player's objective to each y; zero for players not asked for.
    scale
        ``[K]``: elasticity times value of the flows that each rate stands on, times the largest money
        weight; zero for players not asked for.
    """

    y: Array
    solution: Solution
    worth: Array
    slope: Array
    scale: Array

    @property
    def step(self) -> Array:
        """The slope over the scale ``[K]``: about as far as the rate should move."""
        return np.divide(self.slope, self.scale, out=np.zeros_like(self.slope), where=self.scale > 0)


def real_income(solution: Solution) -> Array:
    """Hat of real income ``[n]``."""
    s = solution.sweep
    return s.I / solution.base.I / np.exp(s.log_pf)


class Game:
    """Real incomes and exact slopes as functions of the rates that players choose.

    Parameters
    ----------
    status
        The equilibrium before anybody chooses: all other policy stays as it is there.
    players
        Who chooses what.
    export
        Whether the rates are export taxes; else tariffs.
    tell
        Called with a line after each equilibrium.
    """

    def __init__(
        self, status: Equilibrium, players: Sequence[Player], export: bool = False, tell: Tell | None = None
    ) -> None:
        self.status, self.players, self.export, self.tell = status, tuple(players), export, tell
        self.solution = status.solution
        self.before = real_income(self.solution)
        ends = np.cumsum([0, *(p.flows.count for p in self.players)])
        self.parts = [slice(int(a), int(b)) for a, b in pairwise(ends)]
        self.size = int(ends[-1])
        self.rates = _levels(self.solution, export)
        trade = self.solution.trade()
        self.start = np.concatenate([p.flows.mean(self.rates, trade) for p in self.players])
        self.live = np.concatenate([p.flows.total(trade[p.flows.cells]) for p in self.players]) > 0
        self.near = self.solution.z
        self.evaluations = 0

    def shock(self, y: Array) -> Shock:
        """All policy as it was, with chosen rates in place of those before."""
        rates = self.rates.copy()
        for player, part in zip(self.players, self.parts, strict=True):
            rates[player.flows.cells] = np.expm1(y[part])[player.flows.rate]
        kept = self.solution.shock
        return replace(kept, export_tax=rates) if self.export else replace(kept, tariff=rates)

    def visit(self, y: Array, tol: float, who: Sequence[int] | None = None) -> Point | None:
        """Solve at given rates, with the slopes of some players or all; None if there is no equilibrium.

        The search starts at the last equilibrium found, and from the base year if that fails.
        """
        who = range(len(self.players)) if who is None else who
        was = self.solution
        self.evaluations += 1
        found = solve_hats(was.base, self.shock(y), was.system.closure, tol, start=self.near)
        if found.outcome is not Outcome.converged:
            self._say(f"no equilibrium at trial {self.evaluations}: {found.outcome.value}")
            return None
        real = real_income(found)
        change = was.base.I * (real - self.before)
        worth = np.array([p.money @ change for p in self.players])
        try:
            slope, scale = self._slopes(found, was.base.I * real, who)
        except NotSolved as error:
            self._say(f"no derivative at trial {self.evaluations}: {error}")
            return None
        self.near = found.z
        gains = ", ".join(f"{self.players[p].name} {worth[p]:+.6g}" for p in who)
        self._say(f"trial {self.evaluations}: {gains}")
        return Point(y.copy(), found, worth, slope, scale)

    def _say(self, line: str) -> None:
        if self.tell is not None:
            self.tell(line)

    def _slopes(self, found: Solution, income: Array, who: Sequence[int]) -> tuple[Array, Array]:
        linear = Linear(found)
        weights = np.stack([self.players[p].money * income for p in who], axis=1)
        nodes = linear.multipliers(weights)[0]
        slope, scale = np.zeros(self.size), np.zeros(self.size)
        for column, p in enumerate(who):
            player, part = self.players[p], self.parts[p]
            cells, elastic = _pulled(linear.shares, nodes, column, player.flows, self.export)
            slope[part] = player.flows.total(cells)
            scale[part] = player.flows.total(elastic) * np.abs(player.money).max()
        return slope, scale

    def labelled(self, point: Point, name: str, tol: float) -> Equilibrium:
        """The equilibrium at a point, with labels and its story."""
        found, was, gap = point.solution, self.status, point.solution.gap
        on = f" on {was.scenario}" if was.asked else ""
        report: SolveReport = replace(
            was.report,
            outcome=found.outcome,
            sweeps=found.sweeps,
            residual=gap.size,
            worst=f"{was.world.countries[gap.country]} {gap.equation}",
            seconds=found.seconds,
            method=found.method,
            tol=tol,
            reached=found.reached,
        )
        return replace(was, scenario=name + on, report=report, solution=found, asked=None)


def _levels(solution: Solution, export: bool) -> Array:
    """Rates in force ``[s, n, i]``."""
    given = solution.shock.export_tax if export else solution.shock.tariff
    if given is None:
        return np.zeros_like(solution.base.tariff) if export else solution.base.tariff
    return given


def _pulled(k: LinearShares, nodes: Nodes, column: int, flows: Flows, export: bool) -> tuple[Array, Array]:
    """Derivative to ln(1 + rate) of each chosen cell ``[c]``, and elasticity times value."""
    price, sold, imported, taxed = nodes.price, nodes.sold, nodes.imported, nodes.taxed
    assert price is not None
    assert sold is not None
    assert imported is not None
    assert taxed is not None
    s, n, i = flows.cells
    theta, M = k.theta[s, 0], k.M[flows.cells]
    kept = k.Z[flows.cells] * (sold[s, i, column] - taxed[i, column])
    through_b = kept + M * (imported[n, column] + taxed[i, column])
    cost = -theta * (k.pi[flows.cells] * price[s, n, column] + through_b)
    return cost - (kept if export else through_b), theta * M
