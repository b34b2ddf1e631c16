# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The drawing of a coercion frontier, for the chapter on levers and the command line."""

from __future__ import annotations

from tertius.outcomes.lever_frontier import Frontier
from tertius.report.charts.frontier_curve import FrontierDot, frontier_curve
from tertius.text import Text, say

__all__ = ["frontier_drawing", "lever_code"]


def lever_code(lever: str, *, sides: bool = True) -> Text:
    """Give the id of a lever, which is told in another language by the names of its parts.

    Examples
    --------
    >>> lever_code("food-ban:RUS:KAZ"), lever_code("food-ban:RUS:KAZ", sides=False)
    ('food-ban:RUS:KAZ', 'food-ban')
    """
    name, user, target = lever.split(":")
    kind = Text(name, (name.replace("-", " "),))
    if not sides:
        return kind
    return Text(lever, ("{lever}: {user} on {target}",), {"lever": kind, "user": user, "target": target})


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
    dots = [
        FrontierDot(
            lever_code(r["lever"]),
            r["user_usd"],
            r["target_usd"],
            r["reach"],
            lever_code(r["lever"], sides=False),
        )
        for r in today
    ]
    line = [(r["user_usd"], r["target_usd"]) for r in curve]
    title = say("What {user} can inflict on {target}, {run} run", user=user, target=target, run=found.run)
    return frontier_curve(line, dots, uid, title)
