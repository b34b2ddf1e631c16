# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Theorems that first-order responses must obey, without a difference quotient anywhere.

Kleinman, Liu & Redding (2024), "International friends and enemies" (METHODS, section 2); Hulten (1978),
RES 45:511-518; homogeneity; the envelope theorem for tariffs at free trade in a small country's eyes.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from strategies import SEEDS, random_world, worlds
from tertius.equilibrium import Closure, Shock, Substitution, solve_hats
from tertius.equilibrium.factors import furnish, mobile, skills, specific
from tertius.equilibrium.linear import Direction, gradient, tangent
from tertius.outcomes.exposure import exposure_matrix
from tertius.outcomes.plain import base_year

FACTORS = {"mobile": mobile, "specific": specific, "skills": lambda b: skills(b, np.full(b.shape[1], 0.3))}
PRODUCTION = {"Cobb-Douglas": Substitution(), "nested": Substitution(0.5, 0.3, 0.7)}
variants = (st.sampled_from(list(FACTORS)), st.sampled_from(list(PRODUCTION)))
ONE_SECTOR = {"sectors": (1, 1), "inputs": False, "tariffs": False, "deficits": False}


def at_base(world, factors="mobile", production="Cobb-Douglas", closure=Closure.FIXED):
    base = base_year(world, Closure.FIXED)
    base = furnish(base, FACTORS[factors](base), PRODUCTION[production])
    found = solve_hats(base, Shock(), closure, 1e-13)
    assert found.gap.size <= 1e-11
    return found


def friends_and_enemies(world):
    """Matrices of Kleinman, Liu & Redding: S, T, theta, (I - V)."""
    S = world.trade_share.values[:, :, 0].T  # S[n, i]: share of n's spending on i
    Y = world.output.values[:, 0]
    T = S.T * Y[None, :] / Y[:, None]  # T[i, n]: share of i's income earned in n
    theta = float(world.elasticity.values[0])
    V = (T + theta * T @ S) / (theta + 1) - np.broadcast_to(Y / Y.sum(), T.shape)
    return S, T, theta, np.eye(len(Y)) - V


@given(worlds(**ONE_SECTOR))
@settings(max_examples=40)
def test_productivity_of_kleinman_liu_redding(world):
    S, T, theta, left = friends_and_enemies(world)
    eye = np.eye(len(S))
    W = -(theta / (theta + 1)) * np.linalg.solve(left, T @ S - eye)
    U = (eye - S) @ W + S
    t = tangent(at_base(world), Direction(productivity=eye[:, None, :]))
    assert_allclose(t.log_w[:, 0], W, atol=1e-8 * np.abs(W).max())
    assert_allclose(t.log_real_income, U, atol=1e-8 * np.abs(U).max())
    assert_allclose(exposure_matrix(at_base(world), "productivity"), U, atol=1e-8 * np.abs(U).max())


@given(worlds(**ONE_SECTOR))
@settings(max_examples=40)
def test_trade_costs_of_kleinman_liu_redding(world):
    """Each country's common cost on all its trade with others, as `exposure` defines it."""
    S, T, theta, left = friends_and_enemies(world)
    n = len(S)
    U = np.empty((n, n))
    for c in range(n):
        dlnt = np.zeros((n, n))  # [importer, exporter]
        dlnt[c], dlnt[:, c], dlnt[c, c] = 1.0, 1.0, 0.0
        b = theta * (T * ((S * dlnt).sum(axis=1)[None, :] - dlnt.T)).sum(axis=1)
        dlnw = np.linalg.solve(left, b) / (1 + theta)
        U[:, c] = (np.eye(n) - S) @ dlnw - (S * dlnt).sum(axis=1)
        t = tangent(at_base(world), Direction(iceberg=dlnt[None]))
        assert_allclose(t.log_w[:, 0], dlnw, atol=1e-8 * max(np.abs(dlnw).max(), 1e-3))
        assert_allclose(t.log_real_income, U[:, c], atol=1e-8 * np.abs(U[:, c]).max())
    assert_allclose(exposure_matrix(at_base(world), "trade_cost"), U, atol=1e-8 * np.abs(U).max())


@given(worlds(tariffs=False), *variants)
@settings(max_examples=60)
def test_hulten_for_the_world(world, factors, production):
    """Weights are incomes: productivity counts with output, an iceberg with the flow that melts, a factor
    with its income - whatever production looks like. Tariffs start from zero: no first-order loss.
    """
    found = at_base(world, factors, production)
    b, s = found.base, found.sweep
    back = gradient(found, s.I)
    money = b.I.sum()
    assert_allclose(back.productivity, s.Y, atol=1e-9 * money)
    assert_allclose(back.iceberg, -found.trade(), atol=1e-9 * money)
    assert_allclose(back.endowment, b.V, atol=1e-9 * money)
    assert_allclose(back.tariff, 0.0, atol=1e-9 * money)
    assert_allclose(back.export_tax, 0.0, atol=1e-9 * money)
    assert_allclose(back.transfer, 1.0, atol=1e-8)


def test_hulten_fails_with_tariffs():
    """Tariffs are distortions: the theorem must not hold, or the test above proves nothing."""
    found = at_base(random_world(3, 3, 5, thetas=(2.0, 8.0), tariffs=True, deficits=False, holes=False))
    back = gradient(found, found.sweep.I)
    assert np.abs(back.productivity / found.sweep.Y - 1.0).max() > 1e-3


@given(worlds(), st.sampled_from(list(FACTORS)))
@settings(max_examples=40)
def test_more_of_every_factor_everywhere(world, factors):
    """One percent more of all factors: one percent more of everything at unchanged relative prices.

    Deficits kept as shares of income, so that nothing is fixed in money.
    """
    found = at_base(world, factors, "nested", Closure.OWN_SHARE)
    t = tangent(found, Direction(endowment=np.ones(found.base.V.shape)))
    assert_allclose(t.log_real_income, 1.0, atol=1e-8)
    assert_allclose(t.log_x[found.base.X > 0], 0.0, atol=1e-8)


@given(worlds(inputs=False), *variants)
@settings(max_examples=40)
def test_productivity_everywhere_raises_everybody_alike(world, factors, production):
    """Without inputs, one percent everywhere lowers all prices by one percent at unchanged wages."""
    found = at_base(world, factors, production)
    t = tangent(found, Direction(productivity=np.ones(found.base.shape)))
    assert_allclose(t.log_w[found.base.V > 0], 0.0, atol=1e-8)
    assert_allclose(t.log_real_income, 1.0, atol=1e-8)


@given(worlds(), SEEDS)
@settings(max_examples=30)
def test_costs_at_home_and_abroad_are_lost_productivity(world, seed):
    """An exporter's iceberg on all destinations, home included, is his productivity with the sign changed."""
    found = at_base(world, "specific")
    weight = np.random.default_rng(seed).normal(size=len(found.base.VA))
    back = gradient(found, weight)
    lost = back.iceberg.sum(axis=1).T
    assert_allclose(lost, -back.productivity, atol=1e-9 * np.abs(back.productivity).max())


@given(worlds(deficits=False, holes=False))
@settings(max_examples=30)
def test_elasticities_do_not_matter_without_a_shock(world):
    found = at_base(world)
    assert_allclose(gradient(found, np.ones(len(world.countries))).theta, 0.0, atol=1e-9)


def test_lerner_symmetry():
    """A uniform import tariff is a uniform export tax: the same derivative of every real income.

    Balanced trade, no tariffs before; Lerner (1936), Economica 3:306-313.
    """
    world = random_world(4, 3, 3, thetas=(1.0, 8.0), tariffs=False, deficits=False, holes=False)
    found = at_base(world, "specific", "nested")
    one = np.zeros(found.base.pi.shape)
    one[:, 1, :] = 1.0
    one[:, 1, 1] = 0.0
    tariff = tangent(found, Direction(tariff=one)).log_real_income
    tax = tangent(found, Direction(export_tax=one.transpose(0, 2, 1))).log_real_income
    assert_allclose(tariff, tax, atol=1e-9)
    assert tariff[1] > 1e-3


def test_the_first_point_of_tariff_gains_at_the_cost_of_others():
    """A country with market power gains from its first tariff, and all others together lose just that."""
    world = random_world(3, 2, 11, thetas=(2.0, 6.0), tariffs=False, deficits=False, holes=False)
    found = at_base(world)
    one = np.zeros(found.base.pi.shape)
    one[:, 0, 1:] = 1.0
    t = tangent(found, Direction(tariff=one))
    assert t.log_real_income[0] > 0
    assert abs(found.base.I @ t.log_real_income) <= 1e-9 * found.base.I.sum()
