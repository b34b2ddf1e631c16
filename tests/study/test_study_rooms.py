# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Rooms in a study: claims judged by their findings, numbers traced from the page to the table."""

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from tertius.errors import BadInput
from tertius.report import run_study
from tertius.report.compose import compose
from tertius.study import compute

X = "{http://www.w3.org/1999/xhtml}"
ROOMS = """rooms:
  levers: {powers: [RUS], runs: [long], only: [embargo, food-ban, input-ban]}
  exposure: {powers: [RUS, CHN], peers: [BLR, UKR], years: [2020, 2021], worlds: icio}
quantities:
  lever: {room: levers, number: "embargo:RUS:TUR.long.target_percent", label: Loss by an embargo}
  mutual: {room: levers, number: RUS.mutual_in_band, label: Mutual levers}
"""
CLAIM = """  - id: C5
    text: Russia's levers on Türkiye mean mutual losses, and its weight falls.
    paragraph: 3
    rules: [{quantity: lever, relation: ">", value: 0, share: 0.75}]
    findings: [levers.mutual-RUS, exposure.falls-RUS]
    shows: [lever, mutual]
    reading: An embargo costs {lever}.
    grade: simulated
    falsifier: It does not.
not_modelled"""
CHANGES = (
    ("closures: [fixed_deficit]", "closures: [fixed_deficit, balanced]"),
    ("headline: [june, decoupling]", "headline: [decoupling]"),
    ("quantities:\n", ROOMS),
    ("not_modelled", CLAIM),
)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    from pathlib import Path

    text = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new, 1)
    folder = tmp_path_factory.mktemp("rooms")
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return run_study(folder / "mine.yaml", folder / "out")


def test_a_claim_is_judged_by_rules_and_findings_together(rooms):
    entry = rooms.ledger[-1]
    states = [r.state for r in entry.rules] + [f.state for f in entry.findings]
    assert len(states) == 3
    from tertius.study.verdicts import judge

    assert entry.verdict == judge(states)
    assert (
        rooms.chapters["levers"].result.verdict("RUS")
        == rooms.chapters["levers"].findings["mutual-RUS"].verdict
    )
    for found in entry.findings:
        assert found.finding.reason in entry.reading


def test_numbers_of_rooms_are_those_of_the_rooms(rooms):
    found = next(r for r in rooms.chapters["levers"].result.results if r.lever.spec.name == "embargo")
    values = rooms.quantities["lever"].values
    assert next(iter(values.values())) == pytest.approx(found.target.percent.central, rel=1e-12)
    assert min(values.values()) == pytest.approx(found.target.percent.low, rel=1e-12)
    assert max(values.values()) == pytest.approx(found.target.percent.high, rel=1e-12)
    table = rooms.results
    own = table[(table["variable"] == "Room|embargo:RUS:TUR.long.user_usd") & (table["elasticity"] == "min")]
    assert own["value"].item() == pytest.approx(found.user.dollars.low, rel=1e-12)
    assert set(own["closure"]) == {""}


def test_every_number_of_a_chapter_is_found_in_the_table(rooms):
    root = ET.fromstring((rooms.path / "report.html").read_text(encoding="utf-8"))
    chapters = [s for s in root.iter(X + "section") if "chapter" in (s.get("class") or "")]
    assert {s.get("id") for s in chapters} == {"levers", "exposure"}
    rows = rooms.results.set_index("id")
    seen = 0
    for section in chapters:
        for shown in section.iter(X + "data"):
            row = rows.loc[shown.get("data-id")]
            assert float(shown.get("value")) == pytest.approx(row["value"], rel=1e-5, abs=1e-12)
            words = {"low": "min", "high": "max"}
            if shown.get("data-stat") in words:
                assert row["elasticity"] == words[shown.get("data-stat")]
            seen += 1
    assert seen > 40


def test_ids_are_unique_with_chapters_too(rooms):
    root = ET.fromstring((rooms.path / "report.html").read_text(encoding="utf-8"))
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_what_rooms_said_is_in_the_files(rooms):
    held = json.loads((rooms.path / "ledger.json").read_text(encoding="utf-8"))[-1]
    assert [f["question"] for f in held["findings"]] == ["levers.mutual-RUS", "exposure.falls-RUS"]
    assert all(f["rule"] and f["reason"] for f in held["findings"])
    manifest = json.loads((rooms.path / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["rooms"]) == {"levers", "exposure"}
    assert manifest["without"] == []


def test_a_room_that_is_left_out_leaves_its_claims_open(rooms):
    less = compute(rooms.path.parent / "mine.yaml", without=("levers", "exposure"))
    assert less.ledger[-1].verdict == "not yet computed"
    assert [e.verdict for e in less.ledger[:4]] == [e.verdict for e in rooms.ledger[:4]]
    page = compose(less)
    assert page.sections == ()
    assert "Left out of this run: levers, exposure." in page.ledger[-1].limits
    assert less.manifest["study"]["rules_sha256"] == rooms.manifest["study"]["rules_sha256"]


@pytest.mark.usefixtures("no_solving")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("levers.mutual-RUS", "levers.mutual-RUSS"), "did you mean levers.mutual-RUS"),
        (("levers.mutual-RUS", "lever.mutual-RUS"), "did you mean levers"),
        (("room: levers, number: RUS", "room: union, number: RUS"), "'union' is not a room of this study"),
        (("share: 0.75", "share: 0.5"), "share"),
        (("worlds: icio", "world: icio"), "rooms.exposure.world is not a known field"),
        (("    falsifier: It does not.\n", ""), "falsifier"),
        (
            ('quantity: lever, relation: ">", value: 0', 'quantity: lever, relation: ">", than: lever'),
            "itself",
        ),
    ],
)
def test_mistakes_about_rooms_are_named_before_anything_is_solved(change, words, edited):
    changed = [(old, new.replace(*change)) for old, new in CHANGES]
    assert changed != list(CHANGES)
    with pytest.raises(BadInput, match=re.escape(words)):
        compute(edited(*changed))


def test_a_number_that_a_room_does_not_give_is_named(rooms, edited):
    wrong = [(o, n.replace("number: RUS.mutual_in_band", "number: RUS.mutual_in_bend")) for o, n in CHANGES]
    with pytest.raises(BadInput, match=r"quantities.mutual.number.*did you mean RUS.mutual_in_band"):
        compute(edited(*wrong), without=("exposure",))


def test_a_lever_that_does_not_exist_is_named_with_its_room(edited):
    wrong = [(o, n.replace("input-ban]", "imput-ban]")) for o, n in CHANGES]
    with pytest.raises(BadInput, match=r"turkiye-small: rooms.levers: .*did you mean input-ban"):
        compute(edited(*wrong))


@pytest.mark.usefixtures("no_solving")
def test_a_room_to_leave_out_must_be_asked(edited, text):
    with pytest.raises(BadInput, match="did you mean levers"):
        compute(edited(*CHANGES), without=("lever",))
    with pytest.raises(BadInput, match="asks no rooms"):
        compute(edited(), without=("levers",))


def test_draws_without_an_answer_are_left_out():
    from tertius.study.chapter import drawn

    assert drawn("L", "percent", {"a": np.inf, "b": np.nan, "c": 1}).values == {"c": 1.0}


def test_numbers_of_rooms_lie_in_the_ranges_that_rules_are_checked_against(rooms):
    from fnmatch import fnmatchcase

    from tertius.study.ranges import ROOM_RANGES

    bounded = 0
    for name, number in rooms.chapters["levers"].numbers.items():
        found = [r for pattern, r in ROOM_RANGES["levers"].items() if fnmatchcase(name, pattern)]
        assert bool(found) == (number.unit in ("share", "number"))
        for within in found:
            assert all(within.low <= v <= within.high for v in number.values.values())
            bounded += 1
    assert bounded == 4


def test_numbers_of_rooms_leave_with_the_run(rooms, tmp_path):
    """A sheet for each room, its central draw within its range; each drawing of a chapter has its numbers."""
    import pandas as pd

    from tertius.report import export_run

    out = export_run(rooms, tmp_path / "out", ["xlsx", "figures"])
    for name, chapter in rooms.chapters.items():
        sheet = pd.read_excel(out / "tables.xlsx", sheet_name=f"room {name}")
        assert sheet["Number"].tolist() == [n for n, number in chapter.numbers.items() if number.values]
        assert (sheet["Least"] <= sheet["Central draw"]).all()
        assert (sheet["Central draw"] <= sheet["Largest"]).all()
    drawn = {p.stem for p in (out / "figures").glob("*.csv")}
    causes = ("productivity", "trade_cost")
    assert {"levers", *(f"exposure-{c}" for c in causes), *(f"exposure-heat-{c}" for c in causes)} <= drawn
    lever = pd.read_csv(out / "figures" / "levers.csv").set_index("lever").loc["embargo:RUS:TUR"]
    found = next(r for r in rooms.chapters["levers"].result.results if r.lever.id == "embargo:RUS:TUR")
    assert lever["target_central_usd_million"] == pytest.approx(found.target.dollars.central, rel=1e-12)


def test_a_band_has_its_central_value_in_the_middle_of_the_sheet():
    from types import SimpleNamespace

    from tertius.report.exports.tables import _numbers
    from tertius.study.chapter import Chapter, band

    run = SimpleNamespace(grid=SimpleNamespace(study=SimpleNamespace(focal="TUR")))
    ((*_, central, low, middle, high, unit, count),) = _numbers(
        run, Chapter("toy", {}, {"x": band("X", "percent", 1.0, 5.0, 6.0)})
    )
    assert (central, low, middle, high, unit, count) == (5.0, 1.0, 5.0, 6.0, "percent", 3)
