# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The study file: a question, its cases, and claims bound to quantities by rules fixed beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tertius.data.texts import Strict, parse, read_text
from tertius.errors import nearest, unknown

__all__ = ["Case", "Claim", "Quantity", "Rule", "StudyFile", "list_studies", "load_study"]

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


class Article(Strict):
    """The text whose claims are tested."""

    title: str
    author: str
    published: date


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

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.value is None) == (not self.than):
            raise ValueError("give either value or than")
        return self

    def __str__(self) -> str:
        return f"{self.quantity} {self.relation} {self.than or format(self.value, 'g')}"


class Claim(Strict):
    """A claim of the article in our own words, and how it would be shown wrong."""

    id: Identifier
    text: str
    paragraph: Annotated[int, Field(ge=1, description="paragraph of the article")]
    rules: tuple[Rule, ...] = ()
    shows: Annotated[tuple[str, ...], Field(description="quantities printed beside the verdict")] = ()
    reading: Annotated[str, Field(description="sentence with {quantity} places")] = ""
    grade: Annotated[str, Field(description="how well the claim is identified")] = ""
    falsifier: str = ""
    covers: Annotated[str, Field(description="which part of the claim is computed")] = ""
    waits_for: Annotated[str, Field(description="what is missing, for a claim without rules")] = ""

    @model_validator(mode="after")
    def _computed_or_waiting(self) -> Self:
        if bool(self.rules) == bool(self.waits_for):
            raise ValueError("give either rules or waits_for")
        if self.rules and not (self.falsifier and self.grade and self.reading):
            raise ValueError("a claim with rules needs grade, falsifier and reading")
        return self


class StudyFile(Strict):
    """A study: focal state, powers, cases, quantities, claims."""

    schema_version: Literal[1]
    name: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    title: str
    question: str
    article: Article
    focal: str
    powers: Annotated[tuple[str, ...], Field(min_length=1)]
    world: str
    elasticities: Annotated[tuple[str, ...], Field(description="sets to sweep; empty means all")] = ()
    closures: Annotated[
        tuple[Literal["fixed_deficit", "balanced", "own_share"], ...],
        Field(min_length=1, description="the first is the main one"),
    ] = ("fixed_deficit", "balanced")
    headline: Annotated[tuple[str, ...], Field(min_length=1, description="cases told in the headline")]
    map_case: Annotated[str, Field(description="case of the map and the ranking")]
    summary: Annotated[str, Field(description="answer in a paragraph, with {quantity} places")] = ""
    figures: tuple[Figure, ...] = ()
    cases: Annotated[dict[Identifier, Case], Field(min_length=1)]
    quantities: dict[Identifier, Quantity]
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]
    not_modelled: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        for place, kind, name, known in self._references():
            if name not in known:
                near = nearest(name, known)
                hint = f"did you mean {', '.join(near)}?" if near else f"known are {', '.join(known[:12])}"
                raise ValueError(f"{place}: {name!r} is not a {kind} of this study ({hint})")
        return self

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        lists = {
            "claims": [c.id for c in self.claims],
            "powers": self.powers,
            "elasticities": self.elasticities,
            "closures": self.closures,
            "headline": self.headline,
        }
        for place, names in lists.items():
            for name in names:
                if names.count(name) > 1:
                    raise ValueError(f"{place}: {name!r} appears twice")
        return self

    def _references(self) -> Iterator[tuple[str, str, str, list[str]]]:
        cases, quantities = list(self.cases), list(self.quantities)
        for name in self.headline:
            yield "headline", "case", name, cases
        yield "map_case", "case", self.map_case, cases
        for k, figure in enumerate(self.figures):
            yield f"figures[{k}].quantity", "quantity", figure.quantity, quantities
        for name in _places(self.summary, "summary"):
            yield "summary", "quantity", name, quantities
        for key, q in self.quantities.items():
            yield f"quantities.{key}.case", "case", q.case, cases
            if q.minus:
                yield f"quantities.{key}.minus", "case", q.minus, cases
        for k, claim in enumerate(self.claims):
            here = f"claims[{k}] ({claim.id})"
            for r, rule in enumerate(claim.rules):
                for name in (rule.quantity, *([rule.than] if rule.than else [])):
                    yield f"{here}.rules[{r}]", "quantity", name, quantities
            for name in claim.shows:
                yield f"{here}.shows", "quantity", name, quantities
            for name in _places(claim.reading, f"{here}.reading"):
                yield f"{here}.reading", "quantity", name, quantities


def _places(template: str, where: str) -> Iterator[str]:
    """Names in the braces of a template; nothing but a name may stand there."""
    try:
        for _, name, form, conversion in Formatter().parse(template):
            if name is not None:
                if form or conversion or not name:
                    raise ValueError("a place in braces holds the name of a quantity and nothing else")
                yield name
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def list_studies() -> list[str]:
    """Name the shipped studies.

    Examples
    --------
    >>> "kazakhstan-2022" in list_studies()
    True
    """
    folder = files("tertius.study") / "studies"
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))


def load_study(reference: str | Path) -> tuple[StudyFile, str]:
    """Load a shipped study or a file.

    Parameters
    ----------
    reference
        A shipped name, or the path of a YAML file.

    Returns
    -------
    tuple
        The study and its text.

    Raises
    ------
    BadInput
        If it does not exist or is not valid; the message names place and nearest name.
    """
    path = Path(reference)
    if path.suffix in (".yaml", ".yml"):
        text = read_text(path, "study")
        return parse(StudyFile, text, path.name), text
    if str(reference) not in list_studies():
        raise unknown("study", "study", str(reference), list_studies())
    text = (files("tertius.study") / "studies" / f"{reference}.yaml").read_text(encoding="utf-8")
    return parse(StudyFile, text, f"{reference}.yaml"), text
