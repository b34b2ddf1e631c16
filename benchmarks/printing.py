# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Timing and printing that all tables share."""

from __future__ import annotations

from time import perf_counter

import numpy as np


def times(job, rounds, warm=2):
    """Seconds of each round."""
    for _ in range(warm):
        job()
    out = []
    for _ in range(rounds):
        began = perf_counter()
        job()
        out.append(perf_counter() - began)
    return out


def copy_bandwidth():
    """Bytes read plus bytes written per second when copying 256 MB."""
    source = np.ones(32 * 2**20)
    target = np.empty_like(source)
    return 2 * source.nbytes / min(times(lambda: np.copyto(target, source), 9))


def row(*cells):
    """Print one line of a table."""
    print("| " + " | ".join(str(c) for c in cells) + " |", flush=True)


def header(*cells):
    """Print the head of a table."""
    print()
    row(*cells)
    row(*("---" for _ in cells))
