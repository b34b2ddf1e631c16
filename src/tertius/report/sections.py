# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A chapter of the report as plain data: what was found, charts, tables whose numbers can be traced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from numbers import Integral
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cell", "Data", "Drawing", "Grid", "Section"]

ROOT = re.compile(r'<svg\b[^>]*?\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table.

    Attributes
    ----------
    value
        The number, in the unit of its column.
    low, high
        Its range; both equal to the value where there is none.
    ids
        Ids of the rows of ``results.parquet`` behind low, value and high.
    """

    value: float
    low: float
    high: float
    ids: tuple[str, ...] = ()

    @property
    def ranged(self) -> bool:
        """Whether there is a range to print."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes
    ----------
    caption
        What it shows, with units.
    columns
        Headings; the first is of the rows' names.
    rows
        Name of the row, then numbers or words.
    signed
        Whether numbers carry a plus sign.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Data:
    """The numbers that a chart draws, as a table for those who want to draw it again.

    Attributes
    ----------
    columns
        Names, with units where they differ.
    rows
        One value a column; None where there is none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Data:
        """Take a data frame; what is not finite becomes None, what is not a number becomes text.

        Examples
        --------
        >>> import pandas as pd
        >>> Data.of(pd.DataFrame({"year": [2021], "value": [float("nan")]}))
        Data(columns=('year', 'value'), rows=((2021, None),))
        """
        rows = (tuple(map(_plain, row)) for row in frame.itertuples(index=False, name=None))
        return cls(tuple(map(str, frame.columns)), tuple(rows))


def _plain(value: object) -> str | float | None:
    if isinstance(value, str | Integral):
        return value if isinstance(value, str) else int(value)
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return str(value)
    return number if isfinite(number) else None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of this package.

    Attributes
    ----------
    heading
        Above it; empty if the chart carries its own.
    svg
        Printed as it is.
    caption
        Below it.
    id
        Name of its files when figures are exported; empty is that of the chapter with a number.
    data
        What it draws.
    answers
        Questions of the room that it illustrates; one about a power is named without its code.
    """

    heading: str
    svg: str
    caption: str = ""
    id: str = ""
    data: Data | None = None
    answers: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Id of the ``<svg>`` element, by which it can be shown again."""
        found = ROOT.search(self.svg)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter.

    Attributes
    ----------
    id
        Anchor, lower case.
    title
        Heading.
    nav
        Word in the contents.
    lead
        What was found, most important first, each in a sentence or two.
    drawings, tables
        Charts and tables, in order.
    notes
        What a reader must be told: limits, what is assumed.
    """

    id: str
    title: str
    nav: str
    lead: tuple[str, ...]
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()
