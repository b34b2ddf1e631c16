# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The backtest of a study: predictions, rivals, scores and a plain verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tertius.backtest.outcomes import SHIPPED, Outcomes, check_labels, read_outcomes, shipped_outcomes
from tertius.backtest.predict import Prediction, flows_of, gravity, predict, touched
from tertius.backtest.rivals import last_growth
from tertius.backtest.score import BETTER, SCORES, bootstrap, gain, relative, scores_of
from tertius.backtest.verdict import MIN_IMPORTERS, RULES, sentence, word
from tertius.policy import Scenario
from tertius.study import load_study
from tertius.world import load_world

__all__ = ["DRAWS", "Backtest", "backtest"]

Array = NDArray[np.float64]
DRAWS = 2000
LEVEL = (0.05, 0.95)
SCALES = ("relative", "raw")
SUBSETS = ("all", "third")
FITTED = (
    "routes were calibrated on exports of the EU-27 to November 2022: cases with routes are fitted to the"
    " shipped outcomes, not tested by them"
)
LIMITS = (
    "values are current: what is common to an exporter's rows, such as inflation, drops out of the relative"
    " scale; prices that move one basket more than another's, such as energy, do not",
    "sanctions are one cause of the changes among many",
)


@dataclass(frozen=True, slots=True, repr=False)
class Backtest:
    """Predictions of a study against outcomes.

    Attributes
    ----------
    study, world, outcomes
        What was compared: names.
    rows
        One row an outcome: its key, ``touched`` (a measure lies on its direct flow), ``outcome`` (log
        change), each rival, and each case's median over elasticity sets with ``_low`` and ``_high``.
    scores
        By ``set``, ``subset`` (``all`` or ``third``: untouched, where some are not), ``scale`` (``relative``
        or ``raw``) and ``method`` (case or rival): the scores; for cases ``rank_low`` ...
        the range over elasticity sets.
    against
        By the same and ``rival``: each ``score`` and its ``gain`` over the rival (positive is better) with
        ``lo``, ``hi`` (90 %), ``sets_agree`` and ``word``.
    verdict
        Subset to sentence.
    seed, draws
        Of the bootstrap.
    notes
        Limits and what was left out.
    rules
        Version of the rules.
    """

    study: str
    world: str
    outcomes: str
    rows: pd.DataFrame
    scores: pd.DataFrame
    against: pd.DataFrame
    verdict: dict[str, str]
    seed: int
    draws: int
    notes: tuple[str, ...]
    rules: str = RULES

    def __repr__(self) -> str:
        return f"Backtest({self.study} on {self.outcomes}: {self.verdict['all']})"


def backtest(
    study: str | Path,
    outcomes: Outcomes | pd.DataFrame | str | Path | None = None,
    *,
    seed: int = 0,
    draws: int = DRAWS,
    tell: Callable[[int, int, str], None] = lambda *_: None,
) -> Backtest:
    """Compare what a study predicts with what happened, and with naive rivals.

    Parameters
    ----------
    study
        A shipped study or the path of a study file.
    outcomes
        A file, a table or ``Outcomes`` (:func:`tertius.backtest.read_outcomes` has the columns); without
        one, the shipped exports of the EU-27, 2021 to 2022.
    seed, draws
        Of the bootstrap.
    tell
        Called with done, total and a few words after each solve.

    Returns
    -------
    Backtest

    Raises
    ------
    tertius.errors.BadInput
        If the study or the outcomes cannot be used; before any solve.
    tertius.errors.NotSolved
        If a case has no equilibrium.

    Examples
    --------
    >>> found = backtest("kazakhstan-2022", draws=20)
    >>> found.scores.iloc[0][["set", "subset", "scale", "method"]].tolist()
    ['goods', 'all', 'relative', 'december']
    """
    file, _ = load_study(study)
    world = load_world(file.world)
    held = shipped_outcomes().within(world.countries) if outcomes is None else _given(outcomes)
    check_labels(held, world.countries, world.sectors)
    flows = flows_of(held, world, file)
    main = Scenario.load(file.cases[file.map_case].scenario)
    table = held.table.assign(touched=touched(flows, world, main))
    rivals = _rivals(table, gravity(flows, world))
    found = predict(file, world, flows, tell)
    rows = table.assign(
        outcome=np.log(table["value_after"] / table["value_before"]), **rivals, **_columns(found)
    )
    scores, against = _compared(rows, found, rivals, seed, draws)
    notes = [*held.notes, *LIMITS, *_doubts(found, rivals, held, world.year)]
    first = str(rows["set"].iloc[0])
    verdict = {s: _verdict(rows, against, first, s, found[0].case, list(rivals)) for s in SUBSETS}
    return Backtest(
        study=file.name,
        world=world.name,
        outcomes=held.name,
        rows=rows,
        scores=scores,
        against=against,
        verdict=verdict,
        seed=seed,
        draws=draws,
        notes=tuple(notes),
    )


def _given(outcomes: Outcomes | pd.DataFrame | str | Path) -> Outcomes:
    return outcomes if isinstance(outcomes, Outcomes) else read_outcomes(outcomes)


def _rivals(table: pd.DataFrame, returned: Array) -> dict[str, Array]:
    """Log changes by rival; *last growth* only where every row tells it."""
    before, earlier = (table[c].to_numpy(float) for c in ("value_before", "value_earlier"))
    grown = last_growth(before, earlier)
    known = {"last growth": grown} if np.isfinite(grown).all() else {}
    return {"no change": np.zeros(len(table)), **known, "gravity": returned}


def _columns(found: tuple[Prediction, ...]) -> dict[str, Array]:
    out: dict[str, Array] = {}
    for p in found:
        every = np.array(list(p.by_set.values()))
        ends = {f"{p.case}_low": every.min(axis=0), f"{p.case}_high": every.max(axis=0)}
        out |= {p.case: p.median} | ends
    return out


def _doubts(
    found: tuple[Prediction, ...], rivals: dict[str, Array], held: Outcomes, year: int | None
) -> list[str]:
    """Say what weakens the comparison."""
    notes = [f"{p.case}: no equilibrium with elasticities {', '.join(p.missing)}" for p in found if p.missing]
    if held.name == SHIPPED and any(p.routed for p in found):
        notes.append(FITTED)
    if held.name == SHIPPED and year != 2021:
        notes.append(f"the base year is {year}, the outcomes begin in 2021")
    if "last growth" not in rivals:
        notes.append("no rival 'last growth': value_earlier is not there for every row")
    return notes


def _compared(
    rows: pd.DataFrame, found: tuple[Prediction, ...], rivals: dict[str, Array], seed: int, draws: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Score every method on every set, subset and scale, and cases against rivals."""
    scores: list[dict[str, object]] = []
    against: list[dict[str, object]] = []
    for name in rows["set"].unique():
        for subset in SUBSETS:
            here = (rows["set"] == name).to_numpy()
            mask = here & ((subset == "all") | ~rows["touched"].to_numpy(bool))
            if not mask.any() or (subset == "third" and mask.sum() == here.sum()):
                continue  # nothing to judge, or the same rows again
            for scale in SCALES:
                place = {"set": name, "subset": subset, "scale": scale}
                part = _Part(rows[mask], mask, scale, found, rivals)
                scores += [place | s for s in part.scores()]
                against += [place | a for a in part.against(seed, draws)]
    return pd.DataFrame(scores), pd.DataFrame(against)


class _Part:
    """Rows of one set and subset on one scale."""

    def __init__(
        self,
        rows: pd.DataFrame,
        mask: NDArray[np.bool_],
        scale: str,
        found: tuple[Prediction, ...],
        rivals: dict[str, Array],
    ) -> None:
        groups = rows["exporter"].tolist()

        def scaled(values: Array) -> Array:
            return relative(values, groups) if scale == "relative" else values

        self.blocks = rows["importer"].tolist()
        self.actual = scaled(rows["outcome"].to_numpy(float))
        self.rivals = {k: scaled(v[mask]) for k, v in rivals.items()}
        self.cases = {p.case: scaled(p.median[mask]) for p in found}
        self.sets = {p.case: [scaled(v[mask]) for v in p.by_set.values()] for p in found}

    def scores(self) -> list[dict[str, object]]:
        out = []
        for method, values in (self.cases | self.rivals).items():
            row: dict[str, object] = {"method": method, **asdict(scores_of(values, self.actual))}
            if method in self.sets:
                every = [asdict(scores_of(v, self.actual)) for v in self.sets[method]]
                for score in SCORES:
                    held = [e[score] for e in every]
                    row |= {f"{score}_low": min(held), f"{score}_high": max(held)}
            out.append(row)
        return out

    def against(self, seed: int, draws: int) -> list[dict[str, object]]:
        drawn = bootstrap(self.cases | self.rivals, self.actual, self.blocks, draws, seed)
        out: list[dict[str, object]] = []
        for case, values in self.cases.items():
            own = asdict(scores_of(values, self.actual))
            every = [asdict(scores_of(v, self.actual)) for v in self.sets[case]]
            for rival, naive in self.rivals.items():
                other = asdict(scores_of(naive, self.actual))
                for score in BETTER:
                    ahead = float(gain(score, own[score], other[score]))
                    spread = gain(score, drawn[case][score], drawn[rival][score])
                    lo, hi = (float(v) for v in np.quantile(spread, LEVEL))
                    signs = {float(np.sign(gain(score, e[score], other[score]))) for e in every}
                    agree = signs == {float(np.sign(ahead))}
                    row = {"case": case, "rival": rival, "score": score, "gain": ahead, "lo": lo, "hi": hi}
                    out.append(row | {"sets_agree": agree, "word": word(lo, hi, agree)})
        return out


def _verdict(
    rows: pd.DataFrame, against: pd.DataFrame, name: str, subset: str, case: str, rivals: list[str]
) -> str:
    """Apply the rule of the decision to the main scale of the first set."""
    here = rows[rows["set"] == name]
    if subset == "third" and here["touched"].any():
        here = here[~here["touched"]]
    elif subset == "third":
        subset = "all"  # no row carries a measure: the same rows
    if here["importer"].nunique() < MIN_IMPORTERS:
        return f"too few importers to tell ({here['importer'].nunique()} of {MIN_IMPORTERS})"
    table = against[
        (against["set"] == name)
        & (against["subset"] == subset)
        & (against["scale"] == "relative")
        & (against["case"] == case)
    ]
    words = {r: dict(table.loc[table["rival"] == r, ["score", "word"]].to_numpy().tolist()) for r in rivals}
    return sentence(words)
