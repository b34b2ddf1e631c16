# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Transit in a study: whether it replaces part of what bans take (docs/decisions/0017-transit-room.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tertius.labels import region_name
from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, band, drawn
from tertius.study.verdicts import Verdict

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.transit_summary import TransitSummary
    from tertius.routes import Routes
    from tertius.study.chapters.options import TransitOptions
    from tertius.study.schema import StudyFile

__all__ = ["ALL", "MONEY", "compute", "questions"]

ALL = "all"  # the row of all hubs together
MONEY = {
    "base": "transit of the base year",
    "value": "transit under the scenario",
    "additional": "additional transit",
    "barred": "transit of goods that may not go directly",
    "margin": "margins on transit",
    "rent": "rent in these margins",
}
RULE = (
    "Draws: elasticity sets of the study x central values of the routes file and each end of its ranges of"
    " q, of leakage and of rent. Supported if in every draw the leakage of all hubs together and their"
    " additional transit are above zero; contradicted if in none; not identified if bans take nothing from"
    " direct routes; else mixed (decision 17)."
)
GRADE = (
    "simulated; leakage estimated on exports of the EU to five hubs, priors for the others; margins and"
    " their split assumed"
)


def questions(study: StudyFile, options: TransitOptions) -> dict[str, Question]:
    """``leaks``: transit replaces part of what bans take."""
    return {"leaks": Question(RULE, GRADE)}


def compute(asked: Asked, options: TransitOptions, tell: Tell) -> Chapter:
    """Solve the scenario with routes over their ranges and without, in every elasticity set."""
    from tertius.outcomes.lever_cells import band_sets
    from tertius.outcomes.transit_summary import transit_summary
    from tertius.policy import Scenario
    from tertius.routes import Routes

    scenario, routes = Scenario.load(options.scenario), Routes.load(options.routes)
    sets = band_sets(asked.world, asked.study.elasticities or None)
    focal, closure = asked.study.focal, asked.study.closures[0]
    found: dict[str, TransitSummary] = {}
    for done, name in enumerate(sets, start=1):
        world = asked.world.with_elasticity(name)
        found[name] = transit_summary(world, scenario, routes, focal, options.destination, closure)
        tell(done, len(sets), f"elasticities {name}")
    numbers = dict(_by_hub(found)) | dict(_unseen(found[sets[0]], routes)) | dict(_worth(found, focal))
    finding = _finding(numbers, focal, options.destination)
    return Chapter("transit", {"leaks": finding}, numbers, found[sets[0]])


def _by_hub(found: dict[str, TransitSummary]) -> Iterator[tuple[str, Measured]]:
    """What goes through each hub in every draw, the central one first."""
    tables = {name: s.levels.assign(additional=lambda t: t["value"] - t["base"]) for name, s in found.items()}
    for hub in dict.fromkeys(next(iter(tables.values()))["hub"]):
        own = {name: t[t["hub"] == hub] for name, t in tables.items()}
        place = "All hubs" if hub == ALL else region_name(hub)
        for key, words in MONEY.items():
            yield f"{hub}.{key}", drawn(f"{place}: {words}", "USD million", _draws(own, key))
        label = f"{place}: leakage, of what bans take from direct routes"
        yield f"{hub}.leakage", drawn(label, "percent", _draws(own, "leakage"))


def _draws(own: dict[str, pd.DataFrame], key: str) -> dict[str, float]:
    return {
        f"{name}, {level}": value
        for name, t in own.items()
        for level, value in zip(t["level"], t[key], strict=True)
    }


def _unseen(found: TransitSummary, routes: Routes) -> Iterator[tuple[str, Measured]]:
    """Share of a hub's transit that its own statistics never see, as the routes file has it."""
    ranges = {h.hub: h.phantom for h in routes.file.hubs if h.phantom is not None}
    for hub in found.hubs["hub"]:
        if hub in ranges:
            r = ranges[hub]
            label = f"{region_name(hub)}: share of transit that its statistics do not see"
            yield f"{hub}.phantom", band(label, "percent", 100 * r.low, 100 * r.central, 100 * r.high)


def _worth(found: dict[str, TransitSummary], focal: str) -> Iterator[tuple[str, Measured]]:
    """Real income of the focal state with and without routes, by the share of margins that is rent."""
    tables = {name: s.worth.set_index("rent_share") for name, s in found.items()}
    without = {name: t["unrouted"].iloc[0] for name, t in tables.items()}
    yield "unrouted", drawn(f"{region_name(focal)}: real income without routes", "percent", without)
    for e in next(iter(tables.values())).index:
        given = f"if {100 * e:g} % of margins are rent"
        for key, words, unit in (
            ("real_income", "real income with routes", "percent"),
            ("difference", "what routes change of real income", "percent"),
            ("cents_per_dollar", "gain on a dollar of additional transit", "cents"),
        ):
            values = {name: t.loc[e, key] for name, t in tables.items()}
            yield f"rent {e:g}.{key}", drawn(f"{region_name(focal)}: {words}, {given}", unit, values)


def _finding(numbers: dict[str, Measured], focal: str, destination: str) -> Finding:
    leakage, more = numbers[f"{ALL}.leakage"], numbers[f"{ALL}.additional"]
    if not leakage.values:
        return Finding(Verdict.not_identified, "Bans take nothing from direct routes.")
    leaks = [leakage.values.get(draw, 0.0) > 0 and money > 0 for draw, money in more.values.items()]
    verdict = Verdict.supported if all(leaks) else Verdict.mixed if any(leaks) else Verdict.contradicted
    words = (
        f"Of what bans take from direct routes to {region_name(destination)} hubs bring back"
        f" {_ranged(leakage, 1)} percent; all their transit changes by {_ranged(more, 0)} USD million."
    )
    shows = [f"{ALL}.leakage", f"{ALL}.additional"]
    if f"{focal}.leakage" in numbers:
        shows += [f"{focal}.leakage", f"{focal}.additional"]
        part, own = (numbers[name] for name in shows[2:])
        words += (
            f" {region_name(focal)} alone brings back {_ranged(part, 1)} percent; its transit changes by"
            f" {_ranged(own, 0)} USD million, and that its real income by {_worth_in_words(numbers)}."
        )
    return Finding(verdict, words.replace("-", "\N{MINUS SIGN}"), tuple(shows))


def _worth_in_words(numbers: dict[str, Measured]) -> str:
    """Central changes of real income, from no rent in margins to all rent."""
    names = [name for name in numbers if name.startswith("rent ") and name.endswith(".difference")]
    none, *_, full = (next(iter(numbers[name].values.values())) for name in names)
    return f"{none:+.3f} percent if no part of the margins is rent, {full:+.3f} if all is"


def _ranged(m: Measured, digits: int) -> str:
    """The central value with least and largest."""
    values = list(m.values.values())
    central, low, high = (f"{v:,.{digits}f}" for v in (values[0], min(values), max(values)))
    return f"{central} ({low} to {high})"
