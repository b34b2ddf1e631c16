# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Effects of threats, which assumption decides, rules of the claims, the paragraph."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from choice_payoffs import random_payoffs
from tertius.choice import POWERS, PRIOR, Axis, Setting, edges, judge, reading, regions, sobol, today
from tertius.choice.effects import Effects, effects, offer_gain
from tertius.choice.example import line
from tertius.choice.judge import box_places
from tertius.choice.verdict import RULES, grade, verdict_s7, verdict_s8, verdict_s10
from tertius.errors import BadInput


@given(st.integers(0, 1000), st.sampled_from(POWERS))
def test_a_threat_never_helps_who_loses_by_every_strike(seed, k):
    p = random_payoffs(seed)
    value = p.value.copy()
    value[:, 0, :, 1] = value[:, 0, :, 0] - np.abs(value[:, 0, :, 1])
    found = effects(replace(p, value=value), Setting(0.6, 0.9, k))
    assert (found.shadow_west >= -1e-12).all()


def test_without_hazard_a_threat_does_nothing():
    found = effects(random_payoffs(4), Setting(0.0, 0.7))
    assert_array_equal(found.shadow_west, 0.0)
    assert_array_equal(found.moved_west, 0.0)


@given(st.floats(-9.0, 9.0).filter(lambda x: abs(x) > 0.01), st.floats(1.0, 8.0), st.sampled_from(POWERS))
def test_a_sure_threat_moves_whom_it_bites(rent, loss, k):
    """Two stances: what a strike costs beyond what is gained by staying decides, for either power."""
    p = line(2, rent=rent, west_loss=loss, east_loss=loss)
    west, east = effects(p, Setting(1.0, 0.0, k)), effects(p, Setting(0.0, 1.0, k))
    if abs(rent - loss) > 0.01:
        assert (west.moved_west[0] < 0) == (rent > 0 and west.bite_west[0] > 0)
    if abs(rent + loss) > 0.01:
        assert (east.moved_east[0] > 0) == (rent < 0 and east.bite_east[0] > 0)


def test_offers_are_compared_like_with_like():
    with pytest.raises(BadInput, match="differ"):
        offer_gain(line(), replace(line(), sets=("other",)), today())
    assert_allclose(offer_gain(line(), line(), box_places(today(), PRIOR, 3)), 0.0)


def test_the_only_factor_explains_everything():
    axes = (Axis("west", 0.01, 2.0), Axis("worth_east", 10.0, 20.0))
    found = sobol({"a": line(101, rent=0.5)}, Setting(0.1, 0.3, power=2.0), axes, "traffic", draws=512)
    assert_allclose(found.total, [1.0, 0.0], atol=0.02)
    assert_allclose(found.first, [1.0, 0.0], atol=0.02)
    assert found.decisive == "west"
    again = sobol({"a": line(101, rent=0.5)}, Setting(0.1, 0.3, power=2.0), axes, "traffic", draws=512)
    assert_array_equal(found.total, again.total)


def test_sets_and_variants_are_factors_too():
    """Payoffs decide here alone: in one variant transit pays, in the other it costs."""
    p = line(5)
    pair = replace(p, sets=("a", "b"), traffic=np.repeat(p.traffic, 2, 0), value=np.repeat(p.value, 2, 0))
    worse = replace(pair, value=pair.value * np.array([-1.0, 1.0, 1.0])[None, :, None, None, None])
    found = sobol({"one": pair, "two": worse}, Setting(0.0, 0.0), [Axis("rent", 0.5, 2.0)], "traffic", 256)
    assert found.factors == ("rent", "set", "payoffs")
    assert_allclose(found.total, [0.0, 0.0, 1.0], atol=0.05)
    assert_allclose((found.mean, found.variance), (0.5, 0.25), atol=0.05)


def test_nothing_varies():
    found = sobol({"a": line()}, Setting(0.0, 0.0), [Axis("penalty_west", 0.5, 2.0)], "neutral", 64)
    assert found.variance == 0.0
    assert_array_equal(found.total, 0.0)


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda: sobol({"a": line()}, today(), PRIOR, "neutral", 100), "power of two"),
        (lambda: sobol({"a": line()}, today(), (), "neutral", 64), "nothing to vary"),
        (lambda: sobol({"a": line()}, today(), PRIOR, "trafic", 64), "did you mean traffic"),
        (lambda: sobol({"a": line(), "b": replace(line(), sets=("x",))}, today(), PRIOR), "2 lists"),
        (lambda: verdict_s10({1.0: np.array([0.1])}), "nothing at k = 2"),
        (lambda: grade(1.2), "not between 0 and 1"),
    ],
)
def test_refused(call, what):
    with pytest.raises(BadInput, match=what):
        call()


@pytest.mark.parametrize(
    ("one", "two", "even", "verdict"),
    [
        (0.6, 0.7, 0.6, "supported"),
        (0.6, 0.7, 0.4, "supported"),
        (0.6, 0.7, 0.1, "mixed"),
        (0.1, 0.2, 0.1, "contradicted"),
        (0.1, 0.6, 0.1, "not identified"),
        (0.3, 0.4, 0.3, "mixed"),
    ],
)
def test_rule_of_s10(one, two, even, verdict):
    shares = {1.0: np.array([one]), 2.0: np.array([two])}
    found = verdict_s10(shares, {k: np.array([even]) for k in shares})
    assert found.verdict == verdict
    assert bool(found.note) == (len(set(found.by_power.values())) > 1)
    assert found.rule == RULES["S10"]


def seen(**share):
    """Effects in a hundred cells, of which a share passes each part."""
    passes = {name: (np.arange(100) < 100 * s)[:, None] for name, s in share.items()}
    return Effects(
        shadow_west=np.where(passes["west"], 0.1, 0.0),
        shadow_east=np.where(passes["east"], 0.1, 0.0),
        moved_west=np.where(passes["moved"], -0.2, 0.0),
        moved_east=np.zeros((100, 1)),
        bite_west=np.where(passes["bite"], 1.0, -1.0),
        bite_east=np.zeros((100, 1)),
    )


@pytest.mark.parametrize(
    ("west", "east", "offer", "verdict"),
    [
        (0.6, 0.6, 0.6, "supported"),
        (0.6, 0.4, 0.6, "mixed"),
        (0.6, 0.1, 0.6, "mixed"),
        (0.6, 0.1, 0.1, "contradicted"),
        (0.6, 0.6, None, "not identified"),
    ],
)
def test_rule_of_s7(west, east, offer, verdict):
    found = {k: seen(west=west, east=east, moved=0, bite=0) for k in (1.0, 2.0)}
    gains = None if offer is None else {k: np.where(np.arange(100) < 100 * offer, 0.1, 0.0) for k in found}
    assert verdict_s7(found, gains).verdict == verdict


@pytest.mark.parametrize(
    ("bite", "moved", "verdict"),
    [(0.6, 0.6, "supported"), (0.6, 0.1, "mixed"), (0.1, 0.1, "contradicted")],
)
def test_rule_of_s8(bite, moved, verdict):
    found = {k: seen(west=0, east=0, moved=moved, bite=bite) for k in (1.0, 2.0)}
    assert verdict_s8(found).verdict == verdict
    found[2.0] = seen(west=0, east=0, moved=0.6, bite=0.6)
    assert verdict_s8(found).verdict == ("supported" if verdict == "supported" else "not identified")


def test_judged_and_told():
    """With linear payoffs the middle needs k > 1: the rule must say that k decides."""
    p = line(101, rent=0.5)
    found = judge(p, today(), offered=replace(p, value=p.value + 5.0), powers=(1.0, 2.0), n=20)
    assert found["S10"].by_power[1.0] == "contradicted"
    assert found["S10"].shares[1.0]["logarithmic prior"] == 0.0
    assert found["S10"].shares[2.0]["logarithmic prior"] > 0.25
    assert found["S10"].verdict == "not identified"
    even = tuple(replace(axis, scale="linear") for axis in PRIOR)
    exact = regions(p, today(), even, (2.0,), 20)[2.0].shares()["neutral"][0]
    assert found["S10"].shares[2.0]["even prior"] == exact != found["S10"].shares[2.0]["logarithmic prior"]
    assert found["S7"].shares[2.0]["gains from the offer"] == 1.0
    assert judge(p, today(), powers=(1.0, 2.0), n=5)["S7"].verdict == "not identified"
    at = today(2.0)
    maps = regions(p, at, PRIOR, (1.0, 2.0), 20)
    text = reading(p, at, maps, edges(p, at, PRIOR), sobol({"a": p}, at, PRIOR, draws=64), found["S10"])
    assert "0 % at k = 1" in text
    assert f"{100 * maps[2.0].shares()['neutral'][0]:.0f} % at k = 2" in text
    assert "that the middle holds is not identified (k = 1: contradicted" in text
    assert "times as likely to turn the answer" in text
    assert "\n" not in text
    free = reading(p, replace(at, worth_east=0.5), maps)
    assert "RUS has no credible lever" in free
