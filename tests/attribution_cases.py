"""Scenarios made by hand for the tests of attribution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.scenario.parts import AssumptionPath, Event, Project, Scenario, ScenarioTarget

YEARS = tuple(range(2021, 2036))


def path(name: str, value: float | Mapping[int, float]) -> AssumptionPath:
    values = tuple(value[year] if isinstance(value, Mapping) else value for year in YEARS)
    return AssumptionPath(id=name, years=YEARS, low=values, high=values)


def project(name: str, label: str = "项目") -> Project:
    return Project(
        id=name, label=Text(label, label), cell="manufacturing_other", capex=100.0, start=2021, commissioning=2023,
        value_added=30.0, probability=1.0, delay=(1.0,), additional=1.0,
    )  # fmt: skip


def event(name: str, kind: str = "world_trade") -> Event:
    return Event(
        id=name, label=Text(name, name), kind=kind, year=2024, probability=None, size_low=-8.0, size_high=-8.0,
        duration=1,
    )  # fmt: skip


def target(name: str, value: float = 8000.0) -> ScenarioTarget:
    return ScenarioTarget(
        id=name, indicator="gdp", year=2030, operator=">=", value=value, value_high=None, tolerance=None, margin=None,
        benchmark=None, label=Text(name, name), note=None,
    )  # fmt: skip


def scenario(**parts: Any) -> Scenario:
    whole: dict[str, Any] = {
        "name": "s", "label": Text("情景", "scenario"), "question": "", "region": None, "horizon": 2035, "levers": {},
        "world": {}, "projects": (), "events": (), "targets": (), "origins": {}, "files": (),
    }  # fmt: skip
    return Scenario(**(whole | parts))
