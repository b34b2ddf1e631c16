# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on transit: what bans take from the direct way, what comes back through hubs, who keeps what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from tertius.labels import group_members, region_name
from tertius.outcomes.transit import banned_flows
from tertius.outcomes.transit_summary import TransitSummary
from tertius.policy import Scenario
from tertius.report.charts.leakage_bars import HubBar, leakage_bars
from tertius.report.charts.transit_flow import DIRECT, Flow, transit_flow
from tertius.report.sections import Cell, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.options import TransitOptions
from tertius.study.chapters.transit import ALL, MONEY

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["drawing", "section"]

EXPORTERS, HUBS = 7, 6  # drawn by name; the rest together
OTHERS = "Others"
HEADS = ("Base", "Under it", "More", "Barred", "Margin", "Rent")
WORTH = (("real_income", "With routes, %"), ("difference", "Difference"), ("cents_per_dollar", "Cents a dollar"))
NOTES = (
    "What customs of a hub do not see is assumed, and no figure on any hub's own trade with Russia after 2021 enters.",
    "Goods of all origins are routed as those of the EU were found to be; one hub on a way, no chains.",
)


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: flows before and after, leakage by hub, money by hub, what it is worth."""
    options, focal = run.grid.study.rooms.transit, run.grid.study.focal
    assert options is not None
    found: TransitSummary = chapter.result
    caption = (
        f"{Scenario.load(options.scenario).file.title}. Flows of which bans take a part, in the base year with its"
        " transit and under the scenario; central values. Grey goes directly, orange through hubs, green through"
        f" {region_name(focal)}; widths are dollars."
    )
    leaks = leakage_bars(list(_bars(found, numbers)))
    return Section(
        id="transit",
        title=f"Transit: ways round the bans to {region_name(options.destination)}",
        nav="Transit",
        lead=tuple(f.reason for f in chapter.findings.values()),
        drawings=(
            Drawing(_heading(found, options), drawing(found, focal, options.destination), caption),
            Drawing("Leakage by hub", leaks, LEAKS),
        ),
        tables=(
            Grid("Transit by hub, USD million: central, least and largest", ("Hub", *HEADS), tuple(_rows(found, numbers))),
            Grid("Leakage and what the hub's statistics do not see, percent", ("Hub", "Leakage", "Unseen"), tuple(_leakage(found, numbers)), signed=False),
            Grid(f"What routes change for {region_name(focal)}", ("Margins that are rent", "Without routes, %", *(w for _, w in WORTH)), tuple(_worth(found, numbers))),
        ),
        notes=NOTES,
    )  # fmt: skip


LEAKS = (
    "Percent of what bans take from direct routes; whiskers over elasticity sets and the ranges of the routes;"
    " to the right transit under the scenario, USD million, and the range."
)


def _heading(found: TransitSummary, options: TransitOptions) -> str:
    """What the flows show, in words."""
    flows = banned_flows(found.central, options.destination)
    sums = flows.groupby(flows["route"] == "direct")[["base", "value"]].sum()
    lost = float(sums.loc[True, "base"] - sums.loc[True, "value"])
    back = float(sums.loc[False, "value"] - sums.loc[False, "base"])
    return (
        f"Bans close {lost / 1000:.1f} of {sums.loc[True, 'base'] / 1000:.1f} billion dollars of direct sales to"
        f" {region_name(options.destination)}; hubs bring back {back / 1000:.1f}, or {100 * back / lost:.0f} percent"
    )


def drawing(found: TransitSummary, focal: str, destination: str) -> str:
    """Draw the flows that bans strike: exporters that lose most, hubs that carry most, the rest together."""
    table = banned_flows(found.central, destination)
    direct = table["route"] == "direct"
    lost = table[direct].assign(lost=lambda t: t["base"] - t["value"]).groupby("origin")["lost"].sum()
    hubs = table[~direct].groupby("route")["value"].sum()
    named = _largest(lost, EXPORTERS, ""), _largest(hubs, HUBS, focal)
    placed = table.assign(
        origin=[region_name(o) if o in named[0] else OTHERS for o in table["origin"]],
        route=[_way(r, named[1]) for r in table["route"]],
    )
    sums = placed.groupby(["origin", "route"])[["base", "value"]].sum()
    flows = [
        Flow(origin, route, *map(float, sums.loc[(origin, route)]))
        for origin in (*map(region_name, named[0]), OTHERS)
        for route in (DIRECT, *map(region_name, named[1]), OTHERS)
        if (origin, route) in sums.index
    ]
    return transit_flow(flows, region_name(destination), region_name(focal), title="Ways round the bans")


def _largest(values: pd.Series, count: int, always: str) -> tuple[str, ...]:
    """Labels of the largest values, one among them wherever it stands; all if one alone would be left."""
    order = list(values.sort_values(ascending=False).index)
    kept = order if len(order) <= count + 1 else order[:count]
    if always in order and always not in kept:
        kept = [*kept[:-1], always]
    return tuple(kept)


def _way(route: str, named: tuple[str, ...]) -> str:
    if route == "direct":
        return DIRECT
    return region_name(route) if route in named else OTHERS


def _place(hub: str) -> str:
    return "All hubs" if hub == ALL else region_name(hub)


def _bars(found: TransitSummary, numbers: Traced) -> Iterator[HubBar]:
    for hub in found.hubs["hub"]:
        if numbers.has_number("transit", f"{hub}.leakage"):
            leak = numbers.cell("transit", f"{hub}.leakage")
            money = numbers.cell("transit", f"{hub}.value").value
            yield HubBar(_place(hub), money, leak.value, leak.low, leak.high)


def _rows(found: TransitSummary, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for hub in found.hubs["hub"]:
        yield _place(hub), *(numbers.cell("transit", f"{hub}.{key}") for key in MONEY)


def _leakage(found: TransitSummary, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for hub in found.hubs["hub"]:
        cells = [
            numbers.cell("transit", name, draw) if numbers.has_number("transit", name) else "\N{EN DASH}"
            for name, draw in ((f"{hub}.leakage", ""), (f"{hub}.phantom", "central"))
        ]
        yield _place(hub), *cells


def _worth(found: TransitSummary, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for e in found.worth["rent_share"]:
        names = ["unrouted", *(f"rent {e:g}.{key}" for key, _ in WORTH)]
        cells = [
            numbers.cell("transit", name) if numbers.has_number("transit", name) else "\N{EN DASH}"
            for name in names
        ]
        yield f"{100 * e:g} %", *cells
