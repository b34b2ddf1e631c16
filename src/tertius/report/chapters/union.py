# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on a customs union: what membership is worth, and which part comes from what."""

from __future__ import annotations

from collections.abc import Iterator

from tertius.labels import group_title
from tertius.outcomes.union_result import UnionValue
from tertius.report.charts.union_bars import UnionBar, union_bars
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun

__all__ = ["drawing", "section"]

HEADING = "From non-member to member, part by part"
COLUMNS = ("Part of the value, by policy in force", "Central, least and largest")


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: the split by scenario, and what it assumes."""
    found: UnionValue = chapter.result
    return Section(
        id="union",
        title=f"What membership in the {group_title(found.union)} is worth",
        nav="Union",
        lead=(chapter.findings["unprofitable"].reason,),
        drawings=(
            Drawing(
                HEADING,
                drawing(found),
                "Percent of real income.",
                wide=False,
                id="union",
                data=Data.of(found.summary()),
            ),
        ),
        tables=(
            Grid(
                "Real income of a member over that of a non-member, percent: central, least and largest",
                COLUMNS,
                tuple(_rows(found, numbers)),
            ),
        ),
        notes=found.notes,
    )


def drawing(found: UnionValue) -> str:
    """Draw the parts as steps to the total, under each scenario."""
    bars = [
        UnionBar(*row)
        for row in found.summary()[["scenario", "part", "central", "low", "high"]].itertuples(
            index=False, name=None
        )
    ]
    return union_bars(bars, f"What the {found.union} is worth to {found.focal}, percent of real income")


def _rows(found: UnionValue, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for scenario, part in found.summary()[["scenario", "part"]].itertuples(index=False, name=None):
        yield f"{scenario}: {part}", numbers.cell("union", f"{scenario}.{part}", "central")
