# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Who gains transit, what sanctions lose to it, what a dollar of it is worth: over the ranges of routes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tertius.errors import BadInput, unknown
from tertius.outcomes.equilibrium import Equilibrium
from tertius.outcomes.solve import solve
from tertius.outcomes.transit import leakage_table, recorded, recorded_base
from tertius.policy import PassageWedge, Scenario, Wedges
from tertius.routes import Routes
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TransitSummary", "transit_summary"]

RENTS = (0.0, 0.5, 1.0)


@dataclass(frozen=True, eq=False)
class TransitSummary:
    """Transit under a scenario, with and without routes.

    Attributes
    ----------
    hubs
        By hub: base and new transit, of it barred goods, margin, rent, and what the hub's statistics do not
        see, USD million; leakage, percent of what bans take from direct routes, at central values and over
        the ranges of q and of the shares; elasticity of transit to a cost on all routes through hubs.
    sectors
        Exports of the focal hub to the destination by sector, USD million: base, own goods, recorded, and
        own goods without routes; ratios to the base of each view.
    worth
        Real income of the focal hub, percent, by share of margins that is rent; against no routes, and in
        cents per dollar of additional transit.
    levels
        The columns of hubs up to ``unseen`` and the leakage, by hub, at the central values and at each end
        of the ranges of q, of the shares, and of the share of margins that is rent, by ``level``.
    central, unrouted
        The equilibria behind.
    """

    hubs: pd.DataFrame
    sectors: pd.DataFrame
    worth: pd.DataFrame
    levels: pd.DataFrame
    central: Equilibrium
    unrouted: Equilibrium


def transit_summary(
    world: World,
    scenario: Scenario | Wedges,
    routes: Routes,
    focal: str = "KAZ",
    destination: str = "RUS",
    closure: str = "fixed_deficit",
) -> TransitSummary:
    """Solve a scenario with routes over their ranges, and without routes.

    Parameters
    ----------
    world, scenario, closure
        As in :func:`tertius.solve`.
    routes
        Routes through third territory.
    focal
        The hub whose exports and gain are shown.
    destination
        Where the goods go.

    Returns
    -------
    TransitSummary

    Raises
    ------
    BadInput
        If focal or destination is not in the world, or nothing goes to the destination through hubs.
    NotSolved
        If an equilibrium is not found.
    """
    import pandas as pd

    for kind, code in (("focal", focal), ("destination", destination)):
        if code not in world.countries:
            raise unknown(f"transit: {kind}", "country of this world", code, world.countries)

    def at(chosen: Routes | None) -> Equilibrium:
        eq = solve(world, scenario, closure=closure, routes=chosen)
        eq.report.require()
        return eq

    central, plain = at(routes), at(None)
    ranges = {f"q {level}": at(routes.at(q=level)) for level in ("low", "high")}
    ranges |= {f"shares {level}": at(routes.at(shares=level)) for level in ("low", "high")}
    table = central.transit()
    if not (table["destination"] == destination).any():
        raise BadInput("transit: destination", f"nothing goes to {destination} through hubs")
    solved = {e: at(routes.at(rent=e)) for e in RENTS}
    dearer = solve(world, _enforced(world, scenario, central, destination), closure=closure, routes=routes)
    dearer.report.require()
    levels = _levels({"central": central} | ranges, destination)
    rents = _levels({f"rent {e:g}": solved[e] for e in (RENTS[0], RENTS[-1])}, destination)
    return TransitSummary(
        _hubs(levels).merge(_elasticity(central, dearer, destination), on="hub"),
        _sectors(central, plain, focal, destination),
        _worth(solved, plain, focal),
        pd.concat([levels, rents], ignore_index=True),
        central,
        plain,
    )


def _levels(solved: dict[str, Equilibrium], destination: str) -> pd.DataFrame:
    """What goes through each hub, and through all, at each level of the routes."""
    import pandas as pd

    parts = []
    for level, eq in solved.items():
        table = eq.transit()
        money = table[table["destination"] == destination].groupby("hub", sort=False)
        sums = money[["base", "value", "barred", "margin", "rent", "unseen"]].sum()
        both = pd.concat([sums.sort_values("value", ascending=False), sums.sum().to_frame("all").T])
        parts.append(both.join(_leakage(eq, destination)).rename_axis("hub").reset_index())
        parts[-1].insert(0, "level", level)
    return pd.concat(parts, ignore_index=True)


def _hubs(levels: pd.DataFrame) -> pd.DataFrame:
    """The central values by hub, with the range of the leakage over all levels."""
    leaks = levels.groupby("hub")["leakage"]
    central = levels[levels["level"] == "central"].drop(columns="level")
    return central.assign(low=central["hub"].map(leaks.min()), high=central["hub"].map(leaks.max()))


STEP = 0.01  # cost on hubs' routes with which the elasticity is measured


def _enforced(world: World, scenario: Scenario | Wedges, central: Equilibrium, destination: str) -> Wedges:
    """The scenario with a small cost on every route through a hub."""
    assert central.routes is not None
    wedges = scenario.wedges(world) if isinstance(scenario, Scenario) else scenario
    hubs = tuple(h.hub for h in central.routes.file.hubs)
    cost = PassageWedge(hubs, world.countries, (destination,), world.sectors, cost=1.0 + STEP)
    return replace(wedges, passages=(*wedges.passages, cost))


def _elasticity(central: Equilibrium, dearer: Equilibrium, destination: str) -> pd.DataFrame:
    """Change of the log of transit over that of the cost, by hub."""
    sums = []
    for eq in (central, dearer):
        table = eq.transit()
        value = table[table["destination"] == destination].groupby("hub", sort=False)["value"].sum()
        value["all"] = value.sum()
        sums.append(np.log(value))
    change = (sums[1] - sums[0]) / np.log1p(STEP)
    return change.rename("elasticity").rename_axis("hub").reset_index()


def _leakage(eq: Equilibrium, destination: str) -> pd.Series:
    table = leakage_table(eq)
    rows = table[(table["sector"] == "all") & (table["destination"] == destination)]
    return 100.0 * rows.set_index("hub")["leakage"]


def _sectors(central: Equilibrium, plain: Equilibrium, focal: str, destination: str) -> pd.DataFrame:
    import pandas as pd

    k, n = (central.world.countries.index(c) for c in (focal, destination))
    views = {
        "base_own": central.world.trade_values[k, n],
        "base_recorded": recorded_base(central)[k, n],
        "own": central.trade.values[k, n],
        "recorded": recorded(central)[k, n],
        "unrouted": plain.trade.values[k, n],
    }
    table = pd.DataFrame(views, index=pd.Index(central.world.sectors, name="sector"))
    table = table[table["recorded"] > 0]
    goods = table.drop(index=[s for s in ("SERV",) if s in table.index])
    table = pd.concat([goods, goods.sum().to_frame("all goods").T.rename_axis("sector")])
    for name, base in (("own", "base_own"), ("recorded", "base_recorded"), ("unrouted", "base_own")):
        table[f"{name}_ratio"] = table[name] / table[base].where(table[base] > 0)
    return table.rename_axis("sector").reset_index()


def _worth(solved: dict[float, Equilibrium], plain: Equilibrium, focal: str) -> pd.DataFrame:
    import pandas as pd

    without = float(plain.welfare().sel(country=focal))
    rows = []
    for e, eq in solved.items():
        table = eq.transit()
        mine = table[table["hub"] == focal]
        more = float((mine["value"] - mine["base"]).sum())
        change = float(eq.welfare().sel(country=focal))
        dollars = float(eq.welfare("equivalent_variation").sel(country=focal))
        dollars -= float(plain.welfare("equivalent_variation").sel(country=focal))
        rows.append(
            {
                "rent_share": e,
                "real_income": change,
                "unrouted": without,
                "difference": change - without,
                "additional_transit": more,
                "cents_per_dollar": 100.0 * dollars / more if more else np.nan,
            }
        )
    return pd.DataFrame(rows)
