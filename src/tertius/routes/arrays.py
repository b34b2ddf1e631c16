# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Routes as the equations read them: plain arrays for some flows, no labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ArcLimit", "RouteArrays", "RouteChange"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class RouteArrays:
    """Routes of the base year, for C flows, G groups of goods and H hubs.

    Attributes
    ----------
    sector, importer, exporter
        ``[C]``: the flows; each at most once.
    om
        ``[C, G]``: base value shares of goods groups; sum to one.
    phi
        ``[C, G, 1 + H]``: base value shares of routes, the direct one first; sum to one.
    q
        ``[C]``: elasticity of route choice over the trade elasticity, at least one.
    nu
        ``[C, H]``: margin of the hub in the value at the border of the buyer.
    e
        ``[H]``: share of the margin that is rent.
    hub
        ``[H]``: country of each hub (several may lie in one region).
    services
        Sector that the rest of the margin pays.
    """

    sector: Index
    importer: Index
    exporter: Index
    om: Array
    phi: Array
    q: Array
    nu: Array
    e: Array
    hub: Index
    services: int

    @property
    def cells(self) -> tuple[Index, Index, Index]:
        """Index of the flows in arrays ``[s, n, i]``."""
        return self.sector, self.importer, self.exporter

    @property
    def share(self) -> Array:
        """Value shares of routes in the base year ``[C, 1 + H]``, all goods groups together."""
        return np.einsum("cg,cgr->cr", self.om, self.phi)

    @property
    def margin(self) -> Array:
        """What hubs keep in the base year, over the value at the border ``[C, H]``."""
        return self.share[:, 1:] * self.nu

    def received(self, paid: Array, n: int) -> tuple[Array, Array]:
        """Rents and payments for services ``[n]`` of margins paid ``[C, H]``."""
        total = paid.sum(axis=0)
        rents, services = np.zeros(n), np.zeros(n)
        np.add.at(rents, self.hub, self.e * total)
        np.add.at(services, self.hub, (1.0 - self.e) * total)
        return rents, services


@dataclass(frozen=True, slots=True)
class ArcLimit:
    """The most that some flows may send through one hub: a pipeline, a port.

    Attributes
    ----------
    rows
        ``[k]``: positions of the flows in the routes.
    hub
        Column of the hub.
    limit
        Quantity that enters the arc over that of the base year, all flows together.
    owner
        Who earns the scarcity price of the arc: "hub" or "exporter".
    """

    rows: Index
    hub: int
    limit: float
    owner: str


@dataclass(frozen=True, slots=True)
class RouteChange:
    """What a counterfactual does to routes; None leaves all as it is.

    Attributes
    ----------
    closed
        ``[C, G]``: share of each group whose direct route is closed.
    cost
        ``[C, G, 1 + H]``: log of the cost of each route, new over old; infinite is closed.
    passing
        ``[C, G, H]``: of goods whose direct route is closed, what hubs let through, new over old.
    nu
        ``[C, H]``: new margins.
    limits
        Capacities of arcs.
    """

    closed: Array | None = None
    cost: Array | None = None
    passing: Array | None = None
    nu: Array | None = None
    limits: tuple[ArcLimit, ...] = ()
