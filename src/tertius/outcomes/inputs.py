# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What went into two counterfactuals differently: settings, and wedges by instrument and by pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium.arrays import Array
from tertius.outcomes.equilibrium import Equilibrium
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["pair_differences", "setting_differences", "wedge_differences"]

Index = NDArray[np.intp]
Common = tuple[Index, Index, tuple[str, ...]]  # positions in A, positions in B, names
Side = tuple[Equilibrium, tuple[Index, Index]]  # with the positions of the common countries and sectors
Sides = tuple[Side, Side]
Line = tuple[str, str, int, float, float]  # instrument, unit, cells that differ, A, B


def setting_differences(a: Equilibrium, b: Equilibrium) -> pd.DataFrame:
    """List the settings that differ: columns setting, a, b."""
    import pandas as pd

    left, right = _settings(a), _settings(b)
    if a.world.name == b.world.name and not _same_data(a.world, b.world):
        left["data of the world"], right["data of the world"] = (eq.world.hash[:12] for eq in (a, b))
    rows = [{"setting": k, "a": left[k], "b": right[k]} for k in left if left[k] != right[k]]
    return pd.DataFrame(rows, columns=["setting", "a", "b"])


def _settings(eq: Equilibrium) -> dict[str, str]:
    s = eq.run.substitution
    return {
        "scenario": eq.scenario,
        "world": eq.world.name,
        "elasticities": eq.world.elasticity_name,
        "closure": eq.report.closure,
        "run": eq.run.name,
        "factors": str(eq.run.factors),
        "substitution": f"value added {s.value_added:g}, inputs {s.inputs:g}, final {s.final:g}",
        "trade elasticity scale": f"{eq.run.trade_elasticity_scale:g}",
    }


def _same_data(a: World, b: World) -> bool:
    pairs = (
        (a.trade_values, b.trade_values),
        (a.tariff_values, b.tariff_values),
        (a.input_share_values, b.input_share_values),
    )
    return (
        a.countries == b.countries and a.sectors == b.sectors and all(np.array_equal(x, y) for x, y in pairs)
    )


def _flows(eq: Equilibrium, name: str, rows: Index, columns: Index) -> Array:
    """One instrument of a shock ``[exporter, importer, sector]`` on the common labels."""
    shock, base = eq.solution.shock, eq.solution.base
    held = getattr(shock, name)
    neutral = base.tariff if name == "tariff" else np.array(0.0 if name == "export_tax" else 1.0)
    whole = np.broadcast_to(neutral if held is None else held, base.pi.shape).transpose(2, 1, 0)
    return whole[np.ix_(rows, rows, columns)]


def _cells(eq: Equilibrium, name: str, rows: Index, columns: Index) -> Array:
    """An instrument on countries ``[country, sector]`` or ``[country]`` on the common labels."""
    held = getattr(eq.solution.shock, name)
    n, s = eq.solution.base.shape
    if name == "productivity":
        return np.asarray(np.broadcast_to(1.0 if held is None else held, (n, s)))[np.ix_(rows, columns)]
    if held is None:
        return np.full(len(rows), 0.0 if name == "transfer" else 1.0)
    return np.asarray(held.mean(axis=1) if held.ndim == 2 else held)[rows]


def _weights(eq: Equilibrium, rows: Index, columns: Index) -> Array:
    """Trade between different countries in the base year ``[exporter, importer, sector]``."""
    trade = eq.world.trade_values[np.ix_(rows, rows, columns)].copy()
    trade[np.diag_indices(len(rows))] = 0.0
    return trade


def _mean(values: Array, weights: Array, axis: tuple[int, ...] | None = None) -> Array:
    """Weighted mean; zero where nothing has weight."""
    total = np.asarray(weights.sum(axis=axis))
    return np.asarray(np.asarray((values * weights).sum(axis=axis)) / np.where(total > 0, total, 1.0))


def _open_cost(iceberg: Array, trade: Array, axis: tuple[int, ...] | None = None) -> Array:
    """Geometric mean of the trade-cost factor of what stays open, percent above one."""
    is_open = np.isfinite(iceberg)
    logs = np.log(np.where(is_open, iceberg, 1.0))
    return np.asarray(100.0 * np.expm1(_mean(logs, trade * is_open, axis)))


def _closed(iceberg: Array, trade: Array, axis: tuple[int, ...] | None = None) -> Array:
    """Share of trade that an infinite trade cost closes, percent."""
    return np.asarray(100.0 * _mean(np.isinf(iceberg).astype(np.float64), trade, axis))


def wedge_differences(a: Equilibrium, b: Equilibrium, rows: Common, columns: Common) -> pd.DataFrame:
    """Compare the wedges instrument by instrument; those that do not differ are left out.

    Columns instrument, unit, cells (that differ), a, b, difference; see ``Comparison.wedges``.
    """
    import pandas as pd

    sides = _sides(a, b, rows, columns)
    lines = [*_on_flows(sides), *_on_countries(sides), *_limits(a, b)]
    found = [(name, unit, cells, x, y, y - x) for name, unit, cells, x, y in lines if cells]
    return pd.DataFrame(found, columns=["instrument", "unit", "cells", "a", "b", "difference"])


def _on_flows(sides: Sides) -> Iterator[Line]:
    """Taxes, tastes and trade costs: cells that differ and averages weighted by A's trade."""
    (first, at), _ = sides
    trade = _weights(first, *at)
    for name, words, unit in (
        ("tariff", "tariff", "percent"),
        ("export_tax", "export tax", "percent"),
        ("taste", "weight in preferences", "factor"),
    ):
        x, y = (_flows(eq, name, *labels) for eq, labels in sides)
        scale = 100.0 if unit == "percent" else 1.0
        yield words, unit, int((x != y).sum()), scale * float(_mean(x, trade)), scale * float(_mean(y, trade))
    x, y = (_flows(eq, "iceberg", *labels) for eq, labels in sides)
    cells = int((np.isfinite(x) & np.isfinite(y) & (x != y)).sum())
    yield (
        "trade cost of what stays open",
        "percent",
        cells,
        float(_open_cost(x, trade)),
        float(_open_cost(y, trade)),
    )
    shut = int((np.isinf(x) != np.isinf(y)).sum())
    yield (
        "trade closed altogether",
        "percent of trade",
        shut,
        float(_closed(x, trade)),
        float(_closed(y, trade)),
    )


def _on_countries(sides: Sides) -> Iterator[Line]:
    """Productivity, labour and transfers: plain means, and the sum of what is given."""
    for name, words, unit in (
        ("productivity", "productivity", "mean factor"),
        ("endowment", "labour", "mean factor"),
        ("transfer", "transfers", "USD million"),
    ):
        x, y = (_cells(eq, name, *labels) for eq, labels in sides)
        before, after = (float(np.maximum(v, 0.0).sum() if name == "transfer" else v.mean()) for v in (x, y))
        yield words, unit, int((x != y).sum()), before, after


def _limits(a: Equilibrium, b: Equilibrium) -> Iterator[Line]:
    """Quotas, price caps and coalitions: how many are not in both, and how many there are."""
    for name, words in (("quotas", "quotas"), ("caps", "price caps"), ("coalitions", "coalitions")):
        x, y = (list(getattr(eq.solution.shock, name)) for eq in (a, b))
        alone = sum(not any(_alike(q, r) for r in y) for q in x)
        alone += sum(not any(_alike(q, r) for r in x) for q in y)
        yield words, "number", alone, float(len(x)), float(len(y))


def _alike(one: object, other: object) -> bool:
    if not is_dataclass(one):
        return one == other
    return all(np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))


def _sides(a: Equilibrium, b: Equilibrium, rows: Common, columns: Common) -> Sides:
    return (a, (rows[0], columns[0])), (b, (rows[1], columns[1]))


def pair_differences(a: Equilibrium, b: Equilibrium, rows: Common, columns: Common) -> pd.DataFrame:
    """Compare tariffs and trade costs pair by pair; see ``Comparison.pairs`` for columns and order."""
    import pandas as pd

    trade, names = _weights(a, rows[0], columns[0]), np.array(rows[2])
    sides = _sides(a, b, rows, columns)
    tariff = [_flows(eq, "tariff", *at) for eq, at in sides]
    iceberg = [_flows(eq, "iceberg", *at) for eq, at in sides]
    differ = ((tariff[0] != tariff[1]) | (iceberg[0] != iceberg[1])).any(axis=2)
    np.fill_diagonal(differ, False)
    i, n = np.nonzero(differ)
    table = pd.DataFrame({"exporter": names[i], "importer": names[n], "trade": trade.sum(axis=2)[i, n]})
    found = {
        "tariff": [100.0 * _mean(t, trade, (2,)) for t in tariff],
        "cost": [_open_cost(d, trade, (2,)) for d in iceberg],
        "closed": [_closed(d, trade, (2,)) for d in iceberg],
    }
    for name, (x, y) in found.items():
        table[f"{name}_a"], table[f"{name}_b"] = x[i, n], y[i, n]
        table[f"{name}_difference"] = (y - x)[i, n]
    size = table["trade"] * sum(table[f"{name}_difference"].abs() for name in found)
    return table.loc[size.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
