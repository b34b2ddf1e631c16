# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The rooms that a study can ask, each in a file of its own and loaded when asked."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from tertius.study.chapter import Room

__all__ = ["AFTER", "room"]

AFTER = {"gain": ("sky",)}
"""Room -> rooms whose chapters it builds on, if the study asks them; all others stand alone."""


def room(name: str) -> Room:
    """Give the room of that name, one of :data:`tertius.study.chapters.options.ROOMS`."""
    return cast("Room", import_module(f"tertius.study.chapters.{name}"))
