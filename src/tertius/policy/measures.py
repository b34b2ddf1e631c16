# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Measures on flows: taxes, costs, bans, quotas, price caps, preferences; one class each."""

from __future__ import annotations

from math import isinf, isnan
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tertius.policy.fields import Between, Factor, Numbers, Shares, each, positive

__all__ = [
    "Embargo",
    "ExportBan",
    "ExportTax",
    "ImportBan",
    "NontariffCost",
    "Preference",
    "PriceCap",
    "Quota",
    "Tariff",
    "Withdrawal",
    "idle_cap",
]

Given = float | dict[str, float]


class Tariff(Between):
    """Ad-valorem tariff of the importers: a new level, points added, or a factor on today's."""

    kind: Literal["tariff"]
    rate: Numbers | None = None
    add: Numbers | None = None
    factor: Numbers | None = None

    @field_validator("rate", "add", "factor")
    @classmethod
    def _finite(cls, value: Given | None, info: ValidationInfo) -> Given | None:
        for number in each(value):
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


class ExportTax(Between):
    """Ad-valorem tax of the exporters on the value that leaves them: a new level; the base has none."""

    kind: Literal["export_tax"]
    rate: Annotated[Numbers, Field(description="0.1 is ten percent; negative is a subsidy, above -1")]

    @field_validator("rate")
    @classmethod
    def _finite(cls, value: Given) -> Given:
        for number in each(value):
            if isinf(number):
                raise ValueError("an infinite tax is not a tax: use kind: export_ban")
            if not number > -1:
                raise ValueError("must be a number > -1: a subsidy stays below 100 %")
        return value


class NontariffCost(Between):
    """Real trade cost: the iceberg factor is multiplied; 2 doubles the cost of delivery."""

    kind: Literal["nontariff_cost"]
    factor: Numbers

    @field_validator("factor")
    @classmethod
    def _positive(cls, value: Given) -> Given:
        for number in each(value):
            if isinf(number):
                raise ValueError("an infinite cost is an embargo: use kind: embargo")
            if not number > 0:
                raise ValueError("a cost factor must be positive: 1 changes nothing, 2 doubles the cost")
        return value


class _Closing(Between):
    coverage: Annotated[
        Shares, Field(description="share of the pre-war flow that is closed; lists add up")
    ] = 1.0


class ExportBan(_Closing):
    """The exporters stop selling a share of what they sold."""

    kind: Literal["export_ban"]


class ImportBan(_Closing):
    """The importers stop buying a share of what they bought."""

    kind: Literal["import_ban"]


class Withdrawal(_Closing):
    """Firms stop selling a share of what went from the exporters, their own goods or others' brands."""

    kind: Literal["withdrawal"]


class Embargo(_Closing):
    """Trade stops both ways unless said otherwise; wins over any ban on the same cells."""

    kind: Literal["embargo"]
    both_ways: bool = True


class Quota(Between):
    """A limit on quantities; licences to trade have one price, which somebody earns."""

    kind: Literal["quota"]
    limit: Annotated[Numbers, Field(description="quantity allowed as a share of the base quantity, above 0")]
    owner: Annotated[
        Literal["importer", "exporter"], Field(description="whose country earns the price of the licences")
    ]
    per: Annotated[
        Literal["flow", "importer", "exporter", "measure"],
        Field(description="flows that share one quota; sectors are always apart, but not with measure"),
    ] = "flow"

    @field_validator("limit")
    @classmethod
    def _limits(cls, value: Given) -> Given:
        zero = "a quota of zero is a ban: use kind: export_ban or import_ban"
        positive(value, zero, "must be a number above 0: 1 is the quantity of the base year")
        return value

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if self.per == "measure" and isinstance(self.limit, dict):
            raise ValueError("one quota for the whole measure has one limit: give a number, and sectors")
        return self


class PriceCap(Between):
    """The most that the importers pay; the exporters' specific factors bear the gap to the market price."""

    kind: Literal["price_cap"]
    cap: Annotated[Factor, Field(description="highest price, in the unit; a ratio if base_price is left out")]
    base_price: Annotated[Factor | None, Field(description="price of the base year, in the same unit")] = None
    unit: Annotated[str, Field(description="such as USD per barrel; needed with base_price")] = ""
    coverage: Annotated[Shares, Field(description="share of the flow that is under the cap, above 0")] = 1.0

    @field_validator("coverage")
    @classmethod
    def _some(cls, value: Given) -> Given:
        positive(value, "a cap that covers nothing is none: leave it out", "must be a share above 0")
        return value

    @model_validator(mode="after")
    def _units(self) -> Self:
        if self.base_price is not None and not self.unit:
            raise ValueError("cap and base_price need their unit, such as unit: USD per barrel")
        if self.base_price is None and self.unit:
            raise ValueError(
                f"a cap in {self.unit} needs base_price, the price of the base year in that unit"
            )
        return self

    @property
    def ratio(self) -> float:
        """The cap over the price of the base year."""
        return self.cap if self.base_price is None else self.cap / self.base_price

    @property
    def remark(self) -> str:
        """Say so if the cap does nothing at the prices of the base year."""
        return idle_cap(self.ratio) if self.ratio >= 1 else ""


def idle_cap(ratio: float) -> str:
    """Words for a cap that is at or above the base price.

    Examples
    --------
    >>> idle_cap(1.25)
    'a price cap of 1.25 times the base price has no effect unless the price rises by more than 25 %'
    """
    rise = "at all" if ratio == 1 else f"by more than {100 * (ratio - 1):.3g} %"
    return f"a price cap of {ratio:.4g} times the base price has no effect unless the price rises {rise}"


class Preference(Between):
    """A boycott of the exporters' goods by the importers, or a turn to them, at given prices."""

    kind: Literal["preference"]
    factor: Annotated[
        Numbers,
        Field(description="weight of the origin in the buyers' spending at given prices; 0.5 halves it"),
    ]

    @field_validator("factor")
    @classmethod
    def _weights(cls, value: Given) -> Given:
        zero = "a weight of zero is a ban: use kind: import_ban"
        positive(value, zero, "must be a number above 0: 1 changes nothing, 0.5 halves the weight")
        return value
