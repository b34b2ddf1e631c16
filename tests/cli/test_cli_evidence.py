# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The commands evidence and detect: tables, JSON, charts, bad input."""

import xml.etree.ElementTree as ET
from pathlib import Path

from cli_checks import loads, refused

SMALL = Path(__file__).parents[1] / "study" / "small.yaml"


def test_evidence(tertius, tmp_path):
    code, out, err = tertius("evidence", "kaz", "--json", "--out", tmp_path / "e")
    assert (code, err) == (0, "")
    found = loads(out)
    assert {r["power"]: r["verdict"] for r in found["alignment"]}["RUS"] == "not robust"
    assert found["event"]["grade"] == "not identified"
    assert {r["exporter"] for r in found["mirror"]} > {"CHN", "RUS"}
    assert all(r["source"] for r in found["facts"])
    assert "claims" not in found
    charts = sorted(p.name for p in (tmp_path / "e").glob("*.svg"))
    assert charts == ["activity.svg", "alignment.svg", "event.svg", "influence.svg"]
    for name in charts:
        assert ET.parse(tmp_path / "e" / name).getroot().get("role") == "img"
    assert (tmp_path / "e" / "alignment_changes.csv").read_text().startswith("power,series,")


def test_evidence_in_words(tertius):
    code, out, _ = tertius("evidence", "UZB", "--claims")
    assert code == 0
    assert "not robust" in out
    assert "No series:" in out
    assert "Mirror 2021: exports of UZB" in out
    assert "Published facts" not in out
    assert "evenness over five patrons" in " ".join(out.split())


def test_detect(tertius, tmp_path):
    code, out, err = tertius("detect", "--hubs", "KGZ", "--out", tmp_path / "d", "--top", "3")
    assert (code, err) == (0, "")
    assert "petrol cars" in out
    for name in ("detection", "watch"):
        assert ET.parse(tmp_path / "d" / f"{name}.svg").getroot().get("role") == "img"
    found = loads(tertius("detect", "--hubs", "KGZ", "--json")[1])
    assert {"product", "hub", "excess", "share_of_loss", "first_month"} <= set(found["watch"][0])


def test_mistakes(tertius, tmp_path):
    assert refused(tertius("evidence", "KAX"), "did you mean", "KAZ")
    assert refused(tertius("detect", "nothing.csv"), "no such file")
    assert refused(tertius("detect", "--after", "2022"), "2022-06:2022-11")
    assert refused(tertius("detect", "--bans", "no.csv"), "no such file")


def test_backtest(tertius, tmp_path):
    code, out, _ = tertius("backtest", "kazakhstan-2022", "--draws", "20", "--out", tmp_path / "b")
    assert code == 0
    assert "does not beat no change" in " ".join(out.split())
    assert ET.parse(tmp_path / "b" / "backtest.svg").getroot().get("role") == "img"
    assert (tmp_path / "b" / "rows.csv").read_text().startswith("set,exporter,importer,goods,")


def test_backtest_as_json_and_its_mistakes(tertius, tmp_path):
    own = tmp_path / "own.csv"
    head = "exporter,importer,goods,value_before,value_after,unit,source\n"
    own.write_text(head + "DEU,KAZ,C28,10,12,USD,own\nDEU,CHN,C28,10,12,USD,own\n")
    found = loads(tertius("backtest", SMALL, own, "--draws", "20", "--json")[1])
    assert found["verdict"]["all"].startswith("too few importers")
    assert {"rows", "sign_hits", "rank", "error"} <= set(found["scores"][0])
    assert refused(tertius("backtest", SMALL, "no.csv"), "no.csv", "cannot be read")
    own.write_text(head + "DEU,KAZAKHSTAN,C28,10,12,USD,own\n")
    assert refused(tertius("backtest", SMALL, own), "row 1, importer")


def test_detect_with_the_hubs_own_books(tertius, tmp_path):
    lines = ["product,reporter,partner,flow,month,value,unit"]
    for k in range(36):
        month = f"{2020 + k // 12}-{k % 12 + 1:02d}"
        for code in ("870323", *(f"84{10 + j}00" for j in range(32))):
            gone = 0.5 if code == "870323" and month >= "2022-04" else 1.0
            lines.append(f"{code},DEU,KGZ,X,{month},100,USD")
            lines.append(f"{code},KGZ,DEU,M,{month},{100 * gone},USD")
        lines.append(f"870323,DEU,RUS,X,{month},90,USD")
    (tmp_path / "both.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "bans.csv").write_text("product,ban\n870323,2022-04\n")
    call = ("detect", "both.csv", "--bans", "bans.csv", "--mirror", "both.csv")
    found = loads(tertius(*call, "--json")[1])["mirror"]
    assert found["hubs"][0]["phantom"] == 0.5
    code, out, err = tertius(*call, "--out", tmp_path / "m")
    assert (code, err) == (0, "")
    assert "Largest mirror gaps" in out
    assert ET.parse(tmp_path / "m" / "mirror.svg").getroot().get("role") == "img"
    assert (tmp_path / "m" / "mirror_cells.csv").exists()
    assert refused(tertius("detect", "--mirror", "no.csv"), "no such file")
