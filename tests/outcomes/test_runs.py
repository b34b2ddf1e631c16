# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The long and the short run as one argument, scaled trade elasticities, two skills, rewards of factors."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import tertius as tt
from strategies import SEEDS, between_countries, random_wedges, random_world, wedges
from tertius.data.skills import skilled_shares
from tertius.labels import SECTORS
from tertius.outcomes.runs import LONG, RANGES, SHORT, chosen, notes

SHORT_HAND = {"factors": "specific", "substitution": tt.Substitution(0.2, 0.2)}


@pytest.fixture(scope="module")
def world():
    return tt.load_world()


@pytest.fixture(scope="module")
def bans():
    return tt.Scenario.load("sanctions-2022")


# --- the short run is a combination -----------------------------------------------------------------


@pytest.mark.parametrize("closure", ["fixed_deficit", "own_share"])
def test_the_short_run_is_the_explicit_combination(closure, world, bans):
    short = tt.solve(world, bans, closure=closure, run="short")
    scaled = world.with_elasticity(SHORT.trade_elasticity_scale * world.elasticity_values)
    by_hand = tt.solve(scaled, bans, closure=closure, **SHORT_HAND)
    assert_array_equal(short.welfare(), by_hand.welfare())
    assert_array_equal(short.trade, by_hand.trade)
    assert_array_equal(short.world.elasticity, scaled.elasticity)
    assert short.world.elasticity_name == "FGO x 0.38"


def test_the_short_run_with_everything_put_back_is_the_long_run(world, bans):
    same = {"factors": "mobile", "substitution": tt.Substitution(), "trade_elasticity_scale": 1.0}
    long, back = tt.solve(world, bans), tt.solve(world, bans, run="short", **same)
    assert_array_equal(long.welfare(), back.welfare())
    assert back.world is world
    assert long.run == LONG
    assert long.report.notes == ()


def test_a_base_without_deficits_is_found_in_the_long_run(world, bans):
    short, long = (tt.solve(world, bans, closure="balanced", run=run) for run in ("short", "long"))
    assert_array_equal(short.solution.base.pi, long.solution.base.pi)
    assert_array_equal(short.solution.base.I, long.solution.base.I)
    assert short.report.converged


@settings(max_examples=10)
@given(SEEDS, st.floats(0.2, 2.0))
def test_a_partial_ban_closes_the_same_share_whatever_the_elasticities(seed, scale):
    world = random_world(4, 3, seed, holes=False)
    share = np.random.default_rng(seed).uniform(0.1, 0.9, (4, 4, 3))
    share[np.arange(4), np.arange(4)] = 0.0
    left = {}
    for factor in (1.0, scale):
        scaled = world.with_elasticity(factor * world.elasticity_values)
        closing = wedges(world, iceberg=(1 - share) ** (-1 / scaled.elasticity_values))
        eq = tt.solve(world, closing, trade_elasticity_scale=factor)
        left[factor] = eq.solution.system.trade.A / eq.solution.base.pi
    assert_allclose(left[scale], left[1.0], rtol=1e-10)
    assert_allclose(left[scale], (1 - share).transpose(2, 1, 0), rtol=1e-10)


@settings(max_examples=10)
@given(SEEDS, st.floats(0.3, 1.5))
def test_gains_from_trade_with_scaled_elasticities(seed, scale):
    """One sector: autarky costs 1 - pi_nn^(1/theta) (Arkolakis, Costinot & Rodriguez-Clare 2012)."""
    world = random_world(3, 1, seed, thetas=(2.0, 8.0), inputs=False, tariffs=False, deficits=False)
    alone = tt.solve(
        world,
        wedges(world, iceberg=between_countries(world, np.inf)),
        closure="balanced",
        trade_elasticity_scale=scale,
    )
    home = np.einsum("snn->n", alone.solution.base.pi)
    assert_allclose(alone.welfare(), 100 * (home ** (1 / (scale * world.elasticity_values)) - 1), rtol=1e-7)


# --- wedges made for other elasticities -------------------------------------------------------------


def test_wedges_with_partial_bans_are_refused_with_a_remedy_that_works(world, bans):
    scenario = bans
    with pytest.raises(tt.BadInput) as caught:
        tt.solve(world, scenario.wedges(world), run="short")
    assert "pass the scenario itself" in caught.value.remedy
    remedy = re.search(r"scenario\.wedges\(.*\)$", caught.value.remedy)
    made = eval(remedy.group(), {"scenario": scenario, "world": world})
    by_wedges = tt.solve(world, made, run="short")
    assert_array_equal(by_wedges.welfare(), tt.solve(world, scenario, run="short").welfare())


def test_wedges_without_partial_bans_serve_every_run(world):
    scenario = tt.Scenario.load("embargo-rus-kaz")
    by_wedges = tt.solve(world, scenario.wedges(world), run="short")
    assert_array_equal(by_wedges.welfare(), tt.solve(world, scenario, run="short").welfare())


# --- what a run says of itself ----------------------------------------------------------------------


def test_the_numbers_of_the_short_run_lie_in_their_ranges_and_have_sources():
    s = SHORT.substitution
    own = {"value_added": s.value_added, "inputs": s.inputs, "final": s.final}
    own["trade_elasticity_scale"] = SHORT.trade_elasticity_scale
    assert set(own) == set(RANGES)
    for name, value in own.items():
        assert RANGES[name].low <= value <= RANGES[name].high
        assert re.search(r"\(20\d\d\)", RANGES[name].source)
        assert RANGES[name].status in ("verified", "cited from memory")


def test_the_report_and_the_table_name_the_run(world, bans):
    short = tt.solve(world, bans, run="short")
    assert any(note.startswith("short run: no factor moves") for note in short.report.notes)
    assert any("0.38 (0.25 to 0.43; Boehm" in note for note in short.report.notes)
    assert set(short.to_table()["model"]) == {f"tertius {tt.__version__}, short run"}
    assert set(tt.solve(world, bans).to_table()["model"]) == {f"tertius {tt.__version__}"}


@pytest.mark.parametrize(
    ("given", "label", "words"),
    [
        ({"run": "short"}, "short run", ["short run: no factor moves"]),
        (
            {"run": "short", "factors": "mobile"},
            "short run with factors mobile",
            ["short run: elasticity of"],
        ),
        ({"run": "long", "factors": 0.4}, "long run with factors 0.4", ["40 % of value added is tied"]),
        ({"run": "long", "factors": 1.0}, "long run with factors 1.0", ["no factor moves"]),
        (
            {"run": "long", "trade_elasticity_scale": 0.5},
            "long run with trade elasticities x 0.5",
            ["trade elasticities times 0.5"],
        ),
        ({"run": "long", "factors": "skills"}, "long run with factors skills", ["two skills", "assumptions"]),
    ],
)
def test_labels_and_notes(given, label, words):
    run = chosen(**given)
    assert run.label == label
    text = "; ".join(notes(run))
    assert all(word in text for word in words)
    assert not run.plain


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"run": "shrot"}, ["solve: run", "did you mean short"]),
        ({"factors": "skill"}, ["solve: factors", "did you mean skills"]),
        ({"factors": 1.5}, ["not a share between 0 and 1"]),
        ({"trade_elasticity_scale": 0.0}, ["solve: trade_elasticity_scale", "positive"]),
        ({"trade_elasticity_scale": float("nan")}, ["positive"]),
        ({"skilled": {"SERV": 0.5}}, ["add factors='skills'"]),
        ({"factors": "skills", "skilled": {"SERVE": 0.5}}, ["did you mean SERV"]),
        ({"factors": "skills", "skilled": {"SERV": 1.5}}, ["1.5 is not a share"]),
        ({"factors": "skills", "skilled": np.full(3, 0.5)}, ["has shape (3,)", "(28,)"]),
        ({"factors": "skills", "skilled": np.zeros(28)}, ["without skilled labour"]),
        ({"factors": "skills", "skilled": np.ones(28)}, ["without unskilled labour"]),
    ],
)
def test_options_that_cannot_be_used(options, words, world, bans):
    with pytest.raises(tt.BadInput) as caught:
        tt.solve(world, bans, **options)
    assert all(word in str(caught.value) for word in words), str(caught.value)


# --- two skills -------------------------------------------------------------------------------------


@settings(max_examples=12)
@given(SEEDS, st.floats(0.05, 0.95))
def test_skills_used_alike_everywhere_are_one_mobile_factor(seed, share):
    world = random_world(4, 3, seed, thetas=(1.0, 10.0))
    shock = random_wedges(world, seed)
    one = tt.solve(world, shock)
    two = tt.solve(world, shock, factors="skills", skilled=np.full(3, share))
    assert_allclose(two.welfare(), one.welfare(), atol=1e-6)
    skilled, unskilled = two.factor_reward.values.T
    assert_allclose(skilled, unskilled, rtol=1e-8)
    assert_allclose(skilled, one.wage_hat, rtol=1e-8)
    premium = two.to_table().query("variable == 'Skill premium'")["value"]
    assert_allclose(premium, 0.0, atol=1e-6)


@settings(max_examples=10)
@given(SEEDS)
def test_skills_with_their_names_exchanged(seed):
    world = random_world(3, 4, seed, thetas=(1.0, 10.0))
    share = np.random.default_rng(seed).uniform(0.1, 0.9, (3, 4))
    shock = random_wedges(world, seed)
    one, other = (tt.solve(world, shock, factors="skills", skilled=x) for x in (share, 1 - share))
    assert_allclose(one.welfare(), other.welfare(), atol=1e-6)
    assert_allclose(one.factor_reward[:, ::-1], other.factor_reward, rtol=1e-8)


@settings(max_examples=10)
@given(SEEDS, st.sampled_from(["mobile", "specific", 0.4, "skills"]))
def test_rewards_times_endowments_are_value_added(seed, factors):
    world = random_world(3, 4, seed, thetas=(1.0, 10.0))
    share = np.random.default_rng(seed).uniform(0.1, 0.9, 4)
    own = {"skilled": share} if factors == "skills" else {}
    shock = random_wedges(world, seed, kinds=("iceberg", "tariff"))
    eq = tt.solve(world, shock, factors=factors, **own)
    paid = (eq.factor_reward.fillna(0.0).values * eq.solution.base.V).sum(axis=1)
    assert_allclose(paid, eq.solution.sweep.wages, rtol=1e-8)


def test_a_country_that_makes_one_good_with_one_skill_pays_that_skill(world):
    """Demand for machines alone rises: the skill that only machines use gains on the other."""
    countries, sectors = ["AAA", "BBB"], ["X", "Y"]
    trade = np.full((2, 2, 2), 3.0)
    trade[range(2), range(2)] = 10.0
    w = tt.World.from_arrays(
        countries, sectors, trade=trade, tariff=np.zeros((2, 2, 2)), input_share=np.zeros((2, 2, 2)),
        elasticity=[4.0, 4.0],
    )  # fmt: skip
    z = tt.Wedges.neutral(w)
    z.iceberg.loc["AAA", "BBB", "X"] = 0.5  # A's X, made by its skilled, sells better
    rewards = tt.solve(w, z, factors="skills", skilled={"X": 0.9, "Y": 0.1}).factor_reward.sel(country="AAA")
    assert rewards.sel(factor="skilled") > rewards.sel(factor="unskilled") + 0.01


def test_names_of_factors(world, bans):
    for factors, names in {
        "mobile": ["mobile"],
        "specific": [f"{s} specific" for s in SECTORS],
        0.5: ["mobile", *(f"{s} specific" for s in SECTORS)],
        "skills": ["skilled", "unskilled"],
    }.items():
        eq = tt.solve(world, bans, factors=factors)
        assert list(eq.factor_reward["factor"].values) == names
        assert eq.factor_reward.dims == ("country", "factor")
        assert eq.factor_reward.attrs["unit"] == "new / base"
        assert eq.report.worst.split()[0] in world.countries
    tied = tt.solve(world, bans, factors="specific").factor_reward
    idle = world.output.sel(country="BEL", sector="B06").item() == 0
    assert idle
    assert np.isnan(tied.sel(country="BEL", factor="B06 specific"))


def test_real_rewards_of_the_one_factor_are_the_real_wage(world, bans):
    eq = tt.solve(world, bans)
    assert_allclose(eq.factor_reward[:, 0], eq.wage_hat, rtol=1e-12)
    assert_allclose(100 * (eq.real_factor_reward[:, 0] - 1), eq.welfare("real_wage"), atol=1e-9)


def test_the_long_table_has_the_skill_premium_with_two_skills_only(world, bans):
    plain = set(tt.solve(world, bans).to_table()["variable"])
    two = tt.solve(world, bans, factors="skills")
    table = two.to_table().set_index(["variable", "region"])["value"]
    assert set(table.index.get_level_values(0)) - plain == {"Wage|skilled", "Wage|unskilled", "Skill premium"}
    expected = 100 * (table["Wage|skilled"] / table["Wage|unskilled"] - 1)
    assert_allclose(table["Skill premium"], expected, atol=1e-12)


def test_the_shipped_shares():
    shares = skilled_shares()
    assert tuple(shares) == SECTORS
    for s in shares.values():
        assert 0 < s.low < s.share < s.high < 1
        assert s.status == "assumption"
        assert s.basis
    order = [
        "A01",
        "C13T15",
        "C16",
        "C10T12",
        "C25",
        "C23",
        "C24A",
        "C22",
        "C27",
        "C29",
        "C28",
        "C20",
        "C26",
        "C21",
    ]
    assert [shares[s].share for s in order] == sorted(shares[s].share for s in order)


def test_shares_of_ones_own_by_name_replace_the_shipped_ones(world, bans):
    by_name = tt.solve(world, bans, factors="skills", skilled={"SERV": 0.6})
    row = np.array([skilled_shares()[s].share for s in world.sectors])
    row[world.sectors.index("SERV")] = 0.6
    assert_array_equal(by_name.welfare(), tt.solve(world, bans, factors="skills", skilled=row).welfare())
    assert "the user's" in by_name.report.notes[0]


def test_a_world_with_other_sectors_needs_shares_of_its_own(world):
    merged = world.aggregate(sectors={"MINES": ["B05", "B06", "B07"]})
    neutral = tt.Wedges.neutral(merged)
    with pytest.raises(
        tt.BadInput, match=r"no share is shipped for sector MINES.*skilled=\{'MINES': share\}"
    ):
        tt.solve(merged, neutral, factors="skills")
    found = tt.solve(merged, neutral, factors="skills", skilled={"MINES": 0.3})
    assert abs(found.welfare()).max() < 1e-8
