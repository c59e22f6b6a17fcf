"""What a sweep file asks of each point: targets, and indicators in given years."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sim.errors import Problem, unknown_name
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.language import Text
from sim.reading.messages import describe
from sim.reading.source import YamlSource
from sim.region.pack import Pack
from sim.scenario.parts import Scenario
from sim.targets import Target, read_targets, status_of, with_scenario_targets


def chosen_targets(
    source: YamlSource, base: Scenario, pack: Pack, as_of: int | None, problems: list[Problem]
) -> tuple[Target, ...]:
    """Targets of the pack and the scenario that the file asks for; all that can be evaluated without a list."""
    known = with_scenario_targets(read_targets(pack), base.targets, base.name)
    status = {t.id: status_of(t, base.horizon, pack, as_of) for t in known}
    able = [t for t in known if status[t.id][0] == "evaluated"]
    if not able:
        text = Text("到预测期末没有任何目标可以测算概率", "no target has a probability by the horizon")
        problems.append(source.problem(("scenario",), text))
    asked = source.data.get("targets")
    if not isinstance(asked, list):
        return tuple(able)
    for place, name in enumerate(asked):
        if not isinstance(name, str):
            continue
        keys = ("targets", place)
        if name not in status:
            problems.append(source.problem(keys, unknown_name(name, [t.id for t in able])))
        elif status[name][0] != "evaluated":
            problems.append(source.problem(keys, _not_evaluated(status[name][1])))
        elif name in asked[:place]:
            problems.append(source.problem(keys, _repeated(name)))
    return tuple(t for t in able if t.id in asked)


def _not_evaluated(reason: Text | None) -> Text:
    why = reason or Text("", "")
    return Text(f"该目标不能测算概率：{why.zh}", f"this target has no probability: {why.en}")


def _repeated(value: object) -> Text:
    return Text(f"“{value}”重复", f'"{value}" is there already')


def chosen_indicators(
    source: YamlSource, base: Scenario, pack: Pack, problems: list[Problem]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Indicators and years the file asks for, in its order; the last year where it names indicators alone."""
    names, years = source.data.get("indicators"), source.data.get("years")
    if isinstance(years, list) and not isinstance(names, list):
        text = Text("years 是 indicators 的年份；请写 indicators，或删去", "years are those of indicators; name some")
        problems.append(source.problem(("years",), text, at_key=True))
    for key, listed in (("indicators", names), ("years", years)):
        if isinstance(listed, list) and not listed:
            problems.append(source.problem((key,), Text("没有任何值", "there is no value")))
    problems += _name_problems(source, names if isinstance(names, list) else [], pack)
    problems += _year_problems(source, years if isinstance(years, list) else [], pack.base_year, base.horizon)
    if not isinstance(names, list):
        return (), ()
    chosen = years if isinstance(years, list) else [base.horizon]
    return tuple(map(str, names)), tuple(chosen)


def _name_problems(source: YamlSource, names: Sequence[Any], pack: Pack) -> list[Problem]:
    known: Collection[str] = [id for id, item in INDICATORS.items() if missing_of(item, pack) is None]
    problems = []
    for place, name in enumerate(names):
        if not isinstance(name, str):
            continue  # the model of the file reports it
        missing = missing_of(INDICATORS[name], pack) if name in INDICATORS else None
        if name not in INDICATORS:
            problems.append(source.problem(("indicators", place), unknown_name(name, known)))
        elif missing is not None:
            text = Text(f"该指标没有数值：{missing.zh}", f"there is no such figure: {missing.en}")
            problems.append(source.problem(("indicators", place), text))
        elif name in names[:place]:
            problems.append(source.problem(("indicators", place), _repeated(name)))
    return problems


def _year_problems(source: YamlSource, years: Sequence[Any], base_year: int, horizon: int) -> list[Problem]:
    problems = []
    for place, year in enumerate(years):
        if not isinstance(year, int) or isinstance(year, bool):
            continue
        if not base_year < year <= horizon:
            got = describe(year)
            text = Text(
                f"应在 {base_year + 1} 至 {horizon} 之间，现为 {got.zh}",
                f"must lie between {base_year + 1} and {horizon}, got {got.en}",
            )
            problems.append(source.problem(("years", place), text))
        elif year in years[:place]:
            problems.append(source.problem(("years", place), _repeated(year)))
    return problems
