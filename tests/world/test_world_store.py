# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Saving and loading: bit for bit, the same bytes each time, and no traceback for a damaged file."""

from __future__ import annotations

import json
import os
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

import tertius as tt
from strategies import random_world
from tertius.world.store import write_world


@pytest.fixture
def saved(golden, tmp_path):
    return golden.save(tmp_path / "golden.npz")


def test_round_trip_is_exact(golden, saved):
    back = tt.World.load(saved)
    for name in ("trade_values", "tariff_values", "input_share_values", "elasticity_values"):
        assert_array_equal(getattr(back, name), getattr(golden, name))
        assert getattr(back, name).dtype == np.float64
    for name in ("name", "year", "countries", "sectors", "elasticity_name", "record", "hash"):
        assert getattr(back, name) == getattr(golden, name)
    assert list(back.elasticity_sets) == ["low", "high"]
    assert_array_equal(back.with_elasticity("high").elasticity, [8, 9])


@pytest.mark.parametrize("seed", range(3))
def test_round_trip_of_any_numbers(tmp_path, seed):
    world = random_world(4, 3, seed)
    assert tt.World.load(world.save(tmp_path / "w.npz")).hash == world.hash


def test_the_same_world_gives_the_same_bytes(golden, saved, tmp_path):
    again = golden.save(str(tmp_path / "again.npz"))
    assert again.read_bytes() == saved.read_bytes()
    third = tt.World.load(saved).save(tmp_path / "third.npz")
    assert third.read_bytes() == saved.read_bytes()


def test_nothing_else_is_left_in_the_folder_and_others_may_read(golden, saved, tmp_path):
    golden.save(saved)
    assert [p.name for p in tmp_path.iterdir()] == ["golden.npz"]
    plain = tmp_path / "plain"
    plain.touch()
    assert saved.stat().st_mode == plain.stat().st_mode


def test_a_failed_save_leaves_the_old_file(golden, saved, tmp_path, monkeypatch):
    before = saved.read_bytes()

    def full_disk(handle, **arrays):
        handle.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full_disk)
    with pytest.raises(tt.BadInput, match=r"golden\.npz: cannot be written \(No space left"):
        golden.save(saved)
    assert saved.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["golden.npz"]


def test_a_folder_that_does_not_exist(golden, tmp_path):
    with pytest.raises(tt.BadInput, match=r"none.*cannot be written"):
        golden.save(tmp_path / "none" / "w.npz")


# --- damaged files ----------------------------------------------------------------------------------


def test_missing_file(tmp_path):
    with pytest.raises(tt.BadInput, match=r"w\.npz: no such file; give the path"):
        tt.World.load(tmp_path / "w.npz")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"\x93NUMPY\x01\x00", b"a: 1\n" * 99])
def test_not_a_world(tmp_path, content):
    path = tmp_path / "w.npz"
    path.write_bytes(content)
    with pytest.raises(tt.BadInput, match=r"w\.npz: not a world file"):
        tt.World.load(path)


def test_a_folder_is_not_a_world(tmp_path):
    with pytest.raises(tt.BadInput, match=r"not a world file"):
        tt.World.load(tmp_path)


def rewritten(path, **changes):
    with np.load(path) as stored:
        arrays = {k: stored[k] for k in stored.files}
    meta = json.loads(arrays["meta"].tobytes())
    for key, value in changes.items():
        if key in arrays:
            arrays[key] = value
        elif value is None:
            del meta[key]
        else:
            meta[key] = value
    arrays["meta"] = np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8)
    np.savez_compressed(path, **{k: v for k, v in arrays.items() if v is not None})
    return path


def test_another_format(saved):
    with pytest.raises(tt.BadInput, match=r"format: 99 is not 1; rebuild"):
        tt.World.load(rewritten(saved, format=99))


@pytest.mark.parametrize("lost", ["countries", "year", "record", "format", "sets"])
def test_a_lost_field(saved, lost):
    with pytest.raises(tt.BadInput, match=rf"not a world file.*{lost}|not a world file.*zip"):
        tt.World.load(rewritten(saved, **{lost: None}))


def test_a_lost_array(saved):
    with pytest.raises(tt.BadInput, match=r"not a world file.*trade"):
        tt.World.load(rewritten(saved, trade=None))


def test_a_world_that_does_not_add_up_names_file_and_place(saved, golden):
    share = golden.input_share_values.copy()
    share[1, 1] = 0.6
    with pytest.raises(tt.BadInput, match=r"golden\.npz: world golden: final demand would be.*BBB Y"):
        tt.World.load(rewritten(saved, input_share=share))


def test_pickles_are_never_opened(saved):
    with pytest.raises(tt.BadInput, match=r"not a world file"):
        tt.World.load(rewritten(saved, trade=np.array([{"a": 1}], dtype=object)))


FUZZ = random_world(3, 2, seed=1)


@given(place=st.floats(0, 1), value=st.integers(0, 255), cut=st.booleans())
def test_any_damaged_byte_is_noticed_or_harmless(tmp_path_factory, place, value, cut):
    path = FUZZ.save(tmp_path_factory.getbasetemp() / "fuzz.npz")
    data = bytearray(path.read_bytes())
    at = min(int(place * len(data)), len(data) - 1)
    data[at] = value
    path.write_bytes(data[:at] if cut else data)
    try:
        back = tt.World.load(path)
    except tt.BadInput:
        return
    assert back.hash == FUZZ.hash


# --- hash -------------------------------------------------------------------------------------------


def test_hash_knows_every_number_and_label(arrays, golden):
    names = (["AAA", "BBB", "CCC"], ["X", "Y"])
    base = tt.World.from_arrays(*names, **arrays)
    assert base.hash == tt.World.from_arrays(*names, **arrays, name="other", year=1999, record={"a": 1}).hash
    seen = {base.hash, golden.hash}  # golden has elasticity sets besides
    for key in arrays:
        flat = arrays[key].ravel()
        for k in range(flat.size):
            old = flat[k]
            flat[k] = np.nextafter(old, 0.3)
            seen.add(tt.World.from_arrays(*names, **arrays).hash)
            flat[k] = old
    assert len(seen) == 2 + sum(a.size for a in arrays.values())
    relabelled = tt.World.from_arrays(["AAB", *names[0][1:]], names[1], **arrays)
    assert relabelled.hash not in seen
    other = tt.World.from_arrays(*names, **arrays, elasticity_sets={"low": [2, 3], "high": [8, 9.5]})
    assert other.hash not in seen


def test_hash_of_the_default_world_is_the_same_after_a_round_trip(tmp_path):
    world = tt.load_world()
    path = write_world(world, tmp_path / "w.npz", dtype="float32")
    assert tt.World.load(path).hash == world.hash
    assert os.path.getsize(path) < 2e6
    with zipfile.ZipFile(path) as z:
        assert {i.date_time for i in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}
