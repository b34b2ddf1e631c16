# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on exposure: how much the focal state hangs on each power, year by year."""

from __future__ import annotations

from collections.abc import Iterator

from tertius.labels import place_name, region_name
from tertius.outcomes.exposure_paths import ExposurePaths
from tertius.report.charts.small_multiples import Band, Multiple, small_multiples
from tertius.report.sections import Cell, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.exposure import CAUSES

__all__ = ["section"]

COLUMNS = ("Power and cause", "First year", "Last year", "Trend a year", "Median trend of peers")
NUMBERS = ("weight_first", "weight_last", "trend", "trend_of_peers")
MOST = 6  # lines that a panel can hold


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: paths of the focal state and its peers, trends."""
    paths: dict[str, ExposurePaths] = chapter.result
    name = region_name(run.grid.study.focal)
    title = f"Weight of each power for {name} and its peers"
    return Section(
        id="exposure",
        title=f"On whom does {name} hang?",
        nav="Exposure",
        lead=tuple(f.reason for f in chapter.findings.values()),
        drawings=(Drawing("", _chart(paths, title), CAPTION),),
        tables=(
            Grid(
                "Weight of each power: percent of real income for one percent there",
                COLUMNS,
                tuple(_rows(paths, numbers)),
            ),
        ),
    )


NOTE = "Percent of real income lost for one percent lower productivity, or higher trade costs, there."
CAPTION = "Exact derivatives of the equilibrium, at the tables of each year. Each panel has its own scale."


def _title(power: str, cause: str) -> str:
    name = place_name(power)
    return f"{name[:1].upper()}{name[1:]}: {CAUSES[cause]}"


def _chart(paths: dict[str, ExposurePaths], title: str) -> str:
    panels = []
    for cause, path in paths.items():
        sign = -1.0 if cause == "trade_cost" else 1.0
        years = [float(y) for y in path.values["year"].values]
        shown = [str(c) for c in path.values["affected"].values][:MOST]
        for power in (str(x) for x in path.values["power"].values):
            lines = [
                Band(c, years, (sign * path.values.sel(affected=c, power=power)).values.tolist())
                for c in shown
            ]
            panels.append(Multiple(_title(power, cause), tuple(lines)))
    return small_multiples("exposure-paths", title, NOTE, panels, shared=False)


def _rows(paths: dict[str, ExposurePaths], numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for cause, path in paths.items():
        for power in (str(x) for x in path.values["power"].values):
            cells = [numbers.cell("exposure", f"{cause}.{power}.{key}") for key in NUMBERS]
            yield _title(power, cause), *cells
