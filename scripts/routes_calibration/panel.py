# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The panel of EU exports: units that survive the nomenclature of 2022, their group and ban."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import build_sanctions as bans
import pandas as pd

HUBS = ("KAZ", "KGZ", "ARM", "GEO", "UZB")
MONTHS = tuple(f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13))[:35]  # to 2022-11
EARLY_UNTIL = "2022-04-09"  # the last act before the window; the next one is of 2022-10-07
CONTINUOUS = (1 / 3, 3.0)  # a merged heading must keep January-February exports to Russia within these
GROUPS = (
    *("chpl-2", "chpl-3", "chpl-4", "electronics", "machinery", "vehicles", "luxury", "chemicals"),
    "other",
)
ROLES = ("closed", "partly", "open", "late", "steel")  # steel: on the list of banned imports only
FALL_OF_OPEN = 0.2  # codes marked ex whose direct exports fell by less are open; vehicles, new or used, never
GROUP_OF_SECTOR = {"C26": "electronics", "C27": "machinery", "C28": "machinery"} | dict.fromkeys(
    ("C20", "C21", "C22"), "chemicals"
)
INDUSTRIAL_CHAPTERS = ("40", *(str(c) for c in range(84, 91)))  # tyres, machines, vehicles: not luxury here
NAMES = {
    "Kazakhstan": "KAZ",
    "Kyrgyzstan": "KGZ",
    "Armenia": "ARM",
    "Georgia": "GEO",
    "Uzbekistan": "UZB",
    "Russian Federation (Russia)": "RUS",
}
MEMBERS = (
    *("Austria", "Belgium", "Bulgaria", "Croatia", "Cyprus", "Czechia", "Denmark", "Estonia", "Finland"),
    *("France", "Germany", "Greece", "Hungary", "Ireland", "Italy", "Latvia", "Lithuania", "Luxembourg"),
    *("Malta", "Netherlands", "Poland", "Portugal", "Romania", "Slovakia", "Slovenia", "Spain", "Sweden"),
)


@dataclass(frozen=True)
class Panel:
    """Units and their trade.

    Attributes
    ----------
    units
        One row a unit: ``group``, ``role`` (one of ``ROLES``), ``ban`` (month of the first listing that
        counts, empty if none), ``whole`` (listed as a whole, not marked ex), ``fall`` (of direct exports).
    flows
        Partner to a table of exports, EUR million, units by months.
    rest
        Partner to total exports less the whole panel, EUR million by month (none for Belarus).
    dropped
        Partner to trade in listed codes left out for want of a counterpart before 2022, EUR million by month.
    """

    units: pd.DataFrame
    flows: dict[str, pd.DataFrame]
    rest: dict[str, pd.Series]
    dropped: dict[str, pd.Series]


def code_table(raw: Path, share: float = bans.COLLAPSE) -> pd.DataFrame:
    """Codes with their days, status and group; dated by the acts and by exports to Russia alone."""
    exports = bans.monthly(raw, "RUS")
    codes = bans.dated(exports, bans.listings(exports.index), share)
    weight = bans.weights(raw, codes["hs6"])
    main = weight.sort_values("weight", kind="stable").drop_duplicates("hs6", keep="last")
    codes["sector"] = codes["hs6"].map(main.set_index("hs6")["sector"]).fillna("")
    tier = pd.read_csv(raw / "sanctions/chpl_50_hs6_2024.csv", dtype=str).set_index("hs6")["tier"]
    annex = pd.read_csv(bans.TABLES / "eu_export_ban_annexes.csv", comment="#", dtype=str)
    luxury = tuple(annex.loc[annex["annex"] == "XVIII", "code"])
    codes["group"] = [group_of(r.code, r.sector, tier.get(r.hs6, ""), luxury) for r in codes.itertuples()]
    return codes


def group_of(code: str, sector: str, tier: str, luxury: tuple[str, ...]) -> str:
    """Group of a code: high-priority tier, vehicles, luxury, then by sector."""
    if tier:
        return f"chpl-{tier}"
    if code.startswith("87"):
        return "vehicles"
    if code.startswith(luxury) and not code.startswith(INDUSTRIAL_CHAPTERS):
        return "luxury"
    return GROUP_OF_SECTOR.get(sector, "other")


def families(exports: pd.DataFrame) -> pd.Series:
    """Unit of each code: itself, or its heading where the nomenclature of 2022 began or ended the code.

    Parameters
    ----------
    exports
        EUR million, codes by months, over all partners together (only whether a code is in use counts).
    """
    old = [m for m in exports.columns if m < "2022"]
    used_before, used_after = exports[old].sum(axis=1) > 0, exports.drop(columns=old).sum(axis=1) > 0
    changed = used_before != used_after
    heading = exports.index.to_series().str[:4].replace(bans.RENUMBERED) + "xx"
    return exports.index.to_series().where(~changed, heading)


def cut_off(russia: pd.DataFrame) -> pd.Index:
    """Units whose record breaks at the turn of 2021-22, before the war, judged by exports to Russia alone.

    These are merged headings without a counterpart, and codes that Russia bought in every month of 2021 but
    in neither January nor February of 2022.
    """
    year, new = [m for m in russia.columns if m.startswith("2021")], ["2022-01", "2022-02"]
    ratio = russia[new].sum(axis=1) / russia[year[:2]].sum(axis=1)
    broken = russia.index.str.endswith("xx") & ~ratio.between(*CONTINUOUS)
    stopped = (russia[year] > 0).all(axis=1) & (russia[new].sum(axis=1) == 0)
    return russia.index[broken | stopped]


def load(raw: Path, share: float = bans.COLLAPSE) -> Panel:
    """Read the panel and the totals; drop merged headings that have no counterpart across 2021-22."""
    codes = code_table(raw, share).set_index("code")
    table = pd.read_parquet(raw / "trade/eu_exports_sanctioned_cn8_clean.parquet")
    table = table[table["month"].isin(MONTHS)].assign(meur=table["eur"] / 1e6)
    by_code = table.pivot_table(index="code", columns="month", values="meur", aggfunc="sum")
    unit = families(by_code.reindex(codes.index, columns=MONTHS).fillna(0.0))
    table["unit"] = table["code"].map(unit)
    whole = table.groupby(["partner_iso3", "month"])["meur"].sum()
    flows = {
        p: t.pivot_table(index="unit", columns="month", values="meur", aggfunc="sum")
        .reindex(index=sorted(set(unit)), columns=list(MONTHS))
        .fillna(0.0)
        for p, t in table.groupby("partner_iso3")
    }
    lost = cut_off(flows["RUS"])
    dropped = {p: t.loc[lost].sum() for p, t in flows.items()}
    flows = {p: t.drop(index=lost) for p, t in flows.items()}
    units = unit_table(codes, unit).drop(index=lost)
    units["fall"] = direct_fall(flows["RUS"])
    still = (units["fall"] < FALL_OF_OPEN) & (units["group"] != "vehicles")
    units.loc[(units["role"] == "partly") & still, "role"] = "open"
    return Panel(units, flows, rest_of_trade(raw, whole), dropped)


def direct_fall(russia: pd.DataFrame) -> pd.Series:
    """Fall of exports to Russia, June to November of 2022 on 2021, as a share; NaN without trade in 2021."""
    after, before = list(MONTHS[29:35]), list(MONTHS[17:23])
    base = russia[before].sum(axis=1)
    return 1 - russia[after].sum(axis=1) / base.where(base > 0)


def unit_table(codes: pd.DataFrame, unit: pd.Series) -> pd.DataFrame:
    """Attributes of units; a merged heading takes those of its largest code in exports to Russia in 2021."""
    day = codes["mid"].where(codes["mid"].notna(), codes["high"]).fillna("").astype(str)
    role = pd.Series("closed", index=codes.index)
    role[codes["status"] == "ex, open"] = "partly"
    role[day > EARLY_UNTIL] = "late"
    role[codes["status"] == "import list"] = "steel"
    whole = codes["status"].eq("cited")
    table = codes.assign(unit=unit, ban=day.str[:7], role=role, whole=whole)
    table = table.sort_values("meur", kind="stable").drop_duplicates("unit", keep="last")
    return table.set_index("unit").sort_index()


def rest_of_trade(raw: Path, panel: pd.Series) -> dict[str, pd.Series]:
    """Total exports less the panel, EUR million by month."""
    table = pd.read_csv(raw / "trade/eu27_exports_total_monthly_2019_2022.csv")
    table["partner"], table["month"] = table["PARTNER"].map(NAMES), table["month"].str[:7]
    total = table.groupby(["partner", "month"])["eur"].sum() / 1e6
    return {p: total[p].reindex(MONTHS) - panel[p].reindex(MONTHS) for p in (*HUBS, "RUS")}


def world_growth(raw: Path) -> float:
    """Growth of exports to third countries, 2021 to 2022, without Russia, Belarus, Ukraine and the hubs."""
    table = pd.read_csv(raw / "trade/eu27_exports_by_partner_annual_2019_2022.csv")
    out = table["PARTNER"].str.startswith((*MEMBERS, *NAMES, "Belarus", "Ukraine"))
    year = table[~out].groupby("year")["eur"].sum()
    return float(year[2022] / year[2021])
