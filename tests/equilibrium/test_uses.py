# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Separate shares of origins for inputs and for final use: two goods made alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from test_variants_equations import ELASTICITIES, random_shock, real_income, residuals, small, solved

from strategies import SEEDS
from tertius.equilibrium import Shock
from tertius.equilibrium.factors import furnish, mobile, specific
from tertius.equilibrium.linear import Direction, gradient, tangent
from tertius.outcomes.uses import apart, joined, twice


def flows(base):
    return base.pi_before_tariff * base.X.T[:, :, None]


def in_proportion(base):
    """Final trade that leaves both uses with the same shares."""
    final = base.alpha * base.I[:, None]
    return flows(base) * (final / base.X).T[:, :, None]


def uneven(base, seed=0):
    """Final trade with other shares, that still adds up to final demand and leaves inputs positive."""
    even = in_proportion(base)
    tilt = np.random.default_rng(seed).uniform(0.75, 1.25, even.shape)
    tax = 1.0 + base.tariff
    tilted = even * tilt
    tilted *= ((even * tax).sum(axis=2) / (tilted * tax).sum(axis=2))[:, :, None]
    room = np.min(np.where(even > 0, flows(base) / np.maximum(tilted, 1e-300), np.inf))
    part = min(1.0, 0.9 * (room - 1.0) / 1.0) if room > 1 else 0.0
    return even + max(part, 0.05) * (tilted - even)


def both(shock: Shock) -> Shock:
    """The same wedges in both markets."""
    cells = {f: twice(getattr(shock, f)) for f in ("iceberg", "tariff", "export_tax", "taste")}
    return Shock(
        **cells,
        productivity=twice(shock.productivity, 1),
        endowment=shock.endowment,
        transfer=shock.transfer,
        coalitions=shock.coalitions,
    )


@pytest.mark.parametrize("factors", [mobile, specific, lambda b: specific(b, 0.4)])
@pytest.mark.parametrize("sigma", ["cd", "low"])
def test_equal_shares_are_one_market(factors, sigma):
    plain = small(4, 3, 1)
    split = apart(plain, in_proportion(plain))
    one = furnish(plain, factors(plain), ELASTICITIES[sigma])
    two = furnish(split, factors(split), ELASTICITIES[sigma])
    assert_allclose(two.V, one.V, rtol=1e-12)
    shock = random_shock(one, 3)
    a, b = solved(one, shock), solved(two, both(shock))
    assert_allclose(real_income(b), real_income(a), rtol=1e-9)
    assert_allclose(joined(b.trade(), 2), a.trade(), rtol=1e-8)
    assert_allclose(joined(b.sweep.X, 2, axis=1), a.sweep.X, rtol=1e-8)


@settings(max_examples=15)
@given(seed=SEEDS)
def test_other_shares_meet_every_equation(seed):
    base = apart(plain := small(3, 2, seed), uneven(plain, seed))
    assert base.pi.min() >= 0
    assert_allclose(base.pi.sum(axis=2), 1.0, rtol=1e-12)
    assert_allclose(joined(base.Y, 2, axis=1), plain.Y, rtol=1e-12)
    base = furnish(base, specific(base, 0.5), ELASTICITIES["low"])
    shock = both(random_shock(furnish(plain, specific(plain, 0.5), ELASTICITIES["low"]), seed))
    found = solved(base, shock)
    assert max(residuals(base, shock, found).values()) <= 1e-8


def test_gains_from_trade_need_both_home_shares():
    """One sector, no tariffs: W^ = pi_final^(-1/th) pi_input^(-(1-b)/(b th)), shares at home."""
    plain = small(3, 1, 7, tariffs=False)
    base = apart(plain, uneven(plain, 7))
    iceberg = 1.0 + 0.4 * (1.0 - np.eye(3))[None]
    found = solved(base, Shock(iceberg=twice(iceberg)))
    home = np.einsum("snn->sn", found.share()) / np.einsum("snn->sn", base.pi)
    theta, b = base.theta[0], base.beta[:, 0]
    wage = found.w_hat / np.exp(found.sweep.log_pf)
    assert_allclose(wage, home[1] ** (-1 / theta) * home[0] ** (-(1 - b) / (b * theta)), rtol=1e-9)
    assert np.abs(home[0] - home[1]).max() > 1e-3


def test_who_imports_only_for_final_use_keeps_his_costs_when_those_imports_stop():
    """At given wages: costs see the prices of inputs alone."""
    plain = small(3, 2, 4, tariffs=False)
    final = in_proportion(plain)
    final[0, 1, 2] = flows(plain)[0, 1, 2]  # all that 1 buys of good 0 from 2 is for final use
    tax = 1.0 + plain.tariff
    want = (plain.alpha * plain.I[:, None]).T
    final[0, 1, 1] += want[0, 1] - (final * tax).sum(axis=2)[0, 1]
    base = apart(plain, final)
    assert base.pi[0, 1, 2] == pytest.approx(0.0, abs=1e-15)
    direction = Direction(iceberg=np.zeros_like(base.pi))
    direction.iceberg[2, 1, 2] = 1.0  # the same flow, final use
    felt = tangent(solved(base, Shock()), direction)
    assert abs(felt.log_pf[1]) > 1e-4
    inputs = felt.log_c[1] - base.beta[1] * felt.log_w[1, 0]
    assert_allclose(inputs, base.gamma[1].T @ felt.log_p[1], atol=1e-10)
    one_market = tangent(
        solved(plain, Shock()), Direction(iceberg=direction.iceberg[:2] * 0 + direction.iceberg[2:])
    )
    bare = one_market.log_c[1] - plain.beta[1] * one_market.log_w[1, 0]
    assert np.abs(bare).max() > 3 * np.abs(inputs).max()


def test_derivatives_hold_with_two_markets():
    plain = small(3, 2, 9)
    base = apart(plain, uneven(plain, 9))
    weight = np.array([1.0, 0.0, 0.0])
    g = gradient(solved(base, Shock()), weight).tariff
    step = 1e-4
    for s, n, i in ((0, 0, 1), (3, 1, 2)):
        values = []
        for sign in (1, -1):
            tariff = base.tariff.copy()
            tariff[s, n, i] += sign * step
            values.append(np.log(real_income(solved(base, Shock(tariff=tariff), tol=1e-13)))[0])
        assert_allclose(g[s, n, i], (values[0] - values[1]) / (2 * step), rtol=1e-5, atol=1e-9)
