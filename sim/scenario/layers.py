"""Inheritance of scenarios: each file is a layer of entries by key; a child's entry replaces its parents'.

The same key set by two parents is a mistake unless the child sets it or both have it from one ancestor:
no order of parents is better than another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.reading.source import Keys, YamlSource, read_tolerant, validation
from sim.scenario.assumptions import read_assumptions
from sim.scenario.entries import LISTS, entries_of, repeated_ids
from sim.scenario.fields import TargetRules
from sim.scenario.files import locate_parent, travelling_name
from sim.scenario.parts import DEFAULT_HORIZON, LATEST_HORIZON
from sim.scenario.paths import Years
from sim.scenario.schema import ScenarioContext, ScenarioFile

DEEPEST_INHERITANCE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A validated value and where it was written."""

    value: Any
    source: YamlSource
    keys: Keys

    @property
    def place(self) -> tuple[Path, Keys]:
        """The file and the keys in it; equal for an entry inherited along two ways."""
        return self.source.path, self.keys

    @property
    def origin(self) -> str:
        """ "file:line" of the key."""
        return f"{travelling_name(self.source)}:{self.source.key_position(self.keys)[0]}"


Layer = Mapping[str, Entry]


@dataclass(slots=True)
class Reading:
    """The files read so far for one scenario, and every problem found in them."""

    folder: Path
    base_year: int
    asked_horizon: int | None
    cells: tuple[str, ...]
    indicators: frozenset[str]
    labels: Mapping[str, str] = field(default_factory=dict)
    rules: TargetRules = field(default_factory=TargetRules)
    problems: list[Problem] = field(default_factory=list)
    layers: dict[Path, Layer] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)
    told_depth: bool = False

    def layer(self, source: YamlSource, inside: tuple[Path, ...] = ()) -> Layer:
        """The entries of a file with those it inherits; problems are collected, not raised."""
        place = source.path.resolve()
        self.files.append((travelling_name(source), source.sha256))
        self.problems.extend(source.problems)
        inherited = self._inherited(source, (*inside, place))
        own = self._own(source, inherited.get("horizon"))
        self.layers[place] = {**inherited, **own}
        return self.layers[place]

    def _own(self, source: YamlSource, inherited_horizon: Entry | None) -> dict[str, Entry]:
        horizon = self._horizon(source) or (inherited_horizon.value if inherited_horizon else DEFAULT_HORIZON)
        years = Years(self.base_year, max(horizon, self.asked_horizon or horizon))
        context = ScenarioContext(self.cells, self.indicators, years, self.labels, self.rules)
        model, problems = validation(source, ScenarioFile, context.as_mapping())
        self.problems.extend((*problems, *repeated_ids(source)))
        own: dict[str, Entry] = {}
        if model is not None:
            own |= {name: Entry(value, source, keys) for name, (value, keys) in entries_of(model).items()}
        for section, kinds, others in (("levers", LEVERS, WORLD), ("world", WORLD, LEVERS)):
            assumptions, wrong = read_assumptions(source, section, kinds, years, others)
            self.problems.extend(wrong)
            own |= {f"{section}.{key}": Entry(value, source, (section, key)) for key, value in assumptions.items()}
        return own

    def _horizon(self, source: YamlSource) -> int | None:
        """The horizon a file states, None when it states none or a wrong one."""
        written = source.data.get("horizon") if isinstance(source.data, dict) else None
        if not isinstance(written, int) or isinstance(written, bool) or ("horizon",) in source.spoiled:
            return None
        trouble = horizon_trouble(written, self.base_year)
        if trouble is not None:
            self.problems.append(source.problem(("horizon",), trouble))
            return None
        return written

    def _inherited(self, source: YamlSource, inside: tuple[Path, ...]) -> dict[str, Entry]:
        merged: dict[str, Entry] = {}
        written = _written_keys(source.data)
        for keys, name in _parent_names(source):
            for key, entry in self._parent(source, keys, name, inside).items():
                first = merged.setdefault(key, entry)
                if key not in written and first.place != entry.place:
                    self.problems.append(source.problem(keys, _set_twice(key, first, entry)))
        return merged

    def _parent(self, source: YamlSource, keys: Keys, name: str, inside: tuple[Path, ...]) -> Layer:
        """The layer of one parent; empty after a report."""
        found = locate_parent(name, self.folder, source.path)
        if isinstance(found, Text):
            self.problems.append(source.problem(keys, found))
            return {}
        place = found.resolve()
        refusal = self._refusal(place, inside)
        if refusal is not None:
            self.problems.append(source.problem(keys, refusal))
            return {}
        if len(inside) >= DEEPEST_INHERITANCE:
            return {}  # told of already
        if place not in self.layers:
            try:
                self.layers[place] = self.layer(read_tolerant(found), inside)
            except InputError as error:
                self.problems.extend(error.problems)
                self.layers[place] = {}
        return self.layers[place]

    def _refusal(self, place: Path, inside: tuple[Path, ...]) -> Text | None:
        """Why a parent is not read: it extends its own child, or lies too deep (told once)."""
        if place in inside:
            chain = " → ".join(path.stem for path in (*inside[inside.index(place) :], place))
            return Text(
                f"继承成环：{chain}；请去掉其中一处 extends",
                f"inheritance runs in a circle: {chain}; take one extends out",
            )
        if len(inside) < DEEPEST_INHERITANCE or self.told_depth:
            return None
        self.told_depth = True
        return Text(
            f"继承超过 {DEEPEST_INHERITANCE} 层；请减少层数，把几级合并成一个文件",
            f"more than {DEEPEST_INHERITANCE} levels of inheritance; merge some of them into one file",
        )


def horizon_trouble(horizon: int, base_year: int) -> Text | None:
    """What is wrong with a horizon, or None."""
    if base_year < horizon <= LATEST_HORIZON:
        return None
    return Text(
        f"预测期末应晚于基年 {base_year} 且不晚于 {LATEST_HORIZON}",
        f"the horizon must be after the base year {base_year} and not after {LATEST_HORIZON}",
    )


def _set_twice(key: str, first: Entry, second: Entry) -> Text:
    return Text(
        f"{key} 在两个上级情景中都有设定（{first.origin}、{second.origin}），请在本文件中写明",
        f"{key} is set by two parents ({first.origin}, {second.origin}); set it in this file",
    )


def _parent_names(source: YamlSource) -> list[tuple[Keys, str]]:
    """The names under `extends`; values of a wrong type are left to the model of the file."""
    extends = source.data.get("extends") if isinstance(source.data, dict) else None
    if isinstance(extends, str):
        found: list[tuple[Keys, str]] = [(("extends",), extends)]
    else:
        items = extends if isinstance(extends, list) else []
        found = [(("extends", place), name) for place, name in enumerate(items) if isinstance(name, str)]
    return [(keys, name) for keys, name in found if keys not in source.spoiled]


def _written_keys(data: Any) -> set[str]:
    """The keys a file sets, right or wrong, so that a wrong value is not reported as a missing one too."""
    if not isinstance(data, dict):
        return set()
    keys = {str(key) for key in data}
    for section in ("levers", "world"):
        if isinstance(data.get(section), dict):
            keys |= {f"{section}.{key}" for key in data[section]}
    for section in LISTS:
        items = data.get(section)
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                keys.add(f"{section}.{item.get('id')}")
    return keys
