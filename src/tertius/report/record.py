# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a referee asks for: scenarios with their acts, assumptions, anchors, origins, solves, hashes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tertius.data.origins import origins
from tertius.labels import region_name
from tertius.policy import Scenario
from tertius.report import referee as p
from tertius.report.language import spoken, tell
from tertius.study import StudyRun
from tertius.text import count, dated, say
from tertius.world.check import AnchorLine, weak_cells

__all__ = ["anchor_row", "assumptions", "origin_notes", "reproduction", "scenario_notes", "solve_summary"]

TOTALS = {
    "gdp": say("Value added of {country}{partner}, {year}"),
    "goods_exports": say("Goods exports of {country}{partner}, {year}"),
    "goods_imports": say("Goods imports of {country}{partner}, {year}"),
}


def _files(run: StudyRun) -> dict[str, Scenario]:
    """The scenario files behind the cases, each once."""
    return {s.file.name: s for top in run.grid.scenarios.values() for s in (top, *top.parts)}


def scenario_notes(run: StudyRun) -> Iterator[p.ScenarioNote]:
    """List the scenarios with their measures and acts."""
    for name, scenario in _files(run).items():
        measures = tuple(
            p.MeasureNote(
                what=tell(m.label or m.kind.replace("_", " ")),
                act=m.why.title,
                status=m.why.status,
                in_force=tell(dated(m.in_force)) if m.in_force else "",
                url=m.why.url,
            )
            for m in scenario.file.measures
        )
        f = scenario.file
        yield p.ScenarioNote(name, tell(f.title), tell(f.summary), measures, f.not_modelled)


def assumptions(run: StudyRun) -> Iterator[str]:
    """Say what the world and the measures assume."""
    record = run.grid.world.record
    if "cost_shares" in record:
        yield say("Cost shares: {shares}.", shares=record["cost_shares"])
        moved = record["balancing"]
        yield count(
            moved["negative_cells"],
            "Balancing: {criterion}. {moved:.2f} % of intermediate use moved; {n} cell of final demand had"
            " been negative ({share:.2f} % of it).",
            "Balancing: {criterion}. {moved:.2f} % of intermediate use moved; {n} cells of final demand"
            " had been negative ({share:.2f} % of it).",
            criterion=moved["criterion"],
            moved=100 * moved["moved"],
            share=100 * moved["negative_share"],
        )
        yield say(
            "Tariffs: services and trade inside the customs union free; external tariff: {rule}.",
            rule=record["tariffs"]["external_tariff_rule"],
        )
    yield from (say("Weak cell: {cell}.", cell=cell) for cell in weak_cells(run.grid.world))
    texts = (m.assumption for s in _files(run).values() for m in s.file.measures)
    yield from dict.fromkeys(t for t in texts if t)


def anchor_row(line: AnchorLine) -> p.AnchorRow:
    """Set a total of the world beside the published one."""
    a = line.anchor
    partner = say(", with {country}", country=region_name(a.partner)) if a.partner else ""
    told = {"country": region_name(a.country), "partner": partner, "year": str(a.year)}
    found = origins().get(a.source)
    return p.AnchorRow(
        what=say(TOTALS[a.quantity], **told),
        ours=line.ours,
        published=a.value,
        unit=a.unit,
        deviation=100.0 * line.deviation,
        source=f"{found.producer}, {found.edition}" if found else a.source,
        weak=line.weak,
        note=a.note,
    )


def origin_notes() -> Iterator[p.OriginNote]:
    """List the sources with their terms."""
    for o in origins().values():
        yield p.OriginNote(
            id=o.id,
            producer=o.producer,
            title=o.title,
            edition=o.edition,
            licence=o.licence,
            redistribution=o.redistribution,
            url=o.url,
            accessed=tell(dated(o.accessed)),
            unit=o.unit,
            note=o.note,
        )


def solve_summary(run: StudyRun) -> p.SolveSummary:
    """Say how many solves there were, and how the worst one ended."""
    solves = run.manifest["solves"]
    solved = [s for s in solves if s["outcome"] == "converged"]
    worst = max(solved, key=lambda s: s["residual"])
    failures = tuple(
        say(
            "{solve}: {outcome} at {worst}",
            solve=f"{s['case']}, {s['elasticity']}, {s['closure']}",
            **_end(s),
        )
        for s in solves
        if s["outcome"] != "converged"
    )
    return p.SolveSummary(
        count=len(solves),
        slowest_s=max(s["seconds"] for s in solves),
        worst_residual=worst["residual"],
        all_converged=not failures,
        worst_market=worst["worst"],
        failures=failures,
    )


def _end(solve: Mapping[str, Any]) -> dict[str, str]:
    """How a solve ended, and where it was worst."""
    return {"outcome": solve["outcome"].replace("_", " "), "worst": solve["worst"]}


def reproduction(run: StudyRun) -> p.Reproduce:
    """Give command, versions and hashes that make the same page again."""
    m = run.manifest
    return p.Reproduce(
        command=f"tertius run {run.reference}" + (f" --lang {spoken().code}" if spoken().messages else ""),
        commit=m["commit"],
        hashes=(
            (say("World, sha256"), m["world"]["sha256"]),
            (
                say("Rules, sha256, registered {when} before the first solve", when=m["registered"][:19]),
                m["study"]["rules_sha256"],
            ),
        ),
    )
