# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Compute what the rules read, and let them speak."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from tertius.choice.axes import PRIOR, TODAY, Axis
from tertius.choice.best_reply import DELTA
from tertius.choice.effects import effects, offer_gain
from tertius.choice.hazards import POWERS
from tertius.choice.payoffs import Payoffs
from tertius.choice.region import region
from tertius.choice.setting import Setting
from tertius.choice.verdict import Verdict, verdict_s7, verdict_s8, verdict_s10

__all__ = ["box_places", "judge"]

EVEN = 5  # places along each side of today's box


def box_places(setting: Setting, box: Sequence[Axis], n: int = EVEN) -> Setting:
    """Give a setting with every place of a grid over a box, ``[n ** len(box)]``, corners included.

    Examples
    --------
    >>> box_places(Setting(0.1, 0.1), TODAY, 2).west.round(3).tolist()
    [0.05, 0.05, 0.4, 0.4]
    """
    places = np.array(list(product(np.linspace(0.0, 1.0, n), repeat=len(box))))
    for axis, share in zip(box, places.T, strict=True):
        setting = setting.at(axis.parameter, axis.at(share))
    return setting


def judge(
    payoffs: Payoffs,
    setting: Setting,
    offered: Payoffs | None = None,
    box: Sequence[Axis] = TODAY,
    prior: tuple[Axis, Axis] = PRIOR,
    powers: Iterable[float] = POWERS,
    n: int = 60,
    delta: float = DELTA,
) -> dict[str, Verdict]:
    """Verdicts on S7, S8 and S10.

    Parameters
    ----------
    payoffs
        Of all stances, refined.
    setting
        Everything that is neither in the box nor in the prior.
    offered
        Payoffs with the third power's offer; without it S7 is not identified.
    box
        Where today's hazards may be.
    prior
        Box of both hazards for S10, on logarithmic scales; the same box is taken evenly beside it.
    powers
        Hazard powers k, 1 and 2 among them.
    n, delta
        As in :func:`~tertius.choice.region.region`.

    Returns
    -------
    dict of str to Verdict
        By claim.

    Raises
    ------
    BadInput
        If k = 1 or k = 2 is missing.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> sorted(judge(line(), Setting(0.1, 0.1), powers=(1.0, 2.0), n=10))
    ['S10', 'S7', 'S8']
    """
    plain = (replace(prior[0], scale="linear"), replace(prior[1], scale="linear"))
    found, offers, logs, even = {}, {}, {}, {}
    for k in powers:
        at = setting.at("power", k)
        today = box_places(at, box)
        found[k] = effects(payoffs, today)
        if offered is not None:
            offers[k] = offer_gain(payoffs, offered, today)
        logs[k] = region(payoffs, at, prior, n, delta).shares()["neutral"]
        even[k] = region(payoffs, at, plain, n, delta).shares()["neutral"]
    return {
        "S7": verdict_s7(found, offers if offered is not None else None, delta),
        "S8": verdict_s8(found),
        "S10": verdict_s10(logs, even),
    }
