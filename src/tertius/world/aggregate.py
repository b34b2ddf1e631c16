# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Merging countries and sectors without losing money on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tertius.errors import BadInput, unknown
from tertius.world.accounts import Array, ratio

if TYPE_CHECKING:
    from tertius.world.world import World

__all__ = ["aggregated"]


def aggregated(
    world: World, countries: Mapping[str, Sequence[str]], sectors: Mapping[str, Sequence[str]]
) -> World:
    """Merge countries and sectors; see :meth:`World.aggregate`.

    Own sales of a merged region include the trade between its members; tariffs inside it become
    the trade-weighted mean, so its revenue is unchanged.
    """
    from tertius.world.world import World

    names_c, to_c = _membership(world, "country", world.countries, countries)
    names_s, to_s = _membership(world, "sector", world.sectors, sectors)

    def merge(flows: Array) -> Array:
        return np.einsum("ai,bn,cs,ins->abc", to_c, to_c, to_s, flows, optimize=True)

    trade = merge(world.trade_values)
    duty = merge(world.tariff_values * world.trade_values)
    simple = ratio(merge(world.tariff_values), merge(np.ones_like(world.tariff_values)))
    tariff = np.where(trade > 0, ratio(duty, trade), simple)
    use = world.input_share_values * world.accounts.output[:, None, :]
    cost = np.einsum("an,bk,cs,nks->abc", to_c, to_s, to_s, use, optimize=True)
    output = trade.sum(axis=1)
    idle = ratio(
        np.einsum("an,bk,cs,nks->abc", to_c, to_s, to_s, world.input_share_values, optimize=True),
        to_c.sum(1)[:, None, None] * to_s.sum(1)[None, None, :],
    )
    abroad = world.trade_values.sum(axis=(0, 1)) - np.einsum("nns->s", world.trade_values)
    weight = to_s * np.maximum(abroad, 1e-12)[None, :]
    mean = weight / weight.sum(axis=1, keepdims=True)
    return World.from_arrays(
        names_c,
        names_s,
        trade=trade,
        tariff=tariff,
        input_share=np.where(output[:, None, :] > 0, ratio(cost, output[:, None, :]), idle),
        elasticity=mean @ world.elasticity_values,
        final_trade=None
        if world.final_trade_values is None
        else merge((1.0 + world.tariff_values) * world.final_trade_values) / (1.0 + tariff),
        year=world.year,
        name=f"{world.name}-{len(names_c)}x{len(names_s)}",
        elasticity_name=world.elasticity_name,
        elasticity_sets={k: mean @ v for k, v in world.elasticity_sets.items()},
        record=dict(world.record) | {"aggregated_from": world.name},
    )


def _membership(
    world: World, kind: str, labels: tuple[str, ...], merges: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, ...], Array]:
    where = f"aggregate: {kind}"
    owner: dict[str, str] = {}
    for new, members in merges.items():
        if not members:
            raise BadInput(f"{where} {new!r}", "has no members")
        for m in members:
            if m not in labels:
                raise unknown(f"{where} {new!r}", kind, m, labels)
            if m in owner:
                raise BadInput(f"{where} {new!r}", f"{m!r} is already part of {owner[m]!r}")
            owner[m] = new
    kept = [x for x in labels if x not in owner]
    clash = sorted(set(kept) & set(merges))
    if clash:
        raise BadInput(where, f"{', '.join(clash)} is both a new name and a {kind} that stays", "rename it")
    names = tuple(dict.fromkeys(owner.get(x, x) for x in labels))
    matrix = np.zeros((len(names), len(labels)))
    for j, x in enumerate(labels):
        matrix[names.index(owner.get(x, x)), j] = 1.0
    return names, matrix
