# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Every factor and production variant: equations recomputed, and what must not matter.

The residuals here start from prices, factor prices and incomes only. Costs, shares, flows, revenues and
demands are put together again in levels and with einsum, as docs/engine.md prints them. The other
files of variants import their worlds, variants and solves from here.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from strategies import SEEDS, random_world, worlds
from tertius.equilibrium import Baseline, Closure, Outcome, Shock, Solution, Substitution, solve_hats
from tertius.equilibrium.arrays import sector_first
from tertius.equilibrium.factors import furnish, mobile, skills, specific
from tertius.outcomes.plain import base_year

MODERATE = (0.6, 12.0)  # trade elasticities
CD = Substitution()
ELASTICITIES = {"cd": CD, "low": Substitution(0.2, 0.3, 0.5), "high": Substitution(2.0, 3.0, 1.7)}


def _uneven(base: Baseline):
    """Shares of tied or skilled value added that differ between sectors."""
    return np.linspace(0.2, 0.7, base.shape[1])


FACTORS = {
    "mobile": mobile,
    "specific": specific,
    "half": lambda b: specific(b, 0.5),
    "partly": lambda b: specific(b, np.broadcast_to(_uneven(b), b.shape).copy()),
    "skills": lambda b: skills(b, _uneven(b)),
}
VARIANTS = {f"{f}, {e}": (f, e) for f in FACTORS for e in ELASTICITIES}
variants = st.sampled_from(sorted(VARIANTS))


def base_of(world) -> Baseline:
    """Plain arrays of a world: one mobile factor, Cobb-Douglas."""
    return base_year(world, Closure.FIXED)


def small(n, s, seed, **options) -> Baseline:
    """A random economy in plain arrays, every flow positive."""
    return base_of(random_world(n, s, seed, **{"holes": False, "thetas": MODERATE} | options))


def variant(base: Baseline, name: str) -> Baseline:
    factors, elasticities = VARIANTS[name]
    return furnish(base, FACTORS[factors](base), ELASTICITIES[elasticities])


def with_sigma(base: Baseline, **sigma) -> Baseline:
    return furnish(base, base.phi, Substitution(**sigma))


def solved(base: Baseline, shock: Shock, closure=Closure.FIXED, tol=1e-12) -> Solution:
    found = solve_hats(base, shock, closure, tol)
    assert found.outcome is Outcome.converged, (found.outcome, found.gap)
    return found


def real_income(found: Solution):
    """Hats of real income ``[n]``."""
    return found.sweep.I / found.base.I / np.exp(found.sweep.log_pf)


def abroad(base: Baseline):
    """One between countries, zero at home ``[s, n, i]``."""
    n, s = base.shape
    return np.broadcast_to(1.0 - np.eye(n), (s, n, n)).copy()


def random_shock(base: Baseline, seed: int, size: float = 0.2) -> Shock:
    """Every kind of change at once."""
    rng = np.random.default_rng(seed)
    n, s = base.shape
    off = abroad(base)
    gift = rng.uniform(-0.02, 0.02, n) * base.I
    return Shock(
        iceberg=np.exp(off * rng.uniform(-size / 3, size, (s, n, n))),
        tariff=off * np.maximum(base.tariff + rng.uniform(-size, size, (s, n, n)) / 2, 0.0),
        export_tax=off * rng.uniform(-size / 4, size / 2, (s, n, n)),
        taste=np.exp(rng.uniform(-size, size, (s, n, n))),
        productivity=np.exp(rng.uniform(-size, size, (n, s)) / 2),
        endowment=np.exp(rng.uniform(-size, size, base.V.shape) / 2),
        transfer=gift - gift.sum() * base.I / base.I.sum(),
        coalitions=((0, n - 1),) if n > 2 and seed % 2 else (),
    )


# --- the equations again --------------------------------------------------------------------------


def power_mean(weights, x, e, axis):
    """(sum w x^(1-e))^(1/(1-e)), geometric at e = 1; weights sum to one."""
    if e == 1.0:
        return np.exp((weights * np.log(x)).sum(axis=axis))
    return ((weights * x ** (1 - e)).sum(axis=axis)) ** (1 / (1 - e))


def _whole(base: Baseline, shock: Shock):
    """All wedges written out, icebergs, tariffs, export taxes, tastes, productivity, endowments, gifts."""
    n, s = base.shape
    one, zero = np.ones((s, n, n)), np.zeros((s, n, n))
    given_ = (
        (shock.iceberg, one),
        (shock.tariff, base.tariff),
        (shock.export_tax, zero),
        (shock.taste, one),
        (shock.productivity, np.ones((n, s))),
        (shock.endowment, np.ones(base.V.shape)),
        (shock.transfer, np.zeros(n)),
    )
    return [other if x is None else x for x, other in given_]


def prices_again(base: Baseline, shock: Shock, found: Solution):
    """Factor prices, cost parts, shares and price hats from factor prices and price hats."""
    d, t, e, taste, A, L, _ = _whole(base, shock)
    v = found.sweep
    P, h, sub = np.exp(v.log_p), base.sigma.value_added, base.sigma.inputs
    w = np.divide(v.factor_income, base.V * L, out=np.ones_like(base.V), where=base.V > 0)
    cv = np.prod(w[:, :, None] ** base.phi, axis=1)
    rest = 1 - base.beta
    none = (rest <= 1e-14)[:, None, :]  # sectors without inputs: any weights will do
    mean = np.where(none, 1 / base.gamma.shape[1], base.gamma / np.where(none, 1.0, rest[:, None, :]))
    cm = power_mean(mean, P[:, :, None], sub, 1)
    c = power_mean(np.stack([base.beta, rest]), np.stack([cv, cm]), h, 0)
    kappa = d * (1 + e) * (1 + t) / (1 + base.tariff)
    with np.errstate(divide="ignore"):
        terms = base.pi * taste * (kappa * (c / A).T[:, None, :]) ** -base.theta[:, None, None]
    phi = terms.sum(axis=2)
    return P, cv, cm, c, terms / phi[:, :, None], phi ** (-1 / base.theta[:, None])


def residuals(base: Baseline, shock: Shock, found: Solution, deficit=None) -> dict[str, float]:
    """Largest violation of each equation, money relative to own new income."""
    _, t, e, _, _, _, gift = _whole(base, shock)
    P, cv, cm, c, share, new_P = prices_again(base, shock, found)
    v, h, sub, final = found.sweep, base.sigma.value_added, base.sigma.inputs, base.sigma.final
    M = share * v.X.T[:, :, None] / (1 + t)  # at the border, export tax included
    kept = M / (1 + e)
    Y = kept.sum(axis=1).T
    revenue = (t * M).sum(axis=(0, 2)) + (e * kept).sum(axis=(0, 1))
    D = base.D if deficit is None else deficit
    own = v.factor_income.sum(axis=1) + revenue + D + gift
    pf = power_mean(base.alpha, P, final, 1)
    hat = {n: own[list(g)].sum() / (base.I * pf)[list(g)].sum() for g in shock.coalitions for n in g}
    income = np.array([hat[n] * base.I[n] * pf[n] if n in hat else own[n] for n in range(len(own))])
    used = base.gamma * (P[:, :, None] / cm[:, None, :]) ** (1 - sub) * ((cm / c) ** (1 - h))[:, None, :]
    alpha = base.alpha * P ** (1 - final) / (base.alpha * P ** (1 - final)).sum(axis=1, keepdims=True)
    paid = base.beta * (cv / c) ** (1 - h) * Y
    money = v.I[:, None]
    bought = base.X > 0
    balance = M.sum(axis=(0, 2)) - M.sum(axis=(0, 1)) - (D + gift + income - own)
    return {
        "price": np.abs(np.log(new_P.T / P))[bought].max(),
        "goods": np.abs((np.einsum("nks,ns->nk", used, Y) + alpha * income[:, None] - v.X) / money).max(),
        "factor": np.abs((np.einsum("nfs,ns->nf", base.phi, paid) - v.factor_income) / money).max(),
        "income": np.abs(income / v.I - 1).max(),
        "revenue": np.abs((revenue - v.revenue) / v.I).max(),
        "costs are paid out": np.abs((used.sum(axis=1) * Y + paid - Y) / money).max(),
        "trade balance": np.abs(balance / v.I).max(),
        "numeraire": abs(v.factor_income.sum() / base.VA.sum() - 1),
        "flows": np.abs((found.trade() - M) / money[None]).max(),
        "price index": np.abs(np.log(pf) - v.log_pf).max(),
    }


@given(worlds(thetas=MODERATE), variants, SEEDS)
@settings(max_examples=80)
def test_every_equation_holds_in_every_variant(world, name, seed):
    base = variant(base_of(world), name)
    shock = random_shock(base, seed)
    found = solved(base, shock)
    worst = residuals(base, shock, found)
    assert max(worst.values()) <= 2e-11, worst


@given(worlds(thetas=MODERATE, deficits=True), variants, SEEDS)
@settings(max_examples=30)
def test_deficits_in_own_value_added_hold_in_every_variant(world, name, seed):
    base = variant(base_of(world), name)
    shock = replace(random_shock(base, seed), coalitions=())
    found = solved(base, shock, Closure.OWN_SHARE)
    own = found.sweep.factor_income.sum(axis=1)
    kept = base.D / base.VA * own
    deficit = kept - own / own.sum() * kept.sum()
    assert max(residuals(base, shock, found, deficit).values()) <= 2e-11


@pytest.mark.parametrize("name", sorted(VARIANTS))
@pytest.mark.parametrize("closure", [Closure.FIXED, Closure.OWN_SHARE])
def test_a_zero_shock_returns_the_base_year(name, closure):
    base = variant(base_of(random_world(5, 3, 2, thetas=MODERATE)), name)
    found = solved(base, Shock(), closure)
    assert_allclose(real_income(found), 1.0, rtol=1e-11)
    assert_allclose(found.sweep.factor_income, base.V, rtol=1e-11)
    assert_allclose(found.trade(), base.pi_before_tariff * base.X.T[:, :, None], rtol=1e-10)
    coalition = solved(base, Shock(coalitions=((0, 2, 3),)), closure)
    assert_allclose(real_income(coalition), 1.0, rtol=1e-11)


@given(worlds(countries=(3, 5), sectors=(2, 4), thetas=MODERATE), variants, SEEDS)
@settings(max_examples=30)
def test_names_and_their_order_change_nothing(world, name, seed):
    base = variant(base_of(world), name)
    shock = random_shock(base, seed)
    rng = np.random.default_rng(seed)
    n, s = base.shape
    c, k = rng.permutation(n), rng.permutation(s)
    f = _factor_order(base, k)
    cube, flat = np.ix_(k, c, c), np.ix_(c, k)
    fields = {"pi": cube, "tariff": cube, "gamma": np.ix_(c, k, k), "beta": flat, "alpha": flat, "X": flat}
    fields |= {"theta": k, "VA": c, "D": c, "R": c, "I": c, "phi": np.ix_(c, f, k), "V": np.ix_(c, f)}
    other = replace(base, **{x: np.ascontiguousarray(getattr(base, x)[i]) for x, i in fields.items()})
    cells = {"iceberg": cube, "tariff": cube, "export_tax": cube, "taste": cube, "productivity": flat}
    cells |= {"endowment": np.ix_(c, f), "transfer": c}
    where = np.argsort(c)
    moved = {x: getattr(shock, x)[i] for x, i in cells.items()}
    groups = tuple(tuple(int(where[m]) for m in g) for g in shock.coalitions)
    a, b = solved(base, shock), solved(other, Shock(**moved, coalitions=groups))
    assert_allclose(real_income(b), real_income(a)[c], rtol=1e-9)
    assert_allclose(b.sweep.factor_income, a.sweep.factor_income[np.ix_(c, f)], rtol=1e-8)


def _factor_order(base, k):
    """Order of factors that goes with an order of sectors: tied factors follow their sector."""
    f = base.V.shape[1]
    if f in (1, 2):
        return np.arange(f) if f == 1 or base.shape[1] != 2 or base.phi[0, 0, 1] > 0 else k
    return k if f == base.shape[1] else np.concatenate([[0], 1 + k])


@given(SEEDS, variants, st.sampled_from([1e-6, 1e6]))
@settings(max_examples=20)
def test_the_unit_of_money_changes_no_hat(seed, name, unit):
    base = variant(small(4, 3, seed), name)
    money = ("X", "VA", "D", "R", "I", "V")
    other = replace(base, **{x: unit * getattr(base, x) for x in money})
    shock = random_shock(base, seed)
    a, b = solved(base, shock), solved(other, replace(shock, transfer=unit * shock.transfer))
    assert_allclose(real_income(b), real_income(a), rtol=1e-9)
    assert_allclose(b.sweep.factor_income, unit * a.sweep.factor_income, rtol=1e-9)


@given(SEEDS, variants, st.floats(0.3, 3.0))
@settings(max_examples=20)
def test_more_of_every_factor_makes_everybody_richer_in_proportion(seed, name, factor):
    """Constant returns; world value added is the numeraire, so incomes stay and prices fall."""
    base = variant(small(4, 3, seed), name)
    found = solved(base, Shock(endowment=np.full(base.V.shape, factor)))
    assert_allclose(real_income(found), factor, rtol=1e-9)
    assert_allclose(found.sweep.factor_income, base.V, rtol=1e-9)


@given(SEEDS, variants)
@settings(max_examples=20)
def test_a_shock_and_its_undoing_is_no_shock(seed, name):
    """The new equilibrium, furnished anew, is a base year: its own shares calibrate the same technology."""
    base = variant(small(3, 3, seed, tariffs=False), name)
    n, s = base.shape
    there = Shock(iceberg=np.exp(0.2 * abroad(base) * np.random.default_rng(seed).normal(size=(s, n, n))))
    found = solved(base, there)
    after = rebased(base, found)
    back = solved(after, Shock(iceberg=1.0 / there.iceberg))
    assert_allclose(real_income(found) * real_income(back), 1.0, rtol=1e-9)


def rebased(base: Baseline, found: Solution) -> Baseline:
    """The equilibrium as a base year: new shares everywhere, the same elasticities."""
    P, cv, cm, c, _, _ = prices_again(base, Shock(), found)
    v, h, sub, final = found.sweep, base.sigma.value_added, base.sigma.inputs, base.sigma.final
    alpha = base.alpha * P ** (1 - final)
    return replace(
        base,
        pi=np.ascontiguousarray(found.share()),
        gamma=base.gamma * (P[:, :, None] / cm[:, None, :]) ** (1 - sub) * ((cm / c) ** (1 - h))[:, None, :],
        beta=base.beta * (cv / c) ** (1 - h),
        alpha=alpha / alpha.sum(axis=1, keepdims=True),
        X=v.X,
        VA=v.wages,
        R=v.revenue,
        I=v.I,
        V=v.factor_income,
    )


def test_the_check_can_fail():
    """A state that is off by a thousandth is found out: the residuals above are no tautology."""
    base = variant(small(4, 3, 5), "half, low")
    shock = random_shock(base, 4)
    found = solved(base, shock)
    off = replace(found, sweep=replace(found.sweep, log_p=found.sweep.log_p + 1e-3))
    assert residuals(base, shock, off)["price"] > 1e-4
    assert residuals(replace(base, sigma=CD), shock, found)["price"] > 1e-4
    assert residuals(base, replace(shock, export_tax=None), found)["price"] > 1e-4


def test_sector_first_turns_axes():
    flows = np.arange(12.0).reshape(2, 2, 3)
    assert sector_first(flows)[2, 1, 0] == flows[0, 1, 2]
