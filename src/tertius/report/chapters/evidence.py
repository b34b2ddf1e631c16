# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on evidence: votes, influence, activity and substance, the event, circumvention."""

from __future__ import annotations

from collections.abc import Iterator

from tertius.labels import place_name
from tertius.report.charts import evidence as charts
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.evidence import Measurements
from tertius.text import joined, say

__all__ = ["section"]


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: what each series says, drawn with its bands."""
    held: Measurements = chapter.result
    votes, ties, acts = held.votes, held.ties, held.acts
    drawn = [
        Drawing("", charts.alignment_chart(votes), id="evidence-votes", data=Data.of(votes.levels)),
        Drawing("", charts.influence_chart(ties), id="evidence-influence", data=Data.of(ties.series)),
        Drawing("", charts.activity_chart(acts), id="evidence-activity", data=Data.of(acts.wedges)),
    ]
    if held.event:
        event = charts.event_chart(held.event)
        drawn.append(Drawing("", event, id="evidence-event", data=Data.of(held.event.path)))
    missing = sorted({*held.ties.missing, *held.acts.missing})
    return Section(
        id="evidence",
        title=say("What the data say of {country}", country=place_name(run.grid.study.focal)),
        nav=say("Evidence"),
        lead=(
            say(
                "Observed, not simulated; every rule has a version and was applied to all series side by"
                " side."
            ),
        ),
        drawings=tuple(drawn),
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
