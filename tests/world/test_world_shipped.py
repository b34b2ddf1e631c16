# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The worlds that come with the package: what METHODS, section 1, and the records promise."""

from __future__ import annotations

import inspect
from datetime import date
from importlib.resources import files

import numpy as np
import pytest
from numpy.testing import assert_array_equal

import tertius as tt
from tertius.data.origins import origins
from tertius.labels import SECTORS, group_members, known_countries
from tertius.world.balance import FLOOR
from tertius.world.check import CheckReport, Identity

WORLDS = [f"icio-{year}" for year in range(2014, 2022)]
SETS = {"CP", "FGO", "BSY", "GYY", "LL", "Shap", "IS", "U4"}
UNION = ["BLR", "KAZ", "RUS"]
GDP_BAND = 0.10  # own value added against published GDP, in the default world
KNOWN_GAPS = {"icio-2017": 0.20, "icio-2018": 0.11}  # Kazakhstan, whose exchange rate moved most


@pytest.fixture(params=WORLDS)
def world(request):
    return tt.load_world(request.param)


def test_the_list_and_the_default():
    assert tt.list_worlds() == [w.replace("icio", "eurasia") for w in WORLDS] + WORLDS
    assert tt.load_world().name == "icio-2021"
    assert tt.load_world() is tt.load_world("icio-2021")
    assert inspect.signature(tt.load_world).parameters["name"].default == "icio-2021"


def test_unknown_world():
    with pytest.raises(tt.BadInput, match=r"'icio-2012' is not a known world .*did you mean icio-2021"):
        tt.load_world("icio-2012")


def test_together_they_are_small():
    folder = files("tertius.data") / "worlds"
    sizes = {f.name: len(f.read_bytes()) for f in folder.iterdir()}
    assert set(sizes) == {f"{name}.npz" for name in tt.list_worlds()}
    assert sum(sizes.values()) <= 15e6
    assert sum(size for name, size in sizes.items() if name.startswith("eurasia")) <= 4e6


def test_labels(world):
    assert world.trade_values.shape == (81, 81, 28)
    assert world.sectors == SECTORS
    assert world.countries[-1] == "ROW"
    assert set(world.countries[:-1]) <= set(known_countries())
    assert {"KAZ", "RUS", "BLR", "UKR", "TUR", "CHN", "ARE", "USA"} <= set(world.countries)
    assert world.name == f"icio-{world.year}"


def test_accounts_close(world):
    report = world.check()
    report.require()
    assert report.ok
    assert len(report.identities) == 6
    assert all(i.tolerance == 1e-12 and i.gap <= 1e-12 for i in report.identities)


def test_final_demand_and_value_added_are_positive(world):
    a = world.accounts
    used = a.expenditure > 0
    assert np.all(a.final_demand[used] >= 0.5 * FLOOR * a.expenditure[used])
    assert np.all(a.final_demand >= 0)
    assert a.value_added_share.min() >= 0.02 - 1e-6
    assert np.all(a.value_added > 0)


def test_eight_elasticity_sets(world):
    assert set(world.elasticity_sets) == SETS
    assert world.elasticity_name == "FGO"
    assert_array_equal(world.elasticity, world.elasticity_sets["FGO"])
    assert_array_equal(world.elasticity_sets["U4"], 4)
    services = {k: float(v[-1]) for k, v in world.elasticity_sets.items()}
    assert services.pop("FGO") == pytest.approx(8.35, abs=0.01)
    assert set(services.values()) == {4.0}
    everything = np.concatenate(list(world.elasticity_sets.values()))
    assert everything.min() == pytest.approx(0.636, abs=1e-3)
    assert everything.max() == pytest.approx(64.85, abs=1e-2)


def test_tariffs(world):
    tariff = world.tariff
    assert not tariff.sel(sector="SERV").any()
    home = np.arange(81)
    assert not world.tariff_values[home, home].any()
    assert not tariff.sel(exporter=UNION, importer=UNION).any()
    outside = [c for c in world.countries if c not in UNION]
    for member in UNION[1:]:
        assert_array_equal(
            tariff.sel(exporter=outside, importer=member), tariff.sel(exporter=outside, importer=UNION[0])
        )
    assert tariff.sel(exporter="DEU", importer="RUS").max() > 0.03
    assert float(tariff.max()) < 10


def test_the_union_is_that_of_the_labels(world):
    members = group_members("EAEU-customs", date(world.year, 12, 31))
    assert [c for c in members if c in world.countries] == UNION == world.record["tariffs"]["union"]


def test_row_is_zero_and_flagged(world):
    assert not world.tariff.sel(exporter="ROW").any()
    assert not world.tariff.sel(importer="ROW").any()
    assert world.record["tariffs"]["zero_because_missing"] == ["ROW"]
    assert any(line.startswith("ROW: ") for line in world.check().weak_cells)


def test_the_record_says_what_the_tariff_steps_cost(world):
    record = world.record["tariffs"]
    shipped = float((world.tariff_values * world.trade_values).sum())
    assert record["revenue_shipped_musd"] == pytest.approx(shipped, rel=1e-6)
    assert record["revenue_recorded_musd"] > record["revenue_without_services_musd"] > shipped
    members = [world.countries.index(c) for c in UNION]
    revenue = world.accounts.tariff_revenue[members]
    assert list(record["member_revenue_shipped_musd"].values()) == pytest.approx(revenue.tolist(), rel=1e-3)
    before = sum(record["member_revenue_recorded_goods_musd"].values())
    inside = record["revenue_without_services_musd"] - record["revenue_shipped_musd"]
    assert before - inside == pytest.approx(revenue.sum(), abs=0.5)


def test_the_record_says_how_much_balancing_moved(world):
    record = world.record["balancing"]
    assert 0 < record["moved"] < 0.02
    assert 0 < record["negative_share"] < 0.02
    assert 200 < record["negative_cells"] < 2268
    assert record["columns_capped"] == 3
    for words in ("Kullback-Leibler", "input cost of each sector kept", f"{FLOOR:g}"):
        assert words in record["criterion"]


def test_sources_have_origin_records(world):
    assert world.record["sources"]
    assert set(world.record["sources"]) <= set(origins())


def test_zero_output_is_there_and_harmless(world):
    idle = np.argwhere(world.output.values <= 0)
    assert 41 <= len(idle) <= 43
    assert [f"{world.countries[n]} {world.sectors[s]}" for n, s in idle] == world.record["zero_output"]
    for name in ("trade_share", "final_share", "value_added_share"):
        values = getattr(world, name)
        assert np.isfinite(values).all()
        assert float(values.min()) >= 0


def test_kazakhstan_exports_oil(world):
    crude = world.trade.sel(sector="B06")
    exports = crude.sel(exporter="KAZ").sum() - crude.sel(exporter="KAZ", importer="KAZ")
    imports = crude.sel(importer="KAZ").sum() - crude.sel(exporter="KAZ", importer="KAZ")
    assert exports > 10 * imports


# --- anchors ----------------------------------------------------------------------------------------


def test_gdp_is_within_the_band_in_the_default_world():
    gdp = {
        line.anchor.country: line for line in tt.load_world().check().anchors if line.anchor.quantity == "gdp"
    }
    assert set(gdp) == {"KAZ", "RUS", "CHN", "USA", "DEU"}
    for line in gdp.values():
        assert abs(line.deviation) <= GDP_BAND, line


@pytest.mark.parametrize("name", [f"icio-{year}" for year in range(2017, 2021)])
def test_gdp_of_the_other_years(name):
    band = KNOWN_GAPS.get(name, GDP_BAND)
    lines = [line for line in tt.load_world(name).check().anchors if line.anchor.quantity == "gdp"]
    assert len(lines) == 5
    assert all(abs(line.deviation) <= (band if line.anchor.country == "KAZ" else GDP_BAND) for line in lines)


def test_kazakhstans_trade_is_weak_and_said_to_be():
    report = tt.load_world().check()
    gap = {
        (line.anchor.quantity, line.anchor.partner): line.deviation
        for line in report.anchors
        if line.anchor.quantity != "gdp"
    }
    assert set(gap) == {(q, p) for q in ("goods_exports", "goods_imports") for p in ("", "RUS", "CHN")}
    assert all(-0.6 < d < 0.1 for d in gap.values())
    assert gap["goods_exports", "RUS"] < -0.3
    assert gap["goods_imports", "CHN"] < -0.3
    assert any(line.startswith("KAZ to RUS") for line in report.weak_cells)
    assert any(line.startswith("CHN to KAZ") for line in report.weak_cells)


def test_a_report_that_fails_says_where():
    report = CheckReport("x", (Identity("a", 0.0, 1e-12), Identity("b", 1e-3, 1e-12)), (), ())
    assert not report.ok
    with pytest.raises(tt.BadInput, match=r"world x: accounts do not close: b \(gap 1.0e-03 > 1e-12\)"):
        report.require()
