# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Where in the space of threats the middle is the best reply, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.choice.axes import Axis
from tertius.choice.best_reply import DELTA, KINDS, best_reply
from tertius.choice.hazards import POWERS
from tertius.choice.payoffs import Payoffs
from tertius.choice.setting import Setting
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["Region", "region", "regions"]


@dataclass(frozen=True, eq=False, slots=True)
class Region:
    """Which kind of stance is best over two swept parameters.

    Attributes
    ----------
    axes
        First (A) and second (B) parameter.
    first, second
        ``[A]`` and ``[B]`` values in the middle of equally likely cells.
    sets
        Names of the elasticity sets (E).
    power
        k of this map.
    kind
        ``[E, A, B]`` row of ``KINDS``.
    traffic
        ``[E, A, B]`` y*.
    value
        ``[E, A, B]`` value of neutrality, percent of income.
    """

    axes: tuple[Axis, Axis]
    first: Array
    second: Array
    sets: tuple[str, ...]
    power: float
    kind: NDArray[np.int8]
    traffic: Array
    value: Array

    def shares(self) -> dict[str, Array]:
        """Part of the box that each kind takes under the axes' prior, ``[E]``."""
        return {kind: (self.kind == i).mean(axis=(1, 2)) for i, kind in enumerate(KINDS)}


def region(
    payoffs: Payoffs, setting: Setting, axes: tuple[Axis, Axis], n: int = 60, delta: float = DELTA
) -> Region:
    """Best reply over a grid of two swept parameters, all else at a setting.

    Parameters
    ----------
    payoffs
        One or more elasticity sets.
    setting
        Numbers, no arrays.
    axes
        The swept parameters; not ``power``, which has a map of its own each.
    n
        Cells along each axis.
    delta
        As in :func:`~tertius.choice.best_reply.best_reply`.

    Returns
    -------
    Region
        One map per elasticity set.

    Raises
    ------
    BadInput
        If both axes are the same, or one is the hazard power.

    Examples
    --------
    >>> from tertius.choice import PRIOR, Setting, refine
    >>> from tertius.choice.example import line
    >>> found = region(refine(line(rent=0.5)), Setting(0.1, 0.1, power=2.0), PRIOR, n=20)
    >>> bool(found.shares()["neutral"][0] > 0)
    True
    """
    one, two = (a.parameter for a in axes)
    if one == two or "power" in (one, two):
        raise BadInput(
            "region: axes", f"{one} x {two} cannot be mapped", "give two parameters other than power"
        )
    first, second = axes[0].middles(n), axes[1].middles(n)
    swept = setting.at(one, first[:, None]).at(two, second[None, :])
    found = [best_reply(payoffs.only(e), swept, delta) for e in payoffs.sets]  # a set at a time bounds memory
    return Region(
        axes=axes,
        first=first,
        second=second,
        sets=payoffs.sets,
        power=float(np.asarray(setting.power)),
        kind=np.stack([r.kind[..., 0] for r in found]),
        traffic=np.stack([r.traffic[..., 0] for r in found]),
        value=np.stack([r.value[..., 0] for r in found]),
    )


def regions(
    payoffs: Payoffs,
    setting: Setting,
    axes: tuple[Axis, Axis],
    powers: Iterable[float] = POWERS,
    n: int = 60,
    delta: float = DELTA,
) -> dict[float, Region]:
    """One map for each hazard power, by power."""
    return {k: region(payoffs, setting.at("power", k), axes, n, delta) for k in powers}
