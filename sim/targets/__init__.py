"""Targets: how they are read, and whether each draw meets them."""

from sim.targets.attainment import Outcome, evaluate, status_of
from sim.targets.outcome import Reported, reported, reported_fact
from sim.targets.reading import (
    Target,
    TargetPlace,
    benchmark_trouble,
    document_of,
    plan_document,
    read_targets,
    target_files,
    target_places,
    with_scenario_targets,
)

__all__ = [
    "Outcome",
    "Reported",
    "Target",
    "TargetPlace",
    "benchmark_trouble",
    "document_of",
    "evaluate",
    "plan_document",
    "read_targets",
    "reported",
    "reported_fact",
    "status_of",
    "target_files",
    "target_places",
    "with_scenario_targets",
]
