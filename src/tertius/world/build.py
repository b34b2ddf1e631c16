# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The builder: raw flows, tariffs and the 2022 table of use become balanced worlds.

Steps, each recorded: tariffs are cleaned; the use table is aggregated to the sectors of the flows,
grossed up for what the rest of the world supplies (missing there) and for the tariff paid on inputs;
its cost shares are applied to every year and balanced with that year's flows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from tertius.data.icio import FlowFile, UseTable, read_flows, read_use
from tertius.errors import BadInput
from tertius.labels import group_members
from tertius.world.accounts import Array, ratio
from tertius.world.balance import FLOOR, LEAST_VALUE_ADDED, balance
from tertius.world.store import write_world
from tertius.world.tariffs import clean_tariffs
from tertius.world.world import World

__all__ = ["YEARS", "build_world", "build_worlds", "cost_shares"]

YEARS = range(2014, 2022)
TABLE_YEAR = 2022
DEFAULT_SET = "FGO"
REST = "ROW"
UNION = "EAEU-customs"


def build_worlds(
    raw: Path, out: Path, years: Iterable[int] = YEARS, tell: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """Build and write the shipped worlds.

    Parameters
    ----------
    raw
        Folder with ``icio/ICIO{year}.mat`` and ``icio/icio2022_Z_country_major_f32.npz``.
    out
        Folder to write ``icio-{year}.npz`` into.
    years
        Base years.
    tell
        Called with one line of progress per world.

    Returns
    -------
    list of pathlib.Path
    """
    if not (raw / "icio").is_dir():
        raise BadInput(str(raw), "has no folder icio/", "give the folder of raw inputs")
    out.mkdir(parents=True, exist_ok=True)
    shares = cost_shares(
        read_flows(raw / f"icio/ICIO{TABLE_YEAR}.mat"),
        read_use(raw / "icio/icio2022_Z_country_major_f32.npz"),
    )
    paths = []
    for year in years:
        world = build_world(read_flows(raw / f"icio/ICIO{year}.mat"), shares, year)
        paths.append(write_world(world, out / f"{world.name}.npz", dtype="float32"))
        moved = world.record["balancing"]["moved"]
        size = paths[-1].stat().st_size / 1e6
        tell(f"{world.name}: {100 * moved:.2f} % of intermediate use moved, {size:.2f} MB")
    return paths


def build_world(flows: FlowFile, raw_share: Array, year: int) -> World:
    """Make one balanced world from one year's flows and the cost shares of the use table.

    Parameters
    ----------
    flows
        As read; they are not changed, only rounded to single precision.
    raw_share
        ``[country, input, sector]`` from :func:`cost_shares`.
    year
        Base year.

    Returns
    -------
    World
    """
    union = _union(flows, year)
    tariff, tariff_record = clean_tariffs(flows.trade, flows.tariff, flows.countries, flows.sectors, union)
    trade, tariff = _as_stored(flows.trade), _as_stored(tariff)
    use = ((1.0 + tariff) * trade).sum(axis=0)
    balanced = balance(raw_share, trade.sum(axis=1), use)
    how = {k: v for k, v in asdict(balanced).items() if k != "input_share"}
    return World.from_arrays(
        flows.countries,
        flows.sectors,
        trade=trade,
        tariff=tariff,
        input_share=_as_stored(balanced.input_share),
        elasticity=flows.elasticity[DEFAULT_SET],
        year=year,
        name=f"icio-{year}",
        elasticity_name=DEFAULT_SET,
        elasticity_sets=flows.elasticity,
        record=_record(flows, tariff_record, how, trade),
    )


def cost_shares(flows: FlowFile, table: UseTable) -> Array:
    """Cost share of each input by country and sector, in the sectors and countries of the flows.

    Parameters
    ----------
    flows
        Flows of the table's own year, which include the rest of the world.
    table
        The use table (50 sectors, no supplies from the rest of the world).

    Returns
    -------
    numpy.ndarray
        ``[country, input, sector]``: inputs from the rest of the world are spread over users as the
        other suppliers' are; tariffs on inputs are part of their cost; the rest of the world itself,
        and sectors without output, have the world average.
    """
    at = [
        flows.sectors.index(s) if s in flows.sectors else flows.sectors.index("SERV") for s in table.sectors
    ]
    to28 = np.zeros((len(table.sectors), len(flows.sectors)))
    to28[np.arange(len(table.sectors)), at] = 1.0
    where = [flows.countries.index(c) for c in table.countries]
    use = np.einsum("ka,nks,sb->nab", to28, table.use, to28, optimize=True)
    output = table.output @ to28
    rest = ratio(flows.trade[flows.countries.index(REST)], flows.trade.sum(axis=0))[where]
    union = _union(flows, TABLE_YEAR)
    duty, _ = clean_tariffs(flows.trade, flows.tariff, flows.countries, flows.sectors, union)
    mean_duty = ratio((duty * flows.trade).sum(axis=0), flows.trade.sum(axis=0))[where]
    use = use * ((1.0 + mean_duty) / (1.0 - rest))[:, :, None]
    average = use.sum(axis=0) / output.sum(axis=0)
    share = np.broadcast_to(average, (len(flows.countries), *average.shape)).copy()
    share[where] = np.where(output[:, None, :] > 0, ratio(use, output[:, None, :]), average)
    return share


def _union(flows: FlowFile, year: int) -> list[str]:
    """Members of the customs union that the table has."""
    return [c for c in group_members(UNION, date(year, 12, 31)) if c in flows.countries]


def _as_stored(values: Array) -> Array:
    """Round to what the shipped file can hold, so that balancing sees the stored numbers."""
    return values.astype(np.float32).astype(np.float64)


def _record(flows: FlowFile, tariff: dict[str, Any], how: dict[str, Any], trade: Array) -> dict[str, Any]:
    idle = np.argwhere(trade.sum(axis=1) <= 0)
    return {
        "sources": ["oecd-icio-2025", "teti-gtd", "elasticity-sets"],
        "tariffs": tariff,
        "balancing": how
        | {
            "criterion": "least Kullback-Leibler divergence of intermediate use from the 2022 coefficients;"
            f" total input cost of each sector kept; final use >= {FLOOR:g} of use;"
            f" value added >= {LEAST_VALUE_ADDED:g} of output"
        },
        "cost_shares": "2022 table, 50 sectors aggregated to 28 with output weights; inputs from ROW spread"
        " as other suppliers'; tariffs on inputs included; ROW and idle sectors at the world average",
        "zero_output": [f"{flows.countries[n]} {flows.sectors[s]}" for n, s in idle],
        "weak_cells": WEAK_CELLS,
    }


WEAK_CELLS = [
    "KAZ to RUS goods: the level is below national statistics; compare in ratios, see the anchors",
    "CHN to KAZ goods: the level is below Kazakh and Chinese reports; compare in ratios, see the anchors",
    "ROW: its tariffs are zero both ways because they are missing, not because trade is free",
    "value added includes product taxes on inputs, so it lies between basic prices and market prices",
    "cost shares of every year are those of the 2022 table, balanced with the year's flows",
]
