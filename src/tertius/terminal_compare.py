# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How the comparison of two counterfactuals looks in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tertius.outcomes import Comparison
from tertius.outcomes.sheets import title_of
from tertius.terminal import equilibrium_dict, show_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["comparison_dict", "show_comparison"]

Rows = list[list[str]]
SIDES = ("a", "b", "difference")


def show_comparison(c: Comparison, top: int, countries: list[str]) -> None:
    """Print what goes in differently, then what comes out differently, the largest first.

    Parameters
    ----------
    c
        The comparison.
    top
        Rows of each table.
    countries
        Codes to which tables are limited; empty for all.
    """
    print(f"A: {title_of(c.a)}\nB: {title_of(c.b)}\n")
    _inputs(c, top, countries)
    rows = _of(c.countries, countries)
    names = {"real_income": "real income", "equivalent_variation": "EV"}
    _outcomes("Real income, percent; equivalent variation (EV), USD million", rows, names, top)
    by_exports = rows["exports_difference"].abs().sort_values(ascending=False, kind="stable").index
    names = {"exports": "exports", "imports": "imports"}
    _outcomes("Trade at the border, USD million", rows.loc[by_exports], names, top)
    flows = _of(c.flows, countries)
    cells = [
        [f"{r.exporter} to {r.importer}", *(f"{x:,.0f}" for x in (r.base, r.a, r.b)), f"{r.difference:+,.0f}"]
        for r in _lines(flows.head(top))
    ]
    heads = ["flow", "base of A", "A", "B", "B - A"]
    _table("Trade between two countries, USD million", heads, cells, top, 4, len(flows))
    for note in c.notes:
        print(f"Note: {note}.")


def _outcomes(title: str, table: pd.DataFrame, names: dict[str, str], top: int) -> None:
    heads = [f"{side} {words}" for words in names.values() for side in ("A", "B", "B - A")]
    rows = [
        [f"{row['country']} {row['name']}", *(_text(row[f"{n}_{s}"], n, s) for n in names for s in SIDES)]
        for _, row in table.head(top).iterrows()
    ]
    _table(title, ["country", *heads], rows, top, len(heads), len(table))


def _inputs(c: Comparison, top: int, countries: list[str]) -> None:
    """Settings, measures and wedges, as far as they differ."""
    if not len(c.settings) + len(c.measures) + len(c.wedges):
        print("The inputs are the same.\n")
    _table("Settings", ["setting", "A", "B"], c.settings.to_numpy().tolist())
    rows = [
        [m.where, m.label or m.kind.replace("_", " "), _either(m.between_a, m.between_b), _numbers(m)]
        for m in _lines(c.measures)
    ]
    _table("Measures", ["in", "measure", "between", "number"], rows, top)
    rows = [
        [w.instrument, w.unit, f"{w.cells:,}", f"{w.a:,.4g}", f"{w.b:,.4g}", f"{w.difference:+,.4g}"]
        for w in _lines(c.wedges)
    ]
    heads = ["instrument", "unit", "cells that differ", "A", "B", "B - A"]
    _table("Wedges, averages over trade", heads, rows, numbers=4)
    pairs = _of(c.pairs, countries)
    rows = [
        [
            f"{p.exporter} to {p.importer}",
            f"{p.trade:,.0f}",
            *(_change(p, k) for k in ("tariff", "cost", "closed")),
        ]
        for p in _lines(pairs.head(top))
    ]
    heads = ["flow", "base trade, USD million", "tariff, %", "cost of what is open, %", "closed, %"]
    _table("Wedges by pair, A -> B", heads, rows, top, 4, len(pairs))


def _table(
    title: str, heads: list[str], rows: Rows, top: int | None = None, numbers: int = 0, of: int = 0
) -> None:
    """Print the first rows of a table that has any."""
    whole = of or len(rows)
    if rows:
        more = f" (the first {top} of {whole:,})" if top and whole > top else ""
        show_table(title + more, heads, rows[:top], numbers)
        print()


def _lines(table: pd.DataFrame) -> Iterator[Any]:
    """Rows with the columns as attributes."""
    yield from table.itertuples(index=False)


def _of(table: pd.DataFrame, countries: list[str]) -> pd.DataFrame:
    """Rows of the named countries, or of trade with them."""
    ends = [k for k in ("country", "exporter", "importer") if k in table]
    return table[table[ends].isin(countries).any(axis=1)] if countries else table


def _text(value: float, name: str, side: str) -> str:
    sign = "+" if side == "difference" or name in ("real_income", "equivalent_variation") else ""
    return format(value, f"{sign}.3f" if name == "real_income" else f"{sign},.0f")


def _either(a: str, b: str) -> str:
    return f"{a} -> {b}" if a and b and a != b else a or b


def _numbers(measure: Any, most: int = 50) -> str:
    """Numbers of a measure in A and B, cut where they are long."""
    a, b = (x if len(x) <= most else f"{x[:most]}..." for x in (measure.number_a, measure.number_b))
    return _either(a, b)


def _change(pair: Any, name: str) -> str:
    x, y = getattr(pair, f"{name}_a"), getattr(pair, f"{name}_b")
    return f"{x:.1f}" if x == y else f"{x:.1f} -> {y:.1f}"


def comparison_dict(c: Comparison, countries: list[str]) -> dict[str, Any]:
    """Give the whole comparison as plain data, limited to the named countries if there are any."""
    tables = {
        "settings": c.settings,
        "measures": c.measures,
        "wedges": c.wedges,
        "pairs": _of(c.pairs, countries),
        "countries": _of(c.countries, countries),
        "flows": _of(c.flows, countries),
    }
    sides = {
        side: {k: v for k, v in equilibrium_dict(eq).items() if k != "welfare"}
        for side, eq in (("a", c.a), ("b", c.b))
    }
    return (
        sides
        | {name: table.to_dict(orient="records") for name, table in tables.items()}
        | {"notes": list(c.notes)}
    )
