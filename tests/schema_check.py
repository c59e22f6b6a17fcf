"""A small JSON Schema check for tests: the keywords that the schema of scenario files uses, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

ANNOTATIONS = {"title", "description", "default", "enumDescriptions", "$schema", "definitions"}
TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
}  # fmt: skip


def wrong(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "") -> Iterator[str]:
    """Places where a value breaks the schema; raises KeyError for a keyword this check does not know."""
    for keyword, limit in schema.items():
        if keyword not in ANNOTATIONS:
            yield from RULES[keyword](value, limit, schema, root, place)


def _type(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
    truth = isinstance(value, bool)
    if not isinstance(value, TYPES[limit]) or (truth and limit != "boolean"):
        yield f"{place}: not {limit}"


def _properties(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
    for name, inner in limit.items():
        if isinstance(value, dict) and name in value:
            yield from wrong(value[name], inner, root, f"{place}.{name}")


def _patterns(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
    for pattern, inner in limit.items():
        for name, content in value.items() if isinstance(value, dict) else ():
            if re.search(pattern, name):
                yield from wrong(content, inner, root, f"{place}.{name}")


def _additional(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
    assert limit is False
    known = schema.get("properties", {})
    for name in value if isinstance(value, dict) else ():
        if name not in known and not any(re.search(each, name) for each in schema.get("patternProperties", {})):
            yield f"{place}.{name}: unknown"


def _any(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
    if all(any(True for _ in wrong(value, branch, root)) for branch in limit):
        yield f"{place}: no branch fits"


def _items(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
    for i, item in enumerate(value if isinstance(value, list) else ()):
        yield from wrong(item, limit, root, f"{place}[{i}]")


def _required(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
    for name in limit:
        if isinstance(value, dict) and name not in value:
            yield f"{place}.{name}: missing"


def _reference(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
    yield from wrong(value, root["definitions"][limit.removeprefix("#/definitions/")], root, place)


def _limit(holds: Any) -> Any:
    def check(value: Any, limit: Any, schema: Any, root: Any, place: str) -> Iterator[str]:
        if holds(value, limit) is False:
            yield f"{place}: {value!r} against {limit}"

    return check


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


RULES: dict[str, Any] = {
    "type": _type,
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _additional,
    "anyOf": _any,
    "items": _items,
    "required": _required,
    "$ref": _reference,
    "enum": _limit(lambda value, limit: value in limit),
    "minimum": _limit(lambda value, limit: not _number(value) or value >= limit),
    "maximum": _limit(lambda value, limit: not _number(value) or value <= limit),
    "exclusiveMinimum": _limit(lambda value, limit: not _number(value) or value > limit),
    "minItems": _limit(lambda value, limit: not isinstance(value, list) or len(value) >= limit),
    "maxItems": _limit(lambda value, limit: not isinstance(value, list) or len(value) <= limit),
    "minLength": _limit(lambda value, limit: not isinstance(value, str) or len(value) >= limit),
    "maxLength": _limit(lambda value, limit: not isinstance(value, str) or len(value) <= limit),
    "minProperties": _limit(lambda value, limit: not isinstance(value, dict) or len(value) >= limit),
}
