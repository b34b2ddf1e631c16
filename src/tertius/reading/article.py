# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Reading an article: its page, its actors, its sentences (docs/decisions/0018-reading.md)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from tertius.data.texts import read_text
from tertius.errors import BadInput, unknown
from tertius.reading.actors import actors_in
from tertius.reading.lexicon import lexicon
from tertius.reading.markup import read_markup
from tertius.reading.plain import read_markdown, read_plain
from tertius.reading.result import Actor, Reading
from tertius.reading.sentence import read_sentence
from tertius.reading.words import sentences, words

__all__ = ["read_article", "read_file"]

READERS = {".txt": read_plain, ".md": read_markdown, ".html": read_markup, ".htm": read_markup}
OTHER_CYRILLIC = re.compile("[іїєґўәғқңөұүһњљћђџ]")
LEAST = 0.02  # of all words that must be common ones of the language


def read_file(path: Path) -> Reading:
    """Read an article from a file.

    Parameters
    ----------
    path
        A file ``.txt``, ``.md`` or ``.html`` in UTF-8.

    Raises
    ------
    BadInput
        If it cannot be read, is of another kind or language.
    """
    kind = path.suffix.casefold()
    if kind not in READERS:
        raise BadInput(str(path), "is not an article", f"give a file that ends in {', '.join(READERS)}, or -")
    return read_article(read_text(path, "text"), kind, str(path))


def read_article(text: str, kind: str = "", where: str = "article") -> Reading:
    r"""Read an article.

    Parameters
    ----------
    text
        The page.
    kind
        ``.txt``, ``.md`` or ``.html``; without it the text itself tells.
    where
        Name of the page, for errors.

    Returns
    -------
    Reading
        What was found, and what was not.

    Raises
    ------
    BadInput
        If there is no text, it is neither English nor Russian.

    Examples
    --------
    >>> found = read_article("Serbia and the sanctions\n\nSerbia fears secondary sanctions of the EU.")
    >>> [a.code for a in found.actors], found.claims[0].mechanisms, found.page.author.note
    (['SRB', 'EU'], ('secondary-sanctions',), 'not found')
    """
    if kind and kind not in READERS:
        raise unknown(where, "kind of article", kind, READERS)
    reader = READERS[kind or _kind(text)]
    page = reader(text.lstrip("\ufeff"), "ru" if re.search("[а-яё]", text, re.IGNORECASE) else "en")
    if not page.paragraphs:
        raise BadInput(where, "holds no paragraph", "give the text of an article")
    held = [w.lower for p in page.paragraphs for w in words(p)]
    language = _language(held, where)
    split = [sentences(p, lexicon().abbreviations) for p in page.paragraphs]
    told = tuple(
        read_sentence(s, k, n) for k, own in enumerate(split, start=1) for n, s in enumerate(own, start=1)
    )
    return Reading(page, language, len(held), _actors(page.title.value, split), told)


def _kind(text: str) -> str:
    if re.search(r"<(?:!doctype|html|body|p|article)\b", text[:5000], re.IGNORECASE):
        return ".html"
    return ".md" if re.match(r"\ufeff?\s*(?:---\s*\n|#{1,6}\s)", text) else ".txt"


def _language(held: list[str], where: str) -> Literal["en", "ru"]:
    """English or Russian, by letters and by the commonest words."""
    russian = sum(bool(re.search("[а-я]", w)) for w in held)
    language: Literal["en", "ru"] = "ru" if 2 * russian > len(held) else "en"
    shares = sum(w in lexicon().common[language] for w in held) / max(len(held), 1)
    foreign = language == "ru" and sum(bool(OTHER_CYRILLIC.search(w)) for w in held) > LEAST * len(held)
    if not any(w.isalpha() for w in held) or foreign or (len(held) > 30 and shares < LEAST):
        raise BadInput(where, "is neither English nor Russian", "translate it first")
    return language


def _actors(title: str, split: Sequence[Sequence[str]]) -> tuple[Actor, ...]:
    """All actors with their places in the sentences of each paragraph, the most spoken of first."""
    titled = list(dict.fromkeys(actors_in(words(title))))
    places: dict[str, list[int]] = defaultdict(list)
    for k, own in enumerate(split, start=1):
        for code in (c for sentence in own for c in actors_in(words(sentence))):
            places[code].append(k)
    found = [
        Actor(
            code,
            len(places[code]),
            titled.index(code) + 1 if code in titled else 0,
            tuple(dict.fromkeys(places[code])),
        )
        for code in dict.fromkeys((*titled, *places))
    ]
    return tuple(sorted(found, key=lambda a: -a.weight))
