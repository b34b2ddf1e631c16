# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Levers: theorems of intensity, ratios, coalitions, power, Shapley values; then orders of size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import tertius as tt
from strategies import random_world
from tertius.outcomes.lever_coalitions import coalition_value
from tertius.outcomes.lever_intensity import at_intensity, marginal
from tertius.outcomes.lever_ledger import levers
from tertius.outcomes.lever_power import joint_threat_power, power_table
from tertius.outcomes.lever_result import Band, _ratio
from tertius.outcomes.shapley import shapley
from tertius.policy.lever import catalogue
from tertius.routes import Routes

LEVERS = """
schema_version: 1
name: small
title: For tests
levers:
  - {name: embargo, title: e, user: [power], target: [focal], instrument: embargo, purpose: p,
     why: &w {title: t}, measures: [{kind: embargo, exporters: [user], importers: [target], why: *w}]}
  - {name: half, title: h, user: [power], target: [focal], instrument: export_ban, purpose: p, why: *w,
     measures: [{kind: export_ban, exporters: [user], importers: [target], sectors: [goods],
                 coverage: 0.5, why: *w}]}
  - {name: duty, title: d, user: [power], target: [focal], instrument: tariff, purpose: p, why: *w,
     measures: [{kind: tariff, exporters: [target], importers: [user], sectors: [goods], rate: 0.4, why: *w}]}
  - {name: money, title: m, user: [power], target: [focal], instrument: transfer, purpose: p, why: *w,
     measures: [{kind: transfer, payers: [target], receivers: [user], amount: 0.5, why: *w}]}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("levers") / "small.yaml"
    path.write_text(LEVERS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def world():
    w = random_world(6, 3, 5, holes=False)
    return tt.World.from_arrays(
        ["DEU", "USA", "RUS", "KAZ", "TUR", "ROW"], ["C26", "C28", "SERV"], trade=w.trade_values,
        tariff=w.tariff_values, input_share=w.input_share_values, elasticity=[4.0, 6.0, 5.0], name="small",
        elasticity_sets={"low": [2.0, 3.0, 4.0]},
    )  # fmt: skip


@pytest.fixture(scope="module")
def ledger(world, own):
    return levers(world, "KAZ", ("RUS", "G7"), [own])


@pytest.fixture(scope="module")
def real():
    return tt.load_world("eurasia-2021")


def test_a_lever_pulled_at_zero_costs_nobody_anything(world, own):
    for r in levers(world, "KAZ", ("RUS",), [own], intensity=0.0, tol=1e-13).results:
        for cell in r.cells:
            assert np.abs(cell.variation / cell.income).max() < 1e-12


def test_zero_intensity_of_routes_and_quotas_costs_nothing_either(real):
    found = levers(real, "KAZ", ("RUS",), elasticities=("FGO",), only=("cpc-stop",), intensity=0.0, tol=1e-12)
    assert {c.variant for r in found.results for c in r.cells} >= {"central", "routes low", "measures 2"}
    for r in found.results:
        for cell in r.cells:
            assert np.abs(cell.variation / cell.income).max() < 1e-10


def test_no_shipped_lever_costs_anything_at_zero(real):
    found = levers(real, "KAZ", elasticities=("FGO",), intensity=0.0, tol=1e-11)
    assert len(found.headline()) >= 25
    for r in found.results:
        for cell in r.cells:
            assert np.abs(cell.variation / cell.income).max() < 1e-9, r.lever.id


RESOURCES = {"B05", "B06", "B07", "B08", "C19", "C24A", "C24B"}


def test_levers_on_resources_and_transit_are_quoted_in_the_short_run(real):
    seen = set()
    for lever in catalogue(real.countries, "KAZ"):
        if not lever.computed:
            continue
        named = {s for m in lever.spec.measures for s in getattr(m, "sectors", None) or ()}
        resource = bool(named) and named <= RESOURCES
        if resource or lever.spec.routes:
            seen.add(lever.spec.name)
            assert lever.spec.headline == "short", lever.id
        else:
            assert lever.spec.headline == "long", lever.id
    assert seen == {"fuel-ban", "resource-ban", "cpc-stop", "transit-ban"}
    found = levers(real, "KAZ", ("RUS",), elasticities=("FGO",), only=("fuel-ban", "embargo"))
    assert {r.lever.spec.name: r.run for r in found.headline()} == {"fuel-ban": "short", "embargo": "long"}
    short = next(r for r in found.results if r.run == "short" and r.lever.spec.name == "fuel-ban")
    long = next(r for r in found.results if r.run == "long" and r.lever.spec.name == "fuel-ban")
    assert short.target.percent.central > long.target.percent.central  # specific factors: harder to replace


@pytest.mark.parametrize("name", ["embargo", "half", "duty", "money"])
@pytest.mark.parametrize("run", ["long", "short"])
def test_a_marginal_lever_costs_its_derivative(world, own, name, run):
    lever = next(x for x in catalogue(world.countries, "KAZ", ("RUS",), [own]) if x.spec.name == name)
    wedges = lever.scenarios()[0].wedges(world)
    options = {"run": run, "trade_elasticity_scale": 1.0, "tol": 1e-14}
    start = tt.solve(world, tt.Wedges.neutral(world), **options)
    slope, h = marginal(start, wedges), 1e-4

    def change(k):
        eq = tt.solve(world, at_intensity(world, wedges, k), **options)
        return np.log1p(eq.welfare().values / 100.0)

    # four points: what is left is of the fifth order in h
    seen = (8 * (change(h) - change(-h)) - (change(2 * h) - change(-2 * h))) / 12
    assert_allclose(seen, slope * h, atol=1e-6 * np.abs(slope).max() * h)


def test_intensity_is_monotone_and_ends_at_the_whole(world, own):
    lever = catalogue(world.countries, "KAZ", ("RUS",), [own])[0]
    wedges = lever.scenarios()[0].wedges(world)
    assert at_intensity(world, wedges, 1.0) is wedges
    k = world.countries.index("KAZ")
    losses = [
        -tt.solve(world, at_intensity(world, wedges, h)).welfare().values[k]
        for h in (0.0, 0.3, 0.6, 0.99, 1.0)
    ]
    assert np.all(np.diff(losses) > 0)
    with pytest.raises(tt.BadInput, match="between 0 and 1"):
        at_intensity(world, wedges, 1.5)


def test_a_route_closed_in_part_keeps_that_much_weight(real):
    lever = next(x for x in catalogue(real.countries, "KAZ", ("RUS",)) if x.spec.name == "cpc-stop")
    wedges = lever.scenarios()[0].wedges(real)
    routes = Routes.load("kazakhstan-oil").at(q="low")
    half = at_intensity(real, wedges, 0.5, routes)
    theta = real.elasticity_values[real.sectors.index("B06")]
    assert_allclose([p.cost ** (-1.0 * theta) for p in half.passages], [0.5])
    with pytest.raises(tt.BadInput, match="no derivative"):
        marginal(tt.solve(real, tt.Wedges.neutral(real)), wedges)


def test_equal_countries_hurt_each_other_equally(own):
    world = tt.World.from_arrays(
        ["RUS", "KAZ"], ["C26"], trade=[[[8.0], [2.0]], [[2.0], [8.0]]], tariff=np.zeros((2, 2, 1)),
        input_share=np.zeros((2, 1, 1)), elasticity=[4.0], name="mirror",
    )  # fmt: skip
    r = levers(world, "KAZ", ("RUS",), [own], runs=("long",), only=("embargo",)).results[0]
    assert_allclose([r.ratio_percent.central, r.ratio_dollars.central], 1.0, rtol=1e-8)
    assert_allclose(r.target.percent.central, 100 * (1 - 0.8 ** (1 / 4)), rtol=1e-8)  # autarky: pi^(1/theta)
    assert_allclose(r.room.central, 0.0, atol=1e-8)
    assert r.mutual
    assert r.comparable
    assert r.words == "mutual, of one size"


def test_losses_of_one_pair_are_seen_from_both_sides(world, own):
    one = levers(world, "KAZ", ("RUS",), [own], only=("embargo",)).results
    other = levers(world, "RUS", ("KAZ",), [own], only=("embargo",)).results
    for a, b in zip(one, other, strict=True):
        assert_allclose(a.target.dollars.central, b.user.dollars.central, rtol=1e-6)
        assert_allclose(a.ratio_dollars.central * b.ratio_dollars.central, 1.0, rtol=1e-6)


def test_the_ledger_holds_every_state_and_band(ledger, world):
    assert len(ledger.results) == 4 * 2 * 2
    for r in ledger.results:
        assert r.target.dollars.low <= r.target.dollars.central <= r.target.dollars.high
        assert {c.elasticity for c in r.cells} == set(ledger.sets)
        assert_allclose(r.room.central, r.target.dollars.central - r.user.dollars.central)
    summary, table = ledger.summary(), ledger.to_table()
    assert list(summary["rank"]) == sorted(summary["rank"])
    assert set(table["region"]) == set(world.countries)
    assert len(table) == len(ledger.results) * 2 * len(world.countries) * len(ledger.sets)
    money = table.query("scenario == 'money:RUS:KAZ' and variable == 'Welfare|equivalent_variation'")
    assert (money.query("region == 'KAZ'")["value"] < 0).all()
    assert (money.query("region == 'RUS'")["value"] > 0).all()
    assert len(ledger.states()) == len(ledger.results) * len(world.countries)


def test_free_levers_come_first_and_the_rest_by_dollars(ledger):
    ranked = ledger.headline()
    free = [r.order[0] == 0 for r in ranked]
    assert free == sorted(free, reverse=True)
    ratios = [r.ratio_dollars.central for r in ranked if r.order[0]]
    assert ratios == sorted(ratios, reverse=True)
    assert next(r for r in ranked if r.lever.id == "money:RUS:KAZ").words == "free for the user"


def test_verdict_needs_sign_and_size(world, own):
    found = levers(world, "KAZ", ("RUS",), [own])
    assert found.verdict("RUS") in ("mixed", "contradicted")  # money costs its user nothing
    assert levers(world, "KAZ", ("RUS",), [own], only=("embargo",)).verdict("RUS") == "not identified"


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=6))
def test_ratios_say_who_loses(pairs):
    target, user = np.array(pairs).T
    ratio = _ratio(target, user)
    assert np.all(ratio >= 0)
    assert np.all((ratio == 0) == ((target <= 0) | (ratio == 0)))
    assert np.all(np.isinf(ratio[(target > 0) & (user <= 0)]))
    both = (target > 0) & (user > 1e-3)
    assert_allclose(ratio[both], target[both] / user[both])
    band = Band.of(target)
    assert band.low <= band.central <= band.high


@given(st.integers(1, 4), st.integers(0, 1000))
def test_shapley_parts_add_up_and_treat_equals_alike(n, seed):
    players = [f"p{k}" for k in range(n)]
    worth = {}
    generator = np.random.default_rng(seed)

    def value(team):
        return worth.setdefault(team, generator.normal())

    parts = shapley(players, value)
    assert_allclose(sum(parts.values()), worth[frozenset(players)] - worth[frozenset()], atol=1e-12)
    sizes = shapley(players, lambda team: float(len(team)) ** 2)
    assert_allclose(list(sizes.values()), n)
    assert_allclose(shapley([*players, "idle"], lambda team: value(team - {"idle"}))["idle"], 0.0, atol=1e-12)


def test_power_is_the_loss_of_sellers_at_given_costs(world):
    """Prices of a buyer who loses some sellers, all costs as they were: P^ = (1 - w)^(-1/theta)."""
    a, sellers, n = world.accounts, ["RUS", "TUR"], world.countries.index("KAZ")
    rows = [world.countries.index(c) for c in sellers]
    power = joint_threat_power(world, sellers, "KAZ")
    theta = world.elasticity_values
    kept = np.delete(a.trade_share[:, n, :], rows, axis=0).sum(axis=0)
    weight = a.expenditure[n] / a.expenditure[n].sum()
    assert_allclose(power, weight * np.log(kept ** (-1 / theta)))
    together = joint_threat_power(world, sellers, "KAZ").sum()
    apart = sum(joint_threat_power(world, [s], "KAZ").sum() for s in sellers)
    assert together > apart  # joint threats are worth more than their parts
    table = power_table(world, ["KAZ", "RUS"], ["RUS", "G7"])
    assert len(table) == 3
    assert_allclose(table["index"].iloc[0], 100 * joint_threat_power(world, ["RUS"], "KAZ").sum())


def test_coalitions_add_up_to_what_they_inflict(world, own):
    lever = catalogue(world.countries, "KAZ", ("G7",), [own])[0]
    found = coalition_value(world, lever, {"DEU": ["DEU"], "USA": ["USA"], "TUR": ["TUR"]})
    table = found.to_table()
    assert_allclose(table["shapley"].sum(), found.inflicted[found.whole], rtol=1e-10)
    assert_allclose(table["alone"].iloc[0], found.inflicted[frozenset({"DEU"})])
    alone = levers(world, "KAZ", ("DEU",), [own], runs=("long",), elasticities=(world.elasticity_name,),
                   only=("embargo",)).results[0]  # fmt: skip
    assert_allclose(alone.target.dollars.central, table["alone"].iloc[0], rtol=1e-6)
    gaps = [found.enforcement_gap(v) for v in (0.0, 1.0, 1e9)]
    assert gaps[-1] == 0.0
    assert gaps == sorted(gaps, reverse=True)
    with pytest.raises(tt.BadInput, match="KAZ is in two blocks, or the target"):
        coalition_value(world, lever, {"a": ["KAZ"], "b": ["USA"]})
    with pytest.raises(tt.BadInput, match="give two to"):
        coalition_value(world, lever, {"a": ["DEU"]})


def test_sizes_of_a_full_embargo_between_russia_and_kazakhstan(real):
    """METHODS, section 4: 1.6 to 4.5 %, 0.15 to 0.30 %; 8-26 times in percent, 1.0-3.2 times in dollars."""
    r = levers(real, "KAZ", ("RUS",), runs=("long",), only=("embargo",)).results[0]
    assert_allclose([r.target.percent.low, r.target.percent.high], [1.6, 4.5], rtol=0.1)
    assert_allclose([r.user.percent.low, r.user.percent.high], [0.15, 0.30], rtol=0.1)
    assert_allclose([r.ratio_percent.low, r.ratio_percent.high], [8, 26], rtol=0.15)
    assert_allclose([r.ratio_dollars.low, r.ratio_dollars.high], [1.0, 3.2], rtol=0.1)
    assert r.mutual
    assert not r.comparable


def test_what_is_refused(world, own):
    with pytest.raises(tt.BadInput, match="did you mean embargo"):
        levers(world, "KAZ", ("RUS",), [own], only=("embarg",))
    with pytest.raises(tt.BadInput, match="names no set"):
        levers(world, "KAZ", ("RUS",), [own], elasticities=())
    with pytest.raises(tt.BadInput, match="run"):
        levers(world, "KAZ", ("RUS",), [own], runs=("medium",))
