# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Who flies where: the shipped network of city pairs, and a stated model of how often."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tertius.errors import BadInput, unknown
from tertius.labels.countries import known_countries
from tertius.sky.costs import CRAFT
from tertius.sky.places import airport

__all__ = ["Service", "Traffic", "services"]


@dataclass(frozen=True, slots=True)
class Service:
    """Carriers of one state between two airports, both ways.

    Attributes
    ----------
    a, b
        IATA codes.
    carrier
        ISO3 code of the carriers' state.
    airlines
        How many airlines of that state fly it.
    craft
        "wide", "narrow" or "regional".
    """

    a: str
    b: str
    carrier: str
    airlines: int = 1
    craft: str = "wide"

    def check(self) -> None:
        """Raise `BadInput` if a code is unknown."""
        where = f"service {self.a}-{self.b}"
        airport(self.a, where), airport(self.b, where)
        if self.carrier not in known_countries():
            raise unknown(f"{where}: carrier", "state", self.carrier, known_countries())
        if self.craft not in CRAFT:
            raise unknown(f"{where}: craft", "aircraft class", self.craft, CRAFT)
        if self.a == self.b or self.airlines < 0:
            raise BadInput(where, "starts where it ends, or has fewer than no airlines")


@dataclass(frozen=True, slots=True)
class Traffic:
    """How often an airline flies a pair: ``weekly * (km / 2000) ** -decay`` times a week, each way.

    The network has no frequencies, so these are assumptions; results are reported for several of them.

    Attributes
    ----------
    weekly
        Flights a week each way at 2,000 km.
    decay
        How fast frequency falls with distance: 0 is the same everywhere.
    """

    weekly: float = 7.0
    decay: float = 0.5

    def __post_init__(self) -> None:
        if not (self.weekly >= 0.0 and abs(self.decay) <= 5.0):
            raise BadInput("traffic", f"{self} is not usable", "weekly >= 0, decay between -5 and 5")

    def yearly(self, service: Service, direct_km: float) -> float:
        """Flights a year, both ways.

        Examples
        --------
        >>> Traffic().yearly(Service("SVO", "AER", "RUS", 2), 2000.0)
        1456.0
        """
        each = self.weekly * (max(direct_km, 100.0) / 2000.0) ** -self.decay
        return 104.0 * each * service.airlines


@cache
def services() -> tuple[Service, ...]:
    """Give the shipped network: Europe and North America with Asia, all of Russia and of Kazakhstan.

    Derived from the route database of OpenFlights (about 2014; Open Database License).

    Examples
    --------
    >>> len(services()) > 1500
    True
    """
    text = (files("tertius.data") / "tables/sky_services.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(Service(r["a"], r["b"], r["carrier"], int(r["airlines"]), r["craft"]) for r in rows)
