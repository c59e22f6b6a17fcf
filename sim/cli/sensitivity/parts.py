"""What the parts of `sensitivity` have in common: how each is made, stored and printed.

A part is two functions, so that a finished folder is printed again without computing anything:

    def information_part(plan: Plan, targets: Sequence[Target], options: Options, progress: Progress) -> Part
    def information_lines(part: Mapping[str, Any], options: Options, lang: str) -> list[str]

The second reads `Part.document` as it was written to and read from result.json, and nothing else. `targets` are those
asked for, all of them evaluated, in the order of the plan, of which the plan's first and only scenario is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiment.plan import Plan
from sim.output.findings import Table
from sim.targets import Target

#: Told how much of a part is done, and of how much: `progress(done, of)`.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What changes no number: rows that are printed of each list, processes used."""

    top: int = 10
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One answer: plain values for result.json (texts as `label` and `label_en`), and its CSV tables."""

    document: dict[str, Any]
    tables: tuple[Table, ...]


Made = Callable[[Plan, Sequence[Target], Options, Progress], Part]
Told = Callable[[Mapping[str, Any], Options, str], list[str]]


def target_record(target: Target) -> dict[str, Any]:
    """What every part says of a target, so that its rows can be read alone."""
    return {
        "id": target.id,
        "indicator": target.indicator,
        "year": target.year,
        "label": target.label.zh,
        "label_en": target.label.en,
    }
