# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The routes file: goods groups, hubs and paths, each with source and range."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tertius.data.texts import Strict
from tertius.policy.schema import Citation

__all__ = ["GoodsGroup", "Hub", "Path", "Range", "RoutesFile"]

Number = Annotated[float, Field(strict=True)]
Share = Annotated[Number, Field(ge=0, le=1)]
Names = Annotated[tuple[str, ...], Field(min_length=1)]


class Range(Strict):
    """A number with its plausible range and where it comes from."""

    central: Number
    low: Number
    high: Number
    why: Citation

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.central <= self.high:
            raise ValueError("low, central, high must not fall")
        return self

    def at(self, level: str) -> float:
        """The number at ``low``, ``central`` or ``high``."""
        return float(getattr(self, level))


class GoodsGroup(Strict):
    """Goods inside sectors that are routed alike; what no group holds is the rest, "other"."""

    name: Annotated[str, Field(pattern="^[a-z][a-z0-9-]*$")]
    title: str = ""
    barred: Annotated[bool, Field(description="bans close these goods first")] = True
    sectors: Annotated[
        dict[str, Share], Field(min_length=1, description="share in the value of each sector's flow")
    ]
    why: Citation


class Hub(Strict):
    """A country that goods can pass, and what it keeps of them."""

    hub: str
    margin: Annotated[Range, Field(description="share of the value at the buyer's border")]
    rent: Annotated[Range, Field(description="share of the margin that is rent, not services")]
    phantom: Annotated[
        Range | None, Field(description="share that never enters the hub's own statistics")
    ] = None

    @model_validator(mode="after")
    def _shares(self) -> Self:
        for name, most in (("margin", 0.9), ("rent", 1.0), ("phantom", 1.0)):
            found: Range | None = getattr(self, name)
            if found is not None and not (found.low >= 0 and found.high <= most):
                raise ValueError(f"{name} must lie between 0 and {most:g}")
        return self


class Path(Strict):
    """How much of some flows goes through hubs, in the base year or once it is barred from going directly."""

    label: str = ""
    origins: Names
    destinations: Names
    sectors: Names | None = None
    groups: Annotated[tuple[str, ...], Field(description="goods groups; none means all goods")] = ()
    measure: Annotated[
        Literal["share", "leakage"],
        Field(
            description="share: of the base value; leakage: of the value that a complete ban would divert,"
            " at unchanged prices"
        ),
    ]
    hubs: Annotated[dict[str, Range], Field(min_length=1)]
    most: Annotated[
        dict[str, Share],
        Field(default_factory=dict, description="largest base share, by hub, known from trade"),
    ]
    q: Annotated[
        Range | None, Field(description="elasticity of routes over that of trade; none: the file's")
    ] = None

    @model_validator(mode="after")
    def _shares(self) -> Self:
        for hub, found in self.hubs.items():
            if not (found.low >= 0 and found.high <= 1):
                raise ValueError(f"hubs: {hub} must lie between 0 and 1")
        if sum(found.central for found in self.hubs.values()) > 1:
            raise ValueError("hubs: shares add up to more than 1")
        strange = sorted(set(self.most) - set(self.hubs))
        if strange:
            raise ValueError(f"most: {strange[0]} is not among the hubs")
        if set(self.hubs) & (set(self.origins) | set(self.destinations)):
            both = sorted(set(self.hubs) & (set(self.origins) | set(self.destinations)))
            raise ValueError(f"hubs: {both[0]} is its own origin or destination")
        return self


class RoutesFile(Strict):
    """Routes through third territory: named, cited, with ranges and what they leave out."""

    schema_version: Literal[1]
    name: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    title: str
    summary: str = ""
    services: Annotated[str, Field(description="sector that the rest of a margin pays")] = "SERV"
    q: Annotated[Range, Field(description="elasticity of route choice over the trade elasticity")]
    groups: tuple[GoodsGroup, ...] = ()
    hubs: Annotated[tuple[Hub, ...], Field(min_length=1)]
    paths: Annotated[tuple[Path, ...], Field(min_length=1)]
    not_modelled: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names(self) -> Self:
        known, groups = [h.hub for h in self.hubs], [g.name for g in self.groups]
        for names, kind in ((known, "hub"), (groups, "group")):
            twice = sorted({x for x in names if names.count(x) > 1})
            if twice:
                raise ValueError(f"{kind} {twice[0]} is described twice")
        for path in self.paths:
            strange = [h for h in path.hubs if h not in known] + [g for g in path.groups if g not in groups]
            if strange:
                raise ValueError(f"paths: {strange[0]} is not described above (an arc to an unknown port)")
        if not self.q.low >= 1 or any(p.q is not None and p.q.low < 1 for p in self.paths):
            raise ValueError("q must be at least 1: routes of one origin are closer substitutes than origins")
        over = {
            s: t for s in {s for g in self.groups for s in g.sectors} if (t := _total(self.groups, s)) > 1
        }
        if over:
            raise ValueError(f"groups: shares in {min(over)} add up to {over[min(over)]:.3f}")
        return self


def _total(groups: tuple[GoodsGroup, ...], sector: str) -> float:
    return sum(g.sectors.get(sector, 0.0) for g in groups) - 1e-9
