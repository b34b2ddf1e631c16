# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a fresh process costs: import and memory."""

from process import IMPORT, MEMORY, child


def test_import(benchmark):
    """Wall time of a fresh interpreter that imports the package, less one that imports nothing."""
    benchmark.pedantic(child, (IMPORT,), rounds=10, warmup_rounds=1)
    benchmark.extra_info["import_seconds"] = child(IMPORT)


def test_peak_memory_of_one_solve(benchmark):
    """Peak allocation during the solve, and of the whole process, MB."""
    found = benchmark.pedantic(child, (MEMORY,), rounds=1)
    benchmark.extra_info.update(solve_mb=found[0], process_mb=found[1])
    assert found[0] < 200
