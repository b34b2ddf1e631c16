# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""One event, one state: whether its cooperation with a power left the path of comparable states.

Synthetic control (Abadie, Diamond & Hainmueller 2010, JASA 105:493-505): non-negative weights on donors that
sum to one and follow the focal state before the event; the same for every donor as a placebo. Whether the gap
may be read as the event's effect is for the rule to say: it needs months between this event and the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import nnls

from tertius.errors import BadInput, unknown
from tertius.evidence.activity import event_shares
from tertius.evidence.rules import CLEAN_MONTHS, FIT_RATIO, GRADES, RULES
from tertius.text import say

__all__ = ["DONORS", "EventGap", "event_gap", "synthetic_weights"]

DONORS = (
    *("ARM", "AZE", "BLR", "KGZ", "TJK", "TKM", "UZB", "MNG", "MDA", "TUR", "IRN", "IND", "VNM"),
    *("CHN", "EGY", "SAU", "ARE", "ISR", "PAK", "IDN", "BRA", "ZAF", "KOR"),
)
SUM = 1e3  # weight of the equation "weights sum to one" in the least squares


@dataclass(frozen=True, slots=True, repr=False)
class EventGap:
    """Gap between a state and its synthetic control.

    Attributes
    ----------
    focal, power
        The pair.
    event, next_shock
        Months ``YYYY-MM``: of the event, and of the next shock to the pair.
    path
        ``month``, ``actual``, ``synthetic``, ``gap``: cooperation with the power in units of its own mean
        before the event; ``lo``, ``hi``: 5 to 95 % of the placebo gaps of donors that fit as well.
    weights
        Donors and their weights.
    placebo
        ``state``, ``fit`` (root mean square gap before), ``after`` (the same between event and next shock),
        ``ratio``; the focal state first.
    clean_months
        Months from the event to before the next shock.
    p
        Share of states whose ratio is as large, the focal state counted in.
    grade, reason
        Identification grade by rule, and why.
    rules
        Version of the rules.
    """

    focal: str
    power: str
    event: str
    next_shock: str
    path: pd.DataFrame
    weights: pd.DataFrame
    placebo: pd.DataFrame
    clean_months: int
    p: float
    grade: str
    reason: str
    rules: str = RULES

    def __repr__(self) -> str:
        return f"EventGap({self.focal}-{self.power}, {self.event}: {self.grade}; {self.reason})"


def event_gap(
    focal: str = "KAZ",
    power: str = "RUS",
    *,
    event: str = "2022-01",
    next_shock: str = "2022-02",
    donors: Sequence[str] = DONORS,
) -> EventGap:
    """Compare a state's cooperation with a power with that of a synthetic control, before and after an event.

    Parameters
    ----------
    focal, power
        The pair; powers as in ``activity``.
    event
        Month of the event: by default the troops of the Collective Security Treaty Organization in
        Kazakhstan.
    next_shock
        Month from which something else moves the pair: by default the invasion of Ukraine.
    donors
        States to build the control from.

    Returns
    -------
    EventGap
        Path, weights, placebos and the grade by rule.

    Raises
    ------
    tertius.errors.BadInput
        If a state, a power or a month is not in the data, or there are fewer than five donors.

    Examples
    --------
    >>> event_gap().grade
    'not identified'
    """
    table = event_shares()
    if power not in set(table["power"]):
        raise unknown("event_gap", "power", power, sorted(set(table["power"])))
    wide = table[table["power"] == power].pivot(index="month", columns="state", values="share")
    for state in (focal, *donors):
        if state not in wide:
            raise unknown("event_gap", "state with events", state, list(wide.columns))
    if not (wide.index[0] < event < next_shock <= wide.index[-1]):
        remedy = f"use months YYYY-MM in order between {wide.index[0]} and {wide.index[-1]}"
        raise BadInput("event_gap", f"event {event} and next shock {next_shock} do not fit the data", remedy)
    if focal == power:
        raise BadInput("event_gap", f"{focal} is focal state and power at once", "name another power")
    states = [focal, *(d for d in dict.fromkeys(donors) if d not in (focal, power))]
    before = np.asarray(wide.index < event)
    values = wide[states].to_numpy(float)
    values = values / np.abs(values[before].mean(axis=0))
    if len(states) < 6:
        raise BadInput(
            "event_gap", f"{len(states) - 1} donors are too few", "name at least five other states"
        )
    between = np.asarray((wide.index >= event) & (wide.index < next_shock))
    gaps, weights = _all_gaps(values, before)
    fit, after = (np.sqrt((gaps[m] ** 2).mean(axis=0)) for m in (before, between))
    ratio = after / fit
    p = float((ratio >= ratio[0]).mean())
    close = np.flatnonzero(fit[1:] <= 2 * fit[0]) + 1
    band = (
        np.quantile(gaps[:, close], [0.05, 0.95], axis=1) if len(close) else np.full((2, len(gaps)), np.nan)
    )
    path = pd.DataFrame({"month": wide.index, "actual": values[:, 0], "synthetic": values[:, 0] - gaps[:, 0]})
    path = path.assign(gap=gaps[:, 0], lo=band[0], hi=band[1])
    grade, reason = _grade(int(between.sum()), p)
    return EventGap(
        focal=focal,
        power=power,
        event=event,
        next_shock=next_shock,
        path=path,
        weights=pd.DataFrame({"state": states[1:], "weight": weights}).sort_values("weight", ascending=False),
        placebo=pd.DataFrame({"state": states, "fit": fit, "after": after, "ratio": ratio}),
        clean_months=int(between.sum()),
        p=p,
        grade=grade,
        reason=reason,
    )


def synthetic_weights(target: NDArray[np.float64], donors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Find non-negative weights that sum to one and follow the target best.

    Parameters
    ----------
    target
        Path of the focal state ``(T,)``.
    donors
        Paths of the donors ``(T, K)``.

    Examples
    --------
    >>> paths = np.array([[1.0, 3.0], [2.0, 0.0], [0.0, 5.0]])
    >>> synthetic_weights(paths @ [0.25, 0.75], paths).round(6).tolist()
    [0.25, 0.75]
    """
    rows = np.vstack([donors, SUM * np.ones(donors.shape[1])])
    weights, _ = nnls(rows, np.append(target, SUM))
    return weights / weights.sum()


def _all_gaps(
    values: NDArray[np.float64], before: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Gaps of each state against the donors other than itself and the focal state; weights of the first."""
    count = values.shape[1]
    gaps, first = np.empty_like(values), np.empty(count - 1)
    for k in range(count):
        others = [j for j in range(1, count) if j != k]
        weights = synthetic_weights(values[before, k], values[before][:, others])
        gaps[:, k] = values[:, k] - values[:, others] @ weights
        if k == 0:
            first = weights
    return gaps, first


def _grade(clean: int, p: float) -> tuple[str, str]:
    if clean < CLEAN_MONTHS:
        return "not identified", say(
            "{clean} of {needed} months before the next shock", clean=clean, needed=CLEAN_MONTHS
        )
    if p > FIT_RATIO:
        return "compared", say("{share:.0f} % of the states show a gap as large", share=100 * p)
    assert "compared" in GRADES
    return "compared", say("only {share:.0f} % of the states show a gap as large", share=100 * p)
