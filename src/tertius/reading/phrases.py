# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Phrases of the lexicon: how they are written, and where they stand in a sentence.

``trade war`` are stems that follow each other; ``stop|end`` is either; ``evad*`` begins a word, ``=may`` is
that form alone; ``..`` skips at most six words; ``a + b`` are both in the sentence, in any order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from tertius.reading.words import Word, stem

__all__ = ["Match", "Phrase", "matches", "phrase"]

SKIP, BOTH, GAP = "..", "+", 6


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a phrase: stems, beginnings, or forms that it may have; none of them stands for a gap."""

    stems: frozenset[str] = frozenset()
    begun: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.stems or self.begun or self.forms)

    def stands(self, once: Collection[Word], stems: Set[str]) -> bool:
        """Whether any of some words, with these stems, is this one."""
        if self.begun or self.forms:
            return any(map(self.fits, once))
        return not self.stems.isdisjoint(stems)

    def fits(self, word: Word) -> bool:
        """Whether a word of a sentence is this one."""
        return (
            word.lower in self.forms
            or (bool(self.begun) and word.lower.startswith(self.begun))
            or (bool(self.stems) and word.stem in self.stems)
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase ready to be looked for.

    Attributes
    ----------
    written
        As the lexicon has it.
    parts
        Each a sequence of elements; all must be found.
    """

    written: str
    parts: tuple[tuple[Element, ...], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: what it stands for, how it is written, and the places of its words."""

    name: str
    written: str
    places: frozenset[int]


def phrase(written: str) -> Phrase:
    """Read a phrase as the lexicon writes it.

    Examples
    --------
    >>> from tertius.reading.words import words
    >>> found = matches({"evasion": [phrase("evad* .. sanctions")]}, words("They evaded all the sanctions."))
    >>> [(m.name, sorted(m.places)) for m in found]
    [('evasion', [1, 4])]
    """
    parts = tuple(tuple(map(_element, part.split())) for part in written.split(f" {BOTH} "))
    return Phrase(written, parts)


def _element(word: str) -> Element:
    if word == SKIP:
        return Element()
    choices = word.casefold().replace("ё", "е").split("|")
    begun = tuple(c[:-1] for c in choices if c.endswith("*"))
    forms = frozenset(c[1:] for c in choices if c.startswith("="))
    return Element(frozenset(stem(c) for c in choices if not c.endswith("*") and c[0] != "="), begun, forms)


def matches(phrases: Mapping[str, Sequence[Phrase]], sentence: Sequence[Word]) -> list[Match]:
    """Find phrases in a sentence; one within a longer one of another name does not count.

    Parameters
    ----------
    phrases
        Name -> phrases.
    sentence
        Its words.

    Returns
    -------
    list of Match
        In the order of the sentence.
    """
    once = {w.lower: w for w in sentence}.values()
    stems = {w.stem for w in once}
    found = [
        m
        for name, own in phrases.items()
        for p in own
        if all(part[0].stands(once, stems) for part in p.parts)  # most phrases end here
        for m in _find(name, p, sentence)
    ]
    whole = [m for m in found if not any(m.name != o.name and m.places < o.places for o in found)]
    return sorted(whole, key=lambda m: (min(m.places), m.name))


def _find(name: str, wanted: Phrase, sentence: Sequence[Word]) -> Iterator[Match]:
    """Every place of a phrase of one part; the first places of one of several parts."""
    each = [list(_places(part, sentence)) for part in wanted.parts]
    if all(each):
        joint = each[0] if len(each) == 1 else [frozenset().union(*(places[0] for places in each))]
        yield from (Match(name, wanted.written, places) for places in joint)


def _places(part: tuple[Element, ...], sentence: Sequence[Word]) -> Iterator[frozenset[int]]:
    for start in range(len(sentence)):
        places = _follow(part, sentence, start)
        if places:
            yield frozenset(places)


def _follow(part: tuple[Element, ...], sentence: Sequence[Word], start: int) -> list[int]:
    """Places of the words of a part that begins at ``start``; empty if it does not."""
    places, here, reach = [], start, 1
    for element in part:
        if not element:
            reach = 1 + GAP
            continue
        hit = next(
            (k for k in range(here, min(here + reach, len(sentence))) if element.fits(sentence[k])), None
        )
        if hit is None:
            return []
        places.append(hit)
        here, reach = hit + 1, 1
    return places
