# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`tertius sky` and `tertius relocate`: answers, files, and what is refused."""

import pytest
from cli_checks import loads, refused

ROUTES = ("sky", "--route", "HEL-SIN:FIN", "--route", "FRA-SVO:DEU")


def test_routes(tertius):
    code, out, _ = tertius(*ROUTES)
    assert code == 0
    assert "detour" in out
    assert "unserved" in out


def test_json_and_files(tertius, tmp_path):
    code, out, _ = tertius(*ROUTES, "--json", "--out", "c.csv", "--map", "m.svg")
    assert code == 0
    found = loads(out)
    assert found["date"] == "2022-06-08"
    assert [s["status"] for s in found["services"]] == ["detour", "unserved"]
    assert found["services"][1]["km_after"] is None
    assert set(found["channels"]["groups"]) == {"avoiding Russia", "Russia", "others", "own"}
    assert (tmp_path / "c.csv").read_text().startswith("state,flights_before")
    assert (tmp_path / "m.svg").read_text().startswith("<svg")


def test_the_day_decides(tertius):
    code, out, _ = tertius(*ROUTES[:3], "--date", "2022-02-01", "--before", "open", "--json")
    assert code == 0
    (row,) = loads(out)["services"]
    assert row["km_before"] == row["direct_km"] <= row["km_after"]


def test_relocate(tertius, tmp_path):
    code, out, _ = tertius("relocate", "--wave", "2022-06", "--json", "--out", "r.csv")
    assert code == 0
    rows = loads(out)
    total = next(r for r in rows if r["who"] == "KAZ" and r["unit"] == "percent")
    assert 0 < total["low"] < total["central"] < total["high"]
    assert len((tmp_path / "r.csv").read_text().splitlines()) == len(rows) + 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sky", "--route", "HEL-XX1:FIN"), "'XX1' is not a known airport"),
        (("sky", "--route", "HELSIN"), "write HEL-SIN:FIN"),
        (("sky", "--date", "June"), "is not a day"),
        (("sky", "--closures", "2021"), "file of closures"),
        (("sky", "--closures", "none.yaml"), "there is no such file"),
        (("sky", "--without", "russia"), "row"),
        (("sky", "--out", "x.txt"), "must end in .csv"),
        (("sky", "--route", "HEL-SIN:FIN", "--longest", "0.5"), "below 1"),
        (("relocate", "--wave", "2023"), "2022-06"),
        (("relocate", "--wave", "2022-06", "--movers", "5"), "beside --wave"),
        (("relocate", "--skilled", "2"), "not a share"),
    ],
)
def test_bad_input(tertius, words, said):
    code, out, err = tertius(*words)
    lines = "\n".join(line for line in err.splitlines() if not line.startswith("carriers "))
    assert refused((code, out, lines), said)
