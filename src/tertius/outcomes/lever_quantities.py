# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Levers of one power as numbers by elasticity set, for the rules of claims (docs/decisions/0011-levers.md).

In a draw a lever is mutual, or comparable, if it is so in every cell of that elasticity set; sizes are those
of the set's first cell. Numbers "over the band" are the same in all draws: they ask for every cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tertius.outcomes.quantity import DrawnQuantity
from tertius.text import say

if TYPE_CHECKING:
    from tertius.outcomes.lever_ledger import LeverLedger
    from tertius.outcomes.lever_result import LeverResult

__all__ = ["lever_quantities"]


def lever_quantities(ledger: LeverLedger, power: str = "RUS") -> dict[str, DrawnQuantity]:
    """Count and size the levers of a power on the focal state, in their headline runs.

    Parameters
    ----------
    ledger
        A ledger with both runs.
    power
        Country or group as it was given.

    Returns
    -------
    dict of str to DrawnQuantity
        Counts and shares (``levers``, ``not_identified``, ``mutual``, ``comparable``, ``free``,
        ``mutual_in_band``, ``comparable_in_band``); sizes (``largest_loss``, ``largest_ratio``,
        ``least_ratio``); and of every lever ``LEVER_target``, ``LEVER_user``, ``LEVER_ratio`` with
        underscores for hyphens.
    """
    own = ledger.of_power(power)
    found = _counts(ledger, own, power) | _sizes(ledger, own)
    for r in own:
        found |= _lever(r, ledger.sets)
    return found


def _counts(ledger: LeverLedger, own: Sequence[LeverResult], power: str) -> dict[str, DrawnQuantity]:
    sets = ledger.sets
    missing = sum(x.id.split(":")[1] == power for x in ledger.not_identified)

    def same(label: str, unit: str, value: float) -> DrawnQuantity:
        return DrawnQuantity(label, unit, dict.fromkeys(sets, value))

    def share(label: str, name: str) -> DrawnQuantity:
        return DrawnQuantity(label, "share", {s: _share(own, s, name) for s in sets})

    def whole(name: str) -> float:
        return float(np.mean([getattr(r, name) for r in own])) if own else np.nan

    return {
        "levers": same(say("levers that were computed"), "number", float(len(own))),
        "not_identified": same(say("levers that are not identified"), "number", float(missing)),
        "mutual": share(say("levers by which both lose"), "mutual"),
        "comparable": share(say("levers whose losses in dollars lie within a factor of two"), "comparable"),
        "free": share(say("levers that cost their user nothing"), "free"),
        "mutual_in_band": same(
            say("levers by which both lose, in every cell of the band"), "share", whole("mutual")
        ),
        "comparable_in_band": same(
            say("levers whose losses in dollars lie within a factor of two, in every cell of the band"),
            "share",
            whole("comparable"),
        ),
    }


def _share(own: Sequence[LeverResult], name: str, what: str) -> float:
    """Share of levers of which something is true in every cell of a set; NaN if one has no cell there."""
    found = [r.losses(name) for r in own]
    if not found or any(not len(x.user) for x in found):
        return np.nan
    return float(np.mean([getattr(x, what) for x in found]))


def _sizes(ledger: LeverLedger, own: Sequence[LeverResult]) -> dict[str, DrawnQuantity]:
    """Extremes over the levers; ratios over those by which both lose."""
    loss, large, small = {}, {}, {}
    for s in ledger.sets:
        sizes = [_first(r, s) for r in own]
        both = [ratio for target, user, ratio in sizes if target > 0 and user > 0]
        loss[s] = max((target for target, _, _ in sizes), default=np.nan)
        large[s], small[s] = max(both, default=np.nan), min(both, default=np.nan)
    return {
        "largest_loss": DrawnQuantity(say("largest loss by one lever"), "percent", loss),
        "largest_ratio": DrawnQuantity(
            say("largest ratio, target over user in dollars, of levers by which both lose"), "times", large
        ),
        "least_ratio": DrawnQuantity(
            say("least ratio, target over user in dollars, of levers by which both lose"), "times", small
        ),
    }


def _lever(r: LeverResult, sets: Sequence[str]) -> dict[str, DrawnQuantity]:
    key, title = r.lever.spec.name.replace("-", "_"), f"{r.lever.spec.title}, {r.run} run"
    sizes = {s: _first(r, s) for s in sets}
    forms = (("target", "loss of the target", "percent"), ("user", "loss of the user", "percent"),
             ("ratio", "target over user in dollars", "times"))  # fmt: skip
    return {
        f"{key}_{name}": DrawnQuantity(f"{title}: {words}", unit, {s: sizes[s][k] for s in sets})
        for k, (name, words, unit) in enumerate(forms)
    }


def _first(r: LeverResult, name: str) -> tuple[float, float, float]:
    """Loss of target and user in percent and their dollar ratio, at the central variant of a set."""
    found = r.losses(name)
    cells = [c for c in r.cells if c.elasticity == name]
    if not cells or cells[0].failed:
        return np.nan, np.nan, np.nan
    return float(found.target_percent[0]), float(found.user_percent[0]), float(found.ratio[0])
