# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Influence: how much each power weighs in a state's ties, channel by channel, and how that moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from tertius.data.evidence import evidence_table
from tertius.errors import BadInput, unknown
from tertius.evidence.hedging import hedging_table, persistence
from tertius.evidence.rules import LATE_YEARS, PLACEBO_TAIL, RULES, agreed_sign
from tertius.evidence.trend import fit_trend
from tertius.text import say

__all__ = ["CHANNELS", "Influence", "influence"]

POWERS = ("CHN", "RUS", "EU27", "USA", "TUR")
CHANNELS = {
    "capacity": "formal bilateral influence capacity (index)",
    "exports": "share of the power in goods exports",
    "imports": "share of the power in goods imports",
    "migrants": "share of the power in the stock of emigrants",
    "investment": "the state's part of the power's direct investment abroad, per thousand, own reports",
    "investment_mirror": "share of the power in the positions of five investors, from counterparts",
}
HEDGED = (
    "exports",
    "imports",
    "migrants",
)  # channels that hold all patrons; the investors lack RUS, EU27, TUR
MISSING = (
    say("direct investment of Russia, Turkey and most of the EU: not among the five reporting investors"),
    say("goods trade after 2020 by partner: not in the shipped series"),
    say("arms, finance and media: no series"),
    say("influence capacity of powers other than China: no series by power"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Influence:
    """Weight of powers in a state's ties.

    Attributes
    ----------
    focal
        Code of the state.
    series
        Long table: ``channel``, ``power``, ``year``, ``value``.
    trends
        One row a channel and power: the fields of a trend (slope a year, steadiness, break ...) over all
        years.
    verdicts
        One row a power: ``verdict`` (rising, falling, ``not robust``, no trend), ``lately`` (the same over
        the
        last five changes), ``steady`` (how many of the channels with a trend are steady).
    sensitivity
        Verdicts with each channel left out.
    placebo
        Share of all states in which the power's slope is larger, by channel.
    hedging
        Entropy over patrons by channel and year.
    persistence
        Whether hedging lasted, by channel.
    missing
        What has no series.
    rules
        Version of the rules.
    """

    focal: str
    series: pd.DataFrame
    trends: pd.DataFrame
    verdicts: pd.DataFrame
    sensitivity: pd.DataFrame
    placebo: pd.DataFrame
    hedging: pd.DataFrame
    persistence: pd.DataFrame
    missing: tuple[str, ...] = MISSING
    rules: str = RULES

    def __repr__(self) -> str:
        words = ", ".join(f"{r.power} {r.verdict} (lately {r.lately})" for r in self.verdicts.itertuples())
        return f"Influence({self.focal}: {words})"


def influence(focal: str, powers: Sequence[str] = POWERS, *, breaks: bool = True) -> Influence:
    """Measure how much powers weigh in a state's ties, and whether that rose steadily.

    Parameters
    ----------
    focal
        ISO3 code of the state.
    powers
        From CHN, RUS, EU27, USA, TUR (trade, migrants), CHN (capacity), CHN, DEU, JPN, SGP, USA (investment).
    breaks
        Whether to search for structural breaks.

    Returns
    -------
    Influence
        Tables and verdicts by rule.

    Raises
    ------
    tertius.errors.BadInput
        If the state or a power is not in the data.

    Examples
    --------
    >>> found = influence("KAZ", ["CHN"], breaks=False)
    >>> found.trends.set_index("channel").loc["capacity", ["first", "last"]].tolist()
    [1994, 2023]
    """
    data = evidence_table("influence.parquet")
    for name, column, kind in ((focal, "state", "state"), *((p, "power", "power") for p in powers)):
        if name not in set(data[column].unique()):
            raise unknown("influence", f"{kind} with ties in the data", name, sorted(data[column].unique()))
    if not powers or focal in powers:
        raise BadInput("influence", "powers must be named and differ from the focal state", "name others")
    mine = data[data["state"] == focal]
    series = mine[mine["power"].isin(powers)].drop(columns="state").reset_index(drop=True)
    trends = _trends(series, breaks)
    hedging = hedging_table(mine[mine["channel"].isin(HEDGED)])
    return Influence(
        focal=focal,
        series=series,
        trends=trends,
        verdicts=pd.DataFrame([_verdict(p, trends[trends["power"] == p]) for p in powers]),
        sensitivity=_sensitivity(powers, trends),
        placebo=_placebo(data, focal, powers),
        hedging=hedging,
        persistence=persistence(hedging),
    )


def _trends(series: pd.DataFrame, breaks: bool) -> pd.DataFrame:
    rows = []
    for (channel, power), part in series.groupby(["channel", "power"]):
        part = part.sort_values("year")
        found = fit_trend(part["year"].to_numpy(float), part["value"].to_numpy(float), breaks=breaks)
        if found is not None:
            rows.append({"channel": channel, "power": power} | asdict(found))
    columns = ["channel", "power", "first", "last", "start", "end", "slope", "slope_se", "late", "word"]
    table = pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns)
    return table[columns + [c for c in table if c not in columns]]


def _verdict(power: str, trends: pd.DataFrame) -> dict[str, object]:
    """Judge a power: channels with a clear trend must agree in sign, and so must the last five changes."""
    clear = trends[trends["word"] != "no trend"]
    return {
        "power": power,
        "verdict": _direction(clear["slope"].tolist()),
        "lately": _direction(_moves(trends)),
        "channels": len(trends),
        "rising": int(clear["word"].str.startswith("rising").sum()),
        "falling": int(clear["word"].str.startswith("falling").sum()),
        "steady": int(clear["word"].str.endswith("steady").sum()),
    }


def _moves(trends: pd.DataFrame) -> list[float]:
    """Late changes that exceed half of the usual yearly move; smaller ones count as none."""
    usual = np.abs(trends["end"] - trends["start"]) / (trends["last"] - trends["first"]).clip(lower=1)
    late = trends["late"].to_numpy(float)
    return [float(v) for v, u in zip(late, usual, strict=True) if abs(v) > 0.5 * u]


def _direction(slopes: list[float]) -> str:
    if not slopes:
        return "no trend"
    return {1: "rising", -1: "falling", 0: "not robust"}[agreed_sign(slopes)]


def _sensitivity(powers: Sequence[str], trends: pd.DataFrame) -> pd.DataFrame:
    by = {power: trends[trends["power"] == power] for power in powers}
    rows = [
        {"case": f"without {channel}"} | _verdict(power, own[own["channel"] != channel])
        for power, own in by.items()
        for channel in own["channel"]
    ]
    return pd.DataFrame(rows)


def _placebo(data: pd.DataFrame, focal: str, powers: Sequence[str]) -> pd.DataFrame:
    """Rank of the focal state's mean yearly change among all states with the same channel, power, years."""
    held = data[data["power"].isin(powers)].sort_values("year")
    ends = held.groupby(["channel", "power", "state"]).agg(
        v0=("value", "first"), v1=("value", "last"), t0=("year", "first"), t1=("year", "last")
    )
    ends["pace"] = (ends["v1"] - ends["v0"]) / (ends["t1"] - ends["t0"]).clip(lower=1)
    own = ends.xs(focal, level="state")
    rows = []
    for channel, power in own.index:
        group = ends.xs((channel, power))
        same = group[(group["t0"] == own.loc[(channel, power), "t0"]) & (group["t1"] == group["t1"].max())]
        if focal in same.index and len(same) > 20:
            pace = same["pace"]
            larger = float((pace > pace[focal]).mean())
            unusual = larger < PLACEBO_TAIL or larger > 1 - PLACEBO_TAIL
            rows.append(
                (channel, power, float(pace[focal]), float(pace.median()), larger, len(same), unusual)
            )
    columns = ["channel", "power", "pace", "world_median", "share_larger", "states", "unusual"]
    return pd.DataFrame(rows, columns=columns)


assert LATE_YEARS == 5  # `Trend.late` is over five changes
