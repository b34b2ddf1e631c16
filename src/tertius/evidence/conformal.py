# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Anomalies with false-discovery control: ranks among products that were not banned.

If a banned product is exchangeable with the products that were not, its rank among them is uniform whatever
the distribution (conformal p-value); the procedure of Benjamini and Hochberg keeps its rate on such p-values
(Bates, Candes, Lei, Romano & Sesia 2023, Annals of Statistics 51:149-178).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["benjamini_hochberg", "conformal_p", "group_p", "permutation_p"]

Array = NDArray[np.float64]
SMALL, FINE = 0.02, 1000  # p-value to draw again, and the number of draws that counts as fine


def conformal_p(tested: Array, controls: Array) -> Array:
    """Give each tested score its p-value: its rank from above among the controls.

    Parameters
    ----------
    tested, controls
        Scores ``(m,)`` and ``(n,)``; large is anomalous.

    Returns
    -------
    array
        ``(1 + number of controls at least as large) / (1 + n)``.

    Examples
    --------
    >>> conformal_p(np.array([2.5, 9.0]), np.array([1.0, 2.0, 3.0])).tolist()
    [0.5, 0.25]
    """
    order = np.sort(controls)
    return (1 + len(order) - np.searchsorted(order, tested, side="left")) / (1 + len(order))


def benjamini_hochberg(p: Array) -> Array:
    """Give adjusted p-values (q-values): flag those at or under the wished rate.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.5, 0.02])).tolist()
    [0.03, 0.5, 0.03]
    """
    count = len(p)
    order = np.argsort(p)
    scaled = p[order] * count / np.arange(1, count + 1)
    out = np.empty(count)
    out[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1.0)
    return out


def group_p(group: Array, controls: Array, draws: int, rng: np.random.Generator) -> float:
    """Test whether a group scores higher than as many products drawn from group and controls.

    Exact if the group is exchangeable with the controls (permutation test). A small value is drawn again, ten
    times as finely.

    Examples
    --------
    >>> group_p(np.full(5, 9.0), np.zeros(50), 999, np.random.default_rng(0))
    0.0001
    """
    pool = np.concatenate([group, controls])
    picks = np.argpartition(rng.random((draws, len(pool))), len(group) - 1, axis=1)[:, : len(group)]
    null = pool[picks].mean(axis=1)
    found = float((1 + (null >= group.mean() - 1e-12).sum()) / (1 + draws))
    return group_p(group, controls, 10 * draws + 9, rng) if found <= SMALL and draws < FINE else found


def permutation_p(
    values: Array, treated: NDArray[np.bool_], draws: int, seed: int
) -> tuple[float, float, float]:
    """Compare treated with other values by reassigning who is treated at random.

    Returns
    -------
    tuple
        Difference of means, standard deviation of the difference under reassignment, one-sided p-value.
    """
    rng = np.random.default_rng(seed)
    n, k = len(values), int(treated.sum())
    total = values.sum()

    def gap(part: Array) -> Array:
        return part / k - (total - part) / (n - k)

    found = float(gap(values[treated].sum()))
    picks = np.argpartition(rng.random((draws, n)), k - 1, axis=1)[:, :k]
    null = gap(values[picks].sum(axis=1))
    return found, float(null.std()), float((1 + (null >= found - 1e-12).sum()) / (1 + draws))
