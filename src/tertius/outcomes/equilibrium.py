# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`Equilibrium`: a solved counterfactual with labels, units and its story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium import Solution, SolveReport
from tertius.equilibrium.arrays import Array
from tertius.errors import unknown
from tertius.outcomes.welfare import MEASURES, welfare
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = ["Equilibrium"]

FLOW = ("exporter", "importer", "sector")


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """What a counterfactual does to every country; hats are new over base.

    Attributes
    ----------
    world
        The base year.
    scenario
        Name of the counterfactual.
    report
        The story of the solve; ``report.require()`` raises unless it converged.
    solution
        The plain arrays behind.
    """

    world: World
    scenario: str
    report: SolveReport
    solution: Solution

    def _array(self, values: Array, dims: tuple[str, ...], name: str, unit: str) -> xr.DataArray:
        import xarray as xr

        coords = {d: list(self.world.sectors if d == "sector" else self.world.countries) for d in dims}
        attrs = {"unit": unit, "world": self.world.name, "scenario": self.scenario}
        return xr.DataArray(values, coords=coords, dims=dims, name=name, attrs=attrs)

    @property
    def wage_hat(self) -> xr.DataArray:
        """Wages ``[country]``; world value added is the numeraire."""
        return self._array(self.solution.w_hat, ("country",), "wage_hat", "new / base")

    @property
    def price_hat(self) -> xr.DataArray:
        """Price indices ``[country, sector]``."""
        values = np.exp(self.solution.sweep.log_p)
        return self._array(values, ("country", "sector"), "price_hat", "new / base")

    @property
    def trade(self) -> xr.DataArray:
        """Flows ``[exporter, importer, sector]``, USD million before tariff."""
        return self._array(self.solution.trade().transpose(2, 1, 0), FLOW, "trade", "USD million")

    @property
    def expenditure(self) -> xr.DataArray:
        """Use ``[country, sector]``, USD million with tariff."""
        values = self.solution.sweep.X
        return self._array(values, ("country", "sector"), "expenditure", "USD million")

    @property
    def income(self) -> xr.DataArray:
        """Income ``[country]``, USD million: value added, tariff revenue, deficit."""
        return self._array(self.solution.sweep.I, ("country",), "income", "USD million")

    @property
    def tariff_revenue(self) -> xr.DataArray:
        """Tariff revenue ``[country]``, USD million."""
        return self._array(self.solution.sweep.revenue, ("country",), "tariff_revenue", "USD million")

    @property
    def hub_income(self) -> xr.DataArray:
        """Rents of routes through the country ``[country]``, USD million; zero without routes."""
        values = np.zeros(len(self.world.countries))
        return self._array(values, ("country",), "hub_income", "USD million")

    def welfare(self, measure: str = "real_income") -> xr.DataArray:
        """Welfare by a named measure ``[country]``.

        Parameters
        ----------
        measure
            ``real_income`` (exact), ``real_wage``, ``first_order`` (terms and volume of trade of
            Caliendo & Parro 2015): percent; ``equivalent_variation``: USD million.

        Returns
        -------
        xarray.DataArray

        Raises
        ------
        BadInput
            If there is no such measure.
        NotSolved
            If the equilibrium was not found: no number is better than a wrong one.
        """
        if measure not in MEASURES:
            raise unknown("welfare", "measure", measure, MEASURES)
        self.report.require()
        return self._array(welfare(self.solution, measure), ("country",), measure, MEASURES[measure][1])

    def to_table(self) -> pd.DataFrame:
        """Everything by country as one long table.

        Returns
        -------
        pandas.DataFrame
            Columns model, scenario, region, variable, unit, year, value (the form of the IAMC).
        """
        from tertius.outcomes.table import long_table

        return long_table(self)

    def __repr__(self) -> str:
        return f"<Equilibrium {self.scenario} on {self.world.name}: {self.report}>"
