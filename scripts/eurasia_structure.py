# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Accounts and structure of nine economies as margins, for ``build_eurasia.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from tertius.world.split.margins import MARGIN_COLUMNS

TABLES = Path(__file__).parents[1] / "src/tertius/data/tables"
PIECES = ("KGZ", "ARM", "GEO", "UZB", "AZE", "TJK", "TKM", "MNG", "IRN")
ADB_SECTORS = {
    1: "A01|A02|A03",
    2: "mining",
    3: "C10T12",
    4: "C13T15",
    5: "C13T15",
    6: "C16",
    7: "C17_18",
    8: "C19",
    9: "C20|C21",
    10: "C22",
    11: "C23",
    12: "C24A|C24B|C25",
    13: "C28",
    14: "C26|C27",
    15: "C29|C301|C302T309",
    16: "C31T33",
}
ADB_FIRST = 2017
INLAND, COASTAL = 0.02, 0.06  # forestry and fishing in value added of farming, forestry and fishing


def three(value: float | None) -> float | None:
    """Three significant digits."""
    return None if value is None else float(f"{value:.3g}")


def row(
    quantity: str,
    piece: str,
    partner: str,
    sectors: str,
    value: float,
    sd: float,
    grade: str,
    source: str,
    published: float | None = None,
    note: str = "",
) -> dict[str, object]:
    """One margin, numbers to three digits; small flows are less reliable."""
    sd = float(np.hypot(sd, min(1.0, 0.3 / np.sqrt(value)))) if quantity in ("exports", "imports") else sd
    values = (
        quantity,
        piece,
        partner,
        sectors,
        three(value),
        round(sd, 3),
        grade,
        source,
        three(published),
        note,
    )
    return dict(zip(MARGIN_COLUMNS, values, strict=True))


def accounts(raw: Path, year: int) -> Iterator[dict[str, object]]:
    """GDP and value added by sector: cited totals; sector shares of the ADB table for four economies."""
    table = pd.read_csv(TABLES / "eurasia_accounts.csv", comment="#")
    table = table[table["year"] == year]
    gdp = table[table["quantity"] == "gdp"].set_index("piece")["value"] * 1e3
    for r in table.itertuples():
        if r.quantity == "gdp":
            yield row(
                "gdp",
                r.piece,
                "world",
                "all",
                r.value * 1e3,
                r.reliability,
                "observed",
                "world-bank-gdp",
                r.value * 1e3,
                r.status,
            )
        elif r.quantity == "value_added":
            yield row(
                "value_added",
                r.piece,
                "world",
                r.sectors,
                r.value * gdp[r.piece],
                r.reliability,
                "estimated",
                "world-bank-gdp",
                None,
                r.status,
            )
    adb = pd.read_parquet(raw / "adb/summary72.parquet")
    code = adb_codes(raw)
    used = max(year, ADB_FIRST)
    for piece in (p for p in PIECES if p in code):
        share = adb[(adb["t"] == used) & (adb["s"] == code[piece])].set_index("i")["va"]
        share = share.groupby(lambda i: ADB_SECTORS.get(i, "services")).sum() / share.sum()
        for sectors, value in share[share > 2e-4].items():
            yield row(
                "value_added",
                piece,
                "world",
                sectors,
                value * gdp[piece],
                0.10 if used == year else 0.25,
                "observed" if used == year else "estimated",
                "adb-mrio-2023-07",
                None,
                f"shares of {used}",
            )


def detail(rows: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Inside wider totals: forests and fish are a small part of farming, metals in Kyrgyzstan are gold."""
    for m in rows:
        if m["sectors"] == "A01|A02|A03":
            part = COASTAL if m["piece"] in ("GEO", "IRN") else INLAND
            yield row(
                "value_added",
                str(m["piece"]),
                "world",
                "A02|A03",
                part * float(str(m["value"])),
                0.5,
                "estimated",
                "assumption",
            )
        if m["sectors"] == "C24A|C24B|C25" and m["piece"] == "KGZ":
            yield row(
                "value_added",
                "KGZ",
                "world",
                "C24B",
                0.9 * float(str(m["value"])),
                0.15,
                "estimated",
                "assumption",
                None,
                "gold of Kumtor",
            )


def adb_codes(raw: Path) -> dict[str, int]:
    """Number of each economy in the ADB tables."""
    codes = pd.read_excel(raw / "adb/countries.xlsx").dropna(subset=["mrio"]).set_index("iso_a3")["mrio"]
    return {c: int(codes[c]) for c in PIECES if c in codes.index}


def products(raw: Path, year: int, goods: dict[str, float]) -> Iterator[dict[str, object]]:
    """Exports by sector: the ADB table for four economies, cited shares for the others."""
    table = pd.read_parquet(raw / "adb/rca72.parquet")
    used, code = max(year, ADB_FIRST), adb_codes(raw)
    for piece in (p for p in PIECES if p in code):
        sold = table[(table["agg"] == 35) & (table["t"] == used) & (table["s"] == code[piece])]
        sold = sold.set_index("i")["exports_si"].groupby(lambda i: ADB_SECTORS.get(i, "services")).sum()
        sold = sold.drop(["C24A|C24B|C25", "services"])  # gold is in metals, and hardly in the table
        scale = 1.0 if used == year else goods[piece] / sold.sum()
        for sectors, value in sold.items():
            if sectors != "mining" and value * scale > 0.5:
                yield row(
                    "exports",
                    piece,
                    "world",
                    sectors,
                    value * scale,
                    0.3 if used == year else 0.45,
                    "observed" if used == year else "estimated",
                    "adb-mrio-2023-07",
                    value * scale,
                    f"year {used}",
                )
    cited = pd.read_csv(TABLES / "eurasia_accounts.csv", comment="#")
    gdp = cited.query("quantity == 'gdp' and year == @year").set_index("piece")["value"] * 1e3
    cited = cited[cited["quantity"].isin(["exports", "imports"]) & cited["year"].isin([0, year])]
    for r in cited.itertuples():
        unit = {"USD billion": 1e3, "share of gdp": gdp[r.piece], "share of goods exports": goods[r.piece]}
        total = unit[r.unit]
        yield row(
            r.quantity,
            r.piece,
            "world",
            r.sectors,
            r.value * total,
            r.reliability,
            "estimated",
            "world-bank-gdp",
            None,
            r.status,
        )
