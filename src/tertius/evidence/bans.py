# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""When each product was banned: given, from the acts, or from the collapse of direct exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tertius.data.evidence import evidence_table
from tertius.errors import BadInput
from tertius.evidence.panel import TOTAL, Panel

__all__ = ["UNCOUNTED", "Bans", "dated"]

UNCOUNTED = ("import list", "partly", "renumbered")  # other direction; in part; no record before 2022
COLLAPSE = 0.20  # collapsed: never again above this share of the mean of the year before
LEAST_MONTHS = 3  # of collapse


@dataclass(frozen=True, slots=True)
class Bans:
    """Products by treatment.

    Attributes
    ----------
    table
        By product: ``ban`` (month or empty), ``status``.
    treated
        Banned before or in the first month of the window.
    controls
        Not banned by the last month of the window; the rest is left out.
    loss
        Fall of the direct trade in banned products, from the base to the window after the bans.
    """

    table: pd.DataFrame
    treated: frozenset[str]
    controls: frozenset[str]
    loss: float


def dated(
    panel: Panel,
    bans: Mapping[str, str] | pd.DataFrame | str | Path | None,
    target: str,
    window: Sequence[str],
    notes: list[str],
) -> Bans:
    """Date the products of a panel and sort them into banned and not banned.

    Products of the shipped table that are banned in part or in the other direction are neither.
    """
    known = evidence_table("eu_panel_products.csv").set_index("product")
    table = panel.products[["ban", "status"]].copy()
    if bans is None and not (table["ban"] != "").any():
        if target != "RUS":
            raise BadInput("detect: bans", f"no dates for {target}", "give bans=, or bans='direct'")
        names = [c[:6] if c[:6] in known.index else f"{c[:4]}xx" for c in table.index]
        whole = pd.Series(names, index=table.index)
        matched = whole[whole.isin(known.index)]
        table.loc[matched.index, ["ban", "status"]] = known.loc[matched, ["ban", "status"]].to_numpy()
        notes.append(
            f"dates of the EU's acts: {len(matched)} of {len(table)} products matched, others not banned"
        )
    elif isinstance(bans, str) and bans == "direct":
        table["ban"] = collapse_months(panel.values[target].drop(index=TOTAL, errors="ignore"), window)
        table["ban"] = table["ban"].fillna("")
        table["status"] = "inferred"
    elif bans is not None:
        given = _given(bans)
        lost = sorted(set(given) - set(table.index))
        if lost:
            notes.append(f"{len(lost)} dated products are not in the panel: {', '.join(lost[:8])}")
        table["ban"] = pd.Series(given, dtype=object).reindex(table.index).fillna("")
        table["status"] = table["status"].where(table["status"].isin(UNCOUNTED), "given")
    banned = table["ban"] != ""
    counted = ~table["status"].isin(UNCOUNTED)
    treated = table.index[banned & counted & (table["ban"] <= window[0])]
    controls = table.index[counted & (~banned | (table["ban"] > window[-1]))]
    between = int((counted & banned & (table["ban"] > window[0]) & (table["ban"] <= window[-1])).sum())
    if between:
        notes.append(f"{between} products banned inside the window are left out")
    direct = panel.values[target].reindex(treated).fillna(0.0)
    base = [f"{int(m[:4]) - 1}{m[4:]}" for m in window]
    loss = (direct[base].sum(axis=1) - direct[list(window)].sum(axis=1)).clip(lower=0.0).sum()
    return Bans(table, frozenset(map(str, treated)), frozenset(map(str, controls)), float(loss))


def _given(bans: Mapping[str, str] | pd.DataFrame | str | Path) -> dict[str, str]:
    if isinstance(bans, str | Path):
        path = Path(bans)
        if not path.is_file():
            raise BadInput(f"bans: {bans}", "no such file", "give a .csv with the columns product and ban")
        bans = pd.read_csv(path, dtype=str, comment="#", keep_default_na=False)
    if isinstance(bans, pd.DataFrame):
        if not {"product", "ban"} <= set(bans.columns):
            raise BadInput(
                "bans", f"has the columns {', '.join(map(str, bans.columns))}", "needs product and ban"
            )
        bans = dict(zip(bans["product"].astype(str), bans["ban"].astype(str), strict=True))
    out = {str(k): str(v)[:7] for k, v in bans.items()}
    bad = next(
        (v for v in out.values() if v and not pd.Series([v]).str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])").all()),
        "",
    )
    if bad:
        raise BadInput("bans: ban", f"cannot read {bad!r}", "write months as 2022-03; empty for no ban")
    return out


def collapse_months(direct: pd.DataFrame, window: Sequence[str]) -> pd.Series:
    """First month from which direct exports stay at or under a fifth of their mean of the year before.

    Parameters
    ----------
    direct
        Exports to the target, products by months.
    window
        Months after the bans; the year before its first month's year is the base.
    """
    year = str(int(window[0][:4]) - 1)
    base = direct[[m for m in direct.columns if m.startswith(year)]].mean(axis=1)
    months = [m for m in direct.columns if m[:4] > year]
    low = direct[months].le(COLLAPSE * base, axis=0)
    stays = low.iloc[:, ::-1].cummin(axis=1).iloc[:, ::-1].astype(bool)
    first = stays.idxmax(axis=1).where(stays.any(axis=1) & (base > 0))
    latest = months[-LEAST_MONTHS] if len(months) >= LEAST_MONTHS else months[-1]
    return first.where(first.isna() | (first.astype(str) <= latest))
