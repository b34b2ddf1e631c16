# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on a customs union: what membership is worth, and which part comes from what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tertius.labels import group_title, region_name
from tertius.outcomes.union_result import UnionValue
from tertius.report.charts.union_bars import UnionBar, union_bars
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.text import joined, say

__all__ = ["drawing", "section"]

HEADING = say("From non-member to member, part by part")
COLUMNS = (say("Part of the value, by policy in force"), say("Central, least and largest"))


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: the split by scenario, and what it assumes."""
    found: UnionValue = chapter.result
    return Section(
        id="union",
        title=say("What membership in the {union} is worth", union=group_title(found.union)),
        nav=say("Union"),
        lead=(chapter.findings["unprofitable"].reason,),
        drawings=(
            Drawing(
                HEADING,
                drawing(found, run.grid.study.called),
                say("Percent of real income."),
                id="union",
                data=Data.of(found.summary()),
                answers=("unprofitable",),
            ),
        ),
        tables=(
            Grid(
                say("Real income of a member over that of a non-member, percent: central, least and largest"),
                COLUMNS,
                tuple(_rows(run, found, numbers)),
            ),
        ),
        notes=found.notes,
    )


def drawing(found: UnionValue, called: Callable[[str], str] = str) -> str:
    """Draw the parts as steps to the total, under each scenario by the name that it is called."""
    bars = [
        UnionBar(called(scenario), *row)
        for scenario, *row in found.summary()[["scenario", "part", "central", "low", "high"]].itertuples(
            index=False, name=None
        )
    ]
    title = say(
        "What the {union} is worth to {country}, percent of real income",
        union=found.union,
        country=region_name(found.focal),
    )
    return union_bars(bars, title)


def _rows(run: StudyRun, found: UnionValue, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for scenario, part in found.summary()[["scenario", "part"]].itertuples(index=False, name=None):
        words = joined(": ", (run.grid.study.called(scenario), part))
        yield tell(words), numbers.cell("union", f"{scenario}.{part}", "central")
