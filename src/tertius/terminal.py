# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How results look in a terminal: tables, JSON, progress."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tertius.labels import SECTORS, region_name, sector_name
from tertius.outcomes import MEASURES, Equilibrium
from tertius.outcomes.measures import in_force, measure_words
from tertius.outcomes.sheets import sheets, title_of
from tertius.policy import Scenario
from tertius.world import World
from tertius.world.check import CheckReport

__all__ = [
    "check_dict",
    "country_facts",
    "equilibrium_dict",
    "print_json",
    "progress",
    "show_check",
    "show_equilibrium",
    "show_margins",
    "show_scenario",
    "show_table",
    "world_facts",
]


def print_json(content: object) -> None:
    """Print JSON to standard output, in plain ASCII where the terminal is not UTF-8."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(content, indent=1, ensure_ascii=not utf8, allow_nan=False, default=str))


def show_table(title: str, columns: list[str], rows: list[list[str]], numbers: int = 0) -> None:
    """Print a table; the last ``numbers`` columns are aligned to the right."""
    table = Table(header_style="bold", show_edge=False)
    for k, name in enumerate(columns):
        right = k >= len(columns) - numbers
        table.add_column(name, justify="right" if right else "left", no_wrap=right, overflow="fold")
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else 120
    console = Console(width=width, markup=False, emoji=False, highlight=False)
    if title:  # above the table, not in it: there it would break at the table's width
        console.print(title, style="italic", soft_wrap=True)
    console.print(table)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on a terminal, a line each tenth elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield _lines(what)
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=Console(stderr=True)) as bar:
        task = bar.add_task("")
        yield lambda done, total, words: bar.update(task, completed=done, total=total, description=words)


def _lines(what: str) -> Callable[[int, int, str], None]:
    def tell(done: int, total: int, words: str) -> None:
        if done == total or done * 10 // total > (done - 1) * 10 // total:
            print(f"{what} {done}/{total}: {words}", file=sys.stderr)

    return tell


def show_check(report: CheckReport) -> None:
    """Print identities, anchors and weak cells of a world."""
    rows = [
        [i.name, f"{i.gap:.1e}", f"{i.tolerance:.0e}", "ok" if i.ok else "FAILS"] for i in report.identities
    ]
    show_table(f"{report.world}: accounts", ["identity", "largest gap", "allowed", ""], rows, 3)
    print()
    anchors = [
        [
            f"{line.anchor.quantity.replace('_', ' ')} {line.anchor.country} {line.anchor.partner}".strip(),
            line.anchor.note,
            f"{line.ours:,.1f}",
            f"{line.anchor.value:,.1f}",
            f"{100 * line.deviation:+.1f} %" + (" !" if line.weak else ""),
        ]
        for line in report.anchors
    ]
    if anchors:
        show_table(
            "Published totals, USD billion", ["total", "note", "ours", "published", "deviation"], anchors, 3
        )
    else:
        print("No published totals are known for this world's year.")
    if report.weak_cells:
        print("\nKnown weak cells")
        print("\n".join(f"  - {cell}" for cell in report.weak_cells))


def show_margins(lines: list[dict[str, Any]], accounts: int = 24, flows: int = 16) -> None:
    """Print margins of a split beside the result: accounts, then the largest flows each way."""
    chosen, left = list[dict[str, Any]](), 0
    for kind, most in (("gdp", accounts), ("value added", accounts), ("exports", flows), ("imports", flows)):
        mine = sorted((x for x in lines if x["margin"].startswith(kind)), key=lambda x: -x["target"])
        chosen += mine[:most]
        left += len(mine[most:])
    rows = [
        [
            x["margin"],
            x["grade"],
            x["source"],
            f"{x['ours']:,.1f}",
            "" if x["published"] is None else f"{x['published']:,.1f}",
            f"{100 * x['deviation']:+.1f} %",
            f"{100 * x['reliability']:.0f} %",
        ]
        for x in chosen
    ]
    columns = ["margin", "grade", "source", "ours", "published", "from target", "reliability"]
    show_table("Margins, USD million", columns, rows, 4)
    if left:
        print(f"{left} smaller margins are not shown; --json lists all.")


def check_dict(report: CheckReport) -> dict[str, Any]:
    """Give the same as plain data."""
    return {
        "world": report.world,
        "ok": report.ok,
        "identities": [{"name": i.name, "gap": i.gap, "tolerance": i.tolerance} for i in report.identities],
        "anchors": [
            {
                "quantity": line.anchor.quantity,
                "country": line.anchor.country,
                "partner": line.anchor.partner,
                "ours": line.ours,
                "published": line.anchor.value,
                "unit": line.anchor.unit,
                "deviation": line.deviation,
                "source": line.anchor.source,
            }
            for line in report.anchors
        ],
        "weak_cells": list(report.weak_cells),
    }


def show_equilibrium(eq: Equilibrium, top: int, reference: str = "") -> None:
    """Print the measures in force, who gains and loses most real income, and where trade moves most.

    ``reference`` is what the user called the scenario, to say where all measures can be read.
    """
    _show_measures(eq, reference or eq.scenario)
    real, dollars = eq.welfare("real_income").values, eq.welfare("equivalent_variation").values
    order = real.argsort()[::-1]
    ends = list(order[:top]) + list(order[-top:]) if len(order) > 2 * top else list(order)
    rows = [
        [
            f"{list(order).index(n) + 1}",
            f"{eq.world.countries[n]} {region_name(eq.world.countries[n])}",
            f"{real[n]:+.3f}",
            f"{dollars[n]:+,.0f}",
        ]
        for n in ends
    ]
    show_table(title_of(eq), ["rank", "country", "real income, %", "USD million"], rows, 2)
    flows: Any = next(s for s in sheets(eq) if s.title == "trade flows").frame.head(3)
    moved = [
        f"{f.exporter} to {f.importer} {f.difference:+,.0f}"
        + ("" if math.isnan(f.change) else f" ({f.change:+.1f} %)")
        for f in flows.itertuples()
    ]
    print(f"\nTrade moves most: {', '.join(moved)} USD million.")
    print(eq.report)
    for note in eq.report.notes:
        print(f"Note: {note}.")


def _show_measures(eq: Equilibrium, reference: str, most: int = 4) -> None:
    """Print the first measures in force, and how many more there are."""
    lines = [measure_words(m) for _, m in in_force(eq.asked)]
    if not lines:
        return
    print(
        f"{eq.asked.title if eq.asked else ''}: {len(lines)} measure{'s' if len(lines) > 1 else ''} in force"
    )
    print("\n".join(f"  - {line}" for line in lines[:most]))
    if len(lines) > most:
        print(f"  - and {len(lines) - most} more; see `tertius scenarios {reference}`")
    print()


def equilibrium_dict(eq: Equilibrium) -> dict[str, Any]:
    """Give report, settings, measures and welfare by country as plain data."""
    r, run = eq.report, eq.run
    by_measure = {
        m: dict(zip(eq.world.countries, eq.welfare(m).values.tolist(), strict=True)) for m in MEASURES
    }
    return {
        "scenario": eq.scenario,
        "world": {"name": eq.world.name, "sha256": eq.world.hash, "elasticity": eq.world.elasticity_name},
        "run": {
            "name": run.name,
            "factors": run.factors,
            "substitution": asdict(run.substitution),
            "trade_elasticity_scale": run.trade_elasticity_scale,
        },
        "measures": [measure_words(m) for _, m in in_force(eq.asked)],
        "report": {
            "outcome": r.outcome.name,
            "closure": r.closure,
            "sweeps": r.sweeps,
            "residual": r.residual,
            "worst": r.worst,
            "seconds": r.seconds,
            "method": r.method,
            "notes": list(r.notes),
        },
        "welfare": by_measure,
    }


def show_scenario(scenario: Scenario) -> None:
    """Print a scenario's measures with their acts, and what it leaves out."""
    for part in (scenario, *scenario.parts):
        _show_part(part)
    for remark in scenario.remarks:
        print(f"Note: {remark}.")


def _show_part(scenario: Scenario) -> None:
    print(f"{scenario.file.name}: {scenario.file.title}\n{scenario.file.summary}\n")
    rows = [
        [m.in_force.isoformat() if m.in_force else "", m.label or m.kind, f"{m.why.title} ({m.why.status})"]
        for _, m in scenario.measures
    ]
    show_table("", ["in force", "measure", "act"], rows)
    if scenario.file.not_modelled:
        print("\nNot modelled\n" + "\n".join(f"  - {line}" for line in scenario.file.not_modelled) + "\n")


def world_facts(world: World) -> dict[str, Any]:
    """Size, totals and record of a world."""
    a = world.accounts
    return {
        "name": world.name,
        "year": world.year,
        "sha256": world.hash,
        "countries": len(world.countries),
        "sectors": len(world.sectors),
        "elasticity": world.elasticity_name,
        "elasticity sets": sorted(world.elasticity_sets),
        "value added, USD billion": round(float(a.value_added.sum()) / 1e3, 1),
        "tariff revenue, USD billion": round(float(a.tariff_revenue.sum()) / 1e3, 1),
        **{k: v for k, v in world.record.items() if k != "zero_output"},
        "country-sectors without output": len(world.record.get("zero_output", ())),
    }


def country_facts(world: World, code: str, partners: int = 8) -> dict[str, Any]:
    """Accounts of one country, its main partners and largest sectors; USD billion."""
    n, a = world.countries.index(code), world.accounts
    flows = world.trade_values.sum(axis=2)
    abroad = flows.copy()
    abroad[n, n] = 0.0

    def largest(values: Any, names: tuple[str, ...]) -> dict[str, float]:
        order = values.argsort()[::-1][:partners]
        return {names[k]: round(float(values[k]) / 1e3, 2) for k in order}

    names = tuple(sector_name(s) if s in SECTORS else s for s in world.sectors)
    return {
        "country": f"{code} {region_name(code)}",
        "value added": round(float(a.value_added[n]) / 1e3, 2),
        "tariff revenue": round(float(a.tariff_revenue[n]) / 1e3, 2),
        "deficit": round(float(a.deficit[n]) / 1e3, 2),
        "exports": round(float(abroad[n].sum()) / 1e3, 2),
        "imports": round(float(abroad[:, n].sum()) / 1e3, 2),
        "main destinations": largest(abroad[n], world.countries),
        "main origins": largest(abroad[:, n], world.countries),
        "largest sectors by output": largest(a.output[n], names),
    }
