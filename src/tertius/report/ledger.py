# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A claim of the ledger as plain data: its line on the first page and everything on the page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["ClaimPage", "Estimate", "FactNote", "Part", "Verdict"]

Verdict = Literal["supported", "contradicted", "mixed", "not robust", "not identified", "not yet computed"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """One quantity with its range.

    Attributes
    ----------
    label
        What it is, for example ``"Import bans alone, end of 2022"``.
    unit
        ``"%"`` or words such as ``"USD bn"``, ``"rank of 81"``; printed after the number. A unit that starts
        with ``"rank"`` is printed without a sign.
    low, central, high
        Smallest, central and largest value over the draws, in ``unit``.
    statistic
        What is central: ``"median"`` of solves, ``"central"`` draw of a room.
    over
        What the range is taken over, ``"over 8 elasticity sets"``; empty for a single number.
    ids
        Ids of the rows of the results table behind the range; may be empty.
    signed
        Whether the number is a change and carries a plus sign when positive.
    """

    label: str
    unit: str
    low: float
    central: float
    high: float
    over: str = ""
    ids: tuple[str, ...] = ()
    signed: bool = True
    statistic: str = "median"

    @property
    def ranged(self) -> bool:
        """Whether there is a range to print."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Part:
    """One of the rules and questions that a verdict follows from.

    Attributes
    ----------
    asks
        The rule, or the question of a room with its rule, as fixed beforehand.
    state
        What it came to.
    draws
        In how many draws it is true; empty for a question of a room.
    grade
        How well the answer is identified.
    """

    asks: str
    state: str
    draws: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class FactNote:
    """A published fact beside a claim: observed by others, never computed with; an event has no value."""

    what: str
    period: str
    value: float | None
    unit: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One claim.

    Attributes
    ----------
    id, claim, citation
        ``"S1"``, the claim in our own words, where the article says it.
    verdict
        One of the six verdicts.
    said
        What was found, in paragraphs.
    limits
        What is and what is not computed of the claim; may be empty.
    estimates
        What was computed, most important first.
    parts
        Rules and questions that decide.
    grade, falsifier
        How well the claim is identified; what would have shown it to be wrong.
    facts
        What others published on it.
    drawings
        Ids of the figures of the page that illustrate it.
    chapters
        Anchors and headings of the chapters that its numbers come from.
    rule_hash
        Hash of the rules as registered before the run; may be empty.
    """

    id: str
    claim: str
    citation: str
    verdict: Verdict
    said: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    parts: tuple[Part, ...] = ()
    grade: str = ""
    falsifier: str = ""
    facts: tuple[FactNote, ...] = ()
    drawings: tuple[str, ...] = ()
    chapters: tuple[tuple[str, str], ...] = ()
    rule_hash: str = ""
