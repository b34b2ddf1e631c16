# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The margins file: what is known about the pieces of a region, how well, and from whom."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from tertius.data.texts import Strict, parse
from tertius.errors import BadInput
from tertius.files import replacing

__all__ = [
    "GRADES",
    "MARGIN_COLUMNS",
    "Margin",
    "MarginsFile",
    "Piece",
    "PieceTariff",
    "read_margins",
    "write_margins",
]

GRADES = ("observed", "mirrored", "estimated", "donor")
UNITS = {"USD thousand": 1e-3, "USD million": 1.0, "USD billion": 1e3}
MARGIN_COLUMNS = (
    "quantity", "piece", "partner", "sectors", "value", "reliability", "grade", "source", "published", "note",
)  # fmt: skip

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class PieceTariff(Strict):
    """Import tariffs of one piece: those of another importer, or its own average; free partners."""

    like: str = ""
    rate: Annotated[float, Field(ge=0, lt=10)] = 0.0
    free: tuple[str, ...] = ()
    source: str = ""
    status: Literal["cited", "memory", "assumed"] = "cited"


class Piece(Strict):
    """One economy to be cut out of the region.

    ``donors`` are economies of the parent whose cost shares and structure start the estimate, with weights;
    ``near`` says how many times more than the rest of the region it trades with a partner, size for size.
    """

    donors: Annotated[dict[str, Positive], Field(min_length=1)]
    near: dict[str, Positive] = Field(default_factory=dict)
    tariff: PieceTariff = PieceTariff()


class Margin(Strict):
    """One published total and how far it may be missed.

    ``reliability`` is the standard deviation of the logarithm of the value. ``published`` is the figure as
    published where ``value`` has been carried to the level of the table. ``partner`` is a country, a group,
    several joined by ``|``, or ``world``; ``sectors`` likewise, ``all`` or a group such as ``goods``.
    """

    quantity: Literal["gdp", "value_added", "exports", "imports"]
    piece: str
    partner: str = "world"
    sectors: str = "all"
    value: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    reliability: Annotated[float, Field(gt=0, le=5)]
    grade: Literal["observed", "mirrored", "estimated"] = "observed"
    source: str = ""
    published: Positive | None = None
    note: str = ""


class MarginsFile(Strict):
    """What is known about the pieces of one region in one year."""

    schema_version: Literal[1]
    name: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    title: str = ""
    parent: str
    region: str = "ROW"
    unit: Literal["USD thousand", "USD million", "USD billion"] = "USD million"
    pieces: Annotated[dict[str, Piece], Field(min_length=1)]
    margins: tuple[Margin, ...] = ()
    tables: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def in_millions(self) -> MarginsFile:
        """Give the same file with all values in USD million.

        Examples
        --------
        >>> row = Margin(quantity="gdp", piece="KGZ", value=9.2, reliability=0.1)
        >>> file = MarginsFile(schema_version=1, name="x", parent="icio-2021", unit="USD billion",
        ...     pieces={"KGZ": Piece(donors={"KAZ": 1})}, margins=(row,))
        >>> file.in_millions().margins[0].value
        9200.0
        """
        f = UNITS[self.unit]
        rows = tuple(
            m.model_copy(update={"value": m.value * f, "published": m.published and m.published * f})
            for m in self.margins
        )
        return self.model_copy(update={"margins": rows, "unit": "USD million", "tables": ()})


def read_margins(path: Path) -> MarginsFile:
    """Read a margins file with its tables.

    Parameters
    ----------
    path
        A YAML file; its ``tables`` are CSV files beside it with the columns ``MARGIN_COLUMNS``.

    Returns
    -------
    MarginsFile
        All rows in ``margins``, values in USD million.

    Raises
    ------
    BadInput
        Naming every fault with its place.
    """
    file = parse(MarginsFile, _text(path), str(path))
    rows = list(file.margins)
    for name in file.tables:
        rows += _table(path.parent / name)
    return file.model_copy(update={"margins": tuple(rows)}).in_millions()


def write_margins(file: MarginsFile, path: Path) -> Path:
    """Write a margins file as YAML, with its rows in a CSV table beside it.

    Parameters
    ----------
    file
        What to write.
    path
        The YAML file; the table has the same name with the ending ``.csv``.

    Returns
    -------
    pathlib.Path
    """
    table = path.with_suffix(".csv")
    content = file.model_dump(mode="json", exclude={"margins"}, exclude_defaults=True) | {
        "tables": [table.name]
    }
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(MARGIN_COLUMNS)
    for m in file.margins:
        writer.writerow([_cell(getattr(m, c)) for c in MARGIN_COLUMNS])
    texts = {table: rows.getvalue(), path: yaml.safe_dump(content, sort_keys=False, width=110)}
    for target, text in texts.items():
        with replacing(target, str(target)) as part:
            part.write_text(text, encoding="utf-8")
    return path


def _cell(value: object) -> object:
    return "" if value is None else repr(value) if isinstance(value, float) else value


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = "no such file" if isinstance(error, FileNotFoundError) else f"cannot be read ({error})"
        raise BadInput(
            str(path), why, "give the path of a margins file, see docs/eurasia-world.md"
        ) from error


def _table(path: Path) -> list[Margin]:
    lines = [line for line in _text(path).splitlines() if line and not line.startswith("#")]
    reader = csv.DictReader(io.StringIO("\n".join(lines)))
    strange = [c for c in reader.fieldnames or () if c not in MARGIN_COLUMNS]
    if strange:
        raise BadInput(str(path), f"column {strange[0]!r} is not known", f"use {', '.join(MARGIN_COLUMNS)}")
    rows: list[dict[str, Any]] = [{k: v for k, v in row.items() if v not in ("", None)} for row in reader]
    try:
        return TypeAdapter(list[Margin]).validate_python(rows)
    except ValidationError as error:
        faults = [
            f"row {e['loc'][0]}: {e['loc'][-1]}: {e['msg']} (got {e['input']!r})" for e in error.errors()
        ]
        raise BadInput(str(path), "; ".join(faults[:5])) from error
