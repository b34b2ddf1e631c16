# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From what a user says about chosen rates to flows and bounds; and from rates back to labelled arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium import Substitution
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown
from tertius.labels import resolve, resolve_sectors, sector_group_members
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.solve import solve
from tertius.outcomes.tariff_choice import Flows, Game
from tertius.outcomes.tariff_search import Box
from tertius.policy import Scenario, Wedges
from tertius.world import World

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "BY",
    "SOLVE_TOL",
    "Layout",
    "chosen_flows",
    "chosen_sectors",
    "members_of",
    "starts_of",
    "status_quo",
    "the_box",
]

BY = {
    "partner": ("partner",),
    "sector": ("sector",),
    "flow": ("partner", "sector"),
    "all": (),
}
GOODS = "goods"
NO_YEAR = 2021  # membership of groups in a world without a year
SOLVE_TOL = 1e-11  # of the equilibria by which a result is judged


@dataclass(frozen=True, slots=True)
class Layout:
    """Dimensions and labels of one player's rates, in the order of the plain array."""

    dims: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each dimension."""
        return tuple(map(len, self.labels))

    def labelled(self, values: Array, flows: Flows, name: str) -> xr.DataArray:
        """Rates ``[count]`` with their labels; NaN where a rate stands on no flow (a tax on oneself)."""
        import xarray as xr

        coords = {d: list(known) for d, known in zip(self.dims, self.labels, strict=True)}
        shown = np.where(flows.used, values, np.nan).reshape(self.shape)
        return xr.DataArray(shown, coords=coords, dims=self.dims, name=name, attrs={"unit": "ad valorem"})


def members_of(world: World, names: str | Iterable[str], where: str) -> tuple[str, ...]:
    """Countries of a country, a list, or a named group (as of the end of the world's year)."""
    given = [names] if isinstance(names, str) else names
    found = resolve(given, world.countries, date(world.year or NO_YEAR, 12, 31), where)
    if not found:
        raise BadInput(where, "names no country", "name at least one")
    return found


def chosen_sectors(world: World, sectors: str | Iterable[str], where: str) -> tuple[str, ...]:
    """Sectors of the world; ``goods`` is all that is not called a service, in any world."""
    if sectors != GOODS:
        found = resolve_sectors(sectors, world.sectors, where)
        if not found:
            raise BadInput(where, "names no sector", "name at least one, or 'goods'")
        return found
    services = sector_group_members("services")
    found = tuple(s for s in world.sectors if s not in services)
    if not found:
        raise BadInput(where, "this world has services only", "name them, or 'all'")
    return found


def chosen_flows(
    world: World,
    members: Sequence[str],
    partners: Mapping[str, Sequence[str]],
    sectors: Sequence[str],
    by: str,
    where: str,
    export: bool = False,
    common: bool = True,
) -> tuple[Flows, Layout]:
    """Flows between members and partners, grouped into rates.

    Parameters
    ----------
    world
        Whose labels.
    members
        Who taxes: importers, or exporters if ``export``.
    partners
        Name -> countries; a country's trade with itself is never taxed.
    sectors
        Which.
    by
        A key of ``BY``.
    where
        For errors.
    export
        Whether members are the exporters.
    common
        One rate for all members; else one for each.

    Returns
    -------
    tuple
        The flows, and the layout of the rates.

    Raises
    ------
    BadInput
        If ``by`` is unknown or nothing is left.
    """
    if by not in BY:
        raise unknown(f"{where}: by", "way to group rates", by, BY)
    own = () if common else ("member",)
    known = {"member": tuple(members), "partner": tuple(partners), "sector": tuple(sectors)}
    dims = own + BY[by]
    layout = Layout(dims, tuple(known[d] for d in dims))
    place = {c: k for k, c in enumerate(world.countries)}
    rows = [
        (world.sectors.index(s), place[m], place[c], a, b, k)
        for a, m in enumerate(members)
        for b, group in enumerate(partners.values())
        for c in group
        if c != m
        for k, s in enumerate(sectors)
    ]
    if not rows:
        raise BadInput(where, "there is no partner outside the player", "name partners")
    s, m, c, a, b, k = np.array(rows, dtype=np.intp).T.copy()
    number = {"member": a, "partner": b, "sector": k}
    count = int(np.prod(layout.shape, dtype=np.intp))
    rate = np.zeros(len(rows), dtype=np.intp)
    if dims:
        rate = np.ravel_multi_index(tuple(number[d] for d in dims), layout.shape).astype(np.intp)
    return Flows(s, *((c, m) if export else (m, c)), rate, count), layout


def the_box(bounds: tuple[float, float], tol: float, where: str) -> Box:
    """Bounds of rates as bounds of ln(1 + rate); the tolerance is checked on the way."""
    low, high = bounds
    if not -1.0 < low < high < np.inf:
        what = f"{bounds!r} are not two rates above -1, the lower first"
        raise BadInput(f"{where}: bounds", what, "(-0.5, 5.0) is -50 to 500 %")
    if not 0.0 < tol < 1e-2:
        raise BadInput(f"{where}: tol", f"{tol!r} is not between 0 and 0.01", "1e-8 is the default")
    return Box(float(np.log1p(low)), float(np.log1p(high)))


def starts_of(starts: Sequence[str | float], game: Game, box: Box, where: str) -> list[Array]:
    """Rates from which to search, as ln(1 + rate) inside the bounds: ``base``, or one number for all.

    Rates on flows that do not exist stay as they are: they change nothing.
    """
    base, out = np.log1p(game.start), []
    for which in starts:
        if which != "base" and (isinstance(which, str) or not -1.0 < which < np.inf):
            what = f"{which!r} is neither 'base' nor a rate above -1"
            raise BadInput(f"{where}: starts", what, "such as ('base', 0.0, 0.5)")
        out.append(box.clip(base if isinstance(which, str) else np.where(game.live, np.log1p(which), base)))
    if not out:
        raise BadInput(f"{where}: starts", "names none", "('base',) is the default")
    return out


def status_quo(
    world: World,
    scenario: Scenario | Wedges | None,
    closure: str,
    factors: str | float | None,
    substitution: Substitution | None,
    run: str,
    where: str,
) -> Equilibrium:
    """The equilibrium before anybody chooses: the scenario, or the base year."""
    policy = Wedges.neutral(world) if scenario is None else scenario
    found = solve(world, policy, closure, tol=SOLVE_TOL, factors=factors, substitution=substitution, run=run)
    if found.solution.shock.quotas or found.solution.shock.caps:
        raise BadInput(f"{where}: scenario", "quotas and price caps have kinks, not slopes", "leave them out")
    found.report.require()
    return found
