# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a fresh process costs: import, memory, and the whole main job."""

import subprocess

import pytest
from process import IMPORT, MAIN_JOB, MEMORY, child

import tertius as tt


def test_import(benchmark):
    """Wall time of a fresh interpreter that imports the package, less one that imports nothing."""
    benchmark.pedantic(child, (IMPORT,), rounds=10, warmup_rounds=1)
    benchmark.extra_info["import_seconds"] = child(IMPORT)


def test_peak_memory_of_one_solve(benchmark):
    """Peak allocation during the solve, and of the whole process, MB."""
    found = benchmark.pedantic(child, (MEMORY,), rounds=1)
    benchmark.extra_info.update(solve_mb=found[0], process_mb=found[1])
    assert found[0] < 200


def test_main_job(benchmark, tmp_path):
    """tertius run kazakhstan-2022, in a process of its own."""
    if "kazakhstan-2022" not in tt.list_studies():
        pytest.skip("there is no study kazakhstan-2022 yet")
    rounds = iter(range(10))
    benchmark.pedantic(
        lambda: subprocess.run(
            [*MAIN_JOB, str(tmp_path / str(next(rounds)))], check=True, capture_output=True
        ),
        rounds=2,
    )
