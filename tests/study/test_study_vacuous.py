# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Rules that say nothing are refused when a study is loaded; all that numbers can break or keep are not."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import BadInput
from tertius.study import list_studies, load_study
from tertius.study.claims import Rule
from tertius.study.ranges import ROOM_RANGES, Range, decided, range_of
from tertius.study.vacuous import check_rules, doubts

STUDY, _ = load_study(Path(__file__).with_name("small.yaml"))
HOLDS = {
    "<": lambda x, v: x < v,
    ">": lambda x, v: x > v,
    "<=": lambda x, v: x <= v,
    ">=": lambda x, v: x >= v,
}
ends = st.integers(-4, 4).map(float)
relations = st.sampled_from(list(HOLDS))
values = st.integers(-12, 12).map(lambda k: k / 2)
quantities = st.sampled_from(["rus", "rus_loss", "tur_rank", "west", "ratio", "west_usd", "tur_less"])


@st.composite
def ranges(draw):
    low, high = sorted((draw(ends), draw(ends)))
    low, high = draw(st.sampled_from([low, -math.inf])), draw(st.sampled_from([high, math.inf]))
    whole = draw(st.booleans())
    opens = (False, False) if whole or low == high else (draw(st.booleans()), draw(st.booleans()))
    return Range(low, high, opens[0] and math.isfinite(low), opens[1] and math.isfinite(high), whole)


def points(within):
    """Every quarter of a wide line that lies in the range: finer than any number drawn above."""
    line = range(-80, 81, 4) if within.whole else range(-80, 81)
    for x in (k / 4 for k in line):
        above = x > within.low if within.open_low else x >= within.low
        below = x < within.high if within.open_high else x <= within.high
        if above and below:
            yield x


@given(ranges(), relations, values)
def test_decided_is_what_trying_every_point_says(within, relation, value):
    told = {HOLDS[relation](x, value) for x in points(within)}
    assert decided(relation, value, within) == (None if len(told) == 2 else told.pop())


@given(ranges(), relations, values)
def test_a_mirror_changes_nothing(within, relation, value):
    mirrored = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}[relation]
    assert decided(mirrored, -value, -within) == decided(relation, value, within)


@given(ranges(), ranges())
def test_the_range_of_a_difference_holds_all_differences(a, b):
    difference = a - b
    for x in list(points(a))[::5]:
        for y in list(points(b))[::5]:
            assert difference.low <= x - y <= difference.high


def with_rules(*rules):
    claim = STUDY.claims[0].model_copy(update={"rules": tuple(Rule(**r) for r in rules)})
    return STUDY.model_copy(update={"claims": (claim,)})


def refused(study):
    try:
        check_rules(study, "mine.yaml")
    except BadInput as error:
        return str(error)
    return ""


def rule(quantity, relation, value, **more):
    return {"quantity": quantity, "relation": relation, "value": value} | more


@given(quantities, relations, st.integers(-120, 120).map(lambda k: k / 2 + 50))
def test_a_rule_is_refused_if_no_possible_number_decides_it(quantity, relation, value):
    known = {
        "rus": [-99.9, 1e6],
        "rus_loss": [-1e6, 99.9],
        "tur_rank": range(1, 82),
        "tur_less": [-1e6, 1e6],
    }
    near = [value - 0.1, value, value + 0.1]
    possible = known.get(quantity, [-1e9, 1e9])
    if quantity != "tur_rank":
        possible = [*possible, *(x for x in near if min(possible) < x < max(possible))]
    told = {HOLDS[relation](x, value) for x in possible}
    assert bool(refused(with_rules(rule(quantity, relation, value)))) == (len(told) == 1)


@given(quantities, relations, values, relations, values)
def test_two_rules_on_one_quantity(quantity, first, a, second, b):
    """Refused if no number keeps both, or if every number judges both alike."""
    one, two = rule(quantity, first, a), rule(quantity, second, b)
    if refused(with_rules(one)) or refused(with_rules(two)):
        return
    line = range(1, 82) if quantity == "tur_rank" else [k / 4 for k in range(-60, 61)]
    both = [(HOLDS[first](x, a), HOLDS[second](x, b)) for x in line]
    told = refused(with_rules(one, two))
    assert ("never hold together" in told) == (not any(x and y for x, y in both))
    assert ("say the same" in told) == all(x == y for x, y in both)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([rule("tur_rank", ">=", 1)], "can never fail: tur_rank is always at least 1 and at most 81"),
        ([rule("tur_rank", "<=", 81)], "can never fail"),
        ([rule("tur_rank", "<", 1)], "can never hold"),
        ([rule("rus", ">", -100)], "rus > -100 can never fail: rus is always above -100"),
        ([rule("rus_loss", ">=", 100)], "rus_loss >= 100 can never hold: rus_loss is always below 100"),
        ([rule("rus", "<", 0), rule("rus", ">=", 0)], "rules[0] and rules[1] (rus < 0; rus >= 0) can never"),
        ([rule("rus", "<", 0), rule("rus_loss", "<", 0)], "can never hold together"),
        ([rule("rus", "<", 0), rule("rus_loss", ">", 0)], "say the same"),
        ([rule("rus", "<", 0), rule("rus", "<", 0, share=0.9)], "say the same"),
        (
            [
                {"quantity": "rus", "relation": "<", "than": "west"},
                {"quantity": "west", "relation": "<", "than": "rus"},
            ],
            "can never hold together",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(rules, words):
    told = refused(with_rules(*rules))
    assert told.startswith("mine.yaml: claims[0] (C1)")
    assert words in told


def test_ranks_of_unknown_worlds_have_no_upper_end():
    study = with_rules(rule("tur_rank", "<=", 200)).model_copy(update={"world": "icio-1066"})
    assert refused(study) == ""
    assert "never fail" in refused(with_rules(rule("tur_rank", "<=", 200)))


def test_one_quantity_under_two_names_is_one():
    twice = STUDY.quantities | {"again": STUDY.quantities["rus"].model_copy(update={"label": "Another"})}
    study = with_rules({"quantity": "rus", "relation": "<=", "than": "again"})
    told = refused(study.model_copy(update={"quantities": twice}))
    assert "can never fail: rus and again are the same quantity" in told


def test_transit_without_routes_is_nothing():
    q = STUDY.quantities["tur_june"].model_copy(update={"measure": "additional_transit"})
    study = with_rules(rule("t", ">", 0)).model_copy(update={"quantities": STUDY.quantities | {"t": q}})
    assert "t > 0 can never hold: t is always 0" in refused(study)
    case = STUDY.cases["june"].model_copy(update={"routes": "kazakhstan-2022"})
    assert refused(study.model_copy(update={"cases": STUDY.cases | {"june": case}})) == ""


def test_numbers_of_rooms_have_ranges_by_their_names(edited):
    numbers = "  s: {room: levers, number: RUS.mutual_in_band, label: S}\n"
    numbers += "  r: {room: levers, number: x, label: R}\n"
    asked = "rooms:\n  levers: {powers: [RUS]}\nquantities:\n"
    study, _ = load_study(edited(("quantities:\n", asked + numbers)))
    assert range_of(study, "s") == ROOM_RANGES["levers"]["*.mutual_in_band"] == Range(0.0, 1.0)
    assert range_of(study, "r") == Range()
    same = study.model_copy(update={"claims": (with_rules(rule("s", ">=", 0)).claims[0],)})
    assert "can never fail: s is always at least 0 and at most 1" in refused(same)


def test_the_file_is_refused_when_it_is_loaded(edited):
    path = edited(
        ('{quantity: rus, relation: "<", value: 0}', '{quantity: tur_rank, relation: ">", value: 81}')
    )
    with pytest.raises(
        BadInput, match=r"mine\.yaml: claims\[0\] \(C1\)\.rules\[0\]: tur_rank > 81 can never hold"
    ):
        load_study(path)


@pytest.mark.parametrize(
    ("falsifier", "words"),
    [
        ("Russia loses.", "is short"),
        ("Decoupling does not help Russia.", ""),
        ("Decoupling never costs Russia more than the coalition.", "repeats the claim"),
        ("Russia's real income falls by less than the coalition's.", ""),
    ],
)
def test_falsifiers_that_say_little_are_named(falsifier, words):
    claim = STUDY.claims[0].model_copy(update={"falsifier": falsifier})
    found = doubts(STUDY.model_copy(update={"claims": (claim,)}))
    assert [words in f and "claims[0] (C1).falsifier" in f for f in found] == ([True] if words else [])


@pytest.mark.parametrize("name", list_studies())
def test_falsifiers_of_shipped_studies_say_something(name):
    assert doubts(load_study(name)[0]) == ()
