# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Nash tariffs: rates at which no player would change its own, given those of the others.

All players' first-order conditions, with bounds, are solved together: one equilibrium and one batched
adjoint give every slope. What is found is then tested by letting each player search again, alone and
from other rates. Sources: Johnson (1953), Gros (1987), Ossa (2014).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium import Closure, Substitution
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.nash_search import SAME, VERIFY_TOL, Found, nash_from
from tertius.outcomes.tariff_choice import Game, Player, real_income
from tertius.outcomes.tariff_search import Box, pressure
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

__all__ = ["NashTariffs", "nash_tariffs"]

Players = Mapping[str, str | Iterable[str]] | Iterable[str]

TOWARD = ("players", "all")


@dataclass(frozen=True, eq=False)
class NashTariffs:
    """Tariffs that answer each other.

    Attributes
    ----------
    players
        Name -> members; a union's members have one common tariff.
    rates, before
        Ad valorem ``[player, ...]`` by ``partner`` and ``sector`` as asked: in the Nash equilibrium,
        and before (mean weighted by trade). NaN where a player would tax itself.
    gain
        ``[player]``: real income in percent (of a union: money-metric, at base prices) against the
        same world and scenario with the rates before.
    welfare, equivalent_variation
        ``[country]``: the same for all countries, in percent, and USD million at base prices.
    improvement
        ``[player]``: the most that a player was found to gain by other rates of its own, log points of
        its real income: it searches again from free trade and from rates 65 % higher. At most
        rounding if this is a Nash equilibrium. NaN if it was not searched.
    verified, verify_tol
        Whether no improvement exceeds ``verify_tol``.
    gradient_norm
        Largest projected derivative of a player's objective to its own ln(1 + rate), over elasticity
        times value of the flows taxed: about the distance to the equilibrium in ln(1 + rate).
    spread
        Largest difference of rates between the Nash points found from different starts; NaN with
        one start.
    others
        Rates found from the other starts, where they differ.
    evaluations
        Equilibria solved.
    equilibrium
        At the Nash rates; its hats are against the base year.
    converged, method, message
        Whether ``gradient_norm`` reached ``tol``; "together" or "best responses"; how it ended.
    """

    players: Mapping[str, tuple[str, ...]]
    rates: xr.DataArray
    before: xr.DataArray
    gain: xr.DataArray
    welfare: xr.DataArray
    equivalent_variation: xr.DataArray
    improvement: xr.DataArray
    verified: bool
    verify_tol: float
    gradient_norm: float
    spread: float
    others: tuple[xr.DataArray, ...]
    evaluations: int
    equilibrium: Equilibrium
    converged: bool
    method: str
    message: str

    def to_table(self) -> pd.DataFrame:
        """One row per rate.

        Returns
        -------
        pandas.DataFrame
            Columns player, partner, sector (those that there are), rate, before.
        """
        import xarray as xr

        table = xr.Dataset({"rate": self.rates, "before": self.before})
        frame = table.to_dataframe(dim_order=list(self.rates.dims)).reset_index()
        return frame.dropna(subset="rate").reset_index(drop=True)

    def __repr__(self) -> str:
        low, high = 100 * float(self.rates.min()), 100 * float(self.rates.max())
        return f"<Nash tariffs of {', '.join(self.players)}: {low:.1f} to {high:.1f} %; {self.message}>"


def nash_tariffs(
    world: World,
    players: Players,
    sectors: str | Iterable[str] = "goods",
    by: str = "partner",
    toward: str = "players",
    bounds: tuple[float, float] = (-0.5, 5.0),
    closure: str = Closure.BALANCED,
    factors: str | float | None = None,
    substitution: Substitution | None = None,
    run: str = "long",
    scenario: Scenario | Wedges | None = None,
    starts: Sequence[str | float] = ("base",),
    verify: bool = True,
    tol: float = 1e-8,
    tell: Callable[[str], None] | None = None,
) -> NashTariffs:
    """Tariffs of players who each maximise their own real income, given the tariffs of the others.

    The chosen rates *replace* those in force on the flows in question; all others stay.

    Parameters
    ----------
    world
        The base year.
    players
        Countries and named groups, or name -> members. A group is a customs union: one tariff on each
        outsider, common to its members, whose equivalent variations are added up; trade inside stays.
    toward
        ``players``: imports from the other players are taxed; ``all``: from everybody.
    starts
        Where to search from: ``base`` (the rates in force, one for each group of flows), or a rate for
        all. The first verified result is given, the others are compared with it.
    verify
        Whether each player's best answer is searched again.
    sectors, by, bounds, closure, factors, substitution, run, scenario, tol, tell
        As in :func:`tertius.optimal_tariffs`.

    Returns
    -------
    NashTariffs
        Look at ``converged`` and ``verified`` before using the numbers.

    Raises
    ------
    BadInput
        If a name or an option is unknown, there are fewer than two players, or they overlap.
    NotSolved
        If there is no equilibrium with the rates in force, or at a start.

    Examples
    --------
    Two equal economies, theta 4: both choose 1 / (theta times the share of output sold at home).

    >>> import numpy as np, tertius as tt
    >>> w = tt.World.from_arrays(["AAA", "BBB"], ["X"], trade=[[[8.0], [2.0]], [[2.0], [8.0]]],
    ...     tariff=np.zeros((2, 2, 1)), input_share=np.zeros((2, 1, 1)), elasticity=[4.0])
    >>> war = tt.nash_tariffs(w, ["AAA", "BBB"])
    >>> at_home = war.equilibrium.trade.sel(exporter="AAA", importer="AAA", sector="X").item() / 10.0
    >>> rate = war.rates.sel(player="AAA", partner="BBB").item()
    >>> round(rate, 4), bool(abs(rate - 1 / (4 * at_home)) < 1e-7), war.verified
    (0.269, True, True)
    """
    where = "Nash tariffs"
    if toward not in TOWARD:
        raise unknown(f"{where}: toward", "choice of partners", toward, TOWARD)
    groups = _groups(world, players, where)
    kept = chosen_sectors(world, sectors, f"{where}: sectors")
    box = the_box(bounds, tol, where)
    status = status_quo(world, scenario, closure, factors, substitution, run, where)
    partners = _partners(world, groups, toward)
    sides, layouts = [], []
    for name, members in groups.items():
        flows, layout = chosen_flows(world, members, {**partners, name: ()}, kept, by, where)
        money = np.isin(world.countries, members).astype(np.float64)
        sides.append(Player(name, members, money, flows))
        layouts.append(layout)
    game = Game(status, sides, tell=tell)
    froms = starts_of(starts, game, box, where)
    found = [nash_from(game, start, box, tol, verify) for start in froms]
    found.sort(key=lambda f: not f.verified)  # stable: the first of those that count
    return _result(game, found, layouts, box, tol)


def _groups(world: World, players: Players, where: str) -> dict[str, tuple[str, ...]]:
    """Name -> members of every player, none twice."""
    given = players if isinstance(players, Mapping) else {name: name for name in players}
    groups = {name: members_of(world, names, f"{where}: players: {name}") for name, names in given.items()}
    if len(groups) < 2:
        raise BadInput(f"{where}: players", f"{len(groups)} is too few", "name two, or use optimal_tariffs")
    seen: dict[str, str] = {}
    for name, members in groups.items():
        for country in members:
            if country in seen:
                raise BadInput(f"{where}: players", f"{country} is in {seen[country]} and in {name}")
            seen[country] = name
    return groups


def _partners(world: World, groups: Mapping[str, tuple[str, ...]], toward: str) -> dict[str, tuple[str, ...]]:
    """Name -> countries of everybody who may be taxed apart."""
    playing = {c for members in groups.values() for c in members}
    rest = {c: (c,) for c in world.countries if c not in playing} if toward == "all" else {}
    clash = sorted(set(rest) & set(groups))
    if clash:
        raise BadInput(
            "Nash tariffs: players", f"{clash[0]} is a country that does not play", "rename the player"
        )
    return {**groups, **rest}


def _result(game: Game, found: list[Found], layouts: list[Layout], box: Box, tol: float) -> NashTariffs:
    first, point = found[0], found[0].point
    eq = game.labelled(point, "Nash tariffs", SOLVE_TOL)
    income = game.solution.base.I * game.before
    change = real_income(point.solution) / game.before - 1.0
    own = np.array([p.money @ (income * change) / (p.money @ income) for p in game.players])
    rest = pressure(point, box)
    apart = [float(np.abs(np.expm1(f.point.y) - np.expm1(point.y))[game.live].max()) for f in found[1:]]
    elsewhere = [f for f, gap in zip(found[1:], apart, strict=True) if gap > SAME]
    return NashTariffs(
        players={p.name: p.members for p in game.players},
        rates=_rates(game, layouts, np.expm1(point.y), "rate"),
        before=_rates(game, layouts, game.start, "rate before"),
        gain=_by_player(game, 100.0 * own, "gain", "percent"),
        welfare=eq._array(100.0 * change, ("country",), "real_income", "percent"),
        equivalent_variation=eq._array(income * change, ("country",), "equivalent_variation", "USD million"),
        improvement=_by_player(game, first.better, "improvement", "log points of real income"),
        verified=first.verified,
        verify_tol=VERIFY_TOL,
        gradient_norm=rest,
        spread=max(apart, default=float("nan")),
        others=tuple(_rates(game, layouts, np.expm1(f.point.y), "rate") for f in elsewhere),
        evaluations=game.evaluations,
        equilibrium=eq,
        converged=rest <= tol,
        method=first.method,
        message=_message(game, found, elsewhere, box, tol),
    )


def _rates(game: Game, layouts: list[Layout], rates: Array, name: str) -> xr.DataArray:
    """Rates ``[K]`` of all players with their labels ``[player, ...]``."""
    import xarray as xr

    parts = [
        layout.labelled(rates[part], player.flows, name)
        for layout, part, player in zip(layouts, game.parts, game.players, strict=True)
    ]
    joined = xr.concat(parts, dim="player").assign_coords(player=[p.name for p in game.players])
    return joined.assign_attrs(unit="ad valorem")


def _by_player(game: Game, values: Array, name: str, unit: str) -> xr.DataArray:
    import xarray as xr

    labels = [p.name for p in game.players]
    return xr.DataArray(values, coords={"player": labels}, dims="player", name=name, attrs={"unit": unit})


def _message(game: Game, found: list[Found], elsewhere: list[Found], box: Box, tol: float) -> str:
    point, better = found[0].point, found[0].better
    rest, live = pressure(point, box), int(game.live.sum())
    parts = [
        f"stationary to {rest:.0e}" if rest <= tol else f"NOT solved: slope {rest:.1e}, wanted {tol:.0e}"
    ]
    bound = int((box.at_bound(point.y) & game.live).sum())
    if bound:
        parts.append(f"{bound} of {live} rates at a bound")
    if np.isnan(better).all():
        parts.append("not verified")
    elif found[0].verified:
        parts.append(f"nobody gains more than {max(float(better.max()), 0.0):.0e} by other rates")
    else:
        names = [p.name for p, gain in zip(game.players, better, strict=True) if not gain <= VERIFY_TOL]
        parts.append(f"NO Nash equilibrium: {', '.join(names)} would gain up to {np.nanmax(better):.1e}")
    if elsewhere:
        nash = sum(f.verified and pressure(f.point, box) <= tol for f in elsewhere)
        many = f"{len(elsewhere)} of {len(found) - 1} other starts end elsewhere"
        parts.append(f"{many}, {nash} of them in a verified Nash point")
    elif len(found) > 1:
        parts.append("same from all starts")
    return "; ".join(parts)
