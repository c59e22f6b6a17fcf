"""The scenarios of docs/library.md: read with the comments of their files, and run on one block of draws.

All share 5,120 draws, so that differences carry little noise and the page is made in seconds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from model_runs import path_of

from sim.cli.inputs import load_pack, load_scenarios, targets_of
from sim.experiment.plan import Plan
from sim.experiment.results import Difference, ScenarioResult, TargetResult
from sim.experiment.run import run
from sim.levers.catalogue import LEVERS
from sim.region.pack import Pack
from sim.scenario.parts import Scenario
from sim.targets import read_targets

FOLDER = Path(__file__).resolve().parent.parent / "scenarios"
DRAWS = 5_120
#: In the order of the page; a test holds that it is all of scenarios/.
NAMES = (
    "baseline", "plan_targets", "manufacturing_power", "marine", "investment_push", "open_hub", "green_transition",
    "people_and_talent", "digital_district", "livelihood", "plan15_base", "weak_external_demand", "trade_friction",
    "pandemic_shock", "stress",
)  # fmt: skip
#: Targets of the plan that the page shows.
TARGETS = frozenset({"plan14.co2_peak.2035"}) | frozenset(
    f"plan14.{name}.2025"
    for name in ("gdp_growth", "manufacturing_share", "marine_share", "trade_total", "fdi", "good_air_ratio",
                 "good_water_ratio", "schooling_years", "rd_intensity", "doctors_per_1000", "pension_coverage")
)  # fmt: skip
#: The levers of 制造强区 at their bounds from 2021 on: how far the model can go at all.
AT_BOUNDS = "manufacturing_at_bounds"
SECTIONS = ("levers", "world", "projects", "events", "targets")
_HEAD = re.compile(r"^  (?:- )?(?:\{)?(?:id: *)?([\w.]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One lever, world assumption, project, event or target of a file, as written, with the comment above it."""

    section: str
    id: str
    written: str
    comment: str


def entries(path: Path) -> list[Entry]:
    """What a scenario file sets, in its order. Comments are the lines with two spaces and `#` right above."""
    found: list[Entry] = []
    section, comment = "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            section, comment = line.split(":")[0], ""
        elif section in SECTIONS and line.startswith("  #"):
            comment += line.strip("# ")
        elif section in SECTIONS and re.match(r"  [\w-]", line):
            head = _HEAD.match(line)
            assert head is not None, f"{path.name}: {line}"
            found.append(Entry(section, head[1], line.split(":", 1)[1].strip(), comment))
            comment = ""
    return found


@dataclass(frozen=True, slots=True)
class Library:
    """All scenarios on the same draws; `differences` are to the baseline, by (kind, id, year, scenario)."""

    scenarios: Mapping[str, Scenario]
    results: Mapping[str, ScenarioResult]
    differences: Mapping[tuple[str, str, int, str], Difference]


@functools.cache
def library() -> Library:
    """Run every scenario of the page, and 制造强区 with its levers at their bounds."""
    pack = load_pack("west_coast")
    scenarios = [*load_scenarios(pack, NAMES, None)]
    scenarios.append(_at_bounds(scenarios[NAMES.index("manufacturing_power")]))
    results, differences = run(_plan(pack, scenarios))
    by_key = {(d.kind, d.id, d.year, d.scenario): d for d in differences}
    return Library({s.name: s for s in scenarios}, {r.scenario: r for r in results}, by_key)


def _plan(pack: Pack, scenarios: list[Scenario]) -> Plan:
    """All scenarios on one block; only the targets shown, for each takes time."""
    of_pack = [target for target in read_targets(pack) if target.id in TARGETS]
    targets = tuple(targets_of(pack, scenario, of_pack) for scenario in scenarios)
    return Plan(pack, tuple(scenarios), targets, draws=DRAWS, horizon=2035, compare=True)


def _at_bounds(scenario: Scenario) -> Scenario:
    years = range(2021, scenario.horizon + 1)
    names = ("manufacturing_investment_share", "manufacturing_productivity")
    highest = {name: path_of(dict.fromkeys(years, LEVERS[name].high), name, 0.0) for name in names}
    return replace(scenario, name=AT_BOUNDS, levers=highest)


def mean(scenario: str, indicator: str, year: int) -> float:
    """Mean of an indicator over the draws."""
    result = library().results[scenario]
    return float(result.means[result.indicators.index(indicator), result.years.index(year)])


def target_of(scenario: str, id_: str) -> TargetResult:
    """The verdict of a scenario on a target."""
    return next(t for t in library().results[scenario].targets if t.target.id == id_)


def difference_of(kind: str, id_: str, year: int, scenario: str) -> Difference:
    """The paired difference of an indicator or target to the baseline."""
    return library().differences[kind, id_, year, scenario]
