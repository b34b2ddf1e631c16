# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Scenario files: versions, blocks, sums, and what every shipped one must have."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from scenario_files import measure, scenario

import tertius as tt
from tertius.policy import ScenarioFile

SHIPPED = tt.list_scenarios()


@pytest.fixture
def dated(write):
    return write(
        scenario(
            measure(factor=2, block="one", in_force="2022-01-01", until="2022-07-01"),
            measure(factor=3, block="two", in_force="2022-06-01"),
            measure(factor=5, block="two"),
            versions={"spring": date(2022, 3, 1), "june": date(2022, 6, 8), "winter": date(2022, 12, 31)},
        )
    )


def factor(found, world):
    return float(found.wedges(world).iceberg.sel(exporter="DEU", importer="RUS", sector="C26"))


@pytest.mark.parametrize(
    ("suffix", "wanted"),
    [
        ("", 10),  # the first version
        ("@spring", 10),
        ("@june", 30),
        ("@winter", 15),
        ("@2022-05-31", 10),
        ("@2022-06-01", 30),  # the first day
        ("@2022-06-30", 30),
        ("@2022-07-01", 15),  # the first day on which it no longer applies
        ("@2021-12-31", 5),
        ("@june:one", 2),
        ("@june:two", 15),
        (":two", 5),
    ],
)
def test_versions_dates_and_blocks(dated, world, suffix, wanted):
    found = tt.Scenario.load(f"{dated}{suffix}")
    assert factor(found, world) == wanted
    version = suffix.lstrip("@").split(":")[0] or "spring"
    block = f":{suffix.split(':')[1]}" if ":" in suffix else ""
    assert found.id == f"mine@{version}{block}"


def test_the_same_in_python(dated, world):
    found = tt.Scenario.load(dated)
    assert found.blocks == ("one", "two")
    assert factor(found.at("june").only("two"), world) == 15
    assert factor(found.at(date(2022, 6, 8)), world) == 30
    assert factor(found.at(""), world) == 30  # whenever
    assert factor(found, world) == 10  # unchanged
    assert [k for k, _ in found.at("winter").measures] == [1, 2]


def test_sums(dated, world):
    found = tt.Scenario.load(f"{dated}@june:one + {dated}@june:two")
    assert found.id == "mine@june:one+mine@june:two"
    assert found.title == "Mine + Mine"
    assert factor(found, world) == 30


def test_odd_paths(write, world, tmp_path):
    folder = tmp_path / "a+b@c"
    folder.mkdir()
    path = write(scenario(measure()))
    odd = path.rename(folder / "my.yaml")
    for reference in (odd, str(odd)):
        assert factor(tt.Scenario.load(reference), world) == 2
    yml = odd.rename(tmp_path / "other.yml")
    assert factor(tt.Scenario.load(str(yml)), world) == 2


def test_version_and_block_on_an_odd_path(dated, world, tmp_path):
    folder = tmp_path / "x@y"
    folder.mkdir()
    odd = dated.rename(folder / "my.yaml")
    assert factor(tt.Scenario.load(f"{odd}@june:two"), world) == 15


def test_text_is_kept_as_written(write):
    path = write(scenario(measure()))
    assert tt.Scenario.load(path).text == path.read_text(encoding="utf-8")


def test_sanctions_two_dates_two_blocks():
    world = tt.load_world()
    june, december = (tt.Scenario.load(f"sanctions-2022@{d}") for d in ("june", "december"))
    assert june.on == date(2022, 6, 8)
    assert december.on == date(2022, 12, 31)
    assert tt.Scenario.load("sanctions-2022").id == june.id
    assert {"export_bans", "import_bans"} <= set(june.blocks)
    assert len(december.measures) > len(june.measures)
    crude = {"exporter": "RUS", "importer": "DEU", "sector": "B06"}
    assert june.wedges(world).iceberg.sel(crude) == 1  # adopted, not yet in force
    assert december.wedges(world).iceberg.sel(crude) > 1
    assert june.wedges(world).iceberg.sel(exporter="RUS", importer="USA", sector="B06") > 1
    goods = {"exporter": "DEU", "importer": "RUS", "sector": "C26"}
    assert june.only("import_bans").wedges(world).iceberg.sel(goods) == 1
    assert june.only("export_bans").wedges(world).iceberg.sel(goods) > 1


# --- every shipped scenario -------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_is_complete(name):
    found = tt.Scenario.load(name)
    assert found.file.name == name
    assert found.file.title
    assert found.file.summary
    assert found.file.world in tt.list_worlds()
    assert found.file.not_modelled
    assert all(line.strip() for line in found.file.not_modelled)
    assert found.source == f"{name}.yaml"
    # REUSE-IgnoreStart
    assert "SPDX-License-Identifier: CC-BY-4.0" in found.text
    # REUSE-IgnoreEnd
    for _, m in found.at("").measures:
        assert m.why.title.strip()
        assert "status" in m.why.model_fields_set
        assert m.label
        if m.why.status == "verified":
            assert m.why.url.startswith("http")
            assert m.why.accessed
        if m.why.status == "assumption":
            assert m.assumption or "Hypothetical" in m.why.title


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_has_usable_wedges(name):
    world = tt.load_world()
    found = tt.Scenario.load(name)
    home = np.arange(len(world.countries))
    for version in (*found.file.versions, ""):
        for block in ("", *found.blocks):
            part = found.at(version)
            z = (part.only(block) if block else part).wedges(world)
            iceberg = z.arrays(world)["iceberg"]
            assert not np.isnan(iceberg).any()
            assert np.all(iceberg >= 1)
            assert_array_equal(iceberg[home, home], 1)
            assert float(z.tariff.min()) >= 0


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_changes_something_in_every_version(name):
    world = tt.load_world()
    neutral = tt.Wedges.neutral(world)
    found = tt.Scenario.load(name)
    for version in (*found.file.versions, ""):
        z = found.at(version).wedges(world)
        assert (z.iceberg != 1).any() or (z.tariff != neutral.tariff).any() or z.caps


def test_the_four_scenarios_are_there():
    assert {"decoupling-x2", "sanctions-2022", "embargo-rus-kaz", "eaeu-exit"} <= set(SHIPPED)


def test_decoupling_is_what_the_yardstick_says():
    world = tt.load_world()
    z = tt.Scenario.load("decoupling-x2").wedges(world)
    doubled = z.iceberg == 2
    assert int(doubled.sum()) == 2 * 38 * 28
    assert ((z.iceberg == 1) | doubled).all()
    coalition = [c for c in world.countries if doubled.sel(exporter="RUS", importer=c, sector="SERV")]
    assert len(coalition) == 38
    assert {"DEU", "USA", "GBR", "CAN", "JPN", "KOR", "AUS", "NZL", "NOR", "CHE", "ISL", "TWN"} <= set(
        coalition
    )


def test_embargo_is_infinite_both_ways():
    z = tt.Scenario.load("embargo-rus-kaz").wedges(tt.load_world())
    shut = np.isposinf(z.iceberg)
    assert int(shut.sum()) == 2 * 28
    assert shut.sel(exporter="RUS", importer="KAZ").all()
    assert shut.sel(exporter="KAZ", importer="RUS").all()


# --- schema -----------------------------------------------------------------------------------------


def test_json_schema_can_be_generated():
    schema = ScenarioFile.model_json_schema()
    assert json.dumps(schema)
    assert set(schema["required"]) == {"schema_version", "name", "title", "measures"}
    assert schema["additionalProperties"] is False
    kinds = schema["properties"]["measures"]["items"]["discriminator"]["mapping"]
    assert set(kinds) == {
        "tariff", "export_tax", "nontariff_cost", "export_ban", "import_ban", "embargo", "quota", "price_cap",
        "preference", "transfer", "coalition", "productivity", "labour", "withdrawal", "hub_stance",
        "route_cost", "capacity",
    }  # fmt: skip
    ban = schema["$defs"]["ExportBan"]["properties"]["coverage"]
    assert ban["default"] == 1
    assert {"type": "number", "minimum": 0, "maximum": 1} in ban["oneOf"]
    assert all("kind" in schema["$defs"][k.rsplit("/")[-1]]["required"] for k in kinds.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_file_survives_being_written_as_json(name):
    file = tt.Scenario.load(name).file
    assert ScenarioFile.model_validate_json(file.model_dump_json(exclude_unset=True)) == file


@pytest.mark.parametrize(
    ("days", "remedy"),
    [
        ({"in_force": "2022-03-01"}, "the first came on 2022-03-01"),
        ({"until": "2020-01-01"}, "all have ended"),
    ],
)
def test_a_day_without_any_measure_is_refused(write, world, days, remedy):
    path = write(scenario(measure(factor=2, **days)))
    with pytest.raises(tt.BadInput, match=f"no measure is in force then; {remedy}"):
        tt.Scenario.load(f"{path}@2021-01-01").wedges(world)
