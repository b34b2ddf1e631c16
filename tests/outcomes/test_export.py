# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Results as files read back as what they were, with their units, sources and story."""

import re

import numpy as np
import openpyxl
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from pandas.testing import assert_frame_equal

import tertius as tt
from strategies import random_world
from tertius.outcomes import export
from tertius.outcomes.sheets import by_country, sheets

SUFFIXES = (".csv", ".parquet", ".xlsx", ".dta")


@pytest.fixture(scope="module")
def results():
    world = tt.load_world()
    eq = tt.solve(world, tt.Scenario.load("sanctions-2022@june"), run="short", factors="skills")
    other = tt.solve(world, tt.Scenario.load("eaeu-exit"))
    return {"solve": eq, "compare": tt.compare(eq, other)}


@pytest.fixture(params=["solve", "compare"])
def result(request, results):
    return results[request.param]


@pytest.fixture(scope="module")
def books(results, tmp_path_factory):
    """The workbooks, written and opened once."""
    folder = tmp_path_factory.mktemp("books")
    return {k: openpyxl.load_workbook(r.save(folder / f"{k}.xlsx")) for k, r in results.items()}


def test_csv_and_parquet_are_the_long_table(result, tmp_path):
    table = result.to_table()
    assert_frame_equal(pd.read_parquet(result.save(tmp_path / "a.parquet")), table)
    read = pd.read_csv(result.save(tmp_path / "a.csv"))
    assert_frame_equal(read, table, check_dtype=False, rtol=1e-15)


def test_stata_reads_back_with_labels_and_units(result, tmp_path):
    path = result.save(tmp_path / "a.dta")
    sheet = by_country(result)
    with pd.read_stata(path, iterator=True) as reader:
        labels, about = reader.variable_labels(), reader.data_label
        values, read = reader.value_labels(), reader.read()
    assert path.read_bytes()[:40].startswith(b"<stata_dta><header><release>118")
    assert about.startswith(f"tertius {tt.__version__}: ")
    assert [c.name for c in sheet.columns] == list(read.columns)
    for column in sheet.columns:
        assert re.fullmatch(r"[a-z_][a-z0-9_]{0,31}", column.name)
        assert labels[column.name] == column.title
        assert not column.unit or labels[column.name].endswith(f", {column.unit}")
        if column.unit:
            assert_array_equal(read[column.name], sheet.frame[column.name])
    assert "Kazakhstan" in values["name"].values()
    assert read.set_index("country").loc["KAZ", "name"] == "Kazakhstan"


@pytest.mark.parametrize("name", ["solve", "compare"])
def test_the_workbook_holds_every_table(name, results, books):
    book, wanted = books[name], sheets(results[name])
    assert book.sheetnames == [s.title for s in wanted]
    for sheet, page in zip(wanted, book, strict=True):
        rows = list(page.iter_rows(values_only=True))
        assert list(rows[0]) == [c.title for c in sheet.columns]
        assert len(rows) == len(sheet.frame) + 1
        for k, column in enumerate(sheet.columns):
            own = [None if v != v or v in ("", None) else v for v in sheet.frame[column.name]]
            read = [row[k] for row in rows[1:]]
            if any(isinstance(v, float) for v in own):
                assert_allclose(np.array(read, dtype=float), np.array(own, dtype=float), rtol=1e-14)
            elif not any(hasattr(v, "year") for v in own):
                assert read == own, column.name
        assert page.freeze_panes is not None
        assert page.freeze_panes.endswith("2")
        assert page.auto_filter.ref


def test_numbers_in_the_workbook_look_like_their_units(books):
    page = books["solve"]["by country"]
    heads = [cell.value for cell in page[1]]
    for title, form in {
        "Real income, percent": "0.000",
        "Equivalent variation, USD million": "#,##0.0",
        "Price index, new / base": "0.00000",
        "Skill premium, percent": "0.000",
    }.items():
        column = heads.index(title) + 1
        assert page.cell(2, column).number_format == form
        assert page.column_dimensions[page.cell(1, column).column_letter].width >= 9
    assert page.cell(1, 1).font.bold


def test_measures_carry_their_sources_and_notes_the_story(results, books):
    eq, book = results["solve"], books["solve"]
    heads, *rows = book["measures"].iter_rows(values_only=True)
    measures = [dict(zip(heads, row, strict=True)) for row in rows]
    assert len(measures) == len(eq.asked.measures)
    for found, (_, measure) in zip(measures, eq.asked.measures, strict=True):
        assert found["Source"] == measure.why.title
        assert found["Url"] == measure.why.url
        assert found["In force"].date() == measure.in_force
        assert (found["Low"], found["High"]) == (measure.range or (None, None))
    notes = dict(row for row in book["notes"].iter_rows(min_row=2, values_only=True) if row[0] != "note")
    assert notes["software"] == f"tertius {tt.__version__}"
    assert notes["world sha256"] == eq.world.hash
    assert notes["scenario"] == "sanctions-2022@june"
    assert notes["closure"] == "fixed_deficit"
    assert notes["run"] == "short run with factors skills"
    assert notes["trade elasticities"] == "FGO x 0.38"
    assert "converged" in notes["solve"]
    assert "Boehm" in notes["range of trade elasticity scale"]
    told = [row[1] for row in book["notes"].iter_rows(min_row=2, values_only=True) if row[0] == "note"]
    assert told == list(eq.report.notes)


def test_flows_of_the_workbook(results):
    eq = results["solve"]
    flows = next(s for s in sheets(eq) if s.title == "trade flows").frame
    assert len(flows) == 81 * 80
    assert (np.diff(flows["difference"].abs()) <= 0).all()
    row = flows.set_index(["exporter", "importer"]).loc[("CHN", "RUS")]
    old = eq.world.trade.sel(exporter="CHN", importer="RUS").sum().item()
    new = eq.trade.sel(exporter="CHN", importer="RUS").sum().item()
    assert row["base"] == pytest.approx(old, rel=1e-12)
    assert row["change"] == pytest.approx(100 * (new / old - 1), rel=1e-9)


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "schema_version: 1\nname: mine\ntitle: made up\nmeasures:\n"
        "  - {kind: embargo, exporters: [BLR], importers: [LTU],"
        ' label: "=1+1\\u0007", why: {title: "=HYPERLINK(1)"}}\n',
        encoding="utf-8",
    )
    world = tt.load_world()
    kept = {"REST": [c for c in world.countries if c not in ("BLR", "LTU", "RUS")]}
    eq = tt.solve(world.aggregate(countries=kept), tt.Scenario.load(path), closure="balanced")
    page = openpyxl.load_workbook(eq.save(tmp_path / "a.xlsx"))["measures"]
    heads = [cell.value for cell in page[1]]
    for title, text in (("Label", "=1+1"), ("Source", "=HYPERLINK(1)")):
        cell = page.cell(2, heads.index(title) + 1)
        assert cell.value == text
        assert cell.data_type == "s"


def test_wedges_by_hand_have_no_measures(tmp_path):
    world = random_world(3, 2, 1)
    eq = tt.solve(world, tt.Wedges.neutral(world))
    book = openpyxl.load_workbook(eq.save(tmp_path / "a.xlsx"))
    assert book["measures"].max_row == 1
    assert ("title", "wedges made by hand") in book["notes"].iter_rows(values_only=True)


# --- what cannot be written -------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_failing_disk_keeps_the_earlier_file(suffix, results, tmp_path, monkeypatch):
    path = tmp_path / f"a{suffix}"
    path.write_text("earlier")

    def half(result, part):
        part.write_text("half")
        raise OSError(5, "Input/output error")

    monkeypatch.setitem(export.FORMATS, suffix, half)
    with pytest.raises(tt.BadInput, match=r"cannot be written \(Input/output error\); choose another place"):
        results["solve"].save(path)
    assert path.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_every_form_that_is_promised_is_there():
    assert tuple(export.FORMATS) == SUFFIXES


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.xls", "is not a .csv, .parquet, .xlsx or .dta file"),
        ("a", "is not a .csv"),
        ("none/a.csv", "its folder does not exist"),
        ("there.csv", "is a folder"),
    ],
)
def test_names_that_cannot_be_used(name, words, results, tmp_path):
    (tmp_path / "there.csv").mkdir()
    with pytest.raises(tt.BadInput) as caught:
        results["solve"].save(tmp_path / name)
    assert words in str(caught.value)


def test_without_openpyxl_the_error_names_the_extra(results, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "find_spec", lambda name: None)
    with pytest.raises(
        tt.BadInput, match=r"openpyxl is not installed; `pip install tertius\[excel\]` brings it"
    ):
        results["solve"].save(tmp_path / "a.xlsx")
    results["solve"].save(tmp_path / "a.csv")


def test_what_was_not_found_is_not_written(tmp_path):
    world = tt.load_world()
    wedges = tt.Wedges.neutral(world)
    others = [c for c in world.countries if c != "KAZ"]
    wedges.iceberg.loc["KAZ", others] = np.inf
    wedges.iceberg.loc[others, "KAZ"] = np.inf
    lost = tt.solve(world, wedges)
    for suffix in SUFFIXES:
        with pytest.raises(tt.NotSolved):
            lost.save(tmp_path / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []
