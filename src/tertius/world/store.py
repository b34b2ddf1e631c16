# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Worlds on disk: one compressed file each, the same bytes for the same world."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from tertius.errors import BadInput, unknown
from tertius.files import replacing
from tertius.world.world import World

__all__ = ["DAMAGE", "list_worlds", "load_world", "read_world", "stored_arrays", "write_world"]

FORMAT = 1
ARRAYS = ("trade", "tariff", "input_share", "elasticity", "sets", "meta")
DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, NotImplementedError,
          zipfile.BadZipFile, zlib.error)  # fmt: skip


def write_world(world: World, path: Path, dtype: str = "float64") -> Path:
    """Write a world atomically; ``dtype="float32"`` is for shipping.

    Parameters
    ----------
    world
        What to write.
    path
        File to write; its folder must exist.
    dtype
        Precision of flows, tariffs and cost shares on disk.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    BadInput
        If the file cannot be written there; nothing half-written stays behind.
    """
    meta = {
        "format": FORMAT,
        "name": world.name,
        "year": world.year,
        "countries": world.countries,
        "sectors": world.sectors,
        "elasticity_name": world.elasticity_name,
        "sets": list(world.elasticity_sets),
        "record": world.record,
    }
    arrays: dict[str, Any] = {
        "trade": world.trade_values.astype(dtype),
        "tariff": world.tariff_values.astype(dtype),
        "input_share": world.input_share_values.astype(dtype),
        "elasticity": world.elasticity_values,
        "sets": np.array(list(world.elasticity_sets.values())),
        "meta": np.frombuffer(json.dumps(meta, sort_keys=True).encode(), dtype=np.uint8),
    }
    if world.final_trade_values is not None:
        arrays["final_trade"] = world.final_trade_values.astype(dtype)
    with replacing(path, str(path)) as part, part.open("wb") as handle:
        np.savez_compressed(handle, **arrays)
    return path


def read_world(path: Path) -> World:
    """Read and check a world file.

    Parameters
    ----------
    path
        A file that :func:`write_world` wrote, or a split of a world that is at hand.

    Returns
    -------
    World

    Raises
    ------
    BadInput
        If it is missing, damaged, or its accounts do not close.
    """
    try:
        with zipfile.ZipFile(path) as stored:
            meta = json.loads(_array(stored, "meta").tobytes())
            if meta.get("kind") == "split":
                return _split_world(meta, stored, path.parent)
            arrays = stored_arrays(stored, ARRAYS)
            final = _array(stored, "final_trade") if "final_trade.npy" in stored.namelist() else None
        if meta["format"] != FORMAT:
            raise BadInput("format", f"{meta['format']!r} is not {FORMAT}", "rebuild the world")
        return World.from_arrays(
            meta["countries"],
            meta["sectors"],
            trade=arrays["trade"],
            tariff=arrays["tariff"],
            input_share=arrays["input_share"],
            elasticity=arrays["elasticity"],
            final_trade=final,
            year=meta["year"],
            name=meta["name"],
            elasticity_name=meta["elasticity_name"],
            elasticity_sets=dict(zip(meta["sets"], arrays["sets"], strict=True)),
            record=meta["record"],
        )
    except FileNotFoundError:
        raise BadInput(str(path), "no such file", "give the path of a world saved with World.save") from None
    except BadInput as error:
        raise BadInput(str(path), f"{error.where}: {error.what}", error.remedy) from error
    except DAMAGE as error:
        raise BadInput(str(path), f"not a world file ({error})", "save it again with World.save") from error


def _split_world(meta: dict[str, Any], stored: zipfile.ZipFile, folder: Path) -> World:
    from tertius.world.split import files as split_files

    return split_files.split_from(meta, stored_arrays(stored, split_files.ARRAYS), folder).world()


def stored_arrays(stored: zipfile.ZipFile, names: Iterable[str]) -> dict[str, Any]:
    """Read arrays of an open file by name."""
    return {k: _array(stored, k) for k in names}


def _array(stored: zipfile.ZipFile, name: str) -> Any:
    with stored.open(f"{name}.npy") as member:
        return np.lib.format.read_array(member, allow_pickle=False)


def list_worlds() -> list[str]:
    """Name the shipped worlds.

    Examples
    --------
    >>> "icio-2021" in list_worlds()
    True
    """
    folder = files("tertius.data") / "worlds"
    return sorted(f.name.removesuffix(".npz") for f in folder.iterdir() if f.name.endswith(".npz"))


def load_world(name: str = "icio-2021") -> World:
    """Give a shipped world.

    Parameters
    ----------
    name
        One of :func:`list_worlds`; the default is the last year before the war.

    Returns
    -------
    World

    Raises
    ------
    BadInput
        If there is no such world; the message names the nearest.

    Examples
    --------
    >>> load_world("icio-2021").year
    2021
    """
    return _shipped(name)


@lru_cache(maxsize=16)
def _shipped(name: str) -> World:
    """Read a shipped world once: the same object each time."""
    known = list_worlds()
    if name not in known:
        raise unknown("load_world", "world", name, known)
    with as_file(files("tertius.data") / "worlds" / f"{name}.npz") as path:
        return read_world(path)
