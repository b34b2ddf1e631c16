# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Base share of hub routes from leakage: one number identifies ``Phi^(1/q)``, so a grid over q and bounds."""

from __future__ import annotations

from math import exp, expm1, log

GRID = (1.25, 1.5, 2.0, 2.5, 3.0)
SMALLEST = 1e-12


def leakage_of(phi: float, q: float) -> float:
    """Leakage of a complete ban in partial equilibrium: ``(Phi^(1/q) - Phi) / (1 - Phi)``.

    Hubs carry the base share ``phi``. When the direct route closes, the delivered value falls to
    ``phi^(1/q)`` of its base (sources react with theta, routes with q theta) and all of it takes the hubs.

    Parameters
    ----------
    phi
        Base value share of hub routes, in (0, 1).
    q
        Route elasticity over trade elasticity, at least 1.

    Returns
    -------
    float
        Rise of hub flows over the fall of the direct flow; at most ``1 - 1/q``.
    """
    ln = log(phi)
    return -expm1(ln * (1 - 1 / q)) * phi ** (1 / q) / -expm1(ln)


def phi_of(leakage: float, q: float) -> float | None:
    """Base hub share that yields a leakage; None where no share does (``leakage >= 1 - 1/q``), 0 for none."""
    if leakage <= 0:
        return 0.0
    if leakage >= 1 - 1 / q:
        return None
    low, high = log(SMALLEST), -1e-12
    for _ in range(200):
        mid = (low + high) / 2
        if leakage_of(exp(mid), q) < leakage:
            low = mid
        else:
            high = mid
    return exp(high)


def least_q(leakage: float, bound: float) -> float:
    """Smallest q at which a hub share not above ``bound`` yields the leakage (1 if any does)."""
    low, high = 1.0 + 1e-9, 1.0e3
    if leakage <= 0 or leakage_of(bound, low) >= leakage:
        return 1.0
    if leakage_of(bound, high) < leakage:
        return float("inf")
    for _ in range(100):
        mid = (low + high) / 2
        if leakage_of(bound, mid) < leakage:
            low = mid
        else:
            high = mid
    return high
