# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How wrong a split is: a country of the table is hidden in the region and split out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tertius.errors import unknown
from tertius.world.accounts import Array
from tertius.world.split.margins import Margin, MarginsFile, Piece
from tertius.world.split.split import split_world
from tertius.world.world import World

__all__ = ["HoldOut", "hold_out"]


@dataclass(frozen=True, slots=True)
class HoldOut:
    """A prediction beside the truth for one hidden country, goods by partner, USD million.

    Attributes
    ----------
    country, partners
        Codes.
    exports, imports
        ``[partner]`` predicted.
    true_exports, true_imports
        ``[partner]`` in the table.
    """

    country: str
    partners: tuple[str, ...]
    exports: Array
    imports: Array
    true_exports: Array
    true_imports: Array

    def misplaced(self, quantity: str) -> float:
        """Share of trade given to the wrong partner: half the sum of absolute differences of shares."""
        ours, true = getattr(self, quantity), getattr(self, f"true_{quantity}")
        return float(np.abs(ours / ours.sum() - true / true.sum()).sum() / 2)

    def log_error(self, quantity: str) -> float:
        """Median absolute error of logarithms over partners, weighted by true trade."""
        ours, true = getattr(self, quantity), getattr(self, f"true_{quantity}")
        use = (true > 0) & (ours > 0)
        error = np.abs(np.log(ours[use] / true[use]))
        order = np.argsort(error)
        weight = np.cumsum(true[use][order])
        return float(error[order][np.searchsorted(weight, weight[-1] / 2)])


def hold_out(
    world: World,
    country: str,
    donors: Mapping[str, float],
    near: Mapping[str, float] | None = None,
    region: str = "ROW",
) -> HoldOut:
    """Hide a country in the region, split it out from its size and structure alone, and compare.

    The split gets value added by sector and total exports and imports by sector, and no bilateral figure.

    Parameters
    ----------
    world
        A world that has the country.
    country
        Whom to hide.
    donors, near
        As in a margins file.
    region
        Where to hide it.

    Returns
    -------
    HoldOut

    Raises
    ------
    BadInput
        If the country or the region is not in the world.
    """
    for name in (country, region):
        if name not in world.countries:
            raise unknown("hold_out", f"country of {world.name}", name, world.countries)
    hidden = world.aggregate(countries={region: [country, region]})
    n, r = world.countries.index(country), world.countries.index(region)
    others = [k for k in range(len(world.countries)) if k not in (n, r)]
    a, goods = world.accounts, [k for k, s in enumerate(world.sectors) if s != "SERV"]
    sold, bought = world.trade_values[n], world.trade_values[:, n]
    rows = [_row("gdp", country, "all", float(a.value_added[n]))]
    for k, s in enumerate(world.sectors):
        abroad = sold[:, k].sum() - sold[n, k], bought[:, k].sum() - bought[n, k]
        facts = (
            ("value_added", a.value_added_share[n, k] * a.output[n, k]),
            ("exports", abroad[0]),
            ("imports", abroad[1]),
        )
        rows += [_row(q, country, s, float(v)) for q, v in facts if v > 0]
    file = MarginsFile(
        schema_version=1, name="hold-out", parent=hidden.name, region=region, margins=tuple(rows),
        pieces={country: Piece(donors=dict(donors), near=dict(near or {}))},
    )  # fmt: skip
    split = split_world(hidden, file, check=False)
    return HoldOut(
        country,
        split.frame.outside,
        split.exports[0][:, goods].sum(axis=1),
        split.imports[0][:, goods].sum(axis=1),
        sold[others][:, goods].sum(axis=1),
        bought[others][:, goods].sum(axis=1),
    )


def _row(quantity: str, piece: str, sectors: str, value: float) -> Margin:
    return Margin.model_validate(
        {"quantity": quantity, "piece": piece, "sectors": sectors, "value": value, "reliability": 0.05}
    )
