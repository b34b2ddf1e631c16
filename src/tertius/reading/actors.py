# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Which countries and groups a text names: names, adjectives and seats of government, in every case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import Field

from tertius.data.texts import Strict, parse
from tertius.labels import known_countries
from tertius.labels.countries import country
from tertius.labels.groups import group
from tertius.reading.declension import adjective_forms, noun_forms, people_forms
from tertius.reading.words import Word, words

__all__ = ["actors_in", "powers"]

NOT_A_NAME = re.compile(r"[,()&0-9]|\bnes\b")
ADJECTIVE = ("ая", "ые", "ий", "ый", "ое")
REST = "ROW"


class _Names(Strict):
    powers: tuple[str, ...]
    abbreviations: tuple[str, ...]
    countries: dict[str, tuple[str, ...]]
    peoples: dict[str, tuple[str, ...]]
    groups: dict[str, tuple[str, ...]]
    excluded: tuple[tuple[str, ...], ...] = Field(alias="not")
    unless: dict[str, tuple[str, ...]]
    never_first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in all its forms: of each word the forms in lower case, or its exact capitals.

    Attributes
    ----------
    actor
        Country or group; empty for a longer name that means something else.
    forms
        Of each word.
    capital
        Whether it must begin with a capital.
    exact
        An abbreviation, which must stand in capitals.
    """

    actor: str
    forms: tuple[frozenset[str], ...]
    capital: bool
    exact: str = ""


@cache
def _names() -> _Names:
    return parse(
        _Names, files(__package__).joinpath("actors.yaml").read_text(encoding="utf-8"), "actors.yaml"
    )


def powers() -> tuple[str, ...]:
    """Give the states that a draft takes for powers: the members of the G20.

    Examples
    --------
    >>> "TUR" in powers(), "KAZ" in powers()
    (True, False)
    """
    return _names().powers


@cache
def _by_first() -> Mapping[str, Sequence[_Name]]:
    """Every name by the forms of its first word, the longest first."""
    table: dict[str, list[_Name]] = defaultdict(list)
    for name in _all():
        for form in name.forms[0]:
            table[form].append(name)
    return {form: sorted(own, key=lambda n: -len(n.forms)) for form, own in table.items()}


def _all() -> Iterator[_Name]:
    known = _names()
    for code in known_countries():
        if code == REST:
            continue
        entry = country(code)
        for name in dict.fromkeys(
            (entry.name, entry.name_ru, *entry.aliases, *known.countries.get(code, ()))
        ):
            if _usable(name):
                yield from _forms(code, name)
    for code, peoples in known.peoples.items():
        yield from (_Name(code, (people_forms(p),), capital=False) for p in peoples)
    for code, names in known.groups.items():
        for name in names:
            yield from _forms(group(code).name, name)
    for name in (n for line in known.excluded for n in line):
        yield from _forms("", name)


def _usable(name: str) -> bool:
    """Whether texts write a country so: not the codes and inverted names of trade files."""
    if NOT_A_NAME.search(name):
        return False
    return not name.isupper() or not name.isascii() or name.replace(".", "") in _names().abbreviations


def _forms(actor: str, name: str) -> Iterator[_Name]:
    parts = words(name)
    if len(parts) == 1 and parts[0].text.isupper():
        yield _Name(actor, (frozenset({parts[0].lower}),), True, parts[0].text)
    elif parts:
        adjective = len(parts) == 1 and name[0].islower()
        forms = tuple(_word_forms(w, last=k == len(parts) - 1, alone=adjective) for k, w in enumerate(parts))
        yield _Name(actor, forms, capital=not adjective)


def _word_forms(word: Word, *, last: bool, alone: bool) -> frozenset[str]:
    if word.text.isascii() or not re.search("[а-яё]", word.lower):
        return frozenset({word.lower, f"{word.lower}s"} if last else {word.lower})
    if alone or (not last and word.lower.endswith(ADJECTIVE)):
        return adjective_forms(word.lower)
    return noun_forms(word.text)


def actors_in(sentence: Sequence[Word]) -> list[str]:
    """Name the countries and groups of a sentence, as often as they are named, in order.

    Parameters
    ----------
    sentence
        Its words.

    Returns
    -------
    list of str
        ISO3 codes and names of groups.

    Examples
    --------
    >>> actors_in(words("Россия и казахстанские элиты смотрят на Запад"))
    ['RUS', 'KAZ', 'coalition-2022']
    >>> actors_in(words("New Mexico and the Niger River"))
    []
    """
    found, k = list[str](), 0
    near = {w.lower for w in sentence}
    while k < len(sentence):
        name = next((n for n in _by_first().get(sentence[k].lower, ()) if _stands(n, sentence, k)), None)
        if name is None:
            found += _in_parts(sentence[k])
            k += 1
            continue
        if name.actor and not _elsewhere(name, sentence[k], first=k == 0, near=near):
            found.append(name.actor)
        k += len(name.forms)
    return found


def _in_parts(word: Word) -> list[str]:
    """Name the actors in the parts of a word with hyphens that is no name itself."""
    parts = re.split("[-\u2010]", word.text)
    return [code for part in parts for code in actors_in(words(part))] if len(parts) > 1 else []


def _stands(name: _Name, sentence: Sequence[Word], at: int) -> bool:
    if at + len(name.forms) > len(sentence):
        return False
    first = sentence[at].text
    if name.exact:
        return first == name.exact
    if name.capital and not first[0].isupper():
        return False
    return all(sentence[at + k].lower in forms for k, forms in enumerate(name.forms))


def _elsewhere(name: _Name, word: Word, *, first: bool, near: set[str]) -> bool:
    """Whether the name means something else here."""
    known = _names()
    other = {w.casefold() for w in known.unless.get(name.actor, ())}
    return bool(other & near) or (first and word.text in known.never_first)
