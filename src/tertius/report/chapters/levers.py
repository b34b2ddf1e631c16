# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on levers: losses of target against losses of user."""

from __future__ import annotations

from collections.abc import Iterator

from tertius.labels import place_name, region_name
from tertius.outcomes.lever_ledger import LeverLedger
from tertius.outcomes.lever_result import LeverResult
from tertius.report.chapters.frontier_drawing import frontier_drawing, lever_code
from tertius.report.charts.lever_scatter import LeverDot, lever_scatter
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.text import Text, say

__all__ = ["drawing", "section"]

COLUMNS = (
    *(say("Lever"), say("Run"), say("Target, %"), say("User, %")),
    *(say("Target, USD mn"), say("User, USD mn"), say("In words")),
)


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: chart of all levers, ranked table, what is not identified."""
    found: LeverLedger = chapter.result
    return Section(
        id="levers",
        title=say("Levers: who can hurt whom, at what price to himself"),
        nav=say("Levers"),
        lead=tuple(f.reason for f in chapter.findings.values()),
        drawings=(
            Drawing(
                say("Loss of the target against loss of the user"),
                drawing(found),
                CAPTION,
                id="levers",
                data=_drawn(found),
                answers=("mutual",),
            ),
            *_frontiers(found),
        ),
        tables=(
            Grid(
                say("Losses by lever, most cost-effective first: central value, least and largest"),
                COLUMNS,
                tuple(_rows(found, numbers)),
                signed=False,
            ),
            *_frontier_tables(found, numbers),
        ),
        notes=(*NOTES, *(_missing(x.spec.title, x.spec.reason) for x in found.not_identified)),
    )


def _missing(title: str, reason: str) -> Text:
    return say("Not identified: {title:clause}. {reason}", title=title, reason=reason)


CAPTION = say(
    "USD million a year, log scales. One dot a lever, crosses run over elasticity sets and assumptions. On"
    " the dashed line both lose the same in dollars; what costs its user nothing lies on the left strip."
)
NOTES = (
    say(
        "Mutual in sign is not comparable in size: the words say which of the two holds over the whole band."
    ),
    say("A threat is believed only if what the user wants is worth more to him than his own loss."),
)


def drawing(found: LeverLedger) -> str:
    """Draw one dot for each lever, of the run that is quoted first."""
    title = say(
        "Levers of {country}: loss of the target against loss of the user", country=region_name(found.focal)
    )
    return lever_scatter([_dot(found, r) for r in found.headline()], title=title)


FRONTIER = say(
    "Over import tariffs and export taxes by sector, up to bans; long run, central elasticities. Numbered"
    " dots are today's levers of these instruments; left of zero the user gains. Joint-threat power, what"
    " withholding all supplies would take from the price of all that the target uses, stands in the table."
)


def _frontiers(found: LeverLedger) -> Iterator[Drawing]:
    for k, (power, frontier) in enumerate(found.frontiers.items(), start=1):
        user, target = place_name(power), place_name(found.focal)
        svg = frontier_drawing(frontier, user, target, f"frontier-{k}")
        heading = say(
            "The most that {user} can inflict on {target} at each loss of its own", user=user, target=target
        )
        name = f"frontier-{power}".lower()
        yield Drawing(heading, svg, FRONTIER, id=name, data=Data.of(frontier.to_table()))


def _frontier_tables(found: LeverLedger, numbers: Traced) -> Iterator[Grid]:
    """Points of each frontier, and how far today's levers reach."""
    for power, frontier in found.frontiers.items():
        here, user = f"frontier.{power}", place_name(power)
        sides = ("target_percent", "user_percent", "target_usd", "user_usd")
        points: tuple[tuple[Cell | str, ...], ...] = tuple(
            (str(k), *(numbers.cell("levers", f"{here}.{k}.{side}") for side in sides))
            for k in range(1, len(frontier.curve()) + 1)
        )
        reach = (
            *(
                (tell(lever_code(name)), numbers.cell("levers", f"{here}.reach.{name}"))
                for name in frontier.today()["lever"]
            ),
            (tell(JOINT), numbers.cell("levers", f"{here}.joint")),
        )
        title = say("Frontier of {user}: loss of the target at most", user=user)
        yield Grid(title, (say("Point"), *COLUMNS[2:6]), points)
        title = say("Today's levers of {user}: share of the frontier; its power", user=user)
        yield Grid(title, (say("Lever"), "%"), reach, signed=False)


JOINT = say("joint-threat power, % of the price of all that the target uses")


def _dot(found: LeverLedger, r: LeverResult) -> LeverDot:
    user, target = r.user.dollars, r.target.dollars
    name, *sides = r.lever.id.split(":")
    user_name, target_name = map(place_name, sides)
    return LeverDot(
        say("{lever}: {user} on {target}", lever=name.replace("-", " "), user=user_name, target=target_name),
        (user.central, user.low, user.high),
        (target.central, target.low, target.high),
        own=found.focal in r.lever.user,
    )


def _drawn(found: LeverLedger) -> Data:
    """Coordinates of the dots and their crosses, USD million."""
    import pandas as pd

    ends = ("central", "low", "high")
    columns = ["lever", "run", *(f"{side}_{end}_usd_million" for side in ("user", "target") for end in ends)]
    dots = ((_dot(found, r), r) for r in found.headline())
    rows = [(r.lever.id, r.run, *dot.user, *dot.target) for dot, r in dots]
    return Data.of(pd.DataFrame(rows, columns=columns))


def _rows(found: LeverLedger, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    """Levers of the headline run, ranked; the other run below its own."""
    by_lever: dict[str, list[LeverResult]] = {}
    for r in found.results:
        by_lever.setdefault(r.lever.id, []).append(r)
    for first in found.headline():
        for r in sorted(by_lever[first.lever.id], key=lambda r: r is not first):
            cells = [
                numbers.cell("levers", f"{r.lever.id}.{r.run}.{side}_{unit}")
                for unit in ("percent", "usd")
                for side in ("target", "user")
            ]
            user, target = r.lever.id.split(":")[1:]
            said = say("{lever} ({user} on {target})", lever=r.lever.spec.title, user=user, target=target)
            yield tell(said), tell(r.run), *cells, tell(r.words)
