# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The waterfall: parts follow each other, bands hold their bars, the rest stands apart."""

import re
from xml.etree import ElementTree

import pytest

from tertius.report.charts.waterfall import GainBar, waterfall

PARTS = [
    GainBar("trade", -5.0, 10.0, 12.0),
    GainBar("losses", -4.0, -3.0, -1.0),
    GainBar("fees", 1.0, 2.0, 9.0),
]
TOTAL = GainBar("total", -8.0, 9.0, 20.0)
APART = [GainBar("energy", 800.0, 900.0, 990.0)]
SPACE = "{http://www.w3.org/2000/svg}"


def rects(svg):
    found = ElementTree.fromstring(svg).iter(f"{SPACE}rect")
    return [(r.get("class"), float(r.get("x")), float(r.get("x")) + float(r.get("width"))) for r in found]


def test_each_part_starts_where_the_one_before_ends():
    trade, losses, fees, total = rects(waterfall(PARTS, TOTAL, [], "finding"))
    assert [b[0] for b in (trade, losses, fees, total)] == ["up", "down", "up", "sum"]
    assert losses[2] == pytest.approx(trade[2], abs=0.02)
    assert fees[1] == pytest.approx(losses[1], abs=0.02)
    assert total[2] == pytest.approx(fees[2], abs=0.02)
    assert total[1] == pytest.approx(trade[1], abs=0.02)


def test_what_is_apart_has_its_own_axis_and_says_so():
    bars = rects(waterfall(PARTS, TOTAL, APART, "finding"))
    assert bars[-1][0] == "off"
    assert bars[-1][2] < 500
    assert re.search(
        r"Apart, on a scale of its own \(\d+ times coarser\)", waterfall(PARTS, TOTAL, APART, "x")
    )


def test_the_finding_is_the_title_and_numbers_are_said():
    svg = waterfall(PARTS, TOTAL, APART, "Gains & losses", uid="w")
    root = ElementTree.fromstring(svg)
    assert root.find(f"{SPACE}title").text == "Gains & losses"
    assert "losses \N{MINUS SIGN}3" in root.find(f"{SPACE}desc").text
    assert "nan" not in svg


def test_zero_bars_and_no_bars():
    zero = GainBar("trade", 0.0, 0.0, 0.0)
    assert "nan" not in waterfall([zero], zero, [zero], "nothing")
    assert waterfall([], TOTAL, APART, "nothing") == ""
