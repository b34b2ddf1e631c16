# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The drawing of a coercion frontier, for the chapter on levers and the command line."""

from __future__ import annotations

from tertius.outcomes.lever_frontier import Frontier
from tertius.report.charts.frontier_curve import FrontierDot, frontier_curve

__all__ = ["frontier_drawing"]


def frontier_drawing(found: Frontier, user: str, target: str, uid: str = "frontier") -> str:
    """Draw what a power can inflict at most, and today's levers below it.

    Parameters
    ----------
    found
        The frontier.
    user, target
        How its sides are named.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>``.
    """
    today, curve = found.today().to_dict("records"), found.curve().to_dict("records")
    dots = [FrontierDot(r["lever"], r["user_usd"], r["target_usd"], r["reach"]) for r in today]
    line = [(r["user_usd"], r["target_usd"]) for r in curve]
    title = f"What {user} can inflict on {target}, {found.run} run"
    return frontier_curve(line, dots, uid, title)
