# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What the equations read: plain arrays, no labels. Sector first where trade is, country first elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tertius.errors import BadInput
from tertius.routes.arrays import RouteArrays, RouteChange

__all__ = ["Array", "Baseline", "PriceCap", "Quota", "Shock", "Substitution", "sector_first"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Substitution:
    """Elasticities of substitution within a country; one is Cobb-Douglas.

    Attributes
    ----------
    value_added
        Between value added and the bundle of inputs.
    inputs
        Among inputs.
    final
        Among the goods of final demand.
    """

    value_added: float = 1.0
    inputs: float = 1.0
    final: float = 1.0

    def __post_init__(self) -> None:
        for name in ("value_added", "inputs", "final"):
            if not 0.0 < getattr(self, name) < np.inf:
                raise BadInput(
                    f"substitution: {name}",
                    f"{getattr(self, name)!r} is not a positive number",
                    "1 is Cobb-Douglas, near 0 is fixed proportions",
                )


@dataclass(frozen=True)
class Baseline:
    """A balanced base year in the notation of Caliendo & Parro (2015); money in any one unit.

    Attributes
    ----------
    pi, tariff
        ``[s, n, i]``: expenditure shares of importer n (sum to one over exporters i); ad valorem.
    gamma
        ``[n, k, s]``: cost share of input k in sector s.
    beta, alpha, X
        ``[n, s]``: value added in output, share in final expenditure, expenditure with tariff.
    theta
        ``[s]``: trade elasticity.
    VA, D, R, I
        ``[n]``: value added, deficit, tariff revenue, income (I = VA + R + D).
    phi
        ``[n, f, s]``: share of factor f in the value added of sector s (sums to one over factors).
        One row is one mobile factor; as many rows as sectors, the identity, are specific factors.
    V
        ``[n, f]``: income of each factor.
    sigma
        Substitution in production and final demand.
    uses
        Markets of each good: 1, or 2 where final use buys from other origins than intermediate use.
        Then every sector stands twice, first for inputs, then for final use, made alike.
    routes
        Routes of some flows through third territory; None sends all directly.
    """

    pi: Array
    tariff: Array
    gamma: Array
    beta: Array
    alpha: Array
    X: Array
    theta: Array
    VA: Array
    D: Array
    R: Array
    I: Array  # noqa: E741 - the paper's name
    phi: Array
    V: Array
    sigma: Substitution = Substitution()
    uses: int = 1
    routes: RouteArrays | None = None

    @cached_property
    def pi_before_tariff(self) -> Array:
        """Pi / (1 + t) ``[s, n, i]``: what reaches the exporter of each unit spent; kept once computed."""
        return self.pi / (1.0 + self.tariff)

    @cached_property
    def trade(self) -> Array:
        """Flows before tariff ``[s, n, i]``, money."""
        return self.pi_before_tariff * self.X.T[:, :, None]

    @cached_property
    def kept(self) -> Array:
        """What sellers keep of each unit spent ``[s, n, i]``: before tariff, less the margins of hubs."""
        if self.routes is None:
            return self.pi_before_tariff
        kept = self.pi_before_tariff.copy()
        kept[self.routes.cells] *= 1.0 - self.routes.margin.sum(axis=1)
        return kept

    @cached_property
    def Y(self) -> Array:
        """Output ``[n, s]`` that flows, tariffs and margins of hubs imply."""
        Y = np.einsum("sni,ns->is", self.kept, self.X)
        if self.routes is not None:
            Y[:, self.routes.services] += self.routes.received(self._margins, len(Y))[1]
        return Y

    @property
    def H(self) -> Array:
        """Rents of hubs ``[n]``."""
        if self.routes is None:
            return np.zeros_like(self.VA)
        return self.routes.received(self._margins, len(self.VA))[0]

    @property
    def _margins(self) -> Array:
        """What hubs keep, in money ``[C, H]``."""
        assert self.routes is not None
        return self.trade[self.routes.cells][:, None] * self.routes.margin

    @property
    def shape(self) -> tuple[int, int]:
        """Number of countries and sectors."""
        n, s = self.X.shape
        return n, s


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit on the quantity of some flows taken together; licences to fill it have one price.

    Attributes
    ----------
    sector, importer, exporter
        ``[k]``: indices of the flows.
    limit
        Quantity allowed over the base quantity, both as they arrive and at base prices.
    owner
        Who earns the price of the licences: "importer" (as a tariff) or "exporter" (as an export tax).
    """

    sector: NDArray[np.intp]
    importer: NDArray[np.intp]
    exporter: NDArray[np.intp]
    limit: float
    owner: str


@dataclass(frozen=True, slots=True)
class PriceCap:
    """The most that named buyers pay for one exporter's good.

    The gap to the market price is passed from the exporter's specific factor to the buyers' countries;
    they are not served below the cost of inputs and mobile factors.

    Attributes
    ----------
    sector, exporter
        Indices of the good.
    importers
        ``[k]``: indices of the buyers.
    cap
        Price over the base price, world value added being the numeraire.
    coverage
        Share of each flow that the cap is for.
    """

    sector: int
    exporter: int
    importers: NDArray[np.intp]
    cap: float
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Shock:
    """A counterfactual: hats (new over base), but taxes as new levels; None leaves all as it is.

    Attributes
    ----------
    iceberg, tariff, export_tax, taste
        ``[s, n, i]``: resource cost (infinite is an embargo); tax of the importer; tax of the exporter
        on the value that leaves him (the base has none; negative is a subsidy); weight of the origin
        in the buyers' preferences at given prices.
    productivity
        ``[n, s]``.
    endowment
        ``[n, f]``: factor endowments.
    transfer
        ``[n]``: received from other governments, in the base's money; sums to zero.
    coalitions
        Groups of countries whose members share income so that all gain or lose alike.
    quotas, caps
        Limits on quantities and on prices.
    routes
        What happens to routes through third territory.
    """

    iceberg: Array | None = None
    tariff: Array | None = None
    export_tax: Array | None = None
    taste: Array | None = None
    productivity: Array | None = None
    endowment: Array | None = None
    transfer: Array | None = None
    coalitions: tuple[tuple[int, ...], ...] = ()
    quotas: tuple[Quota, ...] = ()
    caps: tuple[PriceCap, ...] = ()
    routes: RouteChange | None = None


def sector_first(flows: Array) -> Array:
    """Turn ``[exporter, importer, sector]`` into contiguous ``[sector, importer, exporter]``.

    Contiguity matters: a batched product over a transposed view is five times slower.

    Examples
    --------
    >>> sector_first(np.zeros((2, 2, 3))).shape
    (3, 2, 2)
    """
    return np.ascontiguousarray(flows.transpose(2, 1, 0))
