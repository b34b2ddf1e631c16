# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Payoff surfaces kept in the user's cache folder, by the hash of everything they hang on.

The code of the engine is part of the hash: an old result is never taken for one of a corrected program.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache as once
from importlib.resources import files
from pathlib import Path

import numpy as np

from tertius.choice.payoffs import Payoffs
from tertius.choice.plan import Plan
from tertius.files import replacing
from tertius.policy import Scenario
from tertius.policy.lever import Lever
from tertius.world import World

__all__ = ["fingerprint", "folder", "kept"]

ROOMS = ("labels", "data", "world", "policy", "routes", "equilibrium", "outcomes", "choice")
DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error)


def folder() -> Path:
    """Where results are kept: ``TERTIUS_CACHE``, or the user's cache folder of the system.

    Examples
    --------
    >>> folder().name != ""
    True
    """
    if own := os.environ.get("TERTIUS_CACHE"):
        return Path(own)
    home = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    return Path(os.environ.get(home) or Path.home() / ".cache") / "tertius"


def kept(world: World, plan: Plan, use: bool, make: Callable[[], Payoffs]) -> Payoffs:
    """Give the result of an earlier run, or make and keep it.

    Parameters
    ----------
    world, plan
        What the result hangs on.
    use
        False makes it anew and keeps nothing.
    make
        Makes it.

    Returns
    -------
    Payoffs
        A damaged file counts as none; a folder that cannot be written is no error.
    """
    if not use:
        return make()
    path = folder() / f"payoffs-{fingerprint(world, plan)}.npz"
    try:
        return _read(path)
    except DAMAGE:
        found = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, found)
    except OSError:
        pass
    return found


def fingerprint(world: World, plan: Plan) -> str:
    """Hash of a world, a plan and the code that answers it."""
    routes = plan.routes
    parts = {
        "world": [world.hash, world.elasticity_name],
        "scenario": list(_scenario(plan.scenario)),
        "routes": None if routes is None else [routes.file.model_dump_json(), asdict(routes.values)],
        "levers": [_lever(x, plan.run) for x in plan.levers],
        "stance": [plan.stance.shape, plan.stance.tolist()],
        "plain": [plan.players, plan.west, plan.east, plan.intensity, plan.groups, plan.sets, plan.run,
                  plan.closure, plan.tol, plan.options, plan.offer],
        "code": _code(),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _scenario(scenario: Scenario) -> Iterator[str]:
    for part in (scenario, *scenario.parts):
        yield f"{part.version}|{part.on}|{part.block}|{part.file.model_dump_json()}"


def _lever(lever: Lever, run: str) -> list[str]:
    """Text of a lever; measures of one that is a shipped scenario stand in that."""
    measures = [text for scenario in lever.scenarios(run) for text in _scenario(scenario)]
    return [lever.id, *lever.user, *lever.target, lever.spec.model_dump_json(), *measures]


@once
def _code() -> str:
    """Hash of the sources of all rooms that compute."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted(Path(str(files(f"tertius.{room}"))).rglob("*")):
            if path.suffix in (".py", ".csv", ".yaml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _write(path: Path, found: Payoffs) -> None:
    names = {
        "players": found.players,
        "sets": found.sets,
        "levers": found.levers,
        "options": list(found.options),
    }
    arrays = {f"option-{k}": v for k, v in enumerate(found.options.values())}
    arrays |= {f"flow-{k}": np.asarray(found.option_traffic[name]) for k, name in enumerate(found.options)}
    with replacing(path) as part, part.open("wb") as handle:
        np.savez_compressed(
            handle,
            stance=found.stance,
            traffic=found.traffic,
            value=found.value,
            income=found.income,
            names=np.frombuffer(json.dumps(names).encode(), dtype=np.uint8),
            **arrays,  # type: ignore[arg-type]  # all of them are arrays
        )


def _read(path: Path) -> Payoffs:
    with path.open("rb") as handle, np.load(handle, allow_pickle=False) as stored:
        names = json.loads(stored["names"].tobytes())
        return Payoffs(
            players=tuple(names["players"]),
            sets=tuple(names["sets"]),
            stance=stored["stance"],
            traffic=stored["traffic"],
            value=stored["value"],
            income=stored["income"],
            levers=(names["levers"][0], names["levers"][1]),
            options={n: stored[f"option-{k}"] for k, n in enumerate(names["options"])},
            option_traffic={n: stored[f"flow-{k}"] for k, n in enumerate(names["options"])},
        )
