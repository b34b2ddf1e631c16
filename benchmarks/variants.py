# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Tables of the variants of the model and of its derivatives, on the world of 2021."""

from __future__ import annotations

from statistics import median

import numpy as np
from economies import decoupling
from printing import header, row, times

import tertius as tt
from tertius.equilibrium.linear import gradient

LOW = tt.Substitution(0.2, 0.2, 0.2)
VARIANTS = {
    "mobile factor, Cobb-Douglas": ({}, 40),
    "specific factors": ({"factors": "specific"}, 120),
    "half specific": ({"factors": 0.5}, 120),
    "CES 0.2": ({"substitution": LOW}, 120),
    "specific factors, CES 0.2": ({"factors": "specific", "substitution": LOW}, 120),
}


def variants(bandwidth: float) -> None:
    """Print a solve in each variant: decoupling-x2, 1e-10 on all equations."""
    world = tt.load_world("icio-2021")
    z = decoupling(world)
    n, s = len(world.countries), len(world.sectors)
    bound = 8 * (2 * n * n * s + 2 * n * s * s) / bandwidth
    header("81x28 decoupling-x2", "median ms", "wanted ms", "evaluations", "method", "times bound each")
    for name, (options, wanted) in VARIANTS.items():
        eq = tt.solve(world, z, **options)
        eq.report.require()
        mid = median(times(lambda options=options: tt.solve(world, z, **options), 15))
        per = mid / eq.report.sweeps / bound
        row(name, f"{1e3 * mid:.1f}", wanted, eq.report.sweeps, eq.report.method, f"{per:.1f}")


def derivatives() -> None:
    """Print what exact derivatives cost at the base year."""
    world = tt.load_world("icio-2021")
    eq = tt.solve(world, tt.Wedges.neutral(world), tol=1e-12)
    one = np.zeros(len(world.countries))
    one[world.countries.index("KAZ")] = 1.0
    small = tt.Wedges.neutral(world)
    small.iceberg.loc["RUS", "KAZ"] = 1.01
    jobs = {
        "81x81 exposure to productivity": (lambda: tt.exposure(world), "1 s"),
        "81x81 exposure to trade costs": (lambda: tt.exposure(world, to="trade_cost"), ""),
        "gradient of one real income to every wedge": (lambda: gradient(eq.solution, one), ""),
        "response of everything to some wedges": (lambda: tt.response(eq, small), ""),
    }
    header("81x28, exact derivatives", "median", "wanted")
    for name, (job, wanted) in jobs.items():
        row(name, f"{1e3 * median(times(job, 5, 1)):.0f} ms", wanted)
