# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What membership of a customs union is worth: totals, parts, tables, verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.outcomes.quantity import DrawnQuantity

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["UnionValue"]


@dataclass(frozen=True, eq=False)
class UnionValue:
    """What membership is worth to a state.

    Attributes
    ----------
    focal, union
        Who, and in what.
    world
        Name of the base year.
    total
        ``[scenario, set]``: 100 ln(real income of a member / of a non-member), central border cost.
    parts
        The same for each part; they add up to ``total``.
    total_by_border
        ``[scenario, set, border]``: total at the border costs given.
    total_open
        ``[scenario, set]``: total if goods of others still pass a non-member, at the cost of its border.
    total_by_routes, re_export_by_routes
        ``low`` and ``high`` -> ``[scenario]``: total and re-export part with the first set, where shares,
        margins and rents of the routes stand at these ends of their ranges; empty without routes.
    pool
        ``[scenario, set]``: what the pool of duties brings the member net, USD million.
    income
        Base income, USD million.
    scenarios, sets, border
        Labels.
    routes
        Name of the routes, or "" where the re-export part was not computed.
    notes
        What a reader must be told.
    """

    focal: str
    union: str
    world: str
    total: Array
    parts: Mapping[str, Array]
    total_by_border: Array
    total_open: Array
    total_by_routes: Mapping[str, Array]
    re_export_by_routes: Mapping[str, Array]
    pool: Array
    income: float
    scenarios: tuple[str, ...]
    sets: tuple[str, ...]
    border: tuple[float, ...]
    routes: str
    notes: tuple[str, ...]

    def to_table(self) -> pd.DataFrame:
        """Long table: scenario, elasticity, part, border_cost, percent, usd_million.

        Returns
        -------
        pandas.DataFrame
        """
        import pandas as pd

        rows = []
        for j, scenario in enumerate(self.scenarios):
            for k, name in enumerate(self.sets):
                own = {part: float(values[j, k]) for part, values in self.parts.items()} | {
                    "total": float(self.total[j, k])
                }
                rows += [(scenario, name, part, self.border[0], value) for part, value in own.items()]
                rows += [
                    (scenario, name, "total", cost, float(self.total_by_border[j, k, b]))
                    for b, cost in enumerate(self.border)
                    if b
                ]
        frame = pd.DataFrame(rows, columns=["scenario", "elasticity", "part", "border_cost", "percent"])
        frame["usd_million"] = self.income * np.expm1(frame["percent"] / 100.0)
        return frame

    def summary(self) -> pd.DataFrame:
        """One row per scenario and part: central value, least and largest, percent.

        Ranges of parts and totals are over the elasticity sets, that of re-exports over routes too.
        """
        import pandas as pd

        rows = []

        def add(scenario: str, part: str, values: Array, *more: float) -> None:
            held = [*values.ravel().tolist(), *more]
            rows.append((scenario, part, held[0], min(held), max(held)))

        for j, scenario in enumerate(self.scenarios):
            for part, values in self.parts.items():
                ends = self.re_export_by_routes if part == "re-export" else {}
                add(scenario, part, values[j], *(float(v[j]) for v in ends.values()))
            add(scenario, "total", self.total[j])
            add(scenario, "total, all border costs", self.total_by_border[j])
            if self.routes:
                ends = self.total_by_routes
                add(scenario, "total, all routes", self.total[j], *(float(v[j]) for v in ends.values()))
                add(scenario, "total, transit goes on", self.total_open[j])
        return pd.DataFrame(rows, columns=["scenario", "part", "central", "low", "high"])

    def quantities(self) -> dict[str, DrawnQuantity]:
        """Numbers by elasticity set, for the rules of claims.

        Returns
        -------
        dict of str to DrawnQuantity
            ``before`` is the first scenario, ``after`` the last: ``value_before``, ``value_after``,
            ``change``; ``PART_before`` and ``PART_after`` (``re_export``); ``value_before_low_border``,
            ``value_before_high_border``, the same after; ``pool_before``, ``pool_after``. With routes also
            ``change_low_routes``, ``change_high_routes`` (of the first set only) and ``change_open``.
        """
        found: dict[str, DrawnQuantity] = {}

        def add(key: str, label: str, unit: str, values: Array) -> None:
            numbers = dict(zip(self.sets, map(float, values), strict=True))
            found[key] = DrawnQuantity(f"{self.union} to {self.focal}: {label}", unit, numbers)

        for j, when in ((0, "before"), (len(self.scenarios) - 1, "after")):
            name, by_border = self.scenarios[j], self.total_by_border[j]
            add(f"value_{when}", f"value, {name}", "percent", self.total[j])
            for part, values in self.parts.items():
                add(f"{part.replace('-', '_')}_{when}", f"{part}, {name}", "percent", values[j])
            for end, b in (("low", int(np.argmin(self.border))), ("high", int(np.argmax(self.border)))):
                label = f"value at a border cost of {100 * self.border[b]:g} %, {name}"
                add(f"value_{when}_{end}_border", label, "percent", by_border[:, b])
            add(f"pool_{when}", f"net gain from the pool of duties, {name}", "USD million", self.pool[j])
        words = "value after less value before"
        add("change", words, "percent", self.total[-1] - self.total[0])
        if self.routes:
            add(
                "change_open",
                f"{words}, transit goes on",
                "percent",
                self.total_open[-1] - self.total_open[0],
            )
        for end, total in self.total_by_routes.items():
            value = {self.sets[0]: float(total[-1] - total[0])}
            label = f"{self.union} to {self.focal}: {words}, routes at their {end} ends"
            found[f"change_{end}_routes"] = DrawnQuantity(label, "percent", value)
        return found

    @property
    def verdict(self) -> str:
        """Verdict on "does not pay, less so under sanctions": rule in docs/decisions/0011-levers.md."""
        first, last = self.total[0], self.total[-1]
        lower = bool((last < first).mean() > 0.5)
        if (first <= 0).mean() > 0.5 and lower:
            return "supported"
        if (self.total_by_border[0] > 0).all() and not lower:
            return "contradicted"
        return "mixed"
