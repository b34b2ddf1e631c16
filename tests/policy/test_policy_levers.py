# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The lever catalogue: what a file may say, who uses what on whom, and what is refused."""

import pytest
import yaml

import tertius as tt
from tertius.policy.lever import LeverFile, catalogue, list_levers, load_levers
from tertius.routes import list_routes

WHY = {"title": "made up"}
BAN = {"kind": "export_ban", "exporters": ["user"], "importers": ["target"], "sectors": ["goods"], "why": WHY}


def file(**changes):
    lever = {
        "name": "stop",
        "title": "Stop",
        "user": ["power"],
        "target": ["focal"],
        "instrument": "export_ban",
        "purpose": "a test",
        "why": WHY,
        "measures": [BAN],
    } | changes
    kept = {k: v for k, v in lever.items() if v is not None}
    return {"schema_version": 1, "name": "mine", "title": "Mine", "levers": [kept]}


def written(path, **changes):
    path.write_text(yaml.safe_dump(file(**changes)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def world():
    return tt.load_world("eurasia-2021")


@pytest.mark.parametrize("name", list_levers())
def test_shipped_catalogues_are_cited_and_graded(name):
    for lever in load_levers(name).levers:
        assert lever.why.title
        assert lever.purpose
        if lever.identification == "not identified":
            assert len(lever.reason) > 40
        assert not lever.routes or lever.routes in list_routes()
        assert all(m.why.title for m in lever.measures)


@pytest.mark.parametrize("focal", ["KAZ", "TUR", "VNM", "UZB", "DEU"])
def test_any_focal_state_has_levers_that_make_wedges(world, focal):
    found = catalogue(world.countries, focal)
    assert len({x.id for x in found}) == len(found) >= 25
    for lever in found:
        assert set(lever.user).isdisjoint(lever.target)
        assert focal in (*lever.user, *lever.target)
        for run in ("long", "short") if lever.computed else ():
            assert len(lever.scenarios(run)) >= 1
    ban = next(x for x in found if x.id.startswith("input-ban:CHN"))
    closed = ban.scenarios()[0].wedges(world).closed
    assert float(closed.sel(exporter="CHN", importer=focal, sector="C26")) == 1
    assert float(closed.sum()) == float(closed.sel(exporter="CHN", importer=focal).sum())


def test_a_power_that_holds_the_focal_state_acts_without_it(world):
    lever = next(x for x in catalogue(world.countries, "DEU") if x.id == "embargo:coalition-2022:DEU")
    assert "DEU" not in lever.user
    assert "FRA" in lever.user


def test_a_power_that_is_the_focal_state_has_no_levers_on_itself(world):
    assert all(x.user != x.target for x in catalogue(world.countries, "CHN"))
    assert not [x for x in catalogue(world.countries, "CHN") if x.id.endswith("CHN:CHN")]


def test_levers_of_one_state_are_not_those_of_another(world):
    names = {x.spec.name for x in catalogue(world.countries, "TUR")}
    assert "cpc-stop" not in names
    assert "cpc-stop" in {x.spec.name for x in catalogue(world.countries, "KAZ")}


def test_the_short_run_may_have_measures_of_its_own(world):
    lever = next(x for x in catalogue(world.countries, "KAZ") if x.spec.name == "cpc-stop")
    assert lever.scenarios("long")[0].wedges(world).passages
    assert lever.scenarios("short")[0].wedges(world).quotas[0].limit == pytest.approx(0.3)
    assert len(lever.scenarios("short")) > 1


def test_a_file_of_ones_own(tmp_path, world):
    found = catalogue(world.countries, "TUR", powers=("RUS",), references=[written(tmp_path / "l.yaml")])
    assert [x.id for x in found] == ["stop:RUS:TUR"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"measures": None}, "either measures or scenario"),
        ({"scenario": "eaeu-exit"}, "either measures or scenario"),
        ({"identification": "not identified"}, "has no measures"),
        ({"identification": "not identified", "measures": None}, "reason is missing"),
        ({"instrument": "bribe"}, "instrument"),
        ({"why": None}, "why is missing"),
        ({"measures": [BAN | {"kind": "export_bann"}]}, "did you mean export_ban"),
    ],
)
def test_what_is_refused(tmp_path, changes, words):
    with pytest.raises(tt.BadInput, match=words):
        load_levers(written(tmp_path / "l.yaml", **changes))


def test_names_that_are_unknown(world):
    with pytest.raises(tt.BadInput, match="did you mean any-focal"):
        load_levers("any-focall")
    with pytest.raises(tt.BadInput, match="KAZ"):
        catalogue(world.countries, "KZA")
    with pytest.raises(tt.BadInput, match="cannot be read"):
        load_levers("nowhere.yaml")
    with pytest.raises(ValueError, match="described twice"):
        LeverFile.model_validate(file() | {"levers": file()["levers"] * 2})


def test_what_is_not_identified_has_no_scenario(world):
    lever = next(x for x in catalogue(world.countries, "KAZ") if not x.computed)
    with pytest.raises(tt.BadInput, match="not identified"):
        lever.scenarios()
