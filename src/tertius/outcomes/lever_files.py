# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Tables of levers, unions and exposure as files, in the forms of other results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tertius.files import replacing
from tertius.outcomes.export import check_target
from tertius.outcomes.sheets import Column, Sheet
from tertius.outcomes.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["save_tables"]


def save_tables(tables: Mapping[str, pd.DataFrame], path: str | Path, title: str, where: str = "") -> Path:
    """Write tables to a file, whole or not at all.

    Parameters
    ----------
    tables
        By name; the first one is what ``.csv``, ``.parquet`` and ``.dta`` hold, a workbook holds all.
    path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.dta``.
    title
        One line that says what it is.
    where
        Name of the file in errors; the path by default.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    BadInput
        If the file cannot be written.
    """
    path = check_target(path, where)
    first = next(iter(tables.values()))
    with replacing(path, where or str(path)) as part:
        if path.suffix == ".csv":
            first.to_csv(part, index=False, lineterminator="\n")
        elif path.suffix == ".parquet":
            first.to_parquet(part, index=False)
        elif path.suffix == ".dta":
            finite = first.replace([np.inf, -np.inf], np.nan)  # Stata knows no infinity
            finite.to_stata(part, write_index=False, version=118, data_label=title[:80])
        else:
            pages = [
                Sheet(name, frame, tuple(Column(str(c), str(c)) for c in frame.columns))
                for name, frame in tables.items()
            ]
            write_workbook(pages, part, title)
    return path
