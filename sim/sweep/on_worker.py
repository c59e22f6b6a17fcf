"""The worker's side of a sweep on a cluster."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from threading import Lock

from sim.errors import InputError, Problem
from sim.sweep.identity import identity, unlike
from sim.sweep.points import Evaluator, PointResult


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
            return list(self.evaluator.points(points))


def compute_batch(kept: OnWorker, points: Sequence[int]) -> list[PointResult]:
    """The task of a worker."""
    return kept.compute(points)
