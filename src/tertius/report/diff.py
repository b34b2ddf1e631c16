# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What changed between two run folders: inputs, verdicts with their parts, numbers, solves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tertius.data.texts import read_yaml
from tertius.report.saved import SavedRun, read_run

__all__ = ["Change", "Changes", "NumberChange", "VerdictChange", "diff_runs"]

Key = tuple[str, str, str, str, str]
Spread = tuple[float, float, float]
SAME = 1e-9  # relative; what rounding on another machine can do


@dataclass(frozen=True, slots=True)
class Change:
    """One thing as it is in A and in B; empty where it is not there."""

    what: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A claim whose verdict or parts changed.

    Attributes
    ----------
    id, a, b
        The claim, its verdicts in A and B.
    parts
        Rules and findings that came to something else.
    """

    id: str
    a: str
    b: str
    parts: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A quantity or a number of a room whose median or range over the draws changed.

    Attributes
    ----------
    variable, case, closure, region, unit
        What it is.
    a, b
        Medians, in ``unit``.
    a_range, b_range
        Least and largest over the draws, in ``unit``.
    change
        ``b - a``.
    of_range
        The largest of the changes of median, least and largest, without sign, in percent of the width of
        the range in A; None if that has no width.
    """

    variable: str
    case: str
    closure: str
    region: str
    unit: str
    a: float
    b: float
    a_range: tuple[float, float]
    b_range: tuple[float, float]
    change: float
    of_range: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed between two runs.

    Attributes
    ----------
    notes
        What a reader must know first: that the studies are not the same.
    inputs
        Versions, world, scenarios, routes, rooms, hashes of rules.
    study
        Fields of the study file.
    verdicts
        Claims whose verdict or parts changed.
    numbers
        Numbers that changed, the largest change in percent of their range first.
    only_a, only_b
        Numbers that one of the runs does not have.
    fail, solve
        Solves that are without an equilibrium in B though not in A, and the other way round.
    same
        How many numbers did not change.
    """

    notes: tuple[str, ...]
    inputs: tuple[Change, ...]
    study: tuple[Change, ...]
    verdicts: tuple[VerdictChange, ...]
    numbers: tuple[NumberChange, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    fail: tuple[str, ...]
    solve: tuple[str, ...]
    same: int

    @property
    def anything(self) -> bool:
        """Whether the runs differ in anything but time."""
        return any(value for name, value in asdict(self).items() if name != "same")

    def to_dict(self) -> dict[str, Any]:
        """Give it ready for JSON."""
        return asdict(self)


def diff_runs(a: str | Path, b: str | Path) -> Changes:
    """Explain what changed between two run folders.

    Parameters
    ----------
    a, b
        Folders that :func:`tertius.run_study` wrote; of the same study or not.

    Returns
    -------
    Changes

    Raises
    ------
    BadInput
        If one of them is not a run folder.

    Examples
    --------
    >>> from tertius.report import diff_runs
    >>> diff_runs("runs/first", "runs/second").verdicts  # doctest: +SKIP
    """
    first, second = read_run(a), read_run(b)
    names = [run.manifest["study"]["name"] for run in (first, second)]
    note = f"different studies: A is {names[0]}, B is {names[1]}; numbers are compared by their names"
    numbers, only_a, only_b, same = _numbers(first, second)
    failed = [_failed(run) for run in (first, second)]
    solved = [{_solve(s) for s in run.manifest["solves"]} for run in (first, second)]
    return Changes(
        notes=(note,) if names[0] != names[1] else (),
        inputs=tuple(_between(_inputs(first), _inputs(second))),
        study=tuple(_between(_fields(first), _fields(second))),
        verdicts=tuple(_verdicts(first, second)),
        numbers=numbers,
        only_a=only_a,
        only_b=only_b,
        fail=tuple(words for key, words in failed[1].items() if key in solved[0] and key not in failed[0]),
        solve=tuple(words for key, words in failed[0].items() if key in solved[1] and key not in failed[1]),
        same=same,
    )


def _between(a: Mapping[str, str], b: Mapping[str, str]) -> Iterator[Change]:
    for key in dict.fromkeys((*a, *b)):
        if a.get(key) != b.get(key):
            yield Change(key, a.get(key, ""), b.get(key, ""))


def _inputs(run: SavedRun) -> dict[str, str]:
    """All that made the numbers but the study file itself, each in a line."""
    m = run.manifest
    keys: tuple[str, ...] = ("tertius", "commit", "python", "numpy", "platform")
    found = {key: str(m[key]) for key in keys if key in m}
    world = m["world"]
    found |= {"world": str(world["name"]), "world sha256": world["sha256"]}
    found |= {f"scenario {k}": v["sha256"][:16] for k, v in m["scenarios"].items()}
    found |= {f"routes {k}": v["sha256"][:16] for k, v in m.get("routes", {}).items()}
    found |= {f"case {k}": str(v) for k, v in m.get("cases", {}).items()}
    found |= {f"room {k}": _flat_text(v) for k, v in m.get("rooms", {}).items()}
    found["rooms left out"] = ", ".join(m.get("without", ()))
    hashes = m["study"].get("claims_sha256", {})
    return found | {f"rules of {k}": v[:16] for k, v in hashes.items()}


def _flat_text(options: Any) -> str:
    return ", ".join(f"{k} {v}" for k, v in sorted(_flat(options)))


def _fields(run: SavedRun) -> dict[str, str]:
    """Fields of the study file by their place."""
    return dict(_flat(read_yaml(run.manifest["study"]["text"], f"{run.path}: study")))


def _flat(held: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Leaves of nested data; records in a list go by their id, so that one more does not move the rest."""
    if isinstance(held, dict):
        for key, value in held.items():
            yield from _flat(value, f"{place}.{key}" if place else str(key))
    elif isinstance(held, list) and any(isinstance(x, dict | list) for x in held):
        for k, value in enumerate(held):
            name = value.get("id", k) if isinstance(value, dict) else k
            yield from _flat(value, f"{place}[{name}]")
    elif isinstance(held, list):
        yield place, ", ".join(map(str, held))
    else:
        yield place, str(held)


def _verdicts(a: SavedRun, b: SavedRun) -> Iterator[VerdictChange]:
    first, second = ({e["id"]: e for e in run.ledger} for run in (a, b))
    for key in dict.fromkeys((*first, *second)):
        one, two = first.get(key, {}), second.get(key, {})
        parts = tuple(_between(_parts(one), _parts(two)))
        was, now = (str(e.get("verdict", "")) for e in (one, two))
        if was != now or parts:
            yield VerdictChange(key, was, now, parts)


def _parts(entry: Mapping[str, Any]) -> dict[str, str]:
    """Rule or question -> what it came to."""
    found = {}
    for r in entry.get("rules", ()):
        total = r["true"] + r["false"] + r["missing"]
        lost = f", {r['missing']} without an equilibrium" if r["missing"] else ""
        found[r["rule"]] = f"{r['state']} (true in {r['true']} of {total} draws{lost})"
    return found | {f["question"]: f["state"] for f in entry.get("findings", ())}


def _numbers(
    a: SavedRun, b: SavedRun
) -> tuple[tuple[NumberChange, ...], tuple[str, ...], tuple[str, ...], int]:
    first, second = a.numbers(), b.numbers()
    found = (_changed(key, held, second.get(key, held)) for key, held in first.items())
    changed = [n for n in found if n is not None]
    changed.sort(key=lambda n: (n.of_range is not None, -(n.of_range or 0.0), -abs(n.change)))
    only = [
        tuple(_called(k) for k in one if k not in other) for one, other in ((first, second), (second, first))
    ]
    same = len(first.keys() & second.keys()) - len(changed)
    return tuple(changed), only[0], only[1], same


def _changed(key: Key, a: Spread, b: Spread) -> NumberChange | None:
    moved = [abs(y - x) for x, y in zip(a, b, strict=True)]
    if all(m <= SAME * max(abs(x), abs(y)) for m, x, y in zip(moved, a, b, strict=True)):
        return None
    wide = a[2] - a[0]
    of_range = 100.0 * max(moved) / wide if wide > SAME * max(abs(a[0]), abs(a[2])) else None
    return NumberChange(*key, a[1], b[1], (a[0], a[2]), (b[0], b[2]), b[1] - a[1], of_range)


def _called(key: Key) -> str:
    variable, case, closure, region, _ = key
    return ", ".join(x for x in (variable, case, closure, region) if x)


def _failed(run: SavedRun) -> dict[tuple[str, str, str], str]:
    """Solves without an equilibrium, each in a line."""
    return {
        _solve(s): f"{', '.join(_solve(s))}: {s['outcome'].replace('_', ' ')} at {s['worst']}"
        for s in run.manifest["solves"]
        if s["outcome"] != "converged"
    }


def _solve(s: Mapping[str, Any]) -> tuple[str, str, str]:
    return s["case"], s["elasticity"], s["closure"]
