# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Groups inside the focal state that weigh the same terms differently, and how they decide together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.choice.best_reply import TIE, choose
from tertius.choice.payoffs import FOCAL, Payoffs
from tertius.choice.setting import Setting
from tertius.choice.utility import states, strikes
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["GROUPS", "Decision", "Group", "bargain", "decide", "group_utilities", "vote"]


@dataclass(frozen=True, slots=True)
class Group:
    """A group and what it minds; weights of one are those of the state as a whole.

    Attributes
    ----------
    name
        Of the group.
    weight
        Its weight in the vote and in bargaining, positive.
    trade, west, east
        Weights >= 0 on what trade brings, on W's and on R's punishment.

    Raises
    ------
    BadInput
        If a weight is negative, or ``weight`` is zero.
    """

    name: str
    weight: float
    trade: float = 1.0
    west: float = 1.0
    east: float = 1.0

    def __post_init__(self) -> None:
        if not (self.weight > 0 and min(self.trade, self.west, self.east) >= 0):
            raise BadInput(
                f"group: {self.name}", "a weight is negative, or it has no vote", "give weights above zero"
            )


GROUPS = (
    Group("traders", 1.0, trade=2.0, west=1.0, east=1.0),
    Group("banks", 1.0, trade=0.5, west=2.0, east=0.5),
    Group("security", 1.0, trade=0.5, west=0.5, east=2.0),
)


@dataclass(frozen=True, eq=False, slots=True)
class Decision:
    """What each group prefers, and what comes out.

    Attributes
    ----------
    names
        Of the groups (N).
    preferred
        ``[N, E]`` row of each group's best stance.
    traffic
        ``[N, E]`` y there.
    rule
        ``E`` times ``median`` or ``plurality``: how the vote was decided.
    voted, bargained
        ``[E]`` rows of the stance that wins the vote, and of the Nash bargain.
    """

    names: tuple[str, ...]
    preferred: NDArray[np.intp]
    traffic: Array
    rule: tuple[str, ...]
    voted: NDArray[np.intp]
    bargained: NDArray[np.intp]


def group_utilities(payoffs: Payoffs, setting: Setting, groups: Sequence[Group]) -> Array:
    """Expected payoff of every stance to each group.

    What both strikes do beyond their sum is halved between the two powers (its Shapley value), so that
    weights of one give back :func:`~tertius.choice.utility.expected`.

    Returns
    -------
    numpy.ndarray
        ``[N, E, n]``, weighted USD million.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> u = group_utilities(line(2, rent=4.0), Setting(0.2, 0.0, power=1.0), [Group("all", 1.0)])
    >>> u.tolist()
    [[[2.0, 0.0]]]
    """
    calm, west, east, joint = states(payoffs, setting, FOCAL)
    p_west, p_east = strikes(payoffs, setting)
    both = 0.5 * p_west * p_east * joint
    terms = np.stack(np.broadcast_arrays(calm, p_west * west + both, p_east * east + both))
    return np.einsum("gt,t...->g...", np.array([[g.trade, g.west, g.east] for g in groups]), terms)


def decide(payoffs: Payoffs, setting: Setting, groups: Sequence[Group] = GROUPS) -> Decision:
    """What groups prefer, what a weighted vote gives, and what bargaining gives.

    Parameters
    ----------
    payoffs
        One or more elasticity sets.
    setting
        Numbers, no arrays.
    groups
        At least one; the default's weights are assumed, for illustration.

    Returns
    -------
    Decision
        By elasticity set.

    Raises
    ------
    BadInput
        If there is no group.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> found = decide(line(2, rent=4.0), Setting(0.3, 0.0, power=1.0))
    >>> found.traffic[:, 0].tolist(), found.rule[0], found.voted.tolist()
    ([1.0, 0.0, 1.0], 'median', [0])
    """
    if not groups:
        raise BadInput("groups", "there is no group", "name at least one")
    u = group_utilities(payoffs, setting, groups)
    sets = np.arange(len(payoffs.sets))
    weight = np.array([g.weight for g in groups])
    tie = TIE * float(payoffs.income[FOCAL])
    best = choose(u, payoffs.traffic, tie)
    votes = [vote(u[:, e], payoffs.traffic[e], weight, tie) for e in sets]
    status_quo = payoffs.poles[0]
    bargains = [bargain(u[:, e], payoffs.traffic[e], weight, status_quo, tie) for e in sets]
    return Decision(
        names=tuple(g.name for g in groups),
        preferred=best,
        traffic=payoffs.traffic[sets, best],
        rule=tuple(rule for _, rule in votes),
        voted=np.array([index for index, _ in votes]),
        bargained=np.array(bargains),
    )


def vote(utility: Array, traffic: Array, weight: Array, tie: float) -> tuple[int, str]:
    """Weighted vote over stances: the median voter where all are single-peaked in traffic, else plurality.

    Parameters
    ----------
    utility
        ``[N, n]``.
    traffic
        ``[n]``.
    weight
        ``[N]``.
    tie
        Payoffs closer than this are equal.

    Returns
    -------
    tuple of int and str
        Row of the winner, and ``median`` (Black 1948: no other stance beats it in a pair) or ``plurality``
        (most weight on a group's best stance; among equals the one with least traffic).

    Examples
    --------
    >>> u = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 2.0], [0.0, 1.0, 0.5]])
    >>> vote(u, np.array([1.0, 0.5, 0.0]), np.ones(3), 1e-9)
    (1, 'median')
    """
    best = choose(utility, traffic, tie)
    order = np.argsort(traffic[best], kind="stable")
    if all(_single_peaked(u, traffic, tie) for u in utility):
        reached = np.cumsum(weight[order]) >= 0.5 * weight.sum() * (1 - TIE)
        return int(best[order[int(np.argmax(reached))]]), "median"
    support = np.array([weight[best == b].sum() for b in best[order]])
    return int(best[order[int(np.argmax(support >= support.max() * (1 - TIE)))]]), "plurality"


def _single_peaked(utility: Array, traffic: Array, tie: float) -> bool:
    """Whether payoffs never rise again after they fall, on the way from no to full traffic."""
    move = np.diff(utility[np.argsort(traffic, kind="stable")])
    fallen = np.maximum.accumulate(move < -tie)
    return not bool((fallen & (move > tie)).any())


def bargain(utility: Array, traffic: Array, weight: Array, status_quo: int, tie: float) -> int:
    """Nash bargain over stances: the largest weighted product of gains over the status quo.

    Parameters
    ----------
    utility, traffic, weight, tie
        As in :func:`vote`.
    status_quo
        Row that stays without agreement.

    Returns
    -------
    int
        Row of the bargain; the status quo if no stance makes every group better off.

    Examples
    --------
    >>> bargain(np.array([[0.0, 2.0, 3.0], [0.0, 2.0, 1.0]]), np.array([1.0, 0.5, 0.0]), np.ones(2), 0, 1e-9)
    1

    Source: Nash (1950), Econometrica 18(2); weights as in Kalai (1977), Int. Journal of Game Theory 6(3).
    """
    gain = utility - utility[:, [status_quo]]
    better = (gain > tie).all(axis=0)
    if not better.any():
        return status_quo
    product = (weight / weight.sum()) @ np.log(np.where(better, gain, 1.0))
    return int(choose(np.where(better, product, -np.inf), traffic, TIE))
