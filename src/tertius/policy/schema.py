# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The scenario file: what a user may write, in one place; the JSON Schema is generated from it."""

from __future__ import annotations

from datetime import date
from math import isinf
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from tertius.data.texts import Strict

__all__ = ["Citation", "Measure", "ScenarioFile"]

Share = Annotated[float, Field(ge=0, le=1)]
Names = Annotated[tuple[str, ...], Field(min_length=1)]


class Citation(Strict):
    """The legal act or source of a measure, and whether it was looked up or remembered."""

    title: str
    url: str = ""
    status: Literal["verified", "cited from memory", "assumption"] = "cited from memory"
    accessed: date | None = None


class _Measure(Strict):
    label: str = ""
    block: Annotated[str, Field(description="measures of one block can be run apart")] = "all"
    in_force: Annotated[date | None, Field(description="date of effect; none means always")] = None
    until: Annotated[date | None, Field(description="first day on which it no longer applies")] = None
    why: Annotated[Citation, Field(description="legal act or source")]
    assumption: str = ""
    range: Annotated[tuple[float, float] | None, Field(description="plausible range of the number")] = None
    note: str = ""

    def applies(self, on: date | None) -> bool:
        """Whether the measure is in force on a day; None means: whenever."""
        if on is None:
            return True
        return (self.in_force is None or self.in_force <= on) and (self.until is None or on < self.until)

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.in_force and self.until and self.until <= self.in_force:
            raise ValueError("until must be after in_force")
        return self


class _Between(_Measure):
    exporters: Names
    importers: Names
    sectors: Names = ("all",)
    both_ways: Annotated[bool, Field(description="also from importers to exporters")] = False


class Tariff(_Between):
    """Ad-valorem tariff of the importers: a new level, points added, or a factor on today's."""

    kind: Literal["tariff"]
    rate: float | dict[str, float] | None = None
    add: float | dict[str, float] | None = None
    factor: float | dict[str, float] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [k for k in ("rate", "add", "factor") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of rate, add, factor")
        value = getattr(self, given[0])
        for number in value.values() if isinstance(value, dict) else (value,):
            if isinf(number):
                raise ValueError("an infinite tariff is not a tariff: use kind: embargo")
            if number != number or (given[0] != "add" and number < 0):
                raise ValueError(f"{given[0]} must be a number >= 0")
        return self


class NontariffCost(_Between):
    """Real trade cost: the iceberg factor is multiplied; 2 doubles the cost of delivery."""

    kind: Literal["nontariff_cost"]
    factor: float | dict[str, float]

    @field_validator("factor")
    @classmethod
    def _positive(cls, value: float | dict[str, float]) -> float | dict[str, float]:
        for number in value.values() if isinstance(value, dict) else (value,):
            if isinf(number):
                raise ValueError("an infinite cost is an embargo: use kind: embargo")
            if not number > 0:
                raise ValueError("a cost factor must be positive: 1 changes nothing, 2 doubles the cost")
        return value


class _Closing(_Between):
    coverage: Annotated[
        Share | dict[str, Share], Field(description="share of the pre-war flow that is closed; lists add up")
    ] = 1.0


class ExportBan(_Closing):
    """The exporters stop selling a share of what they sold."""

    kind: Literal["export_ban"]


class ImportBan(_Closing):
    """The importers stop buying a share of what they bought."""

    kind: Literal["import_ban"]


class Embargo(_Closing):
    """Trade stops both ways unless said otherwise; wins over any ban on the same cells."""

    kind: Literal["embargo"]
    both_ways: bool = True


class Productivity(_Measure):
    """Productivity of the countries' sectors, new over old."""

    kind: Literal["productivity"]
    countries: Names
    sectors: Names = ("all",)
    factor: Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Labour(_Measure):
    """Labour endowment of the countries, new over old."""

    kind: Literal["labour"]
    countries: Names
    factor: Annotated[float, Field(gt=0, allow_inf_nan=False)]


Measure = Annotated[
    Tariff | NontariffCost | ExportBan | ImportBan | Embargo | Productivity | Labour,
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
