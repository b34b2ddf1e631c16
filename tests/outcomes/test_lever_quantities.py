# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Numbers that claims are judged by: they say what results, verdicts and tables say."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from strategies import random_world
from tertius.outcomes.exposure_paths import exposure_paths
from tertius.outcomes.quantity import UNITS
from tertius.outcomes.union_value import union_value

LEVERS = """
schema_version: 1
name: small
title: For tests
levers:
  - {name: embargo, title: e, user: [power], target: [focal], instrument: embargo, purpose: p,
     why: &w {title: t}, measures: [{kind: embargo, exporters: [user], importers: [target], why: *w}]}
  - {name: half-ban, title: h, user: [power], target: [focal], instrument: export_ban, purpose: p, why: *w,
     measures: [{kind: export_ban, exporters: [user], importers: [target], sectors: [goods],
                 coverage: 0.5, why: *w}]}
  - {name: money, title: m, user: [power], target: [focal], instrument: transfer, purpose: p, why: *w,
     measures: [{kind: transfer, payers: [target], receivers: [user], amount: 0.5, why: *w}]}
  - {name: unknown, title: u, user: [power], target: [focal], instrument: embargo, purpose: p, why: *w,
     identification: not identified, reason: nobody knows}
"""


@pytest.fixture(scope="module")
def world():
    w = random_world(5, 3, 5, holes=False)
    return tt.World.from_arrays(
        ["DEU", "USA", "RUS", "KAZ", "ROW"], ["C26", "C28", "SERV"], trade=w.trade_values,
        tariff=w.tariff_values, input_share=w.input_share_values, elasticity=[4.0, 6.0, 5.0], name="small",
        elasticity_sets={"low": [2.0, 3.0, 4.0]},
    )  # fmt: skip


@pytest.fixture(scope="module")
def ledger(world, tmp_path_factory):
    path = tmp_path_factory.mktemp("levers") / "small.yaml"
    path.write_text(LEVERS, encoding="utf-8")
    return tt.levers(world, "KAZ", ("RUS", "G7"), [path], runs=("long",))


def test_levers_as_numbers_are_those_of_the_results(ledger):
    found = ledger.quantities("RUS")
    assert all(q.unit in UNITS for q in found.values())
    assert all(tuple(q.values) == ledger.sets for q in found.values())
    own = ledger.of_power("RUS")
    assert {r.lever.spec.name for r in own} == {"embargo", "half-ban", "money"}
    central = ledger.sets[0]
    for r in own:
        key = r.lever.spec.name.replace("-", "_")
        assert_allclose(found[f"{key}_target"].values[central], r.target.percent.central)
        assert_allclose(found[f"{key}_user"].values[central], r.user.percent.central)
        assert_allclose(max(found[f"{key}_target"].values.values()), r.target.percent.high)
        assert found[f"{key}_ratio"].values[central] == r.ratio_dollars.central
    assert found["levers"].values[central] == 3
    assert found["not_identified"].values[central] == 1
    assert_allclose(found["mutual"].values[central], 2 / 3)  # money costs its user nothing
    assert_allclose(found["free"].values[central], 1 / 3)
    ratios = [r.ratio_dollars.central for r in own if np.isfinite(r.ratio_dollars.central)]
    assert found["largest_ratio"].values[central] == max(ratios)
    assert found["least_ratio"].values[central] == min(ratios)
    assert found["largest_loss"].values[central] == max(r.target.percent.central for r in own)


def test_the_band_asks_for_every_cell(ledger):
    found = ledger.quantities("RUS")
    for name in ("mutual", "comparable"):
        band = set(found[f"{name}_in_band"].values.values())
        assert band == {np.mean([getattr(r, name) for r in ledger.of_power("RUS")])}
        assert band.pop() <= min(found[name].values.values()) + 1e-12
    held = found["mutual_in_band"].values[ledger.sets[0]]
    assert ledger.verdict("RUS") == ("mixed" if held > 0.5 else "contradicted")


def test_a_power_without_levers_has_no_shares(ledger):
    found = ledger.quantities("CHN")
    assert set(found["levers"].values.values()) == {0.0}
    assert np.isnan(list(found["mutual"].values.values())).all()
    assert np.isnan(list(found["largest_loss"].values.values())).all()


def test_the_union_as_numbers(world):
    rates = {"C26": 0.05, "C28": 0.1}
    value = union_value(world, scenarios=(None, "embargo-rus-kaz"), routes=None, common=rates, national=rates,
                        border=(0.05, 0.1, 0.02))  # fmt: skip
    found = value.quantities()
    assert all(q.unit in UNITS for q in found.values())
    for j, when in enumerate(("before", "after")):
        total = np.array(list(found[f"value_{when}"].values.values()))
        assert_allclose(total, value.total[j])
        parts = [list(found[f"{p}_{when}"].values.values()) for p in ("tariff", "border", "re_export")]
        assert_allclose(np.sum(parts, axis=0), total, atol=1e-10)
        ends = [np.array(list(found[f"value_{when}_{e}_border"].values.values())) for e in ("low", "high")]
        assert np.all(ends[0] <= total)
        assert np.all(total <= ends[1])
    assert_allclose(list(found["change"].values.values()), value.total[1] - value.total[0])


def test_exposure_as_numbers():
    for to in ("productivity", "trade_cost"):
        paths = exposure_paths("KAZ", ("RUS", "CHN"), ("BLR", "TUR"), (2018, 2021), "icio", to)
        found = {k: q.values["FGO"] for k, q in paths.quantities("RUS").items()}
        assert found["weight_first"] > 0
        assert_allclose(found["trend"], (found["weight_last"] - found["weight_first"]) / 3)
        assert_allclose(found["gap"], found["trend"] - found["trend_of_peers"])
        falls = found["trend"] < 0 and found["gap"] < 0
        assert (paths.verdict("RUS") == "supported") == falls
    with pytest.raises(tt.BadInput, match="power"):
        paths.quantities("USA")
