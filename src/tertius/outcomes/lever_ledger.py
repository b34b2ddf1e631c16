# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Ledger of levers: what each costs its target, its user and everybody else, in the short and the long run.

Rules of band, ratio, rank, credibility: docs/decisions/0011-levers.md. Optimal coercion and power in general
equilibrium: Clayton, Maggiori & Schreger (2024); de Souza, Hu, Li & Mei (2024).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tertius.errors import unknown
from tertius.outcomes.lever_cells import TOL, band_sets, lever_cells, world_in_run
from tertius.outcomes.lever_quantities import lever_quantities
from tertius.outcomes.lever_result import Cell, LeverResult
from tertius.outcomes.quantity import DrawnQuantity
from tertius.outcomes.runs import RUNS
from tertius.policy.lever import POWERS, Lever, catalogue
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.lever_frontier import Frontier

__all__ = ["LeverLedger", "levers"]


@dataclass(frozen=True, eq=False)
class LeverLedger:
    """All levers between a focal state and some powers.

    Attributes
    ----------
    focal
        The state in the middle.
    world
        The base year.
    results
        One for each computed lever and run.
    not_identified
        Levers without a number, each with its reason in ``spec.reason``.
    sets
        Elasticity sets of the band; the first is central.
    intensity
        Share of each lever that was pulled.
    frontiers
        Power -> what it could inflict on the focal state at most, where that was searched.
    """

    focal: str
    world: World
    results: tuple[LeverResult, ...]
    not_identified: tuple[Lever, ...]
    sets: tuple[str, ...]
    intensity: float = 1.0
    frontiers: Mapping[str, Frontier] = field(default_factory=dict)

    def headline(self) -> tuple[LeverResult, ...]:
        """One result for each lever, of the run that is quoted first; the most cost-effective first."""
        runs = {r.run for r in self.results}
        own = [r for r in self.results if r.run == r.lever.spec.headline or len(runs) == 1]
        return tuple(sorted(own, key=lambda r: r.order))

    def of_power(self, power: str) -> tuple[LeverResult, ...]:
        """Headline results of the levers that a power has, country or group as it was given."""
        return tuple(r for r in self.headline() if r.lever.id.split(":")[1] == power)

    def quantities(self, power: str = "RUS") -> dict[str, DrawnQuantity]:
        """A power's levers as numbers by elasticity set; see :func:`lever_quantities`."""
        return lever_quantities(self, power)

    def verdict(self, power: str = "RUS") -> str:
        """Verdict on "a power's levers mean mutual losses", by the rule of docs/decisions/0011-levers.md.

        Parameters
        ----------
        power
            Country or group as it was given.

        Returns
        -------
        str
            "supported", "mixed", "contradicted" or "not identified".
        """
        own = self.of_power(power)
        if len(own) < 3:
            return "not identified"
        mutual, comparable = (sum(getattr(r, name) for r in own) for name in ("mutual", "comparable"))
        if mutual == len(own) and 2 * comparable >= len(own):
            return "supported"
        return "mixed" if 2 * mutual > len(own) else "contradicted"

    def summary(self) -> pd.DataFrame:
        """One row for each lever and run, ranked by the headline run; losses are positive.

        Returns
        -------
        pandas.DataFrame
            Columns of :meth:`LeverResult.row`, with ``rank``.
        """
        import pandas as pd

        rank = {r.lever.id: k for k, r in enumerate(self.headline(), start=1)}
        rows = [{"rank": rank[r.lever.id], **r.row()} for r in self.results]
        columns = None if rows else ["rank", "lever"]
        return pd.DataFrame(rows, columns=columns).sort_values(["rank", "run"]).reset_index(drop=True)

    def to_table(self) -> pd.DataFrame:
        """Every state, lever, run and cell of the band as one long table.

        Returns
        -------
        pandas.DataFrame
            Columns model, scenario, region, variable, unit, year, value, run, elasticity, variant.
        """
        import pandas as pd

        parts = [frame for r in self.results for frame in r.frames(self.world)]
        return pd.concat(parts, ignore_index=True)

    def states(self) -> pd.DataFrame:
        """What each lever does to every state at the central assumptions.

        Returns
        -------
        pandas.DataFrame
            Columns lever, run, country, percent, usd_million (positive is a gain).
        """
        import pandas as pd

        parts = [
            pd.DataFrame(
                {
                    "lever": r.lever.id,
                    "run": r.run,
                    "country": self.world.countries,
                    "percent": 100.0 * r.cells[0].variation / r.cells[0].income,
                    "usd_million": r.cells[0].variation,
                }
            )
            for r in self.results
        ]
        return pd.concat(parts, ignore_index=True)

    def __repr__(self) -> str:
        return f"<Levers of {self.focal} on {self.world.name}: {len(self.headline())} computed>"


def levers(
    world: World,
    focal: str,
    powers: Iterable[str] = POWERS,
    catalogues: Iterable[str | Path] | None = None,
    runs: Sequence[str] = ("long", "short"),
    elasticities: Sequence[str] | None = None,
    only: Iterable[str] = (),
    intensity: float = 1.0,
    closure: str = "fixed_deficit",
    workers: int = 2,
    tol: float = TOL,
    tell: Callable[[int, int, str], None] | None = None,
) -> LeverLedger:
    """Pull every lever between a focal state and some powers, and count the losses.

    Parameters
    ----------
    world
        The base year.
    focal
        Code of the state in the middle.
    powers
        Codes or groups.
    catalogues
        Shipped catalogues or files of levers; None is all that are shipped.
    runs
        "long", "short" or both.
    elasticities
        Sets of the band, the central one first; None is the world's own and then all others it has.
    only
        Names of levers, as ``embargo`` or ``embargo:RUS:KAZ``; empty is all.
    intensity
        Share of each lever that is pulled.
    closure
        As in :func:`tertius.solve`.
    workers
        Threads.
    tol
        Largest residual of a solve.
    tell
        Called with how many levers are done, how many there are, and which.

    Returns
    -------
    LeverLedger

    Raises
    ------
    BadInput
        If a name is unknown.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("icio-2021")
    >>> found = tt.levers(w, "KAZ", powers=("RUS",), runs=("long",), elasticities=("FGO",), only=("embargo",))
    >>> bool(found.results[0].target.percent.central > found.results[0].user.percent.central > 0)
    True
    """
    for run in runs:
        if run not in RUNS:
            raise unknown("levers: runs", "run", run, RUNS)
    known = _chosen(catalogue(world.countries, focal, powers, catalogues), tuple(only))
    sets = band_sets(world, elasticities)
    worlds = {(name, run): world_in_run(world, run, name) for name in sets for run in runs}
    tasks = [(lever, run, name) for lever in known if lever.computed for run in runs for name in sets]
    cells: dict[tuple[str, str], list[Cell]] = {}

    def work(task: tuple[Lever, str, str]) -> list[Cell]:
        lever, run, name = task
        return list(lever_cells(worlds[name, run], lever, run, name, intensity, closure, tol))

    with ThreadPoolExecutor(max(1, workers)) as pool:
        for k, (task, found) in enumerate(zip(tasks, pool.map(work, tasks), strict=True), start=1):
            cells.setdefault((task[0].id, task[1]), []).extend(found)
            if tell is not None and k % len(sets) == 0:
                tell(k // len(sets), len(tasks) // len(sets), f"{task[0].id}, {task[1]} run")
    results = tuple(
        LeverResult.of(lever, run, world, tuple(cells[lever.id, run]))
        for lever in known
        if lever.computed
        for run in runs
    )
    return LeverLedger(focal, world, results, tuple(x for x in known if not x.computed), sets, intensity)


def _chosen(known: tuple[Lever, ...], only: tuple[str, ...]) -> tuple[Lever, ...]:
    names = {x.spec.name for x in known} | {x.id for x in known}
    for name in only:
        if name not in names:
            raise unknown("levers: only", "lever", name, sorted(names))
    return tuple(x for x in known if not only or x.spec.name in only or x.id in only)
