# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""One state of a customs union: which parts of membership a country has, and the equilibrium that follows.

Both the member and the non-member pay schedules that can be cited, never the tariffs of the world file.
Import duties
of members go to a pool that is shared by a fixed key: since the shares depend on revenue, the equilibrium is
solved again until they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput
from tertius.labels import resolve, resolve_sectors
from tertius.outcomes.revenue import tariff_revenue
from tertius.outcomes.solve import solve
from tertius.policy import PassageWedge, Wedges
from tertius.routes import Routes
from tertius.text import say
from tertius.world import World

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["KEY", "WTO_AVERAGE", "Rules", "State", "rules", "state"]

MEMBERSHIP = date(2021, 12, 31)
EAEU = "EAEU"
KEY = {"RUS": 0.85065, "KAZ": 0.06955, "BLR": 0.0486, "KGZ": 0.019, "ARM": 0.0122}
"""Key of the pool of import duties since 2020. Kazakhstan 6.95, Belarus 4.86, Kyrgyzstan 1.9, Armenia 1.22
percent, Russia more than 85: Vestnik Kavkaza, 21 February 2023 (seen 2026-11-22); Russia is the remainder."""
WTO_AVERAGE = 6.1 / 6.60
"""Kazakhstan's average final binding in the WTO (6.1 percent, International Trade Administration) over the
simple average of the common tariff (6.60 percent): makes a national schedule of it, an assumption."""
CIS_FREE_TRADE = ("ARM", "BLR", "KAZ", "KGZ", "MDA", "RUS", "TJK", "UKR", "UZB", "AZE", "GEO", "TKM")
"""Treaty on a free-trade area of 2011, bilateral agreements (AZE, GEO, TKM); from memory."""
TOL, POOL_TOL, ROUNDS = 1e-10, 1e-9, 12


@dataclass(frozen=True, slots=True)
class Rules:
    """A union as the equations need it.

    Attributes
    ----------
    focal
        Index of the state in question.
    members, others
        Codes of all members; indices of those but the focal state.
    outside, free
        Indices of outsiders who pay duties, and who do not.
    common, national
        ``[sector]``: tariff of the union, and of the focal state alone.
    key
        ``[country]``: shares in the pool; zeros mean none.
    goods
        ``[sector]``: whether a sector crosses a border as goods.
    note
        What a reader must be told.
    """

    focal: int
    members: tuple[str, ...]
    others: tuple[int, ...]
    outside: tuple[int, ...]
    free: tuple[int, ...]
    common: Array
    national: Array
    key: Array
    goods: Array
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Equilibrium of one mixture of parts.

    Attributes
    ----------
    log_real_income
        Log of the focal state's real income, new over base.
    transfer
        ``[country]``: what the pool of duties brings each, USD million.
    pool
        Of that, the focal state's.
    z
        Unknowns of the solve, from which a neighbour may start.
    """

    log_real_income: float
    transfer: Array
    pool: float
    z: Array


def rules(
    world: World,
    focal: str,
    union: str,
    common: Mapping[str, float] | None,
    national: Mapping[str, float] | None,
    key: Mapping[str, float] | None,
    free: Iterable[str] | None,
) -> Rules:
    """Read a union on a world; see :func:`tertius.union_value`."""
    where = "union value"
    members = resolve((union,), world.countries, MEMBERSHIP, f"{where}: union")
    if focal not in members:
        raise BadInput(
            f"{where}: focal", f"{focal} is no member of {union}", f"members are {', '.join(members)}"
        )
    if len(members) < 2:
        raise BadInput(f"{where}: union", f"{focal} is its only member in {world.name}", "take another world")
    if union != EAEU and (common is None or national is None):
        what = f"no tariff schedules of {union} and of {focal} outside it are shipped"
        raise BadInput(where, what, "give common= and national=, tariff by sector, with their sources")
    goods = np.isin(world.sectors, resolve_sectors(("goods",), world.sectors, where)).astype(np.float64)
    outer = _schedule(world, eaeu_schedule() if common is None else common, f"{where}: common") * goods
    own = (
        outer * WTO_AVERAGE if national is None else _schedule(world, national, f"{where}: national") * goods
    )
    exempt = (CIS_FREE_TRADE if union == EAEU else ()) if free is None else tuple(free)
    index, inside = world.countries.index, set(members)
    shares = (KEY if union == EAEU else {}) if key is None else key
    return Rules(
        focal=index(focal),
        members=members,
        others=tuple(index(m) for m in members if m != focal),
        outside=tuple(k for k, c in enumerate(world.countries) if c not in inside and c not in exempt),
        free=tuple(k for k, c in enumerate(world.countries) if c not in inside and c in exempt),
        common=outer,
        national=own,
        key=np.array([shares.get(c, 0.0) if c in inside else 0.0 for c in world.countries]),
        goods=goods,
        note=say("the national schedule is the common one scaled to the average WTO binding: an assumption")
        if national is None
        else "",
    )


def eaeu_schedule() -> dict[str, float]:
    """Common external tariff of the Eurasian Economic Union by sector, simple averages of 2026.

    Examples
    --------
    >>> eaeu_schedule()["A01"]
    0.0544
    """
    text = (files("tertius.data") / "tables" / "eaeu_common_tariff.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if line and not line.startswith("#")][1:]
    return {r[0]: float(r[1]) for r in rows if r[1] and r[0] != "ALL"}


def _schedule(world: World, given: Mapping[str, float], where: str) -> Array:
    out = np.zeros(len(world.sectors))
    for name, rate in given.items():
        if not 0.0 <= rate < np.inf:
            raise BadInput(where, f"{rate!r} for {name} is no tariff", "0.05 is 5 %")
        for s in resolve_sectors((name,), world.sectors, where):
            out[world.sectors.index(s)] = rate
    return out


def state(
    world: World,
    rule: Rules,
    scenario: Wedges | None,
    routes: Routes | None,
    team: frozenset[str],
    border: float,
    closure: str,
    near: State | None = None,
) -> State:
    """Equilibrium with some parts of membership.

    Parameters
    ----------
    world
        The base year.
    rule
        The union.
    scenario
        Policy of others, made for this world.
    routes
        Routes for re-exports.
    team
        Parts that the focal state has: "tariff", "border", "re-export".
    border
        Cost of the border where it has not "border".
    closure
        As in :func:`tertius.solve`.
    near
        A mixture solved before, to start from; the answer is the same without.

    Raises
    ------
    NotSolved
        If there is no equilibrium, or the pool does not settle.
    """
    start = Wedges.neutral(world) if scenario is None else scenario
    key = _key(rule, "tariff" in team)
    transfer = np.zeros(len(world.countries)) if near is None else near.transfer
    z = None if near is None else near.z
    wedges, given = _wedges(world, rule, start, team, border)
    for _ in range(ROUNDS):
        now = replace(wedges, transfer=given.copy(data=given.values + transfer))
        eq = solve(world, now, closure, routes=routes, tol=TOL, start=z)
        eq.report.require()
        z = eq.solution.z
        duties = np.where(key > 0, tariff_revenue(eq.solution), 0.0)
        new = key * duties.sum() - duties
        settled = np.abs(new - transfer).max() <= POOL_TOL * eq.solution.base.I[rule.focal]
        transfer = new
        if settled:
            break
    sweep, base = eq.solution.sweep, eq.solution.base
    real = np.log(sweep.I[rule.focal] / base.I[rule.focal]) - sweep.log_pf[rule.focal]
    return State(float(real), transfer, float(transfer[rule.focal]), eq.solution.z)


def _key(rule: Rules, member: bool) -> Array:
    """Shares in the pool of those who are in it; a non-member's is spread over the others."""
    key = rule.key.copy()
    if not member:
        key[rule.focal] = 0.0
    return key / key.sum() if key.sum() > 0 else key


def _wedges(
    world: World, rule: Rules, start: Wedges, team: frozenset[str], border: float
) -> tuple[Wedges, xr.DataArray]:
    """Policy with these parts of membership, and its transfers before the pool's."""
    a = start.arrays(world)
    tariff, iceberg = a["tariff"].copy(), a["iceberg"].copy()
    everybody = [rule.focal, *rule.others]
    tariff[np.ix_(rule.outside, everybody)] = rule.common
    tariff[np.ix_(rule.free, everybody)] = 0.0
    tariff[np.ix_(everybody, everybody)] = 0.0
    others = list(rule.others)
    if "tariff" not in team:
        tariff[list(rule.outside), rule.focal] = rule.national
        tariff[others, rule.focal] = rule.national
        tariff[rule.focal, others] = rule.common
    if "border" not in team:
        cost = np.where(rule.goods > 0, 1.0 + border, 1.0)
        iceberg[others, rule.focal] *= cost
        iceberg[rule.focal, others] *= cost
    own = a.get("transfer", np.zeros(len(world.countries)))
    passages = start.passages
    if "re-export" not in team:
        names = tuple(world.countries[k] for k in rule.others)
        code = world.countries[rule.focal]
        passages = (*passages, PassageWedge((code,), world.countries, names, world.sectors, cost=np.inf))
    made = Wedges.from_arrays(
        world, iceberg, tariff, a["productivity"], a["labour"], start.theta,
        export_tax=a.get("export_tax"), taste=a.get("taste"), transfer=own,
        coalitions=start.coalitions, quotas=start.quotas, caps=start.caps, closed=a.get("closed"),
        passages=passages, skill=a.get("skill"),
    )  # fmt: skip
    return made, made.transfer
