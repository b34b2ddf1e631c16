# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What is solved in the benchmarks."""

from __future__ import annotations

from importlib.resources import files

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
