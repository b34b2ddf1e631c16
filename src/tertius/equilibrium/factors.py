# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Factors of production: one that moves, some that do not, two kinds of labour.

Each arrangement is an array phi ``[n, f, s]``: the share of factor f in the value added of sector s. A
factor belongs to a country and earns the same in every sector that uses it; a sector's value added is a
Cobb-Douglas mean of its factors.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tertius.equilibrium.arrays import Array, Baseline, Substitution
from tertius.equilibrium.kernels import times

__all__ = ["furnish", "mobile", "skills", "specific"]


def mobile(base: Baseline) -> Array:
    """One factor that moves freely between sectors (the long run)."""
    n, s = base.shape
    return np.ones((n, 1, s))


def specific(base: Baseline, share: float | Array = 1.0) -> Array:
    """Factors tied to their sector (the short run).

    Parameters
    ----------
    base
        The base year.
    share
        Share of value added that is tied, one number or ``[n, s]``; the rest is one mobile factor,
        which comes first. One means that nothing moves.

    Returns
    -------
    numpy.ndarray
        ``[n, 1 + s, s]``, or ``[n, s, s]`` if nothing moves. A good with two markets has one factor.
    """
    n, s = base.shape
    tied = np.broadcast_to(np.asarray(share, dtype=np.float64), (n, s))
    own = tied[:, None, :] * np.tile(np.eye(s // base.uses), base.uses)
    if np.all(tied == 1.0):
        return np.ascontiguousarray(own)
    return np.concatenate([1.0 - tied[:, None, :], own], axis=1)


def skills(base: Baseline, skilled: Array) -> Array:
    """Two kinds of labour, skilled first, both mobile between sectors.

    Parameters
    ----------
    base
        The base year.
    skilled
        Share of skilled labour in value added, ``[s]`` or ``[n, s]``.

    Returns
    -------
    numpy.ndarray
        ``[n, 2, s]``.
    """
    share = np.broadcast_to(np.asarray(skilled, dtype=np.float64), base.shape)
    return np.stack([share, 1.0 - share], axis=1)


def furnish(base: Baseline, phi: Array, sigma: Substitution) -> Baseline:
    """Give a base year other factors and other elasticities of substitution."""
    return replace(base, phi=phi, V=times(phi, base.beta * base.Y), sigma=sigma)
