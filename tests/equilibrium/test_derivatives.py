# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""First-order theorems against central differences of the exact solver.

Hulten (1978), RES 45:511-518, for the world as a whole; Kleinman, Liu & Redding (2024),
"International friends and enemies", for every pair of countries in a one-sector world (METHODS, section 2).

Central differences with step h carry an error of h^2 times the third derivative, here h = 1e-4 with
elasticities up to 8: below 1e-6 of the largest derivative. The solver is asked for 1e-13, so its own
error is below 1e-8.
"""

import numpy as np
from hypothesis import given, settings
from numpy.testing import assert_allclose

import tertius as tt
from strategies import SEEDS, random_world, wedges, worlds

STEP = 1e-4
SMOOTH = (0.6, 8.0)


def log_welfare(world, **change):
    eq = tt.solve(world, wedges(world, **change), tol=1e-13)
    assert eq.report.residual <= 1e-12
    return np.log1p(eq.welfare().values / 100.0)


def derivative(world, name, direction):
    """d ln W ``[country]`` along a direction in the log of one kind of wedge."""
    up, down = (log_welfare(world, **{name: np.exp(h * direction)}) for h in (STEP, -STEP))
    return (up - down) / (2 * STEP)


@given(worlds(tariffs=False, thetas=SMOOTH), SEEDS)
@settings(max_examples=30)
def test_hulten_for_the_world(world, seed):
    """sum_n I_n dln W_n = sum Y dln A: without tariffs the world is efficient; deficits are transfers."""
    direction = np.random.default_rng(seed).normal(size=world.output.shape)
    gained = world.accounts.income @ derivative(world, "productivity", direction)
    expected = (world.output.values * direction).sum()
    assert abs(gained - expected) <= 1e-6 * world.output.values.sum()


@given(worlds(tariffs=False, thetas=SMOOTH), SEEDS)
@settings(max_examples=30)
def test_hulten_for_trade_costs(world, seed):
    """sum_n I_n dln W_n = -sum M dln d, own sales included: what melts is what was delivered."""
    direction = np.random.default_rng(seed).normal(size=world.trade.shape)
    gained = world.accounts.income @ derivative(world, "iceberg", direction)
    expected = -(world.trade_values * direction).sum()
    assert abs(gained - expected) <= 1e-6 * world.trade_values.sum()


def test_hulten_one_cell_at_a_time():
    world = random_world(3, 3, 5, thetas=SMOOTH, tariffs=False, deficits=False, holes=False)
    for n in range(3):
        for s in range(3):
            direction = np.zeros((3, 3))
            direction[n, s] = 1.0
            gained = world.accounts.income @ derivative(world, "productivity", direction)
            assert_allclose(gained, world.output.values[n, s], rtol=1e-6)


def test_hulten_fails_with_tariffs():
    """Tariffs are distortions: the theorem must not hold, or the tests above prove nothing."""
    world = random_world(3, 3, 5, thetas=SMOOTH, tariffs=True, deficits=False, holes=False)
    direction = np.zeros((3, 3))
    direction[0, 1] = 1.0
    gained = world.accounts.income @ derivative(world, "productivity", direction)
    assert abs(gained / world.output.values[0, 1] - 1.0) > 1e-3


def friends_and_enemies(world):
    """Matrices of Kleinman, Liu & Redding: S, T, theta, (I - V), world without inputs, tariffs, deficits."""
    S = world.trade_share.values[:, :, 0].T  # S[n, i]: share of n's spending on i
    Y = world.output.values[:, 0]
    T = S.T * Y[None, :] / Y[:, None]  # T[i, n]: share of i's income earned in n
    theta = float(world.elasticity.values[0])
    Q = np.broadcast_to(Y / Y.sum(), T.shape)
    V = (T + theta * T @ S) / (theta + 1) - Q
    return S, T, theta, np.eye(len(Y)) - V


@given(worlds(sectors=(1, 1), inputs=False, tariffs=False, deficits=False, thetas=SMOOTH))
@settings(max_examples=15)
def test_productivity_exposure_of_kleinman_liu_redding(world):
    S, T, theta, left = friends_and_enemies(world)
    eye = np.eye(len(S))
    W = -(theta / (theta + 1)) * np.linalg.solve(left, T @ S - eye)
    U = (eye - S) @ W + S
    for source in range(len(S)):
        found = derivative(world, "productivity", eye[:, [source]])
        assert_allclose(found, U[:, source], atol=1e-6 * np.abs(U).max())
    shocks = (wedges(world, productivity=np.exp(h * eye[:, [0]])) for h in (STEP, -STEP))
    up, down = (np.log(tt.solve(world, z, tol=1e-13).wage_hat.values) for z in shocks)
    assert_allclose((up - down) / (2 * STEP), W[:, 0], atol=1e-6 * np.abs(W).max())


@given(worlds(sectors=(1, 1), inputs=False, tariffs=False, deficits=False, thetas=SMOOTH), SEEDS)
@settings(max_examples=15)
def test_trade_cost_exposure_of_kleinman_liu_redding(world, seed):
    S, T, theta, left = friends_and_enemies(world)
    n = len(S)
    dlnt = np.random.default_rng(seed).normal(size=(n, n))  # [importer, exporter]
    b = theta * (T * ((S * dlnt).sum(axis=1)[None, :] - dlnt.T)).sum(axis=1)
    dlnw = np.linalg.solve(left, b) / (1 + theta)
    dlnu = (np.eye(n) - S) @ dlnw - (S * dlnt).sum(axis=1)
    found = derivative(world, "iceberg", dlnt.T[:, :, None])
    assert_allclose(found, dlnu, atol=1e-6 * np.abs(dlnu).max())
