"""What a scenario says of years that are over: those years have figures, so it changes nothing in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.region.pack import Pack
from sim.scenario.parts import AssumptionPath, Scenario

#: The one world assumption without a series of its own.
RARE = "rare_event_probability"
#: What is written for a known year and still acts on later ones: the national trend that was expected is what the
#: known growth is read against, a rare event heals over years; research works with a lag, foreign capital by its level.
CARRIED = frozenset(("national_growth", RARE, "rd_intensity", "fdi_growth"))
#: Of this lever only the last year's value counts, for lines that are not open yet.
OF_THE_LAST_YEAR = "rail_delay"

Named = tuple[bool, Text, tuple[int, ...]]  # whether it acts on later years, what it is called, years


def past_warnings(pack: Pack, scenario: Scenario, as_of: int) -> list[Text]:
    """Levers, world paths, projects and events that a scenario sets for years up to `as_of`; none as of the base."""
    found = [*_paths(pack, scenario, as_of), *_dated(pack, scenario, as_of)]
    gone = [one for one in found if not one[0]]
    carried = [one for one in found if one[0]]
    out = []
    if gone:
        zh = f"{_subject(gone, scenario).zh}不起作用：这些年份已有公布数，做过什么、发生过什么都在数里"
        out.append(Text(zh, f"{_subject(gone, scenario).en} changes nothing: those years have figures"))
    if carried:
        zh = f"{_subject(carried, scenario).zh}对这些年份不起作用，只经由滞后和趋势影响以后各年：这些年份已有公布数"
        en = f"{_subject(carried, scenario).en} changes nothing in them, only later years by lag or trend"
        out.append(Text(zh, f"{en}: those years have figures"))
    return out


def _paths(pack: Pack, scenario: Scenario, as_of: int) -> Iterable[Named]:
    for name, path in scenario.levers.items():
        years = [] if name == OF_THE_LAST_YEAR else _written(path, as_of)
        years = [year for year in years if _acts(path, year)]
        if years:
            label = LEVERS[name].label
            yield name in CARRIED, Text(f"杠杆“{label.zh}”", f'lever "{label.en}"'), tuple(years)
    for name, path in scenario.world.items():
        known: Collection[int] = path.years if name == RARE else pack.world_history.get(name, {})
        years = [year for year in _written(path, as_of) if year in known]
        if years:
            label = WORLD[name].label
            yield name in CARRIED, Text(f"外部假设“{label.zh}”", f'world assumption "{label.en}"'), tuple(years)


def _dated(pack: Pack, scenario: Scenario, as_of: int) -> Iterable[Named]:
    """Projects begun and events over in known years."""
    for project in scenario.projects:
        years = range(max(project.start, pack.base_year + 1), as_of + 1)
        if years:
            zh = f"项目“{project.label.zh}”（这些年份的投资和产出）"
            en = f'project "{project.label.en}" (spending and output of those years)'
            yield False, Text(zh, en), tuple(years)
    for event in scenario.events:
        if event.year is not None and pack.base_year < event.year <= event.year + event.duration - 1 <= as_of:
            years = range(event.year, event.year + event.duration)
            # What ends with the last known year springs back in the next one, but for demand.
            carried = event.kind != "demand" and years[-1] == as_of
            yield carried, Text(f"事件“{event.label.zh}”", f'event "{event.label.en}"'), tuple(years)


def _written(path: AssumptionPath, as_of: int) -> list[int]:
    return [year for year, low in zip(path.years, path.low, strict=True) if year <= as_of and low is not None]


def _acts(path: AssumptionPath, year: int) -> bool:
    """Whether a lever is something else than 0 in a year."""
    at = path.years.index(year)
    return bool(path.low[at] or path.high[at])


def _subject(found: Sequence[Named], scenario: Scenario) -> Text:
    first, last = min(y for _, _, years in found for y in years), max(y for _, _, years in found for y in years)
    zh = f"{first}—{last}" if last > first else str(first)
    en = f"{first}–{last}" if last > first else str(first)
    names = [name for _, name, _ in found]
    return Text(
        f"情景“{scenario.label.zh}”为{zh}年写的{'、'.join(name.zh for name in names)}",
        f'what scenario "{scenario.label.en}" says for {en} of {", ".join(name.en for name in names)}',
    )
