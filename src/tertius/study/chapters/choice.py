# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The third country's choice in a study: whether the middle holds, and who is feared (decision 13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from tertius.labels import place_name
from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, drawn
from tertius.study.verdicts import Verdict
from tertius.text import Text, joined, say

if TYPE_CHECKING:
    from tertius.choice import Choice
    from tertius.choice.verdict import Verdict as Judged
    from tertius.study.chapters.options import ChoiceOptions
    from tertius.study.schema import StudyFile

__all__ = ["QUESTIONS", "compute", "questions"]

QUESTIONS = {"fears-and-aligns": "S7", "west-presses": "S8", "middle-holds": "S10"}
"""Question -> the rule of decision 13 that answers it."""
GRADE = say("payoffs computed; hazards assumed and swept, never estimated")
TOLD = 2.0  # curvature of which the sentences speak


def questions(study: StudyFile, options: ChoiceOptions) -> dict[str, Question]:
    """Whether threats are felt and the offer welcome, whether the West presses, whether the middle holds."""
    from tertius.choice.verdict import RULES, VERSION

    return {
        name: Question(say("{rule} ({version})", rule=RULES[claim], version=VERSION), GRADE)
        for name, claim in QUESTIONS.items()
    }


def compute(asked: Asked, options: ChoiceOptions, tell: Tell) -> Chapter:
    """Solve every stance in every state, and judge over all hazards."""
    from tertius.choice import choose

    found = choose(
        asked.world,
        asked.study.focal,
        (options.west, options.east),
        options.k,
        offer=options.offer,
        scenario=options.scenario,
        routes=options.routes or None,
        levers=(options.lever_west, options.lever_east),
        stances=options.stances,
        elasticities=asked.study.elasticities or None,
        workers=1,
        tell=tell,
    )
    verdicts, _ = found.verdicts(), found.curves  # the edges too: a report only draws
    numbers = dict(_payoffs(found)) | dict(_replies(found))
    for name, claim in QUESTIONS.items():
        numbers |= _shares(name, verdicts[claim])
    findings = {
        name: Finding(
            Verdict(verdicts[claim].verdict),
            found.reading(TOLD) if name == "middle-holds" else _said(verdicts[claim]),
            tuple(n for n in numbers if n.startswith(f"{name}.")) + SHOWN.get(name, ()),
        )
        for name, claim in QUESTIONS.items()
    }
    return Chapter("choice", findings, numbers, found)


SHOWN = {
    "fears-and-aligns": ("struck by east",),
    "west-presses": ("tolerance", "struck by west", "cost to west"),
    "middle-holds": ("tolerance", "struck by west", "struck by east"),
}


def _payoffs(found: Choice) -> Iterator[tuple[str, Measured]]:
    """What is at stake, by elasticity set: rent of tolerance, losses by strikes, cost of striking."""
    p = found.payoffs
    percent = p.percent()  # [E, player, stance, aW, aR]
    loose, strict = p.poles
    focal, west, east = (place_name(name) for name in p.players)

    def by_set(label: str, unit: str, values: np.ndarray, signed: bool = True) -> Measured:
        return drawn(label, unit, dict(zip(p.sets, map(float, values), strict=True)), signed=signed)

    calm = percent[:, 0, :, 0, 0]
    yield (
        "tolerance",
        by_set(
            say("Full tolerance over strict compliance, nobody strikes"),
            "percent",
            calm[:, loose] - calm[:, strict],
        ),
    )
    yield (
        "struck by west",
        by_set(
            say("Loss of {focal} if {power} strikes at full tolerance", focal=focal, power=west),
            "percent",
            calm[:, loose] - percent[:, 0, loose, 1, 0],
            signed=False,
        ),
    )
    yield (
        "struck by east",
        by_set(
            say("Loss of {focal} if {power} strikes at strict compliance", focal=focal, power=east),
            "percent",
            calm[:, strict] - percent[:, 0, strict, 0, 1],
            signed=False,
        ),
    )
    for name, who, cost in zip(("west", "east"), (west, east), found.cost(), strict=True):
        yield (
            f"cost to {name}",
            by_set(say("What striking costs {power} itself", power=who), "USD million", cost, signed=False),
        )


def _replies(found: Choice) -> Iterator[tuple[str, Measured]]:
    """Best reply in the middle of today's box, and share of the range where the middle is best."""
    for k in found.powers:
        best = found.best(k)
        traffic = dict(zip(found.payoffs.sets, map(float, best.traffic), strict=True))
        yield (
            f"traffic, k = {k:g}",
            drawn(say("Transit at the best stance today, k = {k:g}", k=k), "share", traffic),
        )
        share = found.maps[k].shares()["neutral"]
        values = dict(zip(found.payoffs.sets, map(float, share), strict=True))
        yield (
            f"middle, k = {k:g}",
            drawn(say("Threats at which the middle is best, k = {k:g}", k=k), "share", values),
        )


LABELS = {
    "logarithmic prior": say("Share of all threats at which the middle is best, threats even in logarithms"),
    "even prior": say("Share of all threats at which the middle is best, threats even"),
    "fears the eastern threat": say("Share of today's threats at which the eastern one is felt"),
    "fears the western threat": say("Share of today's threats at which the western one is felt"),
    "gains from the offer": say("Share of today's threats at which the offer is worth taking"),
    "a strike outweighs tolerance": say(
        "Share of today's threats at which a strike outweighs what tolerance brings"
    ),
    "the threat moves the stance": say("Share of today's threats at which the western one moves the stance"),
}


def _shares(name: str, judged: Judged) -> dict[str, Measured]:
    """What a verdict rests on: each part of its rule; draws are curvatures, that of the sentences first."""
    parts = dict.fromkeys(part for by_part in judged.shares.values() for part in by_part)
    powers = sorted(judged.shares, key=lambda k: (k != TOLD, k))  # the first draw is the central one
    return {
        f"{name}.{part}": drawn(
            LABELS[part],
            "share",
            {f"k = {k:g}": judged.shares[k][part] for k in powers if part in judged.shares[k]},
        )
        for part in parts
    }


def _said(judged: Judged) -> Text:
    parts = [
        say("{part} in {share:.0f} %", part=part, share=100 * share)
        for part, share in judged.shares[TOLD].items()
    ]
    words = say(
        "Over today's range of threats and all elasticity sets, at k = {k:g}: {parts} of cells.",
        k=TOLD,
        parts=joined(", ", parts),
    )
    return joined(" ", (words, judged.note))
