# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What coal, crude oil and gas cost more in 2022 than in 2021, and what each exporter sold of them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["MEASURES", "EnergyPrice", "energy_exports", "energy_prices"]

MEASURES = ("mean", "median", "fisher")


class EnergyPrice(NamedTuple):
    """Change of a product's price on the world market, 2021 to 2022.

    Attributes
    ----------
    product, sector
        Name, and sector of the world files.
    mean, median, fisher
        Relative change (0.4 is 40 percent): of total value over total quantity; median over matched flows,
        weighted by value; Fisher index of matched flows.
    """

    product: str
    sector: str
    mean: float
    median: float
    fisher: float


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("tertius.data") / f"tables/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def energy_prices() -> dict[str, EnergyPrice]:
    """Give price changes by product (CEPII BACI, world unit values without Kazakhstan-Russia).

    Examples
    --------
    >>> energy_prices()["crude oil"].mean
    0.3996
    """
    return {
        r["product"]: EnergyPrice(r["product"], r["sector"], *(float(r[m]) for m in MEASURES))
        for r in _rows("energy_prices")
    }


@cache
def energy_exports() -> dict[str, dict[str, float]]:
    """Give exports of 2021 by country and product, USD million (CEPII BACI).

    Examples
    --------
    >>> max(energy_exports()["KAZ"], key=energy_exports()["KAZ"].get)
    'crude oil'
    """
    out: dict[str, dict[str, float]] = {}
    for r in _rows("energy_mix"):
        out.setdefault(r["country"], {})[r["product"]] = float(r["musd"])
    return out
