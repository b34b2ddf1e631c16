# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Two counterfactuals side by side: nothing against itself, opposite when exchanged, right by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal
from pandas.testing import assert_frame_equal

import tertius as tt
from strategies import SEEDS, random_wedges, random_world

OUTCOMES = ("real_income", "equivalent_variation", "exports", "imports")
WHY = "why: {title: made up}"


@pytest.fixture(scope="module")
def world():
    return tt.load_world()


@pytest.fixture(scope="module")
def june(world):
    return tt.solve(world, tt.Scenario.load("sanctions-2022@june"))


@pytest.fixture(scope="module")
def december(world):
    return tt.solve(world, tt.Scenario.load("sanctions-2022@december"))


@pytest.fixture
def scenario(tmp_path):
    """Write a scenario with some measures and load it."""

    def write(*measures, name="mine"):
        lines = "".join(f"  - {{{m}, {WHY}}}\n" for m in measures)
        path = tmp_path / f"{name}.yaml"
        path.write_text(
            f"schema_version: 1\nname: {name}\ntitle: made up\nmeasures:\n{lines}", encoding="utf-8"
        )
        return tt.Scenario.load(path)

    return write


# --- theorems ---------------------------------------------------------------------------------------


def test_an_equilibrium_does_not_differ_from_itself(june):
    c = tt.compare(june, june)
    for table in (c.settings, c.measures, c.wedges, c.pairs):
        assert len(table) == 0
    for name in OUTCOMES:
        assert (c.countries[f"{name}_difference"] == 0).all()
    assert (c.flows["difference"] == 0).all()
    assert (c.to_table()["difference"] == 0).all()


@settings(max_examples=12)
@given(SEEDS)
def test_exchanging_the_two_changes_every_sign(seed):
    world = random_world(4, 3, seed, thetas=(1.0, 10.0))
    a, b = (tt.solve(world, random_wedges(world, s)) for s in (seed, seed + 1))
    there, back = tt.compare(a, b), tt.compare(b, a)
    for left, right, keys in (
        (there.countries, back.countries, ["country"]),
        (there.flows, back.flows, ["exporter", "importer"]),
        (there.pairs, back.pairs, ["exporter", "importer"]),
        (there.wedges, back.wedges, ["instrument"]),
    ):
        left, right = left.set_index(keys).sort_index(), right.set_index(keys).sort_index()
        assert_array_equal(left.index, right.index)
        for column in left.columns:
            if column.endswith("difference"):
                assert_allclose(left[column], -right[column], rtol=1e-12, atol=1e-12)
                a_side, b_side = column.replace("difference", "a"), column.replace("difference", "b")
                assert_allclose(left[column], left[b_side] - left[a_side], rtol=1e-12, atol=1e-12)
                assert_array_equal(left[a_side], right[b_side])


@settings(max_examples=8)
@given(SEEDS)
def test_relabelling_countries_changes_no_difference(seed):
    world = random_world(4, 2, seed, thetas=(1.0, 10.0), holes=False)
    order = np.random.default_rng(seed).permutation(4)
    turned = tt.World.from_arrays(
        [world.countries[k] for k in order],
        world.sectors,
        trade=world.trade_values[np.ix_(order, order)],
        tariff=world.tariff_values[np.ix_(order, order)],
        input_share=world.input_share_values[order],
        elasticity=world.elasticity_values,
    )
    z = random_wedges(world, seed)
    same = tt.Wedges.from_arrays(
        turned,
        z.iceberg.values[np.ix_(order, order)],
        z.tariff.values[np.ix_(order, order)],
        z.productivity.values[order],
        z.labour.values[order],
    )
    c = tt.compare(tt.solve(world, z), tt.solve(turned, same))
    assert len(c.pairs) == len(c.wedges) == 0
    assert_allclose(c.countries["real_income_difference"], 0.0, atol=1e-6)


# --- inputs -----------------------------------------------------------------------------------------


def test_wedges_by_hand(world, scenario):
    """20 % on cars between two countries, one flow closed, one cost doubled, against no measures."""
    base = tt.solve(world, tt.Wedges.neutral(world))
    mine = scenario(
        "kind: tariff, exporters: [DEU], importers: [USA], sectors: [C29], rate: 0.2",
        "kind: export_ban, exporters: [NLD], importers: [CHN], sectors: [C28]",
        "kind: nontariff_cost, exporters: [KAZ], importers: [CHN], sectors: [B06, B07], factor: 2",
    )
    c = tt.compare(base, tt.solve(world, mine))
    cells = c.wedges.set_index("instrument")["cells"].to_dict()
    assert cells == {"tariff": 1, "trade cost of what stays open": 2, "trade closed altogether": 1}
    pairs = c.pairs.set_index(["exporter", "importer"])
    assert len(pairs) == 3
    flow = world.trade.sel(exporter="DEU", importer="USA")
    rate = world.tariff.sel(exporter="DEU", importer="USA")
    before = 100 * float((rate * flow).sum() / flow.sum())
    rise = 100 * float((0.2 - rate.sel(sector="C29")) * flow.sel(sector="C29") / flow.sum())
    cars = pairs.loc[("DEU", "USA")]
    assert cars["tariff_a"] == pytest.approx(before, rel=1e-12)
    assert cars["tariff_difference"] == pytest.approx(rise, rel=1e-9)
    assert cars["cost_difference"] == cars["closed_difference"] == 0
    flow = world.trade.sel(exporter="NLD", importer="CHN")
    shut = 100 * float(flow.sel(sector="C28") / flow.sum())
    assert pairs.loc[("NLD", "CHN"), "closed_b"] == pytest.approx(shut, rel=1e-12)
    assert pairs.loc[("NLD", "CHN"), "cost_b"] == 0
    flow = world.trade.sel(exporter="KAZ", importer="CHN")
    doubled = float(flow.sel(sector=["B06", "B07"]).sum() / flow.sum())
    assert pairs.loc[("KAZ", "CHN"), "cost_b"] == pytest.approx(100 * (2**doubled - 1), rel=1e-9)
    abroad = world.trade.values * (1 - np.eye(81))[:, :, None]
    mean = 100 * (abroad * world.tariff_values).sum() / abroad.sum()
    assert c.wedges.set_index("instrument").loc["tariff", "a"] == pytest.approx(mean, rel=1e-12)


def test_the_pair_where_most_trade_is_hit_comes_first(june, december):
    pairs = tt.compare(june, december).pairs
    size = pairs["trade"] * sum(pairs[f"{k}_difference"].abs() for k in ("tariff", "cost", "closed"))
    assert (np.diff(size) <= 0).all()
    assert set(pairs["exporter"]) | set(pairs["importer"]) >= {"RUS"}


def test_measures_only_in_one_or_changed(world, scenario):
    cars = "kind: tariff, exporters: [DEU], importers: [USA], sectors: [C29]"
    chips = "kind: export_ban, exporters: [USA], importers: [CHN], sectors: [C26], label: chips"
    more = "kind: labour, countries: [KAZ], factor: 1.1"
    stop = "kind: embargo, exporters: [BLR], importers: [LTU]"
    one = scenario(f"{cars}, rate: 0.1", chips, more, name="one")
    two = scenario(f"{cars}, rate: 0.3", f"{chips}, coverage: 0.5", more, stop, name="two")
    found = tt.compare(tt.solve(world, one), tt.solve(world, two)).measures
    by_kind = found.set_index("kind")
    assert dict(zip(found["kind"], found["where"], strict=True)) == {
        "tariff": "changed",
        "export_ban": "changed",
        "embargo": "only B",
    }
    assert by_kind.loc["tariff", ["number_a", "number_b"]].tolist() == ["rate 0.1 in C29", "rate 0.3 in C29"]
    assert by_kind.loc["export_ban", "number_b"] == "coverage 0.5 in C26"
    assert by_kind.loc["embargo", "between_b"] == "BLR <-> LTU"
    turned = tt.compare(tt.solve(world, two), tt.solve(world, one)).measures
    assert sorted(turned["where"]) == ["changed", "changed", "only A"]


def test_a_joined_scenario_adds_its_own_measures_only(world, june):
    joined = tt.solve(world, tt.Scenario.load("sanctions-2022@june+embargo-rus-kaz"))
    found = tt.compare(june, joined).measures
    added = tt.Scenario.load("embargo-rus-kaz").measures
    assert found["where"].tolist() == ["only B"] * len(added)
    assert found["kind"].tolist() == [m.kind for _, m in added]


def test_settings_that_differ(world, june):
    other = tt.solve(
        world.with_elasticity("CP"), tt.Scenario.load("sanctions-2022@june"), closure="own_share", run="short"
    )
    c = tt.compare(june, other)
    found = c.settings.set_index("setting")
    assert found.loc["elasticities"].tolist() == ["FGO", "CP x 0.38"]
    assert found.loc["closure"].tolist() == ["fixed_deficit", "own_share"]
    assert found.loc["run"].tolist() == ["long", "short"]
    assert set(found.index) == {
        "elasticities",
        "closure",
        "run",
        "factors",
        "substitution",
        "trade elasticity scale",
    }
    assert len(c.measures) == 0
    assert any(note.startswith("B: short run") for note in c.notes)
    assert any("partial ban" in note for note in c.notes)


# --- outcomes ---------------------------------------------------------------------------------------


def test_outcomes_are_those_of_the_two(june, december):
    c = tt.compare(june, december)
    countries = c.countries.set_index("country")
    order = list(june.world.countries)
    assert_allclose(countries.loc[order, "real_income_a"], june.welfare(), rtol=1e-12)
    assert_allclose(countries.loc[order, "equivalent_variation_b"], december.welfare("equivalent_variation"))
    abroad = december.trade.sum("sector").values * (1 - np.eye(81))
    assert_allclose(countries.loc[order, "exports_b"], abroad.sum(axis=1), rtol=1e-12)
    assert_allclose(countries.loc[order, "imports_b"], abroad.sum(axis=0), rtol=1e-12)
    assert (np.diff(countries["real_income_difference"].abs()) <= 0).all()
    assert len(c.flows) == 81 * 80
    flow = c.flows.set_index(["exporter", "importer"]).loc[("RUS", "DEU")]
    assert flow["b"] == pytest.approx(
        december.trade.sel(exporter="RUS", importer="DEU").sum().item(), rel=1e-12
    )
    assert flow["base"] == pytest.approx(june.world.trade.sel(exporter="RUS", importer="DEU").sum().item())


def test_the_long_table_is_that_of_the_two(june, december):
    table = tt.compare(june, december).to_table().set_index(["variable", "region"])
    for side, eq in (("a", june), ("b", december)):
        own = eq.to_table().set_index(["variable", "region"])["value"]
        assert_frame_equal(table[[side]], own.rename(side).to_frame())
        assert set(table[f"scenario_{side}"]) == {eq.scenario}
    assert_array_equal(table["difference"], table["b"] - table["a"])


def test_worlds_of_two_years(world, june):
    early = tt.solve(tt.load_world("icio-2014"), tt.Scenario.load("sanctions-2022@june"))
    c = tt.compare(june, early)
    assert c.settings.set_index("setting").loc["world"].tolist() == ["icio-2021", "icio-2014"]
    assert len(c.countries) == 81
    assert c.wedges.set_index("instrument").loc["tariff", "cells"] > 0


def test_a_world_with_merged_countries(world, june):
    merged = world.aggregate(countries={"BENELUX": ["BEL", "NLD", "LUX"]}, sectors={"MINES": ["B05", "B07"]})
    other = tt.solve(merged, tt.Wedges.neutral(merged))
    c = tt.compare(june, other)
    assert len(c.countries) == 78
    assert "countries in A only, left out: BEL, LUX, NLD" in c.notes
    assert "countries in B only, left out: BENELUX" in c.notes
    assert "sectors in B only, left out: MINES" in c.notes


def test_nothing_in_common(world, june):
    small = random_world(3, 2, 1)
    with pytest.raises(tt.BadInput, match="no country in common"):
        tt.compare(june, tt.solve(small, tt.Wedges.neutral(small)))


def test_the_same_name_with_other_data(world, june):
    richer = tt.World.from_arrays(
        world.countries, world.sectors, trade=2 * world.trade_values, tariff=world.tariff_values,
        input_share=world.input_share_values, elasticity=world.elasticity_values, name=world.name,
        elasticity_name="FGO", year=2021,
    )  # fmt: skip
    c = tt.compare(june, tt.solve(richer, tt.Scenario.load("sanctions-2022@june")))
    assert c.settings["setting"].tolist() == ["data of the world"]


def test_an_equilibrium_that_was_not_found_is_not_compared(world, june, scenario):
    lost = tt.solve(world, scenario("kind: embargo, exporters: [KAZ], importers: [world]"))
    for pair in ((june, lost), (lost, june)):
        with pytest.raises(tt.NotSolved):
            tt.compare(*pair)
