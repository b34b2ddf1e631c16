# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Words and their stems, sentences and their ends, in English and Russian."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = ["Word", "sentences", "stem", "words"]

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['\u2019\u2010-][^\W_]+)*")
POSSESSIVE = re.compile(r"['\u2019]s?$", re.IGNORECASE)
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
OPENING = "(\"'«"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes
    ----------
    text
        As it stands there, without a possessive ``'s`` and without the dots of ``U.S.``.
    lower
        In lower case, with ``ё`` as ``е``.
    """

    text: str
    lower: str

    @property
    def stem(self) -> str:
        """Its stem, of Russian or English by its letters."""
        return stem(self.lower)


def words(text: str) -> list[Word]:
    """Cut a text into words; a hyphen or apostrophe within a word keeps it whole.

    Examples
    --------
    >>> [w.text for w in words("The U.S. and Russia's banks")]
    ['The', 'US', 'and', 'Russia', 'banks']
    """
    found = (POSSESSIVE.sub("", w.replace(".", "")) for w in WORD.findall(text))
    return [Word(w, _folded(w)) for w in found if w]


def _folded(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("\u2019", "'").replace("\u2010", "-")


@cache
def stem(word: str) -> str:
    """Give the Snowball stem of a word in lower case.

    Examples
    --------
    >>> stem("sanctions") == stem("sanction"), stem("санкций") == stem("санкциями")
    (True, True)
    """
    return str(_stemmer("russian" if CYRILLIC.search(word) else "english").stemWord(word))


@cache
def _stemmer(language: str) -> Any:
    from snowballstemmer import stemmer

    return stemmer(language)


def sentences(paragraph: str, abbreviations: Container[str] = ()) -> list[str]:
    """Cut a paragraph into sentences.

    Parameters
    ----------
    paragraph
        In English or Russian.
    abbreviations
        In lower case with their dots: the sentence goes on after them. Those of Russian are known.

    Examples
    --------
    >>> sentences("Mr. Smith left in 2022. He went to the U.S. in May. Why?", ["mr."])
    ['Mr. Smith left in 2022.', 'He went to the U.S. in May.', 'Why?']
    >>> sentences("В январе 2022 г. было тихо. Потом нет.")
    ['В январе 2022 г. было тихо.', 'Потом нет.']
    """
    out: list[str] = []
    from razdel import sentenize

    for piece in sentenize(" ".join(paragraph.split())):
        text = piece.text.strip()
        if out and out[-1].rsplit(maxsplit=1)[-1].casefold().lstrip(OPENING) in abbreviations:
            out[-1] = f"{out[-1]} {text}"
        elif text:
            out.append(text)
    return out
