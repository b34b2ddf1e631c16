# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Expected payoffs of a stance: the four states, weighted by independent strikes (METHODS, section 8)."""

from __future__ import annotations

import numpy as np

from tertius.choice.credible import admitted
from tertius.choice.hazards import hazard
from tertius.choice.payoffs import FOCAL, Payoffs
from tertius.choice.setting import Setting
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["expected", "option_expected", "states", "strikes"]


def strikes(payoffs: Payoffs, setting: Setting) -> tuple[Array, Array]:
    """Probabilities that W and that R strikes, by set and stance.

    Parameters
    ----------
    payoffs, setting
        Arrays in the setting broadcast together; ``...`` is their shape.

    Returns
    -------
    tuple of numpy.ndarray
        p_W and p_R, each ``[..., E, n]``, zero where the lever is not credible.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> [p.tolist() for p in strikes(line(3), Setting(west=0.4, east=0.8, power=1.0))]
    [[[0.4, 0.2, 0.0]], [[0.0, 0.4, 0.8]]]
    """
    return _strikes(payoffs, setting, payoffs.traffic)


def _strikes(payoffs: Payoffs, setting: Setting, y: Array) -> tuple[Array, Array]:
    power = setting.wide("power")
    west, east = admitted(payoffs, setting)
    return (
        hazard(y, setting.wide("west"), power, "setting: west") * west[..., None],
        hazard(1.0 - y, setting.wide("east"), power, "setting: east") * east[..., None],
    )


def states(payoffs: Payoffs, setting: Setting, player: int = FOCAL) -> tuple[Array, Array, Array, Array]:
    """Payoff without strikes, what W's and R's strike add to it, and what the two add together beyond that.

    Scales of penalties and rent touch the focal state only; the joint part carries both penalties.

    Returns
    -------
    tuple of numpy.ndarray
        Calm, west, east, joint, each ``[..., E, n]`` in USD million.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> [part[0, 0].item() for part in states(line(3), Setting(0.1, 0.1, penalty_west=2.0))]
    [1.0, -20.0, -10.0, 0.0]
    """
    calm, west, east, joint = _parts(payoffs.value[:, player])
    if player != FOCAL:
        return calm, west, east, joint
    pole = calm[:, [payoffs.poles[1]]]
    a, b = setting.wide("penalty_west"), setting.wide("penalty_east")
    return calm + (setting.wide("rent") - 1.0) * (calm - pole), a * west, b * east, a * b * joint


def _parts(value: Array) -> tuple[Array, Array, Array, Array]:
    calm = value[..., 0, 0]
    west, east = value[..., 1, 0] - calm, value[..., 0, 1] - calm
    return calm, west, east, value[..., 1, 1] - calm - west - east


def expected(payoffs: Payoffs, setting: Setting, player: int = FOCAL) -> Array:
    """Expected payoff of every stance, exact real income of each state weighted by its probability.

    Parameters
    ----------
    payoffs, setting
        Arrays in the setting broadcast together; ``...`` is their shape.
    player
        0 focal state, 1 western, 2 eastern power.

    Returns
    -------
    numpy.ndarray
        ``[..., E, n]``, USD million.

    Examples
    --------
    >>> from tertius.choice.example import line
    >>> expected(line(3, rent=4.0), Setting(west=0.4, east=0.0, power=1.0)).tolist()
    [[0.0, 0.0, 0.0]]
    """
    return _weigh(states(payoffs, setting, player), strikes(payoffs, setting))


def _weigh(parts: tuple[Array, Array, Array, Array], p: tuple[Array, Array]) -> Array:
    calm, west, east, joint = parts
    return calm + p[0] * west + p[1] * (east + p[0] * joint)


def option_expected(payoffs: Payoffs, setting: Setting, player: int = FOCAL) -> Array:
    """Expected payoff of every option, the hazards taken at the traffic under it.

    Returns
    -------
    numpy.ndarray
        ``[..., E, O]``, USD million, options in the order of ``payoffs.names()``.

    Raises
    ------
    BadInput
        If an option has no traffic: it would not be known whom it provokes.
    """
    names = payoffs.names()
    missing = [name for name in names if name not in payoffs.option_traffic]
    if missing:
        raise BadInput(
            "payoffs: option_traffic",
            f"nothing for {', '.join(missing)}",
            "give its traffic: 0 provokes only the eastern power, 1 only the western one",
        )
    value = np.stack([payoffs.options[name] for name in names], axis=2)[:, player]
    traffic = np.stack([payoffs.option_traffic[name] for name in names], axis=1)
    calm, west, east, joint = _parts(value)
    if player == FOCAL:
        a, b = setting.wide("penalty_west"), setting.wide("penalty_east")
        west, east, joint = a * west, b * east, a * b * joint
    return _weigh((calm, west, east, joint), _strikes(payoffs, setting, traffic))
