"""Targets: how they are read, and whether each draw meets them."""

from sim.targets.attainment import Outcome, evaluate, status_of
from sim.targets.reading import Target, benchmark_trouble, read_targets, targets_file, with_scenario_targets

__all__ = [
    "Outcome",
    "Target",
    "benchmark_trouble",
    "evaluate",
    "read_targets",
    "status_of",
    "targets_file",
    "with_scenario_targets",
]
