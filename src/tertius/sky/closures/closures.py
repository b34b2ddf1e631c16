# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The file of closures, and what is closed to a carrier on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from tertius.data.texts import Strict, parse, read_text
from tertius.errors import BadInput, unknown
from tertius.labels.countries import known_countries
from tertius.labels.groups import resolve

__all__ = ["Closure", "Closures", "list_closures"]


class Why(Strict):
    """Reason and source of a row."""

    title: str
    url: str = ""


class Closure(Strict):
    """One row: airspace that some carriers may not cross, or do not."""

    id: str = Field(pattern="^[a-z0-9-]+$")
    airspace: tuple[str, ...] = Field(min_length=1, description="states, groups of states, or zones")
    carriers: tuple[str, ...] = Field(min_length=1, description="states of the carriers, groups, or world")
    exempt: tuple[str, ...] = ()
    kind: Literal["ban", "closed", "avoided"]
    since: date
    until: date | None = Field(None, description="first day on which it no longer holds")
    status: Literal["act", "found", "inferred", "memory", "assumption"]
    why: Why

    @model_validator(mode="after")
    def _in_order(self) -> Closure:
        if self.until is not None and self.until <= self.since:
            raise ValueError("until must be after since")
        return self

    def holds(self, on: date) -> bool:
        """Tell whether the row is in force on a day."""
        return self.since <= on and (self.until is None or on < self.until)


class ClosuresFile(Strict):
    """A file of closures."""

    schema_version: Literal[1]
    name: str
    title: str
    zones: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = Field(default={})
    closures: tuple[Closure, ...] = Field(min_length=1)


@dataclass(frozen=True, eq=False)
class Closures:
    """Closed skies with their dates and sources.

    Attributes
    ----------
    name, title
        Name and title of the file.
    zones
        Name -> rings of (longitude, latitude), inside on the left.
    rows
        The closures.

    Examples
    --------
    >>> from datetime import date
    >>> sky = Closures.load("2022")
    >>> "RUS" in sky.closed_to("FIN", date(2022, 6, 8)), "RUS" in sky.closed_to("FIN", date(2022, 2, 1))
    (True, False)
    """

    name: str
    title: str
    zones: dict[str, tuple[tuple[tuple[float, float], ...], ...]]
    rows: tuple[Closure, ...]

    @classmethod
    def load(cls, reference: str | Path) -> Closures:
        """Read a shipped file by name, or a YAML file.

        Raises
        ------
        BadInput
            If there is no such file, or a state, group or zone in it is unknown.
        """
        text = str(reference)
        if text.endswith((".yaml", ".yml")):
            path = Path(text)
            if not path.is_file():
                raise BadInput(text, "there is no such file", "check the path")
            return cls._made(parse(ClosuresFile, read_text(path), text), text)
        if text not in list_closures():
            raise unknown("closures", "file of closures", text, list_closures())
        shipped = files(__package__) / f"{text}.yaml"
        return cls._made(parse(ClosuresFile, shipped.read_text(encoding="utf-8"), f"{text}.yaml"), text)

    @classmethod
    def none(cls) -> Closures:
        """Give an open sky."""
        return cls("none", "open sky", {}, ())

    @classmethod
    def _made(cls, file: ClosuresFile, where: str) -> Closures:
        known = known_countries()
        ids = [row.id for row in file.closures]
        for name, rings in file.zones.items():
            if name in known or any(len(ring) < 3 for ring in rings):
                raise BadInput(
                    f"{where}: zones.{name}", "must be a new name and rings of three points or more"
                )
        for k, row in enumerate(file.closures):
            place = f"{where}: closures[{k}]"
            if ids.count(row.id) > 1:
                raise BadInput(f"{place}.id", f"{row.id!r} is given twice", "give each row its own")
            states = [name for name in row.airspace if name not in file.zones]
            resolve(states, known, row.since, f"{place}.airspace")
            resolve((*row.carriers, *row.exempt), known, row.since, f"{place}.carriers")
        return cls(file.name, file.title, dict(file.zones), file.closures)

    def without(self, ids: Iterable[str]) -> Closures:
        """Leave some rows out, to see what they do.

        Raises
        ------
        BadInput
            If there is no such row.
        """
        gone = tuple(ids)
        known = [row.id for row in self.rows]
        for name in gone:
            if name not in known:
                raise unknown("closures", "row", name, known)
        rows = tuple(row for row in self.rows if row.id not in gone)
        return Closures(self.name, self.title, self.zones, rows)

    def with_zone(self, row: str, zone: str) -> Closures:
        """Give a row another zone of the file, such as ``south-russia-west`` for ``south-russia``."""
        if zone not in self.zones:
            raise unknown("closures", "zone", zone, self.zones)
        rows = tuple(r.model_copy(update={"airspace": (zone,)}) if r.id == row else r for r in self.rows)
        return Closures(self.name, self.title, self.zones, rows)

    def closed_to(self, carrier: str, on: date) -> frozenset[str]:
        """Name the states and zones that a carrier stays out of on a day.

        Parameters
        ----------
        carrier
            ISO3 code of the carrier's state.
        on
            The day.
        """
        known = known_countries()
        out: set[str] = set()
        for row in self.rows:
            if not row.holds(on) or carrier not in resolve(row.carriers, known, on, row.id):
                continue
            if row.exempt and carrier in resolve(row.exempt, known, on, row.id):
                continue
            states = [name for name in row.airspace if name not in self.zones]
            out.update(name for name in row.airspace if name in self.zones)
            out.update(resolve(states, known, on, row.id))
        return frozenset(out)


def list_closures() -> list[str]:
    """Name the shipped files of closures.

    Examples
    --------
    >>> list_closures()
    ['2022']
    """
    folder = files(__package__)
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))
