# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Time of optimal and Nash tariffs, one thread. Run: pytest benchmarks --benchmark-only"""

import pytest
from tariff_games import PLAYERS, WANTED, fifteen

import tertius as tt


@pytest.mark.parametrize(
    ("case", "verify"), [("Nash, 5 players", False), ("the same, each tested again", True)]
)
def test_nash_of_five_players(benchmark, case, verify):
    """One uniform import tariff per partner player on goods, 15 regions and 28 sectors."""
    world = fifteen()
    war = benchmark.pedantic(tt.nash_tariffs, (world, PLAYERS), {"verify": verify}, rounds=5, warmup_rounds=1)
    assert war.converged
    assert war.verified is verify
    benchmark.extra_info.update(evaluations=war.evaluations, method=war.method, wanted_s=WANTED[case])


@pytest.mark.parametrize("by", ["all", "partner", "flow"])
def test_optimal_tariffs_of_the_usa(benchmark, by):
    """1, 80 and 2160 rates in the world of 81 economies."""
    world = tt.load_world("icio-2021")
    best = benchmark.pedantic(tt.optimal_tariffs, (world, "USA"), {"by": by}, rounds=3, warmup_rounds=1)
    assert best.converged
    assert best.verified
    benchmark.extra_info.update(evaluations=best.evaluations)
