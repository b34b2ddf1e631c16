# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Everything the report shows, as plain data: the contract between a study and its page.

Nothing here computes. A number comes as low, median and high over the elasticity sets (a single value on
the map) with the ids of the rows of ``results.parquet`` it was taken from; the page prints them as
``data-id``, so that every printed number can be followed back. Texts are escaped, with one exception:
`MethodNote.html`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tertius.report.sections import Section

__all__ = [
    "AnchorRow",
    "ChannelBar",
    "ClaimRow",
    "CountryBar",
    "Estimate",
    "KeyFigure",
    "MapData",
    "MapValue",
    "MeasureNote",
    "MethodNote",
    "OriginNote",
    "Page",
    "Reproduce",
    "ScenarioNote",
    "SolveSummary",
    "Verdict",
]

Verdict = Literal["supported", "contradicted", "mixed", "not robust", "not identified", "not yet computed"]
Status = Literal["verified", "cited from memory", "assumption"]
Redistribution = Literal["yes", "derived-only", "no"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """One quantity with its range over elasticity sets.

    Attributes
    ----------
    label
        What it is, for example ``"Import bans alone, end of 2022"``.
    unit
        ``"%"`` or words such as ``"USD bn"``, ``"rank of 81"``; printed after the number. A unit that starts
        with ``"rank"`` is printed without a sign.
    low, median, high
        Smallest, median and largest value over the sets, in ``unit``.
    n_sets
        How many sets the range is taken over.
    ids
        Ids of the rows of the results table behind the range; may be empty.
    signed
        Whether the number is a change and carries a plus sign when positive.
    """

    label: str
    unit: str
    low: float
    median: float
    high: float
    n_sets: int = 8
    ids: tuple[str, ...] = ()
    signed: bool = True


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A big number at the top: an estimate and half a sentence on what it means."""

    estimate: Estimate
    meaning: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One line of the claim ledger.

    Attributes
    ----------
    id
        ``"S1"`` and so on.
    claim
        The claim in our own words.
    citation
        Where the article says it.
    verdict
        One of the six verdicts.
    reading
        One sentence, with numbers, on what was found; may be empty when nothing is computed.
    estimates
        What was computed; the first three stand in the row, the rest in its details.
    rule
        The rule for the verdict, fixed before the results existed.
    grade
        How well the claim is identified, in a few words.
    falsifier
        What would have shown the claim to be wrong.
    rule_hash
        Hash of the rule as recorded before the run; may be empty.
    """

    id: str
    claim: str
    citation: str
    verdict: Verdict
    reading: str = ""
    estimates: tuple[Estimate, ...] = ()
    rule: str = ""
    grade: str = ""
    falsifier: str = ""
    rule_hash: str = ""


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
class MeasureNote:
    """One measure of a scenario with its legal act; ``in_force`` is an ISO date or words."""

    what: str
    act: str
    status: Status
    in_force: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioNote:
    """A scenario of the study: what it does, by which acts, and what it leaves out."""

    name: str
    title: str
    summary: str
    measures: tuple[MeasureNote, ...] = ()
    not_modelled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """A published total against ours; ``ours`` and ``published`` in ``unit``, ``deviation`` in percent.

    ``weak`` marks a cell that is known to be off and is shown rather than hidden; ``note`` says why.
    """

    what: str
    ours: float
    published: float
    unit: str
    deviation: float
    source: str
    weak: bool = False
    note: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class OriginNote:
    """Where a source comes from and under which terms (one record of ``tertius/data/origins``)."""

    id: str
    producer: str
    title: str
    edition: str
    licence: str
    redistribution: Redistribution
    url: str = ""
    accessed: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MethodNote:
    """A paragraph on method.

    ``html`` is printed as it is: it must come from this package, never from a study file or from data.
    Each of ``equations`` is either ``$...$``, in the small part of TeX that `tertius.report.maths` knows, or
    plain Unicode text, which is escaped.
    """

    heading: str
    html: str
    equations: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class SolveSummary:
    """What the solver did.

    ``worst_residual`` is over all equations: prices in logs, goods relative to the country's own income.
    """

    count: int
    slowest_s: float
    worst_residual: float
    all_converged: bool
    worst_market: str = ""
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reproduce:
    """How to get the same page again: command, versions and hashes (name, value)."""

    command: str
    commit: str = ""
    hashes: tuple[tuple[str, str], ...] = ()


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
    ledger
        The claims, in the order of the article.
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
    ledger: tuple[ClaimRow, ...]
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
    sections: tuple[Section, ...] = ()
    article: str = ""
    winners_caption: str = ""
    channels_caption: str = ""
    closures_caption: str = ""
