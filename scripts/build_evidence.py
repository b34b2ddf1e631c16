# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build the tables of measured alignment, influence, activity and circumvention.

Usage: python scripts/build_evidence.py RAW_DIR [OUT_DIR]

Writes ``un_alignment.parquet``, ``un_ukraine_votes.csv``, ``influence.parquet``, ``activity.parquet``,
``leaders_trips.csv``, ``eu_panel.parquet``, ``eu_panel_products.csv`` and ``published_facts.csv``.
``docs/evidence.md`` explains what they hold; the origin records say under which terms.
"""

from __future__ import annotations

import sys
from pathlib import Path

import build_sanctions as bans
import numpy as np
import pandas as pd

from tertius.labels import country_encoder, known_countries

TABLES = Path(__file__).parents[1] / "src/tertius/data/tables"
EU27 = bans.EU27
FIRST_SESSION = 46  # of 1991: the states that exist today
TRADE_POWERS = ("RUS", "CHN", "USA", "TUR")  # and the EU-27 as one
EVENT_POWERS = ("RUS", "CHN", "USA", "TUR", "DEU", "JPN", "SGP")
TRIPS_FROM = 2000
CONTINUOUS = (1 / 3, 3.0)  # a merged heading must keep January-February exports to Russia within these
FALL_OF_OPEN = 0.2  # codes marked ex whose direct exports fell by less are open; vehicles, new or used, never
NAMES = {"Kazakhstan": "KAZ", "Kyrgyzstan": "KGZ", "Armenia": "ARM", "Georgia": "GEO", "Uzbekistan": "UZB"}
NAMES |= {"Russian Federation (Russia)": "RUS"}
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_evidence.py; {what}
"""


def un_alignment(raw: Path) -> pd.DataFrame:
    """Ideal points of four series with 90 % intervals, agreement with three powers, and counts of votes.

    ``votes`` are those of 2024, which the legacy series of 2025 shares; by state and year.
    """
    old = pd.read_csv(raw / "politics/IdealpointestimatesAll_Jun2024.csv", index_col=0)
    old = old[(old["session"] >= FIRST_SESSION) & old["iso3c"].isin(known_countries())]
    names = {"IdealPointAll": "v2024", "Q5%All": "v2024_lo", "Q95%All": "v2024_hi", "NVotesAll": "votes"}
    names |= {"USAgree": "agree_USA", "RUSSAgree": "agree_RUS", "ChinaAgree": "agree_CHN"}
    old = old.assign(year=old["session"] + 1945).rename(columns=names)
    old = old.drop_duplicates(["iso3c", "year"], keep="first").set_index(["iso3c", "year"])
    new = pd.read_stata(raw / "politics/IdealpointsJuly2025.dta")
    new = new[(new["year"] >= FIRST_SESSION + 1945) & new["iso3c"].isin(known_countries())]
    new = new.assign(year=new["year"].astype(int))
    names = {"idealpointall": "v2025_all", "q5all": "v2025_all_lo", "q95all": "v2025_all_hi"}
    names |= {"idealpointfp": "v2025_fp", "q5fp": "v2025_fp_lo", "q95fp": "v2025_fp_hi"}
    names |= {"idealpointlegacy": "v2025_legacy", "nvotesall": "votes_all", "nvotesfp": "votes_fp"}
    new = new.rename(columns=names).drop_duplicates(["iso3c", "year"]).set_index(["iso3c", "year"])
    keep_old = ["v2024", "v2024_lo", "v2024_hi", "votes", "agree_USA", "agree_RUS", "agree_CHN"]
    out = old[keep_old].join(new[list(names.values())], how="outer").sort_index()
    return out.round(4).astype("float32").reset_index().rename(columns={"iso3c": "state"})


def ukraine_votes(raw: Path) -> pd.DataFrame:
    """Votes of all states on two resolutions, and Kazakhstan's votes that a source confirms."""
    table = pd.read_csv(raw / "politics/es11_1_and_68_262_votes.csv", dtype=str)
    table = table[table["iso3"].isin(known_countries())]
    table = table.rename(columns={"iso3": "state"})[["resolution", "date", "state", "vote"]]
    own = pd.read_csv(raw / "politics/kazakhstan_ukraine_votes.csv", dtype=str)
    own = own[own["status"] == "found"].assign(state="KAZ")
    own["resolution"] = own["resolution"].str.removeprefix("A/RES/")
    own = own.rename(columns={"kaz_vote": "vote"})[["resolution", "date", "state", "vote"]]
    own = own[~own["resolution"].isin(table["resolution"])]
    return pd.concat([table, own]).sort_values(["date", "state"])


def influence(raw: Path) -> pd.DataFrame:
    """Channels in one long table: state, power, channel, year, value (shares; the capacity is an index)."""
    table = pd.concat([trade_shares(raw), investment(raw), migrants(raw), capacity(raw)], ignore_index=True)
    table = table[table["state"].isin(known_countries()) & table["value"].notna()]
    table["value"] = table["value"].round(4).astype("float32")
    return table.sort_values(["channel", "state", "power", "year"])[
        ["channel", "state", "power", "year", "value"]
    ]


def trade_shares(raw: Path) -> pd.DataFrame:
    """Share of each power in a state's goods exports and imports, 2000-2020."""
    table = pd.read_parquet(raw / "trade/baci_bilateral_2000_2020.parquet")[["year", "o", "d", "v"]]
    rows = []
    for channel, own, other in (("exports", "o", "d"), ("imports", "d", "o")):
        t = table.assign(power=table[other].where(~table[other].isin(EU27), "EU27"))
        total = t.groupby([own, "year"])["v"].sum()
        part = t[t["power"].isin((*TRADE_POWERS, "EU27"))].groupby([own, "power", "year"])["v"].sum()
        share = part / total.reindex(part.index.droplevel("power")).to_numpy()
        found = share.rename("value").rename_axis(["state", "power", "year"]).reset_index()
        rows.append(found.assign(channel=channel))
    return pd.concat(rows)


def investment(raw: Path) -> pd.DataFrame:
    """Direct-investment positions of five reporting investors.

    ``investment``: a state's part of an investor's whole position, per thousand, as the investor reports it.
    ``investment_mirror``: an investor's part of the joint position of the five in a state, from counterparts,
    where at least four of the five are seen; else one that reports alone would look like the whole.
    """
    table = pd.read_csv(raw / "politics/imf_dip_1.csv", low_memory=False)
    names = {"COUNTRY.ID": "power", "COUNTERPART_COUNTRY.ID": "state", "TIME_PERIOD": "year"}
    table = table.rename(columns=names | {"OBS_VALUE": "musd"})
    table = table[table["SCALE.ID"] == 6]  # rows without a scale are in single USD
    table = table[table["state"].isin(known_countries())].dropna(subset=["musd"])
    table = table.assign(year=table["year"].astype(int), musd=table["musd"].clip(lower=0.0))
    own = table[table["DV_TYPE.ID"] == "O"]
    total = own.groupby(["power", "year"])["musd"].transform("sum")
    first = own.assign(value=1000 * own["musd"] / total, channel="investment")
    other = table[table["DV_TYPE.ID"] == "SCC"]
    by = other.groupby(["state", "year"])["musd"]
    second = other.assign(value=other["musd"] / by.transform("sum"), channel="investment_mirror")
    second = second[by.transform("count") >= 4]
    return pd.concat([first, second])[["channel", "state", "power", "year", "value"]]


def migrants(raw: Path) -> pd.DataFrame:
    """Share of each power in the stock of a state's emigrants, 1990-2019."""
    table = pd.read_csv(
        raw / "migration/UN_MigrantStockByOriginAndDestination_2019_clean.csv", low_memory=False
    )
    wide = table.set_index(table.columns[:2].tolist())
    wide = wide.apply(pd.to_numeric, errors="coerce").fillna(0.0)
    by = {
        fold: code for fold, code in encoded([*wide.columns, *wide.index.get_level_values(1)]).items() if code
    }
    wide = wide.loc[:, [c for c in wide.columns if c in by]]
    wide = wide[[d in by for d in wide.index.get_level_values(1)]]
    long = wide.stack().rename("stock").reset_index()
    long.columns = pd.Index(["year", "dest", "origin", "stock"])
    long["power"], long["state"] = long["dest"].map(by), long["origin"].map(by)
    total = long.groupby(["state", "year"])["stock"].sum()
    long["power"] = long["power"].where(~long["power"].isin(EU27), "EU27")
    part = (
        long[long["power"].isin((*TRADE_POWERS, "EU27"))].groupby(["state", "power", "year"])["stock"].sum()
    )
    share = part / total.reindex(part.index.droplevel("power")).to_numpy()
    return share.rename("value").reset_index().assign(channel="migrants")


def encoded(names: list[str]) -> dict[str, str | None]:
    """Map country names of a file to codes; names of groups and regions have none."""
    out: dict[str, str | None] = {}
    encoder = country_encoder()
    for name in dict.fromkeys(names):
        try:
            out[name] = encoder.encode([str(name)], "names")[0]
        except ValueError:
            out[name] = None
    return out


def capacity(raw: Path) -> pd.DataFrame:
    """China's formal bilateral influence capacity over each state."""
    table = pd.read_csv(raw / "politics/fbic_china_west_base.csv", low_memory=False).dropna(subset=["fbic"])
    table = table.rename(columns={"iso3c": "state", "fbic": "value"})
    return table.assign(year=table["year"].astype(int), power="CHN", channel="capacity")[
        ["channel", "state", "power", "year", "value"]
    ]


def activity(raw: Path) -> pd.DataFrame:
    """Net cooperation per covered day of each state with each power and with all, by month."""
    file = np.load(raw / "politics/gdelt_monthly_matrices_2018_2024.npz")
    codes, data = [str(c) for c in file["codes"]], file["data"] / file["days"][:, None, None]
    at = {c: k for k, c in enumerate(codes)}
    series = {p: data[:, :, at[p]] for p in EVENT_POWERS}
    series |= {"EU27": data[:, :, [at[c] for c in EU27]].sum(axis=2), "ALL": data.sum(axis=2)}
    months = [f"{m[:4]}-{m[4:]}" for m in file["months"]]
    parts = [
        pd.DataFrame(values, index=pd.Index(months, name="month"), columns=codes)
        .loc[:, [c for c in codes if c in known_countries() and np.abs(data[:, :, at[c]]).sum() > 100]]
        .rename_axis("state", axis=1)
        .stack()
        .rename("value")
        .reset_index()
        .assign(power=power)
        for power, values in series.items()
    ]
    table = pd.concat(parts)
    table["value"] = table["value"].round(2).astype("float32")
    return table[["power", "state", "month", "value"]].sort_values(["power", "state", "month"])


def trips(raw: Path) -> pd.DataFrame:
    """Trips of a state's leaders and of others' leaders to it, per thousand of all trips of the year."""
    out = []
    for file, column, name in (
        ("sent", "LeaderCountryOrIGO", "made"),
        ("received", "CountryVisited", "received"),
    ):
        table = pd.read_parquet(raw / f"politics/top_{file}.parquet").rename(columns={"TripYear": "year"})
        total = table.groupby("year")["count"].sum()
        table["state"] = table[column].map(encoded(table[column].tolist()))
        share = 1000 * table.groupby(["state", "year"])["count"].sum()
        out.append((share / total.reindex(share.index.get_level_values("year")).to_numpy()).rename(name))
    table = pd.concat(out, axis=1).fillna(0.0).round(2).reset_index()
    return table[table["year"] >= TRIPS_FROM].sort_values(["state", "year"])


def panel_products(raw: Path) -> tuple[pd.DataFrame, pd.Series]:
    """Products of the panel with the month of their ban, and the product of each CN8 code.

    A product is an HS6 code, or its heading where the nomenclature of 2022 began or ended the code. It is
    dated by its code with the largest exports to Russia in 2021.
    """
    exports = bans.monthly(raw, "RUS")
    codes = bans.dated(exports, bans.listings(exports.index)).set_index("code")
    table = pd.read_parquet(raw / "trade/eu_exports_sanctioned_cn8_clean.parquet", columns=["code", "month"])
    hs6 = table.assign(hs6=table["code"].str[:6], new=table["month"] >= "2022")
    seen = hs6.groupby("hs6")["new"].agg(["any", "all"])
    changed = seen.index[(~seen["any"]) | seen["all"]]  # only before, or only after, the turn of the year
    heading = codes["hs6"].str[:4].replace(bans.RENUMBERED)
    lost = set(codes.loc[codes["hs6"].isin(changed), "hs6"].str[:4].replace(bans.RENUMBERED))
    product = codes["hs6"].where(~heading.isin(lost), heading + "xx")
    day = codes["mid"].where(codes["mid"].notna(), codes["high"]).fillna("").astype(str)
    day[codes["status"] == "ex, open"] = ""
    units = codes.assign(product=product, ban=day.str[:7])
    units = units.sort_values("meur", kind="stable").drop_duplicates("product", keep="last")
    direct = exports.groupby(product.reindex(exports.index)).sum()
    base, after = ([f"{year}-{m:02d}" for m in range(6, 12)] for year in (2021, 2022))
    fall = 1 - direct[after].sum(axis=1) / direct[base].sum(axis=1)
    part, vehicle = units["status"] == "ex, open", units["product"].str.startswith("87")
    still = units["product"].map(fall) < FALL_OF_OPEN
    units.loc[part, "status"] = np.where(still[part] & ~vehicle[part], "open", "partly")
    units.loc[units["product"].isin(cut_off(direct)), "status"] = "renumbered"
    return units[["product", "ban", "status"]].sort_values("product"), product


def cut_off(russia: pd.DataFrame) -> pd.Index:
    """Products whose record breaks at the turn of 2021-22, before the war, judged by exports to Russia alone.

    The list of codes is of 2023: old codes of a heading that was renumbered may be missing from the panel.
    """
    year = [m for m in russia.columns if m.startswith("2021")]
    new, old = russia[["2022-01", "2022-02"]].sum(axis=1), russia[year[:2]].sum(axis=1)
    broken = russia.index.str.endswith("xx") & ~(new / old).between(*CONTINUOUS)
    stopped = (russia[year] > 0).all(axis=1) & (new == 0)
    began = (russia[year].sum(axis=1) == 0) & (new > 0)
    return russia.index[broken | stopped | began]


def panel(raw: Path, product: pd.Series) -> pd.DataFrame:
    """Exports of the EU-27 by product, partner and month, thousand EUR; product TOTAL is all goods."""
    table = pd.read_parquet(raw / "trade/eu_exports_sanctioned_cn8_clean.parquet")
    table["product"] = table["code"].map(product)
    found = table.groupby(["product", "partner_iso3", "month"], as_index=False)["eur"].sum()
    total = pd.read_csv(raw / "trade/eu27_exports_total_monthly_2019_2022.csv")
    total = total.assign(
        partner_iso3=total["PARTNER"].map(NAMES), month=total["month"].str[:7], product="TOTAL"
    )
    total = total[total["month"].between("2020-01", "2022-11")]
    total = total.groupby(["product", "partner_iso3", "month"], as_index=False)["eur"].sum()
    out = pd.concat([found, total]).rename(columns={"partner_iso3": "partner"})
    out["value"] = (out.pop("eur") / 1e3).round().astype("int64")
    return out[out["value"] > 0].sort_values(["partner", "product", "month"])[
        ["product", "partner", "month", "value"]
    ]


def facts(raw: Path) -> pd.DataFrame:
    """Published facts that were found with a source, each with it; none is computed with."""
    table = pd.read_csv(raw / "facts/kazakhstan_facts.csv", dtype=str).fillna("")
    first = table["source"].where(~table["source"].str.startswith("same")).ffill()
    pairs = zip(table["source"], first, strict=True)
    table["source"] = [f + s.removeprefix("same") if s.startswith("same") else s for s, f in pairs]
    short = {r"\bRU->KZ\b": "from Russia to Kazakhstan", r"\bKZ\b": "Kazakhstan", r"\best\.": "estimate"}
    table["indicator"] = table["indicator"].replace(short, regex=True)
    bare = table["topic"].isin(("macro", "fdi"))  # those that do not name their country
    table.loc[bare, "indicator"] = "Kazakhstan: " + table.loc[bare, "indicator"]
    table["note"] = table["note"].where(~table["note"].str.contains("memory"), "")
    table["source"] = table["source"].str.replace(r";? ?other sources [^;]*\(memory\)", "", regex=True)
    table = table[table["status"] == "found"]
    return table.assign(state="KAZ")[
        ["state", "topic", "indicator", "period", "value", "unit", "source", "note"]
    ]


def write_csv(table: pd.DataFrame, path: Path, what: str) -> None:
    """Write one table with its licence head."""
    path.write_text(HEAD.format(what=what) + table.to_csv(index=False, lineterminator="\n"), encoding="utf-8")


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write one table, small: text as dictionaries, strong compression."""
    table.to_parquet(path, index=False, compression="zstd", compression_level=19)


def main(raw: Path, out: Path) -> None:
    """Write all tables."""
    write_parquet(un_alignment(raw), out / "un_alignment.parquet")
    write_csv(
        ukraine_votes(raw), out / "un_ukraine_votes.csv", "votes: Y yes, N no, A abstained, NV not voting."
    )
    write_parquet(influence(raw), out / "influence.parquet")
    write_parquet(activity(raw), out / "activity.parquet")
    write_csv(
        trips(raw), out / "leaders_trips.csv", "trips of leaders per thousand of all trips of the year."
    )
    products, unit = panel_products(raw)
    what = "products of eu_panel.parquet: month of the ban (empty: none in the window) and how it is known."
    write_csv(products, out / "eu_panel_products.csv", what)
    write_parquet(panel(raw, unit), out / "eu_panel.parquet")
    write_csv(facts(raw), out / "published_facts.csv", "published facts, as cited; none is computed with.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else TABLES)
