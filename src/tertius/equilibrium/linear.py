# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exact derivatives of an equilibrium by the implicit-function theorem, forwards and backwards.

With equations E(z, c) = 0 in unknowns z and causes c, dz = -(dE/dz)^(-1) (dE/dc) dc. Forwards, a solve
gives the response of everything to some causes; backwards, one solve with the transposed matrix gives
the response of one weighted sum of log real incomes to every cause there is. Both use the same
log-linear equations, the same country blocks and the same Krylov method.

The equations sum to zero identically (Walras' law), so the matrix alone is singular. The numeraire is
added to each factor market in proportion: world value added, or that of each bloc where trade has
fallen apart, stays what it is.

Sources: Caliendo & Parro (2015), ReStud 82:1-44 (equations); Kleinman, Liu & Redding (2024),
"International friends and enemies" (first-order exposure; one sector).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear_blocks import CountryBlocks
from tertius.equilibrium.linear_causes import Direction, Gradient, gather, spread
from tertius.equilibrium.linear_equations import LinearEquations, Nodes
from tertius.equilibrium.linear_gmres import gmres
from tertius.equilibrium.linear_shares import linear_shares
from tertius.equilibrium.report import Outcome
from tertius.equilibrium.solve import Solution
from tertius.errors import BadInput, NotSolved

__all__ = ["Direction", "Gradient", "Linear", "Tangent", "gradient", "tangent"]

GOAL, LIMIT = 2e-14, 1e-11  # relative residual asked for, and the largest that is an answer
CHUNK = 48  # right-hand sides solved together


@dataclass(frozen=True, slots=True)
class Tangent:
    """First-order response of an equilibrium; a last axis R is there if the direction had one.

    Attributes
    ----------
    log_p, log_x, log_c
        ``[n, s]``: changes of logs of prices, expenditure, unit costs.
    log_w
        ``[n, f]``: of factor prices; world value added is the numeraire.
    log_pf, log_income, log_real_income
        ``[n]``: of the price index of final demand, of income, of their ratio.
    value_added, revenue, deficit, transfer
        ``[n]``: changes in the base's money (``transfer``: what coalitions and governments pass on).
    output
        ``[n, s]``: change of the value of output, the base's money.
    residual
        Largest relative residual of the linear solves.
    """

    log_p: Array
    log_x: Array
    log_c: Array
    log_w: Array
    log_pf: Array
    log_income: Array
    log_real_income: Array
    value_added: Array
    revenue: Array
    deficit: Array
    transfer: Array
    output: Array
    residual: float


class Linear:
    """The linearised equilibrium: shares and country blocks are made once, for any number of solves.

    Parameters
    ----------
    solution
        A converged solve, in any variant of factors, production and closure. The tighter its
        tolerance, the truer the derivative: an error e in the shares is one of order e in it.

    Raises
    ------
    NotSolved
        If the solution is none.
    BadInput
        If quotas or price caps are among its measures.
    """

    def __init__(self, solution: Solution) -> None:
        if solution.outcome is not Outcome.converged:
            raise NotSolved(f"derivatives need an equilibrium: {solution.outcome.value}")
        if not solution.system.smooth:
            raise BadInput(
                "derivatives", "quotas, price caps and capacities have kinks", "use differences of two solves"
            )
        self.shares = linear_shares(solution.system, solution.sweep, solution.blocs)
        self.equations = LinearEquations(self.shares)
        self.blocks = CountryBlocks(self.equations)

    def tangent(self, direction: Direction) -> Tangent:
        """Respond to causes; see :func:`tangent`."""
        k, eqs = self.shares, self.equations
        nodes, width = gather(k, direction)
        nothing = eqs.state(np.zeros((eqs.size, width or 1)))
        right = -eqs.residual(nothing, nodes)[0].flat()
        flat, residual = self._solve(right, transposed=False)
        at = eqs.state(flat)
        effect = eqs.residual(at, nodes)[1]
        log_income = effect.income / k.income[:, None]
        deficit = k.deficit @ effect.value_added
        parts = {
            "log_p": at.p.transpose(1, 0, 2),
            "log_x": at.x.transpose(1, 0, 2),
            "log_c": effect.log_c.transpose(1, 0, 2),
            "log_w": at.w,
            "log_pf": effect.log_pf,
            "log_income": log_income,
            "log_real_income": log_income - effect.log_pf,
            "value_added": effect.value_added,
            "revenue": effect.revenue,
            "deficit": deficit,
            "transfer": effect.income - effect.value_added - effect.revenue - deficit,
            "output": effect.Y.transpose(1, 0, 2),
        }
        if width is None:
            parts = {name: value[..., 0] for name, value in parts.items()}
        return Tangent(**parts, residual=residual)

    def gradient(self, weight: Array) -> Gradient:
        """Trace a weighted sum of log real incomes back to all causes; see :func:`gradient`."""
        single = weight.ndim == 1
        nodes, residual = self.multipliers(weight[:, None] if single else weight)
        return spread(self.shares, nodes, residual, single)

    def multipliers(self, weight: Array) -> tuple[Nodes, float]:
        """Derivatives at the nodes for weights ``[n, R]``: the gradient before it is spread over cells."""
        eqs = self.equations
        right = -eqs.transposed(None, weight)[0].flat()
        flat, residual = self._solve(right, transposed=True)
        return eqs.transposed(eqs.state(flat), weight)[1], residual

    def _solve(self, right: Array, transposed: bool) -> tuple[Array, float]:
        eqs, blocks = self.equations, self.blocks

        def forward(flat: Array) -> Array:
            return eqs.residual(eqs.state(flat), Nodes())[0].flat()

        def backward(flat: Array) -> Array:
            return eqs.transposed(eqs.state(flat), None)[0].flat()

        pair = (backward, blocks.transposed) if transposed else (forward, blocks)
        parts = [gmres(*pair, right[:, j : j + CHUNK], GOAL) for j in range(0, right.shape[1], CHUNK)]
        worst = max(float(relative.max()) for _, relative in parts)
        if not worst <= LIMIT:
            raise NotSolved(
                f"the linear equations keep a relative residual of {worst:.1e} (allowed {LIMIT:.0e}):"
                " the equilibrium is nearly singular here; look at a smaller shock"
            )
        return np.concatenate([z for z, _ in parts], axis=1), worst


def tangent(solution: Solution, direction: Direction) -> Tangent:
    """First-order response of everything to given perturbations.

    Parameters
    ----------
    solution
        A converged solve; the response is at that equilibrium, not at the base.
    direction
        What is perturbed, one direction or R of them in a last axis.

    Returns
    -------
    Tangent

    Raises
    ------
    NotSolved
        If the solution is none, or the linear system cannot be solved to 1e-11.
    """
    return Linear(solution).tangent(direction)


def gradient(solution: Solution, weight: Array) -> Gradient:
    """Derivative of sum_n weight_n ln(real income_n) with respect to every cause, by one adjoint solve.

    Parameters
    ----------
    solution
        A converged solve; the derivative is at that equilibrium.
    weight
        ``[n]``, or ``[n, R]`` for R sums at once.

    Returns
    -------
    Gradient

    Raises
    ------
    NotSolved
        If the solution is none, or the linear system cannot be solved to 1e-11.
    """
    return Linear(solution).gradient(weight)
