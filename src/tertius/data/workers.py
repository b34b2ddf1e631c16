# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How many people work in each country, and what is known of those who moved."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from tertius.data.texts import Strict, parse
from tertius.errors import unknown

__all__ = ["Wave", "labour_shares", "wave", "waves", "workers"]

Band = tuple[float, float, float]


class Evidence(Strict):
    """One figure behind a wave."""

    what: str
    status: Literal["found", "assumption"]
    source: str


class Wave(Strict):
    """Movers as known on a day: low, central, high."""

    id: str
    known_on: date
    after_article: bool
    workers: Band
    skilled: Band
    remote: Band
    sent: Band
    rows: tuple[Evidence, ...]


class WavesFile(Strict):
    """The shipped file."""

    schema_version: Literal[1]
    waves: tuple[Wave, ...]


@cache
def waves() -> dict[str, Wave]:
    """Give the shipped waves of movers from Russia to Kazakhstan.

    Examples
    --------
    >>> list(waves())
    ['2022-06', '2022-12']
    """
    text = (files("tertius.data") / "relocations.yaml").read_text(encoding="utf-8")
    return {w.id: w for w in parse(WavesFile, text, "relocations.yaml").waves}


def wave(name: str) -> Wave:
    """Look a wave up by name.

    Raises
    ------
    tertius.errors.BadInput
        If there is none.
    """
    if name not in waves():
        raise unknown("relocation", "wave", name, waves())
    return waves()[name]


@cache
def _table() -> dict[str, tuple[float, float | None]]:
    text = (files("tertius.data") / "tables/workers.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        r["country"]: (1e6 * float(r["million"]), float(r["labour_share"]) if r["labour_share"] else None)
        for r in rows
    }


def workers() -> dict[str, float]:
    """Persons engaged by country, 2019 (Penn World Table 10.01).

    Examples
    --------
    >>> round(workers()["KAZ"] / 1e6, 2)
    8.82
    """
    return {code: number for code, (number, _) in _table().items()}


def labour_shares() -> dict[str, float]:
    """Share of labour in income by country, 2019 (Penn World Table 10.01).

    Examples
    --------
    >>> labour_shares()["KAZ"]
    0.381
    """
    return {code: share for code, (_, share) in _table().items() if share is not None}
