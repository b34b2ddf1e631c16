# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Tables of measured alignment, influence, activity and of EU exports under bans."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import pandas as pd

__all__ = ["EVIDENCE_TABLES", "evidence_table"]

EVIDENCE_TABLES = (
    "activity.parquet",
    "backtest_eu27_exports_2022.csv",
    "eu_panel.parquet",
    "eu_panel_products.csv",
    "influence.parquet",
    "leaders_trips.csv",
    "mirror_gaps.csv",
    "product_texts.csv",
    "published_facts.csv",
    "un_alignment.parquet",
    "un_ukraine_votes.csv",
)
TEXT = {"product": str, "code": str, "text": str, "ban": str, "value": str, "period": str, "vote": str}


@cache
def _table(name: str) -> pd.DataFrame:
    with as_file(files("tertius.data") / "tables" / name) as path:
        if name.endswith(".parquet"):
            return pd.read_parquet(path)
        return pd.read_csv(path, comment="#", dtype=TEXT, keep_default_na=False)


def evidence_table(name: str) -> pd.DataFrame:
    """Read one shipped table of evidence; ``docs/evidence.md`` has the columns.

    Parameters
    ----------
    name
        File name, one of ``EVIDENCE_TABLES``.

    Returns
    -------
    pandas.DataFrame
        A copy that may be changed.

    Examples
    --------
    >>> list(evidence_table("leaders_trips.csv").columns)
    ['state', 'year', 'made', 'received']
    """
    return _table(name).copy()
