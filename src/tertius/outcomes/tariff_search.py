# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Two searches over chosen rates: uphill for one player, and to where nobody's slope points anywhere.

`ascend` takes whole steps (`tariff_choice`) while they gain, then L-BFGS-B (Byrd, Lu, Nocedal & Zhu
1995; SciPy) on ln(1 + rate), each scaled by the square root of elasticity times trade, so that the
curvature is about one. It only goes uphill, but is blind to gains below the noise of the solver.
`settle` goes on where it ends: it accelerates y + step, projected on the bounds, which needs no
objective, only slopes. With several players its fixed point is all their first-order conditions at once.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium.anderson import accelerate
from tertius.equilibrium.arrays import Array
from tertius.errors import NotSolved
from tertius.outcomes.tariff_choice import Game, Point

__all__ = ["Box", "ascend", "pressure", "settle", "sides"]

SEARCH_TOL = 1e-9  # of the equilibria on the way up
FAR = 0.5  # ln(1 + rate) by which a second search starts higher, and lower where there are no tariffs
LEAP = 0.5  # longest whole step in ln(1 + rate)
ENOUGH = 0.8  # of the pressure may be left after a whole step, or L-BFGS-B takes over
CLOSE = 1e-3  # pressure from which `settle` is the better way
MEMORY = 20  # pairs that L-BFGS-B keeps
PATIENCE = 5  # trials without an equilibrium after which settling gives up
ALL = slice(None)
SHORTEST = 1e-4  # box around the best point, ln(1 + rate), below which a search gives up


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds of ln(1 + rate), the same for all rates."""

    low: float
    high: float

    def clip(self, y: Array) -> Array:
        """Project on the bounds."""
        return np.clip(y, self.low, self.high)

    def at_bound(self, y: Array) -> NDArray[np.bool_]:
        """Which rates are at a bound."""
        return (y <= self.low + 1e-12) | (y >= self.high - 1e-12)


def pressure(point: Point, box: Box, where: slice = ALL) -> float:
    """Largest projected step: zero exactly where first-order conditions hold."""
    y, step = point.y[where], point.step[where]
    return float(np.abs(box.clip(y + step) - y).max(initial=0.0))


class _NoEquilibrium(Exception):
    """A trial of the line search that has no equilibrium."""

    def __init__(self, y: Array) -> None:
        self.y = y


class _Arrived(Exception):
    """A trial that is close enough."""


def ascend(
    game: Game,
    player: int,
    start: Array,
    box: Box,
    trials: int,
    tol: float = SEARCH_TOL,
    close: float = CLOSE,
) -> tuple[Point, str]:
    """Climb one player's objective, all other rates held.

    Where a trial has no equilibrium the search goes on in a box around the best point that ends half
    way to it; the box grows again when it binds.

    Parameters
    ----------
    game
        Real incomes and slopes.
    player
        Whose rates move.
    start
        ``[K]``: rates of all, as ln(1 + rate).
    box
        Bounds.
    trials
        Equilibria allowed.
    tol
        Tolerance of the solves.
    close
        Pressure at which to stop.

    Returns
    -------
    tuple
        The best point, and how the search ended.

    Raises
    ------
    NotSolved
        If there is no equilibrium at the start.
    """
    part = game.parts[player]
    y0 = start.copy()
    y0[part] = box.clip(y0[part])
    point = game.visit(y0, tol, [player])
    if point is None:
        raise NotSolved("tariffs: no equilibrium at the rates from which the search starts; try other bounds")
    point = _natural(game, player, point, box, tol, close)
    if pressure(point, box, part) <= close:
        return point, "close to an optimum"
    climb = _Climb(game, player, point, box, tol, close, game.evaluations + trials)
    radius, words = np.inf, ""
    while True:
        middle = climb.best.y[part]
        low, high = np.maximum(box.low, middle - radius), np.minimum(box.high, middle + radius)
        try:
            words = climb.run(low, high)
        except _Arrived:
            return climb.best, "close to an optimum"
        except _NoEquilibrium as lost:
            radius = 0.5 * float(np.abs(lost.y[part] - climb.best.y[part]).max())
            words = "trials further on have no equilibrium"
        else:
            y = climb.best.y[part]
            if not np.any((np.abs(y - middle) >= 0.999 * radius) & ~box.at_bound(y)):
                return climb.best, words
            radius *= 2.0
        if radius < SHORTEST or climb.left <= 0:
            return climb.best, words or "no more trials allowed"


def _natural(game: Game, player: int, point: Point, box: Box, tol: float, close: float) -> Point:
    """Take whole steps, none longer than ``LEAP``, as long as each gains and leaves much less to go."""
    part, rest = game.parts[player], pressure(point, box, game.parts[player])
    while rest > close:
        y = point.y.copy()
        y[part] = box.clip(y[part] + np.clip(point.step[part], -LEAP, LEAP))
        tried = game.visit(y, tol, [player])
        if tried is None or tried.worth[player] <= point.worth[player]:
            break
        left, point = rest, tried
        rest = pressure(point, box, part)
        if rest > ENOUGH * left:
            break
    return point


class _Climb:
    """L-BFGS-B in scaled variables, the best point remembered.

    The objective is relative to the incomes at stake, and a step that gains less than the tolerance of
    the solves is the last: what is smaller cannot be seen.
    """

    def __init__(
        self, game: Game, player: int, point: Point, box: Box, tol: float, close: float, until: int
    ) -> None:
        self.game, self.player, self.best, self.box = game, player, point, box
        self.tol, self.close, self.until = tol, close, until
        self.part = game.parts[player]
        scale = point.scale[self.part]
        self.live = np.flatnonzero(scale > 0)
        self.money = float(np.abs(game.players[player].money) @ game.solution.base.I)
        self.root = np.sqrt(scale[self.live] / self.money)

    @property
    def left(self) -> int:
        """Trials left."""
        return self.until - self.game.evaluations

    def run(self, low: Array, high: Array) -> str:
        """One run between bounds ``[k]``, from the best point; gives SciPy's last words."""
        from scipy.optimize import Bounds, minimize

        live, root = self.live, self.root
        if not live.size or self.left <= 0:
            return ""
        found = minimize(
            self._objective,
            self.best.y[self.part][live] * root,
            jac=True,
            method="L-BFGS-B",
            bounds=Bounds(low[live] * root, high[live] * root),
            options={
                "maxcor": MEMORY,
                "ftol": self.tol,
                "gtol": 0.0,
                "maxfun": self.left,
                "maxiter": self.left,
            },
        )
        return str(found.message)

    def _objective(self, u: Array) -> tuple[float, Array]:
        y = self.best.y.copy()
        own = y[self.part]
        own[self.live] = u / self.root
        y[self.part] = own
        point = self.best
        if np.abs(y - point.y).max() > 1e-14:
            tried = self.game.visit(y, self.tol, [self.player])
            if tried is None:
                raise _NoEquilibrium(y)
            point = tried
        if point.worth[self.player] >= self.best.worth[self.player]:
            self.best = point
            if pressure(point, self.box, self.part) <= self.close:
                raise _Arrived
        slope = point.slope[self.part][self.live] / (self.root * self.money)
        return -float(point.worth[self.player]) / self.money, -slope


def sides(game: Game, player: int, y: Array, box: Box) -> list[Array]:
    """Where a player searches again: its rates at free trade (or well below it), and 65 % higher."""
    part = game.parts[player]
    own, live = y[part], game.live[part]
    low = np.zeros_like(own) if np.abs(own[live]).max(initial=0.0) > FAR / 5 else own - FAR
    out = []
    for other in (low, own + FAR):
        there = y.copy()
        there[part] = np.where(live, box.clip(other), own)
        out.append(there)
    return out


def settle(
    game: Game, start: Array, box: Box, tol: float, solve_tol: float, trials: int
) -> tuple[Point | None, float]:
    """Find where no player's projected slope points anywhere.

    Parameters
    ----------
    game, start, box, trials
        As in :func:`ascend`.
    tol
        Largest projected step at which to stop.
    solve_tol
        Tolerance of the solves.

    Returns
    -------
    tuple
        The best point seen (None if there was none), and its :func:`pressure`.
    """
    best: Point | None = None
    lowest, lost = np.inf, 0

    def step(z: Array) -> tuple[Array, float]:
        nonlocal best, lowest, lost
        y = box.clip(z)
        point = game.visit(y, solve_tol)
        if point is None:
            lost += 1
            if lost > PATIENCE:
                raise _NoEquilibrium(y)
            return np.full_like(z, np.nan), np.inf
        rest = pressure(point, box)
        if rest < lowest:
            best, lowest = point, rest
        return box.clip(y + point.step) - z, rest

    with suppress(_NoEquilibrium):
        accelerate(step, box.clip(start), tol, trials)
    return best, lowest
