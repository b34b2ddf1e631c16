# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Where labels are dropped: a world as a base year, wedges as a shock."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

import numpy as np

from tertius.equilibrium import Baseline, Closure, Outcome, Shock, balanced_base, sector_first
from tertius.equilibrium.arrays import Array, PriceCap, Quota
from tertius.equilibrium.transit import routed
from tertius.errors import BadInput, NotSolved
from tertius.outcomes.routing import route_change
from tertius.outcomes.uses import apart, twice
from tertius.policy import Wedges
from tertius.routes import Routes
from tertius.routes.build import RoutedFlows
from tertius.world import World

__all__ = ["as_shock", "base_year", "check_kinds", "routed_flows"]

_BASES: WeakKeyDictionary[World, dict[tuple[str, Routes | None], Baseline]] = WeakKeyDictionary()
_FLOWS: WeakKeyDictionary[World, dict[Routes, RoutedFlows]] = WeakKeyDictionary()


def routed_flows(world: World, routes: Routes) -> RoutedFlows:
    """Routes on a world, kept as long as the world lives."""
    kept = _FLOWS.setdefault(world, {})
    if routes not in kept:
        kept[routes] = routes.flows(world)
    return kept[routes]


def base_year(world: World, closure: str, routes: Routes | None = None) -> Baseline:
    """Plain arrays of a world, kept as long as the world lives; balanced ones are solved once.

    Parameters
    ----------
    world, closure
        As in :func:`tertius.solve`.
    routes
        Routes through third territory, of which hubs keep a margin in the base year already.

    Raises
    ------
    NotSolved
        If the base year has no equilibrium without deficits.
    """
    bases = _BASES.setdefault(world, {})
    kind = Closure.BALANCED if closure == Closure.BALANCED else Closure.FIXED
    if (kind, routes) not in bases:
        if kind == Closure.FIXED:
            bases[kind, routes] = _plain(world) if routes is None else _routed(world, routes)
        else:
            flat, found = balanced_base(base_year(world, Closure.FIXED, routes))
            if found.outcome is not Outcome.converged:
                where = world.countries[found.gap.country]
                raise NotSolved(f"the base year without deficits: {found.outcome.value} (at {where})")
            bases[kind, routes] = flat
    return bases[kind, routes]


def _routed(world: World, routes: Routes) -> Baseline:
    if world.final_trade_values is not None:
        raise BadInput(
            "routes",
            "are not there yet in a world with trade for final use apart",
            "make the world without final_trade",
        )
    return routed(base_year(world, Closure.FIXED), routed_flows(world, routes).arrays)


def _plain(world: World) -> Baseline:
    world.check().require()
    a = world.accounts
    n, s = a.output.shape
    plain = Baseline(
        pi=sector_first(a.trade_share),
        tariff=sector_first(world.tariff_values),
        gamma=world.input_share_values,
        beta=a.value_added_share,
        alpha=a.final_share,
        X=a.expenditure,
        theta=world.elasticity_values,
        VA=a.value_added,
        D=a.deficit,
        R=a.tariff_revenue,
        I=a.income,
        phi=np.ones((n, 1, s)),
        V=a.value_added[:, None],
    )
    final = world.final_trade_values
    return plain if final is None else apart(plain, sector_first(final))


def as_shock(world: World, wedges: Wedges, routes: Routes | None = None) -> Shock:
    """Drop the labels; what changes nothing is left out, which spares its arithmetic.

    With routes, costs and bans of routed flows become costs and closures of their routes.
    """
    a = wedges.arrays(world)
    change = None
    if routes is not None:
        found = routed_flows(world, routes)
        change = route_change(world, found, a, wedges.passages)
        a["iceberg"] = a["iceberg"].copy()
        a["iceberg"][found.arrays.exporter, found.arrays.importer, found.arrays.sector] = 1.0

    def unless(name: str, base: Array | float, arranged: Callable[[Array], Array]) -> Array | None:
        return None if name not in a or np.all(a[name] == base) else arranged(a[name])

    def flows(values: Array) -> Array:
        return sector_first(values) if world.final_trade_values is None else twice(sector_first(values))

    def cells(values: Array) -> Array:
        return values if world.final_trade_values is None else twice(values, axis=1)

    country = world.countries.index
    return Shock(
        iceberg=unless("iceberg", 1.0, flows),
        tariff=unless("tariff", world.tariff_values, flows),
        export_tax=unless("export_tax", 0.0, flows),
        taste=unless("taste", 1.0, flows),
        productivity=unless("productivity", 1.0, cells),
        endowment=_endowment(a),
        transfer=unless("transfer", 0.0, np.asarray),
        coalitions=tuple(tuple(country(c) for c in members) for members in wedges.coalitions),
        quotas=_quotas(world, wedges),
        caps=_caps(world, wedges),
        routes=change,
    )


def check_kinds(wedges: Wedges, factors: str | float) -> None:
    """Refuse a change of one kind of labour where there is one labour only.

    Raises
    ------
    BadInput
        With the remedy.
    """
    given = vars(wedges)["skill"]
    if factors != "skills" and given is not None and not np.all(np.asarray(given) == 1.0):
        raise BadInput(
            "solve: factors", "the scenario changes one kind of labour only", 'use factors="skills"'
        )


def _endowment(a: dict[str, Array]) -> Array | None:
    """Factor endowments ``[n, 1]``, or ``[n, 2]`` where one kind of labour changes; None for no change."""
    labour, skill = a["labour"][:, None], a.get("skill")
    found = labour if skill is None or np.all(skill == 1.0) else labour * skill
    return None if np.all(found == 1.0) else found


def _quotas(world: World, wedges: Wedges) -> tuple[Quota, ...]:
    place = {code: k for k, code in enumerate(world.countries)}
    column = {code: k for k, code in enumerate(world.sectors)}
    markets = (0,) if world.final_trade_values is None else (0, len(world.sectors))
    return tuple(
        Quota(
            sector=np.array([column[s] + m for m in markets for _, _, s in q.flows], dtype=np.intp),
            importer=np.array([place[n] for _ in markets for _, n, _ in q.flows], dtype=np.intp),
            exporter=np.array([place[i] for _ in markets for i, _, _ in q.flows], dtype=np.intp),
            limit=q.limit,
            owner=q.owner,
        )
        for q in wedges.quotas
    )


def _caps(world: World, wedges: Wedges) -> tuple[PriceCap, ...]:
    country = world.countries.index
    if wedges.caps and world.final_trade_values is not None:
        raise BadInput(
            "price caps",
            "are not there yet in a world with trade for final use apart",
            "make the world without final_trade",
        )
    return tuple(
        PriceCap(
            sector=world.sectors.index(c.sector),
            exporter=country(c.exporter),
            importers=np.array([country(n) for n in c.importers], dtype=np.intp),
            cap=c.cap,
            coverage=c.coverage,
        )
        for c in wedges.caps
    )
