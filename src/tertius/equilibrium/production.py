# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Cost and use within a country: Cobb-Douglas, or nested CES with given elasticities.

The nest: factors make value added (Cobb-Douglas); inputs make a bundle; the two make output. In exact
hats, with base shares beta of value added and gamma of inputs,

    cv = prod_f w_f^phi_f ,   cm = [ sum_k gamma_k/(1-beta) P_k^(1-e) ]^(1/(1-e)) ,
    c  = [ beta cv^(1-h) + (1-beta) cm^(1-h) ]^(1/(1-h)) / A ,

each power mean a geometric one where its elasticity is one. Means are taken of x^r - 1, which keeps all
digits as r tends to zero. Both classes answer the same questions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array, Baseline, Substitution
from tertius.equilibrium.kernels import namespace, times, transposed_times

__all__ = ["CES", "CobbDouglas", "Costs", "final_demand", "production"]


@dataclass(frozen=True, slots=True)
class Costs:
    """Logs of cost hats ``[n, s]``: value added, inputs (None if not needed), output before productivity."""

    log_cv: Array
    log_cm: Array | None
    log_c: Array


class CobbDouglas:
    """Constant cost shares."""

    def __init__(self, base: Baseline) -> None:
        self.base = base

    def costs(self, log_w: Array, log_p: Array) -> Costs:
        """Unit costs at factor prices ``[n, f]`` and input prices ``[n, k]``."""
        b = self.base
        log_cv = transposed_times(b.phi, log_w)
        return Costs(log_cv, None, b.beta * log_cv + transposed_times(b.gamma, log_p))

    def inputs(self, costs: Costs, log_p: Array, Y: Array) -> Array:
        """Use of each product as an input ``[n, k]`` at output Y ``[n, s]``."""
        return times(self.base.gamma, Y)

    def value_added(self, costs: Costs, Y: Array) -> Array:
        """Payments to factors by sector ``[n, s]``."""
        return self.base.beta * Y


class CES:
    """Cost shares that respond to relative prices."""

    def __init__(self, base: Baseline) -> None:
        self.base, self.h, self.e = base, base.sigma.value_added, base.sigma.inputs
        self.rest = 1.0 - base.beta
        self.mean = base.gamma / np.where(self.rest > 0, self.rest, 1.0)[:, None, :]

    def costs(self, log_w: Array, log_p: Array) -> Costs:
        """Unit costs at factor prices ``[n, f]`` and input prices ``[n, k]``."""
        xp, b = namespace(log_p), self.base
        log_cv = transposed_times(b.phi, log_w)
        if self.e == 1.0:
            log_cm = transposed_times(self.mean, log_p)
        else:
            excess = transposed_times(self.mean, xp.expm1((1.0 - self.e) * log_p))
            log_cm = xp.log1p(excess) / (1.0 - self.e)
        if self.h == 1.0:
            return Costs(log_cv, log_cm, b.beta * log_cv + self.rest * log_cm)
        outer = b.beta * xp.expm1((1.0 - self.h) * log_cv) + self.rest * xp.expm1((1.0 - self.h) * log_cm)
        return Costs(log_cv, log_cm, xp.log1p(outer) / (1.0 - self.h))

    def inputs(self, costs: Costs, log_p: Array, Y: Array) -> Array:
        """Use of each product as an input ``[n, k]`` at output Y ``[n, s]``."""
        xp = namespace(log_p)
        log_cm = 0.0 if costs.log_cm is None else costs.log_cm
        weight = xp.exp((1.0 - self.h) * (log_cm - costs.log_c) - (1.0 - self.e) * log_cm)
        return xp.exp((1.0 - self.e) * log_p) * times(self.base.gamma, weight * Y)

    def value_added(self, costs: Costs, Y: Array) -> Array:
        """Payments to factors by sector ``[n, s]``."""
        xp = namespace(Y)
        return self.base.beta * xp.exp((1.0 - self.h) * (costs.log_cv - costs.log_c)) * Y


def production(base: Baseline) -> CobbDouglas | CES:
    """Choose the cheaper class that is right for a base year's elasticities."""
    s = base.sigma
    return CobbDouglas(base) if s.value_added == 1.0 and s.inputs == 1.0 else CES(base)


def final_demand(alpha: Array, log_p: Array, sigma: Substitution) -> tuple[Array, Array]:
    """Price index of final demand, log ``[n]``, and shares ``[n, s]`` at prices ``[n, s]``."""
    xp, e = namespace(log_p), sigma.final
    if e == 1.0:
        return (alpha * log_p).sum(axis=1), alpha
    excess = (alpha * xp.expm1((1.0 - e) * log_p)).sum(axis=1)
    log_pf = xp.log1p(excess) / (1.0 - e)
    return log_pf, alpha * xp.exp((1.0 - e) * (log_p - log_pf[:, None]))
