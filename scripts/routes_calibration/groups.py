# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Goods groups inside sectors: their share of EU exports of 2021 to Russia and to each hub."""

from __future__ import annotations

from pathlib import Path

import build_sanctions as bans
import pandas as pd

import tertius as tt
from routes_calibration.panel import GROUPS, HUBS, code_table

ORDER = ("chpl-1", *GROUPS, "not-banned")
DAYS = ("2022-06-08", "2022-12-31")
READINGS = {"mid": "share", "low": "low", "high": "high"}
WORLD = "icio-2021"


def values(raw: Path, codes: pd.DataFrame) -> pd.DataFrame:
    """EU exports of 2021 by listed code and partner, USD million."""
    table = pd.read_parquet(raw / "trade/eu_exports_sanctioned_cn8_clean.parquet")
    table = table[table["month"].str.startswith("2021")]
    wide = table.pivot_table(index="code", columns="partner_iso3", values="eur", aggfunc="sum")
    return wide.reindex(codes["code"]).fillna(0.0) * bans.USD_PER_EUR / 1e6


def split(raw: Path, codes: pd.DataFrame) -> pd.DataFrame:
    """Codes by goods sector (repair, services and mining support have none), with value by partner."""
    value = values(raw, codes)
    table = codes.drop(columns="sector").merge(bans.weights(raw, codes["hs6"]), on="hs6")
    parts = value.loc[table["code"]].mul(table["weight"].to_numpy(), axis=0)
    return pd.concat([table.reset_index(drop=True), parts.reset_index(drop=True)], axis=1)


def flow_to(partner: str, raw: Path) -> pd.Series:
    """Flow of 2021 from the EU by sector, USD million; of all goods for a hub that the world lacks."""
    world = tt.load_world(WORLD)
    if partner in world.trade.coords["importer"].to_numpy():
        cells = world.trade.sel(exporter=bans.EU27, importer=partner).sum("exporter").to_series()
        return cells.reindex(bans.GOODS)
    year = pd.read_csv(raw / "trade/eu27_exports_total_monthly_2019_2022.csv")
    names = {"KGZ": "Kyrgyzstan", "ARM": "Armenia", "GEO": "Georgia", "UZB": "Uzbekistan"}
    of = year["PARTNER"].eq(names[partner]) & year["month"].str.startswith("2021")
    return pd.Series(year.loc[of, "eur"].sum() * bans.USD_PER_EUR / 1e6, index=bans.GOODS)


def shares(table: pd.DataFrame, partner: str, flow: pd.Series, day: str, by_sector: bool) -> pd.DataFrame:
    """Shares of banned groups in each sector's flow in three readings, scaled to one where they exceed it."""
    found = {}
    for reading, name in READINGS.items():
        live = table[table[reading].notna() & (table[reading] <= day)]
        musd = live.groupby(["sector", "group"])[partner].sum()
        ratio = musd / flow.reindex(musd.index.get_level_values("sector")).to_numpy()
        whole = ratio.groupby(level="sector").transform("sum")
        found[name] = ratio / whole.clip(lower=1.0) if by_sector else ratio
        if reading == "mid":
            found |= {
                "uncapped": whole,
                "panel_musd": musd,
                "codes": live.groupby(["sector", "group"]).size(),
            }
    out = pd.DataFrame(found).fillna({"share": 0.0, "low": 0.0, "high": 0.0, "panel_musd": 0.0, "codes": 0})
    out["uncapped"] = out["uncapped"].groupby(level="sector").transform("max").fillna(0.0)
    return out.reset_index().assign(partner=partner, date=day)


def with_rest(table: pd.DataFrame) -> pd.DataFrame:
    """Add the part that is not banned; its low reading is what stays open when the ban is read widely."""
    sums = table.groupby("sector")[["share", "low", "high"]].sum()
    rest = pd.DataFrame(
        {
            "share": 1 - sums["share"],
            "low": 1 - sums["high"],
            "high": 1 - sums["low"],
            "uncapped": table.groupby("sector")["uncapped"].max(),
        }
    )
    rest = rest.clip(lower=0.0).reset_index().assign(group="not-banned", panel_musd=0.0, codes=0)
    return pd.concat([table, rest.assign(partner=table["partner"].iloc[0], date=table["date"].iloc[0])])


def group_table(raw: Path) -> pd.DataFrame:
    """Shares by partner, date, sector and group, with coverage before the cap, value, codes and a note."""
    codes = code_table(raw)
    table = split(raw, codes)
    parts = []
    for partner in ("RUS", "BLR", *HUBS):
        flow = flow_to(partner, raw)
        by_sector = partner in ("RUS", "BLR", "KAZ")
        for day in DAYS if partner == "RUS" else DAYS[-1:]:
            part = shares(table, partner, flow, day, by_sector)
            part = with_rest(part) if by_sector else part
            kind = "of the sector's flow" if by_sector else "of all EU exports to the hub"
            parts.append(part.assign(flow_musd=part["sector"].map(flow), of=kind))
    out = pd.concat(parts, ignore_index=True)
    out["note"] = ""
    out.loc[out["of"].str.contains("sector") & (out["uncapped"] > 1), "note"] = "capped"
    out["group"] = pd.Categorical(out["group"], ORDER, ordered=True)
    out["sector"] = pd.Categorical(out["sector"], bans.GOODS, ordered=True)
    out["partner"] = pd.Categorical(out["partner"], ("RUS", "BLR", *HUBS), ordered=True)
    out = out.sort_values(["partner", "date", "sector", "group"])
    out = out[(out[["share", "low", "high"]] > 0).any(axis=1)]
    columns = [*("partner", "date", "sector", "group", "share", "low", "high", "uncapped"), "panel_musd"]
    return out[[*columns, "flow_musd", "codes", "of", "note"]]
