"""A resolved scenario as plain values for JSON, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from sim.errors import InputError, Problem
from sim.language import Text
from sim.scenario.distributions import FORMS, Distribution
from sim.scenario.parts import AssumptionPath, Event, Project, Scenario, ScenarioTarget, Statement
from sim.scenario.paths import Spread, spread_of

Year = list[float] | dict[str, list[float]]


def resolved_text(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain values with sorted keys, for JSON; `scenario_of` is its inverse.

    Levers and world assumptions are {id: {year: [p5, p95]}}, or {year: {name: numbers}} for a named distribution; a
    year in which the default applies is left out. "origins" and "files" say where values come from, "question",
    "asked_by" and "rests_on" what the scenario is for; everything that determines numbers is in the other keys.
    """
    text: dict[str, Any] = {
        "name": scenario.name,
        "label": dataclasses.asdict(scenario.label),
        "question": scenario.question,
        "asked_by": scenario.asked_by,
        "rests_on": [dataclasses.asdict(statement) for statement in scenario.rests_on],
        "region": scenario.region,
        "horizon": scenario.horizon,
        "levers": {name: _path_text(path) for name, path in scenario.levers.items()},
        "world": {name: _path_text(path) for name, path in scenario.world.items()},
        "projects": [_part_text(project) for project in scenario.projects],
        "events": [_part_text(event) for event in scenario.events],
        "targets": [_part_text(target) for target in scenario.targets],
        "origins": dict(sorted(scenario.origins.items())),
        "files": [{"file": file, "sha256": digest} for file, digest in scenario.files],
    }
    return dict(sorted(text.items()))


def spread_text(value: Spread) -> Year:
    """The value of one year as plain values."""
    return [value.low, value.high] if value.shape is None else {value.shape.name: list(value.shape.numbers)}


def _path_text(path: AssumptionPath) -> dict[str, Year]:
    shapes = path.shapes or (None,) * len(path.years)
    rows = zip(path.years, path.low, path.high, shapes, strict=True)
    return {
        str(year): spread_text(Spread(low, high, shape))
        for year, low, high, shape in rows
        if low is not None and high is not None
    }


def _part_text(part: Project | Event | ScenarioTarget) -> dict[str, Any]:
    fields = dataclasses.asdict(part)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in sorted(fields.items())}


def scenario_of(text: Mapping[str, Any], base_year: int | None = None) -> Scenario:
    """The scenario that `resolved_text` gave as `text`, for example that of a result's manifest.

    With `base_year` the paths hold every year after it, as those of `load_scenario` do; without it only the years that
    `text` names, which gives the same numbers. Raises InputError where something is missing or not what it should be.
    """
    try:
        return _scenario(text, base_year)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"
        damaged = Text(f"记录的情景不完整或已损坏（{why}）", f"the recorded scenario is incomplete or damaged ({why})")
        raise InputError(Problem(None, None, None, "scenario", damaged)) from None


def _scenario(text: Mapping[str, Any], base_year: int | None) -> Scenario:
    horizon = int(text["horizon"])
    years = None if base_year is None else range(base_year + 1, horizon + 1)

    def paths(section: str) -> dict[str, AssumptionPath]:
        return {name: _path(name, rows, years) for name, rows in sorted(text[section].items())}

    return Scenario(
        name=text["name"],
        label=Text(**text["label"]),
        question=text["question"],
        region=text["region"],
        horizon=horizon,
        levers=paths("levers"),
        world=paths("world"),
        projects=tuple(Project(**_labelled(entry) | {"delay": tuple(entry["delay"])}) for entry in text["projects"]),
        events=tuple(Event(**_labelled(entry)) for entry in text["events"]),
        targets=tuple(ScenarioTarget(**_labelled(entry)) for entry in text["targets"]),
        origins=dict(text["origins"]),
        files=tuple((entry["file"], entry["sha256"]) for entry in text["files"]),
        asked_by=text.get("asked_by", ""),
        rests_on=tuple(Statement(**entry) for entry in text.get("rests_on", ())),
    )


def _labelled(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "label": Text(**entry["label"])}


def _path(name: str, rows: Mapping[str, Any], years: Sequence[int] | None) -> AssumptionPath:
    known = {int(year): _spread(row) for year, row in rows.items()}
    chosen = tuple(sorted(known) if years is None else years)
    if not set(known) <= set(chosen):
        raise ValueError(f"{name}: years {min(known)}-{max(known)}")
    values = [known.get(year) for year in chosen]
    shapes = tuple(None if value is None else value.shape for value in values)
    return AssumptionPath(
        id=name,
        years=chosen,
        low=tuple(None if value is None else value.low for value in values),
        high=tuple(None if value is None else value.high for value in values),
        shapes=shapes if any(shapes) else (),
    )


def _spread(row: Any) -> Spread:
    if isinstance(row, Mapping):
        ((name, numbers),) = row.items()
        if name not in FORMS:
            raise ValueError(f"distribution {name}")
        return spread_of(Distribution(name, tuple(float(number) for number in numbers)))
    low, high = row
    return Spread(float(low), float(high))
