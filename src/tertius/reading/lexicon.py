# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The lexicon: which phrases speak of which mechanism, of a direction, of doubt, of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from tertius.data.texts import Strict, parse
from tertius.reading.phrases import Phrase, phrase

__all__ = ["CASES", "Lexicon", "Mechanism", "lexicon", "phrases_of"]

CASES = "cases"
"""Stands among the questions of a mechanism for rules about solved cases."""

Written = tuple[str, ...]
Both = dict[Literal["en", "ru"], Written]


class Mechanism(Strict):
    """A mechanism of the program: its phrases, and the questions of rooms that test it."""

    title: str
    tests: Written
    en: Written
    ru: Written
    with_actor: Written = ()
    excluded: Written = Field(default=(), alias="not")


class Lexicon(Strict):
    """All that the reader knows of words; ``lexicon.yaml`` says what each field is for."""

    mechanisms: dict[str, Mechanism]
    direction: dict[Literal["rises", "falls", "not"], Both]
    negation: Both
    common: Both
    abbreviations: Written
    hedged: dict[Literal["en", "ru", "not"], Written | Both]
    others: Both


@cache
def lexicon() -> Lexicon:
    """Give the shipped lexicon.

    Examples
    --------
    >>> lexicon().mechanisms["overflights"].tests
    ('sky.more-flights',)
    """
    text = files(__package__).joinpath("lexicon.yaml").read_text(encoding="utf-8")
    return parse(Lexicon, text, "lexicon.yaml")


@cache
def phrases_of(
    what: Literal["mechanisms", "strong", "direction", "hedged", "others"],
) -> Mapping[str, Sequence[Phrase]]:
    """Give the phrases of a part of the lexicon, ready to be looked for; ``not`` ones under ``""``.

    ``strong`` are mechanisms without the phrases that count only beside an actor.

    Examples
    --------
    >>> sorted(phrases_of("direction"))
    ['', 'falls', 'rises']
    """
    book = lexicon()
    if what in ("mechanisms", "strong"):
        named = {name: (*m.en, *m.ru) for name, m in book.mechanisms.items()}
        if what == "mechanisms":
            named = {name: (*own, *book.mechanisms[name].with_actor) for name, own in named.items()}
        named[""] = tuple(w for m in book.mechanisms.values() for w in m.excluded)
    elif what == "direction":
        named = {"" if name == "not" else name: _flat(own) for name, own in book.direction.items()}
    elif what == "hedged":
        named = {"hedged": _flat(book.hedged), "": _flat(book.hedged.get("not", ()))}
    else:
        named = {"others": _flat(book.others)}
    return {name: tuple(map(phrase, dict.fromkeys(written))) for name, written in named.items()}


def _flat(held: object) -> Written:
    """Phrases of both languages."""
    if isinstance(held, Mapping):
        return tuple(w for key, own in held.items() if key != "not" for w in _flat(own))
    return tuple(str(w) for w in held) if isinstance(held, tuple | list) else ()
