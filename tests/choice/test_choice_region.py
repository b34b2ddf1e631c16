# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The neutrality region, its edge, the distance to it: symmetry, closed forms, points on the edge."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from choice_payoffs import random_payoffs
from tertius.choice import KINDS, POWERS, PRIOR, Axis, Setting, best_reply, boundaries, edges, edges_of_box
from tertius.choice.boundary import trace
from tertius.choice.crossing import bisect, first_true
from tertius.choice.example import line
from tertius.choice.region import region, regions
from tertius.choice.threats import price_of_threats
from tertius.choice.utility import expected
from tertius.errors import BadInput

NEUTRAL = KINDS.index("neutral")
BOX = (Axis("west", 0.02, 1.0), Axis("east", 0.02, 1.0))


def symmetric(seed, n=9):
    """Payoffs that stay the same when traffic y becomes 1 - y and the powers change places."""
    value = np.random.default_rng(seed).normal(0.0, 10.0, (n, 2, 2))
    p = line(n)
    whole = p.value.copy()
    whole[0, 0] = value + value[::-1].transpose(0, 2, 1)
    return replace(p, value=whole)


@given(st.integers(0, 1000), st.sampled_from(POWERS))
def test_equal_powers_and_symmetric_payoffs_give_a_symmetric_region(seed, k):
    found = region(symmetric(seed), Setting(0.0, 0.0, k), PRIOR, n=12)
    assert_array_equal(found.kind[0] == NEUTRAL, found.kind[0].T == NEUTRAL)
    assert_allclose(found.value[0], found.value[0].T, atol=1e-10)


def test_the_map_is_the_best_reply_at_each_place():
    p = random_payoffs(2)
    axes = (Axis("penalty_west", 0.5, 2.0), Axis("rent", 0.0, 3.0, "linear"))
    found = region(p, Setting(0.4, 0.6, 1.5), axes, n=5)
    for i, a in enumerate(found.first):
        for j, b in enumerate(found.second):
            one = best_reply(p, Setting(0.4, 0.6, 1.5, penalty_west=a, rent=b))
            assert_array_equal(found.kind[:, i, j], one.kind)
            assert_allclose(found.traffic[:, i, j], one.traffic)
    assert_allclose(sum(found.shares().values()), 1.0)


@pytest.mark.parametrize(("scale", "share"), [("linear", 1.6 / 1.98), ("log", np.log(5.0) / np.log(100.0))])
def test_volume_under_a_prior_has_its_closed_form(scale, share):
    """Two stances, one power, k = 1: compliance where h L >= rent, so for h from .4 to 2."""
    axes = (Axis("west", 0.02, 2.0, scale), Axis("penalty_east", 0.5, 2.0))
    found = region(line(2, rent=4.0), Setting(0.0, 0.0, 1.0), axes, n=400)
    assert_allclose(found.shares()["comply"], share, atol=1 / 400)


def test_curvature_opens_the_middle():
    """None at k <= 1 with linear payoffs, some above."""
    found = regions(line(101, rent=0.5), Setting(0.0, 0.0), PRIOR, n=20)
    shares = [found[k].shares()["neutral"][0] for k in POWERS]
    assert shares[0] == shares[1] == 0.0
    assert min(shares[2:]) > 0.1


def middle(west, east, rent=0.5, loss=10.0, delta=0.02, income=1000.0):
    """k = 2 without saturation: how far y* is inside the three conditions, positive if neutral."""
    curve = loss * (west + east)
    y = (rent + 2 * east * loss) / (2 * curve)
    worth = 100 * curve * np.minimum(y, 1 - y) ** 2 / income
    return np.minimum.reduce([y - 0.1, 0.9 - y, worth - delta])


def test_edge_of_the_quadratic_case():
    p, at = line(2001, rent=0.5), Setting(0.0, 0.0, power=2.0)
    curves = boundaries(p, at, BOX, step=0.03)["FGO"]
    points = np.concatenate([c.points for c in curves])
    assert len(points) > 30
    assert np.abs(middle(*points.T)).max() < 1e-3
    found = region(line(401, rent=0.5), at, BOX, n=40)
    grid = np.meshgrid(found.first, found.second, indexing="ij")
    clear = np.abs(middle(*grid)) > 3e-3
    assert_array_equal((found.kind[0] == NEUTRAL)[clear], (middle(*grid) > 0)[clear])


@pytest.mark.parametrize("kind", ["neutral", "comply"])
def test_traced_points_lie_on_the_edge(kind):
    """Inside at the point, and not everywhere within a ten-thousandth of the box around it."""
    p, at = random_payoffs(11, sets=1), Setting(0.0, 0.0, power=2.0)
    curves = boundaries(p, at, PRIOR, kind=kind)["set 0"]
    assert curves
    angles = np.linspace(0.0, 2 * np.pi, 33)[:-1]
    for curve in curves:
        for point in curve.points:
            place = np.array([a.place(v) for a, v in zip(PRIOR, point, strict=True)])
            near = place + 1e-4 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
            around = [axis.at(near[:, i]) for i, axis in enumerate(PRIOR)]
            kinds = best_reply(p, Setting(*around, power=2.0)).kind[:, 0]
            here = best_reply(p, Setting(*point, power=2.0)).kind[0]
            assert here == KINDS.index(kind)
            assert (kinds != here).any()


def test_trace_follows_circles_corners_and_sides():
    def disc(at, r):
        return lambda p: ((p - at) ** 2).sum(axis=1) <= r**2

    one, two = disc(np.array([0.3, 0.3]), 0.15), disc(np.array([0.75, 0.7]), 0.2)
    curves = trace(lambda p: one(p) | two(p))
    assert [c.closed for c in curves] == [True, True]
    for curve, (at, r) in zip(curves, [((0.3, 0.3), 0.15), ((0.75, 0.7), 0.2)], strict=True):
        assert_allclose(np.hypot(*(curve.points - at).T), r, atol=1e-8)
        x, y = curve.points.T
        area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
        assert_allclose(area, np.pi * r**2, rtol=0.01)
    square = trace(lambda p: (np.abs(p - 0.5) <= 0.25).all(axis=1))
    assert len(square) == 1
    assert square[0].closed
    assert_allclose(np.abs(square[0].points - 0.5).max(axis=1), 0.25, atol=1e-8)
    line_ = trace(lambda p: p.sum(axis=1) <= 0.8)
    assert len(line_) == 1
    assert not line_[0].closed
    assert_allclose(line_[0].points.sum(axis=1), 0.8, atol=1e-8)
    assert np.ptp(line_[0].points[:, 0]) > 0.75
    assert trace(lambda p: np.ones(len(p), bool)) == []


def test_bisection():
    assert_allclose(first_true(lambda t: t <= 0.3, 1.0, 0.0), 0.3, atol=1e-10)
    assert first_true(lambda t: t >= 0.0, 0.0, 1.0) == 0.0
    assert_allclose(bisect(lambda t: t**2 >= 2.0, 0.0, 2.0), np.sqrt(2), atol=1e-9)


@given(st.floats(0.5, 8.0), st.floats(0.05, 0.3))
def test_distance_to_the_edge_has_its_closed_form(rent, west):
    """Two stances, one power, k = 1: the answer turns where h L = rent."""
    multiple = rent / 10.0 / west
    down, up = edges(line(2, rent=rent), Setting(west, 0.0, 1.0), [Axis("west", 0.01, 2.0)])
    found, other = (up, down) if multiple > 1 else (down, up)
    assert other.multiple is None
    assert_allclose(found.multiple, multiple, rtol=1e-8)
    assert found.becomes == ("comply" if multiple > 1 else "tolerate")
    assert "times as likely to turn the answer" in found.words()
    assert "within its range changes" in other.words()


def test_the_box_is_as_far_as_its_nearest_corner():
    p, at, box = line(2, rent=4.0), Setting(0.1, 0.0, 1.0), [Axis("west", 0.1, 0.2)]
    up = edges_of_box(p, at, box, [Axis("west", 0.01, 2.0)])[1]
    assert_allclose(up.multiple, 2.0, rtol=1e-8)


def test_edges_and_boundaries_refuse():
    with pytest.raises(BadInput, match="outside"):
        edges(line(), Setting(0.0, 0.1), PRIOR)
    with pytest.raises(BadInput, match="did you mean neutral"):
        boundaries(line(), Setting(0.1, 0.1), PRIOR, kind="neutrl")
    with pytest.raises(BadInput, match="between 0 and 1"):
        price_of_threats(line(), Setting(0.1, 0.1), step=0.0)


@given(st.integers(0, 1000), st.sampled_from(POWERS), st.sampled_from([0.1, 0.3]))
@settings(max_examples=25)
def test_prices_of_threats_move_the_stance_and_less_does_not(seed, k, step):
    p, at = random_payoffs(seed, sets=1), Setting(0.2, 0.2, k)
    for price, sign in zip(price_of_threats(p, at, step), (-1.0, 1.0), strict=True):
        u, y = expected(p, at)[0], p.traffic[0]
        reached = sign * (y - price.goal) >= -1e-12
        assert reached.any()
        assert (u[reached] + price.transfer * (1 + 1e-9) + 1e-9).max() >= u.max()
        assert price.transfer >= 0.0
        assert (price.transfer > 0) == (sign * (price.traffic - price.goal) < -1e-12)
        for name, multiple in (("", price.intensity), ("penalty_", price.penalty)):
            parameter = name + price.power
            start = 0.2 if not name else 1.0
            if multiple is not None:
                moved = best_reply(p, at.at(parameter, start * multiple)).traffic[0]
                assert sign * (moved - price.goal) >= -1e-12
            if multiple is not None and multiple > 1:
                short = best_reply(p, at.at(parameter, start * multiple * (1 - 1e-8))).traffic[0]
                assert sign * (short - price.goal) < 0


def test_a_threat_that_cannot_move_has_no_price_but_money_has():
    price = price_of_threats(line(2, rent=4.0, west_loss=1.0), Setting(0.2, 0.0, 1.0), 0.5)[0]
    assert price.intensity is None
    assert price.risk is None
    assert_allclose((price.transfer, price.penalty, price.own_cost), (3.8, 20.0, 1.0))
