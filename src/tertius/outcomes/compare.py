# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Two counterfactuals side by side: what went in differently, and what came out differently."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tertius.errors import BadInput
from tertius.labels import region_name
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.inputs import pair_differences, setting_differences, wedge_differences
from tertius.outcomes.measures import closes_in_part, in_force, measure_differences
from tertius.outcomes.table import variables

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Comparison", "compare"]

SHOWN = {
    "real_income": ("Welfare|real_income", "percent"),
    "equivalent_variation": ("Welfare|equivalent_variation", "USD million"),
    "exports": ("Trade|Exports", "USD million"),
    "imports": ("Trade|Imports", "USD million"),
}
"""Columns of ``Comparison.countries``, the variables behind them, and their units."""

Index = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Comparison:
    """How two counterfactuals differ; every difference is B minus A.

    Attributes
    ----------
    a, b
        The two equilibria.
    settings
        Columns setting, a, b: world, elasticities, closure, run, as far as they differ.
    measures
        Measures that only one has, or that both have with other contents.
    wedges
        By instrument: unit, number of cells that differ, averages a and b, difference. Averages of flows
        are weighted by the trade of A's base year.
    pairs
        By exporter and importer whose wedges differ: base trade (USD million), and the trade-weighted
        tariff, the trade cost of what stays open (both percent) and the closed share of trade (percent) in A
        and B. The largest come first: trade times difference.
    countries
        One row per country: real_income (percent), equivalent_variation, exports, imports (USD million),
        each with _a, _b and _difference. The largest difference of real income comes first.
    flows
        Trade of each pair of countries in USD million before tariff: base (A's), a, b, difference; the
        largest difference comes first.
    notes
        What to know when reading.
    """

    a: Equilibrium
    b: Equilibrium
    settings: pd.DataFrame
    measures: pd.DataFrame
    wedges: pd.DataFrame
    pairs: pd.DataFrame
    countries: pd.DataFrame
    flows: pd.DataFrame
    notes: tuple[str, ...]

    def to_table(self) -> pd.DataFrame:
        """Everything by country as one long table.

        Returns
        -------
        pandas.DataFrame
            Columns scenario_a, scenario_b, region, variable, unit, a, b, difference.
        """
        import pandas as pd

        left, right = ({name: (unit, x) for name, unit, x in variables(eq)} for eq in (self.a, self.b))
        rows_a, rows_b, names = _common(self.a.world.countries, self.b.world.countries)
        parts = [
            pd.DataFrame(
                {
                    "scenario_a": self.a.scenario,
                    "scenario_b": self.b.scenario,
                    "region": names,
                    "variable": name,
                    "unit": unit,
                    "a": x[rows_a],
                    "b": right[name][1][rows_b],
                }
            )
            for name, (unit, x) in left.items()
            if name in right
        ]
        table = pd.concat(parts, ignore_index=True)
        return table.assign(difference=table["b"] - table["a"])

    def save(self, path: str | Path) -> Path:
        """Write the comparison to a file, in one step; the ending chooses the form.

        Parameters
        ----------
        path
            ``.csv`` or ``.parquet`` (the long table), ``.xlsx`` (every table; needs
            ``pip install tertius[excel]``) or ``.dta`` (Stata, one row per country).

        Returns
        -------
        pathlib.Path
            The file written.

        Raises
        ------
        BadInput
            If the ending is unknown or the file cannot be written.
        """
        from tertius.outcomes.export import save

        return save(self, path)

    def __repr__(self) -> str:
        a, b = self.a, self.b
        return f"<Comparison of {a.scenario} on {a.world.name} with {b.scenario} on {b.world.name}>"


def compare(a: Equilibrium, b: Equilibrium) -> Comparison:
    """Set two solved counterfactuals side by side: differences of inputs and of outcomes.

    Parameters
    ----------
    a, b
        Two equilibria; their worlds, elasticities, closures and runs may differ. Countries and sectors
        that only one world has are left out, with a note.

    Returns
    -------
    Comparison
        Tables; every difference is B minus A.

    Raises
    ------
    NotSolved
        If one of the two was not found.
    BadInput
        If the worlds have no country or no sector in common.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("icio-2021")
    >>> june, december = (tt.solve(w, tt.Scenario.load(f"sanctions-2022@{v}")) for v in ("june", "december"))
    >>> c = tt.compare(june, december)
    >>> bool(c.countries.set_index("country").loc["RUS", "real_income_difference"] < 0)
    True
    """
    for eq in (a, b):
        eq.report.require()
    rows = _common(a.world.countries, b.world.countries)
    columns = _common(a.world.sectors, b.world.sectors)
    for kind, found in (("country", rows), ("sector", columns)):
        if not found[2]:
            raise BadInput("compare", f"{a.world.name} and {b.world.name} have no {kind} in common")
    return Comparison(
        a=a,
        b=b,
        settings=setting_differences(a, b),
        measures=measure_differences(a.asked, b.asked),
        wedges=wedge_differences(a, b, rows, columns),
        pairs=pair_differences(a, b, rows, columns),
        countries=_countries(a, b, rows),
        flows=_flows(a, b, rows),
        notes=tuple(_notes(a, b, rows, columns)),
    )


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[Index, Index, tuple[str, ...]]:
    """Positions in both lists of the labels that both have, in the order of the first."""
    names = tuple(x for x in a if x in b)
    at_a, at_b = ([labels.index(x) for x in names] for labels in (a, b))
    return np.array(at_a, dtype=np.intp), np.array(at_b, dtype=np.intp), names


def _countries(a: Equilibrium, b: Equilibrium, rows: tuple[Index, Index, tuple[str, ...]]) -> pd.DataFrame:
    import pandas as pd

    left, right = ({name: x for name, _, x in variables(eq)} for eq in (a, b))
    held: dict[str, object] = {"country": rows[2], "name": [region_name(c) for c in rows[2]]}
    for column, (variable, _) in SHOWN.items():
        x, y = left[variable][rows[0]], right[variable][rows[1]]
        held |= {f"{column}_a": x, f"{column}_b": y, f"{column}_difference": y - x}
    table = pd.DataFrame(held)
    order = table["real_income_difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _flows(a: Equilibrium, b: Equilibrium, rows: tuple[Index, Index, tuple[str, ...]]) -> pd.DataFrame:
    import pandas as pd

    base = a.world.trade_values.sum(axis=2)[np.ix_(rows[0], rows[0])]
    x, y = (
        eq.solution.trade().sum(axis=0).T[np.ix_(at, at)] for eq, at in zip((a, b), rows[:2], strict=True)
    )
    i, n = np.nonzero(~np.eye(len(rows[2]), dtype=bool))
    names = np.array(rows[2])
    table = pd.DataFrame(
        {"exporter": names[i], "importer": names[n], "base": base[i, n], "a": x[i, n], "b": y[i, n]}
    )
    table["difference"] = table["b"] - table["a"]
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _notes(
    a: Equilibrium,
    b: Equilibrium,
    rows: tuple[Index, Index, tuple[str, ...]],
    columns: tuple[Index, Index, tuple[str, ...]],
) -> list[str]:
    notes = [f"{side}: {note}" for side, eq in (("A", a), ("B", b)) for note in eq.report.notes]
    for kind, (_, _, names), of in (("countries", rows, "countries"), ("sectors", columns, "sectors")):
        for side, eq in (("A", a), ("B", b)):
            alone = [x for x in getattr(eq.world, of) if x not in names]
            if alone:
                notes.append(f"{kind} in {side} only, left out: {', '.join(alone)}")
    same = np.array_equal(a.solution.base.theta, b.solution.base.theta)
    if not same and any(closes_in_part(m) for eq in (a, b) for _, m in in_force(eq.asked)):
        notes.append(
            "trade elasticities differ, and a partial ban closes the same share of a flow under all of them:"
            " it stands as different costs in A and in B"
        )
    return notes
