# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Mechanisms, direction, certainty, source: on sentences labelled by hand, and by what phrases mean."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tertius.reading import lexicon
from tertius.reading.lexicon import CASES, phrases_of
from tertius.reading.phrases import matches, phrase
from tertius.reading.sentence import read_sentence
from tertius.reading.words import words
from tertius.study import load_study
from tertius.study.ask import asked_questions

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "reading.md"
SETS = {"labelled": 72, "held_back": 54, "fresh": 50}


def rows(name):
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def score(name):
    """Right, wrong and missed mechanisms; shares of right directions, certainties and sources."""
    right = wrong = missed = direction = hedged = others = 0
    held = rows(name)
    for row in held:
        found, wanted = read_sentence(row["t"]), set(row["m"])
        right += len(wanted & set(found.mechanisms))
        wrong += len(set(found.mechanisms) - wanted)
        missed += len(wanted - set(found.mechanisms))
        direction += found.direction == row["d"]
        hedged += found.hedged == (row.get("c") == "hedged")
        others += found.others == (row.get("s") == "others")
    shares = (100 * n / len(held) for n in (direction, hedged, others))
    return 100 * right / (right + wrong), 100 * right / (right + missed), *shares


@pytest.mark.parametrize("name", SETS)
def test_the_page_of_docs_gives_what_the_reader_makes_of_labelled_sentences(name):
    """The figures in docs/reading.md are those of today's lexicon."""
    held = rows(name)
    assert len(held) == SETS[name]
    assert len({r["t"] for r in held}) == len(held)
    assert {m for r in held for m in r["m"]} == set(lexicon().mechanisms)
    assert sum(not r["m"] for r in held) >= 8
    line = next(x for x in PAGE.read_text(encoding="utf-8").splitlines() if x.startswith(f"| `{name}.yaml`"))
    told = [cell.strip() for cell in line.strip("|").split("|")][3:]
    assert told == [f"{value:.0f} %" for value in score(name)]


def test_each_mechanism_names_questions_that_rooms_answer():
    asked = asked_questions(load_study("kazakhstan-2022")[0])
    for mechanism in lexicon().mechanisms.values():
        for test in mechanism.tests:
            assert test == CASES or any(q == test or q.startswith(f"{test}-") for q in asked), test


@pytest.mark.parametrize("what", ["mechanisms", "direction", "hedged", "others"])
def test_a_phrase_finds_itself(what):
    """Each phrase of the lexicon, written out with its first choices, is found as what it stands for."""
    for name, own in phrases_of(what).items():
        for p in own:
            text = " ".join(_plain(w) for w in p.written.split() if w not in ("..", "+"))
            found = [m for m in matches({name: [p]}, words(text)) if m.written == p.written]
            assert found, (name, p.written, text)


def _plain(word):
    return word.split("|")[0].strip("=*")


def test_a_longer_phrase_of_another_mechanism_wins():
    assert read_sentence("They fear secondary sanctions.").mechanisms == ("secondary-sanctions",)
    assert read_sentence("обход санкций").mechanisms == ("circumvention",)
    both = read_sentence("Sanctions hurt; secondary sanctions may follow.").mechanisms
    assert both == ("sanctions", "secondary-sanctions")


def test_weak_phrases_count_only_beside_an_actor():
    assert read_sentence("The influence of coffee grew.").mechanisms == ()
    assert read_sentence("The influence of China grew.").mechanisms == ("influence",)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Trade grew.", "rises"),
        ("Trade did not grow.", "none"),
        ("Торговля не растёт.", "none"),
        ("Торговля растёт, доверие падает.", "both"),
        ("Доверие сократилось.", "falls"),
        ("Trade goes on.", "none"),
    ],
)
def test_direction(text, direction):
    assert read_sentence(text).direction == direction


def test_certainty_and_source():
    assert not read_sentence("Sanctions were tightened in May.").hedged
    assert read_sentence("Sanctions may be tightened.").hedged
    assert not read_sentence("Нет возможности обойти запреты.").hedged
    assert read_sentence("Возможно, санкции ужесточат.").hedged
    assert read_sentence("По словам аналитиков, санкции работают.").others
    assert not read_sentence("Санкции работают.").others


@given(
    st.lists(
        st.sampled_from(["обход", "evasion", "санкций", "sanctions", "of", "x", "y", "z", "не", "may"]),
        max_size=12,
    )
)
def test_a_gap_skips_at_most_six_words(held):
    text = words(" ".join(held))
    wanted = {"a": [phrase("evasion .. sanctions")]}
    found = bool(matches(wanted, text))
    at = [
        (i, j)
        for i, a in enumerate(text)
        for j, b in enumerate(text)
        if a.lower == "evasion" and b.lower == "sanctions"
    ]
    assert found == any(0 < j - i <= 7 for i, j in at)
