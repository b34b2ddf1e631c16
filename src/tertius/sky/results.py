# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What re-routing gives: tables by service, country and group of carriers; channels of one country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tertius.sky.closures import Closures
from tertius.sky.costs import CO2, CRAFT, FUEL_PRICE, fee_per_km
from tertius.sky.paths import Path
from tertius.sky.places import airport
from tertius.sky.regions import Regions
from tertius.sky.traffic import Service, Traffic

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["GROUPS", "Flown", "Overflights"]

Array = NDArray[np.float64]
GROUPS = {
    "avoiding Russia": "carriers that may not, or do not, cross Russia",
    "Russia": "carriers of Russia",
    "others": "carriers that still cross Russia",
}
TOUCH_KM = 10.0  # a state is crossed by a flight that runs over it for at least this long


@dataclass(frozen=True, eq=False, slots=True)
class Flown:
    """Services with their yearly flights and their ways before and after; None is not flown.

    ``avoiding``: carriers that stay out of Russia; ``closing``: states newly closed to others than Russia's;
    ``closed``: carrier -> what it stayed out of before.
    """

    services: tuple[Service, ...]
    yearly: Array
    before: list[Path | None]
    after: list[Path | None]
    avoiding: frozenset[str]
    closing: frozenset[str] = frozenset()
    closed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def group(self, carrier: str) -> str:
        """Name the group of a carrier."""
        return "Russia" if carrier == "RUS" else "avoiding Russia" if carrier in self.avoiding else "others"


@dataclass(frozen=True, eq=False)
class Overflights:
    """A network before and after closures; flights count both ways, a year.

    Attributes
    ----------
    flown
        Services, flights and ways.
    services
        One row a service: a, b, carrier, group, craft, flights, direct_km, km_before, km_after, status
        ("direct", "detour", "unserved": flown before but not after, "never": not flown before either).
    countries
        One row a state: flights, overflights (no landing there) and million km over it, before and after;
        fees in USD million a year, low, central and high, before and after.
    carriers
        One row a group: flights, unserved flights, extra km, extra hours, fuel, CO2 and cost of what is
        flown both before and after.
    states
        Names of the columns of ``over``.
    over
        Km over each state ``[before or after, service, state]``.
    closures, on, before, traffic
        What was asked.
    """

    flown: Flown
    services: pd.DataFrame
    countries: pd.DataFrame
    carriers: pd.DataFrame
    states: tuple[str, ...]
    over: Array
    closures: str
    on: date
    before: date | None
    traffic: Traffic

    @classmethod
    def made(
        cls, flown: Flown, states: Regions, sky: Closures, on: date, before: date | None, traffic: Traffic
    ) -> Overflights:
        """Measure and tabulate."""
        over = np.stack([_over(flown.before, states), _over(flown.after, states)])
        rows = _services(flown)
        return cls(
            flown, rows, _countries(flown, over, states.names), _carriers(flown, rows),
            states.names, over, sky.name, on, before, traffic,
        )  # fmt: skip

    def channels(self, focal: str = "KAZ") -> pd.DataFrame:
        """Split the change over one country by group of carriers: each reroutes for its own closures only.

        Parameters
        ----------
        focal
            ISO3 code; its own carriers are a group of their own.

        Returns
        -------
        pandas.DataFrame
            Rows: groups; columns: flights and overflights before, after and change, share of the change of
            all flights, fees (USD million, central).
        """
        import pandas as pd

        from tertius.errors import unknown

        if focal not in self.states:
            raise unknown("channels: focal", "country", focal, self.states)
        column = self.states.index(focal)
        rows = {}
        for name in (*GROUPS, "own"):
            mine = np.array(
                [
                    ("own" if s.carrier == focal else self.flown.group(s.carrier)) == name
                    for s in self.flown.services
                ]
            )
            rows[name] = _counts(self.flown, self.over, column, focal, mine)
        table = pd.DataFrame(rows).T
        for what in ("flights", "overflights", "million_km", "fees"):
            table[f"{what}_change"] = table[f"{what}_after"] - table[f"{what}_before"]
        total = float(table["flights_change"].sum())
        table["share_of_change"] = table["flights_change"] / total if total else 0.0
        return table

    def __repr__(self) -> str:
        gone = int((self.services["status"] == "unserved").sum())
        return f"<Overflights {self.closures} on {self.on}: {len(self.services)} services, {gone} unserved>"


def _over(paths: list[Path | None], states: Regions) -> Array:
    """Km of each path over each state; legs that several paths share are measured once."""
    legs, owner = [], []
    for k, path in enumerate(paths):
        if path is not None:
            legs.append(np.concatenate([path.points[:-1], path.points[1:]], axis=1))
            owner.append(np.full(len(path.points) - 1, k))
    out = np.zeros((len(paths), len(states.names)))
    if legs:
        unique, place = np.unique(np.concatenate(legs), axis=0, return_inverse=True)
        km = states.inside_km(unique[:, :3], unique[:, 3:])
        np.add.at(out, np.concatenate(owner), km[place.ravel()])
    return out


def _services(flown: Flown) -> pd.DataFrame:
    import pandas as pd

    def one(k: int, s: Service) -> dict[str, object]:
        old, new = flown.before[k], flown.after[k]
        km_old, km_new = (old.km if old else np.nan), (new.km if new else np.nan)
        path = old or new
        status = (
            "never" if old is None and new is None
            else "unserved" if new is None
            else "detour" if old is None or new.km > old.km + 1.0
            else "direct"
        )  # fmt: skip
        return {
            "a": s.a, "b": s.b, "carrier": s.carrier, "group": flown.group(s.carrier), "craft": s.craft,
            "flights": flown.yearly[k], "direct_km": path.direct_km if path else np.nan,
            "km_before": km_old, "km_after": km_new, "status": status,
        }  # fmt: skip

    return pd.DataFrame([one(k, s) for k, s in enumerate(flown.services)])


def _landing(flown: Flown, state: str) -> NDArray[np.bool_]:
    return np.array([state in (airport(s.a).state, airport(s.b).state) for s in flown.services])


def _counts(flown: Flown, over: Array, column: int, state: str, mine: NDArray[np.bool_]) -> dict[str, float]:
    """Flights, overflights, km and fees of some services over one state, before and after."""
    out: dict[str, float] = {}
    away = ~_landing(flown, state)
    by_craft = {craft: fee_per_km(state, craft) for craft in CRAFT}
    rates = np.array([by_craft[s.craft] for s in flown.services]).reshape(-1, 3)
    for name, km in zip(("before", "after"), over[:, :, column], strict=True):
        touched = mine & (km > TOUCH_KM)
        out[f"flights_{name}"] = float(flown.yearly[touched].sum())
        out[f"overflights_{name}"] = float(flown.yearly[touched & away].sum())
        out[f"million_km_{name}"] = float((flown.yearly * km)[mine].sum() / 1e6)
        low, central, high = ((flown.yearly * km * mine) @ rates) / 1e6
        out |= {f"fees_{name}": central, f"fees_{name}_low": low, f"fees_{name}_high": high}
    return out


def _countries(flown: Flown, over: Array, names: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    everyone = np.ones(len(flown.services), dtype=bool)
    touched = np.flatnonzero(over.max(axis=(0, 1), initial=0.0) > 0.0)
    rows = {names[k]: _counts(flown, over, int(k), names[k], everyone) for k in touched}
    table = pd.DataFrame(rows).T.rename_axis("state")
    for what in ("flights", "overflights", "million_km", "fees") if rows else ():
        table[f"{what}_change"] = table[f"{what}_after"] - table[f"{what}_before"]
    return table


def _carriers(flown: Flown, rows: pd.DataFrame) -> pd.DataFrame:
    """Sum by group of carriers; extra km, fuel and cost of services flown both before and after."""
    import pandas as pd

    extra = (rows["km_after"] - rows["km_before"]).fillna(0.0) * rows["flights"]
    hours = extra / np.array([CRAFT[c].speed for c in rows["craft"]])
    out = {}
    for name in GROUPS:
        m = (rows["group"] == name).to_numpy()
        both = m & rows["km_after"].notna().to_numpy() & rows["km_before"].notna().to_numpy()
        old = float((rows["km_before"] * rows["flights"])[both].sum())
        row = {
            "flights_before": float(rows["flights"][m & rows["km_before"].notna()].sum()),
            "flights_unserved": float(rows["flights"][m & (rows["status"] == "unserved")].sum()),
            "flights_longer": float(rows["flights"][both & (extra > 0)].sum()),
            "extra_million_km": float(extra[both].sum() / 1e6),
            "extra_percent": 100.0 * float(extra[both].sum()) / old if old else 0.0,
            "extra_hours": float(hours[both].sum()),
        }
        for k, level in enumerate(("low", "central", "high")):
            fuel = sum(CRAFT[c].burn[k] * float(hours[both & (rows["craft"] == c)].sum()) for c in CRAFT)
            crew = sum(CRAFT[c].hour[k] * float(hours[both & (rows["craft"] == c)].sum()) for c in CRAFT)
            row |= {
                f"fuel_kt_{level}": fuel / 1e3,
                f"co2_kt_{level}": CO2 * fuel / 1e3,
                f"cost_usd_million_{level}": (fuel * FUEL_PRICE[k] + crew) / 1e6,
            }
        out[name] = row
    return pd.DataFrame(out).T.rename_axis("group")
