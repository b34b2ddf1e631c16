# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Months compared, and the change of trade between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertius.errors import BadInput
from tertius.evidence.rules import DIRECT_FLOOR

__all__ = ["Windows", "changes", "windows_of"]

WINDOW = 6  # months compared, by default the last ones


@dataclass(frozen=True, slots=True)
class Windows:
    """Months compared: ``past``, ``base`` and ``after``, each the same months a year apart."""

    past: tuple[str, ...]
    base: tuple[str, ...]
    after: tuple[str, ...]


def windows_of(months: Sequence[str], after: tuple[str, str] | None) -> Windows:
    """Choose the months compared.

    Examples
    --------
    >>> months = [f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13)]
    >>> windows_of(months, ("2022-06", "2022-07")).base
    ('2021-06', '2021-07')
    """
    first, last = after or (sorted(months)[-WINDOW:][0], sorted(months)[-1])
    window = tuple(m for m in sorted(months) if first <= m <= last)
    shifted = [tuple(f"{int(m[:4]) - k}{m[4:]}" for m in window) for k in (1, 2)]
    missing = [m for part in shifted for m in part if m not in months]
    if not window or missing:
        gap = f"{', '.join(missing[:3])} missing" if missing else f"nothing from {first} to {last}"
        raise BadInput("detect: months", gap, "the window needs the same months one and two years before")
    return Windows(shifted[1], shifted[0], window)


def changes(values: pd.DataFrame, direct: pd.DataFrame, span: Windows) -> pd.DataFrame:
    """Give trade before and after by product, the log change that is the score, and the same a year earlier.

    The floor is one percent of the direct trade before the ban, plus the median of positive trade with the
    hub: a first small shipment is no alarm, one that replaces much of the direct trade is. It uses months
    before the bans only.

    Returns
    -------
    pandas.DataFrame
        ``base``, ``after``, ``loss`` (fall of the direct trade), ``now`` and ``before_now`` (log changes).
    """
    past, base, after = (values[list(m)].sum(axis=1) for m in (span.past, span.base, span.after))
    once, full, left = (direct[list(m)].sum(axis=1) for m in (span.past, span.base, span.after))
    least = float(base[base > 0].median()) if (base > 0).any() else 1.0
    floor, early = (DIRECT_FLOOR * d + least for d in (full, once))
    now, before = np.log((after + floor) / (base + floor)), np.log((base + early) / (past + early))
    return pd.DataFrame({"base": base, "after": after, "loss": full - left, "now": now, "before_now": before})
