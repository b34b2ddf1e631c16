# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on exposure: how much the focal state hangs on each power, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tertius.labels import place_name
from tertius.outcomes.exposure_paths import ExposurePaths
from tertius.report.charts.exposure_heat import HeatRow, exposure_heat
from tertius.report.charts.exposure_lines import exposure_lines
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.exposure import CAUSES
from tertius.text import Text, say

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = ["clusters", "heat", "lines", "section"]

COLUMNS = (
    *(say("Power and cause"), say("First year"), say("Last year"), say("Trend a year")),
    say("Median trend of peers"),
)
NUMBERS = ("weight_first", "weight_last", "trend", "trend_of_peers")
GROUPS = 3


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: paths of the focal state and its peers, trends."""
    paths: dict[str, ExposurePaths] = chapter.result
    name = place_name(run.grid.study.focal)
    return Section(
        id="exposure",
        title=say("On whom does {country} hang?", country=name),
        nav=say("Exposure"),
        lead=tuple(f.reason for f in chapter.findings.values()),
        drawings=(
            *(
                Drawing(
                    "",
                    lines(path),
                    CAPTION,
                    id=f"exposure-{cause}",
                    data=_drawn(path.values),
                    answers=("falls",),
                )
                for cause, path in paths.items()
            ),
            *(
                Drawing(
                    _heading(path),
                    heat(path),
                    GROUPED,
                    id=f"exposure-heat-{cause}",
                    data=_drawn(path.last_year()),
                )
                for cause, path in paths.items()
            ),
        ),
        tables=(
            Grid(
                say("Weight of each power: percent of real income for one percent there"),
                COLUMNS,
                tuple(_rows(paths, numbers)),
            ),
        ),
    )


GROUPED = say("States under one number moved alike over the years (clusters of their paths).")
CAPTION = say("Exact derivatives of the equilibrium, at the tables of each year.")


def _drawn(values: xr.DataArray) -> Data:
    return Data.of(values.rename("percent per percent").to_dataframe().reset_index())


def lines(found: ExposurePaths) -> str:
    """Draw the paths of the focal state and its peers, a panel for each power."""
    v = found.values.transpose("power", "affected", "year")
    return exposure_lines(
        [str(p) for p in v["power"].values],
        [str(c) for c in v["affected"].values],
        v["year"].values.tolist(),
        v.values,
        found.to,
        uid=f"exposure-{found.to}",
    )


def clusters(found: ExposurePaths) -> pd.DataFrame:
    """Group the states that moved alike, at most three groups."""
    return found.clusters(min(GROUPS, len(found.values["affected"])))


def heat(found: ExposurePaths) -> str:
    """Draw the exposures of the last year as a matrix; states that moved alike stand together."""
    groups = clusters(found)
    matrix = found.last_year()
    rows = [
        HeatRow(str(c), int(k), matrix.sel(affected=c).values.tolist())
        for c, k in groups.sort_values("cluster", kind="stable")[["affected", "cluster"]].itertuples(
            index=False, name=None
        )
    ]
    return exposure_heat(
        [str(c) for c in matrix["source"].values],
        rows,
        title=_heading(found),
        uid=f"heat-{found.to}",
        focal=found.focal,
    )


def _heading(found: ExposurePaths) -> Text:
    year = int(found.values["year"].values[-1])
    return say(
        "Exposure to {cause}, {year}: percent of real income per percent", cause=CAUSES[found.to], year=year
    )


def _title(power: str, cause: str) -> str:
    return tell(say("{power:capital}: {cause}", power=place_name(power), cause=CAUSES[cause]))


def _rows(paths: dict[str, ExposurePaths], numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for cause, path in paths.items():
        for power in (str(x) for x in path.values["power"].values):
            cells = [numbers.cell("exposure", f"{cause}.{power}.{key}") for key in NUMBERS]
            yield _title(power, cause), *cells
