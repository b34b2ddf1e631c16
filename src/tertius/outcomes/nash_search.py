# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Search for a point where every player's rates answer the others', and the test that they do."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import NotSolved
from tertius.outcomes.tariff_choice import Game, Point
from tertius.outcomes.tariff_search import Box, ascend, pressure, settle, sides
from tertius.outcomes.tariff_setup import SOLVE_TOL

__all__ = ["SAME", "VERIFY_TOL", "Found", "nash_from"]

TOGETHER = 100  # equilibria allowed for all conditions at once
TRIALS = 300  # and for one player's search
ROUNDS = 20  # of best responses
NEAR = 1e-2  # a round of answers moves less: close to an equilibrium
RETRIES = 3  # new starts from where somebody did better
ALONE = 3e-5  # pressure to which a deviation is searched
VERIFY_TOL = 1e-8  # log real income that no player must be able to gain
SAME = 1e-5  # difference of rates below which two points are one


@dataclass(frozen=True, slots=True)
class Found:
    """A point from one start, how it was found, and the most each player can gain ``[player]``."""

    point: Point
    method: str
    better: Array

    @property
    def verified(self) -> bool:
        """Whether nobody gains by other rates of its own."""
        return bool(np.all(self.better <= VERIFY_TOL))  # NaN is not


def nash_from(game: Game, start: Array, box: Box, tol: float, verify: bool) -> Found:
    """First-order conditions, then the test; who can do better elsewhere gives the next start."""
    found = _stationary(game, start, box, tol)
    if not verify:
        return found
    for _ in range(RETRIES):
        better, away = _deviations(game, found.point, box)
        if away is None:
            break
        again = _best_responses(game, away, box, tol, wide=True)
        if pressure(again.point, box) > tol or np.abs(again.point.y - found.point.y).max() <= SAME:
            break
        found = again
    else:
        better, _ = _deviations(game, found.point, box)
    return replace(found, better=better)


def _stationary(game: Game, start: Array, box: Box, tol: float) -> Found:
    """All conditions together; if that fails, best responses."""
    point, rest = settle(game, start, box, tol, SOLVE_TOL, TOGETHER)
    if point is not None and rest <= tol:
        return Found(point, "together", np.full(len(game.players), np.nan))
    return _best_responses(game, start, box, tol)


def _best_responses(game: Game, start: Array, box: Box, tol: float, wide: bool = False) -> Found:
    """Each player in turn answers the others; once a round moves little, all together.

    If ``wide``, answers are searched from below and above too: slower, and not held by the nearest of
    several peaks. It ends when it comes back to where it was: then it goes in a circle.
    """
    y, point, lowest = box.clip(start), None, np.inf
    seen: list[Array] = []
    for _ in range(ROUNDS):
        for player in range(len(game.players)):
            y = _answer(game, player, [y, *sides(game, player, y, box)] if wide else [y], box)
        moved = np.abs(y - seen[-1]).max() if seen else np.inf
        if moved <= NEAR:
            near, rest = settle(game, y, box, tol, SOLVE_TOL, TOGETHER // 4)
            if near is not None and rest < lowest:
                point, lowest = near, rest
        if lowest <= tol or any(np.abs(y - old).max() <= NEAR for old in seen[:-1]):
            break
        seen.append(y)
    point = game.visit(y, SOLVE_TOL) if point is None else point
    if point is None:
        raise NotSolved("Nash tariffs: best responses lead to where nothing is solved; try other bounds")
    return Found(point, "best responses", np.full(len(game.players), np.nan))


def _answer(game: Game, player: int, starts: list[Array], box: Box) -> Array:
    """The best answer of one player found from any of the starts."""
    found = []
    for start in starts:
        with suppress(NotSolved):
            found.append(ascend(game, player, start, box, TRIALS)[0])
    if not found:
        raise NotSolved(
            f"Nash tariffs: {game.players[player].name} has no answer to the others; try other bounds"
        )
    return max(found, key=lambda point: point.worth[player]).y


def _deviations(game: Game, point: Point, box: Box) -> tuple[Array, Array | None]:
    """The most each player gains by searching again from two sides, log points ``[player]``.

    With it, the rates of all once the one who gains most has moved; None if nobody gains.
    """
    income = game.solution.base.I * game.before
    out, most, away = np.full(len(game.players), np.nan), VERIFY_TOL, None
    for p, player in enumerate(game.players):
        before = player.money @ income
        for start in sides(game, p, point.y, box):
            with suppress(NotSolved):
                best, _ = ascend(game, p, start, box, TRIALS, SOLVE_TOL, ALONE)
                gain = float(np.log((before + best.worth[p]) / (before + point.worth[p])))
                out[p] = np.fmax(out[p], gain)
                if gain > most:
                    most, away = gain, best.y
    return out, away
