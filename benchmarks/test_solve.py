# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Time of one solve to 1e-10 on all equations, one thread. Run: pytest benchmarks --benchmark-only"""

from dataclasses import replace

import pytest
from economies import CASES, SHIPPED

import tertius as tt

BOUNDS = {"40x31 tariff war": 15, "76x45 tariff war": 50, "81x28 decoupling-x2": 60}  # ms, medians wanted


@pytest.mark.parametrize("case", CASES)
def test_solve_alone(benchmark, case):
    """Base arrays and wedges are ready."""
    world, z = CASES[case]()
    eq = benchmark.pedantic(tt.solve, (world, z), rounds=20, warmup_rounds=3)
    eq.report.require()
    assert eq.report.residual <= 1e-10
    benchmark.extra_info.update(sweeps=eq.report.sweeps, method=eq.report.method, wanted_ms=BOUNDS[case])


def test_scenario_to_wedges_to_solve(benchmark):
    world = tt.load_world("icio-2021")
    scenario = tt.Scenario.load("decoupling-x2")
    eq = benchmark.pedantic(tt.solve, (world, scenario), rounds=20, warmup_rounds=3)
    eq.report.require()


def test_fresh_world_to_solve(benchmark):
    """Accounts, their check and the engine's arrays are made anew each time."""
    world = tt.load_world("icio-2021")
    scenario = tt.Scenario.load("decoupling-x2")
    eq = benchmark.pedantic(
        tt.solve, setup=lambda: ((replace(world), scenario), {}), rounds=10, warmup_rounds=2
    )
    eq.report.require()


def test_world_from_disk(benchmark):
    benchmark.pedantic(tt.World.load, (SHIPPED,), rounds=5, warmup_rounds=1)


@pytest.mark.parametrize("measure", ["real_income", "first_order"])
def test_welfare(benchmark, measure):
    world, z = CASES["81x28 decoupling-x2"]()
    eq = tt.solve(world, z)
    benchmark(eq.welfare, measure)
