# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What payoffs, settings and axes refuse, and how stances are refined."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from choice_payoffs import random_payoffs
from tertius.choice import PRIOR, Axis, Setting, best_reply, region
from tertius.choice.example import line
from tertius.choice.hazards import hazard
from tertius.choice.refine import refine
from tertius.errors import BadInput

BASE = line(3)
HOLE = BASE.value.copy()
HOLE[0, 1, 2, 1, 0] = np.nan


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"players": ("RUS", "coalition-2022", "RUS")}, "focal state RUS is among the powers"),
        ({"players": ("KAZ", "RUS", "RUS")}, "RUS is both powers"),
        ({"players": ("KAZ", "RUS")}, "2 players"),
        ({"stance": np.zeros((0, 1))}, "stance set is empty"),
        ({"stance": np.array([[0.0], [0.5], [0.9]])}, "strict compliance"),
        ({"stance": np.array([[0.1], [0.5], [1.0]])}, "full tolerance"),
        ({"stance": np.zeros((3, 3))}, "has shape"),
        ({"stance": np.array([[0.0], [1.5], [1.0]])}, "runs from 0 to 1.5"),
        ({"traffic": np.zeros((1, 4))}, "has shape"),
        ({"traffic": np.array([[1.2, 0.5, 0.0]])}, "runs from 0 to 1.2"),
        ({"value": HOLE}, r"not a number at \[0, 1, 2, 1, 0\]"),
        ({"income": np.array([1.0, 0.0, 1.0])}, "not positive"),
        ({"sets": ()}, "no elasticity set"),
        ({"options": {"join": np.zeros((1, 3, 2))}}, "has shape"),
        ({"option_traffic": {"join": 0.0}}, "not a known option"),
    ],
)
def test_bad_payoffs(change, what):
    with pytest.raises(BadInput, match=what):
        replace(BASE, **change)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Setting(-0.3, 0.1), "setting: west: -0.3 is negative"),
        (lambda: Setting(0.3, np.array([0.1, -1.0])), "setting: east: -1 is negative"),
        (lambda: Setting(0.3, 0.1, power=0.0), "setting: power: 0 is not positive"),
        (lambda: Setting(0.3, np.nan), "setting: east"),
        (lambda: hazard(np.ones(2), -0.1, 1.0), "-0.1 is negative"),
        (lambda: hazard(np.ones(2), 0.1, -1.0), "k = -1 is not positive"),
        (lambda: Setting(0.3, 0.1).at("wets", 0.1), "did you mean west"),
        (lambda: Axis("wets", 0.1, 0.2), "did you mean west"),
        (lambda: Axis("west", 0.2, 0.1), "is no range"),
        (lambda: Axis("west", 0.0, 0.1), "cannot start at zero"),
        (lambda: BASE.only("FG"), "did you mean FGO"),
        (lambda: best_reply(BASE, Setting(0.1, 0.1), delta=0.0), "not positive"),
        (lambda: region(BASE, Setting(0.1, 0.1), (PRIOR[0], PRIOR[0])), "cannot be mapped"),
        (lambda: refine(BASE, 1), "below two"),
        (lambda: refine(replace(BASE, stance=np.array([[0.0], [0.0], [1.0]]))), "no full grid"),
    ],
)
def test_bad_assumptions(make, what):
    with pytest.raises(BadInput, match=what):
        make()


def test_an_option_needs_its_traffic():
    p = replace(BASE, options={"join": np.zeros((1, 3, 2, 2))})
    with pytest.raises(BadInput, match="option_traffic: nothing for join"):
        best_reply(p, Setting(0.1, 0.1))


def test_refined_stances_keep_the_computed_ones_whatever_their_order():
    p = random_payoffs(3)
    fine = refine(p, 11)
    for row, x in enumerate(p.stance[:, 0]):
        found = int(np.argmin(np.abs(fine.stance[:, 0] - x)))
        assert_allclose(fine.value[:, :, found], p.value[:, :, row], atol=1e-8)
        assert_allclose(fine.traffic[:, found], p.traffic[:, row], atol=1e-8)
    order = np.random.default_rng(0).permutation(len(p.stance))
    mixed = replace(p, stance=p.stance[order], traffic=p.traffic[:, order], value=p.value[:, :, order])
    assert_allclose(refine(mixed, 11).value, fine.value, atol=1e-12)


def test_two_groups_are_bilinear():
    x, z = (g.ravel() for g in np.meshgrid([0.0, 0.5, 1.0], [0.0, 1.0], indexing="ij"))
    plane = 2.0 + 3.0 * x - z + 5.0 * x * z
    p = replace(
        line(6),
        stance=np.stack([x, z], axis=1),
        traffic=(1.0 - 0.5 * x - 0.5 * z)[None],
        value=np.broadcast_to(plane[None, None, :, None, None], (1, 3, 6, 2, 2)),
    )
    fine = refine(p, 5)
    a, b = fine.stance.T
    assert fine.stance.shape == (25, 2)
    assert_allclose(fine.value[0, 0, :, 1, 0], 2.0 + 3.0 * a - b + 5.0 * a * b, atol=1e-12)
    assert_allclose(fine.traffic[0], 1.0 - 0.5 * a - 0.5 * b, atol=1e-12)


def test_without_hazards_refining_adds_no_optimum():
    """Linear pieces have their maxima at computed stances."""
    for seed in range(20):
        p, calm = random_payoffs(seed), Setting(0.0, 0.0)
        assert_allclose(best_reply(refine(p), calm).utility, best_reply(p, calm).utility, atol=1e-9)


def test_percent_is_of_each_players_own_income():
    p = replace(BASE, income=np.array([1000.0, 50.0, 200.0]))
    assert_allclose(p.percent()[0, 1], 100 * p.value[0, 1] / 50.0)


def test_axes_are_even_on_their_scale():
    for axis in (Axis("rent", 0.1, 10.0), Axis("rent", 0.0, 10.0, "linear")):
        places = np.linspace(0.0, 1.0, 7)
        assert_allclose([axis.place(v) for v in axis.at(places)[1:]], places[1:], atol=1e-12)
    assert_allclose(np.diff(np.log(Axis("rent", 0.1, 10.0).middles(5))), np.log(100) / 5)
