# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Solves behind a lever: every variant of its band, with one set of elasticities, in one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput
from tertius.outcomes.lever_intensity import at_intensity
from tertius.outcomes.lever_result import Cell
from tertius.outcomes.runs import chosen
from tertius.outcomes.solve import solve
from tertius.outcomes.welfare import welfare
from tertius.policy import Wedges
from tertius.policy.lever import Lever
from tertius.routes import Routes
from tertius.world import World

__all__ = ["LEVELS", "TOL", "band_sets", "lever_cells", "world_in_run"]

LEVELS = ("central", "low", "high")
TOL = 1e-9


def world_in_run(world: World, run: str, elasticity: str = "") -> World:
    """The world with its trade elasticities scaled as the run has them: made once, solved often.

    Parameters
    ----------
    world
        The base year.
    run
        "long" or "short".
    elasticity
        Set of elasticities; empty is the world's own.
    """
    found = world if elasticity in ("", world.elasticity_name) else world.with_elasticity(elasticity)
    scale = chosen(run).trade_elasticity_scale
    return found if scale == 1.0 else found.with_elasticity(scale * found.elasticity_values)


def band_sets(world: World, asked: Sequence[str] | None) -> tuple[str, ...]:
    """Sets of elasticities of a band, the central one first; None is all that the world has.

    Raises
    ------
    BadInput
        If no set is named.
    """
    if asked is not None:
        if not asked:
            raise BadInput("elasticities", "names no set", "name one, or None for all")
        return tuple(asked)
    return (world.elasticity_name, *(n for n in world.elasticity_sets if n != world.elasticity_name))


def lever_cells(
    world: World, lever: Lever, run: str, name: str, h: float, closure: str, tol: float
) -> Iterator[Cell]:
    """All variants of a lever with one set of elasticities; the first is central.

    Parameters
    ----------
    world
        From :func:`world_in_run`.
    lever, run
        What is pulled, and how long ago.
    name
        Of the elasticity set.
    h
        Intensity.
    closure, tol
        As in :func:`tertius.solve`.

    Yields
    ------
    Cell
        Without numbers where there is no equilibrium.
    """
    own = run == "short" and bool(lever.spec.short_run)
    levels = LEVELS if lever.spec.routes and not own else LEVELS[:1]
    for k, scenario in enumerate(lever.scenarios(run)):
        whole = scenario.wedges(world)
        for level in levels:
            routes = Routes.load(lever.spec.routes).at(q=level) if lever.spec.routes and not own else None
            words = f"routes {level}" if routes else f"measures {k + 1}" if k else "central"
            central = level == LEVELS[0] and k == 0
            yield _cell(world, whole, run, routes, (name, words, central), h, closure, tol)


def _cell(
    world: World,
    whole: Wedges,
    run: str,
    routes: Routes | None,
    label: tuple[str, str, bool],
    h: float,
    closure: str,
    tol: float,
) -> Cell:
    wedges = at_intensity(world, whole, h, routes)
    eq = solve(world, wedges, closure, routes=routes, tol=tol, run=run, trade_elasticity_scale=1.0)
    if not eq.report.converged:
        nothing: Array = np.full(len(world.countries), np.nan)
        return Cell(*label, nothing, eq.solution.base.I, str(eq.report))
    return Cell(*label, welfare(eq.solution, "equivalent_variation"), eq.solution.base.I)
