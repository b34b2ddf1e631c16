# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Losses of user and target as functions of the rates that the user sets, with exact derivatives.

Objective: de Souza, Hu, Li & Mei (2024), tariffs that hurt; the adjoint is that of the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium import Shock, Solution, solve_hats
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear import gradient
from tertius.errors import NotSolved
from tertius.outcomes.solve import solve
from tertius.outcomes.welfare import welfare
from tertius.policy import Wedges
from tertius.world import World

__all__ = ["CoercionGame", "FrontierPoint", "Mask"]

CEILING = 6.0  # of ln(1 + rate): above it a tax is a ban
DEPTH = 9.0  # of elasticity times that: what is left is e^-9
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """Losses of user and target in USD million (positive is a loss), and where the point comes from."""

    own: float
    inflicted: float
    origin: str
    price: float = np.nan
    rates: Array | None = None


class CoercionGame:
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
        self.near = start.solution.z
        self.seen: list[FrontierPoint] = []

    def solved(self, y: Array, shut: Mask | None = None) -> Solution:
        """Equilibrium at some rates; sectors in ``shut`` are closed altogether. Starts from the last one."""
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
        shock = Shock(iceberg=iceberg, tariff=tariff, export_tax=tax)
        found = solve_hats(b, shock, self.closure, self.tol, 400, self.near)
        if found.outcome.value != "converged":
            raise NotSolved(f"coercion frontier: {found.outcome.value}")
        self.near = found.z
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
