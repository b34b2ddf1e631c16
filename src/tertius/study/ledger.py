# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The claim ledger: quantities over all draws, rules fixed beforehand, a verdict that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

import numpy as np
from numpy.typing import NDArray

from tertius.study.cases import Grid, unit_of
from tertius.study.schema import Claim, Quantity, Rule

__all__ = [
    "VERDICT_RULE",
    "Estimate",
    "LedgerEntry",
    "Quantities",
    "RuleResult",
    "Verdict",
    "all_quantities",
    "fill",
    "judge",
    "ledger",
    "quantity_estimate",
    "quantity_unit",
]

Quantities = dict[str, dict[tuple[str, str], float]]
"""Quantity -> (elasticity set, closure) -> value."""

VERDICT_RULE = (
    "A rule holds if it is true in every draw (elasticity set x closure), fails if it is true in none, and is"
    " open otherwise or where a solve did not converge. All rules hold: supported. All fail: contradicted."
    " Any open: not robust. Otherwise: mixed."
)

STYLE = {
    "percent": (2, "+", "\N{NARROW NO-BREAK SPACE}%"),
    "USD million": (1, "+", " USD million"),
    "times": (1, "", ""),
    "rank": (0, "", ""),
}
"""Unit -> decimals, sign of a gain, what stands after the number."""


class Verdict(StrEnum):
    """What the numbers say of a claim."""

    supported = "supported"
    contradicted = "contradicted"
    mixed = "mixed"
    not_robust = "not robust"
    not_identified = "not identified"
    not_yet_computed = "not yet computed"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity over the elasticity sets, for one closure.

    Attributes
    ----------
    key, label, unit, closure
        What it is.
    low, median, high
        Over the sets in which an equilibrium was found.
    count, missing
        Draws used, draws without an equilibrium.
    """

    key: str
    label: str
    unit: str
    closure: str
    low: float
    median: float
    high: float
    count: int
    missing: int

    def __str__(self) -> str:
        if self.count == 0:
            return "no equilibrium"
        places, signed, unit = STYLE[self.unit]

        def show(x: float) -> str:
            text = f"{x:{signed},.{places}f}"
            zero = not text.strip("+-0.")
            return (text.lstrip("+-") if zero else text).replace("-", "\N{MINUS SIGN}")

        return f"{show(self.median)}{unit} ({show(self.low)} to {show(self.high)})"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """A rule and the draws in which it is true, false, or cannot be told."""

    rule: Rule
    true: int
    false: int
    missing: int

    @property
    def state(self) -> str:
        """``holds``, ``fails`` or ``open``."""
        if self.missing or (self.true and self.false) or not (self.true or self.false):
            return "open"
        return "holds" if self.true else "fails"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One claim with its numbers and verdict."""

    claim: Claim
    verdict: Verdict
    rules: tuple[RuleResult, ...]
    estimates: tuple[Estimate, ...]
    reading: str


def ledger(grid: Grid, quantities: Quantities) -> tuple[LedgerEntry, ...]:
    """Judge every claim of a study.

    Parameters
    ----------
    grid
        The study with all its draws.
    quantities
        From :func:`all_quantities`.

    Returns
    -------
    tuple of LedgerEntry
        In the order of the study file.
    """
    return tuple(_entry(grid, claim, quantities) for claim in grid.study.claims)


def all_quantities(grid: Grid) -> Quantities:
    """Give every quantity of the study in every draw; NaN where no equilibrium was found."""
    return {key: _draws(grid, q) for key, q in grid.study.quantities.items()}


def quantity_estimate(grid: Grid, quantities: Quantities, key: str, closure: str) -> Estimate:
    """Give the range of a quantity over the elasticity sets under one closure."""
    q = grid.study.quantities[key]
    x = np.array([v for (_, c), v in quantities[key].items() if c == closure])
    found = x[~np.isnan(x)]
    low, median, high = np.quantile(found, [0, 0.5, 1]) if len(found) else (np.nan,) * 3
    return Estimate(
        key, q.label, quantity_unit(q), closure, low, median, high, len(found), len(x) - len(found)
    )


def quantity_unit(q: Quantity) -> str:
    """Unit of a quantity: times, rank, percent or USD million."""
    return "times" if q.over else unit_of(q.measure)


def fill(template: str, grid: Grid, quantities: Quantities) -> str:
    """Put estimates under the first closure into the places of a template."""
    closure = grid.study.closures[0]
    names = {field for _, field, _, _ in Formatter().parse(template) if field}
    return template.format(**{n: str(quantity_estimate(grid, quantities, n, closure)) for n in names})


def _draws(grid: Grid, q: Quantity) -> dict[tuple[str, str], float]:
    """Value of a quantity by (elasticity set, closure)."""

    def by_draw(case: str, country: str) -> dict[tuple[str, str], float]:
        return {
            (d.elasticity, d.closure): grid.value(d, q.measure, country) for d in grid.draws if d.case == case
        }

    own = by_draw(q.case, q.country)
    less = by_draw(q.minus, q.country) if q.minus else dict.fromkeys(own, 0.0)
    top = {k: own[k] - less[k] for k in own}
    if q.over:
        other = by_draw(q.case, q.over)
        top = {k: v / other[k] if other[k] else float("nan") for k, v in top.items()}
    return {k: q.sign * v for k, v in top.items()}


def judge(results: Sequence[RuleResult]) -> Verdict:
    """Apply ``VERDICT_RULE``.

    Examples
    --------
    >>> r = Rule(quantity="x", relation="<", value=0)
    >>> str(judge([RuleResult(r, 8, 0, 0), RuleResult(r, 0, 8, 0)]))
    'mixed'
    """
    states = {r.state for r in results}
    if not results:
        return Verdict.not_yet_computed
    if "open" in states:
        return Verdict.not_robust
    if states == {"holds"}:
        return Verdict.supported
    return Verdict.contradicted if states == {"fails"} else Verdict.mixed


def _entry(grid: Grid, claim: Claim, quantities: Quantities) -> LedgerEntry:
    results = tuple(_test(rule, quantities) for rule in claim.rules)
    shown = tuple(
        quantity_estimate(grid, quantities, key, closure)
        for closure in grid.study.closures
        for key in claim.shows
    )
    return LedgerEntry(claim, judge(results), results, shown, fill(claim.reading, grid, quantities))


def _test(rule: Rule, values: Quantities) -> RuleResult:
    left = np.array(list(values[rule.quantity].values()))
    right: NDArray[np.float64] | float
    right = np.array(list(values[rule.than].values())) if rule.than else float(rule.value or 0.0)
    compare = {"<": np.less, ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal}[rule.relation]
    known = ~np.isnan(left - right)
    true = compare(left, right) & known
    return RuleResult(rule, int(true.sum()), int((known & ~true).sum()), int((~known).sum()))
