# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Words in charts: long names are not cut, levels have no plus, a backtest is told in Russian too."""

import re
import xml.etree.ElementTree as ET
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tertius as tt
from tertius.labels import region_name
from tertius.report.charts import ranked_bars
from tertius.report.charts.backtest_scatter import BacktestDot, backtest_scatter
from tertius.report.charts.exposure_heat import HeatRow, exposure_heat
from tertius.report.charts.leakage_bars import HubBar, leakage_bars
from tertius.report.charts.svg import label
from tertius.report.charts.transit_flow import Flow, transit_flow
from tertius.report.language import language, speaking, tell
from tertius.report.page import CountryBar

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("code", ["en", "ru"])
def test_no_economy_of_a_shipped_world_is_cut_in_rows(code):
    codes = sorted({c for w in tt.list_worlds() for c in tt.load_world(w).countries})
    with speaking(language(code)):
        names = [region_name(c) for c in codes]
        bars = [CountryBar(c, n, 0.1, 0.2, 0.3) for c, n in zip(codes, names, strict=True)]
        rows = [HeatRow(c, 1, [0.1]) for c in codes]
        drawn = (
            ranked_bars(bars, "KAZ", "gains", len(bars)),
            leakage_bars([HubBar(n, 1.0, 2.0, 1.0, 3.0) for n in names]),
            exposure_heat(["RUS"], rows, focal="STP"),
        )
        for svg in drawn:
            shown = {" ".join(e.itertext()) for e in ET.fromstring(svg).iter(f"{SVG}text")}
            assert {tell(n) for n in names} <= shown


@pytest.mark.parametrize("code", ["en", "ru"])
def test_who_sells_banned_goods_and_who_passes_them_is_not_cut(code):
    with speaking(language(code)):
        names = [region_name(c) for c in ("ARE", "GBR", "KOR", "SAU", "USA", "HKG", "UZB", "NZL")]
        svg = transit_flow([Flow(n, h, 5.0, 6.0) for n in names for h in ("", *names)], "RUS")
        assert "…" not in "".join(ET.fromstring(svg).itertext())
        assert all(svg.count(f">{escape(tell(n))}<") == 4 for n in names)


@given(st.text("abcde fgh", max_size=60), st.integers(4, 30), st.integers(1, 2))
def test_a_name_keeps_within_its_room(name, most, lines):
    """Letters times size of type are at most what fits, and no letter is lost without an ellipsis."""
    drawn = ET.fromstring(label(name, most, 0.0, 0.0, size=12.0, lines=lines))
    parts = [e.text or "" for e in drawn] or [drawn.text or ""]
    size = float((drawn.get("style") or "font-size:12px").removeprefix("font-size:").removesuffix("px"))
    assert len(parts) <= lines
    assert all(len(p) * size <= most * 12.0 + 0.01 * len(p) for p in parts)
    assert 0.75 * 12.0 - 0.01 <= size <= 12.0
    assert "…" in "".join(parts) or " ".join(parts) == name


def test_leakage_is_a_level_and_has_no_plus():
    svg = leakage_bars([HubBar("A", 1234.5, 3.0, 1.0, 12.0), HubBar("B", 2.0, 0.0, -1.0, 1.0)])
    shown = "".join(ET.fromstring(svg).itertext())
    assert "+" not in shown
    assert "−1.0…1.0" in shown
    assert "1\u202f23" in shown


def test_a_backtest_is_told_in_the_language_spoken():
    with speaking(language("ru")):
        svg = backtest_scatter([BacktestDot("RUS", (-40.5, -45.0, -30.0), 1.25, True)], "", "")
    shown = " ".join(ET.fromstring(svg).itertext())
    style = ET.fromstring(svg).find(f"{SVG}style").text
    assert re.findall("[A-Za-z]+", shown.replace(style, "")) == ["RUS", "RUS", "x", "x"]
    assert "RUS: предсказано −40,5, наблюдалось +1,2" in shown
