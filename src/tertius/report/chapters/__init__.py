# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Chapters of the report, one file a room: choosing, naming and drawing; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Protocol, cast

from tertius.report.sections import Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.text import say

__all__ = ["sections"]


SOLVING = ("levers", "union", "exposure", "transit", "gain", "choice")
"""Rooms that solve equilibria, for one elasticity set as the central one."""
CENTRAL = say(
    "Central values here are those of the elasticity set {name}; numbers of cases in the ledger are medians"
    " over all sets."
)


class _Writer(Protocol):
    """A file of this folder."""

    def section(self, run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
        """Write the chapter of one room."""


def sections(run: StudyRun, numbers: Traced) -> Iterator[Section]:
    """Write a chapter for each room that the study asked.

    Parameters
    ----------
    run
        The computed study.
    numbers
        Its numbers with their ids.
    """
    for name, chapter in run.chapters.items():
        writer = cast("_Writer", import_module(f"tertius.report.chapters.{name}"))
        section = writer.section(run, chapter, numbers)
        told = (say(CENTRAL, name=run.grid.world.elasticity_name),) if name in SOLVING else ()
        yield replace(section, notes=(*section.notes, *told))
