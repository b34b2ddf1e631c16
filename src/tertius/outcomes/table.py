# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Results as one tidy table: model, scenario, region, variable, unit, year, value."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.outcomes import revenue
from tertius.outcomes.factors import rewards
from tertius.outcomes.transit import additional
from tertius.outcomes.welfare import MEASURES, price_index, welfare

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.equilibrium import Equilibrium

__all__ = ["long_table", "variables"]


def variables(eq: Equilibrium) -> Iterator[tuple[str, str, Array]]:
    """Name, unit and values by country of everything that a solve says of a country."""
    eq.report.require()
    solution, s = eq.solution, eq.solution.sweep
    for measure, (_, unit) in MEASURES.items():
        yield f"Welfare|{measure}", unit, welfare(solution, measure)
    yield "Wage", "new / base", solution.w_hat
    if eq.run.factors == "skills":
        skilled, unskilled = rewards(solution).T
        yield "Wage|skilled", "new / base", skilled
        yield "Wage|unskilled", "new / base", unskilled
        yield "Skill premium", "percent", 100.0 * (skilled / unskilled - 1.0)
    yield "Price index", "new / base", price_index(solution)
    yield "Income", "USD million", s.I
    yield "Value added", "USD million", s.wages
    yield "Tariff revenue", "USD million", revenue.tariff_revenue(solution)
    yield "Export tax revenue", "USD million", revenue.export_tax_revenue(solution)
    yield "Quota rent", "USD million", revenue.quota_rent(solution)
    yield "Price cap transfer", "USD million", revenue.cap_transfer(solution)
    yield "Transfer received", "USD million", revenue.transfer_received(solution)
    yield "Hub income", "USD million", s.rents
    yield "Transit|Additional", "USD million", additional(eq)
    flows = solution.trade().sum(axis=0)
    flows[np.diag_indices(len(flows))] = 0.0
    yield "Trade|Imports", "USD million", flows.sum(axis=1)
    yield "Trade|Exports", "USD million", flows.sum(axis=0)


def long_table(eq: Equilibrium) -> pd.DataFrame:
    """Build the table of :meth:`Equilibrium.to_table`."""
    import pandas as pd

    model = f"tertius {version('tertius')}" + ("" if eq.run.plain else f", {eq.run.label}")
    parts = [
        pd.DataFrame(
            {
                "model": model,
                "scenario": eq.scenario,
                "region": eq.world.countries,
                "variable": name,
                "unit": unit,
                "year": eq.world.year,
                "value": values,
            }
        )
        for name, unit, values in variables(eq)
    ]
    return pd.concat(parts, ignore_index=True)
