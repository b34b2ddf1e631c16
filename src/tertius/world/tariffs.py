# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What the shipped worlds do to the recorded tariffs (METHODS, section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tertius.world.accounts import Array, ratio

__all__ = ["clean_tariffs"]


def clean_tariffs(
    trade: Array,
    tariff: Array,
    countries: Sequence[str],
    sectors: Sequence[str],
    union: Sequence[str],
    missing: Sequence[str] = ("ROW",),
) -> tuple[Array, dict[str, Any]]:
    """Free services and own sales, free trade inside a customs union, one external tariff around it.

    The external tariff of each outside exporter and sector is the mean of what the members record,
    weighted by their imports from that exporter, so the union's revenue outside is unchanged; where
    no member imports, the simple mean.

    Parameters
    ----------
    trade, tariff
        ``[exporter, importer, sector]``, USD million; ad valorem as recorded.
    countries, sectors
        Labels.
    union
        Members of the customs union that the table has.
    missing
        Countries whose zero tariffs mean "no data": kept, and named in the record.

    Returns
    -------
    tuple
        The tariffs, and a record of the revenue before, after each step, and by member.
    """
    revenue = [float((tariff * trade).sum())]
    new = tariff.copy()
    new[:, :, sectors.index("SERV")] = 0.0
    home = np.arange(len(countries))
    new[home, home] = 0.0
    revenue.append(float((new * trade).sum()))
    members = [countries.index(c) for c in union]
    at_border = (new * trade).sum(axis=(0, 2))[members]
    if members:
        bought = trade[:, members]
        external = np.where(
            bought.sum(axis=1) > 0,
            ratio((new[:, members] * bought).sum(axis=1), bought.sum(axis=1)),
            new[:, members].mean(axis=1),
        )
        new[:, members] = external[:, None, :]
        new[np.ix_(members, members)] = 0.0
    revenue.append(float((new * trade).sum()))
    after = (new * trade).sum(axis=(0, 2))[members]
    return new, {
        "revenue_recorded_musd": round(revenue[0], 1),
        "revenue_without_services_musd": round(revenue[1], 1),
        "revenue_shipped_musd": round(revenue[2], 1),
        "union": list(union),
        "member_revenue_recorded_goods_musd": dict(zip(union, at_border.round(1).tolist(), strict=True)),
        "member_revenue_shipped_musd": dict(zip(union, after.round(1).tolist(), strict=True)),
        "external_tariff_rule": "mean over members weighted by imports, by exporter and sector",
        "zero_because_missing": list(missing),
    }
