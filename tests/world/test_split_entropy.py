# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Entropy: closed forms, an independent slow method, and what may not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from tertius.world.split.entropy import HARD, Family, fit, sums

SEEDS = st.integers(0, 10**6)


def table(shape, rows, columns, weight=HARD, axes=("rows", "columns")):
    n, k = shape
    cell = np.arange(n * k).reshape(n, k)
    whole = {
        "rows": Family(cell.ravel(), np.repeat(np.arange(n), k), np.asarray(rows, float), np.full(n, weight)),
        "columns": Family(
            cell.ravel(), np.tile(np.arange(k), n), np.asarray(columns, float), np.full(k, HARD)
        ),
    }
    return [whole[a] for a in axes]


def draw(seed, n=4, k=5):
    rng = np.random.default_rng(seed)
    prior = rng.uniform(0.1, 3.0, n * k)
    target = rng.uniform(0.5, 2.0, (n, k))
    return prior, target.sum(axis=1), target.sum(axis=0)


@given(SEEDS)
def test_a_prior_of_rank_one_gives_the_outer_product(seed):
    rng = np.random.default_rng(seed)
    rows, columns = rng.uniform(1, 5, 3), rng.uniform(1, 5, 4)
    columns *= rows.sum() / columns.sum()
    prior = np.outer(rng.uniform(0.1, 9, 3), rng.uniform(0.1, 9, 4)).ravel()
    found = fit(prior, table((3, 4), rows, columns), 1e-12).cells.reshape(3, 4)
    assert_allclose(found, np.outer(rows, columns) / rows.sum(), rtol=1e-10)


@given(SEEDS)
def test_hard_margins_are_classical_ras(seed):
    prior, rows, columns = draw(seed)
    found = fit(prior, table((4, 5), rows, columns), 1e-12)
    x = prior.reshape(4, 5).copy()
    for _ in range(400):
        x *= (rows / x.sum(axis=1))[:, None]
        x *= columns / x.sum(axis=0)
    assert found.converged
    assert_allclose(found.cells.reshape(4, 5), x, rtol=1e-8)


@given(SEEDS, st.floats(0.01, 100.0))
def test_one_soft_margin_is_the_weighted_geometric_mean(seed, weight):
    prior, rows, _ = draw(seed)
    soft = Family(np.arange(20), np.repeat(np.arange(4), 5), rows, np.full(4, weight))
    found = fit(prior, [soft], 1e-12)
    before = prior.reshape(4, 5).sum(axis=1)
    assert_allclose(sums(soft, found.cells), (before * rows**weight) ** (1 / (1 + weight)), rtol=1e-10)


def objective(prior, weight, rows):
    def value(x):
        x = np.maximum(x, 1e-12)
        y = x.reshape(4, 5).sum(axis=1)
        kl = (x * np.log(x / prior) - x + prior).sum()
        return kl + weight * (y * np.log(y / rows) - y + rows).sum()

    return value


@pytest.mark.parametrize("seed", range(3))
def test_the_slow_general_method_finds_the_same(seed):
    prior, rows, columns = draw(seed)
    rows = rows * np.random.default_rng(seed).uniform(0.7, 1.3, 4)  # contradicts the hard columns
    found = fit(prior, table((4, 5), rows, columns, weight=3.0), 1e-13).cells
    held = {"type": "eq", "fun": lambda x: x.reshape(4, 5).sum(axis=0) - columns}
    slow = minimize(
        objective(prior, 3.0, rows), prior, method="SLSQP", bounds=[(1e-9, None)] * 20,
        constraints=[held], options={"maxiter": 1000, "ftol": 1e-14},
    )  # fmt: skip
    assert slow.success
    assert_allclose(found, slow.x, rtol=2e-4)
    assert objective(prior, 3.0, rows)(found) <= objective(prior, 3.0, rows)(slow.x) + 1e-9


@given(SEEDS)
def test_signed_margins_balance_and_keep_signs(seed):
    rng = np.random.default_rng(seed)
    prior = rng.uniform(0.1, 3, 6)
    sign = np.array([1.0, 1, 1, -1, -1, -1])
    target = rng.uniform(-2, 2, 1)
    family = Family(np.arange(6), np.zeros(6, dtype=int), target, np.full(1, HARD), sign)
    found = fit(prior, [family], 1e-12).cells
    assert_allclose(sums(family, found), target, atol=1e-10)
    assert (found > 0).all()
    ratio = np.where(sign > 0, found / prior, prior / found)
    assert_allclose(ratio, ratio[0], rtol=1e-12)  # generalised RAS: one factor up, its inverse down


@given(SEEDS)
def test_zeros_stay_and_the_order_of_margins_does_not_matter(seed):
    prior, rows, columns = draw(seed)
    prior[[3, 11]] = 0.0
    weight = 2.0
    one = fit(prior, table((4, 5), rows, columns, weight), 1e-13).cells
    two = fit(prior, table((4, 5), rows, columns, weight, ("columns", "rows")), 1e-13).cells
    assert one[3] == one[11] == 0.0
    assert (np.delete(one, [3, 11]) > 0).all()
    assert_allclose(one, two, rtol=1e-9)


@given(SEEDS, st.floats(1e-6, 1e6))
def test_units_do_not_matter(seed, unit):
    prior, rows, columns = draw(seed)
    one = fit(prior, table((4, 5), rows, columns, 4.0), 1e-12).cells
    other = fit(prior * unit, table((4, 5), rows * unit, columns * unit, 4.0), 1e-12).cells
    assert_allclose(other, one * unit, rtol=1e-9)


def test_it_says_when_it_has_not_come_to_rest():
    prior, rows, columns = draw(1)
    found = fit(prior, table((4, 5), rows * 2, columns), 1e-12, sweeps=50)  # the totals differ: impossible
    assert found.sweeps == 50
    assert not found.converged
