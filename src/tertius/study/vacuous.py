# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Rules that say nothing: that no number could break, that none could keep, that exclude or repeat others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from tertius.errors import BadInput
from tertius.study.claims import Claim, Rule
from tertius.study.ranges import NONE, Range, closed, decided, range_of

if TYPE_CHECKING:
    from tertius.study.schema import StudyFile

__all__ = ["check_rules", "doubts"]

MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class _Compared:
    """A rule in one form: what is compared (without names and signs), how, with which number."""

    what: str
    relation: str
    value: float
    within: Range


def check_rules(study: StudyFile, where: str) -> None:
    """Refuse rules that are true or false whatever is computed, and rules that exclude or repeat others.

    Parameters
    ----------
    study
        The study.
    where
        Name of the file, for the error.

    Raises
    ------
    BadInput
        Naming every such rule.
    """
    economies = _economies(study)
    faults: list[str] = []
    for k, claim in enumerate(study.claims):
        here = f"claims[{k}] ({claim.id})"
        for r, rule in enumerate(claim.rules):
            faults += (f"{here}.rules[{r}]: {words}" for words in _alone(study, rule, economies))
        faults += (f"{here}: {words}" for words in _together(study, claim, economies))
    if faults:
        raise BadInput(where, "; ".join(faults), "a rule must be one that the numbers can break or keep")


def _economies(study: StudyFile) -> int | None:
    """Economies of the world, if a rule asks for a rank and the world exists."""
    from tertius.world import list_worlds, load_world

    named = {n for c in study.claims for r in c.rules for n in (r.quantity, r.than) if n}
    ranked = any(getattr(study.quantities[n], "measure", "") == "rank" for n in named)
    if not ranked or study.world not in list_worlds():
        return None
    return len(load_world(study.world).countries)


def _alone(study: StudyFile, rule: Rule, economies: int | None) -> Iterator[str]:
    c = _compared(study, rule, economies)
    found = decided(c.relation, c.value, c.within)
    if found is not None:
        why = _why(study, rule, economies)
        yield f"{rule} can never {'fail' if found else 'hold'}: {why}"


def _why(study: StudyFile, rule: Rule, economies: int | None) -> str:
    own = range_of(study, rule.quantity, economies)
    if not rule.than:
        return f"{rule.quantity} is always {own}"
    other = range_of(study, rule.than, economies)
    if _same(study, rule.quantity, rule.than):
        return f"{rule.quantity} and {rule.than} are the same quantity"
    return f"{rule.quantity} is always {own}, {rule.than} always {other}"


def _together(study: StudyFile, claim: Claim, economies: int | None) -> Iterator[str]:
    """Pairs of rules of a claim that say the same, or of which one at most can hold."""
    for (a, one), (b, two) in combinations(enumerate(claim.rules), 2):
        x, y = _compared(study, one, economies), _compared(study, two, economies)
        if x.what != y.what:
            continue
        pair = f"rules[{a}] and rules[{b}] ({one}; {two})"
        if (x.relation, x.value) == (y.relation, y.value):
            yield f"{pair} say the same"
        elif _exclude(x, y):
            yield f"{pair} can never hold together: the claim could not be supported"


def _exclude(x: _Compared, y: _Compared) -> bool:
    if x.relation[0] == y.relation[0]:
        return False
    above, below = (x, y) if x.relation[0] == ">" else (y, x)
    touches = above.relation == ">=" and below.relation == "<="
    return above.value > below.value if touches else above.value >= below.value


def _compared(study: StudyFile, rule: Rule, economies: int | None) -> _Compared:
    relation: str = rule.relation
    value = rule.value or 0.0
    what, sign = _essence(study, rule.quantity)
    within = range_of(study, rule.quantity, economies)
    if rule.than:
        other, its = _essence(study, rule.than)
        within = NONE if (what, sign) == (other, its) else within - range_of(study, rule.than, economies)
        first, second = (what, sign), (other, its)
        turned = second < first
        what, sign = f"{min(first, second)} - {max(first, second)}", -1 if turned else 1
    if sign == -1:
        relation, value, within = MIRRORED[relation], -value, -within
    relation, value = closed(relation, value, within.whole)
    return _Compared(what, relation, value + 0.0, within)


def _essence(study: StudyFile, key: str) -> tuple[str, int]:
    """What a quantity is, without its label, and its sign."""
    q = study.quantities[key]
    return q.model_dump_json(exclude={"label", "sign"}), q.sign


def _same(study: StudyFile, a: str, b: str) -> bool:
    return _essence(study, a) == _essence(study, b)


SHORT = 4
NEGATIONS = {"not", "no", "never", "does", "do", "did", "is", "are", "it", "that", "the", "a"}


def doubts(study: StudyFile) -> tuple[str, ...]:
    """Name falsifiers that say little: under four words, or only the words of the claim.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    tuple of str
        Sentences, each with its claim.
    """
    return tuple(
        f"claims[{k}] ({claim.id}).falsifier: {words}"
        for k, claim in enumerate(study.claims)
        for words in _doubtful(claim)
    )


def _doubtful(claim: Claim) -> Iterator[str]:
    said = _words(claim.falsifier)
    if not said:
        return
    if len(said) < SHORT:
        yield f"{claim.falsifier!r} is short; say which numbers would show the claim wrong"
    if set(said) - NEGATIONS == set(_words(claim.text)) - NEGATIONS:
        yield "repeats the claim; say which numbers would show it wrong"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
