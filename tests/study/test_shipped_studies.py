# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Every shipped study stands on its own: it loads, its scenarios fit its world, its claims can fail."""

import numpy as np
import pytest

from tertius.policy import Scenario, list_scenarios
from tertius.study import compute
from tertius.study.ask import asked_questions
from tertius.study.claims import RoomQuantity
from tertius.study.schema import list_studies, load_study
from tertius.world import load_world

STUDIES = list_studies()


@pytest.fixture(params=STUDIES)
def study(request):
    return load_study(request.param)[0]


def test_there_are_studies_of_several_states_and_worlds():
    held = [load_study(name)[0] for name in STUDIES]
    assert {s.focal for s in held} >= {"KAZ", "TUR", "BLR", "VNM", "ARE"}
    assert len({s.world for s in held}) > 1
    assert [s.name for s in held] == STUDIES  # each file is called as its study


def test_cases_change_something_on_the_world_of_the_study(study):
    world = load_world(study.world)
    assert study.focal in world.countries
    assert set(study.powers) <= set(world.countries) - {study.focal}
    for key, case in study.cases.items():
        wedges = Scenario.load(case.scenario).wedges(world)
        moved = np.any(wedges.tariff.values != world.tariff_values) or np.any(wedges.iceberg.values != 1)
        assert moved, key


def test_claims_can_be_judged_and_shown_wrong(study):
    questions = asked_questions(study)  # raises if a claim names a question that no room knows
    for claim in study.claims:
        if claim.waits_for:
            continue
        assert claim.rules or claim.findings
        assert len(claim.falsifier) > 20
        assert claim.covers, "say which part of the claim is computed"
        assert claim.grade or claim.findings
        assert all(questions[name].rule for name in claim.findings)
    assert study.not_modelled
    assert len({c.id for c in study.claims}) == len(study.claims)


def test_a_study_shows_and_reads_every_quantity_that_it_names(study):
    """A quantity that no claim, figure or text uses is a leftover."""
    texts = [study.summary, *(c.reading for c in study.claims)]
    used = {f.quantity for f in study.figures} | {q for c in study.claims for q in c.shows}
    used |= {name for c in study.claims for r in c.rules for name in (r.quantity, r.than)}
    for key in study.quantities:
        assert key in used or any(f"{{{key}}}" in text for text in texts), key


def test_evidence_is_asked_about_the_powers_of_the_study_and_its_own_events():
    vietnam = asked_questions(load_study("vietnam-2025")[0])
    assert "Farther from the United States" in vietnam["evidence.votes-apart-USA"].rule
    assert "Farther from Russia" in vietnam["evidence.votes-apart"].rule
    assert "evidence.event-left-nothing" not in vietnam
    kazakhstan = asked_questions(load_study("kazakhstan-2022")[0])
    assert "evidence.event-left-nothing" in kazakhstan
    assert not any(name.startswith("evidence.votes-apart-") for name in kazakhstan)


@pytest.mark.parametrize("name", list_scenarios())
def test_measures_are_cited_and_what_was_looked_up_says_where(name):
    for m in Scenario.load(name).file.measures:
        assert len(m.why.title) > 20
        if m.why.status == "verified":
            assert m.why.url.startswith("http")
            assert m.why.accessed


def test_blocks_of_the_tariffs_of_2025_add_up_to_all_of_them():
    world = load_world("icio-2021")

    def added(reference):
        return Scenario.load(reference).wedges(world).tariff.values - world.tariff_values

    for version in ("august", "april", "announced"):
        whole = f"us-tariffs-2025@{version}"
        on = Scenario.load(whole)
        blocks = {m.block for m in on.file.measures if m.applies(on.on)}
        assert sum(added(f"{whole}:{b}") for b in blocks) == pytest.approx(added(whole), abs=1e-12)
    at = world.countries.index
    goods = world.sectors.index("C31T33")
    for version, rate in (("august", 0.2), ("april", 0.1), ("announced", 0.46)):
        made = added(f"us-tariffs-2025@{version}")[at("VNM"), at("USA"), goods]
        assert made == pytest.approx(rate, abs=1e-12)
    for version, rate in (("august", 0.3), ("april", 1.45), ("announced", 1.04)):
        made = added(f"us-tariffs-2025@{version}")[at("CHN"), at("USA"), goods]
        assert made == pytest.approx(rate, abs=1e-12)


def test_a_study_of_another_state_computes(tmp_path):
    """Vietnam with one elasticity set and closure, no rooms: its own claims are judged, the rest is open."""
    text = load_study("vietnam-2025")[1]
    for old, new in (
        ("closures: [fixed_deficit, balanced]", "closures: [fixed_deficit]\nelasticities: [FGO]"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "vietnam.yaml"
    path.write_text(text, encoding="utf-8")
    study = load_study(path)[0]
    run = compute(path, without=tuple(study.rooms.asked))
    verdicts = {e.claim.id: str(e.verdict) for e in run.ledger}
    rooms = {k for k, q in study.quantities.items() if isinstance(q, RoomQuantity)}
    for claim in study.claims:
        rests = bool(claim.findings) or any(r.quantity in rooms for r in claim.rules)
        assert not rests or verdicts[claim.id] in ("not yet computed", "not robust")
        assert rests or verdicts[claim.id] in ("supported", "contradicted", "mixed")
    value = {k: next(iter(q.values.values())) for k, q in run.quantities.items() if k not in rooms}
    # tariffs on others help, one's own hurt, and more of them hurt more
    assert value["vnm_china"] > 0 > value["vnm_own"]
    assert 0 > value["tenth"] > value["third"] > value["all_goods"]
