# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Tables for an analyst: the watch list, chapters, months, origins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tertius.evidence.chapters import chapter_name, product_text
from tertius.evidence.panel import TOTAL, Panel

if TYPE_CHECKING:
    from tertius.evidence.bans import Bans

__all__ = ["USD_PER_EUR", "by_chapter", "by_month", "usd_million", "watch_list"]

USD_PER_EUR = 1.1827  # average of 2021, origin record ecb-reference-rates
SCALES = {"thousand": 1e-3, "million": 1.0, "billion": 1e3}

SPREAD = 2.0  # standard deviations of the base year above which a month counts as raised
DRAWS = 200


def watch_list(
    cells: pd.DataFrame, panel: Panel, bans: Bans, base: Sequence[str], after: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Listed cells with text, dates and first month, the largest excess first; and their origins."""
    held = cells[cells["finding"] != ""].sort_values("excess", ascending=False, ignore_index=True)
    about = bans.table.reindex(held["product"])
    held.insert(1, "text", [product_text(p) for p in held["product"]])
    held["ban"], held["status"] = about["ban"].to_numpy(), about["status"].to_numpy()
    held["first_month"] = [
        first_month(panel.values[h].loc[p], b, base[0][:4])
        for p, h, b in zip(held["product"], held["hub"], held["ban"], strict=True)
    ]
    held["excess_usd"] = held["excess"] * usd_million(panel.unit)
    first = [
        "finding",
        "product",
        "text",
        "hub",
        "excess",
        "excess_usd",
        "share_of_loss",
        "first_month",
        "before",
        "after",
        "direct_loss",
    ]
    held = held[first + [c for c in held if c not in first]]
    return held, _origins(held, panel, base, after)


def usd_million(unit: str) -> float:
    """USD million in one unit of a panel, at the rate of 2021; NaN where the currency is not EUR or USD.

    Examples
    --------
    >>> usd_million("thousand EUR"), usd_million("USD"), usd_million("unit not stated")
    (0.0011827, 1e-06, nan)
    """
    words = unit.casefold().replace("euro", "eur").split()
    scale = next((v for w, v in SCALES.items() if w in words), 1e-6)
    rate = USD_PER_EUR if "eur" in words else 1.0 if "usd" in words else float("nan")
    return round(scale * rate, 15)


def first_month(values: pd.Series, ban: str, year: str) -> str:
    """First month from the ban on with trade two standard deviations above the base year's mean; or empty.

    Examples
    --------
    >>> months = [f"{y}-{m:02d}" for y in (2021, 2022) for m in range(1, 13)]
    >>> first_month(pd.Series([1.0] * 15 + [9.0] * 9, months), "2022-03", "2021")
    '2022-04'
    """
    before = values[[m for m in values.index if m.startswith(year)]]
    limit = before.mean() + SPREAD * before.std()
    high = [str(m) for m, v in values.items() if str(m) >= max(ban, f"{int(year) + 1}-01") and v > limit]
    return high[0] if high else ""


def by_chapter(cells: pd.DataFrame) -> pd.DataFrame:
    """Excess and direct loss by hub and chapter (first two digits), with the number of listed products."""
    table = cells.assign(chapter=cells["product"].str[:2], loss=cells["direct_loss"].clip(lower=0.0))
    found = table.groupby(["hub", "chapter"], as_index=False).agg(
        excess=("excess", "sum"),
        direct_loss=("loss", "sum"),
        tested=("product", "size"),
        q=("chapter_q", "first"),
        listed=("finding", lambda f: int((f != "").sum())),
    )
    found["share_of_loss"] = found["excess"] / found["direct_loss"].where(found["direct_loss"] > 0)
    found.insert(2, "text", [chapter_name(c) for c in found["chapter"]])
    return found.sort_values(["hub", "excess"], ascending=[True, False], ignore_index=True)


def by_month(panel: Panel, hub: str, bans: Bans, year: str, seed: int) -> pd.DataFrame:
    """Banned against other products by month: log ratio of sums, base year zero, with a placebo band."""
    values = panel.values[hub].drop(index=TOTAL, errors="ignore")
    treated, control = (values.index.isin(list(s)) for s in (bans.treated, bans.controls))
    pool = values[treated | control].to_numpy()
    mask = treated[treated | control]
    base = np.array([m.startswith(year) for m in values.columns])
    rng = np.random.default_rng(seed)
    masks = np.vstack([mask, [rng.permutation(mask) for _ in range(DRAWS)]]).astype(float)
    sums, others = masks @ pool, (1 - masks) @ pool
    with np.errstate(divide="ignore", invalid="ignore"):
        path = (
            np.log(sums / others) - np.log(sums[:, base].sum(axis=1) / others[:, base].sum(axis=1))[:, None]
        )
        low, high = np.nanquantile(np.where(np.isfinite(path[1:]), path[1:], np.nan), [0.05, 0.95], axis=0)
    return pd.DataFrame(
        {"hub": hub, "month": list(values.columns), "log_ratio": path[0], "lo": low, "hi": high}
    )


def _origins(held: pd.DataFrame, panel: Panel, base: Sequence[str], after: Sequence[str]) -> pd.DataFrame:
    columns = ["product", "hub", "origin", "before", "after", "change"]
    if panel.by_origin is None or held.empty:
        return pd.DataFrame(columns=columns)
    table = panel.by_origin[panel.by_origin["product"].isin(held["product"])]
    names = ["product", "partner", "month", "origin"]
    table = table.astype(dict.fromkeys(names, object)).rename(columns={"partner": "hub"})
    table = table.merge(held[["product", "hub"]], on=["product", "hub"])
    key = ["product", "hub", "origin"]
    first, second = (table[table["month"].isin(m)].groupby(key)["value"].sum() for m in (base, after))
    found = pd.DataFrame({"before": first, "after": second}).fillna(0.0)
    found["change"] = found["after"] - found["before"]
    return found.reset_index()[columns].sort_values("change", ascending=False, ignore_index=True)
