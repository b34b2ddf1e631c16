# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The builder on a tiny synthetic raw folder, and the rules for tariffs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import tertius as tt
from tertius.data.icio import FlowFile, UseTable, read_flows, read_use
from tertius.world.build import build_world, build_worlds, cost_shares
from tertius.world.tariffs import clean_tariffs

COUNTRIES = ("BLR", "DEU", "KAZ", "RUS", "ROW")
SECTORS = ("A01", "B06", "SERV")
DETAIL = ("A01", "B06", "G", "H")  # the last two are services
SETS = ("CP", "FGO")


def flow_file(seed=0):
    rng = np.random.default_rng(seed)
    n, s = len(COUNTRIES), len(SECTORS)
    trade = np.exp(rng.normal(2.0, 1.0, (n, n, s)))
    trade[np.arange(n), np.arange(n)] += 100
    trade[1, :, 1] = 0  # DEU has no oil
    tariff = rng.uniform(0.01, 0.2, (n, n, s))
    tariff[-1] = tariff[:, -1] = 0
    theta = {k: rng.uniform(1, 9, s) for k in SETS}
    return FlowFile(COUNTRIES, SECTORS, trade, tariff, theta)


def use_table(seed=0):
    rng = np.random.default_rng(100 + seed)
    n, k = len(COUNTRIES) - 1, len(DETAIL)
    output = np.exp(rng.normal(4.0, 0.3, (n, k)))
    output[1, 1] = 0
    share = rng.uniform(0.02, 0.15, (n, k, k))
    return UseTable(COUNTRIES[:-1], DETAIL, share * output[:, None, :], output)


# --- tariffs ----------------------------------------------------------------------------------------


def cleaned(seed=0, union=("BLR", "KAZ", "RUS")):
    raw = flow_file(seed)
    new, record = clean_tariffs(raw.trade, raw.tariff, COUNTRIES, SECTORS, union)
    return raw, new, record


@given(st.integers(0, 999))
def test_the_union_keeps_its_revenue_from_outside(seed):
    raw, new, _ = cleaned(seed)
    members, outside = [0, 2, 3], [1, 4]
    cells = np.ix_(outside, members, [0, 1])
    before, after = (raw.tariff * raw.trade)[cells], (new * raw.trade)[cells]
    assert_allclose(after.sum(axis=1), before.sum(axis=1), rtol=1e-13)  # by exporter and sector


def test_what_is_freed_and_what_stays():
    raw, new, record = cleaned()
    members, home = [0, 2, 3], np.arange(5)
    assert not new[:, :, 2].any()
    assert not new[home, home].any()
    assert not new[np.ix_(members, members)].any()
    assert_array_equal(new[:, 0, :2][[1, 4]], new[:, 3, :2][[1, 4]])
    assert_array_equal(new[members, 1, :2], raw.tariff[members, 1, :2])  # DEU's own tariffs
    assert_array_equal(new[4], 0)
    assert record["revenue_recorded_musd"] == round(float((raw.tariff * raw.trade).sum()), 1)
    assert record["revenue_shipped_musd"] == round(float((new * raw.trade).sum()), 1)
    assert record["zero_because_missing"] == ["ROW"]
    assert set(record["member_revenue_shipped_musd"]) == {"BLR", "KAZ", "RUS"}


def test_where_no_member_imports_the_mean_is_simple():
    raw, new, _ = cleaned()
    assert not raw.trade[1, :, 1].any()
    assert_allclose(new[1, [0, 2, 3], 1], raw.tariff[1, [0, 2, 3], 1].mean())


def test_before_there_was_a_union():
    raw, new, record = cleaned(union=())
    assert_array_equal(new[0, 2, :2], raw.tariff[0, 2, :2])
    assert record["union"] == []
    assert record["revenue_shipped_musd"] == record["revenue_without_services_musd"]


def test_nothing_given_is_changed():
    raw, _, _ = cleaned()
    assert_array_equal(raw.tariff, flow_file().tariff)


# --- cost shares ------------------------------------------------------------------------------------


def test_cost_shares_by_hand():
    """Services merged with output weights; supplies from the rest of the world and tariffs added."""
    flows, table = flow_file(), use_table()
    share = cost_shares(flows, table)
    use = table.use[2, 0, 2:].sum()  # KAZ: crops used by both services
    rest = flows.trade[4, 2, 0] / flows.trade[:, 2, 0].sum()
    _, tariff, _ = cleaned()  # intra-union trade is free, outside one external tariff
    duty = (tariff * flows.trade)[:, 2, 0].sum() / flows.trade[:, 2, 0].sum()
    assert_allclose(share[2, 0, 2], use * (1 + duty) / (1 - rest) / table.output[2, 2:].sum(), rtol=1e-13)
    serv = table.use[2, 2:, 0].sum() / table.output[2, 0]
    at_home = 1 - flows.trade[4, 2, 2] / flows.trade[:, 2, 2].sum()
    assert_allclose(share[2, 2, 0], serv / at_home, rtol=1e-13)  # no duty on services


def test_the_rest_and_idle_sectors_have_the_average():
    share = cost_shares(flow_file(), use_table())
    assert share.shape == (5, 3, 3)
    assert_array_equal(share[1, :, 1], share[4, :, 1])  # DEU's oil
    busy = [0, 2, 3]
    assert np.all(share[4, :, 1] >= share[busy, :, 1].min(axis=0))
    assert np.all(share[4, :, 1] <= share[busy, :, 1].max(axis=0))


# --- worlds -----------------------------------------------------------------------------------------


def test_build_world():
    flows = flow_file()
    world = build_world(flows, cost_shares(flows, use_table()), 2021)
    assert world.name == "icio-2021"
    assert world.check().ok
    assert world.elasticity_name == "FGO"
    assert set(world.elasticity_sets) == set(SETS)
    assert world.record["zero_output"] == ["DEU B06"]
    assert world.record["tariffs"]["union"] == ["BLR", "KAZ", "RUS"]
    assert world.record["balancing"]["moved"] >= 0
    assert_allclose(world.trade, flows.trade, rtol=1e-7)


def write_mat(path, flows):
    h5py = pytest.importorskip("h5py", reason="h5py (extra `build`) is absent: the builder is NOT tested")
    with h5py.File(path, "w") as f:
        for key, words in (("countries", flows.countries), ("sectors", flows.sectors)):
            cells = f.create_dataset(f"data/{key}", (1, len(words)), dtype=h5py.ref_dtype)
            for k, word in enumerate(words):
                word = "Services (aggregate)" if word == "SERV" else word
                letters = np.array([[ord(c)] for c in word], dtype=np.uint16)
                cells[0, k] = f.create_dataset(f"#refs#/{key}{k}", data=letters).ref
        f["data/Xjik_3D"] = flows.trade.transpose(2, 1, 0)
        f["data/tjik_3D"] = flows.tariff.transpose(2, 1, 0)
        for name, theta in flows.elasticity.items():
            f[f"data/sigma/{name}/epsilon_S"] = theta[None]


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    (folder / "icio").mkdir(parents=True)
    for year, seed in ((2020, 1), (2021, 2), (2022, 0)):
        write_mat(folder / f"icio/ICIO{year}.mat", flow_file(seed))
    table = use_table()
    n, k = table.output.shape
    flows = np.zeros((n, k, n, k), dtype=np.float32)  # supplier country and product, user country and sector
    flows[0] = 0.25 * table.use.transpose(1, 0, 2)
    flows[1] = 0.75 * table.use.transpose(1, 0, 2)
    np.savez(
        folder / "icio/icio2022_Z_country_major_f32.npz",
        Z=flows.reshape(n * k, n * k),
        GO=table.output.ravel(),
        countries=np.array(table.countries),
        sectors=np.array(table.sectors),
    )
    return folder


def test_readers_bring_the_axes_into_order(raw):
    flows, wanted = read_flows(raw / "icio/ICIO2022.mat"), flow_file(0)
    assert (flows.countries, flows.sectors) == (COUNTRIES, SECTORS)
    assert_array_equal(flows.trade, wanted.trade)
    assert_array_equal(flows.tariff, wanted.tariff)
    assert_array_equal(flows.elasticity["FGO"], wanted.elasticity["FGO"])
    table = read_use(raw / "icio/icio2022_Z_country_major_f32.npz")
    assert table.countries == COUNTRIES[:-1]
    assert_allclose(table.use, use_table().use, rtol=1e-6)
    assert_allclose(table.output, use_table().output)


def test_build_worlds(raw, tmp_path):
    told = []
    paths = build_worlds(raw, tmp_path / "out", years=(2020, 2021), tell=told.append)
    assert [p.name for p in paths] == ["icio-2020.npz", "icio-2021.npz"]
    assert len(told) == 2
    assert "% of intermediate use moved" in told[0]
    for path in paths:
        world = tt.World.load(path)
        assert world.check().ok
        flows = read_flows(raw / f"icio/ICIO{world.year}.mat")
        again = build_world(flows, cost_shares(read_flows(raw / "icio/ICIO2022.mat"),
                            read_use(raw / "icio/icio2022_Z_country_major_f32.npz")), world.year)  # fmt: skip
        assert again.hash == world.hash  # nothing is lost in single precision
    first = [p.read_bytes() for p in paths]
    build_worlds(raw, tmp_path / "out", years=(2020, 2021))
    assert [p.read_bytes() for p in paths] == first


def test_a_folder_without_raw_files(tmp_path, raw):
    with pytest.raises(tt.BadInput, match=r"has no folder icio/"):
        build_worlds(tmp_path / "empty", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(tt.BadInput, match=r"ICIO2015\.mat: no such file"):
        build_worlds(raw, tmp_path / "out", years=(2015,))


def test_files_of_another_kind(raw):
    for content in (b"", b"not HDF5", b"PK\x03\x04"):
        bad = raw / "icio/bad"
        bad.write_bytes(content)
        with pytest.raises(tt.BadInput, match=r"not a flow file"):
            read_flows(bad)
        with pytest.raises(tt.BadInput, match=r"not the table of use"):
            read_use(bad)
    np.savez(raw / "other.npz", a=1)
    with pytest.raises(tt.BadInput, match=r"not the table of use"):
        read_use(raw / "other.npz")
    with pytest.raises(tt.BadInput, match=r"no such file"):
        read_use(raw / "none.npz")
    import h5py

    with h5py.File(raw / "other.mat", "w") as f:
        f["data/other"] = [1.0]
    with pytest.raises(tt.BadInput, match=r"other\.mat: not a flow file"):
        read_flows(raw / "other.mat")
