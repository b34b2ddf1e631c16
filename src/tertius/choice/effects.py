# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What each threat, and a third power's offer, does to the focal state's best reply."""

from __future__ import annotations

from dataclasses import dataclass

from tertius.choice.best_reply import BestReply, best_reply
from tertius.choice.payoffs import FOCAL, Payoffs
from tertius.choice.setting import Setting
from tertius.choice.utility import states
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["Effects", "effects", "offer_gain"]


@dataclass(frozen=True, eq=False, slots=True)
class Effects:
    """Effects of threats, each ``[..., E]``.

    Attributes
    ----------
    shadow_west, shadow_east
        What the mere threat costs the focal state at its best reply: U(x*) without the power's hazard less
        with it, percent of income, negative where a strike would be a gain.
    moved_west, moved_east
        y* with the power's hazard less y* without.
    bite_west, bite_east
        What the focal state loses if struck where the power would punish, less what it gains by staying there
        rather than at the other pole, both without other strikes, percent of income.
    """

    shadow_west: Array
    shadow_east: Array
    moved_west: Array
    moved_east: Array
    bite_west: Array
    bite_east: Array


def effects(payoffs: Payoffs, setting: Setting) -> Effects:
    """Compare the best reply with and without each power's threat.

    Parameters
    ----------
    payoffs, setting
        Arrays in the setting broadcast together; ``...`` is their shape. Options are left out.

    Returns
    -------
    Effects
        In percent of the focal state's income, and in traffic.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> found = effects(line(2, rent=4.0), Setting(west=0.5, east=0.0, power=1.0))
    >>> round(found.shadow_west.item(), 9), found.moved_west.item(), round(found.bite_west.item(), 9)
    (0.4, -1.0, 0.6)
    """
    alone = payoffs.line()
    both = best_reply(alone, setting)
    calm = {side: best_reply(alone, setting.at(side, 0.0)) for side in ("west", "east")}
    percent = 100.0 / float(payoffs.income[FOCAL])

    def shadow(other: BestReply) -> Array:
        return percent * (other.utility - both.utility)

    base, west, east, _ = states(payoffs, setting)
    tolerate, comply = payoffs.poles
    rent = base[..., tolerate] - base[..., comply]
    return Effects(
        shadow_west=shadow(calm["west"]),
        shadow_east=shadow(calm["east"]),
        moved_west=both.traffic - calm["west"].traffic,
        moved_east=both.traffic - calm["east"].traffic,
        bite_west=percent * (-west[..., tolerate] - rent),
        bite_east=percent * (-east[..., comply] + rent),
    )


def offer_gain(payoffs: Payoffs, offered: Payoffs, setting: Setting) -> Array:
    """What an offer brings the focal state at its best reply, percent of income, ``[..., E]``.

    Both payoffs are equivalent variations against the same base.

    Raises
    ------
    BadInput
        If players or elasticity sets differ.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> round(offer_gain(line(rent=4.0), line(rent=6.0), Setting(0.0, 0.0)).item(), 9)
    0.2
    """
    if (payoffs.players, payoffs.sets) != (offered.players, offered.sets):
        raise BadInput("offer", "players or elasticity sets differ", "solve both with the same ones")
    gain = best_reply(offered.line(), setting).utility - best_reply(payoffs.line(), setting).utility
    return 100.0 * gain / payoffs.income[FOCAL]
