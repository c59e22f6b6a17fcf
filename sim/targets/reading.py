"""Targets as a plan states them: how they are read from YAML, and replaced by a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem, unknown_name
from sim.facts.ledger import Source, read_sources
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.reading.source import StrictModel, YamlSource, read, validate
from sim.region.pack import Pack
from sim.scenario.parts import Operator, ScenarioTarget

Bools = NDArray[np.bool_]
#: Operators that need a number, and the status of a target whose operator has none.
NUMERIC = (">=", "<=", "about", "between", "cumulative", "change")


class _Target(StrictModel):
    id: str
    reading_of: str | None
    indicator: str
    row: int | None
    category: str
    label: str
    unit: str
    target_text: str
    nature: str | None
    owners: list[str]
    year: int
    first_year: int | None
    operator: Operator
    value: float | None
    value_high: float | None
    tolerance: float | None
    tolerance_reason: str | None
    benchmark: str | None
    margin: float | None
    direction: Literal["falling", "rising"] | None
    base: str | None
    base_text: str | None
    fact: str
    note: str | None
    note_en: str | None


class _Targets(StrictModel):
    targets: list[_Target]


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it is judged; text fields are verbatim, `note` says how they are read."""

    id: str
    indicator: str
    year: int
    operator: Operator
    label: Text
    unit: str
    value: float | None = None
    value_high: float | None = None
    tolerance: float | None = None
    benchmark: str | None = None
    margin: float | None = None
    direction: str | None = None
    first_year: int | None = None
    reading_of: str | None = None
    row: int | None = None
    category: str = ""
    target_text: str = ""
    nature: str | None = None
    owners: tuple[str, ...] = ()
    base: float | None = None
    base_text: str | None = None
    source: str = ""
    source_title: str = ""
    note: Text | None = None


def read_targets(pack: Pack) -> tuple[Target, ...]:
    """Targets of a region pack. Raises InputError for unknown indicators or facts, and impossible readings."""
    source = read(targets_file(pack))
    file = validate(source, _Targets)
    problems: list[Problem] = []
    facts = {fact.id for fact in pack.ledger.facts}
    ids = [t.id for t in file.targets]
    for i, line in enumerate(file.targets):
        problems += _problems(source, i, line, facts, ids, pack.base_year)
    if problems:
        raise InputError(problems)
    sources = read_sources(pack.folder / "sources.yaml")
    return tuple(_target(line, pack, sources) for line in file.targets)


def _problems(
    source: YamlSource, i: int, line: _Target, facts: set[str], ids: Sequence[str], base_year: int
) -> list[Problem]:
    out = []
    for key, name, allowed in (
        ("indicator", line.indicator, set(INDICATORS)),
        ("fact", line.fact, facts),
        ("base", line.base, facts),
        ("reading_of", line.reading_of, set(ids)),
    ):
        if name is not None and name not in allowed:
            out.append(source.problem(("targets", i, key), unknown_name(name, allowed)))
    if ids.count(line.id) > 1:
        out.append(source.problem(("targets", i, "id"), Text("目标编号重复", "target ids must differ")))
    first = line.year if line.first_year is None else line.first_year
    if not base_year < first <= line.year:
        text = Text(f"年份应晚于基年{base_year}，first_year 不晚于 year", f"years must be after {base_year}, in order")
        out.append(source.problem(("targets", i, "year"), text))
    if line.operator == "between" and line.value_high is None:
        text = Text("between 需要 value_high", "between needs value_high")
        out.append(source.problem(("targets", i, "value_high"), text))
    trouble = benchmark_trouble(line.operator, line.benchmark)
    if trouble is not None:
        out.append(source.problem(("targets", i, "benchmark"), trouble))
    if line.operator in NUMERIC and line.value is None:
        text = Text(f"{line.operator} 需要 value", f"{line.operator} needs a value")
        out.append(source.problem(("targets", i, "value"), text))
    return out


def benchmark_trouble(operator: str, benchmark: str | None) -> Text | None:
    """What is wrong with the benchmark of an `in_step` target: it must be an indicator the model computes."""
    computed = {name for name, item in INDICATORS.items() if item.compute is not None}
    if operator == "in_step" and benchmark is not None and benchmark not in computed:
        return unknown_name(benchmark, computed)
    return None


def _target(line: _Target, pack: Pack, sources: Mapping[str, Source]) -> Target:
    fact = pack.ledger.get(line.fact)
    base = pack.ledger.get(line.base) if line.base else None
    return Target(
        id=line.id,
        indicator=line.indicator,
        year=line.year,
        operator=line.operator,
        label=Text(line.label, INDICATORS[line.indicator].label.en),
        unit=line.unit or INDICATORS[line.indicator].unit,
        value=line.value,
        value_high=line.value_high,
        tolerance=line.tolerance,
        benchmark=line.benchmark,
        margin=line.margin,
        direction=line.direction,
        first_year=line.first_year,
        reading_of=line.reading_of,
        row=line.row,
        category=line.category,
        target_text=line.target_text,
        nature=line.nature,
        owners=tuple(line.owners),
        base=None if base is None else base.value,
        base_text=line.base_text,
        source=f"{fact.document}:{fact.line}" if fact.line else fact.document,
        source_title=sources[fact.document].title if fact.document in sources else "",
        note=Text(line.note or "", line.note_en or line.note or "") if line.note else None,
    )


def stated(target: ScenarioTarget) -> str:
    """What a scenario's target asks for, as the table prints it."""
    value = "" if target.value is None else f"{target.value:g}"
    if target.operator == "between" and target.value_high is not None:
        return f"{value}—{target.value_high:g}"
    beyond = "" if not target.margin else f"{target.margin:g}"
    words = {">=": f"≥{value}", "<=": f"≤{value}", "about": f"{value}左右", "cumulative": f"[{value}]",
             "change": f"变动≥{value}", "above": f"高于{target.benchmark}{beyond}", "in_step": "与经济增长同步",
             "direction": "方向"}  # fmt: skip
    return words.get(target.operator, value)


def with_scenario_targets(targets: Sequence[Target], extra: Sequence[ScenarioTarget], file: str) -> tuple[Target, ...]:
    """Targets of the pack with those of a scenario added, or put in the place of one with the same id."""
    chosen = {target.id: target for target in targets}
    for t in extra:
        made = Target(
            id=t.id, indicator=t.indicator, year=t.year, operator=t.operator, label=t.label,
            unit=INDICATORS[t.indicator].unit, target_text=stated(t), value=t.value,
            value_high=t.value_high, tolerance=t.tolerance,
            benchmark=t.benchmark, margin=t.margin, source=file,
            note=Text(t.note, t.note) if t.note else None,
        )  # fmt: skip
        old = chosen.get(t.id)
        chosen[t.id] = made if old is None or old.indicator != t.indicator else replace(
            old, operator=t.operator, value=t.value, value_high=t.value_high, tolerance=t.tolerance, year=t.year,
            benchmark=t.benchmark, margin=t.margin, source=file, note=made.note or old.note,
            target_text=stated(t),
        )  # fmt: skip
    return tuple(chosen.values())


def targets_file(pack: Pack) -> Path:
    """The file that holds the targets of a pack."""
    return pack.folder / "targets.yaml"
