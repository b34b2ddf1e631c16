# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on evidence: votes, influence, activity and substance, the event, circumvention."""

from __future__ import annotations

from collections.abc import Iterator

from tertius.labels import region_name
from tertius.report.charts import evidence as charts
from tertius.report.language import tell
from tertius.report.sections import Cell, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.evidence import Measurements
from tertius.text import joined, say

__all__ = ["section"]


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: what each series says, drawn with its bands."""
    held: Measurements = chapter.result
    drawn = [
        charts.alignment_chart(held.votes),
        charts.influence_chart(held.ties),
        charts.activity_chart(held.acts),
        *([charts.event_chart(held.event)] if held.event else []),
    ]
    missing = sorted({*held.ties.missing, *held.acts.missing})
    return Section(
        id="evidence",
        title=say("What the data say of {country}", country=region_name(run.grid.study.focal)),
        nav=say("Evidence"),
        lead=(
            say(
                "Observed, not simulated; every rule has a version and was applied to all series side by"
                " side."
            ),
        ),
        drawings=tuple(Drawing("", svg) for svg in drawn),
        tables=(Grid(say("What was measured, with its range"), COLUMNS, tuple(_rows(chapter, numbers))),),
        notes=(
            *(f.reason for f in chapter.findings.values()),
            say("No series: {series}.", series=joined("; ", missing)),
        ),
    )


COLUMNS = (say("Question and quantity"), say("Value"), say("Unit"))


def _rows(chapter: Chapter, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for name, number in chapter.numbers.items():
        if numbers.has_number("evidence", name):
            asks = name.partition(".")[0].replace("-", " ")
            said = joined(": ", (asks, number.label))
            yield tell(said), numbers.cell("evidence", name, CENTRAL), tell(number.unit)


CENTRAL = "central"
