# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Nested CES: limits, closed forms and orderings that hold whatever the numbers are.

One sector. Let q^ = pi^_nn^(1/th) be what trade does to the price of the good over its domestic cost,
P^ = q^ c^/A^. With share b of value added and elasticity h between value added and the input, the unit cost
c^^(1-h) = b w^^(1-h) + (1-b) P^^(1-h) gives the real wage

    w^/P^ = [ ((A^/q^)^(1-h) - (1-b)) / b ]^(1/(1-h)) ,   h -> 1:  (A^/q^)^(1/b) ,

the formula of Arkolakis, Costinot & Rodriguez-Clare (2012) with CES inputs. For h < 1 it has no solution
once (A^/q^)^(1-h) <= 1-b: a country that needs more than one unit of the good to make one cannot live.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from test_variants_equations import FACTORS, base_of, random_shock, real_income, small, solved, with_sigma

from strategies import SEEDS, random_world
from tertius.equilibrium import Outcome, Shock, Substitution, solve_hats
from tertius.equilibrium.factors import furnish, specific

KINDS = ("value_added", "inputs", "final")
SMOOTH = (1.0, 8.0)


def own_share_hat(found):
    base = found.base
    return np.einsum("snn->ns", found.share()) / np.einsum("snn->ns", base.pi)


def closed(s, seed, **options):
    """One country on its own."""
    return small(1, s, seed, tariffs=False, deficits=False, **options)


# --- one is Cobb-Douglas --------------------------------------------------------------------------


@given(SEEDS, st.sampled_from((*KINDS, "all")), st.sampled_from(["mobile", "specific", "half"]))
@settings(max_examples=40)
def test_the_limit_at_one_is_cobb_douglas_to_first_order(seed, kind, factors):
    """The error falls in proportion to the distance from one, on either side, with one slope."""
    plain = small(4, 3, seed, thetas=SMOOTH)
    plain = furnish(plain, FACTORS[factors](plain), Substitution())
    shock = random_shock(plain, seed)
    exact = np.log(real_income(solved(plain, shock)))
    names = KINDS if kind == "all" else (kind,)
    slope = {}
    for step in (1e-2, -1e-2, 1e-3, -1e-3):
        base = with_sigma(plain, **dict.fromkeys(names, 1.0 + step))
        slope[step] = (np.log(real_income(solved(base, shock))) - exact) / step
    size = np.abs(slope[1e-3]).max()
    assert size < 1.0  # the limit exists
    assert np.abs(slope[1e-3] - slope[-1e-3]).max() <= 1e-2 * size + 1e-7
    assert np.abs(slope[1e-2] - slope[1e-3]).max() <= 0.1 * size + 1e-7
    assert np.abs(slope[1e-2] - slope[-1e-2]).max() <= 0.1 * size + 1e-7


@pytest.mark.parametrize("step", [1e-7, -1e-9])
def test_next_to_one_the_tolerance_is_still_reached(step):
    plain = small(4, 3, 0)
    shock = Shock(productivity=np.full((4, 3), 1.1))
    base = with_sigma(plain, value_added=1 + step, inputs=1 + step, final=1 + step)
    found = solve_hats(base, shock, max_sweeps=100)
    assert found.outcome is Outcome.converged
    assert_allclose(real_income(found), real_income(solved(plain, shock)), rtol=1e-6)


# --- one input ------------------------------------------------------------------------------------


@given(SEEDS, st.sampled_from([0.2, 0.6, 1.5, 3.0]))
@settings(max_examples=20)
def test_with_one_sector_substitution_among_inputs_and_in_demand_is_idle(seed, e):
    base = small(4, 1, seed)
    shock = random_shock(base, seed)
    a, b = solved(base, shock), solved(with_sigma(base, inputs=e, final=e), shock)
    assert_allclose(real_income(b), real_income(a), rtol=1e-10)
    assert_allclose(b.trade(), a.trade(), rtol=1e-9)


@given(SEEDS, st.sampled_from([0.3, 0.7, 0.9, 1.0, 1.4, 2.5]))
@settings(max_examples=40)
def test_one_sector_own_share_formula_with_ces_inputs(seed, h):
    """Icebergs, foreign and own productivity: the own share is all that one needs to see."""
    base = with_sigma(small(4, 1, seed, tariffs=False, deficits=False), value_added=h)
    rng = np.random.default_rng(seed)
    A = np.exp(rng.uniform(-0.1, 0.1, (4, 1)))
    iceberg = np.exp(rng.uniform(-0.05, 0.1, (1, 4, 4)) * (1 - np.eye(4)))
    found = solved(base, Shock(iceberg=iceberg, productivity=A))
    ratio = A[:, 0] / own_share_hat(found)[:, 0] ** (1 / base.theta[0])
    b = base.beta[:, 0]
    expected = ratio ** (1 / b) if h == 1 else ((ratio ** (1 - h) - (1 - b)) / b) ** (1 / (1 - h))
    assert_allclose(real_income(found), expected, rtol=1e-9)


def autarky(base):
    n, s = base.shape
    off = np.where(np.eye(n), 1.0, np.inf)
    return Shock(iceberg=np.broadcast_to(off, (s, n, n)).copy())


def by_hand(share=0.9, theta=4.5, b=0.5):
    """Two equal countries, one sector: own share, elasticity and share of value added as given."""
    import tertius as tt

    flow = 100.0 * np.array([[share, 1 - share], [1 - share, share]])[:, :, None]
    zero = np.zeros((2, 2, 1))
    gamma = np.full((2, 1, 1), 1 - b)
    world = tt.World.from_arrays(
        ["AAA", "BBB"], ["X"], trade=flow, tariff=zero, input_share=gamma, elasticity=[theta]
    )
    return base_of(world)


def test_autarky_costs_more_the_harder_inputs_are_to_replace():
    """The exact values down to the Leontief limit h -> 0, W = (q^-1 - (1-b))/b, and monotone on the way."""
    base = by_hand()
    q = 0.9 ** (-1 / 4.5)
    grid = [2.0, 1.0, 0.8, 0.5, 0.2, 0.05, 0.01, 0.001]
    got = []
    for h in grid:
        b = with_sigma(base, value_added=h)
        got.append(real_income(solved(b, autarky(b)))[0])
        exact = q ** (-2) if h == 1 else ((q ** (h - 1) - 0.5) / 0.5) ** (1 / (1 - h))
        assert_allclose(got[-1], exact, rtol=1e-10)
    assert np.all(np.diff(got) < 0)
    assert_allclose(got[-1], 2 / q - 1, rtol=1e-4)


def test_leontief_inputs_that_no_economy_can_supply_give_no_number():
    """q^(h-1) below 1-b: the domestic price of the good has no solution, and none is reported."""
    base = with_sigma(by_hand(share=0.4, theta=1.0), value_added=0.1)
    found = solve_hats(base, autarky(base), max_sweeps=200)
    assert found.outcome is not Outcome.converged


# --- one country: closed forms --------------------------------------------------------------------


@given(SEEDS, st.sampled_from([0.2, 0.6, 1.0, 1.5, 3.0]), st.sampled_from([0.3, 1.0, 2.0]))
@settings(max_examples=40)
def test_one_user_of_many_inputs(seed, e, h):
    """Good 0 is made from value added and the others, they from value added alone; it alone is consumed."""
    rng = np.random.default_rng(seed)
    k = 4
    m, b = rng.dirichlet(np.ones(k - 1)), rng.uniform(0.3, 0.8)
    gamma = np.zeros((1, k, k))
    gamma[0, 1:, 0] = (1 - b) * m
    output = np.concatenate([[100.0], 100.0 * (1 - b) * m])
    base = replace(
        closed(k, 0, inputs=False),
        gamma=gamma,
        beta=1 - gamma.sum(axis=1),
        alpha=np.eye(1, k),
        X=output[None],
        VA=np.array([100.0]),
        I=np.array([100.0]),
        V=np.array([[100.0]]),
    )
    base = with_sigma(base, value_added=h, inputs=e)
    A = np.exp(rng.uniform(-0.7, 0.7, (1, k)))
    found = solved(base, Shock(productivity=A))
    cm = np.prod(A[0, 1:] ** -m) if e == 1 else (m @ A[0, 1:] ** (e - 1)) ** (1 / (1 - e))
    c = cm ** (1 - b) if h == 1 else (b + (1 - b) * cm ** (1 - h)) ** (1 / (1 - h))
    assert_allclose(real_income(found), A[0, 0] / c, rtol=1e-10)


@given(SEEDS, st.sampled_from([0.1, 0.5, 0.9, 1.0, 2.0]), st.sampled_from([0.0, 0.3, 0.8, 1.0]))
@settings(max_examples=60)
def test_closed_economy_without_inputs_for_any_tied_share(seed, e, tied):
    """Output is A l^(1-tied); labour follows spending: l^(1 - (1-tied) r) ~ A^r with r = 1 - 1/e.

    With everything tied it is the formula of Baqaee, Moll, Landais & Martin (2022),
    W = (sum a A^r)^(1/r); with nothing tied W = (sum a A^(e-1))^(1/(e-1)).
    """
    base = closed(4, seed, inputs=False)
    base = furnish(base, specific(base, tied), Substitution(final=e))
    A = np.exp(np.random.default_rng(seed).uniform(-0.7, 0.7, (1, 4)))
    found = solved(base, Shock(productivity=A))
    a, r = base.alpha[0], 1 - 1 / e
    labour = A[0] ** (r / (1 - (1 - tied) * r))
    labour /= a @ labour
    made = A[0] * labour ** (1 - tied)
    expected = np.exp(a @ np.log(made)) if e == 1 else (a @ made**r) ** (1 / r)
    assert_allclose(real_income(found), expected, rtol=1e-9)


def test_a_scarce_fuel_in_the_short_run():
    """A supply of 4 % of spending falls by a tenth, e = 0.04: METHODS prints a fall of 1.57 %."""
    base = closed(2, 0, inputs=False)
    a = np.array([[0.04, 0.96]])
    base = replace(base, alpha=a, X=100 * a, VA=np.array([100.0]), I=np.array([100.0]), V=np.array([[100.0]]))
    base = furnish(base, specific(base), Substitution(final=0.04))
    endowment = np.array([[0.9, 1.0]])
    loss = 100 * (1 - real_income(solved(base, Shock(endowment=endowment)))[0])
    r = 1 - 1 / 0.04
    assert_allclose(loss, 100 * (1 - (0.04 * 0.9**r + 0.96) ** (1 / r)), rtol=1e-9)
    assert round(loss, 2) == 1.57


# --- more substitution cannot hurt ----------------------------------------------------------------


@given(SEEDS, st.sampled_from([*KINDS, "all"]))
@settings(max_examples=30)
def test_easier_substitution_helps_a_closed_economy(seed, kind):
    """At any prices a higher elasticity means a lower unit cost (power means), so consumption cannot fall."""
    base = closed(4, seed)
    A = np.exp(np.random.default_rng(seed).uniform(-0.4, 0.4, (1, 4)))
    names = KINDS if kind == "all" else (kind,)
    got = [
        real_income(solved(with_sigma(base, **dict.fromkeys(names, e)), Shock(productivity=A)))[0]
        for e in (0.1, 0.3, 0.7, 1.0, 1.5, 3.0)
    ]
    assert np.all(np.diff(got) >= -1e-11)
    assert got[-1] - got[0] > 1e-5 or base.gamma.max() < 1e-3 or kind != "all"


@given(SEEDS, st.sampled_from([*KINDS, "all"]))
@settings(max_examples=20)
def test_easier_substitution_helps_a_world_that_shares(seed, kind):
    """The same for the world as one coalition without taxes: it makes the most of its technologies."""
    base = small(4, 3, seed, tariffs=False, thetas=SMOOTH)
    rng = np.random.default_rng(seed)
    A = np.exp(rng.uniform(-0.3, 0.3, (4, 3)))
    shock = Shock(productivity=A, coalitions=((0, 1, 2, 3),))
    names = KINDS if kind == "all" else (kind,)
    got = [
        real_income(solved(with_sigma(base, **dict.fromkeys(names, e)), shock)) for e in (0.2, 0.5, 1.0, 2.0)
    ]
    assert_allclose(np.ptp(got, axis=1), 0.0, atol=1e-10)
    assert np.all(np.diff([g[0] for g in got]) >= -1e-11)


@pytest.mark.parametrize("kind", KINDS)
def test_elasticities_do_not_change_first_order_effects_on_the_world(kind):
    """Hulten (1978): sum I dln W = sum Y dln A at an efficient base, whatever the elasticities."""
    base = base_of(random_world(3, 3, 5, thetas=SMOOTH, tariffs=False, holes=False))
    direction = np.random.default_rng(1).normal(size=(3, 3))
    for e in (0.1, 0.5, 1.0, 3.0):
        b = with_sigma(base, **{kind: e})
        up, down = (
            np.log(real_income(solved(b, Shock(productivity=np.exp(x * direction)), tol=1e-13)))
            for x in (1e-4, -1e-4)
        )
        assert_allclose(base.I @ (up - down) / 2e-4, (base.Y * direction).sum(), rtol=1e-6)
