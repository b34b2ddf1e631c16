# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Why real income changes: an identity in differentials, integrated along the path of the shock.

Prices of final demand follow from costs, costs from prices and factor rewards, so at every equilibrium,
in any variant of factors, production and final demand (envelope theorem),

    I_n dln W_n =  sum M_mn (dln c_n + dln(1+e_mn)) - sum M_ni (dln c_i + dln(1+e_ni))   terms of trade
                 + sum t_ni M_ni dln m_ni + sum e_mn Z_mn dln z_mn                       taxed volumes
                 - sum M_ni dln d_ni                                                     trade costs
                 + sum Y_n dln A_n + sum (w L)_n dln L_n + dT_n + dD_n

with M the value at the border, Z what the seller keeps, m = M / (c d (1+e)) what arrives, z = Z / c what
is shipped. At the base and with tariffs alone the first two lines are terms and volume of trade of
Caliendo & Parro (2015), eq. 14. Divided by I and integrated they add up to ln W exactly.

The path: costs, productivity and endowments geometrically, taxes and transfers linearly, and under an
embargo the share of trade that survives falls linearly to zero, which keeps the integrand bounded:
M dln d = M / (th (1 - share)) d share. Other paths share out interactions differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tertius.equilibrium import Outcome, Shock, Solution, solve_hats
from tertius.equilibrium.arrays import Array
from tertius.equilibrium.linear import Direction, Linear, Tangent
from tertius.equilibrium.linear_shares import LinearShares
from tertius.errors import BadInput, NotSolved
from tertius.outcomes.equilibrium import Equilibrium

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PARTS", "Decomposition", "decompose", "decomposition"]

PARTS = (
    "terms_of_trade",
    "taxed_volumes",
    "trade_costs",
    "productivity",
    "endowments",
    "transfers",
    "deficit",
)
POINT_TOL = 1e-12  # of the equilibria along the path
PANELS = 64  # pieces of the path allowed

# Gauss-Kronrod, 7 and 15 points on [-1, 1], from the outside in (Piessens et al. 1983, QUADPACK).
_NODE = (
    0.991455371120812639206854697526329,
    0.949107912342758524526189684047851,
    0.864864423359769072789712788640926,
    0.741531185599394439863864773280788,
    0.586087235467691130294144691258680,
    0.405845151377397166906606412076961,
    0.207784955007898467600689403773245,
    0.0,
)
_KRONROD = (
    0.022935322010529224963732008058970,
    0.063092092629978553290700663189204,
    0.104790010322250183839876322541518,
    0.140653259715525918745189590510238,
    0.169004726639267902826583426598550,
    0.190350578064785409913256402421014,
    0.204432940075298892414161999234649,
    0.209482141084727828012999174891714,
)
_GAUSS = (
    0.129484966168869693270611432679082,
    0.279705391489276667901467771423780,
    0.381830050505118944950369775488975,
    0.417959183673469387755102040816327,
)
NODES = np.array([-x for x in _NODE] + list(_NODE[-2::-1]))
KRONROD = np.array(_KRONROD + _KRONROD[-2::-1])
GAUSS = np.zeros(15)
GAUSS[1::2] = _GAUSS + _GAUSS[-2::-1]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Parts of the change of log real income.

    Attributes
    ----------
    exact
        ``[part, n]``: integrated along the path, log points.
    first_order
        ``[part, n]``: the same identity at the base, the whole shock as one differential.
    total
        ``[n]``: ln W of the solution.
    residual
        ``[n]``: total minus the sum of the exact parts.
    error
        Estimated error of any part.
    points
        Equilibria solved along the path.
    """

    exact: Array
    first_order: Array
    total: Array
    residual: Array
    error: float
    points: int


class _Path:
    """The shock of a solution at any share of it."""

    def __init__(self, solution: Solution) -> None:
        base, system = solution.base, solution.system
        self.base, self.closure = base, system.closure
        A, B, C = system.trade.A, system.trade.B, system.trade.C
        self.shut = (A <= 0) & (base.pi > 0)
        theta = base.theta[:, None, None]
        factor = np.divide(A, base.pi, out=np.ones_like(A), where=(A > 0) & (base.pi > 0))
        tariff = np.divide(A, B, out=1.0 + base.tariff, where=B > 0) - 1.0
        export = np.divide(B, C, out=np.ones_like(A), where=C > 0)
        self.more_tariff = tariff - base.tariff
        self.export_tax = None if C is B else export - 1.0
        self.log_d = -np.log(factor) / theta - np.log((1.0 + tariff) / (1.0 + base.tariff)) - np.log(export)
        self.log_d[np.abs(self.log_d) < 1e-15] = 0.0
        self.log_a = system.log_a
        owned = base.V > 0
        self.log_l = np.log(np.where(owned, system.endowment, 1.0) / np.where(owned, base.V, 1.0))
        self.transfer, self.coalitions = system.transfer, system.coalitions
        self.per_theta = self.shut / theta

    def shock(self, share: float) -> Shock:
        """The shock at a share below one."""
        left = np.where(self.shut, 1.0 - share, 1.0) ** -self.per_theta
        return Shock(
            iceberg=np.exp(share * self.log_d) * left,
            tariff=self.base.tariff + share * self.more_tariff,
            export_tax=None if self.export_tax is None else share * self.export_tax,
            productivity=np.exp(share * self.log_a),
            endowment=np.exp(share * self.log_l),
            transfer=share * self.transfer,
            coalitions=self.coalitions,
        )

    def direction(self, share: float) -> Direction:
        """Derivative of the shock with respect to the share."""
        e = self.export_tax
        return Direction(
            iceberg=self.log_d + self.per_theta / (1.0 - share),
            tariff=self.more_tariff,
            export_tax=None if e is None else e / (1.0 + share * e),
            productivity=self.log_a,
            endowment=self.log_l,
            transfer=self.transfer,
        )

    def parts(self, share: float) -> Array:
        """Derivative of each part with respect to the share ``[part, n]``."""
        solution = solve_hats(self.base, self.shock(share), self.closure, POINT_TOL)
        if solution.gap.size > 1e-9:
            raise NotSolved(f"decomposition: at {100 * share:.1f} % of the shock: {solution.outcome.value}")
        linear, direction = Linear(solution), self.direction(share)
        return parts(linear.shares, direction, linear.tangent(direction))


def parts(k: LinearShares, direction: Direction, t: Tangent) -> Array:
    """The identity at one equilibrium: parts ``[part, n]`` of dln W along a direction."""
    zero = np.zeros_like(k.pi)
    d, e, rate = (
        zero if v is None else v for v in (direction.iceberg, direction.export_tax, direction.tariff)
    )
    a = np.zeros_like(k.b) if direction.productivity is None else direction.productivity
    labour = np.zeros_like(k.earned) if direction.endowment is None else direction.endowment
    theta, rate = k.theta[:, :, None], rate / k.tax
    c, x, p = t.log_c.T, t.log_x.T, t.log_p.T  # [s, n]
    log_M = (x + k.theta * p)[:, :, None] - (k.theta * c)[:, None, :] - theta * (d + e) - (1.0 + theta) * rate
    arriving = log_M - c[:, None, :] - d - e
    border = k.M * (c[:, None, :] + e)
    taxed_in = ((k.tax - 1.0) * k.M * arriving).sum(axis=(0, 2))
    taxed_out = ((k.M - k.Z) * (arriving + d)).sum(axis=(0, 1))
    money = (
        border.sum(axis=(0, 1)) - border.sum(axis=(0, 2)),
        taxed_in + taxed_out,
        -(k.M * d).sum(axis=(0, 2)),
        (k.Y.T * a).sum(axis=1),
        (k.earned * labour).sum(axis=1),
        t.transfer,
        t.deficit,
    )
    return np.stack(money) / k.income


def decompose(solution: Solution, tol: float = 1e-8) -> Decomposition:
    """Split ln(real income) of every country into its causes, exactly and to first order.

    Parameters
    ----------
    solution
        A converged solve. A shift of taste counts as the trade cost that does the same.
    tol
        Largest error of any part and of their sum, log points.

    Returns
    -------
    Decomposition

    Raises
    ------
    BadInput
        If quotas, price caps or routes are among the measures.
    NotSolved
        If the solution is none, an equilibrium on the path is not found, or the path has a bend that
        64 pieces do not resolve.
    """
    if solution.outcome is not Outcome.converged:
        raise NotSolved(f"decomposition needs an equilibrium: {solution.outcome.value}")
    if not solution.system.smooth or solution.system.transit is not None:
        raise BadInput(
            "decomposition",
            "quotas, price caps and routes through hubs are not in its identity yet",
            "decompose the scenario without them, and compare",
        )
    path, s = _Path(solution), solution.sweep
    first = path.parts(0.0)
    total = np.log(s.I / solution.base.I) - s.log_pf
    exact, error, points = _integrate(path, tol)
    residual = total - exact.sum(axis=0)
    if np.abs(residual).max() > tol:
        raise NotSolved(
            f"decomposition: the parts miss the total by {np.abs(residual).max():.1e} (allowed {tol:.0e});"
            " solve the scenario with a smaller tol"
        )
    return Decomposition(exact, first, total, residual, error, points)


def _integrate(path: _Path, tol: float) -> tuple[Array, float, int]:
    """Adaptive Gauss-Kronrod over the path: pieces are halved until their errors fit in the tolerance."""
    waiting, total, error, points = [(0.0, 1.0)], np.zeros((len(PARTS), len(path.base.VA))), 0.0, 0
    while waiting:
        low, high = waiting.pop()
        half = (high - low) / 2
        values = np.stack([path.parts(low + half * (1.0 + x)) for x in NODES])
        points += len(NODES)
        found = half * np.tensordot(KRONROD, values, axes=1)
        size = np.abs(found - half * np.tensordot(GAUSS, values, axes=1)).max()
        gap = min(size, (200.0 * size) ** 1.5)  # QUADPACK: the finer rule is that much better
        if gap <= tol * max(high - low, 1.0 / PANELS):
            total, error = total + found, error + float(gap)
        elif points >= PANELS * len(NODES):
            raise NotSolved(f"decomposition: {PANELS} pieces of the path leave an error of {gap:.1e}")
        else:
            middle = low + half
            waiting += [(low, middle), (middle, high)]
    return total, error, points


def decomposition(eq: Equilibrium, tol: float = 1e-8) -> pd.DataFrame:
    """Table of the causes of each country's change of real income.

    Parameters
    ----------
    eq
        A solved counterfactual.
    tol
        Largest error of any part and of their sum, log points.

    Returns
    -------
    pandas.DataFrame
        Columns region, part, method, unit, value. Methods: ``exact`` (along the path) and
        ``first_order`` (the whole shock as one differential at the base). Parts are those of
        ``PARTS``, then ``total``, the solved change, and ``residual``, total minus the sum of the
        parts: rounding for ``exact``, what is missed for ``first_order``. Unit: 100 log points.

    Raises
    ------
    NotSolved
        If the equilibrium, or one on the way to it, was not found.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.World.from_arrays(["AAA", "BBB"], ["X"], trade=[[[8.0], [2.0]], [[2.0], [8.0]]],
    ...     tariff=np.zeros((2, 2, 1)), input_share=np.zeros((2, 1, 1)), elasticity=[4.0])
    >>> z = tt.Wedges.neutral(w)
    >>> z.productivity.loc["AAA"] = 1.1
    >>> t = decomposition(tt.solve(w, z)).query("region == 'AAA' and method == 'exact'")
    >>> t.set_index("part").value[["terms_of_trade", "productivity", "total"]].round(2).tolist()
    [-0.25, 9.53, 9.28]
    """
    eq.report.require()
    found = decompose(eq.solution, tol)
    order = found.first_order
    rows = {
        "exact": np.vstack([found.exact, found.total, found.residual]),
        "first_order": np.vstack([order, found.total, found.total - order.sum(axis=0)]),
    }
    return _table(eq, rows, found)


def _table(eq: Equilibrium, rows: dict[str, Array], found: Decomposition) -> pd.DataFrame:
    import pandas as pd

    names = (*PARTS, "total", "residual")
    pieces = [
        pd.DataFrame(
            {
                "region": np.tile(eq.world.countries, len(names)),
                "part": np.repeat(names, len(eq.world.countries)),
                "method": method,
                "unit": "100 log points of real income",
                "value": 100.0 * values.ravel(),
            }
        )
        for method, values in rows.items()
    ]
    table = pd.concat(pieces, ignore_index=True)
    table.attrs = {"error": found.error, "points": found.points, "scenario": eq.scenario}
    return table
