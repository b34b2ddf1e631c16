# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What every stance is worth to whom, in each of the four states that the two powers can make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown

__all__ = ["EAST", "FOCAL", "WEST", "Payoffs"]

FOCAL, WEST, EAST = 0, 1, 2
SLACK = 1e-9  # how far a computed share may leave [0, 1] by rounding


@dataclass(frozen=True, eq=False, slots=True)
class Payoffs:
    """Exact payoffs of every stance in every state.

    Attributes
    ----------
    players
        Focal state K, western power W, eastern power R.
    sets
        Names of the elasticity sets (E).
    stance
        ``[n, G]`` in [0, 1], at most two goods groups; 0 is full tolerance, 1 strict compliance. Both poles
        are there.
    traffic
        ``[E, n]`` y(x) in [0, 1], sensitive transit over that at full tolerance; 0 where there is none.
    value
        ``[E, 3, n, 2, 2]`` equivalent variation against the base, USD million; axes player K, W, R, stance,
        W strikes (0 no, 1 yes), R strikes.
    income
        ``[3]`` income in the base, USD million.
    levers
        Names of W's and R's lever; an empty name says that the power has none.
    options
        What lies off the line of stances (joining the sanctions, deepening with a power): name to
        ``[E, 3, 2, 2]``.
    option_traffic
        Traffic y under each option, name to ``[E]`` or a number: the hazards are taken there.

    Raises
    ------
    BadInput
        If shapes do not fit, a number is missing, no stance is given, a pole is missing, or the focal state
        is among the powers.
    """

    players: tuple[str, ...]
    sets: tuple[str, ...]
    stance: Array
    traffic: Array
    value: Array
    income: Array
    levers: tuple[str, str]
    options: Mapping[str, Array] = field(default_factory=dict)
    option_traffic: Mapping[str, Array | float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_players(self.players, self.levers)
        for name in ("stance", "traffic", "value", "income"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.float64))
        object.__setattr__(self, "options", {k: np.asarray(v, float) for k, v in self.options.items()})
        _check_stance(self.stance)
        e = len(self.sets)
        if not e:
            raise BadInput("payoffs: sets", "there is no elasticity set", "name at least one")
        shapes = {"traffic": (e, len(self.stance)), "value": (e, 3, len(self.stance), 2, 2), "income": (3,)}
        for name, shape in shapes.items():
            _check_array(f"payoffs: {name}", getattr(self, name), shape)
        for name, values in self.options.items():
            _check_array(f"payoffs: options: {name}", values, (e, 3, 2, 2))
        _check_share("payoffs: traffic", self.traffic)
        if (self.income <= 0).any():
            raise BadInput("payoffs: income", f"{self.income.min():g} is not positive", "give base income")
        object.__setattr__(self, "option_traffic", _option_traffic(self.option_traffic, self.options, e))

    @property
    def poles(self) -> tuple[int, int]:
        """Rows of full tolerance and of strict compliance."""
        tolerate = int(np.argmax(np.all(self.stance == 0.0, axis=1)))
        return tolerate, int(np.argmax(np.all(self.stance == 1.0, axis=1)))

    def percent(self) -> Array:
        """Payoffs in percent of each player's income in the base, shaped like ``value``.

        Examples
        --------
        >>> from tertius.choice.example import line
        >>> float(line(2, rent=3.0).percent()[0, 0, 0, 0, 0])  # full tolerance, no strike; income 1000
        0.3
        """
        return 100.0 * self.value / self.income[:, None, None, None]

    def only(self, name: str) -> Payoffs:
        """One elasticity set of these payoffs.

        Raises
        ------
        BadInput
            If there is no such set.
        """
        if name not in self.sets:
            raise unknown("payoffs: sets", "elasticity set", name, self.sets)
        e = [self.sets.index(name)]
        return replace(
            self,
            sets=(name,),
            traffic=self.traffic[e],
            value=self.value[e],
            options={k: v[e] for k, v in self.options.items()},
            option_traffic={k: np.asarray(v)[e] for k, v in self.option_traffic.items()},
        )

    def line(self) -> Payoffs:
        """Give the stances alone, without the options."""
        return replace(self, options={}, option_traffic={})

    def names(self) -> tuple[str, ...]:
        """Names of the options, in order."""
        return tuple(self.options)


def _check_players(players: tuple[str, ...], levers: tuple[str, str]) -> None:
    where = "payoffs: players"
    if len(players) != 3 or len(levers) != 2:
        raise BadInput(
            where, f"{len(players)} players and {len(levers)} levers", "give K, W, R and the levers of W, R"
        )
    if players[FOCAL] in players[1:]:
        raise BadInput(
            where, f"the focal state {players[0]} is among the powers", "choose another focal state or power"
        )
    if players[WEST] == players[EAST]:
        raise BadInput(where, f"{players[1]} is both powers", "name two powers")


def _check_stance(stance: Array) -> None:
    where = "payoffs: stance"
    if stance.size == 0:
        raise BadInput(
            where, "the stance set is empty", "give at least full tolerance (0) and strict compliance (1)"
        )
    if stance.ndim != 2 or stance.shape[1] > 2:
        raise BadInput(
            where, f"has shape {stance.shape}", "give [stance, group] with one or two goods groups"
        )
    _check_array(where, stance, stance.shape)
    _check_share(where, stance)
    for level, name in ((0.0, "full tolerance"), (1.0, "strict compliance")):
        if not np.all(stance == level, axis=1).any():
            raise BadInput(
                where, f"{name} ({level:g} in every group) is missing", "add it: both poles are compared"
            )


def _check_array(where: str, values: Array, shape: tuple[int, ...]) -> None:
    if values.shape != shape:
        raise BadInput(where, f"has shape {values.shape}", f"give {shape}")
    if not np.isfinite(values).all():
        place = [int(i) for i in np.argwhere(~np.isfinite(values))[0]]
        raise BadInput(where, f"is not a number at {place}", "solve that state, or leave the stance out")


def _check_share(where: str, values: Array) -> None:
    if values.min() < -SLACK or values.max() > 1.0 + SLACK:
        raise BadInput(where, f"runs from {values.min():g} to {values.max():g}", "keep it between 0 and 1")


def _option_traffic(
    given: Mapping[str, Array | float], options: Mapping[str, Array], sets: int
) -> dict[str, Array]:
    found = {}
    for name, value in given.items():
        if name not in options:
            raise unknown("payoffs: option_traffic", "option", name, options)
        found[name] = np.broadcast_to(np.asarray(value, dtype=np.float64), (sets,))
        _check_array(f"payoffs: option_traffic: {name}", found[name], (sets,))
        _check_share(f"payoffs: option_traffic: {name}", found[name])
    return found
