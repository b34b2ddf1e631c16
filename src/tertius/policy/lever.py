# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Levers: scenarios with a user and a target, from cited files, for any focal state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from tertius.data.texts import Strict, parse, read_text
from tertius.errors import BadInput, unknown
from tertius.labels import place_name, resolve
from tertius.policy.fields import Citation, Names
from tertius.policy.scenario import Scenario
from tertius.policy.schema import Measure, ScenarioFile

__all__ = ["POWERS", "Lever", "LeverFile", "LeverSpec", "catalogue", "list_levers", "load_levers"]

POWERS = ("RUS", "coalition-2022", "CHN")
SIDES = ("user", "target")
FIELDS = ("exporters", "importers", "payers", "receivers", "countries", "through", "origins",
          "destinations", "members", "hubs")  # fmt: skip
MEMBERSHIP = date(2021, 12, 31)
Measures = Annotated[tuple[Measure, ...], Field(min_length=1)]


class LeverSpec(Strict):
    """One lever as a file has it; ``user`` and ``target`` may be the words ``focal`` and ``power``."""

    name: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    title: str
    user: Annotated[Names, Field(description="codes, groups, or the words focal and power")]
    target: Annotated[Names, Field(description="codes, groups, or the words focal and power")]
    instrument: Literal["embargo", "export_ban", "import_ban", "tariff", "route", "transfer", "membership"]
    purpose: Annotated[str, Field(description="what the user wants by it")]
    identification: Literal["computed", "not identified"] = "computed"
    reason: Annotated[str, Field(description="why there is no number, if it is not identified")] = ""
    headline: Annotated[Literal["long", "short"], Field(description="the run that is quoted first")] = "long"
    routes: Annotated[str, Field(description="shipped routes file; empty sends goods directly")] = ""
    scenario: Annotated[str, Field(description="shipped scenario in place of measures")] = ""
    measures: Annotated[tuple[Measure, ...], Field(description="with the words user and target")] = ()
    short_run: Annotated[
        tuple[Measures, ...], Field(description="measures of the short run; the first is central")
    ] = ()
    why: Citation
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.identification == "not identified":
            if self.measures or self.scenario or self.short_run:
                raise ValueError("what is not identified has no measures")
            if not self.reason:
                raise ValueError("reason is missing: say why it is not identified")
        elif bool(self.measures) == bool(self.scenario):
            raise ValueError("give either measures or scenario")
        return self


class LeverFile(Strict):
    """A catalogue of levers."""

    schema_version: Literal[1]
    name: str
    title: str
    focal: Annotated[tuple[str, ...], Field(description="focal states it is for; none means any")] = ()
    levers: Annotated[tuple[LeverSpec, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [lever.name for lever in self.levers]
        if twice := sorted({n for n in names if names.count(n) > 1}):
            raise ValueError(f"lever {twice[0]} is described twice")
        return self


@dataclass(frozen=True, slots=True)
class Lever:
    """A lever of one user on one target.

    Attributes
    ----------
    id
        Name with user and target, unique in a catalogue.
    spec
        What the file says.
    user, target
        Country codes.
    user_name, target_name
        As they are called.
    source
        File, for errors.
    """

    id: str
    spec: LeverSpec
    user: tuple[str, ...]
    target: tuple[str, ...]
    user_name: str
    target_name: str
    source: str

    @property
    def computed(self) -> bool:
        """Whether it can be put into numbers."""
        return self.spec.identification == "computed"

    def scenarios(self, run: str = "long") -> tuple[Scenario, ...]:
        """Scenarios of a run; the first is central, others are alternatives of its band.

        Parameters
        ----------
        run
            "long" or "short".

        Raises
        ------
        BadInput
            If the lever is not identified.
        """
        if not self.computed:
            raise BadInput(f"lever {self.id}", "is not identified", self.spec.reason)
        if self.spec.scenario:
            return (Scenario.load(self.spec.scenario),)
        own = self.spec.short_run if run == "short" and self.spec.short_run else (self.spec.measures,)
        return tuple(self._scenario(measures) for measures in own)

    def _scenario(self, measures: Sequence[Any]) -> Scenario:
        sides = {"user": self.user, "target": self.target}
        placed = tuple(_placed(m, sides) for m in measures)
        name = self.id.replace(":", "-").lower()
        file = ScenarioFile(schema_version=1, versions={}, name=name, title=self.spec.title, measures=placed)
        return Scenario(file, f"{self.source}: {self.spec.name}", "")


def _placed(measure: Any, sides: Mapping[str, tuple[str, ...]]) -> Any:
    """Put the countries in the place of the words user and target."""
    changed = {}
    for field in FIELDS:
        names = getattr(measure, field, None)
        if names and any(n in SIDES for n in names):
            changed[field] = tuple(c for n in names for c in sides.get(n, (n,)))
    return measure.model_copy(update=changed) if changed else measure


def list_levers() -> list[str]:
    """Name the shipped catalogues of levers.

    Examples
    --------
    >>> "any-focal" in list_levers()
    True
    """
    folder = files("tertius.policy") / "levers"
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))


def load_levers(reference: str | Path) -> LeverFile:
    """Load a shipped catalogue by name, or a file.

    Raises
    ------
    BadInput
        If it cannot be read or is not valid.
    """
    path = Path(reference)
    if path.suffix in (".yaml", ".yml"):
        return parse(LeverFile, read_text(path), path.name)
    if str(reference) not in list_levers():
        raise unknown("levers", "catalogue of levers", str(reference), list_levers())
    text = (files("tertius.policy") / "levers" / f"{reference}.yaml").read_text(encoding="utf-8")
    return parse(LeverFile, text, f"{reference}.yaml")


def catalogue(
    countries: Sequence[str],
    focal: str,
    powers: Iterable[str] = POWERS,
    references: Iterable[str | Path] | None = None,
) -> tuple[Lever, ...]:
    """Levers between a focal state and some powers on a world.

    Parameters
    ----------
    countries
        Codes of the world.
    focal
        The state in the middle.
    powers
        Countries or groups; a group that holds the focal state is taken without it. Levers that a file gives
        to somebody by name are there only if one of their powers is.
    references
        Catalogues; None is all that are shipped.

    Returns
    -------
    tuple of Lever
        Those whose users and targets are in the world and differ.

    Raises
    ------
    BadInput
        If a country, group or catalogue is unknown.

    Examples
    --------
    >>> found = catalogue(("KAZ", "RUS", "CHN", "ROW"), "KAZ", powers=("RUS",))
    >>> "embargo:RUS:KAZ" in [lever.id for lever in found]
    True
    """
    resolve((focal,), countries, MEMBERSHIP, "levers: focal")
    found: dict[str, Lever] = {}
    for reference in list_levers() if references is None else references:
        file = load_levers(reference)
        if file.focal and focal not in file.focal:
            continue
        for spec in file.levers:
            for lever in _expanded(spec, countries, focal, tuple(powers), str(reference)):
                found.setdefault(lever.id, lever)
    return tuple(found.values())


def _expanded(
    spec: LeverSpec, countries: Sequence[str], focal: str, powers: tuple[str, ...], source: str
) -> list[Lever]:
    """One lever for each power, if the file speaks of powers."""
    general = "power" in (*spec.user, *spec.target)
    out = []
    for power in powers if general else ("",):
        words = {"focal": (focal,), "power": (power,)}
        sides = [tuple(c for n in names for c in words.get(n, (n,))) for names in (spec.user, spec.target)]
        others = {n for side in sides for n in side} - {focal}
        if not general and not (others & set(powers) and _known(sides, countries)):
            continue
        user, target = (resolve(s, countries, MEMBERSHIP, f"levers: {spec.name}") for s in sides)
        user, target = _apart(user, target, focal)
        if not user or not target:
            continue
        short = ["+".join(s) for s in sides]
        out.append(
            Lever(
                f"{spec.name}:{short[0]}:{short[1]}",
                spec,
                user,
                target,
                _title(sides[0]),
                _title(sides[1]),
                source,
            )
        )
    return out


def _known(sides: list[tuple[str, ...]], countries: Sequence[str]) -> bool:
    """Whether a world holds the countries that a file names; groups are always known."""
    return all(len(name) != 3 or name in countries or name == "G7" for side in sides for name in side)


def _apart(
    user: tuple[str, ...], target: tuple[str, ...], focal: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take the focal state out of a power that holds it."""
    if len(user) > 1 and len(target) == 1:
        user = tuple(c for c in user if c not in target)
    if len(target) > 1 and len(user) == 1:
        target = tuple(c for c in target if c not in user)
    return (user, target) if set(user).isdisjoint(target) else ((), ())


def _title(names: tuple[str, ...]) -> str:
    return ", ".join(place_name(n) for n in names)
