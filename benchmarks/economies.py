# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What is solved in the benchmarks, and the plain method that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from time import perf_counter

import numpy as np

import tertius as tt

SHIPPED = str(files("tertius.data") / "worlds" / "icio-2021.npz")


def synthetic(n: int, s: int, seed: int = 1) -> tt.World:
    """Consistent random economy: home share about 0.7, elasticities 2.5 to 9, tariffs of 0 to 10 %."""
    rng = np.random.default_rng(seed)
    home = np.arange(n)
    size = np.exp(rng.normal(0.0, 1.0, n))
    trade = size[:, None, None] * size[None, :, None] * np.exp(rng.normal(0.0, 0.5, (n, n, s)))
    trade[home, home] = 0.0
    # Exports equal imports up to a deficit of a few percent, then own sales for a home share of 0.7.
    for _ in range(200):
        trade *= np.sqrt(trade.sum(axis=(0, 2)) / trade.sum(axis=(1, 2)))[:, None, None]
    trade *= np.exp(rng.normal(0.0, 0.05, n))[:, None, None]
    trade[home, home] = trade.sum(axis=0) * 0.7 / 0.3 * np.exp(rng.normal(0.0, 0.1, (n, s)))
    tariff = rng.uniform(0.0, 0.1, (n, n, s))
    tariff[home, home] = 0.0
    output, use = trade.sum(axis=1), ((1.0 + tariff) * trade).sum(axis=0)
    share = rng.gamma(0.5, 1.0, (n, s, s))
    share *= rng.uniform(0.3, 0.6, (n, 1, s)) / share.sum(axis=1, keepdims=True)
    wanted = np.einsum("nks,ns->nk", share, output)
    share *= np.minimum(1.0, 0.85 * use / wanted)[:, :, None]
    return tt.World.from_arrays(
        [f"C{k:02d}" for k in range(n)],
        [f"S{k:02d}" for k in range(s)],
        trade=1e3 * trade,
        tariff=tariff,
        input_share=share,
        elasticity=rng.uniform(2.5, 9.0, s),
        name=f"synthetic-{n}x{s}",
    )


def tariff_war(world: tt.World) -> tt.Wedges:
    """Six countries raise tariffs by 50 points on one, which answers with 30."""
    n, s = len(world.countries), len(world.sectors)
    tariff = world.tariff_values.copy()
    tariff[0, 1:7] += 0.5
    tariff[1:7, 0] += 0.3
    return tt.Wedges.from_arrays(world, np.ones((n, n, s)), tariff, np.ones((n, s)), np.ones(n))


def decoupling(world: tt.World) -> tt.Wedges:
    """West-Russia trade costs doubled."""
    return tt.Scenario.load("decoupling-x2").wedges(world)


CASES = {
    "40x31 tariff war": lambda: _with(synthetic(40, 31), tariff_war),
    "76x45 tariff war": lambda: _with(synthetic(76, 45), tariff_war),
    "81x28 decoupling-x2": lambda: _with(tt.load_world("icio-2021"), decoupling),
}


def _with(world, make):
    return world, make(world)


@dataclass(frozen=True, slots=True)
class Plain:
    """How far the plain method came: wages, residual (labour, relative), passes, seconds."""

    w: np.ndarray
    residual: float
    passes: int
    seconds: float


def tatonnement(
    world: tt.World, z: tt.Wedges, tol: float = 1e-10, damping: float = 0.3, limit: float = 60.0
) -> Plain:
    """Nested tatonnement as a first program would be written: the printed equations, einsum, wages damped.

    Prices are iterated inside, then spending, then wages move by ``damping`` times the excess demand
    for labour. Stops at ``tol`` or after ``limit`` seconds.
    """
    t0, t1 = world.tariff_values, z.tariff.values
    theta, g, a = world.elasticity_values, world.input_share_values, world.accounts
    b, alpha, VA, D = a.value_added_share, a.final_share, a.value_added, a.deficit
    pi, kappa = a.trade_share, z.iceberg.values * (1 + t1) / (1 + t0)
    w, P, X = np.ones_like(VA), np.ones_like(b), a.expenditure
    began, passes = perf_counter(), 0
    while True:
        change = 1.0
        while change > tol / 10:
            c = w[:, None] ** b * np.exp(np.einsum("nks,nk->ns", g, np.log(P)))
            delivered = (kappa * c[:, None, :]) ** -theta
            new = np.einsum("ins,ins->ns", pi, delivered) ** (-1 / theta)
            change, P, passes = np.abs(new / P - 1).max(), new, passes + 1
        new_pi = pi * delivered / P**-theta
        change = 1.0
        while change > tol / 10:
            M = np.einsum("ins,ns->ins", new_pi / (1 + t1), X)
            Y = np.einsum("ins->is", M)
            income = w * VA + np.einsum("ins,ins->n", t1, M) + D
            new = np.einsum("nks,ns->nk", g, Y) + alpha * income[:, None]
            change, X, passes = np.abs(new - X).max() / income.max(), new, passes + 1
        gap = np.einsum("ns,ns->n", b, Y) / (w * VA) - 1
        residual = float(np.abs(gap).max())
        if residual <= tol or perf_counter() - began > limit:
            return Plain(w, residual, passes, perf_counter() - began)
        w = w * (1 + damping * gap)
        w *= VA.sum() / (w * VA).sum()
