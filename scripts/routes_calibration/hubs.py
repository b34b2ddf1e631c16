# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What trade before the war says: upper bounds on base shares, and priors for hubs without a panel."""

from __future__ import annotations

from pathlib import Path

import build_sanctions as bans
import numpy as np
import pandas as pd

from routes_calibration.imputation import Array
from routes_calibration.leakage import CENTRAL, ESTIMATED, membership, treated_units
from routes_calibration.panel import HUBS, MONTHS, Panel

PRIOR_HUBS = ("TUR", "ARE", "CHN", "HKG")
NAMES = {  # as the reporter calls itself in the table of 2021
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "ARM": "Armenia",
    "GEO": "Georgia",
    "UZB": "Uzbekistan",
    "TUR": "Türkiye",
    "ARE": "United Arab Emirates",
    "CHN": "China",
    "HKG": "China, Hong Kong SAR",
}
MEMBERS = ("KAZ", "KGZ", "ARM")  # of the customs union with Russia
SIZE, DISTANCE = 0.5, -1.0  # assumed elasticities of excess to pre-war exports to Russia, and to distance
T95 = {3: 3.182, 2: 4.303}  # Student's t, two-sided 95 %, by degrees of freedom


def bounds(panel: Panel, raw: Path) -> pd.DataFrame:
    """Largest base share of each hub that trade of 2021 allows, by estimated group.

    All EU exports of the group to the hub in 2021 would have gone on to Russia. For Kazakhstan also: its own
    exports to Russia of 2021 in the same headings, of whatever origin, if these are less.

    Returns
    -------
    pandas.DataFrame
        Columns ``hub``, ``group``, ``inflow``, ``onward`` (ratios to EU exports by all routes), ``bound``.
    """
    of, member = treated_units(panel, CENTRAL), membership(panel)
    year = [m for m in MONTHS if m.startswith("2021")]
    value = {p: t[year].sum(axis=1).to_numpy()[of] @ member[of] for p, t in panel.flows.items()}
    whole = value["RUS"] + sum(value[h] for h in HUBS)
    onward = kazakhstan_onward(panel, raw) / bans.USD_PER_EUR
    rows = []
    for hub in (*HUBS, "BLR"):
        for k, group in enumerate(ESTIMATED):
            inflow = value[hub][k] / whole[k]
            own = onward[k] / whole[k] if hub == "KAZ" else np.nan
            rows.append((hub, group, inflow, own, np.nanmin([inflow, own])))
    return pd.DataFrame(rows, columns=["hub", "group", "inflow", "onward", "bound"])


def kazakhstan_onward(panel: Panel, raw: Path) -> Array:
    """Kazakhstan's exports to Russia of 2021 in headings with banned codes, USD million by estimated group.

    A heading goes to the group with most EU exports to Russia in it. Of any origin, so an upper bound.
    """
    table = pd.read_csv(raw / "trade/kazakhstan_exports_by_partner_hs6_2021.csv", dtype={"k": str})
    table = table[table["name"].eq("Russian Federation")]
    heading = table["k"].str.zfill(6).str[:4]
    value = table.groupby(heading)["v"].sum() / 1e3
    units = panel.units[treated_units(panel, CENTRAL)]
    main = units.assign(heading=units.index.str[:4]).sort_values("meur", kind="stable")
    group = main.drop_duplicates("heading", keep="last").set_index("heading")["group"]
    pooled = group.where(~group.str.startswith("chpl"), "chpl").reindex(value.index)
    total = value.groupby(pooled).sum().reindex(ESTIMATED[:-1], fill_value=0.0).to_numpy()
    return np.append(total, total.sum())


def before_the_war(raw: Path) -> pd.DataFrame:
    """Exports to Russia of 2021, USD million, and kilometres between capitals, by hub."""
    trade = pd.read_csv(raw / "trade/comtrade_bilateral_exports_2021.csv")
    trade = trade[trade["partner"].eq("Russian Federation")].set_index("reporter")["value"] / 1e6
    far = pd.read_csv(raw / "gravity/dist_cepii.csv", dtype=str)
    far = far[far["iso_d"].eq("RUS")].set_index("iso_o")["distcap"].astype(float)
    rows = [(h, trade[NAMES[h]], far[h], h in MEMBERS) for h in NAMES]
    return pd.DataFrame(rows, columns=["hub", "musd", "km", "member"]).set_index("hub")


def priors(before: pd.DataFrame, excess: pd.Series) -> pd.DataFrame:
    """Excess that hubs without a panel would have had, from pre-war exports, distance and membership.

    ``log excess = a + b member + SIZE log exports + DISTANCE log km + error``, a and b by least squares on
    the five hubs of the panel, with the two elasticities assumed; 95 % prediction interval.

    Parameters
    ----------
    before
        From :func:`before_the_war`.
    excess
        Excess of the hubs of the panel, EUR million.

    Returns
    -------
    pandas.DataFrame
        ``excess``, ``lo``, ``hi`` by hub, EUR million.
    """
    offset = SIZE * np.log(before["musd"]) + DISTANCE * np.log(before["km"])
    design = np.column_stack([np.ones(len(before)), before["member"].astype(float)])
    design = pd.DataFrame(design, index=before.index)
    x, y = design.loc[excess.index].to_numpy(), (np.log(excess) - offset[excess.index]).to_numpy()
    inverse = np.linalg.inv(x.T @ x)
    fit = inverse @ x.T @ y
    left = len(y) - 2
    variance = float(((y - x @ fit) ** 2).sum() / left)
    rows = []
    for hub in before.index.difference(excess.index, sort=False):
        z = design.loc[hub].to_numpy()
        mean = float(z @ fit + offset[hub])
        wide = T95[left] * float(np.sqrt(variance * (1 + z @ inverse @ z)))
        rows.append((hub, np.exp(mean), np.exp(mean - wide), np.exp(mean + wide)))
    return pd.DataFrame(rows, columns=["hub", "excess", "lo", "hi"]).set_index("hub")


def prior_error(before: pd.DataFrame, excess: pd.Series) -> pd.Series:
    """Log of predicted over actual excess of each hub, predicted from the other four."""
    out = {}
    for hub in excess.index:
        known = before.drop(index=[h for h in before.index if h != hub and h not in excess.index])
        out[hub] = float(np.log(priors(known, excess.drop(hub)).loc[hub, "excess"] / excess[hub]))
    return pd.Series(out)
