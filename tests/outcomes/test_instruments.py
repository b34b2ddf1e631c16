# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Instruments through `solve`: what must be the same either way, who gets the money, what is told."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import tertius as tt
from strategies import SEEDS, random_wedges, random_world, worlds
from tertius.equilibrium import Outcome
from tertius.outcomes.culprit import culprit
from tertius.outcomes.plain import as_shock
from tertius.policy import CapWedge, QuotaWedge, ScenarioFile

MONEY = ("tariff_revenue", "export_tax_revenue", "quota_rent", "cap_transfer", "transfer_received")
MODERATE = (2.0, 8.0)


def scenario(*measures):
    """A scenario in memory; every measure gets an act."""
    given_ = [{"why": {"title": "an act"}} | m for m in measures]
    head = {"schema_version": 1, "name": "mine", "title": "Mine"}
    return tt.Scenario(ScenarioFile.model_validate(head | {"measures": given_}), "my.yaml", "")


def world_of(seed=3, n=4, s=3, **options):
    options = {"thetas": MODERATE, "holes": False} | options
    return random_world(n, s, seed, **options)


def real_income(eq):
    return 1 + eq.welfare("real_income").values / 100


# --- wedges to shocks -------------------------------------------------------------------------------


def test_what_changes_nothing_is_left_out():
    world = world_of()
    neutral = tt.Wedges.neutral(world)
    seen = replace(neutral, export_tax=neutral.export_tax)  # made, but neutral
    for wedges in (neutral, seen):
        shock = as_shock(world, wedges)
        assert all(getattr(shock, name) is None for name in ("iceberg", "tariff", "export_tax", "taste"))
        assert all(getattr(shock, name) is None for name in ("productivity", "endowment", "transfer"))
        assert shock.coalitions == shock.quotas == shock.caps == ()


def test_labels_become_the_right_indices():
    world = world_of()
    n, s = len(world.countries), len(world.sectors)
    tax, taste = np.zeros((n, n, s)), np.ones((n, n, s))
    tax[0, 1, 2], taste[2, 3, 1] = 0.25, 3.0
    wedges = replace(
        tt.Wedges.neutral(world),
        export_tax=tt.Wedges.neutral(world).export_tax + tax,
        taste=tt.Wedges.neutral(world).taste * taste,
        coalitions=(("C1", "C3"),),
        quotas=(QuotaWedge((("C0", "C1", "S2"), ("C3", "C1", "S0")), 0.5, "exporter"),),
        caps=(CapWedge("C2", ("C0", "C3"), "S1", 0.75, 0.5),),
    )
    shock = as_shock(world, wedges)
    assert np.argwhere(shock.export_tax).tolist() == [[2, 1, 0]]
    assert np.argwhere(shock.taste != 1).tolist() == [[1, 3, 2]]
    assert shock.coalitions == ((1, 3),)
    (quota,), (cap,) = shock.quotas, shock.caps
    assert [quota.sector.tolist(), quota.importer.tolist(), quota.exporter.tolist()] == [
        [2, 0],
        [1, 1],
        [0, 3],
    ]
    assert (quota.limit, quota.owner) == (0.5, "exporter")
    assert (cap.sector, cap.exporter, cap.importers.tolist(), cap.cap, cap.coverage) == (
        1,
        2,
        [0, 3],
        0.75,
        0.5,
    )


# --- theorems ---------------------------------------------------------------------------------------


@given(worlds(countries=(3, 4), sectors=(1, 3), tariffs=False, thetas=MODERATE), st.floats(0.05, 0.6))
@settings(max_examples=25)
def test_an_export_tax_and_a_tariff_of_the_same_rate_differ_by_a_transfer_of_the_revenue(world, rate):
    flow = {"exporters": ["C0"], "importers": ["C1", "C2"], "rate": rate}
    tariff = tt.solve(world, scenario({"kind": "tariff", **flow}))
    taken = tariff.tariff_revenue.values
    assert_allclose(taken[0], 0, atol=1e-9)
    gifts = [
        {"kind": "transfer", "payers": ["C0"], "receivers": [c], "amount": float(taken[k])}
        for k, c in ((1, "C1"), (2, "C2"))
    ]
    handed = tt.solve(world, scenario({"kind": "export_tax", **flow}, *(g for g in gifts if g["amount"] > 0)))
    assert_allclose(real_income(handed), real_income(tariff), rtol=1e-8)
    assert_allclose(handed.export_tax_revenue[0], taken.sum(), rtol=1e-7)
    assert_allclose(
        handed.transfer_received, taken - np.eye(len(taken))[0] * taken.sum(), rtol=1e-9, atol=1e-9
    )
    assert_array_equal(handed.export_tax_revenue[1:], 0)


@given(SEEDS, st.floats(0.2, 5.0))
@settings(max_examples=25)
def test_a_preference_is_an_iceberg_of_its_own_elasticity(seed, factor):
    world = world_of(seed)
    taste = {"kind": "preference", "exporters": ["C0"], "importers": ["C1"], "factor": factor}
    iceberg = tt.Wedges.neutral(world)
    iceberg.iceberg.loc[{"exporter": "C0", "importer": "C1"}] = factor ** (-1 / world.elasticity_values)
    a, b = tt.solve(world, scenario(taste)), tt.solve(world, iceberg)
    assert_allclose(real_income(a), real_income(b), rtol=1e-9)
    assert_allclose(a.trade, b.trade, rtol=1e-7, atol=1e-9 * float(a.trade.max()))


@given(SEEDS)
@settings(max_examples=20)
def test_members_of_a_coalition_gain_or_lose_alike_and_transfers_sum_to_zero(seed):
    world = world_of(seed, n=5)
    given_ = (
        {"kind": "coalition", "members": ["C0", "C1", "C2"], "against": ["C4"]},
        {"kind": "import_ban", "exporters": ["C4"], "importers": ["C0", "C1", "C2"], "coverage": 0.75},
    )
    eq = tt.solve(world, scenario(*given_))
    hat = real_income(eq)
    assert_allclose(hat[:3], hat[0], rtol=1e-9)
    got = eq.transfer_received.values
    assert abs(got.sum()) < 1e-9 * float(eq.income.sum())
    assert np.abs(got[:3]).max() > 1e-6
    assert_allclose(got[3:], 0, atol=1e-9 * float(eq.income.sum()))
    apart = real_income(tt.solve(world, scenario(given_[1])))
    assert apart.min() <= hat[0] <= apart.max()


@given(worlds(countries=(3, 4), sectors=(1, 3), thetas=MODERATE), SEEDS)
@settings(max_examples=25)
def test_income_is_the_sum_of_its_parts(world, seed):
    rng = np.random.default_rng(seed)
    wedges = random_wedges(world, seed, size=0.2)
    home = np.arange(len(world.countries))
    tax = rng.uniform(-0.2, 0.4, wedges.iceberg.shape)
    tax[home, home] = 0
    gift = rng.normal(size=len(home))
    gift *= 1e-3 * float(world.accounts.income.min()) / np.abs(gift).max()
    wedges.export_tax[:] = tax
    wedges.transfer[:] = gift - gift.mean()
    wedges = replace(wedges, coalitions=(("C0", "C2"),))
    eq = tt.solve(world, wedges)
    s = eq.solution.sweep
    parts = s.wages + s.D + sum(getattr(eq, name).values for name in MONEY)
    assert_allclose(parts, eq.income, rtol=1e-9)
    m = eq.trade
    assert_allclose(eq.tariff_revenue, (m * wedges.tariff).sum(["exporter", "sector"]), rtol=1e-8, atol=1e-8)
    wanted = (m * wedges.export_tax / (1 + wedges.export_tax)).sum(["importer", "sector"])
    assert_allclose(eq.export_tax_revenue, wanted, rtol=1e-8, atol=1e-8 * float(wanted.max()))


def test_money_without_new_instruments():
    world = world_of(tariffs=True)
    eq = tt.solve(world, random_wedges(world, 1))
    for name in MONEY[1:]:
        assert_array_equal(getattr(eq, name), 0)
        assert getattr(eq, name).dims == ("country",)
        assert getattr(eq, name).attrs["unit"] == "USD million"
    assert_allclose(eq.tariff_revenue, eq.solution.sweep.revenue)


def test_the_long_table_has_the_money():
    world = world_of()
    table = tt.solve(
        world, scenario({"kind": "transfer", "payers": ["C0"], "receivers": ["C1"], "amount": 2})
    ).to_table()
    rows = table[table.variable == "Transfer received"].set_index("region").value
    assert_allclose(rows[["C0", "C1", "C2", "C3"]], [-2, 2, 0, 0], atol=1e-7)
    for name in ("Tariff revenue", "Export tax revenue", "Quota rent", "Price cap transfer"):
        assert (table.variable == name).sum() == 4
        assert set(table[table.variable == name].unit) == {"USD million"}


# --- the measure behind a failure -------------------------------------------------------------------

HARMLESS = {"kind": "nontariff_cost", "exporters": ["C2"], "importers": ["C3"], "factor": 1.01}


def test_the_measure_that_cuts_a_country_off_is_named():
    world = world_of(deficits=True)
    closing = {"kind": "embargo", "exporters": ["C1"], "importers": ["world"], "label": "Closed border"}
    eq = tt.solve(world, scenario(HARMLESS, closing, {"kind": "labour", "countries": ["C0"], "factor": 0.9}))
    assert eq.report.outcome is Outcome.isolated_with_deficit
    assert eq.report.culprit == "'Closed border' (my.yaml: measures[1])"
    assert "(C1; moved most by 'Closed border' (my.yaml: measures[1]))" in str(eq.report)


def test_the_measure_behind_a_lost_supplier_is_named():
    world = world_of()
    trade = world.trade_values.copy()
    trade[[0, 1, 3], 2, 1] = 0.0  # C2 buys S1 from C2 alone
    trade[2, 2, 1] = 0.0
    trade[0, 2, 1] = 1.0  # and from C0
    sparse = tt.World.from_arrays(
        world.countries, world.sectors, trade=trade, tariff=np.zeros_like(trade),
        input_share=0 * world.input_share_values, elasticity=world.elasticity_values, name="sparse",
    )  # fmt: skip
    ban = {"kind": "export_ban", "exporters": ["C0"], "importers": ["C2"]}
    eq = tt.solve(sparse, scenario(HARMLESS, {**HARMLESS, "factor": 9}, ban))
    assert eq.report.outcome is Outcome.no_supplier
    assert eq.report.worst == "C2 S1"
    assert eq.report.culprit == "'export_ban' (my.yaml: measures[2])"


def test_the_measure_that_takes_all_income_is_named():
    world = world_of(deficits=False)
    amount = 0.9 * float(world.accounts.value_added[0])
    gift = {"kind": "transfer", "payers": ["C0"], "receivers": ["C1"], "amount": amount, "label": "Tribute"}
    eq = tt.solve(world, scenario(HARMLESS, {"kind": "labour", "countries": ["C0"], "factor": 0.3}, gift))
    assert eq.report.outcome is Outcome.no_income
    assert eq.report.worst == "C0 income"
    assert eq.report.culprit == "'Tribute' (my.yaml: measures[2])"
    with pytest.raises(tt.NotSolved, match="moved most by 'Tribute'"):
        eq.report.require()


@pytest.mark.parametrize(
    ("equation", "country", "column", "wanted"),
    [
        ("price", 1, 1, 0),  # C1 pays more for S1
        ("goods", 0, 1, 2),  # C0 makes less of S2 out of it
        ("price", 3, 2, 2),  # S2 of C0 reaches C3 at another cost
        ("factor", 2, 0, 1),  # less labour in C2
        ("income", 2, -1, 1),
        ("ration", 3, 0, 3),  # the quota on what C3 sells
        ("price", 0, 0, 3),  # which C0 buys
        ("supply", 1, 1, 0),
    ],
)
def test_the_largest_effect_on_the_market_itself_counts(equation, country, column, wanted):
    world = world_of(deficits=False)
    measures = (
        {"kind": "nontariff_cost", "exporters": ["C0"], "importers": ["C1"], "sectors": ["S1"], "factor": 3},
        {"kind": "labour", "countries": ["C2"], "factor": 0.8},
        {"kind": "productivity", "countries": ["C0"], "sectors": ["S2"], "factor": 0.5},
        {"kind": "quota", "exporters": ["C3"], "importers": ["C0"], "sectors": ["S0"],
         "limit": 0.1, "owner": "importer"},
    )  # fmt: skip
    solved = tt.solve(world, scenario(*measures)).solution
    gap = replace(solved.gap, equation=equation, country=country, column=column)
    told = culprit(scenario(*measures), world, replace(solved, gap=gap))
    assert told == f"{measures[wanted]['kind']!r} (my.yaml: measures[{wanted}])"


def test_a_market_that_no_measure_touches_falls_back_to_its_country():
    world = world_of(inputs=False)
    near = {
        "kind": "nontariff_cost",
        "exporters": ["C0"],
        "importers": ["C1"],
        "sectors": ["S0"],
        "factor": 1.1,
    }
    far = {"kind": "nontariff_cost", "exporters": ["C2"], "importers": ["C3"], "sectors": ["S0"], "factor": 9}
    solved = tt.solve(world, scenario(near, far)).solution
    gap = replace(solved.gap, equation="price", country=1, column=2)
    assert culprit(scenario(near, far), world, replace(solved, gap=gap)).endswith("measures[0])")
    nothing = scenario({**near, "factor": 1.0})
    assert culprit(nothing, world, replace(solved, gap=gap)) == ""


def test_wedges_by_hand_have_no_culprit():
    world = world_of(deficits=True)
    wedges = tt.Wedges.neutral(world)
    wedges.iceberg.loc[{"exporter": "C1", "importer": ["C0", "C2", "C3"]}] = np.inf
    wedges.iceberg.loc[{"importer": "C1", "exporter": ["C0", "C2", "C3"]}] = np.inf
    eq = tt.solve(world, wedges)
    assert not eq.report.converged
    assert eq.report.culprit == ""
    assert "moved most" not in str(eq.report)


def test_a_solve_that_converges_looks_for_no_culprit(monkeypatch):
    monkeypatch.setattr("tertius.outcomes.culprit.culprit", SimpleNamespace())  # calling it would fail
    eq = tt.solve(world_of(), scenario(HARMLESS))
    assert eq.report.culprit == ""
