"""Numbers that cannot be true: negative levels, shares over 100 %, percent written for a fraction.

Form is checked where a file is read; here what the numbers say. Everything found is reported together.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import InputError, Problem
from sim.experiment.drawing import draw_block
from sim.facts.plausible import impossible_facts
from sim.language import Text
from sim.parameters.priors import Prior
from sim.reading.source import read
from sim.region.pack import Pack
from sim.rest_of_city import EXCEEDED
from sim.scenario.load import Scenario
from sim.targets import Target, target_places
from sim.targets.rules import target_rules

TRIAL_SEED = 1


def check_pack(pack: Pack) -> None:
    """Raises InputError with every impossible number of a region pack, or when the base year does not add up."""
    starting = {fact.id for fact in pack.base_facts.values() if fact is not None}
    problems = impossible_facts(pack.ledger.facts, starting)
    problems += [p for prior in pack.base_assumptions.values() for p in _fraction_problems(prior)]
    if problems:
        raise InputError(problems)
    try:
        draw_block(pack, TRIAL_SEED, 0, pack.base_year, frozenset(("facts", "parameters")))
    except ValueError as error:
        source = read(pack.folder / "base_year.yaml")
        if str(error).startswith(EXCEEDED):
            names = str(error).removeprefix(EXCEEDED)
            zh, en = f"各区的数超过全市，或使其余地区的占比不可能：{names}", f"districts exceed their city in: {names}"
            raise InputError(source.problem(("facts",), Text(zh, en))) from error
        cells = str(error).rpartition(" for ")[2]
        zh = f"按报告数和份额推算，这些部门没有正的增加值：{cells}；请核对 facts 中的数字"
        en = f"reported figures and shares leave no value added for: {cells}; check the numbers of facts"
        raise InputError(source.problem(("composition",), Text(zh, en))) from error


def _fraction_problems(prior: Prior) -> list[Problem]:
    if prior.unit != "1" or 0.0 <= prior.low <= prior.high <= 1.0:
        return []
    file, _, line = prior.origin.rpartition(":")
    hint = Text("", "")
    if 1.0 < prior.high <= 100.0:
        numbers = f"[{prior.low / 100:g}, {prior.high / 100:g}]"
        hint = Text(f"；若指百分数，请写 {numbers}", f"; write {numbers} for percent")
    zh = f"应为 0 至 1 的小数，现为 [{prior.low:g}, {prior.high:g}]{hint.zh}"
    en = f"must be a fraction from 0 to 1, not [{prior.low:g}, {prior.high:g}]{hint.en}"
    return [Problem(file, int(line), None, f"assumptions.{prior.name}", Text(zh, en))]


def check_targets(pack: Pack, scenario: Scenario, targets: Sequence[Target]) -> None:
    """Raises InputError with every target of a pack or a scenario that no region could meet or miss."""
    found = {t.id: text for t in targets if (text := _target_text(t, pack)) is not None}
    if not found:
        return
    problems: list[Problem] = []
    places = target_places(pack)
    for id, text in found.items():
        origin = scenario.origins.get(f"targets.{id}")
        if origin is not None:
            file, _, line = origin.rpartition(":")
            problems.append(Problem(file, int(line), None, f"targets.{id}", text))
        else:
            place = places[id]
            problems.append(place.source.problem((*place.keys, "value"), text))
    raise InputError(problems)


def _target_text(target: Target, pack: Pack) -> Text | None:
    if target.not_modelled is not None:
        return None
    rules = target_rules(pack)
    if target.operator == "above" or target.benchmark is not None:
        trouble = rules.benchmark(target.operator or "", target.benchmark or "")
        if trouble is not None:
            return trouble
    if target.operator == "change":
        return None
    values = (value for value in (target.value, target.value_high) if value is not None)
    return next((text for value in values if (text := rules.impossible(value, target.indicator)) is not None), None)
