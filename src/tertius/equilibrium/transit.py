# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Routes through third territory: choice among them, margins of hubs, and the base year that holds them.

A good of origin i and group g reaches buyer n directly or through a hub; routes are substitutes with
elasticity rho = q theta, q >= 1, below the choice of origins. With base value shares om of groups and phi
of routes, and z the cost of each route new over old,

    B_g = sum_r phi_r z_r^(-rho) ,  K = sum_g om_g B_g^(1/q) ,  value share of (g, r):  om_g B_g^(1/q) / K  phi_r z_r^(-rho) / B_g .

K takes the place of (kappa^)^(-theta) and does not change within a solve: a route's cost is a multiple
of the origin's. A ban closes the direct route for the covered part c_g of a group. Hubs keep the margin nu
of the value that they pass on: e of it is rent, the rest pays for their services.

Sources: METHODS, section 3; route choice in the spirit of Allen & Arkolakis (2022), ReStud 89:2911-2957.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium.arrays import Array

__all__ = ["RouteChange", "Routes", "Transit", "transit"]

Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Routes:
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
    """

    closed: Array | None = None
    cost: Array | None = None
    passing: Array | None = None
    nu: Array | None = None


@dataclass(frozen=True, slots=True)
class Transit:
    """Routes after a shock.

    Attributes
    ----------
    K
        ``[C]``: what the trade-cost factor of each flow is multiplied with.
    share
        ``[C, 1 + H]``: new value shares of routes, the direct one first.
    margin
        ``[C, H]``: what hubs keep of the value at the border.
    closed_share
        ``[C, H]``: the part of ``share`` through hubs that are goods whose direct route is closed.
    """

    K: Array
    share: Array
    margin: Array
    closed_share: Array


def transit(routes: Routes, change: RouteChange | None, theta: Array, part: float = 1.0) -> Transit:
    """Choose routes.

    Parameters
    ----------
    routes, change
        The base year and what happens to it.
    theta
        ``[s]``: trade elasticities.
    part
        Share of the change that is applied: costs geometrically, coverage and closures linearly.

    Returns
    -------
    Transit
    """
    if change is None:
        share = np.einsum("cg,cgr->cr", routes.om, routes.phi)
        nothing = np.zeros_like(routes.nu)
        return Transit(np.ones(len(routes.q)), share, share[:, 1:] * routes.nu, nothing)
    nu = routes.nu if change.nu is None else routes.nu + part * (change.nu - routes.nu)
    weight = routes.phi * _cheapness(routes, change, nu, theta, part)
    held = weight[:, :, 1:] * _let_through(change, part)
    within = (1.0 / routes.q)[:, None]
    closed = np.zeros_like(routes.om) if change.closed is None else part * change.closed
    free, barred = weight.sum(axis=2), held.sum(axis=2)
    value = routes.om * (1.0 - closed) * free**within
    value_barred = routes.om * closed * barred**within
    K = (value + value_barred).sum(axis=1)
    per = np.where(K > 0, K, 1.0)[:, None]
    open_ = _per(value / per, free)[:, :, None] * weight
    forced = _per(value_barred / per, barred)[:, :, None] * held
    share = open_.sum(axis=1)
    share[:, 1:] += forced.sum(axis=1)
    return Transit(K, share, share[:, 1:] * nu, forced.sum(axis=1))


def _cheapness(routes: Routes, change: RouteChange, nu: Array, theta: Array, part: float) -> Array:
    """z^(-rho) of every route ``[C, G, 1 + H]``."""
    rho = (routes.q * theta[routes.sector])[:, None, None]
    log_z = np.zeros_like(routes.phi)
    log_z[:, :, 1:] += (np.log1p(-routes.nu) - np.log1p(-nu))[:, None, :]
    if change.cost is None:
        return np.exp(-rho * log_z)
    shut = np.isinf(change.cost)
    log_z += part * np.where(shut, 0.0, change.cost)
    return np.where(shut, 1.0 - part, 1.0) * np.exp(-rho * log_z)


def _let_through(change: RouteChange, part: float) -> Array | float:
    return 1.0 if change.passing is None else 1.0 + part * (change.passing - 1.0)


def _per(value: Array, total: Array) -> Array:
    return np.divide(value, total, out=np.zeros_like(value), where=total > 0)
