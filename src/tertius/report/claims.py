# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The claims of a study as pages: what was found, what decides, what others published, where to read on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tertius.report.language import tell
from tertius.report.ledger import ClaimPage, Estimate, FactNote, Part
from tertius.report.sections import Section
from tertius.report.traced import Traced
from tertius.study import Estimate as Ranged
from tertius.study import LedgerEntry, StudyRun
from tertius.study.claims import RoomQuantity, Rule
from tertius.study.ledger import RuleResult
from tertius.study.quantities import ANY
from tertius.text import Text, count, figure, joined, say

__all__ = ["CLOSURES", "claim_pages", "told_estimate"]

UNITS = {
    "percent": "%",
    "percent per percent": say("% per %"),
    "USD million": say("USD mn"),
    "times": say("times"),
    "share": "",
    "number": "",
    "rank": "",
}
UNSIGNED = ("rank", "times", "share", "number")
CLOSURES = {
    "fixed_deficit": say("fixed deficit"),
    "balanced": say("balanced trade"),
    "own_share": say("deficit as share of income"),
}
RELATIONS = {"<": say("is below"), ">": say("is above"), "<=": say("is at most"), ">=": say("is at least")}
ENDS = {"low", "central", "high"}
ROUTED = ("hub_income", "additional_transit")


def claim_pages(run: StudyRun, numbers: Traced, sections: Sequence[Section]) -> Iterator[ClaimPage]:
    """Write the page of each claim.

    Parameters
    ----------
    run, numbers
        The computed study, and its numbers with their ids.
    sections
        The chapters of the report, whose figures may illustrate a claim.
    """
    for entry in run.ledger:
        claim = entry.claim
        judged = bool(entry.rules or entry.findings)
        rooms = _rooms(run, entry)
        yield ClaimPage(
            id=claim.id,
            claim=tell(claim.text),
            citation=say("Article, paragraph {n}", n=claim.paragraph)
            if claim.paragraph
            else say("After the article"),
            verdict=entry.verdict.value,
            said=entry.said if judged else (say("Waits for {what}.", what=claim.waits_for),),
            limits=tuple(_limits(entry)),
            estimates=tuple(_estimates(run, numbers, entry)),
            parts=tuple(_parts(run, entry)),
            grade=tell(claim.grade),
            falsifier=tell(claim.falsifier),
            facts=tuple(
                FactNote(tell(f.what), f.period, f.value, tell(f.unit), f.source, f.note) for f in entry.facts
            ),
            drawings=tuple(_drawings(run, entry, sections)),
            chapters=tuple((s.id, s.title) for s in sections if s.id in rooms),
            rule_hash=run.manifest["study"]["claims_sha256"][claim.id][:16] if judged else "",
        )


def told_estimate(run: StudyRun, numbers: Traced, e: Ranged, closure: str = "") -> Estimate:
    """Name an estimate, its unit and what its range is taken over.

    Parameters
    ----------
    run, numbers
        The computed study, and its numbers with their ids.
    e
        The estimate; it must have a value.
    closure
        Words for the closure, where it is not the main one.
    """
    ranked = say("rank of {n}", n=len(run.grid.world.countries))
    return Estimate(
        label=tell(joined(", ", (e.label, closure))),
        unit=ranked if e.unit == "rank" else UNITS.get(e.unit, e.unit),
        low=e.low,
        central=e.central,
        high=e.high,
        over=(e.over or _over(e.draws, run.grid.world.elasticity_sets)) if e.low != e.high else "",
        ids=numbers.ids(e.key, e.closure),
        signed=e.signed and e.unit not in UNSIGNED,
        statistic=e.statistic,
    )


def _over(draws: Sequence[str], sets: Collection[str]) -> Text | str:
    """Say what draws are, by their names; the ends of a range need no words."""
    n, names = len(draws), set(draws)
    if names <= ENDS:
        return ""
    if names <= set(sets):
        return count(n, "over {n} elasticity set", "over {n} elasticity sets")
    if all(name.startswith("k = ") for name in names):
        return count(n, "over {n} curvature of the hazards", "over {n} curvatures of the hazards")
    if {name.partition(",")[0] for name in names} <= set(sets):
        return count(
            n,
            "over {n} variant of elasticities and assumptions",
            "over {n} variants of elasticities and assumptions",
        )
    return count(n, "over {n} variant", "over {n} variants")


def _estimates(run: StudyRun, numbers: Traced, entry: LedgerEntry) -> Iterator[Estimate]:
    first = run.grid.study.closures[0]
    for e in entry.estimates:
        if e.count:
            yield told_estimate(run, numbers, e, "" if e.closure in (first, ANY) else CLOSURES[e.closure])


def _limits(entry: LedgerEntry) -> Iterator[Text]:
    if entry.claim.covers:
        yield say("Computed here: {covers}.", covers=entry.claim.covers)
    left_out = dict.fromkeys(f.name.partition(".")[0] for f in entry.findings if f.finding is None)
    if left_out:
        yield say("Left out of this run: {rooms}.", rooms=", ".join(left_out))


def _parts(run: StudyRun, entry: LedgerEntry) -> Iterator[Part]:
    for r in entry.rules:
        total = r.true + r.false + r.missing
        held = count(total, "{true} of {n} draw", "{true} of {n} draws", true=r.true)
        yield Part(tell(_asked(run, r)), tell(r.state.value), tell(held))
    for f in entry.findings:
        yield Part(tell(f.question.rule), tell(f.state.value), grade=tell(f.question.grade))


def _asked(run: StudyRun, result: RuleResult) -> Text:
    """Write a rule with the labels of its quantities."""
    rule: Rule = result.rule
    quantities = run.grid.study.quantities
    one = quantities[rule.quantity].label
    unit = UNITS.get(run.quantities[rule.quantity].unit, run.quantities[rule.quantity].unit)
    bound = joined(" ", (figure(rule.value or 0.0, ",.12g"), unit))
    other = _quoted(quantities[rule.than].label) if rule.than else bound
    words = joined(" ", (_quoted(one), RELATIONS[rule.relation], other))
    if rule.share == 1:
        return words
    return say("{rule} in {share:g} % of draws", rule=words, share=100 * rule.share)


def _quoted(label: str) -> Text:
    return say("\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}", label=label)


def _rooms(run: StudyRun, entry: LedgerEntry) -> set[str]:
    """Rooms that a claim's numbers come from."""
    named = {f.name.partition(".")[0] for f in entry.findings}
    used = [run.grid.study.quantities[key] for key in _quantities(entry)]
    named |= {q.room for q in used if isinstance(q, RoomQuantity)}
    if any(q.measure in ROUTED for q in used if not isinstance(q, RoomQuantity)):
        named.add("transit")
    return named


def _quantities(entry: LedgerEntry) -> list[str]:
    return [*entry.claim.shows, *(r.rule.quantity for r in entry.rules)]


def _drawings(run: StudyRun, entry: LedgerEntry, sections: Sequence[Section]) -> Iterator[str]:
    """Figures for a claim: those that answer its questions; else that of transit, or a ranking."""
    found = [anchor for f in entry.findings if (anchor := _answering(f.name, sections))]
    if not found and "transit" in _rooms(run, entry):
        found = [s.drawings[0].anchor for s in sections if s.id == "transit" and s.drawings]
    if not found and entry.rules and not entry.findings:
        found = ["losses" if entry.rules[0].rule.relation.startswith("<") else "gains"]
    yield from dict.fromkeys(found)


def _answering(name: str, sections: Sequence[Section]) -> str:
    """Give the first figure about a question; one about a power ends with its code."""
    room, _, question = name.partition(".")
    drawings = [d for s in sections if s.id == room for d in s.drawings]
    about = [d.anchor for d in drawings if any(f"{question}-".startswith(f"{a}-") for a in d.answers)]
    return about[0] if about else ""
