# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The shipped routes on the shipped world: what they say of parallel imports in 2022."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from tertius.outcomes.transit import leakage_table, recorded, recorded_base
from tertius.outcomes.transit_summary import transit_summary

MACHINES = ["C26", "C27", "C28"]


@pytest.fixture(scope="module")
def world():
    return tt.load_world("eurasia-2021")


@pytest.fixture(scope="module")
def routes():
    return tt.Routes.load("kazakhstan-2022")


@pytest.fixture(scope="module")
def scenario():
    return tt.Scenario.load("sanctions-2022@december")


@pytest.fixture(scope="module")
def solved(world, routes, scenario):
    return tt.solve(world, scenario, routes=routes)


def test_the_routed_base_is_an_equilibrium_whose_accounts_close(world, routes):
    eq = tt.solve(world, tt.Wedges.neutral(world), routes=routes)
    base = eq.solution.base
    assert eq.report.sweeps == 1
    assert_allclose(eq.welfare(), 0, atol=1e-10)
    total = base.I.sum()
    assert abs(base.D.sum()) <= 1e-12 * total
    assert_allclose(base.VA.sum() + base.R.sum() + base.H.sum(), total, rtol=1e-12)
    assert base.alpha.min() >= 0


def test_without_margins_the_routed_world_answers_other_shocks_as_the_plain_one(world, routes):
    other = tt.Scenario.load("eaeu-exit")
    free = routes.at(margin=0.0)
    assert_allclose(
        tt.solve(world, other, routes=free).welfare(), tt.solve(world, other).welfare(), atol=1e-8
    )


def test_recorded_exports_of_hubs_rise_with_transit_and_only_with_it(world, routes, scenario, solved):
    """Own machinery rises by diversion alone; what customs record rises more, and no hub, no rise."""
    k, n = world.countries.index("KAZ"), world.countries.index("RUS")
    rows = [world.sectors.index(s) for s in MACHINES]
    own = solved.trade.values[k, n, rows].sum() / world.trade_values[k, n, rows].sum()
    seen = recorded(solved)[k, n, rows].sum() / recorded_base(solved)[k, n, rows].sum()
    assert own < 1.3
    assert seen > own
    none = tt.solve(world, scenario, routes=routes.at(shares="low", q=1.5))
    more = tt.solve(world, scenario, routes=routes.at(shares="high", q=3.0))
    through = [float(x.transit().query("hub == 'KAZ'").value.sum()) for x in (none, solved, more)]
    assert through[0] < through[2]
    assert_allclose(tt.solve(world, scenario).customs_trade, tt.solve(world, scenario).trade)


def test_leakage_is_a_band_and_near_what_was_estimated(solved):
    """The panel's five hubs took 14 % of the direct loss (9 to 20); priors for others come on top."""
    table = leakage_table(solved).query("sector == 'all' and destination == 'RUS'").set_index("hub").leakage
    five = table[["KAZ", "KGZ", "ARM", "GEO", "UZB"]].sum()
    assert 0.04 < five < 0.20
    assert five < table["all"] < 0.5


def test_rents_decide_what_transit_is_worth(world, routes, scenario):
    found = transit_summary(world, scenario, routes)
    assert np.all(np.diff(found.worth.difference) > 0)
    assert np.all(np.diff(found.worth.cents_per_dollar) > 2)
    hubs = found.hubs.set_index("hub")
    assert np.all(hubs.low <= hubs.leakage + 1e-9)
    assert np.all(hubs.leakage <= hubs.high + 1e-9)
    assert_allclose(hubs.drop("all").value.sum(), hubs.value["all"])
    # a cost on hubs' routes: between that of origins and that of routes, both with other prices at work
    assert np.all((hubs.elasticity < -1) & (hubs.elasticity > -40))


def test_the_summary_refuses_strangers(world, routes, scenario):
    with pytest.raises(tt.BadInput, match="did you mean KAZ"):
        transit_summary(world, scenario, routes, focal="KAX")
    with pytest.raises(tt.BadInput, match="through hubs"):
        transit_summary(world, scenario, routes, destination="USA")


def test_the_shipped_file_is_what_the_script_builds(tmp_path):
    root = Path(__file__).parents[2]
    spec = importlib.util.spec_from_file_location(
        "build_routes_file", root / "scripts" / "build_routes_file.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shipped = tt.Routes.load("kazakhstan-2022").file
    assert [g.name for g in shipped.groups] == list(module.GROUPS)
    for group, row in zip(shipped.groups, module.groups(), strict=True):
        assert group.sectors == row["sectors"]
    for path, row in zip(shipped.paths, module.paths(), strict=True):
        assert {h: r.central for h, r in path.hubs.items()} == {
            h: r["central"] for h, r in row["hubs"].items()
        }
