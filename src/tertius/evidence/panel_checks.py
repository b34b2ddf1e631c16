# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Checks of a user's panel: codes, months, units, duplicate keys, incomplete months."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tertius.errors import BadInput

__all__ = [
    "check_codes",
    "check_duplicates",
    "encoded_key",
    "months_of",
    "one_unit",
    "partial_months",
    "vintage_breaks",
]

INCOMPLETE = 0.6  # of the median number of cells of the six months before
TRIED = 3  # months at the end that may be incomplete
MONTH = r"^(\d{4})-?(0[1-9]|1[0-2])(-\d{2}.*)?$"


def one_unit(table: pa.Table, where: str) -> tuple[pa.Table, str]:
    """Give the unit of the values; several are refused."""
    if "unit" not in table.column_names:
        return table, ""
    units = [u for u in pc.unique(pc.cast(table.column("unit"), pa.string())).to_pylist() if u]
    if len(units) > 1:
        remedy = "convert to one currency and scale first"
        raise BadInput(f"{where}: unit", f"mixes {', '.join(sorted(units))}", remedy)
    return table, units[0] if units else ""


def check_codes(column: pa.ChunkedArray, digits: int, where: str, notes: list[str]) -> pa.ChunkedArray:
    """Bring product codes to ``digits`` digits; lost zeros are put back, totals are kept apart.

    Whole headings that stand for codes of several vintages (``8517xx``) pass.
    """
    if digits not in (2, 4, 6, 8):
        raise BadInput(where, f"{digits} digits", "product codes have 2, 4, 6 or 8")
    if pa.types.is_integer(column.type):
        notes.append("product codes were numbers: leading zeros put back")
    text = pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    unique = pc.unique(text)
    codes, strange, short = [], [], []
    for code in unique.to_pylist():
        found = _code(code or "", digits)
        codes.append(found)
        if found == "?":
            strange.append(str(code))
        elif found == "<":
            short.append(str(code))
    if strange or short:
        what = f"{len(strange or short)} product codes " + ("are no codes" if strange else "are too short")
        some = ", ".join((strange or short)[:5])
        raise BadInput(
            f"{where}: product", f"{what}: {some}", f"give HS or CN codes as text, or digits below {digits}"
        )
    return pc.take(pa.array(codes), pc.index_in(text, unique))


def _code(code: str, digits: int) -> str:
    bare = code.split("-")[0].strip().upper()
    if bare in ("TOTAL", "ALL"):
        return "TOTAL"
    if len(bare) == 6 and bare.endswith("XX") and bare[:4].isdigit():
        return bare[:4] + "xx"
    if not bare.isdigit() or len(bare) > 10:
        return "?"
    full = bare.zfill(len(bare) + len(bare) % 2)  # an odd length has lost a zero
    return full[:digits] if len(full) >= digits else "<"


def months_of(column: pa.ChunkedArray, where: str) -> pa.ChunkedArray:
    """Bring months to ``YYYY-MM``."""
    text = pc.cast(column, pa.string())
    unique = pc.unique(text)
    series = pd.Series(unique.to_pylist(), dtype=object).astype(str)
    found = series.str.extract(MONTH)
    bad = series[found[0].isna()]
    if len(bad):
        raise BadInput(f"{where}: month", f"cannot read {bad.iloc[0]!r}", "write months as 2022-05 or 202205")
    return pc.take(pa.array((found[0] + "-" + found[1]).tolist()), pc.index_in(text, unique))


def encoded_key(columns: list[pa.ChunkedArray]) -> tuple[NDArray[np.int64], list[list[str]]]:
    """Give each row one number for its key, and the labels of each column."""
    number, labels = np.zeros(len(columns[0]), dtype=np.int64), []
    for column in columns:
        held = pc.dictionary_encode(column.combine_chunks())
        held = held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held
        names = held.dictionary.to_pylist()
        number = number * max(len(names), 1) + held.indices.to_numpy(zero_copy_only=False)
        labels.append(names)
    return number, labels


def check_duplicates(keys: dict[str, pa.ChunkedArray], where: str) -> None:
    """Refuse two rows with one key."""
    number, _ = encoded_key(list(keys.values()))
    order = np.argsort(number, kind="stable")
    again = order[1:][np.diff(number[order]) == 0]
    if len(again):
        first = ", ".join(str(column[int(again[0])].as_py()) for column in keys.values())
        what = f"{len(again)} rows repeat a key ({', '.join(keys)}), such as {first}"
        raise BadInput(where, what, "add them up, or keep one flow, source and edition")


def partial_months(table: pd.DataFrame) -> list[str]:
    """Name the months at the end whose cells are far fewer than before.

    Examples
    --------
    >>> months = [f"2022-{m:02d}" for m in range(1, 9) for _ in range(10)] + ["2022-09"]
    >>> partial_months(pd.DataFrame({"month": months}))
    ['2022-09']
    """
    count = table["month"].astype(str).value_counts().sort_index()
    out: list[str] = []
    while len(count) > 7 and len(out) < TRIED and count.iloc[-1] < INCOMPLETE * count.iloc[-7:-1].median():
        out.insert(0, str(count.index[-1]))
        count = count.iloc[:-1]
    return out


def vintage_breaks(
    values: dict[str, pd.DataFrame], years: tuple[int, ...] = (2012, 2017, 2022)
) -> dict[str, list[str]]:
    """Find codes that begin or end, for all partners at once, at the turn of a year with a new nomenclature.

    Parameters
    ----------
    values
        Partner to products by months.
    years
        Years in which a new Harmonized System entered into force.

    Returns
    -------
    dict
        Year to the codes that are of one side only.
    """
    every = sum(v for v in values.values())
    assert isinstance(every, pd.DataFrame)
    months = every.columns.astype(str)
    out = {}
    for year in years:
        old, new = every.loc[:, months < f"{year}-01"], every.loc[:, months >= f"{year}-01"]
        if old.shape[1] >= 6 and new.shape[1] >= 6:
            a, b = old.iloc[:, -12:].sum(axis=1), new.iloc[:, :12].sum(axis=1)
            codes = list(every.index[((a > 0) & (new.sum(axis=1) == 0)) | ((b > 0) & (old.sum(axis=1) == 0))])
            codes = [str(c) for c in codes if c != "TOTAL" and not str(c).endswith("xx")]
            if codes:
                out[str(year)] = codes
    return out
