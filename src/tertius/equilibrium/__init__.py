# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The equilibrium: equations, fixed point, its story. Plain arrays only."""

from tertius.equilibrium.arrays import Baseline as Baseline
from tertius.equilibrium.arrays import PriceCap as PriceCap
from tertius.equilibrium.arrays import Quota as Quota
from tertius.equilibrium.arrays import Shock as Shock
from tertius.equilibrium.arrays import Substitution as Substitution
from tertius.equilibrium.arrays import sector_first as sector_first
from tertius.equilibrium.report import Outcome as Outcome
from tertius.equilibrium.report import SolveReport as SolveReport
from tertius.equilibrium.solve import Solution as Solution
from tertius.equilibrium.solve import balanced_base as balanced_base
from tertius.equilibrium.solve import solve_hats as solve_hats
from tertius.equilibrium.system import Closure as Closure
