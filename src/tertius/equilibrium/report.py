# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A solve returns its story: outcome, sweeps, residual, worst market, time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from tertius.errors import NotSolved

__all__ = ["Outcome", "SolveReport"]


class Outcome(StrEnum):
    """How a solve ended; the value is the message."""

    converged = "converged"
    too_many_sweeps = (
        "no convergence within the sweeps allowed: the shock may have no equilibrium;"
        " try a part of it, or raise max_sweeps"
    )
    no_supplier = (
        "a market has lost every supplier: with Cobb-Douglas demand its price is infinite;"
        " leave some share of trade open"
    )
    isolated_with_deficit = (
        "countries cut off from the rest can neither run a deficit with it nor pay or be paid by it, so no"
        " equilibrium exists; use closure='balanced', or leave some trade open"
    )
    no_income = (
        "the deficits kept fixed take all income of a country that trades less, so no equilibrium exists;"
        " use closure='balanced', or a smaller shock"
    )

    @property
    def asked_for(self) -> bool:
        """Whether the scenario itself rules an equilibrium out, found before any iteration."""
        return self in (Outcome.no_supplier, Outcome.isolated_with_deficit)


@dataclass(frozen=True, slots=True)
class SolveReport:
    """The story of one solve.

    Attributes
    ----------
    outcome
        How it ended.
    sweeps
        Evaluations of all equations.
    residual
        Largest residual of any equation: prices and wages in logs, goods relative to the country's
        own income.
    worst
        The market that has it.
    seconds
        Wall time of the solve.
    method
        What found it: "anderson", "newton", "continuation" or "damped".
    tol
        The tolerance asked for.
    closure
        The rule for deficits.
    reached
        Share of the shock up to which an equilibrium was found; one if it converged.
    notes
        What a reader must know (base solved again, wages left undetermined).
    culprit
        After a failure: the measure that moves the worst market most at the base year, if it is known.
    """

    outcome: Outcome
    sweeps: int
    residual: float
    worst: str
    seconds: float
    method: str
    tol: float
    closure: str
    reached: float = 1.0
    notes: tuple[str, ...] = ()
    culprit: str = ""

    @property
    def converged(self) -> bool:
        """Whether an equilibrium was found."""
        return self.outcome is Outcome.converged

    def require(self) -> None:
        """Raise :class:`NotSolved` unless an equilibrium was found."""
        if not self.converged:
            raise NotSolved(str(self))

    def __str__(self) -> str:
        if self.converged:
            return (
                f"converged: residual {self.residual:.1e} after {self.sweeps} sweeps"
                f" ({self.method}, {1e3 * self.seconds:.0f} ms)"
            )
        blame = f"; moved most by {self.culprit}" if self.culprit else ""
        if self.sweeps == 0:
            return f"{self.outcome.value} ({self.worst}{blame})"
        so_far = f"; solved up to {math.floor(100 * self.reached)} % of the shock" if self.reached else ""
        return (
            f"{self.outcome.value} (residual {self.residual:.1e} at {self.worst} after {self.sweeps}"
            f" sweeps{so_far}{blame})"
        )
