# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Mirror gaps: the same flow in the exporter's books and in the importer's.

The exporter records FOB and by destination, the importer CIF and by origin. Freight and insurance make the
importer's figure larger, by about 6 % in the convention of the Direction of Trade Statistics (Marini,
Dippelsman & Stanger 2018, IMF Working Paper 18/16); goods that never reach the importer's statistics make it
smaller.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tertius.data.evidence import evidence_table
from tertius.errors import BadInput, unknown
from tertius.labels import known_countries

__all__ = ["CIF", "gap_table", "mirror_gaps", "mirror_line"]

CIF = (1.06, 1.00, 1.10)  # importer's figure over exporter's where nothing is lost: central, low, high
NOTE = "exports FOB by destination, imports CIF by origin"


def gap_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """Compare both sides of flows.

    Parameters
    ----------
    pairs
        Columns ``exports`` and ``imports`` (the two sides, one unit) among others.

    Returns
    -------
    pandas.DataFrame
        The rows with ``ratio`` (exports over imports) and ``missing``, the share of the exporter's figure
        that is not in the importer's books once freight is allowed for, ``missing_low``, ``missing_high``
        over the range of freight; negative where the importer shows more; ``note``.

    Examples
    --------
    >>> found = gap_table(pd.DataFrame({"exports": [100.0], "imports": [53.0]}))
    >>> found[["ratio", "missing"]].round(3).to_numpy().tolist()
    [[1.887, 0.5]]
    """
    ratio = pairs["exports"] / pairs["imports"]
    lost = [1.0 - pairs["imports"] / (pairs["exports"] * c) for c in CIF]
    names = dict(zip(("missing", "missing_low", "missing_high"), lost, strict=True))
    return pairs.assign(ratio=ratio, **names, note=NOTE)


def mirror_gaps(focal: str = "KAZ", *, partner: str | None = None) -> pd.DataFrame:
    """Compare exporters' and importers' books in all flows of a state that both sides report.

    Parameters
    ----------
    focal
        ISO3 code of a state; the importers are Kazakhstan, Kyrgyzstan and Russia.
    partner
        The other side; by default all.

    Returns
    -------
    pandas.DataFrame
        ``exporter``, ``importer``, ``year``, ``exports`` and ``imports`` (USD million), ``ratio``,
        ``missing``, ``missing_low``, ``missing_high``, ``note``, ``exporter_source``, ``importer_source``;
        the last year and the largest flow first. Empty for a state without such a flow. Nothing after 2021.

    Raises
    ------
    tertius.errors.BadInput
        If there is no such state.

    Examples
    --------
    >>> found = mirror_gaps("KAZ", partner="CHN")
    >>> found[["exporter", "year", "ratio"]].round(2).to_numpy().tolist()
    [['CHN', 2021, 1.7]]
    """
    for name in (focal, *([partner] if partner else ())):
        if name not in known_countries():
            raise unknown("mirror_gaps", "country", name, sorted(known_countries()))
    if focal == partner:
        raise BadInput("mirror_gaps", f"{focal} is state and partner at once", "name another partner")
    table = evidence_table("mirror_gaps.csv")
    sides = table[["exporter", "importer"]]
    own = (sides == focal).any(axis=1) & ((sides == partner).any(axis=1) if partner else True)
    found = gap_table(table[own]).sort_values(["year", "exports"], ascending=False, ignore_index=True)
    last = ["exporter_source", "importer_source"]
    return found[[c for c in found if c not in last] + last]


def mirror_line(gaps: pd.DataFrame, focal: str) -> str:
    """Say in a sentence what partners report of their exports to a state, against its own books.

    Examples
    --------
    >>> mirror_line(mirror_gaps("KAZ"), "KAZ").split(":")[0]
    'Mirror 2021'
    """
    own = gaps[gaps["importer"] == focal]
    if own.empty:
        return "Mirror: no flow that both sides report" if gaps.empty else _as_exporter(gaps, focal)
    year = int(own["year"].max())
    own = own[own["year"] == year]
    whole = own["exports"].sum() / own["imports"].sum()
    top = own.assign(gap=own["exports"] - own["imports"]).nlargest(1, "gap").iloc[0]
    return (
        f"Mirror {year}: {len(own)} partners report {whole:.2f} times what {focal} shows as imports from"
        f" them; the median ratio is {np.median(own['ratio']):.2f}, the largest gap {top['exporter']}"
        f" ({top['exports'] / 1e3:.1f} against {top['imports'] / 1e3:.1f} bn USD)"
    )


def _as_exporter(gaps: pd.DataFrame, focal: str) -> str:
    last = gaps[gaps["year"] == gaps["year"].max()]
    parts = ", ".join(f"{r.importer} {r.ratio:.2f}" for r in last.itertuples())
    return f"Mirror {int(last['year'].iloc[0])}: exports of {focal} over what importers show: {parts}"
