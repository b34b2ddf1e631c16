# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exposure over the years: one panel a power, the focal state against its peers and their middle half."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.labels import place_name, region_name
from tertius.report.charts.small_multiples import Band, Multiple, small_multiples
from tertius.text import count, say

__all__ = ["exposure_lines"]

TITLES = {
    "productivity": say("{state}: exposure to productivity of each power"),
    "trade_cost": say("{state}: exposure to trade costs of each power"),
}
NAMED = 4  # peers with a line of their own; all are in the band


def exposure_lines(
    powers: Sequence[str],
    states: Sequence[str],
    years: Sequence[int],
    values: Array,
    to: str = "productivity",
    uid: str = "exposure",
) -> str:
    """Draw the paths of exposure.

    Parameters
    ----------
    powers, states, years
        Labels; the focal state is the first of the states.
    values
        ``[power, state, year]``: percent of real income per percent.
    to
        What happens in the power: "productivity" or "trade_cost".
    uid
        Id, unique in the page.

    Returns
    -------
    str
        One ``<svg>`` with a panel for each power, each on its own scale.

    Examples
    --------
    >>> exposure_lines(["RUS"], ["KAZ", "BLR"], [2020, 2021], np.ones((1, 2, 2))).count("<path")
    3
    """
    panels = []
    for power, own in zip(powers, values, strict=True):
        lines = [Band(states[0], years, own[0].tolist())]
        if len(states) > 1:
            low, middle, high = (np.quantile(own[1:], q, axis=0).tolist() for q in (0.25, 0.5, 0.75))
            lines.append(Band(say("peers"), years, middle, low, high))
        lines += [Band(c, years, y.tolist()) for c, y in zip(states[1 : NAMED + 1], own[1:], strict=False)]
        panels.append(Multiple(say("{power:capital}", power=place_name(power)), lines))
    title = say(TITLES[to], state=region_name(states[0]))
    note = count(
        len(states) - 1,
        "Percent of real income per percent. Line and band of peers: median and middle half of {n} state."
        " Each panel has its own scale.",
        "Percent of real income per percent. Line and band of peers: median and middle half of {n} states."
        " Each panel has its own scale.",
    )
    return small_multiples(uid, title, note, panels, shared=False)
