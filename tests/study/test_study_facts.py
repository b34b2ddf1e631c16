# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Published facts beside claims: found, cited, never computed with."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from tertius.data.evidence import evidence_table
from tertius.data.published import published_facts
from tertius.errors import BadInput
from tertius.study import list_studies, load_study
from tertius.study.claims import Claim, OwnFact, ShippedFact
from tertius.study.facts import facts_beside
from tertius.study.quantities import all_quantities

OWN = {"what": "exports of rails", "period": "2022", "value": 3.5, "unit": "Mt", "source": "A yearbook"}


@pytest.mark.parametrize("name", list_studies())
def test_facts_of_shipped_studies_exist_and_name_their_source(name):
    study = load_study(name)[0]
    for claim in study.claims:
        assert all(f.source and f.period for f in facts_beside(study, claim))


def test_nothing_on_trade_with_russia_after_the_base_year_is_shipped():
    facts = evidence_table("published_facts.csv")
    trade = facts[facts["topic"] == "trade"]
    assert set(trade["period"]) == {"2021"}


def test_every_row_says_what_when_and_by_whom():
    facts = evidence_table("published_facts.csv")
    assert (facts[["state", "topic", "indicator", "period", "source"]] != "").all(axis=None)
    assert not facts.duplicated(["state", "indicator", "period"]).any()
    assert not facts["source"].str.startswith("same").any()


def test_own_and_shipped_facts_are_told_apart():
    first = load_study("kazakhstan-2022")[0].claims[0]
    held = first.model_dump() | {"facts": [OWN, {"topic": "csto"}]}
    own, shipped = Claim.model_validate(held).facts
    assert isinstance(own, OwnFact)
    assert isinstance(shipped, ShippedFact)
    with pytest.raises(ValidationError, match="source"):
        Claim.model_validate(held | {"facts": [{**OWN, "source": ""}]})


@pytest.mark.parametrize("fact", ["csto", 5, ["csto"], None])
def test_a_fact_that_is_no_mapping_is_a_fault_of_the_file(fact):
    first = load_study("kazakhstan-2022")[0].claims[0]
    with pytest.raises(ValidationError, match="facts"):
        Claim.model_validate(first.model_dump() | {"facts": [fact]})


def test_each_fact_names_what_it_is_about():
    """Beside a claim about another state nobody should take it for that state's."""
    facts = evidence_table("published_facts.csv")
    bare = facts[facts["topic"].isin(["macro", "fdi"])]
    assert bare["indicator"].str.startswith("Kazakhstan: ").all()


@pytest.mark.parametrize(
    ("state", "topic", "indicator", "fault"),
    [
        ("GEO", "csto", "", "no facts about GEO are shipped, only about KAZ; cite your own"),
        ("KAZ", "cst", "", "did you mean csto"),
        ("KAZ", "csto", "CSTO contingnet", "did you mean CSTO contingent"),
    ],
)
def test_a_fact_that_is_not_shipped_is_refused_with_the_nearest(state, topic, indicator, fault):
    with pytest.raises(BadInput, match=fault):
        published_facts("a study: claim S1: facts[0]", state, topic, indicator)


def test_facts_change_no_number_and_no_verdict(run):
    from tertius.study.ledger import ledger

    claims = tuple(
        c.model_copy(update={"facts": (OwnFact(**OWN),)}) if k == 0 else c
        for k, c in enumerate(run.grid.study.claims)
    )
    grid = replace(run.grid, study=run.grid.study.model_copy(update={"claims": claims}))
    entries = ledger(grid, all_quantities(grid, {}), {}, {})
    assert [e.verdict for e in entries] == [e.verdict for e in run.ledger]
    assert [e.estimates for e in entries] == [e.estimates for e in run.ledger]
    assert [f.what for f in entries[0].facts] == ["exports of rails"]
