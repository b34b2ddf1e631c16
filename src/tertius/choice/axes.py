# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Ranges of what is assumed: a parameter from here to there, even on a plain or on a logarithmic scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tertius.choice.setting import SWEPT, Setting
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown

__all__ = ["PRIOR", "TODAY", "Axis", "today"]


@dataclass(frozen=True, slots=True)
class Axis:
    """A swept parameter and its range; the prior is even on the scale.

    Attributes
    ----------
    parameter
        Field of :class:`~tertius.choice.setting.Setting`.
    low, high
        Range.
    scale
        ``log``: each doubling is as likely as any other; ``linear``: each step is.

    Raises
    ------
    BadInput
        If there is no such parameter, or the range is empty, negative, or zero on a logarithmic scale.

    Examples
    --------
    >>> Axis("west", 0.01, 1.0).at(np.array([0.0, 0.5, 1.0])).round(4).tolist()
    [0.01, 0.1, 1.0]
    """

    parameter: str
    low: float
    high: float
    scale: Literal["log", "linear"] = "log"

    def __post_init__(self) -> None:
        if self.parameter not in SWEPT:
            raise unknown("axis", "parameter", self.parameter, SWEPT)
        where = f"axis: {self.parameter}"
        if self.scale not in ("log", "linear"):
            raise unknown(where, "scale", self.scale, ("log", "linear"))
        if not 0 <= self.low < self.high < np.inf:
            raise BadInput(where, f"{self.low:g} to {self.high:g} is no range", "give 0 <= low < high")
        if self.scale == "log" and self.low == 0:
            raise BadInput(
                where, "a logarithmic scale cannot start at zero", "start above zero, or use linear"
            )

    def at(self, share: Array) -> Array:
        """Values at places from 0 (low) to 1 (high)."""
        if self.scale == "log":
            return np.asarray(self.low * (self.high / self.low) ** share)
        return np.asarray(self.low + (self.high - self.low) * share)

    def place(self, value: float) -> float:
        """Place of a value, the inverse of ``at``."""
        if self.scale == "log":
            return float(np.log(value / self.low) / np.log(self.high / self.low))
        return (value - self.low) / (self.high - self.low)

    def middles(self, n: int) -> Array:
        """Values in the middle of ``n`` cells that are equally likely."""
        return self.at((np.arange(n) + 0.5) / n)


PRIOR = (Axis("west", 0.01, 2.0), Axis("east", 0.01, 2.0))
TODAY = (Axis("west", 0.05, 0.4), Axis("east", 0.02, 0.2))


def today(power: float = 1.5) -> Setting:
    """Give the middle of today's assumed box, on its scale.

    Examples
    --------
    >>> round(today().west, 3), round(today().east, 3)
    (0.141, 0.063)
    """
    west, east = (float(axis.at(np.array(0.5))) for axis in TODAY)
    return Setting(west, east, power)
