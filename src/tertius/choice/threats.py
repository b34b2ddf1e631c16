# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What it takes a power to move the focal state by a step: money, a likelier threat, or a heavier one.

Threats are priced along the line of stances: an option off it has no traffic to move.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.choice.best_reply import best_reply
from tertius.choice.credible import threshold
from tertius.choice.crossing import first_true
from tertius.choice.payoffs import Payoffs
from tertius.choice.setting import Setting
from tertius.choice.utility import expected, strikes
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["Price", "price_of_threats"]

Reached = Callable[[Array], NDArray[np.bool_]]

SIDES = ("west", "east")
CEILING = 50.0  # multiple of today's threat beyond which the search stops
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Price:
    """What one power needs in one elasticity set.

    Attributes
    ----------
    set, power
        Elasticity set, and ``west`` or ``east``.
    traffic, goal
        y* today, and what the power wants it to be at most (west) or at least (east).
    transfer
        Least payment tied to a stance that reaches the goal, USD million.
    intensity
        Multiple of today's h that reaches it; None if none up to 50 does.
    penalty
        Multiple of today's penalty that does; None likewise.
    risk
        Probability of having to strike at the new best stance under ``intensity``; None without one.
    own_cost
        What a strike costs the power itself, USD million (v*).
    """

    set: str
    power: str
    traffic: float
    goal: float
    transfer: float
    intensity: float | None
    penalty: float | None
    risk: float | None
    own_cost: float


def price_of_threats(payoffs: Payoffs, setting: Setting, step: float = 0.1) -> tuple[Price, ...]:
    """Price of moving traffic at the best stance by a step, to each power in each elasticity set.

    The payment is the gap in the focal state's expected payoff between its best stance and the best one that
    reaches the goal. Threats are raised from today's until the best reply first reaches the goal, by a scan
    and bisection: for a penalty the same at every stance the best reply moves one way only (Topkis),
    otherwise a stronger threat may move it back, so the first crossing is given.

    Parameters
    ----------
    payoffs
        One or more elasticity sets.
    setting
        Numbers, no arrays.
    step
        How far y* shall move, between 0 and 1; the goal stops at no or full traffic.

    Returns
    -------
    tuple of Price
        Sets outermost, west before east.

    Raises
    ------
    BadInput
        If ``step`` is not between 0 and 1.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> price = price_of_threats(line(2, rent=4.0), Setting(0.2, 0.0, power=1.0), step=0.5)[0]
    >>> price.transfer, round(price.intensity, 3), round(price.penalty, 3)
    (2.0, 2.0, 2.0)
    """
    if not 0 < step <= 1:
        raise BadInput("price of threats: step", f"{step:g} is not between 0 and 1", "give a part of traffic")
    return tuple(
        _price(payoffs.only(name).line(), setting, side, step) for name in payoffs.sets for side in (0, 1)
    )


def _price(one: Payoffs, setting: Setting, side: int, step: float) -> Price:
    now = float(best_reply(one, setting).traffic[0])
    sign = -1.0 if side == 0 else 1.0
    goal = float(np.clip(now + sign * step, one.traffic.min(), one.traffic.max()))

    def reached(y: Array) -> NDArray[np.bool_]:
        return np.asarray(sign * (y - goal) >= -ROUNDING)

    utility = expected(one, setting)[0]
    transfer = float(utility.max() - utility[reached(one.traffic[0])].max())
    found = [_multiple(one, setting, name, reached) for name in (SIDES[side], f"penalty_{SIDES[side]}")]
    return Price(
        set=one.sets[0],
        power=SIDES[side],
        traffic=now,
        goal=goal,
        transfer=transfer,
        intensity=found[0],
        penalty=found[1],
        risk=None if found[0] is None else _risk(one, _times(setting, SIDES[side], np.array(found[0])), side),
        own_cost=float(threshold(one)[side, 0]),
    )


def _times(setting: Setting, parameter: str, multiple: Array) -> Setting:
    return setting.at(parameter, multiple * float(np.asarray(getattr(setting, parameter))))


def _multiple(one: Payoffs, setting: Setting, parameter: str, reached: Reached) -> float | None:
    def holds(log: Array) -> NDArray[np.bool_]:
        return reached(best_reply(one, _times(setting, parameter, np.exp(log))).traffic[..., 0])

    found = first_true(holds, 0.0, float(np.log(CEILING)))
    return None if found is None else float(np.exp(found))


def _risk(one: Payoffs, setting: Setting, side: int) -> float:
    at = best_reply(one, setting).index[0]
    return float(strikes(one, setting)[side][0, at])
