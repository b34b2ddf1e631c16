# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Rules by which the evidence judges claims, and the form of a judged claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tertius.evidence.rules import GRADES, RULES
from tertius.labels import place_name
from tertius.text import say

__all__ = [
    "CLAIM_RULES",
    "OF_POWERS",
    "VERDICTS",
    "WEDGE_YEAR",
    "EvidenceClaim",
    "Quantity",
    "claim_key",
    "claim_rule",
]

VERDICTS = ("supported", "contradicted", "mixed", "not robust", "not identified")
WEDGE_YEAR = 2022
Quantity = tuple[float, float, float, str]


@dataclass(frozen=True, slots=True)
class EvidenceClaim:
    """What the data say of a claim.

    Attributes
    ----------
    claim
        Its id in the ledger.
    verdict
        One of ``VERDICTS``.
    reason
        One sentence.
    quantities
        Name to value, low, high (90 % or as the name says; NaN where there is none) and unit.
    rule
        How the verdict follows.
    grade
        One of the grades of the evidence.
    rules
        Version of the rules.
    """

    claim: str
    verdict: str
    reason: str
    quantities: Mapping[str, Quantity]
    rule: str
    grade: str
    rules: str = RULES

    def __post_init__(self) -> None:
        assert self.verdict in VERDICTS
        assert self.grade in GRADES


CLAIM_RULES = {
    "S4": say(
        "flags at a hub that passes its test and the test of the year before: supported. The 90 % interval"
        " of the effect is below zero: contradicted. Leads only: mixed. Else, or without data: not identified"
    ),
    "S6": say(
        "China's channels with a trend all rise and are steady, and so do the last five changes: supported."
        " They fall: contradicted. They disagree: not robust. They rise, but not all steadily or lately:"
        " mixed. No trend: not identified"
    ),
    "S10": say(
        "evenness over patrons is persistent in every channel with at least eight years: supported."
        " Eroding in every one: contradicted. Otherwise: mixed. No such channel: not identified"
    ),
    "S12": say(
        "series of votes disagree in sign: not robust. Farther from Russia: supported. Closer:"
        " contradicted. No clear change: not identified"
    ),
    "S13": say(
        "the wedge of activity over substance with Russia in {year} is unusually large: supported."
        " Unusually small: contradicted. Usual, or fewer than two series of substance: not identified",
        year=WEDGE_YEAR,
    ),
    "S14": say(
        "fewer than six months between event and next shock: not identified. The gap is unusual and"
        " upward: contradicted. Otherwise: supported"
    ),
}

OF_POWERS = {"S6": "CHN", "S12": "RUS", "S13": "RUS"}
"""Claims about one power, and the power that they are about unless another is named."""


def claim_rule(claim: str, power: str = "") -> str:
    """Give the rule of a claim; of one about a power, with the name of that power.

    Examples
    --------
    >>> claim_rule("S12", "USA").split(". ")[1]
    'Farther from the United States: supported'
    """
    if not power:
        return CLAIM_RULES[claim]
    usual, name = place_name(OF_POWERS[claim]), place_name(power)
    owner = f"{name}'" if name.endswith("s") else f"{name}'s"
    rule = CLAIM_RULES[claim].replace(f"{usual}'s", owner).replace(usual, name)
    return rule[:1].upper() + rule[1:] if rule.startswith("the ") and claim == "S6" else rule


def claim_key(claim: str, power: str) -> str:
    """Name of a claim about a power; the one it is usually about goes without saying."""
    return claim if power == OF_POWERS[claim] else f"{claim}:{power}"
