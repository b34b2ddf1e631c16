# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Countries: ISO 3166-1 codes, names in English and Russian, and the names that others use.

A name on a map or in a table states no position on anybody's status.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tertius.errors import BadInput, unknown
from tertius.labels._text import fold, read_rows, split_list

__all__ = ["Country", "country", "country_aliases", "country_name", "known_countries", "region_name"]

LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory.

    Parameters
    ----------
    iso3, iso2, numeric
        Codes of ISO 3166-1; ``XKX`` (Kosovo) and ``ROW`` (rest of the world) are not in the standard.
    name, name_ru
        Short names in English and Russian.
    aliases
        Other names and codes found in trade files.
    standing
        ``iso``, ``user-assigned`` (in use, outside the standard) or ``aggregate``.
    """

    iso3: str
    iso2: str
    numeric: str
    name: str
    name_ru: str
    aliases: tuple[str, ...]
    standing: str


@cache
def _countries() -> dict[str, Country]:
    table = {}
    for row in read_rows("countries.csv"):
        fields = {key: value for key, value in row.items() if key != "aliases"}
        table[row["iso3"]] = Country(**fields, aliases=split_list(row["aliases"]))
    return table


def known_countries() -> tuple[str, ...]:
    """Give the codes of all countries, ``XKX`` and ``ROW``, in the order of the file.

    Examples
    --------
    >>> "KAZ" in known_countries(), len(known_countries())
    (True, 251)
    """
    return tuple(_countries())


def country(code: str) -> Country:
    """Look a country up by its ISO3 code.

    Raises
    ------
    tertius.errors.BadInput
        If there is no such code.

    Examples
    --------
    >>> country("KAZ").iso2
    'KZ'
    """
    found = _countries().get(code)
    if found is None:
        raise unknown("country code", "country", code, known_countries())
    return found


def country_name(code: str, lang: str = "en") -> str:
    """Name a country in English or Russian.

    Parameters
    ----------
    code
        ISO3 code.
    lang
        ``"en"`` or ``"ru"``.

    Raises
    ------
    tertius.errors.BadInput
        If the code or the language is unknown.

    Examples
    --------
    >>> country_name("KAZ"), country_name("KAZ", "ru")
    ('Kazakhstan', 'Казахстан')
    """
    if lang not in LANGUAGES:
        raise unknown("language", "language", lang, LANGUAGES)
    entry = country(code)
    return entry.name if lang == "en" else entry.name_ru


@cache
def country_aliases() -> dict[str, str]:
    """Map every folded name and code that we know of to its ISO3 code.

    Numeric codes come with and without their leading zeros, because many files lose them.

    Raises
    ------
    tertius.errors.BadInput
        If one name would stand for two countries.

    Examples
    --------
    >>> country_aliases()["rom"], country_aliases()["russian federation"]
    ('ROU', 'RUS')
    """
    out: dict[str, str] = {}
    for entry in _countries().values():
        names = (entry.iso3, entry.iso2, entry.numeric, entry.numeric.lstrip("0"))
        for name in (*names, entry.name, entry.name_ru, *entry.aliases):
            if name and out.setdefault(fold(name), entry.iso3) != entry.iso3:
                raise BadInput("countries.csv", f"{name!r} stands for {out[fold(name)]} and {entry.iso3}")
    return out


def region_name(code: str, lang: str = "en") -> str:
    """Give the name of a country, or the label itself where a world has made one up ("EU").

    Examples
    --------
    >>> region_name("KAZ"), region_name("Benelux")
    ('Kazakhstan', 'Benelux')
    """
    return country_name(code, lang) if code in known_countries() else code
