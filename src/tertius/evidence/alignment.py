# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Alignment: how close a state votes to each power, all series and vintages side by side.

Closeness is agreement (share of equal votes) or minus the distance of ideal points (Bailey, Strezhnev &
Voeten
2017, Journal of Conflict Resolution 61:430-456). A power moves too, and takes everybody's distance with it,
so
what is judged is the change less the median change of all states. A session in which a series counts fewer
than ``MIN_VOTES`` votes of a state is not in that series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertius.data.evidence import evidence_table
from tertius.errors import BadInput, unknown
from tertius.evidence.rules import MIN_VOTES, RULES, alignment_word, verdict_of_signs
from tertius.text import say

__all__ = ["NAMED", "PEERS", "SERIES", "Alignment", "alignment"]

COUNTS = {
    "agreement": "votes",
    "v2024": "votes",
    "v2025_all": "votes_all",
    "v2025_fp": "votes_fp",
    "v2025_legacy": "votes",
}
"""Series -> column with the votes of a state in a session that the series rests on."""
SERIES = tuple(COUNTS)
NAMED = {
    "agreement": say("agreement"),
    "v2024": say("ideal points 2024"),
    "v2025_all": say("ideal points 2025"),
    "v2025_fp": say("ideal points, final passage"),
    "v2025_legacy": say("ideal points, legacy"),
}
"""Series -> its name."""
PEERS = ("UZB", "KGZ", "TJK", "TKM", "ARM", "AZE", "BLR", "MNG")
POWERS = ("RUS", "CHN", "USA")
WINDOWS = ((2021, 2023), (2021, 2022), (2019, 2023))  # first is the window of the verdict
BAND = 2 * 1.645  # width of the published 90 % interval in standard deviations


@dataclass(frozen=True, slots=True, repr=False)
class Alignment:
    """How the closeness of a state to powers changed, against the world.

    Attributes
    ----------
    focal
        Code of the state.
    window
        Years compared.
    changes
        One row a power and series: ``before``, ``after``, ``change``, ``world`` (median change of all
        states),
        ``relative`` (the difference), ``se``, ``lo``, ``hi`` (90 %), ``rank`` (share of states whose change
        is
        lower), ``states``, ``error_from``.
    verdicts
        One row a power: ``verdict``, ``raw_verdict`` (without the world median), series for and against.
    sensitivity
        Verdicts with each series left out, and in other windows.
    peers
        Verdicts for the named peers, the focal state first, and their mean relative change.
    placebo
        Share of all states with each verdict, by power.
    levels
        Closeness by power, series and year, with 90 % intervals and the world median.
    votes
        Votes on the resolutions on Ukraine, with totals of all states.
    few
        Sessions of the focal state that are left out of a series: ``year``, ``series``, ``counted`` votes.
    rules
        Version of the rules.
    """

    focal: str
    window: tuple[int, int]
    changes: pd.DataFrame
    verdicts: pd.DataFrame
    sensitivity: pd.DataFrame
    peers: pd.DataFrame
    placebo: pd.DataFrame
    levels: pd.DataFrame
    votes: pd.DataFrame
    few: pd.DataFrame
    rules: str = RULES

    def __repr__(self) -> str:
        words = ", ".join(f"{r.power} {r.verdict}" for r in self.verdicts.itertuples())
        return f"Alignment({self.focal}, {self.window[0]}-{self.window[1]}: {words})"


def alignment(
    focal: str,
    powers: Sequence[str] = POWERS,
    *,
    window: tuple[int, int] = WINDOWS[0],
    peers: Sequence[str] = PEERS,
) -> Alignment:
    """Compare how close a state votes to each power in two years, in every series, against the world.

    Parameters
    ----------
    focal
        ISO3 code of the state.
    powers
        ISO3 codes; agreement scores exist for CHN, RUS and USA only, ideal points for all states.
    window
        Year before and year after (a session of the General Assembly is named by the year it opens in).
    peers
        States to show beside it.

    Returns
    -------
    Alignment
        Tables and the verdict by rule: series that disagree in sign are ``not robust``.

    Raises
    ------
    tertius.errors.BadInput
        If a state or a year is not in the data.

    Examples
    --------
    >>> found = alignment("KAZ", ["RUS"])
    >>> round(float(found.changes.set_index("series").loc["agreement", "change"]), 3)
    -0.118
    """
    data = evidence_table("un_alignment.parquet").set_index(["state", "year"])
    _check(data, focal, powers, window)
    peers = tuple(p for p in peers if p != focal and p in data.index.get_level_values("state"))
    tables = {w: {p: _all_changes(data, p, w) for p in powers} for w in dict.fromkeys((window, *WINDOWS))}
    own = tables[window]
    changes = pd.concat([_of(t, focal).assign(power=p) for p, t in own.items()]).reset_index()
    first = ["power", "series"]
    return Alignment(
        focal=focal,
        window=window,
        changes=changes[first + [c for c in changes if c not in first]],
        verdicts=pd.DataFrame([{"power": p} | _judged(_of(t, focal)) for p, t in own.items()]),
        sensitivity=_sensitivity(focal, tables, window),
        peers=_peer_table((focal, *peers), own),
        placebo=_placebo(own),
        levels=pd.concat([_levels(data, focal, p) for p in powers], ignore_index=True),
        votes=_votes(focal),
        few=_few(data.loc[[focal]].droplevel("state")),
    )


def _check(data: pd.DataFrame, focal: str, powers: Sequence[str], window: tuple[int, int]) -> None:
    states, years = (set(data.index.get_level_values(k)) for k in ("state", "year"))
    for state in (focal, *powers):
        if state not in states:
            raise unknown("alignment", "state with votes in the General Assembly", state, sorted(states))
    if focal in powers:
        raise BadInput("alignment", f"{focal} is focal state and power at once", "name another power")
    if not powers:
        raise BadInput("alignment", "no powers", "name at least one, such as RUS")
    if window[0] >= window[1] or not set(window) <= years:
        remedy = f"give two years in order between {min(years)} and {max(years)}"
        raise BadInput("alignment", f"the window {window[0]}-{window[1]} is not in the data", remedy)


def closeness(data: pd.DataFrame, power: str, series: str) -> pd.DataFrame:
    """Closeness to a power in one series, by state and year of enough votes: ``value`` and ``sd``."""
    data = data[data[COUNTS[series]] >= MIN_VOTES]
    if series == "agreement":
        if f"agree_{power}" not in data:
            return pd.DataFrame(columns=["value", "sd"], index=data.index[:0], dtype=float)
        share = data[f"agree_{power}"]
        sd = np.sqrt((share * (1 - share)).clip(lower=0.0) / data["votes"])
        return pd.DataFrame({"value": share, "sd": sd}).dropna()
    own = data[series]
    bounds = (data[f"{series}_hi"] - data[f"{series}_lo"]) if f"{series}_lo" in data else _borrowed(data)
    width = bounds / BAND
    years = data.index.get_level_values("year")
    other = own.xs(power).reindex(years).to_numpy()
    other_width = width.xs(power).reindex(years).to_numpy()
    gap = -(own - other).abs()
    return pd.DataFrame({"value": gap, "sd": np.hypot(width, other_width)}).dropna()


def _borrowed(data: pd.DataFrame) -> pd.Series:
    """Width of the interval of the 2024 vintage: the legacy series is published without one."""
    return data["v2024_hi"] - data["v2024_lo"]


def _all_changes(data: pd.DataFrame, power: str, window: tuple[int, int]) -> pd.DataFrame:
    """Change of closeness of every state to one power, in every series that has both years."""
    parts = []
    for series in SERIES:
        near = closeness(data, power, series)
        years = near.index.get_level_values("year")
        if not set(window) <= set(years):
            continue
        before, after = (near.xs(y, level="year").drop(index=power, errors="ignore") for y in window)
        both = before.add_suffix("_0").join(after.add_suffix("_1"), how="inner")
        change = both["value_1"] - both["value_0"]
        table = pd.DataFrame({"before": both["value_0"], "after": both["value_1"], "change": change})
        table["world"] = change.median()
        table["relative"] = change - change.median()
        table["se"] = np.hypot(both["sd_0"], both["sd_1"])
        table["rank"] = change.rank(pct=True)
        parts.append(table.assign(series=series, states=len(change)))
    if not parts:
        raise BadInput("alignment", f"no series has both {window[0]} and {window[1]}", "choose other years")
    out = pd.concat(parts)
    out["lo"], out["hi"] = out["relative"] - 1.645 * out["se"], out["relative"] + 1.645 * out["se"]
    error = {"agreement": "sampling of votes", "v2025_legacy": "borrowed from v2024"}
    out["error_from"] = out["series"].map(error).fillna("published interval")
    return out.set_index("series", append=True)


def _of(table: pd.DataFrame, state: str) -> pd.DataFrame:
    """Rows of one state by series."""
    return table[table.index.get_level_values("state") == state].droplevel("state")


def _judged(table: pd.DataFrame, column: str = "relative") -> dict[str, object]:
    moved = table[column].tolist()
    return {
        "verdict": alignment_word(verdict_of_signs(table["relative"].tolist(), table["se"].tolist())),
        "raw_verdict": alignment_word(verdict_of_signs(table["change"].tolist(), table["se"].tolist())),
        "series": len(moved),
        "closer": sum(v > 0 for v in moved),
        "farther": sum(v < 0 for v in moved),
        "clear": int((table[column].abs() > 1.645 * table["se"]).sum()),
    }


def _sensitivity(
    focal: str, tables: dict[tuple[int, int], dict[str, pd.DataFrame]], window: tuple[int, int]
) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for years, by_power in tables.items():
        for power, table in by_power.items():
            own = _of(table, focal)
            if years != window:
                rows.append({"power": power, "case": f"window {years[0]}-{years[1]}"} | _judged(own))
                continue
            cases = own.index if len(own) > 1 else ()
            rows += [{"power": power, "case": f"without {s}"} | _judged(own.drop(index=s)) for s in cases]
    return pd.DataFrame(rows).sort_values("power", kind="stable", ignore_index=True)


def _peer_table(states: Sequence[str], own: dict[str, pd.DataFrame]) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for power, table in own.items():
        for state in states:
            if state != power and state in table.index:
                mine = _of(table, state)
                mean = float(mine["relative"].mean())
                rows.append({"power": power, "state": state, "mean_relative": mean} | _judged(mine))
    return pd.DataFrame(rows)


def _placebo(own: dict[str, pd.DataFrame]) -> pd.DataFrame:
    rows = []
    for power, table in own.items():
        words = [str(_judged(part)["verdict"]) for _, part in table.groupby(level="state")]
        share = pd.Series(words).value_counts(normalize=True)
        rows.append(pd.DataFrame({"power": power, "verdict": share.index, "share": share.to_numpy()}))
    return pd.concat(rows, ignore_index=True)


def _levels(data: pd.DataFrame, focal: str, power: str) -> pd.DataFrame:
    parts = []
    for series in SERIES:
        near = closeness(data, power, series)
        if focal not in near.index.get_level_values("state"):
            continue
        world = near.drop(index=power, level="state", errors="ignore").groupby("year")["value"].median()
        own = near.xs(focal)
        part = pd.DataFrame({"value": own["value"], "world": world.reindex(own.index)})
        part["lo"], part["hi"] = own["value"] - 1.645 * own["sd"], own["value"] + 1.645 * own["sd"]
        parts.append(part.reset_index().assign(power=power, series=series))
    return pd.concat(parts)[["power", "series", "year", "value", "lo", "hi", "world"]]


def _few(own: pd.DataFrame) -> pd.DataFrame:
    """Sessions of a state in which a series counts too few of its votes."""
    parts = [
        pd.DataFrame({"series": series, "counted": own.loc[own[count] < MIN_VOTES, count].astype(int)})
        for series, count in COUNTS.items()
    ]
    return pd.concat(parts).reset_index().sort_values("year", kind="stable", ignore_index=True)


def _votes(focal: str) -> pd.DataFrame:
    table = evidence_table("un_ukraine_votes.csv")
    counts = table.pivot_table(index=["resolution", "date"], columns="vote", values="state", aggfunc="count")
    counts = counts.reindex(columns=["Y", "N", "A", "NV"]).fillna(0).astype(int)
    counts = counts.where(counts.sum(axis=1) > 1)  # resolutions with one known vote have no totals here
    own = table[table["state"] == focal].set_index(["resolution", "date"])["vote"]
    return counts.assign(vote=own.reindex(counts.index).fillna("no record")).reset_index().sort_values("date")
