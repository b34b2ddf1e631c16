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

__all__ = ["reading"]

STANCES = {
    "comply": "to comply",
    "neutral": "to stay in the middle",
    "tolerate": "to let transit pass",
    "option": "to leave the middle for another option",
}


def reading(
    payoffs: Payoffs,
    setting: Setting,
    maps: Mapping[float, Region],
    edges: Sequence[Edge] = (),
    sensitivity: Sensitivity | None = None,
    verdict: Verdict | None = None,
) -> str:
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
    str
        One paragraph.

    Examples
    --------
    >>> from tertius.choice.axes import PRIOR
    >>> from tertius.choice.example import line
    >>> from tertius.choice.region import regions
    >>> p, at = line(rent=0.5), Setting(0.1, 0.1, power=2.0)
    >>> print(reading(p, at, regions(p, at, PRIOR, (1.0, 2.0), 10))[:60])
    At today's assumed threats Kazakhstan does best to stay in t
    """
    parts = [
        _best(payoffs, setting),
        *(f"{note}." for note in credibility(payoffs, setting).notes),
        _shares(maps),
        *_edges(edges, payoffs.sets[0]),
    ]
    if sensitivity is not None:
        largest = float(sensitivity.total.max())
        parts.append(
            f"Of all assumptions, {_name(sensitivity.decisive)} decides most (total index {largest:.2f})."
            if largest > 0
            else "No assumption within its range changes the answer."
        )
    if verdict is not None:
        flips = f" ({verdict.note})" if verdict.note else ""
        parts.append(f"By the rule fixed beforehand, {verdict.claim} is {verdict.verdict}{flips}.")
    return " ".join(parts)


def _best(payoffs: Payoffs, setting: Setting) -> str:
    reply = best_reply(payoffs, setting)
    kind = KINDS[int(reply.kind[0])]
    what = STANCES[kind]
    if kind == "option":
        what = f"by an option off the line ({payoffs.names()[int(reply.option_gain[0].argmax())]})"
    agree = int((reply.kind == reply.kind[0]).sum())
    return (
        f"At today's assumed threats {place_name(payoffs.players[0])} does best {what}, with "
        f"{100 * reply.traffic[0]:.0f} % of the sensitive transit of full tolerance; "
        f"{_worth(reply)}; {agree} of {len(payoffs.sets)} elasticity sets agree."
    )


def _worth(reply: BestReply) -> str:
    value = float(reply.value[0])
    if value <= 0:
        return "no middle stance beats the better pole"
    return f"that is worth {value:.3f} % of income more than the better pole"


def _shares(maps: Mapping[float, Region]) -> str:
    found = [f"{100 * np.mean(m.shares()['neutral']):.0f} % at k = {k:g}" for k, m in sorted(maps.items())]
    names = " and ".join(_name(a.parameter) for a in next(iter(maps.values())).axes)
    return f"The middle is the best reply in {', '.join(found)} of the prior box over {names}."


def _edges(edges: Sequence[Edge], central: str) -> list[str]:
    near = [e for e in edges if e.set == central and e.multiple is not None]
    if not edges:
        return []
    if not near:
        return ["Within the ranges looked at, no single assumption changes the answer."]
    nearest = min(near, key=lambda e: abs(np.log(e.multiple or 1.0)))
    words = nearest.words()
    return [f"The nearest edge: {words}."]


def _name(parameter: str) -> str:
    names = {
        "west": "the likelihood of western punishment",
        "east": "the likelihood of eastern coercion",
        "penalty_west": "the size of the western penalty",
        "penalty_east": "the size of the eastern penalty",
        "rent": "the rent from transit",
        "power": "the curvature of the hazards",
        "worth_west": "what deterrence is worth to the western power",
        "worth_east": "what deterrence is worth to the eastern power",
        "set": "the choice of trade elasticities",
        "payoffs": "the choice of the other elasticities",
    }
    return names[parameter]
