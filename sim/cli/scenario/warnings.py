"""What a reader of a result should know of its scenario: what changes nothing in it, and what was never seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.cli.past import OF_THE_LAST_YEAR, RARE, past_warnings
from sim.cli.scenario.doubts import doubts
from sim.experiment.drawing import block_of
from sim.experiment.simulation import Path, follow_scenarios
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.language import Text
from sim.lever_effects.history import seen_of
from sim.levers.catalogue import ENTRIES, LEVERS, WORLD
from sim.randomness import BLOCK, SOURCES, Draws
from sim.region.pack import Pack
from sim.scenario.parts import AssumptionPath, Scenario

#: Indicators of single cells: what acts on them acts on GDP as well.
OF_CELLS = frozenset(("manufacturing_share", "marine_share", "services_share"))
#: Draws that show whether a part of a scenario changes anything; what needs luck to act is given a whole block.
FEW = 64
#: Levers of whole years: a range may round to nothing in few draws.
ROUNDED = frozenset((OF_THE_LAST_YEAR,))


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that a scenario says: what it is called, the scenario without it, whether it acts by chance."""

    id: str
    name: Text
    without: Scenario
    by_chance: bool


def warnings_of(pack: Pack, scenario: Scenario, as_of: int, sources: frozenset[str] = frozenset(SOURCES)) -> list[Text]:
    """What the scenario says that changes nothing in a run as of a year, or that lies outside what was ever seen.

    `sources` are the sources of uncertainty that are on.
    """
    past = past_warnings(pack, scenario, as_of)
    out = list(past)
    zero = [name for name, path in scenario.levers.items() if not _acting(path)]
    for name in zero:
        label = LEVERS[name].label
        zh = f"杠杆“{label.zh}”全部为 0，对结果没有影响"
        out.append(Text(zh, f'lever "{label.en}" is 0 throughout and changes nothing'))
    told = "".join(warning.zh for warning in past)
    parts = [part for part in _parts(scenario, as_of, told) if part.id not in zero]
    out += [_said(pack, part) for part in idle_parts(pack, scenario, parts, as_of, sources)]
    return [*out, *doubts(pack, scenario), *extrapolations(pack, scenario, as_of)]


def idle_parts(
    pack: Pack, scenario: Scenario, parts: Sequence[_Part], as_of: int, sources: frozenset[str]
) -> list[_Part]:
    """Parts without which every indicator is exactly what it is with them, in every draw and year.

    A few draws show what acts at all; what acts only by chance and did not is tried again on a whole block.
    """
    idle = _unchanged(pack, scenario, parts, as_of, sources, FEW)
    unlucky = [part for part in idle if part.by_chance] if sources else []
    if not unlucky:
        return idle
    surely = _unchanged(pack, scenario, unlucky, as_of, sources, BLOCK)
    return [part for part in idle if part not in unlucky or part in surely]


def _unchanged(
    pack: Pack, scenario: Scenario, parts: Sequence[_Part], as_of: int, sources: frozenset[str], draws: int
) -> list[_Part]:
    if not parts:
        return []
    years = tuple(range(pack.base_year, scenario.horizon + 1))
    block = block_of(pack, Draws(0, 0, sources, size=draws if sources else 1), years, as_of)
    paths = follow_scenarios(pack, [scenario, *(part.without for part in parts)], block, False, ())
    whole = next(paths)
    return [part for part, path in zip(parts, paths, strict=True) if _same(whole, path)]


def _same(one: Path, two: Path) -> bool:
    """Whether two paths are equal to the last bit, in the region and in what targets compare it with."""
    pairs = [(one.values, two.values), *((row, two.benchmarks[name]) for name, row in one.benchmarks.items())]
    return all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)


def _parts(scenario: Scenario, as_of: int, told: str) -> Iterator[_Part]:
    """Everything a scenario says, but for what is over and was told of already."""
    for name, path in scenario.levers.items():
        if name in ROUNDED or any(year > as_of for year in _acting(path)):
            left = {other: kept for other, kept in scenario.levers.items() if other != name}
            yield _Part(name, _called(name), replace(scenario, levers=left), name in ROUNDED)
    for name, path in scenario.world.items():
        if _written(path, as_of) or f"“{WORLD[name].label.zh}”" not in told:
            kept_world = {other: kept for other, kept in scenario.world.items() if other != name}
            yield _Part(name, _called(name), replace(scenario, world=kept_world), name == RARE)
    for project in scenario.projects:
        if f"“{project.label.zh}”" not in told:
            others = tuple(other for other in scenario.projects if other.id != project.id)
            name_of = Text(f"项目“{project.label.zh}”", f'project "{project.label.en}"')
            yield _Part(project.id, name_of, replace(scenario, projects=others), True)
    for event in scenario.events:
        if f"“{event.label.zh}”" not in told:
            rest = tuple(other for other in scenario.events if other.id != event.id)
            name_of = Text(f"事件“{event.label.zh}”", f'event "{event.label.en}"')
            yield _Part(event.id, name_of, replace(scenario, events=rest), True)


def _called(name: str) -> Text:
    label = ENTRIES[name].label
    if name in LEVERS:
        return Text(f"杠杆“{label.zh}”", f'lever "{label.en}"')
    return Text(f"外部假设“{label.zh}”", f'world assumption "{label.en}"')


def _acting(path: AssumptionPath) -> list[int]:
    """Years in which a lever is something else than 0."""
    return [year for year, low, high in zip(path.years, path.low, path.high, strict=True) if low or high]


def _written(path: AssumptionPath, after: int) -> list[int]:
    """Years after one in which a path has a value."""
    return [year for year, low in zip(path.years, path.low, strict=True) if year > after and low is not None]


def _said(pack: Pack, part: _Part) -> Text:
    name = part.name
    if part.id in LEVERS and _without_baseline(pack, LEVERS[part.id].acts_on):
        en = f"{name.en} has no indicator with a baseline to act on and changes nothing"
        return Text(f"{name.zh}所作用的指标没有基数，对结果没有影响", en)
    return Text(f"{name.zh}在本次测算中没有改变任何指标", f"{name.en} changes no indicator in this run")


def _without_baseline(pack: Pack, acts_on: Sequence[str]) -> bool:
    """Whether nothing a lever acts on is computed; one on the cells of a district still moves its city's GDP."""
    moved = (pack, *pack.districts) if set(acts_on) & OF_CELLS else (pack,)
    return all(missing_of(INDICATORS[indicator], of) for indicator in acts_on for of in moved)


def extrapolations(pack: Pack, scenario: Scenario, as_of: int) -> Iterator[Text]:
    """Levers and world assumptions set, after `as_of`, outside the range seen in history."""
    for name, path in (*scenario.levers.items(), *scenario.world.items()):
        entry = ENTRIES[name]
        seen = seen_of(entry, pack)
        later = set(_written(path, as_of))
        ends = [
            (low, high)
            for year, low, high in zip(path.years, path.low, path.high, strict=True)
            if year in later and low is not None and high is not None
        ]
        if seen is None or not ends:
            continue
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        if low < seen.low or high > seen.high:
            name_of, unit = _called(name), entry.unit
            zh = f"外推：{name_of.zh}的历史记录为{_span(seen.low, seen.high, '至')}{unit.zh}（{seen.source.zh}），"
            en = f"extrapolation: {name_of.en} was {_span(seen.low, seen.high, ' to ')} {unit.en} ({seen.source.en}), "
            yield Text(f"{zh}本情景为{_span(low, high, '至')}", f"{en}here {_span(low, high, ' to ')}")


def _span(low: float, high: float, to: str) -> str:
    """One number, or two with a word between them, with a real minus sign."""
    shown = [f"{round(number, 2):g}".replace("-", "−") for number in (low, high)]
    return shown[0] if shown[0] == shown[1] else to.join(shown)
