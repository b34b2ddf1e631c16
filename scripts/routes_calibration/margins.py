# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Margins, rent shares and phantom shares of hubs: cited ranges, and assumptions where none is found."""

from __future__ import annotations

import pandas as pd

EBRD = "Chupilkin, Javorcik & Plekhanov 2025, CEPR DP20097"
PRESS = "mark-up on parallel imports 5-10 % (Russia Briefing, August 2022)"
HONG_KONG = "Hong Kong re-exports of Chinese goods, 23 % of the export value (Feenstra, Hanson & Lin 2004)"
TURKEY = "Turkish prices of controlled goods 25-55 % up (Korhonen & Simola 2025, by the press)"
ROUTED_BY_RUSSIA = ("KAZ", "KGZ", "ARM")
HUBS = ("KAZ", "KGZ", "ARM", "GEO", "UZB", "BLR", "TUR", "ARE", "CHN", "HKG")


def margin_table() -> pd.DataFrame:
    """Ranges by hub: ``nu`` margin in border value, ``e`` rent in the margin, ``psi`` phantom share."""
    rows = []
    for hub in HUBS:
        rows.append(nu(hub))
        rows.append((hub, "e", 0.5, 0.0, 1.0, "no source found: sweep", "assumption"))
        rows.append(psi(hub))
    return pd.DataFrame(rows, columns=["hub", "parameter", "central", "lo", "hi", "source", "status"])


def nu(hub: str) -> tuple[str, str, float, float, float, str, str]:
    """Margin of a hub as a share of the border value; a mark-up m on the seller's price is m / (1 + m)."""
    if hub == "HKG":
        return hub, "nu", 0.2, 0.1, 0.25, HONG_KONG, "cited for other goods and years"
    if hub == "TUR":
        return hub, "nu", 0.1, 0.05, 0.35, f"{PRESS}; {TURKEY}", "cited range, centre assumed"
    return hub, "nu", 0.1, 0.05, 0.25, f"{PRESS}; {HONG_KONG}", "cited range, centre assumed"


def psi(hub: str) -> tuple[str, str, float, float, float, str, str]:
    """Share of transit that never enters the hub's import statistics."""
    if hub in ROUTED_BY_RUSSIA:
        half = "about half of additional EU and UK exports of 2022-23 not recorded as imports"
        return hub, "psi", 0.5, 0.25, 0.75, f"{half} ({EBRD})", "cited for the three together"
    if hub in ("UZB", "BLR"):
        return hub, "psi", 0.25, 0.0, 0.75, "way may pass through Russia", "assumption"
    if hub == "GEO":
        return hub, "psi", 0.25, 0.0, 0.5, "own sea border; onward by road to Russia", "assumption"
    return hub, "psi", 0.0, 0.0, 0.25, "own sea border, goods land there", "assumption"
