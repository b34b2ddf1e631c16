# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Random small worlds and shocks. The same seed gives the same world; Hypothesis draws the seed."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

import tertius as tt

THETAS = (0.6, 65.0)


def random_world(
    n: int,
    s: int,
    seed: int,
    *,
    thetas: tuple[float, float] = THETAS,
    inputs: bool = True,
    tariffs: bool = True,
    deficits: bool = True,
    holes: bool = True,
) -> tt.World:
    """Consistent random economy: home share about 0.7, final demand at least 15 % of every use.

    ``holes`` sets single flows to zero, and closes some country-sectors altogether (no output, home
    share zero). The first sector keeps every flow, so every country trades and can be balanced.
    """
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(0.0, 1.0, n))
    trade = size[:, None, None] * size[None, :, None] * np.exp(rng.normal(0.0, 0.8, (n, n, s)))
    trade *= 0.15 / max(n - 1, 1)
    home = np.arange(n)
    abroad = trade.sum(axis=0) - trade[home, home]
    trade[home, home] = np.exp(rng.normal(0.9, 0.4, (n, s))) * np.maximum(abroad, 0.05 * size[:, None])
    if holes and s > 1:
        later = trade[:, :, 1:]
        later[rng.random(later.shape) < 0.15] = 0.0
        idle = rng.random((n, s - 1)) < 0.12
        later[np.broadcast_to(idle[:, None, :], later.shape)] = 0.0
    trade = _balanced(trade)
    if deficits:
        abroad = ~np.eye(n, dtype=bool)[:, :, None]
        trade = np.where(abroad, trade * np.exp(rng.uniform(-0.25, 0.25, n))[:, None, None], trade)
    tariff = rng.uniform(0.0, 0.3, (n, n, s)) * (rng.random((n, n, s)) < 0.7) * tariffs
    tariff[home, home] = 0.0
    theta = np.exp(rng.uniform(*np.log(thetas), s))
    return tt.World.from_arrays(
        [f"C{k}" for k in range(n)],
        [f"S{k}" for k in range(s)],
        trade=1e3 * trade,
        tariff=tariff,
        input_share=_input_share(rng, trade, tariff) * inputs,
        elasticity=theta,
        name=f"random-{n}x{s}-{seed}",
    )


def _balanced(trade):
    """Scale flows by exporter over importer until exports equal imports (zeros stay; Osborne 1960)."""
    total = trade.sum(axis=2)
    np.fill_diagonal(total, 0.0)
    scale = np.ones(len(total))
    if len(total) == 1:
        return trade
    for _ in range(1000):
        now = scale[:, None] * total / scale
        if np.allclose(now.sum(axis=0), now.sum(axis=1), rtol=1e-15, atol=0):
            break
        for k in range(len(total)):
            into, out = (scale @ total[:, k]) / scale[k], scale[k] * (total[k] / scale).sum()
            scale[k] *= np.sqrt(into / out)
    return trade * (scale[:, None] / scale)[:, :, None]


def _input_share(rng, trade, tariff):
    """Cost shares that leave at least 15 % of each use for final demand and 35 % of output for wages."""
    n, _, s = trade.shape
    output, use = trade.sum(axis=1), ((1.0 + tariff) * trade).sum(axis=0)
    share = rng.gamma(0.7, 1.0, (n, s, s))
    share *= rng.uniform(0.1, 0.65, (n, 1, s)) / share.sum(axis=1, keepdims=True)
    wanted = np.einsum("nks,ns->nk", share, output)
    ratio = np.divide(0.85 * use, wanted, out=np.ones_like(use), where=wanted > 0)
    return share * np.minimum(1.0, ratio)[:, :, None]


def random_wedges(
    world: tt.World,
    seed: int,
    *,
    size: float = 0.3,
    kinds: tuple[str, ...] = ("iceberg", "tariff", "productivity", "labour"),
) -> tt.Wedges:
    """Changes of every kind, uniform in logs up to ``size``; tariffs rise or fall and stay >= 0."""
    rng = np.random.default_rng(seed)
    n, s = len(world.countries), len(world.sectors)
    home = np.arange(n)
    iceberg = np.exp(rng.uniform(-size / 3, size, (n, n, s)))
    iceberg[home, home] = 1.0
    tariff = np.maximum(world.tariff_values + rng.uniform(-size, size, (n, n, s)) / 2, 0.0)
    tariff[home, home] = 0.0
    productivity = np.exp(rng.uniform(-size, size, (n, s)) / 2)
    labour = np.exp(rng.uniform(-size, size, n) / 2)
    return wedges(
        world,
        iceberg=iceberg if "iceberg" in kinds else None,
        tariff=tariff if "tariff" in kinds else None,
        productivity=productivity if "productivity" in kinds else None,
        labour=labour if "labour" in kinds else None,
    )


def wedges(world: tt.World, *, iceberg=None, tariff=None, productivity=None, labour=None) -> tt.Wedges:
    """Wedges from plain arrays; what is not given does not change."""
    n, s = len(world.countries), len(world.sectors)
    return tt.Wedges.from_arrays(
        world,
        np.ones((n, n, s)) if iceberg is None else iceberg,
        world.tariff_values if tariff is None else tariff,
        np.ones((n, s)) if productivity is None else productivity,
        np.ones(n) if labour is None else labour,
    )


def between_countries(world: tt.World, factor: float):
    """Iceberg ``[exporter, importer, sector]`` that multiplies all trade costs between countries."""
    n, s = len(world.countries), len(world.sectors)
    iceberg = np.full((n, n, s), factor)
    iceberg[np.arange(n), np.arange(n)] = 1.0
    return iceberg


def embargo(world: tt.World, members: list[str], others: list[str] | None = None):
    """Infinite iceberg both ways between two groups (others: everybody else)."""
    n, s = len(world.countries), len(world.sectors)
    inside = np.isin(world.countries, members)
    outside = ~inside if others is None else np.isin(world.countries, others)
    shut = np.outer(inside, outside) | np.outer(outside, inside)
    return np.where(shut[:, :, None], np.inf, np.ones((n, n, s)))


SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def worlds(draw, *, countries=(2, 6), sectors=(1, 4), **options) -> tt.World:
    """A small world; an option that is not given is drawn where it is a yes-no question."""
    for name in ("inputs", "tariffs", "deficits", "holes"):
        options.setdefault(name, draw(st.booleans()))
    return random_world(draw(st.integers(*countries)), draw(st.integers(*sectors)), draw(SEEDS), **options)
