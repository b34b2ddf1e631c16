# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Sentences that can be told in another language: an English template with the values put into it.

Rooms write English and never ask for a language. What they return is a ``str`` like any other that remembers
template and values, so that the report can say the same again in the language of its reader
(docs/languages.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter
from typing import Any

__all__ = ["ENGLISH", "MINUS", "Language", "Text", "count", "dated", "figure", "has_words", "joined", "say"]

MINUS = "\N{MINUS SIGN}"
Forms = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Language:
    """How to say things.

    Attributes
    ----------
    code
        ISO 639-1.
    messages
        (context, English) -> translation in each form of the plural; the context of most is empty.
    form
        Count -> number of the plural form.
    decimal, group
        Mark before decimals, mark between thousands.
    missing
        Templates that were asked for and not found.
    """

    code: str
    messages: Mapping[tuple[str, str], Forms]
    form: Callable[[float], int]
    decimal: str
    group: str
    missing: set[str] = field(default_factory=set, repr=False)

    def word(self, english: str, context: str = "") -> str:
        """Translate a word or a name; what has no translation, such as a code, stays as it is."""
        found = self.messages.get((context, english)) or self.messages.get(("", english))
        return found[0] if found else english

    def marks(self, written: str) -> str:
        """Give an English number (``-1,234.5``) its minus sign and the marks of this language.

        Examples
        --------
        >>> Language("ru", {}, lambda n: 0, ",", " ").marks("-1,234.5")
        '−1 234,5'
        """
        swapped = {",": self.group, ".": self.decimal, "-": MINUS}
        return "".join(swapped.get(c, c) for c in written)


ENGLISH = Language("en", {}, lambda n: int(n != 1), ".", ",")


class _Filler(Formatter):
    """Puts values into a template: numbers with the marks of a language, words translated."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, str):
            return self._words(value, format_spec)
        if isinstance(value, bool) or not hasattr(value, "__float__"):
            return str(value)
        return self.language.marks(format(value, format_spec))

    def _words(self, value: str, context: str) -> str:
        if context in ("capital", "clause"):
            words = self.format_field(value, "")
            return words[:1].upper() + words[1:] if context == "capital" else words.rstrip(".")
        if isinstance(value, Text) and not (context and not value.values):
            return value.in_(self.language)
        return self.language.word(str(value), context)


class Text(str):
    """An English sentence that remembers how it was made.

    Attributes
    ----------
    forms
        The template, in singular and plural where it counts something.
    values
        What stands in its places: numbers, names, or texts.
    number
        What is counted, or None.
    """

    forms: Forms
    values: Mapping[str, Any]
    number: float | None

    def __new__(
        cls,
        english: str,
        forms: Forms = (),
        values: Mapping[str, Any] | None = None,
        number: float | None = None,
    ) -> Text:
        """Keep the English and what it was made of."""
        made = super().__new__(cls, english)
        made.forms, made.values, made.number = forms or (english,), values or {}, number
        return made

    def in_(self, language: Language) -> str:
        """Say it in a language.

        Examples
        --------
        >>> forms = ("{n} страна", "{n} страны", "{n} стран")
        >>> russian = Language("ru", {("", "{n} country"): forms}, lambda n: 0 if n == 1 else 1, ",", " ")
        >>> count(3, "{n} country", "{n} countries").in_(russian)
        '3 страны'
        """
        if language.code == ENGLISH.code:
            return str(self)
        forms = language.messages.get(("", self.forms[0]))
        if forms is None and not has_words(self.forms[0]):
            forms = (self.forms[0],)
        if forms is None:
            language.missing.add(self.forms[0])
            return str(self)
        form = 0 if self.number is None or len(forms) == 1 else language.form(self.number)
        return _fill(forms[form], self.values, language) if self.values else forms[0]


def has_words(template: str) -> bool:
    """Whether a template has words of its own, to be translated, or only holds other texts together.

    Examples
    --------
    >>> has_words("{low} to {high}"), has_words("{name}: {value:+.2f} %")
    (True, False)
    """
    return any(c.isalpha() for words, *_ in Formatter().parse(template) for c in words)


def _fill(template: str, values: Mapping[str, Any], language: Language) -> str:
    return _Filler(language).vformat(template, (), values)


def say(template: str, /, **values: Any) -> Text:
    """Write a sentence.

    Parameters
    ----------
    template
        English with places for values, ``{share:.0f} %``; without values it is taken as it stands. A word
        in a place may ask for a form that the translation has (``{country:genitive}``), or to be changed:
        ``capital`` begins it with a capital, ``clause`` takes the full stop away.
    values
        Numbers, names and other texts by the names of their places.

    Returns
    -------
    Text
        In English.

    Examples
    --------
    >>> say("{who} loses {loss:+.1f} %", who="Russia", loss=-1.94)
    'Russia loses −1.9 %'
    """
    return Text(_fill(template, values, ENGLISH) if values else template, (template,), values)


def count(n: float, one: str, many: str, /, **values: Any) -> Text:
    """Write a sentence about a number of things, which stands in it as ``{n}``.

    Examples
    --------
    >>> count(1, "{n} lever", "{n} levers"), count(1000, "{n:,} lever", "{n:,} levers")
    ('1 lever', '1,000 levers')
    """
    held = {"n": n, **values}
    return Text(_fill((one, many)[ENGLISH.form(n)], held, ENGLISH), (one, many), held, n)


def joined(glue: str, parts: Iterable[str]) -> Text:
    """Join texts that are not empty; each keeps its own translation, and so does a glue with words.

    Examples
    --------
    >>> joined("; ", [say("gains"), "", say("loses")])
    'gains; loses'
    """
    held = {f"part{k}": part for k, part in enumerate(p for p in parts if p)}
    template = "{glue}".join(f"{{{name}}}" for name in held)
    return Text(glue.join(held.values()), (template,), {"glue": glue, **held})


def figure(value: float, spec: str, unit: str = "") -> Text:
    """Write a number with its unit; one that rounds to zero carries no sign.

    Examples
    --------
    >>> figure(-0.001, "+,.2f", " %"), figure(-1.5, "+,.1f")
    ('0.00 %', '−1.5')
    """
    zero = not format(value, spec).strip("+-0.,")
    held = {"value": abs(value) if zero else value, "unit": unit}
    template = f"{{value:{spec.lstrip('+') if zero else spec}}}{{unit}}"
    return Text(_fill(template, held, ENGLISH), (template,), held)


MONTHS = (
    *(say("January"), say("February"), say("March"), say("April"), say("May"), say("June")),
    *(say("July"), say("August"), say("September"), say("October"), say("November"), say("December")),
)


def dated(day: date) -> Text:
    """Write a date in words.

    Examples
    --------
    >>> dated(date(2022, 6, 8))
    '8 June 2022'
    """
    return say("{day} {month} {year}", day=day.day, month=MONTHS[day.month - 1], year=f"{day:%Y}")
