"""What pydantic found wrong, as problems with a place and words in both languages."""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, nearest, unknown_name
from sim.language import Text
from sim.reading.hints import width_hint
from sim.reading.nodes import Keys, Place

_LONGEST_QUOTE = 40


class WrongValue(ValueError):
    """Raised by a validator of a model. `keys` leads from the validated value to the part that is wrong."""

    def __init__(self, zh: str, en: str, keys: Keys = ()) -> None:
        super().__init__(zh)
        self.text = Text(zh, en)
        self.keys = keys


class _Source(Protocol):
    """The part of YamlSource that is needed here."""

    @property
    def data(self) -> Any: ...
    @property
    def spoiled(self) -> frozenset[Keys]: ...
    @property
    def value_places(self) -> Mapping[Keys, Place]: ...
    def problem(self, keys: Keys, text: Text, *, at_key: bool = False) -> Problem: ...


_EXPECTED = {  # pydantic's error type: what should stand there
    "float_type": Text("数值", "a number"),
    "float_parsing": Text("数值", "a number"),
    "int_type": Text("整数", "a whole number"),
    "int_parsing": Text("整数", "a whole number"),
    "int_from_float": Text("整数", "a whole number"),
    "string_type": Text("文字", "text"),
    "bool_type": Text("true 或 false", "true or false"),
    "bool_parsing": Text("true 或 false", "true or false"),
    "list_type": Text("列表", "a list"),
    "tuple_type": Text("列表", "a list"),
    "dict_type": Text("若干“键: 值”", 'a set of "key: value"'),
    "mapping_type": Text("若干“键: 值”", 'a set of "key: value"'),
    "model_type": Text("若干“键: 值”", 'a set of "key: value"'),
    "model_attributes_type": Text("若干“键: 值”", 'a set of "key: value"'),
    "none_required": Text("空", "nothing"),
}

_MAPPINGS = {"dict_type", "mapping_type", "model_type", "model_attributes_type"}

_WHOLE = {"int_type", "int_parsing", "int_from_float"}

_LIMITS = {  # pydantic's error type: the words around its limit
    "greater_than_equal": ("ge", "应不小于 {}", "must be at least {}"),
    "greater_than": ("gt", "应大于 {}", "must be greater than {}"),
    "less_than_equal": ("le", "应不大于 {}", "must be at most {}"),
    "less_than": ("lt", "应小于 {}", "must be less than {}"),
    "too_short": ("min_length", "至少要有 {} 项", "needs at least {} items"),
    "too_long": ("max_length", "至多 {} 项", "takes at most {} items"),
    "string_too_short": ("min_length", "至少要有 {} 个字", "needs at least {} characters"),
    "string_too_long": ("max_length", "至多 {} 个字", "takes at most {} characters"),
    "string_pattern_mismatch": ("pattern", "应符合格式 {}", "must match {}"),
    "literal_error": ("expected", "应为 {} 之一", "must be one of {}"),
    "enum": ("expected", "应为 {} 之一", "must be one of {}"),
    "multiple_of": ("multiple_of", "应为 {} 的倍数", "must be a multiple of {}"),
}


def problems_of(error: ValidationError, model: type[BaseModel], source: _Source) -> Iterator[Problem]:
    """One problem for each place pydantic complains about; the branches of a union are put into one sentence.

    Nothing is said of a value that the reading has already reported.
    """
    grouped: dict[Keys, list[Any]] = {}
    for found in error.errors(include_url=False):
        keys = _keys_in_file(found["loc"], source, keep_last=found["type"] in ("missing", "extra_forbidden"))
        if isinstance(wrong := found.get("ctx", {}).get("error"), WrongValue):
            keys += wrong.keys
        grouped.setdefault(keys, []).append(found)
    mistyped = _mistyped(grouped)
    for keys, items in grouped.items():
        if keys in mistyped:
            continue
        unknown = [item for item in items if item["type"] == "extra_forbidden"]
        if len(unknown) == len(items):
            yield source.problem(keys, _unknown_key(model, keys), at_key=True)
        elif any(item["type"] == "invalid_key" or item["loc"][-1:] == ("[key]",) for item in items):
            yield source.problem(keys, Text("键应为文字。", "the key must be text."), at_key=True)
        elif keys not in source.spoiled:
            yield source.problem(keys, _join([item for item in items if item["type"] != "extra_forbidden"]))


def _mistyped(grouped: Mapping[Keys, list[Any]]) -> set[Keys]:
    """Keys that are missing because a key beside them is a misspelling of theirs, which is reported."""
    missing = {keys for keys, items in grouped.items() if items[0]["type"] == "missing"}
    found: set[Keys] = set()
    for keys, items in grouped.items():
        beside = {str(other[-1]): other for other in missing if other[:-1] == keys[:-1]}
        near = nearest(str(keys[-1]), beside) if keys and items[0]["type"] == "extra_forbidden" else None
        if near is not None:
            found.add(beside[near])
    return found


def describe(value: Any, unit: str = "") -> Text:
    """What was written, short enough for a message; `unit` is the Chinese unit of the number wanted, if any."""
    if value is None:
        return Text("空（没有写值）", "nothing")
    if isinstance(value, bool):
        return Text(str(value).lower(), str(value).lower())
    if isinstance(value, (int, float)):
        number = _cut(f"{value:g}" if isinstance(value, float) else str(value))
        return Text(number, number)
    if isinstance(value, str):
        hint = width_hint(value, unit)
        quoted = Text(f"文字“{_cut(value)}”", f'text "{_cut(value)}"')
        return quoted if hint is None else Text(f"{quoted.zh}（{hint.zh}）", f"{quoted.en} ({hint.en})")
    if isinstance(value, list):
        return Text(f"列表（{len(value)} 项）", f"a list of {len(value)}")
    return Text("若干“键: 值”", 'a set of "key: value"')


def _cut(written: str) -> str:
    return written if len(written) <= _LONGEST_QUOTE else written[:_LONGEST_QUOTE] + "…"


def _keys_in_file(loc: tuple[str | int, ...], source: _Source, keep_last: bool) -> Keys:
    """pydantic puts names of union branches into the location; keep only the parts that are in the file."""
    keys: Keys = ()
    for place, part in enumerate(loc):
        if (*keys, part) in source.value_places or (keep_last and place == len(loc) - 1):
            keys = (*keys, part)
    return keys


def _join(items: list[Any]) -> Text:
    """One sentence for the errors of one place: `应为数值或列表，现为文字“x”`."""
    if len(items) > 1:  # "or nothing" is true of an optional key, and no help
        items = [item for item in items if item["type"] != "none_required"]
    expected = list(dict.fromkeys(_EXPECTED[item["type"]] for item in items if item["type"] in _EXPECTED))
    others = list(dict.fromkeys(_sentence(item) for item in items if item["type"] not in _EXPECTED))
    if not expected:
        return Text("；".join(text.zh for text in others), "; ".join(text.en for text in others))
    if others:  # one branch of a union fits the type: what is wrong there tells more
        return others[0]
    got = describe(items[0]["input"])
    zh, en = "或".join(text.zh for text in expected), " or ".join(text.en for text in expected)
    advice = _advice({item["type"] for item in items}, items[0]["input"])
    return Text(f"应为{zh}，现为{got.zh}{advice.zh}", f"must be {en}, got {got.en}{advice.en}")


def _advice(types: set[str], value: Any) -> Text:
    """How to turn what was written into what is wanted, where there is one way."""
    if types <= {"list_type", "tuple_type"}:
        return Text("；列表每项以“- ”开头", '; every item of a list starts with "- "')
    if types <= _MAPPINGS and isinstance(value, list):
        return Text("；请去掉行首的“- ”", '; leave out the "- " at the start of the lines')
    if types == {"string_type"} and isinstance(value, (list, dict)):
        return Text("；以 [ 或 { 开头的文字要加引号", "; text that starts with [ or { is put in quotes")
    if types <= _WHOLE and isinstance(value, float) and not value.is_integer():
        return Text(f"；如 {math.floor(value)}", f"; such as {math.floor(value)}")
    if types <= _WHOLE and isinstance(value, float):
        return Text("；请去掉小数点和其后的 0", "; leave out the decimal point")
    if types == {"string_type"} and isinstance(value, (bool, int, float)):
        written = describe(value).zh
        return Text(f'；请加引号："{written}"', f'; put it in quotes: "{written}"')
    return Text("", "")


def _sentence(item: Any) -> Text:
    kind, context = item["type"], item.get("ctx", {})
    if kind == "missing":
        return Text("缺少必填的键", "this key is required and missing")
    if isinstance(context.get("error"), WrongValue):
        wrong: Text = context["error"].text
        return wrong
    if kind in _LIMITS:
        name, zh, en = _LIMITS[kind]
        limit = _limit(context.get(name, ""))
        got, near = describe(item["input"]), _near_choice(item)
        zh, en = f"{zh.format(limit)}，现为{got.zh}", f"{en.format(limit)}, got {got.en}"
        return Text(zh, en) if near is None else Text(f"{zh}；您是否想写“{near}”？", f'{en}; did you mean "{near}"?')
    message = str(context["error"]) if kind == "value_error" and "error" in context else str(item["msg"])
    return Text(message, message)


def _near_choice(item: Any) -> str | None:
    """The allowed word most like the one written."""
    if item["type"] != "literal_error" or not isinstance(item["input"], str):
        return None
    return nearest(item["input"], _limit(item["ctx"]["expected"]).split(", "))


def _limit(limit: Any) -> str:
    """A limit as people write it: 0 rather than 0.0, names without quotes."""
    if isinstance(limit, float):
        return f"{limit:g}"
    return str(limit).replace(" or ", ", ").replace("'", "")


def _unknown_key(model: type[BaseModel], keys: Keys) -> Text:
    models = list(_models_at(model, keys[:-1]))
    names = {field.alias or name for each in models for name, field in each.model_fields.items()}
    written = str(keys[-1])
    for each in models:
        hint = getattr(each, "unknown_key", lambda _: None)(written)
        if hint is not None:
            return Text(f"未知的键“{written}”：{hint.zh}", f'unknown key "{written}": {hint.en}')
    text = unknown_name(written, names)
    return Text(text.zh.replace("未知的名称", "未知的键", 1), text.en.replace("unknown name", "unknown key", 1))


def _models_at(annotation: Any, keys: Keys) -> Iterator[type[BaseModel]]:
    """The models that may stand at `keys` below an annotation; several where a union allows several."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        yield from _models_at(arguments[0], keys)
    elif origin in (typing.Union, types.UnionType):
        for branch in arguments:
            yield from _models_at(branch, keys)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not keys:
            yield annotation
        for name, field in annotation.model_fields.items() if keys else ():
            if keys[0] in (name, field.alias):
                yield from _models_at(field.annotation, keys[1:])
    elif arguments and keys:  # list[item], dict[key, item]
        yield from _models_at(arguments[-1 if len(arguments) == 2 else 0], keys[1:])
