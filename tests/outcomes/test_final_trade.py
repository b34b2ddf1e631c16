# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A world that tells trade for final use apart: from arrays to results, files and aggregates."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from strategies import random_world, wedges


def proportional(world):
    """Final trade with the shares of all trade."""
    a = world.accounts
    share = np.divide(
        a.final_demand, a.expenditure, out=np.zeros_like(a.expenditure), where=a.expenditure > 0
    )
    return world.trade_values * share[None]


def tilted(world, size=0.2, seed=1):
    """Other shares for final use, with the same totals; inputs stay positive."""
    even = proportional(world)
    tax = 1 + world.tariff_values
    tilt = even * np.exp(size * np.random.default_rng(seed).normal(size=even.shape))
    total = (tilt * tax).sum(axis=0)
    tilt *= np.divide((even * tax).sum(axis=0), total, out=np.ones_like(total), where=total > 0)
    over = np.divide(tilt, world.trade_values, out=np.zeros_like(tilt), where=world.trade_values > 0)
    part = min(1.0, (1 - (even / np.maximum(world.trade_values, 1e-300)).max()) / max(over.max() - 1, 1e-9))
    return even + (1.0 if over.max() <= 1 else 0.5 * part) * (tilt - even)


def apart(world, final):
    return tt.World.from_arrays(
        world.countries, world.sectors, trade=world.trade_values, tariff=world.tariff_values,
        input_share=world.input_share_values, elasticity=world.elasticity_values,
        final_trade=final, name="apart",
    )  # fmt: skip


@pytest.fixture
def world():
    return random_world(4, 3, 2)


def shock(world):
    rng = np.random.default_rng(5)
    n, s = len(world.countries), len(world.sectors)
    off = (1 - np.eye(n))[:, :, None]
    return wedges(
        world,
        iceberg=np.exp(off * rng.uniform(0, 0.4, (n, n, s))),
        tariff=world.tariff_values + 0.1 * off * rng.uniform(size=(n, n, s)),
        productivity=np.exp(0.1 * rng.normal(size=(n, s))),
    )


@pytest.mark.parametrize("options", [{}, {"factors": "specific"}, {"run": "short"}, {"closure": "balanced"}])
def test_equal_shares_change_nothing(world, options):
    a = tt.solve(world, shock(world), **options)
    b = tt.solve(two := apart(world, proportional(world)), shock(two), **options)
    assert_allclose(b.welfare(), a.welfare(), rtol=1e-7, atol=1e-8)
    assert_allclose(b.trade, a.trade, rtol=1e-7, atol=1e-9)
    assert_allclose(b.expenditure, a.expenditure, rtol=1e-7)
    assert_allclose(b.price_hat, a.price_hat, rtol=1e-8)
    assert_allclose(b.factor_reward, a.factor_reward, rtol=1e-7)
    assert_allclose(b.to_table().value, a.to_table().value, rtol=1e-6, atol=1e-7)


def test_equal_shares_have_equal_derivatives(world):
    two = apart(world, proportional(world))
    one, other = (tt.solve(w, shock(w), tol=1e-12) for w in (world, two))
    code = world.countries[1]
    for cause in ("tariff", "iceberg", "productivity", "labour", "elasticity"):
        a, b = (tt.sensitivity(eq, of=code, to=cause) for eq in (one, other))
        assert_allclose(b, a, rtol=1e-6, atol=1e-9)
    a, b = (tt.response(eq, shock(w)) for eq, w in ((one, world), (other, two)))
    for name in a:
        assert_allclose(b[name], a[name], rtol=1e-6, atol=1e-8, err_msg=name)
    assert_allclose(tt.exposure(two), tt.exposure(world), rtol=1e-6, atol=1e-9)


def test_other_shares_change_the_answer_and_prices_of_uses_differ(world):
    two = apart(world, tilted(world))
    a, b = tt.solve(world, shock(world)), tt.solve(two, shock(two))
    assert b.report.converged
    assert np.abs(b.welfare() - a.welfare()).max() > 1e-4
    assert np.abs(b.price_hat - b.input_price_hat).max() > 1e-4
    assert_allclose(a.price_hat, a.input_price_hat)


def test_a_quota_counts_both_uses(world):
    two = apart(world, proportional(world))
    flow = (world.countries[1], world.countries[0], world.sectors[0])

    def limited(w):
        z = tt.Wedges.neutral(w)
        from tertius.policy import QuotaWedge

        return tt.Wedges.from_arrays(
            w, *(z.arrays(w)[k] for k in ("iceberg", "tariff", "productivity", "labour")),
            quotas=(QuotaWedge((flow,), 0.5, "importer"),),
        )  # fmt: skip

    a, b = (tt.solve(w, limited(w)) for w in (world, two))
    assert_allclose(b.welfare(), a.welfare(), rtol=1e-6, atol=1e-7)
    assert_allclose(b.quota_rent, a.quota_rent, rtol=1e-6, atol=1e-7)


def test_it_is_kept_in_files_hash_and_aggregates(world, tmp_path):
    two = apart(world, tilted(world))
    again = tt.World.load(two.save(tmp_path / "two.npz"))
    assert_allclose(again.final_trade, two.final_trade, rtol=0)
    assert two.hash == again.hash != world.hash
    merged = two.aggregate(countries={"XX": world.countries[:2]})
    spent = [float(((1 + w.tariff_values) * w.final_trade_values).sum()) for w in (merged, two)]
    assert_allclose(*spent)  # what final users pay; the tariff of a merged flow is that of all of it
    assert world.final_trade is None


def test_final_trade_that_does_not_fit_is_refused(world):
    with pytest.raises(tt.BadInput, match="more than trade"):
        apart(world, 2 * world.trade_values)
    with pytest.raises(tt.BadInput, match="does not add up to final demand"):
        apart(world, 0.5 * proportional(world))
    with pytest.raises(tt.BadInput, match="final_trade has shape"):
        apart(world, world.trade_values[:2])
