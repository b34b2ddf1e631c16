# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on evidence: votes, influence, activity and substance, the event, circumvention."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tertius.labels import place_name
from tertius.report.charts import evidence as charts
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.evidence import QUESTIONS, Measurements
from tertius.text import Text, joined, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["section"]


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: what each series says, drawn with its bands."""
    held: Measurements = chapter.result
    votes, ties, acts = held.votes, held.ties, held.acts
    drawn = [
        _drawn("votes", charts.alignment_chart(votes), votes.levels, "votes-apart"),
        _drawn(
            "influence", charts.influence_chart(ties), ties.series, "steady-influence", "persistent-balance"
        ),
        _drawn("activity", charts.activity_chart(acts), acts.wedges, "activity-hides"),
    ]
    if held.event:
        event = charts.event_chart(held.event)
        drawn.append(_drawn("event", event, held.event.path, "event-left-nothing"))
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


def _drawn(name: str, svg: str, behind: pd.DataFrame, *answers: str) -> Drawing:
    return Drawing("", svg, id=f"evidence-{name}", data=Data.of(behind), answers=answers)


COLUMNS = (say("Question and quantity"), say("Value"), say("Unit"))


def _rows(chapter: Chapter, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for name, number in chapter.numbers.items():
        if numbers.has_number("evidence", name):
            said = joined(": ", (_question(name.partition(".")[0]), number.label))
            yield tell(said), numbers.cell("evidence", name, CENTRAL), tell(number.unit)


CENTRAL = "central"


def _question(asks: str) -> Text:
    """Name a question; one about a power that the study names ends with its code."""
    base = next(q for q in QUESTIONS if f"{asks}-".startswith(f"{q}-"))
    return joined(" ", (base.replace("-", " "), asks[len(base) + 1 :]))
