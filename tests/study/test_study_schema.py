# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Every mistake in a study file is found before the first solve, with file, place and nearest name."""

import pytest

from tertius.errors import BadInput
from tertius.report import run_study
from tertius.study import list_studies, load_study

RULE = '- {quantity: rus, relation: "<", value: 0}'
BAD = {
    "unknown case in a quantity": (
        ("case: june, country: TUR", "case: jun, country: TUR"),
        ("quantities.tur_june.case", "'jun'", "june"),
    ),
    "unknown case after minus": (("minus: june", "minus: junee"), ("quantities.tur_less.minus", "june")),
    "unknown case in the headline": (("headline: [june", "headline: [jnue"), ("headline", "june")),
    "unknown case of the map": (
        ("map_case: decoupling", "map_case: decopling"),
        ("map_case", "decoupling"),
    ),
    "unknown quantity in a rule": (
        ('quantity: rus, relation: "<", value: 0', 'quantity: russ, relation: "<", value: 0'),
        ("claims[0] (C1).rules[0]", "'russ'", "rus"),
    ),
    "unknown quantity after than": (("than: west", "than: wset"), ("claims[0] (C1).rules[1]", "west")),
    "unknown quantity shown": (("shows: [rus, west", "shows: [rus, wst"), ("claims[0] (C1).shows", "west")),
    "unknown quantity in a figure": (
        ("{quantity: tur_rank,", "{quantity: tur_rnk,"),
        ("figures[1]", "tur_rank"),
    ),
    "unknown place in the summary": (("by {tur_june} with", "by {tur_jun} with"), ("summary", "tur_june")),
    "unknown place in a reading": (
        ("coalition's by {west}", "coalition's by {wets}"),
        ("claims[0] (C1).reading", "west"),
    ),
    "a place without a name": (("coalition's by {west}", "coalition's by {}"), ("(C1).reading", "braces")),
    "a place with a format": (("by {west}", "by {west:.1f}"), ("(C1).reading", "braces")),
    "a brace left open": (("by {west}.", "by {west."), ("(C1).reading", "expected '}'")),
    "unknown measure": (
        ("measure: rank", "measure: rnak"),
        ("quantities.tur_rank.measure", "real_income", "rank"),
    ),
    "unknown field": (("focal: TUR", "focal: TUR\nfocl: TUR"), ("focl", "did you mean focal")),
    "unknown field of a quantity": (("minus: june", "mius: june"), ("quantities.tur_less.mius", "minus")),
    "unknown closure": (("[fixed_deficit]", "[fixd_deficit]"), ("closures[0]", "fixed_deficit")),
    "no closure": (("[fixed_deficit]", "[]"), ("closures", "must not be empty")),
    "a closure twice": (("[fixed_deficit]", "[balanced, balanced]"), ("closures", "'balanced'", "twice")),
    "a set twice": (("[FGO, CP]", "[FGO, FGO]"), ("elasticities", "'FGO'", "twice")),
    "a claim twice": (("id: C2", "id: C1"), ("claims", "'C1'", "twice")),
    "a rule with neither": (
        (RULE, '- {quantity: rus, relation: "<"}'),
        ("claims[0].rules[0]", "either value or than"),
    ),
    "a rule with both": (
        (RULE, '- {quantity: rus, relation: "<", value: 0, than: west}'),
        ("claims[0].rules[0]", "either value or than"),
    ),
    "a rule with text": (('"<", value: 0}', '"<", value: "0"}'), ("claims[0].rules[0].value", "number")),
    "a rule with yes": (('"<", value: 0}', '"<", value: yes}'), ("claims[0].rules[0].value", "number")),
    "a rule with nothing known": (('"<", value: 0}', '"<", value: .nan}'), ("rules[0].value", "finite")),
    "an unknown relation": (('"<", value: 0}', '"=<", value: 0}'), ("rules[0].relation", "'<='")),
    "rules without a falsifier": (
        ("    falsifier: Russia does not lose, or loses less.\n", ""),
        ("claims[0]", "falsifier"),
    ),
    "rules without a grade": (
        ("    grade: simulated\n    falsifier: Russia loses.", "    falsifier: Russia loses."),
        ("claims[1]", "grade"),
    ),
    "neither rules nor waits_for": (
        ("    waits_for: something else\n", ""),
        ("claims[3]", "rules or findings, or else waits_for"),
    ),
    "minus and over": (
        ("case: decoupling, country: RUS, over", "case: decoupling, minus: june, country: RUS, over"),
        ("quantities.ratio", "minus or over"),
    ),
    "a rank turned round": (
        ("measure: rank,", "measure: rank, sign: -1,"),
        ("tur_rank", "rank stands alone"),
    ),
    "no cases": (("cases:\n", "cases: {}\nquestions:\n"), ("cases",)),
    "a paragraph below one": (("paragraph: 1", "paragraph: 0"), ("claims[0].paragraph", "1")),
    "a date that is none": (("2022-06-08", "8 June 2022"), ("article.published", "YYYY-MM-DD")),
    "a name with a slash": (("name: turkiye-small", "name: a/b"), ("name", "a/b")),
    "another version": (("schema_version: 1", "schema_version: 2"), ("schema_version", "1")),
    "a field twice": (("focal: TUR", "focal: TUR\nfocal: KAZ"), ("line ", "'focal' is given twice")),
    # what only the world and the scenarios can tell
    "unknown world": (("world: icio-2021", "world: icio-2012"), ("mine.yaml: world", "icio-2021")),
    "unknown focal": (("focal: TUR", "focal: TRU"), ("mine.yaml: focal", "'TRU'", "TUR")),
    "unknown power": (("powers: [RUS, DEU]", "powers: [RUS, DUE]"), ("mine.yaml: powers", "DEU")),
    "focal among powers": (("powers: [RUS, DEU]", "powers: [RUS, TUR]"), ("mine.yaml: powers", "TUR")),
    "unknown set": (("[FGO, CP]", "[FGO, CPP]"), ("mine.yaml: elasticities", "CP")),
    "unknown country": (
        ("case: june, country: TUR", "case: june, country: TRU"),
        ("mine.yaml: quantities.tur_june.country", "TUR"),
    ),
    "unknown group": (
        ("case: decoupling, country: coalition-2022", "case: decoupling, country: colition-2022"),
        ("mine.yaml: quantities.west.country", "coalition-2022"),
    ),
    "unknown divisor": (("over: coalition-2022", "over: Russia"), ("quantities.ratio.over", "RUS")),
    "a rank of a group": (
        ("measure: rank, case: decoupling, country: TUR", "measure: rank, case: decoupling, country: EAEU"),
        ("quantities.tur_rank.country", "group"),
    ),
    "unknown scenario in the last case": (
        ("scenario: embargo-rus-kaz", "scenario: embargo-rus-kza"),
        ("mine.yaml: cases.embargo.scenario", "embargo-rus-kaz"),
    ),
    "unknown version of a scenario": (("@june", "@jun"), ("mine.yaml: cases.june.scenario", "june")),
    "unknown block of a scenario": (("@june", "@june:imports"), ("cases.june.scenario", "import_bans")),
    "no such scenario file": (("embargo-rus-kaz", "gone.yaml"), ("cases.embargo.scenario", "gone.yaml")),
}


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_named_with_its_place_and_nothing_is_solved(name, edited, tmp_path, no_solving):
    change, needed = BAD[name]
    with pytest.raises(BadInput) as caught:
        run_study(edited(change), tmp_path / "out" / "run")
    message = str(caught.value)
    assert message.startswith("mine.yaml: ")
    for words in needed:
        assert words in message
    assert "\n" not in message
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.yaml"]


def test_a_scenario_file_at_fault_is_named_with_the_case(edited, tmp_path, no_solving):
    scenario = tmp_path / "ban.yaml"
    scenario.write_text(
        "{schema_version: 1, name: ban, title: A ban, measures: [{kind: export_ban, exporters: [DUE],"
        " importers: [RUS], coverage: 0.5, why: {title: an act}}]}",
        encoding="utf-8",
    )
    with pytest.raises(BadInput) as caught:
        run_study(edited(("embargo-rus-kaz", str(scenario))), tmp_path / "run")
    for words in ("mine.yaml: cases.embargo.scenario", "ban.yaml: measures[0].exporters", "'DUE'", "DEU"):
        assert words in str(caught.value)


def test_two_scenarios_of_one_name_cannot_hide_one_another(edited, tmp_path, no_solving):
    scenario = tmp_path / "mine-too.yaml"
    scenario.write_text(
        "{schema_version: 1, name: decoupling-x2, title: Not the same, measures: [{kind: labour,"
        " countries: [TUR], factor: 2, why: {title: an act}}]}",
        encoding="utf-8",
    )
    with pytest.raises(
        BadInput, match=r"cases\.embargo\.scenario: another scenario is called 'decoupling-x2'"
    ):
        run_study(edited(("embargo-rus-kaz", str(scenario))), tmp_path / "run")


def test_several_faults_are_reported_together(edited):
    with pytest.raises(BadInput) as caught:
        load_study(edited(("paragraph: 1", "paragraph: 0"), ("measure: rank", "measure: rnak")))
    assert "claims[0].paragraph" in str(caught.value)
    assert "quantities.tur_rank.measure" in str(caught.value)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("kazakhstan-2021", "did you mean kazakhstan-2022"),
        ("nowhere/mine.yaml", "cannot be read (No such file"),
        ("folder.yaml", "cannot be read (Is a directory"),
        ("latin.yaml", "not UTF-8"),
        ("broken.yaml", "broken.yaml: line 1, column"),
        ("list.yaml", "must be a mapping"),
        ("empty.yaml", "must be a mapping"),
    ],
)
def test_a_study_that_cannot_be_read(reference, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "latin.yaml").write_bytes(b"title: \xff\xfe")
    (tmp_path / "broken.yaml").write_text("a: [1, 2")
    (tmp_path / "list.yaml").write_text("- a\n- b\n")
    (tmp_path / "empty.yaml").write_text("")
    with pytest.raises(BadInput) as caught:
        load_study(reference)
    assert words in str(caught.value)


@pytest.mark.parametrize("name", list_studies())
def test_shipped_studies_are_valid_and_show_what_they_say(name):
    study, text = load_study(name)
    assert study.name == name
    assert text.startswith("# SPDX-FileCopyrightText")
    for claim in study.claims:
        said = {q for q in study.quantities if f"{{{q}}}" in claim.reading}
        assert said <= set(claim.shows), f"{claim.id}: numbers in the reading that the row does not show"
        assert {r.quantity for r in claim.rules} <= {*claim.shows}
    shown = {q for claim in study.claims for q in claim.shows} | {f.quantity for f in study.figures}
    assert {q for q in study.quantities if f"{{{q}}}" in study.summary} <= shown


def test_values_of_routes_need_routes():
    from tertius.study.schema import Case

    with pytest.raises(ValueError, match="no routes to choose"):
        Case(scenario="x", label="x", choose={"q": "low"})
    assert Case(scenario="x", label="x", routes="r", choose={"q": 2.5, "rent": "high"}).choose["q"] == 2.5
