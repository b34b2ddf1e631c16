# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Six shocks, three worlds, seven variants: each converges to 1e-10.

The worlds are that of 2021 with trade elasticities of FGO, LL (from 0.64) and CP (up to 65), 81 economies
each. Trade is balanced, so that no deficit stands in the way of an answer.
"""

from __future__ import annotations

import numpy as np
import pytest
from test_variants_equations import residuals

import tertius as tt
from strategies import between_countries, embargo, wedges
from tertius.equilibrium import Outcome, Substitution, solve_hats
from tertius.equilibrium.factors import furnish, mobile, skills, specific
from tertius.outcomes.plain import as_shock, base_year

EIGHT = ["USA", "CHN", "JPN", "DEU", "GBR", "IND", "FRA", "ITA"]
WEST = ["USA", "DEU", "GBR", "FRA", "ITA", "JPN"]
EUROPE = ["AUT", "BEL", "BGR", "CYP", "CZE", "DNK", "ESP", "EST", "FIN", "GRC", "HRV", "HUN", "LTU", "LUX"]
EUROPE += ["LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"]
SHOCKS = ("tariffs", "icebergs", "embargo", "neighbours", "decoupling", "productivity")
LOW = Substitution(0.2, 0.2, 0.2)
VARIANTS = {
    "mobile": (mobile, Substitution()),
    "specific": (specific, Substitution()),
    "half specific": (lambda b: specific(b, 0.5), Substitution()),
    "skills": (lambda b: skills(b, np.linspace(0.15, 0.6, b.shape[1])), Substitution()),
    "CES 0.5": (mobile, Substitution(0.5, 0.5, 0.5)),
    "CES 0.2": (mobile, LOW),
    "specific, CES 0.2": (specific, LOW),
}


@pytest.fixture(scope="module", params=["FGO", "LL", "CP"])
def world(request):
    return tt.load_world("icio-2021").with_elasticity(request.param)


def make(world: tt.World, name: str) -> tt.Wedges:
    n, s = len(world.countries), len(world.sectors)
    c = world.countries.index
    if name == "tariffs":  # +500 points around the largest country
        others = np.arange(n) != c("USA")
        tariff = world.tariff_values.copy()
        tariff[c("USA"), others] += 5.0
        tariff[others, c("USA")] += 5.0
        return wedges(world, tariff=tariff)
    if name == "icebergs":
        return wedges(world, iceberg=between_countries(world, 4.0))
    if name == "embargo":
        return wedges(world, iceberg=embargo(world, ["TUR"], EIGHT))
    if name == "neighbours":
        return wedges(world, iceberg=embargo(world, ["RUS"], ["KAZ"]))
    if name == "decoupling":
        iceberg = np.ones((n, n, s))
        west = [c(x) for x in (*WEST, *EUROPE) if x in world.countries]
        iceberg[west, c("RUS")] = iceberg[c("RUS"), west] = 2.0
        return wedges(world, iceberg=iceberg)
    productivity = np.ones((n, s))
    productivity[c("RUS")] = 0.5
    productivity[c("CHN"), 3] = 4.0
    return wedges(world, productivity=productivity)


def solve(world, shock, name, **options):
    factors, sigma = VARIANTS[name]
    plain = base_year(world, "balanced")
    base = furnish(plain, factors(plain), sigma)
    change = as_shock(world, make(world, shock))
    return base, change, solve_hats(base, change, **options)


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("shock", SHOCKS)
def test_hard_shocks_are_solved_in_every_variant(world, shock, name):
    base, change, found = solve(world, shock, name)
    assert found.outcome is Outcome.converged, (found.method, found.gap)
    assert found.gap.size <= 1e-10
    worst = residuals(base, change, found)
    assert max(worst.values()) <= 2e-9, worst  # sums over 81 countries and 28 sectors among them
