# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a computed study to the page: choosing, naming and tracing numbers; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tertius.data.origins import origins
from tertius.errors import NotSolved
from tertius.labels import place_name, region_name
from tertius.policy import Scenario
from tertius.report import page as p
from tertius.report.chapters import sections
from tertius.report.method import METHOD
from tertius.report.traced import Traced
from tertius.report.words import agreeing, agreement, change, headline
from tertius.study import VERDICT_RULE, Estimate, LedgerEntry, StudyRun, estimate, fill
from tertius.study.quantities import ANY
from tertius.world.check import AnchorLine, weak_cells

__all__ = ["compose"]

UNITS = {
    "percent": "%",
    "percent per percent": "% per %",
    "USD million": "USD mn",
    "share": "",
    "number": "",
}
UNSIGNED = ("rank", "times", "share", "number")
CLOSURES = {
    "fixed_deficit": "fixed deficit",
    "balanced": "balanced trade",
    "own_share": "deficit as share of income",
}
TOTALS = {"gdp": "Value added", "goods_exports": "Goods exports", "goods_imports": "Goods imports"}


def compose(run: StudyRun) -> p.Page:
    """Turn a computed study into its page.

    Parameters
    ----------
    run
        The study with its draws, ledger, results and manifest.

    Returns
    -------
    Page
        Every number of a figure, chart or table of results carries the ids of its rows.

    Raises
    ------
    NotSolved
        If a case of the headline or the map has no equilibrium under the first closure.
    """
    _require_told(run)
    study, world, numbers = run.grid.study, run.grid.world, Traced(run.results)
    first = study.closures[0]
    told = _told(run, numbers)
    holds = agreement([(t.label, agreeing(t.draws, t.shown), len(t.draws)) for t in told])
    captioned = f"{_capital(study.cases[study.map_case].label)}; world {world.name}, {CLOSURES[first]}"
    return p.Page(
        title=study.title,
        question=study.question,
        headline=headline(place_name(study.focal), [(t.label, change(t.draws, t.shown)) for t in told]),
        standfirst=f"{fill(study.summary, run.quantities, first)} {holds}".strip(),
        focal=study.focal,
        focal_name=region_name(study.focal),
        generated=run.manifest["made"][:10],
        version=run.manifest["tertius"],
        world=world.name,
        figures=tuple(_figures(run, numbers)),
        ledger=tuple(_claim(run, numbers, entry) for entry in run.ledger),
        map=_map(run, numbers, captioned),
        winners=tuple(_bars(run, numbers)),
        channels=tuple(_channels(run, numbers, study.closures[:1])),
        closures=tuple(_channels(run, numbers, study.closures)) if len(study.closures) > 1 else (),
        sections=tuple(sections(run, numbers)),
        scenarios=tuple(_scenarios(run)),
        anchors=tuple(_anchor(line) for line in world.check().anchors),
        origins=tuple(_origins()),
        assumptions=tuple(_assumptions(run)),
        not_modelled=study.not_modelled,
        method=METHOD,
        solves=_solves(run),
        reproduce=_reproduce(run),
        article=f"\N{LEFT DOUBLE QUOTATION MARK}{study.article.title}\N{RIGHT DOUBLE QUOTATION MARK}"
        f" ({study.article.author}, {study.article.published})",
        winners_caption=captioned,
        channels_caption=f"World {world.name}, {CLOSURES[first]}",
        closures_caption=f"World {world.name}",
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What all draws of one case say of the focal country."""

    label: str
    draws: list[float]
    shown: float


def _require_told(run: StudyRun) -> None:
    """Say so if there is nothing to show: some set must have an equilibrium in each case that is told."""
    study = run.grid.study
    for case in dict.fromkeys((*study.headline, study.map_case)):
        draws = [d for d in run.grid.draws if (d.case, d.closure) == (case, study.closures[0])]
        if not any(d.values for d in draws):
            raise NotSolved(f"case {case!r} with closure {study.closures[0]}: {draws[0].report}")


def _told(run: StudyRun, numbers: Traced) -> list[_Told]:
    study, told = run.grid.study, []
    for case in study.headline:
        draws = [run.grid.value(d, "real_income", study.focal) for d in run.grid.draws if d.case == case]
        (_, middle, _), _ = numbers.spread(case, study.closures[0], study.focal)
        told.append(_Told(study.cases[case].label, draws, middle))
    return told


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _figures(run: StudyRun, numbers: Traced) -> Iterator[p.KeyFigure]:
    closure = run.grid.study.closures[0]
    for figure in run.grid.study.figures:
        found = estimate(run.quantities, figure.quantity, closure)
        if found.count:
            yield p.KeyFigure(_estimate(run, numbers, found), figure.meaning)


def _estimate(run: StudyRun, numbers: Traced, e: Estimate, closure: str = "") -> p.Estimate:
    unit = f"of {len(run.grid.world.countries)}" if e.unit == "rank" else UNITS.get(e.unit, e.unit)
    return p.Estimate(
        label=f"{e.label}, {closure}" if closure else e.label,
        unit=f"rank {unit}" if e.unit == "rank" else unit,
        low=e.low,
        median=e.median,
        high=e.high,
        n_sets=e.count,
        ids=numbers.ids(e.key, e.closure),
        signed=e.unit not in UNSIGNED,
    )


def _claim(run: StudyRun, numbers: Traced, entry: LedgerEntry) -> p.ClaimRow:
    claim, first = entry.claim, run.grid.study.closures[0]
    shown = [
        _estimate(run, numbers, e, "" if e.closure in (first, ANY) else CLOSURES[e.closure])
        for e in entry.estimates
        if e.count
    ]
    judged = bool(entry.rules or entry.findings)
    reading = entry.reading + (f" Computed here: {claim.covers}." if claim.covers else "")
    left_out = [f.name.partition(".")[0] for f in entry.findings if f.finding is None]
    if left_out:
        reading = f"{reading} Left out of this run: {', '.join(dict.fromkeys(left_out))}.".strip()
    return p.ClaimRow(
        id=claim.id,
        claim=claim.text,
        citation=f"Article, paragraph {claim.paragraph}" if claim.paragraph else "After the article",
        verdict=entry.verdict.value,
        reading=reading if judged else f"Waits for {claim.waits_for}.",
        estimates=tuple(shown),
        rule=f"{VERDICT_RULE} Here: {'; '.join(_parts(entry))}." if judged else "",
        grade=entry.grade,
        falsifier=claim.falsifier,
        rule_hash=run.manifest["study"]["claims_sha256"][claim.id][:16] if judged else "",
    )


def _parts(entry: LedgerEntry) -> Iterator[str]:
    """What each rule and finding of a claim came to."""
    for r in entry.rules:
        yield f"{r.rule} {r.state} ({r.true} of {r.true + r.false + r.missing} draws)"
    for f in entry.findings:
        yield f"{f.name} {f.state} ({f.question.rule.rstrip('.')})"


def _map(run: StudyRun, numbers: Traced, caption: str) -> p.MapData:
    study = run.grid.study
    values = []
    for code in run.grid.world.countries:
        (_, median, _), ids = numbers.spread(study.map_case, study.closures[0], code)
        values.append(p.MapValue(code, region_name(code), median, ids.split()[1]))
    title = "Who gains, who loses: change of real income"
    return p.MapData(title, tuple(values), f"{caption}, median over sets.")


def _bars(run: StudyRun, numbers: Traced) -> Iterator[p.CountryBar]:
    study = run.grid.study
    for code in run.grid.world.countries:
        spread, ids = numbers.spread(study.map_case, study.closures[0], code)
        yield p.CountryBar(code, region_name(code), *spread, ids)


def _channels(run: StudyRun, numbers: Traced, closures: tuple[str, ...]) -> Iterator[p.ChannelBar]:
    study = run.grid.study
    blocks = dict.fromkeys(case.block for case in study.cases.values() if case.block)
    several = len(closures) > 1
    for block in blocks:
        for key, case in study.cases.items():
            for closure in closures if case.block == block else ():
                if not numbers.has(key, closure, study.focal):
                    continue
                spread, ids = numbers.spread(key, closure, study.focal)
                words = CLOSURES[closure]
                heading = f"{block}, {case.variant}" if several and case.variant else block
                yield p.ChannelBar(heading, words if several else case.variant, *spread, words, ids)


def _files(run: StudyRun) -> dict[str, Scenario]:
    """The scenario files behind the cases, each once."""
    return {s.file.name: s for top in run.grid.scenarios.values() for s in (top, *top.parts)}


def _scenarios(run: StudyRun) -> Iterator[p.ScenarioNote]:
    for name, scenario in _files(run).items():
        measures = tuple(
            p.MeasureNote(
                what=m.label or m.kind.replace("_", " "),
                act=m.why.title,
                status=m.why.status,
                in_force=m.in_force.isoformat() if m.in_force else "",
                url=m.why.url,
            )
            for m in scenario.file.measures
        )
        f = scenario.file
        yield p.ScenarioNote(name, f.title, f.summary, measures, f.not_modelled)


def _assumptions(run: StudyRun) -> Iterator[str]:
    record = run.grid.world.record
    if "cost_shares" in record:
        yield f"Cost shares: {record['cost_shares']}."
        moved = record["balancing"]
        yield (
            f"Balancing: {moved['criterion']}. {100 * moved['moved']:.2f} % of intermediate use moved;"
            f" {moved['negative_cells']} cells of final demand had been negative"
            f" ({100 * moved['negative_share']:.2f} % of it)."
        )
        rule = record["tariffs"]["external_tariff_rule"]
        yield f"Tariffs: services and trade inside the customs union free; external tariff: {rule}."
    yield from (f"Weak cell: {cell}." for cell in weak_cells(run.grid.world))
    texts = (m.assumption for s in _files(run).values() for m in s.file.measures)
    yield from dict.fromkeys(t for t in texts if t)


def _anchor(line: AnchorLine) -> p.AnchorRow:
    a = line.anchor
    partner = f", with {region_name(a.partner)}" if a.partner else ""
    found = origins().get(a.source)
    return p.AnchorRow(
        what=f"{TOTALS[a.quantity]} of {region_name(a.country)}{partner}, {a.year}",
        ours=line.ours,
        published=a.value,
        unit=a.unit,
        deviation=100.0 * line.deviation,
        source=f"{found.producer}, {found.edition}" if found else a.source,
        weak=line.weak,
        note=a.note,
    )


def _origins() -> Iterator[p.OriginNote]:
    for o in origins().values():
        yield p.OriginNote(
            id=o.id,
            producer=o.producer,
            title=o.title,
            edition=o.edition,
            licence=o.licence,
            redistribution=o.redistribution,
            url=o.url,
            accessed=o.accessed.isoformat(),
            unit=o.unit,
            note=o.note,
        )


def _solves(run: StudyRun) -> p.SolveSummary:
    solves = run.manifest["solves"]
    solved = [s for s in solves if s["outcome"] == "converged"]
    worst = max(solved, key=lambda s: s["residual"])
    failures = tuple(
        f"{s['case']}, {s['elasticity']}, {s['closure']}: {s['outcome'].replace('_', ' ')} at {s['worst']}"
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


def _reproduce(run: StudyRun) -> p.Reproduce:
    m = run.manifest
    return p.Reproduce(
        command=f"tertius run {run.reference}",
        commit=m["commit"],
        hashes=(
            ("World, sha256", m["world"]["sha256"]),
            (
                f"Rules, sha256, registered {m['registered'][:19]} before the first solve",
                m["study"]["rules_sha256"],
            ),
        ),
    )
