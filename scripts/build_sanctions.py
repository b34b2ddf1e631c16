# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build the tables behind the sanctions of 2022 and the common tariff of the Eurasian Economic Union.

Usage: python scripts/build_sanctions.py RAW_DIR

Reads ``tables/eu_export_ban_annexes.csv`` (codes and dates from the acts) beside the raw folder. Writes
``eu_export_ban_coverage.csv``, ``eu_belarus_export_coverage.csv``, ``russia_import_ban_shares.csv`` and
``eaeu_common_tariff.csv``, and prints caps and sensitivities. ``docs/sanctions-data.md`` explains the rules.
"""

from __future__ import annotations

import sys
from pathlib import Path

import h5py
import numpy as np
import pandas as pd

TABLES = Path(__file__).parents[1] / "src/tertius/data/tables"
EU27 = [
    *("AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN"),
    *("IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"),
]
PARTIES = ["EU27", "USA", "GBR", "CAN", "JPN", "KOR", "AUS", "NZL", "NOR", "CHE", "ISL", "TWN"]
USD_PER_EUR = 1.1827  # European Central Bank, average of the reference rates of 2021
COLLAPSE = 0.20  # collapsed: from some month on never above this share of the mean of 2021
COLLAPSE_TRIED = (0.10, 0.40)
LATEST_COLLAPSE = "2022-09"  # a later start leaves fewer than three months to judge by
ACT_DATES = ("2022-02-26", "2022-03-16", "2022-04-09", "2022-06-08", "2022-10-07", "2022-12-31")
IMPORT_LIST = [*(str(h) for h in range(7206, 7230)), *(str(h) for h in range(7301, 7307))]  # Annex XVII
REV3 = {  # divisions, groups and classes of ISIC Rev. 3 by sector of the world file; the longest match counts
    "A01": "01",
    "A02": "02",
    "A03": "05",
    "B05": "10",
    "B06": "11",
    "B07": "12 13",
    "B08": "14",
    "C10T12": "15 16",
    "C13T15": "17 18 19",
    "C16": "20",
    "C17_18": "21 22",
    "C19": "23",
    "C20": "24 233",
    "C21": "2423",
    "C22": "25",
    "C23": "26",
    "C24A": "271 2731",
    "C24B": "27",
    "C25": "28 2927",
    "C26": "30 32 33",
    "C27": "31 293",
    "C28": "29",
    "C29": "34",
    "C301": "351",
    "C302T309": "35",
    "C31T33": "36 3311",
}
GOODS = [*list(REV3)[:7], "B09", *list(REV3)[7:]]  # mining support (B09) has no goods
SECTOR_OF_REV3 = {code: sector for sector, codes in REV3.items() for code in codes.split()}
RENUMBERED = {"8803": "8807"}  # headings that the nomenclature of 2022 moved: parts of aircraft
REV4_RANGES = {"10T12": (10, 12), "13T15": (13, 15), "17_18": (17, 18), "31T33": (31, 32)}
PRODUCTS = {  # sector -> product -> HS 1992 codes, as far as the table of raw materials has them
    "B05": {"coal": ["270111", "270112", "270119", "270210", "270220"]},
    "B06": {"crude oil": ["270900"], "LNG": ["271111"], "pipeline gas": ["271121"]},
    "C24B": {
        "gold": ["710812"],
        "other metals": ["711011", "711019", "711021", "711029", "711031", "711039", "760110", "810510"],
    },
}
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_sanctions.py; {what}
"""


def sector_of(isic3: str) -> str | None:
    """Sector of an ISIC Rev. 3 class by its main product; none for services."""
    found = (SECTOR_OF_REV3.get(isic3[:n]) for n in (4, 3, 2))
    return next((sector for sector in found if sector), None)


def sector_of_rev4(isic4: str) -> str | None:
    """Sector of an ISIC Rev. 4 class; none for mining support (09), repair (33) and services."""
    division = int(isic4[:2])
    if division == 24:
        return "C24A" if isic4.startswith(("241", "2431")) else "C24B"
    if division == 30:
        return "C301" if isic4.startswith("301") else "C302T309"
    for label, (low, high) in REV4_RANGES.items():
        if low <= division <= high:
            return f"C{label}"
    letter = "A" if division <= 3 else "B" if division <= 9 else "C"
    return f"{letter}{isic4[:2]}" if division <= 32 and division not in (4, 9) else None


def weights(raw: Path, wanted: pd.Series, rev: int = 3) -> pd.DataFrame:
    """Share of each sector in an HS6 code; columns hs6, sector, weight.

    Revision 3 gives each code one class. Revision 4, for the sensitivity, gives several without weights:
    equal ones are used. A code that the concordance does not know, as after a revision of the nomenclature,
    takes the mean of the known codes of its heading.
    """
    name, code, isic = ("hs6_isic3", "HS6_6d", "ISIC3_4d") if rev == 3 else ("hs_isic4", "HS_6d", "ISIC4_4d")
    table = pd.read_csv(raw / f"concordance/{name}.csv", dtype=str).dropna(subset=[isic])
    table = table.rename(columns={code: "hs6"})[table[isic].str.isdigit()]
    table["sector"] = table[isic].map(sector_of if rev == 3 else sector_of_rev4)
    count = table.dropna(subset=["sector"]).groupby(["hs6", "sector"]).size()
    share = (count / count.groupby(level=0).transform("sum")).rename("weight").reset_index()
    group = share.assign(heading=share["hs6"].str[:4]).groupby(["heading", "sector"])["weight"].sum()
    group = (group / group.groupby(level=0).transform("sum")).reset_index()
    missing = pd.DataFrame({"hs6": sorted(set(wanted) - set(table["hs6"]))}, dtype=str)
    missing["heading"] = missing["hs6"].str[:4].replace(RENUMBERED)
    filled = missing.merge(group, on="heading")[["hs6", "sector", "weight"]]
    return pd.concat([share, filled], ignore_index=True)


def flows(raw: Path) -> pd.DataFrame:
    """Flows with Russia by sector in 2021, USD million: EU-27 to Russia and Belarus, Russia to each party."""
    with h5py.File(raw / "icio/ICIO2021.mat") as file:
        labels = [np.array(file[ref]).ravel() for ref in file["data/countries"][()].ravel()]
        names = ["".join(chr(int(c)) for c in label) for label in labels]
        trade = file["data/Xjik_3D"][()].transpose(2, 1, 0)
    at = {name: i for i, name in enumerate(names)}
    eu = [at[c] for c in EU27]
    table = {f"EU27_to_{c}": trade[eu, at[c]].sum(axis=0) for c in ("RUS", "BLR")}
    for party in PARTIES:
        table[party] = trade[at["RUS"], eu if party == "EU27" else [at[party]]].sum(axis=0)
    return pd.DataFrame(table).iloc[: len(GOODS)].set_axis(GOODS)


def monthly(raw: Path, partner: str) -> pd.DataFrame:
    """EU-27 exports of listed codes to a partner by month, EUR million; months without a record are zero."""
    listed = pd.read_csv(raw / "sanctions/eu_export_sanctioned_cn8_jan2023.csv", dtype=str)["code"]
    panel = pd.read_parquet(raw / "trade/eu_exports_sanctioned_cn8_clean.parquet")
    panel = panel[panel["partner_iso3"] == partner]
    table = panel.pivot_table(index="code", columns="month", values="eur", aggfunc="sum") / 1e6
    return table.reindex(sorted(listed)).fillna(0.0)


def collapse_month(exports: pd.DataFrame, share: float) -> pd.Series:
    """First month of 2022 from which exports stay at or below a share of the mean of 2021; NaN if never.

    Codes that end with the nomenclature of 2021 are judged by their heading.
    """
    months = [m for m in exports.columns if m >= "2022-01"]
    before = [m for m in exports.columns if m.startswith("2021")]
    ended = (exports[["2022-01", "2022-02"]].sum(axis=1) == 0) & (exports[before].sum(axis=1) > 0)
    pooled = exports.groupby(exports.index.str[:4]).transform("sum")
    use = exports.where(~ended, pooled)
    low = use[months].le(share * use[before].mean(axis=1), axis=0)
    stays = low.iloc[:, ::-1].cummin(axis=1).iloc[:, ::-1]
    return stays.idxmax(axis=1).where(stays.any(axis=1))


def listings(codes: pd.Index) -> pd.DataFrame:
    """First day on which each code stands in an annex of banned exports: as a whole, and marked ex."""
    annex = pd.read_csv(TABLES / "eu_export_ban_annexes.csv", comment="#", dtype=str)
    rows = []
    for code in codes:
        hits = annex[[code.startswith(c) for c in annex["code"]]].groupby("part")["in_force"].min()
        rows.append((hits.get("0", ""), hits.get("1", "")))
    return pd.DataFrame(rows, index=codes, columns=["whole", "part"], dtype=object)


def dated(exports: pd.DataFrame, listed: pd.DataFrame, share: float = COLLAPSE) -> pd.DataFrame:
    """Give each code its value of 2021, its days (low, central and high reading) and how they are known.

    Status: ``cited`` (the whole code stands in an annex), ``cited, part`` (marked ex, and the direct trade
    collapsed), ``ex, open`` (marked ex, no collapse: only in the high reading), ``inferred`` (no annex found,
    dated by the collapse), ``import list`` (in the annex of banned imports of steel: not counted).
    """
    month = collapse_month(exports, share)
    value = exports[[m for m in exports.columns if m.startswith("2021")]].sum(axis=1)
    rows = []
    for code, whole, part in listed.itertuples():
        fell = isinstance(month[code], str) and month[code] <= LATEST_COLLAPSE
        first = min((d for d in (whole, part) if d), default=None)
        if first is None and code[:4] in IMPORT_LIST:
            rows.append((code, None, None, None, "import list"))
        elif first is None:
            day = f"{month[code]}-01" if fell else "2022-12-31"
            rows.append((code, day, day, day, "inferred"))
        else:
            early = first == part and first != whole
            status = "cited" if not early else "cited, part" if fell else "cited" if whole else "ex, open"
            rows.append((code, whole or None, (first if fell else whole) or None, first, status))
    table = pd.DataFrame(rows, columns=["code", "low", "mid", "high", "status"])
    return table.assign(meur=table["code"].map(value), hs6=table["code"].str[:6])


def coverage(codes: pd.DataFrame, weight: pd.DataFrame, flow: pd.Series, day: str) -> pd.DataFrame:
    """Share of the flow of 2021 in codes under a ban on a day, by sector, capped at 1, in three readings."""
    split = codes.merge(weight, on="hs6")
    split["musd"] = split["meur"] * split["weight"] * USD_PER_EUR
    live = {
        reading: split[split[reading].notna() & (split[reading] <= day)] for reading in ("low", "mid", "high")
    }
    total = {r: t.groupby("sector")["musd"].sum().reindex(GOODS, fill_value=0.0) for r, t in live.items()}
    capped = {r: (t / flow).clip(upper=1.0).round(4).to_numpy() for r, t in total.items()}
    by_status = live["mid"].pivot_table(index="sector", columns="status", values="musd", aggfunc="sum")
    main_status = by_status.reindex(GOODS).fillna(0.0).idxmax(axis=1)
    return pd.DataFrame(
        {
            "sector": GOODS,
            "date": day,
            "coverage": capped["mid"],
            "low": capped["low"],
            "high": capped["high"],
            "uncapped": (total["mid"] / flow).round(4).to_numpy(),
            "panel_musd": total["mid"].round(1).to_numpy(),
            "flow_musd": flow.round(1).to_numpy(),
            "n_codes": live["mid"]
            .groupby("sector")["code"]
            .nunique()
            .reindex(GOODS, fill_value=0)
            .to_numpy(),
            "status": main_status.where(total["mid"] > 0, "").to_numpy(),
        }
    )


def belarus(exports: pd.DataFrame, weight: pd.DataFrame, flow: pd.Series) -> pd.DataFrame:
    """Share of the flow to Belarus in codes of Russia's list whose direct trade with Belarus collapsed.

    The annexes for Belarus are not at hand: all of it is ``inferred``. Codes of the import list are left out.
    """
    month = collapse_month(exports, COLLAPSE)
    value = exports[[m for m in exports.columns if m.startswith("2021")]].sum(axis=1)
    fell = month.notna() & (month <= LATEST_COLLAPSE) & ~exports.index.str[:4].isin(IMPORT_LIST)
    codes = pd.DataFrame({"hs6": exports.index.str[:6], "meur": value})[fell].merge(weight, on="hs6")
    codes["musd"] = codes["meur"] * codes["weight"] * USD_PER_EUR
    musd = codes.groupby("sector")["musd"].sum().reindex(GOODS, fill_value=0.0)
    ratio = musd / flow
    table = {"coverage": ratio.clip(upper=1.0), "uncapped": ratio, "panel_musd": musd, "flow_musd": flow}
    return pd.DataFrame(table).round(4).rename_axis("sector").reset_index().assign(status="inferred")


def import_shares(raw: Path, flow: pd.DataFrame) -> pd.DataFrame:
    """Products inside a sector of Russia's exports to each sanctioning party, 2021, USD million and shares.

    ``mix_share`` is the share among the products of the sector that the raw-materials table holds,
    ``flow_share`` the share of the sector's flow in the world file.
    """
    table = pd.read_parquet(raw / "trade/baci_raw_materials_hs6_1995_2024.parquet")
    table = table[(table["year"] == 2021) & (table["o"] == "RUS")]
    party = table["d"].where(~table["d"].isin(EU27), "EU27")
    musd = table.assign(party=party).groupby(["party", "hs6_92"])["v_kusd"].sum() / 1e3
    rows = []
    for who in PARTIES:
        for sector, products in PRODUCTS.items():
            value = {p: sum(musd.get((who, c), 0.0) for c in codes) for p, codes in products.items()}
            mix, whole = sum(value.values()), flow.at[sector, who]
            rows += [
                (who, sector, p, v, mix, whole, v / mix if mix else np.nan, v / whole if whole else np.nan)
                for p, v in value.items()
                if v > 0
            ]
    columns = [
        *("party", "sector", "product", "product_musd", "mix_musd", "flow_musd"),
        "mix_share",
        "flow_share",
    ]
    return pd.DataFrame(rows, columns=columns).round(4)


def common_tariff(raw: Path) -> pd.DataFrame:
    """Simple average of the common external tariff by sector, ad valorem, over HS6 codes with a rate."""
    table = pd.read_csv(raw / "tariffs/eaeu_cet_hs6_2026.csv", dtype={"hs6": str})
    table["hs6"] = table["hs6"].str.zfill(6)
    known = table.dropna(subset=["adval_mean"])
    split = known.merge(weights(raw, table["hs6"]), on="hs6")
    split["product"] = split["adval_mean"] * split["weight"] / 100
    group = split.groupby("sector")
    rows = pd.DataFrame(
        {
            "simple_average": group["product"].sum() / group["weight"].sum(),
            "maximum": group["adval_max"].max() / 100,
            "n_lines": group["hs6"].nunique(),
            "weight_lines": group["weight"].sum(),
        }
    ).reindex(GOODS)
    whole = known["adval_mean"].mean() / 100, known["adval_max"].max() / 100, len(known), float(len(known))
    rows.loc["ALL"] = whole
    left_out = f"{len(table) - len(known)} of {len(table)} HS6 codes have no ad-valorem rate"
    print(f"common tariff: overall {whole[0]:.4f}; {left_out}")
    rows["n_lines"] = rows["n_lines"].fillna(0).astype(int)
    return rows.round(4).rename_axis("sector").reset_index()


def write(table: pd.DataFrame, name: str, what: str) -> None:
    """Write one table with its licence head."""
    text = HEAD.format(what=what) + table.to_csv(index=False, lineterminator="\n")
    (TABLES / name).write_text(text, encoding="utf-8")


def report(raw: Path, exports: pd.DataFrame, listed: pd.DataFrame, flow: pd.Series) -> None:
    """Print the status of codes, the caps, and what the dating rule and the concordance do to the result."""
    codes = dated(exports, listed)
    print(codes.groupby("status")["meur"].agg(["size", "sum"]).round(0).to_string())
    by_rev = {rev: weights(raw, codes["hs6"], rev) for rev in (3, 4)}
    lost = codes[~codes["hs6"].isin(by_rev[3]["hs6"])]
    print(f"codes without a goods sector: {len(lost)}, EUR million {lost['meur'].sum():.1f}")
    out = {}
    for day in ("2022-06-08", "2022-12-31"):
        for share, rev in ((COLLAPSE, 3), *((tried, 3) for tried in COLLAPSE_TRIED), (COLLAPSE, 4)):
            name = f"{day[5:7]}: {share:.0%}, Rev. {rev}"
            table = coverage(dated(exports, listed, share), by_rev[rev], flow, day).set_index("sector")
            whole = [
                round(float((table[r] * flow).sum() / flow.sum()), 3) for r in ("coverage", "low", "high")
            ]
            print(f"{name}: all goods {whole}, capped {list(table.index[table['uncapped'] > 1])}")
            out[name] = table["coverage"]
    print(pd.DataFrame(out).round(3).to_string())


def main(raw: Path) -> None:
    """Write the four tables and print the checks."""
    flow = flows(raw)
    exports = monthly(raw, "RUS")
    listed = listings(exports.index)
    weight = weights(raw, exports.index.str[:6].to_series())
    codes = dated(exports, listed)
    parts = [coverage(codes, weight, flow["EU27_to_RUS"], day) for day in ACT_DATES]
    what = "share of EU-27 exports to Russia in 2021 under EU export bans, cumulative; USD million."
    write(pd.concat(parts), "eu_export_ban_coverage.csv", what)
    other = belarus(monthly(raw, "BLR"), weight, flow["EU27_to_BLR"])
    what = "share of EU-27 exports to Belarus in 2021 that collapsed after the acts of 2022; USD million."
    write(other, "eu_belarus_export_coverage.csv", what)
    print("Belarus capped", other.loc[other["uncapped"] > 1, "sector"].tolist())
    what = "products in Russia's exports of 2021 by sector and sanctioning party; USD million."
    write(import_shares(raw, flow), "russia_import_ban_shares.csv", what)
    what = "common external tariff of the Eurasian Economic Union, revision of 2026; 0.05 = 5 %."
    write(common_tariff(raw), "eaeu_common_tariff.csv", what)
    report(raw, exports, listed, flow["EU27_to_RUS"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
