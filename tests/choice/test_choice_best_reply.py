# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The best reply: theorems that hold for any payoff, closed forms, nesting."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from choice_payoffs import random_payoffs, with_penalty
from tertius.choice import KINDS, POWERS, Setting, best_reply, credibility
from tertius.choice.credible import require_credible, threshold
from tertius.choice.example import line
from tertius.choice.utility import expected, option_expected, strikes
from tertius.errors import BadInput

seeds = st.integers(0, 10_000)
powers = st.sampled_from(POWERS)
losses = st.floats(1.0, 20.0)
intensities = st.floats(0.0, 3.0)


@given(seeds, intensities, intensities, powers)
def test_expected_payoff_is_the_sum_over_four_states(seed, west, east, k):
    p = random_payoffs(seed)
    at = Setting(west, east, k)
    slow = np.zeros((2, 7))
    for e in range(2):
        for i in range(7):
            y = p.traffic[e, i]
            p_w, p_r = min(1.0, west * y**k), min(1.0, east * (1 - y) ** k)
            for a, pa in enumerate((1 - p_w, p_w)):
                for b, pb in enumerate((1 - p_r, p_r)):
                    slow[e, i] += pa * pb * p.value[e, 0, i, a, b]
    assert_allclose(expected(p, at), slow, atol=1e-11)


@given(seeds)
def test_without_hazards_the_best_payoff_is_chosen(seed):
    p = random_payoffs(seed)
    calm = Setting(0.0, 0.0)
    assert_array_equal(expected(p, calm), p.value[:, 0, :, 0, 0])
    assert_array_equal(best_reply(p, calm).index, p.value[:, 0, :, 0, 0].argmax(axis=1))


def test_without_routes_the_west_has_nothing_to_punish():
    p = replace(random_payoffs(1), traffic=np.zeros((2, 7)))
    assert_array_equal(strikes(p, Setting(2.0, 0.0))[0], 0.0)
    assert_array_equal(expected(p, Setting(2.0, 0.0)), p.value[:, 0, :, 0, 0])


@given(st.integers(-20, 20), st.integers(0, 20), powers)
def test_one_power_that_surely_punishes(rent, loss, k):
    """Two stances: comply exactly if W(0) - W(1) <= joint loss; equality goes to compliance."""
    p = line(2, rent=float(rent), west_loss=float(loss))
    reply = best_reply(p, Setting(west=1.0, east=0.0, power=k))
    assert (reply.traffic[0] == 0.0) == (rent <= loss)
    assert KINDS[reply.kind[0]] == ("comply" if rent <= loss else "tolerate")


@given(seeds, intensities, intensities, powers, st.floats(0.0, 50.0), st.sampled_from([0, 1]))
def test_traffic_falls_in_the_western_and_rises_in_the_eastern_penalty(seed, west, east, k, size, side):
    """Topkis, for any payoffs: -size p_W has decreasing, -size p_R increasing differences in traffic."""
    p, at = random_payoffs(seed), Setting(west, east, k)
    before, after = best_reply(p, at).traffic, best_reply(with_penalty(p, side, size), at).traffic
    assert (after <= before).all() if side == 0 else (after >= before).all()


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(1, 4))
def test_it_does_so_through_ties(rent, loss, more, k):
    """Whole numbers on three stances tie often; the stance with least traffic keeps the order."""
    at = Setting(1.0, 1.0, float(k))
    path = [
        best_reply(with_penalty(line(3, rent=float(rent), west_loss=float(loss)), 0, size), at).traffic[0]
        for size in (0.0, float(more), 2.0 * more)
    ]
    assert path == sorted(path, reverse=True)


@given(
    st.floats(0.0, 20.0), st.floats(0.0, 20.0), st.floats(0.0, 20.0), intensities, intensities,
    st.sampled_from([0.3, 0.5, 1.0]),
)  # fmt: skip
def test_linear_payoffs_and_hazards_that_do_not_curve_up_have_no_middle(rent, loss_w, loss_r, west, east, k):
    p = line(41, rent, loss_w, loss_r)
    reply = best_reply(p, Setting(west, east, k))
    assert reply.value[0] <= 1e-9
    assert KINDS[reply.kind[0]] != "neutral"


def test_losses_that_do_not_add_up_can_make_a_middle_even_then():
    """Why that theorem needs additive losses: struck once, a second strike costs nothing more."""
    p = line(41, rent=0.0)
    value = p.value.copy()
    value[0, 0, :, 1, 1] = -10.0
    reply = best_reply(replace(p, value=value), Setting(1.0, 1.0, power=1.0))
    assert KINDS[reply.kind[0]] == "neutral"
    assert_allclose(reply.traffic[0], 0.5)


@given(st.floats(-2.0, 2.0), losses, losses, st.floats(0.02, 1.0), st.floats(0.02, 1.0))
def test_the_quadratic_case_has_its_closed_form(rent, loss_w, loss_r, west, east):
    p = line(2001, rent, loss_w, loss_r)
    reply = best_reply(p, Setting(west, east, power=2.0))
    exact = (rent + 2 * east * loss_r) / (2 * west * loss_w + 2 * east * loss_r)
    assert abs(reply.traffic[0] - np.clip(exact, 0.0, 1.0)) <= 0.5 / 2000 + 1e-6


@given(seeds, intensities, st.floats(0.0, 3.0), powers)
def test_a_lever_that_costs_more_than_it_is_worth_moves_nothing(seed, west, east, k):
    p = random_payoffs(seed, sets=1)
    cost = threshold(p)[1, 0]
    worth = max(cost, 0.0) * 0.999
    at = Setting(west, east, k, worth_east=worth)
    believed = cost <= worth
    alone = best_reply(p, Setting(west, 0.0, k))
    if not believed:
        assert_array_equal(best_reply(p, at).index, alone.index)
        assert_array_equal(best_reply(p, at).utility, alone.utility)
    else:  # striking pays: it is believed whatever deterrence is worth
        assert_array_equal(best_reply(p, at).index, best_reply(p, Setting(west, east, k)).index)


def test_own_cost_is_taken_at_the_stance_that_is_punished():
    p = random_payoffs(6)
    (tolerate, comply), v = p.poles, p.value
    assert_allclose(threshold(p)[0], v[:, 1, tolerate, 0, 0] - v[:, 1, tolerate, 1, 0])
    assert_allclose(threshold(p)[1], v[:, 2, comply, 0, 0] - v[:, 2, comply, 0, 1])


def test_belief_is_decided_in_each_elasticity_set():
    p = line(2)
    value = np.repeat(p.value, 2, axis=0)
    value[1, 2, :, :, 1] = -7.0
    p = replace(p, sets=("a", "b"), value=value, traffic=np.repeat(p.traffic, 2, axis=0))
    at = Setting(0.0, 1.0, worth_east=3.0)
    assert credibility(p, at).admitted.tolist() == [[True, True], [True, False]]
    assert strikes(p, at)[1].tolist() == [[0.0, 1.0], [0.0, 0.0]]
    assert strikes(p, Setting(0.0, 1.0, worth_east=np.array([3.0, 8.0])))[1][:, 1, 1].tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("change", "worth", "what"),
    [
        ({}, 0.5, "RUS has no credible lever: transit-stop costs it USD 1 million, more than 0.5"),
        ({"levers": ("secondary-sanctions", "")}, np.inf, "RUS has no credible lever: none is named"),
    ],
)
def test_a_power_without_a_credible_lever(change, worth, what):
    p, at = replace(line(3), **change), Setting(0.0, 1.0, worth_east=worth)
    assert_array_equal(strikes(p, at)[1], 0.0)
    with pytest.raises(BadInput, match=what):
        require_credible(p, at)


def test_scales_touch_what_they_name():
    p = random_payoffs(5)
    none = Setting(0.4, 0.7, 1.5, penalty_west=0.0)
    assert_allclose(expected(p, none), expected(p, Setting(0.0, 0.7, 1.5)), atol=1e-12)
    assert_allclose(expected(p, none, player=1), expected(p, Setting(0.4, 0.7, 1.5), player=1), atol=1e-12)
    flat = expected(p, Setting(0.0, 0.0, rent=0.0))
    assert_allclose(flat, np.repeat(flat[:, [p.poles[1]]], 7, axis=1), atol=1e-12)


@given(seeds, powers)
def test_arrays_of_settings_are_settings_one_by_one(seed, k):
    p = random_payoffs(seed)
    west, east = np.array([0.1, 0.5, 2.0]), np.array([0.3, 1.5])
    whole = best_reply(p, Setting(west[:, None], east[None, :], k))
    for i, w in enumerate(west):
        for j, r in enumerate(east):
            one = best_reply(p, Setting(float(w), float(r), k))
            assert_array_equal(whole.index[i, j], one.index)
            assert_allclose(whole.value[i, j], one.value, atol=1e-12)
            assert_array_equal(whole.kind[i, j], one.kind)


def test_kinds():
    """A middle worth enough is neutral; too little, and the better pole names it; an option beats all."""
    p = line(101, rent=0.5)
    at = Setting(0.1, 0.1, power=2.0)
    exact = (0.5 + 2.0) / 4.0
    worth = 100 * 2.0 * (1 - exact) ** 2 / 1000
    reply = best_reply(p, at)
    assert_allclose(reply.value[0], worth, rtol=1e-3)
    assert bool(reply.neutral[0])
    assert KINDS[best_reply(p, at, delta=1.01 * worth).kind[0]] == "tolerate"
    mirror = line(101, rent=-0.5)
    assert KINDS[best_reply(mirror, at, delta=1.01 * worth).kind[0]] == "comply"
    gift = replace(p, options={"join": np.full((1, 3, 2, 2), 9.0)}, option_traffic={"join": 0.0})
    assert KINDS[best_reply(gift, at).kind[0]] == "option"
    assert_allclose(best_reply(gift, at).option_gain[0, 0], 9.0 - reply.utility[0])


@pytest.mark.parametrize(("rent", "kind"), [(180.0, "tolerate"), (-180.0, "comply")])
def test_worth_it_but_hardly_in_the_middle(rent, kind):
    reply = best_reply(line(101, rent, 1000.0, 1000.0), Setting(0.1, 0.1, power=2.0))
    assert_allclose(reply.traffic[0], (rent + 200.0) / 400.0)
    assert reply.value[0] > 0.02
    assert KINDS[reply.kind[0]] == kind


@given(seeds, intensities, intensities, powers)
def test_an_option_that_equals_a_stance_is_worth_as_much(seed, west, east, k):
    p = random_payoffs(seed)
    p = replace(p, options={"same": p.value[:, :, 3]}, option_traffic={"same": p.traffic[:, 3]})
    at = Setting(west, east, k, penalty_west=1.3)
    assert_allclose(option_expected(p, at)[:, 0], expected(p, at)[:, 3], atol=1e-12)
    assert not (best_reply(p, at).kind == KINDS.index("option")).any()
