# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Reading one sentence: mechanisms, actors, direction, certainty, whose words they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tertius.reading.actors import actors_in
from tertius.reading.lexicon import lexicon, phrases_of
from tertius.reading.phrases import matches
from tertius.reading.result import Direction, Sentence
from tertius.reading.words import Word, words

__all__ = ["read_sentence"]

BEFORE = 2  # words before a word of direction in which a negation takes it back


def read_sentence(text: str, paragraph: int = 1, number: int = 1) -> Sentence:
    """Read a sentence.

    Parameters
    ----------
    text
        In English or Russian.
    paragraph, number
        Its place.

    Examples
    --------
    >>> found = read_sentence("Experts say that overflights of Mongolia will probably grow.")
    >>> found.mechanisms, found.actors, found.direction, found.hedged, found.others
    (('overflights',), ('MNG',), 'rises', True, True)
    """
    held = words(text)
    actors = dict.fromkeys(actors_in(held))
    wanted = phrases_of("mechanisms" if actors else "strong")
    mechanisms = dict.fromkeys(m.name for m in matches(wanted, held) if m.name)
    return Sentence(
        paragraph,
        number,
        text,
        tuple(mechanisms),
        tuple(actors),
        _direction(held),
        _speaks("hedged", held),
        _speaks("others", held),
    )


def _speaks(what: Literal["hedged", "others"], held: Sequence[Word]) -> bool:
    return any(m.name for m in matches(phrases_of(what), held))


def _direction(held: Sequence[Word]) -> Direction:
    """Words of rising and falling that no negation takes back."""
    negations = {*lexicon().negation["en"], *lexicon().negation["ru"]}
    found = set()
    for match in matches(phrases_of("direction"), held):
        first = min(match.places)
        before = held[max(0, first - BEFORE) : first]
        if match.name and not any(w.lower in negations or w.lower.endswith("n't") for w in before):
            found.add(match.name)
    if len(found) == 2:
        return "both"
    return "rises" if "rises" in found else "falls" if found else "none"
