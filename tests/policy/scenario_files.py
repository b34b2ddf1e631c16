# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A world of six countries and four sectors with real labels, and the contents of scenario files."""

from __future__ import annotations

import numpy as np

import tertius as tt

COUNTRIES = ("DEU", "KAZ", "POL", "RUS", "USA", "ROW")
SECTORS = ("B06", "C26", "C28", "SERV")


def make_world(theta=(4.0, 2.0, 8.0, 5.0)):
    rng = np.random.default_rng(2022)
    n, s = len(COUNTRIES), len(SECTORS)
    trade = np.exp(rng.normal(0.0, 0.5, (n, n, s)))
    trade[np.arange(n), np.arange(n)] += 20
    tariff = np.full((n, n, s), 0.0625)
    tariff[np.arange(n), np.arange(n)] = 0
    tariff[:, :, -1] = 0
    share = np.full((n, s, s), 0.125)
    return tt.World.from_arrays(
        COUNTRIES,
        SECTORS,
        trade=trade,
        tariff=tariff,
        input_share=share,
        elasticity=theta,
        name="six",
        year=2021,
        elasticity_name="own",
        elasticity_sets={"own": theta, "U4": [4.0] * s},
    )


WORLD = make_world()


OWN = {  # what a measure needs beside its act, by kind; others have exporters and importers alone
    "nontariff_cost": {"factor": 2},
    "preference": {"factor": 0.5},
    "export_tax": {"rate": 0.25},
    "quota": {"limit": 0.5, "owner": "importer"},
    "price_cap": {"cap": 60, "base_price": 80, "unit": "USD per barrel"},
    "productivity": {"countries": ["KAZ"], "factor": 2},
    "labour": {"countries": ["KAZ"], "factor": 2},
    "transfer": {"payers": ["USA"], "receivers": ["KAZ"], "amount": 1},
    "coalition": {"members": ["DEU", "POL"]},
}
ON_COUNTRIES = ("productivity", "labour", "transfer", "coalition")


def measure(kind="nontariff_cost", **fields):
    """A valid measure, changed; a field that is None is left out."""
    given = {"kind": kind, "why": {"title": "An act", "status": "assumption"}}
    if kind not in ON_COUNTRIES:
        given |= {"exporters": ["DEU"], "importers": ["RUS"]}
    given |= OWN.get(kind, {}) if isinstance(kind, str) else {}
    return {k: v for k, v in (given | fields).items() if v is not None}


def scenario(*measures, **fields):
    head = {"schema_version": 1, "name": "mine", "title": "Mine"}
    given = head | {"measures": list(measures)} | fields
    return {k: v for k, v in given.items() if v is not None}
