# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What is shipped of the article, the rule of S15, and readings as tables."""

from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import BadInput
from tertius.reading import Fact, read_article
from tertius.reading.shipped import as_table, from_table, shipped_reading
from tertius.reading.verdict import Expected, Wanted, page_read

PAGE = """Armenia and Russia

By Ann Lee

8 June 2022

Armenia fears secondary sanctions. Flights over the country, experts say, may grow.

Armenia drifts away from Russia, "slowly"; the EU, however, waits.
"""
FACTS = {"title": "Armenia and Russia", "author": "Ann Lee", "published": "2022-06-08"}
CLAIMS = {
    "A": Wanted(1, ("choice.fears-and-aligns",)),
    "B": Wanted(1, ("sky.more-flights",)),
    "C": Wanted(2, ("exposure.falls-RUS", "evidence.votes-apart")),
}
EXPECTED = Expected(FACTS, ("ARM", "RUS"), CLAIMS)


@pytest.fixture(scope="module")
def found():
    return read_article(PAGE)


def test_a_reading_leaves_as_a_table_without_its_text(found):
    table = as_table(found)
    assert not [w for w in ("fears", "drifts", "slowly", "experts") if w in table]
    back = from_table(f"# a comment\n{table}")
    bare = tuple(replace(s, text="") for s in found.sentences)
    page = replace(found.page, paragraphs=("",) * 2)
    assert back == replace(found, sentences=bare, page=page)


@given(st.sampled_from(["title", "author"]), st.text(st.characters(codec="utf-8"), max_size=30))
def test_facts_survive_the_table(name, words):
    read = read_article(PAGE)
    told = replace(read, page=replace(read.page, **{name: Fact(words, "")}))
    assert getattr(from_table(as_table(told)).page, name).value == words


def test_supported_only_if_everything_agrees(found):
    judged = page_read(found, EXPECTED)
    assert (judged.verdict, judged.found, judged.lost, judged.unnamed) == (
        "supported",
        ("A", "B", "C"),
        (),
        (),
    )


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_that_differs_contradicts_and_one_that_is_missing_does_not(found, name):
    other = replace(EXPECTED, facts={**FACTS, name: "other"})
    assert page_read(found, other).verdict == "contradicted"
    assert page_read(found, other).differ == (name,)
    empty = replace(found, page=replace(found.page, **{name: Fact("", "not found")}))
    judged = page_read(empty, EXPECTED)
    assert (judged.verdict, judged.missing, judged.differ) == ("mixed", (name,), ())


def test_a_power_that_is_not_named_leaves_it_mixed(found):
    judged = page_read(found, replace(EXPECTED, actors=("ARM", "RUS", "USA")))
    assert (judged.verdict, judged.unnamed) == ("mixed", ("USA",))


def test_claims_count_in_the_paragraph_that_they_cite(found):
    moved = {**CLAIMS, "A": Wanted(2, CLAIMS["A"].questions)}
    judged = page_read(found, replace(EXPECTED, claims=moved))
    assert (judged.verdict, judged.lost) == ("mixed", ("A",))
    half = {"A": CLAIMS["A"], "X": Wanted(2, ("sky.more-flights",))}
    assert page_read(found, replace(EXPECTED, claims=half)).verdict == "mixed"
    fewer = {**half, "Y": Wanted(1, ("levers.mutual-RUS",))}
    assert page_read(found, replace(EXPECTED, claims=fewer)).verdict == "contradicted"
    partly = {"C": Wanted(2, ("exposure.falls-RUS", "sky.more-flights"))}
    assert page_read(found, replace(EXPECTED, claims=partly)).lost == ("C",)
    unknown = {**CLAIMS, "Z": Wanted(1, ("nowhere.asked",))}
    assert page_read(found, replace(EXPECTED, claims=unknown)).lost == ("Z",)


def test_the_shipped_table_holds_marks_and_no_sentence():
    text = (files("tertius.data") / "tables" / "article_reading.csv").read_text(encoding="utf-8")
    reading = shipped_reading("article_reading.csv")
    rows = [line for line in text.splitlines() if line.startswith("sentence,")]
    assert len(rows) == len(reading.sentences) == 16
    assert all(line.isascii() for line in rows)
    assert as_table(reading) == "".join(f"{x}\n" for x in text.splitlines() if not x.startswith("#"))
    assert (reading.language, reading.words, len(reading.page.paragraphs)) == ("ru", 286, 7)
    assert reading.page.modified == Fact("", "incomplete: 1 февраля has no year")
    assert reading.actors[0].code == "KAZ"  # most spoken of with the title, though Russia is named once more


def test_a_table_that_is_not_shipped_is_refused():
    with pytest.raises(BadInput, match=r"did you mean article_reading\.csv"):
        shipped_reading("article_readings.csv")
