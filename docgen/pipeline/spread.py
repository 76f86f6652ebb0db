# Work spread over the cores: the same for many things, each in a process of its own.
#
# In:  a function, things, a number of processes. Out: its answers in the order of the things. Copies of this process
# start at once and know all that it knows; a process with threads may not be copied, and new ones have to be told.
"""spread, spread_copies, beside, all_cores, may_copy."""

from __future__ import annotations

import copyreg
import marshal
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def _read_only(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


copyreg.pickle(MappingProxyType, lambda proxy: (_read_only, (dict(proxy),)))
# Read-only mappings of the model travel between processes as what they are.


def all_cores() -> int:
    """How many processes this machine runs at once for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_copy() -> bool:
    """Whether this process may be copied."""
    return sys.platform == "linux" and threading.active_count() == 1


_shared: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What the copies of this process work on, last: they have it already, only numbers are sent to them."""


def spread(
    work: Callable[[T], R], things: Sequence[T], workers: int, weight: Callable[[T], float] | None = None
) -> list[R]:
    """What `work` gives for each of the things, in their order, whatever the number of processes.

    Args:
        work: Has no effect but its answer, which can be pickled; where processes may not be copied, so can it.
        things: What to work on.
        workers: Processes; with 1 all is done in this one.
        weight: How much work a thing is: the most is begun first, so that no core waits for another at the end.
    """
    if min(workers, len(things)) <= 1:
        return [work(thing) for thing in things]
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    order = sorted(range(len(things)), key=lambda at: -weight(things[at]) if weight else at)
    copies = may_copy()
    _shared.append((work, things))
    try:
        context = multiprocessing.get_context("fork" if copies else "spawn")
        count = min(workers, len(things))
        with ProcessPoolExecutor(count, context, _end_with_parent, (os.getpid(),)) as pool:
            answers = pool.map(_nth, order) if copies else pool.map(work, [things[at] for at in order])
            done = dict(zip(order, answers, strict=True))
    finally:
        _shared.pop()
    return [done[at] for at in range(len(things))]


def spread_copies(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """The same over all cores where that needs copies only; `work` may know more than can be sent."""
    return spread(work, things, all_cores() if may_copy() else 1)


Files = Mapping[str, bytes]
_WHOLE = b"that is all"
"""Ends a copy's answer: one that is killed while it writes leaves a part."""


@contextmanager
def beside(work: Callable[[], Files]) -> Iterator[Callable[[], Files]]:
    """Begin work on another core in a copy of this process, and give what waits for its answer.

    Where there is no other core, no copy may be made, or the copy fails, whoever asks for the answer does the work.
    """
    this = os.getpid()
    reading, writing = os.pipe()
    copy = _copy() if all_cores() > 1 and may_copy() else None
    if copy == 0:
        os.close(reading)
        _tell(work, writing, this)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:

        def answer() -> Files:
            content = told.read()
            if not content.endswith(_WHOLE):
                return work()
            files: Files = marshal.loads(content)
            return files

        try:
            yield answer
        finally:
            told.close()  # a copy that nobody listens to any more ends
            if copy:
                with suppress(ChildProcessError):  # where somebody asked that nobody waits for what ended
                    os.waitpid(copy, 0)


def _copy() -> int | None:
    """As `os.fork`, and None where the system has no room for a copy."""
    try:
        return os.fork()
    except OSError:
        return None


def _tell(work: Callable[[], Files], writing: int, parent: int) -> NoReturn:
    """What a copy does: nothing of it gets out but its answer, whole or not at all."""
    try:
        _end_with_parent(parent)
        content = marshal.dumps(dict(work()))
        with os.fdopen(writing, "wb") as told:
            told.write(content + _WHOLE)
    finally:
        os._exit(0)


def _end_with_parent(parent: int) -> None:
    """Where docgen is killed, its helpers go too; they would wait for work for ever."""
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)


def _nth(at: int) -> Any:
    work, things = _shared[-1]
    return work(things[at])
