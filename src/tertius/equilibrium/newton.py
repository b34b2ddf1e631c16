# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Newton's method on the log-linear equations: the last digits where accelerated sweeps stall.

The matrix is never built: each step solves the equations of `linear_equations` at the present state by
GMRES, country blocks as the inverse. Away from an equilibrium they are the derivative up to terms of the
size of the residual, so convergence is quadratic all the same (Dembo, Eisenstat & Steihaug 1982, SIAM J.
Numer. Anal. 19:400-408).
"""

from __future__ import annotations

import numpy as np

from tertius.equilibrium.anderson import FixedPoint
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.diagnose import Blocs, blocs
from tertius.equilibrium.linear_blocks import CountryBlocks
from tertius.equilibrium.linear_equations import LinearEquations, Nodes
from tertius.equilibrium.linear_gmres import gmres
from tertius.equilibrium.linear_shares import linear_shares
from tertius.equilibrium.system import System

__all__ = ["newton"]

SHORTER = 8  # steps cut short that are allowed
FORCING = 1e-5  # relative residual of each linear solve
TRUST = 1.0  # largest step in any log


def newton(system: System, start: Array, tol: float, max_sweeps: int) -> FixedPoint:
    """Find an equilibrium from a state that is near one.

    Parameters
    ----------
    system
        The equations.
    start
        A state; progress is only sure near an equilibrium.
    tol
        Residual at which to stop.
    max_sweeps
        Evaluations of the equations allowed, in full or linearised.

    Returns
    -------
    FixedPoint
    """
    groups = blocs(system.trade.A)
    z, sweeps, shortened = start, 1, 0
    f, residual = system.step(z)
    trusted: tuple[Array, Array, float] | None = None  # state, direction there, share of it taken
    best = (residual, z)
    while residual > tol and sweeps < max_sweeps and shortened < SHORTER:
        move, products = _direction(system, z, f, groups)
        sweeps += products + 1
        if trusted is not None and not _contracts(move, *trusted[1:]):
            before, move, share = trusted
            share, shortened = share / 3, shortened + 1
            z = before
        elif move is None:
            break
        else:
            share = min(1.0, TRUST / max(float(np.abs(move).max()), 1e-300))
        trusted = (z, move, share)
        z = z + share * move
        f, residual = system.step(z)
        best = min(best, (residual, z), key=lambda pair: pair[0])
    return FixedPoint(best[1], best[0], sweeps, shortened, best[0] <= tol)


def _contracts(move: Array | None, last: Array, share: float) -> bool:
    """Whether what is left to go has shrunk as the last step promised, by a quarter of it at least.

    Steps are compared, not residuals: near autarky a small residual hides a long way (Deuflhard 2004,
    Newton Methods for Nonlinear Problems, ch. 3).
    """
    return move is not None and bool(np.abs(move).max() <= (1.0 - share / 4) * np.abs(last).max())


def _direction(system: System, z: Array, f: Array, groups: Blocs) -> tuple[Array | None, int]:
    """The step ``[size]`` that the linearised equations ask for, and what it took; None if there is none."""
    if not np.all(np.isfinite(f)):
        return None, 0
    try:
        equations = LinearEquations(linear_shares(system, system.sweep(z), groups))
        inverse = CountryBlocks(equations)
    except np.linalg.LinAlgError:
        return None, 1
    products = 0

    def operator(flat: Array) -> Array:
        nonlocal products
        products += 1
        return equations.residual(equations.state(flat), Nodes())[0].flat()

    right = _by_sector(system, f)
    right = right - _own_prices(equations, right)
    move, _ = gmres(operator, inverse, right, FORCING, cycles=4)
    if not np.all(np.isfinite(move)):
        return None, products
    return _by_country(system, move), products


def _own_prices(equations: LinearEquations, f: Array) -> Array:
    """What changes in the residuals if buyers see the prices of the state, as the linear equations say.

    A sweep lets them see the prices that its costs imply, which differ by f.
    """
    shift = Nodes(demand=-equations.k.theta[:, :, None] * equations.state(f).p)
    return equations.residual(equations.state(np.zeros_like(f)), shift)[0].flat()


def _by_sector(system: System, z: Array) -> Array:
    """A state of the sweep, prices and spending ``[n, s]``, in the order of the linear equations."""
    (n, s), size = system.base.shape, system.size
    grids = (z[k * size : (k + 1) * size].reshape(n, s).T.ravel() for k in range(2))
    return np.concatenate([*grids, z[2 * size :]])[:, None]


def _by_country(system: System, flat: Array) -> Array:
    """The way back."""
    (n, s), size = system.base.shape, system.size
    grids = (flat[k * size : (k + 1) * size, 0].reshape(s, n).T.ravel() for k in range(2))
    return np.concatenate([*grids, flat[2 * size :, 0]])
