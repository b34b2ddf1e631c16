# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""In the new equilibrium all equations of Caliendo & Parro (2015) hold, recomputed from labelled results.

Walras' law, deficits that sum to zero, income = value added + revenue + deficit, sales = purchases,
the numeraire, and what each closure promises.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import tertius as tt
from equations import residuals
from strategies import SEEDS, random_wedges, random_world, wedges, worlds

TOL = 1e-9  # of the country's own income; the engine is asked for 1e-11


def solved(world, z, closure="fixed_deficit"):
    eq = tt.solve(world, z, closure=closure, tol=1e-11)
    eq.report.require()
    return eq


@given(worlds(), SEEDS)
def test_every_equation_holds_at_the_solution(world, seed):
    z = random_wedges(world, seed)
    found = residuals(world, z, solved(world, z))
    assert max(found.values()) <= TOL, found


@given(worlds(), SEEDS, st.floats(0.05, 0.95))
@settings(max_examples=40)
def test_every_equation_holds_after_closures_of_single_flows(world, seed, part):
    """Random embargoes on flows between countries; every market keeps its other suppliers."""
    rng = np.random.default_rng(seed)
    shut = rng.random(world.trade_values.shape) < 0.5 * part
    shut[:, :, 0] = False  # the first sector keeps the countries together
    home = np.arange(len(world.countries))
    shut[home, home] = False
    left = np.where(shut, 0.0, world.trade_values).sum(axis=0)
    shut &= (left > 0)[None]
    z = wedges(world, iceberg=np.where(shut, np.inf, 1.0))
    eq = solved(world, z)
    found = residuals(world, z, eq)
    assert max(found.values()) <= TOL, found
    assert np.all(eq.trade.values[shut] == 0.0)


@given(worlds(deficits=True), SEEDS)
@settings(max_examples=40)
def test_own_share_keeps_shares_of_own_value_added_and_sums_to_zero(world, seed):
    z = random_wedges(world, seed)
    eq = solved(world, z, "own_share")
    own = world.value_added.values * eq.wage_hat.values * z.labour.values
    share = world.deficit.values / world.value_added.values
    expected = share * own - own / own.sum() * (share * own).sum()
    found = residuals(world, z, eq, expected)
    assert max(found.values()) <= TOL, found
    assert abs(expected.sum()) <= 1e-12 * own.sum()


@given(worlds(deficits=True), SEEDS)
@settings(max_examples=40)
def test_balanced_closure_has_no_deficit_before_or_after(world, seed):
    z = random_wedges(world, seed)
    eq = solved(world, z, "balanced")
    assert any("deficits are zero" in note for note in eq.report.notes)
    M = eq.trade.values.sum(axis=2)
    assert_allclose(M.sum(axis=0), M.sum(axis=1), rtol=1e-9)
    zero = solved(world, tt.Wedges.neutral(world), "balanced")
    M = zero.trade.values.sum(axis=2)
    assert_allclose(M.sum(axis=0), M.sum(axis=1), rtol=1e-9)
    # The balanced base is an equilibrium of the same economy: solve the step from the real base to it.
    flat = tt.World.from_arrays(
        world.countries,
        world.sectors,
        trade=zero.trade.values,
        tariff=world.tariff_values,
        input_share=world.input_share_values,
        elasticity=world.elasticity_values,
    )
    again = solved(flat, z)
    assert_allclose(again.wage_hat, eq.wage_hat, rtol=1e-8)
    assert_allclose(again.welfare(), eq.welfare(), atol=1e-6)


@given(worlds(deficits=False), SEEDS)
@settings(max_examples=30)
def test_without_deficits_all_closures_agree(world, seed):
    z = random_wedges(world, seed)
    fixed = solved(world, z)
    for closure in ("own_share", "balanced"):
        other = solved(world, z, closure)
        assert_allclose(other.welfare(), fixed.welfare(), atol=1e-6)
        assert_allclose(other.trade, fixed.trade, rtol=1e-7, atol=1e-10 * float(world.value_added.sum()))


@given(worlds(), SEEDS, st.sampled_from(("fixed_deficit", "own_share")))
@settings(max_examples=40)
def test_walras_law_holds_away_from_equilibrium(world, seed, closure):
    """At any prices, wages and spending, all excess demands sum to zero, in equilibrium or not.

    Adding up all budgets leaves: excess demand for labour + planned less actual spending = 0.
    """
    z = random_wedges(world, seed)
    system = tt.solve(world, z, closure=closure).solution.system
    rng = np.random.default_rng(seed)
    state = system.start() + rng.uniform(-0.3, 0.3, system.start().size)
    s = system.sweep(state)
    excess_labour = (s.factor_demand - s.factor_income).sum()
    unspent = (s.new_X - s.X).sum()
    assert abs(s.D.sum()) <= 1e-10 * s.I.sum()
    assert abs(excess_labour + unspent) <= 1e-10 * s.X.sum()


@pytest.mark.parametrize("seed", [1379, 2])
def test_the_numeraire_holds_to_the_tolerance_too(seed):
    """Where deficits are zero nothing else pins the level of wages, so the stop rule has to look at it."""
    world = random_world(2, 1, seed, tariffs=seed == 1379, deficits=False, holes=False)
    for wedge_seed in (seed + 7, 4):
        z = random_wedges(world, wedge_seed)
        eq = tt.solve(world, z, tol=1e-10)
        assert residuals(world, z, eq)["numeraire"] <= 1e-10
