# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Small programs that are measured in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

IMPORT = """
import json, time
began = time.perf_counter()
import tertius
print(json.dumps(time.perf_counter() - began))
"""

IMPORT_AND_NAMES = """
import json, time
began = time.perf_counter()
import tertius as tt
tt.World, tt.Scenario, tt.solve
print(json.dumps(time.perf_counter() - began))
"""

MEMORY = """
import json, resource, sys, tracemalloc
from pathlib import Path
import tertius as tt
world = tt.load_world("icio-2021")
z = tt.Scenario.load("decoupling-x2").wedges(world)
tracemalloc.start()
tt.solve(world, z).report.require()
solve = tracemalloc.get_traced_memory()[1]
status = Path("/proc/self/status")
if status.exists():  # the peak of this program alone; ru_maxrss would remember the parent's
    whole = next(1024 * int(x.split()[1]) for x in status.read_text().splitlines() if x.startswith("VmHWM"))
else:
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps([solve / 1e6, whole / 1e6]))
"""

MAIN_JOB = [sys.executable, "-c", "from tertius.cli import main; main()", "run", "kazakhstan-2022", "--out"]


def child(program: str) -> Any:
    """Run a program in a fresh interpreter and give what it prints as JSON."""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)
