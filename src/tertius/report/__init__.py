# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""One self-contained HTML page from a `Page`: charts, map, ledger, method and origins."""

from tertius.report.diff import diff_runs as diff_runs
from tertius.report.exports import export_run as export_run
from tertius.report.run import run_study as run_study
