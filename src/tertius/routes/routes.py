# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`Routes`: a routes file with the values chosen from its ranges, turned into arrays on a world."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from tertius.data.texts import parse, read_text
from tertius.errors import unknown
from tertius.routes.build import RoutedFlows, build_flows
from tertius.routes.schema import RoutesFile
from tertius.routes.values import LEVELS, Values
from tertius.world import World

__all__ = ["Routes", "list_routes"]

SUFFIXES = (".yaml", ".yml")
CENTRAL = Values()


@dataclass(frozen=True, eq=False)
class Routes:
    """Routes through third territory, from a file; see :meth:`load`.

    Attributes
    ----------
    file
        The parsed routes file.
    source
        File name, for errors.
    text
        The file as written, for the manifest.
    values
        What is chosen from the ranges of the file.
    """

    file: RoutesFile
    source: str
    text: str
    values: Values = CENTRAL

    @classmethod
    def load(cls, reference: str | Path) -> Routes:
        """Load shipped routes or a file.

        Parameters
        ----------
        reference
            A shipped name or the path of a YAML file.

        Raises
        ------
        BadInput
            If it does not exist or is not valid; the message names place and nearest name.

        Examples
        --------
        >>> Routes.load("kazakhstan-2022").file.name
        'kazakhstan-2022'
        """
        path = Path(reference)
        if path.suffix in SUFFIXES:
            text = read_text(path)
            return cls(parse(RoutesFile, text, path.name), path.name, text)
        if str(reference) not in list_routes():
            raise unknown("routes", "routes file", str(reference), list_routes())
        text = (files("tertius.routes") / "files" / f"{reference}.yaml").read_text(encoding="utf-8")
        return cls(parse(RoutesFile, text, f"{reference}.yaml"), f"{reference}.yaml", text)

    def at(
        self,
        q: str | float | None = None,
        margin: str | float | None = None,
        rent: str | float | None = None,
        shares: str | None = None,
    ) -> Routes:
        """Choose other values; what is not given stays.

        Parameters
        ----------
        q, margin, rent
            ``low``, ``central`` or ``high`` of each range, or one number for all.
        shares
            ``low``, ``central`` or ``high``: base shares or leakages of all paths.

        Returns
        -------
        Routes

        Examples
        --------
        >>> Routes.load("kazakhstan-2022").at(q=2.5, rent="high").id
        'kazakhstan-2022[q=2.5, rent=high]'
        """
        given = {"q": q, "margin": margin, "rent": rent, "shares": shares}
        chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        for name, value in chosen.items():
            if isinstance(value, str) and value not in LEVELS:
                raise unknown(f"{self.source}: {name}", "level", value, LEVELS)
        return replace(self, values=replace(self.values, **chosen))

    @property
    def id(self) -> str:
        """Name with the values that are not central."""
        changed = self.values.changed
        return self.file.name + (f"[{', '.join(f'{k}={v}' for k, v in changed.items())}]" if changed else "")

    def flows(self, world: World) -> RoutedFlows:
        """Routed flows of a world as arrays.

        Parameters
        ----------
        world
            The base year. A hub that it lacks lies in its rest of the world.

        Raises
        ------
        BadInput
            If a country, hub, sector or group does not fit, or shares exceed one.
        """
        return build_flows(self.file, self.values, self.source, world)


def list_routes() -> list[str]:
    """Name the shipped routes files.

    Examples
    --------
    >>> sorted(list_routes()) == list_routes()
    True
    """
    folder = files("tertius.routes") / "files"
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))
