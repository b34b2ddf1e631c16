# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Sentences that follow from numbers: a headline never claims more than its range holds."""

from __future__ import annotations

from tertius.report.numbers import decimals, number

__all__ = ["change", "headline"]


def change(low: float, median: float, high: float) -> str:
    """Say in words what a range of changes of real income means.

    Parameters
    ----------
    low, median, high
        Percent, over the elasticity sets.

    Returns
    -------
    str
        A verb phrase.

    Examples
    --------
    >>> change(0.01, 0.17, 0.2)
    'gains 0.17 % of real income'
    >>> change(-0.05, -0.01, 0.003)
    'neither gains nor loses reliably'
    """
    if low <= 0.0 <= high:
        return "neither gains nor loses reliably"
    size = number(abs(median), max(2, decimals([median])), signed=False)
    return f"{'gains' if median > 0 else 'loses'} {size} % of real income"


def headline(name: str, told: list[tuple[str, tuple[float, float, float]]]) -> str:
    """Make one sentence of what several cases do to a country.

    Parameters
    ----------
    name
        The country.
    told
        Words for a case, and the range (low, median, high) of the change of real income in percent.

    Returns
    -------
    str

    Examples
    --------
    >>> headline("Kazakhstan", [("the ban", (0.1, 0.2, 0.3))])
    'By trade alone, Kazakhstan gains 0.20 % of real income from the ban'
    """
    parts = [f"{change(*spread)} from {case}" for case, spread in told]
    return f"By trade alone, {name} " + ", and ".join(parts)
