# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""tertius read: a table, JSON, a draft, standard input, and mistakes."""

import io
import re
import sys
from pathlib import Path

import pytest
from cli_checks import loads, refused

from tertius.study import load_study

DOCS = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
DRAFT = ("--scenario", "sanctions-2022@december", "--out", "draft.yaml")


@pytest.fixture
def page():
    """The article of the documentation."""
    path = Path("page.md")

    def write():
        path.write_text(re.search(r"```markdown\n(.*?)```", DOCS, re.DOTALL)[1], encoding="utf-8")
        return path

    return write


def test_the_example_of_the_documentation_is_real(tertius, page):
    code, out, err = tertius("read", page())
    assert (code, err) == (0, "")
    told = re.search(r"```text\n(.*?)\n```", DOCS, re.DOTALL)[1]
    assert [line.rstrip() for line in out.rstrip().splitlines()] == told.splitlines()


def test_json_is_for_machines(tertius, page):
    found = loads(tertius("read", page(), "--json")[1])
    assert found["published"] == {"value": "2023-03-14", "note": ""}
    assert found["modified"] == {"value": "", "note": "not found"}
    assert [a["code"] for a in found["actors"]] == ["ARM", "RUS", "EU", "USA"]
    assert found["claims"][1]["tests"] == ["evidence.circumvention", "transit.leaks"]
    assert [c["hedged"] for c in found["claims"]] == [False, True, False]
    assert "draft" not in found


def test_a_draft_is_written_once_and_loads(tertius, page):
    code, out, err = tertius("read", page(), *DRAFT)
    assert (code, err) == (0, "")
    assert out.endswith("tertius run draft.yaml\n")
    study, text = load_study("draft.yaml")
    assert (study.focal, study.powers) == ("ARM", ("RUS", "USA"))
    assert study.article.title == "Armenia sits on two chairs"
    assert "# paragraph 1, sentence 2: Re-exports" in text
    assert refused(tertius("read", page(), *DRAFT), "exists already")
    assert loads(tertius("read", page(), *DRAFT[:2], "--out", "b.yaml", "--json")[1])["draft"] == "b.yaml"


def test_options_win_over_the_page(tertius, page):
    options = (
        "--focal",
        "GEO",
        "--power",
        "TUR",
        "--room",
        "levers",
        "--name",
        "mine",
        "--published",
        "2022-06-08",
    )
    assert tertius("read", page(), *DRAFT, *options, "--world", "eurasia-2021")[0] == 0
    study = load_study("draft.yaml")[0]
    assert (study.name, study.focal, study.powers) == ("mine", "GEO", ("TUR",))
    assert study.article.published.isoformat() == "2022-06-08"
    assert "levers" in study.rooms.asked


def test_standard_input(tertius, monkeypatch, page):
    held = page().read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(held), encoding="utf-8"))
    assert loads(tertius("read", "-", "--json")[1])["title"]["value"] == "Armenia sits on two chairs"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe"), encoding="utf-8"))
    assert refused(tertius("read", "-"), "stdin: is not UTF-8")


def test_mistakes_are_named(tertius, page):
    path = page()
    assert refused(tertius("read", "gone.txt"), "gone.txt: cannot be read")
    assert refused(tertius("read", "page.pdf"), "is not an article")
    assert refused(
        tertius("read", path, "--focal", "ARM"), "--focal: is for a draft; name its file with --out"
    )
    assert refused(tertius("read", path, "--out", "d.yaml"), "name a scenario with --scenario")
    assert refused(tertius("read", path, *DRAFT, "--published", "today"), "write it YYYY-MM-DD")
    assert refused(tertius("read", path, *DRAFT[:3], "d.txt"), "not a .yaml file")
    assert [p.name for p in Path().iterdir()] == ["page.md"]


def test_help_has_an_example(tertius):
    code, out, _ = tertius("read", "--help")
    assert code == 0
    assert "Example: tertius read article.html" in " ".join(out.split())
