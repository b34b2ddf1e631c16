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
    claim = replace(fabricated.LEDGER[0], claim=HOSTILE, reading=HOSTILE, rule=HOSTILE, citation=HOSTILE)
    first = fabricated.make().map.values[0]
    world = replace(fabricated.make().map, title=HOSTILE, caption=HOSTILE,
                    values=(replace(first, name=HOSTILE), *fabricated.make().map.values[1:]))  # fmt: skip
    bars = (replace(fabricated.bar("RUS"), name=HOSTILE, id=HOSTILE), fabricated.bar("KAZ"))
    act = p.MeasureNote(HOSTILE, HOSTILE, "verified", HOSTILE, "javascript:alert(1)")
    return fabricated.make(
        title=HOSTILE, headline=HOSTILE, standfirst=HOSTILE, question=HOSTILE, ledger=(claim,), map=world,
        winners=bars, channels=(replace(fabricated.CHANNELS[0], block=HOSTILE, variant=HOSTILE),),
        scenarios=(p.ScenarioNote(HOSTILE, HOSTILE, HOSTILE, (act,), (HOSTILE,)),), not_modelled=(HOSTILE,),
        method=(p.MethodNote(HOSTILE, "<p>ours</p>", (HOSTILE,)),),
        reproduce=p.Reproduce(HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),)),
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
        for stat in ("low", "median", "high"):
            value = getattr(e, stat)
            element = shown[" ".join(e.ids), stat]
            assert float(element.get("value")) == value
            assert float(element.text.replace("−", "-")) == pytest.approx(value, abs=0.005)
    in_charts = {e.get("data-id") for e in tree(HTML).iter() if e.tag.endswith("}text") and e.get("data-id")}
    assert {b.id for b in fabricated.CHANNELS + fabricated.CLOSURES} <= in_charts


def test_every_estimate_shows_median_and_range():
    blocks = [e for e in tree(HTML).iter() if e.get("class") == "estimate"]
    assert len(blocks) == sum(len(c.estimates) for c in fabricated.LEDGER)
    for block in blocks:
        assert [d.get("data-stat") for d in block.iter(X + "data")] == ["median", "low", "high"]


def test_claims_stand_in_order_and_the_open_ones_are_muted():
    rows = [e for e in tree(HTML).iter(X + "tbody") if (e.get("id") or "").startswith("claim-")]
    assert [e.get("id") for e in rows] == [f"claim-{c.id}" for c in fabricated.LEDGER]
    muted = {e.get("id") for e in rows if e.get("class") == "pending"}
    assert muted == {f"claim-{c.id}" for c in fabricated.LEDGER if c.verdict == "not yet computed"}


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
    assert " ".join(order) == "ledger world ranking focal anchors scenarios method limits origins again"


def test_weak_anchors_and_unverified_acts_are_marked():
    text = words(tree(HTML))
    assert text.count("weak cell") == 1
    assert "cited from memory" in text
    assert "Boundaries are not a statement of position." in text


def test_a_failed_solve_is_told():
    solves = p.SolveSummary(3, 1.0, 0.1, False, "RUS", ("embargo: not solved, worst market RUS",))
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
