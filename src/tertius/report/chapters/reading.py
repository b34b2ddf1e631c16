# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on the page itself: what the program reads, sentence by sentence, without its text."""

from __future__ import annotations

from collections.abc import Iterator

from tertius.labels import place_name
from tertius.reading import Reading, lexicon
from tertius.report.language import tell
from tertius.report.sections import Cell, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.text import count, joined, say

__all__ = ["section"]


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: the sentences that speak of a mechanism, and who is named."""
    found: Reading = chapter.result
    return Section(
        id="reading",
        title=say("The page as the program reads it"),
        nav=say("Page"),
        lead=tuple(f.reason for f in chapter.findings.values()),
        tables=(
            Grid(
                say("Counted"), (say("What"), say("Number")), tuple(_counts(chapter, numbers)), signed=False
            ),
            Grid(say("Sentences that speak of a mechanism"), HEADS, tuple(_sentences(found)), signed=False),
            Grid(say("Who is named"), ACTORS, tuple(_actors(found)), signed=False),
        ),
        notes=(
            say(
                "A lexicon of phrases, matched on stems; it misses irony, pronouns and words that it"
                " does not know."
            ),
            say("The text of the page is not shipped: the table holds marks, not sentences."),
        ),
    )


HEADS = (say("Paragraph and sentence"), say("Mechanisms"), say("Direction"), say("How it is said"))
ACTORS = (say("Name"), say("Named"), say("Paragraphs"))
DIRECTIONS = {
    "rises": say("rises"),
    "falls": say("falls"),
    "both": say("both ways"),
    "none": say("none said"),
}


def _counts(chapter: Chapter, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for name, number in chapter.numbers.items():
        yield tell(number.label), numbers.cell("reading", name)


def _sentences(found: Reading) -> Iterator[tuple[Cell | str, ...]]:
    known = lexicon().mechanisms
    for s in found.claims:
        said = (say("hedged") if s.hedged else say("plainly"), say("by others") if s.others else "")
        yield (
            f"{s.paragraph}.{s.number}",
            tell(joined(", ", (known[m].title for m in s.mechanisms))),
            tell(DIRECTIONS[s.direction]),
            tell(joined(", ", said)),
        )


def _actors(found: Reading) -> Iterator[tuple[Cell | str, ...]]:
    for a in found.actors:
        times = count(a.mentions, "{n:d} time", "{n:d} times")
        named = joined(", ", (times, say("in the title") if a.title else ""))
        yield tell(place_name(a.code)), tell(named), ", ".join(map(str, a.paragraphs))
