# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Optimal tariffs: the rates that a country or a coalition would choose, alone or against somebody.

Sources: Johnson (1953), Gros (1987) and Ossa (2014) on optimal tariffs; de Souza, Hu, Li & Mei (2024),
"(Trade) War and Peace: How to Impose International Trade Sanctions", on tariffs that weigh the loss of
a target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium import Closure, Substitution
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.optimal_search import SAME, Optimum, optimum
from tertius.outcomes.tariff_choice import Game, Player, real_income
from tertius.outcomes.tariff_search import Box
from tertius.outcomes.tariff_setup import (
    SOLVE_TOL,
    Layout,
    chosen_flows,
    chosen_sectors,
    members_of,
    starts_of,
    status_quo,
    the_box,
)
from tertius.policy import Scenario, Wedges
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = ["OptimalTariffs", "optimal_tariffs"]

INSTRUMENTS = ("tariff", "export_tax")


@dataclass(frozen=True, eq=False)
class OptimalTariffs:
    """The rates a player would choose, all other policy as it is.

    Attributes
    ----------
    name
        The player as it was asked for.
    player, against
        Countries that choose; countries whose loss counts.
    weight
        What one dollar of that loss is worth to the player.
    instrument
        "tariff" or "export_tax".
    rates, before
        Ad valorem, by ``partner`` and ``sector`` as asked (and ``member``): chosen, and before (mean
        weighted by trade). NaN is a country's tax on itself: there is none.
    at_bound
        Which rates ended at a bound.
    welfare, equivalent_variation
        ``[country]``: real income in percent, and USD million at base prices, against the same world
        and scenario with the rates before.
    objective
        USD million: the player's equivalent variation minus weight times that of the target.
    gradient_norm
        Largest projected derivative of the objective to ln(1 + rate), over elasticity times value of
        the flows taxed: about the distance to the optimum in ln(1 + rate).
    evaluations
        Equilibria solved.
    equilibrium
        At the chosen rates; its hats are against the base year.
    improvement
        USD million: the most that the objective was found to rise when searched again from free trade
        and from rates 65 % higher, beyond what became the answer. NaN if it was not searched.
    verified
        Whether that is less than 1e-8 of the incomes at stake: rounding.
    converged, message
        Whether ``gradient_norm`` reached ``tol``, and how the search ended.
    """

    name: str
    player: tuple[str, ...]
    against: tuple[str, ...]
    weight: float
    instrument: str
    rates: xr.DataArray
    before: xr.DataArray
    at_bound: xr.DataArray
    welfare: xr.DataArray
    equivalent_variation: xr.DataArray
    objective: float
    gradient_norm: float
    evaluations: int
    equilibrium: Equilibrium
    improvement: float
    verified: bool
    converged: bool
    message: str

    def to_table(self) -> pd.DataFrame:
        """One row per rate.

        Returns
        -------
        pandas.DataFrame
            Columns player, instrument, member, partner, sector (those that there are), rate, before,
            at_bound.
        """
        import xarray as xr

        table = xr.Dataset({"rate": self.rates, "before": self.before, "at_bound": self.at_bound})
        dims = list(self.rates.dims)
        frame = table.to_dataframe(dim_order=dims).reset_index() if dims else _one_row(table)
        frame = frame.dropna(subset="rate").reset_index(drop=True)
        frame.insert(0, "instrument", self.instrument)
        frame.insert(0, "player", self.name)
        return frame

    def __repr__(self) -> str:
        low, high = float(self.rates.min()), float(self.rates.max())
        rates = f"{100 * low:.1f} %" if high - low < 5e-4 else f"{100 * low:.1f} to {100 * high:.1f} %"
        what = "export taxes" if self.instrument == "export_tax" else "tariffs"
        aim = f" with weight {self.weight:g} on the loss of {'+'.join(self.against)}" if self.against else ""
        return (
            f"<Optimal {what} of {self.name}{aim}: {rates},"
            f" objective {self.objective:+.6g} USD million; {self.message}>"
        )


def _one_row(table: xr.Dataset) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({str(name): [value.item()] for name, value in table.data_vars.items()})


def optimal_tariffs(
    world: World,
    player: str | Iterable[str],
    partners: str | Iterable[str] | None = None,
    sectors: str | Iterable[str] = "goods",
    by: str = "partner",
    instrument: str = "tariff",
    against: str | Iterable[str] | None = None,
    weight: float = 0.0,
    bounds: tuple[float, float] = (-0.5, 5.0),
    closure: str = Closure.BALANCED,
    factors: str | float | None = None,
    substitution: Substitution | None = None,
    run: str = "long",
    scenario: Scenario | Wedges | None = None,
    common: bool = True,
    starts: Sequence[str | float] = ("base",),
    verify: bool = True,
    tol: float = 1e-8,
    tell: Callable[[str], None] | None = None,
) -> OptimalTariffs:
    """Rates that are best for a player while everybody else keeps theirs.

    The chosen rates *replace* those in force on the flows in question (import tariffs of the player,
    or its export taxes); all other flows keep theirs. The objective is money: the equivalent variation
    at base prices of the player's members together, minus ``weight`` times that of ``against``. One
    country alone maximises its real income.

    Parameters
    ----------
    world
        The base year.
    player
        A country, a list, or a named group: a coalition has one objective.
    partners
        Whose trade is taxed; None is everybody outside the player. Members may be named.
    sectors
        Sectors and sector groups; "goods" is all but services.
    by
        One rate per ``partner``, per ``sector``, per ``flow`` (partner and sector), or one for ``all``.
    instrument
        ``tariff`` on imports, or ``export_tax``; negative rates are subsidies.
    against, weight
        Countries whose loss is worth ``weight`` dollars a dollar (de Souza et al. 2024); ``numpy.inf``
        is harm alone, whatever it costs. Name them in ``partners`` too if only their trade is taxed.
    bounds
        Lowest and highest rate. What ends there would go further.
    closure
        As in :func:`tertius.solve`, but ``balanced`` by default: a deficit fixed in money is worth more the
        higher the tariffs of who receives it, which is a motive of its own, and not one of trade policy.
    factors, substitution, run
        As in :func:`tertius.solve`.
    scenario
        Policy in force besides; None is the base year's.
    common
        One rate for all members of the player; else each has its own.
    starts
        Where to search from: ``base`` (the rates in force, one for each group of flows), or a rate for
        all. The best optimum found counts; ``message`` says whether they differ.
    verify
        Whether to search again from free trade and from rates 65 % higher; a better optimum replaces
        the first.
    tol
        Largest projected derivative at which to stop; see ``gradient_norm``.
    tell
        Called with a line after each equilibrium.

    Returns
    -------
    OptimalTariffs
        Look at ``converged`` and ``verified`` before using the numbers.

    Raises
    ------
    BadInput
        If a name or an option is unknown, or the player includes its target.
    NotSolved
        If there is no equilibrium with the rates in force, or at a start.

    Examples
    --------
    Two equal economies, theta 4: the optimum is 1 / (theta times the other's own share).

    >>> import numpy as np, tertius as tt
    >>> w = tt.World.from_arrays(["AAA", "BBB"], ["X"], trade=[[[8.0], [2.0]], [[2.0], [8.0]]],
    ...     tariff=np.zeros((2, 2, 1)), input_share=np.zeros((2, 1, 1)), elasticity=[4.0])
    >>> best = tt.optimal_tariffs(w, "AAA")
    >>> own = best.equilibrium.trade.sel(exporter="BBB", importer="BBB", sector="X") / 10.0
    >>> rate, own = best.rates.item(), own / best.equilibrium.wage_hat.sel(country="BBB")
    >>> round(rate, 4), bool(abs(rate - 1 / (4 * own)) < 1e-7)
    (0.286, True)
    """
    where = "optimal tariffs"
    if instrument not in INSTRUMENTS:
        raise unknown(f"{where}: instrument", "instrument", instrument, INSTRUMENTS)
    export = instrument == "export_tax"
    name = player if isinstance(player, str) else "+".join(player := tuple(player))
    members, target = _sides(world, player, against, weight)
    outside = tuple(c for c in world.countries if c not in members)
    chosen = outside if partners is None else members_of(world, partners, f"{where}: partners")
    kept = chosen_sectors(world, sectors, f"{where}: sectors")
    flows, layout = chosen_flows(world, members, {c: (c,) for c in chosen}, kept, by, where, export, common)
    box = the_box(bounds, tol, where)
    status = status_quo(world, scenario, closure, factors, substitution, run, where)
    money = _money(world, members, target, weight)
    game = Game(status, [Player(name, members, money, flows)], export, tell)
    froms = starts_of(starts, game, box, where)
    found = optimum(game, froms, box, tol, verify)
    return _result(game, found, layout, box, tol, target, weight)


def _sides(
    world: World, player: str | Iterable[str], against: str | Iterable[str] | None, weight: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Members of the player and of its target."""
    members = members_of(world, player, "optimal tariffs: player")
    target = () if against is None else members_of(world, against, "optimal tariffs: against")
    both = sorted(set(members) & set(target))
    if both:
        raise BadInput(
            "optimal tariffs: against",
            f"{', '.join(both)} would be on both sides",
            "leave the target out of the coalition",
        )
    if not weight >= 0.0:
        raise BadInput(
            "optimal tariffs: weight", f"{weight!r} is not a number >= 0", "0 is own welfare alone"
        )
    if weight > 0.0 and not target:
        raise BadInput(
            "optimal tariffs: weight", f"{weight:g} dollars for nobody's loss", "name the target in against"
        )
    return members, target


def _money(world: World, members: tuple[str, ...], target: tuple[str, ...], weight: float) -> Array:
    """Weight ``[n]`` of each country's equivalent variation."""
    own = np.isin(world.countries, members).astype(np.float64)
    harm = np.isin(world.countries, target).astype(np.float64)
    return -harm if np.isinf(weight) else own - weight * harm


def _result(
    game: Game,
    found: Optimum,
    layout: Layout,
    box: Box,
    tol: float,
    target: tuple[str, ...],
    weight: float,
) -> OptimalTariffs:
    point = found.point
    player, export = game.players[0], game.export
    flows = player.flows
    eq = game.labelled(
        point, f"optimal {'export taxes' if export else 'tariffs'} of {player.name}", SOLVE_TOL
    )
    bound = box.at_bound(point.y) & game.live
    change = real_income(point.solution) / game.before - 1.0
    return OptimalTariffs(
        name=player.name,
        player=player.members,
        against=target,
        weight=weight,
        instrument="export_tax" if export else "tariff",
        rates=layout.labelled(np.expm1(point.y), flows, "rate"),
        before=layout.labelled(game.start, flows, "rate before"),
        at_bound=layout.labelled(bound.astype(np.float64), flows, "at bound").fillna(0.0).astype(bool),
        welfare=eq._array(100.0 * change, ("country",), "real_income", "percent"),
        equivalent_variation=eq._array(
            game.solution.base.I * game.before * change, ("country",), "equivalent_variation", "USD million"
        ),
        objective=float(point.worth[0]),
        gradient_norm=found.pressure,
        evaluations=game.evaluations,
        equilibrium=eq,
        improvement=found.better,
        verified=found.verified,
        converged=found.pressure <= tol,
        message="; ".join(_story(found, tol, int(bound.sum()))),
    )


def _story(found: Optimum, tol: float, bound: int) -> Iterator[str]:
    """How the search ended, in a few words each."""
    if found.pressure <= tol:
        yield f"stationary to {found.pressure:.0e}"
    else:
        yield f"NOT an optimum: slope {found.pressure:.1e}, wanted {tol:.0e}"
        if found.words:
            yield found.words
    if bound:
        yield f"{bound} of {found.point.y.size} rates at a bound"
    if found.verified:
        yield "nothing better on either side"
    elif np.isnan(found.better):
        yield "not searched again"
    else:
        yield f"NOT the highest: {found.better:.3g} more elsewhere"
    if len(found.apart) > 1:
        other = sum(gap > SAME for gap in found.apart)
        no_better = f"{other} of {len(found.apart)} searches end elsewhere, no better"
        yield no_better if other else "same from all starts"
