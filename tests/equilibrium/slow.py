# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A second, slow way to the same equilibrium, written from the printed equations without the engine's code.

Nested instead of joint: given wages, prices by plain iteration (a contraction, because value added is
part of every cost); given prices, spending by one dense linear system; given both, wages as a root of
the excess demands for labour, by short steps and then by Newton's method. Levels instead of logs, einsum
instead of batched products.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Slow:
    """Wage hats ``[n]``, price hats ``[n, s]``, trade ``[exporter, importer, s]``, incomes, percent."""

    w: np.ndarray
    P: np.ndarray
    trade: np.ndarray
    income: np.ndarray
    real_income: np.ndarray
    excess: float


def solve_slowly(world, z, own_share=False) -> Slow:
    """Solve a world after wedges; deficits fixed in world value added, or in own value added."""
    M0, t0, g = world.trade.values, world.tariff.values, world.input_share.values
    theta, n = world.elasticity.values, len(world.countries)
    t1, A, L = z.tariff.values, z.productivity.values, z.labour.values
    X0 = ((1 + t0) * M0).sum(axis=0)
    Y0 = M0.sum(axis=1)
    share = np.divide((1 + t0) * M0, X0[None], out=np.zeros_like(M0), where=X0[None] > 0)
    b = 1 - g.sum(axis=1)
    F0 = X0 - np.einsum("nks,ns->nk", g, Y0)
    a = F0 / F0.sum(axis=1, keepdims=True)
    VA0 = (b * Y0).sum(axis=1)
    D0 = M0.sum(axis=(0, 2)) - M0.sum(axis=(1, 2))
    kappa = z.iceberg.values * (1 + t1) / (1 + t0)
    weight = share * kappa**-theta  # an infinite iceberg to a negative power is zero

    def prices(w):
        P = np.ones_like(X0)
        for _ in range(20000):
            c = w[:, None] ** b * np.prod(P[:, :, None] ** g, axis=1) / A
            phi = np.einsum("ins,is->ns", weight, c**-theta)
            new = np.where(X0 > 0, np.where(X0 > 0, phi, 1.0) ** (-1 / theta), 1.0)
            if np.abs(new / P - 1).max() < 1e-15:
                break
            P = new
        safe = np.where(X0 > 0, phi, 1.0)
        return new, weight * (c**-theta)[:, None, :] / safe[None]

    def deficits(w):
        if not own_share:
            return D0
        own = w * L * VA0
        return D0 / VA0 * own - own / own.sum() * (D0 / VA0 * own).sum()

    def spending(w, pi):
        """X = g Y + a (w L VA + revenue + D), Y and revenue linear in X: one dense system."""
        s = len(theta)
        net = pi / (1 + t1)
        sold = np.einsum("nks,nms,sq->nkmsq", g, net, np.eye(s))  # X[n, k] from X[m, q] by inputs of n
        matrix = sold.sum(axis=3)
        revenue = np.einsum("ins,ins->ns", t1, net)  # own revenue per unit of own spending
        matrix += np.einsum("nk,ns,nm->nkms", a, revenue, np.eye(n))
        given = a * (w * L * VA0 + deficits(w))[:, None]
        size = n * s
        return np.linalg.solve(np.eye(size) - matrix.reshape(size, size), given.ravel()).reshape(n, s), net

    def state(log_w):
        w = np.exp(log_w)
        w = w * VA0.sum() / (w * L * VA0).sum()
        P, pi = prices(w)
        X, net = spending(w, pi)
        trade = net * X[None]
        paid = (b * trade.sum(axis=1)).sum(axis=1)
        return w, P, X, trade, np.log(paid / (w * L * VA0))

    def excess(log_w):
        """Excess demands for labour; by Walras' law one is redundant and gives way to a norm for wages."""
        gap = state(log_w)[-1]
        return np.append(gap[:-1], log_w.mean())

    log_w = np.zeros(n)
    gap = np.full(n, np.inf)
    while np.abs(gap).max() > 0.05:  # short steps first: wages rise where labour is in demand
        gap = state(log_w)[-1]
        log_w = log_w + np.clip(gap, -1, 1) / (1 + theta.max())
    log_w = log_w - log_w.mean()
    for _ in range(100):  # then Newton with difference quotients, halving steps that do not help
        h, f = 1e-6, excess(log_w)
        slope = [(excess(log_w + h * e) - excess(log_w - h * e)) / (2 * h) for e in np.eye(n)]
        move = np.linalg.solve(np.stack(slope, axis=1), f)
        move *= min(1.0, 20 / theta.max() / max(np.abs(move).max(), 1e-300))
        if np.abs(move).max() < 1e-13:
            break
        halves = (move / 2**k for k in range(12))
        log_w = log_w - next((m for m in halves if np.abs(excess(log_w - m)).max() < np.abs(f).max()), move)
    w, P, _, trade, gap = state(log_w)
    income = w * L * VA0 + (t1 * trade).sum(axis=(0, 2)) + deficits(w)
    real = 100 * (income / F0.sum(axis=1) / np.prod(P**a, axis=1) - 1)
    return Slow(w, P, trade, income, real, float(np.abs(gap).max()))
