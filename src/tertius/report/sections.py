# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A chapter of the report as plain data: what was found, charts, tables whose numbers can be traced."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cell", "Drawing", "Grid", "Section"]


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
class Drawing:
    """A chart of this package: ``svg`` is printed as it is; no heading if it carries its own."""

    heading: str
    svg: str
    caption: str = ""
    wide: bool = True


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
