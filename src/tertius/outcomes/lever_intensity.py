# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Intensity of a lever: from nothing at zero to the whole of it at one, and the derivative at zero.

At intensity h a ban of coverage c closes h c of a flow, an embargo h of it; costs, tastes, productivity
and labour are raised to h; taxes and transfers go h of their way; a quota of k allows 1 - h (1 - k); a
closed route keeps 1 - h of its weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from tertius.equilibrium import sector_first
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear import Direction, Linear
from tertius.errors import BadInput
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.plain import routed_flows
from tertius.outcomes.routing import open_cost
from tertius.policy import PassageWedge, Wedges
from tertius.routes import Routes
from tertius.world import World

__all__ = ["at_intensity", "marginal"]


def at_intensity(world: World, wedges: Wedges, h: float, routes: Routes | None = None) -> Wedges:
    """Apply a share of some wedges.

    Parameters
    ----------
    world
        The base year, with the elasticities that the wedges were made for.
    wedges
        The whole lever.
    h
        Intensity, at most one; below zero (for differences) only where nothing is closed altogether.
    routes
        The routes that measures on routes speak of.

    Returns
    -------
    Wedges

    Raises
    ------
    BadInput
        If the intensity is above one.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("icio-2021")
    >>> none = at_intensity(w, tt.Scenario.load("embargo-rus-kaz").wedges(w), 0.0)
    >>> float(none.iceberg.max())
    1.0
    """
    if not -1.0 < h <= 1.0:
        raise BadInput("intensity", f"{h!r} is not between 0 and 1")
    if h == 1.0:
        return wedges
    a, theta = wedges.arrays(world), world.elasticity_values
    closed = h * a.get("closed", np.zeros_like(a["iceberg"]))
    iceberg = open_cost(a, theta) ** h * (1.0 - closed) ** (-1.0 / theta)
    base = world.tariff_values
    coalitions = wedges.coalitions if h > 0 else ()
    return Wedges.from_arrays(
        world,
        iceberg,
        base + h * (a["tariff"] - base),
        a["productivity"] ** h,
        a["labour"] ** h,
        tuple(theta) if closed.any() else None,
        export_tax=None if "export_tax" not in a else h * a["export_tax"],
        taste=None if "taste" not in a else a["taste"] ** h,
        transfer=None if "transfer" not in a else h * a["transfer"],
        skill=None if "skill" not in a else a["skill"] ** h,
        coalitions=coalitions,
        quotas=tuple(replace(q, limit=1.0 - h * (1.0 - q.limit)) for q in wedges.quotas) if h > 0 else (),
        caps=tuple(replace(c, coverage=h * c.coverage) for c in wedges.caps) if h > 0 else (),
        closed=closed if h > 0 and closed.any() else None,
        passages=tuple(p for one in wedges.passages for p in _passages(world, one, h, routes)),
    )


def _passages(world: World, one: PassageWedge, h: float, routes: Routes | None) -> Iterator[PassageWedge]:
    """A measure on routes at some intensity; closing in part is a cost by the sector's elasticity."""
    passing = 1.0 - h * (1.0 - one.passing)
    limit = 1.0 - h * (1.0 - one.limit) if np.isfinite(one.limit) and h > 0 else np.inf
    if np.isfinite(one.cost):
        yield replace(one, cost=one.cost**h, passing=passing, limit=float(limit))
        return
    if routes is None:
        return
    arrays = routed_flows(world, routes).arrays
    for s in sorted(set(arrays.sector.tolist())):
        name = world.sectors[s]
        if name not in one.sectors:
            continue
        q = np.unique(arrays.q[arrays.sector == s])
        if len(q) != 1:
            raise BadInput("intensity", f"routes of {name} have several elasticities", "use intensity 1")
        cost = (1.0 - h) ** (-1.0 / (q[0] * world.elasticity_values[s]))
        yield replace(one, sectors=(name,), cost=float(cost), passing=passing)


def marginal(eq: Equilibrium, wedges: Wedges) -> Array:
    """Derivative of each country's log real income with respect to the intensity of a lever, at zero.

    Parameters
    ----------
    eq
        The equilibrium on top of which the lever is pulled: neutral wedges give the base year.
    wedges
        The whole lever, made for the world of ``eq``.

    Returns
    -------
    numpy.ndarray
        ``[country]``.

    Raises
    ------
    BadInput
        If the lever holds quotas, caps, coalitions or measures on routes, which have kinks or no derivative
        here.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("icio-2021")
    >>> d = marginal(tt.solve(w, tt.Wedges.neutral(w)), tt.Scenario.load("embargo-rus-kaz").wedges(w))
    >>> bool(d[w.countries.index("KAZ")] < 0)
    True
    """
    if wedges.quotas or wedges.caps or wedges.coalitions or wedges.passages:
        what = "quotas, caps, coalitions and measures on routes have no derivative here"
        raise BadInput("marginal", what, "use differences of two solves")
    world = eq.world
    a, theta = wedges.arrays(world), world.elasticity_values
    iceberg = np.log(open_cost(a, theta)) + a.get("closed", np.zeros_like(a["iceberg"])) / theta
    found = Linear(eq.solution).tangent(
        Direction(
            iceberg=sector_first(iceberg),
            tariff=sector_first(a["tariff"] - world.tariff_values),
            export_tax=sector_first(a["export_tax"]) if "export_tax" in a else None,
            taste=sector_first(np.log(a["taste"])) if "taste" in a else None,
            productivity=np.log(a["productivity"]),
            endowment=np.repeat(np.log(a["labour"])[:, None], eq.solution.base.V.shape[1], axis=1),
            transfer=a.get("transfer"),
        )
    )
    return found.log_real_income
