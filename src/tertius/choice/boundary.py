# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The edge of a region, followed step by step instead of read off a grid.

Only a yes or no is known at each place, so the next point is looked for on a small circle round the last one:
where the answer turns from no to yes along the circle, by bisection of the angle. Corners need no care, as
no tangent is used. The grid serves only to find a first point on each piece.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.choice.axes import Axis
from tertius.choice.best_reply import DELTA, KINDS, best_reply
from tertius.choice.crossing import bisect
from tertius.choice.payoffs import Payoffs
from tertius.choice.setting import Setting
from tertius.equilibrium.arrays import Array
from tertius.errors import unknown

__all__ = ["Curve", "boundaries", "trace"]

Inside = Callable[[Array], NDArray[np.bool_]]

ARCS = 24  # directions tried on each circle before bisection
SEEDS = 24  # cells along each side in the search for first points
MOST = 4000  # points on one piece


@dataclass(frozen=True, eq=False, slots=True)
class Curve:
    """One piece of an edge.

    Attributes
    ----------
    points
        ``[m, 2]`` values of the two parameters, in order along the edge.
    closed
        Whether it returns to its start; otherwise it ends at the sides of the box.
    """

    points: Array
    closed: bool


def trace(inside: Inside, step: float = 0.02) -> list[Curve]:
    """Follow every piece of the edge of a region in the unit square.

    Parameters
    ----------
    inside
        Says for ``[m, 2]`` places whether they belong to the region.
    step
        Distance between points on the edge; pieces smaller than a seeding cell may be missed.

    Returns
    -------
    list of Curve
        Points just inside the region, within 1e-9 of the edge.

    Examples
    --------
    >>> disc = trace(lambda p: ((p - 0.5) ** 2).sum(axis=1) <= 0.09)
    >>> len(disc), disc[0].closed
    (1, True)
    """
    found: list[Curve] = []
    for seed in _seeds(inside):
        if any(np.min(np.hypot(*(c.points - seed).T)) < 1.5 * step for c in found):
            continue
        ahead, closed = _follow(inside, seed, step, 1.0)
        back = [] if closed else _follow(inside, seed, step, -1.0)[0]
        found.append(Curve(np.array([*back[::-1], seed, *ahead]), closed))
    return found


def _seeds(inside: Inside) -> list[Array]:
    """Give a point on the edge for each pair of neighbours on a grid that differ."""
    at = (np.arange(SEEDS) + 0.5) / SEEDS
    grid = np.stack(np.meshgrid(at, at, indexing="ij"), axis=-1)
    yes = inside(grid.reshape(-1, 2)).reshape(SEEDS, SEEDS)
    seeds = []
    for along in (0, 1):
        a, b = (np.take(yes, np.arange(SEEDS - 1) + i, axis=along) for i in (0, 1))
        for i, j in np.argwhere(a != b):
            one, two = grid[i, j], grid[i + (along == 0), j + (along == 1)]
            seeds.append(_between(inside, *((one, two) if b[i, j] else (two, one))))
    return seeds


def _between(inside: Inside, out: Array, into: Array) -> Array:
    t = bisect(lambda t: inside(out + t[:, None] * (into - out)), 0.0, 1.0)
    return np.asarray(out + t * (into - out))


def _follow(inside: Inside, seed: Array, step: float, turn: float) -> tuple[list[Array], bool]:
    """Walk from a point on the edge until it comes back or leaves the square."""
    point, heading, path = seed, None, [seed]
    while len(path) < MOST:
        angle = _next_angle(inside, point, step, turn, heading)
        if angle is None:
            break
        point = point + step * np.array([np.cos(angle), np.sin(angle)])
        if ((point < 0.0) | (point > 1.0)).any():
            break
        if len(path) > 2 and np.hypot(*(point - seed)) < 0.9 * step:
            return path[1:], True
        path.append(point)
        heading = angle
    return path[1:], False


def _next_angle(
    inside: Inside, point: Array, step: float, turn: float, heading: float | None
) -> float | None:
    """Angle at which the circle round a point leaves the outside for the inside, turning one way."""

    def test(angles: Array) -> NDArray[np.bool_]:
        return inside(point + step * np.stack([np.cos(angles), np.sin(angles)], axis=1))

    start = (
        0.0 if heading is None else heading + np.pi
    )  # look back first: the way one came is the last choice
    angles = start + turn * 2 * np.pi * (np.arange(ARCS + 1) + 0.5) / ARCS
    yes = test(angles)
    turns = np.flatnonzero(~yes[:-1] & yes[1:])
    if not len(turns):
        return None
    i = turns[0]
    return bisect(test, float(angles[i]), float(angles[i + 1]))


def boundaries(
    payoffs: Payoffs,
    setting: Setting,
    axes: tuple[Axis, Axis],
    kind: str = "neutral",
    delta: float = DELTA,
    step: float = 0.02,
) -> dict[str, list[Curve]]:
    """Edge of the region of one kind of best reply, for each elasticity set.

    Parameters
    ----------
    payoffs, setting, axes, delta
        As in :func:`~tertius.choice.region.region`.
    kind
        One of ``KINDS``.
    step
        Distance between points, as a part of the axes' length on their scale.

    Returns
    -------
    dict of str to list of Curve
        In the parameters' own units, by elasticity set.

    Raises
    ------
    BadInput
        If there is no such kind.

    Examples
    --------
    >>> from tertius.choice import PRIOR, Setting, refine
    >>> from tertius.choice.example import line
    >>> curves = boundaries(refine(line(rent=0.5), 21), Setting(0.1, 0.1, power=2.0), PRIOR, step=0.05)
    >>> len(curves["FGO"]) > 0
    True
    """
    if kind not in KINDS:
        raise unknown("boundaries", "kind", kind, KINDS)
    row = KINDS.index(kind)
    found = {}
    for name in payoffs.sets:
        one = payoffs.only(name)

        def inside(p: Array, one: Payoffs = one) -> NDArray[np.bool_]:
            at = setting
            for axis, share in zip(axes, p.T, strict=True):
                at = at.at(axis.parameter, axis.at(share))
            return np.asarray(best_reply(one, at, delta).kind[..., 0] == row)

        found[name] = [
            Curve(
                np.stack([a.at(c) for a, c in zip(axes, curve.points.T, strict=True)], axis=1), curve.closed
            )
            for curve in trace(inside, step)
        ]
    return found
