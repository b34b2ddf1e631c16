# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Scenarios on a routed world: what a ban closes, what hubs let pass, what customs see."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from routes_files import ban, number, small_world, write

import tertius as tt
from tertius.outcomes.plain import as_shock, base_year
from tertius.outcomes.transit import leakage_table, recorded_base
from tertius.policy import PassageWedge
from tertius.routes import Routes


@pytest.fixture
def world():
    return small_world()


@pytest.fixture
def routes(tmp_path):
    return Routes.load(write(tmp_path / "r.yaml"))


@pytest.fixture
def free(tmp_path):
    """The same routes, but hubs keep nothing."""
    hubs = [{"hub": h, "margin": number(0.0), "rent": number(1.0)} for h in ("KAZ", "KGZ")]
    return Routes.load(write(tmp_path / "free.yaml", hubs=hubs))


def stance(passing, **more):
    world = small_world()
    return PassageWedge(("KAZ", "KGZ"), world.countries, ("RUS",), world.sectors, passing=passing, **more)


@pytest.mark.parametrize("closure", ["fixed_deficit", "balanced", "own_share"])
@pytest.mark.parametrize("run", ["long", "short"])
def test_nothing_happens_without_measures(world, routes, closure, run):
    eq = tt.solve(world, tt.Wedges.neutral(world), closure=closure, run=run, routes=routes)
    assert eq.report.converged
    assert_allclose(eq.welfare(), 0, atol=1e-8)
    assert_allclose(eq.customs_trade, recorded_base(eq), rtol=1e-8)


def test_routes_without_margins_matter_only_where_routes_change(world, free):
    z = tt.Wedges.neutral(world)
    z.productivity.loc["RUS"] = 0.9
    z.tariff.loc["DEU", "RUS"] = 0.4
    assert_allclose(tt.solve(world, z, routes=free).welfare(), tt.solve(world, z).welfare(), atol=1e-9)


def test_a_ban_that_hubs_keep_is_the_plain_ban(world, free):
    z = replace(ban(world, 0.6), passages=(stance(0.0),))
    routed = tt.solve(world, z, routes=free)
    plain = tt.solve(world, ban(world, 0.6))
    assert_allclose(routed.welfare(), plain.welfare(), atol=1e-8)
    assert_allclose(routed.trade, plain.trade, rtol=1e-7)


def test_a_ban_leaks_less_the_more_hubs_comply(world, free):
    """Monotone in the stance; at full passage the covered goods of METHODS, section 3."""
    flows = []
    for passing in (0.0, 0.3, 0.7, 1.0):
        eq = tt.solve(world, replace(ban(world, 0.6), passages=(stance(passing),)), routes=free)
        flows.append(float(eq.trade.sel(importer="RUS", exporter=["DEU", "USA"]).sum()))
    assert np.all(np.diff(flows) > 0)
    shock = as_shock(world, ban(world, 0.6), free)
    found = base_year(world, "fixed_deficit", free).routes
    c = int(np.flatnonzero((found.sector == 0) & (found.exporter == 0))[0])
    assert_allclose(shock.routes.closed[c], [1, 1, 0], atol=1e-12)  # 0.6 is what the barred groups hold
    c = int(np.flatnonzero((found.sector == 1) & (found.exporter == 0))[0])
    assert_allclose(shock.routes.closed[c], [1, 1, 0.2], atol=1e-12)  # 0.1 more falls on the other half


def test_a_ban_on_a_leg_stops_the_same_goods_there(world, free):
    direct = tt.solve(world, ban(world, 0.6), routes=free)
    both = tt.solve(world, ban(world, 0.6, importers=("RUS", "KAZ", "ROW")), routes=free)
    assert direct.transit().value.sum() > 5 * both.transit()[lambda t: t.origin != "TUR"].value.sum()
    assert both.transit()[lambda t: t.origin != "TUR"].barred.sum() == pytest.approx(0, abs=1e-9)


def test_an_embargo_between_hub_and_destination_closes_the_route(world, free):
    z = ban(world, 0.6)
    kaz, rus = world.countries.index("KAZ"), world.countries.index("RUS")
    z.closed.values[kaz, rus], z.iceberg.values[kaz, rus] = 1.0, np.inf
    eq = tt.solve(world, z, routes=free)
    assert eq.transit()[lambda t: t.hub == "KAZ"].value.sum() == 0
    assert eq.transit()[lambda t: t.hub == "KGZ"].value.sum() > 0


def test_a_cost_on_both_legs_is_a_cost_of_the_hub(world, free):
    cheap, dear = tt.Wedges.neutral(world), tt.Wedges.neutral(world)
    dear.iceberg.loc["DEU", "KAZ"] = 1.1
    one = as_shock(world, dear, free).routes
    found = base_year(world, "fixed_deficit", free).routes
    at = found.exporter == world.countries.index("DEU")
    assert_allclose(one.cost[at][:, :, 1], np.log(1.1))
    assert_allclose(one.cost[at][:, :, [0, 2]], 0)
    assert as_shock(world, cheap, free).routes is None


def test_enforcement_and_closures_reach_their_routes(world, routes):
    z = ban(world, 0.6)
    some = PassageWedge(("KAZ",), ("DEU",), ("RUS",), ("C26",), ("chips",), cost=1.2)
    shut = PassageWedge(("KAZ", "KGZ"), world.countries, ("RUS",), world.sectors, cost=np.inf)
    free_, dear, none = (
        tt.solve(world, replace(z, passages=p), routes=routes).transit() for p in ((), (some,), (shut,))
    )

    def through(t, **at):
        return t[np.all([t[k] == v for k, v in at.items()], axis=0)].value.sum()

    assert through(dear, hub="KAZ", origin="DEU", sector="C26") < through(
        free_, hub="KAZ", origin="DEU", sector="C26"
    )
    assert none.value.sum() == 0
    with pytest.raises(tt.BadInput, match="did you mean chips"):
        tt.solve(world, replace(z, passages=(replace(some, groups=("chip",)),)), routes=routes)


def test_customs_count_a_shipment_where_each_book_has_it(world, routes):
    eq = tt.solve(world, ban(world, 0.6), routes=routes)
    t, own, seen = eq.transit(), eq.trade, eq.customs_trade
    kaz = t[t.hub == "KAZ"]
    sold_on = float((seen - own).sel(exporter="KAZ", importer="RUS").sum())
    assert_allclose(sold_on, (kaz.value - kaz.unseen).sum(), rtol=1e-9)
    assert_allclose(kaz.unseen.sum(), 0.5 * kaz.value.sum(), rtol=1e-12)
    from_deu = kaz[kaz.origin == "DEU"]
    into = float((seen - own).sel(exporter="DEU", importer="KAZ").sum())
    assert_allclose(into, (from_deu.value - from_deu.margin).sum(), rtol=1e-9)
    direct = float((seen - own).sel(exporter="DEU", importer="RUS").sum())
    assert_allclose(direct, -t[t.origin == "DEU"].value.sum(), rtol=1e-9)
    assert float(seen.sel(exporter="KAZ", importer="RUS").sum()) > float(
        own.sel(exporter="KAZ", importer="RUS").sum()
    )  # recorded exports rise only with transit
    assert_allclose(eq.hub_income.sel(country="KAZ"), kaz.rent.sum(), rtol=1e-9)


def test_leakage_adds_up(world, routes):
    eq = tt.solve(world, ban(world, 0.6), routes=routes)
    table = leakage_table(eq)
    whole = table[(table.sector == "all") & (table.hub == "all")].iloc[0]
    parts = table[(table.sector == "all") & (table.hub != "all")]
    assert_allclose(parts.gained.sum(), whole.gained)
    assert 0 < whole.leakage < 1
    assert_allclose(table[(table.sector != "all") & (table.hub == "all")].lost.sum(), whole.lost)


def test_hub_rents_are_worth_more_than_wages(world, routes):
    gains = [
        float(tt.solve(world, ban(world, 0.6), routes=routes.at(rent=e)).welfare().sel(country="KAZ"))
        for e in (0.0, 0.5, 1.0)
    ]
    assert gains[0] < gains[1] < gains[2]


def test_the_decomposition_says_that_it_knows_no_hubs(world, routes):
    with pytest.raises(tt.BadInput, match="routes through hubs"):
        tt.decomposition(tt.solve(world, ban(world, 0.6), routes=routes))


def test_results_without_routes_say_so(world, routes):
    eq = tt.solve(world, ban(world, 0.6))
    assert_allclose(eq.customs_trade, eq.trade)
    assert float(eq.hub_income.sum()) == 0
    with pytest.raises(tt.BadInput, match="has no routes"):
        eq.transit()


def test_scenario_files_speak_of_routes(world, routes, tmp_path):
    text = """
schema_version: 1
name: routed
title: Bans, brands, stances, enforcement
measures:
  - {kind: export_ban, exporters: [DEU], importers: [RUS], sectors: [C26], coverage: 0.6, why: {title: act}}
  - {kind: withdrawal, exporters: [TUR], importers: [RUS], sectors: [C26], coverage: 0.3, why: {title: act}}
  - {kind: hub_stance, hubs: [KAZ], destinations: [RUS], compliance: 0.5, why: {title: act}}
  - {kind: capacity, through: [KAZ], origins: [TUR], destinations: [RUS], limit: 2.0, owner: exporter,
     why: {title: act}}
  - {kind: route_cost, through: [KGZ], destinations: [RUS], groups: [chips], factor: 1.3, why: {title: act}}
"""
    path = tmp_path / "routed.yaml"
    path.write_text(text, encoding="utf-8")
    scenario = tt.Scenario.load(path)
    eq = tt.solve(world, scenario, routes=routes)
    t = eq.transit()
    kept = t[(t.hub == "KAZ") & (t.origin == "TUR")]
    assert len(eq.solution.sweep.scarcity.price) == 1
    assert (kept.value - kept.margin).sum() <= 2.3 * kept.base.sum()  # a quantity: costs move a little
    assert t[t.origin == "TUR"].barred.sum() > 0  # brands that leave take other origins' goods with them
    loose = tt.solve(world, ban(world, 0.6, exporters=("DEU",)), routes=routes).transit()
    both = [x[(x.hub == "KAZ") & (x.origin == "DEU") & (x.sector == "C26")].barred.sum() for x in (t, loose)]
    assert both[0] < both[1]
    plain = tt.solve(world, scenario)
    assert any("without routes" in note for note in plain.report.notes)
