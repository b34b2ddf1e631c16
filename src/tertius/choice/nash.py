# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Nash equilibria of a bimatrix by nashpy, degenerate games included, each checked by its regret."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, NotSolved

if TYPE_CHECKING:
    import nashpy

__all__ = ["Equilibrium", "nash"]

REGRET = 1e-9  # largest gain from deviating, in parts of the spread of a player's payoffs
SAME = 1e-7  # strategies closer than this are one equilibrium
MOST = 7  # announcements per power: pairs of supports grow as 4^7


@dataclass(frozen=True, eq=False, slots=True)
class Equilibrium:
    """One Nash equilibrium.

    Attributes
    ----------
    row, column
        ``[A]`` and ``[B]`` probabilities of each announcement.
    payoff
        Expected payoffs of the row and of the column player.
    """

    row: Array
    column: Array
    payoff: tuple[float, float]

    @property
    def pure(self) -> bool:
        """Whether nobody mixes."""
        return bool(self.row.max() > 1 - SAME and self.column.max() > 1 - SAME)


def nash(row: Array, column: Array) -> tuple[Equilibrium, ...]:
    """Nash equilibria of a bimatrix game.

    Support enumeration gives all of a nondegenerate game and corners of a degenerate one, over supports of
    unequal size too; vertex enumeration and then Lemke-Howson stand in if it finds none. Announcements that
    differ in nothing are one: the first is kept.

    Parameters
    ----------
    row, column
        ``[A, B]`` payoffs of the two players.

    Returns
    -------
    tuple of Equilibrium
        Pure ones first, then by the announcements' order; at least one.

    Raises
    ------
    BadInput
        If shapes differ, a payoff is no number, or a player has more than seven announcements.
    NotSolved
        If no method finds an equilibrium: Nash (1950) proves that there is one, so this is numerical.

    Examples
    --------
    >>> pennies = np.array([[1.0, -1.0], [-1.0, 1.0]])
    >>> nash(pennies, -pennies)[0].row.tolist()
    [0.5, 0.5]

    Source: Knight and Campbell (2018), Nashpy, Journal of Open Source Software 3(30), 904.
    """
    _check(row, column)
    keep_a, keep_b = _distinct(row, column), _distinct(row.T, column.T)
    small = tuple(_scaled(m)[np.ix_(keep_a, keep_b)] for m in (row, column))
    found: list[tuple[Array, Array]] = []
    for candidates in _methods(small[0], small[1]):
        for pair in candidates:
            if _regret(small[0], small[1], pair) <= REGRET and not any(_same(pair, other) for other in found):
                found.append(pair)
        if len(found) % 2:
            break
    if not found:
        raise NotSolved(
            f"no equilibrium of the {row.shape[0]} x {row.shape[1]} game of announcements was found"
        )
    whole = [_whole(pair, (keep_a, keep_b), row, column) for pair in found]
    return tuple(sorted(whole, key=lambda e: (not e.pure, *(-e.row), *(-e.column))))


def _check(row: Array, column: Array) -> None:
    if row.shape != column.shape or row.ndim != 2 or not row.size:
        raise BadInput("nash", f"payoffs have shapes {row.shape} and {column.shape}", "give two [A, B]")
    if not (np.isfinite(row).all() and np.isfinite(column).all()):
        raise BadInput("nash", "a payoff is not a number", "solve every cell")
    if max(row.shape) > MOST:
        raise BadInput("nash", f"{max(row.shape)} announcements", f"give at most {MOST} per power")


def _scaled(payoff: Array) -> Array:
    """Positive payoffs with a spread of one: equilibria stay, tolerances get a meaning."""
    spread = float(np.ptp(payoff))
    return (payoff - payoff.min()) / spread + 1.0 if spread > 0 else np.ones_like(payoff)


def _distinct(row: Array, column: Array) -> list[int]:
    both = np.concatenate([_scaled(row), _scaled(column)], axis=1)
    kept: list[int] = []
    for i, line in enumerate(both):
        if not any(np.allclose(line, both[j], rtol=0.0, atol=REGRET) for j in kept):
            kept.append(i)
    return kept


def _methods(row: Array, column: Array) -> Iterator[Iterable[tuple[Array, Array]]]:
    """Candidates, until their number is odd as it is in nondegenerate games (Wilson 1971).

    Support enumeration compares without tolerance, and rounding may hide an equilibrium; in another order
    of the announcements it rounds otherwise.
    """
    import nashpy

    game = nashpy.Game(row, column)
    some = _quiet(game, "support_enumeration")
    yield some
    for a, b in ((-1, -1), (-1, 1), (1, -1)):
        turned = nashpy.Game(row[::a, ::b], column[::a, ::b])
        again = [(p[::a], q[::b]) for p, q in _quiet(turned, "support_enumeration")]
        some += again
        yield again
    if not some:
        yield _quiet(game, "vertex_enumeration")
        yield _quiet(game, "lemke_howson_enumeration")


def _quiet(game: nashpy.Game, method: str) -> list[tuple[Array, Array]]:
    """Run one method; what it warns of (degenerate games) the check of regrets takes care of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            pairs = list(getattr(game, method)())
        except (ValueError, IndexError, np.linalg.LinAlgError, RuntimeError):  # flat or ill-shaped polytopes
            return []
    shape = game.payoff_matrices[0].shape
    return [(np.asarray(p), np.asarray(q)) for p, q in pairs if (len(p), len(q)) == shape]


def _regret(row: Array, column: Array, pair: tuple[Array, Array]) -> float:
    p, q = pair
    if not (np.isfinite(p).all() and np.isfinite(q).all() and min(p.min(), q.min()) >= -REGRET):
        return np.inf
    return float(max((row @ q).max() - p @ row @ q, (p @ column).max() - p @ column @ q))


def _same(one: tuple[Array, Array], two: tuple[Array, Array]) -> bool:
    return all(np.allclose(a, b, rtol=0.0, atol=SAME) for a, b in zip(one, two, strict=True))


def _whole(
    pair: tuple[Array, Array], kept: tuple[list[int], list[int]], row: Array, column: Array
) -> Equilibrium:
    p, q = np.zeros(row.shape[0]), np.zeros(row.shape[1])
    p[kept[0]], q[kept[1]] = pair
    return Equilibrium(p, q, (float(p @ row @ q), float(p @ column @ q)))
