# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Cases and rooms of a study in processes of their own, put together in an order that is always the same."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait as wait_for
from threading import Thread
from typing import TYPE_CHECKING, Any

from tertius.errors import NotSolved
from tertius.study.ask import answer, asked_rooms
from tertius.study.cases import Grid, Progress, set_up, solve_cases
from tertius.study.chapters import AFTER
from tertius.world import load_world

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

    from tertius.study.chapter import Chapter
    from tertius.study.schema import StudyFile

__all__ = ["compute_apart", "cores"]

CASES = "cases"
LONGEST = ("levers", "choice", "union", "sky", CASES, "exposure", "transit", "evidence", "gain", "reading")
"""Which begins first: so that no long one is left over when the others are done."""
BLAS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
MOST = 3  # processes that are begun unasked: the longest room bounds the whole, each may take a gigabyte
LISTEN = 0.2  # seconds between looks at what the processes say

Words = tuple[str, int, int, str]  # part, done, total, words


def cores() -> int:
    """Processes that this machine can run at a time, three at most.

    Examples
    --------
    >>> 1 <= cores() <= MOST
    True
    """
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(own, MOST)


def compute_apart(
    bare: Grid, source: str, without: tuple[str, ...], tell: Progress, workers: int
) -> tuple[Grid, dict[str, Chapter]]:
    """Solve the cases and ask the rooms, several at the same time.

    Parameters
    ----------
    bare
        From :func:`tertius.study.cases.set_up`.
    source
        Name of the study file, for errors.
    without
        Rooms to leave out.
    tell
        Called with percent, 100 and a few words.
    workers
        Processes, each with one thread.

    Returns
    -------
    tuple
        The grid with its draws, and room -> chapter; the same as from one process.

    Raises
    ------
    BadInput
        If an option names something that a room does not know.
    NotSolved
        If a process was ended from outside.
    """
    rooms = asked_rooms(bare.study, without)
    work = _Work(bare.study, source, sorted((CASES, *rooms), key=LONGEST.index), tell)
    try:
        with _pool(workers, work.queue) as pool:
            work.run(pool)
    except BrokenProcessPool as error:
        what = "a process ended early: for want of memory, or because a script has no main guard"
        raise NotSolved(f"{what}; --workers 1 needs least") from error
    return replace(bare, draws=work.found[CASES]), {name: work.found[name] for name in rooms}


@dataclass(eq=False)
class _Work:
    """What is left to begin, what runs, what was found, and how far each part says it is."""

    study: StudyFile
    source: str
    left: list[str]
    tell: Progress
    queue: SimpleQueue[Words] = field(default_factory=lambda: get_context("spawn").SimpleQueue())
    running: dict[Future[Any], str] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    told: int = -1

    def run(self, pool: ProcessPoolExecutor) -> None:
        """Begin what can begin, and collect, until all is found."""
        self.shares = dict.fromkeys(self.left, 0.0)
        while self.left or self.running:
            for name in [n for n in self.left if not self._awaited(n)]:
                self.left.remove(name)
                earlier = {r: self.found[r] for r in AFTER.get(name, ()) if r in self.found}
                self.running[pool.submit(_part, self.study, self.source, name, earlier)] = name
            done, _ = wait(self.running, LISTEN, FIRST_COMPLETED)
            for future in done:
                name = self.running.pop(future)
                self.found[name], self.shares[name] = future.result(), 1.0
            self._listen()

    def _awaited(self, name: str) -> set[str]:
        """Rooms that must be done before one can begin."""
        return set(AFTER.get(name, ())) & {*self.left, *self.running.values()}

    def _listen(self) -> None:
        """Pass on what the processes say, as one share of the whole."""
        while not self.queue.empty():
            name, done, total, words = self.queue.get()
            self.shares[name] = max(self.shares[name], done / max(total, 1))
            percent = int(100 * sum(self.shares.values()) / len(self.shares))
            if percent > self.told:
                self.told = percent
                self.tell(percent, 100, words)


@contextmanager
def _pool(workers: int, queue: SimpleQueue[Words]) -> Iterator[ProcessPoolExecutor]:
    """Processes that inherit one thread for every BLAS, and that end with this one whatever happens."""
    others, held = set(active_children()), {name: os.environ.get(name) for name in BLAS}
    os.environ.update({name: "1" for name, value in held.items() if value is None})
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (queue,))
    try:
        yield pool
    except BaseException:
        for process in set(active_children()) - others:
            process.terminate()
        pool.shutdown(cancel_futures=True)
        raise
    finally:
        for name in [name for name, value in held.items() if value is None]:
            del os.environ[name]
        pool.shutdown()


_says: list[SimpleQueue[Words]] = []  # in a process of the pool: where its words go


def _begin(queue: SimpleQueue[Words]) -> None:
    """Set up a process: its parent alone answers Ctrl-C, and it ends with its parent, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _says.append(queue)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        wait_for([parent.sentinel])
        os._exit(1)


def _part(study: StudyFile, source: str, name: str, earlier: dict[str, Chapter]) -> Any:
    """Solve the cases, or ask one room."""

    def tell(done: int, total: int, words: str) -> None:
        _says[0].put((name, done, total, words))

    if name == CASES:
        return solve_cases(set_up(study, source), tell).draws
    return answer(name, study, load_world(study.world), earlier, tell)
