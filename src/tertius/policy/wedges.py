# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Wedges: what a scenario changes in the equations, with the world's own labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from tertius.errors import BadInput, unknown
from tertius.policy.limits import (
    CapWedge,
    PassageWedge,
    QuotaWedge,
    check_caps,
    check_coalitions,
    check_quotas,
)
from tertius.policy.measures import idle_cap
from tertius.world import World
from tertius.world.coordinates import coordinates

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Wedges"]

FLOW = ("exporter", "importer", "sector")
CELL = ("country", "sector")
COUNTRY = ("country",)
KIND = ("country", "skill")
SKILLS = ("skilled", "unskilled")
ROUNDING = 1e-9  # of transfers that ought to sum to zero, relative to the largest


class _Untouched:
    """An array that is made when somebody asks for it: most wedges never need it.

    Parameters
    ----------
    dims
        Its dimensions.
    neutral
        The number that changes nothing.
    """

    def __init__(self, dims: tuple[str, ...], neutral: float) -> None:
        self.dims, self.neutral, self.name = dims, neutral, ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, wedges: Any, owner: type) -> xr.DataArray:
        if wedges is None:
            return self  # type: ignore[return-value]  # the field's default: not touched
        values = vars(wedges)
        if values[self.name] is None:
            values[self.name] = self._made(wedges.iceberg)
        return values[self.name]

    def __set__(self, wedges: Any, value: xr.DataArray | _Untouched | None) -> None:
        vars(wedges)[self.name] = None if value is self else value

    def _made(self, like: xr.DataArray) -> xr.DataArray:
        """Make the neutral array with the labels of the icebergs."""
        import xarray as xr

        home = {"exporter": "exporter", "importer": "importer", "sector": "sector", "country": "exporter"}
        coords = {d: list(SKILLS if d == "skill" else like.indexes[home[d]]) for d in self.dims}
        shape = [len(labels) for labels in coords.values()]
        return xr.DataArray(np.full(shape, self.neutral), coords=coords, dims=self.dims, name=self.name)


@dataclass(frozen=True, eq=False)
class Wedges:
    """Hats, new over old; but taxes are new levels and transfers are money.

    Attributes
    ----------
    iceberg, tariff
        ``[exporter, importer, sector]``; an infinite iceberg is an embargo.
    productivity
        ``[country, sector]``.
    labour
        ``[country]``.
    skill
        ``[country, skill]``, besides labour: one kind only; needs the two kinds of labour of ``solve``.
    theta
        The trade elasticities with which a partial ban was turned into a cost, or None: such wedges
        belong to the world that they were made for.
    export_tax, taste
        ``[exporter, importer, sector]``: tax of the exporter on the value that leaves him, a new level (the
        base has none); weight of the origin in the buyers' spending at given prices.
    transfer
        ``[country]``, USD million received from other governments; sums to zero.
    coalitions
        Groups of country codes whose members share income so that all gain or lose alike.
    quotas, caps
        Limits on quantities and prices.
    closed
        ``[exporter, importer, sector]``: share of each base flow that bans close, which is in the iceberg
        already; routes through third territory read it, for a ban closes the direct route only.
    passages
        What measures do to such routes.
    """

    iceberg: xr.DataArray
    tariff: xr.DataArray
    productivity: xr.DataArray
    labour: xr.DataArray
    theta: tuple[float, ...] | None = None
    export_tax: _Untouched = _Untouched(FLOW, 0.0)
    taste: _Untouched = _Untouched(FLOW, 1.0)
    transfer: _Untouched = _Untouched(COUNTRY, 0.0)
    coalitions: tuple[tuple[str, ...], ...] = ()
    quotas: tuple[QuotaWedge, ...] = ()
    caps: tuple[CapWedge, ...] = ()
    closed: _Untouched = _Untouched(FLOW, 0.0)
    passages: tuple[PassageWedge, ...] = ()
    skill: _Untouched = _Untouched(KIND, 1.0)

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
        export_tax: Array | None = None,
        taste: Array | None = None,
        transfer: Array | None = None,
        coalitions: tuple[tuple[str, ...], ...] = (),
        quotas: tuple[QuotaWedge, ...] = (),
        caps: tuple[CapWedge, ...] = (),
        closed: Array | None = None,
        passages: tuple[PassageWedge, ...] = (),
        skill: Array | None = None,
    ) -> Wedges:
        """Label plain arrays with a world's own labels; what is left out changes nothing."""

        def labelled(values: Array | None, dims: tuple[str, ...], name: str) -> Any:
            return None if values is None else _label(world, values, dims, name)

        return cls(
            iceberg=_label(world, iceberg, FLOW, "iceberg"),
            tariff=_label(world, tariff, FLOW, "tariff"),
            productivity=_label(world, productivity, CELL, "productivity"),
            labour=_label(world, labour, COUNTRY, "labour"),
            theta=theta,
            export_tax=labelled(export_tax, FLOW, "export_tax"),
            taste=labelled(taste, FLOW, "taste"),
            transfer=labelled(transfer, COUNTRY, "transfer"),
            coalitions=coalitions,
            quotas=quotas,
            caps=caps,
            closed=labelled(closed, FLOW, "closed"),
            passages=passages,
            skill=labelled(skill, KIND, "skill"),
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
            iceberg, tariff, productivity, labour as plain arrays in the world's order; export_tax, taste,
            transfer, closed and skill if somebody has touched them.

        Raises
        ------
        BadInput
            If a label differs, a number is out of range, transfers do not sum to zero, a quota, cap or
            coalition does not fit, or a partial ban was made for other elasticities.
        """
        if self.theta is not None and not np.array_equal(self.theta, world.elasticity_values):
            raise BadInput(
                "wedges",
                f"partial bans were turned into costs with other elasticities than {world.elasticity_name}",
                "call scenario.wedges(world) for this world, or pass the scenario to solve",
            )
        kept = {name: vars(self)[name] for name in DIMS if vars(self)[name] is not None}
        found = {name: _plain(world, values, DIMS[name], name) for name, values in kept.items()}
        for name, values in found.items():
            _in_range(world, name, values)
        if self.coalitions:
            check_coalitions(world, self.coalitions)
        if self.quotas:
            check_quotas(world, self.quotas)
        if self.caps:
            check_caps(world, self.caps)
        return found

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must be told about these wedges: price caps that do nothing at base prices."""
        return tuple(f"{c.exporter} {c.sector}: {idle_cap(c.cap)}" for c in self.caps if c.cap >= 1)


DIMS = {
    "iceberg": FLOW,
    "tariff": FLOW,
    "productivity": CELL,
    "labour": COUNTRY,
    "export_tax": FLOW,
    "taste": FLOW,
    "transfer": COUNTRY,
    "closed": FLOW,
    "skill": KIND,
}


def _labels(world: World, dim: str) -> tuple[str, ...]:
    return SKILLS if dim == "skill" else world.sectors if dim == "sector" else world.countries


def _label(world: World, values: Array, dims: tuple[str, ...], name: str) -> xr.DataArray:
    import xarray as xr

    return xr.DataArray(values, coords=_coordinates(world, dims), dims=dims, name=name)


def _coordinates(world: World, dims: tuple[str, ...]) -> xr.Coordinates:
    return coordinates(dims, tuple(_labels(world, d) for d in dims))


def _plain(world: World, values: xr.DataArray, dims: tuple[str, ...], name: str) -> Array:
    if set(values.dims) != set(dims):
        raise BadInput(f"wedges: {name}", f"has dimensions {tuple(values.dims)}, expected {dims}")
    known = _coordinates(world, dims)
    for dim in dims:
        if dim not in values.indexes:
            raise BadInput(f"wedges: {name}", f"has no {dim} labels", "start from Wedges.neutral(world)")
        index, right = values.indexes[dim], known.indexes[dim]
        if index is right or index.equals(right):
            continue
        own, got = _labels(world, dim), [str(x) for x in index]
        strange = [x for x in got if x not in own]
        if strange:
            raise unknown(f"wedges: {name}", dim, strange[0], own)
        if tuple(got) != own:
            raise BadInput(f"wedges: {name}", f"{dim} labels are not in the order of world {world.name}")
    plain = values if values.dims == dims else values.transpose(*dims)
    return np.asarray(plain.values, dtype=np.float64)


LOW = {"tariff": -1.0, "export_tax": -1.0, "transfer": -np.inf, "closed": -1e-300}  # zero for all others


def _in_range(world: World, name: str, values: Array) -> None:
    low = LOW.get(name, 0.0)
    if not (values.min() > low and (name == "iceberg" or values.max() < np.inf)):  # NaN is refused too
        _refuse(world, name, values, low)
    if name == "transfer" and abs(values.sum()) > ROUNDING * np.abs(values).max():
        raise BadInput(
            "wedges: transfer",
            f"sums to {values.sum():.6g} USD million, not to zero",
            "say who pays what others receive",
        )


def _refuse(world: World, name: str, values: Array, low: float) -> NoReturn:
    """Say which number is out of range.

    Raises
    ------
    BadInput
        With its place.
    """
    bad = ~(values > low) | (np.isinf(values) if name != "iceberg" else False)
    index = np.unravel_index(int(np.argmax(bad)), values.shape)
    place = " ".join(_labels(world, d)[i] for d, i in zip(DIMS[name], index, strict=True))
    remedy = "an embargo is an infinite iceberg" if low == -1.0 else ""
    bound = f" > {low:g}" if np.isfinite(low) else ""
    raise BadInput(f"wedges: {name}", f"{values[index]} at {place} is not a finite number{bound}", remedy)
