# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Wedges: what a scenario changes in the equations, with the world's own labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tertius.errors import BadInput, unknown
from tertius.world import World

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Wedges"]

FLOW = ("exporter", "importer", "sector")


@dataclass(frozen=True, eq=False)
class Wedges:
    """Hats, new over old; but tariffs are new levels.

    Attributes
    ----------
    iceberg, tariff
        ``[exporter, importer, sector]``; an infinite iceberg is an embargo.
    productivity
        ``[country, sector]``.
    labour
        ``[country]``.
    theta
        The trade elasticities with which a partial ban was turned into a cost, or None: such wedges
        belong to the world that they were made for.
    """

    iceberg: xr.DataArray
    tariff: xr.DataArray
    productivity: xr.DataArray
    labour: xr.DataArray
    theta: tuple[float, ...] | None = None

    @classmethod
    def neutral(cls, world: World) -> Wedges:
        """Wedges that change nothing.

        Examples
        --------
        >>> from tertius.world import load_world
        >>> float(Wedges.neutral(load_world()).labour.max())
        1.0
        """
        n, s = len(world.countries), len(world.sectors)
        return cls.from_arrays(
            world, np.ones((n, n, s)), world.tariff_values.copy(), np.ones((n, s)), np.ones(n)
        )

    @classmethod
    def from_arrays(
        cls,
        world: World,
        iceberg: Array,
        tariff: Array,
        productivity: Array,
        labour: Array,
        theta: tuple[float, ...] | None = None,
    ) -> Wedges:
        """Label plain arrays with a world's own labels."""
        return cls(
            iceberg=_label(world, iceberg, FLOW, "iceberg"),
            tariff=_label(world, tariff, FLOW, "tariff"),
            productivity=_label(world, productivity, ("country", "sector"), "productivity"),
            labour=_label(world, labour, ("country",), "labour"),
            theta=theta,
        )

    def arrays(self, world: World) -> dict[str, Array]:
        """Drop the labels, after proving that they are the world's own and the numbers usable.

        Parameters
        ----------
        world
            The world to be solved.

        Returns
        -------
        dict
            iceberg, tariff, productivity, labour as plain arrays in the world's order.

        Raises
        ------
        BadInput
            If a label differs, a number is out of range, or a partial ban was made for other elasticities.
        """
        if self.theta is not None and not np.array_equal(self.theta, world.elasticity_values):
            raise BadInput(
                "wedges",
                f"partial bans were turned into costs with other elasticities than {world.elasticity_name}",
                "call scenario.wedges(world) for this world, or pass the scenario to solve",
            )
        found = {
            "iceberg": _plain(world, self.iceberg, FLOW, "iceberg"),
            "tariff": _plain(world, self.tariff, FLOW, "tariff"),
            "productivity": _plain(world, self.productivity, ("country", "sector"), "productivity"),
            "labour": _plain(world, self.labour, ("country",), "labour"),
        }
        for name, values in found.items():
            _in_range(world, name, values)
        return found


def _labels(world: World, dim: str) -> tuple[str, ...]:
    return world.sectors if dim == "sector" else world.countries


def _label(world: World, values: Array, dims: tuple[str, ...], name: str) -> xr.DataArray:
    import xarray as xr

    coords = {d: list(_labels(world, d)) for d in dims}
    return xr.DataArray(values, coords=coords, dims=dims, name=name)


def _plain(world: World, values: xr.DataArray, dims: tuple[str, ...], name: str) -> Array:
    if set(values.dims) != set(dims):
        raise BadInput(f"wedges: {name}", f"has dimensions {tuple(values.dims)}, expected {dims}")
    for dim in dims:
        if dim not in values.indexes:
            raise BadInput(f"wedges: {name}", f"has no {dim} labels", "start from Wedges.neutral(world)")
        own, got = _labels(world, dim), [str(x) for x in values.indexes[dim]]
        strange = [x for x in got if x not in own]
        if strange:
            raise unknown(f"wedges: {name}", dim, strange[0], own)
        if tuple(got) != own:
            raise BadInput(f"wedges: {name}", f"{dim} labels are not in the order of world {world.name}")
    return np.asarray(values.transpose(*dims).values, dtype=np.float64)


def _in_range(world: World, name: str, values: Array) -> None:
    low = -1.0 if name == "tariff" else 0.0
    bad = ~(values > low) | (np.isinf(values) if name != "iceberg" else False)
    if not bad.any():
        return
    index = np.unravel_index(int(np.argmax(bad)), values.shape)
    dims = {3: FLOW, 2: ("country", "sector"), 1: ("country",)}[values.ndim]
    place = " ".join(_labels(world, d)[i] for d, i in zip(dims, index, strict=True))
    remedy = "an embargo is an infinite iceberg" if name == "tariff" else ""
    raise BadInput(f"wedges: {name}", f"{values[index]} at {place} is not a finite number > {low:g}", remedy)
