# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Quotas and price caps: each is some tax, transfer or taste that the equilibrium finds itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from test_variants_equations import random_shock, real_income, residuals, small, solved, variant

from strategies import SEEDS
from tertius import BadInput
from tertius.equilibrium import Outcome, PriceCap, Quota, Shock, Substitution, solve_hats
from tertius.equilibrium.factors import furnish, mobile, specific
from tertius.equilibrium.linear import Linear
from tertius.equilibrium.rationing import specific_share

NAMES = ("mobile, cd", "specific, cd", "half, low")


def at(*cells):
    """Index arrays of flows (sector, importer, exporter)."""
    return tuple(np.array(x) for x in zip(*cells, strict=True))


def quantities(base, shock, found, q: Quota):
    """What arrives, at base prices, over the base, written again from values and costs."""
    s, n, i = q.sector, q.importer, q.exporter
    d = np.ones_like(base.pi) if shock.iceberg is None else shock.iceberg
    e = np.zeros_like(base.pi) if shock.export_tax is None else shock.export_tax
    k = list(found.shock.quotas).index(q)
    licence = found.sweep.settled.licence[k] if q.owner == "exporter" else 0.0
    price = np.exp(found.sweep.log_c)[i, s] * d[s, n, i] * (1 + e[s, n, i]) * (1 + licence)
    before = (base.pi / (1 + base.tariff) * base.X.T[:, :, None])[s, n, i]
    return (found.trade()[s, n, i] / price).sum() / before.sum()


def as_taxes(base, shock, found):
    """The same counterfactual without quotas or caps: their taxes, tastes and transfers given."""
    v = found.sweep.settled
    tariff = (base.tariff if shock.tariff is None else shock.tariff).copy()
    export = np.zeros_like(base.pi) if shock.export_tax is None else shock.export_tax.copy()
    taste = np.ones_like(base.pi) if shock.taste is None else shock.taste.copy()
    for q, licence in zip(shock.quotas, v.licence, strict=True):
        cells = (q.sector, q.importer, q.exporter)
        owner = tariff if q.owner == "importer" else export
        owner[cells] = (1 + owner[cells]) * (1 + licence) - 1
    for cap, served in zip(shock.caps, v.served, strict=True):
        taste[cap.sector, cap.importers, cap.exporter] *= 1 - cap.coverage * (1 - served)
    gift = v.received if shock.transfer is None else v.received + shock.transfer
    return replace(shock, tariff=tariff, export_tax=export, taste=taste, transfer=gift, quotas=(), caps=())


def assert_same(a, b, rtol=1e-8):
    assert_allclose(real_income(a), real_income(b), rtol=rtol)
    assert_allclose(a.w_hat, b.w_hat, rtol=rtol)
    assert_allclose(a.trade(), b.trade(), rtol=1e-6, atol=1e-8 * a.base.I.max())


@settings(max_examples=25)
@given(
    seed=SEEDS,
    name=st.sampled_from(NAMES),
    limit=st.floats(0.3, 0.95),
    owner=st.sampled_from(["importer", "exporter"]),
)
def test_a_quota_that_binds_is_the_tax_of_its_owner(seed, name, limit, owner):
    base = variant(small(4, 3, seed), name)
    shock = random_shock(base, seed, 0.1)
    quota = Quota(*at((0, 1, 2), (0, 1, 3)), limit, owner)
    shock = replace(shock, quotas=(quota,))
    found = solved(base, shock)
    taxed = as_taxes(base, shock, found)
    assert_same(found, solved(base, taxed))
    assert max(residuals(base, taxed, found).values()) <= 1e-8
    q, licence = quantities(base, shock, found, quota), found.sweep.settled.licence[0]
    assert licence >= 0
    assert q <= limit * (1 + 1e-8)
    assert min(licence, limit - q) <= 1e-7


def test_owners_differ_by_the_rent_and_nothing_else():
    """With the rent handed back, the owner of the licences does not matter."""
    base = small(3, 2, 5, tariffs=False)
    cells = at((0, 1, 2))
    importer = solved(base, Shock(quotas=(Quota(*cells, 0.5, "importer"),)))
    exporter = solved(base, Shock(quotas=(Quota(*cells, 0.5, "exporter"),)))
    change = real_income(importer) - real_income(exporter)
    assert change[1] > 1e-5
    assert change[2] < -1e-5
    rent = exporter.sweep.settled.licence[0] * exporter.trade()[0, 1, 2]
    rent /= 1 + exporter.sweep.settled.licence[0]
    gift = np.array([0.0, rent, -rent])
    handed = solved(base, Shock(quotas=(Quota(*cells, 0.5, "exporter"),), transfer=gift))
    # licences of the same value: the transfer is the rent at its own solution
    for _ in range(30):
        tau = handed.sweep.settled.licence[0]
        rent = tau / (1 + tau) * handed.trade()[0, 1, 2]
        handed = solved(
            base, Shock(quotas=(Quota(*cells, 0.5, "exporter"),), transfer=np.array([0, rent, -rent]))
        )
    assert_allclose(real_income(handed), real_income(importer), rtol=1e-8)
    assert_allclose(handed.sweep.settled.licence, importer.sweep.settled.licence, rtol=1e-7)


@pytest.mark.parametrize("owner", ["importer", "exporter"])
def test_a_quota_above_the_free_quantity_is_no_quota(owner):
    base = small(4, 3, 2)
    shock = random_shock(base, 2)
    free = solved(base, shock)
    loose = Quota(*at((1, 0, 3)), 1.0, owner)
    found = solved(base, replace(shock, quotas=(replace(loose, limit=5.0),)))
    assert found.sweep.settled.licence[0] == 0.0
    assert_allclose(real_income(found), real_income(free), rtol=1e-9)


def test_a_quota_at_the_quantity_of_a_tariff_is_that_tariff():
    """Equivalence of tariffs and quotas under competition (Bhagwati 1965)."""
    base = small(4, 2, 8)
    tariff = base.tariff.copy()
    tariff[0, 1, 2] += 0.25
    taxed = solved(base, Shock(tariff=tariff))
    arrived = taxed.trade()[0, 1, 2] / np.exp(taxed.sweep.log_c[2, 0])
    before = (base.pi_before_tariff * base.X.T[:, :, None])[0, 1, 2]
    quota = Quota(*at((0, 1, 2)), arrived / before, "importer")
    found = solved(base, Shock(quotas=(quota,)))
    licence = (1 + tariff[0, 1, 2]) / (1 + base.tariff[0, 1, 2]) - 1
    assert_allclose(found.sweep.settled.licence, [licence], rtol=1e-7)
    assert_allclose(real_income(found), real_income(taxed), rtol=1e-9)


def test_flows_that_share_a_quota_pay_one_price():
    base = small(4, 2, 3, tariffs=False)
    together = solved(base, Shock(quotas=(Quota(*at((0, 1, 0), (0, 1, 2), (0, 1, 3)), 0.6, "importer"),)))
    apart = Shock(quotas=tuple(Quota(*at((0, 1, i)), 0.6, "importer") for i in (0, 2, 3)))
    one_each = solved(base, apart)
    tariff = base.tariff.copy()
    tariff[0, 1, [0, 2, 3]] = together.sweep.settled.licence[0]
    assert_allclose(real_income(together), real_income(solved(base, Shock(tariff=tariff))), rtol=1e-8)
    assert np.ptp(one_each.sweep.settled.licence) > 1e-4
    for quota in apart.quotas:
        assert_allclose(quantities(base, apart, one_each, quota), 0.6, rtol=1e-8)


# --- price caps -----------------------------------------------------------------------------------------


def producer(seed, tied=1.0, sigma=None, **options):
    """Four countries with tied factors."""
    base = small(4, 2, seed, **options)
    return furnish(base, specific(base, tied), sigma or Substitution())


def cap_on(base, cap, coverage=1.0, buyers=(0, 1)):
    return Shock(caps=(PriceCap(0, 2, np.array(buyers), cap, coverage),))


@settings(max_examples=25)
@given(
    seed=SEEDS,
    cap=st.floats(0.4, 1.1),
    tied=st.sampled_from([1.0, 0.6]),
    coverage=st.sampled_from([1.0, 0.7]),
    ces=st.booleans(),
)
def test_a_cap_is_a_transfer_of_the_gap_and_no_supply_below_variable_cost(seed, cap, tied, coverage, ces):
    base = producer(seed, tied, Substitution(0.6, 0.6, 0.6) if ces else None)
    shock = cap_on(base, cap, coverage)
    found = solve_hats(base, shock, max_sweeps=1500)
    assume(found.outcome is not Outcome.no_income)
    assert found.outcome is Outcome.converged, (found.method, found.gap)
    v, s = found.sweep.settled, found.sweep
    taxed = as_taxes(base, shock, found)
    assert max(residuals(base, taxed, found).values()) <= 1e-8
    c = np.exp(s.log_c[2, 0])
    gap = max(0.0, 1 - cap / c)
    assert_allclose(v.gap, [gap], atol=1e-12)
    served = v.served[0]
    open_ = 1 - coverage * (1 - served)
    flow = found.trade()[0, :2, 2] * (coverage * served / open_ if open_ > 0 else 0.0)
    assert_allclose(v.received, [*(gap * flow), -gap * flow.sum(), 0.0], atol=1e-9 * base.I.max())
    h = base.sigma.value_added
    w = s.factor_income[2] / base.V[2]
    cv = np.prod(w[:, None] ** base.phi[2], axis=0)[0]
    b = base.beta[2, 0] * (cv / c) ** (1 - h)
    variable = c * (1 - tied * b)
    if served >= 1 - 1e-9:
        assert cap >= variable * (1 - 1e-8)
    elif served <= 1e-9:
        assert cap <= variable * (1 + 1e-8)
    else:
        assert_allclose(cap, variable, rtol=1e-8)


def test_a_cap_above_the_price_changes_nothing():
    base = producer(1)
    found = solved(base, cap_on(base, 1.0))
    assert_allclose(real_income(found), 1.0, rtol=1e-9)
    assert_allclose(found.sweep.settled.received, 0.0, atol=1e-9)


def test_a_mild_cap_moves_money_from_the_exporter_to_the_buyers():
    """To first order the buyers gain what the exporter loses: the gap times the flow."""
    base = producer(3, deficits=False, tariffs=False)
    found = solved(base, cap_on(base, 0.99))
    flow = (base.pi_before_tariff * base.X.T[:, :, None])[0, :2, 2]
    assert_allclose(found.sweep.settled.received[:2], 0.01 * flow, rtol=0.1)
    change = real_income(found) - 1
    assert change[2] < 0
    assert (change[:2] * base.I[:2]).sum() > 0
    assert abs((change * base.I).sum()) < 0.05 * 0.01 * flow.sum()


def test_a_cap_below_variable_cost_at_any_sales_is_an_export_ban():
    base = producer(4)
    found = solved(base, cap_on(base, 0.05))
    iceberg = np.ones_like(base.pi)
    iceberg[0, :2, 2] = np.inf
    ban = solved(base, Shock(iceberg=iceberg))
    assert_allclose(found.sweep.settled.served, 0.0, atol=1e-12)
    assert_allclose(real_income(found), real_income(ban), rtol=1e-9)


def test_a_lower_cap_never_helps_the_exporter():
    base = producer(6, deficits=False)
    loss = [real_income(solved(base, cap_on(base, cap)))[2] for cap in (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.4)]
    assert np.all(np.diff(loss) <= 1e-9), loss


def test_the_specific_share_counts_only_what_is_tied():
    base = small(2, 3, 0)
    assert specific_share(furnish(base, mobile(base), Substitution()), 0, 1) == 0.0
    assert specific_share(furnish(base, specific(base), Substitution()), 0, 1) == 1.0
    assert_allclose(specific_share(furnish(base, specific(base, 0.3), Substitution()), 0, 1), 0.3)


# --- bad input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shock", "words"),
    [
        (Shock(caps=(PriceCap(0, 2, np.array([0]), 0.9),)), "tied"),
        (Shock(caps=(PriceCap(0, 2, np.array([2]), 0.9),)), "among the buyers"),
        (Shock(caps=(PriceCap(0, 2, np.array([0]), -1.0),)), "positive"),
        (Shock(quotas=(Quota(*at((0, 1, 2)), 0.0, "importer"),)), "ban"),
    ],
)
def test_what_makes_no_sense_is_refused(shock, words):
    with pytest.raises(BadInput, match=words):
        solve_hats(small(4, 2, 0), shock)


def test_derivatives_say_that_they_have_none_here():
    base = small(4, 2, 0)
    found = solved(base, Shock(quotas=(Quota(*at((0, 1, 2)), 0.5, "importer"),)))
    with pytest.raises(BadInput, match="kinks"):
        Linear(found)
