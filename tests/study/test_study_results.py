# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The results table and the manifest: every number once, every number on the page found again."""

import hashlib
import json
import re
import subprocess
import xml.etree.ElementTree as ET
from importlib.metadata import version

import numpy as np
import pandas as pd
import pytest

from tertius.policy import Scenario
from tertius.study import compute
from tertius.study.register import commit, registration

HEAD = "id,model,study,world,year,scenario,case,closure,elasticity,region,variable,unit,value"
COLUMNS = HEAD.split(",")
STATISTIC = {"low": "min", "median": "median", "high": "max"}
X = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def table(run):
    return pd.read_parquet(run.path / "results.parquet")


def test_the_table_is_tidy(run, table):
    assert list(table.columns) == COLUMNS
    assert table["id"].is_unique
    assert not table.isna().any(axis=None)
    assert np.isfinite(table["value"]).all()
    assert not table.duplicated([c for c in COLUMNS if c not in ("id", "value")]).any()
    assert set(table["elasticity"]) == {"FGO", "CP", "min", "median", "max"}
    assert set(table["case"]) == {"june", "decoupling", "embargo"}
    assert set(table["model"]) == {f"tertius {version('tertius')}"}
    assert set(table["year"]) == {2021}
    pd.testing.assert_frame_equal(table, run.results, check_dtype=False)


def test_the_table_has_every_country_and_measure_and_the_focal_trade(table):
    welfare = table[table["variable"].str.startswith("Welfare|")]
    assert (welfare.groupby(["case", "elasticity", "variable"]).size() == 81).all()
    assert welfare["variable"].nunique() == 4
    trade = table[table["variable"].str.startswith("Trade|")]
    assert set(trade["region"]) == {"TUR"}
    assert set(trade["variable"]) == {
        f"Trade|{way} {power}" for way in ("Exports to", "Imports from") for power in ("RUS", "DEU")
    }
    units = table.groupby("variable")["unit"].nunique()
    assert (units == 1).all()


def test_ranges_hold_their_draws(table):
    keys = ["case", "closure", "region", "variable"]
    wide = table.pivot(index=keys, columns="elasticity", values="value")
    assert not wide.isna().any(axis=None)
    assert (wide["min"] <= wide["median"]).all()
    assert (wide["median"] <= wide["max"]).all()
    draws = wide[["FGO", "CP"]].to_numpy()
    np.testing.assert_array_equal(wide["min"], draws.min(axis=1))
    np.testing.assert_array_equal(wide["max"], draws.max(axis=1))
    np.testing.assert_allclose(wide["median"], np.median(draws, axis=1), rtol=1e-15, atol=0)


def test_csv_and_parquet_hold_the_same(run, table):
    text = pd.read_csv(run.path / "results.csv", keep_default_na=False)
    assert list(text.columns) == COLUMNS
    np.testing.assert_allclose(text["value"], table["value"], rtol=1e-8)
    for column in set(COLUMNS) - {"value", "year"}:
        assert (text[column] == table[column]).all()


def numbers(html):
    root = ET.fromstring(html)
    return [e for e in root.iter(X + "data") if e.get("data-id")]


def as_number(text):
    """What a person reads: decimals as printed, with a true minus sign and thin spaces."""
    plain = text.replace("\u2212", "-").replace("\u202f", "").replace("\u00a0", "").replace("+", "")
    digits = len(plain.partition(".")[2])
    return float(plain), digits


def test_every_number_of_the_page_is_found_in_the_table(run, table):
    html = (run.path / "report.html").read_text(encoding="utf-8")
    rows = table.set_index("id")
    found = numbers(html)
    assert len(found) > 250
    for element in found:
        wanted = STATISTIC[element.get("data-stat")]
        ids = element.get("data-id").split()
        assert set(ids) <= set(rows.index)
        (row,) = [r for i in ids if (r := rows.loc[i])["elasticity"] == wanted]
        shown = float(element.get("value"))
        assert shown == pytest.approx(row["value"], rel=1e-5, abs=1e-12)
        printed, digits = as_number("".join(element.itertext()))
        assert printed == pytest.approx(row["value"], abs=0.5 * 10.0**-digits * (1 + 1e-6))
        if len(ids) > 1:  # one range: same case, place and variable
            same = rows.loc[ids, ["case", "closure", "region", "variable"]].drop_duplicates()
            assert len(same) == 1


def test_every_id_in_the_page_exists(run, table):
    html = (run.path / "report.html").read_text(encoding="utf-8")
    used = {i for ids in re.findall(r'data-id="([^"]*)"', html) for i in ids.split()}
    assert used <= set(table["id"])


def test_the_manifest_holds_all_that_is_needed(run):
    held = json.loads((run.path / "manifest.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert held["tertius"] == version("tertius")
    assert held["world"]["name"] == "icio-2021"
    assert held["world"]["sha256"] == run.grid.world.hash
    assert held["world"]["record"]
    assert held["study"]["text"] == (run_text := run.manifest["study"]["text"])
    assert "name: turkiye-small" in run_text
    assert held["cases"] == {
        "june": "sanctions-2022@june",
        "decoupling": "decoupling-x2",
        "embargo": "embargo-rus-kaz",
    }
    assert set(held["scenarios"]) == {"sanctions-2022", "decoupling-x2", "embargo-rus-kaz"}
    for name, entry in held["scenarios"].items():
        assert entry["text"] == Scenario.load(name).text
        assert entry["sha256"] == hashlib.sha256(entry["text"].encode()).hexdigest()
    assert held["seeds"] == []
    assert {"made", "seconds", "python", "numpy", "platform", "commit"} <= set(held)
    solves = [(s["case"], s["elasticity"], s["closure"]) for s in held["solves"]]
    assert solves == [(d.case, d.elasticity, d.closure) for d in run.grid.draws]
    assert len(set(solves)) == 6
    for s in held["solves"]:
        assert s["outcome"] == "converged"
        assert 0 <= s["residual"] <= 1e-10
        assert s["sweeps"] > 0
        assert s["worst"]
        assert s["seconds"] >= 0


@pytest.mark.usefixtures("no_solving")
def test_the_hash_of_the_rules_knows_no_results_and_every_rule(run, edited):
    def hashed(*changes):
        return registration(edited(*changes)).sha256

    own = run.manifest["study"]["rules_sha256"]
    assert hashed() == own
    assert hashed(("title: A made-up page", "title: Another page")) == own
    assert hashed(("case: decoupling, country: RUS, sign: -1", "case: june, country: RUS, sign: -1")) == own
    assert hashed(('rus, relation: "<", value: 0', 'rus, relation: "<", value: -1')) != own
    assert hashed(('relation: "<", than: west', 'relation: "<=", than: west')) != own
    assert hashed(("decoupling, country: RUS, label", "june, country: RUS, label")) != own


@pytest.mark.usefixtures("no_solving")
def test_every_claim_has_a_hash_of_its_own_that_only_its_rules_move(run, edited):
    def hashed(*changes):
        return {c.id: c.sha256 for c in registration(edited(*changes)).claims}

    own = run.manifest["study"]["claims_sha256"]
    assert hashed() == own
    assert list(own) == ["C1", "C2", "C3", "C4"]
    assert len(set(own.values())) == 4

    def moved(*changes):
        return {name for name, sha in hashed(*changes).items() if sha != own[name]}

    assert moved(("falsifier: Russia loses.", "falsifier: Russia loses at all.")) == {"C2"}
    assert moved(("text: Decoupling helps Russia.", "text: Decoupling is good for Russia.")) == {"C2"}
    assert moved(("than: west", "than: west, share: 0.9")) == {"C1"}
    assert moved(("case: decoupling, country: coalition-2022", "case: june, country: coalition-2022")) == {
        "C1"
    }
    assert moved(("elasticities: [FGO, CP]", "elasticities: [FGO]")) == set(own)
    assert moved(("world: icio-2021", "world: icio-2020")) == set(own)
    assert moved(("label: Russia}", "label: The Russian Federation}")) == set()


def test_rules_are_registered_before_the_first_solve(edited, monkeypatch):
    """The fingerprint exists, with its time, when the first equilibrium is asked for."""
    from tertius.study import run as running

    seen, solve_cases, register = [], running.solve_cases, running.register

    def watched(*args):
        seen.append(register(*args))
        return seen[-1]

    def solving(grid, tell):
        assert grid.draws == ()
        assert len(seen) == 1
        return solve_cases(grid, tell)

    monkeypatch.setattr(running, "register", watched)
    monkeypatch.setattr(running, "solve_cases", solving)
    made = compute(edited(("elasticities: [FGO, CP]", "elasticities: [FGO]"))).manifest
    assert (made["registered"], made["study"]["rules_sha256"]) == (seen[0].at, seen[0].sha256)
    assert made["registered"] < made["made"]
    assert made["warnings"] == [
        "claims[1] (C2).falsifier: 'Russia loses.' is short; say which numbers would show the claim wrong"
    ]


def test_a_scenario_file_that_changes_moves_the_hash(edited, tmp_path, no_solving):
    path = tmp_path / "ban.yaml"
    text = (
        "{schema_version: 1, name: ban, title: A ban, measures: [{kind: embargo, exporters: [DEU],"
        " importers: [RUS], why: {title: an act}}]}"
    )
    change = ("scenario: decoupling-x2", f"scenario: {path}")
    path.write_text(text, encoding="utf-8")
    before = registration(edited(change))
    path.write_text(text.replace("DEU", "POL"), encoding="utf-8")
    after = registration(edited(change))
    assert [a.sha256 == b.sha256 for a, b in zip(before.claims, after.claims, strict=True)] == [
        False,
        False,
        False,
        True,
    ]


def test_a_second_run_gives_the_same_but_for_time(run, text, tmp_path):
    path = tmp_path / "again.yaml"
    path.write_text(text, encoding="utf-8")
    again = compute(path)
    pd.testing.assert_frame_equal(again.results, run.results, check_exact=True)
    assert again.ledger == run.ledger
    assert without_time(again.manifest) == without_time(run.manifest)


def without_time(manifest):
    solves = [{k: v for k, v in s.items() if k != "seconds"} for s in manifest["solves"]]
    return {k: v for k, v in manifest.items() if k not in ("registered", "made", "seconds")} | {
        "solves": solves
    }


def test_the_commit_is_of_this_package_and_no_other(monkeypatch):
    def answer(out, code=0):
        def run(*_, **__):
            return subprocess.CompletedProcess([], code, stdout=out, stderr="")

        monkeypatch.setattr("tertius.study.register.subprocess.run", run)
        return commit()

    assert answer("", 128) == ""
    assert answer("/\n0123abc\n") == ""  # a repository that is not ours around the installed package

    def no_git(*_, **__):
        raise FileNotFoundError("git")

    monkeypatch.setattr("tertius.study.register.subprocess.run", no_git)
    assert commit() == ""
