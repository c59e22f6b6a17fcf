"""A Dask scheduler and workers on this machine, and what they keep."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass
class Cluster:
    """A scheduler and its workers, as processes that know the program only by their working directory."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str, cwd: Path = PROJECT) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", *arguments, "--no-dashboard"]
        environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def start_scheduler(self) -> None:
        file = self.folder / "scheduler.json"
        self.start(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)
        )
        while not self.address:
            time.sleep(0.05)
            try:
                self.address = json.loads(file.read_bytes())["address"]
            except (OSError, ValueError):
                assert self.processes[0].poll() is None

    def start_worker(self, cwd: Path = PROJECT) -> None:
        options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        self.workers.append(self.start("distributed.cli.dask_worker", self.address, *options, cwd=cwd))

    def await_workers(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)

    def end(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


def looked_up(address: str) -> tuple[int, dict[str, int]]:
    """Tasks the scheduler knows, and results that each worker keeps."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        tasks = client.run_on_scheduler(_tasks)
        return tasks, client.run(_kept)


def _tasks(dask_scheduler: object) -> int:
    return len(dask_scheduler.tasks)  # type: ignore[attr-defined]


def _kept(dask_worker: object) -> int:
    return len(dask_worker.data)  # type: ignore[attr-defined]
