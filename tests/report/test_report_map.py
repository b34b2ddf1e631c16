# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The world map: every country of the tables is drawn, and the map says what it must."""

import hashlib
import importlib.util
import math
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path

import fabricated
import pytest
import yaml

from tertius.report.charts import Diverging, near_map, world_map
from tertius.report.charts.world_map import geometry

DATA = fabricated.make().map
SCALE = Diverging.fit(v.value for v in DATA.values)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(markup):
    return {e.get("data-iso3"): e for e in ET.fromstring(markup).iter() if e.get("data-iso3")}


def test_every_country_of_the_tables_is_drawn_inside_the_frame():
    shapes = drawn(world_map(DATA, "KAZ", SCALE))
    assert len(fabricated.COUNTRIES) == 80
    assert set(shapes) == set(fabricated.COUNTRIES)
    world = geometry()
    assert all(0 < world.shapes[c].x < world.width and 0 < world.shapes[c].y < world.height for c in shapes)


def test_small_states_are_dots_and_large_ones_paths():
    shapes = drawn(world_map(DATA, "KAZ", SCALE))
    assert {shapes[c].tag for c in ("SGP", "HKG", "MLT", "STP")} == {SVG + "circle"}
    assert {shapes[c].tag for c in ("RUS", "KAZ", "DEU")} == {SVG + "path"}


def test_each_country_says_its_name_and_value_on_hover():
    for code, shape in drawn(world_map(DATA, "KAZ", SCALE)).items():
        words = shape.find(SVG + "title").text
        assert words.startswith(next(v.name for v in DATA.values if v.iso3 == code))
        assert words.endswith(" %")
        assert shape.get("data-id") == f"real_income/both/{code}"


def test_the_focal_country_is_outlined_on_top_and_labelled():
    markup = world_map(DATA, "KAZ", SCALE)
    land = next(g for g in ET.fromstring(markup).iter(SVG + "g"))
    assert "focal" in land[-1].get("class")
    assert land[-1].get("data-iso3") == "KAZ"
    assert markup.count("focal") == 1
    assert ">Kazakhstan</text>" in markup


def test_countries_without_a_value_are_hatched_and_the_rest_of_the_world_is_not_drawn():
    markup = world_map(DATA, "KAZ", SCALE)
    hatched = [e for e in ET.fromstring(markup).iter() if e.get("class") == "land none"]
    assert any("Mongolia" in e.find(SVG + "title").text for e in hatched)
    assert "ROW" not in markup


def test_the_map_carries_its_note_and_stays_small():
    path = files("tertius.data").joinpath("tables/world_map.json")
    assert len(path.read_bytes()) <= 350_000
    assert geometry().note == "Boundaries are not a statement of position."
    assert geometry().note in world_map(DATA, "KAZ", SCALE)
    assert "ATA" not in geometry().shapes


def test_the_enlarged_part_reuses_the_shapes():
    markup = near_map(DATA, "KAZ")
    assert len(markup) < 10_000
    assert '<use href="#map-land"/>' in markup
    assert near_map(DATA, "XYZ") == ""


def test_the_origin_record_is_complete():
    record = yaml.safe_load(files("tertius.data").joinpath("origins/natural-earth.yaml").read_text("utf-8"))
    wanted = "accessed edition files id licence note producer redistribution title unit url"
    assert " ".join(sorted(record)) == wanted
    assert record["redistribution"] == "yes"
    assert len(record["files"][0]["sha256"]) == len(hashlib.sha256().hexdigest())


@pytest.fixture(scope="module")
def builder():
    path = Path(__file__).parents[2] / "scripts" / "build_map.py"
    if not path.is_file():
        pytest.skip("the builder is not part of the installed package")
    spec = importlib.util.spec_from_file_location("build_map", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_two_halves_are_joined_at_the_date_line(builder):
    west = [[170.0, 60.0], [180.0, 60.0], [180.0, 70.0], [170.0, 70.0], [170.0, 60.0]]
    east = [[-180.0, 60.0], [-170.0, 60.0], [-170.0, 70.0], [-180.0, 70.0], [-180.0, 60.0]]
    both = builder.country({"type": "MultiPolygon", "coordinates": [[west], [east]]})
    alone = builder.country({"type": "Polygon", "coordinates": [west]})
    assert both["d"].count("M") == 1
    assert both["area"] == pytest.approx(2 * alone["area"], rel=0.02)


def test_the_projection_keeps_areas(builder):
    """A cell of ten by ten degrees has the area the sphere gives it, wherever it lies."""

    def cell(lat):
        steps = [k / 10 for k in range(100)]
        ring = [(x, lat) for x in steps] + [(10.0, lat + y) for y in steps]
        ring += [(10.0 - x, lat + 10.0) for x in steps] + [(0.0, lat + 10.0 - y) for y in steps]
        return builder.area([builder.equal_earth(*q) for q in ring])

    on_sphere = (math.sin(math.radians(70)) - math.sin(math.radians(60))) / math.sin(math.radians(10))
    assert cell(60.0) / cell(0.0) == pytest.approx(on_sphere, rel=1e-4)


def test_the_builder_refuses_a_folder_without_the_source(builder, tmp_path, capsys):
    assert builder.main(["build_map.py", str(tmp_path)]) == 2
    assert "usage" in capsys.readouterr().err
