# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A small world and a small routes file, for the tests of routes."""

import numpy as np
import yaml

import tertius as tt
from strategies import random_world

WHY = {"title": "made up"}


def number(central, low=None, high=None):
    return {
        "central": central,
        "low": central if low is None else low,
        "high": central if high is None else high,
        "why": WHY,
    }


def small_world(seed=3):
    """Six countries by their codes, three sectors of which the last is services; everybody trades."""
    w = random_world(6, 3, seed, holes=False)
    return tt.World.from_arrays(
        ["DEU", "USA", "RUS", "KAZ", "TUR", "ROW"],
        ["C26", "C28", "SERV"],
        trade=w.trade_values,
        tariff=w.tariff_values,
        input_share=w.input_share_values,
        elasticity=[4.0, 6.0, 5.0],
        name="small",
    )


def routes_dict(**changes):
    content = {
        "schema_version": 1,
        "name": "small-routes",
        "title": "For tests",
        "q": number(2.0, 1.5, 3.0),
        "groups": [
            {"name": "chips", "sectors": {"C26": 0.4}, "why": WHY},
            {"name": "tools", "sectors": {"C26": 0.2, "C28": 0.5}, "why": WHY},
        ],
        "hubs": [
            {
                "hub": "KAZ",
                "margin": number(0.1, 0.0, 0.2),
                "rent": number(0.5, 0, 1),
                "phantom": number(0.5),
            },
            {"hub": "KGZ", "margin": number(0.2), "rent": number(1.0)},
        ],
        "paths": [
            {
                "origins": ["DEU", "USA", "TUR"],
                "destinations": ["RUS"],
                "groups": ["chips", "tools"],
                "measure": "leakage",
                "hubs": {"KAZ": number(0.08, 0.02, 0.12), "KGZ": number(0.04, 0.0, 0.06)},
            }
        ],
    }
    return content | changes


def write(path, **changes):
    path.write_text(yaml.safe_dump(routes_dict(**changes)), encoding="utf-8")
    return path


def ban(world, coverage, exporters=("DEU", "USA"), importers=("RUS",)):
    """Wedges of a ban that covers a share, as a scenario makes them."""
    n, s = len(world.countries), len(world.sectors)
    closed = np.zeros((n, n, s))
    for i in exporters:
        for m in importers:
            closed[world.countries.index(i), world.countries.index(m), :2] = coverage
    iceberg = np.where(
        closed < 1, (1 - np.minimum(closed, 0.999999)) ** (-1 / world.elasticity_values), np.inf
    )
    return tt.Wedges.from_arrays(
        world, iceberg, world.tariff_values.copy(), np.ones((n, s)), np.ones(n),
        theta=tuple(world.elasticity_values), closed=closed,
    )  # fmt: skip
