# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Closed forms that the equilibrium must reproduce at shocks of any size.

Arkolakis, Costinot & Rodriguez-Clare (2012), AER 102:94-130 (one sector); Costinot & Rodriguez-Clare
(2014), Handbook of International Economics 4, section 3 (several sectors, inputs, autarky).

Derivation. A country's own share moves by pi^_nn^s = (c^_n^s / P^_n^s)^(-th^s), so with Cobb-Douglas
costs ln P^ = ln c^ + ln pi^_nn / th and ln c^ = b ln w^ + G' ln P^ - ln A^, where G[k, s] is the share
of input k in sector s. As b = (I - G') 1,

    ln P^_n = ln w^_n + (I - G_n')^(-1) (ln pi^_nn / th - ln A^_n),

and with I^ = w^ L^ VA / I (no revenue or deficit afterwards) real income changes by
ln W^ = ln(I'/I) - a' ln P^. In autarky pi'_nn = 1. One sector: W^ = pi^_nn^(-1 / (th (1 - g))).
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import tertius as tt
from strategies import SEEDS, between_countries, random_wedges, random_world, wedges, worlds


def own_share(pi):
    """``[country, sector]`` from ``[exporter, importer, sector]``."""
    return np.einsum("nns->ns", pi)


def log_real_income(world, log_own, log_income, log_a=0.0):
    """ln W^ of the formula above; ``log_own`` is ln pi^_nn, ``log_income`` is ln(I' / (w^ I))."""
    drop = log_own / world.elasticity.values - log_a
    gamma, alpha = world.input_share.values, world.final_share.values
    eye = np.eye(gamma.shape[-1])
    log_p = np.stack([np.linalg.solve(eye - g.T, d) for g, d in zip(gamma, drop, strict=True)])
    return log_income - (alpha * log_p).sum(axis=1)


def new_own_share(world, eq, tariff):
    paid = (1.0 + tariff) * eq.trade.values
    return own_share(paid) / eq.expenditure.values


def solved(world, z, tol=1e-12, **options):
    eq = tt.solve(world, z, tol=tol, **options)
    eq.report.require()
    return eq


@given(worlds(holes=False, deficits=False))
def test_autarky_equals_the_closed_form(world):
    """With base tariffs too: their revenue is part of the income that is lost."""
    eq = solved(world, wedges(world, iceberg=between_countries(world, np.inf)))
    a = world.accounts
    log_income = np.log(a.value_added / a.income)
    expected = log_real_income(world, -np.log(own_share(a.trade_share)), log_income)
    assert_allclose(np.log1p(eq.welfare() / 100), expected, rtol=1e-9, atol=1e-10)
    if np.all(world.tariff_values == 0):
        assert np.all(eq.welfare() <= 0)


@given(worlds(holes=False, tariffs=False, deficits=True))
@settings(max_examples=40)
def test_autarky_of_an_unbalanced_world_starts_from_its_balanced_base(world):
    eq = solved(world, wedges(world, iceberg=between_countries(world, np.inf)), closure="balanced")
    base = solved(world, tt.Wedges.neutral(world), closure="balanced")
    share = new_own_share(world, base, world.tariff_values)
    expected = log_real_income(world, -np.log(share), 0.0)
    assert_allclose(np.log1p(eq.welfare() / 100), expected, rtol=1e-8, atol=1e-9)


@given(worlds(holes=False, deficits=False))
@settings(max_examples=40)
def test_an_embargo_is_the_limit_of_large_icebergs(world):
    limit = solved(world, wedges(world, iceberg=between_countries(world, np.inf))).welfare().values
    gaps = []
    for left in (1e-2, 1e-4, 1e-6):  # share of trade that survives at unchanged prices, least elastic sector
        d = left ** (-1.0 / world.elasticity_values.min())
        # Where 1e-6 of trade survives, wages enter the equations with that weight: 1e-12 is out of reach.
        eq = solved(world, wedges(world, iceberg=between_countries(world, d)), tol=1e-10)
        gaps.append(np.abs(eq.welfare().values - limit).max())
    assert gaps[2] <= 1e-3  # percent
    assert gaps[2] <= 0.1 * gaps[1] + 1e-7
    assert gaps[1] <= 0.1 * gaps[0] + 1e-7


@given(
    worlds(sectors=(1, 1), tariffs=False, deficits=False, thetas=(0.6, 30.0)),
    SEEDS,
    st.sampled_from(["iceberg", "labour"]),
)
def test_one_sector_two_statistics(world, seed, kind):
    """W^ = L^ pi^_nn^(-1 / (th (1 - g))): foreign shocks matter through the own share only."""
    z = random_wedges(world, seed, kinds=(kind,))
    eq = solved(world, z)
    change = new_own_share(world, eq, 0.0) / own_share(world.trade_share.values)
    exponent = -1.0 / (world.elasticity.values * (1.0 - world.input_share.values[:, 0, 0]))
    expected = z.labour.values * change[:, 0] ** exponent
    assert_allclose(eq.welfare() / 100 + 1, expected, rtol=1e-9)


@given(worlds(tariffs=False, deficits=False, holes=False), SEEDS)
def test_many_sectors_finite_shocks(world, seed):
    """Icebergs, productivity and labour everywhere at once."""
    z = random_wedges(world, seed, kinds=("iceberg", "productivity", "labour"))
    eq = solved(world, z)
    log_own = np.log(new_own_share(world, eq, 0.0) / own_share(world.trade_share.values))
    expected = log_real_income(world, log_own, np.log(z.labour.values), np.log(z.productivity.values))
    assert_allclose(np.log1p(eq.welfare() / 100), expected, rtol=1e-8, atol=1e-9)


@given(worlds(holes=False), SEEDS)
@settings(max_examples=40)
def test_real_wage_needs_no_accounts(world, seed):
    """The real wage has the closed form whatever tariffs, revenue and deficits do."""
    z = random_wedges(world, seed)
    eq = solved(world, z)
    log_own = np.log(new_own_share(world, eq, z.tariff.values) / own_share(world.trade_share.values))
    expected = log_real_income(world, log_own, 0.0, np.log(z.productivity.values))
    assert_allclose(np.log1p(eq.welfare("real_wage") / 100), expected, rtol=1e-8, atol=1e-9)


@given(SEEDS, st.integers(1, 4))
@settings(max_examples=30)
def test_one_closed_country_has_its_domar_weights_at_any_size_of_shock(seed, sectors):
    """Cobb-Douglas throughout: ln W^ = sum_s (Y_s / VA) ln A^_s exactly (Hulten 1978, RES 45:511-518)."""
    world = random_world(1, sectors, seed, tariffs=False, deficits=False, holes=False)
    productivity = np.exp(np.random.default_rng(seed).uniform(-1, 1, (1, sectors)))
    eq = solved(world, wedges(world, productivity=productivity))
    domar = world.output.values / world.value_added.values[:, None]
    expected = (domar * np.log(productivity)).sum(axis=1)
    assert_allclose(np.log1p(eq.welfare() / 100), expected, rtol=1e-10, atol=1e-12)


def test_gains_from_trade_of_a_known_case():
    """By hand: own share 0.9, theta 4.5, input share 0.5: W^ = 0.9^(1 / 2.25)."""
    world = tt.World.from_arrays(
        ["AAA", "BBB"],
        ["X"],
        trade=[[[90.0], [10.0]], [[10.0], [90.0]]],
        tariff=np.zeros((2, 2, 1)),
        input_share=np.full((2, 1, 1), 0.5),
        elasticity=[4.5],
    )
    eq = solved(world, wedges(world, iceberg=between_countries(world, np.inf)))
    assert_allclose(eq.welfare(), 100 * (0.9 ** (1 / 2.25) - 1), rtol=1e-12)
