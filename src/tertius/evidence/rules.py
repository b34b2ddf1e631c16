# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The rules that turn numbers into words, in one place, with a version.

Those on votes, influence, activity and events were written before their results were computed; those on
detection, and the threshold for breaks, were changed after results had been seen (``docs/evidence.md`` lists
every change). A change of a rule is a new version, and results carry the version they were judged by.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "GRADES",
    "MIN_VOTES",
    "RULES",
    "Z",
    "agreed_sign",
    "alignment_word",
    "rank_p",
    "trend_word",
    "verdict_of_signs",
]

RULES = "evidence-rules 3 (2026-11-22)"  # changes since 1: docs/evidence.md, decision 10

# Alignment: change of closeness to a power, less the median change of all states.
Z = 1.645  # a change counts as clear beyond this many standard errors (two-sided 90 %)
MIN_VOTES = (
    25  # fewer in a session: the state's session is not in that series (share of equal votes: se to 0.1)
)
CLEAR_SHARE = 0.5  # at least this share of the series must be clear for a direction to be named

# Influence: one series of one channel.
STEADY_YEARS = 2 / 3  # share of yearly changes that go the way of the trend
STEADY_LARGEST = 1 / 3  # largest yearly change in the sum of all sizes of changes
LATE_YEARS = 5  # "lately": the last five yearly changes
MIN_YEARS = 8  # a shorter series gets no trend
BREAK_BIC = (
    10.0  # gain of the Bayesian criterion that a break must bring ("very strong", Kass & Raftery 1995)
)

# Activity against substance.
MIN_SUBSTANCE = 2  # fewer substance series after the base: the wedge is not identified
PLACEBO_TAIL = 0.05  # share of other dyads in each tail beyond which a wedge is unusual

# Events.
CLEAN_MONTHS = 6  # months after the event and before the next shock; fewer: not identified
FIT_RATIO = 0.10  # share of donors with a larger gap relative to fit that is still unusual

# Detection.
ALPHA = 0.10  # nominal false-discovery rate
MIN_CONTROLS = 30  # products not banned in the window; fewer: no test
MIN_GROUP = 3  # banned products of a chapter at a hub; fewer: no test of the chapter
DIRECT_FLOOR = 0.01  # of the direct trade before the ban: what a flow through a hub must reach to count
GROUP_LEVEL = 0.9  # in a flagged chapter, products above this quantile of the controls are listed

GRADES = {
    "measured": "a published count or index, read as it is; no cause is claimed",
    "compared": "a change against the world, peers or placebo dyads; no cause is claimed",
    "difference": "difference-in-differences with a passed pre-trend test; a cause under parallel trends",
    "not identified": "the data cannot tell the claim from its rivals",
}


def agreed_sign(values: Iterable[float]) -> int:
    """Give the common sign of numbers: 1, -1, or 0 when they disagree (or are all zero).

    Examples
    --------
    >>> agreed_sign([0.2, 0.1]), agreed_sign([-1.0, -3.0]), agreed_sign([0.2, -0.1])
    (1, -1, 0)
    """
    signs = {(v > 0) - (v < 0) for v in values} - {0}
    return signs.pop() if len(signs) == 1 else 0


def verdict_of_signs(changes: list[float], errors: list[float]) -> str:
    """Judge changes of several series: ``up``, ``down``, ``no clear change``, ``not robust`` or ``no data``.

    Series that disagree in sign are ``not robust``, whatever their sizes. A common sign is named if at least
    half of the series are beyond ``Z`` standard errors.

    Examples
    --------
    >>> verdict_of_signs([0.3, 0.4], [0.1, 0.1]), verdict_of_signs([0.3, -0.01], [0.1, 0.1])
    ('up', 'not robust')
    >>> verdict_of_signs([0.1, 0.1], [0.2, 0.2])
    'no clear change'
    """
    if not changes:
        return "no data"
    sign = agreed_sign(changes)
    if sign == 0:
        return "not robust"
    clear = sum(abs(c) > Z * e for c, e in zip(changes, errors, strict=True)) / len(changes)
    return "no clear change" if clear < CLEAR_SHARE else "up" if sign > 0 else "down"


def alignment_word(verdict: str) -> str:
    """Say a verdict on closeness in words: ``closer``, ``farther``, or the verdict itself."""
    return {"up": "closer", "down": "farther"}.get(verdict, verdict)


def trend_word(slope: float, error: float, with_trend: float, largest: float) -> str:
    """Name a trend: ``rising, steady``, ``rising, uneven``, ``falling, ...`` or ``no trend``.

    Parameters
    ----------
    slope, error
        Slope of the local-level model and its standard error, per year.
    with_trend
        Share of yearly changes that have the sign of the slope.
    largest
        Largest yearly change in the sum of all sizes.

    Examples
    --------
    >>> trend_word(0.02, 0.005, 0.9, 0.1), trend_word(0.02, 0.005, 0.9, 0.6), trend_word(0.0, 1.0, 0.5, 0.1)
    ('rising, steady', 'rising, uneven', 'no trend')
    """
    if not abs(slope) > Z * error:
        return "no trend"
    steady = with_trend >= STEADY_YEARS and largest <= STEADY_LARGEST
    return ("rising" if slope > 0 else "falling") + (", steady" if steady else ", uneven")


def rank_p(value: float, others: Iterable[float]) -> float:
    """Give the share of placebo values at least as large, the value itself counted in.

    Examples
    --------
    >>> rank_p(3.0, [1.0, 2.0, 4.0])
    0.5
    """
    held = [o for o in others if o == o]
    return (1 + sum(o >= value for o in held)) / (1 + len(held))
