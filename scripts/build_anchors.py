# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build ``data/tables/anchors.csv``: published totals that the worlds are held against.

Usage: python scripts/build_anchors.py RAW_DIR
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

OUT = Path(__file__).parents[1] / "src/tertius/data/tables/anchors.csv"
GDP_OF = ("KAZ", "RUS", "CHN", "USA", "DEU")
PARTNERS = ("RUS", "CHN")
# REUSE-IgnoreStart
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_anchors.py; USD billion, current prices.
"""
# REUSE-IgnoreEnd


def gdp(raw: Path) -> pd.DataFrame:
    """Value added at basic prices by country and year (ADB MRIO, July 2023), USD billion."""
    table = pd.read_parquet(raw / "adb/summary72.parquet")
    codes = pd.read_excel(raw / "adb/countries.xlsx").dropna(subset=["mrio"]).set_index("iso_a3")["mrio"]
    total = table.groupby(["t", "s"])["va"].sum() / 1e3
    rows = [
        (
            int(year),
            "gdp",
            c,
            "",
            total[year, int(codes[c])],
            "adb-mrio-2023-07",
            "value added as the source gives it",
        )
        for c in GDP_OF
        for year in sorted(table["t"].unique())
        if year <= 2021
    ]
    return pd.DataFrame(rows, columns=["year", "quantity", "country", "partner", "value", "source", "note"])


def cited_gdp() -> pd.DataFrame:
    """GDP of the economies that are split out of the rest of the world, USD billion."""
    table = pd.read_csv(OUT.with_name("eurasia_accounts.csv"), comment="#").query("quantity == 'gdp'")
    rows = [
        (int(r.year), "gdp", r.piece, "", r.value, "world-bank-gdp", f"market prices; {r.status}")
        for r in table.itertuples()
    ]
    return pd.DataFrame(rows, columns=["year", "quantity", "country", "partner", "value", "source", "note"])


def trade(raw: Path) -> pd.DataFrame:
    """Kazakhstan's goods trade in total and with two partners (national statistics), USD billion."""
    table = pd.read_csv(raw / "trade/kazakhstan_trade_by_partner_2018_2021.csv")
    table["partner"] = table["iso3"].fillna("")
    total = table[table["partner_ru"].str.startswith("Всего", na=False)].assign(partner="")
    chosen = pd.concat([total, table[table["partner"].isin(PARTNERS)]]).query("year <= 2021")
    rows = []
    for r in chosen.itertuples():
        for quantity, value, price in (
            ("goods_exports", r.export_kusd, "FOB"),
            ("goods_imports", r.import_kusd, "CIF; the table is at basic prices"),
        ):
            rows.append((int(r.year), quantity, "KAZ", r.partner, value / 1e6, "kaz-national-trade", price))
    return pd.DataFrame(rows, columns=["year", "quantity", "country", "partner", "value", "source", "note"])


def main(raw: Path) -> None:
    """Write the table."""
    table = pd.concat([gdp(raw), cited_gdp(), trade(raw)]).sort_values(
        ["year", "quantity", "country", "partner"]
    )
    table["value"] = table["value"].round(3)
    table.insert(5, "unit", "USD billion")
    OUT.write_text(HEAD + table.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    print(f"{OUT}: {len(table)} anchors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
