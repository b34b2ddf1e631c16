# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""One number in every draw: what a study binds the rules of its claims to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["UNITS", "DrawnQuantity"]

UNITS = ("percent", "USD million", "times", "share", "number", "percent per percent")


@dataclass(frozen=True, slots=True)
class DrawnQuantity:
    """A number by draw.

    Attributes
    ----------
    label
        What it is, in words.
    unit
        One of ``UNITS``.
    values
        By draw, the central one first; NaN where nothing could be computed. A draw is an elasticity set.

    Examples
    --------
    >>> DrawnQuantity("loss of the target", "percent", {"FGO": 1.7, "CP": 4.6}).values["CP"]
    4.6
    """

    label: str
    unit: str
    values: Mapping[str, float]
