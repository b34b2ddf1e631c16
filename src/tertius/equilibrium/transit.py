# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Routes through third territory: choice among them, margins of hubs, and the base year that holds them.

A good of origin i and group g reaches buyer n directly or through a hub; routes are substitutes with
elasticity rho = q theta, q >= 1, below the choice of origins. With base value shares om of groups and phi
of routes, and z the cost of each route new over old,

    B_g = sum_r phi_r z_r^(-rho) ,  K = sum_g om_g B_g^(1/q) ,
    value share of (g, r):  om_g B_g^(1/q) / K  phi_r z_r^(-rho) / B_g .

K takes the place of (kappa^)^(-theta) and does not change within a solve: a route's cost is a multiple
of the origin's. A ban closes the direct route for the covered part c_g of a group. Hubs keep the margin nu
of the value that they pass on: e of it is rent, the rest pays for their services.

Sources: METHODS, section 3; route choice in the spirit of Allen & Arkolakis (2022), ReStud 89:2911-2957.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tertius.equilibrium.arrays import Array, Baseline, Shock
from tertius.routes.arrays import RouteArrays, RouteChange

__all__ = ["Scarcity", "Transit", "routed", "transit"]


@dataclass(frozen=True, slots=True)
class Scarcity:
    """Where capacities of arcs stand at a state.

    Attributes
    ----------
    price, fill
        ``[arcs]``: scarcity price over the price on the way; ln(quantity / limit).
    scarce
        ``[C, H]``: part of what stays on the way that is scarcity rent, money.
    received
        ``[n]``: scarcity rents by owner.
    """

    price: Array
    fill: Array
    scarce: Array
    received: Array


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
    barred
        ``[C, H]``: the part of ``share`` through hubs that are goods whose direct route is closed.
    """

    routes: RouteArrays
    K: Array
    share: Array
    margin: Array
    barred: Array

    def flows(self, B: Array, a: Array, v: Array) -> Array:
        """Routed flows at the border, money ``[C]``; B after quotas, a and v as in a sweep."""
        s, n, i = self.routes.cells
        return B[s, n, i] * v[s, n] * a[s, i]

    def paid_by_seller(self, flows: Array, n: int) -> Array:
        """What stays on the way of each country's sales ``[n]``."""
        paid = np.zeros(n)
        np.add.at(paid, self.routes.exporter, flows * self.margin.sum(axis=1))
        return paid

    def received(self, flows: Array, n: int, scarcity: Scarcity | None = None) -> tuple[Array, Array]:
        """Rents, scarcity included, and payments for services ``[n]``."""
        margins = flows[:, None] * self.margin
        if scarcity is None:
            return self.routes.received(margins, n)
        rents, services = self.routes.received(margins - scarcity.scarce, n)
        return rents + scarcity.received, services

    def margins(self, B: Array, a: Array, v: Array) -> Array:
        """What hubs keep of each flow, in money ``[C, H]``."""
        return self.flows(B, a, v)[:, None] * self.margin


def transit(base: Baseline, shock: Shock, part: float = 1.0, scarcity: Array | None = None) -> Transit | None:
    """Choose routes, if there are any to choose from.

    Parameters
    ----------
    base, shock
        The base year and what happens to it.
    part
        Share of the change that is applied: costs geometrically, coverage and closures linearly.
    scarcity
        ``[C, H]``: scarcity prices of the arcs, over the price on the way; they come on top, in full.

    Returns
    -------
    Transit or None
    """
    routes, change, theta = base.routes, shock.routes, base.theta
    if routes is None:
        return None
    if change is None:
        return Transit(routes, np.ones(len(routes.q)), routes.share, routes.margin, np.zeros_like(routes.nu))
    nu = routes.nu if change.nu is None else routes.nu + part * (change.nu - routes.nu)
    if scarcity is not None:
        nu = (nu + scarcity) / (1.0 + scarcity)
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
    return Transit(routes, K, share, share[:, 1:] * nu, forced.sum(axis=1))


def _cheapness(routes: RouteArrays, change: RouteChange, nu: Array, theta: Array, part: float) -> Array:
    """z^(-rho) of every route ``[C, G, 1 + H]``."""
    rho = (routes.q * theta[routes.sector])[:, None, None]
    log_z = np.zeros_like(routes.phi)
    log_z[:, :, 1:] += (np.log1p(-routes.nu) - np.log1p(-nu))[:, None, :]
    if change.cost is None:
        return np.exp(-rho * log_z)
    shut = np.isinf(change.cost)
    log_z += part * np.where(shut, 0.0, change.cost)
    cheap = np.where(shut, 1.0 - part, 1.0)
    dearer = (log_z != 0.0) & (routes.phi > 0)  # powers only of routes that change and that anything takes
    cheap[dearer] *= np.exp(-np.broadcast_to(rho, log_z.shape)[dearer] * log_z[dearer])
    return cheap


def _let_through(change: RouteChange, part: float) -> Array | float:
    return 1.0 if change.passing is None else 1.0 + part * (change.passing - 1.0)


def _per(value: Array, total: Array) -> Array:
    return np.divide(value, total, out=np.zeros_like(value), where=total > 0)


def routed(base: Baseline, routes: RouteArrays) -> Baseline:
    """Give a base year its routes: the same flows, of which hubs keep a margin.

    Sellers receive less than buyers pay at the border, hubs earn rents and sell services; output, value
    added, final demand and deficits follow. Written for one mobile factor.

    Parameters
    ----------
    base
        A base year without routes, one mobile factor, Cobb-Douglas.
    routes
        Its routes.

    Returns
    -------
    Baseline
        Hubs produce more services and so need more inputs. Where a good is hardly for final use that would
        leave less than nothing of it: then its share in all costs of the country falls until nothing is left,
        and value added takes its place.
    """
    bare = replace(base, routes=routes)
    Y = bare.Y
    used = np.matmul(base.gamma, Y[:, :, None])[:, :, 0]
    fits = np.where(used > base.X, base.X / np.where(used > 0, used, 1.0), 1.0)
    gamma = base.gamma * fits[:, :, None]
    beta = base.beta + (base.gamma - gamma).sum(axis=1)
    final = base.X - used * fits
    VA, income = (beta * Y).sum(axis=1), final.sum(axis=1)
    return replace(
        bare,
        gamma=gamma,
        beta=beta,
        alpha=final / income[:, None],
        VA=VA,
        D=income - VA - base.R - bare.H,
        I=income,
        V=VA[:, None],
    )
