# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a computed study to the page: choosing, naming and tracing numbers; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tertius.errors import NotSolved
from tertius.labels import place_name, region_name
from tertius.report import page as p
from tertius.report.chapters import sections
from tertius.report.claims import CLOSURES, claim_pages, told_estimate
from tertius.report.language import tell
from tertius.report.method import METHOD
from tertius.report.record import (
    anchor_row,
    assumptions,
    origin_notes,
    reproduction,
    scenario_notes,
    solve_summary,
)
from tertius.report.sections import Section
from tertius.report.traced import Traced
from tertius.report.words import agreeing, agreement, change, headline
from tertius.study import VERDICT_RULE, StudyRun, estimate, fill
from tertius.text import Text, dated, joined, say

__all__ = ["compose"]

FRONT = ("gain", "levers", "choice", "transit", "union", "exposure", "evidence", "sky")
"""Chapters whose first figure stands on the first page, the most wanted first; there is room for three."""


def compose(run: StudyRun) -> p.Page:
    """Turn a computed study into its page.

    Parameters
    ----------
    run
        The study with its draws, ledger, results and manifest.

    Returns
    -------
    Page
        Every number of a figure, chart or table of results carries the ids of its rows.

    Raises
    ------
    NotSolved
        If a case of the headline or the map has no equilibrium under the first closure.
    """
    _require_told(run)
    study, world, numbers = run.grid.study, run.grid.world, Traced(run.results)
    first = study.closures[0]
    told = _told(run, numbers)
    chapters = tuple(sections(run, numbers))
    holds = agreement([(t.label, agreeing(t.draws, t.shown), len(t.draws)) for t in told])
    captioned = say(
        "{case:capital}; world {world}, {closure}",
        case=study.cases[study.map_case].label,
        world=world.name,
        closure=CLOSURES[first],
    )
    return p.Page(
        title=tell(study.title),
        question=tell(study.question),
        headline=headline(place_name(study.focal), [(t.label, change(t.draws, t.shown)) for t in told]),
        standfirst=joined(" ", (fill(study.summary, run.quantities, first), holds)),
        focal=study.focal,
        focal_name=region_name(study.focal),
        generated=run.manifest["made"][:10],
        version=run.manifest["tertius"],
        world=world.name,
        figures=tuple(_figures(run, numbers)),
        ledger=tuple(claim_pages(run, numbers, chapters)),
        rule=VERDICT_RULE,
        front=tuple(_front(chapters)),
        map=_map(run, numbers, captioned),
        winners=tuple(_bars(run, numbers)),
        channels=tuple(_channels(run, numbers, study.closures[:1])),
        closures=tuple(_channels(run, numbers, study.closures)) if len(study.closures) > 1 else (),
        sections=chapters,
        scenarios=tuple(scenario_notes(run)),
        anchors=tuple(anchor_row(line) for line in world.check().anchors),
        origins=tuple(origin_notes()),
        assumptions=tuple(assumptions(run)),
        not_modelled=tuple(tell(line) for line in study.not_modelled),
        method=METHOD,
        solves=solve_summary(run),
        reproduce=reproduction(run),
        article=say(
            "\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK} ({author}, {published})",
            title=study.article.title,
            author=study.article.author,
            published=dated(study.article.published),
        ),
        winners_caption=captioned,
        channels_caption=say("World {world}, {closure}", world=world.name, closure=CLOSURES[first]),
        closures_caption=say("World {world}", world=world.name),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What all draws of one case say of the focal country."""

    label: str
    draws: list[float]
    shown: float


def _require_told(run: StudyRun) -> None:
    """Say so if there is nothing to show: some set must have an equilibrium in each case that is told."""
    study = run.grid.study
    for case in dict.fromkeys((*study.headline, study.map_case)):
        draws = [d for d in run.grid.draws if (d.case, d.closure) == (case, study.closures[0])]
        if not any(d.values for d in draws):
            raise NotSolved(f"case {case!r} with closure {study.closures[0]}: {draws[0].report}")


def _told(run: StudyRun, numbers: Traced) -> list[_Told]:
    study, told = run.grid.study, []
    for case in study.headline:
        draws = [run.grid.value(d, "real_income", study.focal) for d in run.grid.draws if d.case == case]
        (_, middle, _), _ = numbers.spread(case, study.closures[0], study.focal)
        told.append(_Told(study.cases[case].label, draws, middle))
    return told


def _figures(run: StudyRun, numbers: Traced) -> Iterator[p.KeyFigure]:
    closure = run.grid.study.closures[0]
    for figure in run.grid.study.figures:
        found = estimate(run.quantities, figure.quantity, closure)
        if found.count:
            yield p.KeyFigure(told_estimate(run, numbers, found), tell(figure.meaning))


def _front(chapters: tuple[Section, ...]) -> Iterator[str]:
    first = {s.id: s.drawings[0].anchor for s in chapters if s.drawings}
    yield from [first[name] for name in FRONT if first.get(name)][:3]


def _map(run: StudyRun, numbers: Traced, caption: Text) -> p.MapData:
    study = run.grid.study
    values = []
    for code in run.grid.world.countries:
        (_, median, _), ids = numbers.spread(study.map_case, study.closures[0], code)
        values.append(p.MapValue(code, region_name(code), median, ids.split()[1]))
    title = say("Who gains, who loses: change of real income")
    return p.MapData(title, tuple(values), say("{caption}, median over sets.", caption=caption))


def _bars(run: StudyRun, numbers: Traced) -> Iterator[p.CountryBar]:
    study = run.grid.study
    for code in run.grid.world.countries:
        spread, ids = numbers.spread(study.map_case, study.closures[0], code)
        yield p.CountryBar(code, region_name(code), *spread, ids)


def _channels(run: StudyRun, numbers: Traced, closures: tuple[str, ...]) -> Iterator[p.ChannelBar]:
    study = run.grid.study
    blocks = dict.fromkeys(case.block for case in study.cases.values() if case.block)
    several = len(closures) > 1
    for block in blocks:
        for key, case in study.cases.items():
            for closure in closures if case.block == block else ():
                if not numbers.has(key, closure, study.focal):
                    continue
                spread, ids = numbers.spread(key, closure, study.focal)
                words = CLOSURES[closure]
                heading = joined(", ", (block, case.variant if several else ""))
                variant = words if several else case.variant
                yield p.ChannelBar(tell(heading), tell(variant), *spread, tell(words), ids)
