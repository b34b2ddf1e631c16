# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How much of the pay in each sector goes to skilled people."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["SkilledShare", "skilled_shares"]


@dataclass(frozen=True, slots=True)
class SkilledShare:
    """Pay of people with a tertiary degree in the pay of all, in one sector.

    Attributes
    ----------
    sector
        Code of the sector.
    share, low, high
        Central value and plausible range, between 0 and 1.
    status
        "assumption": no number was measured at this detail for the countries of the shipped worlds.
    basis
        What the number rests on.
    """

    sector: str
    share: float
    low: float
    high: float
    status: str
    basis: str


@cache
def skilled_shares() -> dict[str, SkilledShare]:
    """Give the shipped shares by sector.

    Examples
    --------
    >>> skilled_shares()["C21"].share > skilled_shares()["A01"].share
    True
    """
    text = (files("tertius.data") / "tables" / "skills.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        r["sector"]: SkilledShare(
            r["sector"], float(r["skilled"]), float(r["low"]), float(r["high"]), r["status"], r["basis"]
        )
        for r in rows
    }
