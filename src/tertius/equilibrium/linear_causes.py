# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Causes: what may be perturbed, and how cells add up to the nodes of the linear equations (and back).

With A, B, C the shares of `trade.Shares` and kappa^ = d^ (1 + e') (1 + t') / (1 + t):

    dln A = dln s - th dln kappa - ln kappa^ dth ,  dln kappa = dln d + dt / (1 + t') + dln(1 + e) ,
    dln B = dln A - dt / (1 + t') ,   dln C = dln B - dln(1 + e) .
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear_equations import Nodes
from tertius.equilibrium.linear_shares import Hubs, LinearShares

__all__ = ["Direction", "Gradient", "gather", "partner_costs", "spread"]


@dataclass(frozen=True, slots=True)
class Direction:
    """Perturbations; None is none. Each may have a last axis of R directions, all the same R.

    Attributes
    ----------
    iceberg
        ``[s, n, i]``: log.
    tariff
        ``[s, n, i]``: level of the rate, 0.01 is one point.
    export_tax
        ``[s, n, i]``: ln(1 + e).
    taste
        ``[s, n, i]``: log.
    productivity, endowment
        ``[n, s]``, ``[n, f]``: logs.
    theta
        ``[s]``: level; icebergs held fixed, so a partial ban made of one closes more as theta rises.
    transfer
        ``[n]``: money received, in the base's unit; should sum to zero.
    """

    iceberg: Array | None = None
    tariff: Array | None = None
    export_tax: Array | None = None
    taste: Array | None = None
    productivity: Array | None = None
    endowment: Array | None = None
    theta: Array | None = None
    transfer: Array | None = None


@dataclass(frozen=True, slots=True)
class Gradient:
    """Derivatives of a weighted sum of log real incomes, by the names and units of `Direction`.

    A last axis R is there if the weights had one; ``residual`` is the largest relative residual of the
    linear solves.
    """

    iceberg: Array
    tariff: Array
    export_tax: Array
    taste: Array
    productivity: Array
    endowment: Array
    theta: Array
    transfer: Array
    residual: float


CELLS = ("iceberg", "tariff", "export_tax", "taste")


def gather(k: LinearShares, direction: Direction) -> tuple[Nodes, int | None]:
    """Add a direction up to nodes.

    Returns
    -------
    tuple
        The nodes, and the number of directions; None if they had no axis of their own.
    """
    given = {f.name: getattr(direction, f.name) for f in fields(direction)}
    given = {name: value for name, value in given.items() if value is not None}
    ranks = {name: 3 if name in CELLS else 1 if name in ("theta", "transfer") else 2 for name in given}
    batched = [name for name, value in given.items() if value.ndim > ranks[name]]
    width = given[batched[0]].shape[-1] if batched else None
    wide = {name: v if name in batched else v[..., None] for name, v in given.items()}
    theta = wide["theta"][:, None, :] if "theta" in wide else None
    nodes = _cells(k, wide, theta)
    nodes.productivity, nodes.endowment = wide.get("productivity"), wide.get("endowment")
    nodes.theta, nodes.transfer = theta, wide.get("transfer")
    return nodes, width


def _cells(k: LinearShares, wide: dict[str, Array], theta: Array | None) -> Nodes:
    """Sums over cells of dln A, dln B, dln C with their weights."""
    through_theta = theta is not None and bool(k.log_kappa.any())
    if not through_theta and not any(name in wide for name in CELLS):
        return Nodes()
    tariff: Array | float = wide["tariff"] / k.tax[..., None] if "tariff" in wide else 0.0
    export: Array | float = wide.get("export_tax", 0.0)
    kappa = wide.get("iceberg", 0.0) + tariff + export
    a = wide.get("taste", 0.0) - k.theta[:, :, None, None] * kappa
    if theta is not None and through_theta:
        a = a - k.log_kappa[..., None] * theta[:, :, None, :]
    a = np.broadcast_to(a, (*k.pi.shape, a.shape[-1]))
    b = a - tariff
    c = b - export
    sold = np.einsum("sni,snir->sir", k.Z, c)
    border = k.M[..., None] * b
    taxed, hubs = border.sum(axis=(0, 1)) - sold.sum(axis=0), None
    if k.hubs is not None:
        taxed -= np.einsum("sni,snir->ir", k.hubs.paid, b)
        hubs = k.hubs.margins.T @ b[k.hubs.routes.cells]
    return Nodes(
        price=np.matmul(k.pi[:, :, None, :], a)[:, :, 0, :],
        sold=sold,
        imported=border.sum(axis=(0, 2)),
        taxed=taxed,
        hubs=hubs,
    )


def _there(*nodes: Array | None) -> list[Array]:
    """The nodes, all of which a backward pass has filled."""
    return [node for node in nodes if node is not None]


def spread(k: LinearShares, nodes: Nodes, residual: float, single: bool) -> Gradient:
    """Give the derivative with respect to every cell, from those with respect to the nodes."""
    price, sold, imported, taxed = _there(nodes.price, nodes.sold, nodes.imported, nodes.taxed)
    productivity, endowment, theta, transfer = _there(
        nodes.productivity, nodes.endowment, nodes.theta, nodes.transfer
    )
    kept = k.Z[..., None] * (sold - taxed)[:, None, :, :]  # through C
    border = k.M[..., None] * (imported[None, :, None, :] + taxed[None, None, :, :])
    through_b = kept + border
    if k.hubs is not None:
        through_b[k.hubs.routes.cells] += _margins(k.hubs, nodes, taxed)
    a = k.pi[..., None] * price[:, :, None, :] + through_b
    iceberg = -k.theta[:, :, None, None] * a
    parts = {
        "iceberg": iceberg,
        "tariff": (iceberg - through_b) / k.tax[..., None],
        "export_tax": iceberg - kept,
        "taste": a,
        "productivity": productivity,
        "endowment": endowment,
        "theta": theta[:, 0, :] - np.einsum("sni,snir->sr", k.log_kappa, a),
        "transfer": transfer,
    }
    if single:
        parts = {name: value[..., 0] for name, value in parts.items()}
    return Gradient(**parts, residual=residual)


def _margins(hubs: Hubs, nodes: Nodes, taxed: Array) -> Array:
    """Derivative with respect to dln B of routed flows, through what hubs keep of them ``[C, R]``."""
    assert nodes.hubs is not None
    paid = hubs.margins.sum(axis=1)[:, None]
    return hubs.margins @ nodes.hubs - paid * taxed[hubs.routes.exporter]


def partner_costs(k: LinearShares, nodes: Nodes) -> Array:
    """Derivative with respect to one log iceberg on all of a country's trade with others ``[source, R]``.

    The sum over the cells of :func:`spread` that have the country on one side, without building them:
    each cell's derivative is a sum of terms that depend on the buyer or on the seller alone.
    """
    price, sold, imported, taxed = _there(nodes.price, nodes.sold, nodes.imported, nodes.taxed)
    abroad = -k.theta[:, :, None] * (1.0 - np.eye(k.pi.shape[1]))
    pi, M, Z = abroad * k.pi, abroad * k.M, abroad * k.Z
    kept, border = sold - taxed, M.sum(axis=0)
    buying = (pi.sum(axis=2)[:, :, None] * price + Z @ kept).sum(axis=0)
    selling = (pi.transpose(0, 2, 1) @ price + Z.sum(axis=1)[:, :, None] * kept).sum(axis=0)
    buying += border.sum(axis=1)[:, None] * imported + border @ taxed
    selling += border.sum(axis=0)[:, None] * taxed + border.T @ imported
    if k.hubs is not None:
        s, n, i = k.hubs.routes.cells
        through = -k.theta[s] * _margins(k.hubs, nodes, taxed)
        np.add.at(buying, n, through)
        np.add.at(selling, i, through)
    return buying + selling
