# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Merging countries and sectors loses no money."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import tertius as tt
from strategies import worlds


@st.composite
def merged(draw):
    """A world and one random merge of its countries and of its sectors."""
    world = draw(worlds(countries=(2, 6), sectors=(1, 4)))

    def merge(labels, prefix):
        of = [draw(st.integers(0, 2)) for _ in labels]
        return {f"{prefix}{k}": [x for x, o in zip(labels, of, strict=True) if o == k] for k in set(of) - {0}}

    return world, merge(world.countries, "M"), merge(world.sectors, "T")


@given(merged())
def test_totals_survive(case):
    world, countries, sectors = case
    small = world.aggregate(countries, sectors)
    assert small.check().ok
    big, less = world.accounts, small.accounts
    for name in ("expenditure", "output", "final_demand", "value_added", "tariff_revenue", "income"):
        assert_allclose(getattr(less, name).sum(), getattr(big, name).sum(), rtol=1e-12, err_msg=name)
    for new, members in countries.items():
        here, there = small.countries.index(new), [world.countries.index(m) for m in members]
        scale = big.income[there].sum()
        for name in ("value_added", "tariff_revenue", "deficit", "income"):
            gap = getattr(less, name)[here] - getattr(big, name)[there].sum()
            assert abs(gap) <= 1e-12 * scale, name
    for new, members in sectors.items():
        own = [world.sectors.index(m) for m in members]
        theta = small.elasticity_values[small.sectors.index(new)]
        low, high = world.elasticity_values[own].min(), world.elasticity_values[own].max()
        assert low * (1 - 1e-12) <= theta <= high * (1 + 1e-12)


@given(worlds())
def test_everything_in_one_is_a_closed_economy(world):
    one = world.aggregate({"ALL": world.countries}, {"T": world.sectors})
    assert one.trade_values.shape == (1, 1, 1)
    assert_allclose(one.trade_share, 1)
    assert abs(one.deficit.item()) <= 1e-12 * one.accounts.income[0]
    assert_allclose(one.accounts.income.sum(), world.accounts.income.sum(), rtol=1e-12)


@given(worlds())
def test_merging_nothing_changes_nothing(world):
    same = world.aggregate()
    assert (same.countries, same.sectors) == (world.countries, world.sectors)
    assert_allclose(same.trade, world.trade, rtol=1e-13)
    assert_allclose(same.tariff, world.tariff, rtol=1e-13, atol=1e-16)
    assert_allclose(same.input_share, world.input_share, rtol=1e-13, atol=1e-16)
    assert_allclose(same.elasticity, world.elasticity, rtol=1e-13)


def test_merge_by_hand(golden):
    west = golden.aggregate({"W": ["AAA", "BBB"]})
    assert west.countries == ("W", "CCC")
    assert west.trade.sel(exporter="W", importer="W", sector="X") == 50 + 10 + 8 + 40
    assert west.trade.sel(exporter="W", importer="CCC", sector="X") == 8
    # 1.25 on 8 of 108: the revenue of 2 stays; CCC pays 3 on AAA's 6 and nothing on BBB's 2.
    assert_allclose(west.tariff.sel(exporter="W", importer="W", sector="X"), 2 / 108)
    assert_allclose(west.tariff.sel(exporter="W", importer="CCC", sector="X"), 3 / 8)
    assert west.record["aggregated_from"] == "golden"
    assert west.year == 2021


def test_order_follows_the_first_member(golden):
    assert golden.aggregate({"E": ["CCC", "AAA"]}).countries == ("E", "BBB")


def test_a_set_of_elasticities_is_merged_too(golden):
    one = golden.aggregate(sectors={"G": ["X", "Y"]})
    between = np.array([10 + 6 + 8 + 2 + 4 + 4, 8.0])
    assert_allclose(one.elasticity, between @ [4, 8] / between.sum())
    assert_allclose(one.with_elasticity("low").elasticity, between @ [2, 3] / between.sum())


def test_a_shipped_world_keeps_its_goods_apart_or_drops_the_anchors():
    world = tt.load_world("icio-2021")
    goods = world.aggregate(sectors={"GOODS": world.sectors[:-1]})
    before = {line.anchor: line.ours for line in world.check().anchors}
    after = {line.anchor: line.ours for line in goods.check().anchors}
    assert set(after) == set(before)
    for anchor, ours in after.items():
        assert_allclose(ours, before[anchor], rtol=1e-10)
    one = world.aggregate(sectors={"ALL": world.sectors})
    assert {line.anchor.quantity for line in one.check().anchors} == {"gdp"}


@pytest.mark.parametrize(
    ("countries", "message"),
    [
        ({"E": ["AAB"]}, "aggregate: country 'E': 'AAB' is not a known country .*did you mean AAA"),
        ({"E": ["AAA"], "F": ["AAA"]}, "aggregate: country 'F': 'AAA' is already part of 'E'"),
        ({"E": []}, "aggregate: country 'E': has no members"),
        ({"BBB": ["AAA", "CCC"]}, "BBB is both a new name and a country that stays"),
    ],
)
def test_errors(golden, countries, message):
    with pytest.raises(tt.BadInput, match=message):
        golden.aggregate(countries)


def test_unknown_sector(golden):
    with pytest.raises(
        tt.BadInput, match=r"aggregate: sector 'G': 'x' is not a known sector .*did you mean X"
    ):
        golden.aggregate(sectors={"G": ["x"]})


def test_a_new_name_may_be_that_of_a_member(golden):
    assert golden.aggregate({"AAA": ["AAA", "BBB"]}).countries == ("AAA", "CCC")
