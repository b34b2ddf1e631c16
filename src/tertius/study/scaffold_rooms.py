# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a drafted study asks of each room: options that run for its states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from tertius.errors import BadInput, unknown
from tertius.labels import group_members
from tertius.policy import Scenario
from tertius.routes import Routes, list_routes
from tertius.world import load_world

__all__ = ["COUNTED", "Asking", "RoomDraft", "draft_room"]

UNION, COALITION, EAST = "EAEU", "coalition-2022", "RUS"
COUNTED, WAVE = "KAZ", "2022-06"  # whose movers are counted, as of when; the event of January 2022 was there


@dataclass(frozen=True, slots=True)
class Asking:
    """What a drafted study is about.

    Attributes
    ----------
    focal, powers
        Codes of the state in the middle and of the powers around it.
    scenario, world
        Main scenario and base year.
    on
        Date of the text that is tested.
    """

    focal: str
    powers: tuple[str, ...]
    scenario: str
    world: str
    on: date


@dataclass(frozen=True, slots=True)
class RoomDraft:
    """A room in a drafted study.

    Attributes
    ----------
    options
        What is asked of it, as YAML with a comment.
    sides
        Names in its claims -> codes of powers, where it has more than the powers of the study.
    """

    options: str
    sides: dict[str, str]


def draft_room(name: str, asking: Asking, where: str) -> RoomDraft:
    """Draft a room for a state and powers.

    Parameters
    ----------
    name
        The room.
    asking
        What the study is about.
    where
        What the user called, for errors.

    Returns
    -------
    RoomDraft

    Raises
    ------
    BadInput
        If there is no such room, or it cannot be asked for this state; the message says what to do.

    Examples
    --------
    >>> asking = Asking("UZB", ("RUS", "CHN"), "sanctions-2022@june", "eurasia-2021", date(2022, 6, 8))
    >>> draft_room("transit", asking, "mine").options.partition("  #")[0]
    '{scenario: "sanctions-2022@june", routes: kazakhstan-2022, destination: RUS}'
    """
    if name not in OPTIONS:
        raise unknown(f"{where}: --room", "room", name, OPTIONS)
    return OPTIONS[name](asking, f"{where}: --room {name}")


def _levers(asking: Asking, where: str) -> RoomDraft:
    what = f"{{powers: {_listed(asking)}}}"
    return RoomDraft(f"{what}  # levers of these powers on the focal state, and its own on them", {})


def _union(asking: Asking, where: str) -> RoomDraft:
    if asking.focal not in group_members(UNION, asking.on):
        raise BadInput(where, f"{asking.focal} is not a member of the {UNION}", "leave it out")
    scenarios = f'[base, "{asking.scenario}"]'
    return RoomDraft(f"{{union: {UNION}, scenarios: {scenarios}}}  # a union that it is a member of", {})


def _exposure(asking: Asking, where: str) -> RoomDraft:
    family = asking.world.rpartition("-")[0]
    return RoomDraft(f"{{powers: {_listed(asking)}, worlds: {family}}}  # weight of each over the years", {})


def _transit(asking: Asking, where: str) -> RoomDraft:
    routes, goal, _ = _ways_round(asking, where)
    what = f'scenario: "{asking.scenario}", routes: {routes}, destination: {goal}'
    return RoomDraft(f"{{{what}}}  # goods that go round bans through hubs", {"east": goal})


def _evidence(asking: Asking, where: str) -> RoomDraft:
    what = f"powers: {_listed(asking)}, event: {str(asking.focal == COUNTED).lower()}"
    return RoomDraft(f"{{{what}}}  # votes, influence, activity, circumvention as measured", {})


def _sky(asking: Asking, where: str) -> RoomDraft:
    return RoomDraft('{closures: "2022"}  # flights re-routed around closed skies', {})


def _gain(asking: Asking, where: str) -> RoomDraft:
    wave = f', wave: "{WAVE}"' if asking.focal == COUNTED else ""
    return RoomDraft(f'{{scenario: "{asking.scenario}", routes: ""{wave}}}  # all channels added up', {})


def _choice(asking: Asking, where: str) -> RoomDraft:
    """Take the first power of the coalition as the western one, and where barred goods go as the eastern."""
    if asking.focal == EAST or asking.focal in group_members(COALITION, asking.on):
        raise BadInput(where, f"{asking.focal} is one of the two sides", "leave it out")
    routes, east, hubs = _ways_round(asking, where)
    if asking.focal not in hubs:
        what = f"{asking.focal} is no hub of the routes file {routes}: its stance would move nothing"
        raise BadInput(where, what, f"leave it out, ask for one of {', '.join(hubs)}, or {WRITE}")
    west = next((p for p in asking.powers if p in group_members(COALITION, asking.on)), COALITION)
    offer = "" if "CHN" in (asking.focal, west, east) else "china"
    _check_choice(asking, west, east, routes, offer, where)
    what = f'west: {west}, east: {east}, scenario: "{asking.scenario}", routes: {routes}, offer: "{offer}"'
    said = f"{{{what}}}  # its stance between two powers; stances: 3 is faster"
    return RoomDraft(said, {"west": west, "east": east})


OPTIONS: dict[str, Callable[[Asking, str], RoomDraft]] = {
    "levers": _levers,
    "union": _union,
    "exposure": _exposure,
    "transit": _transit,
    "evidence": _evidence,
    "sky": _sky,
    "gain": _gain,
    "choice": _choice,
}
WRITE = "write a routes file (docs/routes.md) and ask for the room in the study by hand"


def _listed(asking: Asking) -> str:
    return f"[{', '.join(asking.powers)}]"


def _ways_round(asking: Asking, where: str) -> tuple[str, str, tuple[str, ...]]:
    """Shipped routes by which goods that the scenario bans reach a power: file, power, hubs."""
    world = load_world(asking.world)
    west = {*group_members(COALITION, asking.on), asking.focal}
    goals = [p for p in dict.fromkeys((*asking.powers, EAST)) if p not in west]
    closed = Scenario.load(asking.scenario).wedges(world).arrays(world).get("closed", np.zeros(()))
    for goal in goals if closed.ndim else ():
        for name in list_routes():
            flows = Routes.load(name).flows(world)
            a = flows.arrays
            shut = closed[a.exporter, a.importer, a.sector][a.importer == world.countries.index(goal)]
            if flows.barred.any() and (shut > 0).any():
                return name, goal, flows.hubs
    towards = f" to {' or '.join(goals)}" if goals else ""
    what = f"no shipped routes file leads round bans of {asking.scenario} on goods{towards}"
    raise BadInput(where, what, f"leave it out, or {WRITE}")


def _check_choice(asking: Asking, west: str, east: str, routes: str, offer: str, where: str) -> None:
    """Look up all that the room will, so that a lever or power that is missing is told now."""
    from tertius.choice.plan import POINTS, plan

    world, even = load_world(asking.world), (1.0, 1.0)
    long_run = ("long", "fixed_deficit", ("join",))
    try:
        plan(world, asking.focal, (west, east), asking.scenario, routes, ("", ""), even, POINTS, (), None,
             *long_run, offer, None, 1e-10)  # fmt: skip
    except BadInput as error:
        raise BadInput(f"{where}: {error.where}", error.what, error.remedy) from error
