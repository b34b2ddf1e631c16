# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Print the benchmarks as Markdown tables, with the machine and its copy bandwidth beside.

Run on a quiet machine: ``python benchmarks/report.py`` (a few minutes), ``--quick`` leaves out the
plain tatonnement and the main job.
"""

from __future__ import annotations

import os

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
os.environ.update(dict.fromkeys(THREADS, "1"))

import argparse  # noqa: E402
import platform  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402
from dataclasses import replace  # noqa: E402
from pathlib import Path  # noqa: E402
from statistics import median  # noqa: E402

import numpy as np  # noqa: E402
from economies import CASES, SHIPPED  # noqa: E402
from nested import nested  # noqa: E402
from printing import copy_bandwidth, header, row, times  # noqa: E402
from process import IMPORT, IMPORT_AND_NAMES, MAIN_JOB, MEMORY, child  # noqa: E402
from tariff_games import games  # noqa: E402
from variants import derivatives, variants  # noqa: E402

import tertius as tt  # noqa: E402

COLUMNS = (
    "solve to 1e-10",
    "median ms",
    "wanted ms",
    "quartiles ms",
    "sweeps",
    "ms a sweep",
    "bound ms a sweep",
    "times bound",
    "plain tatonnement",
    "ratio",
)
WANTED = {"40x31 tariff war": 15, "76x45 tariff war": 50, "81x28 decoupling-x2": 60}  # ms


def processor():
    """Name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(x.split(":", 1)[1].strip() for x in lines if x.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def machine(bandwidth):
    """Print where this was measured."""
    print(f"{processor()}, {os.cpu_count()} logical processors, {platform.system()};", end=" ")
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, tertius {tt.__version__};", end=" ")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"BLAS threads {os.environ['OPENBLAS_NUM_THREADS']}{load}.")
    print(f"Copy bandwidth {bandwidth / 1e9:.1f} GB/s (read plus write, 256 MB).")


def solves(bandwidth, plain):
    """Print one line for each economy."""
    header(*COLUMNS)
    for name, make in CASES.items():
        world, z = make()
        eq = tt.solve(world, z)
        eq.report.require()
        found = sorted(times(lambda world=world, z=z: tt.solve(world, z), 31))
        mid, n, s = median(found), len(world.countries), len(world.sectors)
        sweep = mid / eq.report.sweeps
        bound = 8 * (2 * n * n * s + 2 * n * s * s) / bandwidth
        told, ratio = "-", "-"
        if plain:
            slow = nested(world, z, limit=60.0, damping=1.0)  # the faster of the two textbook forms
            end = "" if slow.residual <= 1e-10 else f", stopped at {slow.residual:.0e}"
            told = f"{slow.seconds:.1f} s, {slow.passes} passes{end}"
            ratio = f"{'> ' if end else ''}{slow.seconds / mid:.0f}"
            agree = np.abs(slow.w / eq.wage_hat.values - 1).max()
            assert agree < 1e-6 or end, f"{name}: the two methods differ by {agree:.1e}"
        quartiles = f"{1e3 * found[7]:.1f}-{1e3 * found[23]:.1f}"
        row(
            name, f"{1e3 * mid:.1f}", WANTED[name], quartiles, eq.report.sweeps, f"{1e3 * sweep:.3f}",
            f"{1e3 * bound:.3f}", f"{sweep / bound:.1f}", told, ratio,
        )  # fmt: skip


def around():
    """Print what surrounds a solve."""
    world, scenario = tt.load_world("icio-2021"), tt.Scenario.load("decoupling-x2")
    memory = child(MEMORY)
    header("81x28, around the solve", "median", "wanted")
    jobs = {
        "scenario to wedges to solve": lambda: tt.solve(world, scenario),
        "the same with a fresh world": lambda: tt.solve(replace(world), scenario),
        "world from disk": lambda: tt.World.load(SHIPPED),
    }
    for name, job in jobs.items():
        row(name, f"{1e3 * median(times(job, 9)):.1f} ms", "")
    row("peak memory of the solve", f"{memory[0]:.0f} MB (process {memory[1]:.0f} MB)", "200 MB")
    for name, program in {"import tertius": IMPORT, "with World, Scenario, solve": IMPORT_AND_NAMES}.items():
        row(name, f"{median(child(program) for _ in range(10)):.3f} s", "0.3 s")


def main_job():
    """Print the time of the whole main job."""
    if "kazakhstan-2022" not in tt.list_studies():
        row("tertius run kazakhstan-2022", "not there yet", "20 s")
        return
    with tempfile.TemporaryDirectory() as folder:
        runs = iter(range(9))

        def job():
            subprocess.run([*MAIN_JOB, f"{folder}/{next(runs)}"], check=True, capture_output=True)

        row("tertius run kazakhstan-2022", f"{median(times(job, 3, 0)):.1f} s", "20 s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="print the benchmarks as Markdown tables")
    parser.add_argument("--quick", action="store_true", help="no plain tatonnement, no main job")
    quick = parser.parse_args().quick
    speed = copy_bandwidth()
    machine(speed)
    solves(speed, not quick)
    variants(speed)
    derivatives()
    around()
    games()
    if not quick:
        main_job()
