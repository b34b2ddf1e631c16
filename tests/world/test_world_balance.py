# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Balancing gives the nearest table in the Kullback-Leibler sense: by its KKT and a general optimiser."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tertius import NotSolved
from tertius.world.balance import FLOOR, LEAST_VALUE_ADDED, balance

SEEDS = st.integers(0, 2**32 - 1)


def case(seed, n=2, k=3, tight=0.8):
    """Random shares and use; some products are short, their sum is not."""
    rng = np.random.default_rng(seed)
    share = rng.gamma(1.0, 1.0, (n, k, k))
    share *= rng.uniform(0.2, 0.7, (n, 1, k)) / share.sum(axis=1, keepdims=True)
    output = np.exp(rng.normal(3.0, 0.7, (n, k)))
    wanted = np.einsum("nks,ns->nk", share, output)
    use = wanted * rng.uniform(tight, 2.0, (n, k))
    use *= np.maximum(1.0, 1.1 * wanted.sum(axis=1) / use.sum(axis=1))[:, None]
    return share, output, use


def divergence(table, raw):
    seen = (raw > 0) & (table > 0)
    return float((table[seen] * np.log(table[seen] / raw[seen])).sum() - table.sum() + raw.sum())


@given(SEEDS)
def test_columns_kept_rows_met_and_kkt(seed):
    share, output, use = case(seed)
    balanced = balance(share, output, use)
    before, after = share * output[:, None, :], balanced.input_share * output[:, None, :]
    assert_allclose(after.sum(axis=1), before.sum(axis=1), rtol=1e-12)
    supply = (1 - FLOOR) * use
    rows = after.sum(axis=2)
    assert np.all(rows <= supply * (1 + 1e-11))
    # The solution is rows * raw * columns; complementary slackness: a row below its bound is not scaled.
    log = np.log(after / before)
    row = log - log.max(axis=1, keepdims=True)
    assert_allclose(row, np.broadcast_to(row[:, :, :1], row.shape), atol=1e-9)
    slack = rows < supply * (1 - 1e-9)
    assert np.all(row[slack] > -1e-9)
    assert np.all(row <= 1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_no_feasible_table_is_nearer(seed):
    optimize = pytest.importorskip("scipy.optimize")
    share, output, use = case(seed, n=1)
    before = (share * output[:, None, :])[0]
    supply, cost = (1 - FLOOR) * use[0], before.sum(axis=0)
    found = optimize.minimize(
        lambda x: divergence(x.reshape(before.shape), before),
        before.ravel(),
        jac=lambda x: np.log(x / before.ravel()),
        bounds=[(1e-9, None)] * before.size,
        constraints=[
            {"type": "eq", "fun": lambda x: x.reshape(before.shape).sum(axis=0) - cost},
            {"type": "ineq", "fun": lambda x: supply - x.reshape(before.shape).sum(axis=1)},
        ],
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-12},
    )
    assert found.success
    ours = (balance(share, output, use).input_share * output[:, None, :])[0]
    assert divergence(ours, before) <= found.fun + 1e-7 * (1 + found.fun)
    assert_allclose(ours, found.x.reshape(before.shape), rtol=2e-3, atol=1e-4)


@given(SEEDS)
def test_perturbations_are_farther(seed):
    share, output, use = case(seed, n=1)
    rng = np.random.default_rng(seed)
    before, after = share[0] * output[0], balance(share, output, use).input_share[0] * output[0]
    best = divergence(after, before)
    for _ in range(20):
        k, m = rng.choice(3, 2, replace=False)
        s = rng.integers(3)
        step = 1e-3 * after[k, s]
        other = after.copy()
        other[k, s] -= step
        other[m, s] += step
        if other.sum(axis=1)[m] <= (1 - FLOOR) * use[0, m]:
            assert divergence(other, before) >= best - 1e-12 * before.sum()


@given(SEEDS)
def test_balanced_data_stay(seed):
    share, output, use = case(seed)
    once = balance(share, output, use)
    twice = balance(once.input_share, output, use)
    assert_allclose(twice.input_share, once.input_share, rtol=1e-11)
    assert twice.moved < 1e-12
    assert twice.negative_cells == 0
    roomy = case(seed, tight=1.01)
    untouched = balance(*roomy)
    assert_allclose(untouched.input_share, roomy[0], rtol=1e-13)
    assert untouched.moved < 1e-14


def test_by_hand():
    """One country: product 0 is short by a third, so one unit of each column moves to product 1."""
    share = np.array([[[0.3, 0.3], [0.3, 0.3]]])
    output = np.array([[10.0, 10.0]])
    use = np.array([[4.0, 40.0]])
    balanced = balance(share, output, use)
    low = 0.2 * (1 - FLOOR)
    assert_allclose(balanced.input_share[0], [[low, low], [0.6 - low, 0.6 - low]], rtol=1e-12)
    assert balanced.negative_cells == 1
    assert_allclose(balanced.negative_share, 2 / (44 - 12))
    assert_allclose(balanced.moved, (2 + 4 * FLOOR) / 12, rtol=1e-6)
    assert balanced.columns_capped == 0


def test_idle_sectors_keep_their_shares_and_zeros_stay():
    share, output, use = case(7)
    output[0, 1] = 0
    share[0, 2, 0] = 0
    balanced = balance(share, output, use)
    assert_array_equal(balanced.input_share[0, :, 1], share[0, :, 1])
    assert balanced.input_share[0, 2, 0] == 0
    assert np.isfinite(balanced.input_share).all()


def test_columns_that_leave_no_value_added_are_capped():
    share, output, use = case(3, tight=1.5)
    share[1, :, 2] *= 1.05 / share[1, :, 2].sum()
    balanced = balance(share, output, use * 5)
    assert balanced.columns_capped == 1
    assert_allclose(balanced.input_share[1, :, 2].sum(), 1 - LEAST_VALUE_ADDED, rtol=1e-12)
    assert_allclose(balanced.input_share[0], share[0], rtol=1e-12)


@given(SEEDS)
def test_scale_does_not_matter(seed):
    share, output, use = case(seed)
    assume(np.all(use > 0))
    a, b = balance(share, output, use), balance(share, 1e6 * output, 1e6 * use)
    assert_allclose(a.input_share, b.input_share, rtol=1e-10)


def test_what_cannot_be_met_is_said():
    share, output, use = case(5)
    use[1] *= 0.1
    with pytest.raises(NotSolved, match=r"country number 1 uses less than its inputs"):
        balance(share, output, use)


def test_a_column_whose_only_input_is_not_used_at_all():
    share = np.array([[[0.5, 0.0], [0.0, 0.5]]])
    with pytest.raises(NotSolved, match=r"cannot be balanced"):
        balance(share, np.ones((1, 2)), np.array([[0.0, 2.0]]))
