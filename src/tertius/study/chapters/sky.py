# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The sky in a study: whether more flights cross the focal state (docs/decisions/0014-gain.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, band, drawn
from tertius.study.verdicts import Verdict
from tertius.text import say

if TYPE_CHECKING:
    import pandas as pd

    from tertius.study.chapters.options import SkyOptions
    from tertius.study.schema import StudyFile

__all__ = ["CHANNELS", "compute", "questions"]

CHANNELS = {
    "avoiding Russia": say("carriers that avoid Russia"),
    "Russia": say("carriers of Russia"),
    "all": say("all carriers"),
}
RULE = say(
    "Variants: traffic that falls with distance not at all or twice as fast, detours beyond 1.3 great"
    " circles given"
    " up, a smaller closed south of Russia. Supported if flights and kilometres of both channels and of all"
    " carriers rise in the central case and every variant, and so did what was counted; contradicted if all"
    " flights fall in all of them or the count fell; mixed if all flights rise in the central case but"
    " something"
    " does not follow; not robust if their sign changes and nobody counted (decision 14)."
)
GRADE = say(
    "computed on a network of about 2014 with modelled traffic; direction checked against a count where"
    " there is one"
)


def questions(study: StudyFile, options: SkyOptions) -> dict[str, Question]:
    """``more-flights``: more flights cross the focal state."""
    return {"more-flights": Question(RULE, GRADE)}


def compute(asked: Asked, options: SkyOptions, tell: Tell) -> Chapter:
    """Re-route the shipped network around closed skies, and again under other assumptions."""
    from tertius.sky import Closures, overflights
    from tertius.sky.verdict import COUNTED, more_flights, summary, variants

    focal, sky = asked.study.focal, Closures.load(options.closures)
    on = options.after or asked.study.article.published
    found = overflights(sky, on, options.before, told=tell)
    cases = {"central": found} | variants(found, sky, told=tell)
    tables = {name: case.channels(focal) for name, case in cases.items()}
    judged = more_flights(tables, COUNTED.get(focal))
    made = float(asked.world.value_added.sel(country=focal))
    told = summary(tables["central"], focal, made)
    words = say("{summary} By variant: {reason}.", summary=told, reason=judged.reason)
    shows = tuple(f"{who}.flights" for who in CHANNELS) + tuple(f"{who}.million_km" for who in CHANNELS)
    numbers = _changes(tables) | _fees(tables["central"])
    return Chapter(
        "sky", {"more-flights": Finding(Verdict(judged.verdict), words, (*shows, "fees"))}, numbers, found
    )


CHANGES = {
    "flights": say("Flights over it, change, {who}"),
    "million_km": say("Kilometres over it, change, {who}"),
}


def _changes(tables: dict[str, pd.DataFrame]) -> dict[str, Measured]:
    """Change of flights and kilometres by channel, over the variants."""
    out: dict[str, Measured] = {}
    for who, words in CHANNELS.items():
        for what, unit in (("flights", "flights a year"), ("million_km", "million km a year")):
            values = {
                name: float((t if who == "all" else t.loc[[who]])[f"{what}_change"].sum())
                for name, t in tables.items()
            }
            label = say(CHANGES[what], who=words)
            out[f"{who}.{what}"] = drawn(label, unit, values)
    return out


def _fees(central: pd.DataFrame) -> dict[str, Measured]:
    """Change of fees from carriers of other states, over the range of rates."""
    others = central.drop(index="own")
    low, mid, high = (
        float((others[f"fees_after{end}"] - others[f"fees_before{end}"]).sum())
        for end in ("_low", "", "_high")
    )
    return {
        "fees": band(say("Navigation fees from carriers of others, change"), "USD million", low, mid, high)
    }
