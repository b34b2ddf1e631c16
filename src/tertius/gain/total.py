# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`total_gain`: trade, transit, sky and people added up, energy apart; for every economy at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tertius.data.population import REST, population
from tertius.errors import BadInput, unknown
from tertius.gain.energy import windfall
from tertius.gain.equilibria import Draws, draws
from tertius.gain.people import moved
from tertius.gain.result import PARTS, TotalGain
from tertius.gain.verdict import Economies
from tertius.policy import Scenario, Wedges
from tertius.routes import Routes
from tertius.sky import Overflights, overflights
from tertius.sky.money import sky_money
from tertius.text import count, dated, joined, say
from tertius.world import World

__all__ = ["total_gain"]

Array = NDArray[np.float64]
Told = Callable[[int, int, str], None]
HOW = {
    "trade": say("equivalent variation without routes; band: elasticity sets"),
    "transit": say(
        "equivalent variation with routes less without; band: sets times levels of q, shares, rent"
    ),
    "fees": say("navigation fees of carriers of other states, first order; band: rates"),
    "relocation": say("{people}, solved on its own; band: movers, skills, remote work, remittances"),
    "transfers": say("pay from abroad less what is sent home, of {people}; band: the wave"),
    "losses": say("own airlines' extra time, fuel and fees abroad, first order; band: rates"),
    "total": say("sum of the parts above; its ends are sums of ends, an outer bound"),
    "energy": say("net exports of 2021 times price change to 2022, first order; band: measures, refined oil"),
    "overlap": say("less: change of the same prices within the central equilibrium, first order"),
}


def total_gain(
    world: World,
    focal: str = "KAZ",
    scenario: str | Scenario | Wedges = "sanctions-2022@june",
    routes: str | Routes | None = "kazakhstan-2022",
    closures: str | None = "2022",
    on: date = date(2022, 6, 8),
    wave: str | None = "2022-06",
    attributed: Sequence[float] = (0.0, 0.5, 1.0),
    people: str = "natives",
    sky: Overflights | None = None,
    told: Told | None = None,
) -> TotalGain:
    """Add up what sanctions, closed skies and people who move bring third countries.

    Trade and transit are differences of equilibria, fees and losses first order, relocation is solved on its
    own (what that misses: :func:`tertius.gain.interaction`). Rules: docs/decisions/0014-gain.md.

    Parameters
    ----------
    world
        The base year.
    focal
        ISO3 code of the country that is shown.
    scenario
        Whose effects are counted.
    routes
        Routes through third territory; None: no transit.
    closures
        Closed skies; None: neither fees nor losses.
    on
        Day on which closures are in force.
    wave
        Movers as known on a day; None: no relocation.
    attributed
        Shares of the energy price change that sanctions are taken to have caused, each in [0, 1].
    people
        Whose income relocation counts: "natives", or "residents" with those who moved in.
    sky
        Flights that were re-routed before; None: closures are solved (about 15 seconds).
    told
        Called with (done, all, words) as the work goes on.

    Returns
    -------
    TotalGain

    Raises
    ------
    BadInput
        If a name is unknown or a share lies outside [0, 1].
    NotSolved
        If an equilibrium is not found.

    Examples
    --------
    >>> import tertius as tt
    >>> found = total_gain(tt.load_world("icio-2021"), routes=None, closures=None, wave=None)
    >>> found.totals()["attributed"].unique().tolist()
    [0.0, 0.5, 1.0]
    """
    shares = _shares(attributed)
    if focal not in world.countries or focal == REST:
        raise unknown(
            "gain: focal", "country of this world", focal, [c for c in world.countries if c != REST]
        )
    asked = Scenario.load(scenario) if isinstance(scenario, str) else scenario
    ways = Routes.load(routes) if isinstance(routes, str) else routes
    people_part = moved(world, wave, people) if wave else None
    found = draws(world, asked, ways, told)
    if sky is None and closures is not None:
        sky = overflights(closures, on, told=told)
    computed = {"trade": _band(found.trade)}
    if ways:
        computed["transit"] = _band(found.transit)
    if sky is not None:
        computed["fees"], computed["losses"] = _sky(world, sky)
    if people_part:
        computed |= {"relocation": people_part.relocation, "transfers": people_part.transfers}
    parts = {name: computed[name] for name in PARTS if name in computed}
    return TotalGain(
        focal,
        asked.id if isinstance(asked, Scenario) else "wedges",
        world.name,
        _economies(world),
        parts,
        windfall(world),
        found.overlap,
        shares,
        found.trade + found.transit,
        found.names,
        {name: say(text, people=people) for name, text in HOW.items()},
        _notes(world, found, sky, wave, [name for name in PARTS if name not in computed]),
    )


def _shares(attributed: Sequence[float]) -> tuple[float, ...]:
    bad = [a for a in attributed if not 0.0 <= a <= 1.0]
    if bad or not len(attributed):
        said = f"{bad[0]!r} is not a share between 0 and 1" if bad else "no share is given"
        raise BadInput("gain: attributed", said, "0 leaves energy out, 1 takes all of its price change")
    return tuple(float(a) for a in attributed)


def _band(values: Array) -> Array:
    """Least, central (the first draw) and largest ``[3, n]``."""
    return np.stack([values.min(axis=0), values[0], values.max(axis=0)])


def _sky(world: World, sky: Overflights) -> tuple[Array, Array]:
    """Fees and airlines' losses in the world's order ``[3, n]``; states that it lacks are its rest."""
    table = sky_money(sky)
    at = [world.countries.index(c if c in world.countries else REST) for c in table.index]
    out = np.zeros((2, 3, len(world.countries)))
    for k, what in enumerate(("fees", "airlines")):
        for level, end in enumerate(("_low", "", "_high")):
            np.add.at(out[k, level], at, table[what + end].to_numpy())
    return out[0], out[1]


def _economies(world: World) -> Economies:
    names = tuple(world.countries)
    income = (world.expenditure.values - _inputs(world)).sum(axis=1)
    return Economies(names, income, population(names), frozenset(c for c in names if c != REST))


def _inputs(world: World) -> Array:
    """What is bought as inputs ``[n, s]``."""
    out: Array = np.einsum("nks,ns->nk", world.input_share_values, world.output.values)
    return out


def _notes(
    world: World, found: Draws, sky: Overflights | None, wave: str | None, left_out: Sequence[str]
) -> tuple[str, ...]:
    """Say what is left out, and for whom."""
    out = [
        count(
            len(found.names),
            "{n} draw of trade and transit, first {name}, on {world}",
            "{n} draws of trade and transit, first {name}, on {world}",
            name=found.names[0],
            world=world.name,
        )
    ]
    if sky is not None:
        out.append(
            say(
                "skies of {closures} on {on} against {before}; flights given up are not valued",
                closures=sky.closures,
                on=dated(sky.on),
                before=dated(sky.before) if sky.before else say("open skies"),
            )
        )
    if wave:
        out.append(say("wave {wave}: Russia and Kazakhstan only, others 0", wave=wave))
    if left_out:
        out.append(say("not asked for, and not in the total: {parts}", parts=joined(", ", left_out)))
    out.append(say("exchange rates, inflation, credit, deposits and dynamics are not modelled"))
    return tuple(out)
