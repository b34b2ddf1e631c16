# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A drafted study loads, asks what its rooms know, runs as it is, and explains its fields."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.data.texts import parse
from tertius.errors import BadInput
from tertius.report.compose import compose
from tertius.study import StudyFile, compute, draft_study
from tertius.study.ask import asked_questions
from tertius.study.chapters.options import ROOMS
from tertius.study.scaffold import _key
from tertius.study.vacuous import check_rules, doubts
from tertius.study.wording import USUAL

DAY = date(2022, 6, 8)
JUNE = ("sanctions-2022@june",)


def drafted(*args, **more):
    return parse(StudyFile, draft_study(*args, published=DAY, **more), "draft")


def test_it_holds_what_was_asked():
    study = drafted(
        "KAZ", ["RUS", "CHN"], [*JUNE, "decoupling-x2"], world="icio-2021", rooms=["sky", "union"]
    )
    assert (study.name, study.focal, study.powers) == ("kaz-sanctions-2022-june", "KAZ", ("RUS", "CHN"))
    assert [c.scenario for c in study.cases.values()] == [*JUNE, "decoupling-x2"]
    assert set(study.rooms.asked) == {"sky", "union"}
    assert study.world == "icio-2021"
    assert study.article.published == DAY
    judged = [c for c in study.claims if c.rules or c.findings]
    assert len(judged) == 3 + 2
    assert doubts(study) == ()


@pytest.mark.parametrize("room", USUAL)
def test_every_room_brings_a_claim_on_a_question_that_it_knows(room):
    study = drafted("KAZ", ["RUS"], JUNE, rooms=[room])
    (finding,) = [f for claim in study.claims for f in claim.findings]
    assert finding in asked_questions(study)
    assert finding.startswith(f"{room}.")
    assert set(USUAL) == set(ROOMS) - {"reading"}  # which reads a shipped table of an article
    check_rules(study, "draft")
    assert doubts(study) == ()


def test_the_command_offers_every_room():
    from tertius.cli import drafting

    assert drafting.ROOMS.split(", ") == [room for room in ROOMS if room in USUAL]


@pytest.mark.parametrize(
    ("focal", "powers", "west", "east", "offer"),
    [
        ("KAZ", ["RUS", "CHN"], "coalition-2022", "RUS", "china"),
        ("KAZ", ["CHN"], "coalition-2022", "RUS", "china"),  # nothing barred goes to China
        ("TUR", ["USA", "RUS"], "USA", "RUS", "china"),
        ("CHN", ["RUS", "DEU"], "DEU", "RUS", ""),
    ],
)
def test_a_choice_lies_between_a_power_of_the_coalition_and_where_barred_goods_go(
    focal, powers, west, east, offer
):
    asked = drafted(focal, powers, JUNE, rooms=["choice", "transit"]).rooms.asked
    choice, transit = asked["choice"], asked["transit"]
    assert (choice.west, choice.east, choice.offer) == (west, east, offer)
    assert choice.scenario == transit.scenario == JUNE[0]
    assert choice.routes == transit.routes == "kazakhstan-2022"
    assert transit.destination == east


def test_choice_and_transit_of_a_draft_run(tmp_path):
    text = draft_study("UZB", ["RUS", "USA"], JUNE, rooms=["choice", "transit"], published=DAY)
    for old, new in (
        ("# elasticities: [FGO, CP]", "elasticities: [FGO]"),
        ("[fixed_deficit, balanced]", "[fixed_deficit]"),
        ('offer: "china"', 'offer: "", stances: 2, k: [2.0]'),
    ):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "draft.yaml"
    path.write_text(text, encoding="utf-8")
    run = compute(path)
    found = {e.claim.id: e for e in run.ledger}
    for section in compose(run).sections:
        assert all(d.id and d.data.rows for d in section.drawings), "a figure without its numbers"
    assert found["R2"].verdict == "supported"  # transit only adds to what nothing else brings back
    assert found["R1"].verdict != "not yet computed"
    assert "Uzbekistan alone brings back" in found["R2"].reading


def test_it_runs_as_it_is(tmp_path):
    path = tmp_path / "draft.yaml"
    text = draft_study("TUR", ["RUS"], ["decoupling-x2"], world="icio-2021", published=DAY)
    path.write_text(text.replace("# elasticities:", "elasticities:"), encoding="utf-8")
    run = compute(path)
    assert {s["outcome"] for s in run.manifest["solves"]} == {"converged"}
    assert [(e.claim.id, e.verdict.value) for e in run.ledger] == [
        ("C1", "contradicted"),
        ("C2", "supported"),
        ("X1", "not yet computed"),
    ]
    assert "Türkiye changes by +" in run.ledger[0].reading
    assert run.manifest["warnings"] == []


def test_every_kind_of_field_has_a_comment():
    text = draft_study("TUR", ["RUS"], JUNE, rooms=["levers"], published=DAY)
    fields = {m[1] for m in re.finditer(r"^# ?([a-z_]+):|^([a-z_]+):", text, re.MULTILINE) if m[1]} | {
        m[1] for m in re.finditer(r"^([a-z_]+):", text, re.MULTILINE)
    }
    assert set(StudyFile.model_fields) <= fields
    for name in set(fields) - {"schema_version", "title", "question"}:
        lines = text.splitlines()
        (k,) = [k for k, line in enumerate(lines) if re.match(rf"(# )?{name}:", line)]
        assert "#" in lines[k]


@given(st.text(max_size=30), st.lists(st.sampled_from(["a", "june", "case"]), max_size=3, unique=True))
def test_names_of_cases_are_names(reference, taken):
    key = _key(reference, taken)
    assert re.fullmatch("[a-zA-Z][a-zA-Z0-9_-]*", key)
    assert key not in taken


def test_one_scenario_twice_becomes_two_cases():
    study = drafted("TUR", ["RUS"], JUNE * 2)
    assert len(study.cases) == 2


def test_a_scenario_file_may_be_named(tmp_path):
    path = tmp_path / "my ban.yaml"
    path.write_text(
        "{schema_version: 1, name: ban, title: 'A \"ban\"', measures: [{kind: embargo, exporters: [DEU],"
        " importers: [RUS], why: {title: an act}}]}",
        encoding="utf-8",
    )
    study = drafted("TUR", ["RUS"], [str(path)])
    assert study.cases["my_ban"].label == 'A "ban"'
    assert study.name == "tur-my-ban"


@pytest.mark.parametrize(
    ("args", "more", "words"),
    [
        (("TRU", ["RUS"], JUNE), {}, "new study: --focal: 'TRU' is not a known country"),
        (("TUR", ["RSU"], JUNE), {}, "--power: 'RSU' is not a known country"),
        (("TUR", ["TUR"], JUNE), {}, "--power: TUR is the focal state"),
        (("TUR", ["RUS", "RUS"], JUNE), {}, "RUS appears twice"),
        (("TUR", [], JUNE), {}, "no power is named; name one with --power"),
        (("TUR", ["RUS"], []), {}, "no scenario is named; name one with --scenario"),
        (("TUR", ["RUS"], ["sanctions-2202"]), {}, "did you mean sanctions-2022"),
        (("TUR", ["RUS"], ["gone.yaml"]), {}, "cannot be read"),
        (("TUR", ["RUS"], JUNE), {"world": "icio-2012"}, "did you mean icio-2021"),
        (("TUR", ["RUS"], JUNE), {"rooms": ["lever"]}, "--room: 'lever' is not a known room"),
        (("TUR", ["RUS"], JUNE), {"rooms": ["union"]}, "TUR is not a member of the EAEU"),
        (
            ("TUR", ["RUS"], ["decoupling-x2"]),
            {"rooms": ["transit"]},
            "--room transit: no shipped routes file leads round bans of decoupling-x2 on goods to RUS;"
            " leave it out, or write a routes file",
        ),
        (("RUS", ["USA"], JUNE), {"rooms": ["transit"]}, "round bans of sanctions-2022@june on goods; leave"),
        (("VNM", ["USA"], JUNE), {"rooms": ["choice"]}, "VNM is no hub of the routes file kazakhstan-2022"),
        (("TUR", ["RUS"], JUNE), {"name": "My Study"}, "--name: 'My Study' is no name"),
    ],
)
def test_a_mistake_is_named(args, more, words):
    with pytest.raises(BadInput) as caught:
        draft_study(*args, **more)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_its_rules_are_rules():
    check_rules(drafted("TUR", ["RUS", "USA"], JUNE), "draft")
