# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A run as an Excel workbook: one sheet a table, and a sheet of notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertius.outcomes.sheets import Column, Sheet
from tertius.outcomes.workbook import write_workbook
from tertius.report.page import Page
from tertius.study import Chapter, Estimate, LedgerEntry, StudyRun
from tertius.study.quantities import central_draw
from tertius.study.verdicts import VERDICT_RULE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["run_sheets", "write_tables"]

RANGE = (("low", "Least"), ("median", "Median"), ("high", "Largest"))


def write_tables(run: StudyRun, page: Page, folder: Path) -> None:
    """Write ``tables.xlsx``."""
    write_workbook(list(run_sheets(run, page)), folder / "tables.xlsx", page.title)


def run_sheets(run: StudyRun, page: Page) -> Iterator[Sheet]:
    """Give all tables of a run, the most important first.

    Parameters
    ----------
    run, page
        The computed study and its page.

    Yields
    ------
    Sheet
        Ledger, estimates, real income by country, quantities in every draw, numbers of each room, anchors
        of the world, notes.
    """
    hashes = run.manifest["study"]["claims_sha256"]
    yield _sheet("ledger", LEDGER, [_claim(e, hashes[e.claim.id]) for e in run.ledger])
    yield _sheet("estimates", ESTIMATES, [_estimate(e, x) for e in run.ledger for x in e.estimates])
    incomes = [(b.iso3, b.name, b.low, b.median, b.high) for b in page.winners]
    yield _sheet("real income", INCOMES, incomes)
    yield _sheet("quantities", QUANTITIES, list(_quantities(run)))
    for chapter in run.chapters.values():
        yield _sheet(f"room {chapter.room}", NUMBERS, list(_numbers(run, chapter)))
    anchors = [
        (a.what, a.ours, a.published, a.unit, a.deviation, a.source, "weak" if a.weak else "", a.note)
        for a in page.anchors
    ]
    yield _sheet("world anchors", ANCHORS, anchors)
    yield _sheet("notes", NOTES, list(_notes(run, page)))


def _columns(*named: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(*n) for n in named)


LEDGER = _columns(
    ("claim", "Claim"),
    ("what", "What is claimed"),
    ("verdict", "Verdict"),
    ("reading", "What was found"),
    ("covers", "What is computed"),
    ("parts", "Rules and questions, and what they came to"),
    ("grade", "Identification"),
    ("falsifier", "What would show it wrong"),
    ("sha256", "Hash of the rules, registered beforehand"),
)
ESTIMATES = _columns(
    ("claim", "Claim"),
    ("quantity", "Quantity"),
    ("what", "What it is"),
    ("closure", "Closure"),
    ("low", "Least"),
    ("central", "Central: median of solves, central draw of a room"),
    ("high", "Largest"),
    ("unit", "Unit"),
    ("draws", "Draws"),
    ("missing", "Draws without an equilibrium"),
)
INCOMES = _columns(("country", "Country code"), ("name", "Country"), *((k, v, "percent") for k, v in RANGE))
QUANTITIES = _columns(
    ("quantity", "Quantity"),
    ("what", "What it is"),
    ("closure", "Closure"),
    ("draw", "Elasticity set or draw"),
    ("value", "Value"),
    ("unit", "Unit"),
)
NUMBERS = _columns(
    ("number", "Number"),
    ("what", "What it is"),
    ("region", "Country"),
    ("central", "Central draw"),
    *RANGE,
    ("unit", "Unit"),
    ("draws", "Draws"),
)
ANCHORS = _columns(
    ("what", "Total"),
    ("ours", "In this world"),
    ("published", "Published"),
    ("unit", "Unit"),
    ("deviation", "Deviation", "percent"),
    ("source", "Source"),
    ("weak", "Weak cell"),
    ("note", "Note"),
)
NOTES = _columns(("what", "What"), ("value", "Value"))


def _sheet(title: str, columns: tuple[Column, ...], rows: list[tuple[Any, ...]]) -> Sheet:
    import pandas as pd

    names = [c.name for c in columns]
    frame: pd.DataFrame = pd.DataFrame(rows, columns=names, dtype=object)
    return Sheet(title, frame, columns)


def _claim(e: LedgerEntry, sha256: str) -> tuple[str, ...]:
    parts = [f"{r.rule}: {r.state} ({r.true} of {r.true + r.false + r.missing} draws)" for r in e.rules]
    parts += [f"{f.name}: {f.state}. Rule: {f.question.rule}" for f in e.findings]
    waits = f"Waits for {e.claim.waits_for}." if e.claim.waits_for else "Left out of this run."
    said = e.reading or waits
    known = (e.claim.id, e.claim.text, e.verdict.value, said, e.claim.covers, "\n".join(parts))
    return (*known, e.grade, e.claim.falsifier, sha256)


def _estimate(entry: LedgerEntry, e: Estimate) -> tuple[str | float | None, ...]:
    found = (e.low, e.central, e.high)
    return (entry.claim.id, e.key, e.label, e.closure, *map(float, found), e.unit, e.count, e.missing)


def _quantities(run: StudyRun) -> Iterator[tuple[Any, ...]]:
    for key, q in run.quantities.items():
        for (draw, closure), value in q.values.items():
            yield key, q.label, closure, draw, float(value), q.unit


def _numbers(run: StudyRun, chapter: Chapter) -> Iterator[tuple[Any, ...]]:
    from statistics import median

    for name, number in chapter.numbers.items():
        values = [float(v) for v in number.values.values()]
        if values:
            where = number.region or run.grid.study.focal
            central = float(number.values[central_draw(number.values)])
            spread = (central, min(values), median(values), max(values))
            yield name, number.label, where, *spread, number.unit, len(values)


def _notes(run: StudyRun, page: Page) -> Iterator[tuple[str, str]]:
    """Versions, hashes, units, licences, limits: what a number needs to be quoted."""
    m = run.manifest
    yield "study", f"{m['study']['name']}: {page.title}"
    yield "software", f"tertius {m['tertius']}" + (f", commit {m['commit']}" if m["commit"] else "")
    yield "made", m["made"]
    yield "rules registered", f"{m['registered']}, before the first solve"
    yield "rules sha256", m["study"]["rules_sha256"]
    yield "world", f"{m['world']['name']} ({m['world']['year']}), sha256 {m['world']['sha256']}"
    for name, held in (*m["scenarios"].items(), *m["routes"].items()):
        yield f"scenario {name}", f"sha256 {held['sha256']}"
    yield "left out", ", ".join(m["without"]) or "nothing"
    yield "rule of verdicts", VERDICT_RULE
    yield "unit percent", "percent change from the base year; of real income unless a name says otherwise"
    yield "unit USD million", f"millions of US dollars of {m['world']['year']} a year"
    yield "unit rank", "1 gains most"
    yield "range", "least, median and largest over the draws: elasticity sets, or assumptions of a room"
    for warning in m["warnings"]:
        yield "warning", warning
    for words in page.assumptions:
        yield "assumption", words
    for words in page.not_modelled:
        yield "not modelled", words
    yield "licence", "tables CC BY 4.0, by the tertius authors; the sources below have terms of their own"
    for o in page.origins:
        yield f"source {o.id}", f"{o.producer}, {o.title}, {o.edition}. Licence: {o.licence}. {o.url}".strip()
