"""What differs between the inputs or programs of two results: facts by id, keys of YAML files, versions."""

from __future__ import annotations

import csv
import io
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal

from sim.errors import InputError
from sim.output.store import PACKAGES, model_hash
from sim.reading.files import decode
from sim.reading.nodes import parse
from sim.revision.stored import Stored

Kind = Literal["added", "removed", "changed", "layout"]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact, key or file that differs. `item` is empty for a whole file; `old` and `new` as they are written.

    kind "layout" : the file's bytes differ and none of its values, such as by a comment.
    """

    file: str
    item: str
    kind: Kind
    old: str
    new: str


def input_changes(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[Change]:
    """Every value in which two sets of data files differ, by name of the file."""
    out: list[Change] = []
    for name in sorted({*old, *new}):
        if name not in old:
            out.append(Change(name, "", "added", "", ""))
        elif name not in new:
            out.append(Change(name, "", "removed", "", ""))
        elif old[name] != new[name]:
            found = list(_within(name, old[name], new[name]))
            out += found or [Change(name, "", "layout", "", "")]
    return out


def _within(name: str, old: bytes, new: bytes) -> Iterator[Change]:
    """The values that differ in one file; the file as a whole where it cannot be read."""
    try:
        first, second = _values(name, old), _values(name, new)
    except (InputError, csv.Error, UnicodeDecodeError):
        yield Change(name, "", "changed", "", "")
        return
    yield from _between(name, first, second)


def scenario_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs between two scenarios as manifests hold them: levers, world assumptions and parts by their ids."""
    first, second = ({key: {"": value} for key, value in _assumptions(side)} for side in (old, new))
    return list(_between("scenario", first, second))


def _assumptions(scenario: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """One line for each lever, assumption, project, event or target."""
    for section, value in scenario.items():
        if isinstance(value, Mapping):
            yield from ((f"{section}.{id}", _path_words(path)) for id, path in value.items())
        elif isinstance(value, list):
            yield from ((f"{section}.{part['id']}", _part_words(part)) for part in value)
        elif value is not None:
            yield section, str(value)


def _path_words(path: Mapping[str, Any]) -> str:
    """`2021—2025: 4, 2026: 4..8`: years of one value together; a range is its 5th to its 95th percentile."""
    spans: list[tuple[str, str, str]] = []
    for year, value in path.items():
        said = _range_words(value)
        if spans and spans[-1][2] == said:
            spans[-1] = (spans[-1][0], year, said)
        else:
            spans.append((year, year, said))
    return ", ".join(f"{first if first == last else f'{first}—{last}'}: {said}" for first, last, said in spans)


def _range_words(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name}({', '.join(f'{x:g}' for x in numbers)})" for name, numbers in value.items())
    low, high = value
    return f"{low:g}" if low == high else f"{low:g}..{high:g}"


def _part_words(part: Mapping[str, Any]) -> str:
    told = {key: value for key, value in part.items() if key not in ("id", "label", "note") and value is not None}
    return ", ".join(f"{key}={value}" for key, value in told.items())


def _between(
    name: str, first: Mapping[str, Mapping[str, str]], second: Mapping[str, Mapping[str, str]]
) -> Iterator[Change]:
    for item in dict.fromkeys((*first, *second)):
        before, after = first.get(item), second.get(item)
        if before == after:
            continue
        kind: Kind = "added" if before is None else "removed" if after is None else "changed"
        yield Change(name, item, kind, *_shown(before or {}, after or {}))


def _shown(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, str]:
    """Both sides in words: of a changed row only the columns that differ, of one side the value alone."""
    if list(old) == list(new) == [""]:
        return old[""], new[""]
    if not old or not new:
        return _brief(old), _brief(new)
    columns = [column for column in dict.fromkeys((*old, *new)) if old.get(column) != new.get(column)]
    first, second = ("；".join(f"{c}={one.get(c, '')}" for c in columns) for one in (old, new))
    return first, second


def _brief(row: Mapping[str, str]) -> str:
    """A row of facts by its figure; a key by its value."""
    if "value" in row:
        return f"{row['value']}{row.get('unit', '')}".strip()
    return "；".join(row.values())


def _values(name: str, content: bytes) -> dict[str, Mapping[str, str]]:
    """What a file holds by item: rows of a table by their first cell, keys of a YAML file by their path."""
    text = decode(content, name)
    if name.endswith(".csv"):
        return _rows(text)
    return {key: {"": value} for key, value in _leaves("", parse(text, name).data)}


def _rows(text: str) -> dict[str, Mapping[str, str]]:
    """Rows by `id`, or by their leading cells where there is none; a second of one name by its number."""
    out: dict[str, Mapping[str, str]] = {}
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names = reader.fieldnames or []
    leading = ["id"] if "id" in names else list(names[:2])
    for row in reader:
        cells = {str(key): str(value or "") for key, value in row.items()}
        key = base = ".".join(cells[name] for name in leading)
        repeat = 1
        while key in out:
            repeat += 1
            key = f"{base}#{repeat}"
        out[key] = cells
    return out


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every single value with its path; entries of a list by their `id` where they have one."""
    if isinstance(value, Mapping) and value:
        for key, part in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), part)
    elif isinstance(value, list) and any(isinstance(part, Mapping | list) for part in value):
        for i, part in enumerate(value):
            name = part.get("id", i) if isinstance(part, Mapping) else i
            yield from _leaves(f"{path}[{name}]", part)
    else:
        yield path, "、".join(map(str, value)) if isinstance(value, list) else str(value)


# --- Program --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A part of the program that is not what a result was made with: `model`, `python`, `machine` or a package."""

    part: str
    made: str
    now: str


def version_changes(stored: Stored) -> list[VersionChange]:
    """What differs between the program that made a result and this one."""
    made = stored.manifest
    now = {"model": model_hash(), "python": platform.python_version(), "machine": platform.machine()}
    then = {"model": made.model, "python": made.python, "machine": made.machine}
    names = (*PACKAGES, *(name for name in sorted(made.packages) if name not in PACKAGES))
    now |= {name: _version(name) for name in names}
    then |= {name: made.packages.get(name, "") for name in names}
    return [VersionChange(part, then[part], now[part]) for part in now if then[part] != now[part]]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def program_changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Names of the program's files that differ between two lists of hashes."""
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))


def first_of(names: Sequence[str], most: int, lang: str) -> str:
    """The first names, and how many more there are."""
    left = len(names) - most
    joined = ("、" if lang == "zh" else ", ").join(names[:most])
    if left <= 0:
        return joined
    return f"{joined}等{len(names)}个" if lang == "zh" else f"{joined} and {left} more"
