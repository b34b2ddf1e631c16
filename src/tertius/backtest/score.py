# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Scores of predictions: sign, rank, magnitude, with intervals, as decision 15 fixed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

__all__ = ["SCORES", "Scores", "Z", "bootstrap", "gain", "relative", "score_rows", "scores_of", "wilson"]

Array = NDArray[np.float64]
Z = 1.6448536269514722  # two-sided 90 %
SCORES = ("sign_hits", "rank", "error", "bias")
BETTER = {"sign_hits": 1.0, "rank": 1.0, "error": -1.0}  # which way is better


@dataclass(frozen=True, slots=True)
class Scores:
    """How well predictions met outcomes.

    Attributes
    ----------
    rows
        Number of rows.
    sign_hits
        Share of rows with the right sign; a zero on either side counts one half.
    sign_lo, sign_hi
        Wilson's 90 % interval of it.
    rank
        Spearman's correlation; 0 if a side is constant.
    error
        Median absolute error of log changes.
    bias
        Median of prediction less outcome, log.
    """

    rows: int
    sign_hits: float
    sign_lo: float
    sign_hi: float
    rank: float
    error: float
    bias: float


def relative(values: Array, groups: Sequence[str]) -> Array:
    """Take the median of each group away: what all rows of an exporter share drops out.

    Examples
    --------
    >>> relative(np.array([1.0, 2.0, 4.0, 7.0]), ["a", "a", "a", "b"]).tolist()
    [-1.0, 0.0, 2.0, 0.0]
    """
    names = np.array(groups)
    out = np.array(values, dtype=float)
    for name in dict.fromkeys(groups):
        out[names == name] -= np.median(values[names == name])
    return out


def wilson(hits: float, rows: int, z: float = Z) -> tuple[float, float]:
    """Interval of a share (Wilson 1927, Journal of the American Statistical Association 22:209-212).

    Examples
    --------
    >>> tuple(round(v, 3) for v in wilson(8, 10, 1.96))
    (0.49, 0.943)
    """
    p, z2 = hits / rows, z * z / rows
    middle, half = (p + z2 / 2) / (1 + z2), z * np.sqrt(p * (1 - p) / rows + z2 / (4 * rows)) / (1 + z2)
    return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))


def score_rows(predicted: Array, actual: Array) -> dict[str, Array]:
    """Scores of many samples at once; a plain kernel.

    Parameters
    ----------
    predicted, actual
        Log changes ``[sample, row]``.

    Returns
    -------
    dict
        Each of ``SCORES``, ``[sample]``.
    """
    p, a = np.sign(predicted), np.sign(actual)
    hits = np.where((p == 0) | (a == 0), 0.5, p == a).mean(axis=1)
    gap = predicted - actual
    return {
        "sign_hits": hits,
        "rank": _spearman(predicted, actual),
        "error": np.median(np.abs(gap), axis=1),
        "bias": np.median(gap, axis=1),
    }


def _spearman(x: Array, y: Array) -> Array:
    """Rank correlation by sample; 0 where a side is constant."""
    rx, ry = (rankdata(v, axis=1) for v in (x, y))
    rx, ry = rx - rx.mean(axis=1, keepdims=True), ry - ry.mean(axis=1, keepdims=True)
    size = np.sqrt((rx**2).sum(axis=1) * (ry**2).sum(axis=1))
    return np.divide((rx * ry).sum(axis=1), size, out=np.zeros(len(x)), where=size > 0)


def scores_of(predicted: Array, actual: Array) -> Scores:
    """Give the scores of one set of rows.

    Examples
    --------
    >>> s = scores_of(np.array([0.1, -0.2, 0.3]), np.array([0.1, -0.2, 0.3]))
    >>> s.sign_hits, round(s.rank, 9), s.error
    (1.0, 1.0, 0.0)
    """
    found = {k: float(v[0]) for k, v in score_rows(predicted[None, :], actual[None, :]).items()}
    low, high = wilson(found["sign_hits"] * len(actual), len(actual))
    return Scores(len(actual), found["sign_hits"], low, high, found["rank"], found["error"], found["bias"])


def gain(score: str, own: Array | float, other: Array | float) -> Array | float:
    """How much better one's score is than another's: positive is better.

    Examples
    --------
    >>> gain("error", 0.25, 0.5), gain("rank", 0.5, 0.25)
    (0.25, 0.25)
    """
    return BETTER[score] * (own - other)


def bootstrap(
    methods: dict[str, Array], actual: Array, blocks: Sequence[str], draws: int, seed: int
) -> dict[str, dict[str, Array]]:
    """Score all methods on the same draws of blocks with replacement.

    Parameters
    ----------
    methods
        Name to predictions ``[row]``.
    actual
        Outcomes ``[row]``.
    blocks
        Block of each row (its importer): rows of a block are drawn together.
    draws, seed
        Number of draws and seed of the generator.

    Returns
    -------
    dict
        Method to score to ``[draw]``.
    """
    rng = np.random.default_rng(seed)
    names = np.array(blocks)
    members = [np.flatnonzero(names == b) for b in dict.fromkeys(blocks)]
    picks = rng.integers(len(members), size=(draws, len(members)))
    sizes = np.array([len(m) for m in members])[picks].sum(axis=1)
    out = {m: {s: np.empty(draws) for s in SCORES} for m in methods}
    for _, group in groupby(np.argsort(sizes, kind="stable"), key=lambda d: sizes[d]):
        here = np.array(list(group))
        rows = np.array([np.concatenate([members[k] for k in picks[d]]) for d in here])
        for method, values in methods.items():
            for score, found in score_rows(values[rows], actual[rows]).items():
                out[method][score][here] = found
    return out
