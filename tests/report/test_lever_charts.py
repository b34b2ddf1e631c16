# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Charts of levers, exposure and unions: marks stand where the numbers say."""

from xml.etree import ElementTree as ET

import numpy as np
import pytest
from numpy.testing import assert_allclose

from tertius.report.charts.exposure_heat import HeatRow, exposure_heat
from tertius.report.charts.exposure_lines import exposure_lines
from tertius.report.charts.frontier_curve import FrontierDot, frontier_curve
from tertius.report.charts.standalone import standalone
from tertius.report.charts.union_bars import UnionBar, union_bars

SVG = "{http://www.w3.org/2000/svg}"


def found(svg, tag, cls=None):
    every = ET.fromstring(svg).iter(f"{SVG}{tag}")
    return [e for e in every if cls is None or cls in (e.get("class") or "").split()]


def test_levers_stand_below_the_frontier():
    curve = [(-100.0, 500.0), (0.0, 900.0), (400.0, 1500.0)]
    dots = [FrontierDot("ban:A:B", 200.0, 600.0, 0.5), FrontierDot("on it", 0.0, 900.0, 1.0)]
    svg = frontier_curve(curve, dots, title="A & B")
    line = found(svg, "polyline", "curve")[0].get("points").split()
    places = [tuple(map(float, p.split(","))) for p in line]
    below, on = reversed([(float(c.get("cx")), float(c.get("cy"))) for c in found(svg, "circle")])
    assert_allclose(on, places[1], atol=0.1)
    assert below[0] == pytest.approx((places[1][0] + places[2][0]) / 2, abs=0.1)
    assert below[1] > places[1][1]  # down the page is less harm
    x1, y1, x2, y2 = (float(found(svg, "line", "equal")[0].get(k)) for k in ("x1", "y1", "x2", "y2"))
    per_dollar = (places[2][0] - places[1][0]) / 400.0, (places[1][1] - places[2][1]) / 600.0
    assert (x2 - x1) / per_dollar[0] == pytest.approx((y1 - y2) / per_dollar[1], rel=1e-3)
    assert "50 % of the frontier" in svg
    assert frontier_curve([]) == ""


def test_the_heat_map_has_a_cell_for_each_pair_and_a_gap_between_groups():
    rows = [
        HeatRow("KAZ", 1, [0.3, float("nan")]),
        HeatRow("TUR", 1, [-0.3, 0.0]),
        HeatRow("BLR", 2, [0.02, 0.01]),
    ]
    svg = exposure_heat(["RUS", "KAZ"], rows, focal="KAZ")
    cells = [e for e in found(svg, "rect", "cell") if float(e.get("height")) > 10]
    assert len(cells) == 5
    assert len(found(svg, "rect", "own")) == 1
    steps = [e.get("class").split()[1] for e in cells]
    assert steps[0][0] == "g"
    assert steps[1] == steps[0].replace("g", "l")  # the same size, a loss
    tops = sorted({float(e.get("y")) for e in cells})
    assert tops[2] - tops[1] > tops[1] - tops[0]
    bold = found(svg, "text", "focal")
    assert [e.text for e in bold] == ["Kazakhstan"]
    assert exposure_heat([], []) == ""


def test_lines_name_the_focal_state_and_the_middle_of_its_peers():
    values = np.arange(24.0).reshape(2, 4, 3)
    svg = exposure_lines(["RUS", "CHN"], ["KAZ", "BLR", "TUR", "UKR"], [2019, 2020, 2021], values)
    assert len(found(svg, "polygon")) == 2
    words = [t.text for t in found(svg, "text")]
    assert words.count("KAZ") == 2
    assert words.count("peers") == 2
    assert "<polygon" not in exposure_lines(["RUS"], ["KAZ"], [2020, 2021], np.ones((1, 1, 2)))


def test_parts_stack_up_to_the_total():
    bars = [UnionBar("2021", "tariff", -0.1, -0.2, 0.0), UnionBar("2021", "border", 0.5, 0.4, 0.6),
            UnionBar("2021", "total", 0.4, 0.3, 0.5), UnionBar("later", "tariff", 0.1, 0.1, 0.1)]  # fmt: skip
    svg = union_bars(bars, "Value")
    drawn = [
        (float(b.get("x")), float(b.get("x")) + float(b.get("width"))) for b in found(svg, "rect", "bar")
    ]
    zero = drawn[2][0]
    assert drawn[0][1] == pytest.approx(zero, abs=0.02)  # a loss ends at zero from the left
    assert drawn[1][0] == pytest.approx(drawn[0][0], abs=0.02)
    assert drawn[1][1] == pytest.approx(drawn[2][1], abs=0.02)
    assert drawn[3][0] == pytest.approx(zero, abs=0.02)  # a new scenario begins at zero
    assert ET.fromstring(standalone(svg)) is not None
    assert union_bars([], "Value") == ""
