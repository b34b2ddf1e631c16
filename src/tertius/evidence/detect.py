# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Circumvention in a panel of exports: which banned products appear in third countries instead.

A banned product at a hub is compared with products to the same hub that were not banned, a year apart, month
against same month. Flags keep a false-discovery rate; the difference-in-differences over all banned products
comes with a test of the year before. ``docs/evidence.md`` has the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tertius.errors import BadInput, unknown
from tertius.evidence.bans import UNCOUNTED, Bans, dated
from tertius.evidence.conformal import benjamini_hochberg, conformal_p, group_p, permutation_p
from tertius.evidence.panel import TOTAL, Panel, read_panel, shipped_panel
from tertius.evidence.rules import ALPHA, GROUP_LEVEL, MIN_CONTROLS, MIN_GROUP, RULES
from tertius.evidence.vintages import one_vintage
from tertius.evidence.watch import by_chapter, by_month, watch_list
from tertius.evidence.windows import Windows, changes, windows_of

__all__ = ["DRAWS", "OWN_BANS", "Detection", "detect", "panel_of", "placebo_dates"]

DRAWS = 999  # reassignments in a test
OWN_BANS = ("BLR",)  # partners under bans of their own: tested only when named
PRE_TREND = 0.10  # the year before must not differ at this level


EXPLORATORY = (
    "exploratory: the rules of detection were changed several times after this panel had been seen"
    " (docs/evidence.md), so its flags need another panel to confirm them"
)


@dataclass(frozen=True, slots=True, repr=False)
class Detection:
    """What a panel says about circumvention.

    Attributes
    ----------
    target
        Who is under the ban.
    windows
        Months compared.
    unit
        Unit of values.
    watch
        Product-hubs out of line: ``finding`` (``flag``, or ``lead`` where the hub as a whole did not pass its
        test), ``product``, ``text``, ``hub``, ``ban``, ``status``, ``before``, ``after``,
        ``excess`` (``excess_usd``: USD million at the rate of 2021), ``direct_loss``, ``share_of_loss``,
        ``first_month``, ``level`` (of the test: ``product`` or ``chapter``), ``score``, ``p``, ``q``; the
        largest excess first.
    cells
        The same for every tested product-hub; ``finding`` is empty for most.
    hubs
        One row a hub: ``excess`` over all banned products, ``listed_excess`` of the watch list,
        ``share_of_loss`` of the direct trade, ``effect`` (difference-in-differences of log changes) with
        ``effect_p`` and ``effect_q`` over hubs, ``pre`` and ``pre_p`` (the same a year earlier), ``grade``,
        ``tested``, ``controls``, ``flagged``, ``leads``, ``growth`` (of other trade, for what was expected).
    chapters
        Excess and direct loss by hub and chapter.
    months
        Banned against other products by hub and month, log ratio on the base year, with a 90 % band of
        reassigned dates.
    origins
        Excess of flagged cells by origin, where the panel has origins.
    alpha
        Nominal false-discovery rate.
    notes
        What was left out, not matched or merged.
    rules
        Version of the rules.
    """

    target: str
    windows: Windows
    unit: str
    watch: pd.DataFrame
    cells: pd.DataFrame
    hubs: pd.DataFrame
    chapters: pd.DataFrame
    months: pd.DataFrame
    origins: pd.DataFrame
    alpha: float
    notes: tuple[str, ...]
    rules: str = RULES

    def __repr__(self) -> str:
        where = ", ".join(f"{r.hub} {r.flagged}/{r.tested}" for r in self.hubs.itertuples())
        span = f"{self.windows.after[0]} to {self.windows.after[-1]}"
        return f"Detection(target {self.target}, {span}, flagged: {where})"


def detect(
    panel: Panel | pd.DataFrame | str | Path | None = None,
    *,
    target: str = "RUS",
    hubs: Sequence[str] | None = None,
    bans: Mapping[str, str] | pd.DataFrame | str | Path | None = None,
    after: tuple[str, str] | None = None,
    alpha: float = ALPHA,
    digits: int = 6,
    vintages: str = "merge",
    seed: int = 0,
) -> Detection:
    """Find goods under a ban that turn up in third countries instead.

    Parameters
    ----------
    panel
        A file, a table or a ``Panel``; without one, the shipped exports of the EU-27.
    target
        ISO3 code of the country under the ban; its own rows give the direct loss.
    hubs
        Third countries; by default every other partner of the panel but Belarus, under bans of its own.
    bans
        Product to month of its ban (``YYYY-MM``), or a table or file with the columns ``product`` and
        ``ban``; ``"direct"`` dates a product by the collapse of direct exports to the target. By default the
        dates that the panel carries, else those of the EU's acts by HS6 code.
    after
        First and last month of the window after the bans; by default the last six months. Each month is
        compared with the same month a year and two years before.
    alpha
        Nominal false-discovery rate of the flags.
    digits
        Digits of the product code for a user's file.
    vintages
        ``"merge"`` puts codes that begin or end with a new nomenclature into their heading; ``"refuse"``
        stops.
    seed
        Of the reassignments in the tests.

    Returns
    -------
    Detection
        Watch list, cells, hubs, chapters, months.

    Raises
    ------
    tertius.errors.BadInput
        If the panel, the dates or an option cannot be used.

    Examples
    --------
    >>> found = detect(hubs=["KGZ"])
    >>> bool(found.hubs.loc[0, "flagged"] > 0)
    True
    """
    held = panel_of(panel, digits)
    held, notes = one_vintage(held, vintages)
    if panel is None:
        notes.append(EXPLORATORY)
    _check(held, target, hubs, alpha)
    span = windows_of(held.months, after)
    table = dated(held, bans, target, span.after, notes)
    names = tuple(hubs) if hubs else tuple(p for p in held.values if p not in (target, *OWN_BANS))
    every, rows = _tested(held, names, target, table, span, alpha, seed, notes)
    months = [by_month(held, hub, table, span.base[0][:4], seed) for hub in rows["hub"]]
    watch, origins = watch_list(every, held, table, span.base, span.after)
    return Detection(
        target=target,
        windows=span,
        unit=held.unit,
        watch=watch,
        cells=every,
        hubs=rows,
        chapters=by_chapter(every),
        months=pd.concat(months, ignore_index=True),
        origins=origins,
        alpha=alpha,
        notes=(*held.notes, *notes),
    )


def _tested(
    panel: Panel,
    hubs: Sequence[str],
    target: str,
    bans: Bans,
    span: Windows,
    alpha: float,
    seed: int,
    notes: list[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Test all hubs: product-hubs with what was found, and the hubs."""
    found = {
        hub: part for hub in hubs if (part := _scores(panel, hub, target, bans, span, notes)) is not None
    }
    if not found:
        raise BadInput("detect", "no hub can be tested", "; ".join(notes))
    tested = [_hub(panel, hub, part, bans, span, alpha, seed) for hub, part in found.items()]
    return _through_gate([t for t, _ in tested], pd.DataFrame([row for _, row in tested]), alpha)


def panel_of(panel: Panel | pd.DataFrame | str | Path | None, digits: int) -> Panel:
    """Give a panel from whatever a user named; without anything, the shipped one."""
    if panel is None:
        return shipped_panel()
    return panel if isinstance(panel, Panel) else read_panel(panel, digits=digits)


def _check(panel: Panel, target: str, hubs: Sequence[str] | None, alpha: float) -> None:
    if not 0.0 < alpha < 1.0:
        raise BadInput("detect: alpha", f"{alpha} is not between 0 and 1", "0.1 is usual")
    for name in (target, *(hubs or ())):
        if name not in panel.values:
            raise unknown("detect", "partner of this panel", name, list(panel.values))
    if hubs and target in hubs:
        raise BadInput("detect", f"{target} is target and hub at once", "leave it out of the hubs")


def _scores(
    panel: Panel, hub: str, target: str, bans: Bans, span: Windows, notes: list[str]
) -> pd.DataFrame | None:
    """Scores of the products of one hub with their treatment, or a note why there are none."""
    values = panel.values[hub].drop(index=TOTAL, errors="ignore")
    values = values[values[[*span.past, *span.base, *span.after]].sum(axis=1) > 0]
    values = values.sort_index()  # the order of products must not matter
    treated, control = (values.index.isin(list(s)) for s in (bans.treated, bans.controls))
    if control.sum() < MIN_CONTROLS or treated.sum() == 0:
        notes.append(
            f"{hub} not tested: {treated.sum()} banned products, {control.sum()} of {MIN_CONTROLS} others"
        )
        return None
    table = changes(values, panel.values[target].reindex(values.index).fillna(0.0), span)
    return table.assign(treated=treated, control=control)[treated | control]


def _through_gate(
    tables: list[pd.DataFrame], hubs: pd.DataFrame, alpha: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Let flags stand at hubs where banned products as a whole rose more than others; the rest are leads.

    The gate is the test that reassigns dates among products, with false-discovery control over hubs: a panel
    with dates at random is silent at the nominal rate.
    """
    hubs["effect_q"] = benjamini_hochberg(hubs["effect_p"].to_numpy())
    passed = set(hubs.loc[hubs["effect_q"] <= alpha, "hub"])
    every = pd.concat(tables, ignore_index=True)
    listed, open_ = (every["level"] != "") & (every["excess"] > 0), every["hub"].isin(passed)
    every["finding"] = np.select([listed & open_, listed], ["flag", "lead"], "")
    for name, word in (("flagged", "flag"), ("leads", "lead")):
        counts = every["finding"].eq(word).groupby(every["hub"]).sum()
        hubs[name] = hubs["hub"].map(counts).fillna(0).astype(int)
    sums = every["excess"].where(every["finding"] != "", 0.0).groupby(every["hub"]).sum()
    hubs["listed_excess"] = hubs["hub"].map(sums)
    return every, hubs


def _hub(
    panel: Panel, hub: str, part: pd.DataFrame, bans: Bans, span: Windows, alpha: float, seed: int
) -> tuple[pd.DataFrame, dict[str, object]]:
    """Test each banned product of one hub, each chapter, and all of them against the others."""
    treated, control = part["treated"].to_numpy(), part["control"].to_numpy()
    growth = _growth(panel, hub, span, part)
    own = part[treated]
    table = pd.DataFrame({"product": own.index, "hub": hub, "before": own["base"].to_numpy()})
    table["after"], table["score"] = own["after"].to_numpy(), own["now"].to_numpy()
    table["excess"] = table["after"] - growth * table["before"]
    table["direct_loss"] = own["loss"].to_numpy()
    table["share_of_loss"] = table["excess"] / table["direct_loss"].where(table["direct_loss"] > 0)
    table = _listed(table, part.loc[control, "now"].to_numpy(), alpha, seed)
    row: dict[str, object] = {"hub": hub, "excess": float(table["excess"].sum())}
    whole = float(bans.loss)
    row["share_of_loss"] = float(table["excess"].sum()) / whole if whole > 0 else float("nan")
    row |= _difference(part, seed) | {"growth": growth}
    return table, row | {"tested": int(treated.sum()), "controls": int(control.sum())}


def _listed(table: pd.DataFrame, controls: NDArray[np.float64], alpha: float, seed: int) -> pd.DataFrame:
    """List single products and, where a whole chapter is out of line, its products above most controls."""
    table["p"] = conformal_p(table["score"].to_numpy(), controls)
    table["q"] = benjamini_hochberg(table["p"].to_numpy())
    table["chapter"] = table["product"].str[:2]
    rng = np.random.default_rng(seed)
    groups = {
        chapter: group_p(part["score"].to_numpy(), controls, DRAWS, rng)
        for chapter, part in table.groupby("chapter")
        if len(part) >= MIN_GROUP
    }
    q = dict(zip(groups, benjamini_hochberg(np.array(list(groups.values()))), strict=True)) if groups else {}
    table["chapter_p"], table["chapter_q"] = table["chapter"].map(groups), table["chapter"].map(q)
    single = table["q"] <= alpha
    whole = (table["chapter_q"] <= alpha) & (table["score"] > np.quantile(controls, GROUP_LEVEL))
    table["level"] = np.where(single, "product", np.where(whole, "chapter", ""))
    return table


def _difference(part: pd.DataFrame, seed: int) -> dict[str, float | str]:
    """Difference-in-differences over all banned products, and the test of the year before."""
    treated, now, before = (part[c].to_numpy() for c in ("treated", "now", "before_now"))
    effect, effect_se, effect_p = permutation_p(now, treated, DRAWS, seed)
    pre, pre_se, up = permutation_p(before, treated, DRAWS, seed + 1)
    down = permutation_p(-before, treated, DRAWS, seed + 1)[2]
    pre_p = min(1.0, 2 * min(up, down))
    passed = pre_p > PRE_TREND
    grade = "difference" if passed and effect_p <= PRE_TREND else "compared" if passed else "not identified"
    out: dict[str, float | str] = {"effect": effect, "effect_se": effect_se, "effect_p": effect_p}
    return out | {"pre": pre, "pre_se": pre_se, "pre_p": pre_p, "grade": grade}


def _growth(panel: Panel, hub: str, span: Windows, part: pd.DataFrame) -> float:
    """Growth of trade that no ban touched: all other goods if the panel has totals, else the controls."""
    values = panel.values[hub]
    if TOTAL in values.index and (values.loc[TOTAL] > 0).all():
        rest = values.loc[TOTAL] - values.drop(index=TOTAL).sum()
        return float(np.sum(rest[list(span.after)]) / np.sum(rest[list(span.base)]))
    others = part[part["control"]]
    return float(others["after"].sum() / others["base"].sum())


def placebo_dates(
    panel: Panel | None = None, *, target: str = "RUS", runs: int = 50, seed: int = 0
) -> pd.DataFrame:
    """Reassign the dates of bans among products at random, and count flags.

    Parameters
    ----------
    panel
        A panel with dates; by default the shipped one.
    target
        Country under the ban.
    runs
        Number of reassignments.
    seed
        Of the reassignments.

    Returns
    -------
    pandas.DataFrame
        By hub: ``runs``, ``any_flag`` (share of runs with a flag: at most the nominal rate in expectation),
        ``flags`` (mean number of flags), ``effect_sd`` (spread of the difference-in-differences).

    Examples
    --------
    >>> sorted(placebo_dates(runs=2).columns)
    ['any_flag', 'effect_sd', 'flags', 'hub', 'runs']
    """
    held = one_vintage(panel or shipped_panel(), "merge")[0]
    span = windows_of(held.months, None)
    hubs = [p for p in held.values if p not in (target, *OWN_BANS)]
    rng = np.random.default_rng(seed)
    counted = held.products[~held.products["status"].isin(UNCOUNTED)]
    found = []
    for run in range(runs):
        mixed = counted["ban"].to_numpy()[rng.permutation(len(counted))]
        dates = dict(zip(counted.index, mixed, strict=True))
        notes: list[str] = []
        assigned = dated(held, dates, target, span.after, notes)
        rows = _tested(held, hubs, target, assigned, span, ALPHA, seed + run, notes)[1]
        found.append(rows[["hub", "flagged", "effect"]])
    every = pd.concat(found).groupby("hub")
    table = pd.DataFrame(
        {"runs": every.size(), "any_flag": every["flagged"].agg(lambda f: float((f > 0).mean()))}
    )
    return table.assign(flags=every["flagged"].mean(), effect_sd=every["effect"].std()).reset_index()
