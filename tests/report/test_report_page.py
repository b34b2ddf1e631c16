# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The whole page: self-contained, well-formed, escaped, traceable, the same every time."""

import os
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import fabricated
import pytest

from tertius.errors import BadInput
from tertius.report import page as p
from tertius.report import referee
from tertius.report.render import render, write

HTML = render(fabricated.make())
X = "{http://www.w3.org/1999/xhtml}"
HOSTILE = """</script><script>alert("x")</script> & 'quoted' <img src=x onerror=alert(1)>"""


def tree(html):
    return ET.fromstring(html)


def words(element):
    return " ".join("".join(element.itertext()).split())


def test_the_page_is_well_formed_and_small():
    assert HTML.startswith("<!DOCTYPE html>")
    tree(HTML)
    assert len(HTML.encode()) <= 1_500_000


def test_nothing_is_loaded_from_elsewhere():
    for element in tree(HTML).iter():
        tag = element.tag.rpartition("}")[2]
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        assert "src" not in element.attrib
        href = element.get("href", "#")
        assert href.startswith("#") or (tag == "a" and href.startswith("https://"))
    style = "".join(e.text or "" for e in tree(HTML).iter(X + "style"))
    assert "@import" not in style
    assert set(re.findall(r"url\((.*?)\)", style)) == {"#hatch"}


def test_ids_are_unique_and_local_links_lead_somewhere():
    ids = [e.get("id") for e in tree(HTML).iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    links = {e.get("href")[1:] for e in tree(HTML).iter() if e.get("href", "").startswith("#")}
    assert links <= set(ids)


def hostile_page():
    first = fabricated.LEDGER[0]
    fact, part = replace(first.facts[0], what=HOSTILE, source=HOSTILE), replace(first.parts[0], asks=HOSTILE)
    claim = replace(first, claim=HOSTILE, said=(HOSTILE,), parts=(part,), facts=(fact,), citation=HOSTILE)
    first = fabricated.make().map.values[0]
    world = replace(fabricated.make().map, title=HOSTILE, caption=HOSTILE,
                    values=(replace(first, name=HOSTILE), *fabricated.make().map.values[1:]))  # fmt: skip
    bars = (replace(fabricated.bar("RUS"), name=HOSTILE, id=HOSTILE), fabricated.bar("KAZ"))
    act = referee.MeasureNote(HOSTILE, HOSTILE, "verified", HOSTILE, "javascript:alert(1)")
    return fabricated.make(
        title=HOSTILE, headline=HOSTILE, standfirst=HOSTILE, question=HOSTILE, ledger=(claim,), map=world,
        winners=bars, channels=(replace(fabricated.CHANNELS[0], block=HOSTILE, variant=HOSTILE),),
        not_modelled=(HOSTILE,),
        scenarios=(referee.ScenarioNote(HOSTILE, HOSTILE, HOSTILE, (act,), (HOSTILE,)),),
        method=(referee.MethodNote(HOSTILE, "<p>ours</p>", (HOSTILE,)),),
        reproduce=referee.Reproduce(HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),)),
    )  # fmt: skip


def test_hostile_text_stays_text():
    html = render(hostile_page())
    scripts = list(tree(html).iter(X + "script"))
    assert len(scripts) == 1
    assert "alert" not in (scripts[0].text or "")
    assert "<img" not in html
    assert "onerror" not in {k for e in tree(html).iter() for k in e.attrib}
    assert "javascript:" not in html
    assert HOSTILE.split(">")[-2] in "".join(tree(html).itertext())


def test_numbers_can_be_followed_back():
    shown = {
        (e.get("data-id"), e.get("data-stat")): e for e in tree(HTML).iter(X + "data") if e.get("data-id")
    }
    for e in fabricated.LEDGER[0].estimates:
        for stat, value in (("low", e.low), ("median", e.central), ("high", e.high)):
            element = shown[" ".join(e.ids), stat]
            assert float(element.get("value")) == value
            assert float(element.text.replace("−", "-")) == pytest.approx(value, abs=0.005)
    in_charts = {e.get("data-id") for e in tree(HTML).iter() if e.tag.endswith("}text") and e.get("data-id")}
    assert {b.id for b in fabricated.CHANNELS + fabricated.CLOSURES} <= in_charts


def test_every_estimate_shows_its_median_and_a_range_where_there_is_one():
    blocks = [e for e in tree(HTML).iter() if e.get("class") == "estimate"]
    first = [c.estimates[0] for c in fabricated.LEDGER if c.estimates]
    shown = [*first, *(e for c in fabricated.LEDGER for e in c.estimates)]
    assert len(blocks) == len(shown)
    for block, e in zip(blocks, shown, strict=True):
        stats = [d.get("data-stat") for d in block.iter(X + "data")]
        assert stats == (["median", "low", "high"] if e.low != e.high else ["median"])


def test_what_a_range_is_taken_over_stands_beside_it():
    (page,) = [e for e in tree(HTML).iter(X + "article") if e.get("id") == "claim-S11"]
    assert words(page).count("over 8 elasticity sets") == 3  # the fourth number has no range


def test_claims_stand_in_order_and_the_open_ones_are_muted():
    pages = [e for e in tree(HTML).iter(X + "article") if "claim" in e.get("class").split()]
    assert [e.get("id") for e in pages] == [f"claim-{c.id}" for c in fabricated.LEDGER]
    muted = {e.get("id") for e in pages if "pending" in e.get("class").split()}
    assert muted == {f"claim-{c.id}" for c in fabricated.LEDGER if c.verdict == "not yet computed"}


def test_each_line_of_the_ledger_leads_to_the_page_of_its_claim():
    ledger = next(e for e in tree(HTML).iter(X + "section") if e.get("id") == "ledger")
    links = [(e.get("href"), words(e)) for e in ledger.iter(X + "a")]
    assert links == [(f"#claim-{c.id}", c.claim) for c in fabricated.LEDGER]


def test_the_page_of_a_claim_tells_what_decided_it():
    page = next(e for e in tree(HTML).iter(X + "article") if e.get("id") == "claim-S1")
    claim, told = fabricated.LEDGER[0], words(page)
    for said in (*claim.said, *claim.limits, claim.falsifier, claim.parts[0].asks, "8 of 8 draws", "holds"):
        assert said in told
    assert claim.rule_hash in told
    assert "2 more numbers" in told


def test_published_facts_are_cited_and_are_not_numbers_of_the_run():
    (listed,) = [e for e in tree(HTML).iter(X + "ul") if e.get("class") == "published"]
    assert not list(listed.iter(X + "data"))
    first, second = (words(item) for item in listed.iter(X + "li"))
    assert first == "growth of Russia, 2022: −2.1 % (first estimate) a made-up bank"
    assert second == "central bank frozen out, 2022-02-28 a made-up paper"


def test_figures_shown_again_refer_to_figures_of_the_page():
    root = tree(HTML)
    drawn = {e.get("id"): e.get("viewBox") for e in root.iter() if e.tag.endswith("}svg") and e.get("id")}
    again = [e for e in root.iter() if e.get("class") == "again"]
    assert [next(iter(e)).get("href") for e in again] == ["#gains", "#losses", "#channels", "#losses"]
    for e in again:
        assert e.get("viewBox").split()[2:] == drawn[next(iter(e)).get("href")[1:]].split()[2:]
        assert e.get("aria-label")


def test_verdicts_differ_by_shape_and_by_word():
    shapes = {}
    for chip in tree(HTML).iter(X + "span"):
        if (chip.get("class") or "").startswith("chip "):
            use = next(e for e in chip.iter() if e.tag.endswith("}use"))
            shapes.setdefault(words(chip).rstrip(" 0123456789"), set()).add(use.get("href"))
    assert set(shapes) == {
        "supported",
        "contradicted",
        "mixed",
        "not robust",
        "not identified",
        "not yet computed",
    }
    assert len(set.union(*shapes.values())) == 6


def test_the_page_reads_in_the_agreed_order():
    order = [e.get("id") for e in tree(HTML).iter(X + "section") if e.get("id")]
    assert (
        " ".join(order)
        == "ledger pictures claims world ranking focal anchors scenarios method limits origins again"
    )


def test_weak_anchors_and_unverified_acts_are_marked():
    text = words(tree(HTML))
    assert text.count("weak cell") == 1
    assert "cited from memory" in text
    assert "Boundaries are not a statement of position." in text


def test_a_failed_solve_is_told():
    solves = referee.SolveSummary(3, 1.0, 0.1, False, "RUS", ("embargo: not solved, worst market RUS",))
    text = words(tree(render(fabricated.make(solves=solves))))
    assert "not all converged" in text
    assert "worst market RUS" in text


def test_an_almost_empty_page_still_renders():
    html = render(fabricated.make(
        figures=(), ledger=(), winners=(), channels=(), closures=(), scenarios=(), anchors=(), origins=(),
        method=(), assumptions=(), not_modelled=(), map=p.MapData("Nothing", ()),
    ))  # fmt: skip
    tree(html)


def test_numbers_that_are_not_numbers_are_refused():
    bad = replace(fabricated.bar("RUS"), low=float("nan"))
    with pytest.raises(BadInput, match=r"page\.winners\[0\]\.low: nan cannot be shown"):
        render(fabricated.make(winners=(bad,)))


def test_the_same_page_gives_the_same_text():
    assert render(fabricated.make()) == HTML


def test_writing_replaces_the_file_in_one_step(tmp_path):
    target = tmp_path / "report.html"
    target.write_text("old")
    assert write(fabricated.make(), target) == target
    assert target.read_text(encoding="utf-8") == HTML
    assert os.listdir(tmp_path) == ["report.html"]


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    target = tmp_path / "report.html"
    target.write_text("old")
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write(fabricated.make(), target)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.html"]


def test_the_script_keeps_the_page_well_formed():
    script = next(tree(HTML).iter(X + "script")).text
    assert "innerHTML" not in script
    assert "fetch" not in script
