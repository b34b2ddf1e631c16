# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Whether a page was read: the rule of S15 (docs/decisions/0018-reading.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tertius.reading.lexicon import lexicon
from tertius.reading.result import Reading

__all__ = ["Expected", "Judged", "Wanted", "page_read"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim as people found it: the paragraph that it cites, and the questions that test it."""

    paragraph: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What people found on a page.

    Attributes
    ----------
    facts
        Title, author, published; each as the page has it.
    actors
        Focal state and powers.
    claims
        By their ids.
    """

    facts: Mapping[str, str]
    actors: tuple[str, ...]
    claims: Mapping[str, Wanted]


@dataclass(frozen=True, slots=True)
class Judged:
    """How the reading compares.

    Attributes
    ----------
    verdict
        supported, contradicted or mixed.
    differ, missing
        Facts that were read otherwise, and facts that were not found.
    found, lost
        Claims with and without a sentence.
    unnamed
        Actors that the page does not name.
    """

    verdict: str
    differ: tuple[str, ...]
    missing: tuple[str, ...]
    found: tuple[str, ...]
    lost: tuple[str, ...]
    unnamed: tuple[str, ...]


def page_read(reading: Reading, expected: Expected) -> Judged:
    r"""Judge a reading by what people found.

    Parameters
    ----------
    reading
        What the program read.
    expected
        What people read.

    Returns
    -------
    Judged
        Supported: facts equal, all claims found, all actors named. Contradicted: a fact differs, or under
        half of the claims are found. Mixed otherwise.

    Examples
    --------
    >>> from tertius.reading import read_article
    >>> wanted = Expected({"title": "T"}, ("ARM", "RUS"), {"A": Wanted(1, ("choice.fears-and-aligns",))})
    >>> judged = page_read(read_article("T\n\nArmenia fears secondary sanctions."), wanted)
    >>> judged.verdict, judged.found, judged.unnamed
    ('mixed', ('A',), ('RUS',))
    """
    read = {name: getattr(reading.page, name).value for name in expected.facts}
    differ = tuple(n for n, value in expected.facts.items() if read[n] and read[n] != value)
    missing = tuple(n for n in expected.facts if not read[n])
    found = tuple(c for c, wanted in expected.claims.items() if _has(reading, wanted))
    lost = tuple(c for c in expected.claims if c not in found)
    named = {a.code for a in reading.actors}
    unnamed = tuple(a for a in expected.actors if a not in named)
    if differ or 2 * len(found) < len(expected.claims):
        verdict = "contradicted"
    else:
        verdict = "mixed" if missing or lost or unnamed else "supported"
    return Judged(verdict, differ, missing, found, lost, unnamed)


def _has(reading: Reading, wanted: Wanted) -> bool:
    """Whether sentences of the paragraph have a mechanism of each question."""
    spoken = {m for s in reading.sentences if s.paragraph == wanted.paragraph for m in s.mechanisms}
    return bool(wanted.questions) and all(_mechanisms(q) & spoken for q in wanted.questions)


def _mechanisms(question: str) -> set[str]:
    """Mechanisms that a question tests; ``exposure.falls-RUS`` is ``exposure.falls`` about a power."""
    known = lexicon().mechanisms.items()
    return {name for name, m in known for t in m.tests if question == t or question.startswith(f"{t}-")}
