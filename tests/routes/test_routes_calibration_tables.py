# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The shipped tables of the calibration: they add up, stay within their bounds, and end before 2023."""

from __future__ import annotations

import importlib
import sys
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from tertius.labels import known_countries

ROOT = Path(__file__).parents[2]
if str(ROOT / "scripts") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts"))
phi_module = importlib.import_module("routes_calibration.phi")
HUBS = ["KAZ", "KGZ", "ARM", "GEO", "UZB"]
PRIOR = ["TUR", "ARE", "CHN", "HKG"]
GROUPS = ["chpl", "electronics", "machinery", "vehicles", "luxury", "chemicals", "other", "ALL"]
NAMES = ("groups", "leakage", "phi", "margins", "event", "checks")
ROUND = 2e-4  # tables carry four or five digits


def table(name):
    return pd.read_csv(files("tertius.data") / "tables" / f"routes_{name}.csv", comment="#")


@pytest.fixture(scope="module")
def leaks():
    return table("leakage")


@pytest.fixture(scope="module")
def shares():
    return table("phi")


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique_and_hubs_are_known(name):
    data = table(name)
    keys = {
        "groups": ["partner", "date", "sector", "group"],
        "leakage": ["method", "group", "hub"],
        "phi": ["set", "group", "hub", "q"],
        "margins": ["hub", "parameter"],
        "event": ["series", "month"],
        "checks": ["check", "hub", "measure"],
    }[name]
    assert not data.duplicated(keys).any()
    hub = data.get("hub", data.get("partner", pd.Series(dtype=str)))
    assert set(hub) <= set(known_countries()) | {"hubs", "all", "world", "UZB", "KGZ", "ARM", "GEO"}


# --- goods groups -----------------------------------------------------------------------------------


def test_groups_of_a_sector_add_up_to_one():
    data = table("groups")
    own = data[data["of"].eq("of the sector's flow")]
    total = own.groupby(["partner", "date", "sector"])["share"].sum()
    # Sectors that a ban covers wholly have no row of open goods with a positive share.
    assert_allclose(total, 1.0, atol=ROUND)
    assert data[["share", "low", "high"]].min().min() >= 0
    assert data[["share", "low", "high"]].max().max() <= 1 + ROUND


@pytest.mark.parametrize("day", ["2022-06-08", "2022-12-31"])
def test_banned_groups_add_up_to_the_coverage_of_the_ban(day):
    """The groups split the coverage that the scenarios use; they do not change it."""
    data = table("groups")
    data = data[data["partner"].eq("RUS") & data["date"].eq(day) & data["group"].ne("not-banned")]
    whole = pd.read_csv(files("tertius.data") / "tables" / "eu_export_ban_coverage.csv", comment="#")
    whole = whole[whole["date"].eq(day)].set_index("sector")
    found = data.groupby("sector")[["share", "low", "high"]].sum().reindex(whole.index, fill_value=0.0)
    for mine, theirs in (("share", "coverage"), ("low", "low"), ("high", "high")):
        assert_allclose(found[mine], whole[theirs], atol=ROUND)


def test_flows_are_those_of_the_shipped_world_and_caps_are_reported():
    data = table("groups")
    world = tt.load_world("icio-2021")
    kazakhstan = data[data["partner"].eq("KAZ")].drop_duplicates("sector").set_index("sector")["flow_musd"]
    to_kaz = world.trade.sel(importer="KAZ").sum("exporter").to_series()
    assert (kazakhstan < to_kaz.reindex(kazakhstan.index)).all()
    sector = data[data["of"].eq("of the sector's flow")]
    assert (sector["note"].eq("capped") == (sector["uncapped"] > 1)).all()
    assert set(sector.loc[sector["partner"].eq("RUS") & sector["uncapped"].gt(1), "sector"]) == {"B05", "C26"}


# --- leakage ----------------------------------------------------------------------------------------


def test_leakage_is_excess_over_loss_within_its_interval(leaks):
    assert_allclose(leaks["leakage"], leaks["excess_meur"] / leaks["direct_loss_meur"], rtol=1e-3, atol=1e-5)
    assert (leaks["lo"] <= leaks["leakage"] + 1e-6).all()
    assert (leaks["hi"] >= leaks["leakage"] - 1e-6).all()
    assert (leaks["se_codes"] > 0).all()
    few = leaks["codes"] < 20
    assert leaks.loc[few, "status"].str.contains("codes").all()


def test_hubs_add_up_and_groups_add_up(leaks):
    for (_, group), rows in leaks[leaks["hub"].ne("BLR")].groupby(["method", "group"]):
        one = rows.set_index("hub")["excess_meur"]
        if set(HUBS) <= set(one.index):
            assert_allclose(one[HUBS].sum(), one["hubs"], atol=0.2, err_msg=group)
    central = leaks[leaks["method"].eq("two-way") & leaks["hub"].isin(HUBS)]
    wide = central.pivot_table(index="group", columns="hub", values="excess_meur")
    assert_allclose(wide.drop(index="ALL").sum(), wide.loc["ALL"], atol=0.2)


def test_the_high_reading_is_above_the_central_one_where_control_trade_boomed(leaks):
    """The rest of trade to the hubs grew faster than EU exports to third countries, in every hub."""
    checks = table("checks").set_index(["check", "hub"])["value"]
    world = checks["third countries", "world"]
    assert all(checks["rest of trade", hub] > world for hub in HUBS)
    wide = leaks[leaks["group"].eq("ALL")].pivot_table(index="hub", columns="method", values="leakage")
    assert (wide.loc[HUBS, "third countries"] > wide.loc[HUBS, "two-way"]).all()


def test_belarus_is_given_only_where_its_own_ban_left_goods_open(leaks):
    rows = leaks[leaks["hub"].eq("BLR")]
    assert set(rows["group"]) == {"vehicles", "luxury"}
    assert set(rows["status"]) == {"no control in the hub"}


def test_the_panel_ends_in_november_2022_and_knows_no_flow_from_a_hub():
    event = table("event")
    assert event["month"].min() == "2020-01"
    assert event["month"].max() == "2022-11"
    assert set(event["series"]) == {
        *("hubs", "open codes", "without vehicles", "RUS"),
        *HUBS,
        *(g for g in GROUPS if g != "ALL"),
    }
    for name in NAMES:
        assert not table(name).astype(str).apply(lambda c: c.str.contains("2023-|2024-")).any().any()


def test_event_studies_start_at_one(leaks):
    """2021 is the base: trade of that year adds up to what the rest of trade implies."""
    event = table("event")
    year = event[event["month"].str.startswith("2021") & event["series"].isin(["hubs", "RUS", *HUBS])]
    assert_allclose(np.exp(year["log_ratio"]).groupby(year["series"]).mean(), 1.0, atol=0.05)
    after = event[event["month"].ge("2022-06")].groupby("series")["log_ratio"].mean()
    assert after["RUS"] < -1.0
    assert (after[HUBS] > 0.2).all()


# --- base shares ------------------------------------------------------------------------------------


def test_base_shares_lie_within_bounds_and_bands(shares):
    assert (shares["phi"] <= shares["bound"] * (1 + 1e-3) + 1e-12).all()
    assert (shares["hi"] <= shares["bound"] * (1 + 1e-3) + 1e-12).all()
    assert (shares["lo"] <= shares["phi"] + 1e-9).all()
    assert (shares["hi"] >= shares["phi"] * (1 - 1e-3)).all()
    free = shares["free"].fillna(np.inf)
    assert (shares["phi"] <= free * (1 + 1e-3) + 1e-12).all()
    assert set(shares["q"]) == set(phi_module.GRID)
    assert set(shares["group"]) == set(GROUPS)


def test_hubs_make_up_the_total(shares):
    for (name, *_), rows in shares.groupby(["set", "group", "q"]):
        one = rows.set_index("hub")["phi"]
        total = "hubs" if name == "panel" else "all"
        assert_allclose(one.drop(total).sum(), one[total], rtol=2e-3, atol=1e-9)


def test_base_shares_give_the_leakage_that_is_claimed(shares):
    total = shares[shares["hub"].isin(["hubs", "all"]) & shares["phi"].gt(0)]
    again = [phi_module.leakage_of(p, q) for p, q in zip(total["phi"], total["q"], strict=True)]
    assert_allclose(again, total["reached"], rtol=2e-3)
    free = total[total["reached"] >= total["leakage"] * (1 - 1e-3)]
    assert len(free) > 30
    asked = [phi_module.phi_of(v, q) for v, q in zip(free["leakage"], free["q"], strict=True)]
    assert_allclose(asked, free["phi"], rtol=5e-3)


def test_what_is_a_prior_says_so(shares):
    every = shares[shares["set"].eq("all")]
    assert set(every.loc[every["status"].eq("prior"), "hub"]) == set(PRIOR)
    assert set(shares.loc[shares["set"].eq("panel"), "hub"]) == {*HUBS, "hubs"}


# --- margins, checks, figures -----------------------------------------------------------------------


def test_margins_are_ranges_with_a_source_or_an_assumption():
    data = table("margins")
    assert set(data["hub"]) == {*HUBS, "BLR", *PRIOR}
    assert set(data["parameter"]) == {"nu", "e", "psi"}
    assert ((data["lo"] <= data["central"]) & (data["central"] <= data["hi"])).all()
    assert data["lo"].ge(0).all()
    assert data["hi"].le(1).all()
    assert data["status"].str.contains("assum|cited").all()
    assert data["source"].str.len().gt(5).all()


def test_placebos_find_nothing_and_codes_that_fell_find_something():
    checks = table("checks").set_index(["check", "measure"])
    earlier = checks.loc[("ban a year earlier", "excess over loss")]
    assert earlier["lo"] < 0 < earlier["hi"]
    still = checks.loc[("dose without vehicles", "under 20 %")]
    assert still["lo"] < 1 < still["hi"]
    for fall in ("20-50 %", "50-80 %", "80-95 %"):
        assert checks.loc[("dose without vehicles", fall), "lo"] > 1


@pytest.mark.parametrize("name", ["event", "placebo", "leakage"])
def test_figures_are_drawn_with_words_for_those_who_cannot_see_them(name):
    text = (ROOT / f"docs/images/routes-{name}.svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text
    assert len(root.find(f"{space}desc").text) > 40
    assert "nan" not in text
