# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Levers in a study: whether those of a power mean mutual losses (docs/decisions/0011-levers.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tertius.labels import place_name
from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, drawn
from tertius.study.verdicts import Verdict
from tertius.text import count, joined, say

if TYPE_CHECKING:
    from tertius.outcomes.lever_frontier import Frontier
    from tertius.outcomes.lever_ledger import LeverLedger
    from tertius.outcomes.lever_result import LeverResult
    from tertius.study.chapters.options import LeverOptions
    from tertius.study.schema import StudyFile
    from tertius.world import World

__all__ = ["compute", "questions"]

RULE = say(
    "Supported if by all computed levers of the power both sides lose in every cell of the band (elasticity"
    " sets x assumptions), and by at least half of them the losses in dollars lie within a factor of two in"
    " every cell; mixed if all are mutual in sign but fewer comparable in size, or if most are mutual;"
    " contradicted if most are not; not identified if fewer than three can be computed. Levers on resources"
    " and transit are judged in the short run, all others in the long run (decision 11)."
)
GRADE = say("simulated; what has no number is listed as not identified")


def questions(study: StudyFile, options: LeverOptions) -> dict[str, Question]:
    """``mutual-POWER``: its levers on the focal state mean mutual losses."""
    return {f"mutual-{power}": Question(RULE, GRADE) for power in options.powers}


def compute(asked: Asked, options: LeverOptions, tell: Tell) -> Chapter:
    """Pull all levers between the focal state and the powers; search the frontiers that are asked for."""
    from tertius.outcomes import levers

    found = levers(
        asked.world,
        asked.study.focal,
        options.powers,
        runs=options.runs,
        elasticities=asked.study.elasticities or None,
        only=options.only,
        workers=1,
        tell=tell,
    )
    numbers = {name: number for r in found.results for name, number in _of_lever(r)}
    for power in options.powers:
        numbers |= {
            f"{power}.{key}": drawn(q.label, q.unit, q.values, signed=False)
            for key, q in found.quantities(power).items()
            if key in SHOWN
        }
    findings = {f"mutual-{power}": _finding(found, power) for power in options.powers}
    frontiers = {power: _search(asked, power, tell) for power in options.frontier}
    for power, frontier in frontiers.items():
        numbers |= _of_frontier(asked.world, power, frontier)
    return Chapter("levers", findings, numbers, replace(found, frontiers=frontiers))


SHOWN = ("mutual_in_band", "comparable_in_band", "levers", "not_identified", "largest_loss")


def _of_lever(r: LeverResult) -> Iterator[tuple[str, Measured]]:
    """Losses and ratio of a lever in every cell of its band; the first is central."""
    held = {
        "title": r.lever.spec.title,
        "user": r.lever.user_name,
        "target": r.lever.target_name,
        "run": r.run,
    }
    for side, codes in (("target", r.lever.target), ("user", r.lever.user)):
        at = [r.countries.index(c) for c in codes]
        money = {f"{c.elasticity}, {c.variant}": -float(c.variation[at].sum()) for c in r.cells}
        income = float(r.cells[0].income[at].sum())
        share = {k: 100.0 * v / income for k, v in money.items()}
        label = say(LOSS[side], **held)
        yield f"{r.lever.id}.{r.run}.{side}_percent", drawn(label, "percent", share, signed=False)
        yield f"{r.lever.id}.{r.run}.{side}_usd", drawn(label, "USD million", money, signed=False)


LOSS = {
    "target": say("{title} ({user} on {target}, {run} run): loss of the target"),
    "user": say("{title} ({user} on {target}, {run} run): loss of the user"),
}


def _search(asked: Asked, power: str, tell: Tell) -> Frontier:
    """The coercion frontier of a power on the focal state, with today's levers of the same instruments."""
    from tertius.outcomes.lever_frontier import coercion_frontier, levers_in_space

    def telling(done: int, total: int, words: str) -> None:
        tell(done, total, f"frontier of {power}: {words}")

    world, focal = asked.world, asked.study.focal
    held = levers_in_space(world, power, focal)
    return coercion_frontier(world, power, focal, levers=held, tell=telling)


def _of_frontier(world: World, power: str, found: Frontier) -> dict[str, Measured]:
    """The curve point by point, how much of it today's levers reach, and joint-threat power."""
    from tertius.outcomes.lever_power import power_table

    name, out = place_name(power), {}

    def put(key: str, label: str, unit: str, value: float) -> None:
        out[f"frontier.{power}.{key}"] = drawn(label, unit, {world.elasticity_name: value}, signed=False)

    for k, point in enumerate(found.curve().to_dict("records"), start=1):
        for side, words in (("target", say("most that the target loses")), ("user", say("own loss"))):
            for end, unit in (("usd", "USD million"), ("percent", "percent")):
                label = say("Frontier of {power}, point {k}: {what}", power=name, k=k, what=words)
                put(f"{k}.{side}_{end}", label, unit, point[f"{side}_{end}"])
    for lever in found.today().to_dict("records"):
        label = say("{lever}: share of the frontier that it reaches", lever=lever["lever"])
        put(f"reach.{lever['lever']}", label, "percent", 100.0 * lever["reach"])
    joint = power_table(world, found.target, {power: found.user})
    label = say("Joint-threat power of {power}, of the price of all that the target uses", power=name)
    put("joint", label, "percent", float(joint["index"].iloc[0]))
    return out


def _finding(found: LeverLedger, power: str) -> Finding:
    own = found.of_power(power)
    name = place_name(power)
    if not own:
        return Finding(Verdict.not_identified, say("No lever of {power} has a number.", power=name))
    mutual = sum(r.mutual for r in own)
    sized = sum(r.comparable for r in own)
    free = [
        say("{title:clause}", title=r.lever.spec.title)
        for r in own
        if r.free and r.target.dollars.central > 0
    ]
    missing = sum(x.id.split(":")[1] == power for x in found.not_identified)
    told = [
        say(
            "{levers} that have a number {mutual} hurt both sides over the whole band and {sized} do so"
            " with losses of one size in dollars.",
            levers=count(len(own), "Of {n} lever of {power}", "Of {n} levers of {power}", power=name),
            mutual=mutual,
            sized=sized,
        )
    ]
    if free:
        told.append(say("At no cost to its user over the whole band: {levers}.", levers=joined("; ", free)))
    if missing:
        told.append(
            count(
                missing,
                "{n} more is not identified and has no number.",
                "{n} more are not identified and have no number.",
            )
        )
    shows = (f"{power}.mutual_in_band", f"{power}.comparable_in_band", f"{power}.largest_loss")
    return Finding(Verdict(found.verdict(power)), joined(" ", told), shows)
