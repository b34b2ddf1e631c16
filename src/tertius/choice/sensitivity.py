# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Which assumption decides: Sobol indices of the outcome over all that is assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tertius.choice.axes import Axis
from tertius.choice.best_reply import DELTA, BestReply, best_reply
from tertius.choice.payoffs import Payoffs
from tertius.choice.setting import Setting
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput, unknown

__all__ = ["OUTCOMES", "Sensitivity", "sobol"]

OUTCOMES = ("neutral", "traffic", "value")


@dataclass(frozen=True, eq=False, slots=True)
class Sensitivity:
    """Parts of the variance of one outcome.

    Attributes
    ----------
    outcome
        ``neutral`` (0 or 1), ``traffic`` (y*) or ``value`` (of neutrality, percent).
    factors
        Swept parameters, then ``set`` and ``payoffs`` where there is more than one (F).
    first, total
        ``[F]`` share of variance by the factor alone, and with all its interactions; zero if nothing varies.
    mean, variance
        Of the outcome.
    draws, seed
        Base sample size and the seed.
    """

    outcome: str
    factors: tuple[str, ...]
    first: Array
    total: Array
    mean: float
    variance: float
    draws: int
    seed: int

    @property
    def decisive(self) -> str:
        """Factor with the largest total index."""
        return self.factors[int(np.argmax(self.total))]


def sobol(
    variants: Mapping[str, Payoffs],
    setting: Setting,
    factors: Sequence[Axis],
    outcome: str = "neutral",
    draws: int = 1024,
    seed: int = 2022,
    delta: float = DELTA,
) -> Sensitivity:
    """First-order and total Sobol indices over assumptions, each with its own prior.

    Parameters
    ----------
    variants
        Payoffs under different values of nu, e, q, by name; all with the same elasticity sets.
    setting
        Where parameters stay that are not swept.
    factors
        Swept parameters and their ranges, the prior even on each one's scale.
    outcome
        What varies, one of ``OUTCOMES``.
    draws
        Base sample, a power of two; the model is run ``draws (F + 2)`` times.
    seed
        Of the scrambled Sobol sequence.
    delta
        As in :func:`~tertius.choice.best_reply.best_reply`.

    Returns
    -------
    Sensitivity
        One row per factor.

    Raises
    ------
    BadInput
        If there is nothing to vary, no such outcome, ``draws`` is no power of two, or variants have
        different sets.

    Examples
    --------
    >>> from tertius.choice.axes import PRIOR
    >>> from tertius.choice.example import line
    >>> found = sobol({"central": line(rent=0.5)}, Setting(0.1, 0.1, power=2.0), PRIOR, "traffic", 256)
    >>> found.factors, bool((found.total >= found.first - 0.05).all())
    (('west', 'east'), True)

    Source: Saltelli et al. (2010), Computer Physics Communications 181(2).
    """
    from scipy.stats import sobol_indices, uniform

    names = _factors(variants, factors, outcome, draws)
    kinds = list(variants.values())

    def run(share: Array) -> Array:
        return _outcomes(kinds, setting, factors, names, outcome, delta, share)

    probe = run(np.random.default_rng(seed).random((len(names), draws)))
    mean, variance = float(probe.mean()), float(probe.var())
    if np.ptp(probe) <= 1e-12 * max(1.0, abs(mean)):
        nothing = np.zeros(len(names))
        return Sensitivity(outcome, names, nothing, nothing, mean, 0.0, draws, seed)
    found = sobol_indices(
        func=lambda x: run(x)[None, :],
        n=draws,
        dists=[uniform()] * len(names),
        rng=np.random.default_rng(seed),
    )
    first, total = (np.asarray(i, dtype=np.float64).ravel() for i in (found.first_order, found.total_order))
    return Sensitivity(outcome, names, first, total, mean, variance, draws, seed)


def _factors(
    variants: Mapping[str, Payoffs], factors: Sequence[Axis], outcome: str, draws: int
) -> tuple[str, ...]:
    if outcome not in OUTCOMES:
        raise unknown("sensitivity", "outcome", outcome, OUTCOMES)
    if draws < 2 or draws & (draws - 1):
        raise BadInput("sensitivity: draws", f"{draws} is no power of two", "give for example 1024")
    sets = {p.sets for p in variants.values()}
    if len(sets) != 1:
        raise BadInput(
            "sensitivity: variants", f"{len(sets)} lists of elasticity sets", "give one and the same"
        )
    swept = [a.parameter for a in factors]
    names = (*swept, *(["set"] if len(sets.pop()) > 1 else []), *(["payoffs"] if len(variants) > 1 else []))
    if not names or len(set(swept)) != len(swept):
        raise BadInput("sensitivity: factors", "nothing to vary, or one parameter twice", "name each once")
    return names


def _outcomes(
    kinds: list[Payoffs],
    setting: Setting,
    factors: Sequence[Axis],
    names: tuple[str, ...],
    outcome: str,
    delta: float,
    share: Array,
) -> Array:
    """Outcome at ``[F, m]`` places in the unit cube; one pass per pair of payoffs and elasticity set."""
    rows = dict(zip(names, share, strict=True))
    nothing = np.zeros(share.shape[1])
    sets = kinds[0].sets
    which_set = np.minimum((rows.get("set", nothing) * len(sets)).astype(int), len(sets) - 1)
    which_kind = np.minimum((rows.get("payoffs", nothing) * len(kinds)).astype(int), len(kinds) - 1)
    out = np.empty(share.shape[1])
    for i, kind in enumerate(kinds):
        for e, name in enumerate(sets):
            here = np.flatnonzero((which_set == e) & (which_kind == i))
            at = setting
            for axis in factors:
                at = at.at(axis.parameter, axis.at(rows[axis.parameter][here]))
            if len(here):
                out[here] = _pick(best_reply(kind.only(name), at, delta), outcome)
    return out


def _pick(reply: BestReply, outcome: str) -> Array:
    found = {"neutral": reply.neutral, "traffic": reply.traffic, "value": reply.value}[outcome]
    return np.asarray(found[..., 0], dtype=np.float64)
