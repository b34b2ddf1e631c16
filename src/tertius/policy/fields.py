# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What measures of all kinds have in common: numbers, names, citation, dates."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from tertius.data.texts import Strict

__all__ = [
    "Between",
    "Citation",
    "Common",
    "Factor",
    "Names",
    "Number",
    "Numbers",
    "Share",
    "Shares",
    "each",
    "positive",
]

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


def each(value: float | dict[str, float] | None) -> tuple[float, ...]:
    """Give the numbers of a field that holds one for all, some by sector, or nothing.

    Examples
    --------
    >>> each(2.0), each({"C26": 1.0, "C27": 3.0}), each(None)
    ((2.0,), (1.0, 3.0), ())
    """
    if value is None:
        return ()
    return tuple(value.values()) if isinstance(value, dict) else (value,)


def positive(value: float | dict[str, float], zero: str, other: str) -> None:
    """Raise ValueError unless all numbers are positive and finite; ``zero`` says what to write instead."""
    for number in each(value):
        if number == 0:
            raise ValueError(zero)
        if not (number > 0 and isfinite(number)):
            raise ValueError(other)


class Citation(Strict):
    """The legal act or source of a measure, and whether it was looked up or remembered."""

    title: Annotated[str, Field(min_length=1)]
    url: str = ""
    status: Literal["verified", "cited from memory", "assumption"] = "cited from memory"
    accessed: date | None = None


class Common(Strict):
    """Fields of every measure."""

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

    @property
    def remark(self) -> str:
        """What a reader must be told about the numbers of this measure; mostly nothing."""
        return ""

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


class Between(Common):
    """Fields of every measure on flows from some countries to others."""

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
