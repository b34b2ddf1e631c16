# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Origin records: who produced each raw figure, under which terms, and its fingerprint."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field

from tertius.data.texts import Strict, parse

__all__ = ["Origin", "RawFile", "origins"]


class RawFile(Strict):
    """A raw file, named relative to the folder of raw inputs."""

    name: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Origin(Strict):
    """Where raw figures come from; the licence decides what may be shipped."""

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    producer: str
    title: str
    edition: str
    licence: str
    redistribution: Literal["yes", "derived-only", "no"]
    url: str
    accessed: date
    unit: str
    files: tuple[RawFile, ...] = ()
    note: str = ""


@cache
def origins() -> dict[str, Origin]:
    """Give every shipped origin record by id.

    Examples
    --------
    >>> origins()["oecd-icio-2025"].producer
    'OECD'
    """
    folder = files("tertius.data") / "origins"
    found = [
        parse(Origin, f.read_text(encoding="utf-8"), f.name)
        for f in folder.iterdir()
        if f.name.endswith(".yaml")
    ]
    return {o.id: o for o in sorted(found, key=lambda o: o.id)}
