# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The focal state's best stance under threats, and what the middle is worth to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.choice.payoffs import FOCAL, Payoffs
from tertius.choice.setting import Setting
from tertius.choice.utility import expected, option_expected
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["DELTA", "KINDS", "MIDDLE", "BestReply", "best_reply", "choose"]

DELTA = 0.02  # percent of income that the middle must bring over both poles
MIDDLE = (0.1, 0.9)  # traffic between which a stance counts as the middle
KINDS = ("comply", "neutral", "tolerate", "option")
TIE = 1e-12  # of base income: payoffs closer than this are equal


@dataclass(frozen=True, eq=False, slots=True)
class BestReply:
    """Best stance at each setting and in each elasticity set.

    Attributes
    ----------
    index
        ``[..., E]`` row of the best stance x*; among equals the one with least traffic, then the first.
    stance
        ``[..., E, G]`` x*.
    traffic
        ``[..., E]`` y* at x*.
    utility
        ``[..., E]`` U(x*), USD million.
    poles
        ``[..., E, 2]`` U at full tolerance and at strict compliance, USD million.
    value
        ``[..., E]`` value of neutrality U(x*) - max(U(0), U(1)) in percent of base income, zero or more.
    option_gain
        ``[..., E, O]`` what each option brings over x*, USD million.
    kind
        ``[..., E]`` row of ``KINDS``.
    """

    index: NDArray[np.intp]
    stance: Array
    traffic: Array
    utility: Array
    poles: Array
    value: Array
    option_gain: Array
    kind: NDArray[np.int8]

    @property
    def neutral(self) -> NDArray[np.bool_]:
        """Where the middle is chosen: enough value, traffic neither low nor full, and no option better."""
        return self.kind == KINDS.index("neutral")


def choose(utility: Array, traffic: Array, tie: float) -> NDArray[np.intp]:
    """Row of the best stance; among equals within ``tie`` the one with least traffic, then the first.

    Choosing the least of all near-best stances keeps Topkis's monotonicity: with decreasing differences in
    traffic and a parameter, the choice falls weakly in the parameter, whatever the tolerance.

    Examples
    --------
    >>> int(choose(np.array([1.0, 2.0, 2.0]), np.array([1.0, 0.6, 0.2]), 1e-9))
    2
    """
    near = utility >= utility.max(axis=-1, keepdims=True) - tie
    return np.asarray(np.where(near, traffic, np.inf).argmin(axis=-1))


def best_reply(payoffs: Payoffs, setting: Setting, delta: float = DELTA) -> BestReply:
    """Give the best stance of the focal state, and whether it is neutral.

    The stances are those in ``payoffs``: solve many, or :func:`~tertius.choice.refine.refine` them.

    Parameters
    ----------
    payoffs, setting
        Arrays in the setting broadcast together; ``...`` is their shape.
    delta
        Least value of neutrality, percent of the focal state's income.

    Returns
    -------
    BestReply
        *Neutral* if the middle is worth ``delta`` and traffic lies in ``MIDDLE``; otherwise *comply* (traffic
        below that, or strict compliance at least as good as full tolerance), *tolerate*, or *option*.

    Raises
    ------
    BadInput
        If ``delta`` is not positive, or an option has no traffic.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> calm = best_reply(line(), Setting(west=0.0, east=0.0))
    >>> calm.stance[0].tolist(), KINDS[calm.kind[0]]
    ([0.0], 'tolerate')
    """
    if not delta > 0:
        raise BadInput(
            "best_reply: delta", f"{delta:g} is not positive", "give percent of income, for example 0.02"
        )
    u = expected(payoffs, setting)
    tie = TIE * float(payoffs.income[FOCAL])
    index = choose(u, payoffs.traffic, tie)
    top = np.take_along_axis(u, index[..., None], axis=-1)[..., 0]
    poles = u[..., payoffs.poles]
    traffic = payoffs.traffic[np.arange(len(payoffs.sets)), index]
    value = 100.0 * np.maximum(top - poles.max(axis=-1), 0.0) / payoffs.income[FOCAL]
    gain = np.zeros((*top.shape, 0))
    if payoffs.options:
        gain = option_expected(payoffs, setting) - top[..., None]
    return BestReply(
        index=index,
        stance=payoffs.stance[index],
        traffic=traffic,
        utility=top,
        poles=poles,
        value=value,
        option_gain=gain,
        kind=_kind(traffic, value, poles, gain, delta, tie),
    )


def _kind(y: Array, value: Array, poles: Array, gain: Array, delta: float, tie: float) -> NDArray[np.int8]:
    tolerates = np.where(y < MIDDLE[0], False, (y > MIDDLE[1]) | (poles[..., 0] > poles[..., 1] + tie))
    kind = np.where(tolerates, KINDS.index("tolerate"), KINDS.index("comply"))
    middle = (value >= delta) & (y >= MIDDLE[0]) & (y <= MIDDLE[1])
    kind = np.where(middle, KINDS.index("neutral"), kind)
    better = (gain > tie).any(axis=-1)
    return np.where(better, KINDS.index("option"), kind).astype(np.int8)
