# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Great circles, regions and shortest paths: closed forms, poles, 180th meridian, independent sampling."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from tertius.sky.paths import shortest_paths
from tertius.sky.raster import rastered
from tertius.sky.regions import Regions
from tertius.sky.sphere import EARTH_KM, along, distance_km, from_unit, to_unit

NOTHING = Regions.from_rings({})
CENTRES = [(0, 0), (0, 180), (60, 179.5), (89.9, 20), (-45, -60)]


def frame(lat, lon):
    """A point and two directions at right angles."""
    centre = to_unit(lat, lon)
    east = np.cross([0.13, 0.21, 1.0], centre)
    east /= np.linalg.norm(east)
    return centre, east, np.cross(centre, east)


def disc(lat, lon, km, n=360):
    """Ring of longitude and latitude around a point."""
    centre, east, north = frame(lat, lon)
    t, r = np.linspace(0, 2 * np.pi, n, endpoint=False), km / EARTH_KM
    points = np.cos(r) * centre + np.sin(r) * (np.cos(t)[:, None] * east + np.sin(t)[:, None] * north)
    return list(zip(*from_unit(points)[::-1], strict=True))


def opposite(lat, lon, km):
    """Two points at the same distance on either side of a centre."""
    centre, east, _ = frame(lat, lon)
    d = km / EARTH_KM
    return np.cos(d) * centre + np.sin(d) * east, np.cos(d) * centre - np.sin(d) * east


def taut(distance, radius):
    """Length of the string around a disc between two points opposite to each other."""
    d, r = distance / EARTH_KM, radius / EARTH_KM
    arc = np.pi - 2 * np.arccos(np.tan(r) / np.tan(d))
    return EARTH_KM * (2 * np.arccos(np.cos(d) / np.cos(r)) + np.sin(r) * arc)


def only(a, b, closed, tolerance=10.0):
    return shortest_paths(a[None], b[None], closed, tolerance)[0]


def test_distances_of_the_textbook():
    # JFK-LHR 5,540 km and Paris-Tokyo 9,710 km on the mean sphere, within the sphere's own 0.5 %
    assert distance_km(to_unit(40.64, -73.78), to_unit(51.47, -0.45)) == pytest.approx(5540, rel=5e-3)
    assert distance_km(to_unit(0, 179), to_unit(0, -179)) == pytest.approx(EARTH_KM * np.radians(2))
    assert distance_km(to_unit(89, 0), to_unit(89, 180)) == pytest.approx(EARTH_KM * np.radians(2))
    assert distance_km(to_unit(10, 10), to_unit(10, 10)) == 0.0


@settings(max_examples=40)
@given(st.tuples(*[st.floats(-89, 89), st.floats(-180, 180)] * 2))
def test_a_free_path_is_the_great_circle(corners):
    a, b = to_unit(*corners[:2]), to_unit(*corners[2:])
    assume(float(distance_km(a, b)) < EARTH_KM * (np.pi - 1e-6))  # between opposite ends any circle would do
    path = only(a, b, NOTHING)
    assert path.km == pytest.approx(float(distance_km(a, b)), rel=1e-12)
    assert path.km == path.direct_km
    far = Regions.from_rings({"FAR": [disc(-from_unit(a + b)[0], float(from_unit(a + b)[1]) + 180, 50)]})
    assert only(a, b, far).km <= path.km * 1.05


@pytest.mark.parametrize("centre", CENTRES)
@pytest.mark.parametrize("radius", [100, 500, 1500, 3000])
def test_the_detour_of_a_disc(centre, radius):
    a, b = opposite(*centre, 4000)
    path = only(a, b, Regions.from_rings({"X": [disc(*centre, radius)]}))
    exact = taut(4000, radius)
    assert exact * (1 - 1e-4) < path.km < exact * 1.005


@pytest.mark.parametrize("centre", CENTRES)
def test_a_smaller_tolerance_is_closer(centre):
    a, b = opposite(*centre, 3000)
    closed = Regions.from_rings({"X": [disc(*centre, 800)]})
    lengths = [only(a, b, closed, t).km for t in (40.0, 10.0, 2.0)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] == pytest.approx(taut(3000, 800), rel=1e-3)


def test_a_wall_on_a_meridian():
    wall = Regions.from_rings({"W": [[(10, -30), (11, -30), (11, 30), (10, 30)]]})
    path = only(to_unit(0, 0), to_unit(0, 21), wall)
    end = [to_unit(30, 10), to_unit(30, 11)]
    exact = sum(distance_km(p, q) for p, q in zip([to_unit(0, 0), *end], [*end, to_unit(0, 21)], strict=True))
    assert exact < path.km < exact * 1.005


def test_around_a_closed_pole_and_across_the_seam():
    cap = Regions.from_rings({"P": [[(x, 80.0) for x in range(-180, 180, 2)]]})
    path = only(to_unit(70, 0), to_unit(70, 180), cap)
    assert path.direct_km == pytest.approx(EARTH_KM * np.radians(40))
    assert cap.inside_km(path.points[:-1], path.points[1:]).sum() < 1.0
    exact = taut(EARTH_KM * np.radians(20), EARTH_KM * np.radians(10))
    assert path.km == pytest.approx(exact, rel=5e-3)


@settings(max_examples=25)
@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(-80, 80), st.floats(-180, 180))
def test_symmetry_and_monotonicity(lat, lon, lat2, lon2):
    a, b = to_unit(lat, lon), to_unit(lat2, lon2)
    if distance_km(a, b) > 19000:
        return
    rings = {"A": [disc(30, 40, 900)], "B": [disc(-10, 100, 1200)], "C": [disc(60, 179, 1500)]}
    closed = Regions.from_rings(rings)
    there, back = only(a, b, closed), only(b, a, closed)
    assert (there is None) == (back is None)
    if there is None:
        return
    assert there.km == pytest.approx(back.km, rel=1e-9)
    fewer = only(a, b, closed.only(["A", "C"]))
    assert there.direct_km <= fewer.km * (1 + 1e-12)
    assert fewer.km <= there.km * (1 + 1e-6)
    assert closed.inside_km(there.points[:-1], there.points[1:]).sum() < 1.0


def test_no_way_out_and_an_end_inside():
    ring = Regions.from_rings({"R": [disc(0, 0, 1000), disc(0, 0, 500)[::-1]]})
    assert only(to_unit(0, 0), to_unit(0, 30), ring) is None
    assert only(to_unit(0, 0), to_unit(0, 1), ring).km > 0
    assert only(to_unit(0, 6.5), to_unit(0, 30), ring) is None
    with pytest.raises(ValueError, match="opposite"):
        only(to_unit(0, 0), to_unit(0, 180), ring)


@settings(max_examples=25)
@given(st.floats(-85, 85), st.floats(-180, 180), st.floats(-85, 85), st.floats(-180, 180))
def test_km_inside_by_sampling(lat, lon, lat2, lon2):
    """An independent slow method: points along the arc, angles to the centres of discs."""
    a, b = to_unit(lat, lon), to_unit(lat2, lon2)
    whole = float(distance_km(a, b))
    if whole > 19500:
        return
    discs = {"A": (20, 30, 2000), "B": (85, 0, 1500), "C": (0, 180, 2500)}
    regions = Regions.from_rings({k: [disc(*d)] for k, d in discs.items()})
    points = along(a, b, (np.arange(4000) + 0.5) / 4000)
    sampled = [whole * np.mean(distance_km(points, to_unit(*d[:2])[None]) < d[2]) for d in discs.values()]
    assert_allclose(regions.inside_km(a[None], b[None])[0], sampled, atol=30 + whole / 1000)
    mine = regions.inside(points[::200])
    assert_allclose(
        mine, np.stack([distance_km(points[::200], to_unit(*d[:2])[None]) < d[2] for d in discs.values()], 1)
    )


def test_regions_cut_along_the_seam_are_whole():
    halves = Regions.from_rings(
        {
            "X": [
                [(170, -10), (180, -10), (180, 10), (170, 10)],
                [(-180, -10), (-170, -10), (-170, 10), (-180, 10)],
            ]
        }
    )
    km = halves.inside_km(to_unit([0], [160]), to_unit([0], [-160]))
    assert km[0, 0] == pytest.approx(EARTH_KM * np.radians(20))
    assert halves.inside(to_unit([5, 5, 5], [179.99, -179.99, 169])).ravel().tolist() == [True, True, False]


def test_the_coarse_picture_never_contradicts():
    regions = Regions.from_rings({"A": [disc(50, 170, 1500)], "B": [disc(-80, 10, 1800)]})
    rng = np.random.default_rng(3)
    p = rng.normal(size=(3000, 3))
    p /= np.linalg.norm(p, axis=1, keepdims=True)
    inside = regions.inside(p).any(axis=1)
    deep = rastered(regions)._at(p)
    assert not np.any(deep & ~inside)
    assert deep.sum() > 0.8 * inside.sum()


def test_entered_km_agrees_with_inside_km():
    regions = Regions.from_rings({"A": [disc(50, 170, 1500)], "B": [disc(10, 10, 1800)]})
    rng = np.random.default_rng(4)
    p = rng.normal(size=(2, 400, 3))
    p /= np.linalg.norm(p, axis=2, keepdims=True)
    out = ~regions.inside(p[0]).any(axis=1)
    a, b = p[0][out], p[1][out]
    assert_allclose(regions.entered_km(a, b), regions.inside_km(a, b).sum(axis=1), atol=1e-6)
