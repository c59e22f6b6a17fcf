"""Points of a sweep computed by the workers of an existing Dask cluster.

The sweep travels to every worker once and stays there, with the draws its points share, as long as this program is
connected; after that the cluster forgets it, also when this program was killed. Points are handed out some at a time,
and no more of them than keep the workers busy. What a lost worker had not answered is computed by another.
"""

from __future__ import annotations

import pickle
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, Problem
from sim.language import Text
from sim.sweep.identity import identity, listed, unlike
from sim.sweep.on_worker import OnWorker, compute_batch
from sim.sweep.points import PointResult, Sweep
from sim.sweep.scheduler import check_scheduler, connected, refused
from sim.sweep.workers import batches_of

if TYPE_CHECKING:
    from distributed import Client, Future

#: Seconds for which a cluster may be without workers.
WORKERS_WITHIN = 120.0
#: Tasks for each thread of the cluster that are handed out at once: enough that the scheduler spreads them freely.
TASKS_AHEAD = 4
_GLANCE = 1.0  # seconds between two looks at the workers

Tell = Callable[[Text], None]


def _silent(text: Text) -> None:
    """Tells nobody."""


_STORED = Text("已完成的点都已存盘，再次运行同一命令即可续算", "finished points are stored; the same command resumes")


def compute_on_cluster(
    sweep: Sweep, points: Sequence[int], address: str, tell: Tell = _silent
) -> Generator[list[PointResult], None, None]:
    """Results of the points, in batches as they are finished; the numbers are those of `workers.compute`.

    `address` is that of a scheduler, tcp://host:port. `tell` hears of it when all workers are gone, and when they are
    back. Close the iterator to cancel the rest. Raises InputError when there is no scheduler at the address, when
    a worker would not give the same bytes, or when workers or the scheduler are gone and do not come back.
    """
    yield from handed_out(sweep, lambda threads: batches_of(sweep, points, threads), address, tell)


def handed_out(
    sweep: Sweep, batches: Callable[[int], Sequence[list[int]]], address: str, tell: Tell
) -> Generator[list[PointResult], None, None]:
    """Results of the batches of points that a cluster of so many threads is given; see `compute_on_cluster`."""
    check_scheduler(address)
    with connected(address) as client:
        threads = _await_workers(client, tell)
        _require_same_program(client)
        yield from _Tasks(client, sweep, tell).results(batches(threads))


def _await_workers(client: Client, tell: Tell) -> int:
    """Threads of all workers; waits for the first worker."""
    absence = _Absence(tell)
    while not (threads := _threads(client)):
        absence.seen(0)
        time.sleep(_GLANCE)
    absence.seen(threads)
    return threads


def _threads(client: Client) -> int:
    """Threads of all workers that take tasks; those short of memory do not."""
    with _asking():
        known = client.scheduler_info(n_workers=-1)["workers"].values()
    return sum(int(worker["nthreads"]) for worker in known if worker["status"] == "running")


@contextmanager
def _asking() -> Iterator[None]:
    """Turns a lost connection into a message; an answer that is late is left to those who asked."""
    from concurrent.futures import CancelledError

    try:
        yield
    except TimeoutError:
        raise
    except (CancelledError, OSError):
        raise refused(
            f"与调度程序的连接已断开；{_STORED.zh}", f"the connection to the scheduler is lost; {_STORED.en}"
        ) from None


class _Absence:
    """How long there has been no worker."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.since: float | None = None

    def seen(self, threads: int) -> None:
        """Told how many threads there are; raises InputError after too long a time without any."""
        now = time.monotonic()
        if threads:
            if self.since is not None:
                self.tell(Text("工作进程已恢复，继续测算", "workers are back, going on"))
            self.since = None
        elif self.since is None:
            self.since = now
            self.tell(Text(
                f"集群中没有工作进程，最多再等 {WORKERS_WITHIN:.0f} 秒",
                f"the cluster has no workers; waiting for up to {WORKERS_WITHIN:.0f} seconds",
            ))  # fmt: skip
        elif now - self.since > WORKERS_WITHIN:
            raise refused(
                f"等了 {WORKERS_WITHIN:.0f} 秒，集群中仍没有工作进程；{_STORED.zh}",
                f"no worker of the cluster in {WORKERS_WITHIN:.0f} seconds; {_STORED.en}",
            )


def _require_same_program(client: Client) -> None:
    """Raise InputError unless the scheduler knows this program and every worker gives the same bytes."""
    ours = identity()
    answers = dict(client.run(identity, on_error="return"))
    try:
        scheduler = {"model": client.run_on_scheduler(identity)["model"]}
    except Exception as error:  # whatever the scheduler could not do
        answers["scheduler"] = error
    else:
        answers["scheduler"] = {**ours, **scheduler}  # it computes nothing, so only the program must be the same
    wrong: dict[Text, list[str]] = {}
    for where, answer in answers.items():
        if isinstance(answer, OSError):
            continue  # lost in this moment; its successor is checked before it computes
        text = unlike(answer, ours)
        if text is not None:
            wrong.setdefault(text, []).append(where)
    if wrong:
        raise InputError([
            Problem(None, None, None, "--scheduler", Text(f"{listed(w).zh}：{t.zh}", f"{listed(w).en}: {t.en}"))
            for t, w in wrong.items()
        ])  # fmt: skip


class _Tasks:
    """The batches that have been handed out."""

    def __init__(self, client: Client, sweep: Sweep, tell: Tell) -> None:
        self.client = client
        self.absence = _Absence(tell)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of 100,000 points, which are some MB
            self.kept = client.submit(OnWorker, pickle.dumps(sweep), identity(), pure=False)
        self.open: set[Future[Any]] = set()

    def results(self, batches: Sequence[list[int]]) -> Iterator[list[PointResult]]:
        """Hands out the batches, so many at a time that no worker waits."""
        waiting = list(reversed(batches))
        threads, glanced = 0, -_GLANCE
        while waiting or self.open:
            if time.monotonic() - glanced >= _GLANCE:
                threads, glanced = _threads(self.client), time.monotonic()
                self.absence.seen(threads)
            while waiting and len(self.open) < TASKS_AHEAD * max(1, threads):
                self.open.add(self.client.submit(compute_batch, self.kept, waiting.pop(), pure=False))
            yield from self._finished()

    def _finished(self) -> Iterator[list[PointResult]]:
        """Waits a moment; what has been finished by then."""
        from distributed import wait

        try:
            with _asking(), self.client.as_current():
                done = wait(self.open, timeout=_GLANCE, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return
        for task in done:
            try:
                found = self._answer(task)
            except TimeoutError:  # its worker was lost in this moment: it is computed again
                continue
            self.open.remove(task)
            yield found

    def _answer(self, task: Future[Any]) -> list[PointResult]:
        from distributed import KilledWorker

        try:
            with _asking():
                failed = task.exception(timeout=_GLANCE) if task.status == "error" else None
                found: list[PointResult] = [] if failed else task.result(timeout=_GLANCE)
            if failed is not None:
                _require_same_program(self.client)  # perhaps a worker that came later knows nothing of it
                raise failed
        except KilledWorker:
            raise _workers_die() from None
        return found


def _workers_die() -> InputError:
    return refused(
        f"计算同一批点时，工作进程接连意外终止（可能内存不足：20,000 次抽样时请给每个进程 1.5 GB）；{_STORED.zh}",
        f"workers ended one after the other at the same points (out of memory? give each 1.5 GB at 20,000 "
        f"draws); {_STORED.en}",
    )
