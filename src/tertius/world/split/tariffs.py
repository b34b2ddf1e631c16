# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What the pieces charge on imports, and what is charged on their exports."""

from __future__ import annotations

from datetime import date

import numpy as np

from tertius.errors import unknown
from tertius.labels import resolve
from tertius.world.accounts import Array
from tertius.world.split.families import Frame
from tertius.world.split.margins import MarginsFile
from tertius.world.world import World

__all__ = ["piece_tariffs"]

SERVICES = "SERV"


def piece_tariffs(parent: World, file: MarginsFile, frame: Frame) -> tuple[Array, Array]:
    """Give the import tariffs of each piece.

    Parameters
    ----------
    parent
        The world that is split.
    file
        Each piece's rule: the tariffs of another importer (a customs union), or one average rate.
    frame
        Labels.

    Returns
    -------
    tuple
        On outside exporters ``[piece, a, sector]`` and on members ``[piece, member, sector]``, ad valorem.
        Without a rule both are what the parent has for the region. Partners named as free pay nothing;
        so do services and own sales. What others charge on the region stays as the parent has it.
    """
    r = parent.countries.index(frame.region)
    out = [parent.countries.index(c) for c in frame.outside]
    on_outside = np.tile(parent.tariff_values[out, r], (len(frame.pieces), 1, 1))
    on_members = np.tile(parent.tariff_values[r, r], (len(frame.pieces), len(frame.members), 1))
    goods = np.array([s != SERVICES for s in frame.sectors])
    for m, (name, piece) in enumerate(file.pieces.items()):
        rule, where = piece.tariff, f"{file.name}: pieces.{name}.tariff"
        if rule.like:
            if rule.like not in frame.outside:
                raise unknown(f"{where}.like", "country of the parent", rule.like, frame.outside)
            like = parent.countries.index(rule.like)
            on_outside[m] = parent.tariff_values[out, like]
            on_members[m] = parent.tariff_values[r, like]
            on_outside[m, frame.outside.index(rule.like)] = 0.0
        elif rule.rate:
            on_outside[m] = on_members[m] = rule.rate * goods
        if rule.free:
            free = resolve(rule.free, frame.known, date(frame.year, 12, 31), f"{where}.free")
            on_outside[m, [frame.outside.index(c) for c in free if c in frame.outside]] = 0.0
            on_members[m, [frame.members.index(c) for c in free if c in frame.members]] = 0.0
        on_members[m, m] = 0.0
    return on_outside, on_members
