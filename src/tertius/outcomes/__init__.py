# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Outcomes: what a solved counterfactual means, by named measure."""

from tertius.outcomes.equilibrium import Equilibrium as Equilibrium
from tertius.outcomes.solve import solve as solve
from tertius.outcomes.welfare import MEASURES as MEASURES
