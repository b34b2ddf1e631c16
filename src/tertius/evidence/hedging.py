# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Hedging: how evenly a state spreads itself over patrons, channel by channel, and whether that lasts.

Entropy over patrons within a channel: 0 with one patron, 1 with equal shares (Shannon 1948, normalised).
Concentration across channels: the Herfindahl index of the mean share of each patron; low means that no one
patron dominates everything.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tertius.evidence.trend import fit_trend

__all__ = ["entropy", "hedging_table", "persistence"]

LEVEL = 0.9  # persistent: never under this share of its own mean in the last ten years
YEARS = 10


def entropy(shares: NDArray[np.float64]) -> float:
    """Give the normalised entropy of shares over patrons; they are brought to a sum of one first.

    Examples
    --------
    >>> round(entropy(np.array([0.2, 0.2, 0.2])), 9), entropy(np.array([1.0, 0.0, 0.0]))
    (1.0, 0.0)
    """
    p = shares[shares > 0] / shares.sum() if shares.sum() > 0 else np.array([])
    return abs(float(-(p * np.log(p)).sum() / np.log(len(shares)))) if len(p) else float("nan")


def hedging_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Entropy by channel and year, and over channels.

    Parameters
    ----------
    shares
        Columns ``channel``, ``power``, ``year``, ``value``; channels with at least two powers count.

    Returns
    -------
    pandas.DataFrame
        ``channel`` (``all``: the mean over channels seen in that year), ``year``, ``entropy``, ``leader``
        (power
        with the largest share), ``leader_share`` (among the powers named), ``concentration`` (rows ``all``).
    """
    rows = []
    for (channel, year), part in shares.groupby(["channel", "year"]):
        value = part.set_index("power")["value"]
        if len(value) > 1 and value.sum() > 0:
            share = value / value.sum()
            rows.append((channel, year, entropy(value.to_numpy(float)), share.idxmax(), float(share.max())))
    table = pd.DataFrame(rows, columns=["channel", "year", "entropy", "leader", "leader_share"])
    if table.empty:
        return table.assign(concentration=[])
    table["concentration"] = np.nan
    return pd.concat([table, _over_channels(shares, table)], ignore_index=True)


def _over_channels(shares: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Rows ``all`` for the years in which the most channels are seen."""
    count = table.groupby("year")["channel"].nunique()
    rows = []
    for year in count.index[count == count.max()]:
        part = shares[shares["year"] == year]
        mean = (
            (part["value"] / part.groupby("channel")["value"].transform("sum")).groupby(part["power"]).sum()
        )
        mean = mean / mean.sum()
        found = float(table.loc[table["year"] == year, "entropy"].mean())
        rows.append(("all", year, found, mean.idxmax(), float(mean.max()), float((mean**2).sum())))
    return pd.DataFrame(
        rows, columns=["channel", "year", "entropy", "leader", "leader_share", "concentration"]
    )


def persistence(table: pd.DataFrame) -> pd.DataFrame:
    """Judge by channel whether hedging lasted: ``persistent``, ``eroding``, ``deepening`` or ``uneven``.

    Persistent: no trend, or an upward one, and in the last ten years never under 90 % of the mean of all
    years
    before them. Eroding: a downward trend. Uneven: neither.
    """
    rows = []
    for channel, part in table.groupby("channel"):
        part = part.sort_values("year")
        trend = fit_trend(part["year"].to_numpy(float), part["entropy"].to_numpy(float), breaks=False)
        if trend is None:
            rows.append((channel, len(part), np.nan, np.nan, np.nan, "too short"))
            continue
        late = part["entropy"].iloc[-min(YEARS, len(part) // 2) :]
        early = part["entropy"].iloc[: len(part) - len(late)].mean()
        held = bool((late >= LEVEL * early).all())
        falls = trend.word.startswith("falling")
        word = "eroding" if falls else "persistent" if held else "uneven"
        rows.append((channel, len(part), trend.slope, trend.slope_se, float(late.min() / early), word))
    return pd.DataFrame(rows, columns=["channel", "years", "slope", "slope_se", "lowest_late", "verdict"])
