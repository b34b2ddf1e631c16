# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Activity against substance: what is said and visited, against what is traded and invested.

Each series of a pair is a change from its base years on the scale ``asinh(v / typical size)``, divided by the
spread of that change over all states with the same power. A block is the mean of its series, the wedge is
activity less substance. How unusual a wedge is, other states with the same power tell (placebo dyads).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertius.data.evidence import evidence_table
from tertius.errors import BadInput, unknown
from tertius.evidence.rules import MIN_SUBSTANCE, PLACEBO_TAIL, RULES, rank_p
from tertius.text import say

__all__ = ["Activity", "activity"]

POWERS = ("RUS", "CHN", "USA")
BASE = (2018, 2019)  # before the pandemic
ACTIVITY = ("cooperation", "trips")
SUBSTANCE = ("exports", "imports", "investment", "investment_mirror")
TOPICS = ("poll", "coop", "csto", "china", "fdi")  # topics of published facts shown beside
FULL_MONTHS = 9  # a year with fewer months of events is left out
MISSING = (
    say("leaders' trips by pair: totals of a country only, the same for every power"),
    say("realised projects, binding acts, arms: no series"),
    say("goods trade by partner after 2020, net of re-exports: not in the shipped series"),
    say(
        "direct investment of Russia, of Turkey and of the EU as one: not among the five reporting investors"
    ),
    say("applied tariffs by pair and year: not in the shipped series"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Activity:
    """Activity, substance and the wedge between them.

    Attributes
    ----------
    focal
        Code of the state.
    base
        Years that changes are measured from.
    series
        ``power``, ``block``, ``series``, ``year``, ``value`` (raw), ``score`` (standardised change).
    wedges
        ``power``, ``year``, ``activity``, ``substance``, ``wedge``, ``lo``, ``hi`` (5 to 95 % of placebo
        dyads
        about their median), ``p_larger`` (share of placebo dyads with a wedge as large), ``dyads``,
        ``n_activity``, ``n_substance``, ``verdict`` (``activity ahead``, ``substance ahead``, ``usual``,
        ``not identified``).
    sensitivity
        Wedges with each series left out.
    unusual
        Which states show the largest wedges, by power and year: the placebo list.
    monthly
        Net cooperation a day by power and month, and its share of the world's, per thousand.
    facts
        Published facts, as cited; nothing is computed from them.
    missing
        What has no series.
    rules
        Version of the rules.
    """

    focal: str
    base: tuple[int, int]
    series: pd.DataFrame
    wedges: pd.DataFrame
    sensitivity: pd.DataFrame
    unusual: pd.DataFrame
    monthly: pd.DataFrame
    facts: pd.DataFrame
    missing: tuple[str, ...] = MISSING
    rules: str = RULES

    def __repr__(self) -> str:
        last = self.wedges.sort_values("year").groupby("power", sort=False).tail(1)
        return (
            f"Activity({self.focal}: "
            + ", ".join(f"{r.power} {r.year} {r.verdict}" for r in last.itertuples())
            + ")"
        )


def activity(focal: str, powers: Sequence[str] = POWERS, *, base: tuple[int, int] = BASE) -> Activity:
    """Compare the change of activity with the change of substance between a state and powers.

    Parameters
    ----------
    focal
        ISO3 code of the state.
    powers
        From RUS, CHN, USA, TUR, EU27, DEU, JPN, SGP.
    base
        First and last year that changes are measured from; events begin in 2018.

    Returns
    -------
    Activity
        Tables; a wedge with fewer than two series of substance after the base is ``not identified``.

    Raises
    ------
    tertius.errors.BadInput
        If a state, a power or a year is not in the data.

    Examples
    --------
    >>> found = activity("KAZ", ["RUS"])
    >>> found.wedges.set_index("year").loc[2022, "verdict"]
    'not identified'
    """
    monthly = event_shares()
    known, states = sorted(monthly["power"].unique()), sorted(monthly["state"].unique())
    if focal not in states:
        raise unknown("activity", "state with events", focal, states)
    for power in powers:
        if power not in known:
            raise unknown("activity", "power", power, known)
    if not powers or focal in powers:
        raise BadInput("activity", "powers must be named and differ from the focal state", "name others")
    if not 2018 <= base[0] <= base[1] <= 2022:
        raise BadInput("activity", f"base {base[0]}-{base[1]} is outside 2018-2022", "choose years of events")
    parts = {p: scores(_stacked(monthly, p), base) for p in powers}
    facts = evidence_table("published_facts.csv")
    return Activity(
        focal=focal,
        base=base,
        series=pd.concat([_own(t, focal, p) for p, t in parts.items()], ignore_index=True),
        wedges=pd.concat(
            [wedge_table(t, focal).assign(power=p) for p, t in parts.items()], ignore_index=True
        ),
        sensitivity=_sensitivity(parts, focal),
        unusual=pd.concat([_largest(t).assign(power=p) for p, t in parts.items()], ignore_index=True),
        monthly=monthly[(monthly["state"] == focal) & monthly["power"].isin(powers)].reset_index(drop=True),
        facts=facts[(facts["state"] == focal) & facts["topic"].isin(TOPICS)].reset_index(drop=True),
    )


def event_shares() -> pd.DataFrame:
    """Net cooperation a day and its share of the world's in the month, per thousand."""
    table = evidence_table("activity.parquet")
    whole = table[table["power"] == "ALL"].groupby("month")["value"].sum() / 2
    out = table[table["power"] != "ALL"].rename(columns={"value": "per_day"})
    out["share"] = 1000 * out["per_day"] / out["month"].map(whole)
    return out


def _stacked(monthly: pd.DataFrame, power: str) -> pd.DataFrame:
    """All series of all states with one power: ``series``, ``state``, ``year``, ``value``."""
    own = monthly[monthly["power"] == power]
    own = own.assign(year=own["month"].str[:4].astype(int))
    count = own.groupby("year")["month"].nunique()
    own = own[own["year"].isin(count.index[count >= FULL_MONTHS])]
    events = own.groupby(["state", "year"])["share"].mean().rename("value").reset_index()
    trips = evidence_table("leaders_trips.csv")
    trips["value"] = trips["made"] + trips["received"]
    ties = evidence_table("influence.parquet")
    ties = ties[(ties["power"] == power) & ties["channel"].isin(SUBSTANCE)].rename(
        columns={"channel": "series"}
    )
    parts = [events.assign(series="cooperation"), trips.assign(series="trips"), ties]
    table = pd.concat(parts)[["series", "state", "year", "value"]]
    return table[table["state"] != power]


def scores(table: pd.DataFrame, base: tuple[int, int]) -> pd.DataFrame:
    """Standardised change of each series from the base years; unit spread over states in each year.

    Parameters
    ----------
    table
        Columns ``series``, ``state``, ``year``, ``value``.
    base
        First and last base year.

    Returns
    -------
    pandas.DataFrame
        The rows after the base with ``block`` and ``score``; multiplying a series by a positive number
        changes no score.
    """
    start = table[table["year"].between(*base)].groupby(["series", "state"])["value"].mean()
    typical = start.abs().where(lambda v: v > 0).groupby("series").median()
    later = table[table["year"] > base[1]].copy()
    key = pd.MultiIndex.from_frame(later[["series", "state"]])
    size = later["series"].map(typical).to_numpy(float)
    before = start.reindex(key).to_numpy(float)
    later["change"] = np.arcsinh(later["value"].to_numpy(float) / size) - np.arcsinh(before / size)
    later = later.dropna(subset=["change"])
    by = later.groupby(["series", "year"])["change"]
    spread = by.transform(lambda v: 0.7413 * (v.quantile(0.75) - v.quantile(0.25)) or v.std() or 1.0)
    later["score"] = (later["change"] - by.transform("median")) / spread.where(spread > 0, 1.0)
    later["block"] = np.where(later["series"].isin(ACTIVITY), "activity", "substance")
    return later


def wedges_of_all(table: pd.DataFrame) -> pd.DataFrame:
    """Activity, substance and wedge of every state by year, with the numbers of series behind them."""
    wide = table.pivot_table(
        index=["state", "year"], columns="block", values="score", aggfunc=["mean", "count"]
    )
    out = pd.DataFrame(index=wide.index)
    for block in ("activity", "substance"):
        held = ("mean", block) in wide.columns
        out[block] = wide["mean", block] if held else np.nan
        out[f"n_{block}"] = wide["count", block].fillna(0).astype(int) if held else 0
    out["wedge"] = out["activity"] - out["substance"]
    return out


def wedge_table(table: pd.DataFrame, focal: str) -> pd.DataFrame:
    """Wedges of the focal state with their place among states that have as many series."""
    every = wedges_of_all(table)
    rows = []
    for year, part in every.groupby(level="year"):
        part = part.droplevel("year")
        if focal not in part.index:
            continue
        own = part.loc[focal]
        same = part[(part["n_substance"] >= MIN_SUBSTANCE) & (part["n_activity"] == own["n_activity"])]
        others = same.drop(index=focal, errors="ignore")["wedge"].dropna()
        identified = own["n_substance"] >= MIN_SUBSTANCE and len(others) >= 20
        lo, hi = others.quantile([PLACEBO_TAIL, 1 - PLACEBO_TAIL]) if identified else (np.nan, np.nan)
        p = rank_p(float(np.asarray(own["wedge"])), others) if identified else np.nan
        word = (
            "usual"
            if lo <= own["wedge"] <= hi
            else "activity ahead"
            if own["wedge"] > hi
            else "substance ahead"
        )
        verdict = word if identified else "not identified"
        rows.append(
            {"year": year, **own, "lo": lo, "hi": hi, "p_larger": p, "dyads": len(others), "verdict": verdict}
        )
    out = pd.DataFrame(rows)
    first = ["year", "activity", "substance", "wedge", "lo", "hi", "p_larger", "dyads"]
    return out[first + [c for c in out if c not in first]].astype({"n_activity": int, "n_substance": int})


def _own(table: pd.DataFrame, focal: str, power: str) -> pd.DataFrame:
    own = table[table["state"] == focal].assign(power=power)
    return own[["power", "block", "series", "year", "value", "score"]].sort_values(
        ["block", "series", "year"]
    )


def _sensitivity(parts: dict[str, pd.DataFrame], focal: str) -> pd.DataFrame:
    rows = []
    for power, table in parts.items():
        for series in table.loc[table["state"] == focal, "series"].unique():
            part = wedge_table(table[table["series"] != series], focal)
            rows.append(part.assign(power=power, case=f"without {series}"))
    columns = ["power", "case", "year", "wedge", "lo", "hi", "n_substance", "verdict"]
    return pd.concat(rows, ignore_index=True)[columns]


def _largest(table: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    every = wedges_of_all(table)
    every = every[every["n_substance"] >= MIN_SUBSTANCE].dropna(subset=["wedge"]).reset_index()
    return every.sort_values("wedge", ascending=False).groupby("year").head(most)[["year", "state", "wedge"]]
