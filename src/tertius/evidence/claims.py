# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Verdicts of the evidence on claims, by rule, for any state.

The measurements and their rules are those of the other modules; here a verdict word follows from theirs. This
last step was written when the results for Kazakhstan were known (``docs/evidence.md``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertius.errors import BadInput, unknown
from tertius.evidence.activity import Activity, activity
from tertius.evidence.alignment import Alignment, alignment
from tertius.evidence.claim_rules import WEDGE_YEAR, EvidenceClaim, Quantity, claim_key, claim_rule
from tertius.evidence.detect import Detection, detect
from tertius.evidence.events import EventGap, event_gap
from tertius.evidence.influence import Influence, influence
from tertius.evidence.rules import FIT_RATIO, MIN_VOTES, Z
from tertius.labels import known_countries, place_name
from tertius.text import joined, say

__all__ = ["Known", "evidence_claims"]


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """Measurements of a state that were taken before, each with its usual window; None is not yet taken."""

    votes: Alignment | None = None
    ties: Influence | None = None
    acts: Activity | None = None
    event: EventGap | None = None


NOTHING = Known()


def evidence_claims(
    focal: str = "KAZ", about: Sequence[str] = (), known: Known = NOTHING
) -> dict[str, EvidenceClaim]:
    """Judge the claims that data, not simulation, can speak to.

    Parameters
    ----------
    focal
        ISO3 code of any state; where it has no series the verdict is ``not identified``.
    about
        ISO3 codes of powers: the claims of ``claim_rules.OF_POWERS`` are judged about each of them as well.
    known
        What was measured of the state before; the rest is measured here.

    Returns
    -------
    dict
        Claim to verdict: S4 (detection), S6, S10 (persistence), S12 (votes), S13, S14; and ``S12:USA``
        and the like for the powers asked about.

    Raises
    ------
    tertius.errors.BadInput
        If there is no such state or power.

    Examples
    --------
    >>> evidence_claims("KAZ")["S12"].verdict
    'not robust'
    """
    for name in (focal, *about):
        if name not in known_countries():
            raise unknown("evidence_claims", "country", name, sorted(known_countries()))
    ties = _try(lambda: _ties(focal, [p for p in ("CHN", "RUS") if p != focal], known))
    made: dict[str, Callable[[], EvidenceClaim]] = {
        "S4": lambda: _detection(detect(), focal),
        "S6": lambda: _influence(_there(ties)),
        "S10": lambda: _persistence(_there(ties)),
        "S12": lambda: _votes(focal, "RUS", known),
        "S13": lambda: _wedge(focal, "RUS", known),
        "S14": lambda: _event(known.event or event_gap(focal)),
    }
    for power in about:
        made |= _about(focal, power, known)
    return {key: _or_missing(key, make) for key, make in made.items()}


def _ties(focal: str, powers: list[str], known: Known) -> Influence:
    """Influence of some powers at least; a power's does not hang on which others are looked at."""
    if known.ties is not None and set(powers) <= set(known.ties.verdicts["power"]):
        return known.ties
    return influence(focal, powers)


def _about(focal: str, power: str, known: Known) -> dict[str, Callable[[], EvidenceClaim]]:
    """Claims about one power, under the names ``claim:POWER``."""
    return {
        f"S6:{power}": lambda: _influence(_ties(focal, [power], known), power),
        f"S12:{power}": lambda: _votes(focal, power, known),
        f"S13:{power}": lambda: _wedge(focal, power, known),
    }


def _try(make: Callable[[], Influence]) -> Influence | BadInput:
    try:
        return make()
    except BadInput as error:
        return error


def _there(found: Influence | BadInput) -> Influence:
    if isinstance(found, BadInput):
        raise found
    return found


def _or_missing(key: str, make: Callable[[], EvidenceClaim]) -> EvidenceClaim:
    """A state without data for a claim gets a verdict that says so."""
    try:
        return make()
    except BadInput as error:
        return _claim(key, "not identified", say("no data: {what}", what=error.what), {}, "not identified")


def _claim(key: str, verdict: str, reason: str, quantities: dict[str, Quantity], grade: str) -> EvidenceClaim:
    return EvidenceClaim(key, verdict, reason, quantities, claim_rule(*key.split(":")), grade)


def _detection(found: Detection, focal: str) -> EvidenceClaim:
    rows = found.hubs[found.hubs["hub"] == focal]
    if rows.empty:
        raise BadInput(
            "S4", say("{country} is not among the third countries of the panel", country=place_name(focal))
        )
    row = rows.iloc[0]
    effect, half = float(row["effect"]), Z * float(row["effect_se"])
    flags, leads = int(row["flagged"]), int(row["leads"])
    nan = float("nan")
    quantities: dict[str, Quantity] = {
        "effect": (effect, effect - half, effect + half, "log points"),
        "excess": (float(row["excess"]) / 1e3, nan, nan, "EUR million"),
        "share of direct loss": (100 * float(row["share_of_loss"]), nan, nan, "percent"),
        "flags": (float(flags), nan, nan, "products"),
        "leads": (float(leads), nan, nan, "products"),
        "q of the hub": (float(row["effect_q"]), nan, nan, "probability"),
    }
    if flags and row["grade"] == "difference":
        verdict = "supported"
    elif effect + half < 0:
        verdict = "contradicted"
    else:
        verdict = "mixed" if leads else "not identified"
    reason = say(
        "flags: {flags} and leads: {leads} among banned products: {tested}; banned goods rose by"
        " {effect:.2f} log points more than others (q {q:.3f}); exploratory",
        flags=flags,
        leads=leads,
        tested=int(row["tested"]),
        effect=effect,
        q=float(row["effect_q"]),
    )
    return _claim("S4", verdict, reason, quantities, str(row["grade"]))


def _influence(ties: Influence, power: str = "CHN") -> EvidenceClaim:
    name = place_name(power)
    rows = ties.verdicts[ties.verdicts["power"] == power]
    if rows.empty:
        raise BadInput("S6", f"{name} is the state itself")
    row = rows.iloc[0]
    clear = int(row["rising"]) + int(row["falling"])
    words = {"not robust": "not robust", "falling": "contradicted", "no trend": "not identified"}
    steady = row["steady"] == clear and row["lately"] == "rising"
    verdict = words.get(str(row["verdict"]), "supported" if steady else "mixed")
    own = ties.trends[ties.trends["power"] == power]
    quantities: dict[str, Quantity] = {
        say("slope of {channel}", channel=r["channel"]): (
            float(r["slope"]),
            float(r["slope"]) - Z * float(r["slope_se"]),
            float(r["slope"]) + Z * float(r["slope_se"]),
            "per thousand a year" if r["channel"] == "investment" else "share or index a year",
        )
        for r in own.to_dict("records")
    }
    reason = say(
        "{country:capital} is {verdict}: {rising} of {channels} channels rise, {falling} fall, {steady} with"
        " a steady trend; lately {lately}; elites are measured by nothing here",
        country=name,
        verdict=str(row["verdict"]),
        rising=int(row["rising"]),
        channels=int(row["channels"]),
        falling=int(row["falling"]),
        steady=int(row["steady"]),
        lately=str(row["lately"]),
    )
    return _claim(claim_key("S6", power), verdict, reason, quantities, "measured")


def _persistence(ties: Influence) -> EvidenceClaim:
    table = ties.persistence
    table = table[(table["channel"] != "all") & (table["verdict"] != "too short")]
    if table.empty:
        raise BadInput("S10", "no channel has eight years")
    words = set(table["verdict"])
    verdict = {"persistent": "supported", "eroding": "contradicted"}.get(words.pop(), "mixed")
    verdict = verdict if not words else "mixed"
    nan = float("nan")
    quantities: dict[str, Quantity] = {
        say("lowest evenness of {channel}", channel=r["channel"]): (
            100 * float(r["lowest_late"]),
            nan,
            nan,
            "percent of before",
        )
        for r in table.to_dict("records")
    }
    told = joined(", ", [joined(" ", (str(r.channel), str(r.verdict))) for r in table.itertuples()])
    return _claim(
        "S10", verdict, say("evenness over five patrons: {told}", told=told), quantities, "measured"
    )


def _votes(focal: str, power: str, known: Known) -> EvidenceClaim:
    found, name = known.votes, place_name(power)
    if found is None or power not in set(found.verdicts["power"]):
        found = alignment(focal, [power])
    row = found.verdicts[found.verdicts["power"] == power].iloc[0]
    words = {"farther": "supported", "closer": "contradicted", "not robust": "not robust"}
    quantities: dict[str, Quantity] = {
        say("closeness to {country}, {series}", country=name, series=r["series"]): (
            float(r["relative"]),
            float(r["lo"]),
            float(r["hi"]),
            "share of votes" if r["series"] == "agreement" else "ideal points",
        )
        for r in found.changes[found.changes["power"] == power].to_dict("records")
    }
    reason = say(
        "{closer} series say closer to {country}, {farther} farther, against the world, {first} to {last}:"
        " {verdict}",
        closer=int(row["closer"]),
        country=name,
        farther=int(row["farther"]),
        first=found.window[0],
        last=found.window[1],
        verdict=str(row["verdict"]),
    )
    out = found.few[found.few["year"].isin(found.window)]
    if len(out):
        told = [
            say("{series} {year} ({counted})", series=r.series, year=str(r.year), counted=r.counted)
            for r in out.itertuples()
        ]
        reason = say(
            "{reason}; left out, with fewer than {least} votes counted: {series}",
            reason=reason,
            least=MIN_VOTES,
            series=joined(", ", told),
        )
    verdict = words.get(str(row["verdict"]), "not identified")
    return _claim(claim_key("S12", power), verdict, reason, quantities, "compared")


WEDGES = {"wedge": "wedge", "wedge of other states, 5 %": "lo", "wedge of other states, 95 %": "hi"}
"""Name of a number -> column of the wedges; what others have is no range of the state's own."""


def _wedge(focal: str, power: str, known: Known) -> EvidenceClaim:
    found = known.acts
    if found is None or power not in set(found.wedges["power"]):
        found = activity(focal, [power])
    rows = found.wedges[(found.wedges["year"] == WEDGE_YEAR) & (found.wedges["power"] == power)]
    if rows.empty:
        raise BadInput("S13", f"no series in {WEDGE_YEAR}")
    row = rows.iloc[0]
    words = {"activity ahead": "supported", "substance ahead": "contradicted"}
    verdict = words.get(str(row["verdict"]), "not identified")
    nan = float("nan")
    quantities: dict[str, Quantity] = {"activity": (float(row["activity"]), nan, nan, "standard deviations")}
    if np.isfinite(row["wedge"]):
        for label, column in WEDGES.items():
            quantities[label] = (float(row[column]), nan, nan, "standard deviations")
    reason = say(
        "{activity} series of activity and {substance} of substance with {country} in {year}: {verdict}",
        activity=int(row["n_activity"]),
        substance=int(row["n_substance"]),
        country=place_name(power),
        year=WEDGE_YEAR,
        verdict=str(row["verdict"]),
    )
    grade = "not identified" if row["verdict"] == "not identified" else "compared"
    return _claim(claim_key("S13", power), verdict, reason, quantities, grade)


def _event(found: EventGap) -> EvidenceClaim:
    between = found.path[found.path["month"].between(found.event, found.next_shock, inclusive="left")]
    gap, nan, unit = _mean(between, "gap"), float("nan"), "times the usual cooperation"
    quantities: dict[str, Quantity] = {
        "gap": (gap, nan, nan, unit),
        "gap of other states, 5 %": (_mean(between, "lo"), nan, nan, unit),
        "gap of other states, 95 %": (_mean(between, "hi"), nan, nan, unit),
        "share of states with a gap as large": (found.p, nan, nan, "share"),
    }
    if found.grade == "not identified":
        verdict = "not identified"
    else:
        verdict = "contradicted" if found.p <= FIT_RATIO and gap > 0 else "supported"
    reason = say("{event}: {reason}", event=found.event, reason=found.reason)
    return _claim("S14", verdict, reason, quantities, found.grade)


def _mean(table: pd.DataFrame, column: str) -> float:
    return float(table[column].mean())
