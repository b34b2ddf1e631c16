# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Write the margins files and worlds ``eurasia-2014`` ... ``eurasia-2021`` from the folder of raw inputs.

Usage: python scripts/build_eurasia.py RAW_DIR OUT_DIR [YEAR ...]
The world again from its margins: tertius world split ROW --margins OUT_DIR/eurasia-2021.yaml

A bilateral total is the published one where the table has at least as much trade between the partner and the
region as is published; the excess stays in the rest. Where the table has less, all are scaled down alike.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from build_sanctions import weights
from eurasia_structure import PIECES, accounts, detail, products, row
from eurasia_trade import GOLD, Trade, in_rest, raw_materials, trade_of

from tertius.labels import group_members
from tertius.world import World, load_world
from tertius.world.split import read_margins, split_world, write_split
from tertius.world.split.margins import MARGIN_COLUMNS

YEARS = range(2014, 2022)
DONORS = {
    "KGZ": {"KAZ": 4, "UKR": 2, "KHM": 2, "LAO": 2},
    "ARM": {"UKR": 3, "BGR": 3, "JOR": 2, "TUN": 2},
    "GEO": {"UKR": 3, "BGR": 3, "JOR": 2, "TUR": 2},
    "UZB": {"KAZ": 4, "UKR": 3, "PAK": 2, "VNM": 1},
    "AZE": {"KAZ": 6, "SAU": 2, "TUR": 2},
    "TJK": {"PAK": 4, "KAZ": 4, "KHM": 2},
    "TKM": {"KAZ": 6, "BRN": 2, "NGA": 2},
    "MNG": {"KAZ": 5, "PER": 3, "LAO": 2},
    "IRN": {"TUR": 4, "EGY": 2, "SAU": 2, "KAZ": 2},
}
CIS_FREE = ["BLR", "KAZ", "RUS", "UKR", "KGZ", "ARM", "GEO", "UZB", "AZE", "TJK", "TKM"]
AVERAGE = {  # average applied tariff of those outside the union, and whom it does not meet
    "KGZ": (0.046, CIS_FREE),
    "ARM": (0.026, CIS_FREE),
    "GEO": (0.015, [*CIS_FREE, "EU27", "TUR"]),
    "UZB": (0.075, CIS_FREE),
    "AZE": (0.085, CIS_FREE),
    "TJK": (0.077, CIS_FREE),
    "TKM": (0.05, CIS_FREE),
    "MNG": (0.05, []),
    "IRN": (0.20, []),
}
UNION = {"KGZ": 2015, "ARM": 2015}  # first year that ends inside the customs union
PANEL_SECTORS = ("C20", "C22", "C25", "C26", "C27", "C28", "C29", "C302T309")
BASIC = 0.9  # border to basic prices where the table has no level of its own
LEVEL = 0.3  # of the log gap between table and published totals goes into the reliability
HIDDEN_OIL = 2019  # from this year on Iran's oil reaches China under other names
UNREPORTED = {("IRN", "TKM"): 400.0, ("TKM", "IRN"): 250.0}  # USD million: neither reports
SMALLEST = 0.02  # USD million


def bilateral(world: World, trade: Trade, least: dict[tuple[str, str], float]) -> Iterator[dict[str, object]]:
    """Goods totals of each piece with each partner, carried to the table's level.

    A total below the raw materials that it holds is raised to them, and is less reliable by half the log gap.
    """
    r = world.countries.index("ROW")
    goods = world.trade_values[:, :, [k for k, s in enumerate(world.sectors) if s != "SERV"]].sum(axis=2)
    for n, partner in enumerate(world.countries):
        if partner == "ROW":
            continue
        for quantity, level, flows in (
            ("exports", goods[r, n], trade.value.get(partner, pd.DataFrame()).get("from")),
            ("imports", goods[n, r], trade.value.get(partner, pd.DataFrame()).get("to")),
        ):
            if flows is None or flows.sum() <= 0:
                continue
            ratio = min(level / flows.sum(), 1.0)
            for piece in PIECES:
                published = float(flows.get(piece, 0.0))
                spread, grade, source = trade.quality(quantity, piece, partner)
                if (piece, partner, quantity) == ("IRN", "CHN", "exports") and trade.year >= HIDDEN_OIL:
                    spread = 0.9
                value = max(published * ratio, SMALLEST)
                parts = least.get((piece, partner), 0.0) if quantity == "exports" else 0.0
                short = max(0.0, float(np.log(max(parts, SMALLEST) / value)))
                value, published = max(value, 1.02 * parts), max(published, SMALLEST)
                sd = float(np.sqrt(spread**2 + (LEVEL * np.log(ratio)) ** 2 + (short / 2) ** 2))
                yield row(quantity, piece, partner, "goods", value, sd, grade, source, published)


def among(trade: Trade, least: dict[tuple[str, str], float]) -> Iterator[dict[str, object]]:
    """Goods trade among the pieces and with what is left of the region: border prices to basic prices."""
    for seller in PIECES:
        for buyer in (*PIECES, "ROW"):
            if seller == buyer:
                continue
            if (seller, buyer) in UNREPORTED:
                value = UNREPORTED[seller, buyer]
                yield row("exports", seller, buyer, "goods", value, 0.7, "estimated", "assumption")
                continue
            published = max(trade.inner(seller, buyer), least.get((seller, buyer), 0.0) / BASIC, SMALLEST)
            spread, grade, source = trade.quality("exports", seller, buyer)
            sd = float(np.hypot(spread, 0.15))
            yield row("exports", seller, buyer, "goods", published * BASIC, sd, grade, source, published)
    for buyer in PIECES:
        published = trade.inner("ROW", buyer)
        if published > 0:
            yield row(
                "imports", buyer, "ROW", "goods", published * BASIC, 0.35, "mirrored", "cepii-baci", published
            )


def ores_and_fuels(world: World, raw: Path, year: int) -> Iterator[dict[str, object]]:
    """Coal, oil and gas, ores: shares in what the region sells each partner, times the table's cell."""
    table = raw_materials(raw, year)
    r = world.countries.index("ROW")
    for sector, flows in table.groupby("sector"):
        k = world.sectors.index(str(sector))
        region = flows[in_rest(flows["o"], world)]
        total = dict.fromkeys(PIECES, 0.0)
        for partner, sold in region.groupby("d"):
            inside = partner in PIECES
            if partner not in world.countries and not inside:
                continue
            level = 0.0 if inside else float(world.trade_values[r, world.countries.index(str(partner)), k])
            ratio = BASIC if inside else min(level / sold["musd"].sum(), 1.0)
            by_piece = sold.groupby("o")["musd"].sum()
            for piece in PIECES:
                published = float(by_piece.get(piece, 0.0))
                if published < 1.0 or ratio <= 0 or piece == partner:
                    continue
                spread = (1.2 if year >= HIDDEN_OIL else 0.6) if piece == "IRN" else 0.2
                total[piece] += published * ratio
                yield row(
                    "exports",
                    piece,
                    str(partner),
                    str(sector),
                    published * ratio,
                    float(np.hypot(spread, LEVEL * abs(np.log(ratio)))),
                    "mirrored",
                    "cepii-baci-raw-materials",
                    published,
                )
        for piece in PIECES:
            if not (piece == "IRN" and sector == "B06"):
                yield row(
                    "exports",
                    piece,
                    "world",
                    str(sector),
                    max(1.1 * total[piece], 0.5),
                    0.35,
                    "estimated",
                    "cepii-baci-raw-materials",
                )


def panel(world: World, raw: Path, year: int) -> Iterator[dict[str, object]]:
    """EU-27 deliveries by sector: listed codes to the piece over those to KAZ, times the table's KAZ."""
    if year < 2020:
        return
    sold = pd.read_parquet(raw / "trade/eu_exports_sanctioned_cn8_clean.parquet")
    sold = sold[sold["month"].str.startswith(str(year))]
    share = weights(raw, sold["hs6"].drop_duplicates())
    by = sold.merge(share, on="hs6").assign(eur=lambda t: t["eur"] * t["weight"])
    by = by.groupby(["partner_iso3", "sector"])["eur"].sum()
    eu = [world.countries.index(c) for c in group_members("EU27", pd.Timestamp(year, 12, 31).date())]
    kaz = world.countries.index("KAZ")
    for sector in PANEL_SECTORS:
        base = by.get(("KAZ", sector), 0.0)
        level = float(world.trade_values[eu, kaz, world.sectors.index(sector)].sum())
        for piece in ("KGZ", "ARM", "GEO", "UZB"):
            value = by.get((piece, sector), 0.0)
            if base > 5e6 and value > 1e6:
                yield row(
                    "imports",
                    piece,
                    "EU27",
                    sector,
                    value / base * level,
                    0.4,
                    "mirrored",
                    "eurostat-comext-sanctioned",
                    None,
                    "listed codes only",
                )


def nearness(raw: Path, world: World, pieces: tuple[str, ...] = PIECES) -> dict[str, dict[str, float]]:
    """How near each partner is against the usual of the region: inverse distance, more for a border."""
    table = pd.read_csv(raw / "gravity/dist_cepii.csv", dtype={"distw": str})
    table["iso_d"], table["iso_o"] = (
        table[c].replace({"ROM": "ROU", "ZAR": "COD"}) for c in ("iso_d", "iso_o")
    )
    table["times"] = (1 + 0.5 * table["contig"].astype(float)) / table["dist"].astype(float)
    usual = table[~table["iso_o"].isin(world.countries)].groupby("iso_d")["times"].median()
    found = {}
    for piece in pieces:
        mine = table[(table["iso_o"] == piece) & (table["iso_d"] != piece)].set_index("iso_d")["times"]
        ratio = (mine / usual).reindex(list(dict.fromkeys([*world.countries, *pieces]))).dropna()
        found[piece] = {str(c): float(f"{v:.3g}") for c, v in ratio.items() if c != piece}
    return found


def tariff(piece: str, year: int) -> dict[str, object]:
    """Common external tariff inside the union, else a cited average."""
    if piece in UNION and year >= UNION[piece]:
        free = [c for c in ("KGZ", "ARM") if c != piece and year >= UNION[c]]
        return {"like": "KAZ", "free": free, "source": "eaeu-common-tariff", "status": "cited"}
    rate, free = AVERAGE[piece]
    return {
        "rate": rate,
        "free": [c for c in free if c != piece],
        "source": "wto-tariff-profiles",
        "status": "memory",
    }


def main(raw: Path, out: Path, years: list[int]) -> None:
    """Write one YAML file and one table per year."""
    out.mkdir(parents=True, exist_ok=True)
    for year in years:
        world = load_world(f"icio-{year}")
        trade = trade_of(raw, world, year, PIECES)
        mined = list(ores_and_fuels(world, raw, year))
        least: dict[tuple[str, str], float] = {}
        for m in mined:
            pair = (str(m["piece"]), str(m["partner"]))
            least[pair] = least.get(pair, 0.0) + float(m["value"])
        both = list(bilateral(world, trade, least))
        goods = {
            p: sum(float(m["value"]) for m in both if m["quantity"] == "exports" and m["piece"] == p)
            for p in PIECES
        }
        sizes = list(accounts(raw, year))
        rows = [
            *sizes,
            *detail(sizes),
            *both,
            *among(trade, least),
            *mined,
            *products(raw, year, goods),
            *panel(world, raw, year),
        ]
        near = nearness(raw, world)
        pieces = {p: {"donors": DONORS[p], "near": near[p], "tariff": tariff(p, year)} for p in PIECES}
        name = f"eurasia-{year}"
        content = {
            "schema_version": 1,
            "name": name,
            "parent": world.name,
            "region": "ROW",
            "unit": "USD million",
            "title": "Central Asia, the South Caucasus, Mongolia and Iran out of the rest of the world",
            "pieces": pieces,
            "tables": [f"{name}.csv"],
            "sources": sorted(
                {str(m["source"]) for m in rows} - {"assumption"} | {"cepii-geodist", "wto-tariff-profiles"}
            ),
            "notes": [f"gold (HS {GOLD}) is left out of goods totals: the table hardly has it"],
        }
        (out / f"{name}.yaml").write_text(
            yaml.safe_dump(content, sort_keys=False, width=110), encoding="utf-8"
        )
        pd.DataFrame(rows, columns=list(MARGIN_COLUMNS)).to_csv(
            out / f"{name}.csv", index=False, lineterminator="\n"
        )
        split = split_world(world, read_margins(out / f"{name}.yaml"))
        path = write_split(split, out / f"{name}.npz")
        print(f"{name}: {len(rows)} margins, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [int(y) for y in sys.argv[3:]] or list(YEARS))
