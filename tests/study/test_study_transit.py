# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Transit and coercion frontiers in a study: numbers traced, the rule of decision 17, flows that add up."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tertius.outcomes import lever_frontier, transit_summary
from tertius.outcomes.transit import banned_flows, leakage_table
from tertius.report import run_study
from tertius.study.ask import ask
from tertius.study.cases import Grid

X = "{http://www.w3.org/1999/xhtml}"
CHANGES = (
    ("world: icio-2021", "world: eurasia-2021"),
    ("elasticities: [FGO, CP]", "elasticities: [FGO]"),
    ("focal: TUR", "focal: KAZ"),
    (
        "quantities:\n",
        "rooms:\n  levers: {powers: [RUS], runs: [long], only: [food-ban, fuel-ban], frontier: [RUS]}\n"
        "  transit: {scenario: sanctions-2022@june}\n"
        "quantities:\n  leak: {room: transit, number: all.leakage, label: Leakage}\n",
    ),
    (
        "not_modelled",
        "  - {id: C5, text: Bans leak., paragraph: 3, findings: [transit.leaks], shows: [leak],"
        " grade: simulated, falsifier: They do not.}\nnot_modelled",
    ),
)


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    text = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new, 1)
    folder = tmp_path_factory.mktemp("transit")
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    quick = partial(lever_frontier.coercion_frontier, sectors=("C26",), prices=(1.0,), trials=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lever_frontier, "coercion_frontier", quick)
        return run_study(folder / "mine.yaml", folder / "out")


def test_numbers_are_those_of_the_summary(studied):
    chapter = studied.chapters["transit"]
    hubs, numbers = chapter.result.hubs.set_index("hub"), chapter.numbers
    for hub, row in hubs.iterrows():
        for key in ("base", "value", "barred", "margin", "rent", "leakage"):
            assert numbers[f"{hub}.{key}"].values["FGO, central"] == row[key]
        more = numbers[f"{hub}.additional"].values
        assert more["FGO, central"] == pytest.approx(row["value"] - row["base"])
        assert set(more) == {f"FGO, {x}" for x in chapter.result.levels["level"]}
        leaks = numbers[f"{hub}.leakage"].values.values()
        assert min(leaks) == pytest.approx(row["low"], rel=1e-3)  # rent moves it by a trifle
        assert max(leaks) == pytest.approx(row["high"], rel=1e-3)
    worth = chapter.result.worth.set_index("rent_share")
    for e in worth.index:
        gain = numbers[f"rent {e:g}.real_income"].values["FGO"] - numbers["unrouted"].values["FGO"]
        assert gain == pytest.approx(numbers[f"rent {e:g}.difference"].values["FGO"], abs=1e-12)
    assert numbers["KAZ.phantom"].values == {"low": 25.0, "central": 50.0, "high": 75.0}


def test_rent_is_none_or_all_of_the_margin_at_its_ends(studied):
    numbers = studied.chapters["transit"].numbers
    rent, margin = (numbers[f"all.{key}"].values for key in ("rent", "margin"))
    assert rent["FGO, rent 0"] == 0.0
    assert rent["FGO, rent 1"] == pytest.approx(margin["FGO, rent 1"])


def test_flows_by_origin_are_what_the_leakage_is_made_of(studied):
    central = studied.chapters["transit"].result.central
    flows = banned_flows(central, "RUS")
    table = leakage_table(central).query("sector == 'all' and destination == 'RUS'").set_index("hub")
    change = (flows["value"] - flows["base"]).groupby(flows["route"]).sum()
    assert -change["direct"] == pytest.approx(table["lost"]["all"], rel=1e-12)
    for hub in change.index.drop("direct"):
        assert change[hub] == pytest.approx(table["gained"][hub], rel=1e-12)
    assert (flows[["base", "value"]] >= 0).all(axis=None)


def test_the_claim_rests_on_the_finding(studied):
    entry = next(e for e in studied.ledger if e.claim.id == "C5")
    assert entry.verdict == studied.chapters["transit"].findings["leaks"].verdict == "supported"
    assert "Kazakhstan alone" in entry.reading


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda t: t, "supported"),
        (lambda t: t.assign(leakage=-t["leakage"]), "contradicted"),
        (lambda t: t.assign(value=t["base"]), "contradicted"),  # nothing more goes through hubs
        (lambda t: t.assign(leakage=t["leakage"].where(t["level"] != "q low", 0.0)), "mixed"),
        (lambda t: t.assign(value=t["value"].where(t["level"] != "shares low", 0.0)), "mixed"),
        (lambda t: t.assign(leakage=float("nan")), "not identified"),
    ],
)
def test_the_rule_of_decision_17(studied, monkeypatch, change, verdict):
    found = studied.chapters["transit"].result
    made = replace(found, levels=change(found.levels))
    monkeypatch.setattr(transit_summary, "transit_summary", lambda *_: made)
    grid: Grid = studied.grid
    again = ask(grid, ("levers",), lambda *_: None)["transit"]
    assert again.findings["leaks"].verdict == verdict


def test_every_number_of_both_chapters_is_found_in_the_table(studied):
    root = ET.fromstring((studied.path / "report.html").read_text(encoding="utf-8"))
    rows = studied.results.set_index("id")
    for name, least in (("transit", 100), ("levers", 30)):
        section = next(s for s in root.iter(X + "section") if s.get("id") == name)
        shown = list(section.iter(X + "data"))
        assert len(shown) > least
        for number in shown:
            row = rows.loc[number.get("data-id")]
            assert float(number.get("value")) == pytest.approx(row["value"], rel=1e-5, abs=1e-12)


def test_the_heading_says_what_the_flows_say(studied):
    root = ET.fromstring((studied.path / "report.html").read_text(encoding="utf-8"))
    section = next(s for s in root.iter(X + "section") if s.get("id") == "transit")
    heads = ["".join(h.itertext()) for h in section.iter(X + "h3")]
    leak = studied.chapters["transit"].numbers["all.leakage"].values["FGO, central"]
    assert heads[0].endswith(f"or {leak:.0f} percent")


def test_the_frontier_stands_in_the_chapter_on_levers(studied):
    chapter = studied.chapters["levers"]
    frontier = chapter.result.frontiers["RUS"]
    curve, today = frontier.curve(), frontier.today()
    for k, point in enumerate(curve.to_dict("records"), start=1):
        for side in ("user_usd", "target_percent"):
            assert chapter.numbers[f"frontier.RUS.{k}.{side}"].values == {"FGO": point[side]}
    assert len(today) > 0
    for r in today.itertuples():
        assert chapter.numbers[f"frontier.RUS.reach.{r.lever}"].values["FGO"] == 100 * r.reach
    assert chapter.numbers["frontier.RUS.joint"].values["FGO"] > 0
    page = (studied.path / "report.html").read_text(encoding="utf-8")
    assert 'id="frontier-1"' in page
    assert "The most that Russia can inflict on Kazakhstan" in page
