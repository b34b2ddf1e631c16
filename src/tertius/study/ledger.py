# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The claim ledger: rules and findings fixed beforehand, numbers beside them, a verdict that follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tertius.data.published import PublishedFact
from tertius.errors import BadInput
from tertius.study.cases import Grid
from tertius.study.chapter import Chapter, Finding, Question
from tertius.study.claims import Claim, Rule
from tertius.study.facts import facts_beside
from tertius.study.quantities import ANY, Drawn, Estimate, Quantities, estimate, fill
from tertius.study.verdicts import State, Verdict, judge
from tertius.text import Text, joined

__all__ = ["FindingResult", "LedgerEntry", "RuleResult", "ledger"]

Questions = Mapping[str, Question]
"""room.question -> what is asked, by which rule."""


@dataclass(frozen=True, slots=True)
class RuleResult:
    """A rule and the draws in which it is true, false, or cannot be told."""

    rule: Rule
    true: int
    false: int
    missing: int

    @property
    def state(self) -> State:
        """What the rule came to, by ``VERDICT_RULE``."""
        total = self.true + self.false + self.missing
        enough = self.rule.share * total - 1e-9
        if total and self.true >= enough:
            return State.holds
        return State.fails if total and self.false >= enough else State.open


@dataclass(frozen=True, slots=True)
class FindingResult:
    """A question of a room and its answer; None where the room was left out of the run."""

    name: str
    question: Question
    finding: Finding | None

    @property
    def state(self) -> State:
        """What the answer counts as."""
        return self.finding.verdict.state if self.finding else State.left_out


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One claim with its numbers and verdict.

    Attributes
    ----------
    claim, verdict
        What is claimed, and what the numbers say of it.
    rules, findings
        The parts behind the verdict.
    estimates
        Numbers printed beside it, those that decide first: key is a quantity of the study, or
        ``room.number``.
    said
        What was found: the sentence of the study, then a reason for each finding.
    facts
        What others published on it.
    """

    claim: Claim
    verdict: Verdict
    rules: tuple[RuleResult, ...]
    findings: tuple[FindingResult, ...]
    estimates: tuple[Estimate, ...]
    said: tuple[Text, ...]
    facts: tuple[PublishedFact, ...] = ()

    @property
    def reading(self) -> Text:
        """What was found, in sentences."""
        return joined(" ", self.said)

    @property
    def grade(self) -> Text:
        """How well the claim is identified: of the study file and of the questions asked."""
        own = [self.claim.grade, *(joined(": ", (f.name, f.question.grade)) for f in self.findings)]
        return joined("; ", own)


def ledger(
    grid: Grid, quantities: Quantities, chapters: Mapping[str, Chapter], questions: Questions
) -> tuple[LedgerEntry, ...]:
    """Judge every claim of a study.

    Parameters
    ----------
    grid
        The study with all its draws.
    quantities
        From :func:`tertius.study.quantities.all_quantities`.
    chapters
        What the rooms computed.
    questions
        What they were asked, by ``room.question``.

    Returns
    -------
    tuple of LedgerEntry
        In the order of the study file.
    """
    return tuple(_entry(grid, claim, quantities, chapters, questions) for claim in grid.study.claims)


def _entry(
    grid: Grid, claim: Claim, quantities: Quantities, chapters: Mapping[str, Chapter], questions: Questions
) -> LedgerEntry:
    rules = tuple(count_draws(rule, quantities) for rule in claim.rules)
    findings = tuple(_answer(name, chapters, questions) for name in claim.findings)
    own = fill(claim.reading, quantities, grid.study.closures[0])
    told = [own, *(joined("", (f.finding.reason,)) for f in findings if f.finding)]
    computed, shown = tuple(_numbers(findings, chapters)), tuple(_shown(grid, claim, quantities))
    return LedgerEntry(
        claim,
        judge([*(r.state for r in rules), *(f.state for f in findings)]),
        rules,
        findings,
        (*shown, *computed) if rules else (*computed, *shown),
        tuple(t for t in told if t),
        tuple(facts_beside(grid.study, claim)),
    )


def _answer(name: str, chapters: Mapping[str, Chapter], questions: Questions) -> FindingResult:
    room, _, asked = name.partition(".")
    found = chapters[room].findings[asked] if room in chapters else None
    return FindingResult(name, questions[name], found)


def _shown(grid: Grid, claim: Claim, quantities: Quantities) -> Iterator[Estimate]:
    """Quantities that the claim shows, closure by closure; those of rooms once."""
    for k, closure in enumerate(grid.study.closures):
        for key in claim.shows:
            of_room = any(c == ANY for _, c in quantities[key].values)
            if k == 0 or not of_room:
                yield estimate(quantities, key, closure)


def _numbers(findings: tuple[FindingResult, ...], chapters: Mapping[str, Chapter]) -> Iterator[Estimate]:
    """Numbers behind the findings."""
    for result in findings:
        room = result.name.partition(".")[0]
        for number in result.finding.shows if result.finding else ():
            key, found = f"{room}.{number}", chapters[room].numbers[number]
            values = {(d, ANY): v for d, v in found.values.items()}
            one = Drawn(found.label, found.unit, values, found.signed, found.over)
            yield estimate({key: one}, key, ANY)


def count_draws(rule: Rule, quantities: Quantities) -> RuleResult:
    """Count the draws in which a rule is true, false, or cannot be told.

    Raises
    ------
    BadInput
        If two quantities are compared that have different draws.
    """
    left, right = quantities[rule.quantity], _right(rule, quantities)
    draws = list(left.values if len(left.values) > 1 or len(right) <= 1 else right)
    a, b = _spread(dict(left.values), draws), _spread(right, draws)
    if a is None or b is None:
        raise BadInput(f"rule {rule}", "compares numbers of different draws", "compare each with a value")
    compare = {"<": np.less, ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal}[rule.relation]
    known = ~np.isnan(a - b)
    true = compare(a, b) & known
    return RuleResult(rule, int(true.sum()), int((known & ~true).sum()), int((~known).sum()))


def _right(rule: Rule, quantities: Quantities) -> dict[tuple[str, str], float]:
    return dict(quantities[rule.than].values) if rule.than else {("", ANY): float(rule.value or 0.0)}


def _spread(
    values: dict[tuple[str, str], float], draws: list[tuple[str, str]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """Put values in the order of the draws; a single one goes with all."""
    if len(values) == 1:
        return np.full(len(draws), next(iter(values.values())))
    return np.array([values[d] for d in draws]) if set(values) == set(draws) else None
