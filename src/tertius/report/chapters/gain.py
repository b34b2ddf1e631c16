# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The chapter on the total gain: a waterfall with bands, energy apart, ranks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tertius.gain import TotalGain
from tertius.labels import place_name
from tertius.report.charts.waterfall import GainBar, waterfall
from tertius.report.language import tell
from tertius.report.sections import Cell, Data, Drawing, Grid, Section
from tertius.report.traced import Traced
from tertius.study import Chapter, StudyRun
from tertius.study.chapters.gain import energy_share
from tertius.text import Text, count, joined, say

__all__ = ["drawing", "section"]


def section(run: StudyRun, chapter: Chapter, numbers: Traced) -> Section:
    """Write the chapter: parts and total, ranks with and without energy, movers."""
    found: TotalGain = chapter.result
    ranks = Grid(
        say("Rank of the total, by share of the energy price that sanctions are taken to have caused"),
        (say("Measure and share"), say("Among all"), say("In Eurasia")),
        tuple(_ranks(found, numbers)),
        signed=False,
    )
    parts = Grid(
        say("Parts, USD million a year"),
        (say("Part"), say("USD mn"), say("How")),
        tuple(_parts(found, numbers)),
    )
    return Section(
        id="gain",
        title=say("What {country} gains in all", country=place_name(found.focal)),
        nav=say("Total gain"),
        lead=tuple(f.reason for f in chapter.findings.values()),
        drawings=(
            Drawing(
                "",
                drawing(found),
                say(
                    "Central values: elasticity set {name}. The headline tells the median over all sets,"
                    " whose sign may differ.",
                    name=run.grid.world.elasticity_name,
                ),
                id="gain",
                data=_drawn(found),
                answers=("main-beneficiary",),
            ),
        ),
        tables=(parts, ranks),
        notes=tuple(say("{note:capital}.", note=n) for n in found.notes),
    )


def _parts(found: TotalGain, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for name, how in found.how.items():
        if numbers.has_number("gain", name):
            yield tell(name), numbers.cell("gain", name, "central"), tell(how)


def _ranks(found: TotalGain, numbers: Traced) -> Iterator[tuple[Cell | str, ...]]:
    for r in found.ranks().to_dict("records"):
        where = f"{r['measure']}, energy {r['attributed']:g}"
        own = numbers.has_number("gain", f"rank in Eurasia, {where}")
        eurasia = numbers.cell("gain", f"rank in Eurasia, {where}") if own else "\N{EN DASH}"
        yield (
            tell(energy_share(r["measure"], r["attributed"])),
            numbers.cell("gain", f"rank, {where}"),
            eurasia,
        )


def drawing(found: TotalGain) -> str:
    """Draw the waterfall of the focal country; energy and totals with it on an axis of their own."""
    table: Any = found.table()
    rows = {r.channel: r for r in table[table["unit"] == "USD million"].itertuples()}
    bars = {k: GainBar(k, r.low, r.central, r.high) for k, r in rows.items()}
    totals: Any = found.totals()
    with_energy = [
        GainBar(say("total with {share:.0f} % of it", share=100 * r.attributed), r.low, r.central, r.high)
        for r in totals[totals["unit"] == "USD million"].itertuples()
        if r.attributed > 0
    ]
    parts = [bars[k] for k in found.parts if any((bars[k].low, bars[k].central, bars[k].high))]
    return waterfall(
        parts or [bars["trade"]],
        replace(bars["total"], label=say("total without energy")),
        [replace(bars["energy"], label=say("energy prices of 2022")), *with_energy],
        _finding(found),
    )


def _drawn(found: TotalGain) -> Data:
    """Parts, total and totals with energy, USD million."""
    import pandas as pd

    table, totals = found.table(), found.totals()
    named = totals.assign(channel=[f"total with {100 * a:.0f} % of energy" for a in totals["attributed"]])
    both = [frame[frame["unit"] == "USD million"] for frame in (table, named[named["attributed"] > 0])]
    return Data.of(pd.concat([frame[["channel", "low", "central", "high", "unit"]] for frame in both]))


def _finding(found: TotalGain) -> Text:
    """Say what the chart shows: sign, size, and how energy compares."""
    table: Any = found.table()
    own = table[table["unit"] == "USD million"].set_index("channel")
    low, central, high = (float(own.loc["total", end]) for end in ("low", "central", "high"))
    energy = float(own.loc["energy", "central"])
    sure = "" if low > 0 or high < 0 else say(", of either sign")
    words = say(
        GAINS if central > 0 else LOSES,
        country=place_name(found.focal),
        size=abs(central),
        low=low,
        high=high,
        sure=sure,
    )
    if not abs(energy) > abs(central) > 0:
        return words
    times = count(
        round(abs(energy / central)),
        "the energy prices of 2022 are worth {n:,} time as much",
        "the energy prices of 2022 are worth {n:,} times as much",
    )
    return joined(
        "; ", (words, joined(", ", (times, "" if (energy > 0) == (central > 0) else say("the other way"))))
    )


GAINS = say(
    "Without energy {country} gains {size:,.0f} million dollars a year ({low:,.0f} to {high:,.0f}{sure})"
)
LOSES = say(
    "Without energy {country} loses {size:,.0f} million dollars a year ({low:,.0f} to {high:,.0f}{sure})"
)
