# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Verdicts: what rules and findings together say of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tertius.text import say

__all__ = ["VERDICT_RULE", "State", "Verdict", "judge"]

VERDICT_RULE = say(
    "A rule holds if it is true in every draw (elasticity set x closure), or in the share of draws that it"
    " names, fails if it is false in as many, and is open otherwise or where a solve did not converge. A"
    " finding counts as its own rule, printed beside it, has it. All hold: supported. All fail: contradicted."
    " Any open: not robust. Otherwise: mixed. If a part is not identified the claim is not identified, unless"
    " all other parts fail."
)


WORDS = (
    *(say("supported"), say("contradicted"), say("mixed"), say("not robust"), say("not identified")),
    *(say("not yet computed"), say("holds"), say("fails"), say("open"), say("is mixed")),
    *(say("is not identified"), say("was left out")),
)
"""The words of verdicts and states, to be translated."""


class Verdict(StrEnum):
    """What the numbers say of a claim."""

    supported = "supported"
    contradicted = "contradicted"
    mixed = "mixed"
    not_robust = "not robust"
    not_identified = "not identified"
    not_yet_computed = "not yet computed"

    @property
    def state(self) -> State:
        """What a finding with this verdict counts as when a claim is judged by several parts."""
        return _COUNTS_AS[self]


class State(StrEnum):
    """What one part of a claim, a rule or a finding, came to."""

    holds = "holds"
    fails = "fails"
    open = "open"
    mixed = "is mixed"
    unidentified = "is not identified"
    left_out = "was left out"


_COUNTS_AS = {
    Verdict.supported: State.holds,
    Verdict.contradicted: State.fails,
    Verdict.mixed: State.mixed,
    Verdict.not_robust: State.open,
    Verdict.not_identified: State.unidentified,
    Verdict.not_yet_computed: State.left_out,
}


def judge(states: Iterable[State]) -> Verdict:
    """Apply ``VERDICT_RULE`` to the parts of a claim.

    Parameters
    ----------
    states
        One for each rule and finding. If one was left out of the run there is no verdict.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> str(judge([State.holds, State.fails])), str(judge([State.unidentified, State.fails]))
    ('mixed', 'contradicted')
    """
    found = list(states)
    if not found or State.left_out in found:
        return Verdict.not_yet_computed
    rest = {s for s in found if s is not State.unidentified}
    if len(rest) == 1 and State.fails in rest:
        return Verdict.contradicted
    if State.unidentified in found:
        return Verdict.not_identified
    if State.open in rest:
        return Verdict.not_robust
    return Verdict.supported if rest == {State.holds} else Verdict.mixed
