# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Dates as pages print them: read, incomplete, or readable in two ways; never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from tertius.reading.result import Fact

__all__ = ["NOT_FOUND", "is_month", "read_date"]

NOT_FOUND = Fact("", "not found")
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:\b|T)")
NUMERIC = re.compile(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b")
LANGUAGES = ("en", "ru")


@cache
def _months() -> dict[str, int]:
    """Names of months in both languages, whole and short, from the CLDR."""
    from babel import Locale

    found: dict[str, int] = {}
    for language in LANGUAGES:
        held = Locale(language).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {str(n).casefold().rstrip("."): k for k, n in held[use][width].items()}
    return found | {"sept": 9}


def is_month(word: str) -> bool:
    """Whether a word names a month in either language.

    Examples
    --------
    >>> is_month("июня"), is_month("Sept"), is_month("Monday")
    (True, True, False)
    """
    return word.casefold() in _months()


@cache
def _worded() -> tuple[re.Pattern[str], ...]:
    """Day month year, month day year, with or without the year."""
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    year = r"(?:,?\s+(?P<year>\d{4})\b)?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    return (
        re.compile(rf"\b{day}\s+(?P<month>{month})\b\.?{year}", re.IGNORECASE),
        re.compile(rf"\b(?P<month>{month})\b\.?\s+{day}\b{year}", re.IGNORECASE),
    )


def read_date(text: str, language: str = "en") -> Fact:
    """Read the first date of a line.

    Parameters
    ----------
    text
        A line, or what a page says in its markup.
    language
        Of the page; ``08.06.2022`` is a day before a month in Russian and with dots, else it may be either.

    Returns
    -------
    Fact
        YYYY-MM-DD; empty, with a note, if there is none, no year, no such day, or two ways to read it.

    Examples
    --------
    >>> read_date("8 июня 2022, 10:16").value, read_date("June 8th, 2022").value
    ('2022-06-08', '2022-06-08')
    >>> read_date("1 февраля, 18:31"), read_date("03/04/2022").note
    (Fact(value='', note='incomplete: 1 февраля has no year'), 'ambiguous: 03/04/2022')
    """
    return next(_dates(text, language), NOT_FOUND)


def _dates(text: str, language: str) -> Iterator[Fact]:
    if m := ISO.search(text):
        yield _day(int(m[1]), int(m[2]), int(m[3]), m[0].rstrip("T"))
    for pattern in _worded():
        if m := pattern.search(text):
            shown = m[0].strip()
            month = _months()[m["month"].casefold()]
            if m["year"]:
                yield _day(int(m["year"]), month, int(m["day"]), shown)
            else:
                yield Fact("", f"incomplete: {shown} has no year")
    if m := NUMERIC.search(text):
        first, second, year = int(m[1]), int(m[3]), int(m[4])
        if m[2] == "." or language == "ru" or first > 12:
            yield _day(year, second, first, m[0])
        elif second > 12 or first == second:
            yield _day(year, first, second, m[0])
        else:
            yield Fact("", f"ambiguous: {m[0]}")


def _day(year: int, month: int, day: int, shown: str) -> Fact:
    try:
        return Fact(date(year, month, day).isoformat())
    except ValueError:
        return Fact("", f"no such day: {shown}")
