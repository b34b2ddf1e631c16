# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a study predicts for the flows of a table of outcomes: log changes of recorded trade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tertius.backtest.outcomes import ALL_GOODS, Outcomes
from tertius.backtest.rivals import gravity_fit
from tertius.errors import BadInput, NotSolved
from tertius.labels import resolve
from tertius.outcomes import solve
from tertius.outcomes.transit import recorded, recorded_base
from tertius.policy import Scenario, Wedges
from tertius.routes import Routes
from tertius.study import StudyFile
from tertius.world import World

__all__ = ["LEAST", "Flow", "Prediction", "compared_cases", "flows_of", "gravity", "predict", "touched"]

Array = NDArray[np.float64]
Progress = Callable[[int, int, str], None]
LEAST = 1e-3  # a flow that a prediction ends counts as a fall to this share: logs need a number
SERVICES = "SERV"


@dataclass(frozen=True, slots=True)
class Flow:
    """Cells of a world that make up one row of outcomes: places of exporters, importers, sectors."""

    exporters: tuple[int, ...]
    importers: tuple[int, ...]
    sectors: tuple[int, ...]

    def sum(self, values: Array) -> float:
        """Sum ``[exporter, importer, sector]`` over the cells."""
        return float(values[np.ix_(self.exporters, self.importers, self.sectors)].sum())


@dataclass(frozen=True, slots=True)
class Prediction:
    """Log changes of every row in one case.

    Attributes
    ----------
    case, label
        Of the study.
    routed
        Whether goods may go through third territory.
    by_set
        Elasticity set to log changes ``[row]``; sets without an equilibrium are left out.
    missing
        Elasticity sets without an equilibrium.
    """

    case: str
    label: str
    routed: bool
    by_set: dict[str, Array]
    missing: tuple[str, ...]

    @property
    def median(self) -> Array:
        """Median over elasticity sets ``[row]``."""
        return np.median(list(self.by_set.values()), axis=0)


def compared_cases(study: StudyFile) -> tuple[str, ...]:
    """Give the cases to compare: scenarios of map case and headline, with and without default routes.

    The map case without routes comes first: it is *the* prediction.
    """
    wanted = dict.fromkeys((study.map_case, *study.headline))
    scenarios = {study.cases[c].scenario for c in wanted}
    more = [k for k, c in study.cases.items() if c.scenario in scenarios and not c.choose]
    main = study.cases[study.map_case].scenario
    first = [k for k in more if study.cases[k].scenario == main and not study.cases[k].routes]
    return tuple(dict.fromkeys((*first[:1], *wanted, *more)))


def flows_of(outcomes: Outcomes, world: World, study: StudyFile) -> tuple[Flow, ...]:
    """Find the cells of every row.

    Raises
    ------
    tertius.errors.BadInput
        If exporter and importer overlap, or the world has no such trade.
    """
    goods = tuple(k for k, s in enumerate(world.sectors) if s != SERVICES)
    found, on = [], study.article.published
    for row, r in enumerate(outcomes.table.itertuples(), start=1):
        where = f"{outcomes.name}: row {row}"
        exporters, importers = (
            tuple(world.countries.index(c) for c in resolve([str(n)], world.countries, on, where))
            for n in (r.exporter, r.importer)
        )
        if set(exporters) & set(importers):
            raise BadInput(where, f"{r.exporter} and {r.importer} overlap", "give trade between others")
        sectors = goods if r.goods == ALL_GOODS else (world.sectors.index(str(r.goods)),)
        flow = Flow(exporters, importers, sectors)
        if not flow.sum(world.trade_values) > 0:
            what = f"the world has no trade in {r.goods} from {r.exporter} to {r.importer}"
            raise BadInput(where, what, "leave the row out")
        found.append(flow)
    return tuple(found)


def touched(flows: tuple[Flow, ...], world: World, scenario: Scenario) -> NDArray[np.bool_]:
    """Tell which rows carry a measure of the scenario on their direct flow ``[row]``."""
    z = scenario.wedges(world)
    arrays, plain = z.arrays(world), Wedges.neutral(world).arrays(world)
    changed = (arrays["iceberg"] != plain["iceberg"]) | (arrays["tariff"] != plain["tariff"])
    for name, neutral in (("export_tax", 0.0), ("taste", 1.0), ("closed", 0.0)):
        if name in arrays:
            changed |= arrays[name] != neutral
    return np.array([f.sum(changed.astype(float)) > 0 for f in flows])


def gravity(flows: tuple[Flow, ...], world: World) -> Array:
    """Log change of every row on a full return to the gravity fit of the base year ``[row]``."""
    fits: dict[tuple[int, ...], Array] = {}
    out = []
    for flow in flows:
        if flow.sectors not in fits:
            fits[flow.sectors] = gravity_fit(world.trade_values[:, :, flow.sectors].sum(axis=2))
        cells = np.ix_(flow.exporters, flow.importers)
        out.append(np.log(fits[flow.sectors][cells].sum() / flow.sum(world.trade_values)))
    return np.array(out)


def predict(
    study: StudyFile, world: World, flows: tuple[Flow, ...], tell: Progress = lambda *_: None
) -> tuple[Prediction, ...]:
    """Solve the compared cases in every elasticity set under the study's first closure.

    Raises
    ------
    tertius.errors.NotSolved
        If a case has no equilibrium in any elasticity set.
    """
    sets = study.elasticities or tuple(world.elasticity_sets)
    cases = compared_cases(study)
    found = []
    for k, key in enumerate(cases):
        case = study.cases[key]
        scenario = Scenario.load(case.scenario)
        chosen: dict[str, Any] = {str(name): value for name, value in case.choose.items()}
        routes = Routes.load(case.routes).at(**chosen) if case.routes else None
        by_set: dict[str, Array] = {}
        for j, name in enumerate(sets):
            eq = solve(world.with_elasticity(name), scenario, closure=study.closures[0], routes=routes)
            if eq.report.converged:
                new, old = recorded(eq), recorded_base(eq)
                ratio = np.array([f.sum(new) / f.sum(old) for f in flows])
                by_set[name] = np.log(np.maximum(ratio, LEAST))
            tell(k * len(sets) + j + 1, len(cases) * len(sets), f"{key}, elasticities {name}")
        if not by_set:
            raise NotSolved(f"backtest: case {key} has no equilibrium in any elasticity set")
        missing = tuple(s for s in sets if s not in by_set)
        found.append(Prediction(key, case.label, routes is not None, by_set, missing))
    return tuple(found)
