# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a study file to its ledger, tables and manifest, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tertius.errors import BadInput
from tertius.study.ask import ask, asked_questions, asked_rooms, known_rooms
from tertius.study.cases import Grid, Progress, set_up, solve_cases
from tertius.study.chapter import Chapter
from tertius.study.ledger import LedgerEntry, ledger
from tertius.study.manifest import manifest
from tertius.study.processes import compute_apart, cores
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


def compute(
    reference: str | Path,
    tell: Progress = lambda *_: None,
    without: Iterable[str] = (),
    workers: int = 1,
) -> StudyRun:
    """Compute a study; nothing is written.

    Parameters
    ----------
    reference
        A shipped study or the path of a study file.
    tell
        Called with done, total and a few words after each solve and while rooms compute.
    without
        Rooms of the study to leave out; claims that rest on them are not judged.
    workers
        Processes; 0 is one for each core, three at most. Results are the same for any number. With more than
        one ``tell`` hears percent, and a script needs the usual ``if __name__ == "__main__"``.

    Returns
    -------
    StudyRun

    Raises
    ------
    BadInput
        If the study is not valid, a room is left out that it does not ask, or there is no worker.
    NotSolved
        If a room needs an equilibrium that is not found.
    """
    if workers < 0:
        raise BadInput("workers", f"{workers} is below 0", "1 is enough, 0 is one for each core")
    study, text = load_study(reference)
    began = perf_counter()
    path = Path(reference)
    questions = asked_questions(study)
    left_out = known_rooms(study, without)
    source = path.name if path.suffix else ""
    bare = set_up(study, source)
    registered = register(bare, questions)  # before the first result exists
    parts = 1 + len(asked_rooms(study, left_out))  # the cases and each room
    if min(workers or cores(), parts) == 1:
        grid = solve_cases(bare, tell)
        chapters = ask(grid, left_out, tell)
    else:
        grid, chapters = compute_apart(bare, source, left_out, tell, min(workers or cores(), parts))
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
