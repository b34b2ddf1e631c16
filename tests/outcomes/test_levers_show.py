# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Levers on the page, on the command line and in files; exposure over the years."""

import json
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from typer.testing import CliRunner

import tertius as tt
from tertius.cli import app
from tertius.outcomes.exposure_paths import exposure_paths
from tertius.report.charts.lever_scatter import LeverDot, lever_scatter

SVG = "{http://www.w3.org/2000/svg}"


def run(*args):
    return CliRunner().invoke(app, list(args))


def circles(svg):
    return [(float(c.get("cx")), float(c.get("cy"))) for c in ET.fromstring(svg).iter(f"{SVG}circle")]


def test_dots_lie_on_their_side_of_the_line_of_equal_dollars():
    dots = [LeverDot("a", (10, 5, 20), (100, 50, 200)), LeverDot("b", (100, 90, 110), (10, 9, 11)),
            LeverDot("c", (30, 30, 30), (30, 30, 30), own=True)]  # fmt: skip
    svg = lever_scatter(dots)
    line = next(e for e in ET.fromstring(svg).iter(f"{SVG}line") if e.get("class") == "equal")
    x1, x2, y1, y2 = (float(line.get(k)) for k in ("x1", "x2", "y1", "y2"))
    height = [y1 + (x - x1) / (x2 - x1) * (y2 - y1) - y for x, y in reversed(circles(svg))]
    assert height[0] > 1
    assert height[1] < -1
    assert_allclose(height[2], 0.0, atol=0.05)


def test_free_levers_stand_in_the_strip_and_harmless_ones_only_in_the_key():
    svg = lever_scatter([LeverDot("free", (-1, -2, 0), (5, 4, 6)), LeverDot("idle", (1, 1, 1), (-3, -4, -2)),
                         LeverDot("both", (1, 0.5, 2), (5, 4, 6))])  # fmt: skip
    found = circles(svg)
    assert len(found) == 2
    assert min(x for x, _ in found) < 125 < max(x for x, _ in found)
    assert "idle (not shown" in svg
    assert lever_scatter([]) == ""


def test_exposure_paths_are_the_exposures_of_each_year():
    found = exposure_paths("KAZ", ("RUS", "G7"), ("BLR", "TUR"), (2021, 2019), "icio")
    own = tt.exposure(tt.load_world("icio-2021"))
    assert_allclose(
        found.values.sel(year=2021, affected="KAZ", power="RUS"), own.sel(affected="KAZ", source="RUS")
    )
    g7 = own.sel(affected="TUR", source=["CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA"]).sum()
    assert_allclose(found.values.sel(year=2021, affected="TUR", power="G7"), g7)
    t = found.trends().set_index(["affected", "power"])
    y = found.values.sel(affected="BLR", power="RUS").values
    assert_allclose(t.loc[("BLR", "RUS"), "slope"], (y[1] - y[0]) / 2)
    assert found.values["year"].values.tolist() == [2019, 2021]
    last = found.last_year(5)
    assert last.shape == (3, 5)
    assert_allclose(last.sel(affected="BLR", source="RUS"), own.sel(affected="BLR", source="RUS"))
    assert np.isnan(last.where(last["affected"] == last["source"], drop=True)).all()
    assert set(found.clusters(2)["cluster"]) == {1, 2}
    assert found.verdict() in ("supported", "mixed", "contradicted")
    with pytest.raises(tt.BadInput, match="groups of 3 states"):
        found.clusters(4)


def test_years_and_causes_that_do_not_exist():
    with pytest.raises(tt.BadInput, match="icio-1999"):
        exposure_paths("KAZ", years=(1999,), worlds="icio")
    with pytest.raises(tt.BadInput, match="did you mean trade_cost"):
        exposure_paths("KAZ", to="trade_costs")


@pytest.mark.parametrize(
    ("focal", "powers"), [("TUR", ("RUS", "coalition-2022", "CHN")), ("VNM", ("USA", "CHN"))]
)
def test_any_state_and_any_powers(focal, powers):
    w = tt.load_world("icio-2021")
    found = tt.levers(w, focal, powers, runs=("long",), elasticities=("FGO",), only=("embargo", "grain-ban"))
    assert {r.lever.id for r in found.results} == {
        *(f"embargo:{p}:{focal}" for p in powers),
        *(f"grain-ban:{focal}:{p}" for p in powers),
    }
    for r in found.results:
        assert r.target.percent.central > 0
        assert focal in (*r.lever.user, *r.lever.target)
    numbers = found.quantities(powers[0])
    assert numbers["levers"].values["FGO"] == 1  # grain is the focal state's


ONE = (
    "levers",
    "--world",
    "icio-2021",
    "--focal",
    "VNM",
    "--power",
    "CHN",
    "--run",
    "long",
    "--elasticity",
    "FGO",
)


def test_levers_of_another_state_on_the_command_line(tmp_path):
    chart, out = tmp_path / "l.svg", tmp_path / "l.csv"
    done = run(
        *ONE, "--lever", "embargo", "--lever", "food-ban", "--json", "--out", str(out), "--chart", str(chart)
    )
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert {x["lever"] for x in found["levers"]} == {"embargo:CHN:VNM", "food-ban:CHN:VNM"}
    assert len(pd.read_csv(out)) == 2
    assert len(circles(chart.read_text(encoding="utf-8"))) == 2
    plain = run(*ONE, "--lever", "embargo")
    assert "embargo:CHN:VNM" in plain.stdout


@pytest.mark.parametrize("ending", ["xlsx", "dta", "parquet"])
def test_union_in_every_form(tmp_path, ending):
    out = tmp_path / f"u.{ending}"
    one = ("--world", "icio-2021", "--scenario", "base", "--elasticity", "FGO", "--border", "0.05")
    done = run("union", *one, "--routes", "none", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert "note: " in done.stdout
    read = {"xlsx": pd.read_excel, "dta": pd.read_stata, "parquet": pd.read_parquet}[ending]
    frame = read(out)
    assert np.isfinite(frame.filter(regex="(?i)percent").to_numpy(dtype=float)).all()


def test_exposure_on_the_command_line():
    done = run("exposure", "--worlds", "icio", "--year", "2021", "--peer", "TUR", "--power", "RUS", "--json")
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["paths"]) == 2


def test_exposure_as_charts(tmp_path):
    lines, heat = tmp_path / "lines.svg", tmp_path / "heat.svg"
    one = ("--worlds", "icio", "--year", "2020", "--year", "2021", "--peer", "TUR", "--power", "RUS")
    done = run("exposure", *one, "--chart", str(lines), "--heat", str(heat))
    assert done.exit_code == 0, done.output
    cells = [e for e in ET.parse(heat).iter(f"{SVG}rect") if float(e.get("height")) > 10]
    assert len(cells) == 2 * 12
    assert len(list(ET.parse(lines).iter(f"{SVG}path"))) == 3


def test_the_union_as_a_chart(tmp_path):
    chart = tmp_path / "union.svg"
    one = ("--world", "icio-2021", "--scenario", "base", "--elasticity", "FGO", "--border", "0.05")
    done = run("union", *one, "--routes", "none", "--chart", str(chart), "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    parts = {r["part"]: r["central"] for r in found["summary"]}
    assert_allclose(parts["tariff"] + parts["border"] + parts["re-export"], parts["total"], atol=1e-10)
    bars = [e for e in ET.parse(chart).iter(f"{SVG}rect") if "bar" in (e.get("class") or "").split()]
    assert len(bars) == len(found["summary"])


def test_the_frontier_on_the_command_line(tmp_path):
    chart, out = tmp_path / "f.svg", tmp_path / "f.csv"
    one = ("--user", "CHN", "--target", "VNM", "--world", "icio-2021", "--sector", "C26", "--price", "1")
    done = run("frontier", *one, "--chart", str(chart), "--out", str(out), "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["user"] == ["CHN"]
    assert {"embargo:CHN:VNM", "punitive-tariff:CHN:VNM"} <= {x["lever"] for x in found["levers"]}
    assert found["power"][0]["index"] > 0
    assert len(pd.read_csv(out)) == len(found["points"])
    assert len(circles(chart.read_text(encoding="utf-8"))) == len(found["levers"])


def test_a_coalition_on_the_command_line(tmp_path):
    out = tmp_path / "c.csv"
    one = ("--target", "TUR", "--lever", "input-ban", "--world", "icio-2021")
    done = run("coalition", *one, "--member", "EU27", "--member", "USA+GBR", "--json", "--out", str(out))
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert [m["member"] for m in found["members"]] == ["EU27", "USA+GBR"]
    assert_allclose(sum(m["shapley"] for m in found["members"]), found["inflicted_usd"])
    assert pd.read_csv(out)["member"].tolist() == ["EU27", "USA+GBR"]
    plain = run("coalition", *one, "--member", "EU27", "--member", "USA+GBR")
    assert "stays out" in plain.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("levers", "--focal", "KZA"), "KAZ"),
        (("levers", "--chart", "x.png"), "is not an .svg file"),
        (("levers", "--out", "x.doc"), "x.doc"),
        (("union", "--focal", "USA"), "no member"),
        (("frontier", "--user", "KAZ", "--target", "KAZ"), "name another power"),
        (("frontier", "--chart", "f.png"), "is not an .svg file"),
        (("coalition", "--lever", "embarg"), "did you mean embargo"),
        (("coalition", "--member", "EU27"), "give two to"),
    ],
)
def test_mistakes_are_bad_input(args, words):
    done = run(*args, *(("--world", "icio-2021")))
    assert isinstance(done.exception, tt.BadInput)
    assert words in str(done.exception)
