# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build the table of flows that both sides report: exporters' books beside importers', to 2021.

Usage: python scripts/build_mirror.py RAW_DIR [OUT_DIR]

Writes ``mirror_gaps.csv``. Importers are Kazakhstan, Kyrgyzstan and Russia by their own statistics; exporters
are the same and, for 2021, all that report to UN Comtrade (three digits). Flows of at least 20 USD million on
both sides. BACI reconciles both sides and is therefore no witness here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from build_evidence import encoded

TABLES = Path(__file__).parents[1] / "src/tertius/data/tables"
LEAST = 20.0  # USD million on both sides
LAST = 2021
COLUMNS = ["exporter", "importer", "year", "exports", "imports", "exporter_source", "importer_source"]
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_mirror.py; flows in the exporter's (FOB) and the importer's books (CIF), USD million.
"""


def kazakhstan(raw: Path) -> pd.DataFrame:
    """Kazakhstan's books: ``reporter``, ``flow``, ``partner``, ``year``, ``value``."""
    table = pd.read_csv(raw / "trade/kazakhstan_trade_by_partner_2018_2021.csv").dropna(subset=["iso3"])
    parts = [
        table.assign(flow=flow, value=table[f"{flow}_kusd"] / 1e3).rename(columns={"iso3": "partner"})
        for flow in ("export", "import")
    ]
    return pd.concat(parts).assign(reporter="KAZ", source="kaz-national-trade")


def kyrgyzstan(raw: Path) -> pd.DataFrame:
    """Kyrgyzstan's books, in the same columns."""
    parts = []
    for flow in ("export", "import"):
        table = pd.read_csv(raw / f"trade/kyrgyzstan_{flow}s_by_partner_1994_2021.csv")
        table["name"] = table["label"].str.split("|").str[-1].str.strip()
        table["partner"] = table["name"].map(encoded(table["name"].tolist()))
        parts.append(table.assign(flow=flow, value=table["kusd"] / 1e3).dropna(subset=["partner"]))
    return pd.concat(parts).assign(reporter="KGZ", source="kgz-national-trade")


def russia(raw: Path) -> pd.DataFrame:
    """Russia's books, years with all months."""
    table = pd.read_csv(raw / "trade/russia_customs_by_partner_monthly_2006_2021.csv")
    table["year"] = table["month"].str[:4].astype(int)
    by = table.groupby(["flow", "iso3", "year"])["musd"].agg(["sum", "count"]).reset_index()
    by = by[by["count"] == 12].rename(columns={"iso3": "partner", "sum": "value"})
    return by.assign(reporter="RUS", source="russia-customs")


def comtrade(raw: Path) -> pd.DataFrame:
    """Exports of 2021 to the three importers as all reporters give them, three digits."""
    table = pd.read_csv(raw / "trade/comtrade_bilateral_exports_2021.csv")
    for side in ("reporter", "partner"):
        table[side] = table[side].map(encoded(table[side].unique().tolist()))
    table = table[table["partner"].isin(("KAZ", "KGZ", "RUS"))].dropna(subset=["reporter"])
    value = (table["value"] / 1e6).map(lambda v: float(f"{v:.3g}"))
    return table.assign(value=value, flow="export", year=LAST, source="un-comtrade-2021")


def both(books: pd.DataFrame) -> pd.DataFrame:
    """Put the two sides of a flow beside each other; national books win over Comtrade."""
    books = books[books["year"] <= LAST]
    books = books.sort_values("source", key=lambda s: s == "un-comtrade-2021", kind="stable")
    books = books.drop_duplicates(["reporter", "flow", "partner", "year"])
    out, back = (books[books["flow"] == flow] for flow in ("export", "import"))
    out = out.rename(columns={"reporter": "exporter", "partner": "importer", "value": "exports"})
    back = back.rename(columns={"reporter": "importer", "partner": "exporter", "value": "imports"})
    sides = out.rename(columns={"source": "exporter_source"}).merge(
        back.rename(columns={"source": "importer_source"}), on=["exporter", "importer", "year"]
    )
    sides = sides[(sides["exports"] >= LEAST) & (sides["imports"] >= LEAST)]
    return sides[COLUMNS].round(2).sort_values(["importer", "exporter", "year"])


def main(raw: Path, out: Path) -> None:
    """Write the table."""
    table = both(pd.concat([kazakhstan(raw), kyrgyzstan(raw), russia(raw), comtrade(raw)]))
    path = out / "mirror_gaps.csv"
    path.write_text(HEAD + table.to_csv(index=False, lineterminator="\n"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else TABLES)
