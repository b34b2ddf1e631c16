# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Sentences that follow from numbers: a headline never claims more than its draws hold."""

from __future__ import annotations

from collections.abc import Sequence

from tertius.text import Text, joined, say

__all__ = ["agreeing", "agreement", "change", "headline"]


def change(draws: Sequence[float], shown: float) -> Text:
    """Say in words what draws of a change of real income mean.

    Parameters
    ----------
    draws
        Percent, one for each elasticity set and closure; NaN where no equilibrium was found.
    shown
        The number to print: the median under the first closure, percent.

    Returns
    -------
    Text
        A verb phrase; it names a direction only if three draws in four agree with it.

    Examples
    --------
    >>> change([0.1, 0.2, 0.3], 0.2)
    'gains 0.20 % of real income'
    >>> change([-0.2, -0.1, 0.1, 0.2], 0.0)
    'neither gains nor loses reliably'
    >>> change([-0.004, -0.003], -0.003)
    'loses less than 0.01 % of real income'
    """
    agreed = agreeing(draws, shown)
    if agreed == 0 or 4 * agreed < 3 * len(draws):
        return say("neither gains nor loses reliably")
    size = say("{size:.2f}", size=abs(shown))
    if size == "0.00":
        size = say("less than {size:.2f}", size=0.01)
    if shown > 0:
        return say("gains {size} % of real income", size=size)
    return say("loses {size} % of real income", size=size)


def agreeing(draws: Sequence[float], shown: float) -> int:
    """Count the draws that have the sign of the number shown; zero and NaN agree with nothing.

    Examples
    --------
    >>> agreeing([-0.05, 0.1, 0.2, float("nan")], 0.1)
    2
    """
    return sum(d > 0 < shown or d < 0 > shown for d in draws)


def headline(name: str, told: Sequence[tuple[str, str]]) -> Text:
    """Make one sentence of what several cases do to a country.

    Parameters
    ----------
    name
        The country.
    told
        Words for a case, and the verb phrase of :func:`change`.

    Returns
    -------
    Text

    Examples
    --------
    >>> headline("Kazakhstan", [("the ban", "gains 0.20 % of real income")])
    'By trade alone, Kazakhstan gains 0.20 % of real income from the ban'
    """
    effects = joined(say(" and "), [say("{phrase} from {case}", phrase=p, case=case) for case, p in told])
    return say("By trade alone, {name} {effects}", name=name, effects=effects)


def agreement(told: Sequence[tuple[str, int, int]]) -> Text:
    """Say in how many variants the direction of each case is the one in the headline.

    Examples
    --------
    >>> agreement([("the ban", 15, 16)])
    'The direction in the headline holds in 15 of 16 variants (elasticity set and closure) for the ban.'
    """
    counts: list[Text] = []
    for case, n, total in told:
        held = {"n": n, "total": total, "case": case}
        counts.append(
            say("{n} of {total} for {case}", **held)
            if counts
            else say("{n} of {total} variants (elasticity set and closure) for {case}", **held)
        )
    return say("The direction in the headline holds in {counts}.", counts=joined(say(" and in "), counts))
