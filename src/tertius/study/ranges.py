# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What values a quantity can take by its definition alone, and which comparisons that decides.

A rank lies between one and the number of economies, nobody loses more than all of his real income, a share
lies between none and all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tertius.study.claims import AnyQuantity, RoomQuantity

if TYPE_CHECKING:
    from tertius.study.schema import StudyFile

__all__ = ["NONE", "ROOM_RANGES", "Range", "closed", "decided", "range_of"]

OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Range:
    """What values a quantity can take at all.

    Attributes
    ----------
    low, high
        Ends, in the unit of the quantity; infinite where there is none.
    open_low, open_high
        Whether the end itself cannot be reached.
    whole
        Whether it takes whole numbers only.
    """

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False
    whole: bool = False

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low, self.open_high, self.open_low, self.whole)

    def __sub__(self, other: Range) -> Range:
        return Range(
            self.low - other.high,
            self.high - other.low,
            self.open_low or other.open_high,
            self.open_high or other.open_low,
            self.whole and other.whole,
        )

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.low:g}"
        ends = [f"{'above' if self.open_low else 'at least'} {self.low:g}"] * math.isfinite(self.low)
        ends += [f"{'below' if self.open_high else 'at most'} {self.high:g}"] * math.isfinite(self.high)
        return " and ".join(ends)


ANYTHING, NONE = Range(), Range(0.0, 0.0)
SHARE, COUNT, PLACE = Range(0.0, 1.0), Range(0.0, whole=True), Range(1.0, whole=True)
INCOME = Range(-100.0, open_low=True)  # percent: prices and income stay above zero
POSITIVE = Range(0.0)

ROOM_RANGES: Mapping[str, Mapping[str, Range]] = {
    "levers": {
        "*.mutual_in_band": SHARE,
        "*.comparable_in_band": SHARE,
        "*.levers": COUNT,
        "*.not_identified": COUNT,
    },
    "gain": {"rank, *": PLACE, "rank in Eurasia, *": PLACE, "movers": POSITIVE, "many": POSITIVE},
}
"""Room -> pattern of its numbers' names -> range; a number that is not here may be anything."""


def range_of(study: StudyFile, key: str, economies: int | None = None) -> Range:
    """Give the values that a quantity of a study can take, by its definition alone.

    Parameters
    ----------
    study
        The study.
    key
        Name of the quantity.
    economies
        How many economies its world has; None if that is not known.
    """
    q = study.quantities[key]
    own = _of_room(q) if isinstance(q, RoomQuantity) else _of_solve(study, q, economies)
    return -own if q.sign == -1 else own


def _of_room(q: RoomQuantity) -> Range:
    known = ROOM_RANGES.get(q.room, {})
    return next((r for pattern, r in known.items() if fnmatchcase(q.number, pattern)), ANYTHING)


def _of_solve(study: StudyFile, q: AnyQuantity, economies: int | None) -> Range:
    assert not isinstance(q, RoomQuantity)
    cases = [study.cases[c] for c in (q.case, q.minus) if c]
    if q.measure in ("hub_income", "additional_transit") and not any(c.routes for c in cases):
        return NONE
    if q.measure == "rank":
        return replace(PLACE, high=float(economies)) if economies else PLACE
    if q.minus or (q.over and q.measure != "hub_income"):
        return ANYTHING
    known = {"real_income": INCOME, "real_wage": INCOME, "hub_income": POSITIVE}
    return known.get(q.measure, ANYTHING)


def decided(relation: str, value: float, within: Range) -> bool | None:
    """Say whether a comparison is true for every value of a range, or for none; None if that is open.

    Examples
    --------
    >>> decided(">=", 1, Range(1, 90, whole=True)), decided(">", 90, Range(1, 90, whole=True))
    (True, False)
    >>> decided("<", 0, Range(-100, open_low=True)) is None
    True
    """
    if not _possible(OPPOSITE[relation], value, within):
        return True
    return None if _possible(relation, value, within) else False


def _possible(relation: str, value: float, within: Range) -> bool:
    """Whether some value of the range stands in this relation."""
    relation, value = closed(relation, value, within.whole)
    if relation.startswith("<"):
        touches = relation == "<=" and not within.open_low
        return within.low <= value if touches else within.low < value
    touches = relation == ">=" and not within.open_high
    return within.high >= value if touches else within.high > value


def closed(relation: str, value: float, whole: bool) -> tuple[str, float]:
    """Write a comparison of whole numbers with the bound that they can reach.

    Examples
    --------
    >>> closed("<", 3, whole=True), closed("<", 3, whole=False)
    (('<=', 2.0), ('<', 3))
    """
    if not whole:
        return relation, value
    if relation.startswith("<"):
        return "<=", float(math.floor(value) if relation == "<=" else math.ceil(value) - 1)
    return ">=", float(math.ceil(value) if relation == ">=" else math.floor(value) + 1)
