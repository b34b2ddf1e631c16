# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The engine agrees to 1e-8 with an independent nested method (`slow.py`) on random and on real economies."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from slow import solve_slowly

import tertius as tt
from equations import worst
from strategies import SEEDS, embargo, random_wedges, wedges, worlds

COUNTRIES = {
    "EUR": [
        "AUT",
        "BEL",
        "BGR",
        "CHE",
        "CYP",
        "CZE",
        "DEU",
        "DNK",
        "ESP",
        "EST",
        "FIN",
        "FRA",
        "GBR",
        "GRC",
        "HRV",
        "HUN",
        "IRL",
        "ISL",
        "ITA",
        "LTU",
        "LUX",
        "LVA",
        "MLT",
        "NLD",
        "NOR",
        "POL",
        "PRT",
        "ROU",
        "SVK",
        "SVN",
        "SWE",
    ],
    "ASIA": ["JPN", "KOR", "TWN", "SGP", "HKG", "THA", "VNM", "MYS", "PHL", "IDN", "IND", "AUS", "NZL"],
}
KEPT = ("CHN", "KAZ", "RUS", "TUR", "USA")
SECTORS = {"AGR": ["A01", "A02", "A03"], "MIN": ["B05", "B06", "B07", "B08", "B09"]}
LIGHT = ("C10T12", "C13T15", "C16", "C17_18", "C31T33")


def compare(world, z, closure="fixed_deficit"):
    eq = tt.solve(world, z, closure=closure, tol=1e-11)
    eq.report.require()
    slow = solve_slowly(world, z, own_share=closure == "own_share")
    assert slow.excess <= 1e-11
    used = world.expenditure.values > 0
    assert_allclose(eq.wage_hat, slow.w, rtol=1e-8)
    assert_allclose(eq.price_hat.values[used], slow.P[used], rtol=1e-8)
    assert_allclose(eq.income, slow.income, rtol=1e-8)
    scale = world.accounts.income.min()
    assert_allclose(eq.trade, slow.trade, rtol=1e-6, atol=1e-8 * scale)
    assert_allclose(eq.welfare("real_income"), slow.real_income, atol=1e-6)  # percent
    return eq


@given(worlds(), SEEDS)
@settings(max_examples=60)
def test_random_worlds_with_every_kind_of_shock(world, seed):
    compare(world, random_wedges(world, seed))


@given(worlds(deficits=True), SEEDS)
@settings(max_examples=15)
def test_deficits_in_own_value_added(world, seed):
    compare(world, random_wedges(world, seed), "own_share")


@given(worlds(countries=(3, 6), deficits=False))
@settings(max_examples=20)
def test_an_embargo_between_two(world):
    """Worlds where a market would lose its last supplier have no answer to compare, and are left out."""
    shut = embargo(world, [world.countries[0]], [world.countries[1]])
    left = np.where(np.isinf(shut), 0.0, world.trade_values).sum(axis=0)
    if np.any((left <= 0) & (world.expenditure.values > 0)):
        return
    compare(world, wedges(world, iceberg=shut))


@pytest.fixture(scope="module")
def real():
    """icio-2021 as eight regions and six sectors, base tariffs and deficits as they are."""
    world = tt.load_world("icio-2021")
    rest = [c for c in world.countries if c not in (*KEPT, *chain(*COUNTRIES.values()))]
    named = (*chain(*SECTORS.values()), *LIGHT, "C19", "SERV")
    heavy = [s for s in world.sectors if s not in named]
    sectors = SECTORS | {"LIGHT": list(LIGHT), "HEAVY": heavy}
    return world.aggregate(countries=COUNTRIES | {"REST": rest}, sectors=sectors)


@pytest.mark.parametrize("elasticities", ["FGO", "CP", "LL"])
def test_a_real_world(real, elasticities):
    """At once: embargo RUS-EUR in heavy industry, tariffs USA-CHN, icebergs on KAZ, productivity of ASIA."""
    world = real.with_elasticity(elasticities)
    assert (len(world.countries), len(world.sectors)) == (8, 6)
    c, s = world.countries.index, world.sectors.index
    n, k = 8, 6
    iceberg, tariff, productivity = np.ones((n, n, k)), world.tariff_values.copy(), np.ones((n, k))
    for a, b in (("RUS", "EUR"), ("EUR", "RUS")):
        iceberg[c(a), c(b), s("HEAVY")] = np.inf
    for a, b in (("USA", "CHN"), ("CHN", "USA")):
        tariff[c(a), c(b), : s("SERV")] += 0.25
    iceberg[c("KAZ"), :, s("MIN")] = 1.3
    iceberg[c("KAZ"), c("KAZ"), s("MIN")] = 1.0
    productivity[c("ASIA")] = 1.1
    z = wedges(world, iceberg=iceberg, tariff=tariff, productivity=productivity)
    eq = compare(world, z)
    assert worst(world, z, eq) <= 1e-9
    assert np.abs(eq.welfare()).max() > 1.0  # something happens
    compare(world, z, "own_share")
