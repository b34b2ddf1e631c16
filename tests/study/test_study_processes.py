# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A study in several processes: the same numbers, one course of progress, errors whole, nothing left over."""

import os
import pickle
import signal
import subprocess
import sys
import time
from multiprocessing import active_children, get_context
from pathlib import Path

import pandas as pd
import pytest

from tertius.errors import BadInput
from tertius.study import compute
from tertius.study.chapters import AFTER
from tertius.study.chapters.options import ROOMS
from tertius.study.processes import BLAS, CASES, LONGEST, _pool

ASKED = """rooms:
  exposure: {powers: [RUS], peers: [BLR, UKR], years: [2020, 2021], worlds: icio}
  transit: {scenario: sanctions-2022@june, routes: kazakhstan-2022, destination: RUS}
quantities:
"""
CHANGES = (("elasticities: [FGO, CP]", "elasticities: [FGO]"), ("quantities:\n", ASKED))


def test_results_are_the_same_however_many_processes(edited):
    path, told = edited(*CHANGES), []
    one, two = compute(path), compute(path, lambda *words: told.append(words), workers=2)
    pd.testing.assert_frame_equal(one.results, two.results, check_exact=True)
    assert list(one.chapters) == list(two.chapters) == ["exposure", "transit"]
    for name, chapter in one.chapters.items():
        other = two.chapters[name]
        assert chapter.numbers == other.numbers
        assert list(chapter.numbers) == list(other.numbers)
        assert chapter.findings == other.findings
    assert [e.verdict for e in one.ledger] == [e.verdict for e in two.ledger]
    percent = [done for done, total, _ in told if total == 100]
    assert len(percent) == len(told) > 2
    assert percent == sorted(set(percent))
    assert percent[-1] == 100


def test_a_mistake_found_in_a_process_is_told_as_in_one(edited):
    wrong = CHANGES[0], (CHANGES[1][0], ASKED.replace("powers: [RUS]", "powers: [RUSS]"))
    path, said = edited(*wrong), []
    for workers in (1, 2):
        with pytest.raises(BadInput) as error:
            compute(path, workers=workers)
        said.append((error.value.where, error.value.what, error.value.remedy))
    assert said[0] == said[1]
    assert "rooms.exposure" in said[0][0]


def test_bad_input_travels_whole():
    error = pickle.loads(pickle.dumps(BadInput("my.yaml", "no measures", "add at least one")))
    assert (error.where, error.what, error.remedy) == ("my.yaml", "no measures", "add at least one")
    assert str(error) == "my.yaml: no measures; add at least one"


@pytest.mark.usefixtures("no_solving")
def test_less_than_no_process_is_refused(edited):
    with pytest.raises(BadInput, match="workers: -1 is below 0"):
        compute(edited(), workers=-1)


def test_processes_end_with_what_asked_for_them():
    before = {name: os.environ.get(name) for name in BLAS}
    with pytest.raises(KeyboardInterrupt), _pool(1, get_context("spawn").SimpleQueue()) as pool:  # noqa: PT012
        pool.submit(time.sleep, 600)
        begun = active_children()
        raise KeyboardInterrupt
    assert [p.exitcode for p in begun] == [-signal.SIGTERM]
    assert {name: os.environ.get(name) for name in BLAS} == before


KILLED = """
import os, signal, sys, time
from multiprocessing import active_children, get_context
from tertius.study.processes import _pool
if __name__ == "__main__":
    with _pool(1, get_context("spawn").SimpleQueue()) as pool:
        pool.submit(time.sleep, 0).result()
        pool.submit(time.sleep, 600)
        print(active_children()[0].pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_processes_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    child = int(done.stdout)
    for _ in range(100):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child)


def _runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_every_room_has_its_place_in_the_line():
    assert sorted(LONGEST) == sorted((CASES, *ROOMS))
    assert all(LONGEST.index(first) < LONGEST.index(room) for room, those in AFTER.items() for first in those)
