# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The coercion frontier: exact gradients, and nothing in the same space lies above it."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from strategies import random_world
from tertius.outcomes.frontier_game import CoercionGame
from tertius.outcomes.lever_frontier import coercion_frontier, levers_in_space


@pytest.fixture(scope="module")
def world():
    w = random_world(4, 3, 8, holes=False)
    return tt.World.from_arrays(
        ["USA", "RUS", "KAZ", "ROW"], ["C26", "C28", "SERV"], trade=w.trade_values, tariff=w.tariff_values,
        input_share=w.input_share_values, elasticity=[4.0, 6.0, 5.0], name="small",
    )  # fmt: skip


@pytest.fixture(scope="module")
def frontier(world):
    return coercion_frontier(world, "RUS", "KAZ", prices=(0.0, 1.0, 4.0), trials=15)


def test_the_gradient_is_that_of_differences(world):
    game = CoercionGame(world, [1], [2], [0, 1, 2], "long", "fixed_deficit", 1e-13)
    y = np.array([0.1, 0.3, 0.05, 0.2, 0.0, 0.4])
    _, slope = game.slope(y, 0.7)
    h = 1e-4
    for k in range(len(y)):
        step = np.zeros_like(y)
        step[k] = h
        seen = (game.slope(y + step, 0.7)[0] - game.slope(y - step, 0.7)[0]) / (2 * h)
        assert_allclose(seen, slope[k], rtol=1e-5, atol=1e-8)


def test_no_tax_is_better_than_what_was_found(world, frontier):
    """Random taxes and bans in the same space, evaluated by plain solves through scenarios' wedges."""
    generator = np.random.default_rng(1)
    i, n = world.countries.index("RUS"), world.countries.index("KAZ")
    money = world.accounts.income
    for _ in range(25):
        tariff, tax = world.tariff_values.copy(), np.zeros_like(world.trade_values)
        scale = generator.uniform(0, 1.5)
        tariff[n, i] = (1 + tariff[n, i]) * np.exp(scale * generator.uniform(0, 1, 3)) - 1
        tax[i, n] = np.expm1(scale * generator.uniform(0, 1, 3))
        c, s = world.accounts.output.shape
        z = tt.Wedges.from_arrays(
            world, np.ones_like(tariff), tariff, np.ones((c, s)), np.ones(c), export_tax=tax
        )
        loss = -tt.solve(world, z).welfare().values * money / 100.0
        assert loss[n] <= frontier.bound(loss[i]) + 1e-6 * money[n]


def test_the_frontier_dominates_levers_of_its_instruments(world, frontier):
    i, n = world.countries.index("RUS"), world.countries.index("KAZ")
    money, c, s = world.accounts.income, *world.accounts.output.shape
    for coverage in (0.2, 0.5, 0.9):
        for pair in ((i, n), (n, i)):
            iceberg = np.ones_like(world.trade_values)
            iceberg[pair] = (1 - coverage) ** (-1 / world.elasticity_values)
            z = tt.Wedges.from_arrays(world, iceberg, world.tariff_values.copy(), np.ones((c, s)), np.ones(c))
            loss = -tt.solve(world, z).welfare().values * money / 100.0
            assert loss[n] <= frontier.bound(loss[i])
            assert frontier.attained(loss[i]) > 0
    whole = next(p for p in frontier.points if p.origin == "all closed")
    assert whole.inflicted <= frontier.bound(whole.own) + 1e-9
    assert frontier.reach(whole.own, whole.inflicted) <= 1 + 1e-9


def test_the_frontier_dominates_the_shipped_levers():
    """Levers neither start the search nor join its points, so that they could lie above."""
    world = tt.load_world("icio-2021")
    held = levers_in_space(world, "RUS", "KAZ")
    assert {r.lever.spec.name for r in held} >= {"embargo", "input-ban", "purchase-ban", "punitive-tariff"}
    found = coercion_frontier(world, "RUS", "KAZ", prices=(0.0, 1.0), trials=6)
    assert found.today().empty
    for r in held:
        own, inflicted = r.user.dollars.central, r.target.dollars.central
        assert inflicted <= found.bound(own) * (1 + 1e-7), r.lever.id
    joined = coercion_frontier(world, "RUS", "KAZ", sectors="C26", prices=(1.0,), levers=held, trials=1)
    assert set(joined.today()["lever"]) == {r.lever.id for r in held}
    assert (joined.today()["reach"] <= 1 + 1e-9).all()
    curve = joined.curve()
    assert (np.diff(curve["user_usd"]) > 0).all()
    assert (np.diff(curve["target_usd"]) >= -1e-9).all()


def test_levers_of_a_group_on_a_country_and_of_a_country_on_a_group():
    world = tt.load_world("icio-2021")
    names = {r.lever.id for r in levers_in_space(world, "KAZ", "RUS")}
    assert {"embargo:KAZ:RUS", "resource-ban:KAZ:RUS"} <= names
    assert "grain-ban:KAZ:RUS" not in names  # the same measure as food-ban:KAZ:RUS
    assert levers_in_space(world, "G7", "EU27") == ()


def test_a_dearer_own_dollar_buys_less_harm(frontier):
    best = {
        k: max(
            (p for p in frontier.points if p.rates is not None), key=lambda p, k=k: p.inflicted - k * p.own
        )
        for k in frontier.prices
    }
    harm = [best[k].inflicted for k in sorted(best)]
    own = [best[k].own for k in sorted(best)]
    assert harm == sorted(harm, reverse=True)
    assert own == sorted(own, reverse=True)
    bounds = [frontier.bound(x) for x in np.linspace(min(own), max(own), 9)]
    assert np.all(np.diff(bounds) >= 0)


def test_a_user_cannot_coerce_himself(world):
    with pytest.raises(tt.BadInput, match="is the target"):
        coercion_frontier(world, "KAZ", "KAZ")
