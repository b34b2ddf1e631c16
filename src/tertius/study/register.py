# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Registration: the rules by which claims will be judged, with their hashes, before anything is solved."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tertius.study.ask import asked_questions
from tertius.study.cases import Grid, set_up
from tertius.study.chapter import Question
from tertius.study.claims import Claim, RoomQuantity
from tertius.study.schema import load_study
from tertius.study.verdicts import VERDICT_RULE

__all__ = ["RegisteredClaim", "Registration", "commit", "register", "registration"]


@dataclass(frozen=True, slots=True)
class RegisteredClaim:
    """A claim as it stands before any result exists.

    Attributes
    ----------
    id, text, falsifier, waits_for
        As the study file has them.
    rules
        Comparisons in words.
    questions
        ``room.question`` -> the rule by which the room will answer.
    sha256
        Fingerprint of all that will decide the verdict; see :func:`register`.
    """

    id: str
    text: str
    falsifier: str
    waits_for: str
    rules: tuple[str, ...]
    questions: Mapping[str, str]
    sha256: str


@dataclass(frozen=True, slots=True)
class Registration:
    """All claims of a study as they stand before any result exists.

    Attributes
    ----------
    study, tertius, commit
        Name of the study; version and commit of the program that will judge.
    at
        When, in UTC.
    verdict_rule
        How rules and questions make a verdict.
    claims
        In the order of the study.
    sha256
        Fingerprint of the fingerprints of all claims.
    """

    study: str
    tertius: str
    commit: str
    at: str
    verdict_rule: str
    claims: tuple[RegisteredClaim, ...]
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        """Give it ready for JSON."""
        return asdict(self)


def registration(reference: str | Path) -> Registration:
    """Load a study and register its rules; nothing is solved.

    Parameters
    ----------
    reference
        A shipped study or the path of a study file.

    Returns
    -------
    Registration
        What can be published before the study is run; a run of the same study carries the same hashes.

    Raises
    ------
    BadInput
        If the study is not valid.

    Examples
    --------
    >>> found = registration("kazakhstan-2022")
    >>> found.claims[0].rules[0], len(found.claims[0].sha256)
    ('rus_june < 0', 64)
    """
    study, _ = load_study(reference)
    path = Path(reference)
    return register(set_up(study, path.name if path.suffix else ""), asked_questions(study))


def register(grid: Grid, questions: Mapping[str, Question]) -> Registration:
    """Fingerprint every claim of a study.

    The hash of a claim covers all that will decide its verdict: its words, falsifier and rules; the
    quantities that they compare; the questions to rooms with their rules and options; the scenarios and
    routes behind its cases, by their text; the world, by its content; elasticity sets, closures, and the
    rule of verdicts. Labels, readings and what is printed beside them may change without changing it.

    Parameters
    ----------
    grid
        The study with its world and scenarios; draws are not looked at.
    questions
        What the rooms are asked, by ``room.question``.
    """
    claims = tuple(_registered(grid, claim, questions) for claim in grid.study.claims)
    return Registration(
        study=grid.study.name,
        tertius=version("tertius"),
        commit=commit(),
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        verdict_rule=VERDICT_RULE,
        claims=claims,
        sha256=_hash({c.id: c.sha256 for c in claims}),
    )


def _registered(grid: Grid, claim: Claim, questions: Mapping[str, Question]) -> RegisteredClaim:
    asked = {name: questions[name].rule for name in claim.findings}
    decides = {
        "claim": claim.model_dump(mode="json", exclude={"reading", "shows", "paragraph"}),
        "verdict": VERDICT_RULE,
        "questions": asked,
        "focal": grid.study.focal,
        "powers": grid.study.powers,
        "world": grid.world.hash,
        "elasticities": grid.sets,
        "closures": grid.study.closures,
        **_behind(grid, claim),
    }
    return RegisteredClaim(
        claim.id,
        claim.text,
        claim.falsifier,
        claim.waits_for,
        tuple(map(str, claim.rules)),
        asked,
        _hash(decides),
    )


def _behind(grid: Grid, claim: Claim) -> dict[str, Any]:
    """Quantities, cases and rooms that a claim rests on, each with what defines it."""
    study = grid.study
    compared = {name for rule in claim.rules for name in (rule.quantity, rule.than) if name}
    used = {key: study.quantities[key] for key in sorted(compared)}
    solved = [q for q in used.values() if not isinstance(q, RoomQuantity)]
    rooms = {name.partition(".")[0] for name in claim.findings}
    rooms |= {q.room for q in used.values() if isinstance(q, RoomQuantity)}
    options = study.rooms.asked
    return {
        "quantities": {key: q.model_dump(mode="json", exclude={"label"}) for key, q in used.items()},
        "cases": {c: _case(grid, c) for q in solved for c in (q.case, q.minus) if c},
        "rooms": {name: options[name].model_dump(mode="json") for name in sorted(rooms)},
    }


def _case(grid: Grid, case: str) -> dict[str, Any]:
    scenario, routes = grid.scenarios[case], grid.routes[case]
    texts = [s.text for s in (scenario, *scenario.parts)] + ([routes.text] if routes else [])
    return {"named": grid.named(case), "texts": [hashlib.sha256(t.encode()).hexdigest() for t in texts]}


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def commit() -> str:
    """Commit of the clone of tertius that holds this package, or "" if it lies elsewhere."""
    here = Path(__file__).resolve().parent
    asked = ["git", "rev-parse", "--show-toplevel", "HEAD"]
    try:
        found = subprocess.run(asked, cwd=here, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    top, _, head = found.stdout.strip().partition("\n")
    ours = found.returncode == 0 and (Path(top) / "src" / "tertius" / "study").is_dir()
    return head if ours else ""
