"""From the model of a scenario file to the frozen parts of a scenario, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sim.errors import Problem
from sim.language import Text
from sim.reading.source import Keys, YamlSource
from sim.scenario.parts import Event, Project, ScenarioTarget
from sim.scenario.schema import EventEntry, ProjectEntry, ScenarioFile, TargetEntry

LISTS = ("projects", "events", "targets")

Written = ProjectEntry | EventEntry | TargetEntry


def entries_of(model: ScenarioFile) -> dict[str, tuple[Any, Keys]]:
    """What a child inherits of a file, except levers and world: key to (value, place in the file)."""
    found: dict[str, tuple[Any, Keys]] = {}
    for name in ("region", "horizon"):
        value = getattr(model, name)
        if value is not None:
            found[name] = (value, (name,))
    for section, items, convert in _lists(model):
        for place, item in enumerate(items):
            found[f"{section}.{item.id}"] = (convert(item), (section, place))
    return found


def _lists(model: ScenarioFile) -> tuple[tuple[str, Sequence[Written], Callable[[Any], Any]], ...]:
    return (
        ("projects", model.projects or (), _project),
        ("events", model.events or (), _event),
        ("targets", model.targets or (), _target),
    )


def repeated_ids(source: YamlSource) -> list[Problem]:
    """Ids used twice in a list, found in the values as written so that other mistakes do not hide them."""
    problems: list[Problem] = []
    for section in LISTS:
        first: dict[str, int] = {}
        items = source.data.get(section) if isinstance(source.data, dict) else None
        for place, item in enumerate(items if isinstance(items, list) else ()):
            name = item.get("id") if isinstance(item, dict) else None
            if not isinstance(name, str):
                continue
            here = (section, place, "id")
            if name in first:
                text = Text(
                    f"编号“{name}”重复，第 {first[name]} 行已有；请换一个，如 {name}_2",
                    f'the id "{name}" is used already on line {first[name]}; use another, such as {name}_2',
                )
                problems.append(source.problem(here, text))
            first.setdefault(name, source.position(here)[0])
    return problems


def label_of(label: str | None, label_en: str | None, otherwise: str) -> Text:
    """The label in both languages; one stands in for the other, the id for both."""
    return Text(label or label_en or otherwise, label_en or label or otherwise)


def _project(entry: ProjectEntry) -> Project:
    return Project(
        id=entry.id,
        label=label_of(entry.label, entry.label_en, entry.id),
        cell=entry.cell,
        capex=float(entry.capex),
        start=entry.start,
        commissioning=entry.commissioning,
        value_added=float(entry.value_added),
        probability=float(entry.probability),
        delay=tuple(float(share) for share in entry.delay),
        additional=float(entry.additional),
    )


def _event(entry: EventEntry) -> Event:
    ends = entry.size if isinstance(entry.size, list) else [entry.size, entry.size]
    return Event(
        id=entry.id,
        label=label_of(entry.label, entry.label_en, entry.id),
        kind=entry.kind,
        year=entry.year,
        probability=_number(entry.probability),
        size_low=float(ends[0]),
        size_high=float(ends[1]),
        duration=entry.duration,
    )


def _target(entry: TargetEntry) -> ScenarioTarget:
    return ScenarioTarget(
        id=entry.id,
        indicator=entry.indicator,
        year=entry.year,
        operator=entry.operator,
        value=_number(entry.value),
        value_high=_number(entry.value_high),
        tolerance=_number(entry.tolerance),
        margin=_number(entry.margin),
        benchmark=entry.benchmark,
        label=label_of(entry.label, entry.label_en, entry.id),
        note=entry.note,
    )


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)
