# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a kilometre in the air costs: time, fuel, CO2, and fees to the states below.

Ranges are (low, central, high). Fees follow the formula of EUROCONTROL's route charges: distance over 100 km
times the square root of the maximum take-off weight over 50 t times a unit rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from tertius.labels.groups import group_members

__all__ = ["CO2", "CRAFT", "FUEL_PRICE", "SOURCES", "Craft", "Range", "fee_per_km"]

Range = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Craft:
    """A class of aircraft.

    Attributes
    ----------
    weight
        Maximum take-off weight, t.
    speed
        Cruising speed, km per hour.
    burn
        Fuel in cruise, t per hour.
    hour
        Cost of an hour besides fuel and fees (crew, maintenance, ownership), USD.
    """

    weight: float
    speed: float
    burn: Range
    hour: Range


CRAFT = {
    "wide": Craft(270.0, 900.0, (5.4, 6.0, 7.6), (2500.0, 4000.0, 6000.0)),
    "narrow": Craft(77.0, 830.0, (2.2, 2.4, 2.7), (1500.0, 2500.0, 3500.0)),
    "regional": Craft(35.0, 650.0, (0.65, 1.4, 1.85), (800.0, 1500.0, 2200.0)),
}
CO2 = 3.16  # t per t of fuel
FUEL_PRICE: Range = (607.0, 1105.0, 1341.0)  # USD per t
UNIT_RATE: Range = (30.0, 57.0, 110.0)  # USD per 100 km and square root of 50 t
EUROPE_RATE: Range = (40.0, 62.0, 110.0)
RUSSIA = ((50.0, 74.1), (100.0, 99.8), (200.0, 123.9), (300.0, 128.5), (400.0, 131.5))

SOURCES = {
    "burn": "EMEP/EEA air pollutant emission inventory guidebook 2019, 1.A.3.a, cruise fuel of A320, 737-800 "
    "(narrow), A330, 787, 777 (wide), E190, ATR 72 (regional), rounded from memory",
    "speed, weight": "manufacturers' typical cruise and maximum take-off weights, rounded",
    "hour": "assumption; EUROCONTROL Standard Inputs for Economic Analyses gives the same order",
    "CO2": "ICAO Carbon Emissions Calculator methodology: 3.16 t of CO2 per t of jet fuel",
    "fuel price": "IATA jet fuel monitor from memory: 77 USD a barrel in 2021, 140 in spring 2022, 170 in "
    "June 2022; 7.89 barrels a tonne",
    "Russia": "en-route charges for foreign users of 2018, USD per 100 km by weight (catalogue, found); "
    "payments for flights over Siberia to Aeroflot are not in it and not public",
    "Europe": "unit rates of EUROCONTROL's member states 2022 lie in this range (memory)",
    "others": "not public or not checked, Kazakhstan among them: a range",
}


def fee_per_km(state: str, craft: str) -> Range:
    """Fee of a state for one kilometre, USD: low, central, high.

    Examples
    --------
    >>> fee_per_km("RUS", "wide")
    (1.285, 1.285, 1.285)
    >>> [round(x, 2) for x in fee_per_km("KAZ", "wide")]
    [0.7, 1.32, 2.56]
    """
    weight = CRAFT[craft].weight
    if state == "RUS":
        own = next(rate for most, rate in RUSSIA if weight <= most) / 100.0
        return own, own, own
    rate = EUROPE_RATE if state in EUROCONTROL else UNIT_RATE
    low, central, high = (r / 100.0 * sqrt(weight / 50.0) for r in rate)
    return low, central, high


def _eurocontrol() -> frozenset[str]:
    from datetime import date

    others = [
        "ALB",
        "ARM",
        "BIH",
        "CHE",
        "GBR",
        "GEO",
        "MDA",
        "MCO",
        "MKD",
        "MNE",
        "NOR",
        "SRB",
        "TUR",
        "UKR",
    ]
    return frozenset((*group_members("EU27", date(2022, 1, 1)), *others))


EUROCONTROL = _eurocontrol()
