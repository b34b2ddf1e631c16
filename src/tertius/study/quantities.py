# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Quantities over all draws: from solves and from rooms, in one form, and their ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

import numpy as np

from tertius.errors import unknown
from tertius.study.cases import Grid, unit_of
from tertius.study.chapter import Chapter
from tertius.study.claims import Quantity, RoomQuantity
from tertius.text import Text, figure, joined, say

__all__ = ["ANY", "Drawn", "Estimate", "Quantities", "all_quantities", "central_draw", "estimate", "fill"]

ANY = ""
"""Closure of a number that does not depend on the closures of the study: those of rooms."""

STYLE = {
    "percent": (2, "+", "\N{NARROW NO-BREAK SPACE}%"),
    "USD million": (1, "+", say(" USD million")),
    "times": (1, "", ""),
    "rank": (0, "", ""),
    "share": (2, "", ""),
    "number": (0, "", ""),
    "percent per percent": (4, "+", say(" percent per percent")),
}
"""Unit -> decimals, sign of a gain, what stands after the number."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A quantity in every draw.

    Attributes
    ----------
    label, unit
        What it is.
    values
        (draw, closure) -> value; NaN where no equilibrium was found.
    signed, over
        As of :class:`tertius.study.chapter.Measured`.
    """

    label: str
    unit: str
    values: Mapping[tuple[str, str], float]
    signed: bool = True
    over: str = ""


Quantities = dict[str, Drawn]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity over its draws, for one closure.

    Attributes
    ----------
    key, label, unit, closure
        What it is.
    low, central, high
        Least, central and largest over the draws that have a value.
    statistic
        What is central: the median over the draws of solves; the central draw, which is its first, of a room.
    draws
        Names of the draws used.
    missing
        Draws without an equilibrium.
    signed, over
        As of :class:`tertius.study.chapter.Measured`.
    """

    key: str
    label: str
    unit: str
    closure: str
    low: float
    central: float
    high: float
    draws: tuple[str, ...]
    missing: int
    signed: bool = True
    over: str = ""
    statistic: str = "median"

    @property
    def count(self) -> int:
        """How many draws were used."""
        return len(self.draws)

    @property
    def words(self) -> Text:
        """Central value and range in words."""
        if self.count == 0:
            return say("no equilibrium") if self.missing else say("(not computed)")
        places, signed, unit = STYLE.get(self.unit, (2, "", joined("", (" ", self.unit))))
        if self.unit == "USD million" and max(abs(self.low), abs(self.high)) >= 100:
            places = 0  # tenths of a million say nothing beside hundreds
        spec = f"{signed if self.signed else ''},.{places}f"
        middle = figure(self.central, spec, unit)
        if self.low == self.high:
            return middle
        low, high = figure(self.low, spec), figure(self.high, spec)
        return say("{middle} ({low} to {high})", middle=middle, low=low, high=high)

    def __str__(self) -> str:
        return str(self.words)


def all_quantities(grid: Grid, chapters: Mapping[str, Chapter]) -> Quantities:
    """Give every quantity of the study in every draw; NaN where no equilibrium was found.

    Parameters
    ----------
    grid
        The study with all its draws.
    chapters
        What the rooms computed; a quantity of a room that was left out has no draw.

    Raises
    ------
    BadInput
        If a quantity names a number that its room does not give.
    """
    out = {}
    for key, q in grid.study.quantities.items():
        out[key] = _of_room(key, q, chapters) if isinstance(q, RoomQuantity) else _of_solves(grid, q)
    return out


def estimate(quantities: Quantities, key: str, closure: str) -> Estimate:
    """Give the range of a quantity over the draws under one closure."""
    q = quantities[key]
    of_room = all(c == ANY for _, c in q.values)
    drawn = {draw: v for (draw, c), v in q.values.items() if c in (closure, ANY)}
    found = {draw: v for draw, v in drawn.items() if not np.isnan(v)}
    low, central, high = np.quantile(list(found.values()), [0, 0.5, 1]) if found else (np.nan,) * 3
    if of_room and found:
        central = found[central_draw(found)]
    missing, statistic = len(drawn) - len(found), "central" if of_room else "median"
    return Estimate(
        key, q.label, q.unit, closure, low, central, high, tuple(found), missing, q.signed, q.over, statistic
    )


def central_draw(draws: Iterable[str]) -> str:
    """Name the central one of a room's draws: the one called so, else the first.

    Examples
    --------
    >>> central_draw(["low", "central", "high"]), central_draw(["FGO", "CP"])
    ('central', 'FGO')
    """
    names = list(draws)
    return "central" if "central" in names else names[0]


def fill(template: str, quantities: Quantities, closure: str) -> Text:
    """Put estimates under a closure into the places of a template."""
    names = {field for _, field, _, _ in Formatter().parse(template) if field}
    return say(template, **{n: estimate(quantities, n, closure).words for n in names})


def _of_solves(grid: Grid, q: Quantity) -> Drawn:
    def by_draw(case: str, country: str) -> dict[tuple[str, str], float]:
        return {
            (d.elasticity, d.closure): grid.value(d, q.measure, country) for d in grid.draws if d.case == case
        }

    own = by_draw(q.case, q.country)
    less = by_draw(q.minus, q.country) if q.minus else dict.fromkeys(own, 0.0)
    top = {k: own[k] - less[k] for k in own}
    if q.over:
        other = by_draw(q.case, q.over)
        top = {k: v / other[k] if other[k] else float("nan") for k, v in top.items()}
    unit = "times" if q.over else unit_of(q.measure)
    return Drawn(q.label, unit, {k: q.sign * v for k, v in top.items()})


def _of_room(key: str, q: RoomQuantity, chapters: Mapping[str, Chapter]) -> Drawn:
    if q.room not in chapters:
        return Drawn(q.label, "number", {})
    known: Iterable[str] = chapters[q.room].numbers
    if q.number not in known:
        raise unknown(f"quantities.{key}.number", f"number of the room {q.room}", q.number, known)
    found = chapters[q.room].numbers[q.number]
    values = {(draw, ANY): q.sign * v for draw, v in found.values.items()}
    return Drawn(q.label, found.unit, values, found.signed or q.sign == -1, found.over)
