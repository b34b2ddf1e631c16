# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build ``data/tables/energy_prices.csv`` and ``energy_mix.csv``: price changes 2021-22, mixes of 2021.

Usage: python scripts/build_energy.py RAW_DIR

Unit values of the world's trade in coal, crude oil and gas. Flows between Kazakhstan and Russia are taken out
before anything is computed: they are held out.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

TABLES = Path(__file__).parents[1] / "src/tertius/data/tables"
RAW = "trade/baci_raw_materials_hs6_1995_2024.parquet"
BASE, NEW = 2021, 2022
PRODUCTS = {
    "270111": "coal", "270112": "coal", "270119": "coal", "270210": "coal", "270220": "coal",
    "270900": "crude oil", "271111": "LNG", "271121": "pipeline gas",
}  # fmt: skip
SECTOR = {"coal": "B05", "crude oil": "B06", "LNG": "B06", "pipeline gas": "B06"}
HELD_OUT = {"KAZ", "RUS"}
CODES = {"S19": "TWN"}
FLOW = ["o", "d", "hs6_92"]
# REUSE-IgnoreStart
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_energy.py; {}
"""
# REUSE-IgnoreEnd


def energy(raw: Path) -> pd.DataFrame:
    """Flows of energy in both years, without those between Kazakhstan and Russia."""
    table = pd.read_parquet(raw / RAW)
    table = table[table["hs6_92"].isin(PRODUCTS) & table["year"].isin([BASE, NEW])]
    held = table["o"].isin(HELD_OUT) & table["d"].isin(HELD_OUT)
    return table[~held].replace({"o": CODES, "d": CODES}).assign(product=lambda t: t["hs6_92"].map(PRODUCTS))


def prices(flows: pd.DataFrame) -> pd.DataFrame:
    """Relative change of the world's unit value by product, three ways."""
    wide = flows.pivot_table(index=[*FLOW, "product"], columns="year", values=["v_kusd", "q_tonnes"])
    both = wide[(wide > 0).all(axis=1)]
    rows = []
    for product, sector in SECTOR.items():
        own = flows[flows["product"] == product].dropna(subset=["q_tonnes"])
        own = own[own["q_tonnes"] > 0]
        sums = own.groupby("year")[["v_kusd", "q_tonnes"]].sum()
        unit = sums["v_kusd"] / sums["q_tonnes"]
        matched = both.xs(product, level="product")
        rows.append(
            (
                product, sector, sums["v_kusd"][BASE] / 1e3, 1e3 * unit[BASE], 1e3 * unit[NEW],
                unit[NEW] / unit[BASE] - 1, _median(matched) - 1, _fisher(matched) - 1,
            )
        )  # fmt: skip
    columns = ["product", "sector", "musd_2021", "usd_t_2021", "usd_t_2022", "mean", "median", "fisher"]
    return pd.DataFrame(rows, columns=columns).round(4)


def _median(matched: pd.DataFrame) -> float:
    """Median of the ratios of unit values, weighted by the value of the base year."""
    unit = matched["v_kusd"] / matched["q_tonnes"]
    order = (unit[NEW] / unit[BASE]).sort_values()
    weight = matched["v_kusd"][BASE].reindex(order.index).cumsum()
    return float(order.iloc[int(np.searchsorted(weight, weight.iloc[-1] / 2))])


def _fisher(matched: pd.DataFrame) -> float:
    """Geometric mean of the Laspeyres and the Paasche index of matched flows."""
    unit, q = matched["v_kusd"] / matched["q_tonnes"], matched["q_tonnes"]
    laspeyres = (unit[NEW] * q[BASE]).sum() / matched["v_kusd"][BASE].sum()
    paasche = matched["v_kusd"][NEW].sum() / (unit[BASE] * q[NEW]).sum()
    return float(np.sqrt(laspeyres * paasche))


def mix(flows: pd.DataFrame) -> pd.DataFrame:
    """Exports of 2021 by exporter and product, USD million."""
    own = flows[flows["year"] == BASE].groupby(["o", "product"])["v_kusd"].sum() / 1e3
    table = own.rename("musd").rename_axis(["country", "product"]).reset_index()
    return table[table["musd"] >= 0.05].round(1)


def main(raw: Path) -> None:
    """Write both tables."""
    flows = energy(raw)
    heads = {
        "energy_prices": "world trade without Kazakhstan-Russia; changes relative to 2021.",
        "energy_mix": "exports of 2021 without Kazakhstan-Russia, USD million.",
    }
    for (name, head), table in zip(heads.items(), (prices(flows), mix(flows)), strict=True):
        with (TABLES / f"{name}.csv").open("w", encoding="utf-8", newline="\n") as file:
            file.write(HEAD.format(head))
            table.to_csv(file, index=False, lineterminator="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
