# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What arrays must satisfy before they may be called a world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tertius.errors import BadInput
from tertius.world.accounts import Array

if TYPE_CHECKING:
    from tertius.world.world import World

__all__ = ["validated"]

CLOSE = 1e-9  # accounts given by a user must agree to this share of the country's use


def validated(world: World, final_demand: Array | None) -> None:
    """Raise one error that lists everything wrong with a world's arrays.

    Parameters
    ----------
    world
        The candidate.
    final_demand
        ``[country, sector]`` as given by the user, or None.

    Raises
    ------
    BadInput
        With the place and size of each fault (the worst first, at most five a kind).
    """
    where = f"world {world.name}"
    faults = [*_label_faults(world), *_shape_faults(world)]
    if not faults:
        faults = list(_value_faults(world))
    if not faults:
        faults = list(_account_faults(world, final_demand))
    if faults:
        raise BadInput(where, "; ".join(faults), "correct the arrays")


def _label_faults(world: World) -> Iterable[str]:
    for kind, labels in (("country", world.countries), ("sector", world.sectors)):
        if not labels:
            yield f"there is no {kind}"
        if strange := [x for x in labels if not isinstance(x, str) or not x]:
            yield f"{kind} {strange[0]!r} is not a name"
            continue
        double = sorted({x for x in labels if labels.count(x) > 1})
        if double:
            yield f"{kind} {', '.join(double)} appears more than once"


def _shape_faults(world: World) -> Iterable[str]:
    n, s = len(world.countries), len(world.sectors)
    expected = {
        "trade": (world.trade_values, (n, n, s)),
        "tariff": (world.tariff_values, (n, n, s)),
        "input_share": (world.input_share_values, (n, s, s)),
        "elasticity": (world.elasticity_values, (s,)),
        "final_trade": (_final_trade(world), (n, n, s)),
    } | {f"elasticity set {k}": (v, (s,)) for k, v in world.elasticity_sets.items()}
    for name, (array, shape) in expected.items():
        if array.shape != shape:
            yield f"{name} has shape {array.shape}, expected {shape} for {n} countries and {s} sectors"


def _final_trade(world: World) -> Array:
    """Trade for final use, or all trade where it is not known."""
    return world.trade_values if world.final_trade_values is None else world.final_trade_values


def _value_faults(world: World) -> Iterable[str]:
    c, s = world.countries, world.sectors
    flow, cost = (c, c, s), (c, s, s)
    yield from _places("trade is not a finite number >= 0", world.trade_values, flow, low=0.0)
    yield from _places("tariff is not a finite number > -1", world.tariff_values, flow, low=-1 + 1e-12)
    yield from _places("input_share is not between 0 and 1", world.input_share_values, cost, 0.0, 1.0)
    yield from _places("elasticity is not a finite number > 0", world.elasticity_values, (s,), low=1e-12)
    if world.final_trade_values is not None:
        most = world.trade_values * (1 + 1e-9) - world.final_trade_values
        yield from _places("final_trade is not a finite number >= 0", _final_trade(world), flow, low=0.0)
        over = np.minimum(most, 0.0)
        yield from _places("final_trade is more than trade by USD million", over, flow, low=0.0)
    for name, theta in world.elasticity_sets.items():
        yield from _places(f"elasticity set {name} is not > 0", theta, (s,), low=1e-12)
    spent = world.input_share_values.sum(axis=1)
    yield from _places("inputs cost more than the output (value added < 0)", spent, (c, s), high=1 + 1e-12)


def _account_faults(world: World, given: Array | None) -> Iterable[str]:
    a = world.accounts
    labels = (world.countries, world.sectors)
    if given is not None:
        if given.shape != a.final_demand.shape:
            yield f"final_demand has shape {given.shape}, expected {a.final_demand.shape}"
            return
        gap = np.abs(given - a.final_demand) / np.maximum(a.expenditure.sum(axis=1, keepdims=True), 1e-300)
        yield from _places(
            "accounts do not close: use - intermediate - final, share of use", gap, labels, high=CLOSE
        )
    floor = -1e-12 * a.expenditure.sum(axis=1, keepdims=True)
    negative = np.where(a.final_demand < floor, a.final_demand, 0.0)
    yield from _places("final demand would be negative, USD million", negative, labels, low=0.0)
    if world.final_trade_values is not None:
        bought = ((1.0 + world.tariff_values) * world.final_trade_values).sum(axis=0)
        gap = np.abs(bought - a.final_demand) / np.maximum(a.expenditure.sum(axis=1, keepdims=True), 1e-300)
        yield from _places(
            "final_trade does not add up to final demand, share of use", gap, labels, high=CLOSE
        )
    idle = np.where(a.final_demand.sum(axis=1) <= 0, -1.0, 0.0)
    yield from _places("a country has no final demand", idle, (world.countries,), low=0.0)


def _places(
    what: str, values: Array, labels: Sequence[Sequence[str]], low: float = -np.inf, high: float = np.inf
) -> Iterable[str]:
    finite = np.isfinite(values)
    bad = ~(finite & (values >= low) & (values <= high))
    if not bad.any():
        return
    number = np.where(finite, values, 0.0)
    badness = np.where(finite, np.maximum(low - number, number - high), np.inf)
    order = np.argsort(np.where(bad, -badness, np.inf), axis=None)[: min(5, int(bad.sum()))]
    places = []
    for flat in order:
        index = np.unravel_index(flat, values.shape)
        label = " ".join(names[i] for names, i in zip(labels, index, strict=True))
        places.append(f"{label} ({values[index]:.6g})")
    more = f" and {int(bad.sum()) - 5} more" if bad.sum() > 5 else ""
    yield f"{what}: {', '.join(places)}{more}"
