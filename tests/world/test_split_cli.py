# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The commands `world show` for a piece, `world margins` and `world split`."""

from __future__ import annotations

import json
import sys

import pytest

import tertius as tt
from tertius import cli
from tertius.labels import region_name
from tertius.world.split import load_split, read_margins


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["tertius", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    out = capsys.readouterr()
    return end.value.code, out.out, out.err


def test_a_country_alone_is_shown_in_the_world_that_has_it(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "world", "show", "KGZ")
    assert code == 0
    for words in (region_name("KGZ"), "main destinations", "grades", "gdp of KGZ", "exports of KGZ to RUS"):
        assert words in out


def test_machines_get_every_margin(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "world", "show", "eurasia-2019", "--country", "MNG", "--json")
    facts = json.loads(out)
    assert code == 0
    assert len(facts["margins"]) > 100
    first = facts["margins"][0]
    assert first["margin"] == "gdp of MNG"
    assert first["published"] == pytest.approx(14200, rel=0.01)
    assert set(facts["grades, % of value"]) == {"exports", "imports", "inputs", "value added"}


def test_a_country_that_was_not_split_has_no_margins(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "world", "show", "KAZ")
    assert code == 0
    assert "grades" not in out


def test_an_unknown_country(monkeypatch, capsys):
    code, _, err = run(monkeypatch, capsys, "world", "show", "KGS")
    assert code == 2
    assert "did you mean" in err
    assert "KGZ" in err


def test_margins_out(monkeypatch, capsys, tmp_path):
    code, out, _ = run(monkeypatch, capsys, "world", "margins", "eurasia-2020", "--out", tmp_path / "m.yaml")
    assert code == 0
    assert out.strip() == str(tmp_path / "m.yaml")
    assert (tmp_path / "m.csv").read_text().count("\n") > 1500
    assert read_margins(tmp_path / "m.yaml") == load_split("eurasia-2020").file()


MINE = """schema_version: 1
name: mine
parent: icio-2021
unit: USD billion
pieces: {SRB: {donors: {BGR: 2, HRV: 1}, near: {DEU: 2}, tariff: {rate: 0.06, free: [EU27, RUS]}}}
margins:
  - {quantity: gdp, piece: SRB, value: 63.1, reliability: 0.05}
  - {quantity: exports, piece: SRB, partner: EU27, sectors: goods, value: 16, reliability: 0.1}
"""


def test_a_split_of_ones_own(monkeypatch, capsys, tmp_path):
    (tmp_path / "mine.yaml").write_text(MINE)
    words = (
        "world",
        "split",
        "ROW",
        "--margins",
        tmp_path / "mine.yaml",
        "--out",
        tmp_path / "m.npz",
        "--json",
    )
    code, out, _ = run(monkeypatch, capsys, *words)
    assert code == 0
    assert json.loads(out)["countries"][-2:] == ["SRB", "ROW"]
    assert all(abs(line["deviation"]) < 0.05 for line in json.loads(out)["margins"])
    world = tt.World.load(tmp_path / "m.npz")
    assert float(world.value_added.sel(country="SRB")) == pytest.approx(63100, rel=0.01)
    code, out, _ = run(monkeypatch, capsys, "world", "show", tmp_path / "m.npz", "--country", "SRB")
    assert code == 0
    assert "exports of SRB to EU27" in out


def test_bad_input_ends_with_two_and_a_word(monkeypatch, capsys, tmp_path):
    code, _, err = run(monkeypatch, capsys, "world", "split", "ROW", "--margins", tmp_path / "none.yaml")
    assert code == 2
    assert "no such file" in err
    code, _, err = run(monkeypatch, capsys, "world", "margins", "icio-2021", "--out", tmp_path / "m.yaml")
    assert code == 2
    assert "not a split" in err
    text = "schema_version: 1\nname: x\nparent: icio-2021\npieces: {KGZ: {donors: {KAZ: 1}}}\n"
    (tmp_path / "x.yaml").write_text(text)
    code, _, err = run(monkeypatch, capsys, "world", "split", "RAW", "--margins", tmp_path / "x.yaml")
    assert code == 2
    assert "is 'ROW', not 'RAW'" in err
    code, _, err = run(monkeypatch, capsys, "world", "split", "ROW", "--margins", tmp_path / "x.yaml")
    assert code == 2
    assert "no gdp for KGZ" in err
