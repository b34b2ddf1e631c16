# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Splitting one region of a world into pieces and a rest, so that nothing outside it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from tertius.world.accounts import Array, ratio
from tertius.world.split.checks import check_file, check_margins
from tertius.world.split.families import Frame, cells_of
from tertius.world.split.layout import region_cells
from tertius.world.split.margins import Margin, MarginsFile, Piece
from tertius.world.split.seeds import seed_blocks
from tertius.world.split.solve import closed, rounded_shares, solve_cells
from tertius.world.split.tariffs import piece_tariffs
from tertius.world.world import World

__all__ = ["Split", "split_world"]


@dataclass(frozen=True, eq=False)
class Split:
    """A region of a parent world cut into pieces; what is left is the parent less the pieces.

    Attributes
    ----------
    parent, frame
        The world that was split, and the labels.
    pieces, margins
        What the margins file said, USD million.
    exports, imports
        ``[piece, a, sector]``, trade with each outside country ``a``, USD million.
    inner
        ``[member, member, sector]``, trade among members and own sales; the last cell is not used.
    input_share
        ``[piece, input, sector]``.
    tariff_outside, tariff_members
        ``[piece, a, sector]`` and ``[piece, member, sector]``: import tariffs of the pieces.
    name, record
        Name of the new world; how it was made.
    """

    parent: World
    frame: Frame
    pieces: Mapping[str, Piece]
    margins: tuple[Margin, ...]
    exports: Array
    imports: Array
    inner: Array
    input_share: Array
    tariff_outside: Array
    tariff_members: Array
    name: str
    record: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Labels of the new world: the pieces stand where the region stood, before what is left of it."""
        names = list(self.parent.countries)
        r = names.index(self.frame.region)
        return (*names[:r], *self.frame.members, *names[r + 1 :])

    @cached_property
    def blocks(self) -> dict[str, Array]:
        """All cells by block, as :class:`Layout` has them: what is left of the region comes last."""
        cells = region_cells(self.parent, self.frame.region)
        inner = self.inner.copy()
        inner[-1, -1] = 0.0
        inner[-1, -1] = cells.inner - inner.sum(axis=(0, 1))
        exports = closed(self.exports, cells.exports)
        imports = closed(self.imports, cells.imports)
        output = exports.sum(axis=1) + inner.sum(axis=1)
        use = closed(self.input_share * output[:-1, None, :], cells.use)
        duty = np.einsum("as,mas->ms", self._parent_tariff, imports)
        bought = imports.sum(axis=1) + inner.sum(axis=0) + duty
        return {
            "exports": exports, "imports": imports, "inner": inner, "use": use,
            "value_added": output - use.sum(axis=1), "final": bought - use.sum(axis=2), "duty": duty,
        }  # fmt: skip

    @property
    def _parent_tariff(self) -> Array:
        out = [self.parent.countries.index(c) for c in self.frame.outside]
        return self.parent.tariff_values[out, self.parent.countries.index(self.frame.region)]

    def world(self, tariffs: bool = True) -> World:
        """Give the new world.

        Parameters
        ----------
        tariffs
            Whether the pieces charge their own tariffs; if not, those the parent has for the region.

        Returns
        -------
        World
            Everything outside the region is the parent's, bit for bit. Own tariffs raise what the pieces
            pay and earn on imports, never a flow before tariff.
        """
        b, p = self.blocks, self.parent
        out, mem = self._places
        n, s = len(self.countries), len(p.sectors)
        old = [p.countries.index(c) for c in self.frame.outside]
        r = p.countries.index(self.frame.region)
        trade, tariff, share = np.zeros((n, n, s)), np.zeros((n, n, s)), np.zeros((n, s, s))
        trade[np.ix_(out, out)] = p.trade_values[np.ix_(old, old)]
        trade[np.ix_(mem, out)], trade[np.ix_(out, mem)] = b["exports"], b["imports"].transpose(1, 0, 2)
        trade[np.ix_(mem, mem)] = b["inner"]
        tariff[np.ix_(out, out)] = p.tariff_values[np.ix_(old, old)]
        tariff[np.ix_(mem, out)] = p.tariff_values[r, old][None]
        tariff[np.ix_(out, mem)] = self._parent_tariff[:, None]
        if tariffs:
            tariff[np.ix_(out, mem[:-1])] = self.tariff_outside.transpose(1, 0, 2)
            tariff[np.ix_(mem, mem[:-1])] = self.tariff_members.transpose(1, 0, 2)
        output = b["exports"].sum(axis=1) + b["inner"].sum(axis=1)
        share[out] = p.input_share_values[old]
        share[mem[:-1]] = self.input_share
        share[mem[-1]] = ratio(b["use"][-1], np.broadcast_to(output[-1], b["use"][-1].shape))
        return World.from_arrays(
            self.countries,
            p.sectors,
            trade=trade,
            tariff=tariff,
            input_share=share,
            elasticity=p.elasticity_values,
            year=p.year,
            name=self.name,
            elasticity_name=p.elasticity_name,
            elasticity_sets=p.elasticity_sets,
            record=self.record,
        )

    @property
    def _places(self) -> tuple[list[int], list[int]]:
        """Where outside countries and members stand in the new world."""
        return (
            [self.countries.index(c) for c in self.frame.outside],
            [self.countries.index(c) for c in self.frame.members],
        )

    def merged(self) -> World:
        """Put the pieces back: the parent again, to rounding (own tariffs of the pieces are left out)."""
        return self.world(tariffs=False).aggregate(countries={self.frame.region: self.frame.members})

    def file(self) -> MarginsFile:
        """Give the margins file that the split was made from, to edit and split again."""
        known = [*self.parent.record.get("sources", []), "assumption"]
        return MarginsFile(
            schema_version=1,
            name=self.name,
            title=str(self.record.get("title", "")),
            parent=self.parent.name,
            region=self.frame.region,
            pieces=dict(self.pieces),
            margins=self.margins,
            sources=tuple(s for s in self.record.get("sources", ()) if s not in known),
            notes=tuple(self.record.get("notes", ())),
        )


def split_world(parent: World, file: MarginsFile, check: bool = True) -> Split:
    """Split a region of a world by entropy, from the margins of a file.

    Parameters
    ----------
    parent
        The world.
    file
        Pieces, donors and margins; values in USD million.
    check
        Whether margins that contradict each other, the units or the region stop the split.

    Returns
    -------
    Split

    Raises
    ------
    BadInput
        If the file does not fit the parent, or its margins do not fit each other: which, and by how much.
    NotSolved
        If the factors do not come to rest.

    Notes
    -----
    Cross-entropy estimation with margins of stated reliability follows Golan, Judge & Robinson (1994), Rev.
    Econ. Stat. 76:541-549; pieces and rest add up to the parent exactly because the rest is the difference.
    """
    frame = check_file(parent, file)
    layout = frame.layout
    index = layout.index()
    cells = region_cells(parent, file.region)
    covered = [cells_of(m, frame, index, f"{file.name}: margins[{j}]") for j, m in enumerate(file.margins)]
    if check:
        check_margins(parent, file, frame, cells, covered)
    gdp = {m.piece: m.value for m in file.margins if m.quantity == "gdp"}
    seeds = seed_blocks(parent, file.region, cells, file, [gdp[p] for p in frame.pieces])
    blocks, story = solve_cells(frame, cells, layout.join(seeds), file.margins, covered)
    return assemble(parent, file, frame, blocks, story)


def assemble(
    parent: World, file: MarginsFile, frame: Frame, blocks: dict[str, Array], story: dict[str, Any]
) -> Split:
    """Make a split of solved blocks, with the tariffs of the file and a record."""
    on_outside, on_members = (
        t.astype(np.float32).astype(np.float64) for t in piece_tariffs(parent, file, frame)
    )
    inner = blocks["inner"].copy()
    inner[-1, -1] = 0.0
    return Split(
        parent, frame, dict(file.pieces), file.margins, blocks["exports"][:-1], blocks["imports"][:-1], inner,
        rounded_shares(blocks), on_outside, on_members, file.name, _record(parent, file, story),
    )  # fmt: skip


def _record(parent: World, file: MarginsFile, story: dict[str, Any]) -> dict[str, Any]:
    pieces = list(file.pieces)
    sources = [*parent.record.get("sources", []), *file.sources]
    return {
        "sources": list(dict.fromkeys(sources)),
        "title": file.title,
        "parent": parent.name,
        "parent_sha256": parent.hash,
        "region": file.region,
        "pieces": pieces,
        "margins": len(file.margins),
        "solve": story,
        "tariffs": {
            "own": {name: p.tariff.model_dump(mode="json") for name, p in file.pieces.items()},
            "parent": dict(parent.record.get("tariffs", {})),
        },
        "notes": list(file.notes),
        "weak_cells": [
            *parent.record.get("weak_cells", []),
            f"{', '.join(pieces)}: estimated, not observed; see `tertius world show {pieces[0]}` for grades",
            "what others charge on the pieces' exports is what the parent has for the region",
        ],
    }
