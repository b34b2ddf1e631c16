# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Export taxes, tastes, transfers, coalitions: who owns the wedge, and what must be the same either way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from test_variants_equations import (
    MODERATE,
    abroad,
    base_of,
    random_shock,
    real_income,
    residuals,
    small,
    solved,
    variant,
    variants,
)

from strategies import SEEDS, worlds
from tertius.equilibrium import Outcome, Shock, balanced_base, solve_hats

RATES = st.floats(-0.3, 1.0).filter(lambda x: abs(x) > 0.01)


def only(base, importer=None, exporter=None):
    """One on the foreign flows of an importer, or of an exporter, zero elsewhere ``[s, n, i]``."""
    cells = abroad(base)
    if importer is not None:
        cells[:, np.arange(cells.shape[1]) != importer] = 0.0
    if exporter is not None:
        cells[:, :, np.arange(cells.shape[2]) != exporter] = 0.0
    return cells


def symmetric(s=2, seed=0, inputs=True, home=None):
    """Two countries that are each other's mirror image, no taxes, balanced.

    With equal shares both ways and equal spending, output is spending and value added is final demand.
    """
    one = small(2, s, seed, tariffs=False, deficits=False, inputs=inputs)
    own = np.random.default_rng(seed).uniform(0.55, 0.85, s) if home is None else np.full(s, home)
    eye = np.eye(2)[None]
    pi = own[:, None, None] * eye + (1 - own)[:, None, None] * (1 - eye)

    def twice(a):
        return np.stack([a[0], a[0]])

    gamma, beta = twice(one.gamma), twice(one.beta)
    alpha = twice(one.alpha)
    X = np.linalg.solve(np.eye(s) - gamma[0], 100.0 * alpha[0])
    X = np.stack([X, X])
    va = (beta * X).sum(axis=1)
    zero = np.zeros(2)
    return replace(
        one, pi=pi, gamma=gamma, beta=beta, alpha=alpha, X=X, VA=va, I=va, V=va[:, None], D=zero, R=zero,
        tariff=np.zeros_like(pi),
    )  # fmt: skip


# --- taxes on exports -----------------------------------------------------------------------------


@given(worlds(countries=(2, 5), deficits=False, thetas=MODERATE), variants, RATES)
@settings(max_examples=60)
def test_lerner_symmetry(world, name, rate):
    """A uniform tax on imports and one on exports are the same (Lerner 1936), base tariffs and all.

    Trade is balanced in every country; fixed deficits in money would be worth more under one than
    under the other. The import tax multiplies what the buyer pays; nominal prices of the country differ
    by the rate, nothing real does.
    """
    base = variant(base_of(world), name)
    imports, exports = only(base, importer=0), only(base, exporter=0)
    a = solved(base, Shock(tariff=(1 + base.tariff) * (1 + rate * imports) - 1))
    b = solved(base, Shock(export_tax=rate * exports))
    assert_allclose(real_income(a), real_income(b), rtol=1e-9)
    assert_allclose(a.share(), b.share(), rtol=1e-8, atol=1e-12)
    pa, pb = a.sweep.log_p, b.sweep.log_p
    level = pb[0] - pa[0] - (pb[-1] - pa[-1])
    used = (base.X[0] > 0) & (base.X[-1] > 0)
    assert_allclose(level[used], -np.log1p(rate), atol=1e-8)


@given(worlds(countries=(3, 4), deficits=False, thetas=MODERATE), variants)
@settings(max_examples=10)
def test_a_tariff_with_an_equal_export_subsidy_is_a_change_of_units(world, name):
    base = variant(base_of(world), name)
    rate = 0.25
    tariff = (1 + base.tariff) * (1 + rate * only(base, importer=0)) - 1
    found = solved(base, Shock(tariff=tariff, export_tax=(1 / (1 + rate) - 1) * only(base, exporter=0)))
    assert_allclose(real_income(found), 1.0, rtol=1e-9)
    assert_allclose(found.share(), base.pi, rtol=1e-8, atol=1e-12)


def test_lerner_symmetry_fails_with_deficits_fixed_in_money():
    base = small(3, 2, 4, deficits=True)
    tariff = (1 + base.tariff) * (1 + 0.3 * only(base, importer=0)) - 1
    a, b = solved(base, Shock(tariff=tariff)), solved(base, Shock(export_tax=0.3 * only(base, exporter=0)))
    assert np.abs(real_income(a) - real_income(b)).max() > 1e-5


@given(worlds(countries=(2, 5), tariffs=False, thetas=MODERATE), variants, SEEDS)
@settings(max_examples=40)
def test_a_tariff_and_an_export_tax_differ_by_a_transfer_and_nothing_else(world, name, seed):
    """The same wedge on the same flows; give the revenue back and the equilibria coincide."""
    base = variant(base_of(world), name)
    rng = np.random.default_rng(seed)
    wedge = abroad(base) * rng.uniform(0, 0.6, base.pi.shape) * (rng.random(base.pi.shape) < 0.5)
    a = solved(base, Shock(tariff=wedge))
    paid = (wedge * a.trade()).sum(axis=0)  # [importer, exporter]
    gift = paid.sum(axis=1) - paid.sum(axis=0)
    b = solved(base, Shock(export_tax=wedge, transfer=gift))
    assert_allclose(real_income(a), real_income(b), rtol=1e-9)
    bought = base.X > 0
    assert_allclose(b.sweep.log_p[bought], a.sweep.log_p[bought], atol=1e-9)
    assert_allclose(b.trade(), a.trade() * (1 + wedge), rtol=1e-8, atol=1e-9 * base.X.max())


@given(st.integers(0, 50), st.floats(0.05, 0.8), variants)
@settings(max_examples=30)
def test_between_mirror_images_a_war_of_export_taxes_is_a_war_of_tariffs(seed, rate, name):
    base = variant(symmetric(3, seed), name)
    a, b = (solved(base, Shock(**{k: rate * abroad(base)})) for k in ("tariff", "export_tax"))
    assert_allclose(real_income(a), real_income(b), rtol=1e-10)
    assert_allclose(a.share(), b.share(), rtol=1e-10)
    assert np.all(real_income(a) < 1)
    assert_allclose(a.sweep.revenue, b.sweep.revenue, rtol=1e-9)


@given(st.integers(0, 30))
@settings(max_examples=15)
def test_each_small_tax_helps_its_owner_and_hurts_the_other(seed):
    base = symmetric(2, seed)
    for kind, owner in (("tariff", {"importer": 0}), ("export_tax", {"exporter": 0})):
        got = real_income(solved(base, Shock(**{kind: 0.03 * only(base, **owner)})))
        assert got[0] > 1 > got[1]
    subsidy = real_income(solved(base, Shock(export_tax=-0.03 * only(base, exporter=0))))
    assert subsidy[0] < 1 < subsidy[1]


def test_revenue_of_an_export_tax_is_the_exporters():
    base = small(3, 2, 1)
    tax = 0.2 * only(base, exporter=1)
    found = solved(base, Shock(export_tax=tax))
    flows = found.trade()
    expected = (base.tariff * flows).sum(axis=(0, 2)) + (tax / (1 + tax) * flows).sum(axis=(0, 1))
    assert_allclose(found.sweep.revenue, expected, rtol=1e-10)


# --- tastes ---------------------------------------------------------------------------------------


@given(SEEDS, st.floats(0.3, 3.0))
@settings(max_examples=20)
def test_liking_all_origins_more_moves_only_the_price_index(seed, factor):
    """The convention: taste multiplies pi inside the index, so P^ moves by s^(-1/th) at given costs.

    Cobb-Douglas demand, no inputs: every quantity stays, and so does every price elsewhere.
    """
    base = small(4, 3, seed, inputs=False)
    taste = np.ones(base.pi.shape)
    taste[1, 2] = factor
    found = solved(base, Shock(taste=taste))
    assert_allclose(found.trade(), base.pi_before_tariff * base.X.T[:, :, None], rtol=1e-9)
    expected = np.zeros(base.X.shape)
    expected[2, 1] = -np.log(factor) / base.theta[1]
    assert_allclose(found.sweep.log_p, expected, atol=1e-10)


@given(SEEDS, variants)
@settings(max_examples=20)
def test_a_taste_is_an_iceberg_in_disguise(seed, name):
    """s = d^(-th) cell by cell: with inputs a taste for all origins acts like cheaper purchases."""
    base = variant(small(4, 3, seed), name)
    d = np.exp(np.random.default_rng(seed).uniform(-0.2, 0.2, base.pi.shape))
    a = solved(base, Shock(iceberg=d))
    b = solved(base, Shock(taste=d ** -base.theta[:, None, None]))
    assert_allclose(real_income(a), real_income(b), rtol=1e-10)
    assert_allclose(a.trade(), b.trade(), rtol=1e-9)


def test_a_boycott_hurts_the_boycotted_and_its_share_falls():
    base = symmetric(2, 3)
    taste = np.ones(base.pi.shape)
    taste[:, 0, 1] = 0.5
    found = solved(base, Shock(taste=taste))
    assert np.all(found.share()[:, 0, 1] < base.pi[:, 0, 1])
    assert found.w_hat[1] < found.w_hat[0]
    assert real_income(found)[1] < 1
    nothing = np.where(abroad(base) * (np.arange(2) == 1) > 0, 0.0, 1.0)
    shut = np.where(abroad(base) * (np.arange(2) == 1) > 0, np.inf, 1.0)
    a, b = solved(base, Shock(taste=nothing)), solved(base, Shock(iceberg=shut))
    assert_allclose(real_income(a), real_income(b), rtol=1e-10)


# --- transfers ------------------------------------------------------------------------------------


@given(st.integers(0, 50), variants, st.floats(1e-4, 0.1))
@settings(max_examples=30)
def test_a_transfer_helps_who_receives_it(seed, name, size):
    """With own goods preferred the receiver's terms of trade improve on top (Keynes against Ohlin)."""
    base = variant(symmetric(2, seed), name)
    found = solved(base, Shock(transfer=size * base.I * np.array([1.0, -1.0])))
    got = real_income(found)
    assert got[0] > 1 > got[1]
    assert found.w_hat[0] > 1 > found.w_hat[1]
    assert found.sweep.I[0] > base.I[0] * (1 + size)


def test_without_preference_for_own_goods_a_transfer_moves_no_price():
    base = symmetric(2, 0, inputs=False, home=0.5)
    found = solved(base, Shock(transfer=np.array([5.0, -5.0])))
    assert_allclose(found.w_hat, 1.0, rtol=1e-11)
    assert_allclose(real_income(found), 1 + np.array([5.0, -5.0]) / base.I, rtol=1e-11)


@given(worlds(deficits=True, thetas=MODERATE))
@settings(max_examples=30)
def test_giving_back_the_deficits_balances_the_base(world):
    base = base_of(world)
    flat, _ = balanced_base(base)
    found = solved(base, Shock(transfer=-base.D))
    assert_allclose(found.sweep.X, flat.X, rtol=1e-9, atol=1e-9 * base.X.max())
    assert_allclose(found.share(), flat.pi, rtol=1e-8, atol=1e-12)


@given(SEEDS, variants)
@settings(max_examples=20)
def test_transfers_add_up(seed, name):
    """World income is factor income and revenue: what one government gives another one gets."""
    base = variant(small(4, 3, seed), name)
    found = solved(base, random_shock(base, seed))
    v = found.sweep
    assert_allclose(v.I.sum(), v.factor_income.sum() + v.revenue.sum(), rtol=1e-10)


# --- coalitions -----------------------------------------------------------------------------------


def own_income(found):
    v = found.sweep
    return v.factor_income.sum(axis=1) + v.revenue + v.D + found.system.transfer


@given(SEEDS, variants)
@settings(max_examples=30)
def test_members_of_a_coalition_gain_alike_and_share_what_they_have(seed, name):
    base = variant(small(6, 3, seed), name)
    groups = ((0, 3), (1, 2, 5))
    shock = replace(random_shock(base, seed), coalitions=groups)
    found = solved(base, shock)
    got = real_income(found)
    own = own_income(found)
    for g in map(list, groups):
        assert np.ptp(got[g]) <= 1e-9
        assert_allclose(found.sweep.I[g].sum(), own[g].sum(), rtol=1e-12)
    assert_allclose(found.sweep.I[4], own[4], rtol=1e-12)
    assert max(residuals(base, shock, found).values()) <= 2e-11


@given(SEEDS, variants)
@settings(max_examples=20)
def test_a_coalition_is_a_set_of_transfers(seed, name):
    """Paying out by hand what the coalition shares gives the same equilibrium."""
    base = variant(small(5, 3, seed), name)
    shock = replace(random_shock(base, seed), coalitions=((0, 1, 4),))
    a = solved(base, shock)
    shared = a.sweep.I - own_income(a)
    assert abs(shared.sum()) <= 1e-9 * base.I.sum()
    b = solved(base, replace(shock, coalitions=(), transfer=shock.transfer + shared))
    assert_allclose(real_income(b), real_income(a), rtol=1e-9)
    assert_allclose(b.trade(), a.trade(), rtol=1e-8)


@given(SEEDS, variants)
@settings(max_examples=15)
def test_a_coalition_of_one_shares_nothing(seed, name):
    base = variant(small(4, 2, seed), name)
    shock = replace(random_shock(base, seed), coalitions=())
    a, b = (solved(base, replace(shock, coalitions=c)) for c in ((), ((2,),)))
    assert_allclose(real_income(b), real_income(a), rtol=1e-11)


@pytest.mark.parametrize("seed", range(3))
def test_mirror_images_have_nothing_to_share(seed):
    base = symmetric(2, seed)
    shock = Shock(tariff=0.4 * abroad(base))
    a, b = solved(base, shock), solved(base, replace(shock, coalitions=((0, 1),)))
    assert_allclose(real_income(b), real_income(a), rtol=1e-11)


@pytest.mark.parametrize("kind", ["transfer", "coalition"])
def test_payments_into_a_bloc_that_is_cut_off_are_diagnosed(kind):
    """Nothing can be bought with money from outside: like a deficit across the cut, it has no equilibrium."""
    base = symmetric(2, 0)
    shut = np.where(abroad(base) > 0, np.inf, 1.0)
    how = {"transfer": np.array([5.0, -5.0])} if kind == "transfer" else {"coalitions": ((0, 1),)}
    poorer = np.array([[1.0, 1.0], [0.5, 0.5]])
    found = solve_hats(base, Shock(iceberg=shut, productivity=poorer, **how), max_sweeps=50)
    assert found.outcome not in (Outcome.converged, Outcome.too_many_sweeps)
