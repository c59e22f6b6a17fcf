"""Scenario files: from YAML to one validated, frozen `Scenario` with the origin of every value.

A scenario says what differs from the calibrated path: levers, assumptions about the world, named
projects, events and targets. It may extend others. Values and years follow `sim.scenario.paths`; a file
that is wrong is reported whole, with every mistake in it and in its parents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem, nearest
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.reading.nodes import MOST_PROBLEMS
from sim.reading.source import YamlSource, read_tolerant
from sim.scenario.assumptions import growth_trouble
from sim.scenario.entries import label_of
from sim.scenario.fields import TargetRules
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
    Statement,
)
from sim.scenario.paths import expand
from sim.scenario.resolved import resolved_text, scenario_of
from sim.scenario.schema import FORBIDDEN_IN_NAMES

__all__ = [
    "DEFAULT_HORIZON",
    "AssumptionPath",
    "Event",
    "Project",
    "Resolved",
    "Scenario",
    "ScenarioListing",
    "ScenarioTarget",
    "Statement",
    "list_scenarios",
    "load_scenario",
    "resolve",
    "resolved_text",
    "scenario_of",
]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A scenario with the file it stands in and the layer of entries it was made of; `asked_horizon` of the command."""

    scenario: Scenario
    source: YamlSource
    layer: Layer
    asked_horizon: int | None


def load_scenario(
    reference: str,
    *,
    folder: Path,
    base_year: int,
    horizon: int | None,
    cells: Sequence[str],
    indicators: Collection[str],
    region: str,
    labels: Mapping[str, str] | None = None,
    rules: TargetRules | None = None,
) -> Scenario:
    """The scenario named `reference` in `folder`, or in the file at the path `reference`, as `resolve` finds it."""
    found = resolve(
        reference, folder=folder, base_year=base_year, horizon=horizon, cells=cells, indicators=indicators,
        region=region, labels=labels, rules=rules,
    )  # fmt: skip
    return found.scenario


def resolve(
    reference: str,
    *,
    folder: Path,
    base_year: int,
    horizon: int | None,
    cells: Sequence[str],
    indicators: Collection[str],
    region: str,
    labels: Mapping[str, str] | None = None,
    rules: TargetRules | None = None,
) -> Resolved:
    """The scenario named `reference` in `folder`, or in the file of that path, with the places of its values.

    `horizon` is that of the command line and wins over the file's; without either it is 2035. `cells` and
    `indicators` are the ids of the region that the file may use; `labels` leads from their Chinese names to the ids,
    for messages; `rules` are what the region says of targets. Raises InputError with every mistake at once.
    """
    reading = Reading(folder, base_year, horizon, tuple(cells), frozenset(indicators), labels or {},
                      rules or TargetRules())  # fmt: skip
    trouble = None if horizon is None else horizon_trouble(horizon, base_year)
    if trouble is not None:
        reading.problems.append(Problem(None, None, None, "--horizon", trouble))
        reading.asked_horizon = None
    try:
        source = read_tolerant(locate(reference, folder))
    except InputError as error:
        raise InputError((*reading.problems, *error.problems)) from None
    layer = reading.layer(source)
    stated = _stated_region(source, layer)
    if stated is not None and stated[0] != region:
        # Cells were held against those of the wrong region: the region is the mistake.
        reading.problems[:] = [one for one in reading.problems if not one.key.endswith(".cell")]
        reading.problems.append(_other_region(*stated, region, reading.labels))
    reading.problems.extend(_grown_too_far(layer, _horizon(layer, reading.asked_horizon)))
    if reading.problems:
        raise InputError(_readable(reading.problems))
    return Resolved(_assemble(source, layer, reading), source, layer, horizon)


def _horizon(layer: Layer, asked: int | None) -> int:
    """The last year: of the command line, else of the file or its parents, else the default."""
    stated: int = layer["horizon"].value if "horizon" in layer else DEFAULT_HORIZON
    return stated if asked is None else asked


def _grown_too_far(layer: Layer, last: int) -> Iterator[Problem]:
    """Growth that leaves its bounds by the last year, which may be later than that of the parent it stands in."""
    for key, entry in layer.items():
        section, _, name = key.partition(".")
        if section in ("levers", "world") and entry.value.way == "growth":
            trouble = growth_trouble(entry.value, (LEVERS if section == "levers" else WORLD)[name], last)
            if trouble is not None:
                yield entry.source.problem((*entry.keys, "growth", "rate"), trouble)


def _readable(problems: Sequence[Problem]) -> list[Problem]:
    """At most `MOST_PROBLEMS` of many problems, after one that says how many there are."""
    if len(problems) <= MOST_PROBLEMS:
        return list(problems)
    first = InputError(problems).problems[:MOST_PROBLEMS]
    text = Text(
        f"共 {len(problems)} 处错误，先列出 {MOST_PROBLEMS} 处；请检查是否给错了文件。",
        f"{len(problems)} mistakes, of which {MOST_PROBLEMS} are listed; is it the right file?",
    )
    return [Problem(first[0].file, None, None, "", text), *first]


def _assemble(source: YamlSource, layer: Layer, reading: Reading) -> Scenario:
    """The scenario of a layer without problems."""
    data, asked = source.data, reading.asked_horizon
    horizon = _horizon(layer, asked)
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
        asked_by=data.get("asked_by") or "",
        rests_on=tuple(Statement(**entry) for entry in data.get("rests_on") or ()),
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


def _stated_region(source: YamlSource, layer: Layer) -> tuple[str, YamlSource] | None:
    """The region a scenario is for and the file that says so; also where other mistakes leave it without entries."""
    if "region" in layer:
        return layer["region"].value, layer["region"].source
    written = source.data.get("region") if isinstance(source.data, dict) else None
    if not isinstance(written, str) or ("region",) in source.spoiled:
        return None
    return written, source


def _other_region(stated: str, source: YamlSource, region: str, labels: Mapping[str, str]) -> Problem:
    named = any(id == region and stated in label for label, id in labels.items())
    if named or nearest(stated, [region]) is not None:
        meant = Text(
            f"未知的地区“{stated}”，您是否想写“{region}”？",
            f'unknown region "{stated}", did you mean "{region}"?',
        )
        return source.problem(("region",), meant)
    text = Text(
        f"该情景只适用于区域“{stated}”，当前区域为“{region}”；请加 --region {stated}",
        f'this scenario is for the region "{stated}", not "{region}"; use --region {stated}',
    )
    return source.problem(("region",), text)


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
