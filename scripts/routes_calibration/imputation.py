# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Difference-in-differences for trade in levels: fit ``E y = a_c d_m`` on untreated cells, impute the rest.

The Poisson likelihood of a model with unit and month effects is maximised by proportional fitting (each
margin of the fitted cells equals the margin of the data), so no regression package is needed: rows with the
same pattern of untreated months can be added up first without changing the fit, and a bootstrap over codes
only reweights these sums. Imputation in the spirit of Borusyak, Jaravel & Spiess (2024, ReStud 91:3253-3285),
in the multiplicative form of Wooldridge (2023, Econometrics Journal 26:C31-C66).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

TOLERANCE = 1e-11  # relative change of a month effect
MOST_ROUNDS = 10_000


def month_effects(rows: Array, seen: Mask) -> Array:
    """Month effects of the two-way multiplicative model.

    Parameters
    ----------
    rows
        Untreated trade, shape ``(..., row, month)``; cells that are not ``seen`` are ignored.
    seen
        Which cells are untreated, shape ``(row, month)``.

    Returns
    -------
    array
        Effects ``(..., month)``, scaled to a mean of one.

    Raises
    ------
    ValueError
        A month without any untreated trade, or no convergence.
    """
    data = np.where(seen, rows, 0.0)
    margin = data.sum(axis=-2)
    if (margin <= 0).any():
        raise ValueError("a month has no untreated trade: its effect is not identified")
    total, effect = data.sum(axis=-1), np.ones_like(margin)
    see = seen.astype(float)
    for _ in range(MOST_ROUNDS):
        level = total / (effect @ see.T)
        new = margin / (level @ see)
        new /= new.mean(axis=-1, keepdims=True)
        if np.abs(new / effect - 1).max() < TOLERANCE:
            return new
        effect = new
    raise ValueError("the two-way fit did not converge")


def growth(effect: Array, base: Mask, window: Mask) -> Array:
    """Imputed trade in the window per unit of trade in the base, from month effects ``(..., month)``."""
    return effect[..., window].sum(axis=-1) / effect[..., base].sum(axis=-1)


def code_draws(strata: npt.NDArray[np.object_], draws: int, seed: int) -> Array:
    """Bootstrap weights ``(draws + 1, code)``: codes drawn with replacement within strata; row 0 is all ones.

    One draw gives a code the same weight for every partner and month, which is what clustering by code means.
    """
    rng = np.random.default_rng(seed)
    out = np.ones((draws + 1, len(strata)))
    for name in sorted(set(strata)):
        at = np.flatnonzero(strata == name)
        picks = rng.integers(len(at), size=(draws, len(at)))
        counts = np.zeros((draws, len(at)))
        np.add.at(counts, (np.arange(draws)[:, None], picks), 1.0)
        out[1:, at] = counts
    return out


def summary(draws: Array, level: float = 0.95) -> tuple[float, float, float, float]:
    """Point (row 0), standard error and percentile interval of bootstrap draws ``(draws + 1,)``."""
    point, rest = float(draws[0]), draws[1:]
    low, high = np.quantile(rest, [(1 - level) / 2, (1 + level) / 2])
    return point, float(rest.std(ddof=1)), float(low), float(high)
