"""Every value of a resolved scenario with the place where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.reading.source import Keys, YamlSource
from sim.scenario.files import travelling_name
from sim.scenario.layers import Entry
from sim.scenario.load import Resolved
from sim.scenario.paths import Assumption, Spread, value_in
from sim.scenario.schema import ENTRIES
from sim.scenario.words import SCENARIO, SECTIONS

#: How a value came about.
WAYS: Mapping[str, Text] = MappingProxyType(
    {
        "written": Text("写明", "written"),
        "constant": Text("各年相同", "same in all years"),
        "between": Text("两点间直线", "on the line between"),
        "held": Text("沿用前一点", "held from before"),
        "growth": Text("按增长率", "by growth"),
        "default": Text("默认", "default"),
        "option": Text("命令行选项", "option"),
    }
)


_SELF = Text("情景", "scenario")
_NO_UNIT = Text("", "")


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its key in the file, in which year (None for no year), how it came about and where it stands.

    `part` names the lever, project, event or target it belongs to, `label` the value within it; both are the same for
    a lever. `value` is a plain value as written, a `Spread`, or None where the default applies (0 for a lever, the
    calibrated path for the world). `origins` holds "file:line", of both points for a year between two; empty for a
    default.
    """

    key: str
    part: Text
    label: Text
    unit: Text
    year: int | None
    value: Any
    way: str
    origins: tuple[str, ...]


def values_of(resolved: Resolved) -> tuple[Value, ...]:
    """The values of a scenario in the order of the file's sections; levers and world by year."""
    return (
        *_own(resolved),
        *_horizon(resolved),
        *_assumptions(resolved, "levers"),
        *_assumptions(resolved, "world"),
        *_entries(resolved, "projects"),
        *_entries(resolved, "events"),
        *_entries(resolved, "targets"),
    )


def _origin(source: YamlSource, keys: Keys) -> str:
    return f"{travelling_name(source)}:{source.key_position(keys)[0]}"


def _own(resolved: Resolved) -> Iterator[Value]:
    """What the file says of itself, and which scenarios it extends."""
    data = resolved.source.data
    for name in ("name", "label", "label_en", "question", "asked_by", "extends"):
        if data.get(name):
            yield _written(name, _SELF, SCENARIO[name].label, data[name], resolved.source, (name,))
    for place, statement in enumerate(data.get("rests_on") or ()):
        keys = ("rests_on", place)
        yield _written(f"rests_on[{place}]", _SELF, SCENARIO["rests_on"].label, statement, resolved.source, keys)
    if "region" in resolved.layer:
        entry = resolved.layer["region"]
        yield _written("region", _SELF, SCENARIO["region"].label, entry.value, entry.source, entry.keys)


def _written(key: str, part: Text, label: Text, value: Any, source: YamlSource, keys: Keys) -> Value:
    return Value(key, part, label, _NO_UNIT, None, value, "written", (_origin(source, keys),))


def _horizon(resolved: Resolved) -> Iterator[Value]:
    label, entry = SCENARIO["horizon"].label, resolved.layer.get("horizon")
    if resolved.asked_horizon is not None:
        yield Value("horizon", _SELF, label, _NO_UNIT, None, resolved.asked_horizon, "option", ("--horizon",))
    elif entry is not None:
        yield _written("horizon", _SELF, label, entry.value, entry.source, entry.keys)
    else:
        yield Value("horizon", _SELF, label, _NO_UNIT, None, resolved.scenario.horizon, "default", ())


def _assumptions(resolved: Resolved, section: str) -> Iterator[Value]:
    paths = resolved.scenario.levers if section == "levers" else resolved.scenario.world
    for name, path in paths.items():
        kind = (LEVERS if section == "levers" else WORLD)[name]
        key = f"{section}.{name}"
        for year in path.years:
            value, way, origins = _in_year(resolved.layer[key], year)
            yield Value(key, kind.label, kind.label, kind.unit, year, value, way, origins)


def _in_year(entry: Entry, year: int) -> tuple[Spread | None, str, tuple[str, ...]]:
    """The value of a lever in a year, how it came about and where its points stand."""
    assumption: Assumption = entry.value
    value = value_in(assumption, year)
    before = max((known for known in assumption.points if known <= year), default=None)
    after = min((known for known in assumption.points if known > year), default=None)
    if before is None:
        return value, "default", ()
    place = _origin(entry.source, assumption.keys[before])
    if assumption.way in ("constant", "growth"):
        return value, assumption.way, (place,)
    if before == year:
        return value, "written", (place,)
    if assumption.way == "steps" or after is None:
        return value, "held", (place,)
    other = _origin(entry.source, assumption.keys[after])
    return value, "between", (place,) if other == place else (place, other)


def _entries(resolved: Resolved, section: str) -> Iterator[Value]:
    """Every key of every project, event or target: those written, and defaults that count."""
    for key, entry in resolved.layer.items():
        if not key.startswith(f"{section}."):
            continue
        written = entry.source.data[section][entry.keys[1]]
        for name, field in ENTRIES[section].model_fields.items():
            label = SECTIONS[section][name].label
            if written.get(name) is not None:
                yield _written(
                    f"{key}.{name}", entry.value.label, label, written[name], entry.source, (*entry.keys, name)
                )
            elif not field.is_required() and field.default is not None:
                yield Value(f"{key}.{name}", entry.value.label, label, _NO_UNIT, None, field.default, "default", ())
