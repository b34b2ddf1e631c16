# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The routes file and its arrays: what a user may write, what is refused, what leakage implies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from routes_files import number, routes_dict, small_world, write

import tertius as tt
from tertius.routes import Routes, list_routes
from tertius.routes.leakage import base_share, leakage


@given(phi=st.floats(1e-9, 0.9), q=st.floats(1.05, 5.0))
def test_leakage_and_base_share_undo_each_other(phi, q):
    assert_allclose(base_share(leakage(phi, q), q, "x"), phi, rtol=1e-6)


@given(q=st.floats(1.1, 4.0), a=st.floats(0.001, 0.5), b=st.floats(0.001, 0.5))
def test_more_leakage_takes_larger_base_shares(q, a, b):
    most = 0.99 * (1 - 1 / q)
    low, high = sorted((a * most, b * most))
    assert base_share(low, q, "x") <= base_share(high, q, "x")


@pytest.mark.parametrize(("q", "leak", "phi"), [(1.5, 0.05, 0.010), (2.0, 0.10, 0.0071), (3.0, 0.25, 0.0094)])
def test_base_shares_that_a_leakage_implies(q, leak, phi):
    """The table of METHODS, section 3 holds leakage in general equilibrium, 1.27 times what is felt here."""
    assert_allclose(base_share(leak / 1.27, q, "x"), phi, rtol=0.35)


def test_too_much_leakage_for_q_is_refused():
    with pytest.raises(tt.BadInput, match=r"stays below 0\.2"):
        base_share(0.25, 1.25, "x")


def test_arrays_of_a_world(tmp_path):
    world = small_world()
    found = Routes.load(write(tmp_path / "r.yaml")).flows(world)
    r = found.arrays
    assert found.groups == ("chips", "tools", "other")
    assert found.hubs == ("KAZ", "KGZ")
    assert len(r.sector) == 2 * 3
    assert [world.countries[h] for h in r.hub] == ["KAZ", "ROW"]  # a hub that the world lacks
    assert_allclose(r.om.sum(axis=1), 1)
    assert_allclose(r.phi.sum(axis=2), 1)
    at = (r.sector == 0) & (r.exporter == 0)
    assert_allclose(r.om[at], [[0.4, 0.2, 0.4]])
    assert_allclose(r.phi[at, 2], [[1, 0, 0]])  # what no group holds goes directly
    total = base_share(0.12, 2.0, "x")
    assert_allclose(r.phi[at, 0], [[1 - total, total * 2 / 3, total / 3]])
    assert_allclose(r.nu, [[0.1, 0.2]] * 6)
    assert_allclose(r.e, [0.5, 1.0])


def test_values_are_chosen_from_the_ranges(tmp_path):
    routes, world = Routes.load(write(tmp_path / "r.yaml")), small_world()
    assert_allclose(routes.at(q="high").flows(world).arrays.q, 3.0)
    assert_allclose(routes.at(q=2.5).flows(world).arrays.q, 2.5)
    assert_allclose(routes.at(margin="low").flows(world).arrays.nu, [[0.0, 0.2]] * 6)
    assert_allclose(routes.at(rent=0.0).flows(world).arrays.e, 0.0)
    low = routes.at(shares="low").flows(world).arrays.phi[:, :, 1:].sum()
    assert low < routes.flows(world).arrays.phi[:, :, 1:].sum()
    assert routes.id == "small-routes"
    assert routes.at(q=2.5, rent="high").id == "small-routes[q=2.5, rent=high]"
    with pytest.raises(tt.BadInput, match="did you mean high"):
        routes.at(q="hihg")


def test_a_hub_carries_nothing_to_itself(tmp_path):
    path = routes_dict()["paths"][0] | {"origins": ["world"]}
    world = small_world()
    r = Routes.load(write(tmp_path / "r.yaml", paths=[path])).flows(world).arrays
    kaz, row = world.countries.index("KAZ"), world.countries.index("ROW")
    assert np.all(r.phi[r.exporter == kaz][:, :, 1] == 0)
    assert np.all(r.phi[r.exporter == row][:, :, 2] == 0)
    assert np.all(r.phi[r.exporter == kaz][:, :2, 2] > 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"q": number(0.9)}, "q must be at least 1"),
        ({"hubs": [{"hub": "KAX", "margin": number(0.1), "rent": number(1)}], "paths": [
            {"origins": ["DEU"], "destinations": ["RUS"], "measure": "share", "hubs": {"KAX": number(0.1)}}]},
         "did you mean"),
        ({"paths": [{"origins": ["DEU"], "destinations": ["RUS"], "measure": "share",
                     "hubs": {"KAZ": number(0.7), "KGZ": number(0.6)}}]}, "add up to more than 1"),
        ({"paths": [{"origins": ["KAZ"], "destinations": ["RUS"], "measure": "share",
                     "hubs": {"KAZ": number(0.1)}}]}, "its own origin"),
        ({"paths": [{"origins": ["DEU"], "destinations": ["RUS"], "measure": "share",
                     "hubs": {"ARE": number(0.1)}}]}, "ARE is not described above"),
        ({"paths": [{"origins": ["DEU"], "destinations": ["RUS"], "measure": "share", "groups": ["chip"],
                     "hubs": {"KAZ": number(0.1)}}]}, "chip is not described above"),
        ({"groups": [{"name": "a", "sectors": {"C26": 0.7}, "why": {"title": "x"}},
                     {"name": "b", "sectors": {"C26": 0.6}, "why": {"title": "x"}}],
          "paths": [{"origins": ["DEU"], "destinations": ["RUS"], "measure": "share",
                     "hubs": {"KAZ": number(0.1)}}]},
         "add up to 1.300"),
        ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_the_place(tmp_path, changes, words):
    with pytest.raises(tt.BadInput, match=words):
        Routes.load(write(tmp_path / "r.yaml", **changes)).flows(small_world())


def test_two_paths_cannot_send_the_same_goods(tmp_path):
    path = routes_dict()["paths"][0]
    with pytest.raises(tt.BadInput, match="another path has sent the same goods"):
        Routes.load(write(tmp_path / "r.yaml", paths=[path, path])).flows(small_world())
    other = path | {"groups": ["chips"], "q": number(2.5)}
    with pytest.raises(tt.BadInput, match="another q"):
        Routes.load(write(tmp_path / "r.yaml", paths=[path | {"groups": ["tools"]}, other])).flows(
            small_world()
        )


def test_unknown_names_are_refused():
    with pytest.raises(tt.BadInput, match="routes file"):
        Routes.load("no-such-routes")
    with pytest.raises(tt.BadInput, match="cannot be read"):
        Routes.load("no-such-file.yaml")
    assert list_routes() == sorted(list_routes())
