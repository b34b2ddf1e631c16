# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on the sky: who flies over the focal state since skies were closed."""

from __future__ import annotations

from tertius.labels import region_name
from tertius.report.charts.route_map import route_map
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.sky import Overflights
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.sky import CHANNELS
from tertius.text import say

__all__ = ["section"]


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: routes before and after, the two channels apart, fees."""
    found: Overflights = chapter.result
    focal = run.grid.study.focal
    rows: tuple[tuple[Cell | str, ...], ...] = tuple(
        (tell(words), *(numbers.cell("sky", f"{who}.{what}") for what in ("flights", "million_km")))
        for who, words in CHANNELS.items()
    )
    fees = numbers.cell("sky", "fees", "central")
    return Section(
        id="sky",
        title=say("The sky over {country}", country=region_name(focal)),
        nav=say("Sky"),
        lead=tuple(f.reason for f in chapter.findings.values()),
        drawings=(
            Drawing(
                "",
                route_map(found, focal),
                id="sky",
                data=Data.of(found.channels(focal).rename_axis("carriers").reset_index()),
                answers=("more-flights",),
            ),
        ),
        tables=(
            Grid(say("Change a year: central, least and largest over the variants"), HEADS, rows),
            Grid(
                say("Navigation fees, USD million a year"),
                (say("Fees"), say("Change")),
                ((tell(say("From carriers of others")), fees),),
            ),
        ),
    )


HEADS = (say("Carriers"), say("Flights"), say("Million km"))
