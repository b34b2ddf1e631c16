# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exports hold the numbers of the run and nothing else; folders of others are left alone."""

import csv
import hashlib
import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tertius.errors import BadInput
from tertius.report import export_run, run_study
from tertius.report.compose import compose
from tertius.report.exports import KINDS, chosen, png
from tertius.report.exports.long import IAMC, iamc
from tertius.report.figures import figures
from tertius.report.render import render

TABLES = ("xlsx", "dta", "iamc", "figures")


@pytest.fixture(scope="module")
def folder(run, tmp_path_factory):
    return export_run(run, tmp_path_factory.mktemp("exports") / "here", TABLES)


@pytest.fixture(scope="module")
def page(run):
    return compose(run)


def rows(path):
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_the_index_names_every_file_with_its_checksum(run, folder):
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert files(folder) == {*index["files"], "index.json"}
    for name, sha in index["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha
    assert index["rules_sha256"] == run.manifest["study"]["rules_sha256"]
    assert sorted(p.name for p in folder.parent.iterdir()) == ["here"]


# --- tables -----------------------------------------------------------------------------------------


def sheet(folder, name):
    return pd.read_excel(folder / "tables.xlsx", sheet_name=name, keep_default_na=False)


def test_the_workbook_has_a_sheet_for_each_table(run, folder):
    import openpyxl

    book = openpyxl.load_workbook(folder / "tables.xlsx")
    assert book.sheetnames == [
        "ledger", "estimates", "real income", "quantities", "world anchors", "notes"
    ]  # fmt: skip
    ledger = sheet(folder, "ledger")
    assert ledger["Claim"].tolist() == ["C1", "C2", "C3", "C4"]
    assert ledger["Verdict"].tolist() == [e.verdict.value for e in run.ledger]
    hashes = run.manifest["study"]["claims_sha256"]
    assert dict(zip(ledger["Claim"], ledger.iloc[:, -1], strict=True)) == hashes


def test_numbers_of_the_workbook_are_those_of_the_run(run, folder):
    found = sheet(folder, "estimates")
    own = [e for entry in run.ledger for e in entry.estimates]
    assert found["Quantity"].tolist() == [e.key for e in own]
    for column, name in (
        ("Least", "low"),
        ("Central: median of solves, central draw of a room", "central"),
        ("Largest", "high"),
    ):
        np.testing.assert_allclose(found[column], [getattr(e, name) for e in own], rtol=1e-14)
    drawn = sheet(folder, "quantities").set_index(["Quantity", "Closure", "Elasticity set or draw"])["Value"]
    assert len(drawn) == sum(len(q.values) for q in run.quantities.values())
    for key, q in run.quantities.items():
        for (draw, closure), value in q.values.items():
            assert drawn[key, closure, draw] == pytest.approx(value, rel=1e-14)


def test_notes_say_what_is_needed_to_quote_a_number(run, folder):
    notes = sheet(folder, "notes").groupby("What")["Value"].agg(" ".join)
    for words in (run.grid.world.hash, "icio-2021"):
        assert words in notes["world"]
    assert run.manifest["study"]["rules_sha256"] == notes["rules sha256"]
    assert run.manifest["registered"] in notes["rules registered"]
    assert {"licence", "not modelled", "unit percent", "warning", "rule of verdicts"} <= set(notes.index)
    assert any(name.startswith("source ") for name in notes.index)


def test_stata_reads_every_number_with_labels(run, folder):
    path = folder / "results.dta"
    found = pd.read_stata(path)
    assert found["id"].tolist() == run.results["id"].tolist()
    np.testing.assert_array_equal(found["value"], run.results["value"])
    assert found["study_case"].astype(str).tolist() == run.results["case"].tolist()
    assert "Türkiye" in set(found["region_name"].astype(str))
    with pd.read_stata(path, iterator=True) as reader:
        assert set(reader.variable_labels()) == set(found.columns)
        assert all(reader.variable_labels().values())
        assert reader.data_label.startswith("turkiye-small, icio-2021, tertius")


def test_rows_of_the_iamc_table_are_unique_and_finite(run, folder):
    found = pd.read_csv(folder / "iamc.csv", keep_default_na=False)
    assert tuple(found.columns) == IAMC
    assert not found.duplicated(list(IAMC[:-1])).any()
    assert np.isfinite(found["value"]).all()
    assert len(found) == np.isfinite(run.results["value"]).sum()
    np.testing.assert_allclose(found["value"], iamc(run)["value"], rtol=1e-8)
    assert set(found["year"]) == {2021}
    one = found[(found["scenario"] == "turkiye-small, june, fixed_deficit, CP") & (found["region"] == "TUR")]
    held = run.quantities["tur_june"].values["CP", "fixed_deficit"]
    assert one.set_index("variable").loc["Welfare|real_income", "value"] == pytest.approx(held, rel=1e-8)


# --- figures ----------------------------------------------------------------------------------------


def test_every_figure_of_the_page_is_a_file_with_its_numbers(page, folder):
    html = render(page)
    drawn = list(figures(page))
    assert len({d.id for d in drawn}) == len(drawn)
    assert {d.id for d in drawn} >= {"map", "map-near", "gains", "losses", "channels"}
    for d in drawn:
        root = ET.parse(folder / "figures" / f"{d.id}.svg").getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert d.svg in html or d.id == "map"
        assert len(rows(folder / "figures" / f"{d.id}.csv")) == len(d.data.rows) > 0


def test_numbers_of_figures_are_those_of_the_results(run, folder):
    table = run.results
    own = table[(table["case"] == "decoupling") & (table["variable"] == "Welfare|real_income")]
    own = own.set_index(["elasticity", "region"])["value"]
    ranked = rows(folder / "figures" / "gains.csv")
    assert len(ranked) == len(run.grid.world.countries)
    for row in ranked:
        for column, stat in (("low, %", "min"), ("median, %", "median"), ("high, %", "max")):
            assert float(row[column]) == own[stat, row["country"]]
    medians = [float(r["median, %"]) for r in ranked]
    assert medians == sorted(medians, reverse=True)
    for row in rows(folder / "figures" / "map.csv"):
        assert float(row["median, %"]) == own["median", row["country"]]


def test_numbers_that_do_not_exist_stay_empty():
    from tertius.report.sections import Data

    frame = pd.DataFrame({"a": [1.5, np.nan, np.inf], "b": ["x", "y", "z"], "c": [1, 2, 3]})
    assert Data.of(frame).rows == ((1.5, "x", 1), (None, "y", 2), (None, "z", 3))


def converting(run_):
    """Stand in for a converter: note the command, write a file or fail as told."""

    def convert(command, **_):
        run_.append(command)
        target = next(w for w in command if w.endswith(".png")).removeprefix("--screenshot=")
        Path(target.removeprefix("--export-filename=")).write_bytes(b"png")
        return subprocess.CompletedProcess(command, 0, "", "")

    return convert


@pytest.mark.parametrize("program", ["rsvg-convert", "inkscape", "chromium"])
def test_figures_become_png_by_what_is_installed(program, run, page, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(png.shutil, "which", lambda name: f"/usr/bin/{name}" if name == program else None)
    monkeypatch.setattr(png.subprocess, "run", converting(told))
    export_run(run, tmp_path / "out", ["png"])
    assert {command[0] for command in told} == {f"/usr/bin/{program}"}
    names = {f"figures/{d.id}.png" for d in figures(page)}
    assert files(tmp_path / "out") == names | {"index.json"}


def test_a_converter_that_fails_is_told_and_nothing_is_left(run, tmp_path, monkeypatch):
    def fail(command, **_):
        return subprocess.CompletedProcess(command, 1, "", "a\nno display")

    monkeypatch.setattr(png.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(png.subprocess, "run", fail)
    with pytest.raises(BadInput, match=r"rsvg-convert failed on map.svg \(no display\)"):
        export_run(run, tmp_path / "out", ["iamc", "png"])
    assert list(tmp_path.iterdir()) == []


# --- what may be asked, and where -------------------------------------------------------------------


def test_all_is_what_can_be_made_here(monkeypatch):
    monkeypatch.setattr(png.shutil, "which", lambda name: None)
    assert chosen(["all"]) == TABLES
    assert chosen(["figures", "xlsx", "xlsx"]) == ("xlsx", "figures")
    assert chosen([]) == ()
    with pytest.raises(BadInput, match="--export png: no converter is installed"):
        chosen(["all", "png"])
    monkeypatch.setattr(png.shutil, "which", lambda name: "/usr/bin/x")
    assert chosen(["all"]) == tuple(KINDS)
    monkeypatch.setattr("tertius.report.exports.find_spec", lambda name: None)
    assert "xlsx" not in chosen(["all"])
    with pytest.raises(BadInput, match=r"openpyxl is not installed; `pip install tertius\[excel\]`"):
        chosen(["xlsx"])


def test_a_kind_that_does_not_exist_is_named_before_anything_is_solved(edited, no_solving, tmp_path):
    with pytest.raises(BadInput, match=r"--export: 'figure' .* did you mean figures"):
        run_study(edited(), tmp_path / "out", exports=["figure"])
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


def test_nothing_to_export_is_refused(run, tmp_path):
    with pytest.raises(BadInput, match="nothing to export"):
        export_run(run, tmp_path / "out", [])


@pytest.fixture
def quick(monkeypatch, run):
    monkeypatch.setattr("tertius.report.run.compute", lambda *_: run)


@pytest.mark.usefixtures("quick")
def test_exports_of_a_run_are_replaced_with_it(edited, tmp_path):
    study, out = edited(), tmp_path / "out"
    run_study(study, out, exports=["iamc", "figures"])
    assert (out / "exports" / "figures" / "map.svg").is_file()
    run_study(study, out, exports=["iamc"])
    assert files(out / "exports") == {"iamc.csv", "index.json"}
    run_study(study, out)
    assert not (out / "exports").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.yaml", "out"]


@pytest.mark.parametrize("place", ["exports/mine.csv", "exports/figures/mine.svg", "exports/more/mine.txt"])
@pytest.mark.usefixtures("quick")
def test_files_of_others_among_the_exports_are_kept(place, edited, run, tmp_path):
    study, out = edited(), tmp_path / "out"
    run_study(study, out, exports=["iamc", "figures"])
    (out / place).parent.mkdir(exist_ok=True)
    (out / place).write_text("mine")
    with pytest.raises(BadInput, match=place):
        run_study(study, out)
    with pytest.raises(BadInput, match=place):
        export_run(run, out / "exports", ["iamc"])
    assert (out / place).read_text() == "mine"
    assert (out / "exports" / "iamc.csv").is_file()


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', "not json"])
def test_a_folder_without_an_index_of_ours_is_refused(text, run, tmp_path):
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(BadInput, match="other things in it"):
        export_run(run, tmp_path, ["iamc"])
    assert [p.name for p in tmp_path.iterdir()] == ["index.json"]


def test_an_error_while_exporting_leaves_nothing(run, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setitem(KINDS, "dta", fail)
    with pytest.raises(OSError, match="no space"):
        export_run(run, tmp_path / "out", ["xlsx", "dta"])
    assert list(tmp_path.iterdir()) == []
