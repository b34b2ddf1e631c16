# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The accounting identities of a multi-country, multi-sector baseline (METHODS, section 1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Accounts", "accounts_of", "ratio"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Everything that follows from flows, tariffs and cost shares; money in USD million.

    Attributes
    ----------
    expenditure, output, final_demand, value_added_share, final_share
        Shape ``[country, sector]``; expenditure and final demand at prices that include the tariff.
    trade_share
        Shape ``[exporter, importer, sector]``; sums to one over exporters. Where a country buys
        nothing of a sector the share is one at home, so that every price index is defined.
    value_added, tariff_revenue, deficit, income
        Shape ``[country]``; deficit is imports minus exports.
    """

    expenditure: Array
    output: Array
    final_demand: Array
    value_added_share: Array
    final_share: Array
    trade_share: Array
    value_added: Array
    tariff_revenue: Array
    deficit: Array
    income: Array


def ratio(top: Array, bottom: Array, otherwise: float = 0.0) -> Array:
    """Divide where the bottom is positive, else give ``otherwise``.

    Examples
    --------
    >>> ratio(np.array([1.0, 1.0]), np.array([2.0, 0.0]))
    array([0.5, 0. ])
    """
    top, bottom = np.broadcast_arrays(top, bottom)
    out = np.full(top.shape, otherwise)
    np.divide(top, bottom, out=out, where=bottom > 0)
    return out


def accounts_of(trade: Array, tariff: Array, input_share: Array) -> Accounts:
    """Derive all accounts from flows, tariffs and cost shares (Caliendo & Parro 2015, section 2).

    Parameters
    ----------
    trade
        ``[exporter, importer, sector]``, USD million before tariff, own sales on the diagonal.
    tariff
        ``[exporter, importer, sector]``, ad valorem.
    input_share
        ``[country, input, sector]``, cost share of each input in gross output.

    Returns
    -------
    Accounts
        Read-only arrays; final demand is the residual of use, negative if the data are inconsistent.
    """
    paid = (1.0 + tariff) * trade
    expenditure = paid.sum(axis=0)
    output = trade.sum(axis=1)
    share = ratio(paid, expenditure[None])
    home = np.arange(trade.shape[0])
    share[home, home] += expenditure <= 0
    value_added_share = 1.0 - input_share.sum(axis=1)
    value_added = (value_added_share * output).sum(axis=1)
    final = expenditure - np.matmul(input_share, output[:, :, None])[:, :, 0]
    revenue = (tariff * trade).sum(axis=(0, 2))
    deficit = trade.sum(axis=(0, 2)) - trade.sum(axis=(1, 2))
    accounts = Accounts(
        expenditure=expenditure,
        output=output,
        final_demand=final,
        value_added_share=value_added_share,
        final_share=ratio(final, final.sum(axis=1, keepdims=True)),
        trade_share=share,
        value_added=value_added,
        tariff_revenue=revenue,
        deficit=deficit,
        income=value_added + revenue + deficit,
    )
    for name in Accounts.__slots__:
        getattr(accounts, name).setflags(write=False)
    return accounts
