# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Results as tables for people: one per question, every column with its unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from tertius.labels import region_name
from tertius.outcomes.compare import SHOWN, Comparison
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.measures import measures_table
from tertius.outcomes.runs import RANGES
from tertius.outcomes.table import variables

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Column", "Sheet", "by_country", "sheets", "title_of"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the frame (letters, digits, _; at most 32), what it is, and its unit."""

    name: str
    label: str
    unit: str = ""

    @property
    def title(self) -> str:
        """Label with unit, as it stands above the column."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table with its columns in order."""

    title: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]


def sheets(result: Equilibrium | Comparison) -> list[Sheet]:
    """Give all tables of a result, the most important first."""
    if isinstance(result, Equilibrium):
        return [by_country(result), _flows(result), _measures("measures", result), _notes(result)]
    c = result
    wedges = [
        ("instrument", "Instrument"),
        ("unit", "Unit"),
        ("cells", "Cells that differ"),
        ("a", "A"),
        ("b", "B"),
    ]
    settings = [("setting", "Setting"), ("a", "A"), ("b", "B")]
    return [
        by_country(c),
        Sheet("trade flows", c.flows, _flow_columns(("base", "Base year of A"), ("a", "A"), ("b", "B"))),
        Sheet("settings that differ", c.settings, tuple(Column(*x) for x in settings)),
        Sheet("measures that differ", c.measures, _difference_columns()),
        Sheet("wedges", c.wedges, tuple(Column(*x) for x in (*wedges, ("difference", "B - A")))),
        Sheet("wedges by pair", c.pairs, _pair_columns()),
        _measures("measures of A", c.a),
        _measures("measures of B", c.b),
        _notes(c),
    ]


def by_country(result: Equilibrium | Comparison) -> Sheet:
    """One row per country: every outcome with its unit."""
    import pandas as pd

    first = [Column("country", "Country code"), Column("name", "Country")]
    if isinstance(result, Comparison):
        sides = {"a": "A", "b": "B", "difference": "B - A"}
        own = [
            Column(f"{name}_{side}", f"{_words(name)}, {label}", unit)
            for name, (_, unit) in SHOWN.items()
            for side, label in sides.items()
        ]
        return Sheet("by country", result.countries, (*first, *own))
    countries = result.world.countries
    held: dict[str, object] = {"country": countries, "name": [region_name(c) for c in countries]}
    columns = first
    for variable, unit, values in variables(result):
        head, _, tail = variable.rpartition("|")
        name = tail if head in ("", "Welfare", "Trade") else f"{head} {tail}"
        columns = [
            *columns,
            Column(name.lower().replace(" ", "_").replace("|", "_")[:32], _words(name), unit),
        ]
        held[columns[-1].name] = values
    return Sheet("by country", pd.DataFrame(held), tuple(columns))


def title_of(result: Equilibrium | Comparison) -> str:
    """Name a result in one line."""
    if isinstance(result, Comparison):
        return f"A: {title_of(result.a)}; B: {title_of(result.b)}"
    world = result.world
    settings = (f"elasticities {world.elasticity_name}", result.report.closure, result.run.label)
    return f"{result.scenario} on {world.name}, {', '.join(settings)}"


def _words(name: str) -> str:
    words = name.replace("_", " ").replace("|", " ")
    return words[:1].upper() + words[1:]


def _flows(eq: Equilibrium) -> Sheet:
    """Trade of each pair of countries, all sectors together."""
    import pandas as pd

    old, new = eq.world.trade_values.sum(axis=2), eq.solution.trade().sum(axis=0).T
    i, n = np.nonzero(~np.eye(len(old), dtype=bool))
    names = np.array(eq.world.countries)
    frame = pd.DataFrame(
        {
            "exporter": names[i],
            "importer": names[n],
            "base": old[i, n],
            "new": new[i, n],
            "difference": (new - old)[i, n],
        }
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        change = 100.0 * (new[i, n] / old[i, n] - 1.0)
    frame["change"] = np.where(np.isfinite(change), change, np.nan)
    order = frame["difference"].abs().sort_values(ascending=False, kind="stable").index
    columns = _flow_columns(("base", "Base year"), ("new", "New"))
    return Sheet(
        "trade flows",
        frame.loc[order].reset_index(drop=True),
        (*columns, Column("change", "Change", "percent")),
    )


def _flow_columns(*sides: tuple[str, str]) -> tuple[Column, ...]:
    ends = (Column("exporter", "Exporter"), Column("importer", "Importer"))
    last = "B - A" if len(sides) == 3 else "New - base"
    return (*ends, *(Column(k, v, "USD million") for k, v in (*sides, ("difference", last))))


def _pair_columns() -> tuple[Column, ...]:
    columns = [Column("exporter", "Exporter"), Column("importer", "Importer")]
    columns.append(Column("trade", "Trade in the base year of A", "USD million"))
    for name, words in (
        ("tariff", "Tariff"),
        ("cost", "Trade cost of what stays open"),
        ("closed", "Trade closed"),
    ):
        for side, label in (("a", "A"), ("b", "B"), ("difference", "B - A")):
            columns.append(Column(f"{name}_{side}", f"{words}, {label}", "percent"))
    return tuple(columns)


def _difference_columns() -> tuple[Column, ...]:
    names = ("where", "kind", "label", "between_a", "between_b", "number_a", "number_b")
    words = ("Where", "Kind", "Label", "Between, A", "Between, B", "Number, A", "Number, B")
    return tuple(Column(n, w) for n, w in zip(names, words, strict=True))


def _measures(title: str, eq: Equilibrium) -> Sheet:
    frame = measures_table(eq.asked)
    return Sheet(title, frame, tuple(Column(str(c), _words(str(c))) for c in frame.columns))


def _notes(result: Equilibrium | Comparison) -> Sheet:
    import pandas as pd

    if isinstance(result, Comparison):
        rows = [(f"{side}: {k}", v) for side, eq in (("A", result.a), ("B", result.b)) for k, v in _facts(eq)]
        rows += [("note", n) for n in result.notes]
    else:
        rows = [*_facts(result), *(("note", n) for n in result.report.notes)]
    frame = pd.DataFrame(rows, columns=["what", "value"])
    return Sheet("notes", frame, (Column("what", "What"), Column("value", "Value")))


def _facts(eq: Equilibrium) -> Iterator[tuple[str, str]]:
    """Everything needed to make the same numbers again."""
    r = eq.report
    yield "software", f"tertius {version('tertius')}"
    yield "scenario", eq.scenario
    yield "title", eq.asked.title if eq.asked else "wedges made by hand"
    yield "world", f"{eq.world.name} ({eq.world.year})" if eq.world.year else eq.world.name
    yield "world sha256", eq.world.hash
    yield "trade elasticities", eq.world.elasticity_name
    yield "closure", r.closure
    yield "run", eq.run.label
    s = eq.run.substitution
    yield "factors", str(eq.run.factors)
    yield "substitution", f"value added {s.value_added:g}, inputs {s.inputs:g}, final demand {s.final:g}"
    yield "trade elasticity scale", f"{eq.run.trade_elasticity_scale:g}"
    if eq.run.name == "short":
        for name, held in RANGES.items():
            yield (
                f"range of {name.replace('_', ' ')}",
                f"{held.low:g} to {held.high:g}; {held.source} ({held.status})",
            )
    yield "solve", str(r)
    yield "worst market", f"{r.worst}, residual {r.residual:.1e} (allowed {r.tol:.0e})"
