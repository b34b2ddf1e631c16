# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Welfare by name: Caliendo & Parro (2015), eq. 14 (terms and volume of trade), and what theory is sure of.

Optimal tariff: Gros (1987), J. Int. Econ. 23:357-367: a country alone against another in a one-sector
world gains most at t = 1 / (theta pi*_ff), with pi*_ff the other's own share at that tariff.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from scipy.optimize import brentq

import tertius as tt
from strategies import SEEDS, random_wedges, random_world, wedges, worlds


def solved(world, z, **options):
    eq = tt.solve(world, z, tol=1e-12, **options)
    eq.report.require()
    return eq


@given(worlds(tariffs=True, thetas=(0.6, 8.0)), SEEDS)
@settings(max_examples=40)
def test_first_order_welfare_is_right_to_second_order(world, seed):
    """Small tariff changes: halving the shock quarters the distance to exact real income."""
    rng = np.random.default_rng(seed)
    direction = rng.uniform(0.0, 1.0, world.tariff_values.shape)
    direction[np.arange(len(direction)), np.arange(len(direction))] = 0.0
    gaps, sizes = [], []
    for h in (2e-3, 1e-3, 5e-4):
        eq = solved(world, wedges(world, tariff=world.tariff_values + h * direction))
        gaps.append((eq.welfare("first_order") - eq.welfare("real_income")).values)
        sizes.append(np.abs(eq.welfare("real_income")).max().item())
    # A Richardson step removes the second-order part; what is left is third order.
    scale = np.abs(gaps[1]).max()
    assert scale <= 0.2 * sizes[1] + 1e-9
    assert np.abs(gaps[0] - 4 * gaps[1]).max() <= 0.05 * np.abs(gaps[0]).max() + 1e-8
    assert np.abs(gaps[1] - 4 * gaps[2]).max() <= 0.05 * np.abs(gaps[1]).max() + 1e-8


@given(worlds(), SEEDS)
@settings(max_examples=40)
def test_equivalent_variation_is_income_times_the_change_of_real_income(world, seed):
    eq = solved(world, random_wedges(world, seed))
    expected = world.accounts.income * eq.welfare("real_income") / 100
    assert_allclose(eq.welfare("equivalent_variation"), expected, rtol=1e-12, atol=1e-9)


@given(worlds(), SEEDS)
@settings(max_examples=40)
def test_equivalent_variation_buys_the_new_utility_at_old_prices(world, seed):
    """Cobb-Douglas utility of the new final demand, from quantities: F' / P^ against F."""
    eq = solved(world, random_wedges(world, seed))
    alpha, used = world.final_share.values, world.final_share.values > 1e-12
    quantity = np.where(used, eq.income.values[:, None] / eq.price_hat.values, 1.0)
    base = np.where(used, world.accounts.income[:, None], 1.0)
    utility = np.exp((alpha * (np.log(quantity) - np.log(base))).sum(axis=1))
    expected = world.accounts.income * (utility - 1)
    assert_allclose(eq.welfare("equivalent_variation"), expected, rtol=1e-8, atol=1e-8 * base.max())


@given(worlds(tariffs=False, deficits=False), SEEDS)
@settings(max_examples=30)
def test_real_wage_is_real_income_without_revenue_and_deficits(world, seed):
    z = random_wedges(world, seed, kinds=("iceberg", "productivity"))
    eq = solved(world, z)
    assert_allclose(eq.welfare("real_wage"), eq.welfare("real_income"), atol=1e-7)


def test_measures_have_names_and_units():
    world = random_world(3, 2, 1)
    eq = solved(world, random_wedges(world, 1))
    for measure, unit in {
        "real_income": "percent",
        "real_wage": "percent",
        "first_order": "percent",
        "equivalent_variation": "USD million",
    }.items():
        found = eq.welfare(measure)
        assert found.attrs["unit"] == unit
        assert found.dims == ("country",)
        assert found.name == measure
    with pytest.raises(tt.BadInput, match="real_income"):
        eq.welfare("real-income")


def test_table_says_what_the_arrays_say():
    world = random_world(3, 2, 1)
    eq = solved(world, random_wedges(world, 1))
    table = eq.to_table()
    assert list(table.columns) == ["model", "scenario", "region", "variable", "unit", "year", "value"]
    assert not table["value"].isna().any()
    wide = table.pivot(index="region", columns="variable", values="value").loc[list(world.countries)]
    assert_allclose(wide["Welfare|real_income"], eq.welfare())
    assert_allclose(wide["Income"], eq.income)
    M = eq.trade.sum("sector").values
    assert_allclose(wide["Trade|Imports"], M.sum(axis=0) - np.diag(M))
    assert_allclose(wide["Trade|Exports"], M.sum(axis=1) - np.diag(M))
    assert_allclose(wide["Trade|Imports"] - wide["Trade|Exports"], world.deficit, atol=1e-6)
    parts = wide["Value added"] + wide["Tariff revenue"] + world.deficit.values
    assert_allclose(parts, wide["Income"], rtol=1e-10)


# --- what theory is sure of ------------------------------------------------------------------------


def symmetric(n, theta=5.0, home=70.0, abroad=10.0, inputs=0.0):
    trade = np.full((n, n, 1), abroad)
    trade[np.arange(n), np.arange(n)] = home
    return tt.World.from_arrays(
        [f"C{k}" for k in range(n)],
        ["X"],
        trade=trade,
        tariff=np.zeros((n, n, 1)),
        input_share=np.full((n, 1, 1), inputs),
        elasticity=[theta],
    )


def tariffs(world, pairs, rate):
    """Importer, exporter pairs pay ``rate``."""
    tariff = world.tariff_values.copy()
    for importer, exporter in pairs:
        tariff[exporter, importer] = rate
    return wedges(world, tariff=tariff)


@pytest.mark.parametrize("inputs", [0.0, 0.5])
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.3, 1.0])
def test_a_tariff_war_hurts_both_and_helps_the_third(rate, inputs):
    world = symmetric(3, inputs=inputs)
    welfare = solved(world, tariffs(world, [(0, 1), (1, 0)], rate)).welfare().values
    assert_allclose(welfare[0], welfare[1], atol=1e-8)
    assert welfare[0] < 0
    assert welfare[2] > 0


@pytest.mark.parametrize("inputs", [0.0, 0.5])
def test_a_war_of_all_against_all_hurts_all_alike(inputs):
    world = symmetric(3, inputs=inputs)
    pairs = [(n, i) for n in range(3) for i in range(3) if n != i]
    welfare = [solved(world, tariffs(world, pairs, r)).welfare().values for r in (0.1, 0.3, 0.9)]
    for w in welfare:
        assert_allclose(w, w[0], atol=1e-8)
    assert 0 > welfare[0][0] > welfare[1][0] > welfare[2][0]


def test_a_small_tariff_pays_and_the_world_loses():
    """From free trade: terms of trade are first order, the loss of efficiency second order."""
    world = symmetric(3)
    for rate in (0.001, 0.01, 0.05):
        eq = solved(world, tariffs(world, [(0, 1), (0, 2)], rate))
        welfare = eq.welfare().values
        assert welfare[0] > 0
        assert welfare[1] < 0
        assert welfare[2] < 0
        assert float(eq.welfare("equivalent_variation").sum()) < 0
        assert eq.wage_hat[0] > eq.wage_hat[1]
    huge = solved(world, tariffs(world, [(0, 1), (0, 2)], 20.0)).welfare().values
    assert huge[0] < 0


@pytest.mark.parametrize("theta", [0.8, 3.0, 8.0])
@pytest.mark.parametrize("abroad", [5.0, 40.0])
def test_the_optimal_tariff_is_that_of_gros(theta, abroad):
    world = symmetric(2, theta=theta, abroad=abroad)

    def at(rate):
        return solved(world, tariffs(world, [(0, 1)], rate))

    def foreign_own_share(eq):
        return (eq.trade[1, 1, 0] / eq.expenditure[1, 0]).item()

    best = brentq(lambda t: t * theta * foreign_own_share(at(t)) - 1.0, 1e-3, 20.0, xtol=1e-12)
    h = 1e-3 * (1 + best)
    low, top, high = (at(best + k).welfare()[0].item() for k in (-h, 0.0, h))
    assert top > low
    assert top > high
    assert abs(high - low) <= 0.02 * ((top - low) + (top - high))


def test_a_third_country_gains_from_an_embargo_between_equals():
    world = symmetric(3)
    iceberg = np.ones((3, 3, 1))
    iceberg[0, 1] = iceberg[1, 0] = np.inf
    welfare = solved(world, wedges(world, iceberg=iceberg)).welfare().values
    assert welfare[0] < 0
    assert welfare[2] > 0
    assert_allclose(welfare[0], welfare[1], atol=1e-8)


def test_more_closure_hurts_more():
    world = symmetric(3)
    losses = []
    for d in (1.1, 1.5, 3.0, np.inf):
        iceberg = np.ones((3, 3, 1))
        iceberg[0, 1] = iceberg[1, 0] = d
        losses.append(solved(world, wedges(world, iceberg=iceberg)).welfare()[0].item())
    assert 0 > losses[0] > losses[1] > losses[2] > losses[3]
