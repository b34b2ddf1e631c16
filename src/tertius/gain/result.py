# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`TotalGain`: parts, totals with and without energy, ranks among all economies and within Eurasia."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tertius.gain.verdict import MEASURES, Economies, Judgement, main_beneficiary

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENDS", "PARTS", "TotalGain"]

Array = NDArray[np.float64]
ENDS = ("low", "central", "high")
PARTS = ("trade", "transit", "fees", "relocation", "transfers", "losses")


@dataclass(frozen=True, eq=False)
class TotalGain:
    """What pressure on a sanctioned state brings third countries, part by part.

    Attributes
    ----------
    focal
        The country that is shown.
    scenario, world
        What was solved, and on what.
    economies
        Names, base incomes and heads of all economies; which of them are ranked.
    parts
        Part -> ``[low, central, high; n]``, USD million a year at base prices; those that were asked for.
    energy
        Windfall of the energy prices of 2022 ``[low, central, high; n]``; no part of the total by itself.
    overlap
        What of it the equilibrium holds already ``[n]``.
    attributed
        Shares of the price change that sanctions are taken to have caused.
    draws, draw_names
        Trade and transit together ``[draw, n]``, by elasticity set and level of the routes.
    how
        Part -> where its numbers and its band come from.
    notes
        What a reader must know.
    """

    focal: str
    scenario: str
    world: str
    economies: Economies
    parts: Mapping[str, Array]
    energy: Array
    overlap: Array
    attributed: tuple[float, ...]
    draws: Array
    draw_names: tuple[str, ...]
    how: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def total(self, share: float = 0.0) -> Array:
        """Sum the parts, and a share of the energy windfall beyond the equilibrium's own.

        Returns
        -------
        numpy.ndarray
            ``[low, central, high; n]``, USD million; the ends are sums of ends, an outer bound.
        """
        plain: Array = np.sum(list(self.parts.values()), axis=0)
        return plain + share * (self.energy - self.overlap) if share else plain

    def table(self) -> pd.DataFrame:
        """Give the parts of the focal country.

        Returns
        -------
        pandas.DataFrame
            Columns channel, low, central, high, unit (USD million, then percent of base income), how. Rows:
            the parts, their total, and apart from it energy and overlap.
        """
        import pandas as pd

        apart = {"energy": self.energy, "overlap": np.tile(-self.overlap, (3, 1))}
        bars = {**self.parts, "total": self.total(), **apart}
        k = self._place
        rows = [
            (name, *(values[:, k] * scale), unit, self.how[name])
            for unit, scale in (("USD million", 1.0), ("percent", 100.0 / self.economies.income[k]))
            for name, values in bars.items()
        ]
        return pd.DataFrame(rows, columns=["channel", *ENDS, "unit", "how"])

    def totals(self) -> pd.DataFrame:
        """Give the total of the focal country at each share of the energy price.

        Returns
        -------
        pandas.DataFrame
            Columns attributed, unit, low, central, high.
        """
        import pandas as pd

        k, one = self._place, 100.0 / self.economies.income[self._place]
        heads = self.economies.heads[k]
        units = (("USD million", 1.0), ("percent", one), ("USD per head", 1e6 / heads))
        rows = [
            (a, unit, *(self.total(a)[:, k] * scale)) for a in self.attributed for unit, scale in units
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["attributed", "unit", *ENDS])

    def ranks(self) -> pd.DataFrame:
        """Rank the focal country by central totals.

        Returns
        -------
        pandas.DataFrame
            Columns attributed, measure (usd, percent, per_head), value, rank_world, of_world, rank_eurasia,
            of_eurasia.
        """
        import pandas as pd

        e, rows = self.economies, []
        for a in self.attributed:
            for measure in MEASURES:
                values = e.by(self.total(a)[1], measure)
                world, eurasia = e.ranks(values, "world"), e.ranks(values, "eurasia")
                rows.append(
                    (
                        a, measure, values[self._place], world[self.focal], len(world),
                        eurasia.get(self.focal, 0), len(eurasia),
                    )
                )  # fmt: skip
        columns = ["attributed", "measure", "value", "rank_world", "of_world", "rank_eurasia", "of_eurasia"]
        return pd.DataFrame(rows, columns=columns)

    def economies_table(self, share: float = 0.0) -> pd.DataFrame:
        """Give parts and total of every ranked economy at central values, largest percent first."""
        import pandas as pd

        e, total = self.economies, self.total(share)[1]
        table = pd.DataFrame({name: values[1] for name, values in self.parts.items()}, index=e.names)
        table = table.assign(
            energy=share * (self.energy[1] - self.overlap),
            **{m: e.by(total, m) for m in MEASURES},
            eurasia=[c in e.eurasia for c in e.names],
        )
        kept = table.loc[[c for c in e.names if c in e.ranked]]
        return kept.sort_values("percent", ascending=False).rename_axis("country").reset_index()

    def over_draws(self) -> tuple[float, float]:
        """Least and largest total of the focal country over the draws, other parts central, USD million."""
        mine = self._drawn()[:, self._place]
        return float(mine.min()), float(mine.max())

    def verdict(self) -> Judgement:
        """Judge "one of the main Eurasian beneficiaries" by the rule of docs/decisions/0014-gain.md."""
        totals = {a: self.total(a)[1] for a in self.attributed}
        return main_beneficiary(self.economies, self.focal, totals, self._drawn())

    def _drawn(self) -> Array:
        """Totals without energy ``[draw, n]``: trade and transit of each draw, the rest central."""
        drawn = sum(self.parts[name][1] for name in ("trade", "transit") if name in self.parts)
        rest = self.total()[1] - drawn
        out: Array = self.draws + rest
        return out

    @property
    def _place(self) -> int:
        return self.economies.names.index(self.focal)

    def __repr__(self) -> str:
        low, central, high = self.total()[:, self._place]
        head = f"<TotalGain {self.focal} {self.scenario} on {self.world}: "
        return f"{head}{central:,.0f} ({low:,.0f} to {high:,.0f}) USD million without energy>"
