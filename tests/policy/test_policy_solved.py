# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Quotas and price caps from the file to the equilibrium."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scenario_files import WORLD, measure, scenario

import tertius as tt
from tertius.policy import ScenarioFile

FLOW = {"exporters": ["RUS"], "importers": ["DEU", "POL"], "sectors": ["B06"]}
OIL = {"exporter": "RUS", "sector": "B06"}


def solved(*measures, **options):
    file = ScenarioFile.model_validate(scenario(*measures))
    eq = tt.solve(WORLD, tt.Scenario(file, "my.yaml", ""), **options)
    eq.report.require()
    return eq


def quantity(eq, importers=("DEU", "POL")):
    """What arrives over the base, at base prices."""
    cost = np.exp(eq.solution.sweep.log_c[3, 0])
    buyers = list(importers)
    return float(
        eq.trade.sel(**OIL, importer=buyers).sum() / cost / WORLD.trade.sel(**OIL, importer=buyers).sum()
    )


@pytest.mark.parametrize("per", ["importer", "exporter", "measure", "flow"])
def test_a_quota_holds_and_its_importer_earns_the_licences(per):
    eq = solved(measure("quota", **FLOW, limit=0.5, owner="importer", per=per))
    assert quantity(eq) == pytest.approx(0.5, rel=1e-7)
    if per in ("importer", "flow"):
        assert quantity(eq, ["DEU"]) == pytest.approx(0.5, rel=1e-7)
    else:
        assert abs(quantity(eq, ["DEU"]) - 0.5) > 1e-5
    rent = eq.quota_rent.to_series()
    assert (rent[["DEU", "POL"]] > 0).all()
    assert_allclose(rent[["KAZ", "RUS", "USA", "ROW"]], 0, atol=1e-9)
    tariff = (eq.trade * WORLD.tariff).sum(["exporter", "sector"])
    assert_allclose(eq.tariff_revenue, tariff, rtol=1e-9)


def test_an_exporters_licences_are_his():
    importer, exporter = (
        solved(measure("quota", **FLOW, limit=0.5, owner=owner, per="exporter"))
        for owner in ("importer", "exporter")
    )
    rent = exporter.quota_rent.to_series()
    assert rent["RUS"] > 0
    assert_allclose(rent.drop("RUS"), 0, atol=1e-9)
    change = (exporter.welfare() - importer.welfare()).to_series()
    assert change["RUS"] > 0
    assert change["DEU"] < 0


def test_a_quota_is_the_tariff_with_the_price_of_its_licences():
    quota = solved(measure("quota", **FLOW, limit=0.5, owner="importer", per="measure"))
    licence = float(quota.quota_rent.sum() / (quota.trade.sel(**OIL, importer=["DEU", "POL"]) * 1.0625).sum())
    tariff = solved(measure("tariff", **FLOW, rate=1.0625 * (1 + licence) - 1))
    assert_allclose(quota.welfare(), tariff.welfare(), atol=1e-7)
    assert_allclose(quota.quota_rent + quota.tariff_revenue, tariff.tariff_revenue, rtol=1e-7)


def test_a_quota_above_what_is_wanted_changes_nothing_and_is_told():
    eq = solved(measure("quota", **FLOW, limit=2, owner="importer"))
    assert_allclose(eq.welfare(), 0, atol=1e-8)
    assert_allclose(eq.quota_rent, 0, atol=1e-9)
    assert "2 of 2 quotas do not bind" in eq.report.notes


CAP = measure("price_cap", **FLOW, cap=60, base_price=80, label="Cap")


def test_a_price_cap_needs_factors_that_are_tied():
    with pytest.raises(tt.BadInput, match="no factor is tied to the sector; solve the short run"):
        solved(CAP)


def test_a_price_cap_passes_the_gap_from_the_exporter_to_the_buyers():
    eq = solved(CAP, factors="specific")
    moved = eq.cap_transfer.to_series()
    bought = eq.trade.sel(**OIL, importer=["DEU", "POL"]).to_series()
    market = np.exp(eq.solution.sweep.log_c[3, 0])
    assert_allclose(moved[["DEU", "POL"]], (1 - 0.75 / market) * bought, rtol=1e-8)
    assert moved["RUS"] == pytest.approx(-moved[["DEU", "POL"]].sum())
    assert eq.welfare().sel(country="RUS") < 0 < eq.welfare().sel(country="DEU")


def test_half_the_coverage_is_about_half_the_transfer():
    whole, half = (solved(CAP | {"coverage": c}, factors="specific") for c in (1, 0.5))
    ratio = (half.cap_transfer / whole.cap_transfer).sel(country=["DEU", "POL", "RUS"])
    assert_allclose(ratio, 0.5, atol=0.01)
    none = solved(measure("labour", factor=1), factors="specific")
    first, second = (eq.welfare() - none.welfare() for eq in (half, whole))
    assert_allclose(first.sel(country="RUS") / second.sel(country="RUS"), 0.5, atol=0.02)


def test_caps_that_do_nothing_are_told():
    eq = solved(CAP | {"cap": 100}, factors="specific")
    assert_allclose(eq.cap_transfer, 0, atol=1e-12)
    (note,) = (n for n in eq.report.notes if "price cap" in n)
    assert note.startswith(
        "RUS B06: a price cap of 1.25 times the base price has no effect unless the price rises"
    )
    cheap = measure("productivity", countries=["RUS"], sectors=["B06"], factor=4)
    eq = solved(CAP, cheap, factors="specific")
    assert (
        "the price cap on RUS B06 for DEU, POL does not bind: the market price is below it" in eq.report.notes
    )


def test_a_cap_below_running_costs_leaves_buyers_unserved():
    eq = solved(CAP | {"cap": 2}, factors=0.25)
    assert_allclose(eq.trade.sel(**OIL, importer=["DEU", "POL"]), 0, atol=1e-9)
    cap = "the price cap on RUS B06 for DEU, POL does not cover inputs and mobile factors"
    assert f"{cap}: nothing of it is served" in eq.report.notes
    closed = solved(measure("import_ban", **FLOW), factors=0.25)
    assert_allclose(eq.welfare(), closed.welfare(), atol=1e-7)


def test_the_oil_price_cap_of_2022():
    world = tt.load_world()
    cap = tt.Scenario.load("oil-price-cap-2022")
    eq = tt.solve(world, cap, factors="specific")
    eq.report.require()
    moved = eq.cap_transfer.to_series()
    assert set(moved[moved > 1e-6].index) == {"CHN", "IND", "TUR"}
    flow = world.trade.sel(exporter="RUS", sector="B06").to_series()
    gain = 0.49 * flow["IND"] + 0.18 * flow["CHN"] + 0.23 * flow["TUR"]
    assert moved["RUS"] == pytest.approx(-(1 - 60 / 69) * gain, rel=0.02)  # the market price hardly moves
    assert eq.welfare().sel(country="RUS") < 0
    both = tt.Scenario.load("sanctions-2022@december+oil-price-cap-2022")
    with_bans, bans = (
        tt.solve(world, s, factors="specific") for s in (both, tt.Scenario.load("sanctions-2022@december"))
    )
    assert with_bans.welfare().sel(country="RUS") < bans.welfare().sel(country="RUS")
    assert abs(with_bans.cap_transfer.sel(country="RUS")) < abs(moved["RUS"])  # bans lower the price already
