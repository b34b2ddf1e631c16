# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build the outcomes of the backtest: exports of the EU-27 in 2022, 2021 and 2020.

Usage: python scripts/build_backtest.py RAW_DIR [OUT_DIR]

Writes ``backtest_eu27_exports_2022.csv``: all goods by partner and year, and goods under export bans by
sector to five neighbours of Russia, June to November. ``docs/decisions/0015-backtest.md`` fixed the choice.
"""

from __future__ import annotations

import sys
from pathlib import Path

import build_sanctions as bans
import pandas as pd
from build_evidence import encoded

from tertius.world import load_world

TABLES = Path(__file__).parents[1] / "src/tertius/data/tables"
HUBS = ("KAZ", "KGZ", "ARM", "GEO", "UZB")
YEARS = {2020: "value_earlier", 2021: "value_before", 2022: "value_after"}
COLUMNS = ["set", "exporter", "importer", "goods", *YEARS.values(), "unit", "source"]
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_backtest.py; exports of the EU-27, thousand EUR. goods: all goods, 2020, 2021, 2022;
# listed: goods under EU export bans by sector of the worlds, June-November of 2020, 2021, 2022.
"""


def totals(raw: Path) -> pd.DataFrame:
    """Exports of all goods to every economy of the worlds outside the union."""
    table = pd.read_csv(raw / "trade/eu27_exports_by_partner_annual_2019_2022.csv")
    names = {n: str(n).split(" (")[0] for n in table["PARTNER"].unique()}
    codes = encoded(list(names.values()))
    table["importer"] = table["PARTNER"].map(names).map(codes)
    known = set(load_world("eurasia-2021").countries) - set(bans.EU27)
    table = table[table["importer"].isin(known)]
    wide = table.pivot_table(index="importer", columns="year", values="eur", aggfunc="sum")[list(YEARS)]
    return _named(wide.dropna()).assign(set="goods", goods="goods", source="eurostat-eu-exports-total")


def listed(raw: Path) -> pd.DataFrame:
    """Exports of goods under export bans by sector of the worlds, June to November, to five neighbours."""
    table = pd.read_parquet(raw / "trade/eu_exports_sanctioned_cn8_clean.parquet")
    table = table[table["partner_iso3"].isin(HUBS) & table["month"].str[5:7].between("06", "11")]
    table["year"] = table["month"].str[:4].astype(int)
    sums = table.groupby(["partner_iso3", "hs6", "year"])["eur"].sum().reset_index()
    sums = sums.merge(bans.weights(raw, sums["hs6"]), on="hs6")
    sums["eur"] *= sums["weight"]
    wide = sums.pivot_table(index=["partner_iso3", "sector"], columns="year", values="eur", aggfunc="sum")
    wide = wide[list(YEARS)].dropna().rename_axis(["importer", "goods"])
    return _named(wide).assign(set="listed", source="eurostat-comext-sanctioned")


def _named(wide: pd.DataFrame) -> pd.DataFrame:
    out = (wide / 1e3).round().astype("int64").rename(columns=YEARS).reset_index()
    return out[(out[list(YEARS.values())] > 0).all(axis=1)].assign(exporter="EU27", unit="thousand EUR")


def main(raw: Path, out: Path) -> None:
    """Write the table."""
    table = pd.concat([totals(raw), listed(raw)])[COLUMNS]
    path = out / "backtest_eu27_exports_2022.csv"
    path.write_text(HEAD + table.to_csv(index=False, lineterminator="\n"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else TABLES)
