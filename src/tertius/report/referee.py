# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The referee's part of the report as plain data: acts, anchors, origins, method, solves, reproduction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "AnchorRow",
    "MeasureNote",
    "MethodNote",
    "OriginNote",
    "Reproduce",
    "ScenarioNote",
    "SolveSummary",
]

Status = Literal["verified", "cited from memory", "assumption"]
Redistribution = Literal["yes", "derived-only", "no"]


@dataclass(frozen=True, slots=True)
class MeasureNote:
    """One measure of a scenario with its legal act; ``in_force`` is a date in words."""

    what: str
    act: str
    status: Status
    in_force: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioNote:
    """A scenario of the study: what it does, by which acts, and what it leaves out."""

    name: str
    title: str
    summary: str
    measures: tuple[MeasureNote, ...] = ()
    not_modelled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """A published total against ours; ``ours`` and ``published`` in ``unit``, ``deviation`` in percent.

    ``weak`` marks a cell that is known to be off and is shown rather than hidden; ``note`` says why.
    """

    what: str
    ours: float
    published: float
    unit: str
    deviation: float
    source: str
    weak: bool = False
    note: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class OriginNote:
    """Where a source comes from and under which terms (one record of ``tertius/data/origins``)."""

    id: str
    producer: str
    title: str
    edition: str
    licence: str
    redistribution: Redistribution
    url: str = ""
    accessed: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MethodNote:
    """A paragraph on method.

    ``html`` is printed as it is: it must come from this package, never from a study file or from data.
    Each of ``equations`` is either ``$...$``, in the small part of TeX that `tertius.report.maths` knows, or
    plain Unicode text, which is escaped.
    """

    heading: str
    html: str
    equations: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class SolveSummary:
    """What the solver did.

    ``worst_residual`` is over all equations: prices in logs, goods relative to the country's own income.
    """

    count: int
    slowest_s: float
    worst_residual: float
    all_converged: bool
    worst_market: str = ""
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reproduce:
    """How to get the same page again: command, versions and hashes (name, value)."""

    command: str
    commit: str = ""
    hashes: tuple[tuple[str, str], ...] = ()
