# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The worlds with Central Asia, the Caucasus, Mongolia and Iran: what the page about them promises."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import tertius as tt
from tertius.data.anchors import anchors_for
from tertius.data.origins import origins
from tertius.labels import group_members
from tertius.world.split import draw_splits, grade_shares, load_split, margin_lines, split_world

YEARS = range(2014, 2022)
PIECES = ("KGZ", "ARM", "GEO", "UZB", "AZE", "TJK", "TKM", "MNG", "IRN")
PARTNERS = ("RUS", "CHN", "KAZ")
WIDE = 20.0  # USD million: smaller flows are below what customs statistics can tell
MARGINS_IN_3_SD = 0.99  # of all margins; the rest are flows of a few hundred thousand dollars


@pytest.fixture(params=YEARS, ids=str)
def split(request):
    return load_split(f"eurasia-{request.param}")


def test_put_back_it_is_the_parent(split):
    merged, parent = split.merged(), split.parent
    assert merged.countries == parent.countries
    for name in ("trade_values", "tariff_values", "input_share_values"):
        assert_allclose(getattr(merged, name), getattr(parent, name), rtol=1e-9, atol=1e-12)
    for name in ("value_added", "income", "deficit", "final_demand", "output"):
        scale = parent.accounts.income.sum()
        gap = np.abs(getattr(merged.accounts, name) - getattr(parent.accounts, name)).max()
        assert gap <= 1e-12 * scale


def test_accounts_close_and_nothing_outside_changes(split):
    world, parent = tt.load_world(split.name), split.parent
    world.check().require()
    assert world.trade_values.shape == (90, 90, 28)
    assert world.countries[-10:] == (*PIECES, "ROW")
    assert_array_equal(world.trade_values[:80, :80], parent.trade_values[:80, :80])
    for name in ("value_added", "tariff_revenue", "deficit", "income"):
        ours, theirs = getattr(world.accounts, name)[:80], getattr(parent.accounts, name)[:80]
        assert_allclose(ours, theirs, rtol=1e-11, atol=1e-6)
    assert (world.accounts.final_demand >= 0).all()
    assert (world.accounts.value_added_share >= 0).all()
    assert (world.accounts.value_added > 0).all()
    assert_array_equal(world.elasticity, parent.elasticity)


def test_gdp_is_within_five_percent_of_the_cited_figure(split):
    world = tt.load_world(split.name)
    cited = {
        a.country: a.value for a in anchors_for(world.year) if a.quantity == "gdp" and a.country in PIECES
    }
    assert set(cited) == set(PIECES)
    for country, value in cited.items():
        assert float(world.value_added.sel(country=country)) / 1e3 == pytest.approx(value, rel=0.05)


def test_margins_are_met_within_their_reliability(split):
    lines = margin_lines(split)
    assert len(lines) > 1500
    apart = np.array([abs(line.spreads) for line in lines])
    assert (apart < 3).mean() > MARGINS_IN_3_SD
    large = [line for line in lines if line.margin.value > WIDE]
    assert len(large) > 500
    assert max(abs(line.spreads) for line in large) < 3
    for line in large:
        if line.margin.sectors == "goods" and line.margin.partner in PARTNERS:
            assert abs(line.spreads) < 2, line.name


def test_trade_with_the_union_of_27_is_within_reliability(split):
    eu = set(group_members("EU27", date(split.frame.year, 12, 31)))
    everything = margin_lines(split)
    for piece in PIECES:
        for quantity in ("exports", "imports"):
            lines = [
                line
                for line in everything
                if line.margin.piece == piece
                and line.margin.quantity == quantity
                and line.margin.sectors == "goods"
                and line.margin.partner in eu
            ]
            ours, goal = sum(x.ours for x in lines), sum(x.margin.value for x in lines)
            spread = np.sqrt(sum((x.margin.value * x.margin.reliability) ** 2 for x in lines)) / goal
            assert abs(np.log(ours / goal)) < max(3 * spread, 0.15), (piece, quantity)


def test_members_of_the_customs_union_share_its_tariff(split):
    world = tt.load_world(split.name)
    tariff = world.tariff
    members = [c for c in ("KGZ", "ARM") if world.year >= 2015]
    for member in members:
        assert not tariff.sel(exporter=["RUS", "BLR", "KAZ", *members], importer=member).any()
        outside = [c for c in world.countries if c not in (*PIECES, "ROW", "RUS", "BLR", "KAZ")]
        assert_array_equal(
            tariff.sel(exporter=outside, importer=member), tariff.sel(exporter=outside, importer="KAZ")
        )
    assert not tariff.sel(exporter=list(PIECES), importer=["RUS", "KAZ", "BLR"]).any()
    assert not tariff.sel(sector="SERV").any()
    assert float(tariff.sel(exporter="DEU", importer="MNG", sector="C28")) == pytest.approx(0.05)


def test_grades_and_sources(split):
    for piece in PIECES:
        found = grade_shares(split, piece)
        for block, shares in found.items():
            assert sum(shares.values()) == pytest.approx(1.0), (piece, block)
        assert found["inputs"] == {"donor": 1.0}
    named = {m.source for m in split.margins} - {"assumption"}
    assert named <= set(origins())
    assert set(split.record["sources"]) <= set(origins())
    assert split.file().name == split.name


def test_the_year_of_the_study_can_be_split_again_from_its_own_margins():
    shipped = load_split("eurasia-2021")
    again = split_world(tt.load_world("icio-2021"), shipped.file())
    for name in ("exports", "imports", "inner"):
        assert_allclose(getattr(again, name), getattr(shipped, name), rtol=2e-3, atol=1e-9)
    assert_allclose(again.world().value_added, shipped.world().value_added, rtol=1e-4)


def test_a_scenario_gives_the_others_what_the_parent_gives_them():
    decoupling = tt.Scenario.load("decoupling-x2")
    parent, world = tt.load_world("icio-2021"), tt.load_world("eurasia-2021")
    old = tt.solve(parent, decoupling).welfare("real_income")
    new = tt.solve(world, decoupling).welfare("real_income")
    same = [c for c in parent.countries if c != "ROW"]
    assert float(abs(new.sel(country=same) - old.sel(country=same)).max()) < 0.1


def test_a_draw_is_another_world_that_adds_up():
    drawn = next(draw_splits(load_split("eurasia-2021"), 1, seed=7))
    world, center = drawn.world(), tt.load_world("eurasia-2021")
    world.check().require()
    assert_allclose(drawn.merged().trade_values, drawn.parent.trade_values, rtol=1e-9, atol=1e-12)
    moved = np.abs(np.log(world.value_added / center.value_added)).sel(country=list(PIECES))
    assert float(moved.max()) < 0.5
    assert float(moved.min()) > 0


def test_no_such_split():
    with pytest.raises(tt.BadInput, match="did you mean eurasia-2021"):
        load_split("eurasia-2012")
    with pytest.raises(tt.BadInput, match="is a world, not a split of one"):
        load_split("icio-2021")
