# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""One world, one policy of others: the value of membership and of its parts from all mixtures of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tertius.outcomes.shapley import shapley, subsets
from tertius.outcomes.union_state import Rules, State, state
from tertius.policy import Scenario
from tertius.routes import Routes
from tertius.world import World

__all__ = ["PARTS", "UnionCell", "union_cell"]

PARTS = ("tariff", "border", "re-export")
Team = frozenset[str]
MEMBER, OUTSIDER, PASSING = frozenset(PARTS), frozenset[str](), frozenset({"re-export"})


@dataclass(frozen=True, slots=True)
class UnionCell:
    """Real income of the focal state with each mixture of the parts.

    Attributes
    ----------
    log
        100 times the log of real income by team of parts, at the first border cost.
    left
        The same of the non-member at each border cost.
    pool
        Net gain of the member from the pool of duties, USD million.
    """

    log: Mapping[Team, float]
    left: tuple[float, ...]
    pool: float

    @property
    def total(self) -> float:
        """Member over non-member, percent."""
        return self.log[MEMBER] - self.log[OUTSIDER]

    @property
    def total_open(self) -> float:
        """The same if goods of others still pass a non-member, at the cost of its border."""
        return self.log[MEMBER] - self.log[PASSING]

    @property
    def by_border(self) -> list[float]:
        """Total at each border cost."""
        return [self.log[MEMBER] - x for x in self.left]

    def parts(self) -> dict[str, float]:
        """Shapley values of the parts; they add up to the total."""
        return {p: float(v) for p, v in shapley(PARTS, lambda team: self.log[team]).items()}


def union_cell(
    world: World,
    rule: Rules,
    scenario: Scenario | None,
    routes: Routes | None,
    border: tuple[float, ...],
    closure: str,
) -> UnionCell:
    """Solve all mixtures of member and non-member, and the non-member at each border cost.

    Parameters
    ----------
    world
        The base year, with one set of elasticities.
    rule
        The union.
    scenario
        Policy of others, or None.
    routes
        Routes for re-exports; without them that part is nothing, and nothing is solved for it.
    border
        Costs of the border, the central one first.
    closure
        As in :func:`tertius.solve`.

    Raises
    ------
    NotSolved
        If some state has no equilibrium.
    """
    wedges = None if scenario is None else scenario.wedges(world)
    always = PASSING if routes is None else OUTSIDER
    made: dict[Team, State] = {}
    near: State | None = None  # each starts from the one before
    for team in subsets(PARTS):
        if always <= team:
            made[team] = state(world, rule, wedges, routes, team, border[0], closure, near)
            near = made[team]
    log = {team: 100.0 * made[team | always].log_real_income for team in subsets(PARTS)}
    near = made[always]
    others = (state(world, rule, wedges, routes, always, b, closure, near) for b in border[1:])
    left = (log[OUTSIDER], *(100.0 * s.log_real_income for s in others))
    return UnionCell(log, left, made[MEMBER].pool)
