# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Options and steps that commands on levers, exposure and unions share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.cli.app import write_text
from tertius.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

__all__ = [
    "Chart",
    "Focal",
    "Out",
    "Powers",
    "RunName",
    "Sets",
    "WorldOption",
    "check_files",
    "records",
    "rows_of",
    "save",
    "save_chart",
]

Focal = Annotated[str, typer.Option(help="Code of the state in the middle.")]
Powers = Annotated[
    list[str] | None,
    typer.Option("--power", help="Country or group; repeat for several. Default RUS coalition-2022 CHN."),
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--elasticity", help="Set of the band, the central one first; default all."),
]
RunName = Annotated[str, typer.Option(help="long or short.")]
Out = Annotated[Path | None, typer.Option(help="Write results: .csv, .parquet, .xlsx or .dta.")]
Chart = Annotated[Path | None, typer.Option(help="Write the chart: .svg.")]
WorldOption = Annotated[str, typer.Option(help="A shipped world, or the path of a .npz file.")]


def check_files(out: Path | None, chart: Path | None = None) -> None:
    """Refuse files that cannot be written before long work starts."""
    if out:
        from tertius.outcomes.export import check_target

        check_target(out, f"--out {out}")
    if chart and (chart.suffix != ".svg" or not chart.parent.is_dir()):
        raise BadInput(
            f"--chart {chart}", "is not an .svg file in a folder that exists", "such as levers.svg"
        )


def save(tables: Mapping[str, pd.DataFrame], out: Path | None, title: str) -> None:
    """Write tables, if a file was named."""
    if out:
        from tertius.outcomes.lever_files import save_tables

        save_tables(tables, out, title, f"--out {out}")


def save_chart(chart: Path | None, drawing: str) -> None:
    """Write a drawing with the report's style, if a file was named."""
    if chart:
        from tertius.report.charts.standalone import standalone

        write_text(chart, standalone(drawing), "--chart")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON, which knows neither infinity nor NaN: both become null."""
    from math import isfinite

    rows: Any = frame.to_dict("records")
    return [{k: None if isinstance(v, float) and not isfinite(v) else v for k, v in r.items()} for r in rows]


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Rows as named tuples, of which the checker of types knows nothing."""
    yield from frame.itertuples()
