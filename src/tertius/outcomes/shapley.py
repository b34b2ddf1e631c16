# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Shapley values of a few players: what each adds, on average over all orders of joining."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial

import numpy as np

from tertius.equilibrium.arrays import Array

__all__ = ["shapley", "subsets"]

Team = frozenset[str]


def subsets(players: Sequence[str]) -> tuple[Team, ...]:
    """All teams, the empty one first.

    Examples
    --------
    >>> len(subsets(["a", "b", "c"]))
    8
    """
    return tuple(frozenset(c) for k in range(len(players) + 1) for c in combinations(players, k))


def shapley(players: Sequence[str], value: Callable[[Team], Array | float]) -> dict[str, Array]:
    """Split the value of all players together, less that of nobody.

    Parameters
    ----------
    players
        Names.
    value
        Worth of each team; arrays are split cell by cell.

    Returns
    -------
    dict of str to numpy.ndarray
        Parts; they add up to ``value(all) - value(nobody)``.

    Examples
    --------
    >>> parts = shapley(["a", "b"], lambda team: {0: 0.0, 1: 1.0, 2: 4.0}[len(team)])
    >>> float(parts["a"]), float(parts["b"])
    (2.0, 2.0)

    Source: Shapley (1953), A Value for n-Person Games.
    """
    worth = {team: np.asarray(value(team), dtype=np.float64) for team in subsets(players)}
    n = len(players)
    parts = {}
    for p in players:
        terms = [
            factorial(len(team))
            * factorial(n - len(team) - 1)
            / factorial(n)
            * (worth[team | {p}] - worth[team])
            for team in worth
            if p not in team
        ]
        parts[p] = np.asarray(np.sum(terms, axis=0))
    return parts
