# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Shocks that break plain damping, on the shipped world of 2021 and on elasticities from 0.6 to 65.

Each must converge, with every equation within 1e-10 when recomputed from the labelled results, or end
in a named diagnosis (PEERS: stress that breaks peers). At the end the bands that published studies
give for doubled West-Russia trade costs.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from equations import residuals
from strategies import between_countries, embargo, random_world, wedges
from tertius.equilibrium import Outcome

SETS = ("FGO", "CP", "LL", "Shap")  # CP up to 64.85, LL from 0.636
ALL_SETS = ("BSY", "CP", "FGO", "GYY", "IS", "LL", "Shap", "U4")
EIGHT = ["USA", "CHN", "JPN", "DEU", "GBR", "IND", "FRA", "ITA"]
TOL = 1e-10


@pytest.fixture(scope="module", params=SETS)
def world(request):
    return tt.load_world("icio-2021").with_elasticity(request.param)


def assert_solved(world, z, eq, deficit=None):
    """Equations within the tolerance; sums over them (balance, numeraire) within ten times it."""
    assert eq.report.converged, str(eq.report)
    assert eq.report.residual <= TOL
    found = residuals(world, z, eq, deficit)
    sums = {k: found.pop(k) for k in ("trade balance", "numeraire")}
    assert max(found.values()) <= TOL * (1 + 1e-3), found
    assert max(sums.values()) <= 10 * TOL, sums
    assert np.all(np.isfinite(eq.welfare()))


def own_share_deficit(world, z, eq):
    own = world.value_added.values * eq.wage_hat.values * z.labour.values
    kept = world.deficit.values / world.value_added.values * own
    return kept - own / own.sum() * kept.sum()


def test_prohibitive_tariffs_around_the_largest_country(world):
    tariff = world.tariff_values.copy()
    usa = world.countries.index("USA")
    others = np.arange(len(world.countries)) != usa
    tariff[usa, others] += 5.0
    tariff[others, usa] += 5.0
    z = wedges(world, tariff=tariff)
    eq = tt.solve(world, z)
    assert_solved(world, z, eq)
    # With deficits fixed in world income the USA keeps its inflow and may gain; without them it cannot.
    flat = tt.solve(world, z, closure="balanced")
    assert flat.report.converged
    assert flat.welfare().sel(country=["USA", "CAN", "MEX"]).max() < -0.5
    again = tt.solve(world, z, closure="own_share")
    assert_solved(world, z, again, own_share_deficit(world, z, again))


def test_icebergs_times_four_between_all_pairs(world):
    z = wedges(world, iceberg=between_countries(world, 4.0))
    eq = tt.solve(world, z)
    if world.elasticity_name == "Shap":
        assert_solved(world, z, eq)
    else:  # the surplus of Ireland, fixed in world income, is more than it can still earn
        assert eq.report.outcome is Outcome.no_income
        assert "IRL" in eq.report.worst
        assert 0.5 < eq.report.reached < 1.0
        with pytest.raises(tt.NotSolved):
            eq.welfare()
    again = tt.solve(world, z, closure="own_share")
    assert_solved(world, z, again, own_share_deficit(world, z, again))


def test_icebergs_times_four_without_deficits(world):
    z = wedges(world, iceberg=between_countries(world, 4.0))
    eq = tt.solve(world, z, closure="balanced")
    assert eq.report.converged
    assert eq.report.residual <= TOL
    assert np.all(eq.welfare() < 0)
    M = eq.trade.values.sum(axis=2)
    balance = (M.sum(axis=0) - M.sum(axis=1)) / eq.income.values
    assert np.abs(balance).max() <= 10 * TOL


def test_embargo_of_a_middling_country_by_the_eight_largest(world):
    z = wedges(world, iceberg=embargo(world, ["TUR"], EIGHT))
    eq = tt.solve(world, z)
    assert_solved(world, z, eq)
    assert float(eq.trade.sel(exporter="TUR", importer=EIGHT).sum()) == 0.0
    assert eq.welfare().sel(country="TUR") < -1


def test_full_embargo_between_russia_and_kazakhstan(world):
    scenario = tt.Scenario.load("embargo-rus-kaz")
    z = scenario.wedges(world)
    eq = tt.solve(world, scenario)
    assert_solved(world, z, eq)
    kaz, rus = (eq.welfare().sel(country=c).item() for c in ("KAZ", "RUS"))
    assert -4.6 <= kaz <= -1.4  # orientation in METHODS, section 4: -1.6 to -4.5
    assert -0.35 <= rus <= -0.1  # -0.15 to -0.30


def test_full_isolation_of_the_shipped_world_is_refused(world):
    """Malta has no forestry: with all borders closed that market has no supplier."""
    eq = tt.solve(world, wedges(world, iceberg=between_countries(world, np.inf)), closure="balanced")
    assert eq.report.outcome is Outcome.no_supplier
    assert "MLT A02" in eq.report.worst


@pytest.mark.parametrize("elasticities", ALL_SETS)
def test_bands_of_doubled_costs_between_russia_and_the_coalition(elasticities):
    world = tt.load_world("icio-2021").with_elasticity(elasticities)
    scenario = tt.Scenario.load("decoupling-x2")
    eq = tt.solve(world, scenario)
    assert_solved(world, scenario.wedges(world), eq)
    rus, kaz, deu = (eq.welfare().sel(country=c).item() for c in ("RUS", "KAZ", "DEU"))
    assert -6.5 <= rus <= -3.0
    assert 0.2 <= kaz <= 1.0
    assert -0.4 <= deu <= -0.15


# --- elasticities from 0.6 to 65 in one world --------------------------------------------------------


@pytest.fixture(scope="module", params=range(4))
def wide(request):
    world = random_world(6, 4, 100 + request.param)
    return world.with_elasticity([0.6, 2.0, 12.0, 65.0])


@pytest.mark.parametrize("factor", [0.25, 0.8, 1.5, 4.0])
def test_icebergs_over_wide_elasticities(wide, factor):
    z = wedges(wide, iceberg=between_countries(wide, factor))
    eq = tt.solve(wide, z, closure="own_share")
    assert_solved(wide, z, eq, own_share_deficit(wide, z, eq))


@pytest.mark.parametrize("rate", [0.5, 5.0, 50.0])
def test_tariffs_of_one_against_all_over_wide_elasticities(wide, rate):
    tariff = wide.tariff_values.copy()
    tariff[1:, 0] += rate
    tariff[0, 1:] += rate
    z = wedges(wide, tariff=tariff)
    eq = tt.solve(wide, z, closure="own_share")
    assert_solved(wide, z, eq, own_share_deficit(wide, z, eq))


@pytest.mark.parametrize("factor", [0.01, 0.3, 3.0, 100.0])
def test_productivity_of_one_sector_over_wide_elasticities(wide, factor):
    for sector in range(4):
        productivity = np.ones((6, 4))
        productivity[0, sector] = factor
        z = wedges(wide, productivity=productivity)
        eq = tt.solve(wide, z, closure="own_share")
        assert_solved(wide, z, eq, own_share_deficit(wide, z, eq))


def test_the_order_of_steps_does_not_choose_the_answer(wide):
    """Anderson from the base year and the path of growing shocks end in the same equilibrium."""
    from tertius.equilibrium.arrays import Shock, sector_first
    from tertius.equilibrium.continuation import follow
    from tertius.equilibrium.system import System

    iceberg = between_countries(wide, 1.6)
    eq = tt.solve(wide, wedges(wide, iceberg=iceberg), closure="own_share", tol=1e-12)
    path = follow(eq.solution.base, Shock(iceberg=sector_first(iceberg)), "own_share", 1e-12, 400)
    assert path.reached == 1.0
    system = System(eq.solution.base, Shock(iceberg=sector_first(iceberg)), "own_share")
    wage = system.sweep(path.point.z).wages / system.endowment.sum(axis=1)
    assert_allclose(wage, eq.wage_hat, rtol=1e-9)
