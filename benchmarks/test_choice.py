# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Time of the third country's choice, two threads. Run: pytest benchmarks/test_choice.py --benchmark-only"""

import pytest

import tertius as tt
from tertius.choice import POWERS, PRIOR, payoff_surface, refine, regions
from tertius.choice import today as today_setting

GROUPS = ("chpl", "electronics", "machinery")


@pytest.mark.parametrize(("groups", "rounds"), [((), 3), (GROUPS, 1)], ids=["11 stances", "11 x 11 stances"])
def test_surface(benchmark, groups, rounds):
    """Four states, eight elasticity sets, one pair of levers, 90 economies, nothing kept."""
    world = tt.load_world("eurasia-2021")
    given = {"groups": groups, "options": (), "cache": False}
    found = benchmark.pedantic(payoff_surface, (world,), given, rounds=rounds, warmup_rounds=0)
    assert found.value.shape[2] == 11 ** (1 + bool(groups))
    benchmark.extra_info.update(solves=4 * len(found.sets) * len(found.stance), wanted_s=120)


@pytest.mark.parametrize("groups", [(), GROUPS], ids=["one group", "two groups"])
def test_region_maps(benchmark, groups):
    """60 x 60 threats, five curvatures, eight elasticity sets; 101 stances, or 21 x 21."""
    stances = 11 if not groups else 3
    solved = payoff_surface(tt.load_world("eurasia-2021"), groups=groups, stances=stances, options=())
    fine = refine(solved, 21 if groups else 101)
    found = benchmark.pedantic(regions, (fine, today_setting(), PRIOR), rounds=3, warmup_rounds=1)
    assert set(found) == set(POWERS)
    benchmark.extra_info.update(wanted_s=60)
