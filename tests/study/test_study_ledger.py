# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The verdict follows its rule, ranges follow the draws, and a draw without an answer makes a rule open."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import BadInput
from tertius.labels import group_members
from tertius.study import VERDICT_RULE, Estimate, Verdict, estimate, fill
from tertius.study.chapter import Chapter, Finding, Question, drawn
from tertius.study.claims import Rule
from tertius.study.ledger import RuleResult, count_draws, ledger
from tertius.study.quantities import ANY, Drawn, all_quantities
from tertius.study.verdicts import State, judge

NAN = float("nan")
BELOW = Rule(quantity="a", relation="<", value=0)
counts = st.integers(0, 3)
results = st.lists(st.builds(RuleResult, st.just(BELOW), counts, counts, counts), max_size=4)


def by_the_words(result):
    """State of a rule as VERDICT_RULE says it."""
    total = result.true + result.false + result.missing
    if total and result.true == total:
        return "holds"
    if total and result.false == total:
        return "fails"
    return "open"


@given(results)
def test_the_verdict_is_what_the_rule_says(found):
    states = [by_the_words(r) for r in found]
    assert [r.state for r in found] == states
    if not found:
        expected = "not yet computed"
    elif all(s == "holds" for s in states):
        expected = "supported"
    elif all(s == "fails" for s in states):
        expected = "contradicted"
    elif any(s == "open" for s in states):
        expected = "not robust"
    else:
        expected = "mixed"
    assert judge(r.state for r in found) == expected


def test_the_words_of_the_rule_name_every_verdict_it_can_give():
    for verdict in set(Verdict) - {Verdict.not_yet_computed}:
        assert verdict.value in VERDICT_RULE


def draws(*values):
    return Drawn("D", "percent", {(f"set{k}", "fixed_deficit"): v for k, v in enumerate(values)})


@pytest.mark.parametrize(
    ("relation", "tally"),
    [("<", (1, 3)), ("<=", (2, 2)), (">", (2, 2)), (">=", (3, 1))],
)
def test_rules_compare_draw_by_draw(relation, tally):
    rule = Rule(quantity="a", relation=relation, value=0)
    found = count_draws(rule, {"a": draws(-1.0, 0.0, 1.0, 2.0)})
    assert (found.true, found.false, found.missing) == (*tally, 0)


def test_rules_between_quantities_pair_the_draws():
    rule = Rule(quantity="a", relation="<", than="b")
    found = count_draws(rule, {"a": draws(1.0, 5.0, NAN, 1.0), "b": draws(2.0, 6.0, 7.0, NAN)})
    assert (found.true, found.false, found.missing) == (2, 0, 2)
    assert found.state == "open"


def test_a_draw_without_an_answer_makes_the_claim_not_robust(run):
    values = {k: replace(v, values=dict(v.values)) for k, v in run.quantities.items()}
    assert [e.verdict for e in run.ledger] == ["supported", "contradicted", "mixed", "not yet computed"]
    values["rus"].values["CP", "fixed_deficit"] = NAN
    entries = ledger(run.grid, values, {}, {})
    assert [e.verdict for e in entries[:3]] == ["not robust"] * 3
    assert [r.missing for r in entries[0].rules] == [1, 1]
    rus = entries[0].estimates[0]
    assert (rus.count, rus.missing) == (1, 1)
    assert rus.low == rus.central == rus.high == values["rus"].values["FGO", "fixed_deficit"]


def test_an_estimate_without_any_answer_says_so(run):
    values = run.quantities | {"rus": draws(NAN, NAN)}
    found = estimate(values, "rus", "fixed_deficit")
    assert (found.count, found.missing) == (0, 2)
    assert str(found) == "no equilibrium"
    assert fill("Russia: {rus}.", values, "fixed_deficit") == "Russia: no equilibrium."


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=9), st.integers(0, 3))
def test_ranges_are_over_the_draws_that_have_an_answer(found, lost):
    values = {"rus": draws(*found, *[NAN] * lost)}
    e = estimate(values, "rus", "fixed_deficit")
    assert (e.count, e.missing) == (len(found), lost)
    assert (e.low, e.high) == (min(found), max(found))
    assert e.central == pytest.approx(np.median(found), abs=1e-12)
    other = estimate(values, "rus", "balanced")
    assert other.count == other.missing == 0


@pytest.mark.parametrize(
    ("unit", "numbers", "text"),
    [
        ("percent", (-0.5, 0.25, 1.0), "+0.25\u202f% (\u22120.50 to +1.00)"),
        ("percent", (-0.001, 0.0, 0.004), "0.00\u202f% (0.00 to 0.00)"),
        ("USD million", (-1234.56, 0.0, 5e6), "0 USD million (\u22121,235 to +5,000,000)"),
        ("times", (1.0, 9.5, 26.5), "9.5 (1.0 to 26.5)"),
        ("rank", (1.0, 53.0, 71.0), "53 (1 to 71)"),
    ],
)
def test_how_an_estimate_reads(unit, numbers, text):
    low, median, high = numbers
    assert str(Estimate("q", "Q", unit, "balanced", low, median, high, ("FGO", "CP"), 0)) == text


def by_hand(run, case, elasticity, variable):
    (draw,) = [d for d in run.grid.draws if (d.case, d.elasticity) == (case, elasticity)]
    unit, values = draw.values[f"Welfare|{variable}"]
    return dict(zip(run.grid.world.countries, values, strict=True)), unit


@pytest.mark.parametrize("elasticity", ["FGO", "CP"])
def test_quantities_are_what_they_say(run, elasticity):
    key = (elasticity, "fixed_deficit")
    q = {name: found.values[key] for name, found in run.quantities.items()}
    june, _ = by_hand(run, "june", elasticity, "real_income")
    after, unit = by_hand(run, "decoupling", elasticity, "real_income")
    money, _ = by_hand(run, "decoupling", elasticity, "equivalent_variation")
    assert unit == "percent"
    world = run.grid.world
    income = dict(zip(world.countries, world.accounts.income, strict=True))
    west = group_members("coalition-2022", date(2022, 6, 8))
    assert len(west) == 38
    assert q["tur_june"] == pytest.approx(june["TUR"], rel=1e-14)
    assert q["tur_less"] == pytest.approx(after["TUR"] - june["TUR"], rel=1e-12)
    assert q["rus_loss"] == pytest.approx(-after["RUS"], rel=1e-14)
    mean = sum(after[c] * income[c] for c in west) / sum(income[c] for c in west)
    assert q["west"] == pytest.approx(mean, rel=1e-12)
    assert q["west_usd"] == pytest.approx(sum(money[c] for c in west), rel=1e-12)
    assert q["west_usd"] == pytest.approx(mean / 100 * sum(income[c] for c in west), rel=1e-9)
    assert q["ratio"] == pytest.approx(after["RUS"] / mean, rel=1e-12)
    ranked = sorted(after, key=after.get, reverse=True)
    assert q["tur_rank"] == ranked.index("TUR") + 1


def test_ranks_run_from_the_winner_to_the_loser(run):
    draw = next(d for d in run.grid.draws if d.case == "decoupling")
    ranks = [run.grid.value(draw, "rank", c) for c in run.grid.world.countries]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    gains = draw.values["Welfare|real_income"][1]
    assert ranks[int(np.argmax(gains))] == 1
    assert ranks[int(np.argmin(gains))] == len(ranks)


def test_a_group_of_one_is_its_country_and_the_world_is_everybody(run):
    draw = run.grid.draws[0]
    income = run.grid.world.accounts.income
    real = draw.values["Welfare|real_income"][1]
    assert run.grid.value(draw, "real_income", "world") == pytest.approx(real @ income / income.sum())
    own = real[run.grid.world.countries.index("KAZ")]
    assert run.grid.value(draw, "real_income", "KAZ") == pytest.approx(own, rel=1e-14)


def test_a_draw_without_an_equilibrium_has_no_value(run):
    empty = replace(run.grid.draws[0], values={})
    for measure in ("real_income", "equivalent_variation", "rank"):
        assert np.isnan(run.grid.value(empty, measure, "TUR"))


def test_a_division_by_nothing_has_no_answer(run):
    still = [replace(d, values={k: (u, np.zeros_like(x)) for k, (u, x) in d.values.items()})
             for d in run.grid.draws]  # fmt: skip
    values = all_quantities(replace(run.grid, draws=tuple(still)), {})
    assert all(np.isnan(v) for v in values["ratio"].values.values())
    assert all(v == 0 for v in values["rus"].values.values())


def test_estimates_come_closure_by_closure(run):
    study = run.grid.study.model_copy(update={"closures": ("fixed_deficit", "balanced")})
    both = [*run.grid.draws, *(replace(d, closure="balanced") for d in run.grid.draws)]
    grid = replace(run.grid, study=study, draws=tuple(both))
    entry = ledger(grid, all_quantities(grid, {}), {}, {})[0]
    shown = study.claims[0].shows
    assert [(e.key, e.closure) for e in entry.estimates] == [(q, c) for c in study.closures for q in shown]
    assert [r.true for r in entry.rules] == [4, 4]


states = st.lists(st.sampled_from([s for s in State if s is not State.left_out]), max_size=5)


@given(states)
def test_parts_that_are_not_identified_leave_the_claim_open_unless_all_others_fail(found):
    rest = [s for s in found if s is not State.unidentified]
    if State.unidentified not in found:
        assert judge(found) is not Verdict.not_identified
    elif rest and set(rest) == {State.fails}:
        assert judge(found) is Verdict.contradicted
    else:
        assert judge(found) is Verdict.not_identified


@given(states)
def test_a_claim_with_a_part_left_out_is_not_judged(found):
    assert judge([*found, State.left_out]) is Verdict.not_yet_computed


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=12), st.floats(0.51, 1))
def test_a_rule_may_ask_for_a_share_of_draws(values, share):
    rule = Rule(quantity="a", relation=">", value=0, share=share)
    found = count_draws(rule, {"a": draws(*values)})
    true = sum(v > 0 for v in values) / len(values)
    expected = "holds" if true >= share - 1e-12 else "fails" if 1 - true >= share - 1e-12 else "open"
    assert found.state == expected


def test_a_number_without_draws_goes_with_all_draws_of_another():
    one = Drawn("O", "percent", {("FGO", ANY): 1.5})
    rule = Rule(quantity="a", relation="<", than="one")
    found = count_draws(rule, {"a": draws(1.0, 2.0), "one": one})
    assert (found.true, found.false) == (1, 1)


def test_numbers_of_different_draws_are_not_compared():
    other = Drawn("O", "percent", {("x", ANY): 1.0, ("y", ANY): 2.0})
    with pytest.raises(BadInput, match="different draws"):
        count_draws(Rule(quantity="a", relation="<", than="o"), {"a": draws(1.0, 2.0), "o": other})


def test_findings_judge_a_claim_and_bring_their_numbers(run):
    claim = run.grid.study.claims[0].model_copy(update={"rules": (), "findings": ("toy.grows",)})
    study = run.grid.study.model_copy(update={"claims": (claim,)})
    grid = replace(run.grid, study=study)
    numbers = {"size": drawn("Size", "percent", {"FGO": 1.0, "CP": 3.0, "LL": NAN})}
    chapter = Chapter("toy", {"grows": Finding(Verdict.mixed, "It grows at times.", ("size",))}, numbers)
    asked = {"toy.grows": Question("It grows.", "measured")}
    (entry,) = ledger(grid, run.quantities, {"toy": chapter}, asked)
    assert entry.verdict == "mixed"
    assert entry.reading.endswith("It grows at times.")
    first = entry.estimates[0]  # what decides stands first
    assert (first.key, first.low, first.central, first.high, first.draws) == (
        *("toy.size", 1.0, 1.0, 3.0),  # central is the first draw of a room
        ("FGO", "CP"),
    )
    (left_out,) = ledger(grid, run.quantities, {}, asked)
    assert left_out.verdict == "not yet computed"
