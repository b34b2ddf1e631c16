# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Results of the choice as tables, one row a number or a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tertius.choice.best_reply import KINDS, BestReply
from tertius.choice.game import Solution
from tertius.choice.groups import Decision
from tertius.choice.payoffs import Payoffs
from tertius.choice.region import Region

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["game_table", "group_table", "payoff_table", "reply_table", "share_table"]

STATES = {"calm": (0, 0), "west": (1, 0), "east": (0, 1), "both": (1, 1)}


def payoff_table(payoffs: Payoffs) -> pd.DataFrame:
    """What was solved, one row for each elasticity set and stance or option.

    Returns
    -------
    pandas.DataFrame
        Columns set, option, stance (``stance_2`` besides with two goods groups), traffic, and for each player
        the equivalent variation in each state, USD million: ``KAZ calm``, ``KAZ west`` (the western power
        strikes), ``KAZ east``, ``KAZ both``.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> payoff_table(line(3)).shape
    (3, 16)
    """
    import pandas as pd

    p, rows = payoffs, []
    names = ["stance", "stance_2"][: p.stance.shape[1]]
    for e, name in enumerate(p.sets):
        for k, x in enumerate(p.stance):
            head: dict[str, Any] = {"set": name, "option": "", **dict(zip(names, x, strict=True))}
            rows.append(head | {"traffic": p.traffic[e, k]} | _states(p.players, p.value[e, :, k]))
        for option, value in p.options.items():
            flow = np.asarray(p.option_traffic[option])[e]
            rows.append({"set": name, "option": option, "traffic": flow} | _states(p.players, value[e]))
    return pd.DataFrame(rows)


def _states(players: Sequence[str], value: Any) -> dict[str, float]:
    """The four states of each player, ``[3, 2, 2]``, by name."""
    return {f"{who} {s}": float(value[i][at]) for i, who in enumerate(players) for s, at in STATES.items()}


def share_table(maps: Mapping[str, Mapping[float, Region]]) -> pd.DataFrame:
    """Part of a box that each kind of best reply takes.

    Parameters
    ----------
    maps
        Regions by name of the box and curvature.

    Returns
    -------
    pandas.DataFrame
        Columns k, where, kind, central, low, high, mean (over elasticity sets).
    """
    import pandas as pd

    rows = [
        {"k": k, "where": where, "kind": kind, "central": parts[0], "low": parts.min(), "high": parts.max(),
         "mean": parts.mean()}
        for where, by_power in maps.items()
        for k, found in by_power.items()
        for kind, parts in found.shares().items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def reply_table(replies: Mapping[float, BestReply], sets: Sequence[str]) -> pd.DataFrame:
    """Best reply by curvature and elasticity set.

    Returns
    -------
    pandas.DataFrame
        Columns k, set, stance, traffic, kind, value (of neutrality, percent of income).
    """
    import pandas as pd

    rows = [
        {"k": k, "set": name, "stance": " ".join(f"{x:.2f}" for x in found.stance[e]),
         "traffic": found.traffic[e], "kind": KINDS[found.kind[e]], "value": found.value[e]}
        for k, found in replies.items()
        for e, name in enumerate(sets)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def game_table(solved: Sequence[Solution]) -> pd.DataFrame:
    """What the powers announce, and what the focal state answers, by order of moves.

    Returns
    -------
    pandas.DataFrame
        Columns set, order, west, east (intensities that are announced, expected ones where a power mixes),
        traffic (expected).
    """
    import pandas as pd

    rows = []
    for s in solved:
        g = s.game
        for order, (a, b) in (("west first", s.west_leads), ("east first", s.east_leads)):
            rows.append({"set": g.set, "order": order, "west": g.west[a], "east": g.east[b],
                         "traffic": g.traffic[a, b]})  # fmt: skip
        mixed = [("at once", x.row, x.column) for x in s.equilibria]
        for order, row, column in (*mixed, ("at once, with errors", s.quantal.row, s.quantal.column)):
            rows.append({"set": g.set, "order": order, "west": row @ g.west, "east": column @ g.east,
                         "traffic": row @ g.traffic @ column})  # fmt: skip
    return pd.DataFrame(rows)


def group_table(decision: Decision, payoffs: Payoffs) -> pd.DataFrame:
    """What groups inside the focal state prefer, and what comes out of a vote and of bargaining.

    Returns
    -------
    pandas.DataFrame
        Columns set, who, stance, traffic.
    """
    import pandas as pd

    rows = []
    for e, name in enumerate(payoffs.sets):
        chosen = {who: decision.preferred[i, e] for i, who in enumerate(decision.names)}
        chosen |= {f"vote ({decision.rule[e]})": decision.voted[e], "bargain": decision.bargained[e]}
        for who, at in chosen.items():
            stance = " ".join(f"{x:.2f}" for x in payoffs.stance[at])
            rows.append({"set": name, "who": who, "stance": stance, "traffic": payoffs.traffic[e, at]})
    return pd.DataFrame(rows)
