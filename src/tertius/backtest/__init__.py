# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Predictions of a study against what happened, and against naive rivals."""

from tertius.backtest.outcomes import Outcomes as Outcomes
from tertius.backtest.outcomes import read_outcomes as read_outcomes
from tertius.backtest.outcomes import shipped_outcomes as shipped_outcomes
from tertius.backtest.run import Backtest as Backtest
from tertius.backtest.run import backtest as backtest
