# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exposure: who gains and who loses, to first order, from what happens in each country.

Kleinman, Liu & Redding (2024), "International friends and enemies", for any number of sectors, with
inputs, tariffs and deficits: the derivative of the full equilibrium, not of an approximation to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium import Closure, Solution
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear import Linear
from tertius.equilibrium.linear_causes import partner_costs
from tertius.errors import unknown
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.solve import solve
from tertius.policy import Scenario, Wedges
from tertius.world import World

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["CAUSES", "exposure", "exposure_at", "exposure_matrix", "exposures"]

CAUSES = {
    "productivity": "productivity of all the source's sectors",
    "trade_cost": "iceberg on all of the source's trade with others, both ways",
}
TOL = 1e-12  # of the equilibrium at which the derivative is taken


def exposure(
    world: World,
    to: str = "productivity",
    closure: str = Closure.FIXED,
    scenario: Scenario | Wedges | None = None,
) -> xr.DataArray:
    """Derivative of log real income of each country with respect to a log shock in each country.

    Parameters
    ----------
    world
        The base year.
    to
        ``productivity`` of all sectors of the source, or ``trade_cost``: one iceberg on all its
        imports and exports, not on its sales to itself.
    closure
        As in :func:`tertius.solve`.
    scenario
        Where the derivative is taken; None is the base year.

    Returns
    -------
    xarray.DataArray
        ``[affected, source]``, percent of real income per percent.

    Raises
    ------
    BadInput
        If ``to`` or ``closure`` is unknown.
    NotSolved
        If the scenario has no equilibrium.

    Examples
    --------
    >>> import tertius as tt
    >>> U = exposure(tt.load_world("icio-2021"))
    >>> bool(U.sel(affected="KAZ", source="RUS") > U.sel(affected="MEX", source="RUS"))
    True
    """
    return exposures(world, (to,), closure, scenario)[to]


def exposures(
    world: World,
    causes: Iterable[str] = tuple(CAUSES),
    closure: str = Closure.FIXED,
    scenario: Scenario | Wedges | None = None,
) -> dict[str, xr.DataArray]:
    """Exposure to several causes, for which the linear equations are solved once; see :func:`exposure`."""
    wanted = _known(causes)
    return _at(solve(world, scenario or Wedges.neutral(world), closure=closure, tol=TOL), wanted)


def exposure_at(eq: Equilibrium, to: str = "productivity") -> xr.DataArray:
    """Exposure matrix at an equilibrium that is solved already; see :func:`exposure`."""
    return _at(eq, _known((to,)))[to]


def _known(causes: Iterable[str]) -> tuple[str, ...]:
    """Check names of causes."""
    names = tuple(causes)
    for name in names:
        if name not in CAUSES:
            raise unknown("exposure", "cause", name, CAUSES)
    return names


def _at(eq: Equilibrium, causes: tuple[str, ...]) -> dict[str, xr.DataArray]:
    """Exposure matrices at an equilibrium, with labels."""
    import xarray as xr

    eq.report.require()
    labels = list(eq.world.countries)
    return {
        to: xr.DataArray(
            values,
            coords={"affected": labels, "source": labels},
            dims=("affected", "source"),
            name="exposure",
            attrs={
                "unit": "percent of real income per percent",
                "cause": CAUSES[to],
                "world": eq.world.name,
                "scenario": eq.scenario,
                "closure": eq.report.closure,
            },
        )
        for to, values in _matrices(eq.solution, causes).items()
    }


def exposure_matrix(solution: Solution, to: str) -> Array:
    """Exposure in plain arrays ``[affected, source]``: one adjoint solve for every affected country."""
    return _matrices(solution, (to,))[to]


def _matrices(solution: Solution, causes: tuple[str, ...]) -> dict[str, Array]:
    linear = Linear(solution)
    nodes, _ = linear.multipliers(np.eye(len(solution.base.VA)))
    assert nodes.productivity is not None
    own = nodes.productivity.sum(axis=1)
    return {to: (partner_costs(linear.shares, nodes) if to == "trade_cost" else own).T for to in causes}
