# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Exposure in a study: whether the weight of a power falls over the years (docs/decisions/0011-levers.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tertius.labels import place_name
from tertius.study.chapter import Asked, Chapter, Finding, Measured, Question, Tell, drawn
from tertius.study.verdicts import Verdict, judge
from tertius.text import joined, say

if TYPE_CHECKING:
    from tertius.outcomes.exposure_paths import ExposurePaths
    from tertius.study.chapters.options import ExposureOptions
    from tertius.study.schema import StudyFile

__all__ = ["CAUSES", "compute", "questions"]

CAUSES = {"productivity": say("productivity"), "trade_cost": say("trade costs")}
RULE = say(
    "For each cause (productivity of the power, costs of its trade): holds if the trend of the focal state's"
    " exposure over the years is negative and below the median trend of its peers, fails if positive and"
    " above it, else mixed (decision 11). Both hold: supported; both fail: contradicted; else mixed."
)
GRADE = say("computed from annual tables; weak cells between the two are known and shown")


def questions(study: StudyFile, options: ExposureOptions) -> dict[str, Question]:
    """``falls-POWER``: its weight for the focal state falls."""
    return {f"falls-{power}": Question(RULE, GRADE) for power in options.powers}


def compute(asked: Asked, options: ExposureOptions, tell: Tell) -> Chapter:
    """Follow exposure to each cause over the years."""
    from tertius.outcomes.exposure_paths import PEERS, exposure_paths_by_cause

    peers = options.peers or PEERS
    paths = exposure_paths_by_cause(
        asked.study.focal,
        options.powers,
        peers,
        options.years,
        options.worlds,
        tuple(CAUSES),
        workers=1,
        tell=tell,
    )
    numbers: dict[str, Measured] = {}
    for cause, path in paths.items():
        for power in options.powers:
            for key, q in path.quantities(power).items():
                numbers[f"{cause}.{power}.{key}"] = drawn(
                    say("{label} ({cause})", label=q.label, cause=CAUSES[cause]), q.unit, q.values
                )
    findings = {f"falls-{power}": _finding(paths, power, options.years) for power in options.powers}
    return Chapter("exposure", findings, numbers, paths)


def _finding(paths: dict[str, ExposurePaths], power: str, years: tuple[int, ...]) -> Finding:
    name = place_name(power)
    told = []
    for cause, path in paths.items():
        q = {key: next(iter(x.values.values())) for key, x in path.quantities(power).items()}
        told.append(
            say(
                "exposure to its {cause} {way} from {first:.3f} to {last:.3f} percent per percent, {than}",
                cause=CAUSES[cause],
                way=say("rises") if q["trend"] > 0 else say("falls"),
                first=q["weight_first"],
                last=q["weight_last"],
                than=say("more upward than the median of peers")
                if q["gap"] > 0
                else say("less upward than the median of peers"),
            )
        )
    verdict = judge(Verdict(path.verdict(power)).state for path in paths.values())
    words = say(
        "{power:capital}, {first} to {last}: {told}.",
        power=name,
        first=years[0],
        last=years[-1],
        told=joined("; ", told),
    )
    shows = tuple(f"{cause}.{power}.{key}" for cause in paths for key in ("trend", "gap"))
    return Finding(verdict, words, shows)
