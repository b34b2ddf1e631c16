# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A first study file for any focal state: it runs as it is and says what each field is for."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tertius.data.texts import parse
from tertius.errors import BadInput, unknown
from tertius.labels import place_name
from tertius.policy import Scenario
from tertius.reading.lexicon import CASES
from tertius.study.ask import asked_questions
from tertius.study.cases import set_up
from tertius.study.scaffold_claims import ArticleNotes, capital, draft_claims
from tertius.study.scaffold_rooms import Asking
from tertius.study.schema import StudyFile
from tertius.study.vacuous import check_rules
from tertius.world import list_worlds, load_world

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["WORLD", "draft_study"]

WORLD = "eurasia-2021"
WHERE = "new study"


@dataclass(frozen=True, slots=True)
class _Power:
    key: str
    code: str
    name: str

    @property
    def begins(self) -> str:
        """The name where a sentence begins with it."""
        return capital(self.name)


@dataclass(frozen=True, slots=True)
class _Case:
    key: str
    scenario: str
    label: str
    focal: str
    rank: str
    powers: tuple[_Power, ...]


def draft_study(
    focal: str,
    powers: Sequence[str],
    scenarios: Sequence[str],
    *,
    world: str = WORLD,
    rooms: Sequence[str] = (),
    name: str = "",
    published: date | None = None,
    article: ArticleNotes | None = None,
    where: str = WHERE,
) -> str:
    """Write the text of a study that runs, with a comment on every field.

    Parameters
    ----------
    focal
        Code of the state in the middle.
    powers
        Codes of the powers around it.
    scenarios
        References of scenarios, the main one first.
    world
        A shipped base year.
    rooms
        Rooms to ask; each brings a claim.
    name
        Name of the study; by default of the focal state and the first scenario.
    published
        Date of the text that is tested; today by default.
    article
        What was read in it: fills the block ``article``, and brings a claim for each question of a room.
    where
        Name of the command, for errors.

    Returns
    -------
    str
        YAML, loaded and tried on its world before it is given out.

    Raises
    ------
    BadInput
        If a country, world, scenario or room does not exist, a room cannot be asked for this state, or there
        is nothing to study.

    Examples
    --------
    >>> text = draft_study("TUR", ["RUS", "USA"], ["sanctions-2022@june"], published=date(2022, 6, 8))
    >>> [line for line in text.splitlines() if line.startswith("name")]
    ['name: tur-sanctions-2022-june  # of the run folder: lower case, digits, hyphens']
    """
    on = published or datetime.now(UTC).date()
    _check(where, focal, powers, scenarios, world, name)
    cases = _cases(focal, powers, scenarios)
    own, notes = place_name(focal), article or ArticleNotes("", "", {}, {})
    asking = Asking(focal, tuple(powers), scenarios[0], world, on)
    drafted = draft_claims(rooms, notes, asking, where)
    text = _template().render(
        name=name or f"{focal.lower()}-{cases[0].key.replace('_', '-').lower()}",
        title=f"{own}: {cases[0].label}",
        question=f"What does it mean for {own}, and for the powers around it?",
        published=on.isoformat(),
        article=article,
        solved=notes.said.get(CASES, ()),
        solved_in=notes.first.get(CASES, 1),
        left=drafted.left,
        focal=focal,
        focal_name=own,
        begins=capital(own),
        powers=powers,
        world=world,
        cases=cases,
        rooms=drafted.options,
        asked=drafted.claims,
        quoted=lambda words: json.dumps(words, ensure_ascii=False),
    )
    return _tried(f"{text.strip()}\n", where)


def _check(
    where: str, focal: str, powers: Sequence[str], scenarios: Sequence[str], world: str, name: str
) -> None:
    """Refuse what could not stand in a study, before it is written into one."""
    for what, given in (("power", powers), ("scenario", scenarios)):
        if not given:
            raise BadInput(where, f"no {what} is named", f"name one with --{what}")
    if world not in list_worlds():
        raise unknown(f"{where}: --world", "world", world, list_worlds())
    known = load_world(world).countries
    for option, code in (("focal", focal), *(("power", p) for p in powers)):
        if code not in known:
            raise unknown(f"{where}: --{option}", "country", code, known)
    for k, code in enumerate(powers):
        if code == focal or code in powers[:k]:
            what = "is the focal state" if code == focal else "appears twice"
            raise BadInput(f"{where}: --power", f"{code} {what}", "name each state once")
    if name and not re.fullmatch("[a-z0-9][a-z0-9-]*", name):
        raise BadInput(f"{where}: --name", f"{name!r} is no name", "take lower case, digits and hyphens")


def _tried(text: str, where: str) -> str:
    """Give the text back once everything that it names was found."""
    study = parse(StudyFile, text, where)
    check_rules(study, where)
    set_up(study, where)
    asked_questions(study)
    return text


def _cases(focal: str, powers: Sequence[str], scenarios: Sequence[str]) -> list[_Case]:
    found: list[_Case] = []
    for reference in scenarios:
        key = _key(reference, [c.key for c in found])
        about = Scenario.load(reference).file
        version = reference.partition("@")[2]
        label = f"{about.title} ({version})" if version else about.title
        others = tuple(_Power(f"{p.lower()}_{key}", p, place_name(p)) for p in powers)
        found.append(
            _Case(key, reference, label, f"{focal.lower()}_{key}", f"{focal.lower()}_{key}_rank", others)
        )
    return found


def _key(reference: str, taken: Sequence[str]) -> str:
    """Make the name of a case out of a reference: letters, digits, underscores."""
    stem = re.sub(r"^.*[/\\]|\.ya?ml", "", reference)
    words = re.findall(r"[A-Za-z0-9]+", stem) or ["case"]
    own = "_".join(words) if words[0][0].isalpha() else "_".join(("case", *words))
    return own if own not in taken else f"{own}_{len(taken) + 1}"


def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loaded = Environment(
        loader=PackageLoader("tertius.study"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    return loaded.get_template("study.yaml.j2")
