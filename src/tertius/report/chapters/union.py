# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on a customs union: what membership is worth, and which part comes from what."""

from __future__ import annotations

from collections.abc import Iterator

from tertius.labels import group_title
from tertius.outcomes.union_result import UnionValue
from tertius.report.sections import Cell, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun

__all__ = ["section"]

COLUMNS = ("Policy in force", "Tariff and pool", "Border", "Re-export", "Total", "Total, all border costs")
ROWS = ("tariff", "border", "re-export", "total", "total_by_border")


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: the split by scenario, and what it assumes."""
    found: UnionValue = chapter.result
    return Section(
        id="union",
        title=f"What membership in the {group_title(found.union)} is worth",
        nav="Union",
        lead=(chapter.findings["unprofitable"].reason,),
        tables=(
            Grid(
                "Real income of a member over that of a non-member, percent: central, least and largest",
                COLUMNS,
                tuple(_rows(found, numbers)),
            ),
        ),
        notes=found.notes,
    )


def _rows(found: UnionValue, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for scenario in found.scenarios:
        yield scenario, *(numbers.cell("union", f"{scenario}.{part}") for part in ROWS)
