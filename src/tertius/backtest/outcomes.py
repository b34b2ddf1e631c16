# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Outcomes: what trade did, from a user's table or the shipped one, checked before anything is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd

from tertius.data.evidence import evidence_table
from tertius.data.texts import read_text
from tertius.errors import BadInput, nearest, unknown
from tertius.labels import group_names

__all__ = ["COLUMNS", "Outcomes", "read_outcomes", "shipped_outcomes"]

COLUMNS = {  # column: whether it must be there
    "exporter": True,
    "importer": True,
    "goods": True,
    "value_before": True,
    "value_after": True,
    "unit": True,
    "source": True,
    "value_earlier": False,
    "set": False,
}
KEY = ["set", "exporter", "importer", "goods"]
ALL_GOODS = "goods"
TEXTS = ("exporter", "importer", "goods", "unit", "source", "set")
SHIPPED = "backtest_eu27_exports_2022.csv"


@dataclass(frozen=True, slots=True, repr=False)
class Outcomes:
    """What trade did between two periods.

    Attributes
    ----------
    table
        One row a flow: ``set``, ``exporter``, ``importer`` (codes or groups), ``goods`` (``goods`` for all
        goods, or a sector code), ``value_before``, ``value_after``, ``value_earlier`` (NaN if unknown),
        ``unit``, ``source``.
    name
        File, for errors and for the record.
    notes
        What was left out.
    """

    table: pd.DataFrame
    name: str
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(part)}" for name, part in self.table.groupby("set", sort=False))
        return f"Outcomes({self.name}: {sizes})"

    def within(self, countries: Sequence[str]) -> Outcomes:
        """Leave out importers that a world does not have, and say so."""
        here = self.table["importer"].isin(list(countries))
        lost = sorted(self.table.loc[~here, "importer"].unique())
        if not lost:
            return self
        note = f"{len(lost)} importers are not in the world: {', '.join(lost)}"
        return Outcomes(self.table[here].reset_index(drop=True), self.name, (*self.notes, note))


def shipped_outcomes() -> Outcomes:
    """Give the shipped outcomes: exports of the EU-27, 2021 to 2022.

    Examples
    --------
    >>> shipped_outcomes().table["exporter"].unique().tolist()
    ['EU27']
    """
    return _checked(evidence_table(SHIPPED).astype(str), SHIPPED)


def read_outcomes(source: str | Path | pd.DataFrame) -> Outcomes:
    """Read a user's outcomes and check them.

    Parameters
    ----------
    source
        A ``.csv`` file or a table with the columns ``exporter``, ``importer`` (ISO3 codes, or groups such as
        EU27), ``goods`` (``goods`` for all goods, or a sector of the world such as C28), ``value_before``,
        ``value_after`` (positive), ``unit``, ``source``; optional ``value_earlier`` (the period before
        ``value_before``, for the rival *last growth*) and ``set`` (rows that are judged together).

    Returns
    -------
    Outcomes

    Raises
    ------
    tertius.errors.BadInput
        For wrong columns, values that are no positive numbers, several units in a set, keys given twice.

    Examples
    --------
    >>> row = {"exporter": "DEU", "importer": "KAZ", "goods": "goods", "unit": "USD", "source": "own"}
    >>> read_outcomes(pd.DataFrame([{**row, "value_before": 5.0, "value_after": 6.0}]))
    Outcomes(table: outcomes 1)
    """
    if isinstance(source, pd.DataFrame):
        return _checked(source.astype(object).where(source.notna(), "").astype(str), "table")
    path = Path(source)
    text = read_text(path, "CSV")
    try:
        table = pd.read_csv(StringIO(text), dtype=str, comment="#", keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        first = str(error).splitlines()[0]
        raise BadInput(path.name, f"cannot be read: {first}", "save it as .csv with commas") from None
    return _checked(table, path.name)


def _checked(table: pd.DataFrame, where: str) -> Outcomes:
    """Bring texts to the types that the rest works with; every fault names its row."""
    _check_columns(list(table.columns), where)
    if table.empty:
        raise BadInput(where, "has no rows", "give at least one outcome")
    table = table.assign(set=table.get("set", "outcomes"))
    for name in TEXTS:
        table[name] = table[name].str.strip()
        empty = np.flatnonzero(table[name] == "")
        if len(empty):
            raise BadInput(f"{where}: row {empty[0] + 1}, {name}", "is empty", "fill it in")
    for name in ("value_before", "value_after", "value_earlier"):
        table[name] = _numbers(table, name, where)
    for label, part in table.groupby("set", sort=False):
        units = sorted(part["unit"].unique())
        if len(units) > 1:
            remedy = "convert to one currency and scale first"
            raise BadInput(f"{where}: unit", f"set {label!r} mixes {', '.join(units)}", remedy)
    again = np.flatnonzero(table.duplicated(KEY))
    if len(again):
        key = ", ".join(str(v) for v in table.iloc[again[0]][KEY])
        raise BadInput(f"{where}: row {again[0] + 1}", f"repeats {key}", "add them up, or keep one source")
    return Outcomes(table[[*KEY, "value_before", "value_after", "value_earlier", "unit", "source"]], where)


def _check_columns(names: list[str], where: str) -> None:
    needed = [c for c, must in COLUMNS.items() if must]
    for name in needed:
        if name not in names:
            near = nearest(name, names, 1)
            hint = f"rename {near[0]!r} if that is it; " if near else ""
            raise BadInput(where, f"no column {name!r}", f"{hint}needed are {', '.join(needed)}")
    for name in names:
        if name not in COLUMNS:
            raise unknown(f"{where}: columns", "column", str(name), COLUMNS)


def _numbers(table: pd.DataFrame, name: str, where: str) -> pd.Series:
    """Positive numbers; only ``value_earlier`` may be empty."""
    if name not in table:
        return pd.Series(np.nan, index=table.index)
    text = table[name].str.strip()
    number = pd.to_numeric(text.where(text != "", "nan"), errors="coerce")
    optional = (text == "") & (name == "value_earlier")
    wrong = np.flatnonzero(~((number > 0) & np.isfinite(number)) & ~optional)
    if len(wrong):
        got = text.iloc[wrong[0]] or "nothing"
        remedy = "changes are in logs: leave out flows that were or became zero"
        raise BadInput(f"{where}: row {wrong[0] + 1}, {name}", f"{got} is no positive number", remedy)
    return number


def check_labels(outcomes: Outcomes, countries: Sequence[str], sectors: Sequence[str]) -> None:
    """Refuse countries, groups and goods that a world does not have, with row and nearest names.

    Raises
    ------
    tertius.errors.BadInput
    """
    known = {"exporter": (*countries, *group_names()), "importer": (*countries, *group_names())}
    known["goods"] = (ALL_GOODS, *sectors)
    kinds = {"exporter": "country or group", "importer": "country or group", "goods": "sector"}
    for column, names in known.items():
        for row, got in enumerate(outcomes.table[column], start=1):
            if got not in names:
                raise unknown(f"{outcomes.name}: row {row}, {column}", kinds[column], got, names)
