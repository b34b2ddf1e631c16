# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Rules by which the evidence judges claims, and the form of a judged claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tertius.evidence.rules import GRADES, RULES
from tertius.labels import place_name
from tertius.text import Text, say

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


TEMPLATES = {
    "S4": say(
        "flags at a hub that passes its test and the test of the year before: supported. The 90 % interval"
        " of the effect is below zero: contradicted. Leads only: mixed. Else, or without data: not identified"
    ),
    "S6": say(
        "{owner:capital} channels with a trend all rise and are steady, and so do the last five changes:"
        " supported. They fall: contradicted. They disagree: not robust. They rise, but not all steadily or"
        " lately: mixed. No trend: not identified"
    ),
    "S10": say(
        "evenness over patrons is persistent in every channel with at least eight years: supported."
        " Eroding in every one: contradicted. Otherwise: mixed. No such channel: not identified"
    ),
    "S12": say(
        "series of votes disagree in sign: not robust. Farther from {country}: supported. Closer:"
        " contradicted. No clear change: not identified"
    ),
    "S13": say(
        "the wedge of activity over substance with {country} in {year} is unusually large: supported."
        " Unusually small: contradicted. Usual, or fewer than two series of substance: not identified"
    ),
    "S14": say(
        "fewer than six months between event and next shock: not identified. The gap is unusual and"
        " upward: contradicted. Otherwise: supported"
    ),
}

OF_POWERS = {"S6": "CHN", "S12": "RUS", "S13": "RUS"}
"""Claims about one power, and the power that they are about unless another is named."""


def claim_rule(claim: str, power: str = "") -> Text:
    """Give the rule of a claim; of one about a power, with the name of that power.

    Examples
    --------
    >>> claim_rule("S12", "USA").split(". ")[1]
    'Farther from the United States: supported'
    """
    rule = TEMPLATES[claim]
    if claim not in OF_POWERS:
        return rule
    name = place_name(power or OF_POWERS[claim])
    owner = say("{country}'", country=name) if name.endswith("s") else say("{country}'s", country=name)
    return say(rule, country=name, owner=owner, year=WEDGE_YEAR)


CLAIM_RULES = {claim: claim_rule(claim) for claim in TEMPLATES}
"""Rules of all claims; of one about a power, as it is usually asked."""


def claim_key(claim: str, power: str) -> str:
    """Name of a claim about a power; the one it is usually about goes without saying."""
    return claim if power == OF_POWERS[claim] else f"{claim}:{power}"
