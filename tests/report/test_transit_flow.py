# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chart of flows: widths are dollars on one scale, what closes ends at the gate, zero is not drawn."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.report.charts.standalone import standalone
from tertius.report.charts.transit_flow import DIRECT, Flow, transit_flow

SVG = "{http://www.w3.org/2000/svg}"
MONEY = st.floats(1.0, 1e5)
FLOWS = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from((DIRECT, "H", "I"))),
    st.tuples(MONEY, MONEY),
    min_size=1,
).map(lambda d: [Flow(o, r, *v) for (o, r), v in d.items()])


def found(svg, tag, css):
    """Elements of a class with the heights that they have in the drawing."""
    every = [e for e in ET.fromstring(svg).iter(SVG + tag) if e.get("class") == css]
    if tag == "rect":
        return [(float(e.get("x")), float(e.get("height"))) for e in every]
    return [
        (float(e.get("d")[1:].split(",")[0]), float(re.search(r"v([\d.]+)", e.get("d"))[1])) for e in every
    ]


def sides(svg, tag, css):
    """Sum of heights left and right of the middle of the drawing."""
    pairs = found(svg, tag, css)
    return tuple(sum(h for x, h in pairs if (x < 450) == left) for left in (True, False))


@given(FLOWS)
def test_widths_add_up_to_the_totals_on_one_scale(flows):
    svg = transit_flow(flows, "Z")
    scale = 300.0 / max(sum(f.before for f in flows), sum(f.after for f in flows))
    slack = 0.02 * (len(flows) + 1)
    for side, state in enumerate(("before", "after")):
        total = sum(getattr(f, state) for f in flows)
        direct = sum(getattr(f, state) for f in flows if f.route == DIRECT)
        assert sides(svg, "rect", "way")[side] == pytest.approx(scale * direct, abs=slack)
        assert sides(svg, "rect", "hub")[side] == pytest.approx(scale * (total - direct), abs=slack)
        bands = sum(sides(svg, "path", css)[side] for css in ("way", "hub"))  # once in, once out
        assert bands == pytest.approx(2 * scale * total, abs=2 * slack)
    lost = sum(max(f.before - f.after, 0.0) for f in flows if f.route == DIRECT)
    assert sides(svg, "path", "shut") == pytest.approx((0.0, scale * lost), abs=slack)
    assert sides(svg, "rect", "gate") == pytest.approx((0.0, scale * lost), abs=slack)


@given(FLOWS)
def test_nothing_leaves_the_drawing_and_lanes_do_not_overlap(flows):
    root = ET.fromstring(transit_flow(flows, "Z"))
    high = float(root.get("viewBox").split()[3])
    lanes = sorted(
        (float(e.get("x")), float(e.get("y")), float(e.get("height")))
        for e in root.iter(SVG + "rect")
        if e.get("class") in ("way", "hub", "gate")
    )
    for (x, y, h), (x2, y2, _) in pairwise(lanes):
        assert y + h < high
        assert x != x2 or y + h <= y2 + 0.05


def test_of_zero_nothing_is_drawn():
    flows = [Flow("A", DIRECT, 5.0, 0.0), Flow("A", "H", 0.0, 2.0), Flow("B", "I", 0.0, 0.0)]
    svg = transit_flow(flows, "Z")
    words = ["".join(t.itertext()) for t in ET.fromstring(svg).iter(SVG + "text")]
    assert not any(w.startswith(("B ", "I ")) for w in words)
    assert sum(w.startswith("H ") for w in words) == 1  # with bans only
    assert sum(w.startswith("Direct") for w in words) == 1  # without only
    assert len(found(svg, "rect", "gate")) == 1
    assert transit_flow([], "Z") == ""
    assert transit_flow([Flow("A", DIRECT, 0.0, 0.0)], "Z") == ""


def test_no_gate_where_nothing_closes():
    assert 'class="gate"' not in transit_flow([Flow("A", DIRECT, 5.0, 6.0)], "Z")


def test_equal_pairs_are_added_and_stand_in_the_order_asked_for():
    one = transit_flow([Flow("A", "H", 1.0, 2.0), Flow("B", "I", 3.0, 1.0), Flow("A", "H", 2.0, 1.0)], "Z")
    assert one == transit_flow([Flow("A", "H", 3.0, 3.0), Flow("B", "I", 3.0, 1.0)], "Z")
    turned = transit_flow(
        [Flow("A", "H", 3.0, 3.0), Flow("B", "I", 3.0, 1.0)], "Z", order=("B", "A", "I", "H")
    )
    places = {
        t.text: float(t.get("y"))
        for t in ET.fromstring(turned).iter(SVG + "text")
        if t.text in ("A", "B", "H", "I")
    }
    assert places["B"] < places["A"]
    assert places["I"] < places["H"]


def test_names_are_escaped_and_the_focal_hub_stands_out():
    flows = [Flow("A & <B>", DIRECT, 9e4, 5e4), Flow("A & <B>", 'H "1"', 1e3, 2e3)]
    svg = transit_flow(flows, "Z>", focal='H "1"', title="R & D")
    root = ET.fromstring(standalone(svg))
    words = ["".join(t.itertext()) for t in root.iter(SVG + "text")]
    assert "A & <B> 91.0" in words
    assert 'H "1" 2.00' in words
    assert "Closed 40.0" in words
    assert len(found(svg, "rect", "focal")) == 2
    assert not found(svg, "rect", "hub")
    description = next(root.iter(SVG + "desc")).text
    assert "direct 90.0" in description
    assert "direct 50.0" in description
