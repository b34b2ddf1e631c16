# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The plain way to the same equilibrium, for a ratio: nested tatonnement in NumPy.

Written as a first program would be: einsum on arrays as they come, loops over prices and over spending
inside a loop over wages, wages moved by 0.3 times excess demand, prices and spending damped by 0.3 or
taken in full. It stops where the engine stops: on the largest residual of any equation (prices in logs,
goods relative to own income, excess demand for factors). One mobile factor, Cobb-Douglas, fixed deficits.

``python benchmarks/nested.py [seconds]`` prints both times on the world of 2021
(81 economies, 28 sectors) with West-Russia costs doubled.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from statistics import median
from time import perf_counter

if __name__ == "__main__":  # before NumPy is imported
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

import tertius as tt

DAMPING = 0.3
NESTED, SHORT = 10_000, 3  # passes allowed inside one step of wages: until solved, or hardly any


@dataclass(frozen=True, slots=True)
class Nested:
    """How far it came: wages (hats), largest residual, passes over the equations, seconds."""

    w: np.ndarray
    residual: float
    passes: int
    seconds: float


def nested(
    world: tt.World,
    z: tt.Wedges,
    inner: int = NESTED,
    tol: float = 1e-10,
    limit: float = 120.0,
    damping: float = DAMPING,
) -> Nested:
    """Solve a world after wedges; give up after ``limit`` seconds with what there is.

    ``inner`` passes over prices, then over spending, at most; each takes ``damping`` of its step.
    """
    a = world.accounts
    t0, t1 = world.tariff_values, z.tariff.values
    theta, g, b, alpha = world.elasticity_values, world.input_share_values, a.value_added_share, a.final_share
    A, VA = z.productivity.values, a.value_added * z.labour.values
    weight = a.trade_share * (z.iceberg.values * (1 + t1) / (1 + t0)) ** -theta
    used = a.expenditure > 0
    w, P, X = np.ones_like(VA), np.ones_like(b), a.expenditure.copy()
    began, passes = perf_counter(), 0

    def prices(P):
        c = w[:, None] ** b * np.exp(np.einsum("nks,nk->ns", g, np.log(P))) / A
        terms = np.einsum("ins,is->ins", weight, c**-theta)
        phi = np.where(used, terms.sum(axis=0), 1.0)
        return phi ** (-1 / theta), terms / phi

    def spending(X, pi):
        M = np.einsum("ins,ns->ins", pi / (1 + t1), X)
        Y = np.einsum("ins->is", M)
        income = w * VA + np.einsum("ins,ins->n", t1, M) + a.deficit
        return np.einsum("nks,ns->nk", g, Y) + alpha * income[:, None], Y, income

    while True:
        for _ in range(inner):
            new, pi = prices(P)
            gap_p = np.abs(np.log(new / P)).max()
            P, passes = P * (new / P) ** damping, passes + 1
            if gap_p <= tol / 2:
                break
        for _ in range(inner):
            new, Y, income = spending(X, pi)
            gap_x = (np.abs(new - X) / np.abs(income)[:, None]).max()
            X, passes = X + damping * (new - X), passes + 1
            if gap_x <= tol / 2:
                break
        excess = np.einsum("ns,ns->n", b, Y) / (w * VA) - 1
        residual = float(max(gap_p, gap_x, np.abs(excess).max()))
        if residual <= tol or perf_counter() - began > limit:
            return Nested(w, residual, passes, perf_counter() - began)
        w = w * (1 + DAMPING * np.clip(excess, -0.5, 0.5))
        w *= a.value_added.sum() / (w * VA).sum()


def compare(world: tt.World, z: tt.Wedges, repeats: int = 9, limit: float = 120.0) -> dict[str, float]:
    """Seconds of both, their ratio, and how far apart the wages are.

    ``nested`` solves prices, then spending, for each step of wages; ``full`` does so with full steps;
    ``short`` breaks damped steps off after three passes: not the textbook any more.
    """
    tt.solve(world, z)
    ours = [tt.solve(world, z) for _ in range(repeats)]
    w, seconds = ours[-1].wage_hat.values, median(eq.report.seconds for eq in ours)
    found = {"engine seconds": seconds, "engine residual": ours[-1].report.residual}
    for name, inner, damping in (
        ("nested", NESTED, DAMPING),
        ("full", NESTED, 1.0),
        ("short", SHORT, DAMPING),
    ):
        plain = nested(world, z, inner, limit=limit, damping=damping)
        found |= {
            f"{name} seconds": plain.seconds,
            f"{name} residual": plain.residual,
            f"{name} passes": plain.passes,
            f"{name} ratio": plain.seconds / seconds,
            f"{name} difference of wages": float(np.abs(plain.w / w - 1).max()),
        }
    return found


def main() -> None:
    """Print the comparison."""
    world = tt.load_world("icio-2021")
    z = tt.Scenario.load("decoupling-x2").wedges(world)
    found = compare(world, z, limit=float(sys.argv[1]) if len(sys.argv) > 1 else 120.0)
    for name, value in found.items():
        print(f"{name:28s} {value:.3g}")


if __name__ == "__main__":
    main()
