# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Claims S3 and S5: the rules of docs/decisions/0014-gain.md as pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tertius.errors import unknown
from tertius.labels.groups import group_members
from tertius.sky.verdict import Judgement
from tertius.text import say

__all__ = ["EURASIA", "MEASURES", "Economies", "Judgement", "main_beneficiary", "many_movers"]

Array = NDArray[np.float64]
MEASURES = ("usd", "percent", "per_head")
FIRST = 3  # "one of the main"
FEWEST = 8  # economies of Eurasia that a ranking needs
MOST, LEAST = 0.9, 0.1  # shares of draws
MANY = 0.001  # of the workers of the country that receives them


def _eurasia() -> frozenset[str]:
    on = date(2022, 6, 8)
    groups = [group_members(g, on) for g in ("EAEU", "caucasus", "central-asia")]
    return frozenset({"CHN", "IND", "IRN", "MNG", "TUR"}.union(*groups))


EURASIA = _eurasia()


@dataclass(frozen=True, eq=False, slots=True)
class Economies:
    """Who is compared with whom.

    Attributes
    ----------
    names
        Economies in the order of all arrays.
    income
        Base income ``[n]``, USD million.
    heads
        Persons ``[n]``.
    ranked
        Those that have a rank: all but the rest of the world.
    """

    names: tuple[str, ...]
    income: Array
    heads: Array
    ranked: frozenset[str]

    @property
    def eurasia(self) -> frozenset[str]:
        """Ranked economies of Eurasia."""
        return self.ranked & EURASIA

    def by(self, dollars: Array, measure: str) -> Array:
        """Express USD million ``[n]`` as "usd", "percent" of base income or USD "per_head"."""
        if measure not in MEASURES:
            raise unknown("gain: measure", "measure", measure, MEASURES)
        if measure == "usd":
            return dollars
        out: Array = dollars * (100.0 / self.income if measure == "percent" else 1e6 / self.heads)
        return out

    def ranks(self, values: Array, among: str = "world") -> dict[str, int]:
        """Rank values ``[n]``, the largest first, unknown ones last, among "world" or "eurasia"."""
        group = self.eurasia if among == "eurasia" else self.ranked
        known = dict(zip(self.names, np.where(np.isnan(values), -np.inf, values), strict=True))
        order = sorted(group, key=lambda c: (-known[c], c))
        return {c: k for k, c in enumerate(order, start=1)}


def _standing(e: Economies, focal: str, dollars: Array) -> tuple[bool, bool]:
    """Whether a country passes, and whether it fails: above zero, among the first by percent and head."""
    first = [e.ranks(e.by(dollars, m), "eurasia")[focal] <= FIRST for m in ("percent", "per_head")]
    gains = bool(dollars[e.names.index(focal)] > 0)
    return gains and all(first), not gains or not any(first)


def main_beneficiary(
    economies: Economies, focal: str, totals: Mapping[float, Array], draws: Array
) -> Judgement:
    """Judge S5: one of the main beneficiaries of Eurasia.

    Parameters
    ----------
    economies
        All economies with incomes and heads.
    focal
        The country; outside Eurasia nothing is identified.
    totals
        Share of the energy price -> central total ``[n]``, USD million.
    draws
        Totals without energy ``[draw, n]``.

    Returns
    -------
    Judgement
    """
    group = economies.eurasia
    if len(group) < FEWEST or focal not in group:
        there = say("too few") if focal in group else say("{focal} not among them", focal=focal)
        words = say(
            "not ranked: economies of Eurasia in the world file: {n}, {there}", n=len(group), there=there
        )
        return Judgement("not identified", words, {"economies": float(len(group))})
    standing = {a: _standing(economies, focal, t) for a, t in totals.items()}
    passing = float(np.mean([_standing(economies, focal, d)[0] for d in draws]))
    quantities = {"draws that pass": passing, "economies": float(len(group))}
    for a, t in totals.items():
        for m in MEASURES:
            rank = economies.ranks(economies.by(t, m), "eurasia")[focal]
            quantities[f"rank, {m}, energy {a:g}"] = float(rank)
    passes, fails = [p for p, _ in standing.values()], [f for _, f in standing.values()]
    words = say(
        "among the first {first} of {all} in percent and per head at {passes} of {shares} shares of the"
        " energy price, and in {passing:.0f} % of draws without energy",
        first=FIRST,
        all=len(group),
        passes=sum(passes),
        shares=len(passes),
        passing=100 * passing,
    )
    if all(passes) and passing >= MOST:
        return Judgement("supported", words, quantities)
    if all(fails) and passing <= LEAST:
        return Judgement("contradicted", words, quantities)
    return Judgement("not robust" if LEAST < passing < MOST else "mixed", words, quantities)


def many_movers(
    workers: Sequence[float], present: float, income: Sequence[float], counted: bool = True
) -> Judgement:
    """Judge S3: many workers have moved in, as known on the article's date.

    Parameters
    ----------
    workers
        Movers who work: low, central, high.
    present
        Workers of the country that receives them.
    income
        Change of its real income in the three cases, percent.
    counted
        Whether any cited count at the destination stands behind the band.

    Examples
    --------
    >>> many_movers((3000, 8000, 20000), 8.8e6, (0.02, 0.05, 0.17)).verdict
    'not identified'
    """
    low, central, high = workers
    bar = MANY * present
    quantities = {"low": low, "central": central, "high": high, "many": bar, "least effect": min(income)}
    words = say("{low:,.0f} to {high:,.0f} movers who work; many is {bar:,.0f}", low=low, high=high, bar=bar)
    if not counted:
        return Judgement(
            "not identified", say("{words}; no count at the destination", words=words), quantities
        )
    if high < bar:
        return Judgement("contradicted", words, quantities)
    if low < bar:
        return Judgement(
            "not identified", say("{words}: the band lies on both sides", words=words), quantities
        )
    rises = all(x > 0 for x in income)
    return Judgement("supported" if rises else "mixed", words, quantities)
