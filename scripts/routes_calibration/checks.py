# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Placebos, dose and response, prediction of a hub from the others, and the whole panel for comparison."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from routes_calibration.imputation import Array, summary
from routes_calibration.leakage import (
    CENTRAL,
    ESTIMATED,
    WINDOW,
    Design,
    direct_loss,
    in_months,
    inflow,
    treated_units,
    year_before,
)
from routes_calibration.panel import HUBS, MONTHS, Panel

FALLS = (("under 20 %", -np.inf, 0.2), ("20-50 %", 0.2, 0.5), ("50-80 %", 0.5, 0.8), ("80-95 %", 0.8, 0.95))
BINS = (*FALLS, ("over 95 %", 0.95, 1.0 + 1e-9))
PRETENDED = replace(CENTRAL, name="ban a year earlier", first="2020-01", window=year_before(WINDOW))
OCTOBER = Design("codes of October", ("late",), control_roles=("steel",), window=MONTHS[29:33])
OPEN = Design("codes that stayed open", ("open",), "rest", same_months=True)


def a_year_earlier(panel: Panel) -> Panel:
    """Panel in which every ban of 2022 happened in the same month of 2021."""
    ban = panel.units["ban"]
    moved = ban.where(ban == "", ban.str.replace("2022", "2021"))
    return replace(panel, units=panel.units.assign(ban=moved))


def pooled(panel: Panel, weights: Array, design: Design) -> tuple[Array, Array]:
    """Observed and imputed inflow of the five hubs together."""
    parts = [inflow(panel, hub, weights, design) for hub in HUBS]
    return sum(p[0] for p in parts), sum(p[1] for p in parts)


def placebos(panel: Panel, weights: Array) -> pd.DataFrame:
    """Inflow where no excess is expected: over the loss of banned goods, and observed over imputed."""
    loss = direct_loss(panel, weights, CENTRAL)[:, -1]
    rows = []
    for design, where in ((PRETENDED, a_year_earlier(panel)), (OPEN, panel), (OCTOBER, panel)):
        if not treated_units(panel, design).any():
            continue
        observed, imputed = pooled(where, weights, design)
        for value, kind in (
            ((observed - imputed)[:, -1] / loss, "excess over loss"),
            (observed[:, -1] / imputed[:, -1], "observed over imputed"),
        ):
            rows.append((design.name, "hubs", kind, *summary(value), int(treated_units(panel, design).sum())))
    return pd.DataFrame(rows, columns=["check", "hub", "measure", "value", "se", "lo", "hi", "codes"])


def rest_against_world(panel: Panel, world: float) -> pd.DataFrame:
    """Growth of the rest of trade, window on the same months of 2021, next to exports to third countries."""
    now, then = in_months(WINDOW), in_months(year_before(WINDOW))
    rows = []
    for partner in (*HUBS, "RUS"):
        rest = panel.rest[partner].to_numpy()
        rows.append(("rest of trade", partner, "growth", rest[now].sum() / rest[then].sum()))
    rows.append(("third countries", "world", "growth", world))
    return pd.DataFrame(rows, columns=["check", "hub", "measure", "value"])


def dose(panel: Panel, weights: Array, vehicles: bool) -> pd.DataFrame:
    """Observed over imputed inflow by how far direct exports fell; same months of 2021, rest of trade.

    With ``vehicles`` false chapter 87 is left out: new and used cars are one market there.
    """
    units = panel.units
    wanted = units["role"].isin(("closed", "partly", "open")) & (vehicles | (units["group"] != "vehicles"))
    name = "dose" if vehicles else "dose without vehicles"
    rows = []
    for label, low, high in BINS:
        of = (wanted & (units["fall"] >= low) & (units["fall"] < high)).to_numpy()
        if not of.any():
            continue
        role = np.where(of, "dose", "none")
        test = replace(panel, units=units.assign(role=role))
        observed, imputed = pooled(test, weights, replace(OPEN, treated=("dose",)))
        rows.append((name, "hubs", label, *summary(observed[:, -1] / imputed[:, -1]), int(of.sum())))
    return pd.DataFrame(rows, columns=["check", "hub", "measure", "value", "se", "lo", "hi", "codes"])


def leave_one_out(panel: Panel) -> pd.DataFrame:
    """Excess of each hub predicted from the growth, by group, of the other four; EUR million."""
    one = np.ones((1, len(panel.units)))
    flow = {hub: [part[0, :-1] for part in inflow(panel, hub, one, CENTRAL)] for hub in HUBS}
    rows = []
    for hub in HUBS:
        others = [flow[h] for h in HUBS if h != hub]
        ratio = sum(o[0] for o in others) / sum(o[1] for o in others)
        observed, imputed = flow[hub]
        rows += list(
            zip(
                [hub] * len(ratio),
                ESTIMATED[:-1],
                observed - imputed,
                imputed * (ratio - 1),
                imputed,
                strict=True,
            )
        )
    return pd.DataFrame(rows, columns=["hub", "group", "excess", "predicted", "imputed"])


def prediction_error(table: pd.DataFrame) -> dict[str, float]:
    """How well the others predict a hub, in total and by cell, against predicting no excess at all."""
    cell = table["predicted"] - table["excess"]
    total = table.groupby("hub")[["excess", "predicted"]].sum()
    gap = total["predicted"] - total["excess"]
    return {
        "rmse_cells": float(np.sqrt((cell**2).mean())),
        "rmse_cells_none": float(np.sqrt((table["excess"] ** 2).mean())),
        "rmse_hubs": float(np.sqrt((gap**2).mean())),
        "rmse_hubs_none": float(np.sqrt((total["excess"] ** 2).mean())),
        "mean_absolute_log": float(np.abs(np.log(total["predicted"] / total["excess"])).mean()),
        "all_predicted_over_excess": float(total["predicted"].sum() / total["excess"].sum()),
    }


def whole_panel(raw_flows: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """All codes of the list at once, June to November 2022 on 2021, against the rest of trade.

    Parameters
    ----------
    raw_flows
        EUR million of all listed codes, months by partners.

    Returns
    -------
    pandas.DataFrame
        By hub: excess of all listed codes, of the units used here, and the rest of the difference.
    """
    now, then = list(WINDOW), list(year_before(WINDOW))
    loss = raw_flows.loc[then, "RUS"].sum() - raw_flows.loc[now, "RUS"].sum()
    role = panel.units["role"]
    rows = []
    for hub in HUBS:
        growth = panel.rest[hub][now].sum() / panel.rest[hub][then].sum()
        flow = panel.flows[hub]
        gap = flow[now].sum(axis=1) - growth * flow[then].sum(axis=1)
        by_role = gap.groupby(role).sum()
        whole = raw_flows.loc[now, hub].sum() - growth * raw_flows.loc[then, hub].sum()
        rows.append((hub, growth, whole, loss, whole / loss, by_role.to_dict(), whole - gap.sum()))
    columns = ["hub", "growth", "excess", "loss", "share", "by_role", "dropped"]
    return pd.DataFrame(rows, columns=columns)


def other_losses(panel: Panel, world: float) -> dict[str, float]:
    """Direct loss of banned codes under other counterfactuals for Russia, EUR million."""
    one = np.ones((1, len(panel.units)))
    now, then = in_months(WINDOW), in_months(year_before(WINDOW))
    rest = panel.rest["RUS"].to_numpy()
    scales = {
        "level of 2021": 1.0,
        "growth of exports to third countries": world,
        "fall of the rest of exports to Russia": float(rest[now].sum() / rest[then].sum()),
    }
    return {k: float(direct_loss(panel, one, CENTRAL, s)[0, -1]) for k, s in scales.items()}
