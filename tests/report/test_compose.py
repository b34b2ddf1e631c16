# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a real run to its page: words follow draws, numbers have ids, what is missing is shown as missing."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.data.origins import origins
from tertius.errors import NotSolved
from tertius.policy import Scenario
from tertius.report.compose import compose
from tertius.report.render import render
from tertius.report.words import agreeing, agreement, change, headline
from tertius.study import compute
from tertius.text import dated
from tertius.world.check import WEAK

SMALL = Path(__file__).parents[1] / "study" / "small.yaml"
X = "{http://www.w3.org/1999/xhtml}"
NAN = float("nan")
BOTH = "[fixed_deficit, balanced]"
STATISTIC = {"low": "min", "median": "median", "high": "max"}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("compose") / "mine.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("[fixed_deficit]", BOTH)
    path.write_text(text, encoding="utf-8")
    return compute(path)


@pytest.fixture(scope="module")
def page(run):
    return compose(run)


@pytest.fixture(scope="module")
def tree(page):
    return ET.fromstring(render(page))


def words(element):
    return " ".join("".join(element.itertext()).split())


def section(tree, name):
    return next(e for e in tree.iter(X + "section") if e.get("id") == name)


# --- words ------------------------------------------------------------------------------------------

percent = st.floats(-50, 50)
draws = st.lists(percent | st.just(NAN), min_size=1, max_size=20)


@given(draws, percent)
def test_a_direction_is_named_only_if_three_draws_in_four_hold_it(found, shown):
    said = change(found, shown)
    same = [d for d in found if d == d and np.sign(d) == np.sign(shown) != 0]
    assert agreeing(found, shown) == len(same)
    if said.startswith("gains"):
        assert shown > 0
    elif said.startswith("loses"):
        assert shown < 0
    else:
        assert said == "neither gains nor loses reliably"
    assert (len(same) >= 0.75 * len(found) and shown != 0) or said.startswith("neither")


@given(draws, percent)
def test_a_mirror_changes_the_verb_only(found, shown):
    mirrored = change([-d for d in found], -shown)
    assert mirrored == swap(change(found, shown))


def swap(said):
    verbs = {"gains": "loses", "loses": "gains"}
    first, rest = said.split(" ", 1)
    return f"{verbs.get(first, first)} {rest}"


@given(percent)
def test_the_number_in_words_is_the_number(shown):
    said = change([shown], shown)
    printed = re.search(r"(less than )?(\d+\.\d+)\s?%", said.replace(" %", "%"))
    if shown == 0:
        assert printed is None
    elif f"{abs(shown):.2f}" == "0.00":
        assert printed
        assert printed[1]
        assert float(printed[2]) == 0.01
    else:
        assert printed
        assert float(printed[2]) == pytest.approx(abs(shown), abs=0.0050001)


def test_no_answer_is_no_direction():
    assert change([NAN, NAN], NAN) == "neither gains nor loses reliably"
    assert change([0.0, 0.0], 0.0) == "neither gains nor loses reliably"
    assert change([NAN, 1.0], 1.0) == "neither gains nor loses reliably"


def test_sentences():
    told = [("the ban", "gains 1.00 % of real income"), ("the tariff", "loses 2.00 % of real income")]
    assert headline("X", told) == (
        "By trade alone, X gains 1.00 % of real income from the ban"
        " and loses 2.00 % of real income from the tariff"
    )
    assert agreement([("the ban", 3, 4), ("the tariff", 4, 4)]) == (
        "The direction in the headline holds in 3 of 4 variants (elasticity set and closure) for the ban"
        " and in 4 of 4 for the tariff."
    )


# --- headline, figures ------------------------------------------------------------------------------


def focal(run, case):
    return [run.grid.value(d, "real_income", "TUR") for d in run.grid.draws if d.case == case]


def test_the_headline_follows_the_draws(run, page):
    for case, label in (("june", "the sanctions of June 2022"), ("decoupling", "doubled costs")):
        found = focal(run, case)
        assert len(found) == 4
        median = float(np.median(found[::2]))  # draws alternate between the closures
        assert f"{change(found, median)} from {label}" in page.headline
        assert f"{agreeing(found, median)} of 4" in page.standfirst
    assert page.headline.startswith("By trade alone, Türkiye ")


def test_a_headline_turns_with_its_draws(run):
    turned = tuple(
        replace(d, values={k: (u, -x) for k, (u, x) in d.values.items()}) if d.closure == "balanced" else d
        for d in run.grid.draws
    )
    page = compose(replace(run, grid=replace(run.grid, draws=turned)))
    assert page.headline.count("neither gains nor loses reliably") == 2
    assert "2 of 4" in page.standfirst


def test_a_case_that_is_told_must_have_an_answer(run):
    lost = tuple(
        replace(d, values={}) if (d.case, d.closure) == ("june", "fixed_deficit") else d
        for d in run.grid.draws
    )
    with pytest.raises(NotSolved, match="case 'june' with closure fixed_deficit"):
        compose(replace(run, grid=replace(run.grid, draws=lost)))


def test_figures_are_those_of_the_study(run, page):
    first, rank = page.figures
    assert first.meaning == "what doubled costs between others mean for Türkiye"
    assert first.estimate.central == pytest.approx(np.median(focal(run, "decoupling")[::2]))
    assert first.estimate.over == "over 2 elasticity sets"
    assert (rank.estimate.unit, rank.estimate.signed) == ("rank of 81", False)


# --- every number has an id -------------------------------------------------------------------------


def test_every_number_of_results_has_ids_that_lead_to_it(run, tree):
    rows = run.results.set_index("id")
    numbers = list(tree.iter(X + "data"))
    without = [e for e in numbers if not e.get("data-id")]
    published = list(section(tree, "anchors").iter(X + "data"))
    assert all(e in published for e in without), "only totals of the world have no row of their own"
    assert len(numbers) - len(without) > 300
    for element in numbers:
        if element in without:
            continue
        found = rows.loc[element.get("data-id").split()]
        (row,) = [r for _, r in found.iterrows() if r["elasticity"] == STATISTIC[element.get("data-stat")]]
        assert float(element.get("value")) == pytest.approx(row["value"], rel=1e-5, abs=1e-12)


def test_charts_and_tables_draw_from_rows(run, page):
    ids = set(run.results["id"])
    shown = [*(v.id for v in page.map.values)]
    for bar in (*page.winners, *page.channels, *page.closures):
        assert len(bar.id.split()) == 3
        shown += bar.id.split()
    for claim in page.ledger:
        for estimate in claim.estimates:
            assert len(estimate.ids) == 3
            shown += estimate.ids
    assert set(shown) <= ids
    assert len(page.map.values) == len(page.winners) == 81


def test_numbers_in_sentences_stand_in_their_row_too(run, page):
    for claim, entry in zip(page.ledger, run.ledger, strict=True):
        named = re.findall(r"{(\w+)}", entry.claim.reading)
        assert set(named) <= {e.key for e in entry.estimates}
        assert len(claim.estimates) == len([e for e in entry.estimates if e.count])


# --- ledger -----------------------------------------------------------------------------------------


def test_claims_stand_in_the_order_of_the_study(run, page):
    assert [c.id for c in page.ledger] == ["C1", "C2", "C3", "C4"]
    assert [c.verdict for c in page.ledger] == [e.verdict.value for e in run.ledger]
    assert [c.citation for c in page.ledger][:1] == ["Article, paragraph 1"]


def test_a_claim_shows_its_rule_its_draws_and_its_falsifier(run, page):
    first = page.ledger[0]
    assert [(p.asks, p.state, p.draws) for p in first.parts] == [
        ("\u201cRussia\u201d is below 0 %", "holds", "4 of 4 draws"),
        ("\u201cRussia\u201d is below \u201cThe coalition\u201d", "holds", "4 of 4 draws"),
    ]
    assert page.rule.startswith("A rule holds if it is true in every draw")
    own = run.manifest["study"]["claims_sha256"]
    assert [c.rule_hash for c in page.ledger] == [*(own[k][:16] for k in ("C1", "C2", "C3")), ""]
    assert first.falsifier == "Russia does not lose, or loses less."
    assert first.limits == ("Computed here: the trade channel.",)


def test_a_claim_that_is_not_computed_says_what_it_waits_for(page, tree):
    last = page.ledger[-1]
    assert (last.verdict, last.parts, last.rule_hash) == ("not yet computed", (), "")
    assert last.said == ("Waits for something else.",)
    shown = next(e for e in tree.iter(X + "article") if e.get("id") == "claim-C4")
    assert "pending" in shown.get("class").split()
    assert "not yet computed" in words(shown)
    assert "Judged by" not in words(shown)


def test_both_closures_stand_in_the_row(page):
    labels = [e.label for e in page.ledger[0].estimates]
    assert labels[0] == "Russia"
    assert labels[5] == "Russia, balanced trade"
    assert len(labels) == 10


# --- channels, closures -----------------------------------------------------------------------------


def test_channels_use_the_first_closure_and_closures_use_all(page):
    assert [(b.block, b.variant, b.closure) for b in page.channels] == [
        ("Sanctions", "June", "fixed deficit"),
        ("Yardstick", "", "fixed deficit"),
    ]
    assert [(b.block, b.variant) for b in page.closures] == [
        ("Sanctions, June", "fixed deficit"),
        ("Sanctions, June", "balanced trade"),
        ("Yardstick", "fixed deficit"),
        ("Yardstick", "balanced trade"),
    ]


def test_the_page_shows_both_closures(tree):
    shown = words(section(tree, "focal"))
    assert "Does the closure matter?" in shown
    assert "balanced trade" in shown
    assert "fixed deficit" in shown


def test_one_closure_needs_no_comparison(run):
    study = run.grid.study.model_copy(update={"closures": ("fixed_deficit",)})
    page = compose(replace(run, grid=replace(run.grid, study=study)))
    assert page.closures == ()
    assert "Does the closure matter?" not in render(page)


# --- the referee's part -----------------------------------------------------------------------------


def test_every_measure_is_cited_with_its_status(page, tree):
    shown = words(section(tree, "scenarios"))
    assert [s.name for s in page.scenarios] == ["sanctions-2022", "decoupling-x2", "embargo-rus-kaz"]
    for note in page.scenarios:
        measures = Scenario.load(note.name).file.measures
        assert len(note.measures) == len(measures)
        for m, told in zip(measures, note.measures, strict=True):
            assert (told.act, told.status, told.url) == (m.why.title, m.why.status, m.why.url)
            assert told.in_force == (dated(m.in_force) if m.in_force else "")
            assert " ".join(told.act.split()) in shown
    assert {m.status for s in page.scenarios for m in s.measures} >= {"verified", "assumption"}


def test_assumptions_and_limits_are_told(page, tree):
    limits = words(section(tree, "limits"))
    assert "everything else" in limits
    for start in ("Cost shares: ", "Balancing: ", "Tariffs: ", "Weak cell: "):
        assert any(a.startswith(start) for a in page.assumptions)
    assumed = [m.assumption for m in Scenario.load("decoupling-x2").file.measures]
    assert assumed[0] in page.assumptions
    assert len(set(page.assumptions)) == len(page.assumptions)


def test_anchors_flag_what_is_weak(page):
    assert page.anchors
    for a in page.anchors:
        assert a.weak == (abs(a.deviation) > 100 * WEAK)
        assert a.deviation == pytest.approx(100 * (a.ours / a.published - 1))


def test_origins_are_all_there(page):
    assert {o.id for o in page.origins} == {o.id for o in origins().values()}


def test_how_to_get_the_page_again(run, page, tree):
    again = words(section(tree, "again"))
    assert page.reproduce.command == f"tertius run {run.reference}"
    assert run.grid.world.hash in again
    assert run.manifest["study"]["rules_sha256"] in again
    assert page.solves.count == 12
    assert page.solves.all_converged
    assert page.solves.worst_residual == max(s["residual"] for s in run.manifest["solves"])
    assert "12, all converged" in again
    assert page.generated == run.manifest["made"][:10]


def test_no_number_on_the_page_is_missing_or_infinite(tree):
    text = " ".join(t for e in tree.iter() if e.tag not in (X + "style", X + "script") and (t := e.text))
    assert not re.search(r"\b(nan|inf|None|KeyError)\b", text)
