# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The finding in one paragraph, written from the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tertius.choice.best_reply import KINDS, BestReply, best_reply
from tertius.choice.credible import credibility
from tertius.choice.edges import Edge
from tertius.choice.payoffs import Payoffs
from tertius.choice.region import Region
from tertius.choice.sensitivity import Sensitivity
from tertius.choice.setting import Setting
from tertius.choice.verdict import Verdict
from tertius.labels import place_name
from tertius.text import Text, joined, say

__all__ = ["reading"]

STANCES = {
    "comply": say("to comply"),
    "neutral": say("to stay in the middle"),
    "tolerate": say("to let transit pass"),
    "option": say("to leave the middle for another option"),
}

NAMES = {
    "west": say("the likelihood of western punishment"),
    "east": say("the likelihood of eastern coercion"),
    "penalty_west": say("the size of the western penalty"),
    "penalty_east": say("the size of the eastern penalty"),
    "rent": say("the rent from transit"),
    "power": say("the curvature of the hazards"),
    "worth_west": say("what deterrence is worth to the western power"),
    "worth_east": say("what deterrence is worth to the eastern power"),
    "set": say("the choice of trade elasticities"),
    "payoffs": say("the choice of the other elasticities"),
}


def reading(
    payoffs: Payoffs,
    setting: Setting,
    maps: Mapping[float, Region],
    edges: Sequence[Edge] = (),
    sensitivity: Sensitivity | None = None,
    verdict: Verdict | None = None,
) -> Text:
    """Write a paragraph in plain words; every number in it is computed from what is given.

    Parameters
    ----------
    payoffs
        Refined; the first elasticity set is the central one.
    setting
        Today's central assumption, numbers.
    maps
        Region by hazard power.
    edges
        From today's setting or box.
    sensitivity, verdict
        Added if given.

    Returns
    -------
    Text
        One paragraph.

    Examples
    --------
    >>> from tertius.choice.axes import PRIOR
    >>> from tertius.choice.example import line
    >>> from tertius.choice.region import regions
    >>> p, at = line(rent=0.5), Setting(0.1, 0.1, power=2.0)
    >>> print(reading(p, at, regions(p, at, PRIOR, (1.0, 2.0), 10))[:60])
    At today's assumed threats and k = 2 Kazakhstan does best to
    """
    parts: list[str] = [
        _best(payoffs, setting),
        *(say("{note}.", note=note) for note in credibility(payoffs, setting).notes),
        _shares(maps),
        *_edges(edges, payoffs.sets[0]),
    ]
    if sensitivity is not None:
        parts.append(_decisive(sensitivity))
    if verdict is not None:
        parts.append(_ruled(verdict))
    return joined(" ", parts)


def _decisive(found: Sensitivity) -> Text:
    largest = float(found.total.max())
    if largest <= 0:
        return say("No assumption within its range changes the answer.")
    return say(
        "Of all assumptions, {name} decides most (total index {index:.2f}).",
        name=NAMES[found.decisive],
        index=largest,
    )


def _ruled(judged: Verdict) -> Text:
    return say(
        "By the rule fixed beforehand, that the middle holds is {verdict}{flips}.",
        verdict=judged.verdict,
        flips=say(" ({note})", note=judged.note) if judged.note else "",
    )


def _best(payoffs: Payoffs, setting: Setting) -> Text:
    reply = best_reply(payoffs, setting)
    kind = KINDS[int(reply.kind[0])]
    what = STANCES[kind]
    if kind == "option":
        what = say(
            "by an option off the line ({option})", option=payoffs.names()[int(reply.option_gain[0].argmax())]
        )
    agree = int((reply.kind == reply.kind[0]).sum())
    return say(
        "At today's assumed threats and k = {k:g} {focal} does best {what}, with {traffic:.0f} % of the"
        " sensitive transit of full tolerance; {worth}; {agree} of {sets} elasticity sets agree.",
        k=setting.power,
        focal=place_name(payoffs.players[0]),
        what=what,
        traffic=100 * reply.traffic[0],
        worth=_worth(reply),
        agree=agree,
        sets=len(payoffs.sets),
    )


def _worth(reply: BestReply) -> Text:
    value = float(reply.value[0])
    if value <= 0:
        return say("no middle stance beats the better pole")
    return say("that is worth {value:.3f} % of income more than the better pole", value=value)


def _shares(maps: Mapping[float, Region]) -> Text:
    found = [
        say("{share:.0f} % at k = {k:g}", share=100 * np.mean(m.shares()["neutral"]), k=k)
        for k, m in sorted(maps.items())
    ]
    return say(
        "The middle is the best reply in {shares} of the prior box over {names}.",
        shares=joined(", ", found),
        names=joined(say(" and "), [NAMES[a.parameter] for a in next(iter(maps.values())).axes]),
    )


def _edges(edges: Sequence[Edge], central: str) -> list[Text]:
    near = [e for e in edges if e.set == central and e.multiple is not None]
    if not edges:
        return []
    if not near:
        return [say("Within the ranges looked at, no single assumption changes the answer.")]
    nearest = min(near, key=lambda e: abs(np.log(e.multiple or 1.0)))
    return [say("The nearest edge: {edge}.", edge=nearest.words())]
