# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Capacities of arcs: what a pipeline cannot carry raises its price until the rest takes other routes.

The scarcity price lambda of an arc is found by complementarity, 0 <= mu _|_ quantity <= limit, with
mu = ln(1 + lambda). It works like a higher margin: of the value at the border (nu + lambda) / (1 + lambda)
stay on the way, lambda / (1 + lambda) of them the scarcity rent of the arc's owner. Quantities are those
that enter the arc: what sellers earn there over their cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array, Baseline, Shock
from tertius.equilibrium.trade import Shares
from tertius.equilibrium.transit import Scarcity, Transit, transit
from tertius.routes.arrays import ArcLimit

__all__ = ["Arcs"]


@dataclass(frozen=True, slots=True)
class _Arc:
    """One limit: its flows, what they sent through the arc, the log of the limit."""

    arc: ArcLimit
    before: float
    log_limit: float

    @classmethod
    def of(cls, arc: ArcLimit, base: Baseline, share: float) -> _Arc:
        assert base.routes is not None
        r, rows, h = base.routes, arc.rows, arc.hub
        sent = base.trade[r.cells][rows] * r.share[rows, 1 + h] * (1.0 - r.nu[rows, h])
        return cls(arc, float(sent.sum()), share * float(np.log(arc.limit)))


class Arcs:
    """The capacities of one counterfactual.

    Parameters
    ----------
    base, shock
        The base year and the counterfactual, both with routes.
    share
        Part of the shock that is applied.
    """

    def __init__(self, base: Baseline, shock: Shock, share: float) -> None:
        assert shock.routes is not None
        self.base, self.shock, self.share = base, shock, share
        self.arcs = [_Arc.of(a, base, share) for a in shock.routes.limits]
        self.size = len(self.arcs)

    def moved(self, unknown: Array) -> Transit:
        """Routes at scarcity prices; below zero an unknown counts as zero, here as everywhere."""
        assert self.base.routes is not None
        price = np.zeros_like(self.base.routes.nu)
        for x, m in zip(self.arcs, np.maximum(unknown, 0.0), strict=True):
            price[x.arc.rows, x.arc.hub] = np.expm1(m)
        found = transit(self.base, self.shock, self.share, price)
        assert found is not None
        return found

    def apply(self, trade: Shares, old: Transit, new: Transit) -> Shares:
        """Shares of trade after routes have changed once more."""
        cells = new.routes.cells
        factor = np.divide(new.K, old.K, out=np.ones_like(new.K), where=old.K > 0)
        kept = (1.0 - new.margin.sum(axis=1)) / (1.0 - old.margin.sum(axis=1))
        A, B, C = trade.A.copy(), trade.B.copy(), trade.C.copy()
        A[cells] *= factor
        B[cells] *= factor
        C[cells] *= factor * kept
        return Shares(A, B, C)

    def settle(self, unknown: Array, flows: Array, moved: Transit, log_c: Array) -> Scarcity:
        """Quantities against limits, and who earns what scarcity brings.

        Parameters
        ----------
        unknown
            ``[arcs]``: logs of one plus scarcity prices.
        flows
            ``[C]``: values at the border, money.
        moved
            Routes at these prices.
        log_c
            ``[n, s]``: log of unit cost.
        """
        r, n, mu = moved.routes, len(self.base.VA), np.maximum(unknown, 0.0)
        scarce, received, fill = np.zeros_like(moved.margin), np.zeros(n), np.zeros(self.size)
        for k, (x, m) in enumerate(zip(self.arcs, mu, strict=True)):
            rows, h = x.arc.rows, x.arc.hub
            through = flows[rows] * moved.share[rows, 1 + h]
            rent = through * -np.expm1(-m)
            scarce[rows, h] = rent
            if x.arc.owner == "hub":
                received[r.hub[h]] += rent.sum()
            else:
                np.add.at(received, r.exporter[rows], rent)
            kept = through - flows[rows] * moved.margin[rows, h]
            sent = kept / np.exp(log_c[r.exporter[rows], r.sector[rows]])
            fill[k] = np.log(max(float(sent.sum()) / x.before, 1e-300)) - x.log_limit
        return Scarcity(np.expm1(mu), fill, scarce, received)

    def step(self, unknown: Array, at: Scarcity) -> tuple[Array, Array]:
        """Step of the unknowns, and by how much each condition is missed."""
        assert self.base.routes is not None
        r, mu = self.base.routes, np.maximum(unknown, 0.0)
        rho = np.array([(r.q * self.base.theta[r.sector])[x.arc.rows].mean() for x in self.arcs])
        return np.maximum(mu + at.fill / (1.0 + rho), 0.0) - unknown, np.abs(np.maximum(-mu, at.fill))

    def place(self, k: int) -> tuple[int, int]:
        """Exporter and sector of the first flow of a limit."""
        assert self.base.routes is not None
        row = self.arcs[k].arc.rows[0]
        return int(self.base.routes.exporter[row]), int(self.base.routes.sector[row])
