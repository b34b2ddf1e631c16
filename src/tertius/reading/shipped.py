# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A reading as a table without the text, which may be shared where the text may not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from importlib.resources import files

from tertius.errors import unknown
from tertius.reading.result import FACTS, Actor, Fact, Page, Reading, Sentence

__all__ = ["TABLES", "as_table", "from_table", "shipped_reading"]

TABLES = ("article_reading.csv",)
COLUMNS = ("kind", "name", "value", "note", "title", "paragraph", "sentence")
MARKS = ("mechanisms", "actors", "direction", "hedged", "others")


def as_table(reading: Reading) -> str:
    """Write a reading as CSV; no word of the text is in it.

    Parameters
    ----------
    reading
        What was read.

    Returns
    -------
    str
        Rows of facts, counts, actors (mentions, place in the title, paragraphs) and sentences.

    Examples
    --------
    >>> from tertius.reading import read_article
    >>> print(as_table(read_article("Armenia fears secondary sanctions.")).splitlines()[-1])
    sentence,,,,,1,1,secondary-sanctions,ARM,none,0,0
    """
    out = io.StringIO()
    table = csv.DictWriter(out, (*COLUMNS, *MARKS), lineterminator="\n", restval="")
    table.writeheader()
    for name in FACTS:
        fact: Fact = getattr(reading.page, name)
        table.writerow({"kind": "fact", "name": name, "value": fact.value, "note": fact.note})
    for name, value in (
        ("language", reading.language),
        ("words", reading.words),
        ("paragraphs", len(reading.page.paragraphs)),
    ):
        table.writerow({"kind": "count", "name": name, "value": value})
    for a in reading.actors:
        row = {"kind": "actor", "name": a.code, "value": a.mentions, "title": a.title}
        table.writerow({**row, "paragraph": _list(map(str, a.paragraphs))})
    for s in reading.sentences:
        row = {"kind": "sentence", "paragraph": s.paragraph, "sentence": s.number, "direction": s.direction}
        lists = {"mechanisms": _list(s.mechanisms), "actors": _list(s.actors)}
        table.writerow({**row, **lists, "hedged": int(s.hedged), "others": int(s.others)})
    return out.getvalue()


def from_table(text: str) -> Reading:
    """Read a table of :func:`as_table` back, comments before it or not; nothing has text."""
    while text.startswith("#"):
        text = text.partition("\n")[2]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    named = {r["name"]: r for r in rows if r["kind"] in ("fact", "count")}
    title, author, published, modified = (Fact(named[n]["value"], named[n]["note"]) for n in FACTS)
    page = Page(title, author, published, modified, ("",) * int(named["paragraphs"]["value"]))
    return Reading(
        page,
        named["language"]["value"],
        int(named["words"]["value"]),
        tuple(_actor(r) for r in rows if r["kind"] == "actor"),
        tuple(_sentence(r) for r in rows if r["kind"] == "sentence"),
    )


def shipped_reading(table: str) -> Reading:
    """Give a shipped reading.

    Parameters
    ----------
    table
        File name, one of ``TABLES``.

    Raises
    ------
    BadInput
        If there is no such table.

    Examples
    --------
    >>> shipped_reading("article_reading.csv").page.published.value
    '2022-06-08'
    """
    if table not in TABLES:
        raise unknown("reading", "shipped reading", table, TABLES)
    return from_table((files("tertius.data") / "tables" / table).read_text(encoding="utf-8"))


def _list(names: Iterable[str]) -> str:
    return " ".join(names)


def _actor(row: Mapping[str, str]) -> Actor:
    places = tuple(map(int, row["paragraph"].split()))
    return Actor(row["name"], int(row["value"]), int(row["title"]), places)


def _sentence(row: Mapping[str, str]) -> Sentence:
    return Sentence(
        int(row["paragraph"]),
        int(row["sentence"]),
        "",
        tuple(row["mechanisms"].split()),
        tuple(row["actors"].split()),
        row["direction"],  # type: ignore[arg-type]
        row["hedged"] == "1",
        row["others"] == "1",
    )
