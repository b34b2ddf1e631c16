# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on the choice: where the middle is the best answer to two threats."""

from __future__ import annotations

from collections.abc import Iterator

from tertius.choice.choose import Choice
from tertius.labels import place_name
from tertius.report.charts.choice_figures import region_figure, stance_figure
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.text import joined, say

__all__ = ["section"]

STAKES = ("tolerance", "struck by west", "struck by east", "cost to west", "cost to east")


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: the map of the region, what is at stake, best replies by curvature."""
    found: Choice = chapter.result
    focal, west, east = (place_name(p) for p in found.payoffs.players)
    return Section(
        id="choice",
        title=say(
            "{focal} between {west} and {east}: will the middle hold?", focal=focal, west=west, east=east
        ),
        nav=say("Choice"),
        lead=(chapter.findings["middle-holds"].reason,),
        drawings=(
            Drawing(
                "", region_figure(found), id="choice-region", data=_regions(found), answers=("middle-holds",)
            ),
            Drawing(
                "",
                stance_figure(found),
                id="choice-stances",
                data=Data.of(found.table()),
                answers=("fears-and-aligns", "west-presses"),
            ),
        ),
        tables=(
            Grid(
                say("What is at stake"),
                (say("Stake"), say("Value"), say("Unit")),
                tuple(_stakes(chapter, numbers)),
                signed=False,
            ),
            Grid(
                say("By curvature of the hazards: central set, least and largest over sets"),
                (
                    say("Curvature"),
                    say("Transit at the best stance today"),
                    say("Threats at which the middle is best"),
                ),
                tuple(_by_curvature(found, numbers)),
                signed=False,
            ),
        ),
        notes=(
            *(f.reason for name, f in chapter.findings.items() if name != "middle-holds"),
            say(
                "Strikes: {levers}. Payoffs are computed; how likely a strike is can be measured by"
                " nobody, so every curvature and the whole range of threats is shown.",
                levers=joined(say(" and "), found.payoffs.levers),
            ),
            say("Another lever can turn the answer: docs/choice.md lists what decides."),
        ),
    )


def _stakes(chapter: Chapter, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for name in STAKES:
        number = chapter.numbers[name]
        if numbers.has_number("choice", name):
            yield tell(number.label), numbers.cell("choice", name), tell(number.unit)


def _by_curvature(found: Choice, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for k in found.powers:
        names = (f"traffic, k = {k:g}", f"middle, k = {k:g}")
        yield tell(say("k = {k:g}", k=k)), *(numbers.cell("choice", name) for name in names)


def _regions(found: Choice) -> Data:
    """Part of all threats that each stance takes, by curvature and elasticity set."""
    rows = tuple(
        (float(k), kind, name, float(share))
        for k, region in found.maps.items()
        for kind, shares in region.shares().items()
        for name, share in zip(found.payoffs.sets, shares, strict=True)
    )
    return Data(("curvature", "stance", "elasticities", "share of threats"), rows)
