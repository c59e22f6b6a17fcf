"""Scenario files: from YAML to one validated, frozen `Scenario` with the origin of every value.

A scenario says what differs from the calibrated path: levers, assumptions about the world, named
projects, events and targets. It may extend others. Values and years follow `sim.scenario.paths`; a file
that is wrong is reported whole, with every mistake in it and in its parents.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
from sim.language import Text
from sim.reading.source import YamlSource, read_tolerant
from sim.scenario.entries import label_of
from sim.scenario.files import locate, scenario_names
from sim.scenario.layers import Layer, Reading, horizon_trouble
from sim.scenario.parts import (
    DEFAULT_HORIZON,
    AssumptionPath,
    Event,
    Project,
    Scenario,
    ScenarioListing,
    ScenarioTarget,
)
from sim.scenario.paths import expand
from sim.scenario.schema import FORBIDDEN_IN_NAMES

__all__ = [
    "DEFAULT_HORIZON",
    "AssumptionPath",
    "Event",
    "Project",
    "Scenario",
    "ScenarioListing",
    "ScenarioTarget",
    "list_scenarios",
    "load_scenario",
    "resolved_text",
]


def load_scenario(
    reference: str,
    *,
    folder: Path,
    base_year: int,
    horizon: int | None,
    cells: Sequence[str],
    indicators: Collection[str],
    region: str,
) -> Scenario:
    """The scenario named `reference` in `folder`, or in the file at the path `reference`.

    `horizon` is that of the command line and wins over the file's; without either it is 2035. `cells` and
    `indicators` are the ids of the region that the file may use. Raises InputError with every mistake at
    once.
    """
    reading = Reading(folder, base_year, horizon, tuple(cells), frozenset(indicators))
    trouble = None if horizon is None else horizon_trouble(horizon, base_year)
    if trouble is not None:
        reading.problems.append(Problem(None, None, None, "--horizon", trouble))
        reading.asked_horizon = None
    try:
        source = read_tolerant(locate(reference, folder))
    except InputError as error:
        raise InputError((*reading.problems, *error.problems)) from None
    layer = reading.layer(source)
    if "region" in layer and layer["region"].value != region:
        reading.problems.append(_other_region(layer, region))
    if reading.problems:
        raise InputError(reading.problems)
    return _assemble(source, layer, reading)


def _assemble(source: YamlSource, layer: Layer, reading: Reading) -> Scenario:
    """The scenario of a layer without problems."""
    data, asked = source.data, reading.asked_horizon
    stated = layer["horizon"].value if "horizon" in layer else DEFAULT_HORIZON
    horizon = stated if asked is None else asked
    name = data.get("name") or _name_of_file(source.path)
    return Scenario(
        name=name,
        label=label_of(data.get("label"), data.get("label_en"), name),
        question=data.get("question") or "",
        region=layer["region"].value if "region" in layer else None,
        horizon=horizon,
        levers=_paths(layer, "levers.", reading.base_year, horizon),
        world=_paths(layer, "world.", reading.base_year, horizon),
        projects=_section(layer, "projects."),
        events=_section(layer, "events."),
        targets=_section(layer, "targets."),
        origins=_origins(layer, asked),
        files=tuple(dict.fromkeys(reading.files)),
    )


def _section(layer: Layer, prefix: str) -> tuple[Any, ...]:
    return tuple(entry.value for key, entry in layer.items() if key.startswith(prefix))


def _paths(layer: Layer, prefix: str, base_year: int, horizon: int) -> Mapping[str, AssumptionPath]:
    names = sorted(key.removeprefix(prefix) for key in layer if key.startswith(prefix))
    return {name: expand(name, layer[prefix + name].value, base_year, horizon) for name in names}


def _origins(layer: Layer, asked_horizon: int | None) -> Mapping[str, str]:
    origins = {"horizon": "default"} | {key: entry.origin for key, entry in layer.items()}
    if asked_horizon is not None:
        origins["horizon"] = "--horizon"
    return dict(sorted(origins.items()))


def _name_of_file(path: Path) -> str:
    return "".join("_" if letter in FORBIDDEN_IN_NAMES or not letter.isprintable() else letter for letter in path.stem)


def _other_region(layer: Layer, region: str) -> Problem:
    entry = layer["region"]
    text = Text(
        f"该情景只适用于区域“{entry.value}”，当前区域为“{region}”；请加 --region {entry.value}",
        f'this scenario is for the region "{entry.value}", not "{region}"; use --region {entry.value}',
    )
    return entry.source.problem(entry.keys, text)


def resolved_text(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain values with sorted keys, for JSON.

    Levers and world assumptions are {id: {year: [p5, p95]}}; a year in which the default applies is left out.
    "origins" and "files" say where values come from; everything that determines numbers is in the other keys.
    """
    text: dict[str, Any] = {
        "name": scenario.name,
        "label": dataclasses.asdict(scenario.label),
        "question": scenario.question,
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


def _path_text(path: AssumptionPath) -> dict[str, list[float]]:
    rows = zip(path.years, path.low, path.high, strict=True)
    return {str(year): [low, high] for year, low, high in rows if low is not None and high is not None}


def _part_text(part: Project | Event | ScenarioTarget) -> dict[str, Any]:
    fields = dataclasses.asdict(part)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in sorted(fields.items())}


def list_scenarios(folder: Path) -> tuple[ScenarioListing, ...]:
    """Name, label and question of every scenario file directly in `folder`; a broken file is listed as
    unreadable.
    """
    return tuple(_listing(name, path) for name, path in sorted(scenario_names(folder).items()))


def _listing(name: str, path: Path) -> ScenarioListing:
    try:
        data = read_tolerant(path).data
    except InputError:
        data = None
    if not isinstance(data, dict):
        return ScenarioListing(name, Text(name, name), "", readable=False)
    written = {key: data[key] for key in ("label", "label_en", "question") if isinstance(data.get(key), str)}
    label = label_of(written.get("label"), written.get("label_en"), name)
    return ScenarioListing(name, label, written.get("question", ""), readable=True)
