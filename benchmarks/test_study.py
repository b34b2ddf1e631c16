# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Time of the whole main job, report included, nothing kept. Run: pytest benchmarks/test_study.py"""

import os
import subprocess

import pytest
from process import MAIN_JOB


@pytest.mark.parametrize("workers", [1, 2])
def test_main_job(benchmark, tmp_path, workers):
    """tertius run kazakhstan-2022 in processes of its own; every round with an empty cache."""
    rounds = iter(range(10))

    def run():
        here = tmp_path / str(next(rounds))
        environment = os.environ | {"TERTIUS_CACHE": str(here / "cache")}
        job = [*MAIN_JOB, str(here / "run"), "--workers", str(workers)]
        subprocess.run(job, check=True, capture_output=True, env=environment)

    benchmark.pedantic(run, rounds=3)
    benchmark.extra_info["workers"] = workers
