# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The manifest: everything that is needed to make the same numbers again."""

from __future__ import annotations

import hashlib
import json
import math
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tertius.study.cases import Grid
from tertius.study.chapter import Question
from tertius.study.verdicts import VERDICT_RULE

__all__ = ["commit", "manifest", "rules_hash"]


def manifest(
    grid: Grid, questions: Mapping[str, Question], without: Sequence[str], text: str, seconds: float
) -> dict[str, Any]:
    """Collect version, commit, hashes, texts and the story of every solve.

    Parameters
    ----------
    grid
        The study with all its draws.
    questions
        What the rooms were asked, by ``room.question``.
    without
        Rooms that were left out.
    text
        The study file as written.
    seconds
        Time that all took.

    Returns
    -------
    dict
        Ready for JSON.
    """
    world = grid.world
    scenarios = {s.file.name: s for top in grid.scenarios.values() for s in (top, *top.parts)}
    return {
        "tertius": version("tertius"),
        "commit": commit(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "platform": platform.platform(),
        "seeds": [],
        "rooms": {name: options.model_dump(mode="json") for name, options in grid.study.rooms.asked.items()},
        "without": list(without),
        "world": {"name": world.name, "year": world.year, "sha256": world.hash, "record": dict(world.record)},
        "study": {"name": grid.study.name, "text": text, "rules_sha256": rules_hash(grid, questions)},
        "scenarios": {
            name: {"sha256": hashlib.sha256(s.text.encode()).hexdigest(), "text": s.text}
            for name, s in sorted(scenarios.items())
        },
        "routes": {
            r.file.name: {"sha256": hashlib.sha256(r.text.encode()).hexdigest(), "text": r.text}
            for r in grid.routes.values()
            if r is not None
        },
        "cases": {key: _named(grid, key) for key in grid.scenarios},
        "solves": [
            {
                "case": d.case,
                "elasticity": d.elasticity,
                "closure": d.closure,
                "outcome": d.report.outcome.name,
                "method": d.report.method,
                "sweeps": d.report.sweeps,
                "residual": d.report.residual if math.isfinite(d.report.residual) else None,
                "worst": d.report.worst,
                "seconds": round(d.report.seconds, 4),
                "notes": list(d.report.notes),
            }
            for d in grid.draws
        ],
    }


def _named(grid: Grid, case: str) -> str:
    """What a case solves: scenario, and routes with the values chosen."""
    routes = grid.routes[case]
    return grid.scenarios[case].id + (f" over {routes.id}" if routes else "")


def rules_hash(grid: Grid, questions: Mapping[str, Question]) -> str:
    """Fingerprint of all that decides a verdict and exists before any result: rules, questions, variants."""
    study = grid.study
    rules = {
        "verdict": VERDICT_RULE,
        "world": study.world,
        "elasticities": study.elasticities,
        "closures": study.closures,
        "cases": {k: _named(grid, k) for k in study.cases},
        "quantities": {k: q.model_dump(mode="json") for k, q in study.quantities.items()},
        "rooms": {name: options.model_dump(mode="json") for name, options in study.rooms.asked.items()},
        "questions": {name: q.rule for name, q in questions.items()},
        "claims": {c.id: [*(r.model_dump(mode="json") for r in c.rules), *c.findings] for c in study.claims},
    }
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()


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
