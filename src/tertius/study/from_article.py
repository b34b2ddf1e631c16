# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From an article to a draft study: what it names fills the draft, what it lacks must be given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tertius.errors import BadInput
from tertius.labels import place_name
from tertius.reading import Reading, powers
from tertius.study.scaffold import WORLD, draft_study
from tertius.study.scaffold_claims import ArticleNotes
from tertius.world import list_worlds, load_world

__all__ = ["draft_from_article"]


def draft_from_article(
    reading: Reading,
    scenarios: Sequence[str],
    *,
    focal: str = "",
    around: Sequence[str] = (),
    world: str = WORLD,
    rooms: Sequence[str] = (),
    name: str = "",
    published: date | None = None,
    where: str = "read",
) -> str:
    r"""Write a draft study about an article.

    Parameters
    ----------
    reading
        What was read.
    scenarios
        References of scenarios, the main one first; a page does not say them.
    focal, around
        State in the middle and powers; without them those that the page names (decision 18).
    world, rooms, name
        As in :func:`draft_study`; rooms come beside those of the mechanisms found.
    published
        Day of publication, if the page does not say it.
    where
        Name of the command, for errors.

    Returns
    -------
    str
        YAML of a study that loads; sentences stand beside claims as comments.

    Raises
    ------
    BadInput
        If something is missing, with the option that gives it.

    Examples
    --------
    >>> from tertius.reading import read_article
    >>> page = "Armenia and Russia\n\n8 June 2022\n\nArmenia drifts away from Russia."
    >>> text = draft_from_article(read_article(page), ["sanctions-2022@june"])
    >>> [line for line in text.splitlines() if line.startswith(("focal", "powers"))][0]
    'focal: ARM  # the state in the middle'
    """
    states = [a.code for a in reading.actors if not a.is_group]
    middle = focal or (states[0] if states else "")
    if not middle:
        raise BadInput(where, "the page names no country", "name the focal state with --focal")
    if not focal and world in list_worlds() and middle not in load_world(world).countries:
        what = f"the page speaks most of {place_name(middle)} ({middle}), which {world} does not show apart"
        raise BadInput(where, what, "name another state with --focal, or a base year with --world")
    strong = tuple(around) or tuple(c for c in states if c in powers() and c != middle)
    if not strong:
        raise BadInput(
            where, f"the page names no power beside {middle}{_groups(reading)}", "name one with --power"
        )
    if not scenarios:
        what = "a page does not say which measures to solve"
        raise BadInput(where, what, "name a scenario with --scenario, see `tertius scenarios`")
    said = reading.page.published
    if not (published or said.value):
        raise BadInput(where, f"day of publication: {said.note}", "give it with --published YYYY-MM-DD")
    return draft_study(
        middle,
        strong,
        scenarios,
        world=world,
        rooms=rooms,
        name=name,
        published=published or date.fromisoformat(said.value),
        article=_notes(reading),
        where=where,
    )


def _groups(reading: Reading) -> str:
    """Groups that the page names, whose members could be given."""
    names = [place_name(a.code) for a in reading.actors if a.is_group]
    return f" (but {', '.join(names)})" if names else ""


def _notes(reading: Reading) -> ArticleNotes:
    said: dict[str, list[str]] = {}
    first: dict[str, int] = {}
    for s in reading.claims:
        text = "".join(c for c in s.text if c.isprintable())  # YAML takes no others, even in comments
        for question in s.tests:
            said.setdefault(question, []).append(f"paragraph {s.paragraph}, sentence {s.number}: {text}")
            first.setdefault(question, s.paragraph)
    page = reading.page
    held = {question: tuple(lines) for question, lines in said.items()}
    return ArticleNotes(page.title.value, page.author.value, held, first)
