# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""One setting of everything that is assumed: hazards, scales, what deterrence is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown

__all__ = ["SWEPT", "Setting"]

SWEPT = ("west", "east", "penalty_west", "penalty_east", "rent", "worth_west", "worth_east", "power")


@dataclass(frozen=True, eq=False, slots=True)
class Setting:
    """What is assumed, not computed; each a number or an array, all broadcast together.

    Attributes
    ----------
    west, east
        h_W, h_R >= 0, intensities of the hazards.
    power
        k > 0, curvature of both hazards.
    penalty_west, penalty_east
        Factors >= 0 on what the focal state loses when struck; the striker's own cost stays.
    rent
        Factor >= 0 on what a stance brings over strict compliance when nobody strikes.
    worth_west, worth_east
        v, what deterrence is worth to each power, USD million: a lever that costs its user more is
        not credible. Infinite by default: every lever is admitted.

    Raises
    ------
    BadInput
        If a number is negative or missing, or ``power`` is not positive.

    Examples
    --------
    >>> Setting(west=0.2, east=0.1, power=2.0).at("west", 0.4).west
    0.4
    """

    west: Array | float
    east: Array | float
    power: Array | float = 1.5
    penalty_west: Array | float = 1.0
    penalty_east: Array | float = 1.0
    rent: Array | float = 1.0
    worth_west: Array | float = np.inf
    worth_east: Array | float = np.inf

    def __post_init__(self) -> None:
        for name in SWEPT:
            given = np.asarray(getattr(self, name), dtype=np.float64)
            if not (given > 0 if name == "power" else given >= 0).all():
                sign = "not positive" if name == "power" else "negative or no number"
                raise BadInput(
                    f"setting: {name}",
                    f"{np.min(given):g} is {sign}",
                    "ranges: docs/decisions/0013-choice.md",
                )

    def at(self, parameter: str, value: Array | float) -> Setting:
        """Copy with one parameter set.

        Raises
        ------
        BadInput
            If there is no such parameter.
        """
        if parameter not in SWEPT:
            raise unknown("setting", "parameter", parameter, SWEPT)
        return replace(self, **{parameter: value})

    def wide(self, parameter: str) -> Array:
        """Give one parameter with two axes appended, for ``[..., set, stance]``."""
        return np.asarray(getattr(self, parameter), dtype=np.float64)[..., None, None]
