# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The scenario file: what a user may write; the JSON Schema is generated from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tertius.data.texts import Strict
from tertius.policy.fields import Citation
from tertius.policy.measures import (
    Embargo,
    ExportBan,
    ExportTax,
    ImportBan,
    NontariffCost,
    Preference,
    PriceCap,
    Quota,
    Tariff,
    Withdrawal,
)
from tertius.policy.measures_countries import Coalition, Labour, Productivity, Transfer
from tertius.policy.measures_routes import Capacity, HubStance, RouteCost

__all__ = ["Citation", "Measure", "ScenarioFile"]

Closing = ExportBan | ImportBan | Withdrawal | Embargo
OnFlows = Tariff | ExportTax | NontariffCost | Closing | Quota | PriceCap | Preference
Measure = Annotated[
    OnFlows | HubStance | RouteCost | Capacity | Transfer | Coalition | Productivity | Labour,
    Field(discriminator="kind"),
]


class ScenarioFile(Strict):
    """A scenario: named, dated, cited, with what it leaves out."""

    schema_version: Literal[1]
    name: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    title: str
    summary: str = ""
    world: str = "icio-2021"
    versions: Annotated[
        dict[str, date], Field(default_factory=dict, description="named dates; the first is the default")
    ]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    not_modelled: tuple[str, ...] = ()
