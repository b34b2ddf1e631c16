# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What closed skies bring and cost each state: fees from others' carriers, cost of its own airlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tertius.sky.costs import CRAFT, FUEL_PRICE, fee_per_km
from tertius.sky.results import Overflights

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["sky_money"]

Array = NDArray[np.float64]


def sky_money(found: Overflights) -> pd.DataFrame:
    """Change of fees and of airlines' cost by state, USD million a year.

    Fees: from carriers of other states only; what own carriers pay at home is a transfer. Cost: extra
    time, fuel and fees abroad of services flown both before and after; what is no longer flown is not valued.

    Parameters
    ----------
    found
        Re-routed flights.

    Returns
    -------
    pandas.DataFrame
        Index state; columns fees_low, fees, fees_high, airlines_low, airlines, airlines_high (a cost is
        negative).
    """
    import pandas as pd

    flights, states = found.flown.services, list(found.states)
    carriers = sorted({s.carrier for s in flights})
    names = sorted({*states, *carriers})
    yearly = found.flown.yearly[:, None]
    both = np.array(
        [a is not None and b is not None for a, b in zip(found.flown.before, found.flown.after, strict=True)]
    )
    more = (found.over[1] - found.over[0]) * yearly  # km a year [service, state]
    own = np.array([[s.carrier == c for c in states] for s in flights]).reshape(more.shape)
    extra = _extra_km(found) * found.flown.yearly
    table = {name: np.zeros((2, 3)) for name in names}
    for level in range(3):
        paid = np.where(own, 0.0, more * _rates(found, level)) / 1e6
        hour = np.array([_hour(s.craft, level) / CRAFT[s.craft].speed for s in flights])
        spent = both * (extra * hour / 1e6 + paid.sum(axis=1))
        for k, name in enumerate(states):
            table[name][0, level] = paid[:, k].sum()
        for name, cost in zip((s.carrier for s in flights), spent, strict=True):
            table[name][1, level] -= cost
    columns = [f"{what}{end}" for what in ("fees", "airlines") for end in ("_low", "", "_high")]
    rows = {name: _ordered(values).ravel() for name, values in table.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("state")


def _ordered(values: Array) -> Array:
    """Ends in order, the central value where it is: high rates make a loss larger."""
    return np.stack([values.min(axis=1), values[:, 1], values.max(axis=1)], axis=1)


def _extra_km(found: Overflights) -> Array:
    pairs = zip(found.flown.before, found.flown.after, strict=True)
    return np.array([b.km - a.km if a is not None and b is not None else 0.0 for a, b in pairs])


def _rates(found: Overflights, level: int) -> Array:
    """Fee for a km ``[service, state]``, USD."""
    of = {c: np.array([fee_per_km(state, c)[level] for state in found.states]) for c in CRAFT}
    return np.array([of[s.craft] for s in found.flown.services]).reshape(-1, len(found.states))


def _hour(craft: str, level: int) -> float:
    """Cost of an hour in the air besides fees, USD."""
    c = CRAFT[craft]
    return c.burn[level] * FUEL_PRICE[level] + c.hour[level]
