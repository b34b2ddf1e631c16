# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Names of factors, their rewards, and the skilled share by sector."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tertius.data.skills import skilled_shares
from tertius.equilibrium import Solution
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown
from tertius.world import World

__all__ = ["SKILLS", "factor_names", "rewards", "skilled_share"]

SKILLS = ("skilled", "unskilled")


def factor_names(world: World, factors: str | float) -> tuple[str, ...]:
    """Name the factors of an arrangement in the engine's order.

    Parameters
    ----------
    world
        Whose sectors the specific factors belong to.
    factors
        "mobile", "specific", "skills", or the share of value added that is tied.

    Returns
    -------
    tuple of str
        For example ``("mobile", "A01 specific", ...)``.
    """
    if factors == "skills":
        return SKILLS
    if factors == "mobile" or factors == 0.0:
        return ("mobile",)
    own = tuple(f"{s} specific" for s in world.sectors)
    return own if factors in ("specific", 1.0) else ("mobile", *own)


def rewards(solution: Solution) -> Array:
    """Hat of the reward of each factor ``[n, f]``; world value added is the numeraire.

    Zero where nobody buys what the factor makes; NaN where the country never had the factor.
    """
    system = solution.system
    hats = np.where(system.owned, np.exp(system.log_w(solution.z)), 0.0)
    return np.where(solution.base.V > 0, hats, np.nan)


def skilled_share(world: World, given: Array | Mapping[str, float] | None = None) -> Array:
    """Share of skilled labour in value added ``[n, s]``, from the shipped table unless given.

    Labour of the two kinds earns all value added: what capital earns is counted with the labour it works
    with, in proportion, as the one factor of the plain model earns all of it.

    Parameters
    ----------
    world
        The base year.
    given
        ``[sector]``, ``[country, sector]``, or sector -> share; sectors not named keep the shipped share.

    Returns
    -------
    numpy.ndarray
        ``[country, sector]``.

    Raises
    ------
    BadInput
        If a sector is unknown or has no shipped share, or a share is not between 0 and 1.

    Examples
    --------
    >>> from tertius.world import load_world
    >>> bool(skilled_share(load_world(), {"SERV": 0.5})[0, -1] == 0.5)
    True
    """
    shape = (len(world.countries), len(world.sectors))
    if given is None or isinstance(given, Mapping):
        row = _by_name(world, given or {})
    else:
        row = np.asarray(given, dtype=np.float64)
        if row.shape not in (shape[1:], shape):
            raise BadInput("solve: skilled", f"has shape {row.shape}", f"give {shape[1:]} or {shape}")
    bad = ~((row >= 0.0) & (row <= 1.0))
    if bad.any():
        raise BadInput("solve: skilled", f"{row[bad][0]} is not a share between 0 and 1")
    share = np.array(np.broadcast_to(row, shape))
    paid = world.accounts.value_added_share * world.accounts.output
    for kind, part in zip(SKILLS, (share * paid, (1.0 - share) * paid), strict=True):
        if not np.all(part.sum(axis=1) > 0):
            where = world.countries[int(np.argmin(part.sum(axis=1)))]
            raise BadInput(
                "solve: skilled", f"leaves {where} without {kind} labour", "use shares between 0 and 1"
            )
    return share


def _by_name(world: World, given: Mapping[str, float]) -> Array:
    for name in given:
        if name not in world.sectors:
            raise unknown("solve: skilled", "sector of this world", name, world.sectors)
    shipped = {s: shipped.share for s, shipped in skilled_shares().items()}
    shares = {**shipped, **given}
    for name in world.sectors:
        if name not in shares:
            raise BadInput(
                "solve: skilled", f"no share is shipped for sector {name}", f"add skilled={{{name!r}: share}}"
            )
    return np.array([float(shares[s]) for s in world.sectors])
