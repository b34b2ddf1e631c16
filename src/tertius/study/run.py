# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a study file to its ledger, tables and manifest, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tertius.study.cases import Grid, Progress, solve_cases
from tertius.study.ledger import LedgerEntry, Quantities, all_quantities, ledger
from tertius.study.manifest import manifest
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


def compute(reference: str | Path, tell: Progress = lambda *_: None) -> StudyRun:
    """Compute a study; nothing is written.

    Parameters
    ----------
    reference
        A shipped study or the path of a study file.
    tell
        Called with done, total and a few words after each solve.

    Returns
    -------
    StudyRun
    """
    study, text = load_study(reference)
    began = perf_counter()
    path = Path(reference)
    grid = solve_cases(study, tell, path.name if path.suffix else "")
    spent = perf_counter() - began
    quantities = all_quantities(grid)
    return StudyRun(
        grid=grid,
        quantities=quantities,
        ledger=ledger(grid, quantities),
        results=results_table(grid, quantities),
        manifest=manifest(grid, text, spent),
        reference=str(reference),
    )
