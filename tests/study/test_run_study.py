# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The run folder: whole or not at all; nobody's files are lost; a case without equilibrium is an answer."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from tertius.errors import BadInput, NotSolved
from tertius.report import run_study

FILES = ["ledger.json", "manifest.json", "report.html", "results.csv", "results.parquet"]
QUICK = (
    ("elasticities: [FGO, CP]", "elasticities: [FGO]"),
    ("headline: [june, decoupling]", "headline: [decoupling]"),
)


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def strict_json(path):
    return json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)


def test_another_focal_country_needs_no_code(run):
    assert names(run.path) == FILES
    assert names(run.path.parent) == ["small"]
    html = (run.path / "report.html").read_text(encoding="utf-8")
    assert "Türkiye" in html
    assert "Kazakhstan's" not in html.partition('id="scenarios"')[0]
    assert [e["verdict"] for e in strict_json(run.path / "ledger.json")] == [
        "supported",
        "contradicted",
        "mixed",
        "not yet computed",
    ]
    assert run.tables["results"] is run.results


def test_progress_tells_every_solve(run, told):
    assert [done for done, _, _ in told] == list(range(1, 7))
    assert {total for _, total, _ in told} == {6}
    assert "june, elasticities FGO, fixed_deficit" in [words for *_, words in told]


def test_the_ledger_file_follows_the_ledger(run):
    for held, entry in zip(strict_json(run.path / "ledger.json"), run.ledger, strict=True):
        assert held["id"] == entry.claim.id
        assert held["verdict"] == entry.verdict.value
        assert held["reading"] == entry.reading
        assert held["rule_sha256"] == run.manifest["study"]["claims_sha256"][entry.claim.id]
        assert [r["state"] for r in held["rules"]] == [r.state for r in entry.rules]
        assert [e["central"] for e in held["estimates"]] == [e.central for e in entry.estimates]


@pytest.fixture
def quick(monkeypatch, run):
    """Hand the shared run out instead of solving."""
    monkeypatch.setattr("tertius.report.run.compute", lambda *_: run)


@pytest.mark.parametrize("step", ["run.write", "run.write_json", "folder.swap"])
@pytest.mark.parametrize("error", [OSError("no space left"), KeyboardInterrupt(), ValueError("odd")])
@pytest.mark.usefixtures("quick")
def test_an_error_in_the_middle_leaves_nothing(step, error, edited, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(f"tertius.report.{step}", fail)
    with pytest.raises(type(error)):
        run_study(edited(), tmp_path / "out")
    assert names(tmp_path) == ["mine.yaml"]


def test_an_error_while_solving_leaves_nothing(edited, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("tertius.study.cases.solve", fail)
    with pytest.raises(KeyboardInterrupt):
        run_study(edited(), tmp_path / "not" / "there" / "yet")
    assert names(tmp_path) == ["mine.yaml"]


@pytest.mark.usefixtures("quick")
def test_an_earlier_run_is_replaced_when_the_new_one_is_complete(edited, tmp_path, monkeypatch):
    out = tmp_path / "out"
    study = edited()
    assert run_study(study, out).path == out
    (out / "report.html").write_text("old")
    with monkeypatch.context() as patched:
        patched.setattr("tertius.report.run.write_json", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run_study(study, out)
    assert names(out) == FILES
    assert (out / "report.html").read_text() == "old"
    run_study(study, out)
    assert names(out) == FILES
    assert (out / "report.html").read_text(encoding="utf-8") != "old"
    assert names(tmp_path) == ["mine.yaml", "out"]


@pytest.mark.usefixtures("quick")
def test_an_earlier_run_survives_a_swap_that_fails(edited, tmp_path, monkeypatch):
    out = tmp_path / "out"
    study = edited()
    run_study(study, out)
    (out / "report.html").write_text("old")
    rename = Path.rename

    def fail_once(self, target):
        if self.name == "run":
            raise OSError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(OSError, match="in use"):
        run_study(study, out)
    assert (out / "report.html").read_text() == "old"
    assert names(tmp_path) == ["mine.yaml", "out"]


@pytest.mark.usefixtures("quick")
def test_parents_are_made_and_an_empty_folder_is_taken(edited, tmp_path):
    study = edited()
    assert names(run_study(study, tmp_path / "a" / "b").path) == FILES
    (tmp_path / "empty").mkdir()
    assert names(run_study(study, tmp_path / "empty").path) == FILES


@pytest.mark.usefixtures("quick")
def test_the_default_folder_bears_the_name_of_the_study(edited, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_study(edited())
    assert names(tmp_path / "tertius-runs" / "turkiye-small") == FILES


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (["notes.txt"], "notes.txt"),
        (["manifest.json", "index.html"], "index.html"),
        ([*FILES, "notes.txt"], "notes.txt"),
        (["report.html"], "parts of a run"),
    ],
)
def test_a_folder_with_other_things_is_refused(held, words, edited, tmp_path, no_solving):
    out = tmp_path / "out"
    out.mkdir()
    for name in held:
        (out / name).write_text("mine")
    with pytest.raises(BadInput, match=re.escape(words)):
        run_study(edited(), out)
    assert names(out) == sorted(held)
    assert all((out / name).read_text() == "mine" for name in held)


def test_a_file_is_refused(edited, tmp_path, no_solving):
    out = tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(BadInput, match="is a file; give a folder"):
        run_study(edited(), out)
    with pytest.raises(BadInput, match="cannot be written"):
        run_study(edited(), out / "below")
    assert out.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_refused_before_solving(edited, no_solving, monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryDirectory", refuse)
    with pytest.raises(BadInput, match="cannot be written \\(Permission denied\\)"):
        run_study(edited(), tmp_path / "out")


CUT_OFF = """{schema_version: 1, name: cut-off, title: One country alone, measures: [{kind: embargo,
exporters: [TUR], importers: [world], why: {title: made up}}]}"""


@pytest.fixture
def cut_off(tmp_path):
    """A scenario that has an equilibrium only without deficits."""
    path = tmp_path / "cut-off.yaml"
    path.write_text(CUT_OFF, encoding="utf-8")
    return ("scenario: sanctions-2022@june", f"scenario: {path}")


def test_a_case_without_equilibrium_is_told_and_the_rest_stands(edited, cut_off, tmp_path):
    rule = ('{quantity: rus, relation: ">", value: 0}', '{quantity: tur_june, relation: ">", value: 0}')
    study = edited(
        cut_off, rule, *QUICK, ("closures: [fixed_deficit]", "closures: [fixed_deficit, balanced]")
    )
    run = run_study(study, tmp_path / "out")
    assert names(run.path) == FILES
    entry = strict_json(run.path / "ledger.json")[1]
    assert entry["verdict"] == "not robust"
    assert entry["rules"][0]["missing"] == 1
    lost = [s for s in strict_json(run.path / "manifest.json")["solves"] if s["outcome"] != "converged"]
    assert [(s["case"], s["closure"]) for s in lost] == [("june", "fixed_deficit")]
    assert lost[0]["outcome"] == "isolated_with_deficit"
    assert lost[0]["residual"] is None
    gap = strict_json(run.path / "ledger.json")[2]["estimates"][2]
    assert (gap["quantity"], gap["sets"], gap["missing"]) == ("tur_june", 0, 1)
    assert gap["central"] is None
    table = pd.read_parquet(run.path / "results.parquet")
    assert set(table[table["case"] == "june"]["closure"]) == {"balanced"}
    html = (run.path / "report.html").read_text(encoding="utf-8")
    assert "nan" not in re.sub("<[^>]*>", " ", html).lower().split()
    assert "june, FGO, fixed_deficit: isolated with deficit at TUR" in html
    assert "not all converged" in html


def test_a_headline_without_equilibrium_fails_with_its_story(edited, cut_off, tmp_path):
    study = edited(cut_off, QUICK[0])
    with pytest.raises(
        NotSolved, match="case 'june' with closure fixed_deficit: countries cut off"
    ) as caught:
        run_study(study, tmp_path / "out")
    assert "TUR" in str(caught.value)
    assert names(tmp_path) == ["cut-off.yaml", "mine.yaml"]
