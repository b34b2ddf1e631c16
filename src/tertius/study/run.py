# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a study file to its ledger, tables and manifest, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tertius.study.ask import ask, asked_questions, known_rooms
from tertius.study.cases import Grid, Progress, set_up, solve_cases
from tertius.study.chapter import Chapter
from tertius.study.ledger import LedgerEntry, ledger
from tertius.study.manifest import manifest
from tertius.study.quantities import Quantities, all_quantities
from tertius.study.register import register
from tertius.study.results import results_table
from tertius.study.schema import load_study

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["StudyRun", "compute"]


@dataclass(frozen=True, eq=False)
class StudyRun:
    """A computed study.

    Attributes
    ----------
    grid
        The study with all its draws.
    chapters
        What each room computed, by its name.
    quantities
        Every quantity of the study in every draw.
    ledger
        Every claim with numbers and verdict.
    results
        The tidy table.
    manifest
        Everything needed to make the same numbers again.
    reference
        How the study was named.
    path
        Folder it was written to, or None.
    """

    grid: Grid
    chapters: dict[str, Chapter]
    quantities: Quantities
    ledger: tuple[LedgerEntry, ...]
    results: pd.DataFrame
    manifest: dict[str, Any]
    reference: str
    path: Path | None = None

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables of the run by name."""
        return {"results": self.results}


def compute(reference: str | Path, tell: Progress = lambda *_: None, without: Iterable[str] = ()) -> StudyRun:
    """Compute a study; nothing is written.

    Parameters
    ----------
    reference
        A shipped study or the path of a study file.
    tell
        Called with done, total and a few words after each solve and while rooms compute.
    without
        Rooms of the study to leave out; claims that rest on them are not judged.

    Returns
    -------
    StudyRun

    Raises
    ------
    BadInput
        If the study is not valid, or a room is left out that it does not ask.
    """
    study, text = load_study(reference)
    began = perf_counter()
    path = Path(reference)
    questions = asked_questions(study)
    left_out = known_rooms(study, without)
    bare = set_up(study, path.name if path.suffix else "")
    registered = register(bare, questions)  # before the first result exists
    grid = solve_cases(bare, tell)
    chapters = ask(grid, left_out, tell)
    spent = perf_counter() - began
    quantities = all_quantities(grid, chapters)
    return StudyRun(
        grid=grid,
        chapters=chapters,
        quantities=quantities,
        ledger=ledger(grid, quantities, chapters, questions),
        results=results_table(grid, quantities, chapters),
        manifest=manifest(grid, registered, left_out, text, spent),
        reference=str(reference),
    )
