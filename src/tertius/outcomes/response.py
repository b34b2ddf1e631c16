# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Response: what some more wedges do to everything, to first order, on top of an equilibrium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium.arrays import Array, Shock
from tertius.equilibrium.linear import Direction, Linear, Tangent
from tertius.equilibrium.linear_shares import LinearShares
from tertius.errors import BadInput
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.plain import as_shock, check_kinds
from tertius.outcomes.uses import joined
from tertius.policy import Wedges

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["response"]

FLOW, CELL, COUNTRY = ("exporter", "importer", "sector"), ("country", "sector"), ("country",)


def response(eq: Equilibrium, wedges: Wedges) -> xr.Dataset:
    """First-order response of prices, wages, incomes, output and flows to additional wedges.

    Parameters
    ----------
    eq
        A solved counterfactual; neutral wedges give the base year.
    wedges
        What is put on top of it: icebergs, tastes, productivity and labour as hats, export taxes and
        the change of tariffs against the base year in points, transfers in money.

    Returns
    -------
    xarray.Dataset
        Changes of logs: ``real_income``, ``income``, ``price_index``, ``wage`` ``[country]``, ``price``,
        ``cost``, ``expenditure``, ``output`` ``[country, sector]``, ``trade`` before tariff
        ``[exporter, importer, sector]``. Zero where there is nothing.

    Raises
    ------
    BadInput
        If the wedges close a flow, name quotas, caps or coalitions, or do not fit the world.
    NotSolved
        If the equilibrium was not found.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("icio-2021")
    >>> z = tt.Wedges.neutral(w)
    >>> z.iceberg.loc["RUS", "KAZ"] = 1.01
    >>> r = tt.response(tt.solve(w, tt.Wedges.neutral(w)), z)
    >>> bool(r.real_income.sel(country="KAZ") < 0)
    True
    """
    import xarray as xr

    eq.report.require()
    linear = Linear(eq.solution)
    check_kinds(wedges, eq.run.factors)
    direction = _direction(eq, as_shock(eq.world, wedges))
    found = linear.tangent(direction)
    labels = {"sector": list(eq.world.sectors)}
    arrays = {
        name: xr.DataArray(
            values, coords={d: labels.get(d, list(eq.world.countries)) for d in dims}, dims=dims
        )
        for name, (values, dims) in _parts(linear.shares, direction, found, eq.solution.base.uses).items()
    }
    attrs = {"unit": "change of the log", "world": eq.world.name, "scenario": eq.scenario}
    return xr.Dataset(arrays, attrs=attrs)


def _direction(eq: Equilibrium, shock: Shock) -> Direction:
    if shock.quotas or shock.caps or shock.coalitions:
        raise BadInput(
            "response: wedges", "quotas, caps and coalitions have no small version", "leave them out"
        )
    base = eq.solution.base

    def log(values: Array | None, name: str) -> Array | None:
        if values is not None and not np.all(np.isfinite(values)):
            raise BadInput(f"response: {name}", "an embargo is not small", "use tertius.solve")
        return None if values is None else np.log(values)

    return Direction(
        iceberg=log(shock.iceberg, "iceberg"),
        tariff=None if shock.tariff is None else shock.tariff - base.tariff,
        export_tax=None if shock.export_tax is None else np.log1p(shock.export_tax),
        taste=log(shock.taste, "taste"),
        productivity=log(shock.productivity, "productivity"),
        endowment=None
        if shock.endowment is None
        else np.broadcast_to(np.log(shock.endowment), base.V.shape).copy(),
        transfer=shock.transfer,
    )


def _parts(
    k: LinearShares, direction: Direction, t: Tangent, uses: int
) -> dict[str, tuple[Array, tuple[str, ...]]]:
    """Variables with their dimensions; both markets of a good together, prices those of final use."""
    earned = k.earned / np.maximum(k.earned.sum(axis=1, keepdims=True), 1e-300)
    sectors = t.log_p.shape[1] // uses
    flows = _per(joined(k.M * _trade(k, direction, t), uses), joined(k.M, uses))
    return {
        "real_income": (t.log_real_income, COUNTRY),
        "income": (t.log_income, COUNTRY),
        "price_index": (t.log_pf, COUNTRY),
        "wage": ((earned * t.log_w).sum(axis=1), COUNTRY),
        "price": (t.log_p[:, -sectors:], CELL),
        "cost": (t.log_c[:, :sectors], CELL),
        "expenditure": (_per(joined(k.X.T * t.log_x, uses, 1), joined(k.X.T, uses, 1)), CELL),
        "output": (_per(joined(t.output, uses, 1), joined(k.Y.T, uses, 1)), CELL),
        "trade": (flows.transpose(2, 1, 0), FLOW),
    }


def _per(change: Array, level: Array) -> Array:
    """Change of the log; zero where there is nothing."""
    return np.divide(change, level, out=np.zeros_like(change), where=level > 0)


def _trade(k: LinearShares, direction: Direction, t: Tangent) -> Array:
    """Change of log flows before tariff ``[s, n, i]``."""
    theta = k.theta[:, :, None]
    buyer = (t.log_x.T + k.theta * t.log_p.T)[:, :, None]
    own = -(k.theta * t.log_c.T)[:, None, :]
    change = np.broadcast_to(buyer + own, k.pi.shape)
    for cost in (direction.iceberg, direction.export_tax):
        change = change if cost is None else change - theta * cost
    if direction.tariff is not None:
        change = change - (1.0 + theta) * direction.tariff / k.tax
    return change if direction.taste is None else change + direction.taste
