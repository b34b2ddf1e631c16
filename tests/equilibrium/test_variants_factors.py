# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Factors that do not move, move in part, or differ in skill: limits, envelopes, what cannot differ.

Individual countries may gain or lose more in the short run than in the long run even for a small shock,
because the terms of trade differ. What theory rules on is the world: first-order effects on
sum I dln W are the same (Hulten), and a world that shares its income cannot do worse with more mobility
(Le Chatelier, Samuelson 1947).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from test_variants_equations import (
    FACTORS,
    MODERATE,
    base_of,
    random_shock,
    real_income,
    small,
    solved,
)

import tertius as tt
from strategies import SEEDS, random_world
from tertius.equilibrium import Shock, Substitution
from tertius.equilibrium.factors import furnish, mobile, skills, specific
from tertius.outcomes.plain import base_year

CD = Substitution()
SMOOTH = (1.0, 8.0)
SIGMAS = st.sampled_from([CD, Substitution(0.3, 0.5, 0.4), Substitution(2.0, 1.5, 1.3)])


def as_mobile(shock: Shock, base) -> Shock:
    """The same change of endowment for every factor of a country."""
    common = np.ones(len(base.I)) if shock.endowment is None else shock.endowment[:, 0]
    return replace(shock, endowment=np.repeat(common[:, None], base.V.shape[1], axis=1))


# --- where mobility cannot matter -----------------------------------------------------------------


@given(SEEDS, SIGMAS)
@settings(max_examples=30)
def test_in_one_sector_there_is_nowhere_to_go(seed, sigma):
    plain = small(4, 1, seed)
    shock = random_shock(plain, seed)
    expected = solved(furnish(plain, mobile(plain), sigma), shock)
    for share in (1.0, 0.4):
        base = furnish(plain, specific(plain, share), sigma)
        found = solved(base, as_mobile(shock, base))
        assert_allclose(real_income(found), real_income(expected), rtol=1e-10)
        assert_allclose(found.trade(), expected.trade(), rtol=1e-9)


@given(SEEDS, SIGMAS, st.integers(2, 4))
@settings(max_examples=30)
def test_where_all_sectors_are_alike_nobody_wants_to_move(seed, sigma, copies):
    """Copies of one sector, uneven in size but with the same shares, hit by the same shock."""
    one = random_world(4, 1, seed, thetas=MODERATE, holes=False)
    size = np.random.default_rng(seed).dirichlet(np.full(copies, 3.0))
    g = one.input_share_values[:, 0, 0]
    world = tt.World.from_arrays(
        one.countries,
        [f"S{k}" for k in range(copies)],
        trade=one.trade_values * size,
        tariff=np.repeat(one.tariff_values, copies, axis=2),
        input_share=g[:, None, None] * size[None, :, None] * np.ones(copies),
        elasticity=np.repeat(one.elasticity_values, copies),
    )
    plain = base_of(world)
    rng = np.random.default_rng(seed)
    iceberg = np.exp(0.3 * rng.normal(size=(1, 4, 4)) * (1 - np.eye(4))) * np.ones((copies, 1, 1))
    shock = Shock(iceberg=iceberg, productivity=np.exp(rng.normal(size=(4, 1)) / 5) * np.ones(copies))
    found = {
        k: solved(furnish(plain, FACTORS[k](plain), sigma), shock) for k in ("mobile", "specific", "half")
    }
    for k in ("specific", "half"):
        assert_allclose(real_income(found[k]), real_income(found["mobile"]), rtol=1e-10)
    v = found["specific"]
    rewards = v.sweep.factor_income / v.base.V
    assert_allclose(rewards, np.repeat(rewards[:, :1], copies, axis=1), rtol=1e-9)


@given(SEEDS, SIGMAS)
@settings(max_examples=30)
def test_skills_used_in_equal_proportions_are_one_factor(seed, sigma):
    plain = small(4, 3, seed)
    base = furnish(plain, skills(plain, np.full(3, 0.35)), sigma)
    shock = random_shock(plain, seed)
    a = solved(furnish(plain, mobile(plain), sigma), shock)
    b = solved(base, as_mobile(shock, base))
    assert_allclose(real_income(b), real_income(a), rtol=1e-10)
    assert_allclose(b.sweep.factor_income, np.outer(a.sweep.wages, [0.35, 0.65]), rtol=1e-9)


@given(SEEDS)
@settings(max_examples=20)
def test_a_closed_cobb_douglas_economy_does_not_care_who_moves(seed):
    """Constant spending shares keep every sector's income, so factors would not move if they could."""
    plain = small(1, 4, seed, tariffs=False, deficits=False)
    A = np.exp(np.random.default_rng(seed).uniform(-1, 1, (1, 4)))
    shock = Shock(productivity=A)
    got = [real_income(solved(furnish(plain, make(plain), CD), shock)) for make in FACTORS.values()]
    assert_allclose(got, np.full_like(got, got[0]), rtol=1e-10)


# --- limits ---------------------------------------------------------------------------------------


@given(SEEDS, SIGMAS)
@settings(max_examples=20)
def test_a_vanishing_tied_share_tends_to_one_mobile_factor(seed, sigma):
    plain = small(4, 3, seed, thetas=SMOOTH)
    rng = np.random.default_rng(seed)
    shock = Shock(productivity=np.exp(rng.uniform(-0.3, 0.3, (4, 3))))
    exact = np.log(real_income(solved(furnish(plain, mobile(plain), sigma), shock, tol=1e-13)))
    slopes = []
    for share in (1e-2, 1e-3, 1e-4):
        found = solved(furnish(plain, specific(plain, share), sigma), shock, tol=1e-13)
        slopes.append((np.log(real_income(found)) - exact) / share)
    size = np.abs(slopes[-1]).max()
    assert np.abs(slopes[1] - slopes[2]).max() <= 0.05 * size + 1e-6
    assert np.abs(slopes[0] - slopes[2]).max() <= 0.5 * size + 1e-5


@given(SEEDS, SIGMAS)
@settings(max_examples=15)
def test_a_nearly_whole_tied_share_tends_to_specific_factors(seed, sigma):
    plain = small(3, 3, seed, thetas=SMOOTH)
    rng = np.random.default_rng(seed)
    shock = Shock(productivity=np.exp(rng.uniform(-0.3, 0.3, (3, 3))))
    exact, *near = (
        np.log(real_income(solved(furnish(plain, specific(plain, x), sigma), shock, tol=1e-13)))
        for x in (1.0, 1 - 1e-3, 1 - 1e-4)
    )
    gaps = [np.abs(x - exact).max() for x in near]
    assert gaps[1] <= 0.12 * gaps[0] + 1e-9


# --- envelopes ------------------------------------------------------------------------------------


def small_change(base, direction, kind="productivity", step=1e-4):
    up, down = (
        np.log(real_income(solved(base, Shock(**{kind: np.exp(x * direction)}), tol=1e-13)))
        for x in (step, -step)
    )
    return (up - down) / (2 * step)


@given(SEEDS, SIGMAS, st.sampled_from(["productivity", "iceberg"]))
@settings(max_examples=15)
def test_short_and_long_run_agree_to_first_order_for_the_world(seed, sigma, kind):
    """Without taxes sum I dln W is sum Y dln A, or -sum M dln d, however slowly factors move."""
    plain = small(3, 3, seed, tariffs=False, thetas=SMOOTH)
    rng = np.random.default_rng(seed)
    direction = rng.normal(size=(3, 3) if kind == "productivity" else (3, 3, 3))
    flows = plain.Y if kind == "productivity" else -plain.pi * plain.X.T[:, :, None]
    expected = (flows * direction).sum()
    scale = np.abs(flows * direction).sum()
    for make in FACTORS.values():
        got = plain.I @ small_change(furnish(plain, make(plain), sigma), direction, kind)
        assert abs(got - expected) <= 1e-6 * scale


def test_for_one_country_among_many_short_and_long_run_differ_at_first_order():
    """The terms of trade see to that: the envelope theorem speaks of the world or of a closed economy."""
    plain = small(3, 3, 7, tariffs=False, thetas=SMOOTH)
    direction = np.zeros((3, 3))
    direction[0, 0] = 1.0
    short, long = (small_change(furnish(plain, f(plain), CD), direction) for f in (specific, mobile))
    assert np.abs(short - long).max() > 1e-3 * np.abs(long).max()


@given(SEEDS, SIGMAS)
@settings(max_examples=15)
def test_a_closed_economy_gains_from_mobility_at_second_order(seed, sigma):
    """Le Chatelier: the loss from immobility is non-negative and falls with the square of the shock."""
    plain = small(1, 4, seed, tariffs=False, deficits=False)
    x = np.random.default_rng(seed).uniform(-1, 1, (1, 4))
    runs = [furnish(plain, make(plain), sigma) for make in (specific, FACTORS["half"], mobile)]
    gaps = []
    for size in (0.4, 0.2, 0.1):
        tied, half, free = (
            np.log(real_income(solved(b, Shock(productivity=np.exp(size * x)), tol=1e-13)))[0] for b in runs
        )
        assert tied <= half + 1e-12
        assert half <= free + 1e-12
        gaps.append(free - tied)
    if gaps[2] > 1e-6:
        assert 2.5 <= gaps[1] / gaps[2] <= 6.0


@given(SEEDS, SIGMAS)
@settings(max_examples=20)
def test_a_world_that_shares_cannot_lose_by_mobility(seed, sigma):
    """No taxes, one coalition of all: the common gain is the largest that technology and factors allow."""
    plain = small(4, 3, seed, tariffs=False, thetas=SMOOTH)
    rng = np.random.default_rng(seed)
    iceberg = np.exp(rng.uniform(-0.2, 0.5, (3, 4, 4)) * (1 - np.eye(4)))
    shock = Shock(
        iceberg=iceberg, productivity=np.exp(rng.uniform(-0.3, 0.3, (4, 3))), coalitions=(tuple(range(4)),)
    )
    tied, half, free = (
        real_income(solved(furnish(plain, make(plain), sigma), shock))[0]
        for make in (specific, FACTORS["half"], mobile)
    )
    assert tied <= half + 1e-11
    assert half <= free + 1e-11


# --- who earns ------------------------------------------------------------------------------------


@given(SEEDS, SIGMAS, st.sampled_from(sorted(FACTORS)))
@settings(max_examples=30)
def test_factor_incomes_sum_to_value_added(seed, sigma, name):
    plain = small(4, 3, seed)
    base = furnish(plain, FACTORS[name](plain), sigma)
    assert_allclose(base.V.sum(axis=1), base.VA, rtol=1e-12)
    found = solved(base, random_shock(base, seed))
    v = found.sweep
    assert_allclose(v.factor_demand, v.factor_income, rtol=1e-10)
    income = found.w_hat * found.system.endowment.sum(axis=1)
    assert_allclose(income, v.factor_income.sum(axis=1), rtol=1e-12)


@given(SEEDS)
@settings(max_examples=20)
def test_a_tied_factor_and_the_productivity_of_its_sector_are_the_same_without_inputs(seed):
    plain = small(4, 3, seed, inputs=False)
    base = furnish(plain, specific(plain), CD)
    A = np.exp(np.random.default_rng(seed).uniform(-0.5, 0.5, (4, 3)))
    a, b = (solved(base, Shock(**{k: A})) for k in ("productivity", "endowment"))
    assert_allclose(real_income(a), real_income(b), rtol=1e-10)
    assert_allclose(a.trade(), b.trade(), rtol=1e-9)
    assert_allclose(a.sweep.factor_income, b.sweep.factor_income, rtol=1e-9)


@pytest.mark.parametrize("sigma", [CD, Substitution(0.3, 0.5, 0.4)])
def test_an_import_ban_moves_rewards_apart_only_where_factors_are_tied(sigma):
    """Protection raises the reward of the factor tied to the protected sector over that of the others."""
    plain = small(3, 3, 3, tariffs=False, deficits=False, thetas=(3.0, 6.0))
    iceberg = np.ones((3, 3, 3))
    iceberg[1, 0, 1:] = 3.0  # country 0 hardly imports sector 1 any more
    base = furnish(plain, specific(plain), sigma)
    found = solved(base, Shock(iceberg=iceberg))
    reward = found.sweep.factor_income / base.V
    assert reward[0, 1] > reward[0, [0, 2]].max()
    more_skilled = furnish(plain, skills(plain, np.array([0.2, 0.7, 0.2])), sigma)
    reward = solved(more_skilled, Shock(iceberg=iceberg))
    hats = reward.sweep.factor_income / reward.base.V
    assert hats[0, 0] > hats[0, 1]  # the protected sector uses skill


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_a_tied_factor_without_buyers_earns_nothing(share):
    """Country A sells oil abroad only. When everybody shuts it out, the tied part of oil is idle."""
    trade = np.full((3, 3, 2), 10.0)
    trade[range(3), range(3)] = 60.0
    trade[1:, 0, 1] = trade[0, 0, 1] = 0.0
    world = tt.World.from_arrays(
        ["A", "B", "C"],
        ["GOODS", "OIL"],
        trade=trade,
        tariff=np.zeros((3, 3, 2)),
        input_share=np.zeros((3, 2, 2)),
        elasticity=[4.0, 6.0],
    )
    plain = base_year(world, "balanced")
    ban = np.ones((2, 3, 3))
    ban[1, 1:, 0] = np.inf
    found = solved(furnish(plain, specific(plain, share), CD), Shock(iceberg=ban), tol=1e-10)
    assert found.sweep.factor_income[0, -1] <= 1e-9 * plain.VA[0]
    assert real_income(found)[0] < 1
