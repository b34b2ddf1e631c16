# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The tidy table of a study: one number a row, each with an id."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

from tertius.study.cases import VARIABLES, Draw, Grid
from tertius.study.ledger import Quantities, quantity_unit

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KEYS", "results_table"]

KEYS = ["case", "closure", "region", "variable"]
STATISTICS = ("min", "median", "max")
WANTED = tuple(VARIABLES.values())


def results_table(grid: Grid, quantities: Quantities) -> pd.DataFrame:
    """Collect all draws and quantities, and their range over the elasticity sets, in one long table.

    Parameters
    ----------
    grid
        The study with all its draws.
    quantities
        Quantity -> (elasticity set, closure) -> value; they become variables ``Quantity|name``.

    Returns
    -------
    pandas.DataFrame
        Columns id, model, study, world, year, scenario, case, closure, elasticity, region, variable,
        unit, value. Rows whose ``elasticity`` is min, median or max are over the sets.
    """
    import pandas as pd

    parts = [part for draw in grid.draws for part in _parts(grid, draw)]
    parts += [_quantity(grid, key, values) for key, values in quantities.items()]
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


def _quantity(grid: Grid, key: str, values: dict[tuple[str, str], float]) -> dict[str, object]:
    """Columns of one quantity; a draw without an equilibrium has no row."""
    q = grid.study.quantities[key]
    found = {k: v for k, v in values.items() if v == v}
    return {
        "case": q.case,
        "scenario": grid.scenarios[q.case].id,
        "closure": [closure for _, closure in found],
        "elasticity": [elasticity for elasticity, _ in found],
        "region": q.country,
        "variable": f"Quantity|{key}",
        "unit": quantity_unit(q),
        "value": list(found.values()),
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
