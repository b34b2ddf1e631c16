# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Closures, services and what comes out: theorems on small networks, published detours as references."""

from datetime import date

import numpy as np
import pytest

import tertius as tt
from tertius.sky import Closures, Service, Traffic
from tertius.sky.costs import CRAFT, fee_per_km
from tertius.sky.places import airport, outlines, read_outlines
from tertius.sky.traffic import services

JUNE = date(2022, 6, 8)
PAIRS = [
    Service("HEL", "ICN", "FIN"), Service("HEL", "SIN", "FIN"), Service("FRA", "DEL", "DEU"),
    Service("HEL", "PEK", "FIN"), Service("FRA", "NRT", "DEU"), Service("FRA", "PEK", "DEU"),
    Service("AMS", "PEK", "NLD"), Service("CPH", "PVG", "DNK"), Service("CDG", "NRT", "FRA"),
    Service("HEL", "PEK", "CHN"), Service("FRA", "SVO", "DEU"), Service("VOZ", "SVO", "RUS"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return tt.overflights(network=PAIRS, tolerance_km=20.0)


def extra(found, a, b, carrier):
    s = found.services.set_index(["a", "b", "carrier"]).loc[(a, b, carrier)]
    return s["km_after"] - s["km_before"]


@pytest.mark.parametrize(
    ("a", "b", "carrier", "published", "tolerance"),
    [
        ("HEL", "ICN", "FIN", 4000, 1000),  # "almost 4,000": EUROCONTROL 12 April 2022
        ("HEL", "SIN", "FIN", 1400, 300),  # the same
        ("FRA", "DEL", "DEU", 0, 200),  # the same: no additional distance
        ("CPH", "PVG", "DNK", 1500, 200),  # the same
        ("HEL", "PEK", "FIN", 3200, 400),  # EUROCONTROL, March 2022: 1,729 nautical miles
        ("FRA", "NRT", "DEU", 1980, 400),  # 1,070 nautical miles
        ("FRA", "PEK", "DEU", 1310, 300),  # 710
        ("AMS", "PEK", "NLD", 1580, 300),  # 855
        ("CDG", "NRT", "FRA", 2060, 400),  # 1,112
    ],
)
def test_published_detours(found, a, b, carrier, published, tolerance):
    """Shortest ways are a lower bound of filed ones, so most are shorter; none is far."""
    assert extra(found, a, b, carrier) == pytest.approx(published, abs=tolerance)


def test_who_flies_what(found):
    status = found.services.set_index(["a", "b", "carrier"])["status"]
    assert status["HEL", "PEK", "CHN"] == "direct"
    assert status["HEL", "PEK", "FIN"] == "detour"
    assert status["FRA", "SVO", "DEU"] == "unserved"  # its airport's state is closed to it
    assert status["VOZ", "SVO", "RUS"] == "unserved"  # the zone swallows Voronezh
    assert found.countries.loc["RUS", "overflights_after"] < found.countries.loc["RUS", "overflights_before"]
    assert found.countries.loc["KAZ", "overflights_after"] > found.countries.loc["KAZ", "overflights_before"]


def test_an_open_sky_is_great_circles():
    some = services()[::40]
    free = tt.overflights(Closures.none(), before=None, network=some)
    s = free.services
    np.testing.assert_allclose(s["km_after"], s["direct_km"], rtol=1e-9)
    np.testing.assert_allclose(s["km_before"], s["direct_km"], rtol=1e-9)
    assert (s["status"] == "direct").all()
    assert (free.countries[[c for c in free.countries if c.endswith("_change")]] == 0).all(axis=None)
    assert free.carriers["extra_million_km"].abs().max() < 1e-9


def test_more_closures_never_shorten():
    some = [s for s in services() if s.carrier in ("FIN", "UZB")][::2]
    every = Closures.load("2022")
    fewer = every.without(["russia-36", "afghanistan"])
    a = tt.overflights(fewer, network=some).services
    b = tt.overflights(every, network=some).services
    both = b["km_after"].notna()
    assert (a["km_after"].notna() | ~both).all()
    assert (b["km_after"][both] >= a["km_after"][both] * (1 - 2e-3)).all()  # corners are rounded
    assert (b["km_after"][both] >= b["direct_km"][both] * (1 - 1e-12)).all()


def test_flights_scale_and_turn_round():
    there = tt.overflights(network=PAIRS[:2])
    back = tt.overflights(network=[Service(s.b, s.a, s.carrier) for s in PAIRS[:2]])
    np.testing.assert_allclose(there.services["km_after"], back.services["km_after"], rtol=1e-9)
    np.testing.assert_allclose(
        there.countries.sort_index(), back.countries.sort_index(), rtol=1e-6, atol=1e-9
    )
    twice = tt.overflights(network=PAIRS[:2], traffic=Traffic(weekly=14.0))
    np.testing.assert_allclose(twice.countries, 2 * there.countries, rtol=1e-12)
    np.testing.assert_allclose(twice.services["km_after"], there.services["km_after"])


def test_channels_add_up(found):
    split, whole = found.channels("KAZ"), found.countries.loc["KAZ"]
    for what in ("flights", "overflights", "million_km", "fees"):
        for when in ("before", "after"):
            assert split[f"{what}_{when}"].sum() == pytest.approx(whole[f"{what}_{when}"])
    assert split["share_of_change"].sum() == pytest.approx(1.0)


def test_km_over_states_add_up_on_land(found):
    path = found.flown.after[0]
    over = dict(zip(found.states, found.over[1, 0], strict=True))
    assert sum(over.values()) <= path.km * (1 + 1e-3)
    assert over["RUS"] < 60.0  # islets at most
    assert over["KAZ"] > 1000


def test_longest_gives_up_long_ways():
    short = tt.overflights(network=PAIRS[:2], longest=1.2)
    assert short.services["status"].tolist() == ["unserved", "direct"] or (
        short.services["status"].tolist() == ["unserved", "detour"]
    )


def test_both_channels_have_the_right_sign_in_a_sample():
    west = [s for s in services() if s.carrier in ("FIN", "DEU", "NLD") and "PEK" in (s.a, s.b)]
    russian = [s for s in services() if s.carrier == "RUS" and "AER" in (s.a, s.b)]
    split = tt.overflights(network=[*west, *russian], tolerance_km=40.0).channels("KAZ")
    assert split.loc["avoiding Russia", "overflights_change"] > 0
    assert split.loc["Russia", "overflights_change"] > 0
    zone = Closures.load("2022").with_zone("south-russia", "south-russia-west")
    less = tt.overflights(zone, network=russian, tolerance_km=40.0).channels("KAZ")
    assert less.loc["Russia", "overflights_change"] < split.loc["Russia", "overflights_change"]


def test_versions_by_date():
    sky = Closures.load("2022")
    assert "RUS" not in sky.closed_to("DEU", date(2022, 2, 23))
    assert "RUS" in sky.closed_to("DEU", date(2022, 2, 28))
    assert {"DEU", "CAN", "GBR"} <= sky.closed_to("RUS", JUNE)
    assert "MDA" in sky.closed_to("TUR", date(2022, 3, 1))
    assert "MDA" not in sky.closed_to("TUR", JUNE)
    assert "RUS" not in sky.closed_to("CHN", JUNE)
    assert {r.status for r in sky.rows} <= {"act", "found", "inferred", "memory", "assumption"}
    assert all(r.why.title for r in sky.rows)


def test_the_shipped_network_and_outlines():
    for s in services():
        s.check()
        assert s.airlines >= 1
    found = outlines().inside(np.array([[0.0, 0.0, -1.0]]))
    assert outlines().names[int(np.argmax(found[0]))] == "ATA"
    for code, state in (("ALA", "KAZ"), ("SVO", "RUS"), ("PEK", "CHN"), ("ANC", "USA")):
        from tertius.sky.sphere import to_unit

        place = airport(code)
        inside = outlines().inside(to_unit([place.lat], [place.lon]))[0]
        assert [n for n, x in zip(outlines().names, inside, strict=True) if x] == [state]


def test_fees_follow_the_formula():
    low, central, high = fee_per_km("KAZ", "narrow")
    assert low < central < high
    ratio = fee_per_km("KAZ", "wide")[1] / central
    assert ratio == pytest.approx((CRAFT["wide"].weight / CRAFT["narrow"].weight) ** 0.5)
    assert fee_per_km("RUS", "wide") == (1.285,) * 3


def test_own_outlines(tmp_path):
    square = {"type": "Polygon", "coordinates": [[[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]]}
    import json

    path = tmp_path / "fir.geojson"
    path.write_text(json.dumps({"features": [{"properties": {"state": "AAA"}, "geometry": square}]}))
    assert read_outlines(path, "state").inside(outlines().points[:0]).shape == (0, 1)
    with pytest.raises(tt.BadInput, match="no feature has the property"):
        read_outlines(path, "code")
    path.write_text("{}")
    with pytest.raises(tt.BadInput, match="is not GeoJSON"):
        read_outlines(path, "state")


@pytest.mark.parametrize(
    ("network", "words"),
    [
        ([Service("XX1", "ALA", "KAZ")], "'XX1' is not a known airport"),
        ([Service("ALA", "HEL", "FNI")], "'FNI' is not a known state"),
        ([Service("ALA", "HEL", "FIN", 1, "narow")], "did you mean narrow"),
        ([Service("ALA", "ALA", "KAZ")], "starts where it ends"),
    ],
)
def test_bad_services(network, words):
    with pytest.raises(tt.BadInput) as caught:
        tt.overflights(network=network)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("airspace: [RUX], carriers: [FIN], kind: ban", "RUS"),
        ("airspace: [RUS], carriers: [FINN], kind: ban", "FIN"),
        ("airspace: [RUS], carriers: [FIN], kind: bann", "kind"),
        ("airspace: [RUS], carriers: [FIN], kind: ban, until: 2021-01-01", "until must be after since"),
    ],
)
def test_bad_closures(tmp_path, text, words):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "schema_version: 1\nname: mine\ntitle: made up\nclosures:\n"
        f"  - {{id: one, {text}, since: 2022-01-01, status: assumption, why: {{title: made up}}}}\n"
    )
    with pytest.raises(tt.BadInput) as caught:
        Closures.load(path)
    assert words in str(caught.value)


def test_unknown_names_are_refused(found):
    with pytest.raises(tt.BadInput, match="file of closures"):
        Closures.load("2023")
    with pytest.raises(tt.BadInput, match="did you mean russia-36"):
        Closures.load("2022").without(["russia-37"])
    with pytest.raises(tt.BadInput, match="KAZ"):
        found.channels("KAX")


def test_the_route_map(found):
    from xml.etree import ElementTree

    from tertius.report.charts.route_map import route_map

    drawing = ElementTree.fromstring(route_map(found))
    groups = [e for e in drawing.iter() if "way" in (e.get("class") or "").split()]
    flown = sum(p is not None for p in [*found.flown.before, *found.flown.after])
    assert sum(len(list(g)) for g in groups) == flown
    assert len(groups) == 2 * 3 + 3  # before and after, and the key
