# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Tidy tables of leakage and of base hub shares."""

from __future__ import annotations

import build_sanctions as bans
import numpy as np
import pandas as pd

from routes_calibration.imputation import Array, summary
from routes_calibration.leakage import (
    BELARUS_GROUPS,
    CENTRAL,
    ESTIMATED,
    VARIANTS,
    WORLD,
    Design,
    code_counts,
    direct_loss,
    excess,
    inflow,
    noise,
)
from routes_calibration.panel import HUBS, Panel
from routes_calibration.phi import GRID, leakage_of, least_q, phi_of

LEAST = 2  # codes; a group with fewer is not reported
FEW = 20  # codes; below this a bootstrap over codes is not to be relied on
GENERAL = 1.27  # rise of leakage in general equilibrium, for orientation (METHODS of the project)
COLUMNS = (
    *("method", "group", "hub", "excess_meur", "excess_musd", "direct_loss_meur", "leakage"),
    *("se_codes", "se_time", "lo", "hi", "codes", "status"),
)


def leakage_table(panel: Panel, weights: Array, world: float) -> pd.DataFrame:
    """Leakage by method, group and hub; ``hubs`` are the five of the panel together, without Belarus."""
    parts = [estimates(panel, weights, CENTRAL, world), estimates(panel, weights, WORLD, world)]
    for design in VARIANTS:
        table = estimates(panel, weights, design, world)
        parts.append(table[table["group"].eq("ALL") | table["hub"].eq("hubs")])
    return pd.concat([*parts, belarus(panel, weights, world)], ignore_index=True)


def estimates(panel: Panel, weights: Array, design: Design, world: float) -> pd.DataFrame:
    """Rows of one method for the five hubs, each and together."""
    loss, counts = direct_loss(panel, weights, design), code_counts(panel, design)
    gaps = {hub: excess(panel, hub, weights, design, world) for hub in HUBS}
    gaps["hubs"] = sum(gaps.values())
    rows = []
    for hub, gap in gaps.items():
        where = HUBS if hub == "hubs" else (hub,)
        time = np.zeros(len(ESTIMATED))
        if design.controls != "world":
            one = np.ones((1, len(panel.units)))
            imputed = sum(inflow(panel, h, one, design)[1][0] for h in where)
            with np.errstate(invalid="ignore", divide="ignore"):
                time = noise(panel, where, design) * imputed / loss[0]
        rows += [
            row(design.name, g, hub, gap[:, k], loss[:, k], time[k], counts[g])
            for k, g in enumerate(ESTIMATED)
            if counts[g] >= LEAST and loss[0, k] > 0
        ]
    return pd.DataFrame(rows, columns=COLUMNS)


def row(
    name: str, group: str, hub: str, gap: Array, loss: Array, time: float, codes: int
) -> tuple[object, ...]:
    """One line: the interval joins the bootstrap over codes with the noise of half-years before the war."""
    point, se, low, high = summary(gap / loss)
    low = point - float(np.hypot(point - low, 1.96 * time))
    high = point + float(np.hypot(high - point, 1.96 * time))
    status = "estimated" if codes >= FEW else f"estimated, {codes} codes"
    musd = gap[0] * bans.USD_PER_EUR
    return (name, group, hub, gap[0], musd, loss[0], point, se, time, low, high, codes, status)


def belarus(panel: Panel, weights: Array, world: float) -> pd.DataFrame:
    """Belarus: only groups that its own ban left open in 2022, and only against third countries."""
    loss, counts = direct_loss(panel, weights, WORLD), code_counts(panel, WORLD)
    gap = excess(panel, "BLR", weights, WORLD, world)
    rows = [
        row(WORLD.name, g, "BLR", gap[:, k], loss[:, k], 0.0, counts[g])
        for k, g in enumerate(ESTIMATED)
        if g in BELARUS_GROUPS
    ]
    return pd.DataFrame(rows, columns=COLUMNS).assign(status="no control in the hub")


def band(leakage: pd.DataFrame) -> pd.DataFrame:
    """Leakage by group and hub: two-way, its lower end, and the upper end against third countries."""
    key = ["group", "hub"]
    low, high = (leakage[leakage["method"] == d.name].set_index(key) for d in (CENTRAL, WORLD))
    out = pd.DataFrame({"central": low["leakage"], "lo": low["lo"]}).join(high["hi"])
    only = high.loc[high.index.difference(low.index)]  # Belarus: no central method
    extra = pd.DataFrame({"central": only["leakage"], "lo": 0.0, "hi": only["hi"]})
    out = pd.concat([out, extra]).clip(lower=0.0)
    out["hi"] = out[["central", "hi"]].max(axis=1)
    return out


def with_priors(found: pd.DataFrame, prior: pd.DataFrame, excess_all: float) -> pd.DataFrame:
    """Add hubs without a panel, at one ratio to the five hubs' leakage in every group; and the sum of all."""
    rows = []
    for group in ESTIMATED:
        five = found.loc[(group, "hubs")]
        for hub, p in prior.iterrows():
            ratio = {"central": p["excess"], "lo": p["lo"], "hi": p["hi"]}
            rows.append((group, hub, *(five[k] * v / excess_all for k, v in ratio.items())))
    extra = pd.DataFrame(rows, columns=["group", "hub", "central", "lo", "hi"]).set_index(["group", "hub"])
    out = pd.concat([found, extra])
    each = out.drop(index="hubs", level="hub")
    parts = [out]
    for group in ESTIMATED:
        of = each.loc[group]
        # Errors of hubs are taken as independent: the ends of the sum add up in squares.
        total = of["central"].sum()
        down, up = (float(np.sqrt(((of[end] - of["central"]) ** 2).sum())) for end in ("lo", "hi"))
        line = {"central": total, "lo": max(total - down, 0.0), "hi": total + up}
        parts.append(
            pd.DataFrame(line, index=pd.MultiIndex.from_tuples([(group, "all")], names=["group", "hub"]))
        )
    return pd.concat(parts)


def limits(bound: pd.DataFrame, prior: pd.DataFrame, excess_all: float) -> pd.Series:
    """Largest base share by group and hub; without a panel, the five hubs' bound times the prior."""
    limit = bound.set_index(["group", "hub"])["bound"]
    five = bound[bound["hub"].isin(HUBS)].groupby("group")["bound"].sum()
    extra = {(g, h): five[g] * p["excess"] / excess_all for g in ESTIMATED for h, p in prior.iterrows()}
    return pd.concat([limit, pd.Series(extra)])


def phi_table(found: pd.DataFrame, limit: pd.Series) -> pd.DataFrame:
    """Base shares on the grid of q: for the five hubs (``panel``), and with Belarus and priors (``all``)."""
    rows = []
    for group in ESTIMATED:
        here = found.loc[group]
        every = tuple(h for h in here.index if h not in ("hubs", "all"))
        for q in GRID:
            rows += of_set(here, "panel", "hubs", HUBS, group, q, limit)
            rows += of_set(here, "all", "all", every, group, q, limit)
    columns = [
        *("set", "group", "hub", "q", "leakage", "phi", "lo", "hi"),
        "free",
        "phi_ge",
        "bound",
        "reached",
        "status",
    ]
    return pd.DataFrame(rows, columns=columns)


def of_set(
    found: pd.DataFrame,
    name: str,
    total: str,
    members: tuple[str, ...],
    group: str,
    q: float,
    limit: pd.Series,
) -> list[tuple[object, ...]]:
    """Rows of one set of hubs at one q: the total, then each hub.

    The base share that the leakage of the set asks for is shared out by excess inflows. A hub stays at its
    bound if it would have to carry more, and all do if no share gives the leakage; ``reached`` is the leakage
    that the shares give then, ``free`` the shares without bounds (missing where none suffices).
    """
    whole, parts = found.loc[total], found.loc[list(members), "central"]
    most = np.array([limit[group, h] for h in members])
    share = (parts / parts.sum()).to_numpy() if parts.sum() > 0 else np.zeros(len(parts))
    asked = (whole["central"], whole["lo"], whole["hi"], whole["central"] / GENERAL)
    phi, lo, hi, ge = (shared_out(phi_of(v, q), share, most) for v in asked)
    exact = phi_of(whole["central"], q)
    free = np.full(len(members), np.nan) if exact is None else share * exact
    reached = leakage_at(float(phi.sum()), q)
    top = float(most[share > 0].sum())
    head = (name, group, total, q, whole["central"])
    kind = "estimated" if name == "panel" else "estimated and prior"
    rows = [(*head, phi.sum(), lo.sum(), hi.sum(), free.sum(), ge.sum(), top, reached, kind)]
    for k, hub in enumerate(members):
        status = "estimated" if hub in HUBS else "no control in the hub" if hub == "BLR" else "prior"
        own = reached * phi[k] / phi.sum() if phi.sum() > 0 else 0.0
        rows.append(
            (name, group, hub, q, parts[hub], phi[k], lo[k], hi[k], free[k], ge[k], most[k], own, status)
        )
    return rows


def shared_out(phi: float | None, share: Array, most: Array) -> Array:
    """Base shares of hubs: by excess inflow, none above its bound; all at it where no share suffices."""
    wanted = np.where(share > 0, np.inf, 0.0) if phi is None else share * phi
    return np.minimum(wanted, most)


def leakage_at(phi: float, q: float) -> float:
    """Leakage that a base share gives; none for a share of zero."""
    return leakage_of(phi, q) if phi > 0 else 0.0


def needed_q(found: pd.DataFrame, bound: pd.DataFrame) -> pd.DataFrame:
    """Smallest q at which trade before the war allows the leakage of the five hubs, by group."""
    limit = bound[bound["hub"].isin(HUBS)].groupby("group")["bound"].sum()
    rows = []
    for group in ESTIMATED:
        five = found.loc[(group, "hubs")]
        needed = (least_q(five[k], limit[group]) for k in ("central", "lo", "hi"))
        rows.append((group, float(limit[group]), *needed))
    return pd.DataFrame(rows, columns=["group", "bound", "least_q", "least_q_lo", "least_q_hi"])


def check_rows(tested: pd.DataFrame, found: pd.DataFrame, bound: pd.DataFrame) -> pd.DataFrame:
    """Add the smallest q to the table of checks: ``lo`` and ``hi`` belong to the ends of the leakage band."""
    q = needed_q(found, bound).rename(columns={"least_q": "value", "least_q_lo": "lo", "least_q_hi": "hi"})
    q = q.assign(check="least q", hub="hubs", measure=q["group"])
    return pd.concat([tested, q[["check", "hub", "measure", "value", "lo", "hi"]]], ignore_index=True)
