# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`relocate`: workers move from one country to another, by skill; what that brings and costs, and to whom.

Labour of two kinds earns, with the capital it works with, all value added. Of kind k there are N workers; M
of them leave and the endowment of their country becomes ``(1 - M/N)^a``, that of the other ``(1 + z M/N)^a``:
a is the share of labour in income where capital stays where it is, and 1 where capital follows (and stays
owned abroad). z is what a mover does relative to a local worker of the same skill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tertius.data.workers import labour_shares, workers
from tertius.errors import BadInput, unknown
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.factors import SKILLS, skilled_share
from tertius.outcomes.solve import solve
from tertius.outcomes.welfare import price_index
from tertius.policy import Scenario, Wedges
from tertius.world import World

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Relocation", "relocate"]

PREMIUM = 1.6  # what a degree pays relative to none: the same assumption as in the shipped skill shares


@dataclass(frozen=True, eq=False)
class Relocation:
    """What a relocation does.

    Attributes
    ----------
    equilibrium
        The solved counterfactual.
    origin, destination
        ISO3 codes.
    moved
        Workers who moved, by skill.
    total
        Change of real income of each of the two countries, percent.
    total_usd
        The same as equivalent variation, USD million.
    per_native
        Change of real income of those who did not move, percent: natives, stayers.
    native_usd
        The same in all, USD million of base income; for the origin its brain-drain cost if negative.
    mover_pay
        USD a year, mean of movers: at the origin before, at the destination after (market exchange rates).
    sent
        Remittances to the origin, USD million; ``remote_pay`` the pay that employers at the origin send after
        those who go on working for them.
    """

    equilibrium: Equilibrium
    origin: str
    destination: str
    moved: dict[str, float]
    total: dict[str, float]
    total_usd: dict[str, float]
    per_native: dict[str, float]
    native_usd: dict[str, float]
    mover_pay: dict[str, float]
    sent: float
    remote_pay: float

    def rows(self) -> list[tuple[str, str, str, float]]:
        """Give the results as rows: who, measure, unit, value."""
        out: list[tuple[str, str, str, float]] = []
        for country, who in ((self.destination, "natives"), (self.origin, "stayers")):
            out += [
                (country, "real income", "percent", self.total[country]),
                (country, "real income", "USD million", self.total_usd[country]),
                (f"{who} of {country}", "real income per head", "percent", self.per_native[country]),
                (f"{who} of {country}", "real income", "USD million", self.native_usd[country]),
            ]
        out += [("movers", f"pay in {c}", "USD a year", pay) for c, pay in self.mover_pay.items()]
        out += [("movers", "sent home", "USD million", self.sent)]
        return [*out, ("movers", "pay from employers at home", "USD million", self.remote_pay)]


def relocate(
    world: World,
    origin: str = "RUS",
    destination: str = "KAZ",
    movers: float = 8000.0,
    skilled: float = 0.7,
    remote: float = 0.0,
    sent: float = 0.0,
    productivity: float = 1.0,
    capital: str = "stays",
    labour_share: Mapping[str, float] | None = None,
    heads: Mapping[str, float] | None = None,
    beside: Scenario | Wedges | None = None,
) -> Relocation:
    """Move workers from one country to another.

    Parameters
    ----------
    world
        The base year.
    origin, destination
        ISO3 codes of economies of the world.
    movers
        Workers who move.
    skilled
        Share of them that is skilled.
    remote
        Share that goes on working for employers at the origin: their labour stays there, their pay moves.
    sent
        Share of the others' pay at the destination that is sent home.
    productivity
        Of a mover relative to a local worker of the same skill.
    capital
        "stays" or "follows".
    labour_share
        Share of labour in income by country; None: Penn World Table 10.01, 2019.
    heads
        Workers by country; None: Penn World Table 10.01, 2019.
    beside
        A shock at the same time; totals then hold both.

    Returns
    -------
    Relocation

    Raises
    ------
    BadInput
        If a country is unknown or has no such number of workers, or a share is not one.
    NotSolved
        If no equilibrium is found.

    Examples
    --------
    >>> import tertius as tt
    >>> found = relocate(tt.load_world(), movers=10_000.0)
    >>> found.total["KAZ"] > 0 > found.total["RUS"]
    True
    """
    _check(world, origin, destination, movers, skilled, remote, sent, productivity, capital)
    o, d = world.countries.index(origin), world.countries.index(destination)
    pair = (origin, destination)
    count = {c: _number(c, heads, workers(), "workers") for c in pair}
    share = {c: _number(c, labour_share, labour_shares(), "share of labour in income") for c in pair}
    a = {c: 1.0 if capital == "follows" else share[c] for c in pair}
    earned = _earned(world)  # [n, 2]
    number = {c: _heads(earned[world.countries.index(c)], count[c]) for c in pair}
    gone = movers * np.array([skilled, 1.0 - skilled])
    if np.any(gone >= number[origin]):
        raise BadInput(
            "relocate: movers", f"{movers:g} is all the labour of one kind in {origin}", "move fewer"
        )
    present = gone * (1.0 - remote)
    hats = np.ones_like(earned)
    workers_of = np.stack([number[destination], number[origin]])
    hats[[d, o]] = endowments(workers_of, present, productivity, (a[destination], a[origin]))
    old_pay = share[origin] * earned[o] / number[origin]  # USD million a worker
    new_pay = productivity * share[destination] * earned[d] / number[destination]
    home = sent * float(present @ new_pay)
    away = remote * float(gone @ old_pay)
    transfer = np.zeros(len(world.countries))
    transfer[o], transfer[d] = home - away, away - home
    wedges = _wedges(world, beside, hats, transfer)
    eq = solve(world, wedges, factors="skills")
    eq.report.require()
    flows = _Flows(
        o, d, number, share, present, productivity, gone, old_pay, home, away, capital == "follows"
    )
    return _result(eq, pair, flows)


def _wedges(
    world: World, beside: Scenario | Wedges | None, hats: NDArray[np.float64], transfer: NDArray[np.float64]
) -> Wedges:
    """Endowments and transfers, put on top of another shock."""
    other = beside.wedges(world) if isinstance(beside, Scenario) else beside or Wedges.neutral(world)
    n, s = len(world.countries), len(world.sectors)
    money = transfer if transfer.any() else None
    moved = Wedges.from_arrays(
        world, np.ones((n, n, s)), world.tariff_values.copy(), np.ones((n, s)), np.ones(n),
        skill=hats, transfer=money,
    )  # fmt: skip
    given = moved.transfer if money is not None else None
    if vars(other)["transfer"] is not None:
        given = other.transfer if given is None else other.transfer + given
    return replace(other, skill=other.skill * moved.skill, transfer=given)


@dataclass(frozen=True, slots=True)
class _Flows:
    """What the accounts of natives and movers need."""

    o: int
    d: int
    number: dict[str, NDArray[np.float64]]
    share: dict[str, float]
    present: NDArray[np.float64]
    productivity: float
    gone: NDArray[np.float64]
    old_pay: NDArray[np.float64]
    home: float
    away: float
    follows: bool


def endowments(
    number: NDArray[np.float64], gone: NDArray[np.float64], productivity: float, power: tuple[float, float]
) -> NDArray[np.float64]:
    """Hats of endowments by kind of labour ``[destination or origin, 2]``.

    Parameters
    ----------
    number
        ``[destination or origin, 2]``: workers before.
    gone
        ``[2]``: workers who move.
    productivity
        Of a mover relative to a local worker.
    power
        Share of labour where capital stays, 1 where it follows; destination, origin.
    """
    gained = 1.0 + productivity * gone / number[0]
    return np.stack([gained ** power[0], (1.0 - gone / number[1]) ** power[1]])


def _result(eq: Equilibrium, pair: tuple[str, str], f: _Flows) -> Relocation:
    """Split incomes between those who moved and those who did not."""
    origin, destination = pair
    s = eq.solution
    price, base = price_index(s), s.base.I
    income = _factor_income(eq)
    z = f.productivity * f.present / f.number[destination]
    slice_ = z / (1.0 + z)  # the movers' part of each kind of labour
    pay = float(f.share[destination] * income[f.d] @ slice_)
    rent = float((1.0 - f.share[destination]) * income[f.d] @ slice_) if f.follows else 0.0
    lost = float(f.old_pay @ f.present) / (f.share[origin] if f.follows else 1.0)
    mine = {
        destination: (s.sweep.I[f.d] - f.away + f.home - pay - rent, base[f.d]),
        origin: (s.sweep.I[f.o], base[f.o] - lost),
    }
    if f.away:
        mine[origin] = (s.sweep.I[f.o], base[f.o] - lost - f.away)
    real = {c: new / price[k] for k, (c, (new, _)) in zip((f.d, f.o), mine.items(), strict=True)}
    total, usd = eq.welfare(), eq.welfare("equivalent_variation")
    movers = float(f.gone.sum())
    earned = pay + f.away
    return Relocation(
        eq, origin, destination,
        moved=dict(zip(SKILLS, (float(x) for x in f.gone), strict=True)),
        total={c: float(total.sel(country=c)) for c in pair},
        total_usd={c: float(usd.sel(country=c)) for c in pair},
        per_native={c: float(100.0 * (real[c] / mine[c][1] - 1.0)) for c in pair},
        native_usd={c: float(real[c] - mine[c][1]) for c in pair},
        mover_pay={
            origin: 1e6 * float(f.old_pay @ f.gone) / movers if movers else 0.0,
            destination: 1e6 * earned / movers if movers else 0.0,
        },
        sent=f.home,
        remote_pay=f.away,
    )  # fmt: skip


def _factor_income(eq: Equilibrium) -> NDArray[np.float64]:
    """Income of each kind of labour ``[n, 2]`` after the shock, USD million."""
    system = eq.solution.system
    return np.exp(system.log_w(eq.solution.z)) * system.endowment


def _earned(world: World) -> NDArray[np.float64]:
    """Base income of each kind of labour with its capital ``[n, 2]``, USD million."""
    paid = world.accounts.value_added_share * world.accounts.output
    share = skilled_share(world)
    return np.stack([(share * paid).sum(axis=1), ((1.0 - share) * paid).sum(axis=1)], axis=1)


def _heads(earned: NDArray[np.float64], workers: float) -> NDArray[np.float64]:
    """Workers by kind: the skilled earn `PREMIUM` times as much each."""
    weight = earned / np.array([PREMIUM, 1.0])
    return workers * weight / weight.sum()


def _number(
    country: str, given: Mapping[str, float] | None, shipped: Mapping[str, float], what: str
) -> float:
    found = (given or {}).get(country, shipped.get(country))
    if found is None or not found > 0:
        raise BadInput(f"relocate: {country}", f"no {what} is shipped for it", "give it yourself")
    return float(found)


def _check(
    world: World, origin: str, destination: str, movers: float, skilled: float, remote: float, sent: float,
    productivity: float, capital: str,
) -> None:  # fmt: skip
    for name, code in (("origin", origin), ("destination", destination)):
        if code not in world.countries:
            raise unknown(f"relocate: {name}", "country of this world", code, world.countries)
    if origin == destination:
        raise BadInput("relocate", f"{origin} is both origin and destination", "name two countries")
    for name, value in (("skilled", skilled), ("remote", remote), ("sent", sent)):
        if not 0.0 <= value <= 1.0:
            raise BadInput(f"relocate: {name}", f"{value} is not a share between 0 and 1")
    if not (0.0 <= movers < np.inf and 0.0 <= productivity < np.inf):
        raise BadInput("relocate", "movers and productivity must be numbers of 0 or more")
    if capital not in ("stays", "follows"):
        raise unknown("relocate: capital", "behaviour of capital", capital, ("stays", "follows"))
