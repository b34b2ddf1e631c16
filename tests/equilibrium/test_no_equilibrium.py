# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Shocks without an equilibrium are named, never a NaN (METHODS, section 1; PEERS, lessons).

With full isolation and a deficit no equilibrium exists; a Cobb-Douglas market without a supplier has an
infinite price; a deficit fixed in world income may exceed what a poorer country can pay. With full
isolation and no deficit the nominal wage of the isolated country is arbitrary and real income is not.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

import tertius as tt
from strategies import between_countries, embargo, random_world, wedges, worlds
from tertius.equilibrium import Outcome

NAMES = ["KAZ", "RUS", "DEU", "CHN"]


def named_world(**options):
    """Four countries, two sectors; options as in random_world."""
    world = random_world(4, 2, 8, **{"holes": False} | options)
    return tt.World.from_arrays(
        NAMES,
        ["GOODS", "SERV"],
        trade=world.trade_values,
        tariff=world.tariff_values,
        input_share=world.input_share_values,
        elasticity=world.elasticity_values,
    )


def assert_no_nan(eq):
    for value in (eq.report.residual, eq.report.seconds, eq.report.reached, float(eq.report.sweeps)):
        assert not np.isnan(value)
    assert "nan" not in str(eq.report).lower().replace("finance", "")
    if eq.report.converged:
        for array in (eq.wage_hat, eq.price_hat, eq.trade, eq.expenditure, eq.income, eq.tariff_revenue):
            assert np.all(np.isfinite(array))


def assert_refused(eq):
    assert_no_nan(eq)
    with pytest.raises(tt.NotSolved):
        eq.report.require()
    with pytest.raises(tt.NotSolved):
        eq.welfare("real_income")
    with pytest.raises(tt.NotSolved):
        eq.to_table()


def test_isolation_with_a_deficit_names_the_country():
    world = named_world(deficits=True)
    eq = tt.solve(world, wedges(world, iceberg=embargo(world, ["KAZ"])))
    assert eq.report.outcome is Outcome.isolated_with_deficit
    assert "KAZ" in eq.report.worst
    assert "KAZ" in str(eq.report)
    assert_refused(eq)


def test_a_cut_through_the_world_names_a_bloc():
    world = named_world(deficits=True)
    eq = tt.solve(world, wedges(world, iceberg=embargo(world, ["KAZ", "RUS"])))
    assert eq.report.outcome is Outcome.isolated_with_deficit
    assert eq.report.worst.split()[0] in NAMES
    assert_refused(eq)


@given(worlds(countries=(3, 6), deficits=True, holes=False))
@settings(max_examples=30)
def test_isolation_with_a_deficit_is_found_in_every_world(world):
    lonely = world.countries[-1]
    eq = tt.solve(world, wedges(world, iceberg=embargo(world, [lonely])))
    assert eq.report.outcome is Outcome.isolated_with_deficit
    assert lonely in str(eq.report)
    assert_refused(eq)


@pytest.mark.parametrize("closure", ["balanced", "fixed_deficit"])
def test_isolation_without_a_deficit_has_real_income_and_a_note(closure):
    world = named_world(deficits=closure == "balanced")
    eq = tt.solve(world, wedges(world, iceberg=embargo(world, ["KAZ"])), closure=closure)
    assert eq.report.converged
    assert any("KAZ" in note and "nominal wages" in note for note in eq.report.notes)
    assert_no_nan(eq)
    assert np.all(np.isfinite(eq.welfare()))
    assert eq.welfare().sel(country="KAZ") < 0
    M = eq.trade
    assert float(M.sel(exporter="KAZ", importer=NAMES[1:]).sum()) == 0.0
    assert float(M.sel(exporter=NAMES[1:], importer="KAZ").sum()) == 0.0


def test_real_income_of_an_isolated_country_does_not_depend_on_its_nominal_wage():
    world = named_world(deficits=False)
    z = wedges(world, iceberg=embargo(world, ["KAZ"]))
    full = wedges(world, iceberg=between_countries(world, np.inf))
    one, all_ = (tt.solve(world, x, tol=1e-12).welfare().sel(country="KAZ") for x in (z, full))
    assert_allclose(one, all_, rtol=1e-9)


def test_own_share_knows_isolation_too():
    """Under own_share the deficits of a bloc are set by its wage; whatever the answer, it is not a NaN."""
    world = named_world(deficits=True)
    eq = tt.solve(world, wedges(world, iceberg=embargo(world, ["KAZ"])), closure="own_share")
    assert eq.report.outcome is Outcome.isolated_with_deficit
    assert_refused(eq)


def test_a_market_without_supplier_is_named():
    world = named_world(deficits=False)
    trade = world.trade_values.copy()
    trade[0, :, 1] = 0.0  # KAZ makes no services
    lacking = tt.World.from_arrays(
        NAMES,
        ["GOODS", "SERV"],
        trade=trade,
        tariff=world.tariff_values,
        input_share=np.zeros((4, 2, 2)),
        elasticity=world.elasticity_values,
    )
    shut = np.ones((4, 4, 2))
    shut[1:, 0, 1] = np.inf
    eq = tt.solve(lacking, wedges(lacking, iceberg=shut))
    assert eq.report.outcome is Outcome.no_supplier
    assert "KAZ SERV" in eq.report.worst
    assert_refused(eq)
    shut[2, 0, 1] = 1.0  # one supplier left is enough
    assert tt.solve(lacking, wedges(lacking, iceberg=shut)).report.converged


def test_a_country_that_makes_nothing_of_a_sector_may_close_its_exports_of_it():
    world = named_world(deficits=False)
    trade = world.trade_values.copy()
    trade[0, :, 1] = 0.0
    lacking = tt.World.from_arrays(
        NAMES,
        ["GOODS", "SERV"],
        trade=trade,
        tariff=world.tariff_values,
        input_share=np.zeros((4, 2, 2)),
        elasticity=world.elasticity_values,
    )
    shut = np.ones((4, 4, 2))
    shut[0, 1:, 1] = np.inf
    eq = tt.solve(lacking, wedges(lacking, iceberg=shut))
    assert_allclose(eq.welfare(), 0.0, atol=1e-8)


def test_a_surplus_that_eats_all_income_is_named():
    """CHN lends a third of its income; with trade at a hundredth of the base it cannot earn that."""
    trade = np.full((4, 4, 2), 5.0)
    trade[np.arange(4), np.arange(4)] = 20.0
    trade[3, :3] *= 4.0
    world = tt.World.from_arrays(
        NAMES,
        ["GOODS", "SERV"],
        trade=trade,
        tariff=np.zeros((4, 4, 2)),
        input_share=np.zeros((4, 2, 2)),
        elasticity=[4.0, 6.0],
    )
    z = wedges(world, iceberg=between_countries(world, 5.0))
    eq = tt.solve(world, z)
    assert eq.report.outcome is Outcome.no_income
    assert "CHN" in eq.report.worst
    assert 0.0 < eq.report.reached < 1.0
    assert_refused(eq)
    part = tt.solve(world, wedges(world, iceberg=between_countries(world, 5.0 ** (0.5 * eq.report.reached))))
    assert part.report.converged
    assert tt.solve(world, z, closure="balanced").report.converged


def test_too_few_sweeps_is_an_answer_with_a_market():
    world = named_world(deficits=True)
    eq = tt.solve(world, wedges(world, iceberg=between_countries(world, 1.5)), max_sweeps=2)
    assert eq.report.outcome is Outcome.too_many_sweeps
    assert eq.report.worst.split()[0] in NAMES
    assert_refused(eq)
