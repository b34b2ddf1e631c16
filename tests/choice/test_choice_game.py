# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The powers' game: brute force, matching pennies, orders of moves, limits of quantal response; groups."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose
from scipy.special import softmax

from choice_payoffs import random_payoffs
from tertius.choice import GROUPS, Group, Setting, announcements, best_reply, decide, solve_announcements
from tertius.choice.example import line
from tertius.choice.game import lead
from tertius.choice.groups import bargain, group_utilities, vote
from tertius.choice.nash import nash
from tertius.choice.quantal import quantal_response
from tertius.choice.utility import expected, strikes
from tertius.errors import BadInput

shapes = st.tuples(st.integers(1, 4), st.integers(1, 4))
whole = st.integers(-2, 2).map(float)
PENNIES = np.array([[1.0, -1.0], [-1.0, 1.0]])
PRISONERS = np.array([[3.0, 0.0], [5.0, 1.0]])


def pure_equilibria(row, column):
    return [
        (i, j)
        for i, j in product(*map(range, row.shape))
        if row[i, j] == row[:, j].max() and column[i, j] == column[i].max()
    ]


def check_equilibria(row, column):
    found = nash(row, column)
    assert found
    for e in found:
        assert_allclose((e.row.sum(), e.column.sum()), 1.0)
        assert (row @ e.column).max() <= e.payoff[0] + 1e-7
        assert (e.row @ column).max() <= e.payoff[1] + 1e-7
    pure = [e.payoff for e in found if e.pure]
    for i, j in pure_equilibria(row, column):
        assert any(np.allclose(p, (row[i, j], column[i, j])) for p in pure)
    return found


@given(st.integers(0, 10_000), shapes)
@settings(max_examples=40)
def test_random_games_against_brute_force(seed, shape):
    rng = np.random.default_rng(seed)
    found = check_equilibria(rng.normal(size=shape), rng.normal(size=shape))
    assert len(found) % 2 == 1  # Wilson (1971): nondegenerate games have an odd number


@given(
    shapes.flatmap(lambda s: st.tuples(arrays(float, s, elements=whole), arrays(float, s, elements=whole)))
)
@settings(max_examples=60)
def test_degenerate_games_against_brute_force(game):
    check_equilibria(*game)


def test_matching_pennies_mix_evenly():
    (only,) = nash(PENNIES, -PENNIES)
    assert_allclose(only.row, 0.5)
    assert_allclose(only.column, 0.5)
    assert not only.pure


def test_payoffs_in_millions_change_nothing():
    row, column = np.random.default_rng(4).normal(size=(2, 3, 3))
    for one, two in zip(nash(row, column), nash(1e6 * row - 3e8, 1e-6 * column + 1.0), strict=True):
        assert_allclose(one.row, two.row, atol=1e-6)
        assert_allclose(one.column, two.column, atol=1e-6)


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        (np.zeros((2, 2)), np.zeros((2, 3)), "shapes"),
        (np.full((2, 2), np.nan), np.zeros((2, 2)), "not a number"),
        (np.zeros((9, 2)), np.zeros((9, 2)), "at most 7"),
    ],
)
def test_games_that_are_none(row, column, what):
    with pytest.raises(BadInput, match=what):
        nash(row, column)


@given(st.integers(0, 10_000), shapes, st.floats(0.0, 20.0))
@settings(max_examples=40)
def test_a_quantal_response_answers_itself(seed, shape, precision):
    rng = np.random.default_rng(seed)
    row, column = rng.normal(size=shape), rng.normal(size=shape)
    found = quantal_response(row, column, precision)
    assert found.converged
    a, b = (m / (np.ptp(m) or 1.0) for m in (row, column))
    assert_allclose(found.row, softmax(precision * (a @ found.column)), atol=1e-9)
    assert_allclose(found.column, softmax(precision * (found.row @ b)), atol=1e-9)


def test_limits_of_quantal_response():
    assert_allclose(quantal_response(PRISONERS, PRISONERS.T, 0.0).row, 0.5)
    sure = quantal_response(PRISONERS, PRISONERS.T, 120.0)
    assert sure.converged
    assert_allclose(sure.row, nash(PRISONERS, PRISONERS.T)[0].row, atol=1e-9)
    for precision in (1.0, 10.0):
        pennies = quantal_response(PENNIES, -PENNIES, precision)
        assert pennies.converged
        assert_allclose(pennies.row, 0.5, atol=1e-9)
    skew = np.array([[3.0, -1.0], [-1.0, 1.0]])
    cycle = quantal_response(skew, -skew, 30.0)
    assert cycle.converged
    assert_allclose(cycle.row, nash(skew, -skew)[0].row, atol=0.05)
    with pytest.raises(BadInput, match="zero or more"):
        quantal_response(PENNIES, PENNIES, -1.0)


@given(st.integers(0, 10_000), shapes)
def test_leading_is_backward_induction(seed, shape):
    leader, follower = np.random.default_rng(seed).normal(size=(2, *shape))
    i, j = lead(leader, follower)
    replies = [max(range(shape[1]), key=lambda c, r=r: follower[r, c]) for r in range(shape[0])]
    assert j == replies[i]
    assert leader[i, j] == max(leader[r, c] for r, c in enumerate(replies))
    assert leader[i, j] >= max((leader[a, b] for a, b in pure_equilibria(leader, follower)), default=-np.inf)


def test_announced_payoffs_are_those_of_the_followed_stance():
    p, at = random_payoffs(8), Setting(0.0, 0.0, 1.5)
    west, east, rivalry = [0.0, 0.3, 0.9], [0.1, 0.7], (0.5, 0.25)
    for e, game in enumerate(announcements(p, at, west, east, rivalry)):
        for (i, w), (j, r) in product(enumerate(west), enumerate(east)):
            here = Setting(w, r, 1.5)
            x = int(best_reply(p, here).index[e])
            u = [expected(p, here, player)[e, x] for player in range(3)]
            y = p.traffic[e, x]
            assert game.index[i, j] == x
            assert_allclose(game.payoff_focal[i, j], u[0])
            assert_allclose(game.payoff_west[i, j], u[1] - 0.5 * u[2])
            assert_allclose(game.payoff_east[i, j], u[2] - 0.25 * (1 - y) * u[0])


def test_a_threat_that_deters_is_announced_by_whoever_gains():
    """Rent is Russia's too: W threatens fully, and never has to strike."""
    p = line(2, rent=4.0)
    p.value[0, 2] += 50.0 * p.traffic[0][:, None, None]
    game = announcements(p, Setting(0.0, 0.0, 1.0), [0.0, 1.0], [0.0], rivalry=(1.0, 0.0))[0]
    found = solve_announcements(game)
    assert found.equilibria[0].row.tolist() == [0.0, 1.0]
    assert found.west_leads == found.east_leads == (1, 0)
    assert found.quantal.row[1] > 0.99
    assert game.traffic[1, 0] == 0.0


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda p: announcements(p, Setting(0.0, 0.0, worth_west=0.1), [0.0], [0.0]), "no credible lever"),
        (lambda p: announcements(p, Setting(0.0, 0.0), [], [0.0]), "west: .* empty"),
        (lambda p: announcements(p, Setting(0.0, 0.0), [0.0], [0.2, 0.1]), "east: .* not rising"),
        (lambda p: announcements(p, Setting(0.0, 0.0), [-0.2], [0.1]), "setting: west: -0.2"),
        (lambda p: announcements(p, Setting(0.0, 0.0), [0.0], [0.0], (-1.0, 0.0)), "negative"),
        (lambda p: decide(p, Setting(0.0, 0.0), ()), "no group"),
        (lambda p: Group("nobody", 0.0), "no vote"),
        (lambda p: Group("odd", 1.0, trade=-1.0), "negative"),
    ],
)
def test_refused(call, what):
    with pytest.raises(BadInput, match=what):
        call(line())


@given(st.integers(0, 10_000))
def test_a_group_with_the_states_weights_is_the_state(seed):
    p, at = random_payoffs(seed), Setting(0.5, 0.8, 1.5, penalty_east=1.4)
    assert_allclose(group_utilities(p, at, [Group("all", 2.0)])[0], expected(p, at), atol=1e-11)
    alone = decide(p, at, [Group("all", 2.0)])
    assert alone.preferred[0].tolist() == alone.voted.tolist() == best_reply(p, at).index.tolist()


def test_minding_punishment_more_moves_a_group_away_from_it():
    p, at = line(101, rent=0.5), Setting(0.1, 0.1, power=2.0)
    found = decide(p, at, [Group("w", 1.0, west=2.0), Group("all", 1.0), Group("r", 1.0, east=2.0)])
    assert found.traffic[0, 0] < found.traffic[1, 0] < found.traffic[2, 0]
    assert found.rule == ("median",)
    assert found.voted[0] == found.preferred[1, 0]
    assert strikes(p, at)[0][0, found.bargained[0]] <= strikes(p, at)[0][0, 0]


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_the_median_voter_is_beaten_by_nobody(seed, groups):
    rng = np.random.default_rng(seed)
    y, weight = rng.random(8), rng.random(groups) + 0.1
    peaks = rng.random((groups, 1))
    winner, rule = vote(-np.abs(y - peaks), y, weight, 1e-12)
    assert rule == "median"
    u = -np.abs(y - peaks)
    for other in range(8):
        assert weight[u[:, other] > u[:, winner] + 1e-12].sum() <= weight.sum() / 2 + 1e-9


def test_plurality_where_somebody_likes_both_ends():
    y = np.array([0.0, 0.5, 1.0])
    u = np.array([[2.0, 0.0, 1.0], [0.0, 1.0, 2.0], [0.0, 2.0, 1.0]])
    assert vote(u, y, np.array([1.0, 1.0, 1.5]), 1e-12) == (1, "plurality")
    assert vote(u, y, np.ones(3), 1e-12) == (0, "plurality")  # a tie goes to least traffic


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_a_bargain_is_the_largest_product_of_gains(seed, groups):
    rng = np.random.default_rng(seed)
    u, weight = rng.normal(size=(groups, 6)), rng.random(groups) + 0.1
    index = bargain(u, rng.random(6), weight, 0, 1e-12)
    gain = u - u[:, [0]]
    products = np.where(
        (gain > 0).all(axis=0), np.prod(np.clip(gain, 0, None) ** weight[:, None], axis=0), 0.0
    )
    assert index == (int(products.argmax()) if products.max() > 0 else 0)


def test_shipped_groups_decide():
    found = decide(line(21, rent=0.5), Setting(0.1, 0.1, power=2.0))
    assert found.names == tuple(g.name for g in GROUPS)
    assert found.traffic[1, 0] < found.traffic[2, 0]
