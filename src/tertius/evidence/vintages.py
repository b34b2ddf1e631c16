# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Codes of one side of a new nomenclature: merged into their headings."""

from __future__ import annotations

import pandas as pd

from tertius.errors import BadInput, unknown
from tertius.evidence.panel import TOTAL, Panel
from tertius.evidence.panel_checks import vintage_breaks

__all__ = ["headed", "one_vintage"]


def one_vintage(panel: Panel, how: str) -> tuple[Panel, list[str]]:
    """Merge codes of one side of a change of the nomenclature into headings, or refuse.

    Parameters
    ----------
    panel
        Exports by product.
    how
        ``merge`` or ``refuse``.

    Returns
    -------
    tuple
        The panel and what was done.

    Raises
    ------
    tertius.errors.BadInput
        If there are such codes and they are refused.
    """
    if how not in ("merge", "refuse"):
        raise unknown("detect: vintages", "way", how, ("merge", "refuse"))
    found = vintage_breaks(panel.values)
    if not found:
        return panel, []
    codes = {c for v in found.values() for c in v}
    some = ", ".join(sorted(codes)[:5]) + (" ..." if len(codes) > 5 else "")
    what = f"{len(codes)} codes begin or end with the nomenclature of {', '.join(found)}: {some}"
    if how == "refuse":
        raise BadInput(
            "detect", what, "use vintages='merge', or bring codes to one vintage with a concordance"
        )
    headings = {c[:4] for c in codes}
    names = headed(next(iter(panel.values.values())).index, headings)
    merged_values = {p: pd.DataFrame(v.groupby(names).sum()) for p, v in panel.values.items()}
    products = panel.products.copy()
    products.index = pd.Index(headed(products.index, headings), name="product")
    products = products.sort_values("ban", kind="stable")
    products = products[~products.index.duplicated()].sort_index()
    origins = _renamed_origins(panel, headings)
    merged = Panel(merged_values, origins, panel.months, panel.unit, products, panel.notes, panel.origins)
    return merged, [f"{what}; merged into {len(headings)} headings"]


def _renamed_origins(panel: Panel, headings: set[str]) -> pd.DataFrame | None:
    table = panel.by_origin
    if table is None:
        return None
    codes = pd.Index(table["product"].unique())
    return table.assign(product=table["product"].map(dict(zip(codes, headed(codes, headings), strict=True))))


def headed(codes: pd.Index, headings: set[str]) -> list[str]:
    """Replace codes of headings by the headings.

    Examples
    --------
    >>> headed(pd.Index(["851712", "840110", "TOTAL"]), {"8517"})
    ['8517xx', '840110', 'TOTAL']
    """
    return [f"{c[:4]}xx" if c[:4] in headings and c != TOTAL else str(c) for c in codes]
