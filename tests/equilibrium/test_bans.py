# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A ban on a share c of a flow closes exactly that share: (kappa^)^(-theta) = 1 - c (METHODS, section 3)."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from strategies import random_world

FILE = """
schema_version: 1
name: test-ban
title: A ban
measures:
{measures}
"""
MEASURE = """
  - kind: {kind}
    exporters: [DEU]
    importers: [RUS]
    sectors: [C26]
    coverage: {coverage}
    why: {{title: test, status: assumption}}
"""


@pytest.fixture(scope="module")
def world():
    plain = random_world(4, 3, 3, thetas=(0.6, 65.0), holes=False)
    return tt.World.from_arrays(
        ["DEU", "KAZ", "RUS", "USA"],
        ["B06", "C26", "SERV"],
        trade=plain.trade_values,
        tariff=plain.tariff_values,
        input_share=plain.input_share_values,
        elasticity=plain.elasticity_values,
    )


def scenario(folder, *measures):
    path = folder / "ban.yaml"
    path.write_text(FILE.format(measures="".join(measures)), encoding="utf-8")
    return tt.Scenario.load(path)


def surviving(world, z):
    """(kappa^)^(-theta) of the covered flow."""
    iceberg = z.iceberg.sel(exporter="DEU", importer="RUS", sector="C26").item()
    return iceberg ** -world.elasticity.sel(sector="C26").item()


@pytest.mark.parametrize("kind", ["export_ban", "import_ban", "embargo"])
@pytest.mark.parametrize("coverage", [0.0, 0.01, 0.5, 0.999, 1.0])
@pytest.mark.parametrize("theta", [0.6, 5.0, 65.0])
def test_coverage(world, tmp_path, kind, coverage, theta):
    world = world.with_elasticity([4.0, theta, 6.0])
    z = scenario(tmp_path, MEASURE.format(kind=kind, coverage=coverage)).wedges(world)
    assert_allclose(surviving(world, z), 1.0 - coverage, atol=1e-14)
    changed = z.iceberg.values != 1.0
    assert changed.sum() <= (2 if kind == "embargo" else 1)
    assert np.array_equal(z.tariff, world.tariff)


def test_bans_on_disjoint_goods_add_up(world, tmp_path):
    parts = [MEASURE.format(kind="export_ban", coverage=c) for c in (0.2, 0.3)]
    z = scenario(tmp_path, *parts).wedges(world)
    assert_allclose(surviving(world, z), 0.5, rtol=1e-12)


def test_the_covered_share_is_the_first_order_fall_of_the_flow(world, tmp_path):
    """At unchanged prices the flow falls by c; with a tiny flow the rest of the world barely notices."""
    trade = world.trade_values.copy()
    trade[0, 2, 1] *= 1e-7
    small = tt.World.from_arrays(
        world.countries,
        world.sectors,
        trade=trade,
        tariff=world.tariff_values,
        input_share=world.input_share_values,
        elasticity=world.elasticity_values,
    )
    eq = tt.solve(small, scenario(tmp_path, MEASURE.format(kind="export_ban", coverage=0.4)))
    flow = {"exporter": "DEU", "importer": "RUS", "sector": "C26"}
    assert_allclose(eq.trade.sel(flow) / small.trade.sel(flow), 0.6, rtol=1e-5)


def test_a_full_ban_is_a_true_zero(world, tmp_path):
    eq = tt.solve(world, scenario(tmp_path, MEASURE.format(kind="export_ban", coverage=1.0)))
    eq.report.require()
    assert eq.trade.sel(exporter="DEU", importer="RUS", sector="C26") == 0.0
    assert eq.trade.sel(exporter="RUS", importer="DEU", sector="C26") > 0.0
