# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Everything the report shows, as plain data: the contract between a study and its page.

Nothing here computes. A number comes as low, median and high over its draws (a single value on the map) with
the ids of the rows of ``results.parquet`` it was taken from; the page prints them as ``data-id``, so that
every printed number can be followed back. Texts are escaped, with one exception: `MethodNote.html`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tertius.report.ledger import ClaimPage, Estimate
from tertius.report.referee import (
    AnchorRow,
    MethodNote,
    OriginNote,
    Reproduce,
    ScenarioNote,
    SolveSummary,
)
from tertius.report.sections import Section

__all__ = ["ChannelBar", "CountryBar", "KeyFigure", "MapData", "MapValue", "Page"]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A big number at the top: an estimate and half a sentence on what it means."""

    estimate: Estimate
    meaning: str


@dataclass(frozen=True, slots=True)
class MapValue:
    """Value of one country on the map, in the unit of `MapData` (median over the sets)."""

    iso3: str
    name: str
    value: float
    id: str = ""


@dataclass(frozen=True, slots=True)
class MapData:
    """A world map of one quantity.

    Attributes
    ----------
    title
        What is shown, as a sentence.
    unit
        Unit of all values, ``"%"`` by default.
    values
        One per country of the world; ``ROW`` may be among them and is not drawn.
    caption
        Scenario, date, measure: how to read the map.
    near
        Whether to add an enlarged part around the focal country.
    """

    title: str
    values: tuple[MapValue, ...]
    caption: str = ""
    unit: str = "%"
    near: bool = True


@dataclass(frozen=True, slots=True)
class CountryBar:
    """Effect on one country: low, median, high over the sets, in percent of real income."""

    iso3: str
    name: str
    low: float
    median: float
    high: float
    id: str = ""


@dataclass(frozen=True, slots=True)
class ChannelBar:
    """Effect on the focal country of one block of measures, in percent of real income.

    Attributes
    ----------
    block
        Group heading, for example ``"Export bans"``.
    variant
        Line inside the group: a date, or a closure.
    low, median, high
        Range over the sets, percent of real income.
    closure
        ``"fixed deficit"`` or ``"balanced trade"``; a second closure gets a hollow mark.
    id
        Id of the row of the results table; may be empty.
    """

    block: str
    variant: str
    low: float
    median: float
    high: float
    closure: str = "fixed deficit"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report.

    Attributes
    ----------
    title, question, headline, standfirst
        Name of the study, its question, the finding as a sentence, and the answer in a paragraph.
    focal, focal_name
        ISO3 code and name of the focal country.
    generated, version, world
        Date (ISO), version of the package, name of the world.
    figures
        Three key figures.
    front
        Ids of the figures, among those of the page, that are shown beside the ledger too.
    ledger
        The claims, in the order of the article.
    rule
        How rules and findings make a verdict.
    map
        World map.
    winners
        All countries; the chart picks the ends and the focal country.
    channels
        Focal country by block of measures and date.
    closures
        The same under every closure.
    sections
        Chapters of the rooms that the study asked.
    scenarios, anchors, origins, assumptions, not_modelled, method, solves, reproduce
        The referee's part.
    article
        The source the claims are taken from, as a citation.
    winners_caption, channels_caption, closures_caption
        Scenario, date and measure of the three charts.
    """

    title: str
    question: str
    headline: str
    standfirst: str
    focal: str
    focal_name: str
    generated: str
    version: str
    world: str
    figures: tuple[KeyFigure, ...]
    ledger: tuple[ClaimPage, ...]
    map: MapData
    winners: tuple[CountryBar, ...]
    channels: tuple[ChannelBar, ...]
    closures: tuple[ChannelBar, ...]
    scenarios: tuple[ScenarioNote, ...]
    anchors: tuple[AnchorRow, ...]
    origins: tuple[OriginNote, ...]
    assumptions: tuple[str, ...]
    not_modelled: tuple[str, ...]
    method: tuple[MethodNote, ...]
    solves: SolveSummary
    reproduce: Reproduce
    front: tuple[str, ...] = ()
    rule: str = ""
    sections: tuple[Section, ...] = ()
    article: str = ""
    winners_caption: str = ""
    channels_caption: str = ""
    closures_caption: str = ""
