# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Joint-threat power: what a power could take from a target by withholding all it sells, in log points.

Clayton, Maggiori & Schreger (2024), "A Theory of Economic Coercion and Fragmentation": with CES demand the
threat to withhold a share w of a good with elasticity sigma costs -ln(1 - w) / (sigma - 1) of it; goods add
up by their weights in spending. In the notation here sigma - 1 is the trade elasticity theta.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.labels import resolve
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["joint_threat_power", "power_table"]

MEMBERSHIP = date(2021, 12, 31)


def joint_threat_power(world: World, user: Iterable[str], target: str) -> Array:
    """Power of a group of sellers over one buyer, by sector.

    Parameters
    ----------
    world
        The base year.
    user
        Codes of the sellers who threaten together.
    target
        Code of the buyer.

    Returns
    -------
    numpy.ndarray
        ``[sector]``, log points of the price of all that the buyer uses; the sum is the index. Infinite
        where the sellers hold the whole market.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("icio-2021")
    >>> bool(joint_threat_power(w, ["RUS"], "KAZ").sum() > joint_threat_power(w, ["RUS"], "VNM").sum())
    True
    """
    rows = [world.countries.index(c) for c in user]
    n, a = world.countries.index(target), world.accounts
    held = np.clip(a.trade_share[rows, n, :].sum(axis=0), 0.0, 1.0)
    weight = a.expenditure[n] / a.expenditure[n].sum()
    with np.errstate(divide="ignore"):
        loss = -np.log1p(-held) / world.elasticity_values
    return np.where(weight > 0, weight * np.where(held > 0, loss, 0.0), 0.0)


def power_table(
    world: World, targets: Iterable[str], powers: Mapping[str, Iterable[str]] | Iterable[str]
) -> pd.DataFrame:
    """Joint-threat power of some powers over some targets.

    Parameters
    ----------
    world
        The base year.
    targets
        Codes.
    powers
        Codes or groups, or lists of codes by name.

    Returns
    -------
    pandas.DataFrame
        One row per target and power: target, power, index (percent), largest (the sector with most of it).
    """
    import pandas as pd

    named = powers.items() if isinstance(powers, Mapping) else ((p, (p,)) for p in powers)
    rows = []
    for name, members in named:
        codes = resolve(members, world.countries, MEMBERSHIP, "power: powers")
        for target in targets:
            own = [c for c in codes if c != target]
            if not own:
                continue
            by = joint_threat_power(world, own, target)
            rows.append((target, name, 100.0 * float(by.sum()), world.sectors[int(np.argmax(by))]))
    return pd.DataFrame(rows, columns=["target", "power", "index", "largest"])
