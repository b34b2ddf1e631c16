# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Published goods trade of the region, one matrix per year, for ``build_eurasia.py``.

BACI to 2020 (reconciled, FOB); for 2021 exporters' reports to Comtrade, and BACI 2020 moved with the table
where nobody reported. National statistics of Kazakhstan (2018-2021) and Kyrgyzstan are averaged in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from tertius.labels._text import fold
from tertius.labels.countries import country_aliases
from tertius.world import World, load_world

GOLD = "710812"
SECTOR_OF_HS = {"2701": "B05", "2702": "B05", "2709": "B06", "271111": "B06", "271121": "B06", "26": "B07"}
SILENT = ("TKM", "IRN")  # do not report: partners' figures only
CIF = 1.08  # imports with freight and insurance over exports without
LAST_BACI = 2020
SEEN = 2019  # the last year with trade between Russia and Iran


def in_rest(codes: pd.Series, world: World) -> pd.Series:
    """Which codes the table keeps in its rest of the world."""
    return ~codes.isin(world.countries)


@dataclass(frozen=True)
class Trade:
    """Flows between the region's countries and each partner, USD million, and how well they are known.

    ``value[partner]`` has the columns ``from`` (what the region sells the partner) and ``to``.
    """

    flows: pd.Series
    spread: dict[tuple[str, str], float]
    pieces: tuple[str, ...]
    rest: tuple[str, ...]
    year: int
    value: dict[str, pd.DataFrame] = field(default_factory=dict)

    def inner(self, seller: str, buyer: str) -> float:
        """Goods from one piece to another, or to and from all others of the region ("ROW")."""
        sellers = self.rest if seller == "ROW" else (seller,)
        buyers = self.rest if buyer == "ROW" else (buyer,)
        chosen = self.flows[
            self.flows.index.get_level_values(0).isin(sellers)
            & self.flows.index.get_level_values(1).isin(buyers)
        ]
        return float(chosen.sum())

    def quality(self, quantity: str, piece: str, partner: str) -> tuple[float, str, str]:
        """Spread, grade and source of a flow."""
        pair = (piece, partner) if quantity == "exports" else (partner, piece)
        base = 0.25 if piece in SILENT else 0.12
        spread = max(self.spread.get(pair, 0.0), base)
        own = piece not in SILENT and (quantity == "exports" or self.year <= LAST_BACI)
        source = "un-comtrade-2021" if self.year > LAST_BACI else "cepii-baci"
        if pair in self.spread:
            source = "kgz-national-trade" if "KGZ" in pair else "kaz-national-trade"
        return spread, "observed" if own else "mirrored", source


def trade_of(raw: Path, world: World, year: int, pieces: tuple[str, ...]) -> Trade:
    """All published flows of the region in one year."""
    baci = pd.read_parquet(raw / "trade/baci_bilateral_2000_2020.parquet")
    flows = baci[baci["year"] == min(year, LAST_BACI)].groupby(["o", "d"])["v"].sum() / 1e3
    earlier = baci[baci["year"] == SEEN].set_index(["o", "d"])["v"] / 1e3
    for pair in (("IRN", "RUS"), ("RUS", "IRN")):  # missing from 2020 on
        flows.loc[pair] = flows.get(pair, earlier[pair])
    rest = tuple(c for c in baci["o"].unique() if c not in world.countries and c not in pieces)
    flows = _without_gold(raw, flows, min(year, LAST_BACI))
    if year > LAST_BACI:
        flows = _moved(flows, world, year)
        reported = _without_gold(raw, _comtrade(raw), year)
        flows = reported.combine_first(flows)
    flows, spread = _national(raw, flows, year, pieces)
    trade = Trade(flows, spread, pieces, rest, year)
    region = {*rest, *pieces}
    table = flows.rename("v").reset_index()
    for partner in world.countries:
        sold = table[(table["d"] == partner) & table["o"].isin(region)].set_index("o")["v"]
        bought = table[(table["o"] == partner) & table["d"].isin(region)].set_index("d")["v"]
        trade.value[partner] = pd.DataFrame({"from": sold, "to": bought}).fillna(0.0)
    return trade


def raw_materials(raw: Path, year: int) -> pd.DataFrame:
    """Coal, oil and gas, ores by exporter and importer: columns o, d, sector, musd."""
    table = pd.read_parquet(raw / "trade/baci_raw_materials_hs6_1995_2024.parquet")
    table = table[(table["year"] == year) & (table["d"] != "S19")]
    sector = table["hs6_92"].map(
        lambda h: next((s for n in (6, 4, 2) if (s := SECTOR_OF_HS.get(h[:n])) is not None), None)
    )
    table = table.assign(sector=sector, musd=table["v_kusd"] / 1e3).dropna(subset=["sector"])
    return table.groupby(["o", "d", "sector"], as_index=False)["musd"].sum()


def _without_gold(raw: Path, flows: pd.Series, year: int) -> pd.Series:
    table = pd.read_parquet(raw / "trade/baci_raw_materials_hs6_1995_2024.parquet")
    gold = (
        table[(table["year"] == year) & (table["hs6_92"] == GOLD)].groupby(["o", "d"])["v_kusd"].sum() / 1e3
    )
    return (flows - gold.reindex(flows.index).fillna(0.0)).clip(lower=0.0)


def _moved(flows: pd.Series, world: World, year: int) -> pd.Series:
    """Move last year's flows with the partner's trade with the region in the table."""
    before = load_world(f"icio-{year - 1}")
    r = world.countries.index("ROW")
    goods = [k for k, s in enumerate(world.sectors) if s != "SERV"]
    now, then = (w.trade_values[:, :, goods].sum(axis=2) for w in (world, before))
    sold = dict(zip(world.countries, now[r] / np.maximum(then[r], 1e-9), strict=True))
    bought = dict(zip(world.countries, now[:, r] / np.maximum(then[:, r], 1e-9), strict=True))
    growth = [sold.get(d, bought.get(o, sold["ROW"])) for o, d in flows.index]
    return flows * np.clip(growth, 0.3, 3.0)


def _comtrade(raw: Path) -> pd.Series:
    table = pd.read_csv(raw / "trade/comtrade_bilateral_exports_2021.csv")
    code = country_aliases()
    table["o"] = table["reporter"].map(lambda x: code.get(fold(x)))
    table["d"] = table["partner"].map(lambda x: code.get(fold(x)))
    return table.dropna(subset=["o", "d"]).groupby(["o", "d"])["value"].sum() / 1e6


def _national(
    raw: Path, flows: pd.Series, year: int, pieces: tuple[str, ...]
) -> tuple[pd.Series, dict[tuple[str, str], float]]:
    """Average national reports in (geometric mean); half the log gap is the spread."""
    reports: dict[tuple[str, str], float] = {}
    if year >= 2018:
        kaz = pd.read_csv(raw / "trade/kazakhstan_trade_by_partner_2018_2021.csv").query("year == @year")
        for r in kaz[kaz["iso3"].isin(pieces)].itertuples():
            reports["KAZ", r.iso3], reports[r.iso3, "KAZ"] = r.export_kusd / 1e3, r.import_kusd / 1e3 / CIF
    code = country_aliases()
    for flow, cif in (("exports", 1.0), ("imports", CIF)):
        kgz = pd.read_csv(raw / f"trade/kyrgyzstan_{flow}_by_partner_1994_2021.csv").query("year == @year")
        for r in kgz.itertuples():
            partner = code.get(fold(r.label.split("|")[-1].strip()))
            if partner and partner != "GBR":  # gold
                pair = ("KGZ", partner) if flow == "exports" else (partner, "KGZ")
                reports[pair] = r.kusd / 1e3 / cif
    flows, spread = flows.copy(), {}
    for pair, reported in reports.items():
        other = float(flows.get(pair, 0.0))
        if reported < 1.0:
            continue
        flows.loc[pair] = np.sqrt(reported * other) if other > 0 else reported
        spread[pair] = abs(np.log(reported / other)) / 2 if other > 0 else 0.3
    return flows, spread
