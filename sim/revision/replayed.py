"""Two copies of one result held against each other: which files differ, and by how much the numbers do."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.output.store import DOCUMENT, INPUTS, MANIFEST, digest
from sim.revision.stored import Stored

#: Fields of a document that depend on who looks at it.
_SHOWN = ("result",)


@dataclass(frozen=True, slots=True)
class Different:
    """A file made again that is not the one of the result: `differs`, `missing` (not made again) or `new`."""

    file: str
    status: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """How far two documents are apart: values that differ, and the number that differs most, relatively.

    place : path of that number; relative : |old - new| over the larger size of the two (2 for opposite numbers), 1 for
    other values that differ.
    """

    differing: int
    place: str
    old: str
    new: str
    relative: float


def differing_files(stored: Stored, made: Path) -> list[Different]:
    """Files made again in the folder `made`, against the hashes of the result's manifest.

    The archive of inputs is what they are made from, and is not made again.
    """
    found = {
        name: digest(path.read_bytes())
        for path in sorted(made.rglob("*"))
        if path.is_file() and (name := path.relative_to(made).as_posix()) not in (MANIFEST, INPUTS)
    }
    wanted = {name: value for name, value in stored.manifest.outputs.items() if name != INPUTS}
    out = []
    for name in sorted({*found, *wanted}):
        if found.get(name) != wanted.get(name):
            out.append(Different(name, "new" if name not in wanted else "missing" if name not in found else "differs"))
    return out


def numbers_apart(stored: Stored, made: Path) -> Numbers | None:
    """How far the documents on disk and in the folder `made` are apart; None where either cannot be read."""
    try:
        old, new = (json.loads((folder / DOCUMENT).read_text(encoding="utf-8")) for folder in (stored.folder, made))
    except (OSError, ValueError, RecursionError):
        return None
    return apart(old, new)


def apart(old: Any, new: Any) -> Numbers:
    """How far two documents are apart."""
    found = list(_apart("", old, new))
    largest = max(found, key=lambda one: one[3], default=("", "", "", 0.0))
    return Numbers(len(found), *largest)


def _apart(place: str, old: Any, new: Any) -> Iterator[tuple[str, str, str, float]]:
    """Place, both sides and relative distance of every value that differs."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new} - set(_SHOWN if not place else ())):
            yield from _apart(f"{place}.{key}" if place else key, old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for i, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _apart(f"{place}[{_name(one, i)}]", one, other)
    elif old != new:
        yield place, _brief(old), _brief(new), _distance(old, new)


def _name(entry: Any, number: int) -> str:
    """A record of a list by what it is about, else by its number."""
    if not isinstance(entry, Mapping):
        return str(number)
    parts = [str(entry[key]) for key in ("id", "indicator", "year") if key in entry]
    return "@".join(parts[:1] if "id" in entry else parts) or str(number)


def _distance(old: Any, new: Any) -> float:
    if not all(isinstance(x, int | float) and not isinstance(x, bool) for x in (old, new)):
        return 1.0
    largest = max(abs(old), abs(new))
    return abs(old - new) / largest if math.isfinite(largest) else 1.0


def _brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"
