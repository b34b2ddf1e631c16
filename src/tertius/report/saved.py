# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Run folders read back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertius.data.texts import read_text
from tertius.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SavedRun", "read_run"]

KEY = ["variable", "case", "closure", "region", "unit"]
STATISTICS = ["min", "median", "max"]
NEEDED = ("study", "world", "scenarios", "solves")


@dataclass(frozen=True, eq=False, slots=True)
class SavedRun:
    """A run folder.

    Attributes
    ----------
    path
        Where it lies.
    manifest, ledger
        As written.
    results
        The tidy table.
    """

    path: Path
    manifest: dict[str, Any]
    ledger: list[dict[str, Any]]
    results: pd.DataFrame = field(repr=False)

    def numbers(self) -> dict[tuple[str, str, str, str, str], tuple[float, float, float]]:
        """Give low, median, high of quantities and of numbers of rooms, by the columns ``KEY``."""
        own = self.results[self.results["variable"].str.startswith(("Quantity|", "Room|"))]
        wide = own.pivot_table(index=KEY, columns="elasticity", values="value", sort=False)
        if wide.empty:
            return {}
        rows = wide[STATISTICS].itertuples(name=None)
        return {key: (float(low), float(mid), float(high)) for key, low, mid, high in rows}


def read_run(folder: str | Path) -> SavedRun:
    """Read a folder that :func:`tertius.run_study` wrote.

    Parameters
    ----------
    folder
        The folder.

    Raises
    ------
    BadInput
        If it is not one, or a file of it cannot be read.
    """
    import pandas as pd

    path = Path(folder)
    if not path.is_dir():
        raise BadInput(str(path), "is not a folder", "name a folder that `tertius run` wrote")
    manifest, ledger = (_json(path / name) for name in ("manifest.json", "ledger.json"))
    if not isinstance(manifest, dict) or not isinstance(ledger, list) or set(NEEDED) - set(manifest):
        raise BadInput(str(path), "is not the folder of a run", "name a folder that `tertius run` wrote")
    try:
        results = pd.read_parquet(path / "results.parquet")
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these kinds
        said = str(error).splitlines()[0]
        raise BadInput(
            str(path / "results.parquet"), f"cannot be read ({said})", "run the study again"
        ) from error
    return SavedRun(path, manifest, ledger, results)


def _json(path: Path) -> Any:
    if not path.is_file():
        raise BadInput(str(path.parent), f"has no {path.name}", "name a folder that `tertius run` wrote")
    try:
        return json.loads(read_text(path, "JSON"))
    except ValueError as error:
        raise BadInput(str(path), f"is not JSON ({error})", "run the study again") from error
