# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What each stance is worth to the focal state in each of the four states, with bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tertius.report.charts.small_multiples import Band, Multiple, small_multiples
from tertius.text import say

__all__ = ["STATES", "StateLine", "stance_lines"]

STATES = {
    (0, 0): say("nobody strikes"),
    (1, 0): say("{west} strikes"),
    (0, 1): say("{east} strikes"),
    (1, 1): say("both strike"),
}
"""Titles of the panels; of W and R, one where it strikes."""


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state.

    Attributes
    ----------
    stance
        From full tolerance (0) to strict compliance (1), in order.
    central, low, high
        Gain at each stance against the base, percent of income: at the central set, and the ends over all.
    """

    stance: Sequence[float]
    central: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def stance_lines(
    uid: str,
    title: str,
    note: str,
    lines: Mapping[tuple[int, int], StateLine],
    powers: tuple[str, str] = (say("the West"), say("the East")),
) -> str:
    """Draw one panel a state, each on a scale of its own: levels differ far more than slopes.

    Parameters
    ----------
    uid
        Id of the drawing.
    title
        The finding, in a sentence.
    note
        Unit, band and source.
    lines
        By state, keys of ``STATES``.
    powers
        What the western and the eastern power are called.

    Returns
    -------
    str
        One ``<svg>`` element, white ground, own style.

    Examples
    --------
    >>> line = StateLine([0.0, 1.0], [0.03, 0.0], [0.02, -0.01], [0.04, 0.01])
    >>> stance_lines("a", "A", "", {(0, 0): line, (1, 0): line}).count("<path")
    2
    """
    west, east = powers
    panels = [
        Multiple(
            say(STATES[state], west=west, east=east),
            [Band(say("central"), x.stance, x.central, x.low, x.high)],
        )
        for state, x in lines.items()
    ]
    return small_multiples(uid, title, note, panels, columns=2, shared=False)
