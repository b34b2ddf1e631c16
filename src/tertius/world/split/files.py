# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Splits on disk: the pieces only, with the name and the content hash of the world they were cut from."""

from __future__ import annotations

import json
import zipfile
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from tertius.errors import BadInput, unknown
from tertius.files import replacing
from tertius.world.split.families import Frame
from tertius.world.split.margins import MARGIN_COLUMNS, Margin, Piece
from tertius.world.split.split import Split
from tertius.world.world import World

__all__ = ["ARRAYS", "KIND", "load_split", "read_split", "split_from", "write_split"]

KIND = "split"
FORMAT = 1
ARRAYS = ("exports", "imports", "inner", "input_share", "tariff_outside", "tariff_members")


def write_split(split: Split, path: Path) -> Path:
    """Write a split atomically; the same split gives the same bytes.

    Parameters
    ----------
    split
        What to write; its numbers are exact in single precision.
    path
        A ``.npz`` file; its folder must exist.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    BadInput
        If the file cannot be written there.
    """
    meta = {
        "kind": KIND,
        "format": FORMAT,
        "name": split.name,
        "parent": split.parent.name,
        "parent_sha256": split.parent.hash,
        "region": split.frame.region,
        "pieces": {name: piece.model_dump(mode="json") for name, piece in split.pieces.items()},
        "record": split.record,
        "margins": {c: [getattr(m, c) for m in split.margins] for c in MARGIN_COLUMNS},
    }
    arrays: dict[str, Any] = {name: getattr(split, name).astype(np.float32) for name in ARRAYS}
    arrays["meta"] = np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8)
    with replacing(path, str(path)) as part, part.open("wb") as handle:
        np.savez_compressed(handle, **arrays)
    return path


def split_from(meta: dict[str, Any], arrays: dict[str, Any], folder: Path) -> Split:
    """Put a split together from what a file holds, after proving that the parent is the one it was cut from.

    Parameters
    ----------
    meta, arrays
        As :func:`write_split` wrote them.
    folder
        Where a parent that is not shipped is looked for.

    Raises
    ------
    BadInput
        If the parent is not at hand, or has changed.
    """
    parent = _parent(meta["parent"], folder)
    if parent.hash != meta["parent_sha256"]:
        raise BadInput("parent", f"{meta['parent']} is not the world that was split", "split it again")
    region = meta["region"]
    outside = tuple(c for c in parent.countries if c != region)
    frame = Frame(tuple(meta["pieces"]), region, outside, parent.sectors, parent.year or 2021)
    columns = meta["margins"]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    margins = tuple(Margin.model_construct(**row) for row in rows)
    values = {name: np.array(arrays[name], dtype=np.float64) for name in ARRAYS}
    for array in values.values():
        array.setflags(write=False)
    pieces = {name: Piece.model_validate(piece) for name, piece in meta["pieces"].items()}
    return Split(parent, frame, pieces, margins, name=meta["name"], record=meta["record"], **values)


def _parent(name: str, folder: Path) -> World:
    from tertius.world.store import list_worlds, load_world, read_world

    beside = folder / f"{name}.npz"
    if name in list_worlds():
        return load_world(name)
    if beside.is_file():
        return read_world(beside)
    raise BadInput("parent", f"{name!r} is not shipped and {beside.name} is not beside it", "put it there")


def read_split(path: Path) -> Split:
    """Read a split.

    Parameters
    ----------
    path
        A file that :func:`write_split` wrote.

    Returns
    -------
    Split

    Raises
    ------
    BadInput
        If it is missing, damaged, not a split, or its parent is not at hand.
    """
    from tertius.world.store import DAMAGE, stored_arrays

    try:
        with zipfile.ZipFile(path) as stored:
            meta = json.loads(stored_arrays(stored, ("meta",))["meta"].tobytes())
            if meta.get("kind") != KIND:
                raise BadInput("kind", "is a world, not a split of one", "name a split such as eurasia-2021")
            arrays = stored_arrays(stored, ARRAYS)
        return split_from(meta, arrays, path.parent)
    except FileNotFoundError:
        raise BadInput(str(path), "no such file", "give the path of a split") from None
    except BadInput as error:
        raise BadInput(str(path), f"{error.where}: {error.what}", error.remedy) from error
    except DAMAGE as error:
        raise BadInput(str(path), f"not a split ({error})", "split the region again") from error


@lru_cache(maxsize=8)
def load_split(name: str) -> Split:
    """Give a shipped split: its parent, margins, grades and pieces.

    Parameters
    ----------
    name
        Such as ``"eurasia-2021"``.

    Raises
    ------
    BadInput
        If there is no such world, or it is not a split.

    Examples
    --------
    >>> load_split("eurasia-2021").frame.pieces[:2]
    ('KGZ', 'ARM')
    """
    from tertius.world.store import list_worlds

    if name not in list_worlds():
        raise unknown("load_split", "world", name, list_worlds())
    with as_file(files("tertius.data") / "worlds" / f"{name}.npz") as path:
        return read_split(path)
