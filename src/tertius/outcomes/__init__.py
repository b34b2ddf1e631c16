# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Outcomes: what a solved counterfactual means, by named measure."""

from tertius.outcomes.compare import Comparison as Comparison
from tertius.outcomes.compare import compare as compare
from tertius.outcomes.decomposition import decomposition as decomposition
from tertius.outcomes.equilibrium import Equilibrium as Equilibrium
from tertius.outcomes.exposure import exposure as exposure
from tertius.outcomes.nash_tariffs import nash_tariffs as nash_tariffs
from tertius.outcomes.optimal_tariffs import optimal_tariffs as optimal_tariffs
from tertius.outcomes.response import response as response
from tertius.outcomes.sensitivity import sensitivity as sensitivity
from tertius.outcomes.solve import solve as solve
from tertius.outcomes.welfare import MEASURES as MEASURES
