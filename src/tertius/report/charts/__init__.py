# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Charts as SVG text: pure functions from numbers to strings, coloured by the page's style sheet."""

from tertius.report.charts.channel_bars import channel_bars as channel_bars
from tertius.report.charts.colours import Diverging as Diverging
from tertius.report.charts.colours import legend as legend
from tertius.report.charts.lever_scatter import LeverDot as LeverDot
from tertius.report.charts.lever_scatter import lever_scatter as lever_scatter
from tertius.report.charts.range_strip import range_strip as range_strip
from tertius.report.charts.ranked_bars import ranked_bars as ranked_bars
from tertius.report.charts.world_map import near_map as near_map
from tertius.report.charts.world_map import world_map as world_map
