"""Work over several processes: the same answers in the same order as in one."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

import pytest

from docgen.pipeline import spread as module
from docgen.pipeline.spread import beside, may_copy, spread, spread_copies


def squared(number: int) -> int:
    return number * number


@pytest.mark.parametrize("workers", [1, 2, 9])
def test_answers_stand_in_the_order_of_the_things(workers: int) -> None:
    assert [9, 1, 4, 0] == spread(squared, [3, 1, 2, 0], workers, lambda number: number)
    assert [] == spread(squared, [], workers)


@pytest.mark.skipif(not may_copy(), reason="copies of a process are for Linux, and for one without threads")
def test_copies_know_what_cannot_be_sent() -> None:
    """A function that no process could be sent works in copies, and in processes other than this one."""
    seen = {"here": os.getpid()}

    found = spread(lambda key: (key, seen["here"], os.getpid()), ["one", "two"], 2)

    assert [("one", seen["here"]), ("two", seen["here"])] == [answer[:2] for answer in found]
    assert os.getpid() not in {answer[2] for answer in found}


def test_a_process_with_threads_is_not_copied() -> None:
    """It does all itself where copies alone would do, and sends the work to new processes else."""
    done = threading.Event()
    waiting = threading.Thread(target=done.wait)
    waiting.start()
    try:
        assert [os.getpid()] * 3 == spread_copies(lambda _: os.getpid(), [1, 2, 3])
        assert [4, 9] == spread(squared, [2, 3], 2)
    finally:
        done.set()
        waiting.join()


def test_a_failure_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        spread(lambda number: 1 // number, [1, 0], 2)
    assert [1] == spread(squared, [1], 2)


def names_its_process() -> dict[str, bytes]:
    return {"made by": str(os.getpid()).encode()}


@pytest.mark.skipif(not may_copy(), reason="copies of a process are for Linux, and for one without threads")
def test_a_copy_works_beside_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "all_cores", lambda: 2)
    with beside(names_its_process) as answer:
        assert str(os.getpid()).encode() != answer()["made by"]


@pytest.mark.parametrize("cores", [1, 2])
def test_work_whose_copy_fails_is_done_here(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is all of it where there is one core."""
    monkeypatch.setattr(module, "all_cores", lambda: cores)
    here = os.getpid()

    def work() -> dict[str, bytes]:
        assert here == os.getpid()
        return {"a": b"b"}

    with beside(work) as answer:
        assert {"a": b"b"} == answer()


def test_a_part_of_an_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that is killed while it writes."""
    here = os.getpid()

    def work() -> dict[str, bytes]:
        if os.getpid() != here:
            monkeypatch.setattr(module, "_WHOLE", b"")
        return {"a": b"b"}

    monkeypatch.setattr(module, "all_cores", lambda: 2)
    with beside(work) as answer:
        assert {"a": b"b"} == answer()


def test_a_copy_that_nobody_asks_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would write more than anybody reads."""
    copies = []

    def fork(really: Callable[[], int] = os.fork) -> int:
        copies.append(really())
        return copies[-1]

    monkeypatch.setattr(os, "fork", fork)
    monkeypatch.setattr(module, "all_cores", lambda: 2)
    with pytest.raises(KeyError), beside(lambda: {"large": bytes(10_000_000)}):
        raise KeyError
    assert may_copy() == bool(copies)
    for copy in copies:
        with pytest.raises(ChildProcessError):
            os.waitpid(copy, os.WNOHANG)


def test_without_room_for_a_copy_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    monkeypatch.setattr(module, "all_cores", lambda: 2)
    with beside(names_its_process) as answer:
        assert str(os.getpid()).encode() == answer()["made by"]


@pytest.mark.skipif(not may_copy(), reason="copies of a process are for Linux, and for one without threads")
def test_copies_that_nobody_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parent may have asked the system to forget what ended."""
    monkeypatch.setattr(module, "all_cores", lambda: 2)
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with beside(names_its_process) as answer:
            assert str(os.getpid()).encode() != answer()["made by"]
    finally:
        signal.signal(signal.SIGCHLD, before)
