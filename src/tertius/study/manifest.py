# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The manifest: everything that is needed to make the same numbers again."""

from __future__ import annotations

import hashlib
import math
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from tertius.study.cases import Grid
from tertius.study.register import Registration, commit
from tertius.study.vacuous import doubts

__all__ = ["manifest"]


def manifest(
    grid: Grid, registered: Registration, without: Sequence[str], text: str, seconds: float
) -> dict[str, Any]:
    """Collect version, commit, hashes, texts and the story of every solve.

    Parameters
    ----------
    grid
        The study with all its draws.
    registered
        Rules and questions with their hashes, from before the first solve.
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
        "registered": registered.at,
        "made": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "seconds": round(seconds, 3),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "platform": platform.platform(),
        "seeds": [],
        "rooms": {name: options.model_dump(mode="json") for name, options in grid.study.rooms.asked.items()},
        "without": list(without),
        "world": {"name": world.name, "year": world.year, "sha256": world.hash, "record": dict(world.record)},
        "study": {
            "name": grid.study.name,
            "text": text,
            "rules_sha256": registered.sha256,
            "claims_sha256": {c.id: c.sha256 for c in registered.claims},
        },
        "warnings": list(doubts(grid.study)),
        "scenarios": {
            name: {"sha256": hashlib.sha256(s.text.encode()).hexdigest(), "text": s.text}
            for name, s in sorted(scenarios.items())
        },
        "routes": {
            r.file.name: {"sha256": hashlib.sha256(r.text.encode()).hexdigest(), "text": r.text}
            for r in grid.routes.values()
            if r is not None
        },
        "cases": {key: grid.named(key) for key in grid.scenarios},
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
