# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A customs union in a study: whether membership pays, and pays less now (docs/decisions/0011-levers.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, band, drawn
from tertius.study.verdicts import Verdict
from tertius.text import Text, say

if TYPE_CHECKING:
    from tertius.equilibrium.arrays import Array
    from tertius.outcomes.union_result import UnionValue
    from tertius.study.chapters.options import UnionOptions
    from tertius.study.schema import StudyFile

__all__ = ["compute", "questions"]

RULE = say(
    "Supported if membership is worth at most nothing in more than half of the elasticity sets at the central"
    " border cost, and less in the last scenario than in the first; contradicted if it is worth more than"
    " nothing at all border costs in all sets and not less in the last scenario; else mixed (decision 11)."
)
GRADE = say(
    "simulated; the cost of a border is an assumption with a range, and nearly all of the value hangs on it"
)


def questions(study: StudyFile, options: UnionOptions) -> dict[str, Question]:
    """``unprofitable``: membership does not pay, and pays less in the last scenario."""
    return {"unprofitable": Question(RULE, GRADE)}


def compute(asked: Asked, options: UnionOptions, tell: Tell) -> Chapter:
    """Value membership in every scenario."""
    from tertius.outcomes import union_value

    called = asked.study.called
    named = [None if s == "base" else s for s in options.scenarios]
    sets = asked.study.elasticities or None
    found = union_value(
        asked.world,
        asked.study.focal,
        options.union,
        named,
        options.border,
        elasticities=sets,
        workers=1,
        tell=tell,
    )
    numbers: dict[str, Measured] = {
        f"{r['scenario']}.{r['part']}": band(
            say("{part} of membership, {scenario}", part=r["part"], scenario=called(r["scenario"])),
            "percent",
            r["low"],
            r["central"],
            r["high"],
        )
        for r in found.summary().to_dict("records")
    }
    numbers |= {name: drawn(q.label, q.unit, q.values) for name, q in found.quantities().items()}
    return Chapter("union", {"unprofitable": _finding(found, called)}, numbers, found)


def _finding(found: UnionValue, called: Callable[[str], str]) -> Finding:
    first, last = found.scenarios[0], found.scenarios[-1]
    a, b = found.total[0], found.total[-1]
    words = say(
        "Membership in {union} is worth {a} of real income at {first} and {b} under {last}, at a border"
        " cost of {border:g} %.",
        union=found.union,
        a=_spread(a),
        b=_spread(b),
        first=called(first),
        last=called(last),
        border=100 * found.border[0],
    )
    shows = tuple(f"{s}.{part}" for s in (first, last) for part in ("total", "tariff", "border"))
    return Finding(Verdict(found.verdict), words, shows)


def _spread(values: Array) -> Text:
    """Central value and range over the sets."""
    return say(
        "{central:+.2f} % ({low:+.2f} to {high:+.2f})", central=values[0], low=values.min(), high=values.max()
    )
