# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Results as files: CSV, Parquet, Excel, Stata."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tertius.errors import BadInput
from tertius.files import replacing
from tertius.outcomes.compare import Comparison
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.sheets import by_country, sheets, title_of
from tertius.outcomes.workbook import write_workbook

__all__ = ["FORMATS", "check_target", "save"]

Result = Equilibrium | Comparison
STATA_LABEL = 80  # longest label of a variable or of the data


def check_target(path: str | Path, where: str = "") -> Path:
    """Refuse a file that cannot be written, before anything is computed.

    Parameters
    ----------
    path
        The file.
    where
        Its name in the error; the path by default.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    BadInput
        If the ending is unknown, its library is not installed, or there is no such folder.

    Examples
    --------
    >>> check_target("results.csv").suffix
    '.csv'
    """
    path = Path(path)
    where = where or str(path)
    if path.suffix not in FORMATS:
        *most, last = FORMATS
        raise BadInput(where, f"is not a {', '.join(most)} or {last} file", "give a name that ends so")
    if not path.parent.is_dir():
        raise BadInput(where, "its folder does not exist", "make the folder first")
    if path.is_dir():
        raise BadInput(where, "is a folder", "give the name of a file")
    if path.suffix == ".xlsx" and find_spec("openpyxl") is None:
        raise BadInput(where, "openpyxl is not installed", "`pip install tertius[excel]` brings it")
    return path


def save(result: Result, path: str | Path, where: str = "") -> Path:
    """Write a result in the form that the ending of its name asks for, whole or not at all.

    Parameters
    ----------
    result
        A solved counterfactual, or the comparison of two.
    path
        ``.csv``, ``.parquet``: the long table; ``.xlsx``: all tables; ``.dta``: one row per country.
    where
        Name of the file in errors; the path by default.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    BadInput
        If the file cannot be written; an earlier one is kept.
    NotSolved
        If there is no equilibrium to write.
    """
    path = check_target(path, where)
    with replacing(path, where or str(path)) as part:
        FORMATS[path.suffix](result, part)
    return path


def _csv(result: Result, path: Path) -> None:
    result.to_table().to_csv(path, index=False, lineterminator="\n")


def _parquet(result: Result, path: Path) -> None:
    result.to_table().to_parquet(path, index=False)


def _excel(result: Result, path: Path) -> None:
    write_workbook(sheets(result), path, title_of(result))


def _stata(result: Result, path: Path) -> None:
    """One row per country; the long names of countries are value labels."""
    import pandas as pd

    sheet = by_country(result)
    frame = sheet.frame[[c.name for c in sheet.columns]].copy()
    frame["name"] = pd.Categorical(frame["name"], categories=sorted(frame["name"]))
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        variable_labels={c.name: c.title[:STATA_LABEL] for c in sheet.columns},
        data_label=f"tertius {version('tertius')}: {title_of(result)}"[:STATA_LABEL],
    )


FORMATS: dict[str, Callable[[Result, Path], None]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".xlsx": _excel,
    ".dta": _stata,
}
