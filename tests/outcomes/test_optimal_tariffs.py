# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Optimal tariffs against closed forms, brute force, differences, and what a maximum must obey.

One sector, no inputs, two countries, balanced trade; j is the other one, t_j its tariff. By its budget
j offers q = M_j / w units' worth of j's goods for imports M_j = pi_j X_j / (1 + t_j), the price of ours
being w. With X_j = L_j + t_j M_j,

    dln M_j / dln w = -th pi_jj / (1 - pi_ji t_j / (1 + t_j)) = -th lambda_j ,

lambda_j = own sales over own sales plus imports at the border = share of j's output that it sells at
home. Our best point on its offer curve has t = 1 / (th lambda_j). Without a tariff of j's, lambda_j is
its share of spending on own goods (Gros 1987, JIE 23:357-367), which tends to one as we become small.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import minimize_scalar

import tertius as tt
from strategies import SEEDS, random_wedges, random_world
from tertius.equilibrium import Outcome
from tertius.equilibrium.linear import gradient
from tertius.outcomes import tariff_choice
from tertius.outcomes.tariff_choice import Game, Player
from tertius.outcomes.tariff_setup import chosen_flows

SMOOTH = (1.0, 10.0)
THETA = st.floats(0.8, 12.0)
SHARE = st.floats(0.02, 0.45)


def two(theta, trade=2.0, home=8.0, abroad=8.0, tariff=0.0):
    """Two balanced countries, one sector; the tariff is that of B."""
    rates = np.zeros((2, 2, 1))
    rates[0, 1] = tariff
    return tt.World.from_arrays(
        ["A", "B"],
        ["X"],
        trade=[[[home], [trade]], [[trade], [abroad]]],
        tariff=rates,
        input_share=np.zeros((2, 1, 1)),
        elasticity=[theta],
    )


def sold_at_home(eq, country):
    """Share of output sold at home, values at the border."""
    flows = eq.trade.sel(exporter=country, sector="X")
    return float(flows.sel(importer=country) / flows.sum())


def with_rates(world, rates, player, partners, sectors=None):
    """The world solved by `solve` at chosen import tariffs."""
    z = tt.Wedges.neutral(world)
    tariff = z.tariff.copy()
    for partner, rate in zip(partners, np.broadcast_to(rates, len(partners)), strict=True):
        tariff.loc[partner, player, sectors or list(world.sectors)] = rate
    eq = tt.solve(world, replace(z, tariff=tariff), "balanced", tol=1e-12)
    eq.report.require()
    return eq


# --- closed forms -----------------------------------------------------------------------------------


@given(THETA, SHARE, st.floats(0.05, 20.0), st.sampled_from([0.0, 0.3, 1.5]))
@settings(max_examples=8)
def test_two_countries_as_in_the_closed_form(theta, share, size, other):
    trade = share * min(1.0, size)
    world = two(theta, trade, 1.0 - trade, size - trade, tariff=other)
    best = tt.optimal_tariffs(world, "A", bounds=(-0.5, 50.0), verify=False)
    assert best.converged
    assert_allclose(best.rates.item(), 1 / (theta * sold_at_home(best.equilibrium, "B")), rtol=1e-6)
    if other == 0.0:
        own = best.equilibrium.trade.sel(exporter="B", importer="B").item()
        spent = best.equilibrium.expenditure.sel(country="B").item()
        assert_allclose(best.rates.item(), 1 / (theta * own / spent), rtol=1e-6)


def test_a_small_open_economy_tends_to_one_over_theta():
    gaps = []
    for size in (1e-1, 1e-2, 1e-3):
        world = two(4.0, 0.3 * size, 0.7 * size, 1.0)
        rate = tt.optimal_tariffs(world, "A", verify=False).rates.item()
        gaps.append(rate - 0.25)
    assert gaps[0] > gaps[1] > gaps[2] > 0
    assert_allclose(gaps[1] / gaps[2], 10.0, rtol=0.1)  # first order in size
    assert gaps[2] < 2e-4


def test_a_small_country_among_many_treats_all_alike():
    w = random_world(4, 1, 5, inputs=False, tariffs=False, deficits=False, thetas=(5.0, 5.0))
    small = np.array([1e-3, 1.0, 1.0, 1.0])
    trade = w.trade_values * small[:, None, None] * small[None, :, None]
    trade[0, 0] += 1e3 * w.trade_values[0, 0] * 1e-6  # own sales fall with size, not its square
    w = tt.World.from_arrays(
        w.countries, w.sectors, trade=trade, tariff=w.tariff_values,
        input_share=w.input_share_values, elasticity=w.elasticity_values,
    )  # fmt: skip
    best = tt.optimal_tariffs(w, "C0")
    assert_allclose(best.rates, 0.2, atol=2e-3)


@given(SEEDS, st.integers(2, 4), st.integers(1, 3))
@settings(max_examples=3)
def test_lerner_the_best_export_tax_is_the_best_tariff(seed, n, s):
    """All trade of a balanced country, no other taxes of its own: one is the other, for everybody."""
    world = random_world(n, s, seed, thetas=SMOOTH, tariffs=False, holes=False)
    options = {"sectors": "all", "by": "all", "bounds": (-0.9, 20.0), "verify": False}
    tariff = tt.optimal_tariffs(world, "C0", **options)
    tax = tt.optimal_tariffs(world, "C0", instrument="export_tax", **options)
    assert tariff.converged
    assert tax.converged
    assert_allclose(tax.rates, tariff.rates, rtol=1e-6)
    assert_allclose(tax.welfare, tariff.welfare, atol=1e-8)
    assert_allclose(tax.objective, tariff.objective, rtol=1e-8)


def test_everybody_together_in_a_symmetric_world_chooses_free_trade():
    n = 4
    trade = np.full((n, n, 1), 1.0)
    trade[range(n), range(n)] = 7.0
    tariff = np.full((n, n, 1), 0.2)
    tariff[range(n), range(n)] = 0.0
    names = ["A", "B", "C", "D"]
    world = tt.World.from_arrays(
        names, ["X"], trade=trade, tariff=tariff, input_share=np.full((n, 1, 1), 0.3), elasticity=[4.0]
    )
    best = tt.optimal_tariffs(world, names, partners=names, by="partner", common=False)
    assert best.converged
    off = best.rates.values[~np.eye(n, dtype=bool)]
    assert_allclose(off, off[0], atol=1e-5)  # all alike ...
    assert_allclose(off, 0.0, atol=1e-5)  # ... and none, because inputs are taxed again and again
    assert np.isnan(np.diag(best.rates)).all()
    assert (best.welfare > 0).all()


# --- against slow methods ---------------------------------------------------------------------------


@given(
    SEEDS, st.sampled_from(["tariff", "export_tax"]), st.sampled_from(["partner", "sector", "flow", "all"])
)
@settings(max_examples=4)
def test_slopes_are_the_differences_of_the_objective(seed, instrument, by):
    world = random_world(4, 2, seed, thetas=SMOOTH)
    export, rng = instrument == "export_tax", np.random.default_rng(seed)
    status = tt.solve(world, tt.Wedges.neutral(world), tol=1e-13, factors=rng.choice(["mobile", "specific"]))
    money = np.array([1.0, 1.0, -0.7, 0.0])
    flows, _ = chosen_flows(
        world, ["C0", "C1"], {c: (c,) for c in world.countries}, world.sectors, by, "test", export
    )
    game = Game(status, [Player("C0+C1", ("C0", "C1"), money, flows)], export)
    y = np.log1p(rng.uniform(0.0, 0.3, flows.count))
    point = game.visit(y, 1e-13)
    h = 1e-3
    for k in rng.choice(flows.count, min(flows.count, 3), replace=False):
        e = h * np.eye(flows.count)[k]
        near, far = (
            (game.visit(y + m * e, 1e-13).worth[0] - game.visit(y - m * e, 1e-13).worth[0]) / (2 * m * h)
            for m in (1, 2)
        )
        scale = np.abs(money) @ game.solution.base.I
        assert_allclose(point.slope[k], (4 * near - far) / 3, rtol=1e-6, atol=1e-9 * scale)


def test_slopes_are_the_cells_of_the_full_gradient_added_up():
    world = random_world(3, 3, 8, thetas=SMOOTH)
    eq = tt.solve(world, tt.Wedges.neutral(world), tol=1e-13)
    flows, layout = chosen_flows(world, ["C0"], {"C1": ("C1",), "C2": ("C2",)}, world.sectors, "flow", "test")
    game = Game(eq, [Player("C0", ("C0",), np.array([1.0, 0.0, 0.0]), flows)])
    point = game.visit(np.log1p(game.start), 1e-13)
    k = eq.solution.base
    full = (
        gradient(eq.solution, np.array([1.0, 0.0, 0.0])).tariff[:, 0, 1:] * (1 + k.tariff[:, 0, 1:]) * k.I[0]
    )
    assert_allclose(point.slope.reshape(layout.shape).T, full, rtol=1e-8, atol=1e-10 * k.I[0])


def test_brute_force_finds_the_same_rate():
    world = random_world(3, 2, 21, thetas=SMOOTH)
    best = tt.optimal_tariffs(world, "C1", by="all")

    def loss(rate):
        return -with_rates(world, rate, "C1", ["C0", "C2"]).welfare().sel(country="C1").item()

    slow = minimize_scalar(loss, bounds=(-0.3, 3.0), method="bounded", options={"xatol": 1e-7})
    assert_allclose(best.rates.item(), slow.x, atol=2e-5)
    assert_allclose(best.welfare.sel(country="C1").item(), -slow.fun, atol=1e-8)
    assert_allclose(best.equilibrium.welfare(), best.welfare, atol=1e-8)  # no scenario: against the base year
    assert_allclose(best.equilibrium.welfare("equivalent_variation"), best.equivalent_variation, atol=1e-6)
    assert_allclose(best.objective, best.equivalent_variation.sel(country="C1"), rtol=1e-12)


def test_no_point_of_a_grid_is_better():
    world = random_world(3, 2, 22, thetas=SMOOTH)
    best = tt.optimal_tariffs(world, "C0", verify=False)
    step = 0.02
    grid = [
        (with_rates(world, (a, b), "C0", ["C1", "C2"]).welfare().sel(country="C0").item(), a, b)
        for a in best.rates[0].item() + step * np.arange(-2, 3)
        for b in best.rates[1].item() + step * np.arange(-2, 3)
    ]
    value, a, b = max(grid)
    assert value <= best.welfare.sel(country="C0").item() + 1e-9
    assert_allclose([a, b], best.rates, atol=1e-12)  # the middle of the grid


def test_one_real_economy_against_points_beside():
    """The world of 2021, the rate that Kazakhstan would choose on all imports of goods."""
    world = tt.load_world("icio-2021")
    best = tt.optimal_tariffs(world, "KAZ", by="all", verify=False)
    assert best.converged
    partners = [c for c in world.countries if c != "KAZ"]
    goods = list(world.sectors[:-1])
    beside = [
        with_rates(world, best.rates.item() + d, "KAZ", partners, goods).welfare().sel(country="KAZ").item()
        for d in (-0.01, 0.0, 0.01)
    ]
    assert beside[1] == pytest.approx(best.welfare.sel(country="KAZ").item(), abs=1e-8)
    assert beside[1] > max(beside[0], beside[2])
    assert beside[0] == pytest.approx(beside[2], abs=0.1 * (beside[1] - beside[0]))  # flat on top


# --- what a maximum must obey -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def world():
    return random_world(4, 3, 31, thetas=SMOOTH)


def test_more_freedom_is_never_worse(world):
    worth = {
        by: tt.optimal_tariffs(world, "C0", by=by, verify=False).objective
        for by in ("all", "partner", "sector", "flow")
    }
    assert worth["all"] <= min(worth["partner"], worth["sector"])
    assert (
        0.0 < max(worth["partner"], worth["sector"]) <= worth["flow"]
    )  # the rates in force are flows' rates
    kept = tt.optimal_tariffs(world, "C0", by="partner", bounds=(0.0, 0.1), verify=False)
    assert kept.converged
    assert kept.objective <= worth["partner"]
    joint, apart = (tt.optimal_tariffs(world, ["C0", "C1"], common=c, verify=False) for c in (True, False))
    assert joint.objective <= apart.objective
    assert apart.rates.dims == ("member", "partner")


def test_chosen_again_nothing_changes(world):
    """The optimum as the scenario: the same rates, and nothing to gain."""
    best = tt.optimal_tariffs(world, "C2", verify=False)
    z = tt.Wedges.neutral(world)
    tariff = z.tariff.copy()
    for partner in ("C0", "C1", "C3"):
        tariff.loc[partner, "C2"] = best.rates.sel(partner=partner).item()
    again = tt.optimal_tariffs(world, "C2", scenario=replace(z, tariff=tariff), verify=False)
    assert_allclose(again.rates, best.rates, atol=1e-7)
    assert_allclose(again.before, best.rates, atol=1e-7)
    assert_allclose(again.welfare, 0.0, atol=1e-7)
    assert_allclose(again.equilibrium.welfare(), best.welfare, atol=1e-7)  # that is against the base year


def test_with_a_scenario_gains_are_against_it(world):
    z = random_wedges(world, 3, kinds=("iceberg", "productivity"))
    before = tt.solve(world, z, "balanced", tol=1e-12)
    best = tt.optimal_tariffs(world, "C0", scenario=z, verify=False)
    ratio = (1 + best.equilibrium.welfare() / 100) / (1 + before.welfare() / 100)
    assert_allclose(best.welfare, 100 * (ratio - 1), atol=1e-7)
    money = best.equilibrium.welfare("equivalent_variation") - before.welfare("equivalent_variation")
    assert_allclose(best.equivalent_variation, money, atol=1e-5)
    assert best.objective > 0


@pytest.mark.parametrize(
    "options",
    [
        {"factors": "specific"},
        {"factors": 0.5},
        {"run": "short"},
        {"closure": "own_share"},
        {"closure": "fixed_deficit"},
    ],
)
def test_other_variants_of_the_engine(world, options):
    best = tt.optimal_tariffs(world, "C0", by="all", verify=False, **options)
    assert best.converged
    assert best.objective > 0
    assert best.equilibrium.report.converged


def test_a_heavier_weight_harms_more_and_costs_more(world):
    """Revealed preference: along the weight, own gain and the target's welfare both fall."""
    own = tt.optimal_tariffs(world, "C0", verify=False)
    weights = (0.0, 0.5, 3.0, np.inf)
    found = [tt.optimal_tariffs(world, "C0", against="C1", weight=w, verify=w == 0.5) for w in weights]
    assert all(f.converged for f in found)
    for name in ("C0", "C1"):
        path = [f.equivalent_variation.sel(country=name).item() for f in found]
        assert np.all(np.diff(path) < 0)
    assert_allclose(found[0].rates, own.rates, atol=1e-8)
    change = found[2].equivalent_variation
    assert_allclose(found[2].objective, change.sel(country="C0") - 3 * change.sel(country="C1"), rtol=1e-9)
    heavy = tt.optimal_tariffs(world, "C0", against="C1", weight=1e6, verify=False)
    assert_allclose(heavy.rates, found[-1].rates, atol=1e-4)
    assert_allclose(found[-1].objective, -found[-1].equivalent_variation.sel(country="C1"), rtol=1e-12)


def test_harm_alone_ends_at_the_bound_and_says_so():
    best = tt.optimal_tariffs(two(4.0), "A", against="B", weight=np.inf, bounds=(-0.5, 2.0))
    assert best.converged
    assert best.rates.item() == pytest.approx(2.0)
    assert bool(best.at_bound)
    assert "1 of 1 rates at a bound" in best.message


def test_the_higher_of_two_peaks_is_found_and_the_lower_one_not_called_the_best():
    """Elasticities of 0.8 and 27, one rate for both: a peak near 18 % and a higher one above 100 %."""
    w = random_world(2, 2, 150, thetas=(0.6, 30.0), holes=False)
    rate = np.zeros((2, 2, 2))
    rate[0, 1] = 0.0815
    rate[1, 0] = 0.183
    z = replace(tt.Wedges.neutral(w), tariff=tt.Wedges.neutral(w).tariff.copy(data=rate))
    near, high = (tt.optimal_tariffs(w, "C0", scenario=z, verify=v) for v in (False, True))
    assert near.converged
    assert not near.verified
    assert "not searched again" in near.message
    assert near.rates.item() == pytest.approx(0.183, abs=1e-3)
    assert high.verified
    assert "1 of 2 searches end elsewhere, no better" in high.message
    assert high.rates.item() > 1.0
    assert high.objective > near.objective + 0.01 * w.accounts.income[0]
    values = [
        tt.solve(w, replace(z, tariff=z.tariff.copy(data=np.where(rate == 0.183, t, rate))), "balanced")
        .welfare()
        .sel(country="C0")
        .item()
        for t in (0.183, 0.3, high.rates.item(), 3.0)
    ]
    assert values[1] < values[0] < values[2]
    assert values[3] < values[2]


# --- when solves fail -------------------------------------------------------------------------------


@pytest.fixture
def no_equilibrium_above(monkeypatch):
    """Solves fail wherever a tariff exceeds the limit."""

    def with_limit(limit):
        true = tariff_choice.solve_hats

        def limited(base, shock, *args, **options):
            found = true(base, shock, *args, **options)
            if shock.tariff is not None and shock.tariff.max() > limit:
                return replace(found, outcome=Outcome.too_many_sweeps)
            return found

        monkeypatch.setattr(tariff_choice, "solve_hats", limited)

    return with_limit


def test_steps_that_have_no_equilibrium_are_shortened(no_equilibrium_above):
    wanted = tt.optimal_tariffs(two(4.0), "A").rates.item()
    no_equilibrium_above(wanted + 1e-3)
    found = tt.optimal_tariffs(two(4.0), "A", starts=(-0.45,))
    assert found.converged
    assert found.rates.item() == pytest.approx(wanted, abs=1e-7)


def test_an_optimum_out_of_reach_is_not_called_one(no_equilibrium_above):
    no_equilibrium_above(0.1)
    lines = []
    found = tt.optimal_tariffs(two(4.0), "A", verify=False, tell=lines.append)
    assert not found.converged
    assert "NOT an optimum" in found.message
    assert "no equilibrium" in found.message
    assert any("no equilibrium at trial" in line for line in lines)
    assert 0.05 < found.rates.item() <= 0.1
    assert np.isfinite(found.welfare).all()
    assert found.gradient_norm > 0.01


def test_no_equilibrium_where_the_search_starts(no_equilibrium_above):
    no_equilibrium_above(0.1)
    with pytest.raises(tt.NotSolved, match="from which the search starts"):
        tt.optimal_tariffs(two(4.0), "A", starts=(1.0,))


# --- labels, tables, errors -------------------------------------------------------------------------


def test_what_comes_back(world):
    best = tt.optimal_tariffs(
        world, ["C1", "C0"], by="flow", sectors=["S0", "S2"], starts=("base", 0.5), verify=False
    )
    assert best.rates.dims == ("partner", "sector")
    assert list(best.rates.partner.values) == ["C2", "C3"]
    assert list(best.rates.sector.values) == ["S0", "S2"]
    assert best.player == ("C0", "C1")
    assert best.name == "C1+C0"
    assert best.rates.attrs["unit"] == "ad valorem"
    assert "same from all starts" in best.message
    assert repr(best).startswith("<Optimal tariffs of C1+C0: ")
    table = best.to_table()
    assert list(table.columns) == ["player", "instrument", "partner", "sector", "rate", "before", "at_bound"]
    assert len(table) == 4
    tax = tt.optimal_tariffs(world, "C3", by="all", instrument="export_tax", verify=False)
    assert tax.to_table().to_dict("records")[0].keys() == {
        "player",
        "instrument",
        "rate",
        "before",
        "at_bound",
    }
    own = world.tariff.sel(importer="C3", exporter=["C0", "C1", "C2"]).values
    assert own.max() > 0
    assert tax.equilibrium.solution.shock.tariff is None  # export taxes leave the tariffs alone


def test_the_chosen_rates_replace_the_old_ones_on_those_flows_alone(world):
    best = tt.optimal_tariffs(world, "C0", partners="C1", sectors="S1", verify=False)
    new = best.equilibrium.solution.shock.tariff
    changed = np.argwhere(new != best.equilibrium.solution.base.tariff)
    assert changed.tolist() == [[1, 0, 1]]
    assert new[1, 0, 1] == pytest.approx(best.rates.item())


def test_a_group_by_name_on_its_date():
    w = tt.load_world("icio-2021")
    tiny = w.aggregate(countries={"REST": [c for c in w.countries if c not in ("DEU", "FRA", "USA", "RUS")]})
    best = tt.optimal_tariffs(tiny, "EU27", partners="RUS", by="all", against="RUS", weight=0.5, verify=False)
    assert best.player == ("DEU", "FRA")
    assert best.name == "EU27"
    assert best.converged


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"player": "C9"}, "C9"),
        ({"player": []}, "names no country"),
        ({"player": ["C0", "C1"], "against": "C1", "weight": 1.0}, "C1 would be on both sides"),
        ({"against": "C1", "weight": -1.0}, "not a number >= 0"),
        ({"weight": 1.0}, "nobody's loss"),
        ({"by": "partners"}, "did you mean partner"),
        ({"instrument": "tarif"}, "did you mean tariff"),
        ({"bounds": (-1.0, 2.0)}, "not two rates above -1"),
        ({"bounds": (0.5, 0.1)}, "not two rates above -1"),
        ({"sectors": "X"}, "X"),
        ({"partners": "C0"}, "no partner outside the player"),
        ({"player": ["C0", "C1", "C2", "C3"]}, "no partner outside the player"),
        ({"starts": ("zero",)}, "neither 'base' nor a rate"),
        ({"starts": ()}, "names none"),
        ({"tol": 0.0}, "not between 0 and 0.01"),
        ({"closure": "open"}, "closure"),
    ],
)
def test_bad_requests_are_refused(world, options, words):
    with pytest.raises(tt.BadInput) as caught:
        tt.optimal_tariffs(world, **({"player": "C0"} | options))
    assert words in str(caught.value)
