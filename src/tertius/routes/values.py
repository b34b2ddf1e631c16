# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Values chosen from the ranges of a routes file."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tertius.routes.schema import Range

__all__ = ["LEVELS", "Values", "choose"]

LEVELS = ("low", "central", "high")


@dataclass(frozen=True, slots=True)
class Values:
    """A level of each range (``low``, ``central``, ``high``), or one number for all.

    Attributes
    ----------
    q
        Elasticity of routes over that of trade.
    margin, rent
        Of hubs.
    shares
        Base shares or leakages of paths.
    """

    q: str | float = "central"
    margin: str | float = "central"
    rent: str | float = "central"
    shares: str = "central"

    @property
    def changed(self) -> dict[str, str | float]:
        """What is not central."""
        return {f.name: v for f in fields(self) if (v := getattr(self, f.name)) != "central"}


def choose(found: Range, value: str | float) -> float:
    """Take a level of a range, or the number instead of it."""
    return found.at(value) if isinstance(value, str) else float(value)
