# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The tidy table of a study: one number a row, each with an id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

from tertius.study.cases import VARIABLES, Draw, Grid
from tertius.study.chapter import Chapter
from tertius.study.claims import RoomQuantity
from tertius.study.quantities import Quantities

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KEYS", "results_table"]

KEYS = ["case", "closure", "region", "variable"]
STATISTICS = ("min", "median", "max")
WANTED = tuple(VARIABLES.values())


def results_table(grid: Grid, quantities: Quantities, chapters: Mapping[str, Chapter]) -> pd.DataFrame:
    """Collect all draws and quantities, and their range over the elasticity sets, in one long table.

    Parameters
    ----------
    grid
        The study with all its draws.
    quantities
        Every quantity in every draw; they become variables ``Quantity|name``.
    chapters
        What rooms computed; their numbers become variables ``Room|name``, with the room as the case.

    Returns
    -------
    pandas.DataFrame
        Columns id, model, study, world, year, scenario, case, closure, elasticity, region, variable,
        unit, value. Rows whose ``elasticity`` is min, median or max are over the sets.
    """
    import pandas as pd

    parts = [part for draw in grid.draws for part in _parts(grid, draw)]
    parts += [_quantity(grid, key, quantities) for key in quantities]
    parts += [part for chapter in chapters.values() for part in _chapter(grid, chapter)]
    draws = pd.concat([pd.DataFrame(p) for p in parts], ignore_index=True)
    by = [*KEYS, "scenario", "unit"]
    spread = draws.groupby(by, sort=False)["value"].agg(list(STATISTICS)).reset_index()
    summary = spread.melt(id_vars=by, value_vars=list(STATISTICS), var_name="elasticity", value_name="value")
    table = pd.concat([draws, summary], ignore_index=True)
    constant = {
        "model": f"tertius {version('tertius')}",
        "study": grid.study.name,
        "world": grid.world.name,
        "year": grid.world.year,
    }
    table = table.assign(**constant, id=[f"r{k:06d}" for k in range(len(table))])
    order = ["id", "model", "study", "world", "year", "scenario", "case", "closure", "elasticity"]
    return table[[*order, "region", "variable", "unit", "value"]]


def _quantity(grid: Grid, key: str, quantities: Quantities) -> dict[str, object]:
    """Columns of one quantity; a draw without an equilibrium has no row."""
    q, drawn = grid.study.quantities[key], quantities[key]
    found = {k: v for k, v in drawn.values.items() if v == v}
    case, scenario, region = (
        (q.room, "", grid.study.focal)
        if isinstance(q, RoomQuantity)
        else (q.case, grid.scenarios[q.case].id, q.country)
    )
    return {
        "case": case,
        "scenario": scenario,
        "closure": [closure for _, closure in found],
        "elasticity": [elasticity for elasticity, _ in found],
        "region": region,
        "variable": f"Quantity|{key}",
        "unit": drawn.unit,
        "value": list(found.values()),
    }


def _chapter(grid: Grid, chapter: Chapter) -> Iterator[dict[str, object]]:
    """Columns of what a room computed, number by number."""
    for name, number in chapter.numbers.items():
        yield {
            "case": chapter.room,
            "scenario": "",
            "closure": "",
            "elasticity": list(number.values),
            "region": number.region or grid.study.focal,
            "variable": f"Room|{name}",
            "unit": number.unit,
            "value": list(number.values.values()),
        }


def _parts(grid: Grid, draw: Draw) -> Iterator[dict[str, object]]:
    """Columns of one draw, variable by variable."""
    constant: dict[str, object] = {
        "case": draw.case,
        "scenario": grid.scenarios[draw.case].id,
        "closure": draw.closure,
        "elasticity": draw.elasticity,
    }
    routed = grid.routes[draw.case] is not None
    for variable in WANTED if draw.values else ():
        if not (routed or variable.startswith("Welfare|")):
            continue
        unit, values = draw.values[variable]
        regions = list(grid.world.countries)
        yield constant | {"region": regions, "variable": variable, "unit": unit, "value": values}
    for variable, change in draw.bilateral.items():
        own = {"region": [grid.study.focal], "variable": variable, "unit": "percent", "value": [change]}
        yield constant | own
