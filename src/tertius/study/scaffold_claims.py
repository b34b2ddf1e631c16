# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Claims of a drafted study: of the rooms that are asked for, and of the sentences of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tertius.errors import BadInput
from tertius.labels import place_name
from tertius.study.scaffold_rooms import COUNTED, Asking, RoomDraft, draft_room
from tertius.study.wording import QUESTIONS, USUAL

__all__ = ["ArticleNotes", "DraftClaim", "Drafted", "capital", "draft_claims"]

OF_ONE = ("evidence.event-left-nothing", "gain.many-movers")
"""Questions about what is known of one state alone."""


@dataclass(frozen=True, slots=True)
class ArticleNotes:
    """What was read in the article that a draft is about.

    Attributes
    ----------
    title, author
        Empty where the page does not say them.
    said
        Question of a room without its power, or ``cases`` -> sentences with their places, as comments.
    first
        The same -> paragraph of the first of them.
    """

    title: str
    author: str
    said: Mapping[str, tuple[str, ...]]
    first: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim that rests on a question of a room.

    Attributes
    ----------
    finding
        ``room.question``.
    text, falsifier
        What it says and what would show it wrong.
    paragraph, said
        Of the article: the first that says it, and its sentences.
    """

    finding: str
    text: str
    falsifier: str
    paragraph: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """Claims, the options of the rooms that they ask, and sentences that nothing can test, with reasons."""

    claims: tuple[DraftClaim, ...]
    options: dict[str, str]
    left: tuple[str, ...]


def draft_claims(rooms: Sequence[str], notes: ArticleNotes, asking: Asking, where: str) -> Drafted:
    """Draft the claims of an article's sentences, and the usual one of each room named beside them.

    Parameters
    ----------
    rooms
        Rooms that must be asked.
    notes
        What was read in the article; may be empty.
    asking
        What the study is about.
    where
        What the user called, for errors.

    Returns
    -------
    Drafted

    Raises
    ------
    BadInput
        If a room that must be asked does not exist or cannot be asked for this state.
    """
    drafts = {room: draft_room(room, asking, where) for room in dict.fromkeys(rooms)}
    bare = {question.replace("-{code}", ""): question for question in QUESTIONS}
    asked, left = dict[str, str](), list[str]()
    for question, lines in notes.said.items():
        if question not in bare:
            continue
        if why := _unasked(bare[question], asking, drafts, where):
            left += [f"{line} ({why})" for line in lines]
        else:
            asked[question] = bare[question]
    for room in drafts:
        if not any(question.startswith(f"{room}.") for question in asked):
            asked[USUAL[room].replace("-{code}", "")] = USUAL[room]
    claims = tuple(_claim(question, full, notes, asking, drafts) for question, full in asked.items())
    used = dict.fromkeys(question.partition(".")[0] for question in asked)
    return Drafted(claims, {room: drafts[room].options for room in used}, tuple(left))


def _unasked(question: str, asking: Asking, drafts: dict[str, RoomDraft], where: str) -> str:
    """Draft the room of a question unless it is there; say why it cannot be asked, empty if it can."""
    if question in OF_ONE and asking.focal != COUNTED:
        return f"it is known of {COUNTED} alone"
    room = question.partition(".")[0]
    try:
        drafts[room] = drafts.get(room) or draft_room(room, asking, where)
    except BadInput as error:
        return error.what
    return ""


def _claim(
    question: str, full: str, notes: ArticleNotes, asking: Asking, drafts: Mapping[str, RoomDraft]
) -> DraftClaim:
    sides = drafts[question.partition(".")[0]].sides
    names = {"focal": asking.focal, "power": asking.powers[0], **sides}
    words = {name: place_name(code) for name, code in names.items()} | {"code": asking.powers[0]}
    text, falsifier = (capital(said.format(**words)) for said in QUESTIONS[full])
    return DraftClaim(
        full.format(**words), text, falsifier, notes.first.get(question, 1), notes.said.get(question, ())
    )


def capital(words: str) -> str:
    """Begin a sentence.

    Examples
    --------
    >>> capital("the United States")
    'The United States'
    """
    return f"{words[:1].upper()}{words[1:]}"
