# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Chapters: what a room of the house contributes to a study, in one form for the ledger and the report.

A room (levers, sky, evidence ...) answers questions that it knows by name, each by a rule that is fixed
before anything is computed. A study file asks rooms, and binds claims to their findings and numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from tertius.study.verdicts import Verdict

if TYPE_CHECKING:
    from tertius.study.schema import StudyFile
    from tertius.world import World

__all__ = ["Asked", "Chapter", "Finding", "Measured", "Question", "Room", "Tell", "band", "drawn"]

Tell = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """A number that a room computed, in every draw that it was computed in.

    Attributes
    ----------
    label, unit
        What it is. Units: percent, USD million, times, rank, share, number, or words.
    values
        Draw -> value, in ``unit``; draws are elasticity sets, series, or the ends of a range of assumptions.
    region
        Country it belongs to; empty is the focal state.
    signed
        Whether it is a change, whose sign says gain or loss; a level or the size of a loss is not.
    over
        What its draws are, if their names do not tell.
    """

    label: str
    unit: str
    values: Mapping[str, float]
    region: str = ""
    signed: bool = True
    over: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a room can answer, and the rule by which it will.

    Attributes
    ----------
    rule
        In words, with the decision that holds it; written before the answer exists.
    grade
        How well the answer is identified.
    """

    rule: str
    grade: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to a question.

    Attributes
    ----------
    verdict
        On the sentence that the question tests.
    reason
        What was found, one or two sentences with numbers.
    shows
        Names of the numbers behind it, most important first.
    """

    verdict: Verdict
    reason: str
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Chapter:
    """What a room computed for a study.

    Attributes
    ----------
    room
        Name of the room.
    findings
        Question -> answer.
    numbers
        Name -> number; what the report prints is one of these.
    result
        The room's own results, for charts.
    """

    room: str
    findings: Mapping[str, Finding]
    numbers: Mapping[str, Measured]
    result: Any = field(repr=False, default=None)


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """What a room is asked for.

    Attributes
    ----------
    study, world
        The study on its base year.
    earlier
        Chapters of the rooms that this one builds on; nothing is computed twice.
    """

    study: StudyFile
    world: World
    earlier: Mapping[str, Chapter]


class Room(Protocol):
    """A room as a study sees it: a module that knows its questions and answers them."""

    def questions(self, study: StudyFile, options: Any) -> Mapping[str, Question]:
        """Name the questions that it will answer, with their rules; nothing is computed."""

    def compute(self, asked: Asked, options: Any, tell: Tell) -> Chapter:
        """Answer them, in one thread: rooms are what runs at the same time."""


def drawn(
    label: str,
    unit: str,
    values: Mapping[str, float],
    region: str = "",
    *,
    signed: bool = True,
    over: str = "",
) -> Measured:
    """Collect a number over its draws; those without an answer are left out.

    Examples
    --------
    >>> drawn("Loss", "percent", {"FGO": 1.0, "CP": float("nan")}).values
    {'FGO': 1.0}
    """
    found = {str(k): float(v) for k, v in values.items() if math.isfinite(v)}
    return Measured(label, unit, found, region, signed, over)


def band(
    label: str, unit: str, low: float, central: float, high: float, *, signed: bool = True, over: str = ""
) -> Measured:
    """Collect a number that is known as a central value within a range, ``low <= central <= high``.

    Examples
    --------
    >>> band("Gain", "percent", 0.1, 0.2, 0.4).values
    {'low': 0.1, 'central': 0.2, 'high': 0.4}
    """
    return drawn(label, unit, {"low": low, "central": central, "high": high}, signed=signed, over=over)
