# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Search for one player's best rates, and the second look that it is no minor peak."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import NotSolved
from tertius.outcomes.tariff_choice import Game, Point
from tertius.outcomes.tariff_search import Box, ascend, pressure, settle, sides
from tertius.outcomes.tariff_setup import SOLVE_TOL

__all__ = ["SAME", "Optimum", "optimum"]

TRIALS = 1000  # equilibria allowed for each climb
SETTLING = 200  # and for settling
NOISE = 1e-8  # of income: what a settled point may seem to lose against the best one on the way
RETRIES = 3  # searches again after a better optimum was found
ALONE = 3e-5  # pressure to which they go
VERIFY_TOL = 1e-8  # of the incomes at stake: what none of them may gain
SAME = 1e-5  # difference of rates below which two optima are one


@dataclass(frozen=True, slots=True)
class Optimum:
    """What all searches found.

    Attributes
    ----------
    point
        The best point.
    words
        What went wrong on the way to it, if anything.
    pressure
        Largest projected step there.
    better
        What the last search from another side gained, in the base's money; NaN if there was none.
    verified
        Whether that is rounding.
    apart
        For each search, the largest difference of its rates, ln(1 + rate), from the best.
    """

    point: Point
    words: str
    pressure: float
    better: float
    verified: bool
    apart: tuple[float, ...]


def optimum(game: Game, starts: Sequence[Array], box: Box, tol: float, verify: bool) -> Optimum:
    """Search from each start; then, if asked, from other sides of the best, as long as that helps."""
    found = [_best_from(game, start, box, tol) for start in starts]
    better = _searched_again(game, found, box, tol) if verify else float("nan")
    point, words = _best(found)
    apart = tuple(float(np.abs(p.y - point.y)[game.live].max(initial=0.0)) for p, _ in found)
    verified = better <= VERIFY_TOL * _at_stake(game)
    return Optimum(point, words, pressure(point, box), better, verified, apart)


def _best_from(game: Game, start: Array, box: Box, tol: float) -> tuple[Point, str]:
    """Climb, then settle; where settling leads nowhere, or downhill, climb as far as the solver can see."""
    best, words = ascend(game, 0, start, box, TRIALS)
    noise = NOISE * _at_stake(game)
    point, rest = settle(game, best.y, box, tol, SOLVE_TOL, SETTLING)
    level = point is not None and point.worth[0] >= best.worth[0] - noise
    if point is not None and level and rest <= tol:
        return point, ""
    close, more = ascend(game, 0, best.y, box, TRIALS, SOLVE_TOL, tol)
    if point is not None and level and rest < pressure(close, box):
        close = point
    return close, words if "equilibrium" in words else more


def _searched_again(game: Game, found: list[tuple[Point, str]], box: Box, tol: float) -> float:
    """Search from other sides of the best point, which a better one joins; the last gain seen."""
    for _ in range(RETRIES):
        (best, _), gain, away = _best(found), float("nan"), None
        for start in sides(game, 0, best.y, box):
            with suppress(NotSolved):
                point, _ = ascend(game, 0, start, box, TRIALS, SOLVE_TOL, ALONE)
                more = float(point.worth[0] - best.worth[0])
                if not more <= gain:
                    gain, away = more, point
        if away is None or gain <= VERIFY_TOL * _at_stake(game):
            return gain
        found.append(_best_from(game, away.y, box, tol))
    return float("nan")  # the last better one was not searched around


def _best(found: list[tuple[Point, str]]) -> tuple[Point, str]:
    return max(found, key=lambda f: float(f[0].worth[0]))


def _at_stake(game: Game) -> float:
    """Incomes in the objective, by weight."""
    return float(np.abs(game.players[0].money) @ game.solution.base.I)
