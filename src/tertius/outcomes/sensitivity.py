# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Sensitivity: the derivative of real income with respect to every cell of a cause, with labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear import Gradient, gradient
from tertius.errors import BadInput, unknown
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.uses import joined

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["UNITS", "sensitivity"]

FLOW = ("exporter", "importer", "sector")
UNITS = {
    "tariff": "d ln(real income) / d(tariff rate), 0.01 is one point",
    "iceberg": "d ln(real income) / d ln(iceberg)",
    "export_tax": "d ln(real income) / d ln(1 + export tax)",
    "taste": "d ln(real income) / d ln(weight of the origin)",
    "productivity": "d ln(real income) / d ln(productivity)",
    "labour": "d ln(real income) / d ln(endowment of all factors)",
    "elasticity": "d ln(real income) / d(trade elasticity)",
}


def sensitivity(eq: Equilibrium, of: str | Mapping[str, float], to: str = "tariff") -> xr.DataArray:
    """Exact derivative of log real income at an equilibrium, for all cells at once.

    Parameters
    ----------
    eq
        A solved counterfactual; neutral wedges give the base year.
    of
        A country, or weights by country: then it is the weighted sum of log real incomes.
    to
        ``tariff``, ``iceberg``, ``export_tax``, ``taste`` ``[exporter, importer, sector]``,
        ``productivity`` ``[country, sector]``, ``labour`` ``[country]`` (all factors in proportion) or
        ``elasticity`` ``[sector]`` (icebergs held fixed).

    Returns
    -------
    xarray.DataArray
        Units in ``attrs["unit"]``.

    Raises
    ------
    BadInput
        If a country or the cause is unknown, or no weight is given.
    NotSolved
        If the equilibrium was not found.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("icio-2021")
    >>> eq = tt.solve(w, tt.Wedges.neutral(w))
    >>> d = sensitivity(eq, of="KAZ", to="iceberg")
    >>> bool(d.sel(importer="KAZ", exporter="RUS").sum() < 0)
    True
    """
    import xarray as xr

    if to not in UNITS:
        raise unknown("sensitivity", "cause", to, UNITS)
    eq.report.require()
    weight = _weights(eq, of)
    values, dims = _cells(gradient(eq.solution, weight), to, eq.solution.base.uses)
    labels = {"sector": eq.world.sectors}
    return xr.DataArray(
        values,
        coords={d: list(labels.get(d, eq.world.countries)) for d in dims},
        dims=dims,
        name=f"sensitivity to {to}",
        attrs={
            "unit": UNITS[to],
            "of": of if isinstance(of, str) else dict(of),
            "world": eq.world.name,
            "scenario": eq.scenario,
            "closure": eq.report.closure,
        },
    )


def _weights(eq: Equilibrium, of: str | Mapping[str, float]) -> Array:
    known = eq.world.countries
    given = {of: 1.0} if isinstance(of, str) else of
    if not given:
        raise BadInput("sensitivity: of", "no country is given", "name one, or weights by country")
    weight = np.zeros(len(known))
    for country, value in given.items():
        if country not in known:
            raise unknown("sensitivity: of", "country", country, known)
        weight[known.index(country)] = value
    return weight


def _cells(found: Gradient, to: str, uses: int) -> tuple[Array, tuple[str, ...]]:
    """Derivatives with their dimensions; one wedge hits all markets of a good."""
    if to == "productivity":
        return joined(found.productivity, uses, axis=1), ("country", "sector")
    if to == "labour":
        return found.endowment.sum(axis=1), ("country",)
    if to == "elasticity":
        return joined(found.theta, uses), ("sector",)
    cells: Array = getattr(found, to)
    return joined(cells, uses).transpose(2, 1, 0), FLOW
