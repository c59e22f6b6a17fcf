"""Pools of worker processes: Ctrl-C reaches the program alone, and a worker that dies is told in one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiment.processes import submitted, worker_pool

PROJECT = Path(__file__).resolve().parent.parent
#: A program whose workers are still importing it when the interrupt comes; its last line is the only one to be seen.
PROGRAM = """
import os, sys, time
from sim.experiment.processes import submitted, worker_pool

def nothing():
    pass

if __name__ != "__main__":
    os.write(1, b"importing\\n")  # at once: two workers say it
    time.sleep(0.5)
else:
    try:
        with worker_pool(2, nothing) as pool:
            for task in submitted(pool, time.sleep, [60.0, 60.0, 60.0]):
                task.result()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
"""


@pytest.mark.skipif(os.name == "nt", reason="a process group cannot be interrupted alike on Windows")
def test_an_interrupt_while_workers_import_ends_all_at_once_in_one_line(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,  # so that the signal reaches the workers too, as Ctrl-C in a terminal does
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "importing\n"
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)  # a worker that went on would sleep a minute
    assert (process.returncode, err) == (130, "interrupted\n")


def nothing() -> None:
    """What these workers begin with."""


def double(number: int) -> int:
    """Twice the number; a worker that is given -1 ends as one does that the system kills."""
    if number == -1:
        os._exit(9)
    return 2 * number


def test_results_come_in_order_and_a_dead_worker_is_told() -> None:
    with worker_pool(1, nothing) as pool:
        assert [task.result() for task in submitted(pool, double, [3, 1, 2])] == [6, 2, 4]
        with pytest.raises(InputError) as told, worker_pool(1, nothing) as other:
            [task.result() for task in submitted(other, double, [1, -1])]
        assert "--workers: 一个计算进程意外终止" in told.value.show("zh")
        assert submitted(pool, double, [5])[0].result() == 10
