# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What the equations read: plain arrays, no labels. Sector first where trade is, country first elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Baseline", "Shock", "sector_first"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Baseline:
    """A balanced base year in the notation of Caliendo & Parro (2015); money in any one unit.

    Attributes
    ----------
    pi, tariff
        ``[s, n, i]``: expenditure shares of importer n (sum to one over exporters i); ad valorem.
    gamma
        ``[n, k, s]``: cost share of input k in sector s.
    beta, alpha, X
        ``[n, s]``: value added in output, share in final expenditure, expenditure with tariff.
    theta
        ``[s]``: trade elasticity.
    VA, D, R, I
        ``[n]``: value added, deficit, tariff revenue, income (I = VA + R + D).
    """

    pi: Array
    tariff: Array
    gamma: Array
    beta: Array
    alpha: Array
    X: Array
    theta: Array
    VA: Array
    D: Array
    R: Array
    I: Array  # noqa: E741 - the paper's name

    @cached_property
    def pi_before_tariff(self) -> Array:
        """Pi / (1 + t) ``[s, n, i]``: what reaches the exporter of each unit spent; kept once computed."""
        return self.pi / (1.0 + self.tariff)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of countries and sectors."""
        n, s = self.X.shape
        return n, s


@dataclass(frozen=True, slots=True)
class Shock:
    """A counterfactual: hats (new over base), but tariffs as new levels; None leaves all as it is.

    Attributes
    ----------
    iceberg, tariff
        ``[s, n, i]``; an infinite iceberg is an embargo.
    productivity
        ``[n, s]``.
    labour
        ``[n]``.
    """

    iceberg: Array | None = None
    tariff: Array | None = None
    productivity: Array | None = None
    labour: Array | None = None


def sector_first(flows: Array) -> Array:
    """Turn ``[exporter, importer, sector]`` into contiguous ``[sector, importer, exporter]``.

    Contiguity matters: a batched product over a transposed view is five times slower.

    Examples
    --------
    >>> sector_first(np.zeros((2, 2, 3))).shape
    (3, 2, 2)
    """
    return np.ascontiguousarray(flows.transpose(2, 1, 0))
