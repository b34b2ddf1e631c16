# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The language that the report is being written in: catalogues, names, and the marks of numbers.

The catalogues are gettext files, read with Babel; plural forms and the decimal mark are those of the Unicode
CLDR. How to add a language: docs/languages.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from tertius.errors import unknown
from tertius.labels import country_name, group, group_names, group_title, known_countries, place_name
from tertius.labels.countries import LANGUAGES
from tertius.text import ENGLISH, Language, Text

__all__ = ["LANGUAGES", "check_language", "language", "speaking", "spoken", "tell"]

THIN = "\u202f"  # between thousands; the space of the CLDR would break no line either, but is wider
TIED = re.compile(r" (?=— )|(?<=[\d}]) (?=%|млн|млрд|года?\b|г\.)")  # spaces at which no line may break

_speaking: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def check_language(code: str) -> str:
    """Refuse a language that has no catalogue.

    Raises
    ------
    BadInput
        Naming those that there are.
    """
    if code not in LANGUAGES:
        raise unknown("--lang", "language of the report", code, LANGUAGES)
    return code


def language(code: str, texts: Mapping[str, str] | None = None) -> Language:
    """Give a language, with the texts of a study added to its catalogue.

    Parameters
    ----------
    code
        One of ``LANGUAGES``.
    texts
        English -> translation, from :func:`tertius.study.study_texts`.

    Raises
    ------
    BadInput
        If there is no such language.

    Examples
    --------
    >>> language("ru").word("Kazakhstan"), language("ru").word("Kazakhstan", "genitive")
    ('Казахстан', 'Казахстана')
    """
    if check_language(code) == ENGLISH.code:
        return ENGLISH
    base = _catalogue(code)
    own = {("", english): (_tied(words),) for english, words in (texts or {}).items()}
    return Language(code, {**base.messages, **own}, base.form, base.decimal, base.group)


@cache
def _catalogue(code: str) -> Language:
    from babel import Locale
    from babel.messages.pofile import read_po

    locale = Locale(code)
    with (files("tertius.report") / "languages" / f"{code}.po").open("rb") as file:
        found = read_po(file, locale=code, abort_invalid=True)
    messages = dict(_names(code))
    for message in found:
        key = message.id if isinstance(message.id, str) else message.id[0]
        told = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if key and told and all(told):
            messages[message.context or "", key] = tuple(_tied(str(words)) for words in told)
    for iso3 in known_countries():  # cases of "United States" serve "the United States" of running text
        for case in {context for context, _ in messages} - {""}:
            if (case, country_name(iso3)) in messages:
                messages[case, place_name(iso3)] = messages[case, country_name(iso3)]
    used = [tag for tag in ("one", "two", "few", "many") if tag in locale.plural_form.rules]
    order: dict[str, int] = {tag: k for k, tag in enumerate(used)}

    def form(n: float) -> int:
        """Number of the form in a gettext file; what is left over, such as fractions, takes the last one."""
        return order.get(locale.plural_form(n), len(order) - 1)

    return Language(code, messages, form, locale.number_symbols["latn"]["decimal"], THIN)


def _tied(words: str) -> str:
    """Keep a dash on the line of what it follows, and a number with its unit."""
    return TIED.sub("\u00a0", words)


def _names(code: str) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """Names of countries and groups are messages too."""
    for iso3 in known_countries():
        yield ("", country_name(iso3)), (country_name(iso3, code),)
        yield ("", place_name(iso3)), (place_name(iso3, code),)
    for name in group_names():
        yield ("", group_title(name)), (group_title(name, code),)
        yield ("", group(name).short), (place_name(name, code),)


@contextmanager
def speaking(told: Language) -> Iterator[None]:
    """Write everything inside in a language.

    Examples
    --------
    >>> with speaking(language("ru")):
    ...     tell("Kazakhstan")
    'Казахстан'
    """
    token = _speaking.set(told)
    try:
        yield
    finally:
        _speaking.reset(token)


def spoken() -> Language:
    """Give the language that is being spoken; English unless told otherwise."""
    return _speaking.get()


def tell(words: str) -> str:
    """Say a text, or a name or word of the catalogue, in the language spoken."""
    told = spoken()
    return words.in_(told) if isinstance(words, Text) else told.word(words)
