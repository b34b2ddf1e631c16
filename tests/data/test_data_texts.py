# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Reading YAML strictly: places and nearest names in nested models, unions, lists and mappings."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import Discriminator, Field, Tag

from tertius import BadInput
from tertius.data.texts import Strict, parse, read_yaml


class Source(Strict):
    title: str
    url: str = ""


class Cat(Strict):
    kind: Literal["cat"]
    lives: Annotated[int, Field(gt=0)] = 9
    cat: str = ""


class Dog(Strict):
    kind: Literal["dog"]
    name: str
    friends: tuple[Annotated[Cat, Field(description="x")], ...] = ()


Size = Annotated[
    Annotated[float, Tag("one")] | Annotated[dict[str, float], Tag("each")],
    Discriminator(lambda v: "each" if isinstance(v, dict) else "one"),
]


class ZooFile(Strict):
    day: date | None = None
    source: Source | None = None
    animals: tuple[Annotated[Cat | Dog, Field(discriminator="kind")], ...] = ()
    by_name: dict[Annotated[str, Field(pattern="^[a-z]+$")], Source] = Field(default_factory=dict)
    pairs: list[tuple[Source, Source]] = Field(default_factory=list)
    size: Size | None = None
    either: int | list[int] = 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("animls: []", "animls is not a known field (did you mean animals, pairs?)"),
        (
            "source: {titel: x}",
            "source.title is missing; source.titel is not a known field (did you mean title",
        ),
        ("source: {}", "source.title is missing"),
        ("source: text", "source: must be a mapping of fields (got 'text')"),
        ("animals: [{kind: cat, live: 3}]", "animals[0].live is not a known field (did you mean lives?)"),
        ("animals: [{kind: cat, lives: 0}]", "animals[0].lives: must be greater than 0 (got 0)"),
        (
            "animals: [{kind: dgo, name: x}]",
            "animals[0].kind: 'dgo' is not a known measure (did you mean dog?)",
        ),
        ("animals: [{name: x}]", "animals[0]: kind is missing"),
        (
            "animals: [{kind: cat, cat: 5}]",
            "animals[0].cat: must be text (got 5)",
        ),  # a field named like the tag
        ("animals: [{kind: dog, name: x, dog: 1}]", "animals[0].dog is not a known field"),
        (
            "animals: [{kind: dog, name: x, friends: [{kind: cat}, {kind: cat, livs: 1}]}]",
            "animals[0].friends[1].livs is not a known field (did you mean lives?)",
        ),
        ("by_name: {tom: {titel: x}}", "by_name.tom.title is missing; by_name.tom.titel is not a"),
        ("by_name: {Tom: {title: x}}", "by_name.Tom: String should match pattern"),
        ("pairs: [[{title: x}, {url: y}]]", "pairs[0][1].title is missing"),
        ("size: {a: big}", "size.a: must be a number (got 'big')"),
        ("size: big", "size: must be a number (got 'big')"),
        ("day: 2022-02-30", "day: must be a date, written YYYY-MM-DD (got '2022-02-30')"),
        ("by_name: [a]", "by_name: must be a mapping"),
        (
            "{animals: 3, day: x}",
            "day: must be a date, written YYYY-MM-DD (got 'x'); animals: must be a list (got 3)",
        ),
    ],
)
def test_faults(text, message):
    with pytest.raises(BadInput) as caught:
        parse(ZooFile, text, "zoo.yaml")
    assert str(caught.value).startswith(f"zoo.yaml: {message}")
    assert caught.value.where == "zoo.yaml"


def test_a_plain_union_is_named_without_its_branches():
    with pytest.raises(BadInput, match=r"zoo\.yaml: either: .*") as caught:
        parse(ZooFile, "either: text", "zoo.yaml")
    assert "either.int" not in str(caught.value)
    assert "either.list" not in str(caught.value)


def test_good_files_pass():
    text = "day: 2022-06-08\nanimals: [{kind: dog, name: Rex, friends: [{kind: cat}]}]\nsize: {a: 1}\n"
    zoo = parse(ZooFile, text, "zoo.yaml")
    assert zoo.day == date(2022, 6, 8)
    assert zoo.animals[0].friends[0].lives == 9
    assert zoo.size == {"a": 1.0}


def test_a_parsed_file_cannot_be_changed():
    zoo = parse(ZooFile, "day: 2022-06-08", "zoo.yaml")
    with pytest.raises(ValueError, match="frozen"):
        zoo.day = None


def test_dates_stay_text_until_a_model_wants_them():
    assert read_yaml("a: 2022-06-08\nb: 5\nc: yes", "x") == {"a": "2022-06-08", "b": 5, "c": True}


def test_the_hint_names_the_schema():
    with pytest.raises(
        BadInput, match=r"zoo\.yaml: must be a mapping of fields; start from `tertius schema zoo`"
    ):
        parse(ZooFile, "[]", "zoo.yaml")
