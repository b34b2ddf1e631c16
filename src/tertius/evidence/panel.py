# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Reading a panel of exports: the shipped one, or the user's Comtrade, Comext or customs extract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from tertius.data.evidence import evidence_table
from tertius.errors import BadInput, nearest
from tertius.evidence.panel_checks import (
    check_codes,
    check_duplicates,
    encoded_key,
    months_of,
    one_unit,
    partial_months,
)
from tertius.labels import country_encoder, group_members

__all__ = ["COLUMNS", "TOTAL", "Panel", "read_panel", "shipped_panel", "wide"]

COLUMNS = {  # our name: what others call it (in any case)
    "product": ("product", "code", "hs6", "cmdcode", "cn8", "product_nc", "commodity", "cmd_code"),
    "partner": ("partner", "partner_iso3", "partneriso", "partner_iso", "destination", "importer", "hub"),
    "month": ("month", "period", "time_period", "refperiod", "date"),
    "value": (
        "value",
        "eur",
        "usd",
        "primaryvalue",
        "value_in_euros",
        "value_eur",
        "value_usd",
        "obs_value",
        "fobvalue",
    ),
    "origin": (
        "origin",
        "reporter",
        "reporter_iso3",
        "reporteriso",
        "declarant",
        "exporter",
        "declarant_iso",
    ),
    "flow": ("flow", "flowcode", "flow_code", "trade_type"),
    "unit": ("unit", "currency"),
    "source": ("source", "reported_by", "dataset"),
}
NEEDED = ("product", "partner", "month", "value")
WORDS = {
    "exports": ("x", "export", "exports", "2", "2-export"),
    "imports": ("m", "import", "imports", "1", "1-import"),
}
TOTAL = "TOTAL"  # product of all goods together
UNMATCHED = "?"  # partner that is no country


@dataclass(frozen=True, slots=True, repr=False)
class Panel:
    """Exports by product, partner and month.

    Attributes
    ----------
    values
        Partner to a table of values, products by months; months without a record are zero.
    by_origin
        Long table ``product``, ``partner``, ``month``, ``origin``, ``value``, or none with one origin.
    months
        Months kept, in order.
    unit
        ``EUR``, ``USD``, ``thousand EUR`` ... as far as the file says it.
    products
        Table by product: ``ban`` (month ``YYYY-MM`` or empty), ``status``.
    notes
        What was left out and why.
    origins
        Where the goods come from, as far as it is known.
    """

    values: dict[str, pd.DataFrame]
    by_origin: pd.DataFrame | None
    months: tuple[str, ...]
    unit: str
    products: pd.DataFrame
    notes: tuple[str, ...]
    origins: tuple[str, ...] = ()

    def __repr__(self) -> str:
        count = len(next(iter(self.values.values()))) if self.values else 0
        span = f"{self.months[0]} to {self.months[-1]}" if self.months else "no months"
        return f"Panel({count} products, partners {', '.join(self.values)}, {span}, {self.unit})"


def shipped_panel() -> Panel:
    """Give the shipped panel: exports of the EU-27 of goods under bans, thousand EUR.

    Examples
    --------
    >>> shipped_panel().months[-1]
    '2022-11'
    """
    table = evidence_table("eu_panel.parquet")
    products = evidence_table("eu_panel_products.csv").set_index("product")
    months = tuple(sorted(table["month"].unique()))
    union = group_members("EU27", date(2021, 1, 1))
    return Panel(wide(table, months), None, months, "thousand EUR", products, (), union)


def read_panel(source: str | Path | pd.DataFrame, *, digits: int = 6, flow: str = "exports") -> Panel:
    """Read a user's extract and check it.

    Parameters
    ----------
    source
        A ``.csv`` or ``.parquet`` file or a table with the columns ``product`` (text, leading zeros kept),
        ``partner`` (ISO3 or a name), ``month`` (``2022-05``, ``202205`` or a date) and ``value``; optional
        ``origin``, ``flow``, ``unit`` or ``currency``. Common names of Comtrade and Comext columns are
        understood.
    digits
        Digits of the product code to work at.
    flow
        Which rows to keep, where the file tells: ``exports``; or ``imports``, whose reporter is where the
        goods arrive: it becomes the partner of the panel, and the partner of the file the origin.

    Raises
    ------
    tertius.errors.BadInput
        For missing columns, mixed units, duplicate keys, codes or months that cannot be read.
    """
    where = "panel" if isinstance(source, pd.DataFrame) else Path(source).name
    table = _renamed(_loaded(source), where)
    notes: list[str] = []
    if flow == "imports":
        table = _turned(table, where)
    table, unit = one_unit(_one_flow(table, where, notes, flow), where)
    product = check_codes(table.column("product"), digits, where, notes)
    month = months_of(table.column("month"), where)
    value = pc.cast(table.column("value"), pa.float64(), safe=False)
    if pc.any(pc.less(value, 0.0)).as_py():
        raise BadInput(f"{where}: value", "holds negative numbers", "give exports as positive values")
    keys = {"product": product, "partner": _partners(table.column("partner"), where, notes), "month": month}
    if "origin" in table.column_names:
        keys["origin"] = pc.cast(table.column("origin"), pa.string())
    raw = {**keys, "product": pc.cast(table.column("product"), pa.string())}
    check_duplicates(raw, where)
    cells = _added_up(keys, np.nan_to_num(value.to_numpy()))
    return _panel(cells, unit, notes, where)


def _added_up(keys: dict[str, pa.ChunkedArray], value: NDArray[np.float64]) -> pd.DataFrame:
    """Sum values over equal keys; keys become categories, so that a million rows cost little."""
    number, labels = encoded_key(list(keys.values()))
    held, place = np.unique(number, return_inverse=True)
    sums = np.bincount(place, weights=value)
    codes = np.unravel_index(held, [max(len(v), 1) for v in labels])
    columns = {
        name: pd.Categorical.from_codes(code, pd.Index(label, dtype=object))
        for name, code, label in zip(keys, codes, labels, strict=True)
    }
    table = pd.DataFrame({**columns, "value": sums})
    return table[table["partner"] != UNMATCHED].reset_index(drop=True)


def _panel(table: pd.DataFrame, unit: str, notes: list[str], where: str) -> Panel:
    if table.empty:
        raise BadInput(where, "no rows are left to work with", "check the columns flow and partner")
    drop = partial_months(table)
    if drop:
        notes.append(f"months left out as incomplete: {', '.join(drop)}")
        table = table[~table["month"].isin(drop)]
    months = tuple(sorted(table["month"].unique()))
    origins = tuple(sorted(map(str, table["origin"].unique()))) if "origin" in table else ()
    many = len(origins) > 1
    values = wide(table, months)
    codes = sorted(set(table["product"].unique()) - {TOTAL})
    products = pd.DataFrame({"ban": "", "status": "none given"}, index=pd.Index(codes, name="product"))
    held = table if many else None
    return Panel(values, held, months, unit or "unit not stated", products, tuple(notes), origins)


def wide(table: pd.DataFrame, months: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Bring ``product``, ``partner``, ``month``, ``value`` to one table a partner, products by months."""
    rows = pd.Index(sorted(table["product"].unique()))
    cols = pd.Index(list(months))
    i, j = (_places(table[name], index) for name, index in (("product", rows), ("month", cols)))
    value, out = table["value"].to_numpy(float), {}
    partner = table["partner"].to_numpy(dtype=object)
    for name in sorted(set(table["partner"].unique())):
        here = partner == name
        filled = np.bincount(
            i[here] * len(cols) + j[here], weights=value[here], minlength=len(rows) * len(cols)
        )
        out[str(name)] = pd.DataFrame(filled.reshape(len(rows), len(cols)), index=rows, columns=cols)
    return out


def _places(column: pd.Series, index: pd.Index) -> NDArray[np.int64]:
    code, label = pd.factorize(column)
    return index.get_indexer(pd.Index(list(label)))[code].astype(np.int64)


def _loaded(source: str | Path | pd.DataFrame) -> pa.Table:
    if isinstance(source, pd.DataFrame):
        return pa.Table.from_pandas(source, preserve_index=False)
    path = Path(source)
    if not path.is_file():
        raise BadInput(str(path), "no such file", "give a .csv or .parquet file")
    try:
        if path.suffix == ".parquet":
            return pa.parquet.read_table(path)
        with path.open(encoding="utf-8-sig") as file:
            names = file.readline().strip().replace('"', "").split(",")
        texts = {n: pa.string() for n in names if n.lower() in (*COLUMNS["product"], *COLUMNS["month"])}
        return pa.csv.read_csv(path, convert_options=pa.csv.ConvertOptions(column_types=texts))
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise BadInput(str(path), f"cannot be read: {first}", "save it as UTF-8 .csv or .parquet") from None


def _renamed(table: pa.Table, where: str) -> pa.Table:
    """Bring the columns to our names; two candidates for one name are refused."""
    lower = {name.lower(): name for name in table.column_names}
    picked: dict[str, str] = {}
    for ours, others in COLUMNS.items():
        found = [lower[o] for o in others if o in lower and lower[o] not in picked.values()]
        if len(found) > 1 and ours in ("value", "month"):
            raise BadInput(where, f"columns {', '.join(found)} could all be the {ours}", "keep one of them")
        if found:
            picked[ours] = found[0]
    for ours in NEEDED:
        if ours not in picked:
            near = nearest(ours, table.column_names)
            hint = f"rename {near[0]!r} if that is it; " if near else ""
            raise BadInput(
                where, f"no column {ours!r}", f"{hint}names understood: {', '.join(COLUMNS[ours])}"
            )
    return table.select(list(picked.values())).rename_columns(list(picked))


def _turned(table: pa.Table, where: str) -> pa.Table:
    """Let reporter and partner of imports change places: a panel is by where goods arrive."""
    if "origin" not in table.column_names:
        raise BadInput(where, "no column 'reporter'", "name the country whose books these imports are")
    swap = {"origin": "partner", "partner": "origin"}
    return table.rename_columns([swap.get(c, c) for c in table.column_names])


def _one_flow(table: pa.Table, where: str, notes: list[str], flow: str) -> pa.Table:
    if "source" in table.column_names and pc.count_distinct(table.column("source")).as_py() > 1:
        raise BadInput(f"{where}: source", "mixes sources", "keep exporters' or importers' reports, not both")
    if "flow" not in table.column_names:
        return table
    words = pc.utf8_lower(pc.cast(table.column("flow"), pa.string()))
    kept = table.filter(pc.is_in(words, pa.array(WORDS[flow])))
    if kept.num_rows < table.num_rows:
        notes.append(f"{table.num_rows - kept.num_rows} rows that are not {flow} left out")
    return kept


def _partners(column: pa.ChunkedArray, where: str, notes: list[str]) -> pa.ChunkedArray:
    """Bring partners to ISO3; what is no country is left out and named."""
    names = pc.unique(pc.cast(column, pa.string())).to_pylist()
    encoder, codes, strange = country_encoder(), {}, []
    for name in names:
        try:
            codes[name] = encoder.encode([str(name)], where)[0]
        except BadInput:
            codes[name] = None
            strange.append(str(name))
    if strange:
        more = " ..." if len(strange) > 8 else ""
        notes.append(f"{len(strange)} partners not matched to a country: {', '.join(strange[:8])}{more}")
    at = pc.index_in(pc.cast(column, pa.string()), pa.array(names, pa.string()))
    return pc.take(pa.array([codes[n] or UNMATCHED for n in names], pa.string()), at)
