# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Two routes files side by side, and a solve that starts from one nearby."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from routes_files import ban, number, small_world, write

import tertius as tt
from tertius.routes import merged

OTHER = {
    "name": "other",
    "groups": [],
    "q": number(3.0),
    "hubs": [{"hub": "RUS", "margin": number(0.1), "rent": number(1.0)}],
    "paths": [
        {
            "origins": ["KAZ"],
            "destinations": ["DEU"],
            "sectors": ["C28"],
            "measure": "share",
            "hubs": {"RUS": number(0.5)},
        }
    ],
}


@pytest.fixture
def world():
    return small_world()


@pytest.fixture
def two(tmp_path):
    return (
        tt.Routes.load(write(tmp_path / "first.yaml")),
        tt.Routes.load(write(tmp_path / "other.yaml", **OTHER)),
    )


def test_flows_of_both_files_are_there_with_their_own_elasticities(world, two):
    both = merged(*two)
    parts, whole = [r.flows(world).arrays for r in two], both.flows(world)
    assert whole.hubs == ("KAZ", "KGZ", "RUS")
    assert len(whole.arrays.sector) == sum(len(p.sector) for p in parts)
    assert_allclose(whole.arrays.q, np.concatenate([p.q for p in parts]))
    shares = [(r.om[:, :, None] * r.phi[:, :, 1:]).sum() for r in (*parts, whole.arrays)]
    assert_allclose(shares[0] + shares[1], shares[2])


def test_a_value_of_the_first_leaves_the_second_alone(world, two):
    found = merged(two[0].at(q=1.5), two[1]).flows(world).arrays
    assert sorted(set(found.q)) == [1.5, 3.0]


def test_nothing_happens_without_measures(world, two):
    eq = tt.solve(world, tt.Wedges.neutral(world), routes=merged(*two))
    assert_allclose(eq.welfare(), 0, atol=1e-8)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hubs": OTHER["hubs"] + [{"hub": "KAZ", "margin": number(0.1), "rent": number(1.0)}]}, "hub KAZ"),
        (
            {"groups": [{"name": "chips", "sectors": {"C26": 0.1}, "why": {"title": "x"}}]},
            "goods group chips",
        ),
        ({"services": "C28"}, "margins are paid to SERV and to C28"),
    ],
)
def test_what_both_describe_is_refused(tmp_path, two, changes, words):
    other = tt.Routes.load(write(tmp_path / "third.yaml", **(OTHER | changes)))
    with pytest.raises(tt.BadInput, match=words):
        merged(two[0], other)


def test_a_solve_nearby_is_a_shorter_way_to_the_same_place(world, two):
    one = tt.solve(world, ban(world, 0.6), routes=two[0])
    cold = tt.solve(world, ban(world, 0.61), routes=two[0])
    warm = tt.solve(world, ban(world, 0.61), routes=two[0], start=one.solution.z)
    assert warm.report.sweeps < cold.report.sweeps
    assert_allclose(warm.welfare(), cold.welfare(), atol=1e-7)
    again = tt.solve(world, ban(world, 0.6), routes=two[0], start=one.solution.z)
    assert again.report.sweeps <= 2


def test_a_start_of_another_shape_is_refused(world):
    with pytest.raises(tt.BadInput, match="solve: start: has shape"):
        tt.solve(world, ban(world, 0.6), start=np.zeros(3))
