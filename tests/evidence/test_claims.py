# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Verdicts of the evidence on claims: by rule, for several states; texts and USD in the watch list."""

import numpy as np
import pandas as pd
import pytest

import tertius as tt
from tertius.data.evidence import evidence_table
from tertius.evidence import CLAIM_RULES, OF_POWERS, alignment, claim_rule, evidence_claims
from tertius.evidence.chapters import chapter_name, product_text
from tertius.evidence.claims import _detection, _influence, _persistence
from tertius.evidence.rules import GRADES, verdict_of_signs
from tertius.evidence.watch import usd_million

KEYS = {"S4", "S6", "S10", "S12", "S13", "S14"}


@pytest.fixture(scope="module")
def kaz():
    return evidence_claims("KAZ")


def test_every_claim_has_all_its_parts(kaz):
    assert set(kaz) == KEYS
    for key, claim in kaz.items():
        assert claim.claim == key
        assert claim.grade in GRADES
        assert claim.rules
        assert claim.rule
        assert claim.reason
        for value, low, high, unit in claim.quantities.values():
            assert np.isfinite(value)
            assert unit
            assert not (low > value or value > high) or key == "S14"


def test_the_verdict_on_votes_follows_from_the_signs_of_the_series(kaz):
    signs = [q[0] for q in kaz["S12"].quantities.values()]
    errors = [(q[2] - q[0]) / 1.645 for q in kaz["S12"].quantities.values()]
    assert verdict_of_signs(signs, errors) == "not robust"
    assert kaz["S12"].verdict == "not robust"


def test_what_cannot_be_told_is_not_identified(kaz):
    assert kaz["S13"].verdict == kaz["S14"].verdict == "not identified"
    assert kaz["S13"].grade == kaz["S14"].grade == "not identified"


@pytest.mark.parametrize("focal", ["RUS", "TWN"])
def test_states_without_series_get_a_verdict_not_a_crash(focal):
    found = evidence_claims(focal)
    assert set(found) == KEYS
    assert {found[k].verdict for k in ("S4", "S13", "S14")} == {"not identified"}


@pytest.mark.parametrize("focal", ["KAZ", "UZB", "KGZ", "VNM", "TUR"])
def test_a_range_is_of_the_number_itself(focal):
    """What other states have is a number of its own: a value may lie outside it."""
    for claim in evidence_claims(focal).values():
        for name, (value, low, high, _) in claim.quantities.items():
            assert not np.isfinite([low, high]).all() or low <= value <= high, (claim.claim, name)


def test_another_state(kaz):
    found = evidence_claims("ARM")
    assert found["S12"].verdict == "supported"  # votes move away from Russia in every series
    assert found["S4"].verdict == "mixed"  # leads without a flag
    assert found["S12"].quantities != kaz["S12"].quantities


def test_unknown_states_are_named():
    with pytest.raises(tt.BadInput, match="did you mean"):
        evidence_claims("KAX")


@pytest.mark.parametrize("claim", OF_POWERS)
def test_asking_about_the_usual_power_changes_nothing(claim):
    usual = OF_POWERS[claim]
    assert claim_rule(claim) == claim_rule(claim, usual) == CLAIM_RULES[claim]
    found = evidence_claims("KAZ", [usual])
    same, own = found[f"{claim}:{usual}"], found[claim]
    assert (same.verdict, same.reason, same.rule) == (own.verdict, own.reason, own.rule)


def test_claims_about_another_power_are_about_that_power():
    found = evidence_claims("VNM", ["USA"])
    assert set(found) == KEYS | {f"{claim}:USA" for claim in OF_POWERS}
    changes = alignment("VNM", ["USA"]).changes.set_index("series")
    for label, quantity in found["S12:USA"].quantities.items():
        assert label.startswith("closeness to the United States, ")
        assert quantity[0] == changes.loc[label.split(", ")[1], "relative"]
    for claim in OF_POWERS:
        assert "Russia" not in found[f"{claim}:USA"].rule
        assert "China" not in found[f"{claim}:USA"].rule
    with pytest.raises(tt.BadInput, match="did you mean"):
        evidence_claims("VNM", ["USAX"])


# --- the rules on made-up results -------------------------------------------------------------------


class Made:
    """A result with chosen tables."""

    def __init__(self, **tables):
        self.__dict__ |= tables


HUB = {"hub": "KAZ", "effect": 0.2, "effect_se": 0.1, "excess": 1e3, "share_of_loss": 0.1, "effect_q": 0.05}
HUB |= {"tested": 50}


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ({"flagged": 3, "leads": 0, "grade": "difference"}, "supported"),
        ({"flagged": 3, "leads": 0, "grade": "not identified"}, "not identified"),
        ({"flagged": 0, "leads": 2, "grade": "compared"}, "mixed"),
        ({"flagged": 0, "leads": 0, "grade": "compared"}, "not identified"),
        ({"flagged": 0, "leads": 2, "grade": "compared", "effect": -0.3}, "contradicted"),
    ],
)
def test_detection(row, verdict):
    assert _detection(Made(hubs=pd.DataFrame([HUB | row])), "KAZ").verdict == verdict


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (("rising", "rising", 2, 0, 2), "supported"),
        (("rising", "not robust", 2, 0, 2), "mixed"),
        (("rising", "rising", 2, 0, 1), "mixed"),
        (("falling", "falling", 0, 2, 2), "contradicted"),
        (("not robust", "rising", 1, 1, 2), "not robust"),
        (("no trend", "no trend", 0, 0, 0), "not identified"),
    ],
)
def test_influence(row, verdict):
    names = ("verdict", "lately", "rising", "falling", "steady")
    table = pd.DataFrame([{"power": "CHN", "channels": 3} | dict(zip(names, row, strict=True))])
    empty = pd.DataFrame({"power": [], "channel": [], "slope": [], "slope_se": []})
    assert _influence(Made(verdicts=table, trends=empty)).verdict == verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (("persistent", "persistent"), "supported"),
        (("persistent", "too short"), "supported"),
        (("eroding", "eroding"), "contradicted"),
        (("persistent", "eroding"), "mixed"),
        (("uneven", "uneven"), "mixed"),
    ],
)
def test_persistence(words, verdict):
    table = pd.DataFrame({"channel": ["exports", "imports"], "verdict": words, "lowest_late": 0.9})
    assert _persistence(Made(persistence=table)).verdict == verdict


# --- the watch list ---------------------------------------------------------------------------------


def test_every_product_of_the_panel_has_a_short_text_of_its_heading():
    for code in evidence_table("eu_panel_products.csv")["product"]:
        text = product_text(code)
        assert 2 < len(text) <= 40, code
    assert product_text("870323") != product_text("870324") != chapter_name("8703")


def test_the_watch_list_is_in_dollars_too():
    watch = tt.detect(hubs=["KGZ"]).watch
    assert list(watch.columns[:8]) == [
        *("finding", "product", "text", "hub", "excess", "excess_usd", "share_of_loss", "first_month")
    ]
    assert watch["excess_usd"].to_numpy() == pytest.approx(watch["excess"].to_numpy() * 1.1827e-3)


@pytest.mark.parametrize(
    ("unit", "factor"),
    [("EUR", 1.1827e-6), ("thousand USD", 1e-3), ("USD million", 1.0), ("Euro", 1.1827e-6), ("KZT", None)],
)
def test_units_of_money(unit, factor):
    assert usd_million(unit) == (pytest.approx(factor) if factor else pytest.approx(np.nan, nan_ok=True))
