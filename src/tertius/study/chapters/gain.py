# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The total gain in a study: whether the focal state is a main beneficiary, and whether many moved in.

Rules: docs/decisions/0014-gain.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, band, drawn
from tertius.study.verdicts import Verdict
from tertius.text import Text, dated, say

if TYPE_CHECKING:
    from tertius.gain import TotalGain
    from tertius.study.chapters.options import GainOptions
    from tertius.study.schema import StudyFile
    from tertius.world import World

__all__ = ["compute", "energy_share", "questions"]

MAIN = Question(
    say(
        "At each share of the energy price that sanctions may have caused the focal state passes if its"
        " total is"
        " above zero and among the first three of Eurasia in percent and per head, and fails if it is not"
        " above"
        " zero or in neither. Supported if it passes at every share, and without energy in 90 percent of"
        " draws;"
        " contradicted if it fails at every share and passes in at most 10 percent; not robust if it passes"
        " in 10 to"
        " 90 percent of draws; else mixed (decision 14)."
    ),
    say("simulated, parts first order; ranks are of central totals"),
)
MANY = Question(
    say(
        "Many is a thousandth of the workers of the receiving country, as known on the wave's date."
        " Supported if the"
        " low end is that many and real income rises in all cases; contradicted if the high end is below; not"
        " identified if the band lies on both sides or nobody counted at the destination; else mixed"
        " (decision 14)."
    ),
    say("cited counts with ranges; effects simulated"),
)


def questions(study: StudyFile, options: GainOptions) -> dict[str, Question]:
    """``main-beneficiary``, and ``many-movers`` if a wave of movers is named."""
    return {"main-beneficiary": MAIN} | ({"many-movers": MANY} if options.wave else {})


def compute(asked: Asked, options: GainOptions, tell: Tell) -> Chapter:
    """Add up trade, transit, flights and people; energy apart."""
    from tertius.gain import total_gain

    earlier = asked.earlier.get("sky")
    found = total_gain(
        asked.world,
        asked.study.focal,
        options.scenario,
        options.routes or None,
        closures=None,
        wave=options.wave or None,
        attributed=options.attributed,
        sky=earlier.result if earlier else None,
        told=tell,
    )
    numbers = dict(_numbers(found))
    judged = found.verdict()
    findings = {
        "main-beneficiary": Finding(
            Verdict(judged.verdict),
            say("{said} It is {reason}.", said=_said(found), reason=judged.reason),
            tuple(name for name in SHOWN if name in numbers),
        )
    }
    if options.wave:
        finding, more = _movers(asked.world, options.wave)
        findings["many-movers"], numbers = finding, numbers | more
    return Chapter("gain", findings, numbers, found)


SHOWN = ("total", "trade", "transit", "fees", "relocation", "losses", "energy")


def _numbers(found: TotalGain) -> Iterator[tuple[str, Measured]]:
    """Parts and totals in USD million, the total in percent too, and ranks."""
    table = found.table()
    for r in table[table["unit"] == "USD million"].to_dict("records"):
        whole = r["channel"] == "total"
        label = say("Total gain without energy") if whole else say("Of it: {channel}", channel=r["channel"])
        yield r["channel"], band(label, "USD million", r["low"], r["central"], r["high"])
    for r in found.totals().to_dict("records"):
        label = say("Total with {share:g} % of the energy price", share=100 * r["attributed"])
        name = f"total at {r['attributed']:g}, {r['unit']}"
        yield name, band(label, r["unit"], r["low"], r["central"], r["high"])
    for r in found.ranks().to_dict("records"):
        where, told = (
            f"{r['measure']}, energy {r['attributed']:g}",
            energy_share(r["measure"], r["attributed"]),
        )
        label = say("Rank among all by {where}", where=told)
        yield f"rank, {where}", drawn(label, "place", {"central": r["rank_world"]})
        if r["rank_eurasia"]:
            place = {"central": r["rank_eurasia"]}
            yield (
                f"rank in Eurasia, {where}",
                drawn(say("Rank in Eurasia by {where}", where=told), "place", place),
            )


def _said(found: TotalGain) -> Text:
    k = found.economies.names.index(found.focal)
    low, central, high = found.total()[:, k]
    energy = float(found.energy[1, k])
    return say(
        "Without energy prices all channels bring {central:+,.0f} USD million a year ({low:+,.0f} to"
        " {high:+,.0f}); the energy prices of 2022 alone {energy:+,.0f}, whoever caused them.",
        central=central,
        low=low,
        high=high,
        energy=energy,
    )


def energy_share(measure: str, attributed: float) -> Text:
    """Name a ranking: by which measure, with which share of the energy price."""
    return say("{measure}, energy {share:g}", measure=measure.replace("_", " "), share=attributed)


def _movers(world: World, name: str) -> tuple[Finding, dict[str, Measured]]:
    from tertius.data.workers import wave, workers
    from tertius.gain.people import DESTINATION, moved
    from tertius.gain.verdict import many_movers

    known, cases = wave(name), moved(world, name).cases
    income = [c.total[DESTINATION] for c in cases]
    counted = any(r.status == "found" for r in known.rows)
    judged = many_movers(known.workers, workers()[DESTINATION], income, counted)
    ends = ("low", "central", "high")
    numbers = {
        "movers": band(say("Movers who work"), "persons", *known.workers, signed=False),
        "many": drawn(
            say("What counts as many"), "persons", {"bar": judged.quantities["many"]}, signed=False
        ),
        "income of all": drawn(
            say("Real income, all residents"), "percent", dict(zip(ends, income, strict=True))
        ),
        "income of natives": drawn(
            say("Real income per head, natives"),
            "percent",
            {e: c.per_native[DESTINATION] for e, c in zip(ends, cases, strict=True)},
        ),
    }
    words = say("As known on {date}: {reason}.", date=dated(known.known_on), reason=judged.reason)
    return Finding(Verdict(judged.verdict), words, tuple(numbers)), numbers
