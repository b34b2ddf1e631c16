# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The scenario file: what a user may write, in one place; the JSON Schema is generated from it."""

from __future__ import annotations

from datetime import date
from math import isinf, isnan
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator, model_validator

from tertius.data.texts import Strict

__all__ = ["Citation", "Measure", "ScenarioFile"]

Number = Annotated[float, Field(strict=True)]  # strict: neither text nor yes and no
Factor = Annotated[Number, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[Number, Field(ge=0, le=1)]


def _form(value: Any) -> str:
    return "by sector" if isinstance(value, dict) else "for all"


Numbers = Annotated[
    Annotated[Number, Tag("for all")] | Annotated[dict[str, Number], Field(min_length=1), Tag("by sector")],
    Discriminator(_form),
]
Shares = Annotated[
    Annotated[Share, Tag("for all")] | Annotated[dict[str, Share], Field(min_length=1), Tag("by sector")],
    Discriminator(_form),
]
Names = Annotated[tuple[str, ...], Field(min_length=1)]


class Citation(Strict):
    """The legal act or source of a measure, and whether it was looked up or remembered."""

    title: Annotated[str, Field(min_length=1)]
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
    range: Annotated[tuple[Number, Number] | None, Field(description="plausible range of the number")] = None
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

    @field_validator("range")
    @classmethod
    def _ordered(cls, value: tuple[float, float] | None) -> tuple[float, float] | None:
        if value and not value[0] <= value[1]:
            raise ValueError("give the lower end first")
        return value


class _Between(_Measure):
    exporters: Names
    importers: Names
    sectors: Names = ("all",)
    both_ways: Annotated[bool, Field(description="also from importers to exporters")] = False

    @model_validator(mode="after")
    def _sectors_once(self) -> Self:
        mapped = [k for k in type(self).model_fields if isinstance(getattr(self, k), dict)]
        if mapped and "sectors" in self.model_fields_set:
            raise ValueError(f"{mapped[0]} already names sectors: leave out sectors, or give one number")
        return self


def _each(value: float | dict[str, float]) -> tuple[float, ...]:
    return tuple(value.values()) if isinstance(value, dict) else (value,)


class Tariff(_Between):
    """Ad-valorem tariff of the importers: a new level, points added, or a factor on today's."""

    kind: Literal["tariff"]
    rate: Numbers | None = None
    add: Numbers | None = None
    factor: Numbers | None = None

    @field_validator("rate", "add", "factor")
    @classmethod
    def _finite(
        cls, value: float | dict[str, float] | None, info: ValidationInfo
    ) -> float | dict[str, float] | None:
        for number in () if value is None else _each(value):
            if isinf(number):
                raise ValueError("an infinite tariff is not a tariff: use kind: embargo")
            if isnan(number) or (info.field_name != "add" and number < 0):
                raise ValueError("must be a number" + (" >= 0" if info.field_name != "add" else ""))
        return value

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(x is not None for x in (self.rate, self.add, self.factor)) != 1:
            raise ValueError("give exactly one of rate, add, factor")
        return self


class NontariffCost(_Between):
    """Real trade cost: the iceberg factor is multiplied; 2 doubles the cost of delivery."""

    kind: Literal["nontariff_cost"]
    factor: Numbers

    @field_validator("factor")
    @classmethod
    def _positive(cls, value: float | dict[str, float]) -> float | dict[str, float]:
        for number in _each(value):
            if isinf(number):
                raise ValueError("an infinite cost is an embargo: use kind: embargo")
            if not number > 0:
                raise ValueError("a cost factor must be positive: 1 changes nothing, 2 doubles the cost")
        return value


class _Closing(_Between):
    coverage: Annotated[
        Shares, Field(description="share of the pre-war flow that is closed; lists add up")
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
    factor: Factor


class Labour(_Measure):
    """Labour endowment of the countries, new over old."""

    kind: Literal["labour"]
    countries: Names
    factor: Factor


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
