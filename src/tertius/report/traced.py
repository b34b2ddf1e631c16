# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Numbers of a run with the ids of the rows of its results table that they are taken from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, TypeVar

from tertius.report.sections import Cell
from tertius.study.quantities import ANY, central_draw

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Traced"]

K = TypeVar("K", bound=Hashable)
STATISTICS = ("min", "median", "max")
KEYS = ["case", "closure", "region", "variable", "elasticity"]


class Traced:
    """Ranges over the draws, and single draws, each with the ids of their rows."""

    def __init__(self, table: pd.DataFrame) -> None:
        summary = table["elasticity"].isin(STATISTICS)
        rows = table[summary]
        keys = rows[KEYS].itertuples(index=False, name=None)
        self._rows = dict(zip(keys, zip(rows["value"], rows["id"], strict=True), strict=True))
        self._ids = {
            (variable, closure, stat): row
            for (_, closure, _, variable, stat), (_, row) in self._rows.items()
            if variable.startswith("Quantity|")
        }
        of_rooms = table[table["variable"].str.startswith("Room|")]
        self._room = {
            (case, variable.removeprefix("Room|"), stat): (value, row)
            for case, variable, stat, value, row in of_rooms[
                ["case", "variable", "elasticity", "value", "id"]
            ].itertuples(index=False, name=None)
        }
        self._first = _central(((case, number), draw) for case, number, draw in self._room)
        asked = table[table["variable"].str.startswith("Quantity|") & (table["closure"] == ANY)]
        self._asked = {
            (variable, draw): row
            for variable, draw, row in asked[["variable", "elasticity", "id"]].itertuples(
                index=False, name=None
            )
        }
        self._middle = _central(self._asked)

    def has(self, case: str, closure: str, region: str) -> bool:
        """Whether any elasticity set has an equilibrium."""
        return (case, closure, region, "Welfare|real_income", "median") in self._rows

    def spread(self, case: str, closure: str, region: str) -> tuple[tuple[float, float, float], str]:
        """Low, median, high of real income, and their ids, over the sets with an equilibrium."""
        found = [self._rows[case, closure, region, "Welfare|real_income", s] for s in STATISTICS]
        low, median, high = (float(value) for value, _ in found)
        return (low, median, high), " ".join(i for _, i in found)

    def ids(self, key: str, closure: str) -> tuple[str, ...]:
        """Ids of low, median and high of a quantity of the study, or of ``room.number``."""
        if closure == ANY:
            room, _, number = key.partition(".")
            middle = self._first[room, number]
            return tuple(self._room[room, number, s][1] for s in ("min", middle, "max"))
        variable = f"Quantity|{key}"
        if (variable, closure, "median") in self._ids:
            return tuple(self._ids[variable, closure, s] for s in STATISTICS)
        return tuple(self._asked[variable, s] for s in ("min", self._middle[variable], "max"))

    def has_number(self, room: str, number: str) -> bool:
        """Whether a room gave a value to a number in some draw."""
        return (room, number) in self._first

    def cell(self, room: str, number: str, draw: str = "") -> Cell:
        """A number of a room in one draw (else the central one) within its range over all draws."""
        value, row = self._room[room, number, draw or self._first[room, number]]
        (low, a), (high, b) = self._room[room, number, "min"], self._room[room, number, "max"]
        return Cell(value, low, high, (row, a, b))


def _central(drawn: Iterable[tuple[K, str]]) -> dict[K, str]:
    """Central draw of each number, from all its draws and statistics."""
    draws: dict[K, list[str]] = {}
    for number, draw in drawn:
        if draw not in STATISTICS:
            draws.setdefault(number, []).append(draw)
    return {number: central_draw(names) for number, names in draws.items()}
