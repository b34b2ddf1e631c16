# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Verdicts of the evidence on claims, by rule, for any state.

The measurements and their rules are those of the other modules; here a verdict word follows from theirs. This
last step was written when the results for Kazakhstan were known (``docs/evidence.md``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from tertius.errors import BadInput, unknown
from tertius.evidence.activity import activity
from tertius.evidence.alignment import alignment
from tertius.evidence.claim_rules import WEDGE_YEAR, EvidenceClaim, Quantity, claim_key, claim_rule
from tertius.evidence.detect import Detection, detect
from tertius.evidence.events import event_gap
from tertius.evidence.influence import Influence, influence
from tertius.evidence.rules import FIT_RATIO, MIN_VOTES, Z
from tertius.labels import known_countries, place_name
from tertius.text import joined, say

__all__ = ["evidence_claims"]


def evidence_claims(focal: str = "KAZ", about: Sequence[str] = ()) -> dict[str, EvidenceClaim]:
    """Judge the claims that data, not simulation, can speak to.

    Parameters
    ----------
    focal
        ISO3 code of any state; where it has no series the verdict is ``not identified``.
    about
        ISO3 codes of powers: the claims of ``claim_rules.OF_POWERS`` are judged about each of them as well.

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
    ties = _try(lambda: influence(focal, [p for p in ("CHN", "RUS") if p != focal]))
    made: dict[str, Callable[[], EvidenceClaim]] = {
        "S4": lambda: _detection(detect(), focal),
        "S6": lambda: _influence(_there(ties)),
        "S10": lambda: _persistence(_there(ties)),
        "S12": lambda: _votes(focal),
        "S13": lambda: _wedge(focal),
        "S14": lambda: _event(focal),
    }
    for power in about:
        made |= _about(focal, power)
    return {key: _or_missing(key, make) for key, make in made.items()}


def _about(focal: str, power: str) -> dict[str, Callable[[], EvidenceClaim]]:
    """Claims about one power, under the names ``claim:POWER``."""
    return {
        f"S6:{power}": lambda: _influence(influence(focal, [power]), power),
        f"S12:{power}": lambda: _votes(focal, power),
        f"S13:{power}": lambda: _wedge(focal, power),
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


def _votes(focal: str, power: str = "RUS") -> EvidenceClaim:
    found, name = alignment(focal, [power]), place_name(power)
    row = found.verdicts.iloc[0]
    words = {"farther": "supported", "closer": "contradicted", "not robust": "not robust"}
    quantities: dict[str, Quantity] = {
        say("closeness to {country}, {series}", country=name, series=r["series"]): (
            float(r["relative"]),
            float(r["lo"]),
            float(r["hi"]),
            "share of votes" if r["series"] == "agreement" else "ideal points",
        )
        for r in found.changes.to_dict("records")
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


def _wedge(focal: str, power: str = "RUS") -> EvidenceClaim:
    table = activity(focal, [power]).wedges
    rows = table[table["year"] == WEDGE_YEAR]
    if rows.empty:
        raise BadInput("S13", f"no series in {WEDGE_YEAR}")
    row = rows.iloc[0]
    words = {"activity ahead": "supported", "substance ahead": "contradicted"}
    verdict = words.get(str(row["verdict"]), "not identified")
    nan = float("nan")
    quantities: dict[str, Quantity] = {"activity": (float(row["activity"]), nan, nan, "standard deviations")}
    if np.isfinite(row["wedge"]):
        quantities["wedge; range: 5 to 95 % of other states"] = (
            float(row["wedge"]),
            float(row["lo"]),
            float(row["hi"]),
            "standard deviations",
        )
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


def _event(focal: str) -> EvidenceClaim:
    found = event_gap(focal)
    between = found.path[found.path["month"].between(found.event, found.next_shock, inclusive="left")]
    gap = _mean(between, "gap")
    quantities: dict[str, Quantity] = {
        "gap; range: placebos": (
            gap,
            _mean(between, "lo"),
            _mean(between, "hi"),
            "times the usual cooperation",
        ),
        "share of states with a gap as large": (found.p, float("nan"), float("nan"), "share"),
    }
    if found.grade == "not identified":
        verdict = "not identified"
    else:
        verdict = "contradicted" if found.p <= FIT_RATIO and gap > 0 else "supported"
    reason = say("{event}: {reason}", event=found.event, reason=found.reason)
    return _claim("S14", verdict, reason, quantities, found.grade)


def _mean(table: pd.DataFrame, column: str) -> float:
    return float(table[column].mean())
