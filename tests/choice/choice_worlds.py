# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A small world with two powers, a hub between them, sanctions and levers."""

import yaml

import tertius as tt
from strategies import random_world

WHY = {"title": "made up", "status": "assumption"}
POWERS = ("coalition-2022", "RUS")


def number(central):
    return {"central": central, "low": central, "high": central, "why": WHY}


def small_world(seed=3):
    """Seven countries, three sectors of which the last is services, two elasticity sets."""
    w = random_world(7, 3, seed, holes=False)
    return tt.World.from_arrays(
        ["DEU", "USA", "RUS", "KAZ", "CHN", "TUR", "ROW"],
        ["C26", "C28", "SERV"],
        trade=w.trade_values,
        tariff=w.tariff_values,
        input_share=w.input_share_values,
        elasticity=[4.0, 6.0, 5.0],
        elasticity_name="A",
        elasticity_sets={"A": [4.0, 6.0, 5.0], "B": [3.0, 4.0, 8.0]},
        name="small",
    )


def _write(path, content):
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def routes_file(folder, hubs=("KAZ",)):
    return _write(
        folder / "routes.yaml",
        {
            "schema_version": 1,
            "name": "small-routes",
            "title": "For tests",
            "q": number(2.0),
            "groups": [
                {"name": "chips", "sectors": {"C26": 0.4}, "why": WHY},
                {"name": "tools", "sectors": {"C26": 0.2, "C28": 0.5}, "why": WHY},
            ],
            "hubs": [{"hub": h, "margin": number(0.1), "rent": number(0.5)} for h in hubs],
            "paths": [
                {
                    "origins": ["DEU", "USA"],
                    "destinations": ["RUS"],
                    "groups": ["chips", "tools"],
                    "measure": "leakage",
                    "hubs": {h: number(0.06) for h in hubs},
                }
            ],
        },
    )


def sanctions_file(folder):
    return _write(
        folder / "sanctions.yaml",
        {
            "schema_version": 1,
            "name": "sanctions",
            "title": "made up",
            "measures": [
                {"kind": "export_ban", "exporters": ["DEU", "USA"], "importers": ["RUS"],
                 "coverage": {"C26": 0.5, "C28": 0.4}, "why": WHY},
                {"kind": "import_ban", "exporters": ["RUS"], "importers": ["DEU"], "coverage": {"C28": 0.3},
                 "why": WHY},
            ],
        },
    )  # fmt: skip


def catalogue_file(folder, **changes):
    """One lever of the West, one of Russia, and one without a number."""
    general = {"instrument": "export_ban", "purpose": "made up", "why": WHY, "target": ["focal"]}
    ban = [{"kind": "export_ban", "exporters": ["user"], "importers": ["target"], "sectors": ["C26"],
            "coverage": 0.8, "why": WHY}]  # fmt: skip
    levers = [
        {"name": "chips-ban", "title": "No chips", "user": ["power"], "measures": ban, **general},
        {"name": "half", "title": "Half of all", "user": ["RUS"], **general,
         "measures": [{"kind": "embargo", "exporters": ["user"], "importers": ["target"],
                       "sectors": ["goods"], "coverage": 0.5, "why": WHY}]},
        {"name": "payments", "title": "No payments", "user": ["power"], **general,
         "identification": "not identified", "reason": "no elasticity"},
    ]  # fmt: skip
    kept = [x for x in levers if x["name"] not in changes.get("without", ())]
    return _write(
        folder / "levers.yaml", {"schema_version": 1, "name": "made-up", "title": "For tests", "levers": kept}
    )
