# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A linear axis that always contains zero, with rounded ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from tertius.report.charts.colours import short
from tertius.report.charts.svg import element, text

__all__ = ["Axis", "ticks"]

LABEL = 36.0  # room that a tick label needs


def ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Choose at most ``most`` rounded ticks (1, 2, 2.5 or 5 times a power of ten) between two numbers.

    Examples
    --------
    >>> ticks(-0.1, 0.7)
    (0.0, 0.2, 0.4, 0.6)
    """
    span = high - low
    power = 10.0 ** math.floor(math.log10(span / most))
    for step in (power * m for m in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return tuple(float(f"{k * step:.6g}") + 0.0 for k in range(first, last + 1))
    return (0.0,)


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear map from values to x coordinates.

    Attributes
    ----------
    low, high
        Ends in the unit of the values; zero lies between them.
    left, right
        The x coordinates of the ends.
    """

    low: float
    high: float
    left: float
    right: float

    @classmethod
    def around(cls, values: Iterable[float], left: float, right: float) -> Axis:
        """Build the axis that holds all values and zero, with a little room at the ends."""
        held = [0.0, *values]
        low, high = min(held), max(held)
        room = 0.04 * (high - low) or 1.0
        return cls(low - (room if low < 0 else 0), high + (room if high > 0 else 0) or 1.0, left, right)

    def x(self, value: float) -> float:
        """Give the x coordinate of a value."""
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)

    def grid(self, top: float, bottom: float, unit: str, *, signed: bool = True) -> str:
        """Draw grid lines, the zero line and tick labels; a label at the end is the unit.

        Levels, unlike changes, carry no plus sign: ``signed`` is false.
        """
        marks = ticks(self.low, self.high, most=max(2, int((self.right - self.left) / LABEL)))
        lines = [
            element("line", x1=self.x(t), x2=self.x(t), y1=top, y2=bottom, class_="grid" if t else "zero")
            for t in marks
        ]
        labels = [text(short(t, signed=signed), self.x(t), bottom + 14, "tick mid") for t in marks]
        return "".join([*lines, *labels, text(unit, 400, bottom + 14, "tick end")])
