# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Asking the rooms: which questions there are, and one chapter from each room."""

from __future__ import annotations

from collections.abc import Iterable

from tertius.errors import BadInput, unknown
from tertius.study.cases import Grid, Progress
from tertius.study.chapter import Asked, Chapter, Question
from tertius.study.chapters import room
from tertius.study.schema import StudyFile

__all__ = ["ask", "asked_questions", "known_rooms"]


def asked_questions(study: StudyFile) -> dict[str, Question]:
    """Collect the questions that the rooms of a study will answer, by ``room.question``.

    Raises
    ------
    BadInput
        If a claim names a question that its room does not know.
    """
    found = {
        f"{name}.{asked}": question
        for name, options in study.rooms.asked.items()
        for asked, question in room(name).questions(study, options).items()
    }
    for claim in study.claims:
        for name in claim.findings:
            if name not in found:
                raise unknown(f"{study.name}: claim {claim.id}: findings", "question", name, found)
    return found


def known_rooms(study: StudyFile, without: Iterable[str]) -> tuple[str, ...]:
    """Check the names of rooms to leave out."""
    asked, names = study.rooms.asked, tuple(without)
    for name in names:
        if not asked:
            raise BadInput("--without", f"{name!r}: this study asks no rooms", "leave it out")
        if name not in asked:
            raise unknown("--without", "room of this study", name, asked)
    return names


def ask(grid: Grid, without: Iterable[str], tell: Progress) -> dict[str, Chapter]:
    """Let every room of a study but some compute its chapter.

    Parameters
    ----------
    grid
        The study on its world.
    without
        Rooms to leave out.
    tell
        Called with done, total and a few words.

    Returns
    -------
    dict
        Room -> chapter, in the order of the rooms.

    Raises
    ------
    BadInput
        If an option names something that the room does not know.
    """
    found: dict[str, Chapter] = {}
    left = set(without)
    for name, options in grid.study.rooms.asked.items():
        if name in left:
            continue

        def telling(done: int, total: int, words: str, name: str = name) -> None:
            tell(done, total, f"{name}: {words}")

        try:
            found[name] = room(name).compute(Asked(grid.study, grid.world, found), options, telling)
        except BadInput as error:
            raise BadInput(
                f"{grid.study.name}: rooms.{name}: {error.where}", error.what, error.remedy
            ) from error
    return found
