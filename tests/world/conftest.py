# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A golden world small enough to check by hand: three countries, two sectors, one of them idle in C."""

from __future__ import annotations

import numpy as np
import pytest

import tertius as tt


def golden_arrays():
    """Sector X is traded; C makes no Y and buys it from A. All numbers are exact in binary."""
    trade = np.zeros((3, 3, 2))
    trade[:, :, 0] = [[50, 10, 6], [8, 40, 2], [4, 4, 16]]
    trade[:, :, 1] = [[80, 0, 8], [0, 60, 0], [0, 0, 0]]
    tariff = np.zeros((3, 3, 2))
    tariff[1, 0, 0], tariff[0, 2, 0], tariff[0, 2, 1] = 0.25, 0.5, 0.125
    share = np.zeros((3, 2, 2))
    share[:, 0, 0], share[:, 1, 0], share[:, 0, 1] = 0.25, 0.125, 0.125
    return {"trade": trade, "tariff": tariff, "input_share": share, "elasticity": np.array([4.0, 8.0])}


@pytest.fixture
def arrays():
    return golden_arrays()


@pytest.fixture
def golden():
    return tt.World.from_arrays(
        ["AAA", "BBB", "CCC"],
        ["X", "Y"],
        **golden_arrays(),
        name="golden",
        year=2021,
        elasticity_sets={"low": [2.0, 3.0], "high": [8.0, 9.0]},
        record={"sources": ["by hand"]},
    )
