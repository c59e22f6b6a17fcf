"""The worker's side of a sweep on a cluster."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from threading import Lock

from sim.errors import InputError, Problem
from sim.language import Text
from sim.sweep.identity import identity, unlike
from sim.sweep.points import Evaluator, PointResult

#: Share of its limit that a worker may have taken; at 0.8 Dask gives it no more tasks, without a word.
MOST_MEMORY = 0.75


class OnWorker:
    """A sweep on a worker: kept by it as the result of a task, dropped with it. Copies have draws of their own."""

    def __init__(self, packed: bytes, asked: Mapping[str, str]) -> None:
        self.packed, self.asked = packed, dict(asked)
        self.lock = Lock()  # an evaluator is for one thread; others of the process wait
        self.evaluator: Evaluator | None = None

    def __reduce__(self) -> tuple[type[OnWorker], tuple[bytes, dict[str, str]]]:
        return OnWorker, (self.packed, self.asked)

    def __sizeof__(self) -> int:
        return len(self.packed)  # what travels; draws can always be made again

    def compute(self, points: Sequence[int]) -> list[PointResult]:
        """Results of some points. Raises InputError on a worker that would not give the same bytes."""
        text = unlike(identity(), self.asked)
        if text is not None:
            raise InputError(Problem(None, None, None, "--scheduler", text))
        with self.lock:
            if self.evaluator is None:
                self.evaluator = Evaluator(pickle.loads(self.packed))
            found = list(self.evaluator.points(points))
        require_memory(*_memory())
        return found


def compute_batch(kept: OnWorker, points: Sequence[int]) -> list[PointResult]:
    """The task of a worker."""
    return kept.compute(points)


def require_memory(used: int, limit: int) -> None:
    """Raise InputError where a worker has come near its limit of memory, both in bytes; 0 is no limit."""
    if limit and used > MOST_MEMORY * limit:
        mb = 2**20
        text = Text(
            f"工作进程的内存上限 {limit // mb} MB 不够，测算已用 {used // mb} MB；请用 dask worker 的 --memory-limit "
            "加大，或减少 --nworkers，再运行同一命令",
            f"the limit of {limit // mb} MB is too low for a worker that takes {used // mb} MB; raise its "
            "--memory-limit, or lower --nworkers, and run the same command again",
        )
        raise InputError(Problem(None, None, None, "--scheduler", text))


def _memory() -> tuple[int, int]:
    """What this process has taken and may take, in bytes; nothing where it is no worker."""
    from distributed import get_worker

    try:
        worker = get_worker()
    except ValueError:
        return 0, 0
    return int(worker.monitor.get_process_memory()), int(worker.memory_manager.memory_limit or 0)
