# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Made-up panels with a known truth: how often detection finds planted diversion, and how often it errs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tertius.evidence.detect import detect
from tertius.evidence.panel import Panel

__all__ = ["power_curve", "simulated_panel"]

MONTHS = tuple(f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13))[:35]
BAN = "2022-04"


def simulated_panel(
    *,
    share: float,
    planted: Sequence[int] = range(87, 90),
    products: int = 500,
    controls: int = 120,
    seed: int = 0,
) -> Panel:
    """Make a panel in which chosen chapters divert a share of the lost direct trade to one hub.

    Parameters
    ----------
    share
        Of the direct loss that turns up at the hub; zero for pure noise.
    planted
        Chapters (two digits) with diversion.
    products
        Number of products, spread over the chapters 60 to 99; the rest of ``controls`` is not banned.
    controls
        How many products are not banned.
    seed
        Of the noise.
    """
    rng = np.random.default_rng(seed)
    codes = [f"{60 + k % 40}{k:04d}" for k in range(products)]
    size = np.exp(rng.normal(6.0, 1.8, products))
    ratio = np.exp(rng.normal(-3.5, 1.2, products))  # the hub's trade relative to the direct one
    noise = np.exp(rng.normal(0.0, 0.7, (2, products, 3)))[:, :, [int(m[:4]) - 2020 for m in MONTHS]]
    month = np.exp(rng.normal(0.0, 0.6, (2, products, len(MONTHS))))
    banned = np.ones(products, dtype=bool)
    banned[rng.choice(products, controls, replace=False)] = False
    late = np.array([m >= BAN for m in MONTHS])
    direct = size[:, None] * noise[0] * month[0]
    hub = (size * ratio)[:, None] * noise[1] * month[1] * (rng.random((products, len(MONTHS))) < 0.7)
    lost = 0.95 * direct * (banned[:, None] & late)
    inside = np.array([int(c[:2]) in set(planted) for c in codes])
    hub = hub + share * lost * inside[:, None]
    rows = pd.Index(codes, name="product")
    about = pd.DataFrame({"ban": np.where(banned, BAN, ""), "status": "given"}, index=rows)
    values = {"RUS": direct - lost, "KGZ": hub}
    frames = {k: pd.DataFrame(v, index=rows, columns=list(MONTHS)) for k, v in values.items()}
    return Panel(frames, None, MONTHS, "made up", about, ())


def power_curve(
    shares: Sequence[float] = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4), *, runs: int = 50
) -> pd.DataFrame:
    """Count what detection finds as the diverted share grows.

    Returns
    -------
    pandas.DataFrame
        ``share``, ``found`` (share of planted products that are flagged), ``false_share`` (mean share of
        wrong flags, none counted as zero), ``any_flag`` (share of runs with a flag).

    Examples
    --------
    >>> list(power_curve([0.0], runs=1).columns)
    ['share', 'found', 'false_share', 'any_flag']
    """
    rows = []
    for share in shares:
        found, false, some = [], [], []
        for seed in range(runs):
            panel = simulated_panel(share=share, seed=seed)
            done = detect(panel, seed=seed)
            true = done.cells["product"].str[:2].isin(["87", "88", "89"])
            hit = done.cells["finding"] == "flag"
            found.append(float((hit & true).sum() / true.sum()))
            wrong = hit & ~true if share > 0 else hit
            false.append(float(wrong.sum() / max(hit.sum(), 1)))
            some.append(bool(hit.any()))
        rows.append((share, float(np.mean(found)), float(np.mean(false)), float(np.mean(some))))
    return pd.DataFrame(rows, columns=["share", "found", "false_share", "any_flag"])
