# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Whether a world adds up, and how it compares with published totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tertius.data.anchors import Anchor, anchors_for
from tertius.errors import BadInput

if TYPE_CHECKING:
    from tertius.world.world import World

__all__ = ["AnchorLine", "CheckReport", "Identity", "check_world", "weak_cells"]

SERVICES = "SERV"


WEAK = 0.15  # deviation from a published total from which a cell is flagged


@dataclass(frozen=True, slots=True)
class Identity:
    """One accounting identity: the largest gap as a share of world income, and its tolerance."""

    name: str
    gap: float
    tolerance: float

    @property
    def ok(self) -> bool:
        """Whether the identity holds."""
        return self.gap <= self.tolerance


@dataclass(frozen=True, slots=True)
class AnchorLine:
    """A published total beside ours, in the anchor's unit."""

    anchor: Anchor
    ours: float

    @property
    def deviation(self) -> float:
        """Ours over published, minus one."""
        return self.ours / self.anchor.value - 1.0

    @property
    def weak(self) -> bool:
        """Whether the published total is missed by so much that the cell is flagged."""
        return abs(self.deviation) > WEAK


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All identities, anchors and known weak cells of one world."""

    world: str
    identities: tuple[Identity, ...]
    anchors: tuple[AnchorLine, ...]
    weak_cells: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether every identity holds; anchors inform, they do not decide."""
        return all(i.ok for i in self.identities)

    def require(self) -> None:
        """Raise :class:`BadInput` naming the identities that fail."""
        failed = [f"{i.name} (gap {i.gap:.1e} > {i.tolerance:.0e})" for i in self.identities if not i.ok]
        if failed:
            raise BadInput(f"world {self.world}", "accounts do not close: " + ", ".join(failed), "rebuild it")


FOUND_LATER = (
    (
        (2020, 2021),
        "KAZ",
        "KAZ imports of C25 to C28 (metal goods, electronics, electrical equipment, machinery): in the"
        " source they"
        " fall by two thirds from 2019 to 2020 while all its goods imports hardly change; what"
        " withholding them"
        " costs is too small in 2020 and 2021",
    ),
)
"""Years, economy and words of weak cells that were found after the worlds had been built."""


def weak_cells(world: World) -> tuple[str, ...]:
    """Name what is known to be off in a world: as recorded when it was built, and as found since.

    Examples
    --------
    >>> import tertius as tt
    >>> any("C25 to C28" in cell for cell in weak_cells(tt.load_world("icio-2021")))
    True
    """
    shipped = world.record.get("weak_cells", ())
    later = (words for years, code, words in FOUND_LATER if world.year in years and code in world.countries)
    return (*shipped, *later) if shipped else ()


def check_world(world: World) -> CheckReport:
    """Test the identities of a world and set its totals beside the published ones.

    Parameters
    ----------
    world
        Any world; anchors are known for the shipped years.

    Returns
    -------
    CheckReport
    """
    a = world.accounts
    scale = float(a.income.sum())
    gaps = {
        "use = intermediate + final": a.expenditure
        - np.einsum("nks,ns->nk", world.input_share_values, a.output)
        - a.final_demand,
        "final demand = value added + revenue + deficit": a.final_demand.sum(axis=1) - a.income,
        "deficits sum to zero": a.deficit.sum(),
        "trade shares sum to one": (a.trade_share.sum(axis=0) - 1.0) * scale,
        "final demand >= 0": np.minimum(a.final_demand, 0.0),
        "value added >= 0": np.minimum(a.value_added_share, 0.0) * scale,
    }
    identities = tuple(Identity(k, float(np.abs(v).max()) / scale, 1e-12) for k, v in gaps.items())
    lines = tuple(
        AnchorLine(anchor, ours)
        for anchor in anchors_for(world.year)
        if (ours := _ours(world, anchor)) is not None
    )
    return CheckReport(world.name, identities, lines, weak_cells(world))


def _ours(world: World, anchor: Anchor) -> float | None:
    names = (anchor.country, *([anchor.partner] if anchor.partner else []))
    if any(c not in world.countries for c in names):
        return None
    n = world.countries.index(anchor.country)
    if anchor.quantity == "gdp":
        return float(world.accounts.value_added[n]) / 1e3
    if SERVICES not in world.sectors:  # merged with goods
        return None
    goods = [k for k, s in enumerate(world.sectors) if s != SERVICES]
    flows = world.trade_values[:, :, goods].sum(axis=2)
    outward = flows[n].copy() if anchor.quantity == "goods_exports" else flows[:, n].copy()
    outward[n] = 0.0
    total = outward[world.countries.index(anchor.partner)] if anchor.partner else outward.sum()
    return float(total) / 1e3
