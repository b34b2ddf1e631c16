# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Origin records: who produced each raw figure, under which terms, and its fingerprint."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Origin", "RawFile", "origins"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RawFile(_Strict):
    """A raw file, named relative to the folder of raw inputs."""

    name: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Origin(_Strict):
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
        Origin.model_validate(yaml.safe_load(f.read_text(encoding="utf-8")))
        for f in folder.iterdir()
        if f.name.endswith(".yaml")
    ]
    return {o.id: o for o in sorted(found, key=lambda o: o.id)}
