# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Detection: planted diversion is found, noise and dates at random are not, bad panels are refused."""

import numpy as np
import pandas as pd
import pytest

import tertius as tt
from tertius.evidence.detect import placebo_dates
from tertius.evidence.panel import Panel, read_panel, shipped_panel
from tertius.evidence.simulate import power_curve, simulated_panel


@pytest.fixture(scope="module")
def eu():
    return tt.detect()


def test_known_goods_are_flagged(eu):
    """Vehicles through Kazakhstan and Kyrgyzstan, machinery through Kyrgyzstan; Armenia: leads."""
    flagged = eu.watch[eu.watch["finding"] == "flag"]
    pairs = set(zip(flagged["hub"], flagged["chapter"], strict=True))
    assert {("KAZ", "87"), ("KGZ", "87"), ("KGZ", "84")} <= pairs
    leads = eu.watch[eu.watch["finding"] == "lead"]
    assert ("ARM", "87") in set(zip(leads["hub"], leads["chapter"], strict=True))
    assert (eu.watch["excess"] > 0).all()
    assert eu.watch["first_month"].str.startswith(("2022", "")).all()


def test_excess_adds_up(eu):
    sums = eu.cells.groupby("hub")["excess"].sum()
    np.testing.assert_allclose(eu.hubs.set_index("hub")["excess"], sums)
    np.testing.assert_allclose(eu.chapters.groupby("hub")["excess"].sum(), sums)
    listed = eu.hubs.set_index("hub")["listed_excess"]
    found = eu.watch.groupby("hub")["excess"].sum()
    np.testing.assert_allclose(found, listed[found.index])


def test_dates_at_random_are_silent():
    found = placebo_dates(runs=5, seed=5)
    assert found["any_flag"].mean() <= 0.1


def test_noise_is_silent_and_planted_diversion_is_found():
    table = power_curve([0.0, 0.3], runs=8).set_index("share")
    assert table.loc[0.0, "any_flag"] <= 0.25  # nominal 0.1 in eight runs
    assert table.loc[0.3, "false_share"] <= 0.15
    assert table.loc[0.3, "found"] > 0.3


def test_the_unit_and_the_names_do_not_matter():
    panel = simulated_panel(share=0.4, seed=1)
    scaled = {k: 1000 * v for k, v in panel.values.items()}
    one, two = tt.detect(panel), tt.detect(Panel(scaled, None, panel.months, "x", panel.products, ()))
    assert one.watch["product"].tolist() == two.watch["product"].tolist()
    np.testing.assert_allclose(1000 * one.watch["excess"], two.watch["excess"])


def extract(share=0.4):
    """A user's file from a made-up panel."""
    panel = simulated_panel(share=share, seed=1)
    parts = [v.stack().rename("value").rename_axis(["code", "period"]).reset_index().assign(partner=k)
             for k, v in panel.values.items()]  # fmt: skip
    table = pd.concat(parts)
    return table[table["value"] > 0].assign(reporter="DEU", flow="X"), panel.products["ban"].to_dict()


def test_a_user_s_extract_gives_the_same(tmp_path):
    table, bans = extract()
    table["period"] = table["period"].str.replace("-", "")
    table["partner"] = table["partner"].map({"KGZ": "Kyrgyzstan", "RUS": "Russian Federation"})
    other = table.head(40).assign(flow="M")
    path = tmp_path / "mine.csv"
    pd.concat([table, other, table.head(1).assign(partner="Areas, nes")]).to_csv(path, index=False)
    found = tt.detect(path, bans=bans)
    wanted = tt.detect(simulated_panel(share=0.4, seed=1))
    assert found.watch["product"].tolist() == wanted.watch["product"].tolist()
    assert any("40 rows that are not exports" in n for n in found.notes)
    assert any("Areas, nes" in n for n in found.notes)


def test_origins_of_what_was_found():
    table, bans = extract()
    half = pd.concat([table.assign(value=0.75 * table["value"]),
                      table.assign(value=0.25 * table["value"], reporter="FRA")])  # fmt: skip
    found = tt.detect(half, bans=bans)
    share = found.origins.groupby("origin")["change"].sum()
    assert share["DEU"] / share.sum() == pytest.approx(0.75)


def test_incomplete_months_are_left_out_and_named():
    table, bans = extract()
    cut = table[(table["period"] < "2022-11") | (table["code"].str[-1] == "0")]
    found = tt.detect(cut, bans=bans)
    assert found.windows.after[-1] == "2022-10"
    assert any("2022-11" in n for n in found.notes)


def test_dates_from_the_direct_trade():
    table, bans = extract()
    found = tt.detect(table, bans="direct")
    banned = {c for c, b in bans.items() if b}
    assert len(set(found.cells["product"]) & banned) / len(set(found.cells["product"])) > 0.9


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.rename(columns={"value": "worth"}), "no column 'value'"),
        (lambda t: pd.concat([t, t.head(3)]), "3 rows repeat a key"),
        (lambda t: t.assign(unit=["EUR"] * 9 + ["USD"] * (len(t) - 9)), "mixes EUR, USD"),
        (lambda t: t.assign(code="x1"), "are no codes"),
        (lambda t: t.assign(code=t["code"].str[:4]), "too short"),
        (lambda t: t.assign(period="spring"), "cannot read 'spring'"),
        (lambda t: t.assign(value=-t["value"]), "negative"),
        (lambda t: t[t["period"] >= "2022-01"], "one and two years before"),
        (lambda t: t.assign(flow="M"), "no rows are left"),
        (lambda t: t[t["partner"] == "KGZ"], "not a known partner"),
    ],
)
def test_bad_panels_are_refused(change, words):
    table, bans = extract()
    with pytest.raises(tt.BadInput, match=words):
        tt.detect(change(table), bans=bans)


def test_codes_of_another_vintage_are_merged_or_refused():
    table, _ = extract()
    table = table.assign(code="87" + table["code"].str[2:])
    moved = table.assign(code=np.where((table["period"] >= "2022-01") & table["code"].str.endswith("7"),
                                       table["code"].str[:4] + "99", table["code"]))  # fmt: skip
    moved = moved.groupby(["code", "period", "partner"], as_index=False)["value"].sum()
    bans = dict.fromkeys(moved["code"].unique()[:200], "2022-04")
    with pytest.raises(tt.BadInput, match="nomenclature of 2022"):
        tt.detect(moved, bans=bans, vintages="refuse")
    with pytest.raises(tt.BadInput, match="not a known way"):
        tt.detect(moved, bans=bans, vintages="ignore")


def test_lost_zeros_are_put_back():
    panel = read_panel(
        pd.DataFrame({"hs6": [10121, 870324], "partner": "KAZ", "month": "2022-01", "value": 1.0})
    )
    assert list(panel.products.index) == ["010121", "870324"]
    assert any("leading zeros" in n for n in panel.notes)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"hubs": ["KAX"]}, "did you mean KAZ"),
        ({"hubs": ["RUS"]}, "target and hub"),
        ({"alpha": 2.0}, "between 0 and 1"),
        ({"target": "CHN"}, "not a known partner"),
        ({"bans": {"870324": "soon"}}, "cannot read 'soon'"),
        ({"after": ("2023-01", "2023-06")}, "nothing from"),
    ],
)
def test_bad_options(options, words):
    with pytest.raises(tt.BadInput, match=words):
        tt.detect(shipped_panel(), **options)
