# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Groups of countries by date, and the reading of country lists in users' files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from tertius.errors import BadInput, unknown
from tertius.labels._text import close_codes, fold
from tertius.labels.countries import LANGUAGES, country_aliases, country_name, region_name

__all__ = [
    "WORLD",
    "Group",
    "Span",
    "group",
    "group_members",
    "group_names",
    "group_title",
    "place_name",
    "resolve",
]

WORLD = "world"
"""The word that stands for every country of the world at hand."""

KIND = "country or group"


@dataclass(frozen=True, slots=True)
class Span:
    """Countries that belong from ``start`` (first day inside) until ``end`` (first day outside)."""

    countries: tuple[str, ...]
    start: date | None = None
    end: date | None = None

    def covers(self, on: date) -> bool:
        """Tell whether the membership holds on a day.

        Examples
        --------
        >>> Span(("GBR",), date(1973, 1, 1), date(2020, 2, 1)).covers(date(2020, 2, 1))
        False
        """
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class Group:
    """A named group: its titles, where its dates come from, who belongs when."""

    name: str
    title: str
    title_ru: str
    short: str
    short_ru: str
    source: str
    aliases: tuple[str, ...]
    spans: tuple[Span, ...]


@cache
def _groups() -> dict[str, Group]:
    import yaml

    raw = yaml.safe_load(files(__package__).joinpath("groups.yaml").read_text(encoding="utf-8"))
    spans = {
        name: tuple(Span(tuple(s["countries"]), s.get("from"), s.get("until")) for s in entry["spans"])
        for name, entry in raw.items()
    }
    return {
        name: Group(
            name=name,
            title=entry["title"],
            title_ru=entry["title_ru"],
            short=entry.get("short", entry["title"]),
            short_ru=entry.get("short_ru", entry["title_ru"]),
            source=entry["source"],
            aliases=tuple(entry.get("aliases", ())),
            spans=sum((spans[other] for other in entry.get("includes", ())), start=spans[name]),
        )
        for name, entry in raw.items()
    }


def group_names() -> tuple[str, ...]:
    """Give the names of all groups.

    Examples
    --------
    >>> "EAEU" in group_names()
    True
    """
    return tuple(_groups())


def group(name: str) -> Group:
    """Look a group up by name.

    Raises
    ------
    tertius.errors.BadInput
        If there is no such group.

    Examples
    --------
    >>> group("EAEU").title
    'Eurasian Economic Union'
    """
    found = _groups().get(name)
    if found is None:
        raise _stranger("group name", "group", name, group_names())
    return found


def group_title(name: str, lang: str = "en") -> str:
    """Give the full name of a group in English or Russian.

    Examples
    --------
    >>> group_title("EAEU", "ru")
    'Евразийский экономический союз'
    """
    if lang not in LANGUAGES:
        raise unknown("language", "language", lang, LANGUAGES)
    entry = group(name)
    return entry.title if lang == "en" else entry.title_ru


def place_name(name: str, lang: str = "en") -> str:
    """Name a country or a group as running text does.

    Examples
    --------
    >>> place_name("KAZ"), place_name("USA"), place_name("coalition-2022")
    ('Kazakhstan', 'the United States', 'the coalition of 2022')
    """
    if name in _groups():
        return group(name).short if lang == "en" else group(name).short_ru
    return f"the {region_name(name)}" if lang == "en" and name in ARTICLE else region_name(name, lang)


ARTICLE = frozenset(
    {"ARE", "BHS", "CAF", "COD", "COM", "CYM", "DOM", "FLK", "FRO", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL"}
    | {"SLB", "SYC", "USA"}
)
"""Countries whose English name takes an article in running text."""


def group_members(name: str, on: date) -> tuple[str, ...]:
    """Give the members of a group on a day.

    Parameters
    ----------
    name
        Name of the group, for example ``"EAEU"``.
    on
        The day.

    Returns
    -------
    tuple of str
        ISO3 codes, sorted; empty before the group existed.

    Raises
    ------
    tertius.errors.BadInput
        If there is no such group.

    Examples
    --------
    >>> group_members("EAEU", date(2022, 6, 8))
    ('ARM', 'BLR', 'KAZ', 'KGZ', 'RUS')
    >>> group_members("EAEU", date(2015, 1, 1))
    ('BLR', 'KAZ', 'RUS')
    """
    spans = group(name).spans
    return tuple(sorted({code for span in spans if span.covers(on) for code in span.countries}))


def resolve(names: Iterable[str], known: Sequence[str], on: date, where: str) -> tuple[str, ...]:
    """Turn the countries and groups that a user named into countries of the world at hand.

    Codes are taken exactly as written, so a typo can never pick another country; names, lower case
    and old codes are refused with a hint. Members of a group that the world lacks are dropped (they
    are part of its rest); a country that is named itself must be there, and so must at least one
    member of each group.

    Parameters
    ----------
    names
        ISO3 codes, group names, or ``"world"`` for all.
    known
        The world's own countries, in its order. They win over groups of the same name.
    on
        The day on which membership counts.
    where
        File and place, for the error.

    Returns
    -------
    tuple of str
        Each country once, in the order of ``known``.

    Raises
    ------
    tertius.errors.BadInput
        If a name is unknown, or not part of this world.

    Examples
    --------
    >>> resolve(["EAEU", "CHN"], ["CHN", "KAZ", "RUS", "USA"], date(2022, 6, 8), "my.yaml")
    ('CHN', 'KAZ', 'RUS')
    >>> resolve(["Germany"], ["DEU", "USA"], date(2022, 6, 8), "my.yaml: exporters")
    Traceback (most recent call last):
    ...
    tertius.errors.BadInput: my.yaml: exporters: 'Germany' is not a known country or group (2 countries \
here); did you mean DEU?
    """
    wanted: set[str] = set()
    for name in (names,) if isinstance(names, str) else names:
        wanted.update(_expand(name, known, on, where))
    return tuple(code for code in known if code in wanted)


def _expand(name: str, known: Sequence[str], on: date, where: str) -> tuple[str, ...]:
    """One name of a list: a country here, a group, the whole world, or an error."""
    if name in known:
        return (name,)
    if name == WORLD:
        return tuple(known)
    if name in _groups():
        return _members_here(name, known, on, where)
    raise _stranger(where, KIND, name, known)


def _members_here(name: str, known: Sequence[str], on: date, where: str) -> tuple[str, ...]:
    members = group_members(name, on)
    here = tuple(code for code in members if code in known)
    if not members:
        raise BadInput(where, f"{name!r} has no members on {on}", "set another date or name the countries")
    if not here:
        raise BadInput(
            where, f"{name!r} has no member in this world (it has {', '.join(members)})", _rest(known)
        )
    return here


def _rest(known: Sequence[str]) -> str:
    """Say what to do about a country that a world lacks."""
    inside = "ROW holds it; " if "ROW" in known else ""
    return f"{inside}leave it out, or use a world that shows it apart"


def _stranger(where: str, kind: str, name: object, known: Sequence[str]) -> BadInput:
    """Build the error for a name that is neither, with the nearest one that would do."""
    if not isinstance(name, str):
        return BadInput(where, f"{name!r} is not a {kind}", "write a code in quotes, such as 'NOR'")
    code = country_aliases().get(fold(name))
    if kind == KIND and code is not None and code not in known:
        return BadInput(where, f"{name!r} ({country_name(code)}) is not in this world", _rest(known))
    by_name = _suggestable(known)
    exact = by_name.get(fold(name))
    near = [exact] if exact else close_codes(name, by_name, by_name.values())
    if not near:
        return unknown(where, kind, name, list(dict.fromkeys((*known, *group_names()))))
    tally = f"{len(known)} countries here" if kind == KIND else f"{len(known)} are known"
    return BadInput(where, f"{name!r} is not a known {kind} ({tally})", f"did you mean {', '.join(near)}?")


def _suggestable(known: Sequence[str]) -> dict[str, str]:
    """Folded names of everything that may be written here, and what to write for each."""
    out = {fold(code): code for code in known}
    out |= {fold(name): name for name in (*group_names(), WORLD)}
    for entry in _groups().values():
        out |= {fold(alias): entry.name for alias in (entry.title, entry.title_ru, *entry.aliases)}
    return out | {name: code for name, code in country_aliases().items() if code in known}
