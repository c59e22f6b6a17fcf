"""Targets as a plan states them: how they are read from YAML, and replaced by a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sim.errors import InputError, Problem, unknown_name
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.reading.source import StrictModel, YamlSource, read, validate
from sim.region.pack import Pack
from sim.scenario.parts import Operator, ScenarioTarget

#: Operators that need a number.
NUMERIC = (">=", "<=", "about", "between", "cumulative", "change")


class TargetLine(StrictModel):
    """One target as its file states it; `not_modelled` says why the model does not speak to it."""

    id: str
    reading_of: str | None = None
    indicator: str
    row: int | None = None
    category: str
    label: str
    unit: str
    target_text: str
    nature: str | None = None
    owners: list[str] = []
    year: int
    first_year: int | None = None
    operator: Operator | None = None
    value: float | None = None
    value_high: float | None = None
    tolerance: float | None = None
    tolerance_reason: str | None = None
    benchmark: str | None = None
    margin: float | None = None
    direction: Literal["falling", "rising"] | None = None
    base: str | None = None
    base_text: str | None = None
    fact: str
    note: str | None = None
    note_en: str | None = None
    not_modelled: str | None = None
    not_modelled_en: str | None = None


class _Targets(StrictModel):
    targets: list[TargetLine]


@dataclass(frozen=True, slots=True)
class TargetPlace:
    """Where a target stands: its file, its place in the list, and what is written there."""

    source: YamlSource
    index: int
    line: TargetLine

    @property
    def keys(self) -> tuple[str, int]:
        """Keys of the entry in the file."""
        return ("targets", self.index)


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it is judged; text fields are verbatim, `note` says how they are read."""

    id: str
    indicator: str
    year: int
    operator: Operator | None
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
    base_fact: str | None = None
    fact: str | None = None
    source: str = ""
    source_title: str = ""
    note: Text | None = None
    not_modelled: Text | None = None

    @property
    def document(self) -> str:
        """The document that sets the target: plan14, report2021, …"""
        return document_of(self.id)


def document_of(id: str) -> str:
    """The document that sets a target: plan14, report2021, …"""
    return id.partition(".")[0]


def plan_document(targets: Iterable[tuple[str, int | None]]) -> str:
    """The plan among documents, from (id, row) of their targets: the first that prints a table with numbered rows.

    A later draft is another plan. Empty where no document prints such a table.
    """
    return next((document_of(id) for id, row in targets if row is not None), "")


def target_places(pack: Pack) -> Mapping[str, TargetPlace]:
    """All targets of a pack by id, in the order of its files: `targets/<document>.yaml`.

    Raises InputError for unknown indicators or facts, and impossible readings.
    """
    places: dict[str, TargetPlace] = {}
    problems: list[Problem] = []
    read_files = [(source := read(path), validate(source, _Targets)) for path in target_files(pack)]
    ids = [line.id for _, file in read_files for line in file.targets]
    facts = {fact.id for fact in pack.ledger.facts}
    for source, file in read_files:
        for i, line in enumerate(file.targets):
            problems += _problems(TargetPlace(source, i, line), facts, ids)
            places[line.id] = TargetPlace(source, i, line)
    if problems:
        raise InputError(problems)
    return places


def read_targets(pack: Pack) -> tuple[Target, ...]:
    """Targets of a region pack. Raises InputError as `target_places` does."""
    return tuple(_target(place.line, pack) for place in target_places(pack).values())


def _problems(place: TargetPlace, facts: set[str], ids: Sequence[str]) -> list[Problem]:
    line = place.line

    def problem(key: str, text: Text) -> Problem:
        return place.source.problem((*place.keys, key), text)

    out = []
    for key, name, allowed in (
        ("indicator", None if line.not_modelled else line.indicator, set(INDICATORS)),
        ("fact", line.fact, facts),
        ("base", line.base, facts),
        ("reading_of", line.reading_of, set(ids)),
    ):
        if name is not None and name not in allowed:
            out.append(problem(key, unknown_name(name, allowed)))
    if ids.count(line.id) > 1:
        out.append(problem("id", Text("目标编号重复", "target ids must differ")))
    if line.first_year is not None and line.first_year > line.year:
        out.append(problem("year", Text("first_year 应不晚于 year", "first_year must not be after year")))
    return out if line.not_modelled is not None else out + _operator_problems(place)


def _operator_problems(place: TargetPlace) -> list[Problem]:
    """What an operator needs and does not have."""
    line = place.line

    def problem(key: str, text: Text) -> Problem:
        return place.source.problem((*place.keys, key), text)

    out = []
    if line.operator is None:
        out.append(problem("operator", Text("缺少 operator", "operator is missing")))
    if line.operator == "between" and line.value_high is None:
        out.append(problem("value_high", Text("between 需要 value_high", "between needs value_high")))
    trouble = benchmark_trouble(line.operator, line.benchmark)
    if trouble is not None:
        out.append(problem("benchmark", trouble))
    if line.operator in NUMERIC and line.value is None:
        out.append(problem("value", Text(f"{line.operator} 需要 value", f"{line.operator} needs a value")))
    return out


def benchmark_trouble(operator: str | None, benchmark: str | None) -> Text | None:
    """What is wrong with the benchmark of an `in_step` target: it must be an indicator the model computes."""
    computed = {name for name, item in INDICATORS.items() if item.compute is not None}
    if operator == "in_step" and benchmark is not None and benchmark not in computed:
        return unknown_name(benchmark, computed)
    return None


def _target(line: TargetLine, pack: Pack) -> Target:
    fact = pack.ledger.get(line.fact)
    base = pack.ledger.get(line.base) if line.base else None
    known = INDICATORS.get(line.indicator)
    unit = line.unit or (known.unit if known else "")
    why = line.not_modelled
    return Target(
        id=line.id,
        indicator=line.indicator,
        year=line.year,
        operator=line.operator,
        label=Text(line.label, known.label.en if known else line.indicator.replace("_", " ")),
        unit=unit,
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
        base=None if base is None or base.value is None else base.number_in(unit),
        base_text=line.base_text,
        base_fact=line.base,
        fact=line.fact,
        source=f"{fact.document}:{fact.line}" if fact.line else fact.document,
        source_title=pack.sources[fact.document].title,
        note=Text(line.note or "", line.note_en or line.note or "") if line.note else None,
        not_modelled=None if why is None else Text(why, line.not_modelled_en or why),
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
        if old is not None and old.indicator != t.indicator:
            made = replace(made, note=_replaces(old, made.note))
        chosen[t.id] = made if old is None or old.indicator != t.indicator else replace(
            old, operator=t.operator, value=t.value, value_high=t.value_high, tolerance=t.tolerance, year=t.year,
            benchmark=t.benchmark, margin=t.margin, source=file, note=_replaces(old, made.note or old.note),
            target_text=stated(t), not_modelled=None,  # what was only words has a number now
        )  # fmt: skip
    return tuple(chosen.values())


def _replaces(old: Target, note: Text | None) -> Text:
    """The note of a scenario's target that stands in the place of one of the pack."""
    was = Text(f"由情景替换，原目标为“{old.target_text}”", f'replaced by the scenario, was "{old.target_text}"')
    return was if note is None else Text(f"{was.zh}；{note.zh}", f"{was.en}; {note.en}")


def target_files(pack: Pack) -> tuple[Path, ...]:
    """The files that hold the targets of a pack, one for each document, in order of their names."""
    return tuple(sorted((pack.folder / "targets").glob("*.yaml")))
