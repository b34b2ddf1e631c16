# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Transit in a study: whether it replaces part of what bans take (docs/decisions/0017-transit-room.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tertius.labels import region_name
from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, band, drawn
from tertius.study.verdicts import Verdict
from tertius.text import Text, figure, joined, say

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.transit_summary import TransitSummary
    from tertius.routes import Routes
    from tertius.study.chapters.options import TransitOptions
    from tertius.study.schema import StudyFile

__all__ = ["ALL", "MONEY", "compute", "questions"]

ALL = "all"  # the row of all hubs together
MONEY = {
    "base": say("transit of the base year"),
    "value": say("transit under the scenario"),
    "additional": say("additional transit"),
    "barred": say("transit of goods that may not go directly"),
    "margin": say("margins on transit"),
    "rent": say("rent in these margins"),
}
RULE = say(
    "Draws: elasticity sets of the study x central values of the routes file and each end of its ranges of"
    " q, of leakage and of rent. Supported if in every draw the leakage of all hubs together and their"
    " additional transit are above zero; contradicted if in none; not identified if bans take nothing from"
    " direct routes; else mixed (decision 17)."
)
GRADE = say(
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
        place = say("All hubs") if hub == ALL else region_name(hub)
        for key, words in MONEY.items():
            label = say("{place}: {what}", place=place, what=words)
            yield f"{hub}.{key}", drawn(label, "USD million", _draws(own, key))
        label = say("{place}: leakage, of what bans take from direct routes", place=place)
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
            label = say("{place}: share of transit that its statistics do not see", place=region_name(hub))
            yield f"{hub}.phantom", band(label, "percent", 100 * r.low, 100 * r.central, 100 * r.high)


def _worth(found: dict[str, TransitSummary], focal: str) -> Iterator[tuple[str, Measured]]:
    """Real income of the focal state with and without routes, by the share of margins that is rent."""
    tables = {name: s.worth.set_index("rent_share") for name, s in found.items()}
    without = {name: t["unrouted"].iloc[0] for name, t in tables.items()}
    label = say("{country}: real income without routes", country=region_name(focal))
    yield "unrouted", drawn(label, "percent", without)
    for e in next(iter(tables.values())).index:
        for key, words, unit in (
            ("real_income", say("real income with routes"), "percent"),
            ("difference", say("what routes change of real income"), "percent"),
            ("cents_per_dollar", say("gain on a dollar of additional transit"), "cents"),
        ):
            values = {name: t.loc[e, key] for name, t in tables.items()}
            label = say(
                "{country}: {what}, if {share:g} % of margins are rent",
                country=region_name(focal),
                what=words,
                share=100 * e,
            )
            yield f"rent {e:g}.{key}", drawn(label, unit, values)


def _finding(numbers: dict[str, Measured], focal: str, destination: str) -> Finding:
    leakage, more = numbers[f"{ALL}.leakage"], numbers[f"{ALL}.additional"]
    if not leakage.values:
        return Finding(Verdict.not_identified, say("Bans take nothing from direct routes."))
    leaks = [leakage.values.get(draw, 0.0) > 0 and money > 0 for draw, money in more.values.items()]
    verdict = Verdict.supported if all(leaks) else Verdict.mixed if any(leaks) else Verdict.contradicted
    words = say(
        "Of what bans take from direct routes to {goal} hubs bring back {leakage} percent; all their transit"
        " changes by {more} USD million.",
        goal=region_name(destination),
        leakage=_ranged(leakage, 1),
        more=_ranged(more, 0),
    )
    shows = [f"{ALL}.leakage", f"{ALL}.additional"]
    if f"{focal}.leakage" in numbers:
        shows += [f"{focal}.leakage", f"{focal}.additional"]
        part, own = (numbers[name] for name in shows[2:])
        alone = say(
            "{country} alone brings back {leakage} percent; its transit changes by {more} USD million,"
            " which changes its real income by {worth}.",
            country=region_name(focal),
            leakage=_ranged(part, 1),
            more=_ranged(own, 0),
            worth=_worth_in_words(numbers),
        )
        words = joined(" ", (words, alone))
    return Finding(verdict, words, tuple(shows))


def _worth_in_words(numbers: dict[str, Measured]) -> Text:
    """Central changes of real income, from no rent in margins to all rent."""
    names = [name for name in numbers if name.startswith("rent ") and name.endswith(".difference")]
    none, *_, full = (next(iter(numbers[name].values.values())) for name in names)
    return say(
        "{none:+.3f} percent if no part of the margins is rent, {full:+.3f} if all is", none=none, full=full
    )


def _ranged(m: Measured, digits: int) -> Text:
    """The central value with least and largest."""
    values = list(m.values.values())
    middle, low, high = (figure(v, f",.{digits}f") for v in (values[0], min(values), max(values)))
    return say("{middle} ({low} to {high})", middle=middle, low=low, high=high)
