# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Measures on routes through third territory: stances of hubs, costs and closures; one class each."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tertius.policy.fields import Common, Factor, Names, Share

__all__ = ["DIRECT", "Capacity", "HubStance", "RouteCost"]

DIRECT = "direct"
Groups = Annotated[
    tuple[str, ...], Field(description="goods groups of the routes file; none means all goods")
]


class HubStance(Common):
    """How far hubs stop goods that may not go directly; nothing happens without routes."""

    kind: Literal["hub_stance"]
    hubs: Names
    destinations: Names
    groups: Groups = ()
    compliance: Annotated[Share, Field(description="0 lets all pass, 1 stops every barred good")]


class RouteCost(Common):
    """Cost or closure of routes: enforcement on hubs, a pipeline that stops; nothing without routes."""

    kind: Literal["route_cost"]
    through: Annotated[Names, Field(description="hubs, or the word direct")]
    origins: Names = ("world",)
    destinations: Names = ("world",)
    sectors: Names = ("all",)
    groups: Groups = ()
    factor: Annotated[Factor | None, Field(description="cost of the route, new over old")] = None
    closed: Annotated[bool, Field(description="nothing passes")] = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.factor is None) == (not self.closed):
            raise ValueError("give either factor, or closed: true")
        return self


class Capacity(Common):
    """The most that some flows may send through a hub: a pipeline, a port; nothing without routes."""

    kind: Literal["capacity"]
    through: Annotated[Names, Field(description="hubs, each with a limit of its own")]
    origins: Names = ("world",)
    destinations: Names = ("world",)
    sectors: Names = ("all",)
    limit: Annotated[Factor, Field(description="quantity over that of the base year, all flows together")]
    owner: Annotated[
        Literal["hub", "exporter"], Field(description="who earns the scarcity price of the arc")
    ] = "hub"
