# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exposure over the years: how much a state hangs on each power, its trend, and who moves alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tertius.errors import BadInput, unknown
from tertius.labels import place_name, resolve
from tertius.outcomes.exposure import CAUSES, exposures
from tertius.outcomes.quantity import DrawnQuantity
from tertius.policy.lever import POWERS
from tertius.text import say
from tertius.world import list_worlds, load_world

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from tertius.equilibrium.arrays import Array

__all__ = ["PEERS", "ExposurePaths", "exposure_paths", "exposure_paths_by_cause"]

PEERS = ("BLR", "TUR", "UKR", "KGZ", "ARM", "GEO", "UZB", "AZE", "TJK", "TKM", "MNG")
MEMBERSHIP = date(2021, 12, 31)


@dataclass(frozen=True, eq=False)
class ExposurePaths:
    """Exposure of some states to some powers, by year.

    Attributes
    ----------
    focal
        The state in the middle.
    values
        ``[year, affected, power]``: percent of real income for one percent in all of the power's countries.
    to
        What happens there: see :func:`tertius.exposure`.
    latest
        ``[affected, source]``: the whole matrix of the last year.
    """

    focal: str
    values: xr.DataArray
    to: str
    latest: xr.DataArray

    def trends(self) -> pd.DataFrame:
        """Least-squares trend of each path: affected, power, first, last, slope (per year), r2.

        Returns
        -------
        pandas.DataFrame
        """
        import pandas as pd

        years = self.values["year"].values.astype(np.float64)
        rows = []
        for c in self.values["affected"].values:
            for p in self.values["power"].values:
                y = self.values.sel(affected=c, power=p).values
                slope, level = np.polyfit(years - years.mean(), y, 1) if len(years) > 1 else (0.0, y[0])
                rest = y - level - slope * (years - years.mean())
                spread = float(((y - y.mean()) ** 2).sum())
                r2 = 1.0 - float((rest**2).sum()) / spread if spread > 0 else np.nan
                rows.append((str(c), str(p), y[0], y[-1], slope, r2))
        return pd.DataFrame(rows, columns=["affected", "power", "first", "last", "slope", "r2"])

    def clusters(self, count: int = 3) -> pd.DataFrame:
        """Groups of states whose exposures to all powers moved alike (Ward's method on standardised paths).

        Parameters
        ----------
        count
            How many groups at most.

        Returns
        -------
        pandas.DataFrame
            Columns affected, cluster.
        """
        import pandas as pd
        from scipy.cluster.hierarchy import fcluster, linkage

        names = [str(c) for c in self.values["affected"].values]
        if not 1 <= count <= len(names):
            raise BadInput("exposure: clusters", f"{count} groups of {len(names)} states")
        if len(names) == 1:
            return pd.DataFrame({"affected": names, "cluster": [1]})
        flat = self.values.transpose("affected", "year", "power").values
        spread = flat.std(axis=(0, 1), keepdims=True)
        scaled = (flat - flat.mean(axis=(0, 1), keepdims=True)) / np.where(spread > 0, spread, 1.0)
        tree = linkage(scaled.reshape(len(names), -1), "ward")
        return pd.DataFrame({"affected": names, "cluster": fcluster(tree, count, "maxclust")})

    def verdict(self, power: str = "RUS") -> str:
        """Verdict on "the power's weight falls", by the rule of docs/decisions/0011-levers.md.

        Weight is what a state loses from bad news there: exposure to productivity, and minus that to costs.
        """
        own, middle = self._slopes(power)
        if own < 0 and own < middle:
            return "supported"
        return "contradicted" if own > 0 and own > middle else "mixed"

    def quantities(self, power: str = "RUS") -> dict[str, DrawnQuantity]:
        """Weight of a power and its trend as numbers, for the rules of claims.

        Weight is exposure to productivity, or minus exposure to costs, percent per percent.

        Returns
        -------
        dict of str to DrawnQuantity
            ``weight_first``, ``weight_last``, ``trend`` (a year), ``trend_of_peers`` (median), ``gap``
            (trend less that of peers); one draw, the elasticity set of the worlds.
        """
        own, middle = self._slopes(power)
        path = self._sign * self.values.sel(affected=self.focal, power=power).values
        first, last = (int(self.values["year"].values[k]) for k in (0, -1))
        of = {"power": place_name(power), "focal": place_name(self.focal)}
        weight = say("Weight of {power} for {focal}, {year}")
        numbers = {
            "weight_first": (say(weight, **of, year=first), path[0]),
            "weight_last": (say(weight, **of, year=last), path[-1]),
            "trend": (say("Trend of the weight of {power} for {focal}, a year", **of), own),
            "trend_of_peers": (say("Median trend of the weight of {power} for peers, a year", **of), middle),
            "gap": (
                say("Trend of the weight of {power} for {focal} less the median of peers, a year", **of),
                own - middle,
            ),
        }
        draw = str(self.values.attrs["elasticity"])
        return {
            key: DrawnQuantity(label, "percent per percent", {draw: float(value)})
            for key, (label, value) in numbers.items()
        }

    @property
    def _sign(self) -> float:
        """What makes an exposure a weight: bad news is lower productivity, or higher costs."""
        return -1.0 if self.to == "trade_cost" else 1.0

    def _slopes(self, power: str) -> tuple[float, float]:
        """Trend of the power's weight for the focal state, and the median of its peers."""
        if power not in self.values["power"].values:
            raise unknown("exposure", "power", power, [str(p) for p in self.values["power"].values])
        t = self._sign * self.trends().query("power == @power").set_index("affected")["slope"]
        peers = t.drop(self.focal)
        return float(t[self.focal]), float(peers.median()) if len(peers) else 0.0

    def last_year(self, count: int = 12) -> xr.DataArray:
        """Exposure matrix of the last year: the states here against the sources that matter most to them.

        Parameters
        ----------
        count
            Sources, by their mean absolute exposure over the states; a state's exposure to itself is NaN.

        Returns
        -------
        xarray.DataArray
            ``[affected, source]``, percent of real income per percent.
        """
        states = [str(c) for c in self.values["affected"].values]
        full = self.latest.sel(affected=states)
        full = full.where(full["affected"] != full["source"])
        order = np.argsort(-np.nanmean(np.abs(full.values), axis=0), kind="stable")[:count]
        return full.isel(source=order)

    def to_table(self) -> pd.DataFrame:
        """Long table: year, affected, power, value (percent per percent)."""
        return self.values.to_dataframe(name="value").reset_index()


def exposure_paths(
    focal: str,
    powers: Iterable[str] = POWERS,
    peers: Sequence[str] = PEERS,
    years: Sequence[int] = tuple(range(2014, 2022)),
    worlds: str = "eurasia",
    to: str = "productivity",
    workers: int = 2,
    tell: Callable[[int, int, str], None] | None = None,
) -> ExposurePaths:
    """Follow the exposure of a state and its peers to some powers over the shipped years.

    Parameters
    ----------
    focal
        Code of the state in the middle.
    powers
        Codes or groups; a group counts without the state that is affected.
    peers
        Codes to compare with; the focal state among them is ignored.
    years
        Years of the shipped worlds.
    worlds
        Family of worlds: ``eurasia`` or ``icio``.
    to
        ``productivity`` or ``trade_cost``, as in :func:`tertius.exposure`.
    workers
        Threads.
    tell
        Called with how many years are done, how many there are, and which.

    Returns
    -------
    ExposurePaths

    Raises
    ------
    BadInput
        If a world, country or group is unknown.
    """
    return exposure_paths_by_cause(focal, powers, peers, years, worlds, (to,), workers, tell)[to]


def exposure_paths_by_cause(
    focal: str,
    powers: Iterable[str] = POWERS,
    peers: Sequence[str] = PEERS,
    years: Sequence[int] = tuple(range(2014, 2022)),
    worlds: str = "eurasia",
    causes: Sequence[str] = tuple(CAUSES),
    workers: int = 2,
    tell: Callable[[int, int, str], None] | None = None,
) -> dict[str, ExposurePaths]:
    """Follow exposure to several causes, every year solved once for all; see :func:`exposure_paths`."""
    names, chosen = _worlds(years, worlds, causes), tuple(powers)
    known = load_world(names[0]).countries
    resolve((focal,), known, MEMBERSHIP, "exposure: focal")
    states = (focal, *(c for c in peers if c != focal and c in known))

    def one(name: str) -> dict[str, xr.DataArray]:
        return exposures(load_world(name), causes)

    found: list[dict[str, xr.DataArray]] = []
    with ThreadPoolExecutor(max(1, workers)) as pool:
        for k, (name, matrices) in enumerate(zip(names, pool.map(one, names), strict=True), 1):
            found.append(matrices)
            if tell is not None:
                tell(k, len(names), name)
    return {to: _paths([m[to] for m in found], names, states, chosen, to) for to in causes}


def _worlds(years: Sequence[int], family: str, causes: Sequence[str]) -> list[str]:
    """Names of the worlds of some years, after a check of all names."""
    for to in causes:
        if to not in CAUSES:
            raise unknown("exposure", "cause", to, CAUSES)
    names, known = [f"{family}-{y}" for y in sorted(set(years))], list_worlds()
    for name in names:
        if name not in known:
            raise unknown("exposure: years", "world", name, known)
    if not names:
        raise BadInput("exposure: years", "names no year")
    return names


def _paths(
    found: Sequence[xr.DataArray], names: Sequence[str], states: Sequence[str], powers: Sequence[str], to: str
) -> ExposurePaths:
    """Paths from the matrices of the years."""
    import xarray as xr

    first = load_world(names[0])
    values = xr.DataArray(
        np.stack([_rows(matrix, states, powers) for matrix in found]),
        coords={
            "year": [int(name.rpartition("-")[2]) for name in names],
            "affected": list(states),
            "power": list(powers),
        },
        dims=("year", "affected", "power"),
        name="exposure",
        attrs={
            "unit": "percent of real income per percent",
            "cause": CAUSES[to],
            "worlds": names[0].rpartition("-")[0],
            "elasticity": first.elasticity_name,
        },
    )
    return ExposurePaths(states[0], values, to, found[-1])


def _rows(matrix: xr.DataArray, states: Sequence[str], powers: Sequence[str]) -> Array:
    """Exposure of each state to all of each power's countries but itself ``[state, power]``."""
    known = tuple(str(c) for c in matrix["source"].values)
    rows = np.zeros((len(states), len(powers)))
    for j, power in enumerate(powers):
        members = resolve((power,), known, MEMBERSHIP, "exposure: powers")
        for k, c in enumerate(states):
            rows[k, j] = matrix.values[known.index(c), [known.index(m) for m in members if m != c]].sum()
    return rows
