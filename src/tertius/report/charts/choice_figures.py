# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A choice as figures: the map of the region where the middle holds, and what each stance is worth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tertius.choice import KINDS, Axis
from tertius.choice.choose import Choice
from tertius.choice.region import Region
from tertius.labels import group_title, known_countries, region_name
from tertius.report.charts.neutrality_map import MapPanel, Scale, neutrality_map
from tertius.report.charts.stance_lines import STATES, StateLine, stance_lines
from tertius.report.language import tell
from tertius.text import joined, say

__all__ = ["region_figure", "stance_figure"]

CURVES = {0.5: say("first parcels alarm"), 1.0: say("in proportion"), 2.0: say("a little is forgiven"),
          3.0: say("much is forgiven")}  # fmt: skip
TICKS = (0.01, 0.1, 1.0)
CHANCES = (
    say("Chance that {who} strikes if all transit passes"),
    say("Chance that {who} strikes if none passes"),
)
SHORT = {"coalition-2022": say("the West"), "USA": say("the United States")}


def region_figure(choice: Choice, uid: str = "neutrality") -> str:
    """Draw where the middle is the best reply, one map for each curvature of the hazards.

    Parameters
    ----------
    choice
        What was computed.
    uid
        Id of the drawing.

    Returns
    -------
    str
        One ``<svg>`` element.
    """
    maps = choice.maps
    focal, west, east = (_name(p) for p in choice.payoffs.players)
    panels = [MapPanel(_curve(k), _share(m), _kinds(m), _edges(choice, k)) for k, m in maps.items()]
    note = say(
        "Colours: what is best for {focal} ({world}, {scenario}, elasticities {set}); shares: mean over"
        " all sets"
        " and, in brackets, their ends. Above 100 % a strike is certain before transit is full, or gone."
        " How the"
        " chance falls with less transit, or with more, nobody has measured: k says how, one map each.",
        focal=focal,
        world=choice.world,
        scenario=choice.scenario,
        set=choice.payoffs.sets[0],
    )
    today = tuple(a.place(v) for v, a in zip(_box(choice), (*choice.prior, *choice.prior), strict=True))
    across, up = (
        Scale(tell(say(words, who=who)), [(axis.place(t), f"{100 * t:g} %") for t in _inside(axis)])
        for who, axis, words in zip((west, east), choice.prior, CHANCES, strict=True)
    )
    return neutrality_map(uid, _finding(focal, maps), note, panels, across, up, (*today,))  # type: ignore[arg-type]


def stance_figure(choice: Choice, uid: str = "stances") -> str:
    """Draw what each stance is worth in each state; with two goods groups, the same stance in both.

    Parameters
    ----------
    choice
        What was computed.
    uid
        Id of the drawing.

    Returns
    -------
    str
        One ``<svg>`` element.
    """
    p = choice.payoffs
    rows = np.flatnonzero(np.all(p.stance == p.stance[:, :1], axis=1))
    percent = 100.0 * p.value[:, 0, rows] / p.income[0]
    x = p.stance[rows, 0].tolist()
    lines = {
        at: StateLine(x, found[0].tolist(), found.min(axis=0).tolist(), found.max(axis=0).tolist())
        for at in STATES
        for found in (percent[:, :, at[0], at[1]],)
    }
    focal, west, east = (_name(who) for who in p.players)
    rent = percent[0, 0, 0, 0] - percent[0, -1, 0, 0]
    lost = [percent[0, 0, 0, 0] - percent[0, 0, 1, 0], percent[0, -1, 0, 0] - percent[0, -1, 0, 1]]
    title = say(
        "All transit brings {focal} {rent:.2f} %; a strike costs {first:.2f} % ({west}), {second:.2f} %"
        " ({east})",
        focal=focal,
        rent=rent,
        first=lost[0],
        second=lost[1],
        west=west,
        east=east,
    )
    note = say(
        "Percent of income by stance: 0 lets all pass, 1 complies strictly. Bands: elasticity sets. {world}.",
        world=choice.world,
    )
    return stance_lines(uid, title, note, lines, (west, east))


def _name(player: str) -> str:
    if player in SHORT:
        return SHORT[player]
    return region_name(player) if player in known_countries() else group_title(player)


def _curve(k: float) -> str:
    return joined(": ", (say("k = {k:g}", k=k), CURVES.get(k, "")))


def _share(found: Region) -> str:
    share = 100.0 * found.shares()["neutral"]
    return say(
        "middle: {share:.0f} % of threats (sets: {low:.0f} to {high:.0f})",
        share=share.mean(),
        low=share.min(),
        high=share.max(),
    )


def _kinds(found: Region) -> list[list[str]]:
    """Kinds at the central set, column by column."""
    return [[KINDS[i] for i in column] for column in found.kind[0].tolist()]


def _edges(choice: Choice, k: float) -> list[list[tuple[float, float]]]:
    """Edge of the middle as places on the map."""
    first, second = choice.prior
    return [
        [(first.place(a), second.place(b)) for a, b in curve.points.tolist()] for curve in choice.curves[k]
    ]


def _box(choice: Choice) -> tuple[float, float, float, float]:
    west, east = choice.today
    return west.low, east.low, west.high, east.high


def _inside(axis: Axis) -> list[float]:
    return [t for t in TICKS if axis.low <= t <= axis.high]


def _finding(focal: str, maps: Mapping[float, Region]) -> str:
    """The finding in a sentence: how much of the threats, and whether it hangs on the curvature."""
    share = {k: 100.0 * float(np.mean(m.shares()["neutral"])) for k, m in maps.items()}
    low, high = min(share.values()), max(share.values())
    if high < 1.0:
        return say("The middle is hardly ever {focal}'s best answer, however hazards curve", focal=focal)
    some = say("{high:.0f} %", high=high)
    if high - low >= 1.0:
        some = say("{low:.0f} to {high:.0f} %", low=low, high=high)
    if max((v for k, v in share.items() if k <= 1.0), default=1.0) < 1.0:
        return say(
            "The middle is {focal}'s best answer to {some} of all threats, and only where small traffic is"
            " forgiven",
            focal=focal,
            some=some,
        )
    return say("The middle is {focal}'s best answer to {some} of all threats", focal=focal, some=some)
