# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The lever with which a power threatens, out of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tertius.errors import BadInput, unknown
from tertius.policy.lever import Lever, catalogue
from tertius.world import World

__all__ = ["DEFAULTS", "MEMBERSHIP", "the_lever", "threats"]

MEMBERSHIP = date(2021, 12, 31)  # groups of countries are read as of the base year
DEFAULTS = {"west": ("technology-ban",), "east": ("half-embargo", "input-ban")}
"""First of these that the catalogue has: partial, painful, of the kind that each used (docs/choice.md)."""


def threats(
    world: World, focal: str, power: str, catalogues: Iterable[str | Path] | None = None
) -> tuple[Lever, ...]:
    """Levers of a power against the focal state, computed or not.

    Parameters
    ----------
    world
        The base year.
    focal
        Code of the state in the middle.
    power
        Country or group.
    catalogues
        As in :func:`tertius.levers`.

    Returns
    -------
    tuple of Lever

    Examples
    --------
    >>> from tertius.world import load_world
    >>> "half-embargo:RUS:KAZ" in [x.id for x in threats(load_world("eurasia-2021"), "KAZ", "RUS")]
    True
    """
    known = catalogue(world.countries, focal, (power,), catalogues)
    return tuple(x for x in known if x.target == (focal,) and focal not in x.user)


def the_lever(
    world: World,
    focal: str,
    power: str,
    members: tuple[str, ...],
    side: str,
    name: str,
    catalogues: Iterable[str | Path] | None = None,
) -> Lever:
    """Find the lever that a power threatens with.

    Parameters
    ----------
    world, focal, power, catalogues
        As in :func:`threats`.
    members
        Countries of the power.
    side
        "west" or "east": which default.
    name
        Name or id; empty is the default.

    Raises
    ------
    BadInput
        If the power has no lever, none of that name, or one without a number.
    """
    where = f"choice: lever of {power}"
    found = [x for x in threats(world, focal, power, catalogues) if x.user == members]
    able = [x for x in found if x.computed]
    if not able:
        what = f"{power} has no credible lever on {focal}: the catalogue has none with a number"
        raise BadInput(where, what, "write a catalogue of levers (docs/levers.md)")
    if not name:
        preferred = [x for wish in DEFAULTS[side] for x in able if x.spec.name == wish]
        return (preferred or able)[0]
    for lever in found:
        if name in (lever.id, lever.spec.name):
            if not lever.computed:
                raise BadInput(where, f"{name} is not identified: {lever.spec.reason}", "name another lever")
            return lever
    raise unknown(where, "lever", name, [x.spec.name for x in able])
