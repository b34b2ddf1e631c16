# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The scatter of a backtest and the bars of a watch list: places, escaping, nothing to draw."""

import xml.etree.ElementTree as ET

import pytest

from tertius.report.charts.backtest_scatter import BacktestDot, backtest_scatter
from tertius.report.charts.watch_bars import WatchBar, watch_bars

SVG = "{http://www.w3.org/2000/svg}"


def marks(svg, tag):
    return list(ET.fromstring(svg).iter(f"{SVG}{tag}"))


def test_a_perfect_prediction_lies_on_the_line_of_equality():
    dots = [BacktestDot(n, (v, v, v), v) for n, v in (("A", -40.0), ("B", 0.0), ("C", 30.0))]
    svg = backtest_scatter(dots, "t", "n")
    line = next(e for e in marks(svg, "line") if e.get("class") == "q")
    x1, y1, x2, y2 = (float(line.get(k)) for k in ("x1", "y1", "x2", "y2"))
    circles = [e for e in marks(svg, "circle") if e.get("r") == "4.5"][:3]
    for c in circles:
        on = y1 + (float(c.get("cx")) - x1) / (x2 - x1) * (y2 - y1)
        assert float(c.get("cy")) == pytest.approx(on, abs=0.05)


def test_the_range_reaches_over_the_elasticity_sets():
    svg = backtest_scatter([BacktestDot("A", (-10.0, -20.0, -5.0), 3.0, True)], "t", "n")
    bar = next(e for e in marks(svg, "line") if e.get("class") == "r")
    dot = next(e for e in marks(svg, "circle") if e.get("class") == "dot on")
    assert float(bar.get("x1")) < float(dot.get("cx")) < float(bar.get("x2"))


def test_bars_are_as_long_as_the_excess_and_leads_are_hollow():
    lines = [WatchBar("870323", "a & b", "KAZ", v, 0.1, "2022-05", v > 5) for v in (10.0, 5.0)]
    bars = marks(watch_bars(lines, "t", "n"), "rect")
    assert float(bars[0].get("width")) == pytest.approx(2 * float(bars[1].get("width")))
    assert [b.get("class") for b in bars] == ["flag", "lead"]


def test_an_unknown_share_is_left_empty():
    svg = watch_bars([WatchBar("870323", "cars", "KAZ", 1.0, float("nan"), "", False)], "t", "n")
    assert "nan" not in svg


def test_nothing_to_draw():
    assert backtest_scatter([], "t", "n") == watch_bars([], "t", "n") == ""
