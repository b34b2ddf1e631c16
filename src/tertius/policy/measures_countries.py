# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Measures on countries: productivity, labour, transfers, coalitions; one class each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from tertius.policy.fields import Common, Factor, Names, Number, positive

__all__ = ["Coalition", "Labour", "Productivity", "Transfer"]


class Productivity(Common):
    """Productivity of the countries' sectors, new over old."""

    kind: Literal["productivity"]
    countries: Names
    sectors: Names = ("all",)
    factor: Factor


class Labour(Common):
    """Labour endowment of the countries, new over old."""

    kind: Literal["labour"]
    countries: Names
    factor: Factor
    skill: Annotated[
        Literal["skilled", "unskilled", "both"],
        Field(description='one kind needs solve(..., factors="skills")'),
    ] = "both"


class Transfer(Common):
    """Money that governments give to others; shared among several in proportion to value added."""

    kind: Literal["transfer"]
    payers: Names
    receivers: Names
    amount: Annotated[Number, Field(description="USD million a year, all payers together, above 0")]

    @field_validator("amount")
    @classmethod
    def _positive(cls, value: float) -> float:
        positive(
            value,
            "a transfer of nothing is none: leave it out",
            "must be a number above 0: to turn it round, swap payers and receivers",
        )
        return value


class Coalition(Common):
    """Countries that share income so that all gain or lose alike (Chowdhry, Hinz, Kamin & Wanner 2024)."""

    kind: Literal["coalition"]
    members: Names
    against: Annotated[
        tuple[str, ...], Field(description="whom it is directed at; none of them may be a member")
    ] = ()
