# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""First-order responses against differences of full solves, for every variable that is shown."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from strategies import random_world, wedges

STEP = 1e-4


def some(world, size):
    """Every kind of small change at once, as large as asked."""
    rng = np.random.default_rng(3)
    n, s = len(world.countries), len(world.sectors)
    off = (1 - np.eye(n))[:, :, None]
    z = wedges(
        world,
        iceberg=np.exp(size * off * rng.normal(size=(n, n, s))),
        tariff=world.tariff_values + size * off * rng.uniform(size=(n, n, s)),
        productivity=np.exp(size * rng.normal(size=(n, s))),
        labour=np.exp(size * rng.normal(size=n)),
    )
    z.export_tax.values[...] = np.expm1(size * off * rng.uniform(size=(n, n, s)))
    z.taste.values[...] = np.exp(size * rng.normal(size=(n, n, s)))
    gift = rng.normal(size=n) * world.value_added.values.min()
    z.transfer.values[...] = size * (gift - gift.mean())
    return z


def variables(eq):
    s = eq.solution.sweep
    income = s.I / np.exp(s.log_pf)
    return {
        "real_income": income,
        "income": s.I,
        "price_index": np.exp(s.log_pf),
        "wage": eq.wage_hat.values,
        "price": eq.price_hat.values,
        "cost": np.exp(s.log_c),
        "expenditure": eq.expenditure.values,
        "output": s.Y,
        "trade": eq.trade.values,
    }


@pytest.mark.parametrize("options", [{}, {"factors": 0.5, "substitution": tt.Substitution(0.5, 0.4, 0.7)}])
def test_every_response_is_a_derivative(options):
    world = random_world(4, 3, 5)
    base = tt.solve(world, tt.Wedges.neutral(world), tol=1e-13, **options)
    found = tt.response(base, some(world, 1.0))
    up, down = (
        variables(tt.solve(world, some(world, sign * STEP), tol=1e-13, **options)) for sign in (1, -1)
    )
    made = world.output.values > 0
    for name, values in up.items():
        there = made if name == "cost" else values > 0
        slope = (np.log(values[there]) - np.log(down[name][there])) / (2 * STEP)
        assert_allclose(found[name].values[there], slope, rtol=2e-5, atol=2e-6, err_msg=name)
        assert name == "cost" or np.all(found[name].values[~there] == 0.0)


def test_nothing_more_changes_nothing():
    world = random_world(3, 2, 1)
    eq = tt.solve(world, some(world, 0.1))
    found = tt.response(eq, tt.Wedges.neutral(world))
    assert all(np.abs(v.values).max() == 0.0 for v in found.values())


def test_an_embargo_is_not_small():
    world = random_world(3, 2, 1)
    z = tt.Wedges.neutral(world)
    z.iceberg.values[0, 1, 0] = np.inf
    with pytest.raises(tt.BadInput, match="not small"):
        tt.response(tt.solve(world, tt.Wedges.neutral(world)), z)
