# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exposure and sensitivity with labels: what they say, and that they say it of the right country."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import tertius as tt
from strategies import SEEDS, random_wedges, random_world, wedges, worlds
from tertius.outcomes.exposure import exposure, exposure_at
from tertius.outcomes.sensitivity import UNITS, sensitivity

STEP = 1e-4
SMOOTH = (0.6, 8.0)


def log_welfare(world, z, closure="fixed_deficit"):
    eq = tt.solve(world, z, tol=1e-13, closure=closure)
    return np.log1p(eq.welfare().values / 100.0)


def around(n, c):
    """Importer-exporter cells of a country's trade with others."""
    cells = np.zeros((n, n))
    cells[c], cells[:, c], cells[c, c] = 1.0, 1.0, 0.0
    return cells


@given(worlds(thetas=SMOOTH), st.sampled_from(["fixed_deficit", "balanced", "own_share"]))
@settings(max_examples=20)
def test_exposure_is_what_happens_after_a_small_shock(world, closure):
    n = len(world.countries)
    for to in ("productivity", "trade_cost"):
        matrix = exposure(world, to, closure)
        assert matrix.dims == ("affected", "source")
        for c, source in enumerate(world.countries):
            shocks = []
            for h in (STEP, -STEP):
                if to == "productivity":
                    change = np.ones(world.output.shape)
                    change[c] = np.exp(h)
                    shocks.append(wedges(world, productivity=change))
                else:
                    iceberg = np.repeat(np.exp(h * around(n, c))[:, :, None], len(world.sectors), axis=2)
                    shocks.append(wedges(world, iceberg=iceberg))
            up, down = (log_welfare(world, z, closure) for z in shocks)
            scale = np.abs(matrix.values).max()
            assert_allclose(matrix.sel(source=source), (up - down) / (2 * STEP), atol=1e-6 * scale)


def test_exposure_at_a_scenario_is_not_that_of_the_base():
    world = random_world(4, 2, 3, thetas=SMOOTH)
    z = random_wedges(world, 1, size=0.5)
    there = exposure(world, scenario=z)
    assert_allclose(there, exposure_at(tt.solve(world, z, tol=1e-12)), atol=1e-10)
    assert np.abs(there - exposure(world)).max() > 1e-3


@given(worlds(tariffs=False, thetas=SMOOTH))
@settings(max_examples=20)
def test_income_weighted_columns_are_domar_weights(world):
    """Hulten: what the world gains from a country's productivity is its output."""
    gained = exposure(world).values.T @ world.accounts.income
    assert_allclose(gained, world.output.sum("sector"), rtol=1e-8)


def test_two_islands_do_not_feel_each_other():
    trade = np.zeros((4, 4, 1))
    trade[:2, :2, 0] = trade[2:, 2:, 0] = [[80.0, 20.0], [20.0, 80.0]]
    world = tt.World.from_arrays(
        ["AAA", "BBB", "CCC", "DDD"],
        ["X"],
        trade=trade,
        tariff=np.zeros((4, 4, 1)),
        input_share=np.full((4, 1, 1), 0.4),
        elasticity=[4.0],
    )
    matrix = exposure(world)
    assert_allclose(matrix.sel(affected=["AAA", "BBB"], source=["CCC", "DDD"]), 0.0, atol=1e-12)
    assert_allclose(matrix.sum("source"), 1 / (1 - 0.4), rtol=1e-10)


KINDS = st.sampled_from(["tariff", "iceberg", "productivity", "labour", "elasticity"])


@given(worlds(thetas=SMOOTH), SEEDS, KINDS)
@settings(max_examples=40)
def test_sensitivity_sums_to_the_difference(world, seed, to):
    """Any direction: the sum over labelled cells is the derivative along it, at a shocked equilibrium."""
    rng = np.random.default_rng(seed)
    weights = dict(zip(world.countries, rng.normal(size=len(world.countries)), strict=True))
    z = random_wedges(world, seed)
    now = {k: getattr(z, k).values for k in ("iceberg", "tariff", "productivity", "labour")}
    eq = tt.solve(world, z, tol=1e-13)
    found = sensitivity(eq, of=weights, to=to)
    d = rng.normal(size=found.shape)

    def at(h):
        if to == "elasticity":
            return log_welfare(world.with_elasticity(world.elasticity_values + h * d), z)
        new = now[to] + h * d if to == "tariff" else now[to] * np.exp(h * d)
        return log_welfare(world, wedges(world, **{**now, to: new}))

    if to == "tariff":
        d = np.where(now["tariff"] > 2 * STEP * np.abs(d), d, 0.0)
    expected = (at(STEP) - at(-STEP)) / (2 * STEP)
    w = np.array(list(weights.values()))
    scale = max(np.abs(w) @ np.abs(expected), (abs(found.values) * abs(d)).sum() * 1e-2, 1e-4)
    assert abs((found.values * d).sum() - w @ expected) <= 2e-6 * scale


def test_sensitivity_has_labels_and_units():
    world = random_world(3, 2, 3)
    eq = tt.solve(world, tt.Wedges.neutral(world))
    for to in UNITS:
        found = sensitivity(eq, of="C1", to=to)
        assert found.attrs["unit"] == UNITS[to]
    tariff = sensitivity(eq, of="C1", to="export_tax")
    assert tariff.dims == ("exporter", "importer", "sector")
    assert tariff.shape == world.trade.shape
    assert tariff.attrs["of"] == "C1"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda w, eq: exposure(w, to="productivty"), "did you mean productivity"),
        (lambda w, eq: exposure(w, closure="open"), "closure"),
        (lambda w, eq: sensitivity(eq, of="C9"), "'C9' is not a known country"),
        (lambda w, eq: sensitivity(eq, of={}), "no country is given"),
        (lambda w, eq: sensitivity(eq, of="C1", to="tarif"), "did you mean tariff"),
    ],
)
def test_mistakes_are_named(call, words):
    world = random_world(3, 2, 3)
    eq = tt.solve(world, tt.Wedges.neutral(world))
    with pytest.raises(tt.BadInput, match=words):
        call(world, eq)
