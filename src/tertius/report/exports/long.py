# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The results table for Stata, and as a long table of the IAMC."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tertius.labels import place_name
from tertius.outcomes.export import STATA_LABEL
from tertius.report.page import Page
from tertius.study import StudyRun

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["IAMC", "iamc", "write_iamc", "write_stata"]

IAMC = ("model", "scenario", "region", "variable", "unit", "year", "value")
LABELS = {
    "id": "Row of results.parquet",
    "scenario": "Scenario reference",
    "study_case": "Case of the study, or room",
    "closure": "Closure; empty for numbers of rooms",
    "elasticity": "Elasticity set or draw; min, median, max are over the draws",
    "region": "Country or group, code",
    "region_name": "Country or group",
    "variable": "What is measured",
    "unit": "Unit of value",
    "value": "Value",
}
NAMED = ("study_case", "closure", "elasticity", "region_name", "unit")  # few values, many rows: value labels


def write_stata(run: StudyRun, page: Page, folder: Path) -> None:
    """Write ``results.dta``: one number a row, with labels; what is the same in all rows is in its label."""
    import pandas as pd

    held = run.results.rename(columns={"case": "study_case"})  # the word is taken in Stata
    frame = held.assign(region_name=[_name(r) for r in held["region"]])[list(LABELS)]
    frame["value"] = frame["value"].replace([np.inf, -np.inf], np.nan)  # Stata knows no infinity
    for column in NAMED:
        frame[column] = pd.Categorical(frame[column], categories=sorted(set(frame[column])))
    about = f"{run.manifest['study']['name']}, {run.grid.world.name}, tertius {run.manifest['tertius']}"
    frame.to_stata(
        folder / "results.dta",
        write_index=False,
        version=118,
        variable_labels=LABELS,
        data_label=about[:STATA_LABEL],
    )


def _name(region: str) -> str:
    found = place_name(region)
    return found[:1].upper() + found[1:]


def iamc(run: StudyRun) -> pd.DataFrame:
    """Give every number of a run in the seven columns of the IAMC; each row is one time series of one year.

    The scenario names study, case, closure and draw, since the format has no other place for them.

    Parameters
    ----------
    run
        A computed study.

    Returns
    -------
    pandas.DataFrame
        Columns ``IAMC``; unique without ``value``, which is finite.

    Notes
    -----
    Huppmann et al. (2021), pyam: analysis and visualisation of integrated assessment and macro-energy
    scenarios, Open Research Europe 1:74.
    """
    held = run.results[np.isfinite(run.results["value"])]
    parts = held[["study", "case", "closure", "elasticity"]].itertuples(index=False, name=None)
    named = held.assign(scenario=[", ".join(p for p in part if p) for part in parts])
    return named[list(IAMC)]


def write_iamc(run: StudyRun, page: Page, folder: Path) -> None:
    """Write ``iamc.csv``."""
    iamc(run).to_csv(folder / "iamc.csv", index=False, lineterminator="\n", float_format="%.9g")
