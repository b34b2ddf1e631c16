# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Powers announce, the focal state follows: a bimatrix of computed payoffs (METHODS, section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.choice.best_reply import best_reply
from tertius.choice.credible import require_credible
from tertius.choice.nash import Equilibrium, nash
from tertius.choice.payoffs import EAST, FOCAL, WEST, Payoffs
from tertius.choice.quantal import Quantal, quantal_response
from tertius.choice.setting import Setting
from tertius.choice.utility import expected
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["Announcements", "Solution", "announcements", "lead", "solve_announcements"]

TIE = 1e-12  # of the spread of a payoff
PRECISION = 10.0


@dataclass(frozen=True, eq=False, slots=True)
class Announcements:
    """The game between the two powers in one elasticity set.

    Attributes
    ----------
    set
        Elasticity set.
    west, east
        ``[A]`` and ``[B]`` intensities that can be announced.
    payoff_west, payoff_east
        ``[A, B]`` expected payoffs of W and R with the focal state at its best stance, rivalry
        included, USD million.
    payoff_focal
        ``[A, B]`` U_K, USD million.
    index
        ``[A, B]`` row of the focal state's best stance.
    traffic
        ``[A, B]`` y there.
    """

    set: str
    west: Array
    east: Array
    payoff_west: Array
    payoff_east: Array
    payoff_focal: Array
    index: NDArray[np.intp]
    traffic: Array


@dataclass(frozen=True, eq=False, slots=True)
class Solution:
    """The game solved in every order of moves.

    Attributes
    ----------
    game
        What was solved.
    equilibria
        Announced at once.
    west_leads, east_leads
        ``(A, B)`` cell reached when one power announces first.
    quantal
        Announced at once with errors.
    """

    game: Announcements
    equilibria: tuple[Equilibrium, ...]
    west_leads: tuple[int, int]
    east_leads: tuple[int, int]
    quantal: Quantal


def announcements(
    payoffs: Payoffs,
    setting: Setting,
    west: Sequence[float],
    east: Sequence[float],
    rivalry: tuple[float, float] = (0.0, 0.0),
) -> tuple[Announcements, ...]:
    """Payoffs of the powers for every pair of announced intensities, the focal state replying best.

    ``U_W`` is W's expected real income plus r_W times R's expected loss; ``U_R`` is R's plus r_R times the
    focal state's loss, weighted by how far it complies (1 - y). Options are left out: a power that announces
    moves the stance.

    Parameters
    ----------
    payoffs, setting
        The setting's own ``west`` and ``east`` are replaced by the announced ones.
    west, east
        Intensities to choose from, each rising.
    rivalry
        r_W and r_R >= 0: what a dollar of the other's loss is worth.

    Returns
    -------
    tuple of Announcements
        One per elasticity set.

    Raises
    ------
    BadInput
        If a power has no credible lever, a list is empty or not rising, or rivalry is negative.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> game = announcements(line(rent=4.0), Setting(0.0, 0.0, power=1.0), [0.0, 1.0], [0.0])[0]
    >>> game.traffic.tolist()
    [[1.0], [0.0]]
    """
    _check(west, east, rivalry)
    require_credible(payoffs, setting)
    a, b = np.asarray(west, dtype=np.float64), np.asarray(east, dtype=np.float64)
    swept = setting.at("west", a[:, None]).at("east", b[None, :])
    return tuple(_one_set(payoffs.only(name).line(), swept, a, b, rivalry) for name in payoffs.sets)


def _one_set(one: Payoffs, swept: Setting, a: Array, b: Array, rivalry: tuple[float, float]) -> Announcements:
    index = best_reply(one, swept).index[..., 0]
    focal, west, east = (
        np.take_along_axis(expected(one, swept, player)[..., 0, :], index[..., None], axis=-1)[..., 0]
        for player in (FOCAL, WEST, EAST)
    )
    traffic = one.traffic[0][index]
    return Announcements(
        set=one.sets[0],
        west=a,
        east=b,
        payoff_west=west - rivalry[0] * east,
        payoff_east=east - rivalry[1] * (1.0 - traffic) * focal,
        payoff_focal=focal,
        index=index,
        traffic=traffic,
    )


def _check(west: Sequence[float], east: Sequence[float], rivalry: tuple[float, float]) -> None:
    for name, given in (("west", west), ("east", east)):
        if not len(given) or (np.diff(np.asarray(given, dtype=np.float64)) <= 0).any():
            raise BadInput(
                f"announcements: {name}", f"{list(given)} is empty or not rising", "give rising intensities"
            )
    if not min(rivalry) >= 0:
        raise BadInput("announcements: rivalry", f"{min(rivalry):g} is negative", "give zero or more")


def lead(leader: Array, follower: Array) -> tuple[int, int]:
    """Backward induction: the leader picks a row, the follower answers with a column.

    Ties go to the first, so the milder announcement.

    Parameters
    ----------
    leader, follower
        ``[A, B]`` payoffs; the leader chooses the row.

    Returns
    -------
    tuple of int
        Row and column reached.

    Examples
    --------
    >>> lead(np.array([[2.0, 4.0], [1.0, 3.0]]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    (1, 1)
    """
    reply = _first_best(follower)
    row = int(_first_best(np.take_along_axis(leader, reply[:, None], axis=1).T)[0])
    return row, int(reply[row])


def _first_best(payoff: Array) -> NDArray[np.intp]:
    """First column of each row that is best to within rounding."""
    return (payoff >= payoff.max(axis=1, keepdims=True) - TIE * np.ptp(payoff)).argmax(axis=1)


def solve_announcements(game: Announcements, precision: float = PRECISION) -> Solution:
    """Solve one game at once, with either power first, and with errors.

    Parameters
    ----------
    game
        From :func:`announcements`.
    precision
        lambda of the quantal response.

    Returns
    -------
    Solution
        All of it.

    Raises
    ------
    NotSolved
        If no Nash equilibrium is found.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> game = announcements(line(rent=4.0), Setting(0.0, 0.0, power=1.0), [0.0, 1.0], [0.0, 1.0])[0]
    >>> solve_announcements(game).equilibria[0].pure
    True
    """
    second, first = lead(game.payoff_east.T, game.payoff_west.T)
    return Solution(
        game=game,
        equilibria=nash(game.payoff_west, game.payoff_east),
        west_leads=lead(game.payoff_west, game.payoff_east),
        east_leads=(first, second),
        quantal=quantal_response(game.payoff_west, game.payoff_east, precision),
    )
