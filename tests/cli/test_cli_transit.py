# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`tertius transit`: the short name, tables, files, and what it refuses."""

import csv

import pytest
from cli_checks import loads, refused


def test_routes_are_found_without_their_year(tertius):
    """Other routes of the same country (oil, transit of its own goods) do not stand in the way."""
    short, full = (tertius("transit", name, "--json") for name in ("kazakhstan", "kazakhstan-2022"))
    assert short[0] == 0
    assert short == full
    found = loads(short[1])
    assert {h["hub"] for h in found["hubs"]} >= {"KAZ", "KGZ", "ARM", "all"}
    assert [w["rent_share"] for w in found["worth"]] == [0, 0.5, 1]


@pytest.mark.parametrize("command", [("transit",), ("evidence", "KAZ"), ("detect",)])
def test_a_file_is_not_taken_for_a_folder(tertius, tmp_path, command):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    refused(tertius(*command, "--out", "taken"), "--out taken", "is a file")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_files_that_are_no_text_are_refused_everywhere(tertius, tmp_path):
    (tmp_path / "latin.yaml").write_bytes(b"\xff\xfe")
    for command in (("transit", "latin.yaml"), ("sky", "--closures", "latin.yaml"), ("solve", "latin.yaml")):
        refused(tertius(*command), "latin.yaml", "it is not UTF-8 text")


def test_tables_and_chart_are_written(tertius, tmp_path):
    code, out, _ = tertius("transit", "--focal", "KGZ", "--out", str(tmp_path / "new"))
    assert code == 0
    assert "What transit is worth to KGZ" in out
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert names == {"hubs.csv", "sectors.csv", "worth.csv", "leakage.svg"}
    with (tmp_path / "new" / "hubs.csv").open(encoding="utf-8") as file:
        assert float(next(iter(csv.DictReader(file)))["value"]) > 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["kazakhstn-2022"], ["did you mean", "kazakhstan-2022"]),
        (["kazakhstan", "--focal", "KAX"], ["did you mean KAZ"]),
        (["kazakhstan", "--q", "0.5"], ["q = 0.5 is below 1"]),
    ],
)
def test_bad_input_is_refused(tertius, arguments, words):
    refused(tertius("transit", *arguments), *words)
