# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build ``data/tables/population_2021.csv`` and print shares of services for the lever catalogue.

Usage: python scripts/build_levers.py RAW_DIR

Shares of one service in what a group sells to a country for use as inputs come from the 50-sector table of
2022. Trade between Russia and Kazakhstan is never read: it is held out.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from tertius.labels import resolve
from tertius.world import load_world

OUT = Path(__file__).parents[1] / "src/tertius/data/tables/population_2021.csv"
YEAR = 2021
MISSING = {"TWN": 23_375_000}  # Taiwan: National Statistics, end of 2021, from memory
SERVICES = {"finance": ("K",), "transport": ("H49", "H50", "H51", "H52", "H53"), "electricity": ("D",)}
PAIRS = (("coalition-2022", "KAZ"), ("CHN", "KAZ"))
# REUSE-IgnoreStart
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_levers.py; persons, 2021. ROW: the world without the others.
"""
# REUSE-IgnoreEnd


def population(raw: Path) -> pd.DataFrame:
    """Population of the countries of the shipped worlds, persons."""
    table = pd.read_parquet(raw / "macro/gdp_population_2000_2021.parquet").query(f"year == {YEAR}")
    known = table.set_index("iso3")["pop"].dropna().to_dict() | MISSING
    codes = [c for c in load_world("eurasia-2021").countries if c != "ROW"]
    rows = [(c, int(known[c]), "memory" if c in MISSING else "data") for c in codes]
    rest = int(sum(known.values()) - sum(n for _, n, _ in rows))
    return pd.DataFrame([*rows, ("ROW", rest, "data")], columns=["country", "population", "status"])


def shares(raw: Path) -> pd.DataFrame:
    """Shares of services in a group's services sold to a country as inputs."""
    table = np.load(raw / "icio/icio2022_Z_country_major_f32.npz", allow_pickle=True)
    countries, sectors = [str(c) for c in table["countries"]], [str(s) for s in table["sectors"]]
    flows = table["Z"].reshape(len(countries), len(sectors), len(countries), len(sectors))
    services = [k for k, s in enumerate(sectors) if s[0] >= "D"]
    rows = []
    for sellers, buyer in PAIRS:
        own = [
            countries.index(c) for c in resolve((sellers,), countries, pd.Timestamp("2021-12-31").date(), "")
        ]
        sold = flows[own, :, countries.index(buyer)].sum(axis=(0, 2), dtype=np.float64)
        total = sold[services].sum()
        rows += [
            (sellers, buyer, name, sold[[sectors.index(p) for p in parts]].sum() / total, total)
            for name, parts in SERVICES.items()
        ]
    return pd.DataFrame(rows, columns=["sellers", "buyer", "service", "share", "services, USD million"])


def main(raw: Path) -> None:
    """Write the table; print the shares, which the catalogue quotes."""
    with OUT.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        population(raw).to_csv(file, index=False, lineterminator="\n")
    print(shares(raw).to_string(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
