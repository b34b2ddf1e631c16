# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands on studies: rules without numbers, exports, differences, a first file."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from cli_checks import loads, refused

from tertius.study import load_study
from tertius.study.claims import Claim

SMALL = Path(__file__).parents[1] / "study" / "small.yaml"
PAGE = Path(__file__).parents[2] / "docs" / "study-files.md"
NEW = (
    "new",
    "study",
    "--focal",
    "TUR",
    "--power",
    "RUS",
    "--power",
    "USA",
    "--scenario",
    "sanctions-2022@june",
)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A run with one elasticity set, made by the command line's own function."""
    from tertius.report import run_study

    folder = tmp_path_factory.mktemp("first")
    path = folder / "mine.yaml"
    path.write_text(SMALL.read_text(encoding="utf-8").replace("[FGO, CP]", "[FGO]"), encoding="utf-8")
    return run_study(path, folder / "run")


def test_rules_are_shown_without_solving(tertius, monkeypatch):
    def fail(*_, **__):
        pytest.fail("something was solved")

    monkeypatch.setattr("tertius.study.cases.solve", fail)
    code, out, err = tertius("rules", SMALL)
    assert (code, err) == (0, "")
    for words in (
        "rule: rus < west",
        "falsifier: Russia loses.",
        "waits for something else",
        "A rule holds if",
    ):
        assert words in out
    code, out, err = tertius("rules", SMALL, "--json", "--out", "rules.json")
    assert (code, err) == (0, "")
    shown, written = loads(out), json.loads(Path("rules.json").read_text(encoding="utf-8"))
    assert shown == written
    assert all(c["sha256"] in tertius("rules", SMALL)[1] for c in shown["claims"])


def test_rules_shown_beforehand_are_those_of_the_run(tertius, first):
    held = {c["id"]: c["sha256"] for c in loads(tertius("rules", first.reference, "--json")[1])["claims"]}
    ledger = json.loads((first.path / "ledger.json").read_text(encoding="utf-8"))
    assert {e["id"]: e["rule_sha256"] for e in ledger} == held


def test_a_study_that_does_not_exist_has_no_rules(tertius):
    assert refused(tertius("rules", "kazakhstan-2021"), "did you mean kazakhstan-2022")


def test_a_run_writes_its_exports_and_its_warnings(tertius, first, monkeypatch):
    monkeypatch.setattr("tertius.report.run.compute", lambda *_: first)
    monkeypatch.setattr("tertius.report.exports.converter", lambda: None)
    code, out, err = tertius("run", SMALL, "--out", "here", "--export", "all")
    assert code == 0
    assert "Report: here" in out
    assert "tertius: warning: claims[1] (C2).falsifier: 'Russia loses.' is short" in err
    assert "--export all is without png: no converter is installed" in err
    names = {p.name for p in Path("here/exports").iterdir()}
    assert names == {"figures", "iamc.csv", "index.json", "results.dta", "tables.xlsx"}
    assert refused(tertius("run", SMALL, "--export", "excel"), "--export: 'excel'", "known are xlsx")


def test_the_difference_of_runs_is_shown(tertius, first, tmp_path):
    code, out, err = tertius("diff", first.path, first.path, "--exit-code")
    assert (code, err) == (0, "")
    assert "Nothing but time differs (9 numbers are the same)" in out
    other = shutil.copytree(first.path, tmp_path / "other")
    ledger = json.loads((other / "ledger.json").read_text(encoding="utf-8"))
    ledger[0]["verdict"] = "mixed"
    (other / "ledger.json").write_text(json.dumps(ledger), encoding="utf-8")
    code, out, err = tertius("diff", first.path, other)
    assert (code, err) == (0, "")
    assert "supported" in out
    assert "mixed" in out
    code, out, _ = tertius("diff", first.path, other, "--json", "--exit-code")
    assert code == 1
    (verdict,) = loads(out)["verdicts"]
    assert verdict == {"id": "C1", "a": "supported", "b": "mixed", "parts": []}


def test_long_tables_are_cut_and_it_is_said(tertius, first, tmp_path):
    other = shutil.copytree(first.path, tmp_path / "other")
    manifest = json.loads((other / "manifest.json").read_text(encoding="utf-8"))
    manifest["rooms"] = {f"room{k}": {"x": k} for k in range(30)}
    (other / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "... 28 more; --most 0 shows all" in tertius("diff", first.path, other, "--most", 2)[1]
    assert "more;" not in tertius("diff", first.path, other, "--most", 0)[1]


def test_what_is_not_a_run_is_refused(tertius, first, tmp_path):
    assert refused(tertius("diff", first.path, tmp_path), "has no manifest.json")
    assert refused(tertius("diff", "gone", first.path), "gone: is not a folder")


def test_a_new_study_is_written_once(tertius):
    code, out, err = tertius(*NEW, "--out", "my.yaml")
    assert (code, err) == (0, "")
    assert "tertius run my.yaml" in out
    study, text = load_study("my.yaml")
    assert (study.focal, study.powers) == ("TUR", ("RUS", "USA"))
    assert refused(tertius(*NEW, "--out", "my.yaml"), "exists already")
    assert Path("my.yaml").read_text(encoding="utf-8") == text
    assert refused(tertius(*NEW, "--out", "my.txt"), "not a .yaml file")
    assert loads(tertius(*NEW, "--json")[1]) == {
        "path": "tur-sanctions-2022-june.yaml",
        "name": "tur-sanctions-2022-june",
    }


def test_what_is_missing_is_said_where_nobody_can_be_asked(tertius):
    assert refused(tertius("new", "study"), "no focal state is named; name one with --focal")
    assert refused(tertius("new", "study", "--focal", "TUR"), "no power is named")
    assert list(Path().iterdir()) == []


def test_on_a_terminal_it_asks_for_what_is_missing(tertius, monkeypatch):
    answers = iter(["RUS, USA", "sanctions-2022@june decoupling-x2", "icio-2021", ""])
    asked = []

    def prompt(question, **_):
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", prompt)
    assert tertius("new", "study", "--focal", "TUR", "--out", "my.yaml")[0] == 0
    study, _ = load_study("my.yaml")
    assert (study.powers, study.world, len(study.cases)) == (("RUS", "USA"), "icio-2021", 2)
    assert len(asked) == 4
    assert tertius(*NEW, "--out", "other.yaml")[0] == 0
    assert len(asked) == 4


def test_the_examples_of_the_page_run_in_their_order(tertius):
    text = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks] == ["sh", "yaml", "python", "python", "sh"]
    for kind, block in blocks:
        if kind == "python":
            exec(compile(block, "docs/study-files.md", "exec"), {})
        for line in block.splitlines() if kind == "sh" else ():
            code, _, err = tertius(*line.split()[1:])
            assert (code, [x for x in err.splitlines() if not x.startswith("solving ")]) == (0, [])
            if line.startswith("tertius new"):
                quick = Path("my.yaml").read_text(encoding="utf-8").replace("# elasticities", "elasticities")
                Path("my.yaml").write_text(quick, encoding="utf-8")
    assert {p.name for p in Path("tables").iterdir()} == {"figures", "index.json", "results.dta"}
    (claim,) = yaml.safe_load(blocks[1][1])["claims"]
    assert Claim.model_validate(claim).rules[1].share == 0.9
