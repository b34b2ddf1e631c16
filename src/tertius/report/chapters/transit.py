# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on transit: what bans take from direct ways, what comes back through hubs, who keeps what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from tertius.labels import region_name
from tertius.outcomes.transit import banned_flows
from tertius.outcomes.transit_summary import TransitSummary
from tertius.policy import Scenario
from tertius.report.charts.leakage_bars import HubBar, leakage_bars
from tertius.report.charts.transit_flow import DIRECT, Flow, transit_flow
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.transit import ALL, MONEY
from tertius.text import Text, joined, say

__all__ = ["drawing", "section"]

EXPORTERS, HUBS = 7, 6  # drawn by name; the rest together
OTHERS = say("Others")
DASH = "\N{EN DASH}"
MONEY_HEADS = (
    *(say("Hub"), say("Base"), say("With bans"), say("More"), say("Barred"), say("Margin")),
    say("Rent"),
)
WORTH = {
    "unrouted": say("Without routes, %"),
    "real_income": say("With routes, %"),
    "difference": say("Difference"),
    "cents_per_dollar": say("Cents a dollar"),
}
LEAKS = say(
    "Percent of what bans take from direct routes; whiskers over elasticity sets and the ranges of the"
    " routes. To the right transit with bans, USD million, and the range of the leakage."
)
NOTES = (
    say(
        "What a hub's statistics do not see is assumed; no figure on any hub's own trade with Russia after"
        " 2021 enters."
    ),
    say("Goods of all origins are routed as those of the EU were found to be; one hub on a way, no chains."),
)


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: flows before and after, leakage by hub, money by hub, what it is worth."""
    options, focal = run.grid.study.rooms.transit, run.grid.study.focal
    assert options is not None
    found: TransitSummary = chapter.result
    flows, goal = banned_flows(found.central, options.destination), region_name(options.destination)
    caption = say(
        "{title} ({scenario}). Flows of which bans take a part, in the base year with its transit and under"
        " the scenario; central values. Grey goes directly, orange through hubs, green through {focal};"
        " widths are dollars.",
        title=Scenario.load(options.scenario).file.title,
        scenario=options.scenario,
        focal=region_name(focal),
    )
    bars = list(_bars(found, numbers))
    return Section(
        id="transit",
        title=say("Transit: ways round the bans to {goal}", goal=goal),
        nav=say("Transit"),
        lead=tuple(f.reason for f in chapter.findings.values()),
        drawings=(
            Drawing(
                _heading(flows, goal),
                drawing(flows, focal, goal),
                caption,
                id="transit-flows",
                data=Data.of(flows),
                answers=("leaks",),
            ),
            Drawing(
                say("Leakage by hub"),
                leakage_bars(bars),
                LEAKS,
                id="leakage",
                data=Data.of(pd.DataFrame(bars)),
            ),
        ),
        tables=tuple(_tables(found, focal, numbers)),
        notes=NOTES,
    )


def _heading(flows: pd.DataFrame, goal: str) -> Text:
    """What the flows show, in words."""
    direct = flows["route"] == "direct"
    before = float(flows.loc[direct, "base"].sum())
    lost = before - float(flows.loc[direct, "value"].sum())
    back = float((flows["value"] - flows["base"])[~direct].sum())
    words = say(
        "Bans close {lost:.1f} of {before:.1f} billion dollars of direct sales to {goal}",
        lost=lost / 1000,
        before=before / 1000,
        goal=goal,
    )
    if not lost:
        return words
    share = 100 * back / lost
    hubs = say("hubs bring back {back:.1f}, or {share:.0f} percent", back=back / 1000, share=share)
    return joined("; ", (words, hubs))


def drawing(flows: pd.DataFrame, focal: str, goal: str) -> str:
    """Draw the flows that bans strike: exporters that lose most, hubs that carry most, the rest together.

    Parameters
    ----------
    flows
        Of :func:`tertius.outcomes.transit.banned_flows`.
    focal
        Code of the hub to point out; it is always drawn.
    goal
        Name of the destination.

    Returns
    -------
    str
        An ``<svg>``.
    """
    direct = flows["route"] == "direct"
    lost = (flows["base"] - flows["value"])[direct].groupby(flows["origin"]).sum()
    carried = flows["value"][~direct].groupby(flows["route"]).sum()
    origins, hubs = _largest(lost, EXPORTERS), _largest(carried, HUBS, focal)
    names = {"direct": DIRECT} | {code: region_name(code) for code in (*origins, *hubs)}
    drawn = [
        Flow(names.get(f["origin"], OTHERS), names.get(f["route"], OTHERS), f["base"], f["value"])
        for f in flows.to_dict("records")
    ]
    order = [names[code] for code in (*origins, "direct", *hubs)]
    title = say("Ways round the bans to {goal}", goal=goal)
    return transit_flow(drawn, goal, region_name(focal), order, title=title)


def _largest(values: pd.Series, count: int, always: str = "") -> tuple[str, ...]:
    """Labels of the largest values, and one wherever it stands; all if only one would be left out."""
    order = [str(code) for code in values.sort_values(ascending=False).index]
    kept = order if len(order) <= count + 1 else order[:count]
    return (*kept[:-1], always) if always in order and always not in kept else tuple(kept)


def _place(hub: str) -> str:
    return tell(say("All hubs") if hub == ALL else region_name(hub))


def _bars(found: TransitSummary, numbers: Traced) -> Iterator[HubBar]:
    for hub in found.hubs["hub"]:
        if numbers.has_number("transit", f"{hub}.leakage"):
            leak = numbers.cell("transit", f"{hub}.leakage")
            money = numbers.cell("transit", f"{hub}.value").value
            yield HubBar(_place(hub), money, leak.value, leak.low, leak.high)


def _tables(found: TransitSummary, focal: str, numbers: Traced) -> Iterator[Grid]:
    """Money by hub, leakage and what is unseen by hub, worth by share of margins that is rent."""

    def cells(start: str, keys: Iterable[str]) -> Iterator[Cell | str]:
        for key in keys:
            name, draw = f"{start}{key}", "central" if key == "phantom" else ""
            yield numbers.cell("transit", name, draw) if numbers.has_number("transit", name) else DASH

    hubs, rents = list(found.hubs["hub"]), list(found.worth["rent_share"])
    yield Grid(
        say("Transit by hub, USD million: central value, least and largest"),
        MONEY_HEADS,
        tuple((_place(hub), *cells(f"{hub}.", MONEY)) for hub in hubs),
        signed=False,
    )
    yield Grid(
        say(
            "Leakage, percent of what bans take, and percent of its transit that a hub's statistics do not"
            " see"
        ),
        (say("Hub"), say("Leakage"), say("Unseen")),
        tuple((_place(hub), *cells(f"{hub}.", ("leakage", "phantom"))) for hub in hubs),
        signed=False,
    )
    yield Grid(
        say("Real income of {country}, by the share of margins that is rent", country=region_name(focal)),
        (say("Rent"), *WORTH.values()),
        tuple(
            (
                tell(say("{share:g} %", share=100 * e)),
                *cells("", ("unrouted",)),
                *cells(f"rent {e:g}.", list(WORTH)[1:]),
            )
            for e in rents
        ),
    )
