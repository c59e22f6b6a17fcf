"""Pools of worker processes that Ctrl-C does not reach: it is for the program that started them, which ends them."""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from sim.errors import InputError, Problem
from sim.language import Text

Given = TypeVar("Given")
Made = TypeVar("Made")
_LOST = Text(
    "一个计算进程意外终止（可能内存不足），没有写出结果；请减少 --workers 后再次运行",
    "a worker process ended unexpectedly (out of memory?), nothing is written: run again with fewer --workers",
)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Processes started inside never see Ctrl-C, not even while they import; this one sees it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # now: its start lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def worker_pool(workers: int, settle: Callable[..., None] | None = None, *given: Any) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes each begin with `settle(*given)`, if any; hand out work with `submitted`.

    Whatever ends the block early ends the processes at once, in the middle of what they do; a process also ends with
    the program that started it. Raises InputError when a process ends unexpectedly.
    """
    others = set(active_children())
    with tempfile.TemporaryDirectory() as folder:
        # Through a file: as an argument of a process it would leave this program waiting for ever where the process
        # ends before it has read it.
        place = Path(folder) / "given"
        place.write_bytes(pickle.dumps((settle, given)))
        pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(str(place),))
        try:
            yield pool
        except BrokenProcessPool:
            raise InputError(Problem(None, None, None, "--workers", _LOST)) from None
        except BaseException:
            for process in set(active_children()) - others:
                process.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def submitted(pool: ProcessPoolExecutor, made: Callable[[Given], Made], items: Iterable[Given]) -> list[Future[Made]]:
    """Results to come, in order. The pool starts its processes here, out of the reach of Ctrl-C."""
    with interrupts_held():
        return [pool.submit(made, item) for item in items]


def end_with_parent() -> None:
    """Ends this process when the program that started it has gone, in the middle of long work too; never returns."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _begin(place: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()
    settle, given = pickle.loads(Path(place).read_bytes())
    if settle is not None:
        settle(*given)
