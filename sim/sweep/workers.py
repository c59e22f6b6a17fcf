"""Points of a sweep computed by several processes.

Each worker is told a few points at a time over a pipe of its own and answers on it. A worker ends with the
program that started it, also when that was killed; a worker that dies is noticed at once.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator, Sequence
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread

import numpy as np

from sim.errors import InputError, Problem
from sim.experiment.processes import end_with_parent, interrupts_held
from sim.language import Text
from sim.levers.catalogue import WORLD
from sim.sweep.kinds import SEED
from sim.sweep.points import Evaluator, PointResult, Sweep

#: Points handed out together: they share each block of draws, and are lost together when the power fails.
POINTS_TOGETHER = 8
#: Batches that each worker gets at least, where there are few points.
_BATCHES_EACH = 3


def compute(sweep: Sweep, points: Sequence[int], workers: int) -> Generator[list[PointResult], None, None]:
    """Results of the points, in batches as they are finished; the numbers do not depend on `workers`.

    Close the iterator to end the workers at once. Raises InputError when a worker ends unexpectedly.
    """
    batches = batches_of(sweep, points, workers)
    if workers <= 1 or len(batches) <= 1:
        evaluator = Evaluator(sweep)
        for batch in batches:
            yield list(evaluator.points(batch))
        return
    pool = _Pool(min(workers, len(batches)))
    try:
        yield from pool.results(sweep, batches)
    finally:
        pool.end()


def batches_of(sweep: Sweep, points: Sequence[int], workers: int) -> list[list[int]]:
    """Points in their order, some at a time: as many for each worker, and of one seed each.

    A batch serves all its points with one set of draws, so that a second seed in it would save nothing.
    """
    size = max(1, min(POINTS_TOGETHER, -(-len(points) // (_BATCHES_EACH * workers))))
    batches: list[list[int]] = []
    for _, group in groupby(points, key=lambda point: sweep.plan_of(point).seed):
        chosen = list(group)
        batches += [chosen[i : i + size] for i in range(0, len(chosen), size)]
    return batches


def in_good_order(sweep: Sweep, points: Sequence[int]) -> list[int]:
    """Points so ordered that neighbours share what they can: the seed and its draws, then the world."""
    shared = [place for place, axis in enumerate(sweep.axes) if axis.id in WORLD and axis.values]
    seeds = [place for place, axis in enumerate(sweep.axes) if axis.id == SEED]
    if not seeds and not shared:
        return list(points)
    chosen = np.asarray(points, dtype=np.intp)
    keys = [sweep.design.rows[chosen - 1, place] for place in (*seeds, *shared)]
    return [int(point) for point in chosen[np.lexsort((chosen, *reversed(keys)))]]


class _Pool:
    """Worker processes and the pipes to them."""

    def __init__(self, count: int) -> None:
        context = get_context("spawn")
        self.processes: list[BaseProcess] = []
        self.pipes: list[Connection] = []
        with interrupts_held():
            for _ in range(count):
                ours, theirs = context.Pipe()
                process = context.Process(target=_work, args=(theirs,), daemon=True)
                process.start()
                theirs.close()  # or the end of the worker would not end the pipe
                self.processes.append(process)
                self.pipes.append(ours)

    def results(self, sweep: Sweep, batches: Sequence[Sequence[int]]) -> Iterator[list[PointResult]]:
        """Hands out the batches, one to each worker at a time.

        The sweep goes through the pipe, as the first word to a worker: as an argument of its process it would leave
        this program waiting for ever where the worker ends before it has read it.
        """
        waiting = list(reversed(batches))
        busy: list[Connection] = []
        for pipe in self.pipes:
            _send(pipe, sweep)
            _send(pipe, list(waiting.pop()))
            busy.append(pipe)
        while busy:
            for ready in wait(busy):
                assert isinstance(ready, Connection)
                found = _receive(ready)
                if waiting:
                    _send(ready, list(waiting.pop()))
                else:
                    busy.remove(ready)
                yield found

    def end(self) -> None:
        """Ends all workers, whatever they are doing."""
        for pipe, process in zip(self.pipes, self.processes, strict=True):
            pipe.close()
            process.terminate()
        for process in self.processes:
            process.join()


def _send(pipe: Connection, what: Sweep | list[int]) -> None:
    try:
        pipe.send(what)
    except OSError:
        raise _lost_worker() from None


def _receive(pipe: Connection) -> list[PointResult]:
    try:
        answer = pipe.recv()
    except (EOFError, OSError):
        raise _lost_worker() from None
    if isinstance(answer, BaseException):
        raise answer
    results: list[PointResult] = answer
    return results


def _lost_worker() -> InputError:
    text = Text(
        "一个计算进程意外终止（可能内存不足）。已完成的点都已存盘；请减少 --workers 后再次运行同一命令续算",
        "a worker process ended unexpectedly (out of memory?). Finished points are stored; "
        "run the same command again with fewer --workers",
    )
    return InputError(Problem(None, None, None, "--workers", text))


def _work(pipe: Connection) -> None:
    """A worker: computes what it is told until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that was started, it ends us
    Thread(target=end_with_parent, daemon=True).start()
    try:
        evaluator = Evaluator(pipe.recv())
        while True:
            batch = pipe.recv()
            try:
                answer: list[PointResult] | Exception = list(evaluator.points(batch))
            except Exception as error:  # handed over, to be raised where it can be seen
                answer = error
            pipe.send(answer)
    except (EOFError, OSError):
        os._exit(0)  # the program has gone; nothing is left to tidy up, and nobody to tell
