"""A sweep against the least that a pool of processes can do with the same points: draws once, simulate, judge."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.measure import Measured, in_turn, peak_of_this
from sim.experiment.drawing import Block
from sim.experiment.plan import evaluated
from sim.experiment.shared import shared_block
from sim.experiment.simulation import follow_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep.points import Evaluator, Sweep, read_sweep
from sim.sweep.store import carry_out
from sim.sweep.workers import POINTS_TOGETHER

WORKERS, DRAWS, POINTS = 2, 20_000, 64
_SPEC = """\
name: benchmark
scenario: baseline
axes:
  investment_growth: {{from: -4, to: 4, steps: 8}}
  trade_growth: {{from: -5, to: 5, steps: {steps}}}
"""


def the_sweep(points: int, draws: int = DRAWS) -> Sweep:
    """A grid of so many points, eight to a row, over all targets that can be evaluated."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "benchmark.yaml"
        file.write_text(_SPEC.format(steps=points // 8), encoding="utf-8")
        pack = read_pack(data_path("calibration"), "west_coast")
        return read_sweep(file, pack=pack, scenarios=data_path("scenarios"), draws=draws)


def swept(sweep: Sweep, workers: int = WORKERS) -> None:
    """The sweep as the command runs it, its store and tables included."""
    with tempfile.TemporaryDirectory() as folder:
        carry_out(sweep, Path(folder) / "out", workers)


def pooled(sweep: Sweep, workers: int = WORKERS) -> list[list[float]]:
    """Probabilities of the targets at every point, from a pool of processes and nothing else."""
    numbers = range(1, sweep.size + 1)
    batches = [numbers[i : i + POINTS_TOGETHER] for i in range(0, len(numbers), POINTS_TOGETHER)]
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_settle, initargs=(sweep,)) as pool:
        return [found for batch in pool.map(_judge, batches) for found in batch]


_SWEEP: list[Sweep] = []
_BLOCKS: dict[int, Block] = {}


def _settle(sweep: Sweep) -> None:
    _SWEEP.append(sweep)
    for index in range(sweep.plan.blocks):
        _BLOCKS[index] = shared_block(sweep.plan, index)


def _judge(points: Sequence[int]) -> list[list[float]]:
    """Counts of the draws that meet each target, block after block."""
    (sweep,) = _SWEEP
    plan = sweep.plan
    targets, scenarios = evaluated(plan, 0), [sweep.scenario_of(point) for point in points]
    met = [[0] * len(targets) for _ in points]
    for block in _BLOCKS.values():
        paths = follow_scenarios(plan.pack, scenarios, block, False, sorted(plan.compared))
        for path, counts in zip(paths, met, strict=True):
            for place, outcome in enumerate(judged_outcomes(targets, path.value, block.years, block.draws.size)):
                counts[place] += int(outcome.met.sum())
    return [[count / plan.draws for count in counts] for counts in met]


def against_pool(repeats: int, points: int = POINTS) -> tuple[Measured, Measured, Measured, float]:
    """Time of a sweep by two workers, of the plain pool, their ratio, and the ratio of their processor time.

    Processor time counts what this program's own processes used, whatever else the machine does.
    """
    sweep = the_sweep(points)
    used: dict[str, list[float]] = {"sweep": [], "pool": []}

    def noted(kind: str, work: Callable[[], object]) -> None:
        before = _processor_time()
        work()
        used[kind].append(_processor_time() - before)

    timed = in_turn(lambda: noted("sweep", lambda: swept(sweep)), lambda: noted("pool", lambda: pooled(sweep)), repeats)
    return *timed, median(used["sweep"]) / median(used["pool"])


def seconds_a_point(points: int = 32) -> float:
    """Processor time of one point in a process that has its draws [s], whatever else the machine does."""
    evaluator = Evaluator(the_sweep(points))
    half = points // 2
    list(evaluator.points(range(1, half + 1)))
    start = process_time()
    list(evaluator.points(range(half + 1, points + 1)))
    return (process_time() - start) / (points - half)


def _processor_time() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def peak_memory(points: int = 32) -> tuple[float, float]:
    """Peak memory of a sweep by two workers: of the program itself, and of the larger worker [MB]."""
    command = [sys.executable, "-m", "benchmarks.sweeping", str(points)]
    project = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=project)
    own, worker = done.stdout.split()
    return float(own), float(worker)


if __name__ == "__main__":
    swept(the_sweep(int(sys.argv[1])))
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024.0
    sys.stdout.write(f"{peak_of_this()} {worker}\n")
