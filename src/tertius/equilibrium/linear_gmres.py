# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""GMRES for many right-hand sides at once, each with its own Krylov space; products stay matrix products.

Saad & Schultz (1986), SIAM J. Sci. Stat. Comput. 7:856-869, preconditioned from the right, so that the
residual is the true one. A cycle ends after six digits, which one pass of classical Gram-Schmidt can
give, and the next one starts from the recomputed residual.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tertius.equilibrium.arrays import Array

__all__ = ["gmres"]

Operator = Callable[[Array], Array]
CYCLE = 1e-6  # reduction of the residual within one cycle
TINY = 1e-300


def gmres(
    operator: Operator, inverse: Operator, right: Array, tol: float, depth: int = 40, cycles: int = 12
) -> tuple[Array, Array]:
    """Solve operator(z) = right column by column.

    Parameters
    ----------
    operator, inverse
        Linear maps of ``[size, R]``: the matrix, and an approximate inverse.
    right
        ``[size, R]``.
    tol
        Residual over right-hand side, 2-norm, at which to stop.
    depth, cycles
        Vectors kept; restarts allowed.

    Returns
    -------
    tuple
        The solution ``[size, R]`` and the relative residuals ``[R]``, recomputed.
    """
    scale = np.maximum(np.linalg.norm(right, axis=0), TINY)
    z, r, best = np.zeros_like(right), right, np.inf
    for _ in range(cycles):
        z = z + inverse(_cycle(operator, inverse, r, np.maximum(tol * scale, TINY), depth))
        r = right - operator(z)
        relative = np.linalg.norm(r, axis=0) / scale
        worst = float(relative.max(initial=0.0))
        if worst <= tol or not worst < 0.5 * best:
            break
        best = worst
    return z, relative


def _cycle(operator: Operator, inverse: Operator, r: Array, goal: Array, depth: int) -> Array:
    """One cycle from the residual r ``[size, R]``; gives what the inverse has to be applied to."""
    size, width = r.shape
    start = np.linalg.norm(r, axis=0)
    basis = np.empty((width, depth + 1, size))
    basis[:, 0] = (r / np.maximum(start, TINY)).T
    upper = np.zeros((width, depth, depth))
    cos, sin = np.zeros((depth, width)), np.zeros((depth, width))
    rest = np.zeros((depth + 1, width))
    rest[0] = start
    for j in range(depth):
        v = np.ascontiguousarray(operator(inverse(np.ascontiguousarray(basis[:, j].T))).T)
        h = np.empty((j + 1, width))
        for c in range(width):  # one column's basis fits the cache, all of them do not
            known = basis[c, : j + 1]
            h[:, c] = known @ v[c]
            v[c] -= h[:, c] @ known
        length = np.linalg.norm(v, axis=1)
        basis[:, j + 1] = v / np.maximum(length, TINY)[:, None]
        upper[:, : j + 1, j] = _rotate(h, length, cos, sin, rest, j).T
        if np.all(np.abs(rest[j + 1]) <= np.maximum(CYCLE * start, goal)):
            break
    used = j + 1
    R = upper[:, :used, :used]
    R[:, range(used), range(used)] += np.abs(R[:, range(used), range(used)]) < TINY  # columns without work
    y = np.linalg.solve(R, rest[:used].T[:, :, None])
    return np.matmul(y.transpose(0, 2, 1), basis[:, :used])[:, 0, :].T


def _rotate(h: Array, length: Array, cos: Array, sin: Array, rest: Array, j: int) -> Array:
    """Apply the Givens rotations to a new Hessenberg column ``[j + 1, R]`` and add one more."""
    for i in range(j):
        h[i], h[i + 1] = cos[i] * h[i] + sin[i] * h[i + 1], cos[i] * h[i + 1] - sin[i] * h[i]
    norm = np.maximum(np.hypot(h[j], length), TINY)
    cos[j], sin[j] = h[j] / norm, length / norm
    h[j] = norm
    rest[j + 1] = -sin[j] * rest[j]
    rest[j] = cos[j] * rest[j]
    return h
