# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Nash tariffs against closed forms, symmetry, the optimum of each player alone, and honest failure.

One sector, no inputs, two countries, balanced: each best answer is 1 / (th lambda) with lambda the share
of output that the *other* sells at home (derived in test_optimal_tariffs.py), so the Nash point obeys
both at once. With two equal countries, home share a, wages stay equal and

    pi(t) = a / (a + (1 - a)(1 + t)^(-th)) ,  lambda = pi / (pi + (1 - pi)/(1 + t)) ,  t = 1 / (th lambda).
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import brentq

import tertius as tt
from strategies import SEEDS, random_world
from tertius.equilibrium import Outcome
from tertius.outcomes import nash_search, tariff_choice

SMOOTH = (2.0, 10.0)


def economy(trade, theta, names=None, inputs=0.0):
    """One sector, no tariffs; trade ``[exporter, importer]``."""
    trade = np.asarray(trade, dtype=float)
    n = len(trade)
    return tt.World.from_arrays(
        names or [f"C{k}" for k in range(n)],
        ["X"],
        trade=trade[:, :, None],
        tariff=np.zeros((n, n, 1)),
        input_share=np.full((n, 1, 1), inputs),
        elasticity=[theta],
    )


def equal(n, home, theta, **options):
    """Equal countries, home share ``home``."""
    trade = np.full((n, n), (1.0 - home) / (n - 1))
    trade[range(n), range(n)] = home
    return economy(trade, theta, **options)


def sold_at_home(eq, members):
    """Share of the members' output sold among them, values at the border."""
    flows = eq.trade.sel(exporter=members).sum(["exporter", "sector"])
    return float(flows.sel(importer=members).sum() / flows.sum())


def symmetric_rate(home, theta):
    """The scalar equation above, solved by bisection."""

    def gap(t):
        pi = home / (home + (1 - home) * (1 + t) ** -theta)
        return t - 1 / (theta * pi / (pi + (1 - pi) / (1 + t)))

    return brentq(gap, 1e-6, 100.0, xtol=1e-14)


# --- closed forms and symmetry ----------------------------------------------------------------------


@given(st.floats(1.5, 12.0), st.floats(0.05, 0.4), st.floats(1.0, 20.0))
@settings(max_examples=4)
def test_two_countries_answer_each_other_as_in_the_closed_form(theta, trade, size):
    war = tt.nash_tariffs(economy([[1 - trade, trade], [trade, size - trade]], theta), ["C0", "C1"])
    assert war.converged
    assert war.verified
    for own, other in (("C0", "C1"), ("C1", "C0")):
        rate = war.rates.sel(player=own, partner=other).item()
        assert_allclose(rate, 1 / (theta * sold_at_home(war.equilibrium, [other])), rtol=1e-6)


@given(st.floats(1.5, 12.0), st.floats(0.55, 0.95))
@settings(max_examples=4)
def test_equal_countries_choose_the_rate_of_the_scalar_equation_and_both_lose(theta, home):
    war = tt.nash_tariffs(equal(2, home, theta), ["C1", "C0"], verify=False)
    rates = war.rates.values[war.rates.notnull().values]
    assert_allclose(rates, symmetric_rate(home, theta), rtol=1e-6)
    assert (war.gain < 0).all()  # free trade is efficient and shares it equally


def test_more_equal_countries_are_all_alike():
    war = tt.nash_tariffs(equal(4, 0.7, 4.0, inputs=0.4), ["C0", "C1", "C2", "C3"], verify=False)
    rates = war.rates.values[war.rates.notnull().values]
    assert rates.size == 12
    assert_allclose(rates, rates[0], rtol=1e-7)
    assert_allclose(war.gain, war.gain[0], rtol=1e-6)
    assert war.gain[0] < 0


def test_two_unions_of_equal_countries_are_two_countries():
    """Free trade inside each half of a symmetric world: one common tariff, that of two equal countries."""
    n, home = 4, 0.55
    trade = np.full((n, n), 0.1)
    trade[range(n), range(n)] = home
    trade[0, 1] = trade[1, 0] = trade[2, 3] = trade[3, 2] = 0.25
    world = economy(trade, 5.0, names=["A", "B", "C", "D"])
    war = tt.nash_tariffs(world, {"left": ["A", "B"], "right": ["C", "D"]})
    assert war.players == {"left": ("A", "B"), "right": ("C", "D")}
    rate = war.rates.sel(player="left", partner="right").item()
    assert_allclose(rate, war.rates.sel(player="right", partner="left").item(), rtol=1e-7)
    assert_allclose(rate, symmetric_rate(0.8, 5.0), rtol=1e-6)
    assert_allclose(rate, 1 / (5.0 * sold_at_home(war.equilibrium, ["C", "D"])), rtol=1e-6)
    assert_allclose(war.equilibrium.solution.shock.tariff[0, :2, :2], 0.0)  # nothing is taxed inside
    assert_allclose(war.gain, war.gain[0])


@given(SEEDS)
@settings(max_examples=2)
def test_the_order_of_players_and_of_countries_changes_nothing(seed):
    world = random_world(4, 2, seed, thetas=SMOOTH, holes=False)
    war = tt.nash_tariffs(world, ["C0", "C1", "C2"], verify=False)
    again = tt.nash_tariffs(world, ["C2", "C0", "C1"], verify=False)
    assert war.converged
    assert_allclose(again.rates.sel(player=war.rates.player, partner=war.rates.partner), war.rates, atol=1e-7)
    order = [3, 1, 0, 2]
    moved = tt.World.from_arrays(
        [world.countries[k] for k in order],
        world.sectors,
        trade=world.trade_values[np.ix_(order, order)],
        tariff=world.tariff_values[np.ix_(order, order)],
        input_share=world.input_share_values[order],
        elasticity=world.elasticity_values,
    )
    third = tt.nash_tariffs(moved, ["C0", "C1", "C2"], verify=False)
    assert_allclose(third.rates, war.rates, atol=1e-7)
    assert_allclose(third.welfare.sel(country=war.welfare.country), war.welfare, atol=1e-6)


# --- against other ways -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world():
    return random_world(4, 2, 12, thetas=SMOOTH)


@pytest.fixture(scope="module")
def war(world):
    return tt.nash_tariffs(world, ["C0", "C1", "C2"])


def at(world, war):
    """Wedges with the rates of a Nash equilibrium by partner."""
    z = tt.Wedges.neutral(world)
    tariff = z.tariff.copy()
    for own, members in war.players.items():
        for other, partners in war.players.items():
            if own != other:
                rate = war.rates.sel(player=own, partner=other).item()
                tariff.loc[list(partners), list(members)] = rate
    return replace(z, tariff=tariff)


def test_each_rate_is_the_best_answer_of_the_other_routine(world, war):
    assert war.verified
    for player in war.players:
        others = [p for p in war.players if p != player]
        best = tt.optimal_tariffs(world, player, partners=others, scenario=at(world, war))
        assert_allclose(best.rates, war.rates.sel(player=player, partner=others), atol=1e-6)
        assert abs(best.objective) < 1e-6 * world.accounts.income[0]


def test_no_rate_beside_is_better_for_its_player(world, war):
    """Brute force through `solve`, which knows nothing of slopes."""
    z = at(world, war)
    here = tt.solve(world, z, "balanced", tol=1e-12).welfare()
    assert_allclose(here, war.equilibrium.welfare(), atol=1e-8)
    assert_allclose(war.welfare, here, atol=1e-8)
    for own in war.players:
        for other in war.players:
            for step in (-0.02, 0.02) if own != other else ():
                tariff = z.tariff.copy()
                tariff.loc[other, own] = tariff.loc[other, own] + step
                there = tt.solve(world, replace(z, tariff=tariff), "balanced", tol=1e-12).welfare()
                assert there.sel(country=own) < here.sel(country=own)


def test_best_responses_lead_to_the_same_point(world, war, monkeypatch):
    true, calls = nash_search.settle, []

    def fails_at_first(*args):
        calls.append(args)
        return (None, np.inf) if len(calls) == 1 else true(*args)

    monkeypatch.setattr(nash_search, "settle", fails_at_first)
    slow = tt.nash_tariffs(world, ["C0", "C1", "C2"])
    assert (war.method, slow.method) == ("together", "best responses")
    assert slow.verified
    assert_allclose(slow.rates, war.rates, atol=1e-7)


def test_all_starts_end_in_the_same_point_here(world, war):
    found = tt.nash_tariffs(world, ["C0", "C1", "C2"], starts=("base", 0.0, 0.8), verify=False)
    assert found.spread < 1e-6
    assert found.others == ()
    assert "same from all starts" in found.message
    assert np.isnan(war.spread)
    assert "not verified" in found.message
    assert not found.verified


# --- multiplicity and failure are said --------------------------------------------------------------


@pytest.fixture(scope="module")
def rugged():
    """Elasticities of 0.8 and 27 under one rate: objectives with two peaks."""
    return random_world(2, 2, 150, thetas=(0.6, 30.0), holes=False)


@pytest.fixture(scope="module")
def flat(rugged):
    """Wedges close to a point where no slope points anywhere, though C0 has a higher peak elsewhere."""
    z = tt.Wedges.neutral(rugged)
    tariff = z.tariff.copy(data=np.zeros(z.tariff.shape))
    tariff.loc["C1", "C0"] = 0.183
    tariff.loc["C0", "C1"] = 0.0815
    return replace(z, tariff=tariff)


def test_zero_slopes_are_not_enough(rugged, flat, monkeypatch):
    monkeypatch.setattr(nash_search, "RETRIES", 0)
    found = tt.nash_tariffs(rugged, ["C0", "C1"], scenario=flat)
    assert found.converged
    assert not found.verified
    assert "NO Nash equilibrium: C0 would gain" in found.message
    assert_allclose(found.rates, found.before, atol=1e-3)
    better = tt.optimal_tariffs(rugged, "C0", scenario=at(rugged, found))
    gain = np.log1p(better.welfare.sel(country="C0").item() / 100)
    assert gain > 0.01
    assert found.improvement.sel(player="C0").item() == pytest.approx(gain, rel=1e-6)


def test_who_finds_better_rates_gives_the_next_start(rugged, flat):
    found = tt.nash_tariffs(rugged, ["C0", "C1"], scenario=flat)
    assert found.converged
    assert found.verified
    assert np.nanmin(found.rates) > 1.0


def test_several_ends_are_said_and_a_verified_one_comes_first(rugged, flat, monkeypatch):
    monkeypatch.setattr(nash_search, "RETRIES", 0)
    found = tt.nash_tariffs(rugged, ["C0", "C1"], scenario=flat, starts=("base", 1.2))
    assert found.verified
    assert found.spread > 1.0
    assert len(found.others) == 1
    assert_allclose(found.others[0], found.before, atol=1e-3)
    assert "1 of 1 other starts end elsewhere, 0 of them in a verified Nash point" in found.message


def test_what_cannot_be_solved_is_not_called_an_equilibrium(monkeypatch):
    true = tariff_choice.solve_hats

    def limited(base, shock, *args, **options):
        found = true(base, shock, *args, **options)
        high = shock.tariff is not None and shock.tariff.max() > 0.1
        return replace(found, outcome=Outcome.too_many_sweeps) if high else found

    monkeypatch.setattr(tariff_choice, "solve_hats", limited)
    monkeypatch.setattr(nash_search, "ROUNDS", 2)
    monkeypatch.setattr(nash_search, "RETRIES", 0)
    found = tt.nash_tariffs(equal(2, 0.8, 4.0), ["C0", "C1"])
    assert not found.converged
    assert "NOT solved" in found.message
    assert np.isfinite(found.welfare).all()
    assert np.nanmax(found.rates) <= 0.1


def test_bounds_bind_where_they_must():
    war = tt.nash_tariffs(equal(2, 0.8, 4.0), ["C0", "C1"], bounds=(0.0, 0.1))
    assert war.converged
    assert war.verified
    assert_allclose(war.rates.values[[0, 1], [1, 0]], 0.1)
    assert "2 of 2 rates at a bound" in war.message


# --- labels, tables, errors -------------------------------------------------------------------------


def test_what_comes_back(world):
    lines = []
    war = tt.nash_tariffs(
        world,
        {"union": ["C0", "C1"], "C2": "C2"},
        by="flow",
        toward="all",
        factors="specific",
        tell=lines.append,
    )
    assert war.converged
    assert war.verified
    assert war.rates.dims == ("player", "partner", "sector")
    assert list(war.rates.partner.values) == ["union", "C2", "C3"]
    assert np.isnan(war.rates.sel(player="union", partner="union")).all()
    assert np.isfinite(war.rates.sel(player="C2", partner="C3")).all()
    assert war.gain.dims == ("player",)
    assert len(lines) == war.evaluations
    total = war.equivalent_variation.sel(country=["C0", "C1"]).sum()
    income = war.equilibrium.solution.base.I[:2].sum()
    assert_allclose(war.gain.sel(player="union"), 100 * total / income, rtol=1e-9)
    base = war.equilibrium.solution.base
    M, rate = (base.pi * base.X.T[:, :, None] / (1 + base.tariff))[:, 2, :2], base.tariff[:, 2, :2]
    mean = (rate * M).sum(axis=1) / M.sum(axis=1)
    assert_allclose(war.before.sel(player="C2", partner="union"), mean, rtol=1e-9)
    table = war.to_table()
    assert list(table.columns) == ["player", "partner", "sector", "rate", "before"]
    assert len(table) == 8
    assert repr(war).startswith("<Nash tariffs of union, C2: ")
    uniform = tt.nash_tariffs(world, ["C0", "C2"], by="all", verify=False)
    assert uniform.rates.dims == ("player",)
    assert uniform.improvement.isnull().all()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"players": ["C0"]}, "1 is too few"),
        ({"players": ["C0", "CO"]}, "CO"),
        ({"players": {"a": ["C0", "C1"], "b": ["C1"]}}, "C1 is in a and in b"),
        ({"players": {"C3": ["C0"], "b": ["C1"]}, "toward": "all"}, "C3 is a country that does not play"),
        ({"toward": "player"}, "did you mean players"),
        ({"by": "sectors"}, "did you mean sector"),
        ({"bounds": (-2.0, 1.0)}, "not two rates above -1"),
        ({"starts": (-1.5,)}, "neither 'base' nor a rate"),
    ],
)
def test_bad_requests_are_refused(world, options, words):
    with pytest.raises(tt.BadInput) as caught:
        tt.nash_tariffs(world, **({"players": ["C0", "C1"]} | options))
    assert words in str(caught.value)
