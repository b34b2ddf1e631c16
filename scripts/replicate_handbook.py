# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Gains from trade of the Handbook's Table 4.1, by the engine.

Run ``python scripts/replicate_handbook.py RAW_DIR``.

Costinot & Rodriguez-Clare (2014), "Trade Theory with Numbers", Handbook of International Economics 4,
ch. 4, Table 4.1: percent of real income lost in autarky, 34 economies, 2008. RAW_DIR holds
``replication/costinot_rodriguez_clare_2014.mat`` (not shipped): flows ``X_nis`` [exporter, importer,
sector], trade elasticities ``epsilon_cl``, consumption shares ``beta3d``.

Each column is solved: infinite icebergs on every border, one economy per country. Beside it stands the
closed form, 1 - prod_s lambda_s^(a_s / th_s), lambda the domestic share, which must agree. Both need
balanced trade. As the Handbook does, the domestic shares are taken from the data as they are: incomes
are set so that trade balances at the observed shares (no gain depends on them). A last column
removes the deficits in the model instead, which moves the domestic shares a little.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import tertius as tt

Array = NDArray[np.float64]

SOURCE = Path("replication") / "costinot_rodriguez_clare_2014.mat"
ONE_SECTOR_ELASTICITY = 5.0
# Table 4.1, first column (one sector), percent.
PUBLISHED = {"CAN": 3.8, "DEU": 4.5, "HUN": 8.1, "IRL": 8.0, "JPN": 1.7, "RUS": 2.4, "TUR": 2.9, "USA": 1.8}


@dataclass(frozen=True, slots=True)
class Handbook:
    """Economies, flows ``[exporter, importer, sector]``, elasticities, consumption ``[country, sector]``."""

    countries: list[str]
    flows: Array
    theta: Array
    alpha: Array


def read(raw: Path) -> Handbook:
    """Read the Handbook's data; needs SciPy, which comes with the extra ``dev``."""
    data = import_module("scipy.io").loadmat(raw / SOURCE)
    names = [str(c[0]) for c in data["countries"].ravel()]
    flows = np.asarray(data["X_nis"], dtype=np.float64)
    return Handbook(names, flows, np.asarray(data["epsilon_cl"])[0, 0], np.asarray(data["beta3d"])[0])


def balanced_incomes(pi: Array, alpha: Array) -> Array:
    """Incomes that balance trade at given shares: income_i = sum_{n,s} pi_in^s alpha_n^s income_n.

    Parameters
    ----------
    pi
        ``[exporter, importer, sector]``, sums to one over exporters.
    alpha
        ``[country, sector]``, sums to one over sectors.
    """
    flow = np.einsum("ins,ns->in", pi, alpha) - np.eye(len(alpha))
    system = np.vstack([flow, np.ones(len(alpha))])
    right = np.append(np.zeros(len(alpha)), len(alpha))
    return np.linalg.lstsq(system, right, rcond=None)[0]


def world_of(countries: list[str], flows: Array, theta: Array) -> tt.World:
    """Make a world without inputs or tariffs from flows."""
    n, s = flows.shape[1:]
    return tt.World.from_arrays(
        countries,
        [f"S{k}" for k in range(s)],
        trade=flows,
        tariff=np.zeros((n, n, s)),
        input_share=np.zeros((n, s, s)),
        elasticity=theta,
    )


def engine(world: tt.World, closure: str) -> Array:
    """Percent of real income lost when every border is closed, by solving for it."""
    n, s = len(world.countries), len(world.sectors)
    shut = np.where(np.eye(n, dtype=bool)[:, :, None], 1.0, np.full((n, n, s), np.inf))
    z = tt.Wedges.from_arrays(world, shut, world.tariff_values, np.ones((n, s)), np.ones(n))
    return -tt.solve(world, z, closure=closure, tol=1e-12).welfare("real_income").values


def closed_form(pi: Array, alpha: Array, theta: Array) -> Array:
    """100 (1 - prod_s lambda_s^(alpha_s / theta_s))."""
    own = np.einsum("nns->ns", pi)
    return 100.0 * (1.0 - np.exp((alpha * np.log(own) / theta).sum(axis=1)))


def gains(countries: list[str], flows: Array, theta: Array, alpha: Array) -> tuple[Array, Array]:
    """Gains from trade at observed shares ``[country]``, percent: by the engine, and in closed form."""
    pi = flows / flows.sum(axis=0)
    spent = alpha * balanced_incomes(pi, alpha)[:, None]
    world = world_of(countries, 1e6 * pi * spent, theta)
    return engine(world, "fixed_deficit"), closed_form(pi, alpha, theta)


def table(data: Handbook) -> dict[str, Array]:
    """All columns, percent, by country."""
    one = data.flows.sum(axis=2, keepdims=True)
    theta = np.array([ONE_SECTOR_ELASTICITY])
    single = gains(data.countries, one, theta, np.ones((len(data.countries), 1)))
    many = gains(data.countries, data.flows, data.theta, data.alpha)
    spent = data.flows.sum(axis=0)
    other = gains(data.countries, data.flows, data.theta, spent / spent.sum(axis=1, keepdims=True))
    return {
        "one sector": single[0],
        "one sector, closed form": single[1],
        "one sector, deficits removed": engine(world_of(data.countries, one, theta), "balanced"),
        "many sectors": many[0],
        "many sectors, closed form": many[1],
        "many sectors, shares of all spending": other[0],
    }


def main(raw: Path) -> None:
    """Print the table as Markdown, and the largest gaps."""
    data = read(raw)
    columns = table(data)
    print("| economy | published | ours | difference | deficits removed | many sectors | all spending |")
    print("|---|---|---|---|---|---|---|")
    shown = [columns[k] for k in columns if "closed" not in k]
    for n, name in enumerate(data.countries):
        one, flat, many, spent = (column[n] for column in shown)
        said = PUBLISHED.get(name)
        gap = "" if said is None else f"{one - said:+.2f}"
        compared = f"{'' if said is None else said} | {one:.2f} | {gap}"
        print(f"| {name} | {compared} | {flat:.2f} | {many:.1f} | {spent:.1f} |")
    for k in ("one sector", "many sectors"):
        gap = np.abs(columns[k] - columns[k + ", closed form"]).max()
        print(f"{k}: engine against closed form {gap:.1e}, mean {columns[k].mean():.2f} percent")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
