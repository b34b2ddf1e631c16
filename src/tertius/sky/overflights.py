# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`overflights`: every service re-routed around closed skies; flights, km, fuel and fees before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import numpy as np

from tertius.errors import BadInput
from tertius.sky.closures import Closures
from tertius.sky.paths import TOLERANCE_KM, Path, shortest_paths
from tertius.sky.places import airport, outlines
from tertius.sky.regions import Regions
from tertius.sky.results import Flown, Overflights
from tertius.sky.sphere import Array, distance_km, to_unit
from tertius.sky.traffic import Service, Traffic, services

__all__ = ["BEFORE", "ON", "direct_km", "overflights"]

BEFORE, ON = date(2022, 2, 23), date(2022, 6, 8)
ISLET_KM = 60.0  # islands smaller than this close nothing
Told = Callable[[int, int, str], None]


def overflights(
    closures: str | Closures = "2022",
    on: date = ON,
    before: date | None = BEFORE,
    network: Iterable[Service] | None = None,
    traffic: Traffic | None = None,
    airspace: Regions | None = None,
    longest: float = np.inf,
    tolerance_km: float = TOLERANCE_KM,
    told: Told | None = None,
    like: Overflights | None = None,
) -> Overflights:
    """Re-route a network of flights around closed skies.

    Every carrier takes the shortest way that its own closures leave. A service whose airports are closed to
    the carrier, or between which no way is left, is not flown.

    Parameters
    ----------
    closures
        A shipped file of closures, or closures of one's own.
    on
        The day after: which rows are in force.
    before
        The day before; None for an open sky.
    network
        Services; None for the shipped network.
    traffic
        How often they are flown.
    airspace
        Outlines of states; None for the shipped ones (land only).
    longest
        Services whose way becomes longer than this many great circles are given up.
    tolerance_km
        How closely corners are rounded, km.
    told
        Called with (done, all, words) as the work goes on.
    like
        The same network at the same day before, in the same airspace: its ways before are taken over
        where the same was closed to everybody then.

    Returns
    -------
    Overflights

    Raises
    ------
    BadInput
        If an airport, state or aircraft class is unknown.

    Examples
    --------
    >>> from tertius.sky.traffic import Service
    >>> found = overflights(network=[Service("HEL", "SIN", "FIN")])
    >>> bool(found.services["km_after"].iloc[0] > found.services["km_before"].iloc[0])
    True
    """
    if longest < 1.0:
        raise BadInput(
            "overflights: longest", f"{longest} is below 1", "1.5 gives up ways half as long again"
        )
    sky = Closures.load(closures) if isinstance(closures, str) else closures
    states = airspace or outlines()
    flights = tuple(services() if network is None else network)
    for service in flights:
        service.check()
    whole = states.joined(Regions.from_rings(sky.zones)) if sky.zones else states
    tell = told or (lambda done, total, words: None)
    was, day = None if before is None else sky, before or on
    if like is not None and _closed(flights, was, day) == like.flown.closed:
        first = like.flown.before
    else:
        first = _ways(flights, was, day, whole, tolerance_km, 0, tell)
    second = _ways(flights, sky, on, whole, tolerance_km, 1, tell)
    second = [p if p is None or p.km <= longest * p.direct_km else None for p in second]
    rule = traffic or Traffic()
    yearly = [rule.yearly(s, direct_km(s)) for s in flights]
    carriers = {s.carrier for s in flights}
    avoiding = frozenset(c for c in carriers if "RUS" in sky.closed_to(c, on))
    newly = _closing(sky, carriers, on, before)
    flown = Flown(flights, np.array(yearly), first, second, avoiding, newly, _closed(flights, was, day))
    return Overflights.made(flown, states, sky, on, before, rule)


def _closing(sky: Closures, carriers: set[str], on: date, before: date | None) -> frozenset[str]:
    """Airspace that is closed to some carriers besides Russia's after, and was not before."""
    old = {c: frozenset() if before is None else sky.closed_to(c, before) for c in carriers}
    new = [sky.closed_to(c, on) - old[c] for c in carriers - {"RUS"}]
    return frozenset().union(*new)


def _closed(flights: Sequence[Service], sky: Closures | None, day: date) -> dict[str, frozenset[str]]:
    """What each carrier stays out of on a day; nothing under an open sky."""
    return {c: frozenset() if sky is None else sky.closed_to(c, day) for c in {s.carrier for s in flights}}


def direct_km(service: Service) -> float:
    """Great circle between the airports of a service, km."""
    a, b = _ends([service])
    return float(distance_km(a, b)[0])


def _ends(flights: Sequence[Service]) -> tuple[Array, Array]:
    a, b = [airport(s.a) for s in flights], [airport(s.b) for s in flights]
    start = to_unit([x.lat for x in a], [x.lon for x in a])
    return start, to_unit([x.lat for x in b], [x.lon for x in b])


def _ways(
    flights: Sequence[Service],
    sky: Closures | None,
    day: date,
    whole: Regions,
    tolerance_km: float,
    half: int,
    tell: Told,
) -> list[Path | None]:
    """Find the ways of all services; carriers for which the same is closed go together."""
    closed = _closed(flights, sky, day)
    out: list[Path | None] = [None] * len(flights)
    kinds = sorted(set(closed.values()), key=lambda k: (len(k), sorted(k)))
    for n, kind in enumerate(kinds):
        mine = [
            k
            for k, s in enumerate(flights)
            if closed[s.carrier] == kind and not kind & {airport(s.a).state, airport(s.b).state}
        ]
        if mine:
            a, b = _ends([flights[k] for k in mine])
            found = shortest_paths(a, b, whole.only(sorted(kind)).larger(ISLET_KM), tolerance_km)
            for k, path in zip(mine, found, strict=True):
                out[k] = path
        tell(half * len(kinds) + n + 1, 2 * len(kinds), f"{len(mine)} services, {len(kind)} skies closed")
    return out
