# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Write the shipped routes file from the tables of the calibration: python scripts/build_routes_file.py.

Groups, leakages, bounds and margins are those of ``tables/routes_*.csv``; nothing is chosen here but the grid
of q (METHODS, section 3) and that all origins share what was estimated on goods of the EU.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import yaml

HERE = Path(__file__).resolve().parents[1] / "src" / "tertius"
TABLES = HERE / "data" / "tables"
GROUPS = {
    "chpl": "Common High Priority List, tiers 1 to 4",
    "electronics": "other electronics and electrical goods",
    "machinery": "industrial machinery",
    "vehicles": "vehicles and their parts",
    "luxury": "luxury goods",
    "chemicals": "chemicals, plastics, medicines under ban",
    "other": "all other banned goods",
}
HUBS = ("KAZ", "KGZ", "ARM", "GEO", "UZB", "BLR", "TUR", "ARE", "CHN", "HKG")
HEAD = """\
# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_routes_file.py from the tables of the calibration (docs/routes-calibration.md).
"""
GRID = "1.25 to 3 is the grid of the literature's orders of magnitude; nothing in the panel identifies it"
REPORT = "docs/routes-calibration.md"


def table(name: str) -> pd.DataFrame:
    """Read a table of the calibration."""
    return pd.read_csv(TABLES / f"{name}.csv", comment="#")


def why(title: str, status: str = "assumption") -> dict[str, str]:
    """Write a citation."""
    return {"title": title, "status": status}


def rounded(value: float) -> float:
    """Three digits."""
    return float(f"{float(value):.3g}")


def spread(central: float, low: float, high: float, title: str, status: str = "assumption") -> dict[str, Any]:
    """Write a range that holds its centre."""
    low, central, high = (rounded(min(max(x, 0.0), 1.0)) for x in (low, central, high))
    return {
        "central": central,
        "low": min(low, central),
        "high": max(high, central),
        "why": why(title, status),
    }


def groups() -> list[dict[str, Any]]:
    """Shares of goods groups in the flow of each sector."""
    found = table("routes_groups")
    found = found[(found.partner == "RUS") & (found.date == found.date.max())].copy()
    found["group"] = found.group.str.replace(r"^chpl-\d$", "chpl", regex=True)
    sums = found.groupby(["group", "sector"]).share.sum()
    out = []
    for name, title in GROUPS.items():
        shares = {s: rounded(v) for s, v in sums[name].items() if v >= 5e-4}
        source = "routes_groups.csv: EU exports to Russia in 2021, goods under ban at the end of 2022"
        out.append({"name": name, "title": title, "sectors": shares, "why": why(source, "verified")})
    return out


def hubs() -> list[dict[str, Any]]:
    """Margins, rents and what statistics do not see."""
    found = table("routes_margins").set_index(["hub", "parameter"])
    names = {"nu": "margin", "e": "rent", "psi": "phantom"}
    out = []
    for hub in HUBS:
        row: dict[str, Any] = {"hub": hub}
        for parameter, field in names.items():
            r = found.loc[(hub, parameter)]
            row[field] = spread(r.central, r.lo, r.hi, f"{r.source} ({r.status})")
        out.append(row)
    return out


def paths() -> list[dict[str, Any]]:
    """Leakage by goods group and hub, with the largest base share that trade before the bans allows."""
    leaks = table("routes_leakage")
    ends = leaks[leaks.method == "two-way"].set_index(["group", "hub"])
    phi = table("routes_phi")
    phi = phi[(phi.set == "all") & (phi.q == 2)].set_index(["group", "hub"])
    out = []
    for group in GROUPS:
        found, most = {}, {}
        for hub in HUBS:
            if (group, hub) not in phi.index:
                continue
            r = phi.loc[(group, hub)]
            if r.status == "prior":
                found[hub] = spread(r.leakage, 0.18 * r.leakage, 5.5 * r.leakage, f"prior, {REPORT}")
            else:
                known = leaks[(leaks.group == group) & (leaks.hub == hub)]
                e = ends.loc[(group, hub)] if (group, hub) in ends.index else known.iloc[0]
                found[hub] = spread(e.leakage, e.lo, e.hi, f"{e.status}, {REPORT}")
            most[hub] = rounded(r.bound)
        out.append(
            {
                "label": GROUPS[group],
                "origins": ["world"],
                "destinations": ["RUS"],
                "groups": [group],
                "measure": "leakage",
                "hubs": found,
                "most": most,
            }
        )
    return out


def main() -> None:
    """Write the file."""
    content = {
        "schema_version": 1,
        "name": "kazakhstan-2022",
        "title": "Goods to Russia through its neighbours, 2022",
        "summary": (
            "Leakage of the EU's export bans through hubs, estimated from EU exports by product and month to"
            " November 2022, by goods group; for hubs outside the panel priors, marked. Nothing of hubs' own"
            " trade with Russia after 2021 is in it. All origins share what was found for goods of the EU."
        ),
        "services": "SERV",
        "q": {"central": 2.0, "low": 1.5, "high": 3.0, "why": why(GRID)},
        "groups": groups(),
        "hubs": hubs(),
        "paths": paths(),
        "not_modelled": [
            "Chains over two hubs",
            "Goods that the panel does not hold: codes created in 2022, goods of other origins than the EU",
            "Duties at the hub's border, the pool of the customs union: only the destination's tariff",
            "Return of goods that never leave the hub: excess inflow is no proof of onward shipment",
        ],
    }
    text = yaml.safe_dump(content, sort_keys=False, width=118, allow_unicode=True)
    folder = HERE / "routes" / "files"
    folder.mkdir(exist_ok=True)
    (folder / "kazakhstan-2022.yaml").write_text(HEAD + text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
