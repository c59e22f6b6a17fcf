"""What is allowed in a scenario and yet probably a slip: fractions for percent, projects that yield too much or
nothing, a target that nearly has the id of one of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import nearest
from sim.language import Text
from sim.levers.catalogue import ENTRIES, WORLD
from sim.region.pack import Pack
from sim.scenario.fields import LARGEST_SIZE
from sim.scenario.parts import AssumptionPath, Scenario
from sim.targets import read_targets

#: World assumptions in percent a year, and the size below which a fraction was probably meant.
GROWTH_ASSUMPTIONS = frozenset(("national_growth", "world_trade"))
LEAST_GROWTH = 0.3
IN_PERCENT = ("%", "百分点")
HUNDRED = 100.0


def doubts(pack: Pack, scenario: Scenario) -> Iterator[Text]:
    """Sentences about what should be looked at again; none of them changes a number."""
    yield from _small_growth(scenario)
    yield from _fractions(scenario)
    yield from _projects(scenario)
    yield from _near_targets(pack, scenario)


def _largest(path: AssumptionPath) -> float:
    return max((abs(value) for value in (*path.low, *path.high) if value is not None), default=0.0)


def _small_growth(scenario: Scenario) -> Iterator[Text]:
    """Growth that was probably written as a fraction."""
    for name in sorted(GROWTH_ASSUMPTIONS & set(scenario.world)):
        if 0.0 < _largest(scenario.world[name]) < LEAST_GROWTH:
            label = WORLD[name].label
            zh = f"“{label.zh}”的单位是百分数，各值都小于{LEAST_GROWTH}：5%应写 5，不写 0.05"
            yield Text(zh, f'"{label.en}" is in percent, yet below {LEAST_GROWTH}: write 5 for 5 %, not 0.05')


def _fractions(scenario: Scenario) -> Iterator[Text]:
    """Other percentages no larger than the fraction that stands for the largest one allowed."""
    for name, path in (*scenario.levers.items(), *scenario.world.items()):
        entry, largest = ENTRIES[name], _largest(path)
        most = max(abs(entry.low), abs(entry.high)) / HUNDRED
        unit, _, _ = entry.unit.zh.partition("/")
        if unit in IN_PERCENT and name not in GROWTH_ASSUMPTIONS and 0.0 < largest <= most:
            meant = f"{HUNDRED * largest:.12g}"
            zh = f"“{entry.label.zh}”的单位是{unit}，各值都不超过{largest:.12g}：若指{meant}{unit}，应写 {meant}"
            en = f'"{entry.label.en}" is in {entry.unit.en}, yet at most {largest:.12g}: write {meant} for {meant} %'
            yield Text(zh, en)
    for event in scenario.events:
        largest = max(abs(event.size_low), abs(event.size_high))
        if 0.0 < largest < LARGEST_SIZE / HUNDRED:
            zh = f"事件“{event.label.zh}”的幅度是百分数，都小于1%：若指5%，应写 5，不写 0.05"
            en = f'the size of event "{event.label.en}" is in percent, yet below 1: write 5 for 5 %, not 0.05'
            yield Text(zh, en)


def _projects(scenario: Scenario) -> Iterator[Text]:
    """Projects that yield more in a year than they cost altogether, or nothing at all."""
    for project in scenario.projects:
        label, capex, value = project.label, project.capex, project.value_added
        if value > capex:
            zh = f"项目“{label.zh}”每年的增加值（{value:g}亿元）多于总投资（{capex:g}亿元），请核对单位"
            yield Text(
                zh, f'project "{label.en}" yields more a year ({value:g}) than it costs ({capex:g}): check units'
            )
        elif value == 0.0 < capex:
            zh = f"项目“{label.zh}”的增加值为 0，投产后不增加产出，只计投资"
            yield Text(zh, f'project "{label.en}" has no value added: only its investment counts')


def _near_targets(pack: Pack, scenario: Scenario) -> Iterator[Text]:
    """Targets beside one of the plan for the same indicator and year, under nearly its id."""
    of_plan = read_targets(pack) if scenario.targets else ()
    known = {target.id for target in of_plan}
    for target in scenario.targets:
        alike = [t.id for t in of_plan if (t.indicator, t.year) == (target.indicator, target.year)]
        near = None if target.id in known else nearest(target.id, alike)
        if near is not None:
            zh = f"目标“{target.id}”是另加的；若要替换规划目标，编号应为 {near}"
            yield Text(zh, f'target "{target.id}" is added; to replace that of the plan its id must be {near}')
