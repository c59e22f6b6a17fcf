"""YAML files read with the place of every value, and checked against pydantic models, all mistakes at once.

`read` and `validate` raise one `InputError` with every problem; `load` does both in one pass so that a
repeated key and an unknown key are reported together. Models derive from `StrictModel` and declare lists
as `list[...]` (pydantic's strict mode takes no list for a tuple). A validator that finds something wrong
raises `WrongValue`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.errors import InputError, Problem
from sim.language import Text
from sim.reading.files import decode, read_bytes, shown_path
from sim.reading.messages import WrongValue, problems_of
from sim.reading.nodes import Keys, Place, dotted, parse

__all__ = [
    "Keys",
    "StrictModel",
    "WrongValue",
    "YamlSource",
    "load",
    "read",
    "read_tolerant",
    "validate",
    "validation",
]

Model = TypeVar("Model", bound=BaseModel)


class StrictModel(BaseModel):
    """Base of the models of this project: no unknown keys, no silent conversion, not changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    @classmethod
    def unknown_key(cls, written: str) -> Text | None:
        """What a key was meant for that this model does not have, where that can be said better than by a near name."""
        return None


@dataclass(frozen=True, slots=True)
class YamlSource:
    """One YAML file: its values, where each stands, and what YAML itself would have hidden.

    `shown` is the path as people see it, `sha256` the digest of the bytes. `problems` is empty for a
    source from `read`; `read_tolerant` leaves there what did not stop the reading (repeated keys, `010`,
    NaN, ...), and `spoiled` holds the keys whose value is only a stand-in.
    """

    path: Path
    shown: str
    data: Any
    sha256: str
    problems: tuple[Problem, ...]
    spoiled: frozenset[Keys]
    value_places: Mapping[Keys, Place]
    key_places: Mapping[Keys, Place]

    def position(self, keys: Keys) -> Place:
        """Line and column (from 1) of the value at `keys`, or of the nearest enclosing value that exists."""
        while keys and keys not in self.value_places:
            keys = keys[:-1]
        return self.value_places.get(keys, (1, 1))

    def key_position(self, keys: Keys) -> Place:
        """Line and column (from 1) of the key itself rather than of its value."""
        return self.key_places.get(keys) or self.position(keys)

    def problem(self, keys: Keys, text: Text, *, at_key: bool = False) -> Problem:
        """A problem with the value at `keys` (with the key itself if `at_key`)."""
        line, column = self.key_position(keys) if at_key else self.position(keys)
        return Problem(self.shown, line, column, dotted(keys), text)


def read_tolerant(path: str | Path) -> YamlSource:
    """Read a file, keeping the problems that allow to go on in `.problems`.

    Raises InputError when there is nothing to go on with: no such file, a folder, more than 2 MB, not UTF-8,
    empty, not YAML, nested deeper than 50 levels, anchors that unfold without end.
    """
    shown = shown_path(path)
    content = read_bytes(path)
    tree = parse(decode(content, shown), shown)
    return YamlSource(
        path=Path(path),
        shown=shown,
        data=tree.data,
        sha256=hashlib.sha256(content).hexdigest(),
        problems=tuple(tree.problems),
        spoiled=frozenset(tree.spoiled),
        value_places=tree.places,
        key_places=tree.key_places,
    )


def read(path: str | Path) -> YamlSource:
    """Read a file; raises InputError with every problem found in it."""
    source = read_tolerant(path)
    if source.problems:
        raise InputError(source.problems)
    return source


def validation(
    source: YamlSource, model: type[Model], context: Mapping[str, Any] | None = None
) -> tuple[Model | None, tuple[Problem, ...]]:
    """The model of the data, or None, and the problems found by the model (not those of the reading).

    `context` reaches the validators of the model as `info.context`.
    """
    try:
        return model.model_validate(source.data, context=dict(context or {})), ()
    except ValidationError as error:
        found = problems_of(error, model, source)
        return None, tuple(found)


def validate(source: YamlSource, model: type[Model], context: Mapping[str, Any] | None = None) -> Model:
    """The model of the data; raises InputError with every problem of the reading and of the model."""
    checked, problems = validation(source, model, context)
    if checked is None or problems or source.problems:
        raise InputError((*source.problems, *problems))
    return checked


def load(path: str | Path, model: type[Model], context: Mapping[str, Any] | None = None) -> Model:
    """`validate(read_tolerant(path), model)`: every mistake of a file in one InputError."""
    return validate(read_tolerant(path), model, context)
