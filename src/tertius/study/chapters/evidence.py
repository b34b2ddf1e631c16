# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Evidence in a study: what measured series say, by rules with a version (docs/evidence.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tertius.labels import place_name
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
        numbers |= _numbers(asks, claims[claim], focal)
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


def _numbers(asks: str, claim: EvidenceClaim, focal: str) -> dict[str, Measured]:
    power = claim.claim.partition(":")[2] or OWN.get(claim.claim, "")
    over = say("90 % interval")
    return {
        f"{asks}.{label}": band(
            _label(label, focal, power),
            unit,
            low,
            value,
            high,
            signed=not label.startswith(LEVELS),
            over=over,
        )
        for label, (value, low, high, unit) in claim.quantities.items()
    }


OWN = {"S6": "CHN", "S12": "RUS", "S13": "RUS"}
"""Claim -> the power that it is about, unless another is asked about."""
LABELS = {
    "effect": say("Exports of banned goods to {focal}, above other goods"),
    "excess": say("Exports of banned goods above what was expected"),
    "share of direct loss": say("That excess, of what direct exports lost"),
    "flags": say("Products flagged"),
    "leads": say("Products that are leads only"),
    "q of the hub": say("False-discovery rate of {focal} among the hubs (q)"),
    "activity": say("Diplomatic activity with {power} above the years before"),
    "wedge": say("Activity with {power} ahead of substance"),
    "gap": say("Cooperation with Russia above the synthetic control"),
    "gap of other states, 5 %": say("The same of other states, 5th percentile"),
    "gap of other states, 95 %": say("The same of other states, 95th percentile"),
    "wedge of other states, 5 %": say("The same of other states, 5th percentile"),
    "wedge of other states, 95 %": say("The same of other states, 95th percentile"),
    "share of states with a gap as large": say("States with a gap as large"),
}
LEVELS = ("flags", "leads", "q of the hub", "share of states with a gap as large", "lowest evenness")
"""How numbers begin that are levels, not changes."""
CHANNELS = {
    "capacity": say("Influence capacity of {power}, trend a year"),
    "exports": say("Share of {power} in exports, trend a year"),
    "imports": say("Share of {power} in imports, trend a year"),
    "migrants": say("Share of {power} among emigrants, trend a year"),
    "investment": say("Investment of {power}, trend a year"),
    "investment_mirror": say("Investment of {power} as the other side reports it, trend a year"),
}


def _label(name: str, focal: str, power: str) -> Text:
    """Say what a number of the evidence is, to a reader who sees it alone."""
    from tertius.evidence.alignment import NAMED

    own = {"focal": place_name(focal), "power": place_name(power) if power else ""}
    if name.startswith("closeness to "):
        series = NAMED[name.rpartition(", ")[2]]
        return say("Change of closeness to {power} beyond the world's ({series})", series=series, **own)
    told = CHANNELS.get(name.removeprefix("slope of ")) or LABELS.get(name)
    return say(told, **own) if told else say("{label:capital}", label=name)
