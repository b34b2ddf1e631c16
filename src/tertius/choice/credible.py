# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Which threats are believed: a lever counts only if striking costs its user no more than it wants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.choice.payoffs import EAST, WEST, Payoffs
from tertius.choice.setting import Setting
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput
from tertius.text import say

__all__ = ["Credibility", "credibility", "require_credible", "threshold"]


@dataclass(frozen=True, eq=False, slots=True)
class Credibility:
    """Which power's lever is believed, by elasticity set.

    Attributes
    ----------
    threshold
        ``[2, E]`` v*, USD million: own cost of striking of W and of R; negative where striking pays.
    admitted
        ``[2, E]`` whether v reaches v* and the power has a lever at all.
    notes
        A sentence for each power whose threat is believed in no set.
    """

    threshold: Array
    admitted: NDArray[np.bool_]
    notes: tuple[str, ...]


def threshold(payoffs: Payoffs) -> Array:
    """Own cost of striking at the stance that the power would punish, the other power keeping still.

    W would punish full tolerance, R strict compliance. An own gain is a negative cost.

    Parameters
    ----------
    payoffs
        Of all stances.

    Returns
    -------
    numpy.ndarray
        ``[2, E]``, USD million, W then R: the v* of METHODS, section 8.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> threshold(line(own_cost=(2.0, 5.0))).tolist()
    [[2.0], [5.0]]
    """
    tolerate, comply = payoffs.poles
    west = payoffs.value[:, WEST, tolerate, 0, 0] - payoffs.value[:, WEST, tolerate, 1, 0]
    east = payoffs.value[:, EAST, comply, 0, 0] - payoffs.value[:, EAST, comply, 0, 1]
    return np.stack([west, east])


def admitted(payoffs: Payoffs, setting: Setting) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say for W and for R whether its lever is believed, ``[..., E]``."""
    cost = threshold(payoffs)
    worth = (np.asarray(setting.worth_west), np.asarray(setting.worth_east))
    west, east = (
        (c <= v[..., None]) & bool(lever) for c, v, lever in zip(cost, worth, payoffs.levers, strict=True)
    )
    return west, east


def credibility(payoffs: Payoffs, setting: Setting) -> Credibility:
    """Judge both powers' levers at one setting.

    Parameters
    ----------
    payoffs, setting
        ``worth_west`` and ``worth_east`` of the setting are numbers here.

    Returns
    -------
    Credibility
        Thresholds, verdicts, and a note on each power without a credible lever.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> found = credibility(line(own_cost=(2.0, 5.0)), Setting(0.1, 0.1, worth_east=4.0))
    >>> found.admitted.tolist(), found.notes[0].split(":")[0]
    ([[True], [False]], 'RUS has no credible lever')
    """
    cost, yes = threshold(payoffs), np.stack(admitted(payoffs, setting))
    notes = [
        say("{power} has no credible lever: {why}", power=payoffs.players[i + 1], why=why)
        for i, why in enumerate(_reasons(payoffs, setting, cost))
        if not yes[i].any()
    ]
    return Credibility(cost, yes, tuple(notes))


def _reasons(payoffs: Payoffs, setting: Setting, cost: Array) -> list[str]:
    worth = (setting.worth_west, setting.worth_east)
    return [
        say(
            "{lever} costs it USD {cost:.6g} million, more than {worth:.6g} it is worth",
            lever=lever,
            cost=cost[i].min(),
            worth=float(np.asarray(v)),
        )
        if lever
        else say("none is named")
        for i, (lever, v) in enumerate(zip(payoffs.levers, worth, strict=True))
    ]


def require_credible(payoffs: Payoffs, setting: Setting) -> None:
    """Refuse a game in which a power has nothing to threaten with.

    Raises
    ------
    BadInput
        If either power's lever is believed in no elasticity set, or it has none.
    """
    found = credibility(payoffs, setting)
    if found.notes:
        raise BadInput(
            "choice: levers", found.notes[0], "name another lever, or let deterrence be worth more"
        )
