# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Event study: trade in banned codes relative to the rest of trade, month by month, base 2021."""

from __future__ import annotations

import numpy as np
import pandas as pd

from routes_calibration.imputation import Array, Mask
from routes_calibration.leakage import ESTIMATED, LISTED, membership
from routes_calibration.panel import HUBS, MONTHS, Panel

BASE = np.array([m.startswith("2021") for m in MONTHS])
BEFORE = np.array([m.startswith("2020") or m == "2022-01" for m in MONTHS])  # tested: not in the base


def relative(panel: Panel, weights: Array, partners: tuple[str, ...], of: Mask) -> Array:
    """Log of trade in some units over what the rest of trade to the same partner implies.

    Parameters
    ----------
    weights
        Bootstrap weights ``(draw, unit)``.
    partners
        Partners that are added up; the implied trade of each follows its own rest of trade.
    of
        Units that count.

    Returns
    -------
    array
        ``(draw, month)``. With one partner these are the coefficients of a Poisson regression with unit and
        month effects on the interaction of banned and month, base 2021.
    """
    seen = implied = np.zeros((len(weights), len(MONTHS)))
    for partner in partners:
        trade = weights[:, of] @ panel.flows[partner].to_numpy()[of]
        rest = panel.rest[partner].to_numpy()
        seen = seen + trade
        implied = implied + trade[:, BASE].sum(axis=1, keepdims=True) * rest / rest[BASE].sum()
    with np.errstate(divide="ignore"):
        return np.log(seen / implied)


def series(panel: Panel, weights: Array) -> dict[str, Array]:
    """All event studies by name: pooled, by hub, by group, codes that stayed open, and Russia."""
    role, member = panel.units["role"], membership(panel).astype(bool)
    listed, still = role.isin(LISTED).to_numpy(), role.eq("open").to_numpy()
    out = {
        "hubs": relative(panel, weights, HUBS, listed),
        "open codes": relative(panel, weights, HUBS, still),
    }
    out["without vehicles"] = relative(panel, weights, HUBS, listed & ~member[:, ESTIMATED.index("vehicles")])
    out |= {h: relative(panel, weights, (h,), listed) for h in HUBS}
    for k, group in enumerate(ESTIMATED[:-1]):
        out[group] = relative(panel, weights, HUBS, listed & member[:, k])
    out["RUS"] = relative(panel, weights, ("RUS",), listed)
    return out


def event_table(found: dict[str, Array]) -> pd.DataFrame:
    """Tidy table of log ratios with standard errors and 95 % intervals."""
    rows = []
    for name, draws in found.items():
        low, high = np.quantile(draws[1:], [0.025, 0.975], axis=0)
        se = draws[1:].std(axis=0, ddof=1)
        rows += [(name, m, *v) for m, *v in zip(MONTHS, draws[0], se, low, high, strict=True)]
    return pd.DataFrame(rows, columns=["series", "month", "log_ratio", "se", "lo", "hi"])


def pre_trend(draws: Array) -> dict[str, float]:
    """Test that trade before the war moved with the rest of trade.

    Returns
    -------
    dict
        ``wald`` and its bootstrap ``p`` for the months of 2020 and January 2022 jointly, ``mean`` of 2020,
        ``january`` (January 2022), ``slope`` a year over 2020-01 to 2022-01 with ``slope_se``.
    """
    point, rest = draws[0, BEFORE], draws[1:, BEFORE]
    inverse = np.linalg.pinv(np.cov(rest, rowvar=False))
    wald = float(point @ inverse @ point)
    off = rest - point
    beyond = np.einsum("rm,mk,rk->r", off, inverse, off) >= wald
    clock = np.arange(25.0) / 12
    slopes = (draws[:, :25] - draws[:, :25].mean(axis=1, keepdims=True)) @ (clock - clock.mean())
    slopes /= ((clock - clock.mean()) ** 2).sum()
    return {
        "wald": wald,
        "p": float(beyond.mean()),
        "mean": float(draws[0, :12].mean()),
        "mean_se": float(draws[1:, :12].mean(axis=1).std(ddof=1)),
        "january": float(draws[0, 24]),
        "slope": float(slopes[0]),
        "slope_se": float(slopes[1:].std(ddof=1)),
    }
