# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Where along a line an answer first changes: a scan to bracket it, then bisection."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium.arrays import Array

__all__ = ["bisect", "first_true"]

Test = Callable[[Array], NDArray[np.bool_]]

SCAN = 256  # steps of the scan: a change that undoes itself within one of them is not seen
FAN = 16  # points that one round of bisection tries at once
ROUNDS = 9  # 17^9 > 1e11


def first_true(test: Test, start: float, stop: float) -> float | None:
    """Give the first place on the way from ``start`` to ``stop`` where a test holds.

    Parameters
    ----------
    test
        Says for ``[m]`` places whether it holds there.
    start, stop
        Ends of the line, in either order.

    Returns
    -------
    float or None
        To 1e-11 of the line's length, on the side where the test holds; None if it never does.

    Examples
    --------
    >>> round(first_true(lambda t: t > 0.3, 0.0, 1.0), 8)
    0.3
    >>> first_true(lambda t: t > 2.0, 0.0, 1.0) is None
    True
    """
    at = np.linspace(start, stop, SCAN + 1)
    holds = test(at)
    if not holds.any():
        return None
    i = int(np.argmax(holds))
    return float(at[0]) if i == 0 else bisect(test, float(at[i - 1]), float(at[i]))


def bisect(test: Test, before: float, after: float) -> float:
    """Narrow a bracket in which a test turns from false to true; the end where it holds is returned."""
    for _ in range(ROUNDS):
        at = np.linspace(before, after, FAN + 2)
        i = int(np.argmax(np.append(test(at[1:-1]), True)))
        before, after = float(at[i]), float(at[i + 1])
    return after
