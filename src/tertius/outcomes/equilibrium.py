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
from tertius.outcomes import revenue
from tertius.outcomes.factors import factor_names, rewards
from tertius.outcomes.runs import LONG, Run
from tertius.outcomes.uses import joined
from tertius.outcomes.welfare import MEASURES, price_index, welfare
from tertius.policy import Scenario
from tertius.routes import Routes
from tertius.world import World
from tertius.world.coordinates import coordinates

if TYPE_CHECKING:
    from pathlib import Path

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
        The base year, with the trade elasticities that were used.
    scenario
        Name of the counterfactual.
    report
        The story of the solve; ``report.require()`` raises unless it converged.
    solution
        The plain arrays behind.
    run
        What moves and how far trade responds: the long or the short run.
    asked
        The scenario with its measures, or None if wedges were given.
    routes
        Routes through third territory, or None.
    """

    world: World
    scenario: str
    report: SolveReport
    solution: Solution
    run: Run = LONG
    asked: Scenario | None = None
    routes: Routes | None = None

    def _array(self, values: Array, dims: tuple[str, ...], name: str, unit: str) -> xr.DataArray:
        import xarray as xr

        own = (self.world.sectors if d == "sector" else self.world.countries for d in dims)
        coords = coordinates(dims, tuple(own))
        attrs = {"unit": unit, "world": self.world.name, "scenario": self.scenario}
        return xr.DataArray(values, coords=coords, dims=dims, name=name, attrs=attrs)

    @property
    def wage_hat(self) -> xr.DataArray:
        """Wages ``[country]``; world value added is the numeraire."""
        return self._array(self.solution.w_hat, ("country",), "wage_hat", "new / base")

    @property
    def factor_reward(self) -> xr.DataArray:
        """Reward of a unit of each factor ``[country, factor]``; world value added is the numeraire.

        Factors are "mobile", "skilled", "unskilled" or "B06 specific"; zero where nobody buys what the
        factor makes, NaN where the country never had it.
        """
        return self._rewards(rewards(self.solution), "factor_reward")

    @property
    def real_factor_reward(self) -> xr.DataArray:
        """The same over the price of final demand: what the owners can buy ``[country, factor]``."""
        real = rewards(self.solution) / price_index(self.solution)[:, None]
        return self._rewards(real, "real_factor_reward")

    def _rewards(self, values: Array, name: str) -> xr.DataArray:
        import xarray as xr

        names = factor_names(self.world, self.run.factors)
        coords = {"country": list(self.world.countries), "factor": list(names)}
        attrs = {"unit": "new / base", "world": self.world.name, "scenario": self.scenario}
        return xr.DataArray(values, coords=coords, dims=("country", "factor"), name=name, attrs=attrs)

    @property
    def price_hat(self) -> xr.DataArray:
        """Price indices ``[country, sector]``, of final use where the world tells it apart from inputs."""
        values = np.exp(self.solution.sweep.log_p)[:, -len(self.world.sectors) :]
        return self._array(values, ("country", "sector"), "price_hat", "new / base")

    @property
    def input_price_hat(self) -> xr.DataArray:
        """Price indices of inputs ``[country, sector]``: other ones only if the world tells uses apart."""
        values = np.exp(self.solution.sweep.log_p)[:, : len(self.world.sectors)]
        return self._array(values, ("country", "sector"), "input_price_hat", "new / base")

    @property
    def trade(self) -> xr.DataArray:
        """Flows ``[exporter, importer, sector]``, USD million before tariff."""
        flows = joined(self.solution.trade(), self.solution.base.uses)
        return self._array(flows.transpose(2, 1, 0), FLOW, "trade", "USD million")

    @property
    def expenditure(self) -> xr.DataArray:
        """Use ``[country, sector]``, USD million with tariff."""
        values = joined(self.solution.sweep.X, self.solution.base.uses, axis=1)
        return self._array(values, ("country", "sector"), "expenditure", "USD million")

    @property
    def income(self) -> xr.DataArray:
        """Income ``[country]``, USD million: value added, taxes on trade, deficit, what others give."""
        return self._array(self.solution.sweep.I, ("country",), "income", "USD million")

    @property
    def tariff_revenue(self) -> xr.DataArray:
        """Tariff revenue ``[country]`` of importers, USD million."""
        values = revenue.tariff_revenue(self.solution)
        return self._array(values, ("country",), "tariff_revenue", "USD million")

    @property
    def export_tax_revenue(self) -> xr.DataArray:
        """Revenue of exporters' taxes ``[country]``, USD million; negative for subsidies."""
        values = revenue.export_tax_revenue(self.solution)
        return self._array(values, ("country",), "export_tax_revenue", "USD million")

    @property
    def quota_rent(self) -> xr.DataArray:
        """Price of the licences of quotas, with the country that owns them ``[country]``, USD million."""
        return self._array(revenue.quota_rent(self.solution), ("country",), "quota_rent", "USD million")

    @property
    def cap_transfer(self) -> xr.DataArray:
        """What price caps bring to buyers and cost exporters ``[country]``, USD million; sums to zero."""
        return self._array(revenue.cap_transfer(self.solution), ("country",), "cap_transfer", "USD million")

    @property
    def transfer_received(self) -> xr.DataArray:
        """Net receipts from other governments ``[country]``, USD million; sum to zero.

        Transfers of the scenario, and what coalitions share out among their members.
        """
        values = revenue.transfer_received(self.solution)
        return self._array(values, ("country",), "transfer_received", "USD million")

    @property
    def hub_income(self) -> xr.DataArray:
        """Rents of routes through the country ``[country]``, USD million; zero without routes."""
        return self._array(self.solution.sweep.rents, ("country",), "hub_income", "USD million")

    @property
    def customs_trade(self) -> xr.DataArray:
        """Flows as customs record them ``[exporter, importer, sector]``, USD million before tariff.

        What goes through a hub is in the exporter's books as sold to the hub and, but for what never enters
        the hub's statistics, in the hub's books as sold on. Without routes it is :attr:`trade`.
        """
        from tertius.outcomes.transit import recorded

        return self._array(recorded(self), FLOW, "customs_trade", "USD million")

    def transit(self) -> pd.DataFrame:
        """Table of what goes through hubs: see :func:`tertius.outcomes.transit.transit_table`."""
        from tertius.outcomes.transit import transit_table

        return transit_table(self)

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

    def save(self, path: str | Path) -> Path:
        """Write the results to a file, in one step; the ending chooses the form.

        Parameters
        ----------
        path
            ``.csv`` or ``.parquet`` (the long table), ``.xlsx`` (a workbook; needs
            ``pip install tertius[excel]``) or ``.dta`` (Stata, one row per country).

        Returns
        -------
        pathlib.Path
            The file written.

        Raises
        ------
        BadInput
            If the ending is unknown or the file cannot be written.
        NotSolved
            If the equilibrium was not found.
        """
        from tertius.outcomes.export import save

        return save(self, path)

    def __repr__(self) -> str:
        return f"<Equilibrium {self.scenario} on {self.world.name}: {self.report}>"
