# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Published totals that a world is held against; they inform, they are never fitted."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Anchor", "anchors", "anchors_for"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """One published total.

    Attributes
    ----------
    year, quantity, country, partner
        ``quantity`` is "gdp", "goods_exports" or "goods_imports"; partner may be empty (all).
    value, unit
        In USD billion, current.
    source
        Id of an origin record.
    note
        What to know when comparing.
    """

    year: int
    quantity: str
    country: str
    partner: str
    value: float
    unit: str
    source: str
    note: str


@cache
def anchors() -> tuple[Anchor, ...]:
    """Give all shipped anchors.

    Examples
    --------
    >>> any(a.country == "KAZ" and a.quantity == "gdp" for a in anchors())
    True
    """
    text = (files("tertius.data") / "tables" / "anchors.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Anchor(
            int(r["year"]), r["quantity"], r["country"], r["partner"],
            float(r["value"]), r["unit"], r["source"], r["note"],
        )
        for r in rows
    )  # fmt: skip


def anchors_for(year: int | None) -> tuple[Anchor, ...]:
    """Give the anchors of one year."""
    return tuple(a for a in anchors() if a.year == year)
