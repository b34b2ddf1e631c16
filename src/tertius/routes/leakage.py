# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a leakage says of base shares: how much went through hubs before, given how easily routes change."""

from __future__ import annotations

from tertius.errors import BadInput

__all__ = ["base_share", "leakage"]


def leakage(phi: float, q: float) -> float:
    """Leakage of a complete ban at unchanged prices.

    Parameters
    ----------
    phi
        Base share of all hubs together.
    q
        Elasticity of routes over that of trade.

    Returns
    -------
    float
        What hubs gain over what the direct route loses: (phi^(1/q) - phi) / (1 - phi).

    Examples
    --------
    >>> round(leakage(0.0016, 2.0), 3)
    0.038
    """
    return 0.0 if phi <= 0 else (phi ** (1.0 / q) - phi) / (1.0 - phi)


def base_share(leak: float, q: float, where: str) -> float:
    """Base share of hubs that a leakage implies; the inverse of :func:`leakage`.

    Parameters
    ----------
    leak
        Leakage between 0 and 1.
    q
        Elasticity of routes over that of trade.
    where
        File and place, for the error.

    Raises
    ------
    BadInput
        If routes change too hard for so much leakage: it stays below 1 - 1 / q.

    Examples
    --------
    >>> round(base_share(0.05, 2.0, "example"), 4)
    0.0028
    """
    if leak <= 0:
        return 0.0
    if leak >= 1.0 - 1.0 / q:
        raise BadInput(
            where,
            f"a leakage of {leak:.3g} cannot come about with q = {q:g} (it stays below {1.0 - 1.0 / q:.3g})",
            "raise q, or lower the leakage",
        )
    low, high = 0.0, 1.0
    for _ in range(200):  # halving to the last digit; leakage rises with phi
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if leakage(middle, q) < leak else (low, middle)
    return low
