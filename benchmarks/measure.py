"""The measurements: pairs taken in turn within one process, so that a busy machine slows both alike."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import numpy as np

from benchmarks import kernel
from benchmarks.inputs import plan, ready
from sim.experiment.block import run_block
from sim.experiment.drawing import draw_block
from sim.experiment.run import run
from sim.experiment.simulation import simulate_scenarios
from sim.experiment.summaries import StreamingSummary, histogram_frame
from sim.model import simulate_years
from sim.randomness import BLOCK

PROJECT = Path(__file__).resolve().parent.parent
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """Repeats of one number: median, and the middle half of them."""

    repeats: tuple[float, ...]

    @property
    def middle(self) -> float:
        """Median."""
        return median(self.repeats)

    @property
    def spread(self) -> tuple[float, float]:
        """Lower and upper quartile."""
        if len(self.repeats) < 2:
            return self.repeats[0], self.repeats[0]
        low, _, high = quantiles(self.repeats, n=4, method="inclusive")
        return low, high


def seconds(work: Work) -> float:
    """Wall time of one call."""
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turn(first: Work, second: Work, repeats: int) -> tuple[Measured, Measured, Measured]:
    """Wall times of two pieces of work done in turn, each going first every other time, and first / second."""
    first(), second()
    pairs = []
    for repeat in range(repeats):
        if repeat % 2:
            late = seconds(second)
            pairs.append((seconds(first), late))
        else:
            early = seconds(first)
            pairs.append((early, seconds(second)))
    one, two = zip(*pairs, strict=True)
    return Measured(one), Measured(two), Measured(tuple(a / b for a, b in pairs))


def against_kernel(repeats: int) -> tuple[Measured, Measured, Measured]:
    """Time of the hand-written kernel, of the model, and their ratio: the model's speed against the kernel's."""
    initial, parameters, drivers = ready(plan(BLOCK))
    by_hand = kernel.run(initial, parameters, drivers)

    def model() -> None:
        for _ in simulate_years(initial, parameters, drivers):
            pass

    return in_turn(lambda: by_hand(None), model, repeats)


def against_parts(repeats: int) -> tuple[Measured, Measured, Measured]:
    """Time of a whole block with streaming summaries, of its draws and simulation, and their ratio."""
    chosen = plan(BLOCK)

    def parts() -> None:
        drawn = draw_block(chosen.pack, chosen.seed, 0, chosen.horizon, chosen.sources)
        simulate_scenarios(chosen.pack, chosen.scenarios, drawn, keep_states=False)

    (first,), _ = run_block(chosen, 0, None)
    assert first.values is not None
    frame = histogram_frame(np.concatenate(first.values))
    summary = StreamingSummary(*frame)

    def whole() -> None:
        (block,), _ = run_block(chosen, 0, [frame])
        assert block.counts is not None
        summary.add_counts(block.counts, BLOCK)

    return in_turn(whole, parts, repeats)


def comparison(repeats: int, draws: int = 20_000) -> tuple[Measured, Measured, Measured]:
    """Time of a comparison of two scenarios, of two separate runs, and their ratio."""
    both = plan(draws, scenarios=2)
    alone = [plan(draws)] * 2
    return in_turn(lambda: run(both), lambda: [run(one) for one in alone], repeats)


def many(repeats: int, draws: int = 20_000) -> tuple[Measured, Measured, Measured]:
    """Time of a comparison of ten scenarios without attribution, of a run of one, and their ratio."""
    ten, one = plan(draws, scenarios=10), plan(draws)
    return in_turn(lambda: run(ten), lambda: run(one), repeats)


def wall(repeats: int, draws: int = 20_000) -> tuple[Measured, Measured, Measured]:
    """Time of a run with one worker, with two, and their ratio."""
    return in_turn(lambda: run(plan(draws)), lambda: run(plan(draws, workers=2)), repeats)


def start_up(repeats: int) -> tuple[Measured, Measured, Measured]:
    """Time of `run.py --help`, of Python alone, and their ratio."""
    help_ = [sys.executable, str(PROJECT / "run.py"), "--help"]
    bare = [sys.executable, "-c", "pass"]

    def start(command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True)

    return in_turn(lambda: start(help_), lambda: start(bare), repeats)


def peak_memory(draws: int) -> float:
    """Peak memory of a run in a process of its own [MB]."""
    command = [sys.executable, str(PROJECT / "benchmarks" / "run.py"), "--only-memory", str(draws)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def own_peak(draws: int) -> float:
    """Run this many draws here and give the peak memory of this process [MB]."""
    run(plan(draws))
    return peak_of_this()


def peak_of_this() -> float:
    """Peak memory of this process [MB]."""
    status = Path("/proc/self/status")
    if status.is_file():  # on Linux ru_maxrss begins with the memory of the program that started this one
        line = next(one for one in status.read_text(encoding="utf-8").splitlines() if one.startswith("VmHWM:"))
        return float(line.split()[1]) / 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
