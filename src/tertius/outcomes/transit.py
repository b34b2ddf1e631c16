# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Transit: what goes through hubs, what they keep of it, and what customs record."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tertius.equilibrium.arrays import Array
from tertius.equilibrium.transit import Transit
from tertius.errors import BadInput
from tertius.outcomes.plain import routed_flows

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.equilibrium import Equilibrium

__all__ = [
    "additional",
    "banned_flows",
    "barred_through",
    "leakage_table",
    "recorded",
    "recorded_base",
    "transit_table",
]


def recorded(eq: Equilibrium) -> Array:
    """Flows as customs record them ``[exporter, importer, sector]``."""
    flows = eq.trade.values
    moved = eq.solution.sweep.transit
    return flows if moved is None else _books(eq, flows, moved.share, moved.margin)


def recorded_base(eq: Equilibrium) -> Array:
    """The same in the base year, with its routes."""
    base = eq.solution.base
    flows = base.trade.transpose(2, 1, 0)
    if base.routes is None:
        return flows
    return _books(eq, flows, base.routes.share, base.routes.margin)


def additional(eq: Equilibrium) -> Array:
    """What goes through each country's hubs beyond the base year ``[n]``, USD million; zero if none."""
    moved, base = eq.solution.sweep.transit, eq.solution.base
    out = np.zeros(len(eq.world.countries))
    if moved is None or base.routes is None:
        return out
    r = base.routes
    value = eq.solution.trade()[r.cells]
    before = base.trade[r.cells]
    old = r.share[:, 1:]
    np.add.at(out, r.hub, (value[:, None] * moved.share[:, 1:] - before[:, None] * old).sum(axis=0))
    return out


def barred_through(eq: Equilibrium, hub: str, destinations: Container[str]) -> float:
    """Give what passes a hub on its way to some countries and may not go there directly, USD million.

    The sum of ``barred`` over those rows of :func:`transit_table`; zero where the hub is none of the routes'.
    """
    moved = eq.solution.sweep.transit
    if moved is None or eq.routes is None:
        return 0.0
    found = routed_flows(eq.world, eq.routes)
    if hub not in found.hubs:
        return 0.0
    bound = np.array([c in destinations for c in eq.world.countries])[found.arrays.importer]
    value = eq.solution.trade()[found.arrays.sector, found.arrays.importer, found.arrays.exporter]
    return float((value * moved.barred[:, found.hubs.index(hub)])[bound].sum())


def _books(eq: Equilibrium, flows: Array, share: Array, margin: Array) -> Array:
    """Put transit into the books of exporters and hubs."""
    assert eq.routes is not None
    found = routed_flows(eq.world, eq.routes)
    r, out = found.arrays, flows.copy()
    value = flows[r.exporter, r.importer, r.sector]
    out[r.exporter, r.importer, r.sector] = value * share[:, 0]
    for h, hub in enumerate(r.hub):
        through, kept = value * share[:, 1 + h], value * margin[:, h]
        np.add.at(out, (r.exporter, hub, r.sector), through - kept)
        np.add.at(out, (hub, r.importer, r.sector), (1.0 - found.phantom[h]) * through)
    return out


def _routed(eq: Equilibrium) -> Transit:
    moved = eq.solution.sweep.transit
    if moved is None or eq.routes is None:
        raise BadInput(
            "transit", "this equilibrium has no routes", "solve with routes=tertius.Routes.load(...)"
        )
    return moved


def transit_table(eq: Equilibrium) -> pd.DataFrame:
    """Transit by flow and hub, base year and counterfactual.

    Returns
    -------
    pandas.DataFrame
        Columns hub, origin, destination, sector; ``base`` and ``value`` at the buyer's border, of it
        ``barred`` (goods that may not go directly), ``margin`` that stays on the way, of it ``rent``
        (scarcity of capacity included, whoever owns it);
        ``unseen`` by the hub's statistics; USD million. Rows without transit are left out.

    Raises
    ------
    BadInput
        If the equilibrium has no routes.
    """
    import pandas as pd

    moved, base = _routed(eq), eq.solution.base
    assert eq.routes is not None
    found = routed_flows(eq.world, eq.routes)
    r, names = found.arrays, np.array(eq.world.countries)
    value = eq.trade.values[r.exporter, r.importer, r.sector]
    before = base.trade[r.cells]
    old = r.share[:, 1:]
    scarcity, parts = eq.solution.sweep.scarcity, []
    scarce = np.zeros_like(moved.margin) if scarcity is None else scarcity.scarce
    for h, hub in enumerate(found.hubs):
        through, margin = value * moved.share[:, 1 + h], value * moved.margin[:, h]
        parts.append(
            pd.DataFrame(
                {
                    "hub": hub,
                    "origin": names[r.exporter],
                    "destination": names[r.importer],
                    "sector": np.array(eq.world.sectors)[r.sector],
                    "base": before * old[:, h],
                    "value": through,
                    "barred": value * moved.barred[:, h],
                    "margin": margin,
                    "rent": r.e[h] * (margin - scarce[:, h]) + scarce[:, h],
                    "unseen": found.phantom[h] * through,
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    return table[(table["base"] > 0) | (table["value"] > 0)].reset_index(drop=True)


def leakage_table(eq: Equilibrium) -> pd.DataFrame:
    """What hubs gain of what bans take from direct routes, by hub and sector.

    Returns
    -------
    pandas.DataFrame
        Columns hub ("all" for all together), destination, sector ("all"), ``lost`` by direct routes,
        ``gained`` by the hub, ``leakage`` their ratio; only flows that lose directly. USD million.

    Raises
    ------
    BadInput
        If the equilibrium has no routes.
    """
    import pandas as pd

    moved, base = _routed(eq), eq.solution.base
    r = moved.routes
    assert eq.routes is not None
    hubs = routed_flows(eq.world, eq.routes).hubs
    value = eq.trade.values[r.exporter, r.importer, r.sector]
    before = base.trade[r.cells]
    old = r.share
    lost = before * old[:, 0] - value * moved.share[:, 0]
    rows = pd.DataFrame(
        {
            "destination": np.array(eq.world.countries)[r.importer],
            "sector": np.array(eq.world.sectors)[r.sector],
            "lost": lost,
        }
        | {hub: value * moved.share[:, 1 + h] - before * old[:, 1 + h] for h, hub in enumerate(hubs)}
    )[_loses(moved, lost, before)]
    by_sector = rows.groupby(["destination", "sector"], sort=False).sum().reset_index()
    total = (
        rows.drop(columns="sector")
        .groupby("destination", sort=False)
        .sum()
        .reset_index()
        .assign(sector="all")
    )
    wide = pd.concat([total, by_sector], ignore_index=True).assign(all=lambda d: d[list(hubs)].sum(axis=1))
    long = wide.melt(["destination", "sector", "lost"], ["all", *hubs], "hub", "gained")
    long["leakage"] = long["gained"] / long["lost"].where(long["lost"] > 0)
    return long[["hub", "destination", "sector", "lost", "gained", "leakage"]]


def banned_flows(eq: Equilibrium, destination: str) -> pd.DataFrame:
    """Give the flows of :func:`leakage_table`, those that bans take from direct routes, by origin and route.

    Parameters
    ----------
    eq
        An equilibrium with routes.
    destination
        Where the goods go.

    Returns
    -------
    pandas.DataFrame
        Columns origin, route ("direct" or a hub), ``base`` and ``value`` at the buyer's border, summed over
        sectors, USD million. Lost of the leakage is what "direct" falls by, gained what the hubs rise by.

    Raises
    ------
    BadInput
        If the equilibrium has no routes.
    """
    import pandas as pd

    moved, base = _routed(eq), eq.solution.base
    assert eq.routes is not None
    r = moved.routes
    ways = ("direct", *routed_flows(eq.world, eq.routes).hubs)
    value = eq.trade.values[r.exporter, r.importer, r.sector, None] * moved.share
    before = base.trade[r.cells][:, None] * r.share
    kept = _loses(moved, before[:, 0] - value[:, 0], before.sum(axis=1))
    kept &= r.importer == eq.world.countries.index(destination)
    names = np.array(eq.world.countries)[r.exporter[kept]]
    rows = pd.DataFrame(
        {
            "origin": np.repeat(names, len(ways)),
            "route": np.tile(ways, len(names)),
            "base": before[kept].ravel(),
            "value": value[kept].ravel(),
        }
    )
    return rows.groupby(["origin", "route"], sort=False).sum().reset_index()


def _loses(moved: Transit, lost: Array, before: Array) -> NDArray[np.bool_]:
    """Flows of which bans take something from the direct route, or that lose a fifth of it otherwise."""
    return np.asarray((moved.barred.sum(axis=1) > 0) | (lost > 0.2 * before), dtype=np.bool_)
