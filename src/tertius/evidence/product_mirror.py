# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Mirror gaps by product and month: what a panel shows as exported against what a hub's own books show.

Freight and old habits of recording differ by product but last; so what is judged is the change of the gap
from before the bans to after. Goods that are sold to a hub and never enter its statistics widen it
(Chupilkin, Javorcik & Plekhanov 2023).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from tertius.errors import BadInput
from tertius.evidence.bans import Bans, dated
from tertius.evidence.chapters import product_text
from tertius.evidence.conformal import benjamini_hochberg, conformal_p, permutation_p
from tertius.evidence.detect import DRAWS, OWN_BANS, panel_of
from tertius.evidence.panel import TOTAL, Panel, read_panel, wide
from tertius.evidence.rules import ALPHA, MIN_CONTROLS, RULES
from tertius.evidence.vintages import headed, one_vintage
from tertius.evidence.windows import Windows, windows_of
from tertius.labels import country_encoder

__all__ = ["ProductGaps", "product_gaps"]


@dataclass(frozen=True, slots=True, repr=False)
class ProductGaps:
    """What exporters show and a hub's books do not.

    Attributes
    ----------
    windows
        Months compared.
    cells
        Banned product-hubs: ``finding`` (``gap`` if the gap widened beyond that of other products at the
        nominal false-discovery rate), ``product``, ``text``, ``hub``, ``exports_before``, ``exports_after``,
        ``imports_before``, ``imports_after``, ``phantom`` (1 less the ratio of imports to exports after over
        before), ``missing`` (imports that the old ratio would have brought, less those seen; unit of the
        exports), ``score`` (change of the log gap), ``p``, ``q``; the largest ``missing`` first.
    hubs
        By hub: ``phantom`` of all banned products together, ``others`` (the same of products not banned),
        ``effect`` (difference of mean scores), ``effect_p`` (dates reassigned), ``tested``, ``controls``,
        ``gaps``.
    months
        Every product of both books by hub and month: ``exports``, ``imports``, ``banned``.
    notes
        What was left out or not matched.
    rules
        Version of the rules.
    """

    windows: Windows
    cells: pd.DataFrame
    hubs: pd.DataFrame
    months: pd.DataFrame
    notes: tuple[str, ...]
    rules: str = RULES

    def __repr__(self) -> str:
        where = ", ".join(f"{r.hub} {r.phantom:.0%} (others {r.others:.0%})" for r in self.hubs.itertuples())
        return f"ProductGaps(missing from hubs' books: {where})"


def product_gaps(
    imports: Panel | pd.DataFrame | str | Path,
    panel: Panel | pd.DataFrame | str | Path | None = None,
    *,
    target: str = "RUS",
    hubs: Sequence[str] | None = None,
    bans: Mapping[str, str] | pd.DataFrame | str | Path | None = None,
    after: tuple[str, str] | None = None,
    alpha: float = ALPHA,
    digits: int = 6,
    seed: int = 0,
) -> ProductGaps:
    """Find banned goods whose mirror gap widened more than that of other goods.

    Parameters
    ----------
    imports
        The hubs' own books: columns as for a panel, ``reporter`` the hub, ``partner`` the origin; where a
        column ``flow`` tells, only imports are kept, so one file may hold both sides.
    panel, target, hubs, bans, after, alpha, digits, seed
        As for ``detect``: the exporters' books and what was banned when.

    Returns
    -------
    ProductGaps
        Cells, hubs, months.

    Raises
    ------
    tertius.errors.BadInput
        If a file cannot be read, or the two sides share no hub, origin or window.

    Examples
    --------
    >>> from tertius.evidence.simulate import simulated_panel
    >>> books = simulated_panel(share=0.1)
    >>> float(product_gaps(books, books).hubs.loc[0, "phantom"])
    0.0
    """
    held, notes = one_vintage(panel_of(panel, digits), "merge")
    books = imports if isinstance(imports, Panel) else read_panel(imports, digits=digits, flow="imports")
    arrived = _arrivals(books, held.origins, notes)
    names = _common(hubs, held, arrived, target)
    if held.unit != books.unit:
        notes.append(f"exports in {held.unit}, imports in {books.unit}: the rate moves all gaps alike")
    span = windows_of(sorted(set(held.months) & set(books.months)), after)
    table = dated(held, bans, target, span.after, notes)
    cells, rows, months = [], [], []
    for hub in names:
        sides = _sides(held.values[hub], arrived[hub], hub, notes)
        found = _scored(sides, span, table)
        treated, control = found[found["treated"]], found[~found["treated"]]
        if treated.empty or len(control) < MIN_CONTROLS:
            notes.append(f"{hub} not tested: {len(treated)} banned products, {len(control)} others")
            continue
        cells.append(_tested(treated, control, hub))
        rows.append(_hub(found, hub, seed))
        months.append(_by_month(sides, hub, table))
    if not cells:
        raise BadInput("mirror", "no hub can be tested", "; ".join(notes))
    every, by_hub = _found(pd.concat(cells, ignore_index=True), pd.DataFrame(rows), alpha)
    return ProductGaps(span, every, by_hub, pd.concat(months), (*held.notes, *books.notes, *notes))


def _common(
    hubs: Sequence[str] | None, held: Panel, arrived: Mapping[str, pd.DataFrame], target: str
) -> list[str]:
    """Hubs that both sides hold."""
    names = [h for h in hubs or held.values if h in arrived and h in held.values]
    names = [h for h in names if h != target and (hubs or h not in OWN_BANS)]
    if not names:
        there = f"panel to {', '.join(held.values)}; books of {', '.join(arrived)}"
        raise BadInput("mirror", f"no hub is in both files ({there})", "give the hubs' own imports")
    return names


def _arrivals(books: Panel, origins: Sequence[str], notes: list[str]) -> dict[str, pd.DataFrame]:
    """Imports by hub from the origins of the panel; from all where the panel does not say its own."""
    if not origins or not books.origins:
        notes.append("origins are not stated on both sides: all exports against all imports")
        return books.values
    encoder = country_encoder()

    def code(name: str) -> str:
        try:
            return encoder.encode([name], "origin")[0] or name
        except BadInput:
            return name

    wanted = {code(o) for o in origins}
    same = [o for o in books.origins if code(o) in wanted]
    if not same:
        what = f"imports come from {', '.join(books.origins[:5])}, the panel from {', '.join(origins[:5])}"
        raise BadInput("mirror", what, "give imports from the origins of the panel")
    if books.by_origin is None or len(same) == len(books.origins):
        return books.values
    table = books.by_origin[books.by_origin["origin"].isin(same)]
    return wide(table.astype({"product": object, "partner": object, "month": object}), books.months)


def _sides(
    exports: pd.DataFrame, imports: pd.DataFrame, hub: str, notes: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Bring both books of a hub to the same products, those of the exporters."""
    out = exports.drop(index=TOTAL, errors="ignore").sort_index()
    merged = {str(c)[:4] for c in out.index if str(c).endswith("xx")}
    back = imports.drop(index=TOTAL, errors="ignore")
    back = pd.DataFrame(back.groupby(headed(back.index, merged)).sum())
    alone = back.index.difference(out.index)
    if len(alone):
        notes.append(f"{hub}: {len(alone)} products only in its own books left out")
    return out, back.reindex(out.index).fillna(0.0)


def _scored(sides: tuple[pd.DataFrame, pd.DataFrame], span: Windows, bans: Bans) -> pd.DataFrame:
    """Both sides before and after, and the change of the log gap, with the floor that detection has."""
    (e0, e1), (m0, m1) = (
        tuple(side[list(months)].sum(axis=1) for months in (span.base, span.after)) for side in sides
    )
    floor = float(e0[e0 > 0].median()) if (e0 > 0).any() else 1.0
    score = np.log((e1 + floor) / (m1 + floor)) - np.log((e0 + floor) / (m0 + floor))
    table = pd.DataFrame(
        {"exports_before": e0, "exports_after": e1, "imports_before": m0, "imports_after": m1}
    )
    known = (e0 > 0) & (m0 > 0)
    expected = e1 * (m0 / e0.where(known))
    table["phantom"] = 1.0 - m1 / expected.where(expected > 0)
    table["missing"] = expected - m1
    table["score"] = score
    table["treated"] = table.index.isin(list(bans.treated))
    seen = (e0 + e1 + m0 + m1) > 0
    return table[seen & (table["treated"] | table.index.isin(list(bans.controls)))]


def _tested(treated: pd.DataFrame, control: pd.DataFrame, hub: str) -> pd.DataFrame:
    table = treated.drop(columns="treated").rename_axis("product").reset_index()
    table.insert(1, "text", [product_text(p) for p in table["product"]])
    table.insert(2, "hub", hub)
    table["p"] = conformal_p(table["score"].to_numpy(), control["score"].to_numpy())
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy()))


def _hub(found: pd.DataFrame, hub: str, seed: int) -> dict[str, object]:
    treated = found["treated"].to_numpy(bool)
    effect, _, p = permutation_p(found["score"].to_numpy(), treated, DRAWS, seed)
    row: dict[str, object] = {"hub": hub, "phantom": _together(found[treated])}
    row |= {"others": _together(found[~treated]), "effect": effect, "effect_p": p}
    return row | {"tested": int(treated.sum()), "controls": int((~treated).sum())}


def _together(part: pd.DataFrame) -> float:
    """Phantom share of products taken together."""
    sums = part[["exports_before", "exports_after", "imports_before", "imports_after"]].sum()
    e0, e1, m0, m1 = (float(v) for v in sums)
    return 1.0 - (m1 / e1) / (m0 / e0) if min(e0, e1, m0) > 0 else float("nan")


def _found(cells: pd.DataFrame, hubs: pd.DataFrame, alpha: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    listed = (cells["q"] <= alpha) & (cells["score"] > 0)
    cells.insert(0, "finding", np.where(listed, "gap", ""))
    counts = listed.groupby(cells["hub"]).sum()
    return cells.sort_values("missing", ascending=False, ignore_index=True), hubs.assign(
        gaps=hubs["hub"].map(counts).astype(int)
    )


def _by_month(sides: tuple[pd.DataFrame, pd.DataFrame], hub: str, bans: Bans) -> pd.DataFrame:
    both = [m for m in sides[0].columns if m in sides[1].columns]
    long = [s[both].rename_axis("product").rename_axis("month", axis=1).stack() for s in sides]
    table = pd.DataFrame({"exports": long[0], "imports": long[1]}).reset_index()
    table = table[(table["exports"] > 0) | (table["imports"] > 0)]
    return table.assign(hub=hub, banned=table["product"].isin(list(bans.treated)))
