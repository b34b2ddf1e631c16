# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How the region of the middle moved: over the years of the base, and between states of the sanctions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tertius.choice.axes import PRIOR, Axis, today
from tertius.choice.best_reply import DELTA
from tertius.choice.hazards import POWERS
from tertius.choice.payoffs import Payoffs
from tertius.choice.refine import refine
from tertius.choice.region import regions
from tertius.choice.surface import payoff_surface
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["region_paths"]


def region_paths(
    cases: Mapping[str, tuple[World, str]],
    k: Iterable[float] = POWERS,
    prior: tuple[Axis, Axis] = PRIOR,
    delta: float = DELTA,
    tell: Callable[[int, int, str], None] | None = None,
    **asked: Any,
) -> pd.DataFrame:
    """Follow the region where the middle is the best reply over base years or scenarios.

    The sanctions, levers and leakages are the same in every case, so what moves the region is the trade of
    the base year, or the sanctions: not hazards, of which nothing is known in any year.

    Parameters
    ----------
    cases
        Name of a case to its world and scenario.
    k
        Curvatures of the hazards.
    prior, delta
        As in :func:`tertius.choice.region`.
    tell
        Called with how many cases are done, how many there are, and which.
    asked
        As in :func:`tertius.choice.payoff_surface`.

    Returns
    -------
    pandas.DataFrame
        Columns case, k; share of the prior box where the middle is best: central, low, high, mean (over
        elasticity sets); at the central set, percent of income: rent (full tolerance over strict compliance,
        nobody strikes), loss_west (a western strike at full tolerance), loss_east (an eastern one at strict
        compliance).

    Examples
    --------
    >>> import tertius as tt
    >>> case = {"2021": (tt.load_world("eurasia-2021"), "sanctions-2022@june")}
    >>> found = region_paths(case, k=[3.0], elasticities=["FGO"], stances=3, options=(), cache=False)
    >>> bool(found["rent"].item() > 0), bool(found["central"].item() > 0)
    (True, True)
    """
    import pandas as pd

    curvatures, rows = tuple(k), []
    for done, (name, (world, scenario)) in enumerate(cases.items(), start=1):
        payoffs = payoff_surface(world, scenario=scenario, **asked)
        at = _poles(payoffs)
        for power, found in regions(refine(payoffs), today(), prior, curvatures, delta=delta).items():
            share = found.shares()["neutral"]
            rows.append(
                {"case": name, "k": power, "central": share[0], "low": share.min(), "high": share.max(),
                 "mean": share.mean(), **at}
            )  # fmt: skip
        if tell is not None:
            tell(done, len(cases), name)
    return pd.DataFrame(rows)


def _poles(payoffs: Payoffs) -> dict[str, float]:
    """Rent of tolerance and losses from strikes at the poles that they punish, percent, central set."""
    tolerate, comply = payoffs.poles
    percent = np.asarray(payoffs.percent()[0, 0])
    return {
        "rent": float(percent[tolerate, 0, 0] - percent[comply, 0, 0]),
        "loss_west": float(percent[tolerate, 0, 0] - percent[tolerate, 1, 0]),
        "loss_east": float(percent[comply, 0, 0] - percent[comply, 0, 1]),
    }
