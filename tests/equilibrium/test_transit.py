# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Routes through third territory inside the equilibrium: accounts, limits, an independent check."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from test_variants_equations import ELASTICITIES, FACTORS, random_shock, real_income, small, solved

from strategies import SEEDS
from tertius.equilibrium import Shock, solve_hats
from tertius.equilibrium.factors import furnish, specific
from tertius.equilibrium.linear import gradient
from tertius.equilibrium.newton import newton
from tertius.equilibrium.system import System
from tertius.equilibrium.transit import routed, transit
from tertius.routes.arrays import ArcLimit, RouteArrays, RouteChange

N, S, SERVICES = 5, 3, 2
HUBS = np.array([3, 4, 3])  # two hubs may lie in one region


def random_routes(seed, margin=0.3, rents=None) -> RouteArrays:
    """All flows of goods from 0 and 1 to 2, and some back, in two groups, through three hubs."""
    rng = np.random.default_rng(seed)
    flows = [(s, 2, i) for s in (0, 1) for i in (0, 1)] + [(0, 0, 2), (1, 1, 0)]
    c, h = len(flows), len(HUBS)
    phi = rng.dirichlet(np.r_[8.0, np.ones(h)], size=(c, 2))
    s, n, i = (np.array(x) for x in zip(*flows, strict=True))
    e = rng.uniform(size=h) if rents is None else np.full(h, rents)
    nu = margin * rng.uniform(size=(c, h))
    om = rng.dirichlet(np.ones(2), size=c)
    return RouteArrays(s, n, i, om, phi, rng.uniform(1.0, 3.0, c), nu, e, HUBS, SERVICES)


def world(seed=0, margin=0.3, factors="mobile", sigma="cd", rents=None):
    base = routed(small(N, S, seed), random_routes(seed, margin, rents))
    assert base.alpha.min() >= 0
    return furnish(base, FACTORS[factors](base), ELASTICITIES[sigma])


def change(routes: RouteArrays, seed) -> RouteChange:
    """Bans, costs, closures, stances and margins at once."""
    rng = np.random.default_rng(seed + 1)
    cost = rng.uniform(-0.1, 0.3, routes.phi.shape)
    cost[0, 0, 1] = np.inf
    return RouteChange(
        closed=rng.uniform(0, 1, routes.om.shape) * (rng.uniform(size=routes.om.shape) < 0.7),
        cost=cost,
        passing=rng.uniform(0, 1, routes.phi[:, :, 1:].shape),
        nu=np.clip(routes.nu + rng.uniform(-0.05, 0.1, routes.nu.shape), 0, 0.6),
    )


def by_hand(routes: RouteArrays, c: RouteChange, theta):
    """K, shares of routes and margins, one flow and one group of goods at a time."""
    K, share = np.zeros(len(routes.q)), np.zeros((len(routes.q), 1 + len(HUBS)))
    for x in range(len(routes.q)):
        rho = routes.q[x] * theta[routes.sector[x]]
        parts = []
        for g in range(routes.om.shape[1]):
            z = np.exp(c.cost[x, g])
            z[1:] *= (1 - routes.nu[x]) / (1 - c.nu[x])
            free = routes.phi[x, g] * z**-rho
            barred = np.r_[0.0, free[1:] * c.passing[x, g]]
            for part, weight in ((1 - c.closed[x, g], free), (c.closed[x, g], barred)):
                B = weight.sum()
                parts.append((routes.om[x, g] * part * B ** (1 / routes.q[x]), weight / B if B else weight))
        K[x] = sum(value for value, _ in parts)
        share[x] = sum(value * w for value, w in parts) / K[x]
    return K, share, share[:, 1:] * c.nu


def equations(base, shock, found):
    """Largest violations, with hubs, recomputed from prices, wages and spending."""
    r, v = base.routes, found.sweep
    K, _, margin = by_hand(r, shock.routes, base.theta)
    P, w = np.exp(v.log_p), v.factor_income / base.V
    cv = np.prod(w[:, :, None] ** base.phi, axis=1)
    c = cv**base.beta * np.prod(P[:, :, None] ** base.gamma, axis=1) / np.exp(found.system.log_a)
    tariff = base.tariff if shock.tariff is None else shock.tariff
    export = np.zeros_like(base.pi) if shock.export_tax is None else shock.export_tax
    iceberg = np.ones_like(base.pi) if shock.iceberg is None else shock.iceberg
    kappa = iceberg * (1 + export) * (1 + tariff) / (1 + base.tariff)
    A = base.pi * (kappa * c.T[:, None, :]) ** -base.theta[:, None, None]
    A[r.cells] *= K
    phi = A.sum(axis=2)
    M = A / phi[:, :, None] * v.X.T[:, :, None] / (1 + tariff)
    kept = M.copy()
    paid = M[r.cells][:, None] * margin
    kept[r.cells] -= paid.sum(axis=1)
    kept = kept / (1 + export)
    Y = kept.sum(axis=1).T
    rents = np.zeros(N)
    for h, country in enumerate(HUBS):
        rents[country] += r.e[h] * paid[:, h].sum()
        Y[country, SERVICES] += (1 - r.e[h]) * paid[:, h].sum()
    taxes = (tariff * M).sum(axis=(0, 2)) + (export * kept).sum(axis=(0, 1))
    gift = np.zeros(N) if shock.transfer is None else shock.transfer
    income = v.factor_income.sum(axis=1) + taxes + rents + base.D + gift
    use = np.einsum("nks,ns->nk", base.gamma, Y) + base.alpha * income[:, None]
    earned = np.einsum("nfs,ns->nf", base.phi, base.beta * Y)
    balance = M.sum(axis=(0, 2)) - Y.sum(axis=1) - (export * kept).sum(axis=(0, 1)) - rents - base.D - gift
    return {
        "price": np.abs(phi.T ** (-1 / base.theta) / P - 1).max(),
        "goods": np.abs((use - v.X) / income[:, None]).max(),
        "factor": np.abs(earned / v.factor_income - 1).max(),
        "income": np.abs(v.I / income - 1).max(),
        "rents": np.abs(v.rents - rents).max() / income.max(),
        "flows": np.abs(found.trade() - M).max() / income.max(),
        "balance": np.abs(balance / income).max(),
    }


@settings(max_examples=20)
@given(seed=SEEDS, factors=st.sampled_from(["mobile", "half", "specific"]))
def test_a_zero_shock_is_the_routed_base_and_its_accounts_close(seed, factors):
    base = world(seed, factors=factors)
    system = System(base, Shock())
    assert system.step(system.start())[1] <= 1e-13
    total = base.I.sum()
    assert abs(base.D.sum()) <= 1e-12 * total
    assert_allclose(base.VA.sum() + base.R.sum() + base.H.sum(), total, rtol=1e-12)
    assert base.H[3] > 0
    assert base.H[0] == 0
    trade = base.pi_before_tariff * base.X.T[:, :, None]
    assert_allclose(base.Y.sum() + base.H.sum(), trade.sum(), rtol=1e-12)


@settings(max_examples=20)
@given(seed=SEEDS)
def test_all_equations_hold_when_routes_change(seed):
    base = world(seed, factors="half")
    shock = replace(random_shock(base, 2 * seed), taste=None, routes=change(base.routes, seed))
    found = solved(base, replace(shock, endowment=None))
    assert max(equations(base, replace(shock, endowment=None), found).values()) <= 1e-9


@pytest.mark.parametrize("sigma", ["cd", "low"])
def test_without_margins_and_route_wedges_there_is_nothing_new(sigma):
    plain = small(N, S, 4)
    base = routed(plain, random_routes(4, margin=0.0))
    plain, base = (furnish(b, specific(b, 0.5), ELASTICITIES[sigma]) for b in (plain, base))
    shock = random_shock(plain, 4)
    assert_allclose(real_income(solved(base, shock)), real_income(solved(plain, shock)), rtol=1e-10)


def test_when_no_hub_lets_barred_goods_pass_a_ban_is_a_plain_partial_embargo():
    plain = small(N, S, 6)
    base = routed(plain, random_routes(6, margin=0.0))
    r = base.routes
    closed = np.random.default_rng(1).uniform(size=r.om.shape)
    strict = RouteChange(closed=closed, passing=np.zeros_like(r.phi[:, :, 1:]))
    assert_allclose(transit(base, Shock(routes=strict)).K, 1 - (r.om * closed).sum(axis=1), rtol=1e-14)
    taste = np.ones_like(base.pi)
    taste[r.cells] = 1 - (r.om * closed).sum(axis=1)
    ban = solved(plain, Shock(taste=taste))
    assert_allclose(real_income(solved(base, Shock(routes=strict))), real_income(ban), rtol=1e-10)


def test_with_margins_the_gap_to_the_plain_embargo_is_lost_income_of_hubs():
    base = world(6, rents=1.0)
    r = base.routes
    everything = RouteChange(closed=np.ones_like(r.om), passing=np.zeros_like(r.phi[:, :, 1:]))
    some = replace(everything, closed=0.5 * everything.closed)
    found = solved(base, Shock(routes=some))
    assert np.all(found.sweep.rents[[3, 4]] < base.H[[3, 4]])
    assert_allclose(found.sweep.rents[:3], 0.0, atol=1e-12)


def test_bans_send_goods_through_hubs_and_hubs_gain():
    base = world(2, rents=1.0)
    r = base.routes
    closed = np.zeros_like(r.om)
    closed[r.importer == 2] = 0.8
    found = solved(base, Shock(routes=RouteChange(closed=closed)))
    barred = r.importer == 2
    moved = found.system.transit
    assert np.all(moved.share[barred, 1:].sum(axis=1) > np.einsum("cg,cgh->c", r.om, r.phi[:, :, 1:])[barred])
    assert found.sweep.rents[3] > base.H[3]
    strict = RouteChange(closed=closed, passing=np.zeros_like(r.phi[:, :, 1:]))
    hurt = real_income(solved(base, Shock(routes=strict)))
    assert hurt[2] < real_income(found)[2] < 1.0


def test_leakage_rises_as_routes_become_poorer_substitutes_of_origins_than_of_each_other():
    """Leakage Phi^(1/q) of covered goods rises with q at given base shares."""
    base = world(3)
    r = base.routes
    closed = RouteChange(closed=np.ones_like(r.om))
    K = [
        transit(replace(base, routes=replace(r, q=np.full(len(r.q), float(q)))), Shock(routes=closed)).K
        for q in (1, 2, 4)
    ]
    phi = r.phi[:, :, 1:].sum(axis=2)
    for q, found in zip((1, 2, 4), K, strict=True):
        assert_allclose(found, (r.om * phi ** (1 / q)).sum(axis=1), rtol=1e-12)
    assert np.all(K[0] < K[1])
    assert np.all(K[1] < K[2])


@settings(max_examples=20)
@given(seed=SEEDS)
def test_choice_of_routes_by_hand(seed):
    base = world(seed)
    c = change(base.routes, seed)
    found = transit(base, Shock(routes=c))
    K, share, margin = by_hand(base.routes, c, base.theta)
    assert_allclose(found.K, K, rtol=1e-12)
    assert_allclose(found.share, share, rtol=1e-11, atol=1e-15)
    assert_allclose(found.margin, margin, rtol=1e-11, atol=1e-15)
    assert_allclose(found.share.sum(axis=1), 1.0, rtol=1e-12)
    none = transit(base, Shock(routes=RouteChange()))
    assert_allclose(none.K, 1.0, rtol=1e-14)
    assert_allclose(none.margin, base.routes.margin, rtol=1e-13)


def test_a_part_of_a_change_runs_from_nothing_to_the_whole():
    base = world(1)
    shock = Shock(routes=change(base.routes, 1))
    assert_allclose(transit(base, shock, 0.0).K, 1.0, rtol=1e-14)
    assert_allclose(transit(base, shock, 1.0 - 1e-12).K, transit(base, shock).K, rtol=1e-9)


def test_a_layered_network_has_the_trade_costs_and_traffic_of_allen_and_arkolakis():
    """With rho = theta and no path above two arcs (I - A)^-1 = I + A + A^2, A = t^(-theta)."""
    rng = np.random.default_rng(0)
    theta, hubs = 4.0, np.array([3, 4])
    arcs = np.zeros((N, N))  # [from, to]: two origins, two hubs, one buyer
    arcs[:2, 2], arcs[:2, 3:], arcs[3:, 2] = rng.uniform(0.1, 0.5, 2), rng.uniform(0.2, 0.6, (2, 2)), 0.5
    new = arcs * np.exp(-theta * rng.uniform(0.0, 0.3, (N, N)))
    paths, paths_new = (np.linalg.inv(np.eye(N) - a) for a in (arcs, new))
    assert_allclose(paths, np.eye(N) + arcs + arcs @ arcs, atol=1e-14)
    base = small(N, 1, 3)
    base = replace(base, theta=np.array([theta]))
    direct = np.stack([np.r_[arcs[i, 2], arcs[i, hubs] * arcs[hubs, 2]] / paths[i, 2] for i in (0, 1)])
    zero, two = np.zeros(2, dtype=int), np.full(2, 2)
    routes = RouteArrays(
        zero, two, np.arange(2), np.ones((2, 1)), direct[:, None], np.ones(2), np.zeros((2, 2)),
        np.zeros(2), hubs, 0,
    )  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        t_hat = -np.log(np.where(arcs > 0, new / arcs, 1.0)) / theta
    cost = np.stack([np.r_[t_hat[i, 2], t_hat[i, hubs] + t_hat[hubs, 2]] for i in (0, 1)])[:, None]
    found = transit(replace(base, routes=routes), Shock(routes=RouteChange(cost=cost)))
    assert_allclose(found.K, paths_new[:2, 2] / paths[:2, 2], rtol=1e-12)
    flows = np.array([3.0, 5.0])
    traffic = (flows[:, None] * found.share)[:, 1:].sum(axis=0)  # on the arcs from hubs to the buyer
    expected = [sum(flows[i] * paths_new[i, h] * new[h, 2] / paths_new[i, 2] for i in (0, 1)) for h in hubs]
    assert_allclose(traffic, expected, rtol=1e-12)


@pytest.mark.parametrize("cause", ["tariff", "iceberg", "export_tax", "productivity"])
def test_derivatives_see_the_hubs(cause):
    base = world(7, factors="half", sigma="low")
    shock = replace(random_shock(base, 8, 0.1), taste=None, routes=change(base.routes, 7))
    weight = np.array([0.3, 0.0, 0.2, 1.0, 0.0])
    g = getattr(gradient(solved(base, shock, tol=1e-13), weight), cause)
    places = [(0, 3), (0, 2, 1)] if cause == "productivity" else [(0, 2, 1), (1, 2, 0), (0, 1, 2), (2, 3, 0)]
    places = [(3, 2), (0, 1)] if cause == "productivity" else places
    for place in places:
        values = []
        for sign in (1, -1):
            moved = getattr(shock, cause).copy()
            step = sign * 1e-4
            if cause == "tariff":
                moved[place] += step
            elif cause == "export_tax":
                moved[place] = (1 + moved[place]) * np.exp(step) - 1
            else:
                moved[place] *= np.exp(step)
            found = solved(base, replace(shock, **{cause: moved}), tol=1e-13)
            values.append(weight @ np.log(real_income(found)))
        assert_allclose(g[place], (values[0] - values[1]) / 2e-4, rtol=2e-5, atol=1e-8, err_msg=str(place))


def test_newton_knows_the_hubs():
    base = world(9, factors="specific")
    shock = Shock(routes=change(base.routes, 9))
    found = solve_hats(base, shock)
    system = System(base, shock)
    near = newton(system, found.z + 1e-3 * np.sin(np.arange(found.z.size)), 1e-12, 500)
    assert near.converged
    assert near.sweeps < 250


# --- capacities ---------------------------------------------------------------------------------------


def limited(base, limit, owner="hub", hub=0):
    rows = np.flatnonzero(base.routes.importer == 2)
    return RouteChange(limits=(ArcLimit(rows, hub, limit, owner),))


def sent(base, found, hub=0):
    """Quantity that enters the arc over the base, written again from values and costs."""
    r, v = base.routes, found.sweep
    rows = np.flatnonzero(r.importer == 2)
    s, n, i = (x[rows] for x in r.cells)
    before = (base.pi_before_tariff * base.X.T[:, :, None])[s, n, i]
    before = before * np.einsum("cg,cg->c", r.om[rows], r.phi[rows, :, 1 + hub]) * (1 - r.nu[rows, hub])
    now = found.trade()[s, n, i] * (v.transit.share[rows, 1 + hub] - v.transit.margin[rows, hub])
    return (now / np.exp(v.log_c)[i, s]).sum() / before.sum()


@pytest.mark.parametrize("limit", [0.3, 0.8])
@pytest.mark.parametrize("owner", ["hub", "exporter"])
def test_a_capacity_that_binds_is_a_higher_margin_that_is_rent(limit, owner):
    """With hubs that keep nothing else, the scarcity price is a margin, handed to its owner."""
    base = world(5, margin=0.0, rents=1.0)
    closed = np.full_like(base.routes.om, 0.4)
    change_ = replace(limited(base, limit, owner), closed=closed)
    found = solved(base, Shock(routes=change_))
    price = found.sweep.scarcity.price[0]
    assert price > 1e-3
    assert_allclose(sent(base, found), limit, rtol=1e-8)
    nu = base.routes.nu.copy()
    nu[base.routes.importer == 2, 0] = price / (1 + price)
    gift = np.zeros(N)
    if owner == "exporter":
        rows = base.routes.importer == 2
        np.add.at(gift, base.routes.exporter[rows], found.sweep.scarcity.scarce[rows, 0])
        gift[3] -= gift.sum()
    taxed = solved(base, Shock(routes=RouteChange(closed=closed, nu=nu), transfer=gift))
    assert_allclose(real_income(found), real_income(taxed), rtol=1e-8)


def test_a_capacity_above_what_is_sent_does_nothing():
    base = world(5, factors="half")
    loose = solved(base, Shock(routes=limited(base, 3.0)))
    assert loose.sweep.scarcity.price[0] == 0.0
    assert_allclose(real_income(loose), 1.0, rtol=1e-9)
    assert not loose.system.smooth


def test_accounts_close_with_scarcity_rents():
    base = world(8, factors="half")
    shock = replace(
        random_shock(base, 3, 0.1), taste=None, coalitions=(), routes=limited(base, 0.5, "exporter")
    )
    found = solved(base, shock)
    v = found.sweep
    assert_allclose(sent(base, found), 0.5, rtol=1e-8)
    made = v.factor_income.sum() + v.revenue.sum() + v.rents.sum() + v.D.sum()
    assert_allclose(v.I.sum(), made, rtol=1e-10)
    assert_allclose(v.scarcity.received.sum(), v.scarcity.scarce.sum(), rtol=1e-12)
    assert v.scarcity.received[[0, 1]].min() > 0


def test_a_tighter_pipe_never_helps_the_buyer():
    base = world(5, margin=0.0, rents=1.0)
    hurt = [real_income(solved(base, Shock(routes=limited(base, x))))[2] for x in (1.0, 0.7, 0.4, 0.2)]
    assert np.all(np.diff(hurt) < 0)
