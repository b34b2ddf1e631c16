# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Shipped series: known numbers, verdicts by rule, other states, bad input."""

import math

import numpy as np
import pytest

import tertius as tt
from tertius.data.evidence import EVIDENCE_TABLES, evidence_table
from tertius.evidence import evidence_claims
from tertius.evidence.alignment import closeness
from tertius.evidence.rules import MIN_VOTES, RULES, verdict_of_signs


@pytest.fixture(scope="module")
def votes():
    return tt.alignment("KAZ")


@pytest.mark.parametrize("name", EVIDENCE_TABLES)
def test_tables_are_read_as_copies(name):
    first = evidence_table(name)
    first[first.columns[0]] = "spoilt"
    again = evidence_table(name)
    assert len(again) > 10
    assert not (again[again.columns[0]] == "spoilt").any()


def test_agreement_with_russia(votes):
    """Sessions 76 to 78, vintage of June 2024: Kazakhstan -0.118; median of all states' changes -0.107.

    Of states with enough votes in both sessions the median is -0.111.
    """
    row = votes.changes.set_index(["power", "series"]).loc[("RUS", "agreement")]
    assert row["change"] == pytest.approx(-0.118, abs=0.001)
    assert row["world"] == pytest.approx(-0.111, abs=0.001)
    table = evidence_table("un_alignment.parquet").pivot(index="state", columns="year", values="agree_RUS")
    assert (table[2023] - table[2021]).drop("RUS").median() == pytest.approx(-0.107, abs=0.001)


def test_the_verdict_on_russia_comes_from_the_signs(votes):
    own = votes.changes[votes.changes["power"] == "RUS"]
    assert own["relative"].min() < 0 < own["relative"].max()
    assert verdict_of_signs(own["relative"].tolist(), own["se"].tolist()) == "not robust"
    assert votes.verdicts.set_index("power").loc["RUS", "verdict"] == "not robust"
    assert votes.rules == RULES
    assert len(own) == 5


def test_a_state_that_moved_in_every_series_gets_a_direction():
    found = tt.alignment("ARM", ["RUS"])
    assert (found.changes["relative"] < 0).all()
    assert found.verdicts.loc[0, "verdict"] == "farther"


def test_a_session_with_few_votes_is_in_no_series_that_rests_on_them():
    """Of Türkiye in 2023 the vintage of 2024 counts two votes, that of 2025 has 226, and 85 final ones."""
    counts = evidence_table("un_alignment.parquet").set_index(["state", "year"]).loc[("TUR", 2023)]
    assert counts[["votes", "votes_all", "votes_fp"]].tolist() == [2, 226, 85]
    found = tt.alignment("TUR", ["RUS"])
    assert found.changes["series"].tolist() == ["v2025_all", "v2025_fp"]
    late = found.few[found.few["year"] == 2023].set_index("series")["counted"]
    assert late.to_dict() == {"agreement": 2, "v2024": 2, "v2025_legacy": 2}
    levels = found.levels[found.levels["year"] == 2023]
    assert set(levels["series"]) == {"v2025_all", "v2025_fp"}
    assert 2022 in set(found.levels.loc[found.levels["series"] == "agreement", "year"])


def test_a_state_that_hardly_votes_has_no_verdict():
    found = tt.alignment("STP")
    assert found.changes.empty
    assert set(found.verdicts["verdict"]) == {"no data"}
    claim = evidence_claims("STP")["S12"]
    assert claim.verdict == "not identified"
    assert "fewer than 25 votes counted: agreement 2023 (2)" in claim.reason


def test_twenty_five_votes_pin_a_share_to_a_tenth():
    assert math.sqrt(0.25 / MIN_VOTES) == pytest.approx(0.1)
    table = closeness(evidence_table("un_alignment.parquet").set_index(["state", "year"]), "RUS", "agreement")
    assert table["sd"].max() <= 0.1 + 1e-9


def test_relative_changes_have_a_median_of_zero_over_the_world(votes):
    shares = votes.placebo.groupby("power")["share"].sum()
    np.testing.assert_allclose(shares, 1.0)
    assert {"RUS", "CHN", "USA"} == set(shares.index)
    assert (votes.changes["lo"] < votes.changes["relative"]).all()


def test_votes_on_ukraine(votes):
    table = votes.votes.set_index("resolution")
    assert table.loc["ES-11/1", ["Y", "N", "A", "NV"]].tolist() == [141, 5, 35, 12]
    assert table["vote"].to_dict() == {"68/262": "A", "ES-11/1": "A", "ES-11/3": "N"}


def test_capacity_of_china_over_kazakhstan():
    series = tt.influence("KAZ", ["CHN"], breaks=False).series
    own = series[series["channel"] == "capacity"].set_index("year")["value"]
    for year, value in {1996: 0.028, 2013: 0.111, 2015: 0.101, 2020: 0.174, 2023: 0.1755}.items():
        assert own[year] == pytest.approx(value, abs=5e-4)


def test_cooperation_a_day_with_russia():
    """Mean of 2021, then the quarters of 2022, as means of months."""
    own = tt.activity("KAZ", ["RUS"]).monthly.set_index("month")["per_day"]
    found = [
        own["2021-01":"2021-12"].mean(),
        *(own[f"2022-{a:02d}" : f"2022-{a + 2:02d}"].mean() for a in (1, 4, 7, 10)),
    ]
    np.testing.assert_allclose(found, [19, 82, 21, 34, 46], atol=0.6)


def test_january_2022_is_seen_and_not_identified():
    found = tt.event_gap()
    path = found.path.set_index("month")["gap"]
    assert found.grade == "not identified"
    assert found.clean_months == 1
    assert path["2022-01"] > 5 * path[:"2021-12"].abs().max() / 2
    later = tt.event_gap(event="2020-09", next_shock="2021-06")
    assert later.grade == "compared"


@pytest.mark.parametrize("state", ["UZB", "DEU", "BRA", "SRB"])
def test_other_focal_states_work(state):
    assert len(tt.influence(state, ["CHN"], breaks=False).verdicts) == 1
    if state != "SRB":
        assert len(tt.alignment(state, ["RUS"]).changes) == 5
        assert (tt.activity(state, ["CHN"]).wedges["year"] > 2019).all()


def test_a_wedge_without_substance_is_not_identified():
    found = tt.activity("KAZ", ["RUS"])
    late = found.wedges[found.wedges["year"] >= 2021]
    assert set(late["verdict"]) == {"not identified"}
    assert (late["n_substance"] < 2).all()
    assert found.missing


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: tt.alignment("KZA"), "did you mean"),
        (lambda: tt.alignment("KAZ", ["KAZ"]), "focal state and power"),
        (lambda: tt.alignment("KAZ", window=(2023, 2021)), "not in the data"),
        (lambda: tt.influence("KAZ", ["XXX"]), "not a known power"),
        (lambda: tt.activity("KAZ", ["FRA"]), "not a known power"),
        (lambda: tt.activity("KAZ", base=(2010, 2011)), "outside 2018-2022"),
        (lambda: tt.event_gap(event="2030-01"), "do not fit the data"),
        (lambda: tt.event_gap(donors=["UZB"]), "too few"),
    ],
)
def test_bad_input(call, words):
    with pytest.raises(tt.BadInput, match=words):
        call()
