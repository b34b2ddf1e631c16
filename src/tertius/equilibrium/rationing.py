# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Quotas and price caps: wedges that the equilibrium itself determines, by complementarity.

A quota's licences cost nothing, or the quantity is at its limit:  0 <= mu  _|_  q <= limit,
mu the log of one plus the ad-valorem price of a licence. It acts like a tariff where the importer owns
the licences, like an export tax where the exporter does. Quantities are counted as they arrive, at base
prices: q = sum M' / (c^ d^ (1 + e')), before the licence.

Under a price cap buyers take what they would take at the market price c^, and the gap (c^ - cap)+ on
what they buy is passed on to their country out of the exporter's specific factor. They are served in
full, or the cap just covers inputs and mobile factors, or they are not served at all:
0 <= served <= 1  _|_  cap - c^ (1 - share of the specific factor in cost).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium.arrays import Array, Baseline, PriceCap, Quota, Shock
from tertius.equilibrium.trade import Shares

__all__ = ["Rations", "Settled", "specific_share"]

FASTEST = 2.0  # largest step of the share served per log point between cap and variable cost


@dataclass(frozen=True, slots=True)
class Settled:
    """Where quotas and caps stand at a state.

    Attributes
    ----------
    licence, fill
        ``[q]``: ad-valorem price of a licence; ln(quantity / limit).
    served, gap, margin
        ``[c]``: share of the covered flow that is served; gap over the market price;
        ln(cap / cost of inputs and mobile factors).
    received
        ``[n]``: what caps bring (buyers) or cost (exporters), in money.
    """

    licence: Array
    fill: Array
    served: Array
    gap: Array
    margin: Array
    received: Array


@dataclass(frozen=True, slots=True)
class _Limit:
    """One quota: its cells, one over the base quantity, elasticities, trade costs of the cells."""

    quota: Quota
    at: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]
    per_base: float
    theta: Array
    melt: Array
    log_limit: float

    @classmethod
    def of(cls, quota: Quota, base: Baseline, shock: Shock, share: float) -> _Limit:
        at = (quota.sector, quota.importer, quota.exporter)
        before = base.trade[at]
        melt = np.ones(len(before)) if shock.iceberg is None else shock.iceberg[at] ** share
        if shock.export_tax is not None:
            melt = melt * (1.0 + share * shock.export_tax[at])
        return cls(
            quota,
            at,
            1.0 / float(before.sum()),
            base.theta[quota.sector],
            melt,
            share * float(np.log(quota.limit)),
        )


@dataclass(frozen=True, slots=True)
class _Cap:
    """One price cap: its cells, log level, share of the specific factor in value added, step."""

    cap: PriceCap
    at: tuple[int, NDArray[np.intp], int]
    log_cap: float
    tied: float
    speed: float

    @classmethod
    def of(cls, cap: PriceCap, base: Baseline, share: float) -> _Cap:
        i, s = cap.exporter, cap.sector
        tied = float(specific_share(base, i, s))
        rent = tied * base.beta[i, s]
        sold = base.trade[s, cap.importers, i].sum()
        slope = cap.coverage * sold / base.Y[i, s] * rent / max(1.0 - rent, 1e-6)
        speed = min(0.5 / max(slope, 1e-6), FASTEST)
        return cls(cap, (s, cap.importers, i), share * float(np.log(cap.cap)), tied, speed)


class Rations:
    """The quotas and caps of one counterfactual; their unknowns are one number each.

    Parameters
    ----------
    base, shock
        The base year and the counterfactual.
    share
        Part of the shock that is applied: limits and caps geometrically.
    """

    def __init__(self, base: Baseline, shock: Shock, share: float) -> None:
        self.n = len(base.VA)
        self.limits = [_Limit.of(q, base, shock, share) for q in shock.quotas]
        self.caps = [_Cap.of(c, base, share) for c in shock.caps]
        self.size = len(self.limits) + len(self.caps)

    def start(self) -> Array:
        """Licences cost nothing, buyers are served in full."""
        return np.concatenate([np.zeros(len(self.limits)), np.ones(len(self.caps))])

    def place(self, k: int) -> tuple[int, int]:
        """Exporter and sector of the first flow of a quota or cap."""
        if k < len(self.limits):
            s, _, i = self.limits[k].at
            return int(i[0]), int(s[0])
        cap = self.caps[k - len(self.limits)].cap
        return cap.exporter, cap.sector

    def _split(self, unknown: Array) -> tuple[Array, Array]:
        """Logs of one plus the price of licences, shares served; in their ranges."""
        q = len(self.limits)
        return np.maximum(unknown[:q], 0.0), np.clip(unknown[q:], 0.0, 1.0)

    def apply(self, trade: Shares, unknown: Array) -> Shares:
        """Shares of trade after licences and refusals."""
        mu, served = self._split(unknown)
        A, B = trade.A.copy(), trade.B.copy()
        apart = trade.C is not trade.B or any(x.quota.owner == "exporter" for x in self.limits)
        C = trade.C.copy() if apart else B
        for x, m in zip(self.limits, mu, strict=True):
            A[x.at] *= np.exp(-x.theta * m)
            B[x.at] *= np.exp(-(x.theta + (x.quota.owner == "importer")) * m)
            if apart:
                C[x.at] *= np.exp(-(x.theta + 1.0) * m)
        for y, open_ in zip(self.caps, served, strict=True):
            for shares in (A, B, C) if apart else (A, B):
                shares[y.at] *= 1.0 - y.cap.coverage * (1.0 - open_)
        return Shares(A, B, C)

    def settle(self, trade: Shares, unknown: Array, a: Array, v: Array, log_c: Array, b: Array) -> Settled:
        """Where quotas and caps stand.

        Parameters
        ----------
        trade
            From :meth:`apply`.
        unknown
            ``[size]``.
        a, v
            ``[s, i]``, ``[s, n]``: c^^(-theta), X' / Phi.
        log_c, b
            ``[n, s]``: cost after productivity; share of value added in cost.
        """
        mu, served = self._split(unknown)
        fill = np.array([self._fill(x, m, trade, a, v, log_c) for x, m in zip(self.limits, mu, strict=True)])
        gap, margin, received = np.zeros(len(self.caps)), np.zeros(len(self.caps)), np.zeros(self.n)
        for k, (y, open_) in enumerate(zip(self.caps, served, strict=True)):
            s, i = y.cap.sector, y.cap.exporter
            over = y.log_cap - log_c[i, s]
            gap[k] = -np.expm1(min(over, 0.0))
            margin[k] = over - np.log(max(1.0 - b[i, s] * y.tied, 1e-300))
            covered = y.cap.coverage * open_ / max(1.0 - y.cap.coverage * (1.0 - open_), 1e-300)
            passed = gap[k] * covered * trade.C[y.at] * v[s, y.cap.importers] * a[s, i]
            received[y.cap.importers] += passed
            received[i] -= passed.sum()
        return Settled(np.expm1(mu), fill, served, gap, margin, received)

    @staticmethod
    def _fill(x: _Limit, mu: float, trade: Shares, a: Array, v: Array, log_c: Array) -> float:
        s, n, i = x.at
        value = trade.B[x.at] * v[s, n] * a[s, i] / (x.melt * np.exp(log_c[i, s]))
        if x.quota.owner == "exporter":
            value = value * np.exp(-mu)
        return float(np.log(max(x.per_base * value.sum(), 1e-300)) - x.log_limit)

    def step(self, unknown: Array, at: Settled) -> tuple[Array, Array]:
        """Step of the unknowns, and by how much each condition is missed."""
        mu, served = self._split(unknown)
        slope = np.array([1.0 + float(x.theta.mean()) for x in self.limits])
        speed = np.array([y.speed for y in self.caps])
        step = np.concatenate(
            [np.maximum(mu + at.fill / slope, 0.0), np.clip(served + speed * at.margin, 0.0, 1.0)]
        )
        missed = np.concatenate([np.maximum(-mu, at.fill), np.clip(served + at.margin, 0.0, 1.0) - served])
        return step - unknown, np.abs(missed)


def specific_share(base: Baseline, country: int, sector: int) -> float:
    """Share of factors that no other sector uses in the value added of one sector."""
    phi = base.phi[country]
    alone = (phi > 0).sum(axis=1) == 1
    return float(phi[alone, sector].sum())
