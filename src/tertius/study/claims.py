# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Cases, quantities and claims of a study file: what is solved, what is read off, and what it must show."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from tertius.data.texts import Strict
from tertius.text import Text, joined, say

__all__ = [
    "AnyFact",
    "AnyQuantity",
    "Case",
    "Claim",
    "Figure",
    "Identifier",
    "MeasureName",
    "OwnFact",
    "Quantity",
    "RoomQuantity",
    "Rule",
    "ShippedFact",
    "places",
]

Identifier = Annotated[str, Field(pattern="^[a-zA-Z][a-zA-Z0-9_-]*$")]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]  # neither text nor yes and no
MeasureName = Literal[
    "real_income",
    "real_wage",
    "first_order",
    "equivalent_variation",
    "rank",
    "hub_income",
    "additional_transit",
]


class Case(Strict):
    """One counterfactual: a scenario reference, and what the report calls it."""

    scenario: str
    routes: Annotated[str, Field(description="routes file; empty sends all goods directly")] = ""
    choose: Annotated[
        dict[Literal["q", "margin", "rent", "shares"], Number | Literal["low", "central", "high"]],
        Field(default_factory=dict, description="values from the ranges of the routes"),
    ]
    label: str
    block: Annotated[str, Field(description="heading in the focal country's charts; empty hides it")] = ""
    variant: Annotated[str, Field(description="line under that heading: a date or version")] = ""

    @model_validator(mode="after")
    def _routes_to_choose_from(self) -> Self:
        if self.choose and not self.routes:
            raise ValueError("choose: there are no routes to choose values of")
        return self


class Quantity(Strict):
    """A number that a solve yields: a welfare measure or the rank of a country, or a contrast of two."""

    measure: MeasureName
    case: str
    country: Annotated[str, Field(description="a country, or a group (weighted by income)")]
    minus: Annotated[str, Field(description="another case, whose value is subtracted")] = ""
    over: Annotated[str, Field(description="another country, by whose value it is divided")] = ""
    sign: Literal[1, -1] = 1
    label: str

    @model_validator(mode="after")
    def _one_contrast(self) -> Self:
        if self.minus and self.over:
            raise ValueError("give minus or over, not both")
        if self.measure == "rank" and (self.minus or self.over or self.sign == -1):
            raise ValueError("a rank stands alone: leave out minus, over and sign")
        return self


class RoomQuantity(Strict):
    """A number that a room of the study computes, by the name that its table in the report gives."""

    room: str
    number: str
    sign: Literal[1, -1] = 1
    label: str


def _kind(given: Any) -> str:
    return (
        "room"
        if isinstance(given, RoomQuantity) or (isinstance(given, dict) and "room" in given)
        else "solve"
    )


AnyQuantity = Annotated[
    Annotated[Quantity, Tag("solve")] | Annotated[RoomQuantity, Tag("room")], Discriminator(_kind)
]
"""A quantity that a solve yields, or one of a room: told apart by the field ``room``."""


class Figure(Strict):
    """A big number at the top of the report, and half a sentence on what it means."""

    quantity: str
    meaning: str


class Rule(Strict):
    """A comparison that must hold: with a number, or with another quantity."""

    quantity: str
    relation: Literal["<", ">", "<=", ">="]
    value: Number | None = None
    than: str = ""
    share: Annotated[
        float, Field(gt=0.5, le=1, strict=True, description="share of draws in which it must be true")
    ] = 1.0

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.value is None) == (not self.than):
            raise ValueError("give either value or than")
        if self.than == self.quantity:
            raise ValueError(f"compares {self.quantity} with itself: such a rule can never change its mind")
        return self

    @property
    def words(self) -> Text:
        """The rule as it is printed."""
        words = f"{self.quantity} {self.relation} {self.than or format(self.value, '.12g')}"
        if self.share == 1:
            return joined("", (words,))
        return say("{rule} in {share:g} % of draws", rule=words, share=100 * self.share)

    def __str__(self) -> str:
        return str(self.words)


class ShippedFact(Strict):
    """Facts about the focal state that are shipped: a topic, and how the indicator begins."""

    topic: str
    indicator: str = ""


class OwnFact(Strict):
    """A fact that the study cites itself."""

    what: str
    period: Annotated[str, Field(description="day, month or year, ISO")]
    value: Number | None = None
    unit: str = ""
    source: Annotated[str, Field(min_length=1)]
    note: str = ""


def _shipped(given: Any) -> str:
    return (
        "shipped"
        if isinstance(given, ShippedFact) or (isinstance(given, dict) and "topic" in given)
        else "own"
    )


AnyFact = Annotated[
    Annotated[ShippedFact, Tag("shipped")] | Annotated[OwnFact, Tag("own")], Discriminator(_shipped)
]
"""A published fact, printed beside what is computed: told apart by the field ``topic``."""


class Claim(Strict):
    """A claim of the article in our own words, and how it would be shown wrong."""

    id: Identifier
    text: str
    paragraph: Annotated[int | None, Field(ge=1, description="of the article; none: not known")] = None
    rules: tuple[Rule, ...] = ()
    findings: Annotated[tuple[str, ...], Field(description="answers of rooms, as room.question")] = ()
    shows: Annotated[tuple[str, ...], Field(description="quantities printed beside the verdict")] = ()
    reading: Annotated[str, Field(description="sentence with {quantity} places")] = ""
    grade: Annotated[str, Field(description="how well the claim is identified")] = ""
    falsifier: str = ""
    covers: Annotated[str, Field(description="which part of the claim is computed")] = ""
    waits_for: Annotated[str, Field(description="what is missing, for a claim without rules")] = ""
    facts: Annotated[tuple[AnyFact, ...], Field(description="published facts shown beside the verdict")] = ()

    @model_validator(mode="after")
    def _computed_or_waiting(self) -> Self:
        if bool(self.rules or self.findings) == bool(self.waits_for):
            raise ValueError("give rules or findings, or else waits_for")
        if self.waits_for:
            return self
        if not self.falsifier:
            raise ValueError("a claim that is judged needs a falsifier: what would show it wrong?")
        if self.rules and not (self.grade and self.reading):
            raise ValueError("a claim with rules needs grade and reading")
        return self


def places(template: str, where: str) -> Iterator[str]:
    """Names in the braces of a template; nothing but a name may stand there.

    Raises
    ------
    ValueError
        If a place holds anything else; ``where`` says which template.
    """
    try:
        for _, name, form, conversion in Formatter().parse(template):
            if name is not None:
                if form or conversion or not name:
                    raise ValueError("a place in braces holds the name of a quantity and nothing else")
                yield name
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
