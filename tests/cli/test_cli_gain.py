# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`tertius gain`: answers, files, and what is refused."""

import pytest
from cli_checks import loads, refused

FAST = ("gain", "--closures", "none", "--routes", "none", "--world", "icio-2021")


def test_in_words_and_files(tertius, tmp_path):
    code, out, _ = tertius(*FAST, "--out", "tables", "--chart", "g.svg")
    assert code == 0
    assert "S5" in out
    assert {f.name for f in (tmp_path / "tables").iterdir()} == {
        "parts.csv", "totals.csv", "ranks.csv", "economies.csv", "waterfall.svg",
    }  # fmt: skip
    assert "Without energy Kazakhstan" in (tmp_path / "g.svg").read_text(encoding="utf-8")


def test_json(tertius):
    code, out, _ = tertius(*FAST, "--wave", "none", "--attributed", "0", "--attributed", "0.3", "--json")
    assert code == 0
    found = loads(out)
    assert [t["attributed"] for t in found["totals"] if t["unit"] == "percent"] == [0.0, 0.3]
    assert found["S5"]["verdict"] == "not identified"  # this world has few economies of Eurasia
    trade, total = (next(p for p in found["parts"] if p["channel"] == c) for c in ("trade", "total"))
    assert trade["central"] == total["central"]


def test_an_importer_pays_for_energy(tertius, tmp_path):
    code, _, _ = tertius(*FAST, "--focal", "DEU", "--wave", "none", "--chart", "g.svg")
    assert code == 0
    assert "Without energy Germany" in (tmp_path / "g.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--focal", "KAS"), "KAZ"),
        (("--scenario", "sanctions"), "sanctions-2022"),
        (("--routes", "kaz"), "routes"),
        (("--wave", "2023"), "2022-06"),
        (("--date", "June"), "is not a day"),
        (("--attributed", "1.2"), "not a share"),
        (("--people", "all"), "natives"),
        (("--chart", "x.png"), "must end in .svg"),
    ],
)
def test_bad_input(tertius, words, said):
    refused(tertius(*FAST, *words), said, lines=2)
