# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The command line in-process: exit codes, errors in one or a few lines on stderr, JSON on stdout."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cli_checks import loads, refused

from tertius import cli

SMALL = Path(__file__).parents[1] / "study" / "small.yaml"
COMMANDS = {
    (): "tertius run",
    ("run",): "tertius run ",
    ("rules",): "tertius rules ",
    ("diff",): "tertius diff ",
    ("new", "study"): "tertius new study ",
    ("read",): "tertius read ",
    ("solve",): "tertius solve ",
    ("compare",): "tertius compare ",
    ("scenarios",): "tertius scenarios",
    ("studies",): "tertius studies",
    ("schema",): "tertius schema ",
    ("transit",): "tertius transit ",
    ("choose",): "tertius choose ",
    ("levers",): "tertius levers",
    ("union",): "tertius union",
    ("exposure",): "tertius exposure",
    ("frontier",): "tertius frontier",
    ("coalition",): "tertius coalition",
    ("sky",): "tertius sky ",
    ("relocate",): "tertius relocate ",
    ("gain",): "tertius gain ",
    ("evidence",): "tertius evidence ",
    ("backtest",): "tertius backtest ",
    ("detect",): "tertius detect",
    ("world", "list"): "tertius world list",
    ("world", "show"): "tertius world show ",
    ("world", "check"): "tertius world check ",
    ("world", "build"): "tertius world build ",
    ("world", "margins"): "tertius world margins ",
    ("world", "split"): "tertius world split ",
}


# --- help -------------------------------------------------------------------------------------------


def test_the_list_of_commands_here_is_complete():
    found = {(c.name or c.callback.__name__,) for c in cli.app.registered_commands}
    found |= {("new", c.name) for c in cli.new_app.registered_commands}
    found |= {("world", c.name) for c in cli.world_app.registered_commands}
    assert found | {()} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help_with_an_example(command, flag, tertius):
    code, out, err = tertius(*command, flag)
    assert code == 0
    assert err == ""
    words = " ".join(out.split())
    assert f"Example: {COMMANDS[command]}" in words
    if command not in ((), ("schema",), ("world", "build")):
        assert "--json" in words


@pytest.mark.parametrize("command", ["solve", "compare"])
def test_help_shows_how_a_scenario_is_named(command, tertius):
    assert "NAME[@VERSION][:BLOCK]" in tertius(command, "--help")[1]


def test_version(tertius):
    from importlib.metadata import version

    assert tertius("--version") == (0, version("tertius") + "\n", "")


def test_without_a_command_the_help_is_shown(tertius):
    code, out, err = tertius()
    assert code == 2
    assert "Usage: tertius" in out + err
    assert "Traceback" not in err


# --- misuse of the command line ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (["run"], "Missing argument 'STUDY'"),
        (["solve"], "Missing argument"),
        (["run", "kazakhstan-2022", "--bogus"], "--bogus"),
        (["solv"], "solv"),
        (["solve", "decoupling-x2", "--top", "0"], "--top"),
        (["solve", "decoupling-x2", "--top", "many"], "--top"),
        (["solve", "decoupling-x2", "another"], "another"),
        (["world", "build", "raw", "--year", "last"], "--year"),
    ],
)
def test_misuse_ends_with_two_and_says_where_help_is(words, needed, tertius):
    refused(tertius(*words), needed, "Try 'tertius", lines=5)


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (["run", "kazakhstan-2021"], ["study", "did you mean kazakhstan-2022"]),
        (["run", "gone.yaml"], ["gone.yaml", "cannot be read"]),
        (["solve", "decoupling-x3"], ["scenario", "decoupling-x2"]),
        (["solve", "gone.yaml"], ["gone.yaml", "cannot be read"]),
        (["solve", "sanctions-2022@june:imports"], ["block", "import_bans"]),
        (["solve", "sanctions-2022@jun"], ["version", "june"]),
        (["solve", "decoupling-x2", "--world", "icio-2012"], ["world", "icio-2021"]),
        (["solve", "decoupling-x2", "--world", "gone.npz"], ["gone.npz", "no such file"]),
        (["solve", "decoupling-x2", "--elasticity", "FGOO"], ["elasticity set", "FGO"]),
        (["solve", "decoupling-x2", "--closure", "balance"], ["closure", "balanced"]),
        (["scenarios", "decoupling"], ["scenario", "decoupling-x2"]),
        (["schema", "studdy"], ["schema", "study"]),
        (["world", "show", "icio"], ["world", "icio-20"]),
        (["world", "show", "--country", "kaz"], ["--country", "did you mean KAZ"]),
        (["world", "check", "icio-1999"], ["world", "icio-2019"]),
        (["world", "build", "gone"], ["gone", "icio/"]),
    ],
)
def test_unknown_names_come_with_the_nearest(words, needed, tertius, tmp_path):
    assert refused(tertius(*words), *needed)
    assert list(tmp_path.iterdir()) == []


# --- scenario files ---------------------------------------------------------------------------------

BETWEEN = "exporters: [DEU], importers: [RUS]"
BAD_MEASURES = {
    "unknown country": ("kind: embargo, exporters: [DUE], importers: [RUS]", "measures[0].exporters", "DEU"),
    "unknown group": ("kind: embargo, exporters: [EAUE], importers: [USA]", "measures[0].exporters", "EAEU"),
    "unknown sector": (f"kind: embargo, {BETWEEN}, sectors: [C261]", "measures[0].sectors", "C26"),
    "unknown measure": (f"kind: embarg, {BETWEEN}", "measures[0].kind", "embargo"),
    "unknown field": (f"kind: export_ban, {BETWEEN}, covrage: 1", "measures[0].covrage", "coverage"),
    "a share above one": (f"kind: export_ban, {BETWEEN}, coverage: 1.5", "measures[0].coverage", "1"),
    "a negative share": (f"kind: import_ban, {BETWEEN}, coverage: -0.1", "measures[0].coverage", "0"),
    "a negative cost": (f"kind: nontariff_cost, {BETWEEN}, factor: -2", "measures[0].factor", "positive"),
    "a cost of zero": (f"kind: nontariff_cost, {BETWEEN}, factor: 0", "measures[0].factor", "positive"),
    "an infinite cost": (f"kind: nontariff_cost, {BETWEEN}, factor: .inf", "measures[0].factor", "embargo"),
    "an infinite tariff": (f"kind: tariff, {BETWEEN}, rate: .inf", "measures[0].rate", "embargo"),
    "a tariff below -1": (f"kind: tariff, {BETWEEN}, add: -3", "measures[0]", "-"),
    "text for a number": (f"kind: tariff, {BETWEEN}, rate: lots", "measures[0].rate", "number"),
    "nobody to trade with": ("kind: embargo, exporters: [RUS], importers: [RUS]", "measures[0]", "different"),
}


@pytest.mark.parametrize("name", BAD_MEASURES)
def test_a_mistake_in_a_scenario_has_file_place_and_remedy(name, tertius, scenario, tmp_path):
    measure, *needed = BAD_MEASURES[name]
    assert refused(tertius("solve", scenario(measure), "--out", "table.csv"), "mine.yaml", *needed)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize(
    ("content", "needed"),
    [
        (b"measures: [1, 2", ["line 1", "not valid YAML"]),
        (b"title: \xff\xfe", ["UTF-8"]),
        (b"", ["mapping"]),
        (b"- a list\n", ["mapping"]),
        (b"schema_version: 1\nname: x\ntitle: x\nmeasures: []\n", ["measures", "must not be empty"]),
        (b"name: a\nname: b\n", ["line 2", "given twice"]),
    ],
)
@pytest.mark.parametrize("command", ["solve", "run", "scenarios"])
def test_unreadable_yaml(command, content, needed, tertius, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    needed = [] if (command, needed[0]) == ("run", "measures") else needed
    assert refused(tertius(command, path), "broken.yaml", *needed)


# --- worlds -----------------------------------------------------------------------------------------


def save(path, **changes):
    """A world file with two countries, written past the checks of World."""
    share = np.full((2, 1, 1), 0.5)
    arrays = {
        "trade": np.array([[[8.0], [2.0]], [[2.0], [8.0]]]),
        "tariff": np.zeros((2, 2, 1)),
        "input_share": share,
        "elasticity": np.array([4.0]),
        "sets": np.array([[4.0]]),
    } | changes
    meta = {"format": 1, "name": "tiny", "year": 2021, "countries": ["AAA", "BBB"], "sectors": ["X"],
            "elasticity_name": "own", "sets": ["own"], "record": {}}  # fmt: skip
    np.savez_compressed(path, meta=np.frombuffer(json.dumps(meta).encode(), np.uint8), **arrays)
    return path


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        (
            {"trade": np.array([[[8.0], [-2.0]], [[2.0], [8.0]]])},
            "trade is not a finite number >= 0: AAA BBB X",
        ),
        ({"input_share": np.full((2, 1, 1), 1.5)}, "input_share"),
        ({"trade": np.array([[[1.0], [90.0]], [[2.0], [8.0]]])}, "final demand would be negative"),
        ({"elasticity": np.array([-4.0])}, "elasticity"),
        ({"trade": np.zeros((2, 2, 2))}, "trade has shape"),
    ],
)
@pytest.mark.parametrize(
    "words", [["world", "check"], ["world", "show"], ["solve", "decoupling-x2", "--world"]]
)
def test_a_world_whose_accounts_do_not_close(changes, needed, words, tertius, tmp_path):
    path = save(tmp_path / "mine.npz", **changes)
    assert refused(tertius(*words, path), "mine.npz", needed)


def test_a_file_that_is_no_world(tertius, tmp_path):
    (tmp_path / "mine.npz").write_bytes(b"nothing of the kind")
    assert refused(tertius("world", "check", "mine.npz"), "mine.npz", "not a world file")


def test_a_world_of_ones_own(tertius, tmp_path):
    path = save(tmp_path / "mine.npz")
    code, out, err = tertius("world", "check", path)
    assert (code, err) == (0, "")
    assert "No published totals are known" in out or "published" in out
    assert refused(tertius("solve", "decoupling-x2", "--world", path), "decoupling-x2.yaml", "measures[0]")


# --- no equilibrium ---------------------------------------------------------------------------------


def not_solved(result, *words):
    code, out, err = result
    assert code == 1, err
    assert out == ""
    assert err.startswith("tertius: not solved: ")
    assert len(err.splitlines()) == 1
    for word in words:
        assert word in err


def test_full_isolation_with_a_deficit_says_that_no_equilibrium_exists(tertius, scenario, tmp_path):
    path = scenario("kind: embargo, exporters: [KAZ], importers: [world]")
    result = tertius("solve", path, "--out", "table.csv")
    refused(result, "mine.yaml", "no equilibrium exists", "KAZ", "closure='balanced'")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]
    code, out, _ = tertius("solve", path, "--closure", "balanced")
    assert code == 0
    assert "KAZ" in out


def test_costs_that_leave_no_equilibrium_end_with_their_story(tertius, scenario):
    path = scenario("kind: nontariff_cost, exporters: [world], importers: [world], factor: 4")
    not_solved(tertius("solve", path), "no equilibrium exists", "% of the shock")


# --- what works -------------------------------------------------------------------------------------


def test_solve_prints_winners_and_losers(tertius):
    code, out, err = tertius("solve", "decoupling-x2", "--top", "3")
    assert (code, err) == (0, "")
    assert "RUS" in out
    assert "converged" in out
    assert len(re.findall(r"^ *\d+ ", out, flags=re.MULTILINE)) == 6


def test_solve_prints_json_alone(tertius):
    code, out, err = tertius("solve", "decoupling-x2", "--json", "--elasticity", "CP")
    assert (code, err) == (0, "")
    found = loads(out)
    assert found["world"]["elasticity"] == "CP"
    assert found["report"]["outcome"] == "converged"
    assert found["welfare"]["real_income"]["RUS"] < 0
    assert set(found["welfare"]) == {"real_income", "real_wage", "first_order", "equivalent_variation"}


@pytest.mark.parametrize(
    ("words", "check"),
    [
        (["scenarios"], lambda x: {s["name"] for s in x} >= {"decoupling-x2", "sanctions-2022"}),
        (["scenarios", "eaeu-exit"], lambda x: len(x) == 1 and x[0]["measures"]),
        (["studies"], lambda x: {s["name"] for s in x} >= {"kazakhstan-2022", "vietnam-2025"}),
        (["world", "list"], lambda x: "icio-2021" in x),
        (["world", "show"], lambda x: x["countries"] == 81),
        (["world", "show", "--country", "KAZ"], lambda x: x["value added"] > 100),
        (["world", "check"], lambda x: x["ok"] is True),
    ],
)
def test_json_is_valid_and_alone_on_stdout(words, check, tertius):
    code, out, err = tertius(*words, "--json")
    assert (code, err) == (0, "")
    assert check(loads(out))
    code, out, err = tertius(*words)
    assert (code, err) == (0, "")
    assert out.strip()


@pytest.mark.parametrize("kind", ["study", "scenario"])
def test_schemas_are_json(kind, tertius):
    code, out, err = tertius("schema", kind)
    assert (code, err) == (0, "")
    assert loads(out)["type"] == "object"


def test_brackets_in_a_label_are_not_taken_for_markup(tertius, scenario):
    path = scenario('kind: embargo, exporters: [DEU], importers: [RUS], label: "[draft] a [/ban] :smile:"')
    code, out, err = tertius("scenarios", path)
    assert (code, err) == (0, "")
    assert "[draft] a [/ban] :smile:" in out


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_solve_writes_its_table(suffix, tertius, tmp_path):
    code, _, err = tertius("solve", "embargo-rus-kaz", "--out", f"table.{suffix}")
    assert (code, err) == (0, "")
    assert [p.name for p in tmp_path.iterdir()] == [f"table.{suffix}"]
    table = getattr(pd, f"read_{suffix}")(tmp_path / f"table.{suffix}")
    assert list(table.columns) == ["model", "scenario", "region", "variable", "unit", "year", "value"]


@pytest.mark.parametrize(
    ("out", "needed"),
    [
        ("table.ods", ".csv, .parquet, .xlsx or .dta"),
        ("gone/table.csv", "folder does not exist"),
        ("there.csv", "is a folder"),
    ],
)
def test_a_table_that_cannot_be_written_is_refused_before_solving(
    out, needed, tertius, tmp_path, monkeypatch
):
    (tmp_path / "there.csv").mkdir()
    monkeypatch.setattr("tertius.outcomes.solve", lambda *_, **__: pytest.fail("was solved"))
    assert refused(tertius("solve", "decoupling-x2", "--out", out), f"--out {out}", needed)
    assert [p.name for p in tmp_path.iterdir()] == ["there.csv"]


def test_a_full_disk_leaves_no_half_table(tertius, tmp_path, monkeypatch):
    def half(self, path, **_):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", half)
    assert refused(tertius("solve", "embargo-rus-kaz", "--out", "t.csv"), "--out t.csv", "No space left")
    assert list(tmp_path.iterdir()) == []


# --- run --------------------------------------------------------------------------------------------


@pytest.fixture
def study(tmp_path):
    """The small study with one elasticity set."""
    path = tmp_path / "mine.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("elasticities: [FGO, CP]", "elasticities: [FGO]")
    path.write_text(text, encoding="utf-8")
    return path


def test_run_writes_its_folder_with_progress_on_stderr(tertius, study, tmp_path):
    code, out, err = tertius("run", study, "--out", "made")
    assert code == 0
    assert (tmp_path / "made" / "report.html").is_file()
    assert "Report: made" in out
    assert "supported" in out
    assert "solving" not in out
    assert "solving 3/3" in err
    code, out, err = tertius("run", study, "--out", "made", "--json")
    assert code == 0
    found = loads(out)
    assert found["path"] == "made"
    assert found["ledger"]["C2"]["verdict"] == "contradicted"
    assert "solving 3/3" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["made", "mine.yaml"]


@pytest.mark.parametrize("place", ["a foreign folder", "a file", "below a file", "nowhere"])
def test_run_refuses_a_place_that_is_not_its_own(place, tertius, study, tmp_path):
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("mine")
    out, needed = {
        "a foreign folder": (foreign, "thesis.txt"),
        "a file": (foreign / "thesis.txt", "is a file"),
        "below a file": (foreign / "thesis.txt" / "x", "cannot be written"),
        "nowhere": (Path("/proc/tertius-run") if sys.platform == "linux" else foreign, "a"),
    }[place]
    assert refused(tertius("run", study, "--out", out), f"--out {out}", needed)
    assert (foreign / "thesis.txt").read_text() == "mine"
    assert [p.name for p in foreign.iterdir()] == ["thesis.txt"]


def test_ctrl_c_leaves_nothing(tertius, study, tmp_path, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("tertius.study.cases.solve", interrupt)
    code, out, err = tertius("run", study, "--out", "a/b/made")
    assert (code, out, err) == (1, "", "tertius: stopped\n")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


def test_a_fault_of_the_machine_is_one_line_and_code_one(tertius, study, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device", "results.csv")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    code, out, err = tertius("run", study, "--out", "made")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == "tertius: results.csv: No space left on device"
    assert "Traceback" not in err
