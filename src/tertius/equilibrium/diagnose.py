# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Shocks that have no equilibrium, found before any iteration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium.arrays import Array, Baseline, Shock
from tertius.equilibrium.rationing import specific_share
from tertius.equilibrium.report import Outcome
from tertius.errors import BadInput

__all__ = ["Blocs", "Obstacle", "blocs", "checked", "obstacle"]

Blocs = tuple[tuple[int, ...], ...]

NEGLIGIBLE = 1e-9  # deficit of a bloc relative to its income below which it is rounding


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why no equilibrium exists, and where (sector -1: the whole country)."""

    outcome: Outcome
    countries: tuple[int, ...]
    sector: int = -1


def obstacle(base: Baseline, shock: Shock, A: Array, groups: Blocs) -> Obstacle | None:
    """Find the reason why a shock has no equilibrium, if there is one.

    Parameters
    ----------
    base, shock
        The base year and the counterfactual.
    A
        ``[s, n, i]``: pi (kappa^)^(-theta); zero where trade is closed.
    groups
        From :func:`blocs`.

    Returns
    -------
    Obstacle or None
    """
    abandoned = np.argwhere((A.sum(axis=2) <= 0) & (base.X.T > 0))
    if len(abandoned):
        s, n = map(int, abandoned[0])
        return Obstacle(Outcome.no_supplier, (n,), s)
    for members in groups if len(groups) > 1 else ():
        received = base.D if shock.transfer is None else base.D + shock.transfer
        across = any(0 < len(set(c) & set(members)) < len(c) for c in shock.coalitions)
        rows = list(members)
        if across or abs(received[rows].sum()) > NEGLIGIBLE * base.I[rows].sum():
            return Obstacle(Outcome.isolated_with_deficit, members)
    return None


def checked(base: Baseline, shock: Shock) -> None:
    """Refuse a shock that contradicts itself.

    Raises
    ------
    BadInput
        If transfers do not sum to zero, a country is in two coalitions, or a quota or cap makes no sense.
    """
    if shock.transfer is not None and abs(shock.transfer.sum()) > NEGLIGIBLE * base.I.sum():
        raise BadInput(
            "transfers", f"sum to {shock.transfer.sum():.6g}, not to zero", "say who pays what others receive"
        )
    members = [n for coalition in shock.coalitions for n in coalition]
    if len(set(members)) < len(members):
        raise BadInput("coalitions", "a country is in two coalitions", "merge them, or leave it out of one")
    for k, quota in enumerate(shock.quotas):
        flows = base.pi[quota.sector, quota.importer, quota.exporter]
        if not quota.limit > 0:
            raise BadInput(f"quotas[{k}]", f"limit {quota.limit} is not positive", "nothing at all is a ban")
        if not (flows * base.X[quota.importer, quota.sector]).sum() > 0:
            raise BadInput(f"quotas[{k}]", "none of its flows exists in the base year", "leave it out")
    for k, cap in enumerate(shock.caps):
        if not (cap.cap > 0 and 0 < cap.coverage <= 1):
            raise BadInput(f"caps[{k}]", "the price must be positive and the coverage in (0, 1]")
        if cap.exporter in cap.importers:
            raise BadInput(f"caps[{k}]", "the exporter is among the buyers", "own sales are never touched")
        if specific_share(base, cap.exporter, cap.sector) <= 0:
            raise BadInput(
                "price caps",
                "a price cap needs a rent to bite on, and no factor is tied to the sector",
                "solve the short run (run='short', --run short), or tie factors (factors='specific')",
            )


def blocs(A: Array) -> Blocs:
    """Give the groups of countries that still trade with each other, smallest first."""
    linked = np.asarray((A > 0).any(axis=0))
    reach: NDArray[np.bool_] = linked | linked.T | np.eye(len(linked), dtype=np.bool_)
    while True:
        wider = (reach.astype(np.float32) @ reach) > 0
        if np.array_equal(wider, reach):
            break
        reach = wider
    groups = {tuple(np.flatnonzero(row).tolist()) for row in reach}
    return tuple(sorted(groups, key=lambda g: (len(g), g)))
