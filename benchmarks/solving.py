"""One question of `solve`, as the command answers it, without its pages and folder."""

from __future__ import annotations

from time import perf_counter

from benchmarks.inputs import plan
from benchmarks.measure import Measured
from sim.solve.answer import Question, all_levers, solve

TARGET, PROBABILITY = "plan14.gdp_growth.2025", 0.6


def one_question(repeats: int, draws: int = 20_000) -> tuple[Measured, int, int]:
    """Time of one answer [s], how many packages were judged for it, and how many it gives."""
    chosen = plan(draws)
    targets = tuple(target for target in chosen.targets[0] if target.id == TARGET)
    question = Question(targets, PROBABILITY, all_levers())
    times: list[float] = []
    judged: list[int] = []
    packages = 0
    for _ in range(repeats):
        judged.clear()
        start = perf_counter()
        answer = solve(chosen, question, count=judged.append)
        times.append(perf_counter() - start)
        packages = len(answer.found.packages)
    return Measured(tuple(times)), sum(judged), packages
