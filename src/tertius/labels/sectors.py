# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Sectors: 27 goods industries of the inter-country input-output tables, and services as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tertius.errors import BadInput, unknown
from tertius.labels._text import close_codes, fold, read_rows, split_list
from tertius.labels.countries import LANGUAGES

__all__ = [
    "ALL",
    "SECTORS",
    "Sector",
    "resolve_sectors",
    "sector_aliases",
    "sector_group_members",
    "sector_group_names",
    "sector_name",
]

# fmt: off
SECTORS: tuple[str, ...] = (
    "A01", "A02", "A03", "B05", "B06", "B07", "B08", "B09", "C10T12", "C13T15", "C16", "C17_18",
    "C19", "C20", "C21", "C22", "C23", "C24A", "C24B", "C25",
    "C26", "C27", "C28", "C29", "C301", "C302T309", "C31T33", "SERV",
)
# fmt: on
"""Codes of the shipped worlds' sectors, in their order."""

ALL = "all"
"""The word that stands for every sector of the world at hand."""

KIND = "sector or sector group"


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector: its code, short names, the groups it belongs to, and other names in use."""

    code: str
    name: str
    name_ru: str
    groups: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def _sectors() -> dict[str, Sector]:
    return {
        row["code"]: Sector(
            row["code"], row["name"], row["name_ru"], split_list(row["groups"]), split_list(row["aliases"])
        )
        for row in read_rows("sectors.csv")
    }


def sector_name(code: str, lang: str = "en") -> str:
    """Name a sector in English or Russian.

    Raises
    ------
    tertius.errors.BadInput
        If the code or the language is unknown.

    Examples
    --------
    >>> sector_name("B06"), sector_name("B06", "ru")
    ('Crude oil and gas', 'Нефть и газ')
    """
    if lang not in LANGUAGES:
        raise unknown("language", "language", lang, LANGUAGES)
    entry = _sectors().get(code)
    if entry is None:
        raise _stranger("sector code", "sector", code, SECTORS)
    return entry.name if lang == "en" else entry.name_ru


@cache
def _members() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {ALL: SECTORS}
    for entry in _sectors().values():
        for name in entry.groups:
            groups[name] = (*groups.get(name, ()), entry.code)
    return groups


def sector_group_names() -> tuple[str, ...]:
    """Give the names of all sector groups.

    Examples
    --------
    >>> "manufacturing" in sector_group_names()
    True
    """
    return tuple(_members())


def sector_group_members(name: str) -> tuple[str, ...]:
    """Give the sectors of a group, in their order.

    Raises
    ------
    tertius.errors.BadInput
        If there is no such group.

    Examples
    --------
    >>> sector_group_members("energy")
    ('B05', 'B06', 'C19')
    """
    members = _members().get(name)
    if members is None:
        raise unknown("sector group name", "sector group", name, sector_group_names())
    return members


@cache
def sector_aliases() -> dict[str, str]:
    """Map every folded name of a sector to its code.

    Raises
    ------
    tertius.errors.BadInput
        If one name would stand for two sectors.

    Examples
    --------
    >>> sector_aliases()["services (aggregate)"]
    'SERV'
    """
    out: dict[str, str] = {}
    for entry in _sectors().values():
        for name in (entry.code, entry.name, entry.name_ru, *entry.aliases):
            if out.setdefault(fold(name), entry.code) != entry.code:
                raise BadInput("sectors.csv", f"{name!r} stands for {out[fold(name)]} and {entry.code}")
    return out


def resolve_sectors(names: Iterable[str], known: Sequence[str], where: str) -> tuple[str, ...]:
    """Turn the sectors and sector groups that a user named into sectors of the world at hand.

    The rules are those of `tertius.labels.resolve`: codes exactly as written, group members that the
    world lacks are dropped, anything else is refused with a hint.

    Parameters
    ----------
    names
        Sector codes, group names, or ``"all"``.
    known
        The world's own sectors, in its order. They win over groups of the same name.
    where
        File and place, for the error.

    Returns
    -------
    tuple of str
        Each sector once, in the order of ``known``.

    Raises
    ------
    tertius.errors.BadInput
        If a name is unknown, or not part of this world.

    Examples
    --------
    >>> resolve_sectors(["energy", "C26"], SECTORS, "my.yaml")
    ('B05', 'B06', 'C19', 'C26')
    """
    wanted: set[str] = set()
    for name in (names,) if isinstance(names, str) else names:
        wanted.update(_expand(name, known, where))
    return tuple(code for code in known if code in wanted)


def _expand(name: str, known: Sequence[str], where: str) -> tuple[str, ...]:
    """One name of a list: a sector here, a group, all sectors, or an error."""
    if name in known:
        return (name,)
    if name == ALL:
        return tuple(known)
    if name not in _members():
        raise _stranger(where, KIND, name, known)
    here = tuple(code for code in _members()[name] if code in known)
    if not here:
        members = ", ".join(_members()[name])
        raise BadInput(
            where, f"{name!r} has no sector in this world (it has {members})", "name sectors of it"
        )
    return here


def _stranger(where: str, kind: str, name: object, known: Sequence[str]) -> BadInput:
    """Build the error for a name that is neither, with the nearest one that would do."""
    if not isinstance(name, str):
        return BadInput(where, f"{name!r} is not a {kind}", "write a code in quotes, such as 'C26'")
    code = sector_aliases().get(fold(name))
    if code is not None and code not in known:
        return BadInput(
            where, f"{name!r} ({sector_name(code)}) is not a sector of this world", "name its own sectors"
        )
    by_name = {fold(code): code for code in known}
    by_name |= {fold(group): group for group in sector_group_names()}
    by_name |= {alias: code for alias, code in sector_aliases().items() if code in known}
    exact = by_name.get(fold(name))
    near = [exact] if exact else close_codes(name, by_name, by_name.values())
    if not near:
        return unknown(where, kind, name, list(dict.fromkeys((*known, *sector_group_names()))))
    return BadInput(
        where,
        f"{name!r} is not a known {kind} ({len(known)} sectors here)",
        f"did you mean {', '.join(near)}?",
    )
