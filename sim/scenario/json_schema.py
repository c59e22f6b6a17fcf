"""The JSON Schema of scenario files, for editors: the models of the file, the catalogue of levers, Chinese words.

It is looser than the reading of a file: years, cells and what several keys must agree on are checked there only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.levers.kinds import Lever, WorldAssumption
from sim.scenario.distributions import FORMS
from sim.scenario.schema import ENTRIES, ScenarioFile
from sim.scenario.words import OPERATORS, SCENARIO, SECTIONS, Words

DIALECT = "http://json-schema.org/draft-07/schema#"
YEAR = "^(?:19|20)[0-9]{2}$"

Schema = dict[str, Any]


def scenario_schema(indicators: Mapping[str, Text], cells: Mapping[str, Text]) -> Schema:
    """The schema (draft 7); `indicators` and `cells` are ids with their labels. Any text is allowed as a cell."""
    made = _of_model(ScenarioFile.model_json_schema(), SCENARIO)
    properties = made["properties"]
    for section, words in SECTIONS.items():
        item = _of_model(ENTRIES[section].model_json_schema(), words)
        properties[section] |= {"type": "array", "items": item}
        properties[section].pop("$ref", None)
    for section, kinds in (("levers", LEVERS), ("world", WORLD)):
        properties[section] = _described(SCENARIO[section]) | _section(kinds)
    target, project = properties["targets"]["items"]["properties"], properties["projects"]["items"]["properties"]
    target["indicator"] |= _one_of(indicators)
    target["operator"] |= _one_of(OPERATORS)
    project["cell"]["anyOf"] = [_one_of(cells), {"type": "string"}]
    return {
        "$schema": DIALECT,
        "title": "情景文件",
        "description": "只写与上级情景不同的地方；写法见 docs/scenario.md。",
        **made,
        "definitions": _distributions(),
    }


def _of_model(schema: Schema, words: Mapping[str, Words]) -> Schema:
    """The object of a model without pydantic's own titles, each property described."""
    properties = {name: _plain(schema["properties"][name]) | _described(words[name]) for name in schema["properties"]}
    required = {"required": schema["required"]} if schema.get("required") else {}
    return {"type": "object", "additionalProperties": False, "properties": properties, **required}


def _plain(schema: Schema) -> Schema:
    """A property's schema without titles, references and the null that stands for a key left out."""
    kept = {key: value for key, value in schema.items() if key not in ("title", "$ref", "description")}
    if kept.get("default", 0) is None:
        del kept["default"]
    branches = [_plain(branch) for branch in kept.pop("anyOf", ()) if branch.get("type") != "null"]
    branches = [_items_only(branch) for branch in branches]
    if len(branches) == 1:
        kept |= branches[0]
    elif branches:
        kept["anyOf"] = branches
    return kept


def _items_only(branch: Schema) -> Schema:
    """A list without a reference to the model of its items, which is put in by section."""
    return {key: value for key, value in branch.items() if not (key == "items" and "$ref" in value)}


def _described(words: Words) -> Schema:
    return {"title": words.label.zh, "description": words.meaning.zh.replace("`", "")}


def _one_of(names: Mapping[str, Text]) -> Schema:
    """One of these names, each described."""
    return {"enum": list(names), "enumDescriptions": [text.zh.replace("`", "") for text in names.values()]}


def _section(kinds: Mapping[str, Lever] | Mapping[str, WorldAssumption]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _assumption(kind) for name, kind in kinds.items()},
    }


def _assumption(kind: Lever | WorldAssumption) -> Schema:
    """A lever or world assumption: a value, values by year, steps or growth."""
    number: Schema = {"type": "number", "minimum": kind.low, "maximum": kind.high}
    pair: Schema = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    of_year = [number, pair, {"$ref": "#/definitions/distribution"}]
    by_year = {
        "type": "object", "patternProperties": {YEAR: {"anyOf": of_year}}, "additionalProperties": False,
        "minProperties": 1,
    }  # fmt: skip
    growth = {
        "type": "object",
        "properties": {
            "from": {"type": "integer", "description": "从哪一年起"},
            "value": {"anyOf": of_year, "description": "那一年的值"},
            "rate": {"type": "number", "description": "以后每年增长百分之几", "exclusiveMinimum": -100, "maximum": 100},
            "to": {"type": "integer", "description": "增长到哪一年为止，以后不变；省略时到期末"},
        },
        "required": ["from", "value", "rate"],
        "additionalProperties": False,
    }
    ways = [_single("steps", by_year, "阶梯：每个值保持到下一个写明的年份"), _single("growth", growth, "按增长率递增")]
    return {
        "title": kind.label.zh,
        "description": f"{kind.meaning.zh}单位：{kind.unit.zh}；取值 {kind.low:g} 至 {kind.high:g}。",
        "anyOf": [*of_year, by_year, *ways],
    }


def _single(name: str, content: Schema, meaning: str) -> Schema:
    """An object with this key and no other."""
    return {
        "type": "object",
        "properties": {name: {**content, "description": meaning}},
        "required": [name],
        "additionalProperties": False,
    }


def _distributions() -> Schema:
    """The named distributions of a value, under `definitions`."""
    branches = []
    for name, form in FORMS.items():
        numbers = {
            "type": "array", "items": {"type": "number"}, "minItems": len(form.parts), "maxItems": len(form.parts),
        }  # fmt: skip
        branches.append(_single(name, numbers, f"{form.label.zh} {form.written.zh}"))
    return {"distribution": {"anyOf": branches}}
