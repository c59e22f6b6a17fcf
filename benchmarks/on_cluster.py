"""What a task on a Dask cluster costs beyond its work: a scheduler and two workers on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import PROJECT, Measured, in_turn, seconds
from benchmarks.sweeping import seconds_a_point, the_sweep
from sim.sweep.cluster import compute_on_cluster, handed_out
from sim.sweep.parts import Sweep
from sim.sweep.workers import compute

WORKERS = 2
TASKS = 1000


def installed() -> bool:
    """Whether the optional library is there."""
    return find_spec("distributed") is not None


@contextmanager
def cluster() -> Iterator[str]:
    """Address of a scheduler with two workers, processes of their own as on a real cluster."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "scheduler.json"
        _start(running, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        while not file.exists() or not file.read_bytes().endswith(b"}"):
            time.sleep(0.05)
        address: str = json.loads(file.read_bytes())["address"]
        for _ in range(WORKERS):
            _start(running, "dask_worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        _await_workers(address)
        yield address


def _start(running: ExitStack, program: str, *options: str) -> None:
    command = [sys.executable, "-m", f"distributed.cli.{program}", *options, "--no-dashboard"]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    running.callback(process.wait)
    running.callback(process.terminate)


def _await_workers(address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(WORKERS, timeout=60)


def overhead(repeats: int, address: str) -> Measured:
    """Seconds for one task without a point in it: handed out, answered and gathered, two workers side by side."""
    sweep = the_sweep(16, draws=20)
    none: list[list[int]] = [[] for _ in range(TASKS)]
    list(handed_out(sweep, lambda threads: none, address, _silent))  # the workers load the program
    fixed = min(seconds(lambda: list(handed_out(sweep, lambda threads: [[]], address, _silent))) for _ in range(3))
    timed = [seconds(lambda: list(handed_out(sweep, lambda threads: none, address, _silent))) for _ in range(repeats)]
    return Measured(tuple((time - fixed) / (TASKS - 1) for time in timed))


def starting(repeats: int) -> Measured:
    """Seconds until new workers have their draws: a point for each, less the time of a point."""
    sweep = the_sweep(16)
    point = seconds_a_point()
    times = []
    for _ in range(repeats):
        with cluster() as address:
            times.append(seconds(partial(_first_points, sweep, address)) - point)
    return Measured(tuple(times))


def _first_points(sweep: Sweep, address: str) -> None:
    _all(compute_on_cluster(sweep, range(1, WORKERS + 1), address))


def against_workers(repeats: int, address: str, points: int = 64) -> tuple[Measured, Measured, Measured]:
    """Time of a sweep's points on the cluster, by as many worker processes here, and their ratio."""
    sweep = the_sweep(points)
    numbers = range(1, points + 1)

    def there() -> None:
        with closing(compute_on_cluster(sweep, numbers, address)) as batches:
            _all(batches)

    def here() -> None:
        with closing(compute(sweep, numbers, WORKERS)) as batches:
            _all(batches)

    return in_turn(there, here, repeats)


def _all(batches: Iterator[object]) -> None:
    for _ in batches:
        pass


def _silent(text: object) -> None:
    """Tells nobody."""
