# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Claim S2, "more flights cross the country": the rule of docs/decisions/0014-gain.md, and its variants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tertius.labels import region_name
from tertius.sky.closures import Closures
from tertius.sky.overflights import Told, direct_km, overflights
from tertius.sky.paths import Path
from tertius.sky.places import outlines
from tertius.sky.results import Overflights
from tertius.sky.traffic import Traffic
from tertius.text import Text, count, figure, joined, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CHANNELS", "COUNTED", "Judgement", "dominant", "more_flights", "summary", "variants"]

CHANNELS = ("avoiding Russia", "Russia")
CARRIERS = {
    "avoiding Russia": say("carriers avoiding Russia"),
    "Russia": say("carriers of Russia"),
    "all": say("all carriers"),
}
MEASURES = {"flights": say("flights"), "million_km": say("million km")}
LONGEST = 1.3
SMALL = 0.001  # fees below a tenth of a percent of value added are called small
NARROW = ("south-russia", "south-russia-west")
COUNTED = {"KAZ": (150.0, 450.0)}  # flights a day before and on 28 February 2022 (published_facts.csv)


class Judgement(NamedTuple):
    """A verdict on a claim, why, and the numbers it rests on."""

    verdict: str
    reason: str
    quantities: dict[str, float]


def variants(found: Overflights, sky: Closures, told: Told | None = None) -> dict[str, Overflights]:
    """Re-count flights under other traffic, given-up detours, and a smaller closed south of Russia.

    Parameters
    ----------
    found
        The central case.
    sky
        Its closures, with the zone ``south-russia-west``.
    told
        As in :func:`tertius.overflights`; only the last variant searches ways again.

    Returns
    -------
    dict
        Name -> the network re-counted; the central case is not in it.
    """
    flown, states = found.flown, outlines()

    def counted(rule: Traffic, after: list[Path | None]) -> Overflights:
        yearly = np.array([rule.yearly(s, direct_km(s)) for s in flown.services])
        changed = replace(flown, yearly=yearly, after=after)
        return Overflights.made(changed, states, sky, found.on, found.before, rule)

    short = [p if p is None or p.km <= LONGEST * p.direct_km else None for p in flown.after]
    weekly = found.traffic.weekly
    narrow = sky.with_zone(*NARROW)
    return {
        "decay 0": counted(Traffic(weekly, 0.0), flown.after),
        "decay 1": counted(Traffic(weekly, 1.0), flown.after),
        f"ways over {LONGEST:g} given up": counted(found.traffic, short),
        "narrow closed south": overflights(
            narrow, found.on, found.before, flown.services, found.traffic, told=told, like=found
        ),
    }


def more_flights(cases: Mapping[str, pd.DataFrame], counted: tuple[float, float] | None = None) -> Judgement:
    """Judge whether more flights cross a country.

    Parameters
    ----------
    cases
        Name -> table of :meth:`Overflights.channels`; the first is the central case.
    counted
        Flights counted before and after by the article's date; None if nobody counted.

    Returns
    -------
    Judgement
        Quantities: change of flights and of million km by case and channel.
    """
    quantities: dict[str, float] = {}
    for name, table in cases.items():
        for who in (*CHANNELS, "all"):
            rows = table if who == "all" else table.loc[[who]]
            for what in ("flights", "million_km"):
                quantities[f"{name}: {who}, {what}"] = float(rows[f"{what}_change"].sum())
    whole = [quantities[f"{name}: all, flights"] for name in cases]
    fell = [key for key, value in quantities.items() if value <= 0]
    rose = None if counted is None else counted[1] > counted[0]
    if counted is not None:
        quantities |= {"counted before": counted[0], "counted after": counted[1]}
    if rose is False or all(v <= 0 for v in whole):
        return Judgement("contradicted", say("flights do not rise"), quantities)
    if not fell:
        return Judgement(
            "supported", say("flights and km rise in both channels and every variant"), quantities
        )
    words = count(
        len(fell),
        "{n} of {all} changes by channel, measure and variant is not above zero: {first}",
        "{n} of {all} changes by channel, measure and variant are not above zero, one of them {first}",
        all=3 * 2 * len(cases),
        first=_told(fell[0]),
    )
    if counted is not None:
        words = say(
            "{words}; counted by others: {before:,.0f} flights a day before, {after:,.0f} after",
            words=words,
            before=counted[0],
            after=counted[1],
        )
    mixed_signs = any(v <= 0 for v in whole)
    if rose is None and mixed_signs:
        return Judgement(
            "not robust",
            say("the sign of all flights changes between variants; {words}", words=words),
            quantities,
        )
    if whole[0] <= 0:
        return Judgement(
            "not robust", say("all flights do not rise in the central case; {words}", words=words), quantities
        )
    return Judgement("mixed", say("all flights rise in the central case; {words}", words=words), quantities)


def _told(key: str) -> Text:
    """Say which change is meant by a key of the quantities."""
    variant, _, rest = key.partition(": ")
    who, what = rest.rsplit(", ", 1)
    return say("{variant}: {who}, {what}", variant=variant, who=CARRIERS[who], what=MEASURES[what])


def dominant(channels: pd.DataFrame, what: str = "flights") -> str:
    """Name the channel with the larger rise, carriers avoiding Russia or of Russia; empty if none rises.

    Parameters
    ----------
    channels
        From :meth:`Overflights.channels`.
    what
        "flights", "overflights", "million_km" or "fees".
    """
    changes = channels.loc[list(CHANNELS), f"{what}_change"]
    return str(changes.idxmax()) if changes.max() > 0 else ""


def summary(channels: pd.DataFrame, focal: str, value_added: float | None = None) -> Text:
    """Say which channel rises or falls most over a country, and what fees from others are of its value added.

    Parameters
    ----------
    channels
        From :meth:`Overflights.channels`.
    focal
        The country.
    value_added
        Of the country, USD million; None: fees in dollars only.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = {"flights_change": [2.0, 9.0, 0.0], "million_km_change": [3.0, -1.0, 0.0]}
    >>> rows["fees_change"] = [5.0, -1.0, 0.0]
    >>> names = ["avoiding Russia", "Russia", "own"]
    >>> print(summary(pd.DataFrame(rows, names), "KAZ", 1e5)[:72])
    Over Kazakhstan, by flights carriers of Russia dominate (avoiding Russia
    """
    out = []
    for what, words, spec in (
        ("flights", say("by flights"), "+,.0f"),
        ("million_km", say("by million km"), "+,.1f"),
    ):
        changes = channels.loc[list(CHANNELS), f"{what}_change"]
        each = [joined(" ", (str(name), figure(value, spec))) for name, value in changes.items()]
        moved = _moved(changes)
        out.append(say("{measure} {moved} ({each})", measure=words, moved=moved, each=joined(", ", each)))
    fees = float(channels["fees_change"].drop(index="own").sum())
    held = {"country": region_name(focal), "told": joined("; ", out), "fees": fees}
    if not value_added:
        return say("Over {country}, {told}. Fees from others: {fees:+,.1f} USD million.", **held)
    return say(
        "Over {country}, {told}. Fees from others: {fees:+,.1f} USD million, {share:.3f} % of value"
        " added{small}.",
        **held,
        share=100 * fees / value_added,
        small=say(" - small") if abs(fees) < SMALL * value_added else "",
    )


def _moved(changes: pd.Series) -> Text:
    """Say what is true of two channels: one dominates only where both rise."""
    most, least = CARRIERS[str(changes.idxmax())], CARRIERS[str(changes.idxmin())]
    if (changes > 0).all():
        return say("{who} dominate", who=most)
    if (changes > 0).any():
        return say("only {who} rise", who=most)
    if (changes < 0).all():
        return say("both channels fall, {who} more", who=least)
    return say("no channel rises, {who} fall", who=least) if (changes < 0).any() else say("nothing changes")
