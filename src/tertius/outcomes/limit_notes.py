# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a reader must be told about limits and routes: which of them do nothing, and who is refused."""

from __future__ import annotations

from tertius.equilibrium import Outcome, Solution
from tertius.policy import Wedges

__all__ = ["limit_notes"]

NOTHING = 1e-9  # price of a licence that is rounding
SERVED = 1.0 - 1e-6  # a share above this is everything but for the tolerance of the solve


def limit_notes(wedges: Wedges, solution: Solution) -> tuple[str, ...]:
    """Say which quotas and price caps do nothing, and which caps keep buyers from being served.

    Parameters
    ----------
    wedges, solution
        What was solved, and how it ended; only a solution that was found is read.

    Returns
    -------
    tuple of str
        One line each; none if there are no quotas and caps, or all bind.
    """
    settled, found = solution.sweep.settled, list(wedges.remarks)
    if wedges.passages and solution.base.routes is None:
        found.append(f"measures on routes: {len(wedges.passages)} do nothing without routes")
    if settled is None or solution.outcome is not Outcome.converged:
        return tuple(found)
    loose = int((settled.licence <= NOTHING).sum())
    if loose:
        found.append(f"{loose} of {len(settled.licence)} quotas do not bind")
    for cap, gap, served in zip(wedges.caps, settled.gap, settled.served, strict=True):
        name = f"price cap on {cap.exporter} {cap.sector} for {_some(cap.importers)}"
        if gap == 0 and cap.cap < 1:
            found.append(f"the {name} does not bind: the market price is below it")
        if served < SERVED:
            share = f"{100 * served:.3g} % of it is" if served > NOTHING else "nothing of it is"
            found.append(f"the {name} does not cover inputs and mobile factors: {share} served")
    return tuple(found)


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
