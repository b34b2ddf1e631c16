# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Asking the rooms: which questions there are, and one chapter from each room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tertius.errors import BadInput, unknown
from tertius.study.cases import Grid, Progress
from tertius.study.chapter import Asked, Chapter, Question
from tertius.study.chapters import AFTER, room
from tertius.study.schema import StudyFile
from tertius.world import World

__all__ = ["answer", "ask", "asked_questions", "asked_rooms", "known_rooms"]


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


def asked_rooms(study: StudyFile, without: Iterable[str]) -> tuple[str, ...]:
    """Name the rooms of a study but some, in their order."""
    left = set(without)
    return tuple(name for name in study.rooms.asked if name not in left)


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
    for name in asked_rooms(grid.study, without):
        earlier = {r: found[r] for r in AFTER.get(name, ()) if r in found}
        found[name] = answer(name, grid.study, grid.world, earlier, tell)
    return found


def answer(
    name: str, study: StudyFile, world: World, earlier: Mapping[str, Chapter], tell: Progress
) -> Chapter:
    """Let one room compute its chapter.

    Parameters
    ----------
    name
        The room.
    study, world, earlier
        As in :class:`tertius.study.chapter.Asked`.
    tell
        Called with done, total and a few words.

    Raises
    ------
    BadInput
        If an option names something that the room does not know.
    """

    def telling(done: int, total: int, words: str) -> None:
        tell(done, total, f"{name}: {words}")

    try:
        return room(name).compute(Asked(study, world, earlier), study.rooms.asked[name], telling)
    except BadInput as error:
        raise BadInput(f"{study.name}: rooms.{name}: {error.where}", error.what, error.remedy) from error
