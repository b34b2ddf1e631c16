# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Five players and ten regions: the world on which tariffs answer each other."""

from __future__ import annotations

from datetime import date
from statistics import median

from printing import header, row, times

import tertius as tt
from tertius.labels import group_members

PLAYERS = ("USA", "CHN", "EU27", "RUS", "JPN")
WANTED = {"Nash, 5 players": 20.0, "the same, each tested again": 20.0}  # seconds

REGIONS = {
    "NAM": ("CAN", "MEX"),
    "LAC": ("ARG", "BRA", "CHL", "COL", "CRI", "PER"),
    "EFTA": ("CHE", "ISL", "NOR"),
    "CAS": ("BLR", "KAZ"),
    "SEA": ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"),
    "SAS": ("BGD", "IND", "PAK"),
    "EAS": ("HKG", "KOR", "TWN"),
    "MEA": ("ARE", "EGY", "ISR", "JOR", "MAR", "SAU", "TUN", "TUR"),
    "AFR": ("AGO", "CIV", "CMR", "COD", "NGA", "SEN", "STP", "ZAF"),
    "REST": ("AUS", "GBR", "NZL", "UKR", "ROW"),
}


def fifteen() -> tt.World:
    """The world of 2021 as the players and ten regions, 28 sectors."""
    union = group_members("EU27", date(2021, 12, 31))
    return tt.load_world("icio-2021").aggregate(countries={"EU27": union, **REGIONS})


def games():
    """Print the times of optimal and Nash tariffs."""
    header("chosen tariffs", "median s", "wanted s", "equilibria")
    small, world = fifteen(), tt.load_world("icio-2021")
    jobs = {
        "Nash, 5 players": lambda: tt.nash_tariffs(small, PLAYERS, verify=False),
        "the same, each tested again": lambda: tt.nash_tariffs(small, PLAYERS),
        "optimum of the USA, 81x28, 80 rates": lambda: tt.optimal_tariffs(world, "USA"),
        "the same, 2160 rates": lambda: tt.optimal_tariffs(world, "USA", by="flow"),
    }
    for name, job in jobs.items():
        found = job()
        assert found.converged
        row(name, f"{median(times(job, 5, 0)):.2f}", WANTED.get(name, ""), found.evaluations)
