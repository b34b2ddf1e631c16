# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Every figure of a report as SVG, and what it draws as CSV."""

from __future__ import annotations

import csv
from pathlib import Path

from tertius.report.charts.standalone import standalone
from tertius.report.figures import figures
from tertius.report.page import Page
from tertius.study import StudyRun

__all__ = ["write_figures"]


def write_figures(run: StudyRun, page: Page, folder: Path) -> None:
    """Write ``figures/NAME.svg`` and, where a figure has them, its numbers as ``figures/NAME.csv``."""
    into = folder / "figures"
    into.mkdir()
    for drawing in figures(page):
        (into / f"{drawing.id}.svg").write_text(standalone(drawing.svg), encoding="utf-8", newline="\n")
        if drawing.data is None:
            continue
        with (into / f"{drawing.id}.csv").open("w", encoding="utf-8", newline="") as opened:
            written = csv.writer(opened, lineterminator="\n")
            written.writerow(drawing.data.columns)
            written.writerows(drawing.data.rows)
