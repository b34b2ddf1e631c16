# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A panel of a million rows, all claims of the evidence, and a backtest."""

import numpy as np
import pandas as pd
import pytest

from tertius.backtest import backtest
from tertius.evidence import detect, evidence_claims
from tertius.evidence.panel import read_panel


@pytest.fixture(scope="module")
def million(tmp_path_factory):
    """Eight hundred products, seven partners, five origins, three years."""
    codes = [f"{60 + k % 40}{k:04d}" for k in range(800)]
    partners, origins = ["RUS", "KAZ", "KGZ", "ARM", "GEO", "UZB", "TUR"], ["DEU", "FRA", "ITA", "POL", "NLD"]
    months = [f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13)]
    names = ["product", "partner", "origin", "month"]
    table = pd.MultiIndex.from_product([codes, partners, origins, months], names=names).to_frame(index=False)
    table["value"] = np.exp(np.random.default_rng(0).normal(8.0, 1.5, len(table)))
    path = tmp_path_factory.mktemp("panel") / "million.parquet"
    table.to_parquet(path, index=False)
    return path, dict.fromkeys(codes[:600], "2022-04")


def test_detection_in_a_million_rows(benchmark, million):
    path, bans = million
    found = benchmark.pedantic(lambda: detect(read_panel(path), bans=bans), rounds=3)
    assert len(found.hubs) == 6


def test_all_claims(benchmark):
    assert len(benchmark.pedantic(evidence_claims, ("KAZ",), rounds=2)) == 6


def test_backtest(benchmark):
    assert benchmark.pedantic(backtest, ("kazakhstan-2022",), rounds=2).verdict
