# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Each instrument by hand on a small world, and how instruments compose."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scenario_files import COUNTRIES, SECTORS, WORLD, make_world, measure, scenario

import tertius as tt
from tertius.policy import ScenarioFile

ALL = slice(None)


def changed(array: xr.DataArray, base) -> set[tuple[str, ...]]:
    """Labels of the cells that differ from the base."""
    cells = np.argwhere(array.values != np.broadcast_to(base, array.shape))
    return {tuple(str(array.indexes[d][k]) for d, k in zip(array.dims, cell, strict=True)) for cell in cells}


def ban(kind="export_ban", **fields):
    return measure(kind, **({"coverage": 0.5} | fields))


# --- one by one -------------------------------------------------------------------------------------


def test_neutral_changes_nothing(world):
    z = tt.Wedges.neutral(world)
    assert_array_equal(z.iceberg, 1)
    assert_array_equal(z.tariff, world.tariff)
    assert_array_equal(z.productivity, 1)
    assert_array_equal(z.labour, 1)
    assert z.theta is None
    eq = tt.solve(world, z)
    assert_allclose(eq.welfare("real_income"), 0, atol=1e-9)


def test_nontariff_cost(wedges):
    z = wedges(measure(factor=2, sectors=["C26", "C28"]))
    assert changed(z.iceberg, 1) == {("DEU", "RUS", "C26"), ("DEU", "RUS", "C28")}
    assert z.iceberg.sel(exporter="DEU", importer="RUS", sector="C26") == 2
    assert z.theta is None


def test_costs_multiply(wedges):
    z = wedges(measure(factor=2), measure(factor={"C26": 1.5}), measure(factor=0.5, sectors=["B06"]))
    assert_array_equal(z.iceberg.sel(exporter="DEU", importer="RUS"), [1, 3, 2, 2])


def test_numbers_by_sector_and_by_sector_group(wedges):
    z = wedges(measure(factor={"B06": 3, "machinery": 1.25}))
    assert_array_equal(z.iceberg.sel(exporter="DEU", importer="RUS"), [3, 1.25, 1.25, 1])
    z = wedges(measure(factor={"goods": 2}))
    assert_array_equal(z.iceberg.sel(exporter="DEU", importer="RUS"), [2, 2, 2, 1])


@pytest.mark.parametrize(
    ("change", "wanted"), [({"rate": 0.25}, 0.25), ({"add": 0.125}, 0.1875), ({"factor": 2}, 0.125)]
)
def test_tariff_is_a_new_level(wedges, world, change, wanted):
    z = wedges(measure("tariff", sectors=["C26"], **change))
    assert changed(z.tariff, world.tariff_values) == {("DEU", "RUS", "C26")}
    assert z.tariff.sel(exporter="DEU", importer="RUS", sector="C26") == wanted
    assert_array_equal(z.iceberg, 1)


def test_points_add_up_and_factors_multiply(wedges):
    z = wedges(measure("tariff", add=0.125), measure("tariff", add={"SERV": 0.25}))
    assert_array_equal(z.tariff.sel(exporter="DEU", importer="RUS"), [0.1875, 0.1875, 0.1875, 0.375])
    z = wedges(measure("tariff", factor=4), measure("tariff", factor={"machinery": 0.5}))
    assert_array_equal(z.tariff.sel(exporter="DEU", importer="RUS"), [0.25, 0.125, 0.125, 0])


def test_the_same_level_twice_is_one_level(wedges):
    z = wedges(measure("tariff", rate=0.5), measure("tariff", rate={"C26": 0.5}))
    assert_array_equal(z.tariff.sel(exporter="DEU", importer="RUS"), 0.5)


def test_tariff_may_fall_but_not_to_minus_everything(wedges):
    z = wedges(measure("tariff", add=-0.03125, sectors=["C26"]))
    assert z.tariff.sel(exporter="DEU", importer="RUS", sector="C26") == 0.03125


@pytest.mark.parametrize("kind", ["export_ban", "import_ban", "embargo"])
def test_partial_ban_closes_exactly_its_share_at_unchanged_prices(wedges, world, kind):
    z = wedges(ban(kind, coverage={"C26": 0.75, "C28": 0.5}, both_ways=False))
    cell = z.iceberg.sel(exporter="DEU", importer="RUS")
    assert_allclose(cell, [1, 0.25 ** (-1 / 2), 0.5 ** (-1 / 8), 1], rtol=1e-15)
    assert_allclose(cell**-world.elasticity_values, [1, 0.25, 0.5, 1], rtol=1e-14)
    assert changed(z.iceberg, 1) == {("DEU", "RUS", "C26"), ("DEU", "RUS", "C28")}
    assert z.theta == tuple(world.elasticity_values)


@pytest.mark.parametrize("kind", ["export_ban", "import_ban", "embargo"])
def test_whole_ban_is_infinite(wedges, kind):
    z = wedges(measure(kind, sectors=["C26"]))
    assert np.isposinf(z.iceberg.sel(exporter="DEU", importer="RUS", sector="C26"))
    assert z.theta is None  # the same with any elasticities


def test_bans_add_up(wedges):
    z = wedges(ban(coverage=0.25), ban("import_ban", coverage={"C26": 0.5}), measure(factor=2))
    cell = z.iceberg.sel(exporter="DEU", importer="RUS")
    theta = WORLD.elasticity_values
    assert_allclose(cell, 2 * (1 - np.array([0.25, 0.75, 0.25, 0.25])) ** (-1 / theta), rtol=1e-15)


def test_bans_that_add_up_to_everything_but_for_rounding_are_infinite(wedges):
    z = wedges(*[ban(coverage=c) for c in (0.7, 0.2, 0.1)])
    assert 0.7 + 0.2 + 0.1 < 1
    assert np.isposinf(z.iceberg.sel(exporter="DEU", importer="RUS")).all()
    assert z.theta is None


def test_embargo_goes_both_ways_unless_said_otherwise(wedges):
    both = wedges(measure("embargo", sectors=["C26"]))
    assert changed(both.iceberg, 1) == {("DEU", "RUS", "C26"), ("RUS", "DEU", "C26")}
    one = wedges(measure("embargo", sectors=["C26"], both_ways=False))
    assert changed(one.iceberg, 1) == {("DEU", "RUS", "C26")}


def test_embargo_wins_over_bans(wedges):
    shut = measure("embargo", sectors=["C26"])
    for order in ([ban(coverage=0.7), shut], [shut, ban(coverage=0.7)]):
        z = wedges(*order)
        assert np.isposinf(z.iceberg.sel(exporter="DEU", importer="RUS", sector="C26"))
        assert_allclose(z.iceberg.sel(exporter="DEU", importer="RUS", sector="B06"), 0.3 ** (-1 / 4))
    # A partial embargo does not add to a ban: the larger share counts.
    for order in ([ban(coverage=0.7), ban("embargo")], [ban("embargo"), ban(coverage=0.7)]):
        z = wedges(*order)
        assert_allclose(z.iceberg.sel(exporter="DEU", importer="RUS", sector="C26"), 0.3 ** (-1 / 2))
        assert_allclose(z.iceberg.sel(exporter="RUS", importer="DEU", sector="C26"), 0.5 ** (-1 / 2))


@pytest.mark.parametrize("kind", ["export_ban", "nontariff_cost"])
def test_both_ways(wedges, kind):
    z = wedges(measure(kind, both_ways=True, sectors=["C26"]))
    assert changed(z.iceberg, 1) == {("DEU", "RUS", "C26"), ("RUS", "DEU", "C26")}


def test_both_ways_tariff(wedges, world):
    z = wedges(measure("tariff", rate=0.5, both_ways=True, sectors=["C26"]))
    assert changed(z.tariff, world.tariff_values) == {("DEU", "RUS", "C26"), ("RUS", "DEU", "C26")}


def test_productivity_and_labour(wedges):
    z = wedges(
        measure("productivity", factor=1.5, sectors=["machinery"]),
        measure("productivity", factor=2, countries=["EU27"]),
        measure("labour", factor=0.5),
        measure("labour", factor=0.5, countries=["KAZ", "RUS"]),
    )
    assert_array_equal(z.productivity.sel(country="KAZ"), [1, 1.5, 1.5, 1])
    assert_array_equal(z.productivity.sel(country=["DEU", "POL"]), 2)
    assert_array_equal(z.productivity.sel(country=["RUS", "USA", "ROW"]), 1)
    assert_array_equal(z.labour, [1, 0.25, 1, 0.5, 1, 1])


def test_groups_and_the_whole_world(wedges):
    z = wedges(measure(exporters=["EU27", "USA"], importers=["EAEU"], sectors=["C26"]))
    pairs = {(e, i, "C26") for e in ("DEU", "POL", "USA") for i in ("KAZ", "RUS")}
    assert changed(z.iceberg, 1) == pairs
    z = wedges(measure(exporters=["world"], importers=["KAZ"], sectors=["C26"]))
    assert changed(z.iceberg, 1) == {(e, "KAZ", "C26") for e in COUNTRIES if e != "KAZ"}


def test_membership_counts_on_the_day(write, world):
    """The union of 2015 has no Kyrgyzstan here anyway, but none at all existed before."""
    content = scenario(measure(importers=["EAEU"], in_force="2014-06-01"))
    with pytest.raises(
        tt.BadInput, match=r"my\.yaml: measures\[0\]\.importers: 'EAEU' has no members on 2014-06"
    ):
        tt.Scenario.load(write(content)).wedges(world)


# --- composition ------------------------------------------------------------------------------------

country = st.sampled_from(COUNTRIES)
between = st.fixed_dictionaries(
    {
        "exporters": st.lists(country, min_size=1, max_size=3),
        "importers": st.lists(country, min_size=1, max_size=3),
        "both_ways": st.booleans(),
    }
).filter(lambda d: len(set(d["exporters"]) | set(d["importers"])) > 1)
sectors = st.lists(st.sampled_from((*SECTORS, "machinery", "all")), min_size=1, max_size=2)
costs = st.builds(
    lambda b, s, f: measure(**b, sectors=s, factor=f),
    between,
    sectors,
    st.sampled_from([0.5, 1.25, 2.0, 3.0]),
)
closings = st.builds(
    lambda k, b, s, c: measure(k, **b, sectors=s, coverage=c),
    st.sampled_from(["export_ban", "import_ban", "embargo"]),
    between,
    sectors,
    st.sampled_from([0.0625, 0.125, 0.1875]),
)
shut = st.builds(lambda b, s: measure("embargo", **b, sectors=s), between, sectors)
factors = st.builds(
    lambda k, c, f: measure(k, countries=c, factor=f),
    st.sampled_from(["productivity", "labour"]),
    st.lists(country, min_size=1, max_size=3),
    st.sampled_from([0.5, 1.5]),
)
points = st.builds(lambda b, s: measure("tariff", **b, sectors=s, add=0.125), between, sectors)
any_measure = st.one_of(costs, closings, shut, factors, points)


def wedges_of(measures, on=WORLD):
    return tt.Scenario(ScenarioFile.model_validate(scenario(*measures)), "my.yaml", "").wedges(on)


def assert_same(a, b):
    for name in ("iceberg", "tariff", "productivity", "labour"):
        assert_allclose(getattr(a, name), getattr(b, name), rtol=1e-13, err_msg=name)
    assert a.theta == b.theta


@given(
    st.lists(any_measure, min_size=1, max_size=5).flatmap(lambda m: st.tuples(st.just(m), st.permutations(m)))
)
def test_the_order_of_measures_does_not_matter(case):
    """Costs, bans, embargoes, productivity and labour, and points added to tariffs commute."""
    assert_same(*map(wedges_of, case))


@given(st.lists(any_measure, min_size=1, max_size=5))
def test_own_sales_are_never_touched_and_wedges_are_usable(measures):
    z = wedges_of(measures)
    home = np.arange(len(COUNTRIES))
    assert_array_equal(z.iceberg.values[home, home], 1)
    assert_array_equal(z.tariff.values[home, home], WORLD.tariff_values[home, home])
    bans = (
        {"closed"} if any(m["kind"] in ("export_ban", "import_ban", "embargo") for m in measures) else set()
    )
    assert set(z.arrays(WORLD)) == {"iceberg", "tariff", "productivity", "labour"} | bans
    assert_array_equal(z.closed.values[home, home], 0)
    assert np.all(z.iceberg > 0)


@given(st.lists(closings, min_size=1, max_size=5))
def test_bans_only_close(measures):
    more, less = wedges_of(measures).iceberg, wedges_of(measures[:-1] or measures).iceberg
    assert np.all(more >= 1)
    assert np.all(more >= less)


@given(st.lists(any_measure, min_size=2, max_size=4), st.integers(1, 3))
def test_a_plus_b_is_both(measures, cut):
    cut = min(cut, len(measures) - 1)
    files = [ScenarioFile.model_validate(scenario(*part)) for part in (measures[:cut], measures[cut:])]
    first, second = (tt.Scenario(f, "my.yaml", "") for f in files)
    from dataclasses import replace

    assert_same(replace(first, parts=(second,)).wedges(WORLD), wedges_of(measures))


# --- wedges meet the world that they were made for ----------------------------------------------------


def test_partial_bans_belong_to_their_elasticities(wedges, world):
    partial, whole = wedges(ban()), wedges(measure("embargo"))
    other = world.with_elasticity("U4")
    with pytest.raises(tt.BadInput, match=r"other elasticities than U4; call scenario.wedges"):
        partial.arrays(other)
    with pytest.raises(tt.BadInput, match=r"other elasticities"):
        tt.solve(other, partial)
    assert np.isposinf(whole.arrays(other)["iceberg"]).any()
    same_numbers = make_world()
    assert partial.arrays(same_numbers)
    mixed = wedges(ban(coverage=0.5), measure("embargo", both_ways=False))
    assert mixed.theta is None  # nothing partial is left


def test_labels_must_be_the_worlds_own(world):
    neutral = tt.Wedges.neutral(world)
    from dataclasses import replace

    def refused(match, **fields):
        with pytest.raises(tt.BadInput, match=match):
            replace(neutral, **fields).arrays(world)

    refused("labour: country labels are not in the order", labour=neutral.labour[::-1])
    refused("labour: country labels are not in the order", labour=neutral.labour[1:])
    renamed = neutral.labour.assign_coords(country=["DUE", *COUNTRIES[1:]])
    refused("labour: 'DUE' is not a known country .*did you mean DEU", labour=renamed)
    refused("labour: has no country labels", labour=neutral.labour.drop_vars("country"))
    refused("tariff: has dimensions", tariff=neutral.tariff[0])
    refused("iceberg: nan at DEU DEU B06 is not", iceberg=neutral.iceberg * np.nan)
    refused("iceberg: 0.0 at DEU DEU B06 is not", iceberg=neutral.iceberg * 0)
    refused("tariff: inf at .*an embargo is an infinite iceberg", tariff=neutral.tariff + np.inf)
    refused("tariff: -1.0 at", tariff=neutral.tariff * 0 - 1)
    refused("productivity: inf at DEU B06", productivity=neutral.productivity + np.inf)
    refused("labour: -1.0 at DEU", labour=-neutral.labour)
    turned = replace(neutral, iceberg=neutral.iceberg.transpose("sector", "importer", "exporter"))
    assert turned.arrays(world)["iceberg"].shape == (6, 6, 4)


def test_wedges_of_another_world_are_refused(wedges):
    smaller = WORLD.aggregate({"EU": ["DEU", "POL"]})
    with pytest.raises(tt.BadInput, match=r"'DEU' is not a known exporter"):
        wedges(measure()).arrays(smaller)
