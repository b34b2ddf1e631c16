# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The article of a study as the program reads it, beside what people read (decision 18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tertius.labels import place_name
from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, drawn
from tertius.study.verdicts import Verdict
from tertius.text import Text, joined, say

if TYPE_CHECKING:
    from tertius.reading.verdict import Expected, Judged
    from tertius.study.chapters.options import ReadingOptions
    from tertius.study.schema import StudyFile

__all__ = ["compute", "questions"]

RULE = say(
    "A claim is found if a sentence of the paragraph that it cites has the mechanism of each of its questions"
    " (of sanctions, if it rests on rules about solved cases alone). Supported if title, author and day are"
    " found and equal the study's, all claims but this one are found, and the focal state and all powers are"
    " named; contradicted if one of the three differs or fewer than half of the claims are found; else mixed"
    " (decision 18). Title, author and day: {facts}. Claims with their paragraphs: {claims}."
)
GRADE = say(
    "tests the program, not the world: the lexicon was written by people who know the article; what it finds"
    " elsewhere stands in docs/reading.md"
)
FACTS = {
    "title": say("the title"),
    "author": say("the author"),
    "published": say("the day of publication"),
}


def questions(study: StudyFile, options: ReadingOptions) -> dict[str, Question]:
    """``page-read``: title, author, day, actors and claims are found on the page."""
    expected = _expected(study)
    cited = ", ".join(f"{name} {wanted.paragraph}" for name, wanted in expected.claims.items())
    facts = ", ".join(expected.facts.values())
    return {"page-read": Question(say(RULE, facts=facts, claims=cited), GRADE)}


def compute(asked: Asked, options: ReadingOptions, tell: Tell) -> Chapter:
    """Compare a shipped reading with the study."""
    from tertius.reading.shipped import shipped_reading
    from tertius.reading.verdict import page_read

    reading = shipped_reading(options.table)
    expected = _expected(asked.study)
    judged = page_read(reading, expected)
    tell(1, 1, "page")
    numbers = dict(
        _numbers(
            claims=(say("Claims of the study found by their mechanism"), len(judged.found)),
            wanted=(say("Claims of the study that were looked for"), len(expected.claims)),
            words=(say("Words of the page"), reading.words),
            sentences=(say("Sentences of the page"), len(reading.sentences)),
            spoken=(say("Sentences with a mechanism"), len(reading.claims)),
            actors=(say("Countries and groups named"), len(reading.actors)),
        )
    )
    finding = Finding(Verdict(judged.verdict), _reason(judged, expected), tuple(numbers))
    return Chapter("reading", {"page-read": finding}, numbers, reading)


def _expected(study: StudyFile) -> Expected:
    """What people read: the article block, the actors, and each claim with what tests it."""
    from tertius.reading.lexicon import CASES
    from tertius.reading.verdict import Expected, Wanted

    article = study.article
    facts = {
        "title": article.original_title or article.title,
        "author": article.original_author or article.author,
        "published": article.published.isoformat(),
    }
    claims = {
        c.id: Wanted(c.paragraph, c.findings or (CASES,))
        for c in study.claims
        if c.paragraph and (c.rules or c.findings) and not any(f.startswith("reading.") for f in c.findings)
    }
    return Expected(facts, (study.focal, *study.powers), claims)


def _numbers(**held: tuple[str, int]) -> Iterator[tuple[str, Measured]]:
    for name, (label, value) in held.items():
        yield name, drawn(label, "number", {"page": float(value)})


def _reason(judged: Judged, expected: Expected) -> Text:
    """What agrees, what differs, what was not found."""
    equal = [n for n in expected.facts if n not in (*judged.differ, *judged.missing)]
    told: list[str] = [
        _listed(say("As in the study: {what}.", what=_names(equal)), equal),
        _listed(say("Otherwise than in the study: {what}.", what=_names(judged.differ)), judged.differ),
        _listed(say("Not found: {what}.", what=_names(judged.missing)), judged.missing),
        say(
            "{found:d} of {all:d} claims have a sentence with their mechanism in the paragraph cited.",
            found=len(judged.found),
            all=len(expected.claims),
        ),
        _listed(say("Without one: {claims}.", claims=", ".join(judged.lost)), judged.lost),
    ]
    names = joined(", ", map(place_name, judged.unnamed))
    told.append(
        _listed(say("Powers of the study that the page does not name: {names}.", names=names), judged.unnamed)
    )
    return joined(" ", told)


def _names(facts: Iterable[str]) -> Text:
    return joined(", ", (FACTS[f] for f in facts))


def _listed(words: Text, held: Iterable[str]) -> str:
    """The words, if there is anything to list."""
    return words if tuple(held) else ""
