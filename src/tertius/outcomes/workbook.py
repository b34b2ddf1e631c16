# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Tables as an Excel workbook: one sheet each, units above the columns, numbers as numbers."""

from __future__ import annotations

import re
from datetime import date
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertius.outcomes.sheets import Column, Sheet

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write_workbook"]

FORMATS = {"percent": "0.000", "USD million": "#,##0.0", "new / base": "0.00000"}
NAMES = ("country", "name", "exporter", "importer", "what", "setting")  # columns that stay in sight
NARROW, WIDE = 9, 66  # widths of columns, in characters
LINE, MOST = 15, 20  # height of a line in points, lines shown of a long text
LONGEST = 32767  # characters that a cell holds
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # control characters that XML cannot hold


def write_workbook(sheets: list[Sheet], path: Path, title: str) -> None:
    """Write tables as one workbook.

    Parameters
    ----------
    sheets
        The tables, in order.
    path
        The file.
    title
        Title in the properties of the document.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.title = title
    book.properties.creator = "tertius"
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    book.save(path)


def _fill(page: Any, sheet: Sheet) -> None:
    """Write one table: header frozen and filtered, each column with its format and width."""
    from openpyxl.utils import get_column_letter

    lines = [1] * (len(sheet.frame) + 1)
    for k, column in enumerate(sheet.columns, start=1):
        values = _values(sheet.frame[column.name])
        width = _width(column, values)
        page.column_dimensions[get_column_letter(k)].width = width
        for row, value in enumerate(values, start=2):
            _put(page.cell(row, k), value, column)
        for row, value in enumerate((column.title, *values)):
            if isinstance(value, str):
                lines[row] = max(lines[row], ceil(1.1 * len(value) / width))
    for row, needed in enumerate(lines, start=1):
        if needed > 1:
            _broken(page, row, needed)
    for k, column in enumerate(sheet.columns, start=1):
        _head(page.cell(1, k), column, _values(sheet.frame[column.name]))
    _view(page, sheet)


def _broken(page: Any, row: int, lines: int) -> None:
    """Break the texts of a row into lines and make room for them, which nothing else does."""
    from openpyxl.styles import Alignment

    page.row_dimensions[row].height = LINE * min(lines, MOST)
    for cell in page[row]:
        cell.alignment = Alignment(wrap_text=isinstance(cell.value, str), vertical="top")


def _head(cell: Any, column: Column, values: list[Any]) -> None:
    from openpyxl.styles import Alignment, Font

    _text(cell, column.title)
    side = "right" if any(isinstance(v, float | int) for v in values) else "left"
    cell.font = Font(name="Calibri", size=11, bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)


def _view(page: Any, sheet: Sheet) -> None:
    """Keep the header and the names in sight, on the screen and in print."""
    from openpyxl.utils import get_column_letter

    page.freeze_panes = page.cell(2, sum(c.name in NAMES for c in sheet.columns) + 1)
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.frame) + 1}"
    page.print_title_rows, page.page_setup.orientation = "1:1", "landscape"
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _values(column: pd.Series[Any]) -> list[Any]:
    """Plain values; what is missing becomes an empty cell."""
    return [None if value is None or value != value else value for value in column.tolist()]


def _put(cell: Any, value: Any, column: Column) -> None:
    if isinstance(value, str):
        _text(cell, value)
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, float):
        cell.number_format = FORMATS.get(
            column.unit, "General" if column.name in ("low", "high") else "#,##0.000"
        )


def _text(cell: Any, text: str) -> None:
    """Put text into a cell as text, also if it looks like a formula."""
    cell.value = FORBIDDEN.sub("", text)[:LONGEST]
    cell.data_type = "s"


def _width(column: Column, values: list[Any]) -> int:
    """Width that shows numbers whole and breaks long texts."""
    texts = [len(v) for v in values if isinstance(v, str)]
    numbers = [len(f"{v:,.1f}") + 2 for v in values if isinstance(v, float)]
    numbers += [12 for v in values if isinstance(v, date)]
    head = max((len(word) for word in column.title.split()), default=0) + 2
    head = max(head, len(column.title) // 2 + 2)  # the header may take two lines
    return min(WIDE, max(NARROW, head, *texts, *numbers) if texts or numbers else max(NARROW, head))
