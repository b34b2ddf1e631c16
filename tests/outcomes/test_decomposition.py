# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The causes of a change of real income: they add up, they vanish with the shock, and each names its own."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import tertius as tt
from strategies import SEEDS, embargo, random_wedges, random_world, wedges, worlds
from tertius.equilibrium import Closure, Outcome, Shock, Substitution, solve_hats
from tertius.equilibrium.factors import furnish, mobile, skills, specific
from tertius.errors import NotSolved
from tertius.outcomes.decomposition import GAUSS, KRONROD, NODES, PARTS, decompose, decomposition
from tertius.outcomes.plain import base_year

SMOOTH = (0.6, 8.0)
FACTORS = {"mobile": mobile, "specific": specific, "skills": lambda b: skills(b, np.full(b.shape[1], 0.3))}


def solved(world, factors="mobile", closure=Closure.FIXED, **shock):
    base = base_year(world, Closure.FIXED)
    base = furnish(base, FACTORS[factors](base), Substitution(0.5, 0.3, 0.7))
    found = solve_hats(base, Shock(**shock), closure, 1e-12)
    assert found.gap.size <= 1e-11
    return found


def part(found, name):
    return found.exact[PARTS.index(name)]


def test_the_rule_of_integration():
    for power in range(23):
        exact = (1 - (-1) ** (power + 1)) / (power + 1)
        assert_allclose(KRONROD @ NODES**power, exact, atol=1e-14)
        if power <= 13:
            assert_allclose(GAUSS @ NODES**power, exact, atol=1e-14)


@given(
    worlds(countries=(2, 4), sectors=(1, 3), thetas=SMOOTH),
    SEEDS,
    st.sampled_from(list(FACTORS)),
    st.sampled_from([Closure.FIXED, Closure.OWN_SHARE]),
)
@settings(max_examples=15)
def test_parts_sum_to_the_total_in_every_variant(world, seed, factors, closure):
    rng = np.random.default_rng(seed)
    cells = (len(world.sectors), len(world.countries), len(world.countries))
    base = base_year(world, Closure.FIXED)
    found = decompose(
        solved(
            world,
            factors,
            closure,
            iceberg=np.exp(rng.uniform(-0.1, 0.3, cells)),
            tariff=base.tariff + rng.uniform(0.0, 0.2, cells),
            export_tax=rng.uniform(-0.05, 0.1, cells),
            productivity=np.exp(rng.normal(size=base.shape) / 10),
        )
    )
    assert np.abs(found.residual).max() <= 1e-8
    assert_allclose(found.exact.sum(axis=0) + found.residual, found.total, atol=1e-15)


@given(worlds(countries=(2, 4), sectors=(1, 3)), SEEDS)
@settings(max_examples=10)
def test_wild_elasticities_are_refined_until_they_fit(world, seed):
    """Elasticities up to 65: the path bends sharply, the sum still closes."""
    eq = tt.solve(world, random_wedges(world, seed), tol=1e-12)
    table = decomposition(eq)
    assert table.query("method == 'exact' and part == 'residual'").value.abs().max() <= 1e-6  # percent


def test_an_embargo_has_a_bounded_integrand():
    world = random_world(4, 2, 12, thetas=(0.8, 6.0), holes=False)
    eq = tt.solve(world, wedges(world, iceberg=embargo(world, ["C0"], ["C1"])), tol=1e-12)
    coarse, fine = decompose(eq.solution), decompose(eq.solution, 1e-11)
    assert fine.points >= coarse.points
    assert_allclose(coarse.exact, fine.exact, atol=1e-8)
    assert np.all(part(fine, "trade_costs")[:2] < 0)
    assert_allclose(part(fine, "trade_costs")[2:], 0.0, atol=1e-15)


@given(worlds(countries=(2, 4), sectors=(1, 3)), st.sampled_from(list(FACTORS)))
@settings(max_examples=15)
def test_no_shock_no_parts(world, factors):
    found = decompose(solved(world, factors))
    assert np.abs(found.exact).max() <= 1e-10
    assert np.abs(found.first_order).max() <= 1e-10


@given(worlds(countries=(2, 4), sectors=(1, 3), thetas=SMOOTH), SEEDS)
@settings(max_examples=15)
def test_a_small_shock_is_its_first_order(world, seed):
    """Halving the shock quarters the gap between the exact parts and those at the base."""
    gaps = []
    for size in (2e-3, 1e-3):
        rng = np.random.default_rng(seed)
        cells = (len(world.sectors), len(world.countries), len(world.countries))
        d = np.exp(size * rng.normal(size=cells))
        tariff = base_year(world, Closure.FIXED).tariff + size * rng.uniform(size=cells)
        found = decompose(solved(world, iceberg=d, tariff=tariff))
        gaps.append(np.abs(found.exact - found.first_order).max())
    assert gaps[0] <= 1e-2 * 2e-3 * 50
    assert gaps[1] <= 0.3 * gaps[0] + 1e-11


def test_each_cause_has_its_own_part():
    """A tariff melts nothing; an efficient world has no taxed volumes; a transfer is a transfer."""
    world = random_world(4, 2, 3, thetas=SMOOTH, holes=False)
    free = random_world(4, 2, 3, thetas=SMOOTH, holes=False, tariffs=False)
    base = base_year(world, Closure.FIXED)
    tariff = decompose(solved(world, tariff=base.tariff * 1.5))
    for name in ("trade_costs", "productivity", "endowments", "transfers", "deficit"):
        assert_allclose(part(tariff, name), 0.0, atol=1e-13)
    productivity = decompose(solved(free, productivity=np.full(base.shape, 1.1)))
    assert_allclose(part(productivity, "taxed_volumes"), 0.0, atol=1e-13)
    assert np.all(part(productivity, "productivity") > 0)
    given_away = np.array([1.0, -1.0, 0.0, 0.0]) * base.I.min() / 20
    transfer = decompose(solved(world, transfer=given_away))
    assert_allclose(part(transfer, "transfers")[2:], 0.0, atol=1e-13)
    assert_allclose(transfer.first_order[PARTS.index("transfers")], given_away / base.I, atol=1e-13)
    better = np.ones(base.shape)
    better[0] = 1.1
    share = decompose(solved(world, closure=Closure.OWN_SHARE, productivity=better))
    assert np.abs(part(share, "deficit")).max() > 1e-5


def test_terms_of_trade_are_a_zero_sum_in_money():
    """What one country's prices gain others lose: at the base the income-weighted sum is zero."""
    world = random_world(4, 3, 5, thetas=SMOOTH)
    eq = tt.solve(world, random_wedges(world, 2), tol=1e-12)
    first = decompose(eq.solution).first_order
    assert abs(world.accounts.income @ first[0]) <= 1e-10 * world.accounts.income.sum()


def test_first_order_is_that_of_caliendo_and_parro():
    """For a small tariff both measures agree: terms of trade and volume of trade, base weights."""
    world = random_world(4, 3, 6, thetas=SMOOTH, holes=False)
    tariff = world.tariff_values + np.where(world.tariff_values > 0, 1e-6, 0.0)
    eq = tt.solve(world, wedges(world, tariff=tariff), tol=1e-14)
    first = 100 * decompose(eq.solution).first_order[:2].sum(axis=0)
    assert_allclose(first, eq.welfare("first_order"), atol=1e-4 * np.abs(first).max())


def test_hulten_along_the_whole_path():
    """One closed country: its real income is its Domar weights times productivity, at any size."""
    world = random_world(1, 3, 4, tariffs=False, deficits=False, holes=False)
    change = np.exp(np.random.default_rng(1).uniform(-1, 1, (1, 3)))
    eq = tt.solve(world, wedges(world, productivity=change), tol=1e-12)
    found = decompose(eq.solution)
    domar = world.output.values / world.value_added.values[:, None]
    assert_allclose(part(found, "productivity"), (domar * np.log(change)).sum(axis=1), rtol=1e-9)
    assert_allclose(part(found, "terms_of_trade"), 0.0, atol=1e-12)


def test_the_table_is_tidy():
    world = random_world(3, 2, 3, thetas=SMOOTH)
    eq = tt.solve(world, random_wedges(world, 1), tol=1e-12)
    table = decomposition(eq)
    assert list(table.columns) == ["region", "part", "method", "unit", "value"]
    assert len(table) == 2 * 3 * (len(PARTS) + 2)
    for _, rows in table.groupby("method"):
        wide = rows.pivot(index="region", columns="part", values="value")
        assert_allclose(wide[[*PARTS, "residual"]].sum(axis=1), wide["total"], atol=1e-12)
        assert_allclose(wide["total"], 100 * np.log1p(eq.welfare() / 100), atol=1e-9)


def test_what_cannot_be_decomposed_says_so():
    world = random_world(3, 2, 3, thetas=SMOOTH)
    eq = tt.solve(world, random_wedges(world, 1), tol=1e-12)
    failed = replace(eq.solution, outcome=Outcome.too_many_sweeps)
    with pytest.raises(NotSolved, match="needs an equilibrium"):
        decompose(failed)
