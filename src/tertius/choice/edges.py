# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How far today is from where the answer changes, in multiples that a reader understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tertius.choice.axes import Axis
from tertius.choice.best_reply import DELTA, KINDS, best_reply
from tertius.choice.crossing import first_true
from tertius.choice.payoffs import Payoffs
from tertius.choice.setting import Setting
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput
from tertius.text import Text, say

__all__ = ["WORDS", "Edge", "edges", "edges_of_box"]

NO_RISE = say("no rise of {parameter} within its range changes the answer ({now})")
NO_FALL = say("no fall of {parameter} within its range changes the answer ({now})")
WORDS = {
    "west": say("the western threat would have to be {times} as likely"),
    "east": say("the eastern threat would have to be {times} as likely"),
    "penalty_west": say("the western penalty would have to be {times} as large"),
    "penalty_east": say("the eastern penalty would have to be {times} as large"),
    "rent": say("the rent from transit would have to be {times} as large"),
    "worth_west": say("deterrence would have to be worth {times} as much to the western power"),
    "worth_east": say("deterrence would have to be worth {times} as much to the eastern power"),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """Nearest change of the best reply when one parameter moves one way.

    Attributes
    ----------
    set
        Elasticity set.
    parameter
        What moves.
    upward
        Whether it grows.
    now
        Kind of the best reply before, one of ``KINDS``.
    becomes
        Kind after the edge; empty if the range holds none.
    multiple
        Value at the edge over value today; None if the range holds no edge.
    """

    set: str
    parameter: str
    upward: bool
    now: str
    becomes: str
    multiple: float | None

    def words(self) -> Text:
        """Say it in a sentence.

        Examples
        --------
        >>> print(Edge("FGO", "rent", True, "neutral", "tolerate", 2.31).words())
        the rent from transit would have to be 2.3 times as large to turn the answer from neutral to tolerate
        """
        if self.multiple is None:
            none = NO_RISE if self.upward else NO_FALL
            return say(none, parameter=self.parameter, now=self.now)
        digits = 3 if abs(self.multiple - 1.0) < 0.1 else 2  # "1 times as likely" would say nothing
        size = f"{self.multiple:.{digits}g}"
        times = say("only {size:g} times", size=float(size)) if self.multiple < 1 else None
        change = say(WORDS[self.parameter], times=times or say("{size:g} times", size=float(size)))
        return say(
            "{change} to turn the answer from {now} to {becomes}",
            change=change,
            now=self.now,
            becomes=self.becomes,
        )


def edges(payoffs: Payoffs, setting: Setting, axes: Sequence[Axis], delta: float = DELTA) -> tuple[Edge, ...]:
    """Nearest edge from one setting along each axis, both ways, in each elasticity set.

    Parameters
    ----------
    payoffs
        One or more elasticity sets.
    setting
        Numbers, positive along the axes: a multiple of zero says nothing.
    axes
        What moves, and how far; the scan has 256 steps on the axis's scale.
    delta
        As in :func:`~tertius.choice.best_reply.best_reply`.

    Returns
    -------
    tuple of Edge
        Sets outermost, then axes, downward before upward.

    Raises
    ------
    BadInput
        If the setting is zero or infinite along an axis, or lies outside it.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> edge = edges(line(2, rent=4.0), Setting(0.2, 0.0, power=1.0), [Axis("west", 0.01, 2.0)])[1]
    >>> edge.becomes, round(edge.multiple, 3)
    ('comply', 2.0)
    """
    return tuple(
        _edge(payoffs.only(name), setting, axis, upward, delta)
        for name in payoffs.sets
        for axis in axes
        for upward in (False, True)
    )


def _edge(one: Payoffs, setting: Setting, axis: Axis, upward: bool, delta: float) -> Edge:
    today = float(np.asarray(getattr(setting, axis.parameter)))
    if not (axis.low <= today <= axis.high and today > 0):
        raise BadInput(
            f"edges: {axis.parameter}",
            f"today's {today:g} is outside {axis.low:g} to {axis.high:g} or zero",
            "widen the axis, or start above zero",
        )

    def kind(share: Array) -> NDArray[np.int8]:
        return best_reply(one, setting.at(axis.parameter, axis.at(share)), delta).kind[..., 0]

    start = axis.place(today)
    now = int(kind(np.array([start]))[0])
    found = first_true(lambda t: kind(t) != now, start, 1.0 if upward else 0.0)
    if found is None:
        return Edge(one.sets[0], axis.parameter, upward, KINDS[now], "", None)
    at = np.array([found])
    becomes = KINDS[int(kind(at)[0])]
    return Edge(one.sets[0], axis.parameter, upward, KINDS[now], becomes, float(axis.at(at)[0]) / today)


def edges_of_box(
    payoffs: Payoffs,
    setting: Setting,
    box: Sequence[Axis],
    axes: Sequence[Axis],
    delta: float = DELTA,
) -> tuple[Edge, ...]:
    """Nearest edge from anywhere in a box: the corner and the middle from which least is needed.

    Parameters
    ----------
    payoffs, setting, axes, delta
        As in :func:`edges`.
    box
        Where today may be, a range for each uncertain parameter.

    Returns
    -------
    tuple of Edge
        As in :func:`edges`, each from the place of the box that is closest to its edge.

    Examples
    --------
    >>> from tertius.choice.axes import PRIOR, TODAY
    >>> from tertius.choice.example import line
    >>> len(edges_of_box(line(), Setting(0.1, 0.1), TODAY, PRIOR))
    4
    """
    places = [*product((0.0, 1.0), repeat=len(box)), (0.5,) * len(box)]
    settings = [
        replace(setting, **{a.parameter: float(a.at(np.array(t))) for a, t in zip(box, place, strict=True)})
        for place in places
    ]
    every = [edges(payoffs, s, axes, delta) for s in settings]
    return tuple(min(same, key=_far) for same in zip(*every, strict=True))


def _far(edge: Edge) -> float:
    return np.inf if edge.multiple is None else abs(np.log(edge.multiple))
