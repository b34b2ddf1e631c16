# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a margins file must satisfy before it is solved; every fault is named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertius.data.anchors import anchors_for
from tertius.errors import BadInput, unknown
from tertius.labels import known_countries
from tertius.world.accounts import Array
from tertius.world.split.entropy import Ints
from tertius.world.split.families import Frame
from tertius.world.split.layout import RegionCells
from tertius.world.split.margins import Margin, MarginsFile
from tertius.world.world import World

__all__ = ["check_file", "check_margins", "words"]

FACTOR = 5.0  # a GDP farther from its anchor than this has the wrong unit
ALLOWED = 3.0  # standard deviations that margins may lie apart
SHOWN = 5


def check_file(parent: World, file: MarginsFile) -> Frame:
    """Prove that the labels of a file fit a world, and give them in order.

    Raises
    ------
    BadInput
        If the region, a piece, a donor or a margin's piece is not where it must be, or a GDP is missing.
    """
    where = file.name
    real = set(parent.countries) <= set(known_countries())  # a made-up world may have made-up pieces
    if file.region not in parent.countries:
        raise unknown(f"{where}: region", f"country of {parent.name}", file.region, parent.countries)
    for name, piece in file.pieces.items():
        if name in parent.countries:
            raise BadInput(f"{where}: pieces.{name}", f"{name} is already in {parent.name}", "leave it out")
        if real and name not in known_countries():
            raise unknown(f"{where}: pieces", "country code", name, known_countries())
        for partner in (*piece.donors, *piece.near):
            if partner not in (*parent.countries, *file.pieces) or (
                partner in piece.donors and partner not in parent.countries
            ):
                raise unknown(f"{where}: pieces.{name}", "country", partner, parent.countries)
    for j, m in enumerate(file.margins):
        if m.piece not in file.pieces:
            raise unknown(f"{where}: margins[{j}].piece", "piece", m.piece, file.pieces)
    sized = [m.piece for m in file.margins if m.quantity == "gdp"]
    if missing := [p for p in file.pieces if p not in sized]:
        raise BadInput(where, f"no gdp for {', '.join(missing)}", "add a margin of quantity gdp for each")
    if double := sorted({p for p in sized if sized.count(p) > 1}):
        raise BadInput(where, f"more than one gdp for {', '.join(double)}", "keep one")
    outside = tuple(c for c in parent.countries if c != file.region)
    return Frame(tuple(file.pieces), file.region, outside, parent.sectors, parent.year or 2021)


def check_margins(
    parent: World, file: MarginsFile, frame: Frame, cells: RegionCells, covered: Sequence[Ints]
) -> None:
    """Prove that margins can be met: units, the region's size, and each other.

    Raises
    ------
    BadInput
        Naming the margins, the gap and what their reliabilities allow.
    """
    faults = [*_units(parent, file), *_too_large(file, frame, cells, covered), *_apart(file.margins, covered)]
    if faults:
        more = f" and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise BadInput(
            file.name, "; ".join(faults[:SHOWN]) + more, "correct the margins or their reliability"
        )


def words(m: Margin) -> str:
    """Name a margin for people.

    Examples
    --------
    >>> words(Margin(quantity="exports", piece="KGZ", partner="RUS", sectors="goods", value=1, reliability=1))
    'exports of KGZ to RUS, goods'
    """
    if m.quantity == "gdp":
        return f"gdp of {m.piece}"
    if m.quantity == "value_added":
        return f"value added of {m.piece}, {m.sectors}"
    return f"{m.quantity} of {m.piece} {'to' if m.quantity == 'exports' else 'from'} {m.partner}, {m.sectors}"


def _units(parent: World, file: MarginsFile) -> list[str]:
    known = {a.country: 1e3 * a.value for a in anchors_for(parent.year) if a.quantity == "gdp"}
    faults = []
    for m in file.margins:
        anchor = known.get(m.piece)
        if m.quantity == "gdp" and anchor and not 1 / FACTOR < m.value / anchor < FACTOR:
            faults.append(
                f"{words(m)} is {m.value:,.0f} USD million, {m.value / anchor:.3g} times the published"
                f" {anchor:,.0f}: is the unit right?"
            )
    return faults


def _too_large(file: MarginsFile, frame: Frame, cells: RegionCells, covered: Sequence[Ints]) -> list[str]:
    """Margins that want more than the region has in the same cells, all pieces together for GDP."""
    room = _room(frame, cells)
    faults = []
    for m, c in zip(file.margins, covered, strict=True):
        most = float(room[c].sum())
        if m.value > most * np.exp(ALLOWED * m.reliability):
            faults.append(
                f"{words(m)} is {m.value:,.0f} USD million, but {file.region} has {most:,.0f} in all"
            )
    sizes = [m for m in file.margins if m.quantity == "gdp"]
    together, most = sum(m.value for m in sizes), float(cells.value_added.sum())
    if together >= most and not faults:
        faults.append(f"the pieces' gdp is {together:,.0f} USD million, {file.region} has {most:,.0f}")
    return faults


def _room(frame: Frame, cells: RegionCells) -> Array:
    """The region's total behind every cell."""
    layout = frame.layout
    blocks = {
        name: np.broadcast_to(np.expand_dims(getattr(cells, name), (0, 1) if name == "inner" else 0), shape)
        for name, shape in layout.shapes.items()
    }
    return layout.join(blocks)


def _apart(margins: Sequence[Margin], covered: Sequence[Ints]) -> list[str]:
    """Parts of a margin that add up to more than it, or the same cells given two values."""
    faults = []
    sets = [frozenset(c.tolist()) for c in covered]
    by_piece: dict[tuple[str, bool], list[int]] = {}
    for j, m in enumerate(margins):
        by_piece.setdefault((m.piece, m.quantity in ("gdp", "value_added")), []).append(j)
    for group in by_piece.values():
        order = sorted(group, key=lambda j: len(sets[j]))
        for whole in order:
            parts, used = [], set[int]()
            for j in order:
                if j != whole and len(sets[j]) <= len(sets[whole]) and sets[j] <= sets[whole]:
                    if sets[j] == sets[whole] and j > whole:
                        continue
                    if not used & sets[j]:
                        parts.append(j)
                        used |= sets[j]
            if parts:
                faults += _gap(margins, whole, parts, complete=len(used) == len(sets[whole]))
    return faults


def _gap(margins: Sequence[Margin], whole: int, parts: list[int], complete: bool) -> list[str]:
    total = sum(margins[j].value for j in parts)
    spread = np.sqrt(sum((margins[j].value * margins[j].reliability) ** 2 for j in parts)) / total
    m = margins[whole]
    allowed = ALLOWED * float(np.hypot(spread, m.reliability))
    gap = float(np.log(total / m.value))
    if gap <= allowed and not (complete and -gap > allowed):
        return []
    names = (
        words(margins[parts[0]])
        if len(parts) == 1
        else f"its {len(parts)} parts ({words(margins[parts[0]])}, ...)"
    )
    return [
        f"{words(m)} is {m.value:,.0f} USD million but {names} {'is' if len(parts) == 1 else 'are'}"
        f" {total:,.0f}: apart by {100 * abs(np.expm1(gap)):.0f} %, reliabilities allow"
        f" {100 * np.expm1(allowed):.0f} %"
    ]
