"""Runs of the model that the documentation shows: one certain path, and scenarios made on the spot."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path as FilePath

from sim.experiment.drawing import Block, draw_block
from sim.experiment.simulation import Path, simulate_scenarios
from sim.language import Text
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.scenario.parts import AssumptionPath, Event, Project, Scenario

ROOT = FilePath(__file__).resolve().parent.parent
HORIZON = 2035
YEARS = tuple(range(2021, HORIZON + 1))


@functools.cache
def pack() -> Pack:
    """The district."""
    return read_pack(ROOT / "calibration", "west_coast")


@functools.cache
def certain() -> Block:
    """The block with every source of uncertainty off: one path."""
    return draw_block(pack(), 1, 0, HORIZON, frozenset())


def path_of(values: Mapping[int, float], id_: str, otherwise: float | None) -> AssumptionPath:
    """A lever or world assumption that holds `values` in their years and `otherwise` in all others."""
    line = tuple(values.get(year, otherwise) for year in YEARS)
    return AssumptionPath(id_, YEARS, line, line)


def scenario(
    levers: Mapping[str, AssumptionPath] | None = None,
    world: Mapping[str, AssumptionPath] | None = None,
    projects: tuple[Project, ...] = (),
    events: tuple[Event, ...] = (),
    horizon: int = HORIZON,
) -> Scenario:
    """A scenario that differs from the baseline by what is given."""
    name = Text("文档", "documentation")
    return Scenario("docs", name, "", None, horizon, levers or {}, world or {}, projects, events, (), {}, ())


def run(*scenarios: Scenario, block: Block | None = None) -> tuple[Path, ...]:
    """Paths of scenarios on the same draws; the certain path unless a block is given."""
    return simulate_scenarios(pack(), list(scenarios), block or certain())


def table(header: list[str], rows: list[list[str]], left: int = 1) -> str:
    """A Markdown table; the first `left` columns are text, the others numbers."""
    rule = ["---" if i < left else "---:" for i in range(len(header))]
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, rule, *rows])
