# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`tertius compare`, the run options, and the forms of results, from the command line."""

import re

import numpy as np
import openpyxl
import pandas as pd
import pytest
from cli_checks import loads, refused

import tertius as tt

JUNE, DECEMBER = "sanctions-2022@june", "sanctions-2022@december"
SHORT_BY_HAND = ["--factors", "specific", "--substitution", "0.2", "--scale", "0.38"]


# --- compare ----------------------------------------------------------------------------------------


def test_compare_prints_inputs_and_outcomes(tertius):
    code, out, err = tertius("compare", JUNE, DECEMBER, "--top", 3)
    assert (code, err) == (0, "")
    assert f"A: {JUNE} on icio-2021" in out
    for title in ("Settings", "Measures (the first 3 of", "Wedges, averages", "Wedges by pair", "Real income",
                  "Trade at the border", "Trade between two countries"):  # fmt: skip
        assert title in out
    assert "RUS to DEU" in out
    assert max(map(len, out.splitlines())) <= 140


def test_a_scenario_against_itself(tertius):
    code, out, err = tertius("compare", JUNE, JUNE)
    assert (code, err) == (0, "")
    assert "The inputs are the same." in out
    found = loads(tertius("compare", JUNE, JUNE, "--json")[1])
    assert found["settings"] == found["measures"] == found["wedges"] == found["pairs"] == []
    assert {c["real_income_difference"] for c in found["countries"]} == {0.0}


def test_base_stands_for_no_measures(tertius):
    found = loads(tertius("compare", "base", "decoupling-x2", "--json")[1])
    assert found["a"]["scenario"] == "base"
    assert [m["where"] for m in found["measures"]] == ["only B"]
    alone = loads(tertius("solve", "decoupling-x2", "--json")[1])["welfare"]["real_income"]
    for row in found["countries"]:
        assert abs(row["real_income_a"]) < 1e-8
        assert row["real_income_b"] == pytest.approx(alone[row["country"]], abs=1e-12)


def test_the_same_by_json_and_in_python(tertius):
    found = loads(tertius("compare", JUNE, DECEMBER, "--json")[1])
    world = tt.load_world()
    c = tt.compare(*(tt.solve(world, tt.Scenario.load(s)) for s in (JUNE, DECEMBER)))
    assert [r["country"] for r in found["countries"]] == c.countries["country"].tolist()
    assert found["countries"][0]["real_income_difference"] == c.countries["real_income_difference"][0]
    assert len(found["pairs"]) == len(c.pairs)
    assert len(found["flows"]) == 81 * 80


@pytest.mark.parametrize(
    ("options", "setting", "values"),
    [
        (["--world-b", "icio-2019"], "world", ["icio-2021", "icio-2019"]),
        (["--elasticity", "FGO", "--elasticity-b", "CP"], "elasticities", ["FGO", "CP"]),
        (["--closure-b", "own_share"], "closure", ["fixed_deficit", "own_share"]),
        (["--run-b", "short"], "run", ["long", "short"]),
    ],
)
def test_settings_of_b_alone(options, setting, values, tertius):
    code, out, err = tertius("compare", JUNE, JUNE, *options, "--json")
    assert (code, err) == (0, "")
    by_name = {row["setting"]: [row["a"], row["b"]] for row in loads(out)["settings"]}
    assert by_name[setting] == values


def test_country_limits_the_tables(tertius):
    code, out, err = tertius("compare", JUNE, DECEMBER, "--country", "KAZ", "--country", "BLR", "--top", 50)
    assert (code, err) == (0, "")
    assert "KAZ Kazakhstan" in out
    assert "SVK Slovakia" not in out
    found = loads(tertius("compare", JUNE, DECEMBER, "--country", "KAZ", "--json")[1])
    assert [r["country"] for r in found["countries"]] == ["KAZ"]
    assert len(found["flows"]) == 160


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (["compare", "decoupling-x3", "base"], ["scenario", "decoupling-x2"]),
        (["compare", "base", "gone.yaml"], ["gone.yaml", "cannot be read"]),
        (["compare", "base+decoupling-x2", "base"], ["'base' is not a known scenario"]),
        (["compare", "base", JUNE, "--world-b", "icio-2012"], ["world", "icio-20"]),
        (["compare", "base", JUNE, "--elasticity-b", "FGOO"], ["elasticity set", "FGO"]),
        (["compare", "base", JUNE, "--closure-b", "balance"], ["closure", "balanced"]),
        (["compare", "base", JUNE, "--run-b", "shrt"], ["run", "did you mean short"]),
        (["compare", "base", JUNE, "--country", "KZA"], ["--country", "KAZ"]),
        (["compare", "base", JUNE, "--out", "c.ods"], ["--out c.ods", ".xlsx"]),
        (["solve", JUNE, "--run", "medium"], ["solve: run", "long, short"]),
        (["solve", JUNE, "--factors", "skilled"], ["did you mean skills"]),
        (["solve", JUNE, "--factors", "1.2"], ["between 0 and 1"]),
        (["solve", JUNE, "--factors", "nan"], ["between 0 and 1"]),
        (["solve", JUNE, "--substitution", "valueadded=0.2"], ["--substitution", "value_added"]),
        (["solve", JUNE, "--substitution", "inputs=low"], ["--substitution", "'low' is not a number"]),
        (["solve", JUNE, "--substitution", "0"], ["positive number"]),
        (["solve", JUNE, "--scale", "-1"], ["positive number"]),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_nearest(words, needed, tertius, tmp_path):
    assert refused(tertius(*words), *needed)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("side", [0, 1])
def test_a_side_without_an_equilibrium(side, tertius, scenario, tmp_path):
    alone = scenario("kind: embargo, exporters: [KAZ], importers: [world]")
    pair = [alone, "base"] if side == 0 else ["base", alone]
    refused(tertius("compare", *pair, "--out", "c.csv"), "mine.yaml", "no equilibrium exists")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


def test_a_side_that_fails_ends_with_its_story(tertius, scenario, tmp_path):
    world = tt.load_world()
    kept = "RUS, KAZ, IRL, DEU"
    rest = [c for c in world.countries if c not in kept]
    small = world.aggregate(countries={"REST": rest}).save(tmp_path / "small.npz")
    everybody = f"exporters: [{kept}, REST], importers: [{kept}, REST]"
    costly = scenario(f"kind: nontariff_cost, {everybody}, factor: 4")
    code, out, err = tertius("compare", "base", costly, "--world", small)
    assert (code, out) == (1, "")
    assert err.startswith("tertius: not solved: ")


# --- results as files -------------------------------------------------------------------------------


def read(path):
    if path.suffix == ".xlsx":
        return pd.DataFrame(openpyxl.load_workbook(path)["by country"].values)
    return {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".dta": pd.read_stata}[path.suffix](path)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx", ".dta"])
@pytest.mark.parametrize("words", [["solve", "eaeu-exit"], ["compare", "base", "eaeu-exit"]])
def test_every_form_from_both_commands(words, suffix, tertius, tmp_path):
    code, _, err = tertius(*words, "--out", f"results{suffix}")
    assert (code, err) == (0, "")
    assert [p.name for p in tmp_path.iterdir()] == [f"results{suffix}"]
    assert len(read(tmp_path / f"results{suffix}")) >= 81


def test_without_openpyxl_the_extra_is_named_before_solving(tertius, monkeypatch):
    monkeypatch.setattr("tertius.outcomes.export.find_spec", lambda name: None)
    monkeypatch.setattr("tertius.outcomes.solve", lambda *_, **__: pytest.fail("was solved"))
    refused(tertius("solve", "eaeu-exit", "--out", "a.xlsx"), "--out a.xlsx", "pip install tertius[excel]")


# --- runs -------------------------------------------------------------------------------------------


def test_the_short_run_by_name_and_by_hand(tertius):
    by_name, by_hand = (
        loads(tertius("solve", JUNE, "--json", *options)[1])
        for options in (["--run", "short"], SHORT_BY_HAND)
    )
    assert by_name["welfare"] == by_hand["welfare"]
    assert by_name["run"]["name"] == "short"
    for key in ("factors", "substitution", "trade_elasticity_scale"):
        assert by_name["run"][key] == by_hand["run"][key]
    assert by_name["world"]["elasticity"] == "FGO x 0.38"


@pytest.mark.parametrize(
    ("text", "run", "wanted"),
    [
        ("0.5", "long", (0.5, 0.5, 1.0)),
        ("inputs=0.5", "long", (1.0, 0.5, 1.0)),
        ("inputs=0.5", "short", (0.2, 0.5, 1.0)),
        ("value_added=0.4, inputs=0.3, final=0.9", "short", (0.4, 0.3, 0.9)),
    ],
)
def test_substitution_as_it_is_written(text, run, wanted, tertius):
    code, out, err = tertius("solve", "eaeu-exit", "--run", run, "--substitution", text, "--json")
    assert (code, err) == (0, "")
    found = loads(out)["run"]["substitution"]
    assert (found["value_added"], found["inputs"], found["final"]) == wanted


def test_two_skills_from_the_command_line(tertius, tmp_path):
    code, out, err = tertius("solve", JUNE, "--factors", "skills", "--out", "a.csv")
    assert (code, err) == (0, "")
    assert "assumptions with wide ranges" in out
    table = pd.read_csv(tmp_path / "a.csv")
    assert np.isfinite(table.query("variable == 'Skill premium'")["value"]).sum() == 81


# --- a first scenario by hand -----------------------------------------------------------------------


def test_solve_tells_measures_changes_and_notes(tertius):
    code, out, err = tertius("solve", JUNE, "--run", "short", "--top", 2)
    assert (code, err) == (0, "")
    assert "36 measures in force" in out
    assert len(re.findall(r"^  - ", out, flags=re.MULTILINE)) == 5
    assert f"and 32 more; see `tertius scenarios {JUNE}`" in out
    assert re.search(r"Trade moves most: RUS to USA -[\d,]+ \(-\d+\.\d %\)", out)
    assert "converged" in out
    assert "Note: short run: no factor moves between sectors." in out
    assert len(out.splitlines()) < 25


def test_a_scenario_written_by_hand_is_solved_and_told(tertius, scenario):
    path = scenario("kind: tariff, exporters: [CHN], importers: [USA], sectors: [C26], add: 0.25")
    code, out, err = tertius("solve", path)
    assert (code, err) == (0, "")
    assert "made up: 1 measure in force\n  - tariff CHN -> USA in C26 (add 0.25)" in out
    assert re.search(r"CHN to USA -[\d,]+", out)
