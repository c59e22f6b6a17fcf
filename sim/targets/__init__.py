"""Targets: how they are read, and whether each draw meets them."""

from sim.targets.attainment import Outcome, evaluate, status_of
from sim.targets.comparable import Refused, comparable_fact, incomparable, latest_known, refused_facts
from sim.targets.known import Known, known
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
    "Known",
    "Outcome",
    "Refused",
    "Reported",
    "Target",
    "TargetPlace",
    "benchmark_trouble",
    "comparable_fact",
    "document_of",
    "evaluate",
    "incomparable",
    "known",
    "latest_known",
    "plan_document",
    "read_targets",
    "refused_facts",
    "reported",
    "reported_fact",
    "status_of",
    "target_files",
    "target_places",
    "with_scenario_targets",
]
