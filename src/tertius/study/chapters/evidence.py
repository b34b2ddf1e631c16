# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Evidence in a study: what measured series say, by rules with a version (docs/evidence.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, band
from tertius.study.verdicts import Verdict
from tertius.text import Text, say

if TYPE_CHECKING:
    from tertius.evidence import Activity, Alignment, EventGap, EvidenceClaim, Influence
    from tertius.study.chapters.options import EvidenceOptions
    from tertius.study.schema import StudyFile

__all__ = ["QUESTIONS", "Measurements", "compute", "questions"]

QUESTIONS = {
    "circumvention": "S4",
    "steady-influence": "S6",
    "persistent-balance": "S10",
    "votes-apart": "S12",
    "activity-hides": "S13",
    "event-left-nothing": "S14",
}
"""Question -> the claim of the evidence room that it is; on powers asked about, ``votes-apart-USA``."""


@dataclass(frozen=True, eq=False, slots=True)
class Measurements:
    """What the charts of the chapter are drawn from; the event is None where a state has no such series."""

    claims: dict[str, EvidenceClaim]
    votes: Alignment
    ties: Influence
    acts: Activity
    event: EventGap | None


def questions(study: StudyFile, options: EvidenceOptions) -> dict[str, Question]:
    """One question for each claim that data, not simulation, can speak to."""
    from tertius.evidence import RULES, claim_rule

    grade = say("observed; graded with the answer")
    return {
        name: Question(say("{rule} ({version})", rule=claim_rule(*claim.split(":")), version=RULES), grade)
        for name, claim in _asked(options).items()
    }


def _asked(options: EvidenceOptions) -> dict[str, str]:
    """Question -> claim, those on the powers that the study asks about among them."""
    from tertius.evidence import OF_POWERS

    more = {
        f"{name}-{power}": f"{claim}:{power}"
        for name, claim in QUESTIONS.items()
        for power in options.about
        if claim in OF_POWERS
    }
    always = {n: c for n, c in QUESTIONS.items() if options.event or n != "event-left-nothing"}
    return always | more


def compute(asked: Asked, options: EvidenceOptions, tell: Tell) -> Chapter:
    """Read the measured series of the focal state."""
    from tertius.evidence import Known, activity, alignment, event_gap, evidence_claims, influence

    focal = asked.study.focal
    powers = [p for p in options.powers if p != focal]
    votes, acts = alignment(focal, powers), activity(focal, powers)
    ties = influence(focal, [p for p in options.patrons if p != focal])
    event = event_gap(focal) if options.event and focal != "RUS" else None
    tell(1, 2, "series")
    claims, asked_of = evidence_claims(focal, options.about, Known(votes, ties, acts, event)), _asked(options)
    tell(2, 2, "claims")
    held = Measurements(claims, votes, ties, acts, event)
    numbers: dict[str, Measured] = {}
    for asks, claim in asked_of.items():
        numbers |= _numbers(asks, claims[claim])
    findings = {
        asks: Finding(
            Verdict(claims[claim].verdict),
            say("{reason:capital} (grade: {grade}).", reason=claims[claim].reason, grade=claims[claim].grade),
            tuple(name for name in numbers if name.startswith(f"{asks}."))[:SHOWN],
        )
        for asks, claim in asked_of.items()
    }
    return Chapter("evidence", findings, numbers, held)


SHOWN = 6


def _numbers(asks: str, claim: EvidenceClaim) -> dict[str, Measured]:
    return {
        f"{asks}.{label}": band(_label(label), unit, low, value, high)
        for label, (value, low, high, unit) in claim.quantities.items()
    }


LABELS = {
    "effect": say("Exports of banned goods to the hubs, above other goods"),
    "excess": say("Exports of banned goods above what was expected"),
    "share of direct loss": say("That excess, of what direct exports lost"),
    "flags": say("Products flagged"),
    "leads": say("Products that are leads only"),
    "q of the hub": say("Chance that the hub stands out by luck (q)"),
    "activity": say("Diplomatic activity above the years before"),
    "gap; range: placebos": say("Cooperation above the synthetic control; range: other states"),
    "share of states with a gap as large": say("States with a gap as large"),
}
CHANNELS = {
    "capacity": say("influence capacity"),
    "exports": say("its share of exports"),
    "imports": say("its share of imports"),
    "investment": say("its investment"),
    "investment_mirror": say("its investment, as the other side reports it"),
}


def _label(name: str) -> Text:
    """Say what a number of the evidence is, to a reader who sees it alone."""
    channel = name.removeprefix("slope of ")
    if channel in CHANNELS:
        return say("Trend of {channel}, a year", channel=CHANNELS[channel])
    return LABELS.get(name) or say("{label:capital}", label=name)
