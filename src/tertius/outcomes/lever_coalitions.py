# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Coalitions behind a lever: who adds how much to the loss, at what cost, and who would rather stay out.

In the spirit of Chowdhry, Hinz, Kamin & Wanner (2024), "Brothers in Arms: The Value of Coalitions in
Sanctions Regimes", Economic Policy. The enforcement gap is the share of the target's loss that goes if those
members stay out who save more by it than what is lost of the target's loss is worth to them: without
transfers or pressure among members that share is not self-enforcing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, NotSolved, unknown
from tertius.labels import resolve
from tertius.outcomes.lever_cells import world_in_run
from tertius.outcomes.shapley import shapley, subsets
from tertius.outcomes.solve import solve
from tertius.outcomes.welfare import welfare
from tertius.policy.lever import Lever, catalogue
from tertius.routes import Routes
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "WEST", "CoalitionValue", "coalition_lever", "coalition_value"]

MEMBERSHIP = date(2021, 12, 31)
MOST = 7  # members: 128 equilibria
WEST = {
    "EU27": ("EU27",),
    "USA": ("USA",),
    "GBR": ("GBR",),
    "JPN+KOR+TWN": ("JPN", "KOR", "TWN"),
    "others": ("AUS", "CAN", "CHE", "ISL", "NOR", "NZL"),
}
"""Blocks of coalition-2022, small enough in number that every team can be solved."""
Team = frozenset[str]


@dataclass(frozen=True, eq=False)
class CoalitionValue:
    """A lever pulled by every team of members.

    Attributes
    ----------
    lever, run
        What is pulled.
    members
        Names of the blocks.
    inflicted
        Loss of the target by team, USD million.
    cost
        Loss of each member by team, USD million.
    """

    lever: Lever
    run: str
    members: tuple[str, ...]
    inflicted: Mapping[Team, float]
    cost: Mapping[Team, Array]

    @property
    def whole(self) -> Team:
        """All members."""
        return frozenset(self.members)

    def stays_out(self, value: float = 0.0) -> tuple[str, ...]:
        """Members who save more by staying out alone than the part of the loss that goes is worth to them."""
        full, all_ = self.cost[self.whole], self.inflicted[self.whole]
        return tuple(
            m
            for k, m in enumerate(self.members)
            if full[k] - self.cost[self.whole - {m}][k] > value * (all_ - self.inflicted[self.whole - {m}])
        )

    def enforcement_gap(self, value: float = 0.0) -> float:
        """Share of the target's loss that goes if those who would rather stay out do.

        Parameters
        ----------
        value
            What a dollar of the target's loss is worth to each member.
        """
        kept = self.whole - set(self.stays_out(value))
        return 1.0 - self.inflicted[kept] / self.inflicted[self.whole]

    def gaps(self, values: Sequence[float]) -> pd.DataFrame:
        """Enforcement gap by what a dollar of the target's loss is worth: value, gap, stays_out."""
        import pandas as pd

        rows = [(v, self.enforcement_gap(v), " ".join(self.stays_out(v))) for v in values]
        return pd.DataFrame(rows, columns=["value", "gap", "stays_out"])

    def to_table(self) -> pd.DataFrame:
        """One row per member, USD million.

        Returns
        -------
        pandas.DataFrame
            Columns member, alone (loss of the target if it acts alone), marginal (loss of the target that
            goes without it), shapley, cost (its own loss with all), saving (by staying out alone),
            cost_per_dollar (own loss over the target's by Shapley).
        """
        import pandas as pd

        value = shapley(self.members, lambda team: self.inflicted[team])
        rows = []
        for k, m in enumerate(self.members):
            own = float(self.cost[self.whole][k])
            part = float(value[m])
            rows.append(
                {
                    "member": m,
                    "alone": self.inflicted[frozenset({m})],
                    "marginal": self.inflicted[self.whole] - self.inflicted[self.whole - {m}],
                    "shapley": part,
                    "cost": own,
                    "saving": own - float(self.cost[self.whole - {m}][k]),
                    "cost_per_dollar": own / part if part else np.nan,
                }
            )
        return pd.DataFrame(rows)


def coalition_value(
    world: World,
    lever: Lever,
    members: Mapping[str, Sequence[str]] | None = None,
    run: str = "long",
    closure: str = "fixed_deficit",
    workers: int = 2,
    tol: float = 1e-9,
    tell: Callable[[int, int, str], None] | None = None,
) -> CoalitionValue:
    """Pull a lever with every team of members.

    Parameters
    ----------
    world
        The base year.
    lever
        From :func:`tertius.policy.lever.catalogue`; its user is replaced by each team.
    members
        Codes or groups by name of the block; None is the West in five blocks.
    run, closure
        As in :func:`tertius.solve`.
    workers
        Threads.
    tol
        Largest residual.
    tell
        Called with how many teams are done, how many there are, and which.

    Returns
    -------
    CoalitionValue

    Raises
    ------
    BadInput
        If there are too many members, or one is the target.
    NotSolved
        If a team leads to no equilibrium.
    """
    codes = _blocks(world, lever, WEST if members is None else members)
    used = world_in_run(world, run)

    def pulled(team: Team) -> tuple[float, Array]:
        return _pulled(used, lever, run, codes, team, closure, tol)

    teams = subsets(tuple(codes))
    found: dict[Team, tuple[float, Array]] = {}
    with ThreadPoolExecutor(max(1, workers)) as pool:
        for k, (team, losses) in enumerate(zip(teams, pool.map(pulled, teams), strict=True), start=1):
            found[team] = losses
            if tell is not None:
                tell(k, len(teams), "+".join(m for m in codes if m in team) or "nobody")
    return CoalitionValue(
        lever, run, tuple(codes), {t: v[0] for t, v in found.items()}, {t: v[1] for t, v in found.items()}
    )


def coalition_lever(world: World, name: str, target: str) -> Lever:
    """A shipped lever on a target, for coalitions to pull.

    Parameters
    ----------
    world
        The base year.
    name
        Of the lever, such as "embargo".
    target
        Code of the state that it hurts.

    Raises
    ------
    BadInput
        If there is no such lever, or it is not identified.
    """
    own = {x.spec.name: x for x in catalogue(world.countries, target) if target in x.target and x.computed}
    if name not in own:
        raise unknown("coalition: lever", f"computed lever on {target}", name, own)
    return own[name]


def _blocks(world: World, lever: Lever, named: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Codes by block, each country once and none of them the target."""
    if not 1 < len(named) <= MOST:
        raise BadInput("coalition: members", f"{len(named)} blocks", f"give two to {MOST}")
    codes = {
        name: resolve(tuple(given), world.countries, MEMBERSHIP, f"coalition: {name}")
        for name, given in named.items()
    }
    inside = [c for own in codes.values() for c in own]
    if twice := sorted({c for c in inside if inside.count(c) > 1 or c in lever.target}):
        raise BadInput(
            "coalition: members", f"{twice[0]} is in two blocks, or the target", "leave it out of one"
        )
    return codes


def _pulled(
    world: World,
    lever: Lever,
    run: str,
    codes: Mapping[str, tuple[str, ...]],
    team: Team,
    closure: str,
    tol: float,
) -> tuple[float, Array]:
    """Loss of the target, and of each block, if a team pulls the lever."""
    if not team:
        return 0.0, np.zeros(len(codes))
    own = replace(lever, user=tuple(c for m in codes if m in team for c in codes[m]))
    routes = Routes.load(lever.spec.routes) if lever.spec.routes and not lever.spec.short_run else None
    wedges = own.scenarios(run)[0].wedges(world)
    eq = solve(world, wedges, closure, routes=routes, tol=tol, run=run, trade_elasticity_scale=1.0)
    if not eq.report.converged:
        raise NotSolved(f"coalition {'+'.join(sorted(team))}: {eq.report}")
    loss = dict(zip(world.countries, -welfare(eq.solution, "equivalent_variation"), strict=True))
    each = [sum(loss[c] for c in block) for block in codes.values()]
    return sum(loss[c] for c in lever.target), np.array(each)
