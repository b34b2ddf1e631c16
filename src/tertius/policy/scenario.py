# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`Scenario`: cited measures, selected by date and block, turned into wedges on a world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np

from tertius.data.texts import parse, read_text
from tertius.errors import BadInput, unknown
from tertius.policy.contradictions import refuse_contradictions
from tertius.policy.effects import Effects
from tertius.policy.instruments import apply
from tertius.policy.place import Given, Place
from tertius.policy.schema import Measure, ScenarioFile
from tertius.policy.wedges import Wedges
from tertius.world import World

__all__ = ["Scenario", "list_scenarios"]

PRE_WAR = date(2021, 12, 31)
SUFFIXES = (".yaml", ".yml")
REFERENCE = re.compile(r"(.+?)(?:@([^@:/\\]+))?(?::([^@:/\\]+))?")  # name, @version, :block


@dataclass(frozen=True, eq=False)
class Scenario:
    """Measures with their sources, from a file; see :meth:`load`.

    Attributes
    ----------
    file
        The parsed scenario file.
    source
        File name, for errors.
    text
        The file as written, for the manifest.
    version
        Name of the date that is selected, or the date itself, or "" for no date.
    on
        The date on which measures must be in force, or None for all.
    block
        The block that is selected, or "" for all.
    parts
        Other scenarios added to this one with ``+``.
    """

    file: ScenarioFile
    source: str
    text: str
    version: str = ""
    on: date | None = None
    block: str = ""
    parts: tuple[Scenario, ...] = ()

    @classmethod
    def load(cls, reference: str | Path) -> Scenario:
        """Load a shipped scenario or a file.

        Parameters
        ----------
        reference
            A shipped name or the path of a YAML file, optionally with ``@version`` (a name in the
            file's ``versions`` or a date) and ``:block``; several joined by ``+`` are combined.

        Returns
        -------
        Scenario

        Raises
        ------
        BadInput
            If it does not exist or is not valid; the message names place and nearest name.

        Examples
        --------
        >>> Scenario.load("sanctions-2022@december:import_bans").id
        'sanctions-2022@december:import_bans'
        """
        if isinstance(reference, Path) or _is_file(reference):
            return cls._from_path(Path(reference))._by_default()
        first, *others = (cls._load_one(r.strip()) for r in reference.split("+"))
        return replace(first, parts=tuple(others)) if others else first

    @classmethod
    def _load_one(cls, reference: str) -> Scenario:
        parts = REFERENCE.fullmatch(reference)
        name, version, block = parts.groups() if parts else (reference, None, None)
        if Path(name).suffix in SUFFIXES:
            found = cls._from_path(Path(name))
        elif name in list_scenarios():
            text = (files("tertius.policy") / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
            found = cls(parse(ScenarioFile, text, f"{name}.yaml"), f"{name}.yaml", text)
        else:
            raise unknown("scenario", "scenario", name, list_scenarios())
        found = found.at(version) if version else found._by_default()
        return found.only(block) if block else found

    @classmethod
    def _from_path(cls, path: Path) -> Scenario:
        text = read_text(path)
        return cls(parse(ScenarioFile, text, path.name), path.name, text)

    def _by_default(self) -> Scenario:
        return self.at(next(iter(self.file.versions), ""))

    @property
    def id(self) -> str:
        """Name with version and block, as :meth:`load` takes it."""
        own = self.file.name + (f"@{self.version}" if self.version else "")
        own += f":{self.block}" if self.block else ""
        return "+".join((own, *(p.id for p in self.parts)))

    @property
    def title(self) -> str:
        """One line that says what the scenario is."""
        return " + ".join((self.file.title, *(p.title for p in self.parts)))

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks in the file, in order."""
        return tuple(dict.fromkeys(m.block for m in self.file.measures))

    def at(self, version: str | date) -> Scenario:
        """Select the measures in force on a day.

        Parameters
        ----------
        version
            A name in the file's ``versions``, a date, or "" for all measures.
        """
        if version == "":
            return replace(self, version="", on=None)
        if isinstance(version, date):
            return replace(self, version=version.isoformat(), on=version)
        if version in self.file.versions:
            return replace(self, version=version, on=self.file.versions[version])
        try:
            return replace(self, version=version, on=date.fromisoformat(version))
        except ValueError:
            known = [*self.file.versions, "YYYY-MM-DD"]
            raise unknown(f"{self.source}: version", "version or date", version, known) from None

    def only(self, block: str) -> Scenario:
        """Select one block of measures."""
        if block not in self.blocks:
            raise unknown(f"{self.source}: block", "block", block, self.blocks)
        return replace(self, block=block)

    @property
    def measures(self) -> tuple[tuple[int, Measure], ...]:
        """Position in the file and measure, of those selected; of the first file only, see ``parts``."""
        return tuple(
            (k, m)
            for k, m in enumerate(self.file.measures)
            if m.applies(self.on) and (not self.block or m.block == self.block)
        )

    def wedges(self, world: World) -> Wedges:
        """Turn the selected measures into wedges on a world.

        A ban that covers a share c of a flow closes exactly that share at unchanged prices: the
        iceberg factor is (1 - c)^(-1/theta), infinite for c = 1.

        Parameters
        ----------
        world
            The base year; its elasticities turn partial bans into costs.

        Returns
        -------
        Wedges

        Raises
        ------
        BadInput
            If a measure names something that the world does not have, bans exceed a flow, or two measures
            contradict each other.
        """
        return _wedges(world, tuple(self._given()))

    def alone(self, world: World) -> Iterator[tuple[str, Measure, Wedges]]:
        """Give each selected measure with its place in the file and the wedges of it alone.

        Examples
        --------
        >>> from tertius.world import load_world
        >>> [place for place, _, _ in Scenario.load("embargo-rus-kaz").alone(load_world())]
        ['embargo-rus-kaz.yaml: measures[0]']
        """
        for one in self._given():
            yield one.where, one.measure, _wedges(world, (one,))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must be told about the numbers of the selected measures."""
        parts = (self, *self.parts)
        told = [(m, f"{p.source}: measures[{k}]") for p in parts for k, m in p.measures if m.remark]
        return tuple(f"{m.label or place}: {m.remark}" for m, place in told)

    def _given(self) -> Iterator[Given]:
        """All selected measures, with those of the other scenarios."""
        for part in (self, *self.parts):
            if not part.measures:
                days = [m.in_force for m in part.file.measures if m.in_force]
                remedy = f"the first came on {min(days)}" if days else "all have ended"
                raise BadInput(f"scenario {part.id}", "no measure is in force then", remedy)
            for k, measure in part.measures:
                yield Given(f"{part.source}: measures[{k}]", part.on or measure.in_force or PRE_WAR, measure)


def _wedges(world: World, given: tuple[Given, ...]) -> Wedges:
    """Apply measures one by one, and see whether they can hold together."""
    effects = Effects.none(world)
    for k, one in enumerate(given):
        effects = apply(effects, one.measure, Place(world, one, given[:k]))
    refuse_contradictions(effects, given, world)
    return _as_wedges(world, effects)


def _as_wedges(world: World, effects: Effects) -> Wedges:
    theta, closed = world.elasticity_values, effects.closed
    iceberg = effects.cost.copy()
    partial = (closed > 0) & (closed < 1)
    iceberg[partial] *= (1.0 - closed[partial]) ** np.broadcast_to(-1.0 / theta, closed.shape)[partial]
    iceberg[closed == 1] = np.inf
    return Wedges.from_arrays(
        world,
        iceberg,
        effects.tariff,
        effects.productivity,
        effects.labour,
        tuple(theta) if partial.any() else None,
        export_tax=None if effects.export_tax is None else np.nan_to_num(effects.export_tax),
        taste=effects.taste,
        transfer=effects.transfer,
        coalitions=effects.coalitions,
        quotas=effects.quotas,
        caps=effects.caps,
        closed=closed if closed.any() else None,
        passages=effects.passages,
        skill=effects.skill,
    )


def _is_file(reference: str) -> bool:
    path = Path(reference)
    return path.suffix in SUFFIXES and path.is_file()


def list_scenarios() -> list[str]:
    """Name the shipped scenarios.

    Examples
    --------
    >>> "decoupling-x2" in list_scenarios()
    True
    """
    folder = files("tertius.policy") / "scenarios"
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))
