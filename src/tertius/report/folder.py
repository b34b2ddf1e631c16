# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Folders of results: written whole or not at all, never in the place of somebody's files."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tertius.errors import BadInput

__all__ = ["building", "held_in", "others", "swap", "write_json"]


@contextmanager
def building(target: Path, check: Callable[[Path], None], where: str) -> Iterator[Path]:
    """Give an empty folder to fill; once it is full it takes the place of an earlier one in one step.

    Parameters
    ----------
    target
        The folder to write; parents that are missing are made.
    check
        Raises if what is there must not be replaced; asked before the work and after it.
    where
        Name of the folder, for errors.

    Yields
    ------
    pathlib.Path
        Where to write; after an error nothing is left of it.

    Raises
    ------
    BadInput
        If the place cannot be written.
    """
    check(target)
    with _scratch(target, where) as scratch:
        made = Path(scratch) / "run"
        made.mkdir()
        yield made
        check(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        swap(made, target.absolute(), Path(scratch) / "earlier")


def _scratch(target: Path, where: str) -> tempfile.TemporaryDirectory[str]:
    """Make a folder for work in the nearest parent that exists; this proves that it can be written."""
    parent = next(p for p in target.absolute().parents if p.exists())
    try:
        return tempfile.TemporaryDirectory(dir=parent, prefix=f".{target.name}.")
    except OSError as error:
        raise BadInput(where, f"cannot be written ({error.strerror})", "choose another place") from error


def swap(made: Path, target: Path, earlier: Path) -> None:
    """Put the new folder in place; if that fails, the earlier one stays."""
    if not target.exists():
        made.rename(target)
        return
    target.rename(earlier)
    try:
        made.rename(target)
    except BaseException:
        earlier.rename(target)
        raise


def held_in(target: Path, where: str) -> set[str]:
    """Name what a folder holds; nothing if it does not exist.

    Raises
    ------
    BadInput
        If it is a file.
    """
    if target.exists() and not target.is_dir():
        raise BadInput(where, "is a file", "give a folder")
    return {p.name for p in target.iterdir()} if target.is_dir() else set()


def others(where: str, strange: str) -> BadInput:
    """Build the error for a folder with files that are not ours to replace."""
    return BadInput(
        where,
        f"is a folder with other things in it ({strange})",
        "give a new folder, or one with an earlier run alone",
    )


def write_json(path: Path, content: object) -> None:
    """Write strict JSON in UTF-8."""
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
