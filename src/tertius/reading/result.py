# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What was read: facts of the page, actors, sentences with what they speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

from tertius.labels.groups import group_names
from tertius.reading.lexicon import lexicon

__all__ = ["FACTS", "Actor", "Direction", "Fact", "Page", "Reading", "Sentence"]

FACTS = ("title", "author", "published", "modified")
"""What a page may say of itself."""

Direction = Literal["rises", "falls", "both", "none"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a page.

    Attributes
    ----------
    value
        Empty where it was not found, or not whole.
    note
        Why it is empty, or where pages say two things.
    """

    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page without its markup.

    Attributes
    ----------
    title, author, published, modified
        Dates as YYYY-MM-DD.
    paragraphs
        Of the text itself, without headings, dates and signature.
    """

    title: Fact
    author: Fact
    published: Fact
    modified: Fact
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what it speaks of.

    Attributes
    ----------
    paragraph, number
        Counted from one; the number within the paragraph.
    text
        As written; empty where a reading is kept without the text.
    mechanisms, actors
        In the order of the sentence, each once.
    direction
        Whether it says that something rises or falls.
    hedged
        Whether it says "obviously", "likely", "may".
    others
        Whether it is put into the mouth of others.
    """

    paragraph: int
    number: int
    text: str
    mechanisms: tuple[str, ...]
    actors: tuple[str, ...]
    direction: Direction
    hedged: bool
    others: bool

    @property
    def tests(self) -> tuple[str, ...]:
        """Questions of rooms that test it, ``room.question``."""
        known = lexicon().mechanisms
        return tuple(dict.fromkeys(t for m in self.mechanisms for t in known[m].tests))


@dataclass(frozen=True, slots=True)
class Actor:
    """A country or group that is named.

    Attributes
    ----------
    code
        ISO3 or name of a group.
    mentions
        In the text, without the title.
    title
        Place among the actors of the title, from one; zero where the title does not name it.
    paragraphs
        Where it is named.
    """

    code: str
    mentions: int
    title: int
    paragraphs: tuple[int, ...]

    @property
    def is_group(self) -> bool:
        """Whether it is a group of countries."""
        return self.code in group_names()

    @property
    def weight(self) -> int:
        """Mentions, where the first of the title counts ten and every other in it five (decision 18)."""
        return self.mentions + (10 if self.title == 1 else 5 if self.title else 0)


@dataclass(frozen=True)
class Reading:
    """An article as the program reads it.

    Attributes
    ----------
    page
        Its facts and paragraphs.
    language
        ``en`` or ``ru``.
    words
        Number of words of the text.
    actors
        Most spoken of first.
    sentences
        All of them, in order.
    """

    page: Page
    language: str
    words: int
    actors: tuple[Actor, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def claims(self) -> tuple[Sentence, ...]:
        """Sentences that speak of a mechanism, in order."""
        return tuple(s for s in self.sentences if s.mechanisms)

    @property
    def mechanisms(self) -> Mapping[str, int]:
        """Mechanism -> sentences that speak of it, most first."""
        return dict(Counter(m for s in self.claims for m in s.mechanisms).most_common())

    def to_dict(self) -> dict[str, Any]:
        """Give it ready for JSON.

        Examples
        --------
        >>> from tertius.reading import read_article
        >>> read_article("Russia's weight for Armenia falls.").to_dict()["claims"][0]["tests"]
        ['exposure.falls', 'evidence.votes-apart']
        """
        facts = {n: asdict(getattr(self.page, n)) for n in FACTS}
        return {
            **facts,
            "language": self.language,
            "words": self.words,
            "paragraphs": len(self.page.paragraphs),
            "actors": [{**asdict(a), "paragraphs": list(a.paragraphs)} for a in self.actors],
            "mechanisms": dict(self.mechanisms),
            "claims": [_plain(s) for s in self.claims],
        }


def _plain(s: Sentence) -> dict[str, Any]:
    lists = {"mechanisms": list(s.mechanisms), "actors": list(s.actors), "tests": list(s.tests)}
    return asdict(s) | lists
