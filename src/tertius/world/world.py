# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`World`: a balanced multi-country, multi-sector baseline with labels."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from tertius.errors import BadInput, unknown
from tertius.world.accounts import Accounts, Array, accounts_of
from tertius.world.coordinates import coordinates
from tertius.world.validate import validated

if TYPE_CHECKING:
    import xarray as xr

    from tertius.world.check import CheckReport

__all__ = ["World"]

FLOW = ("exporter", "importer", "sector")
CELL = ("country", "sector")


@dataclass(frozen=True, eq=False)
class World:
    """One base year of the world economy: flows, tariffs, cost shares, trade elasticities.

    Build one with :meth:`from_arrays`, read one with :meth:`load` or ``tertius.load_world``. The
    arrays are read-only; every method returns a new world.

    Parameters
    ----------
    countries, sectors
        Labels, in the order of the arrays.
    trade, tariff
        ``[exporter, importer, sector]``: USD million before tariff; ad valorem.
    input_share
        ``[country, input, sector]``: cost share of each input in gross output.
    elasticity
        ``[sector]``: trade elasticity theta > 0.
    name, year
        Identity of the world.
    elasticity_name
        The set that ``elasticity`` comes from, or "custom".
    elasticity_sets
        Named alternatives, each ``[sector]``.
    record
        How the world was made: sources, what was changed and by how much.
    final_trade
        ``[exporter, importer, sector]``: the part of ``trade`` that goes to final use, or None where it is
        not known; then final and intermediate use buy from the same origins in the same proportions.

    Notes
    -----
    Equations and conventions: Caliendo & Parro (2015), ReStud 82:1-44.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    trade_values: Array
    tariff_values: Array
    input_share_values: Array
    elasticity_values: Array
    name: str = "unnamed"
    year: int | None = None
    elasticity_name: str = "custom"
    elasticity_sets: Mapping[str, Array] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    final_trade_values: Array | None = None

    @classmethod
    def from_arrays(
        cls,
        countries: Sequence[str],
        sectors: Sequence[str],
        *,
        trade: ArrayLike,
        tariff: ArrayLike,
        input_share: ArrayLike,
        elasticity: ArrayLike,
        final_demand: ArrayLike | None = None,
        final_trade: ArrayLike | None = None,
        year: int | None = None,
        name: str | None = None,
        elasticity_name: str = "custom",
        elasticity_sets: Mapping[str, ArrayLike] | None = None,
        record: Mapping[str, Any] | None = None,
    ) -> World:
        """Check the arrays and make a world of them.

        Parameters
        ----------
        countries, sectors, trade, tariff, input_share, elasticity, year, name, record, ...
            See the class.
        final_demand
            ``[country, sector]``, USD million with tariff: the residual of use, which it must equal if
            it is given. Negative cells are refused.
        final_trade
            ``[exporter, importer, sector]``: the part of ``trade`` for final use, if it is known; with
            tariffs it must add up to final demand.

        Returns
        -------
        World

        Raises
        ------
        BadInput
            With the place and size of everything that is wrong.

        Examples
        --------
        >>> w = World.from_arrays(["AAA", "BBB"], ["X"], trade=[[[8.0], [2.0]], [[2.0], [8.0]]],
        ...     tariff=np.zeros((2, 2, 1)), input_share=np.zeros((2, 1, 1)), elasticity=[4.0])
        >>> w.value_added.values
        array([10., 10.])
        """
        name = name or "unnamed"
        world = cls(
            countries=tuple(countries),
            sectors=tuple(sectors),
            trade_values=_frozen(trade, f"world {name}: trade"),
            tariff_values=_frozen(tariff, f"world {name}: tariff"),
            input_share_values=_frozen(input_share, f"world {name}: input_share"),
            elasticity_values=_frozen(elasticity, f"world {name}: elasticity"),
            name=name,
            year=year,
            elasticity_name=elasticity_name,
            elasticity_sets={
                k: _frozen(v, f"world {name}: elasticity set {k}") for k, v in (elasticity_sets or {}).items()
            },
            record=dict(record or {}),
            final_trade_values=None
            if final_trade is None
            else _frozen(final_trade, f"world {name}: final_trade"),
        )
        given = None if final_demand is None else _frozen(final_demand, f"world {name}: final_demand")
        validated(world, given)
        return world

    @classmethod
    def load(cls, path: str | Path) -> World:
        """Read a world that :meth:`save` wrote.

        Parameters
        ----------
        path
            A ``.npz`` file.

        Returns
        -------
        World

        Raises
        ------
        BadInput
            If the file is missing, is not a world, or its accounts do not close.
        """
        from tertius.world.store import read_world

        return read_world(Path(path))

    def save(self, path: str | Path) -> Path:
        """Write the world to one ``.npz`` file, atomically; the same world gives the same bytes.

        Parameters
        ----------
        path
            Where to write.

        Returns
        -------
        pathlib.Path
            The file written.
        """
        from tertius.world.store import write_world

        return write_world(self, Path(path))

    # --- accounts -------------------------------------------------------------------------------

    @cached_property
    def accounts(self) -> Accounts:
        """All derived accounts as plain arrays."""
        return accounts_of(self.trade_values, self.tariff_values, self.input_share_values)

    @cached_property
    def hash(self) -> str:
        """Content hash (sha256): labels, numbers and all elasticity sets, whatever name or file."""
        labels = (self.countries, self.sectors, tuple(self.elasticity_sets))
        digest = hashlib.sha256(repr(labels).encode())
        for array in (
            self.trade_values,
            self.tariff_values,
            self.input_share_values,
            self.elasticity_values,
            *self.elasticity_sets.values(),
        ):
            digest.update(array.tobytes())
        if self.final_trade_values is not None:
            digest.update(self.final_trade_values.tobytes())
        return digest.hexdigest()

    def _labelled(self, values: Array, dims: tuple[str, ...], name: str, unit: str) -> xr.DataArray:
        import xarray as xr

        labels = {"sector": self.sectors, "input": self.sectors}
        coords = coordinates(dims, tuple(labels.get(d, self.countries) for d in dims))
        return xr.DataArray(values.copy(), coords=coords, dims=dims, name=name, attrs={"unit": unit})

    @property
    def trade(self) -> xr.DataArray:
        """Flows ``[exporter, importer, sector]``, USD million before tariff."""
        return self._labelled(self.trade_values, FLOW, "trade", "USD million")

    @property
    def final_trade(self) -> xr.DataArray | None:
        """The part of :attr:`trade` for final use, or None where it is not known."""
        if self.final_trade_values is None:
            return None
        return self._labelled(self.final_trade_values, FLOW, "final_trade", "USD million")

    @property
    def tariff(self) -> xr.DataArray:
        """Tariffs ``[exporter, importer, sector]``, ad valorem (0.05 = 5 %)."""
        return self._labelled(self.tariff_values, FLOW, "tariff", "ad valorem")

    @property
    def trade_share(self) -> xr.DataArray:
        """Expenditure shares ``[exporter, importer, sector]``; sum to one over exporters."""
        return self._labelled(self.accounts.trade_share, FLOW, "trade_share", "share")

    @property
    def input_share(self) -> xr.DataArray:
        """Cost share of each input in gross output ``[country, input, sector]``."""
        dims = ("country", "input", "sector")
        return self._labelled(self.input_share_values, dims, "input_share", "share")

    @property
    def elasticity(self) -> xr.DataArray:
        """Trade elasticity theta ``[sector]``."""
        return self._labelled(self.elasticity_values, ("sector",), "elasticity", "theta")

    @property
    def value_added_share(self) -> xr.DataArray:
        """Value added in gross output ``[country, sector]``."""
        return self._labelled(self.accounts.value_added_share, CELL, "value_added_share", "share")

    @property
    def final_share(self) -> xr.DataArray:
        """Share of each sector in final expenditure ``[country, sector]``."""
        return self._labelled(self.accounts.final_share, CELL, "final_share", "share")

    @property
    def expenditure(self) -> xr.DataArray:
        """Use ``[country, sector]``, USD million including the tariff."""
        return self._labelled(self.accounts.expenditure, CELL, "expenditure", "USD million")

    @property
    def output(self) -> xr.DataArray:
        """Gross output ``[country, sector]``, USD million at basic prices."""
        return self._labelled(self.accounts.output, CELL, "output", "USD million")

    @property
    def value_added(self) -> xr.DataArray:
        """Value added ``[country]``, USD million."""
        return self._labelled(self.accounts.value_added, ("country",), "value_added", "USD million")

    @property
    def deficit(self) -> xr.DataArray:
        """Imports minus exports ``[country]``, USD million."""
        return self._labelled(self.accounts.deficit, ("country",), "deficit", "USD million")

    # --- variants -------------------------------------------------------------------------------

    def with_elasticity(self, which: str | ArrayLike) -> World:
        """Give the same world with another set of trade elasticities.

        Parameters
        ----------
        which
            Name of a set in ``elasticity_sets``, or theta by sector.

        Returns
        -------
        World

        Raises
        ------
        BadInput
            If the set is unknown or an elasticity is not positive.
        """
        if isinstance(which, str):
            if which not in self.elasticity_sets:
                raise unknown(f"world {self.name}", "elasticity set", which, self.elasticity_sets)
            theta, label = self.elasticity_sets[which], which
        else:
            theta, label = _frozen(which, f"world {self.name}: elasticity"), "custom"
        if theta.shape != (len(self.sectors),) or not np.all(np.isfinite(theta) & (theta > 0)):
            raise BadInput(
                f"world {self.name}: elasticity",
                f"needs one positive number for each of the {len(self.sectors)} sectors",
            )
        return replace(self, elasticity_values=theta, elasticity_name=label)

    def aggregate(
        self,
        countries: Mapping[str, Sequence[str]] | None = None,
        sectors: Mapping[str, Sequence[str]] | None = None,
    ) -> World:
        """Merge countries or sectors; whatever is not named stays as it is.

        Parameters
        ----------
        countries, sectors
            New name -> its members. Flows and costs are summed, tariffs weighted by trade (revenue
            unchanged), elasticities by trade between different countries.

        Returns
        -------
        World

        Raises
        ------
        BadInput
            If a member is unknown, appears twice, or a new name clashes.
        """
        from tertius.world.aggregate import aggregated

        return aggregated(self, countries or {}, sectors or {})

    def check(self) -> CheckReport:
        """Test every accounting identity and list what is known to be weak.

        Returns
        -------
        CheckReport
            Lines with value and tolerance; ``report.require()`` raises if one fails.
        """
        from tertius.world.check import check_world

        return check_world(self)

    def __repr__(self) -> str:
        n, s = len(self.countries), len(self.sectors)
        return f"<World {self.name}: {n} countries x {s} sectors, elasticities {self.elasticity_name}>"


def _frozen(values: ArrayLike, where: str) -> Array:
    try:
        array = np.array(values, dtype=np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise BadInput(where, f"is not an array of numbers ({error})") from error
    array.setflags(write=False)
    return array
