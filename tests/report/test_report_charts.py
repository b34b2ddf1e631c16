# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The charts: scale, ranking, strips, axes; every one well-formed and described in words."""

import itertools
import random
import xml.etree.ElementTree as ET

import fabricated
import pytest

from tertius.report import page as p
from tertius.report.charts import Diverging, channel_bars, legend, range_strip, ranked_bars
from tertius.report.charts.axis import Axis, ticks
from tertius.report.charts.ranked_bars import pick

BARS = tuple(map(fabricated.bar, fabricated.COUNTRIES))
SVG = "{http://www.w3.org/2000/svg}"


def with_median(iso3, median):
    return p.CountryBar(iso3, iso3, median - 0.1, median, median + 0.1)


def swap(iso3, median):
    return tuple(with_median(iso3, median) if b.iso3 == iso3 else b for b in BARS)


def test_the_scale_never_falls_and_is_symmetric():
    rng = random.Random(1)
    values = [rng.gauss(0, 1) ** 3 for _ in range(80)]
    scale = Diverging.fit(values)
    steps = [scale.step(v) for v in sorted(values)]
    assert steps == sorted(steps)
    assert all(scale.step(-v) == -scale.step(v) for v in values)
    assert scale.step(0.0) == 0
    assert {scale.css(v) for v in values} <= {"z", *(f"{s}{k}" for s in "gl" for k in (1, 2, 3, 4))}


@pytest.mark.parametrize("values", [[], [0.0], [1e-9], [5.0] * 80, [0.3, -1e6], [-4.0, 0.01]])
def test_bounds_rise_whatever_the_values(values):
    bounds = Diverging.fit(values).bounds
    assert len(bounds) == 4
    assert all(0 < a < b for a, b in itertools.pairwise(bounds))


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.7), (-6.5, 0.0), (0.0, 1e-4), (-3.0, 4e5), (0.0, 1.0)])
def test_ticks_are_few_and_inside(low, high):
    marks = ticks(low, high)
    assert 1 <= len(marks) <= 5
    assert all(low - 1e-9 <= t <= high + 1e-9 for t in marks)
    assert 0.0 in marks


def test_an_axis_of_zeros_has_a_width():
    axis = Axis.around([0.0, 0.0], 0.0, 100.0)
    assert 0.0 <= axis.x(0.0) <= 100.0


@pytest.mark.parametrize("median", [2.0, 0.2, 0.001, -0.001, -0.2, -9.0])
def test_the_focal_country_is_always_in_one_panel(median):
    bars = swap("KAZ", median)
    sides = [
        side for side in ("gains", "losses") if any(b.iso3 == "KAZ" for _, b in pick(bars, "KAZ", 10, side))
    ]
    assert sides == ["gains" if median > 0 else "losses"]
    drawing = ranked_bars(bars, "KAZ", sides[0])
    assert drawing.count('class="name focal"') == 1


def test_ranks_count_from_the_largest_gain():
    gains, losses = (pick(BARS, "KAZ", 5, side) for side in ("gains", "losses"))
    assert [rank for rank, _ in gains] == [1, 2, 3, 4, 5]
    assert [rank for rank, _ in losses] == [80, 79, 78, 77, 76]
    assert losses[0][1].iso3 == "RUS"


def test_a_side_without_countries_is_left_out():
    assert ranked_bars([with_median("KAZ", 1.0)], "KAZ", "losses") == ""
    assert channel_bars([], "nothing", "empty") == ""


DRAWINGS = {
    "gains": ranked_bars(BARS, "KAZ", "gains"),
    "losses": ranked_bars(BARS, "KAZ", "losses"),
    "channels": channel_bars(fabricated.CHANNELS, "By block", "channels"),
    "closures": channel_bars(fabricated.CLOSURES, "By closure", "closures"),
    "legend": legend(Diverging.fit([0.1, 0.2, 0.4, 2.0]), "%"),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_is_well_formed_and_described(name):
    root = ET.fromstring(DRAWINGS[name])
    assert root.get("role") == "img"
    named = {e.get("id") for e in root if e.tag in (SVG + "title", SVG + "desc")}
    assert set(root.get("aria-labelledby").split()) == named
    assert all(e.text for e in root if e.tag in (SVG + "title", SVG + "desc"))


@pytest.mark.parametrize("name", ["gains", "losses", "channels", "closures"])
def test_no_median_stands_without_its_range(name):
    rows = [g for g in ET.fromstring(DRAWINGS[name]).iter(SVG + "g") if g.get("class") == "row"]
    assert rows
    for row in rows:
        classes = [" " + t.get("class", "") + " " for t in row.iter(SVG + "text")]
        assert sum(" value " in c for c in classes) == sum(" spread " in c for c in classes) == 1


def test_the_second_closure_is_hollow():
    assert DRAWINGS["closures"].count("hollow") == 2
    assert "hollow" not in DRAWINGS["channels"]


def test_a_strip_keeps_its_order():
    root = ET.fromstring(range_strip(-0.2, 0.1, 0.5, (-1.0, 1.0)))
    span = next(e for e in root if "span" in e.get("class"))
    dot = next(e for e in root if "dot" in e.get("class"))
    zero = next(e for e in root if e.get("class") == "zero")
    places = [span.get("x1"), zero.get("x1"), dot.get("cx"), span.get("x2")]
    assert [float(x) for x in places] == sorted(float(x) for x in places)
    assert 'class="zero"' not in range_strip(1, 2, 9, (1, 9), signed=False)
