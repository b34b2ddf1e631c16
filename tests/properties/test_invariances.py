# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What must not matter does not: exact hat algebra (Dekle, Eaton & Kortum 2008; Caliendo & Parro 2015).

A zero shock returns the base year; units of money, names and their order, and the way in which a
shock is cut into parts change nothing; a uniform change of scale scales and does nothing else.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import tertius as tt
from strategies import SEEDS, between_countries, random_wedges, random_world, wedges, worlds
from tertius.equilibrium import Shock
from tertius.equilibrium.anderson import accelerate
from tertius.equilibrium.system import System

CLOSURES = ("fixed_deficit", "own_share", "balanced")


def solved(world, z, closure="fixed_deficit", tol=1e-12):
    eq = tt.solve(world, z, closure=closure, tol=tol)
    eq.report.require()
    return eq


@given(worlds(), st.sampled_from(CLOSURES))
def test_a_zero_shock_returns_the_base_year(world, closure):
    eq = solved(world, tt.Wedges.neutral(world), closure, 1e-10)
    assert_allclose(eq.wage_hat, 1.0, atol=1e-10)
    assert_allclose(eq.price_hat, 1.0, atol=1e-10)
    for measure in ("real_income", "real_wage", "first_order"):
        assert_allclose(eq.welfare(measure), 0.0, atol=1e-8)  # percent
    if closure != "balanced":  # there the base is another one
        base = world.expenditure.values.sum()
        assert_allclose(eq.trade, world.trade, rtol=1e-10, atol=1e-12 * base)
        assert_allclose(eq.expenditure, world.expenditure, rtol=1e-10, atol=1e-12 * base)
        assert_allclose(eq.income, world.accounts.income, rtol=1e-10)


@given(worlds(), SEEDS)
@settings(max_examples=40)
def test_the_base_year_is_found_from_elsewhere(world, seed):
    """The zero shock again, but started away from the answer, so that the equations have to find it."""
    base = plain_base(world)
    system = System(base, Shock())
    away = np.random.default_rng(seed).uniform(-0.1, 0.1, system.start().size)
    found = accelerate(system.step, system.start() + away, 1e-13, 400)
    assert found.residual <= 1e-11
    s = system.sweep(found.z)
    assert_allclose(s.wages, base.VA, rtol=2e-9)
    assert_allclose(s.X, base.X, rtol=2e-9)
    assert_allclose(s.new_log_p[base.X > 0], 0.0, atol=2e-9)


def plain_base(world):
    return tt.solve(world, tt.Wedges.neutral(world)).solution.base


@given(worlds(), SEEDS, st.sampled_from([1e-6, 7.3, 1e6]), st.sampled_from(CLOSURES))
@settings(max_examples=40)
def test_the_unit_of_money_changes_no_hat(world, seed, unit, closure):
    other = tt.World.from_arrays(
        world.countries,
        world.sectors,
        trade=unit * world.trade_values,
        tariff=world.tariff_values,
        input_share=world.input_share_values,
        elasticity=world.elasticity_values,
    )
    z = random_wedges(world, seed)
    a, b = solved(world, z, closure), solved(other, z, closure)
    assert_allclose(b.wage_hat, a.wage_hat, rtol=1e-9)
    assert_allclose(b.price_hat, a.price_hat, rtol=1e-9)
    assert_allclose(b.income, unit * a.income, rtol=1e-9)
    assert_allclose(b.welfare("real_income"), a.welfare("real_income"), atol=1e-7)
    assert_allclose(
        b.welfare("equivalent_variation"),
        unit * a.welfare("equivalent_variation"),
        atol=1e-9 * float(b.income.max()),
    )


@given(worlds(countries=(3, 6), sectors=(2, 4)), SEEDS, st.sampled_from(CLOSURES))
@settings(max_examples=40)
def test_names_and_their_order_change_nothing(world, seed, closure):
    rng = np.random.default_rng(seed)
    c, s = rng.permutation(len(world.countries)), rng.permutation(len(world.sectors))
    other = tt.World.from_arrays(
        np.array(world.countries)[c].tolist(),
        np.array(world.sectors)[s].tolist(),
        trade=world.trade_values[np.ix_(c, c, s)],
        tariff=world.tariff_values[np.ix_(c, c, s)],
        input_share=world.input_share_values[np.ix_(c, s, s)],
        elasticity=world.elasticity_values[s],
    )
    z = random_wedges(world, seed)
    y = wedges(
        other,
        iceberg=z.iceberg.values[np.ix_(c, c, s)],
        tariff=z.tariff.values[np.ix_(c, c, s)],
        productivity=z.productivity.values[np.ix_(c, s)],
        labour=z.labour.values[c],
    )
    a, b = solved(world, z, closure), solved(other, y, closure)
    for name in ("wage_hat", "price_hat", "income", "expenditure", "tariff_revenue"):
        again = getattr(b, name).reindex_like(getattr(a, name))
        assert_allclose(again, getattr(a, name), rtol=1e-9, atol=1e-9)
    assert_allclose(b.welfare().reindex_like(a.welfare()), a.welfare(), atol=1e-7)


@given(worlds(holes=False), SEEDS, st.sampled_from(("fixed_deficit", "own_share")))
@settings(max_examples=40)
def test_a_shock_in_two_parts_is_the_whole_shock(world, seed, closure):
    """The new equilibrium is itself a base year; the second part starts from there.

    It holds for own shares too: re-centring shifts all shares by one number, which drops out.
    """
    first, second = (random_wedges(world, seed + k, size=0.2) for k in (0, 1))
    middle = solved(world, first, closure)
    world_between = tt.World.from_arrays(
        world.countries,
        world.sectors,
        trade=middle.trade.values,
        tariff=first.tariff.values,
        input_share=world.input_share_values,
        elasticity=world.elasticity_values,
    )
    end = solved(world_between, second, closure)
    both = wedges(
        world,
        iceberg=first.iceberg.values * second.iceberg.values,
        tariff=second.tariff.values,
        productivity=first.productivity.values * second.productivity.values,
        labour=first.labour.values * second.labour.values,
    )
    whole = solved(world, both, closure)
    assert_allclose(whole.wage_hat, middle.wage_hat * end.wage_hat, rtol=1e-8)
    assert_allclose(whole.price_hat, middle.price_hat * end.price_hat, rtol=1e-8)
    assert_allclose(whole.trade, end.trade, rtol=1e-7, atol=1e-10 * float(world.value_added.sum()))
    real = [1.0 + e.welfare().values / 100.0 for e in (middle, end, whole)]
    assert_allclose(real[2], real[0] * real[1], rtol=1e-8)


@given(worlds(holes=False), SEEDS)
@settings(max_examples=30)
def test_undoing_a_shock_returns_the_base_year(world, seed):
    z = random_wedges(world, seed)
    there = solved(world, z)
    after = tt.World.from_arrays(
        world.countries,
        world.sectors,
        trade=there.trade.values,
        tariff=z.tariff.values,
        input_share=world.input_share_values,
        elasticity=world.elasticity_values,
    )
    undo = wedges(
        after,
        iceberg=1.0 / z.iceberg.values,
        tariff=world.tariff_values,
        productivity=1.0 / z.productivity.values,
        labour=1.0 / z.labour.values,
    )
    back = solved(after, undo)
    assert_allclose(back.trade, world.trade, rtol=1e-7, atol=1e-10 * float(world.value_added.sum()))
    assert_allclose(back.price_hat * there.price_hat, 1.0, rtol=1e-8)


@given(worlds(), SEEDS, st.sampled_from(CLOSURES), st.floats(0.2, 5.0))
@settings(max_examples=40)
def test_the_numeraire_pins_the_level_of_wages(world, seed, closure, level):
    """World value added is kept at every state of the search, whatever level its wages have."""
    eq = solved(world, random_wedges(world, seed), closure)
    system, base = eq.solution.system, eq.solution.base
    z = system.start()
    shifted = z.copy()
    shifted[0 if system.homogeneous else 2 * system.size :] += np.log(level)  # no money is fixed: all moves
    for state in (z, shifted):
        assert_allclose(system.sweep(state).wages.sum(), base.VA.sum(), rtol=1e-13)
    assert_allclose(system.step(shifted)[0], system.step(z)[0], atol=1e-12)


@given(worlds(), st.sampled_from(CLOSURES), st.floats(0.3, 3.0))
@settings(max_examples=40)
def test_more_labour_everywhere_makes_everybody_richer_in_proportion(world, closure, factor):
    """Constant returns: world value added is the numeraire, so wages and prices fall, money flows stay."""
    eq = solved(world, wedges(world, labour=np.full(len(world.countries), factor)), closure)
    used = world.expenditure.values > 0
    assert_allclose(eq.wage_hat, 1 / factor, rtol=1e-10)
    assert_allclose(eq.price_hat.values[used], 1 / factor, rtol=1e-9)
    assert_allclose(eq.welfare() / 100 + 1, factor, rtol=1e-9)
    if closure != "balanced":
        assert_allclose(eq.trade, world.trade, rtol=1e-8, atol=1e-10 * float(world.value_added.sum()))


@given(worlds(inputs=False), st.sampled_from(CLOSURES), st.floats(0.3, 3.0))
@settings(max_examples=30)
def test_uniform_productivity_without_inputs_is_like_labour(world, closure, factor):
    n, s = len(world.countries), len(world.sectors)
    eq = solved(world, wedges(world, productivity=np.full((n, s), factor)), closure)
    assert_allclose(eq.wage_hat, 1.0, rtol=1e-10)
    assert_allclose(eq.welfare() / 100 + 1, factor, rtol=1e-9)


@given(SEEDS, st.floats(0.5, 2.0), st.booleans())
@settings(max_examples=30)
def test_uniform_productivity_with_common_inputs_works_through_the_leontief_inverse(seed, factor, tariffs):
    """With one technology, ln P = -(I - G')^(-1) 1 ln A in every country, and no share moves."""
    rng = np.random.default_rng(seed)
    n, s = 4, 3
    plain = random_world(n, s, seed, inputs=False, tariffs=tariffs, deficits=True, holes=False)
    gamma = rng.uniform(0.0, 0.02, (s, s))
    world = tt.World.from_arrays(
        plain.countries,
        plain.sectors,
        trade=plain.trade_values,
        tariff=plain.tariff_values,
        input_share=np.broadcast_to(gamma, (n, s, s)),
        elasticity=plain.elasticity_values,
    )
    eq = solved(world, wedges(world, productivity=np.full((n, s), factor)))
    log_p = -np.linalg.solve(np.eye(s) - gamma.T, np.full(s, np.log(factor)))
    assert_allclose(np.log(eq.price_hat), np.broadcast_to(log_p, (n, s)), atol=1e-10)
    assert_allclose(np.log1p(eq.welfare() / 100), -world.final_share.values @ log_p, atol=1e-10)
    assert_allclose(eq.trade, world.trade, rtol=1e-8)


@pytest.mark.parametrize("factor", [0.25, 4.0])
def test_an_iceberg_on_everything_own_sales_included_is_a_loss_of_productivity(factor):
    world = random_world(4, 3, 11)
    everywhere = np.full((4, 4, 3), factor)
    a = solved(world, wedges(world, iceberg=everywhere))
    b = solved(world, wedges(world, productivity=np.full((4, 3), 1 / factor)))
    assert_allclose(a.welfare(), b.welfare(), atol=1e-8)
    assert_allclose(a.trade, b.trade, rtol=1e-8)
    c = solved(world, wedges(world, iceberg=between_countries(world, factor)))
    assert np.abs(c.welfare() - a.welfare()).max() > 1.0
