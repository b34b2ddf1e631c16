# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The study file: a question, its cases, and claims bound to quantities by rules fixed beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tertius.data.texts import Strict, parse, read_text
from tertius.errors import nearest, unknown
from tertius.study.chapters.options import Rooms
from tertius.study.claims import AnyQuantity, Case, Claim, Figure, Identifier, RoomQuantity, places
from tertius.study.vacuous import check_rules

__all__ = ["StudyFile", "list_studies", "load_study"]


class Article(Strict):
    """The text whose claims are tested."""

    title: str
    author: str
    published: date
    original_title: Annotated[str, Field(description="in the words of the page, if it is translated")] = ""
    original_author: Annotated[str, Field(description="as the page writes it")] = ""


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
    rooms: Annotated[
        Rooms, Field(default_factory=Rooms, description="what other rooms compute for the study")
    ]
    quantities: dict[Identifier, AnyQuantity]
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

    def called(self, scenario: str) -> str:
        """What this study calls a scenario: the label of the case that solves it directly, else its name."""
        labels = {c.scenario: c.label for c in self.cases.values() if not c.routes}
        return labels.get(scenario, scenario)

    def _references(self) -> Iterator[tuple[str, str, str, list[str]]]:
        cases, quantities = list(self.cases), list(self.quantities)
        for name in self.headline:
            yield "headline", "case", name, cases
        yield "map_case", "case", self.map_case, cases
        for k, figure in enumerate(self.figures):
            yield f"figures[{k}].quantity", "quantity", figure.quantity, quantities
        for name in places(self.summary, "summary"):
            yield "summary", "quantity", name, quantities
        for key, q in self.quantities.items():
            if isinstance(q, RoomQuantity):
                yield f"quantities.{key}.room", "room", q.room, list(self.rooms.asked)
                continue
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
            for name in claim.findings:
                yield f"{here}.findings", "room", name.partition(".")[0], list(self.rooms.asked)
            for name in places(claim.reading, f"{here}.reading"):
                yield f"{here}.reading", "quantity", name, quantities


def list_studies() -> list[str]:
    """Name the shipped studies.

    Examples
    --------
    >>> "kazakhstan-2022" in list_studies()
    True
    """
    folder = files("tertius.study") / "studies"
    names = (f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))
    return sorted(name for name in names if "." not in name)  # NAME.ru holds texts


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
        If it does not exist or is not valid, or a rule could never fail or never hold; the message names
        place and nearest name.
    """
    path = Path(reference)
    if path.suffix in (".yaml", ".yml"):
        text = read_text(path, "study")
        return _sensible(parse(StudyFile, text, path.name), path.name), text
    if str(reference) not in list_studies():
        raise unknown("study", "study", str(reference), list_studies())
    text = (files("tertius.study") / "studies" / f"{reference}.yaml").read_text(encoding="utf-8")
    return _sensible(parse(StudyFile, text, f"{reference}.yaml"), f"{reference}.yaml"), text


def _sensible(study: StudyFile, where: str) -> StudyFile:
    check_rules(study, where)
    return study
