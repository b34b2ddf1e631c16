# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The command that reads an article."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import AsJson, app, write_text
from tertius.cli.drafting import Several, refuse_earlier
from tertius.errors import BadInput

if TYPE_CHECKING:
    from tertius.reading import Reading, Sentence


@app.command(
    epilog="Example: tertius read article.html --scenario sanctions-2022@june --out draft.yaml",
)
def read(
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE", help="A .txt, .md or .html file in English or Russian; - reads stdin."
        ),
    ],
    focal: Annotated[
        str, typer.Option(help="Focal state of the draft; default the one most spoken of.")
    ] = "",
    power: Annotated[
        Several, typer.Option(help="Power of the draft; repeat. Default the other members of the G20 named.")
    ] = None,
    scenario: Annotated[
        Several,
        typer.Option(help="Scenario of the draft, as in `tertius solve`; repeat, the main one first."),
    ] = None,
    world: Annotated[str, typer.Option(help="Base year, see `tertius world list`.")] = "",
    room: Annotated[
        Several, typer.Option(help="Room to ask beside those of the mechanisms found; repeat.")
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the draft; default of focal state and scenario.")] = "",
    published: Annotated[str, typer.Option(help="YYYY-MM-DD, if the page does not say it.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write a draft study: a .yaml file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read an article into facts, actors, mechanisms and claims to test; with --out, a draft study.

    A lexicon of phrases, no model and no network. What the page does not say is said to be missing, never
    guessed.
    """
    from tertius.reading import read_article, read_file
    from tertius.terminal import print_json

    given = {"--focal": focal, "--power": power, "--scenario": scenario, "--world": world, "--room": room}
    given |= {"--name": name, "--published": published}
    if unused := [option for option, value in given.items() if value and not out]:
        raise BadInput(unused[0], "is for a draft", "name its file with --out")
    found = read_article(_standard_input(), where="stdin") if article == "-" else read_file(Path(article))
    if out:
        _draft(found, out, focal, power or [], scenario or [], world, room or [], name, published)
    if as_json:
        print_json(found.to_dict() | ({"draft": str(out)} if out else {}))
    else:
        _show(found)
        if out:
            print(f"\n{out} is written. Edit its claims, then:\n  tertius rules {out}\n  tertius run {out}")


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("stdin", "is not UTF-8 text", "convert it first") from error


def _draft(
    found: Reading,
    out: Path,
    focal: str,
    power: list[str],
    scenario: list[str],
    world: str,
    room: list[str],
    name: str,
    published: str,
) -> None:
    from tertius.study import draft_from_article
    from tertius.study.scaffold import WORLD

    refuse_earlier(out)
    text = draft_from_article(
        found,
        scenario,
        focal=focal,
        around=power,
        world=world or WORLD,
        rooms=room,
        name=name,
        published=_day(published),
    )
    write_text(out, text)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise BadInput(f"--published {given}", "is not a day", "write it YYYY-MM-DD") from error


def _how(sentence: Sentence) -> Iterator[str]:
    """Direction, doubt and source in words; nothing for a plain sentence."""
    if sentence.direction != "none":
        yield "both ways" if sentence.direction == "both" else sentence.direction
    yield from ["hedged"] * sentence.hedged + ["by others"] * sentence.others


def _show(found: Reading) -> None:
    from tertius.labels import place_name
    from tertius.reading import lexicon
    from tertius.reading.result import FACTS
    from tertius.terminal import show_table

    for name in FACTS:
        fact = getattr(found.page, name)
        print(
            f"{name:<10} {fact.value or fact.note}" + (f" ({fact.note})" if fact.value and fact.note else "")
        )
    print(f"{'language':<10} {found.language}")
    print(f"{'length':<10} {found.words} words, {len(found.page.paragraphs)} paragraphs\n")
    rows = [
        [a.code, place_name(a.code), str(a.title or ""), ", ".join(map(str, a.paragraphs)), str(a.mentions)]
        for a in found.actors
    ]
    show_table("Actors", ["code", "name", "place in title", "paragraphs", "mentions"], rows, numbers=1)
    known = lexicon().mechanisms
    rows = [
        [
            f"{s.paragraph}.{s.number}",
            s.text,
            "; ".join(known[m].title for m in s.mechanisms),
            ", ".join(_how(s)),
            ", ".join(s.tests),
        ]
        for s in found.claims
    ]
    print()
    columns = ["at", "sentence", "speaks of", "how", "tested by"]
    show_table("Claims to test", columns, rows)
