# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Rules for claims S7, S8 and S10, written before any payoff was computed (docs/decisions/0013-choice.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tertius.choice.best_reply import DELTA
from tertius.choice.effects import Effects
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput
from tertius.text import joined, say

__all__ = ["RULES", "VERSION", "Verdict", "grade", "verdict_s7", "verdict_s8", "verdict_s10"]

VERSION = "choice 1"
MOST, FEW = 0.5, 0.25  # a part holds above the first, fails below the second
STEP = 0.05  # of traffic: the least move that counts
TESTED = (1.0, 2.0)  # hazard powers between which a flip means: not identified

PARTS = (
    *(say("logarithmic prior"), say("even prior"), say("fears the eastern threat")),
    *(say("fears the western threat"), say("gains from the offer"), say("a strike outweighs tolerance")),
    say("the threat moves the stance"),
)
"""Parts of the rules, as the shares of a verdict name them."""
RULES = {
    "S7": say(
        "Over all elasticity sets and all places of today's box, at each k: (a) the eastern threat alone "
        "costs the focal state at least delta of income at its best reply; (b) so does the western one; "
        "(c) the third power's offer raises its best reply by at least delta. A part holds if it does in "
        "more than half of the cells and fails if in fewer than a quarter. Supported if all three hold, "
        "contradicted if two or more fail, mixed otherwise; not identified without a computed offer, or "
        "if the verdict flips between k = 1 and k = 2."
    ),
    "S8": say(
        "Over the same cells, at each k: (a) a strike at full tolerance costs the focal state more than "
        "tolerance brings; (b) the western threat lowers sensitive transit at the best reply by at least "
        "a twentieth of full tolerance. A part holds if it does in more than half of the cells and fails if "
        "in fewer than a quarter. Supported if both hold, "
        "contradicted if both fail, mixed otherwise; not identified if the verdict flips between k = 1 "
        "and k = 2."
    ),
    "S10": say(
        "At each k: the share of the prior box of both hazards, over all elasticity sets, where "
        "neutrality is worth at least delta over both poles and traffic lies between .1 and .9. Supported "
        "above one half, contradicted below one quarter, mixed between; mixed too if the logarithmic and "
        "the even prior say opposite things. Not identified if the verdict flips between k = 1 and k = 2; "
        "any other flip over k is reported."
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a claim.

    Attributes
    ----------
    claim
        ``S7``, ``S8`` or ``S10``.
    verdict
        supported, mixed, contradicted or not identified.
    by_power
        The verdict at each hazard power k.
    shares
        What it rests on: part of the rule to share of cells, for each k.
    note
        Flips over k, in a sentence; empty if there are none.
    version
        Of the rules.
    """

    claim: str
    verdict: str
    by_power: Mapping[float, str]
    shares: Mapping[float, Mapping[str, float]]
    note: str
    version: str = VERSION

    @property
    def rule(self) -> str:
        """Text of the rule."""
        return RULES[self.claim]


def grade(share: float) -> str:
    """Say what a share of cells means.

    Examples
    --------
    >>> [grade(s) for s in (0.6, 0.5, 0.25, 0.2)]
    ['supported', 'mixed', 'mixed', 'contradicted']
    """
    if not 0 <= share <= 1:
        raise BadInput("verdict: share", f"{share:g} is not between 0 and 1", "give a share of cells")
    return "supported" if share > MOST else "contradicted" if share < FEW else "mixed"


def verdict_s10(shares: Mapping[float, Array], even: Mapping[float, Array] | None = None) -> Verdict:
    """Say whether the golden mean holds.

    Parameters
    ----------
    shares
        ``[E]`` share of the neutral region under the logarithmic prior, by hazard power.
    even
        The same under the even prior.

    Returns
    -------
    Verdict
        On S10.

    Raises
    ------
    BadInput
        If k = 1 or k = 2 is missing.

    Examples
    --------
    >>> verdict_s10({1.0: np.array([0.0]), 2.0: np.array([0.6])}).verdict
    'not identified'
    """
    parts, by_power = {}, {}
    for k, share in shares.items():
        parts[k] = {"logarithmic prior": float(np.mean(share))}
        grades = {grade(parts[k]["logarithmic prior"])}
        first = next(iter(grades))
        if even is not None:
            parts[k]["even prior"] = float(np.mean(even[k]))
            grades.add(grade(parts[k]["even prior"]))
        by_power[k] = "mixed" if grades == {"supported", "contradicted"} else first
    return _over_powers("S10", by_power, parts)


def verdict_s7(
    found: Mapping[float, Effects], offers: Mapping[float, Array] | None, delta: float = DELTA
) -> Verdict:
    """Say whether both threats are felt and the third power's offer is welcome.

    Parameters
    ----------
    found
        Effects over today's box, by hazard power.
    offers
        ``[..., E]`` gain from the offer in the same cells, percent; None if no offer was computed.
    delta
        Least effect that counts, percent of income.

    Returns
    -------
    Verdict
        On S7.

    Raises
    ------
    BadInput
        If k = 1 or k = 2 is missing.
    """
    parts: dict[float, dict[str, float]] = {}
    by_power = {}
    for k, e in found.items():
        parts[k] = {
            "fears the eastern threat": float((e.shadow_east >= delta).mean()),
            "fears the western threat": float((e.shadow_west >= delta).mean()),
        }
        if offers is None:
            by_power[k] = "not identified"
            continue
        parts[k]["gains from the offer"] = float((offers[k] >= delta).mean())
        by_power[k] = _together([grade(s) for s in parts[k].values()], failures=2)
    return _over_powers("S7", by_power, parts)


def verdict_s8(found: Mapping[float, Effects]) -> Verdict:
    """Say whether the western threat can bite, and moves the stance.

    Parameters
    ----------
    found
        Effects over today's box, by hazard power.

    Returns
    -------
    Verdict
        On S8.

    Raises
    ------
    BadInput
        If k = 1 or k = 2 is missing.
    """
    parts = {
        k: {
            "a strike outweighs tolerance": float((e.bite_west > 0).mean()),
            "the threat moves the stance": float((e.moved_west <= -STEP).mean()),
        }
        for k, e in found.items()
    }
    by_power = {k: _together([grade(s) for s in p.values()], failures=2) for k, p in parts.items()}
    return _over_powers("S8", by_power, parts)


def _together(grades: list[str], failures: int) -> str:
    if all(g == "supported" for g in grades):
        return "supported"
    return "contradicted" if grades.count("contradicted") >= failures else "mixed"


def _over_powers(
    claim: str, by_power: Mapping[float, str], shares: Mapping[float, Mapping[str, float]]
) -> Verdict:
    missing = [k for k in TESTED if k not in by_power]
    if missing:
        raise BadInput(
            f"verdict: {claim}", f"nothing at k = {missing[0]:g}", "compute k = 1 and k = 2 at least"
        )
    one, two = (by_power[k] for k in TESTED)
    flips = len(set(by_power.values())) > 1
    told = [say("k = {k:g}: {verdict}", k=k, verdict=v) for k, v in sorted(by_power.items())]
    note = joined("; ", told if flips else ())
    return Verdict(claim, one if one == two else "not identified", dict(by_power), shares, note)
